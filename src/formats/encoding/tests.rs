//! Bytes as data: what each reads as, and why some are refused.

use super::*;
use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1255};
use proptest::prelude::*;

const FRENCH: &str = "À Nerval, l’armée a évacué « plusieurs villages » ; des témoins évoquent une fusillade près du marché.\r\n";
const ARABIC: &str =
    "قالت مصادر طبية في مدينة نروال إن ثلاثة أشخاص على الأقل قُتلوا يوم الثلاثاء، وأصيب آخرون بجروح.\n";
const CHINESE: &str = "据当地医院消息，星期二的爆炸造成至少三人死亡。目击者说，市场附近还有人受伤。\n";

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn read(bytes: &[u8]) -> (String, &'static str) {
    let decoded = decode(bytes).unwrap();
    assert_eq!(decoded.warnings, []);
    (decoded.text, decoded.encoding)
}

#[test]
fn a_mark_is_not_text_and_nothing_else_is_touched() {
    for text in ["é\r\n\u{2028}a\t\u{a0}", "\u{feff}twice", "e\u{301}\r\r\n\u{85}"] {
        for (bytes, name) in [
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (
                [b"\xff\xfe".to_vec(), utf16(text, u16::to_le_bytes)].concat(),
                "UTF-16LE",
            ),
            (
                [b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat(),
                "UTF-16BE",
            ),
            (
                b"\xff\xfe\0\0"
                    .iter()
                    .copied()
                    .chain(text.chars().flat_map(|c| u32::from(c).to_le_bytes()))
                    .collect(),
                "UTF-32LE",
            ),
        ] {
            assert_eq!(read(&bytes), (text.to_owned(), name));
        }
    }
}

#[test]
fn utf16_without_a_mark_is_found_in_any_script() {
    let english = "Three people were killed in Nerval on Tuesday.\n";
    for text in [
        FRENCH,
        ARABIC,
        CHINESE,
        english,
        "שלושה בני אדם נהרגו אתמול בנרוול.\n",
        "A 👩‍👩‍👧 and 🇫🇷 in it, twice.\n",
    ] {
        assert_eq!(
            read(&utf16(text, u16::to_le_bytes)),
            (text.to_owned(), "UTF-16LE")
        );
        assert_eq!(
            read(&utf16(text, u16::to_be_bytes)),
            (text.to_owned(), "UTF-16BE")
        );
        let long = text.repeat(3000);
        assert_eq!(read(&utf16(&long, u16::to_be_bytes)), (long, "UTF-16BE"));
    }
}

#[test]
fn legacy_encodings_are_found_and_named() {
    let french = FRENCH.repeat(3);
    let (bytes, ..) = WINDOWS_1252.encode(&french);
    assert_eq!(read(&bytes), (french.clone(), "windows-1252"));
    for (text, encoding) in [
        (
            "По данным местных властей, погибли не менее трёх человек, ещё пятеро получили ранения.\n",
            WINDOWS_1251,
        ),
        (
            "שלושה בני אדם נהרגו אתמול בפיצוץ בשוק של נרוול, כך מסרו גורמי רפואה.\n",
            WINDOWS_1255,
        ),
        (
            "火曜日の爆発で少なくとも三人が死亡したと、病院の関係者が明らかにした。\n",
            SHIFT_JIS,
        ),
    ] {
        let (bytes, ..) = encoding.encode(text);
        assert_eq!(read(&bytes), (text.to_owned(), encoding.name()));
    }
}

#[test]
fn windows_1256_and_iso_8859_6_are_told_apart() {
    let samples = [
        ARABIC,
        "أعلنت وزارة الصحة ارتفاع حصيلة القتلى إلى خمسين مدنيا بينهم اثنا عشر طفلا.",
        "وقال المتحدث باسم الجيش إن القوات انسحبت من القرية.\nونفى المتمردون ذلك.",
        "كتابٌ جديدٌ عن تاريخِ المدينةِ",
    ];
    for text in samples {
        let (bytes, _, lost) = WINDOWS_1256.encode(text);
        assert!(!lost);
        assert_eq!(read(&bytes), (text.to_owned(), "windows-1256"));
        // encoding_rs writes ISO-8859-6 like any other single-byte encoding.
        let (bytes, _, lost) = ISO_8859_6.encode(text);
        assert!(!lost);
        assert_eq!(read(&bytes), (text.to_owned(), "ISO-8859-6"));
    }
    let mixed = "وصلت سيارة Citroën إلى المدينة القديمة يوم الخميس، وقال السائق إن الطريق مغلق.";
    let (bytes, ..) = WINDOWS_1256.encode(mixed);
    assert_eq!(read(&bytes), (mixed.to_owned(), "windows-1256"));
}

#[test]
fn damage_in_utf8_is_read_as_it_was_meant_and_told_with_its_place() {
    let around = "Les autorités ont évacué le quartier après l’explosion.\n";
    for (damaged, meant) in [
        (&b"les bless\xe9s"[..], "les blessés"),
        (b"\x93no\x94", "“no”"),
        (b"50\xa0000 personnes", "50\u{a0}000 personnes"),
        (b"a \xd9 b", "a \u{fffd} b"),
        (b"cut \xe2\x80 here", "cut \u{fffd} here"),
        (b"\x81", "\u{fffd}"),
    ] {
        let bytes = [around.as_bytes(), damaged, b"\n", around.as_bytes()].concat();
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.text, format!("{around}{meant}\n{around}"), "{damaged:x?}");
        assert_eq!(decoded.encoding, "UTF-8");
        let lines: Vec<_> = decoded
            .warnings
            .iter()
            .map(|found| (found.code, found.line))
            .collect();
        assert_eq!(lines[0], ("invalid_utf8", Some(2)));
    }
}

