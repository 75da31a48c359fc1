//! The sample articles: read as plain text, each gets the title and language that a reader would give it.

mod formats_common;

use std::path::Path;

use formats_common::read_as;
use hashiya::formats::{Detected, detect};

#[test]
fn each_seed_reads_with_its_title_and_language() {
    for (name, lang, title) in [
        ("ar-ihtijajat-wadi-safsaf", "ar", "تفريق احتجاجات وادي الصفصاف"),
        ("ar-qasf-suq-nerwal", "ar", "عشرات القتلى والجرحى في قصف"),
        (
            "en-ferry-checkpoint",
            "en",
            "Gunmen kill nine at Carrow ferry checkpoint",
        ),
        (
            "es-emboscada-rio-tacuaral",
            "es",
            "Una emboscada en el río Tacuaral",
        ),
        (
            "fr-convoi-de-tissaoua",
            "fr",
            "Enlèvement d’un convoi humanitaire",
        ),
        ("fr-marche-de-nerval", "fr", "Nerval : l’attaque du marché"),
        ("he-pitsuts-mahsan", "he", "ארבעה הרוגים בפיצוץ"),
        ("hi-sitapahar-hamla", "hi", "सीतापहाड़ में पुलिस चौकी पर हमला"),
        ("zh-qinglan-kuangqu", "zh", "青岚矿区冲突致至少十二人死亡"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(format!("{name}.txt"));
        let Detected::Reads(found_format) = detect(&path).unwrap() else {
            panic!("{} is read with another file", path.display());
        };
        assert_eq!(found_format.id, "text");
        let found = read_as("text", &path);
        assert_eq!(found.diagnostics, [], "{name}");
        let header = &found.articles[0].article.header;
        assert_eq!(header.lang.as_deref(), Some(lang), "{name}");
        let read = header.title.as_deref().unwrap_or_default();
        assert!(read.starts_with(title), "{name}: {read}");
    }
}

#[test]
fn every_seed_is_read_whole_in_the_language_that_its_name_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut first_tour = false;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let found = read_as("text", &path);
        assert_eq!(found.diagnostics, [], "{}", path.display());
        let article = &found.articles[0].article;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(article.header.lang.as_deref(), name.split('-').next(), "{name}");
        assert!(
            article
                .header
                .title
                .as_ref()
                .is_some_and(|title| title.chars().count() > 10),
            "{name}"
        );
        first_tour |= article.text.as_str().contains("plus de 50 civils");
    }
    assert!(first_tour, "the words of the first tour are in none of them");
}
