//! The first element of an XML file, by which formats know their own.

/// The name of the first element as it is written, and what follows the name; `None` where the bytes are no XML.
/// They may end anywhere behind the name.
pub(super) fn first_element(head: &[u8]) -> Option<(String, String)> {
    let head = match head {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(head).0,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(head).0,
        head => String::from_utf8_lossy(head),
    };
    let mut rest = head.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    // What may stand before the first element: a declaration, instructions, comments, a document type.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = match rest.strip_prefix("<!DOCTYPE") {
            _ if rest.starts_with("<!--") => "-->",
            // What it declares may be longer than the bytes that are seen, but it names the first element.
            Some(kind) if kind.split('>').next().is_some_and(|kind| kind.contains('[')) => {
                let behind = rest.split_once("]>").map_or("", |(_, behind)| behind);
                let name = kind.trim_start().split(|c: char| c.is_whitespace() || c == '[');
                return Some((name.into_iter().next()?.to_owned(), behind.to_owned()));
            }
            _ => ">",
        };
        rest = rest.split_once(end).map_or("", |(_, behind)| behind).trim_start();
    }
    let rest = rest.strip_prefix('<')?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let (name, behind) = rest.split_at_checked(end)?;
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_name.then(|| (name.to_owned(), behind.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_first_element_is_passed_over() {
        let name = |head: &str| first_element(head.as_bytes()).map(|(name, _)| name);
        for (head, expected) in [
            ("<a>", Some("a")),
            ("<a/>", Some("a")),
            (
                "\u{feff}<?xml version='1.0'?>\n<!-- <b> -->\n<!DOCTYPE a>\n<x:a b='c'>",
                Some("x:a"),
            ),
            ("<!DOCTYPE a [<!ENTITY b \"<c>\">]>\n<a>", Some("a")),
            ("<!DOCTYPE a [<!ENTITY b \"<c>\"> ", Some("a")),
            ("<!DOCTYPE a[<!ENTITY b \"<c>\">]>", Some("a")),
            ("<a", None),
            ("< a>", None),
            ("words <a>", None),
            ("<?xml", None),
        ] {
            assert_eq!(name(head).as_deref(), expected, "{head}");
        }
    }
}
