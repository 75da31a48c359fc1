//! The pictures of the manual, kept in the program and unpacked when a page with them is first shown.

use std::collections::BTreeMap;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

macro_rules! pictures {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../../assets/help/", $path)).as_slice())),*]
    };
}

/// Each picture by its path as the pages write it.
static FILES: &[(&str, &[u8])] = pictures![
    "pictures/welcome.png",
    "pictures/window.png",
    "pictures/marked.png",
    "pictures/figure.png",
    "pictures/events.png",
];

/// Those that were shown.
#[derive(Default)]
pub(super) struct Pictures {
    shown: BTreeMap<String, TextureHandle>,
}

impl Pictures {
    /// The picture of that path; none where there is none, or where it cannot be unpacked.
    pub(super) fn get(&mut self, ctx: &Context, path: &str) -> Option<TextureHandle> {
        if let Some(shown) = self.shown.get(path) {
            return Some(shown.clone());
        }
        let texture = ctx.load_texture(path, unpacked(path)?, TextureOptions::LINEAR);
        self.shown.insert(path.to_owned(), texture.clone());
        Some(texture)
    }
}

/// The points of a picture.
fn unpacked(path: &str) -> Option<ColorImage> {
    let (_, packed) = FILES.iter().find(|(own, _)| *own == path)?;
    let picture = eframe::icon_data::from_png_bytes(packed).ok()?;
    let size = [picture.width as usize, picture.height as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, &picture.rgba))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_of_the_folder_is_kept_can_be_unpacked_and_is_small() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help/pictures");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| format!("pictures/{}", entry.unwrap().file_name().to_string_lossy()))
            .collect();
        there.sort();
        let mut kept: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        kept.sort_unstable();
        assert_eq!(kept, there);
        for (path, packed) in FILES {
            let picture = unpacked(path).unwrap();
            assert!(
                picture.size[0] > 200 && packed.len() < 80_000,
                "{path}: {}",
                packed.len()
            );
        }
    }
}
