//! Markup in values of a feed: whether there is any, the lines of a fragment, and character references.

use quick_xml::escape::resolve_html5_entity;

use super::super::super::Diagnostic;
use super::super::dom;
use super::super::prose::text_of;

/// The paragraphs of a fragment of HTML.
///
/// # Errors
/// As those of [`dom::parse`].
pub(super) fn paragraphs(html: &str) -> Result<String, Diagnostic> {
    let page = dom::parse(html, &mut Vec::new())?;
    let body = page.body();
    Ok(body.map(|body| text_of(&body, &|_| true)).unwrap_or_default())
}

/// Whether a text is HTML rather than plain: it has a tag or a character reference.
pub(super) fn is_html(text: &str) -> bool {
    const LONGEST_TAG: usize = 1000;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (sign, behind) = rest
            .split_at_checked(at)
            .map_or(("", ""), |(_, sign)| sign.split_at_checked(1).unwrap_or_default());
        let is_tag = sign == "<";
        let word = if is_tag {
            behind.trim_start_matches(['/', '!'])
        } else {
            behind.trim_start_matches('#')
        };
        let end = word
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(word.len());
        let closes = word.get(end..).unwrap_or_default();
        let is_closed = match closes.chars().next() {
            Some(';') => !is_tag,
            Some('>' | '/') => is_tag,
            Some(' ' | '\n' | '-') => is_tag && closes.chars().take(LONGEST_TAG).any(|c| c == '>'),
            _ => false,
        };
        if is_closed && (!is_tag && end > 0 || word.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return true;
        }
        rest = behind;
    }
    false
}

/// A text with its character references resolved; those that are none stay as they are.
pub(super) fn unescaped(text: &str) -> String {
    const LONGEST: usize = 33;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let end = behind
            .char_indices()
            .take(LONGEST)
            .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '#'));
        let resolved = match end {
            Some((at, ';')) => behind.get(..at).and_then(resolved),
            _ => None,
        };
        if let (Some(found), Some((at, _))) = (resolved, end) {
            out.push_str(&found);
            rest = behind.get(at + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

/// What a character reference stands for, named or numbered.
pub(super) fn resolved(entity: &str) -> Option<String> {
    let Some(number) = entity.strip_prefix('#') else {
        return resolve_html5_entity(entity).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers of the old code page stand for its characters, as every browser reads them.
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        let bytes = [byte];
        let (c, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return Some(c.into_owned());
    }
    let c = char::from_u32(code).filter(|c| *c != '\0');
    Some(c.unwrap_or('\u{fffd}').to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_the_lines_that_a_reader_sees() {
        for (html, text) in [
            ("<p>a  b</p>\n <p>c<br/>d</p>", "a b\nc\nd"),
            ("a<br>b", "a\nb"),
            (
                "Prix&nbsp;: 5\u{202f}&euro; &amp; &#233;&#x1F600; &#146;",
                "Prix\u{a0}: 5\u{202f}€ & é😀 ’",
            ),
            ("AT&T &unknown; a < b &amp;lt;", "AT&T &unknown; a < b &lt;"),
            (
                "<div>x<script>if (a<b) '</p>'</script>y<style>p{}</style></div>z",
                "xy\nz",
            ),
            ("<a title='a > b' href=x>link</a>,<!-- <p> --> on", "link, on"),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>d",
                "a\tb\nc\nd",
            ),
            ("<pre>a\n  b</pre> c", "a\n  b\nc"),
            ("<ul><li>one</li><li>two</ul>", "one\ntwo"),
            ("<ruby>漢<rt>kan</rt></ruby>字", "漢字"),
            ("<p>ala<b>rm</b>ing</p>", "alarming"),
            ("<script>never closed", ""),
            ("a <b title=never closed>b", "a b"),
            ("<video><source src=x>no</video>yes", "yes"),
            ("قال <em>الوزير</em>&rlm;", "قال الوزير\u{200f}"),
        ] {
            assert_eq!(paragraphs(html).unwrap(), text, "{html}");
        }
    }

    #[test]
    fn html_is_told_from_plain_text() {
        for html in ["a<br/>b", "<p class=x>", "&eacute;", "</b>", "&#8217;"] {
            assert!(is_html(html), "{html}");
        }
        for plain in ["a < b", "AT&T", "5 <6 and >4", "a & b;"] {
            assert!(!is_html(plain), "{plain}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(html in "(<|>|&|;|/|!|-|\\[|\"|=|'|script|p|a|é|#|x| ){0,60}") {
            drop(paragraphs(&html));
            is_html(&html);
        }
    }
}
