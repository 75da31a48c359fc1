//! The sample articles, kept in the program so that they are there wherever it was installed.

use std::path::{Path, PathBuf};

use super::atomic;
use super::config::Folders;
use super::refusal::Refusal;

macro_rules! sample {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../seeds/", $name)))),+]
    };
}

/// Names and contents, as in the folder `seeds`.
const SAMPLE: &[(&str, &[u8])] = sample![
    "ar-ihtijajat-al-mina.txt",
    "ar-ihtijajat-wadi-safsaf.txt",
    "ar-qafilat-wadi-sarim.txt",
    "ar-qasf-suq-nerwal.txt",
    "en-ferry-checkpoint.txt",
    "en-flood-camp-clash.txt",
    "en-refinery-at-port-halden.txt",
    "es-emboscada-rio-tacuaral.txt",
    "es-huelga-en-lomas.txt",
    "es-valle-de-aruma.txt",
    "fr-convoi-de-tissaoua.txt",
    "fr-marche-d-amaroua.txt",
    "fr-marche-de-nerval.txt",
    "fr-pont-de-loumbo.txt",
    "he-hafgana-bekfar-tal.txt",
    "he-pitsuts-mahsan.txt",
    "he-pitzutz-benamal.txt",
    "hi-kisan-pradarshan.txt",
    "hi-sitapahar-hamla.txt",
    "hi-sonpur-bazar.txt",
    "zh-beishan-kuangqu.txt",
    "zh-haigang-kangyi.txt",
    "zh-qinglan-kuangqu.txt",
];

/// Writes the sample into the data folder, where it is not there yet, and answers where it lies.
///
/// # Errors
/// What the file system says.
pub(super) fn unpack(folders: &Folders) -> Result<PathBuf, Refusal> {
    let folder = folders.data.join("sample");
    let failed = |path: &Path, cause: &std::io::Error| {
        Refusal::new(
            "read_only",
            format!("{}: the sample cannot be written: {cause}", path.display()),
        )
        .hint("check the permissions of the data folder, or set HASHIYA_HOME to a folder of yours")
    };
    std::fs::create_dir_all(&folder).map_err(|cause| failed(&folder, &cause))?;
    for (name, content) in SAMPLE {
        let path = folder.join(name);
        if !path.exists() {
            atomic::write(&path, content).map_err(|cause| failed(&path, &cause))?;
        }
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_holds_every_article_of_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "txt"))
            .collect();
        names.sort();
        assert_eq!(SAMPLE.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }
}
