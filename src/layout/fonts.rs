//! The fonts that text is set in: the bundled ones first, the system's where a script needs them.
//!
//! No generic family ever stands in the stack: it would be tried before the emoji family and turn colour emoji
//! into outlines of some other font. Other scripts are found by script fallback. Knows nothing of text.

use std::borrow::Cow;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FallbackKey, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName, GenericFamily, LayoutContext};

use super::style::Family;
use crate::text::{Direction, Script};

/// The bundled font files, in the order in which they are registered.
const BUNDLED: [&[u8]; 8] = [
    include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansHebrew-Bold.ttf"),
];

const LATIN: FontFamilyName<'static> = FontFamilyName::Named(Cow::Borrowed("Noto Sans"));
const ARABIC: FontFamilyName<'static> = FontFamilyName::Named(Cow::Borrowed("Noto Sans Arabic"));
const NASKH: FontFamilyName<'static> = FontFamilyName::Named(Cow::Borrowed("Noto Naskh Arabic"));
const HEBREW: FontFamilyName<'static> = FontFamilyName::Named(Cow::Borrowed("Noto Sans Hebrew"));
const EMOJI: FontFamilyName<'static> = FontFamilyName::Generic(GenericFamily::Emoji);

/// Families that have the signs of mathematics and the like, such as the minus sign, which no bundled font has; the one
/// family that a system names for a script may lack them, too.
const SIGNS: [&str; 9] = [
    "DejaVu Sans",
    "Noto Sans Math",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols2",
    "Segoe UI Symbol",
    "Apple Symbols",
    "STIX Two Math",
    "Arial Unicode MS",
];

/// In whose text such signs stand: a sign is set as a part of the words around it.
const WITH_SIGNS: [&[u8; 4]; 8] = [
    b"Latn", b"Grek", b"Cyrl", b"Arab", b"Hebr", b"Deva", b"Zyyy", b"Zinh",
];

/// The script that a paragraph is written in, as far as it decides which bundled font comes first. White space and
/// punctuation are taken from that font, so that a line is not cut into a run for each word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Latin,
    Arabic,
    Hebrew,
}

/// A font collection with its caches, and the scratch space of layout. One a thread; it can be sent to another.
pub struct Fonts {
    pub(super) context: FontContext,
    pub(super) layouts: LayoutContext<()>,
    /// Reused for each text, so that its buffers are allocated once.
    pub(super) scratch: parley::Layout<()>,
}

impl Fonts {
    /// Only the bundled fonts: immediate, and the same on every machine.
    pub fn bundled() -> Self {
        Self::build(false)
    }

    /// The bundled fonts, then the system's for the scripts that they lack. Finding those may take some tenths of a
    /// second: call it on a thread and send the result over.
    pub fn with_system() -> Self {
        Self::build(true)
    }

    /// Adds a font file, to be used for a script that the bundled fonts lack; nothing happens where the file holds no
    /// font. Layouts made before are stale.
    pub fn add(&mut self, file: Vec<u8>, script: Script) {
        let families = self.context.collection.register_fonts(Blob::from(file), None);
        if let Ok(script) = <[u8; 4]>::try_from(script.code().as_bytes()) {
            let key = FallbackKey::new(parley::fontique::Script::from_bytes(script), None);
            let families = families.into_iter().map(|(family, _)| family);
            self.context.collection.append_fallbacks(key, families);
        }
    }

    fn build(system_fonts: bool) -> Self {
        let options = CollectionOptions {
            shared: false,
            system_fonts,
        };
        let mut collection = Collection::new(options);
        for file in BUNDLED {
            collection.register_fonts(Blob::new(Arc::new(file)), None);
        }
        if system_fonts {
            add_signs(&mut collection, &SIGNS);
        }
        Self {
            context: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            scratch: parley::Layout::default(),
        }
    }
}