#[test]
fn a_text_cut_inside_a_character_loses_only_that() {
    let text = "été, août, fête, café, à Nerval é";
    let decoded = decode(&text.as_bytes()[..text.len() - 1]).unwrap();
    assert_eq!(decoded.text, "été, août, fête, café, à Nerval \u{fffd}");
    assert_eq!(
        (decoded.warnings[0].line, decoded.warnings[0].column),
        (Some(1), Some(33))
    );
}

#[test]
fn what_is_no_text_is_refused_with_the_reason() {
    for (bytes, code, part) in [
        (&b""[..], "empty_file", "empty"),
        (b"\xef\xbb\xbf", "empty_file", "byte-order mark"),
        (b"\xff\xfe", "empty_file", "byte-order mark"),
        (b"\xfe\xff", "empty_file", "byte-order mark"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not_text", "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "not_text", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_text", "JPEG"),
        (b"\0\0\0\x18ftypmp42", "not_text", "film"),
        (b"SQLite format 3\0\x10\0", "not_text", "SQLite"),
        (b"words, then\0a zero", "not_text", "byte 12 is zero"),
        (
            b"\x01\x02\x03\x04\x05\x06\x07 a few controls \x01\x02\x03",
            "not_text",
            "controls",
        ),
        (b"\x00\x01\x02\xff\xfe\xfd\x00\x80", "not_text", "zero"),
    ] {
        let found = decode(bytes).unwrap_err();
        assert_eq!(found.code, code, "{bytes:x?}");
        assert!(found.message.contains(part) && found.hint.is_some(), "{found}");
    }
}

#[test]
fn a_stray_control_character_does_not_make_a_text_binary() {
    let text = format!("{}\u{1b}{}", FRENCH.repeat(2), FRENCH);
    assert_eq!(read(text.as_bytes()), (text, "UTF-8"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(decoded) = decode(&bytes) {
            prop_assert!(!decoded.text.is_empty());
        }
    }

    #[test]
    fn utf8_is_always_read_as_itself(text in r"[^\p{Cc}\u{feff}]{1,60}") {
        let signature = signature(text.as_bytes()).is_some();
        prop_assume!(!signature);
        prop_assert_eq!(read(text.as_bytes()), (text.clone(), "UTF-8"));
    }
}

#[test]
fn very_many_damaged_places_are_counted_and_the_first_told() {
    let bytes = [b"\xef\xbb\xbf".to_vec(), b"a \xff\n".repeat(1000)].concat();
    let decoded = decode(&bytes).unwrap();
    assert_eq!(decoded.text.matches('\u{fffd}').count(), 1000);
    assert_eq!(decoded.warnings.len(), 21);
    let last = decoded.warnings.last().unwrap();
    assert!(last.message.ends_with("from here on: 980"), "{last}");
    assert_eq!((last.line, last.column), (Some(21), Some(3)));
}
