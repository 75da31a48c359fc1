//! Pages whose text a script loads when they are shown: what stands of it in their data, or what to do. Knows nothing of
//! the main text.

use dom_query::{Document, NodeRef};

use super::super::Diagnostic;
use super::dom::{attribute, elements, folded_line};
use super::json_ld::article_body;
use super::prose::{is_blank, letters};

/// Letters below which the words of such a page are what stands there until the script has loaded others.
const FEWEST_LETTERS: usize = 200;
/// The elements that scripts fill, by the names that their makers give them.
const FILLED: &[&str] = &[
    "root",
    "app",
    "app-root",
    "__next",
    "__nuxt",
    "__layout",
    "___gatsby",
    "main-app",
    "react-root",
    "svelte",
];

/// The text of a page of which these words can be seen, where a script loads it: as it stands in the page's data.
///
/// # Errors
/// Where a script loads it, and the page holds nothing of it.
pub(super) fn text(
    page: &Document,
    seen: &str,
    told: &mut Vec<Diagnostic>,
) -> Result<Option<String>, Diagnostic> {
    let root = page.root();
    let is_loaded = is_blank(seen) && has_script(&root) || letters(seen) < FEWEST_LETTERS && is_filled(&root);
    if !is_loaded {
        return Ok(None);
    }
    let body = article_body(&root);
    if body
        .as_ref()
        .is_some_and(|body| body.chars().count() <= seen.chars().count())
    {
        return Ok(None);
    }
    if let Some(body) = body {
        let message = "the page shows no text of its own; its text was taken from its data (articleBody)";
        told.push(
            Diagnostic::warning("text_from_data", message).with_hint(
                "look over the text: its paragraphs may run together, and headings may be missing",
            ),
        );
        return Ok(Some(body));
    }
    let hint = "open the page in a browser, save it there as a complete page or as MHTML, and import that";
    if is_blank(seen) || is_stand_in(seen) {
        let message = "the text of the page is loaded by a script, and is not in the file";
        return Err(Diagnostic::error("loaded_by_script", message).with_hint(hint));
    }
    let message = "the page holds few words, and may load the rest by a script";
    told.push(Diagnostic::warning("loaded_by_script", message).with_hint(hint));
    Ok(None)
}

/// Whether words only stand there until others come.
fn is_stand_in(seen: &str) -> bool {
    const WORDS: &[&str] = &[
        "loading",
        "please wait",
        "please enable javascript",
        "you need to enable javascript",
        "chargement",
        "veuillez patienter",
        "cargando",
        "جار التحميل",
        "جاري التحميل",
        "טוען",
    ];
    let seen = folded_line(seen);
    WORDS.iter().any(|words| seen.starts_with(&folded_line(words)))
}

fn has_script(root: &NodeRef<'_>) -> bool {
    elements(root).any(|element| element.has_name("script"))
}

fn is_filled(root: &NodeRef<'_>) -> bool {
    elements(root).any(|element| {
        element.has_name("app-root")
            || attribute(&element, "id").is_some_and(|id| FILLED.contains(&id.as_str()))
    })
}
