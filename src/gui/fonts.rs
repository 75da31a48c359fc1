//! The fonts of the window's own words. Whatever can hold another script is drawn by the text engine instead; only what
//! is printed on a key may come in between, a single letter, for which the Arabic and the Hebrew font stand behind.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// The bundled fonts of egui's labels and buttons, the first one for all that it has.
pub fn chrome_fonts() -> FontDefinitions {
    const FONTS: [(&str, &[u8]); 3] = [
        (
            "Noto Sans",
            include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
        ),
        (
            "Noto Sans Arabic",
            include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
        ),
        (
            "Noto Sans Hebrew",
            include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf"),
        ),
    ];
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FONTS {
        let data = FontData::from_static(bytes);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        let names = FONTS.map(|(name, _)| name.to_owned());
        fonts.families.insert(family, names.into());
    }
    fonts
}
