//! Codes of languages as BCP 47 writes them: `fr`, `pt-BR`, `zh-Hant`, `ckb`.
//!
//! Knows the form of a code and no list of languages.

/// The code as it is usually written, or nothing where it has not the form of one: letters and digits in parts of one
/// to eight, the first of two to eight letters (or `x` before parts of one's own).
pub fn language_tag(typed: &str) -> Option<String> {
    let parts: Vec<&str> = typed.trim().split(['-', '_']).collect();
    let is_part =
        |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (first, rest) = parts.split_first()?;
    let is_own = first.eq_ignore_ascii_case("x") && !rest.is_empty();
    let is_language = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !(is_own || is_language) || !rest.iter().all(is_part) {
        return None;
    }
    let mut tag = first.to_ascii_lowercase();
    let mut is_private = is_own;
    for part in rest {
        tag.push('-');
        tag.push_str(&match part.len() {
            2 if !is_private => part.to_ascii_uppercase(),
            4 if !is_private && part.bytes().all(|byte| byte.is_ascii_alphabetic()) => titled(part),
            _ => part.to_ascii_lowercase(),
        });
        is_private |= part.len() == 1;
    }
    Some(tag)
}

/// The code of the language of an article. A name such as `french` has the form of a code, and is none: no language has
/// one of more than three letters.
pub fn article_language(typed: &str) -> Option<String> {
    let tag = language_tag(typed)?;
    let first = tag.split('-').next()?;
    (first.len() <= 3).then_some(tag)
}

fn titled(part: &str) -> String {
    let mut chars = part.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first
        .into_iter()
        .chain(chars.map(|c| c.to_ascii_lowercase()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{article_language, language_tag};

    #[test]
    fn a_name_in_full_is_no_code_of_an_article() {
        for (typed, tag) in [
            ("FR", Some("fr")),
            ("ckb", Some("ckb")),
            ("zh_hant", Some("zh-Hant")),
            ("x-mine", Some("x-mine")),
            ("french", None),
            ("ar2031-05-14", None),
        ] {
            assert_eq!(article_language(typed).as_deref(), tag, "{typed}");
        }
    }

    #[test]
    fn codes_are_written_as_usual() {
        for (typed, tag) in [
            ("FR", "fr"),
            (" es ", "es"),
            ("pt_br", "pt-BR"),
            ("zh-hANT-tw", "zh-Hant-TW"),
            ("ckb", "ckb"),
            ("sl-rozaj-1994", "sl-rozaj-1994"),
            ("de-x-TEAM", "de-x-team"),
            ("x-mine", "x-mine"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(language_tag(typed).as_deref(), Some(tag), "{typed}");
        }
        for none in [
            "",
            "f",
            "français",
            "fr-",
            "-fr",
            "x",
            "12",
            "fr fr",
            "عربي",
            "abcdefghi",
        ] {
            assert_eq!(language_tag(none), None, "{none}");
        }
    }
}
