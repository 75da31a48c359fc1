//! Markup to paragraphs: a fragment of HTML, or of XHTML event by event, becomes lines of text.
//!
//! Blocks make paragraphs, `<br>` a line break, cells a tab; white space collapses, but a no-break space stays. Nothing
//! is judged: what is main text and what is not is another's to say. Broken markup is read as far as it goes.

use quick_xml::escape::resolve_html5_entity;

/// Elements that stand in lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Elements whose words a reader does not see as text: programs, pictures, the reading beside a character.
const LEFT_OUT: &[&str] = &[
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "noembed", "noframes", "noscript",
    "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Elements that have no end.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title",
];

/// Builds the text, event by event. Names are in lower case and without prefix.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    text: String,
    /// Whether white space stands between the last character and the next.
    space: bool,
    /// Names of the elements that are left out and still open, the outermost first.
    left_out: Vec<String>,
    preformatted: usize,
}

impl Paragraphs {
    pub fn start(&mut self, name: &str) {
        if !self.left_out.is_empty() {
            if self.left_out.last().is_some_and(|open| open == name) {
                self.left_out.push(name.to_owned());
            }
            return;
        }
        match name {
            // What has no end would leave out all that follows.
            _ if LEFT_OUT.contains(&name) && !EMPTY.contains(&name) => self.left_out.push(name.to_owned()),
            "br" => self.line_break(),
            "td" | "th" => self.cell(),
            _ if BLOCKS.contains(&name) => self.paragraph(),
            _ => {}
        }
        if name == "pre" {
            self.preformatted += 1;
        }
    }

    pub fn end(&mut self, name: &str) {
        if let Some(open) = self.left_out.last() {
            if open == name {
                self.left_out.pop();
            }
            return;
        }
        if name == "pre" {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if BLOCKS.contains(&name) {
            self.paragraph();
        }
    }

    pub fn text(&mut self, text: &str) {
        if !self.left_out.is_empty() {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.line_break(),
                '\r' if self.preformatted > 0 => {}
                ' ' | '\t' if self.preformatted > 0 => {
                    self.flush_space();
                    self.text.push(c);
                }
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space = true,
                // Only a hint where a long word may be parted; no part of the words.
                _ if c.is_control() => {}
                c => {
                    self.flush_space();
                    self.text.push(c);
                }
            }
        }
    }

    /// The text, with no line end at its end.
    pub fn finish(mut self) -> String {
        let end = self.text.trim_end_matches([' ', '\t', '\n']).len();
        self.text.truncate(end);
        self.text
    }

    fn flush_space(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push(' ');
        }
        self.space = false;
    }

    fn line_break(&mut self) {
        self.space = false;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn paragraph(&mut self) {
        self.space = false;
        while self.text.ends_with('\t') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn cell(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\t');
        }
    }
}

/// The paragraphs of a fragment of HTML.
pub(super) fn paragraphs(html: &str) -> String {
    let mut paragraphs = Paragraphs::default();
    walk(html, &mut paragraphs);
    paragraphs.finish()
}

/// A fragment of HTML as one line, as a title is.
pub(super) fn one_line(html: &str) -> String {
    paragraphs(html).replace(['\n', '\t'], " ")
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

fn walk(html: &str, out: &mut Paragraphs) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.text(&unescaped(text));
        rest = one_tag(tag, out);
    }
    out.text(&unescaped(rest));
}

/// Takes the tag, comment, or lone sign at the start, and gives what follows it.
fn one_tag<'a>(tag: &'a str, out: &mut Paragraphs) -> &'a str {
    let inner = tag.get(1..).unwrap_or_default();
    if let Some(comment) = inner.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, behind)| behind);
    }
    if let Some(data) = inner.strip_prefix("![CDATA[") {
        let (data, behind) = data.split_once("]]>").unwrap_or((data, ""));
        out.text(data);
        return behind;
    }
    if inner.starts_with(['!', '?']) {
        return inner.split_once('>').map_or("", |(_, behind)| behind);
    }
    let is_end = inner.starts_with('/');
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.text("<");
        return inner;
    }
    let end = named
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(named.len());
    let (name, attributes) = named.split_at_checked(end).unwrap_or((named, ""));
    let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    let (closes_itself, behind) = past_attributes(attributes);
    if is_end {
        out.end(&name);
        return behind;
    }
    out.start(&name);
    if closes_itself && !BLOCKS.contains(&name.as_str()) {
        // Such as `<script/>` in XHTML, which would leave out all that follows.
        out.end(&name);
        return behind;
    }
    if RAW.contains(&name.as_str()) {
        return past_raw(behind, &name);
    }
    behind
}

/// Whether the tag closes itself, and what follows it; a `>` in a quoted value is none.
fn past_attributes(attributes: &str) -> (bool, &str) {
    let (mut quote, mut last) = (None, ' ');
    for (at, c) in attributes.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') if last == '=' => quote = Some(c),
            (None, '>') => return (last == '/', attributes.get(at + 1..).unwrap_or_default()),
            _ => {}
        }
        if !c.is_ascii_whitespace() {
            last = c;
        }
    }
    // A quote that is never closed, or a tag that never ends: only the tag itself is left out where it can be told.
    let behind = attributes.split_once('>').map_or("", |(_, behind)| behind);
    (false, behind)
}

/// What follows the end tag of an element whose content is no markup; its end tag is left for the walk.
fn past_raw<'a>(html: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = html.get(from..).and_then(|rest| rest.find("</")) {
        let end = from + at;
        let found = html.get(end + 2..end + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return html.get(end..).unwrap_or_default();
        }
        from = end + 2;
    }
    ""
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
        return Some(
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&bytes)
                .0
                .into_owned(),
        );
    }
    let c = if code == 0 {
        '\u{fffd}'
    } else {
        char::from_u32(code).unwrap_or('\u{fffd}')
    };
    Some(c.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_the_lines_that_a_reader_sees() {
        for (html, text) in [
            ("<p>a  b</p>\n <p>c<br/>d</p>", "a b\nc\nd"),
            ("a<br><br>b", "a\n\nb"),
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
            ("<![CDATA[a<b]]> c", "a<b c"),
            ("<script>never closed", ""),
            ("a <b title=\"never closed>b", "a b"),
            ("<video><source src=x>no</video>yes", "yes"),
            ("قال <em>الوزير</em>&rlm;", "قال الوزير\u{200f}"),
        ] {
            assert_eq!(paragraphs(html), text, "{html}");
        }
        assert_eq!(one_line("a<br>b &lt;c&gt;"), "a b <c>");
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
            paragraphs(&html);
            is_html(&html);
        }
    }
}