/// Looks for signs in these families where neither the bundled fonts nor the system's choice has them.
fn add_signs(collection: &mut Collection, names: &[&str]) {
    let found = names.iter().filter_map(|name| collection.family_id(name));
    let families: Vec<_> = found.collect();
    for script in WITH_SIGNS {
        let key = FallbackKey::new(parley::fontique::Script::from_bytes(*script), None);
        let mut all: Vec<_> = collection.fallback_families(key).collect();
        all.extend(&families);
        collection.set_fallbacks(key, all.into_iter());
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

/// The stack that ordinary text is set in.
pub(super) fn stack(family: Family, lead: Lead) -> FontFamily<'static> {
    FontFamily::List(Cow::Borrowed(match (family, lead) {
        (Family::Sans, Lead::Latin) => const { &[LATIN, ARABIC, HEBREW] },
        (Family::Sans, Lead::Arabic) => const { &[ARABIC, LATIN, HEBREW] },
        (Family::Sans, Lead::Hebrew) => const { &[HEBREW, LATIN, ARABIC] },
        (Family::Naskh, Lead::Latin) => const { &[LATIN, NASKH, HEBREW] },
        (Family::Naskh, Lead::Arabic) => const { &[NASKH, LATIN, HEBREW] },
        (Family::Naskh, Lead::Hebrew) => const { &[HEBREW, LATIN, NASKH] },
    }))
}

/// The stack for graphemes that are to be drawn as colour emoji.
pub(super) fn emoji_stack() -> FontFamily<'static> {
    FontFamily::List(Cow::Borrowed(const { &[EMOJI, LATIN] }))
}

impl Lead {
    /// The script of a paragraph, by its direction and its first letters.
    pub(super) fn of(text: &str, direction: Direction) -> Self {
        if direction == Direction::LeftToRight {
            return Self::Latin;
        }
        let letter = text
            .chars()
            .take(400)
            .find(|c| matches!(c, '\u{590}'..='\u{8ff}'));
        match letter {
            Some('\u{590}'..='\u{5ff}') => Self::Hebrew,
            _ => Self::Arabic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_fonts_are_found_by_the_names_in_the_stacks() {
        let mut fonts = Fonts::bundled();
        for name in [LATIN, ARABIC, NASKH, HEBREW] {
            let FontFamilyName::Named(name) = &name else {
                unreachable!("a generic family in the stack would be tried before the emoji family");
            };
            let family = fonts.context.collection.family_by_name(name).unwrap();
            assert_eq!(family.fonts().len(), 2, "{name} in regular and bold");
        }
    }

    #[test]
    fn signs_are_looked_for_behind_what_the_system_names() {
        let mut fonts = Fonts::bundled();
        let collection = &mut fonts.context.collection;
        let key = FallbackKey::new(parley::fontique::Script::from_bytes(*b"Latn"), None);
        let families =
            ["Noto Naskh Arabic", "Noto Sans Hebrew"].map(|name| collection.family_id(name).unwrap());
        collection.append_fallbacks(key, std::iter::once(families[0]));
        add_signs(collection, &["No such family", "Noto Sans Hebrew"]);
        let found: Vec<_> = collection.fallback_families(key).collect();
        assert_eq!(found, families);
    }

    /// What the program says itself must be read without the system's fonts: of a script that several of them share, such
    /// as that of arrows, the system names one family only, which may lack the sign.
    #[test]
    fn what_the_program_says_itself_is_in_the_bundled_fonts() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let faces = BUNDLED.map(|file| swash::FontRef::from_index(file, 0).unwrap());
        let is_there = |c: char| c.is_ascii() || faces.iter().any(|face| face.charmap().map(c) != 0);
        let mut read = 0;
        for folder in [
            "src/gui/words",
            "src/session/action",
            "src/session/plan",
            "assets/help",
        ] {
            for entry in walkdir::WalkDir::new(root.join(folder)).into_iter().flatten() {
                let Some("rs" | "md") = entry.path().extension().and_then(|ending| ending.to_str()) else {
                    continue;
                };
                read += 1;
                let text = std::fs::read_to_string(entry.path()).unwrap();
                // Examples in other scripts, which the system's fonts have, and emoji.
                let lacking: String = text
                    .chars()
                    .filter(|c| !is_there(*c) && !is_example(*c))
                    .collect();
                assert_eq!(lacking, "", "{}", entry.path().display());
            }
        }
        assert!(read > 40, "{read} files");
    }

    /// Letters of scripts for which no font is bundled, and emoji.
    fn is_example(c: char) -> bool {
        matches!(c, '\u{900}'..='\u{1fff}' | '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..='\u{1faff}')
    }

    #[test]
    fn the_font_of_a_paragraphs_script_comes_first() {
        use Direction::{LeftToRight, RightToLeft};
        assert_eq!(Lead::of("Alep (حلب)", LeftToRight), Lead::Latin);
        assert_eq!(Lead::of("AFP: حلب", RightToLeft), Lead::Arabic);
        assert_eq!(Lead::of("12 ילדים", RightToLeft), Lead::Hebrew);
        assert_eq!(Lead::of("12", RightToLeft), Lead::Arabic);
    }

    #[test]
    fn fonts_can_be_made_on_a_thread_and_sent_over() {
        let mut fonts = std::thread::spawn(Fonts::bundled).join().unwrap();
        assert!(fonts.context.collection.family_by_name("Noto Sans").is_some());
    }
}
