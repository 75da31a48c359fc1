//! Pages as sites write them.

use proptest::prelude::*;

use super::super::html::FORMAT;
use super::*;
use crate::formats::{Detected, Severity, detect};

/// A paragraph that reads like one of an article.
pub(super) const FILLER: &str = "Pendant trois mois, les navires ont attendu au large, chargés de blé, de sucre et de médicaments, \
tandis que les prix montaient dans toutes les villes de la côte, et bien au-delà, sans que personne n'en parle.";

pub(super) fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>")
}

/// The text of a page whose main part is this, between two paragraphs that are sure to be in it.
pub(super) fn text(part: &str) -> String {
    let found = import(
        &FORMAT,
        page(
            "",
            &format!("<article><p>{FILLER}</p>{part}<p>{FILLER}</p></article>"),
        )
        .as_bytes(),
    );
    let text = only(&found).text.as_str();
    let inner = text.strip_prefix(FILLER).unwrap_or_else(|| panic!("{text}"));
    let inner = inner.strip_suffix(FILLER).unwrap_or_else(|| panic!("{text}"));
    inner.trim_matches('\n').to_owned()
}

#[test]
fn an_article_comes_without_what_stands_around_it() {
    let body = format!(
        "<header><nav><a href=/>Accueil</a> <a href=/m>Monde</a></nav></header><article><h1>Le titre</h1>\
         <p>Il a dit&nbsp;: «&nbsp;Oui&nbsp;», et il a payé 5&#8239;000&nbsp;€, sans un mot de plus, avant de partir.</p>\
         <p>{FILLER}</p><script>var a = '<p>script</p>';</script><style>p {{ color: red }}</style></article>\
         <div id=comments><p>Jean : Enfin une bonne nouvelle !</p></div><footer>Tous droits réservés</footer>"
    );
    let found = import(
        &FORMAT,
        page("<title>Le titre - Le Journal</title>", &body).as_bytes(),
    );
    let article = only(&found);
    assert_eq!(
        article.text.as_str(),
        format!(
            "Il a dit\u{a0}: «\u{a0}Oui\u{a0}», et il a payé 5\u{202f}000\u{a0}€, sans un mot de plus, avant de partir.\n{FILLER}"
        )
    );
    assert_eq!(article.header.title.as_deref(), Some("Le titre"));
    assert_eq!(article.header.lang.as_deref(), Some("fr"));
    let left_out = told(&found, "left_out");
    assert_eq!(left_out.severity, Severity::Info);
    assert_eq!(
        left_out.message,
        "66 characters of the page are not in its text: the head of the page (13 characters: “Accueil Monde”), \
         comments (33 characters: “Jean : Enfin une bonne nouvelle !”), the foot of the page (20 characters: “Tous droits réservés”)"
    );
    assert!(left_out.hint.is_some() && left_out.file.is_some());
}

#[test]
fn a_short_article_comes_without_comments_and_notices() {
    let notice = "<div class='cookie-consent'><p>Nous utilisons des cookies, pour vous, et pour nos partenaires, merci.</p></div>";
    let comments = "<div id=comments><p>Jean : enfin, une bonne nouvelle, pour tous les habitants, qui attendaient !</p></div>";
    let body = format!("{notice}<div class=content><p>{FILLER}</p></div>{comments}");
    let found = import(&FORMAT, page("<title>T</title>", &body).as_bytes());
    assert_eq!(only(&found).text.as_str(), FILLER);
    let message = &told(&found, "left_out").message;
    assert!(
        message.contains("a notice on cookies (") && message.contains("comments ("),
        "{message}"
    );
    // The name of a subject is no sign of a notice.
    let about =
        format!("<article class='post tag-cookies'><h1>T</h1><p>{FILLER}</p><p>{FILLER}</p></article>");
    let found = import(&FORMAT, page("<title>T</title>", &about).as_bytes());
    assert_eq!(only(&found).text.as_str(), format!("{FILLER}\n{FILLER}"));
}

#[test]
fn a_piece_of_prose_that_is_left_out_is_a_warning() {
    let body = format!(
        "<div class=sidebar-x><p>x</p></div><article><p>{FILLER}</p><p>{FILLER}</p></article><div hidden><p>no</p></div>\
         <section class=unlike><div><span>{FILLER}</span></div></section>"
    );
    let found = import(&FORMAT, page("", &body).as_bytes());
    let is_in = only(&found).text.as_str().matches(FILLER).count();
    let told = found.diagnostics.iter().find(|found| found.code == "left_out");
    // Wherever the third one ends up, it is in the text or told loudly.
    assert!(
        is_in == 3 || told.is_some_and(|told| told.severity == Severity::Warning),
        "{is_in} {told:?}"
    );
}

#[test]
fn words_stand_as_a_browser_shows_them() {
    for (part, shown) in [
        ("<p>a \n\t b<b> c</b> <i> d </i>e</p>", "a b c d e"),
        ("<p>one<br>two<br><br>three</p>", "one\ntwo\nthree"),
        // The number of a note would make another figure of the one before it.
        (
            "<p>45<sup><a href=\"#n2\">2</a></sup> hurt, the 1<sup>er</sup> of 3<a epub:type=noteref href=x>4</a></p>",
            "45 hurt, the 1er of 3",
        ),
        (
            "<p>45<sup>2</sup> hurt on 12 km<sup>2</sup>, 10<sup>-6</sup> m; CO<sub>2</sub>, 2<sup>nde</sup></p>",
            "45² hurt on 12 km², 10⁻⁶ m; CO2, 2nde",
        ),
        ("<p>5<span style='display: block'>dead</span></p>", "5\ndead"),
        (
            "<p>the <a href=x>list<span class='link sr-only'>(opens anew)</span></a>, in full</p>",
            "the list, in full",
        ),
        (
            "<p>&nbsp;</p><p>\u{a0}x\u{a0} y\u{a0}</p>",
            "\u{a0}x\u{a0} y\u{a0}",
        ),
        (
            "<p>a &amp; b &lt;c&gt; &eacute;&#x301;&#8207; &nonesuch; d&shy;e</p>",
            "a & b <c> é\u{301}\u{200f} &nonesuch; d\u{ad}e",
        ),
        (
            "<p>قَالَ\u{200f} (س)‏ 12\u{200c}م</p>",
            "قَالَ\u{200f} (س)‏ 12\u{200c}م",
        ),
        ("<pre>\n  a\n\n    b <b>c</b>\n</pre>", "  a\n\n    b c"),
        ("<p style='white-space: pre-wrap'>a  b</p>", "a  b"),
        (
            "<p>one <span style='white-space: pre-wrap'>two  and</span> <b style='white-space:pre'>three</b> four</p>",
            "one two  and three four",
        ),
        (
            "<ul><li>one, two, and three</li><li><p>four</p></li></ul>",
            "one, two, and three\nfour",
        ),
        (
            "<h2>A heading of some words</h2><p>text, of words</p>",
            "A heading of some words\ntext, of words",
        ),
        ("<blockquote>said, and <q>done</q></blockquote>", "said, and done"),
        (
            "<p>x<script>s()</script><style>t</style><template>u</template><!-- v --><noscript>w</noscript>y</p>",
            "xy",
        ),
        (
            "<p>x<img src=a.png alt='of a picture'>y<span hidden>z</span><span style='display:none'>z</span></p>",
            "xy",
        ),
        (
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>",
            "漢字",
        ),
        ("<p>😀👩\u{200d}👩\u{200d}👧 x</p>", "😀👩\u{200d}👩\u{200d}👧 x"),
        ("<p>a<a href='javascript:void(0)'>b</a><a>c</a>d</p>", "abcd"),
    ] {
        assert_eq!(text(part), shown, "{part}");
    }
}

#[test]
fn tables_come_row_by_row() {
    let head = "<table><thead><tr><th>Mois</th><th>Navires</th></tr></thead>";
    for (part, shown) in [
        (
            format!("{head}<tr><td>Mars</td><td>0</td></tr><tr><td></td><td>12</td></tr></table>"),
            "Mois\tNavires\nMars\t0\n12",
        ),
        (
            format!("{head}<tr><td>a</td><td></td><td>c</td></tr><tr><td>Mars<td>0</table>"),
            "Mois\tNavires\na\t\tc\nMars\t0",
        ),
        (
            format!("{head}<tr><td style='white-space: pre'>a  b</td><td>0</td></tr></table>"),
            "Mois\tNavires\na  b\t0",
        ),
        (
            format!("{head}<tr><td><p>one, two</p><p>three</p></td><td>four</td></tr></table>"),
            "Mois\tNavires\none, two\nthree\nfour",
        ),
        (
            format!(
                "{head}<tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table></td></tr></table>"
            ),
            "Mois\tNavires\na\nb\tc\nd\te",
        ),
    ] {
        assert_eq!(text(&part), shown, "{part}");
    }
}

/// Holds what is kept of a page with this head: its title, its language, and the rest beside the file's name.
#[track_caller]
fn says(head: &str, title: &str, lang: &str, said: &[(&str, &str)]) {
    let body = format!("<article><p>{FILLER}</p></article>");
    let found = import(&FORMAT, page(head, &body).as_bytes());
    let article = only(&found);
    assert_eq!(article.header.title.as_deref(), Some(title), "{head}");
    assert_eq!(article.header.lang.as_deref(), Some(lang), "{head}");
    let said = [said, &[("file", "file.html")]].concat();
    assert_eq!(meta(article), said, "{head}");
}

#[test]
fn what_a_page_says_of_itself_in_json_is_kept() {
    says(
        r#"<script type="application/ld+json">[{"@type":"WebSite","name":"No"},{"@context":"https://schema.org",
        "@type":["NewsArticle"],"headline":"L&#039;eau &amp; le feu","author":[{"name":"Anne Martin"},{"name":"Samir Haddad"}],
        "publisher":{"name":"Le Journal"},"datePublished":"2024-05-01 08:30:00 +0200","inLanguage":"fr_FR","url":"https://a.example/x"}]</script>"#,
        "L'eau & le feu",
        "fr-FR",
        &[
            ("source", "Le Journal"),
            ("url", "https://a.example/x"),
            ("published", "2024-05-01T08:30:00+02:00"),
            ("author", "Anne Martin, Samir Haddad"),
        ],
    );
    says(
        r##"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"H","author":{"@id":"#a"},
        "publisher":{"@id":"#p"}},{"@type":"Person","@id":"#a","name":"A B"},{"@type":"Organization","@id":"#p","name":"P"},
        {"@type":"NewsArticle","headline":"Other","datePublished":"2020-01-01"}]}</script>"##,
        "H",
        "fr",
        &[("source", "P"), ("author", "A B")],
    );
    says(
        "<title>T</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",</script>",
        "T",
        "fr",
        &[],
    );
}

#[test]
fn what_a_page_says_of_itself_in_its_head_is_kept() {
    says(
        "<meta property='og:title' content='T'><meta property=og:site_name content=S>\
        <meta property='article:published_time' content='2024-05-01T08:00Z'><meta name=Author content=' A\n B '>\
        <link rel=canonical href='https://a.example/c'><meta property=og:url content=https://a.example/o>",
        "T",
        "fr",
        &[
            ("source", "S"),
            ("url", "https://a.example/c"),
            ("published", "2024-05-01T08:00:00Z"),
            ("author", "A B"),
        ],
    );
    says(
        "<title>T</title><!-- saved from url=(0019)https://a.example/s -->",
        "T",
        "fr",
        &[("url", "https://a.example/s")],
    );
    says(
        "<title>T</title><meta name=date content=hier>",
        "T",
        "fr",
        &[("published", "hier")],
    );
}

#[test]
fn a_line_with_the_author_gives_the_name() {
    for (line, name) in [
        ("<p class=byline>Par Anne Martin</p>", "Anne Martin"),
        ("<p class=author>BY  ADA LOW</p>", "ADA LOW"),
        ("<a rel=author href=x>بقلم: سامر حداد</a>", "سامر حداد"),
        ("<a rel=author href=x>Byron</a>", "Byron"),
        ("<a rel=author href=x>Von der Heide</a>", "Von der Heide"),
    ] {
        let found = import(
            &FORMAT,
            page(
                "",
                &format!("<article>{line}<p>{FILLER}</p><p>{FILLER}</p></article>"),
            )
            .as_bytes(),
        );
        assert_eq!(only(&found).header.meta["author"], name, "{line}");
    }
}

#[test]
fn a_date_in_the_text_counts_where_the_head_has_none() {
    for (time, date) in [
        ("<time datetime='2024-05-01'>hier</time>", "2024-05-01"),
        (
            "<time datetime=2023-01-01>x</time><span itemprop=datePublished content='May 2, 2024'>y</span>",
            "2024-05-02",
        ),
    ] {
        let found = import(
            &FORMAT,
            page("", &format!("<article>{time}<p>{FILLER}</p></article>")).as_bytes(),
        );
        assert_eq!(only(&found).header.meta["published"], date, "{time}");
    }
}

#[test]
fn a_language_that_a_page_only_inherited_gives_way() {
    let arabic = "قال الوزير إن الحكومة ستعمل على فتح الميناء خلال أيام، وأضاف أن الأعمال ستنتهي قبل نهاية الشهر الحالي.";
    for (said, words, lang) in [
        ("en-US", arabic, "ar"),
        ("ar-SY", arabic, "ar-SY"),
        ("fr", arabic, "fr"),
        (
            "EN",
            "The minister said that the government will open the port within days, and that the works go on.",
            "en",
        ),
        ("not a tag", arabic, "ar"),
        ("", arabic, "ar"),
    ] {
        let page = format!("<html lang='{said}'><body><p>{words}</p></body></html>");
        let found = import(&FORMAT, page.as_bytes());
        assert_eq!(only(&found).header.lang.as_deref(), Some(lang), "{said}");
    }
}

#[test]
fn a_page_is_read_in_its_own_encoding() {
    use encoding_rs::{GBK, ISO_2022_JP, SHIFT_JIS, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
    let arabic = "قال الوزير إن الحكومة ستعمل على ذلك، وأضاف أن الأمر مهم.";
    let french = "Il a dit\u{a0}: «\u{a0}Où est l’œuvre\u{a0}?\u{a0}» et il a payé 5\u{a0}€.";
    let japanese = "政府は港を再開すると発表した。";
    let chinese = "政府宣布重新开放港口，工程将继续进行。";
    for (words, encoding, named) in [
        (arabic, WINDOWS_1256, "<meta charset=windows-1256>"),
        (
            arabic,
            WINDOWS_1256,
            "<meta http-equiv='Content-Type' content='text/html; charset=Windows-1256'>",
        ),
        (arabic, WINDOWS_1256, ""),
        (french, WINDOWS_1252, "<meta charset=iso-8859-1>"),
        (french, WINDOWS_1252, "<meta charset=utf-8>"),
        (french, WINDOWS_1252, ""),
        (japanese, SHIFT_JIS, "<meta charset=Shift_JIS>"),
        (japanese, ISO_2022_JP, "<meta charset=iso-2022-jp>"),
        (
            chinese,
            GBK,
            "<META CONTENT='text/html; charset=gb2312' HTTP-EQUIV=Content-Type>",
        ),
    ] {
        let page = format!("<html><head>{named}</head><body><p>{words}</p></body></html>");
        let (bytes, _, is_lost) = encoding.encode(&page);
        assert!(!is_lost);
        let found = import(&FORMAT, &bytes);
        assert_eq!(only(&found).text.as_str(), words, "{named} {}", encoding.name());
    }
    for words in [arabic, french] {
        // A page that was saved anew still names its old encoding.
        let page =
            format!("<html><head><meta charset=windows-1252></head><body><p>{words}</p></body></html>");
        assert_eq!(only(&import(&FORMAT, page.as_bytes())).text.as_str(), words);
        let marked = format!("\u{feff}{page}");
        assert_eq!(only(&import(&FORMAT, marked.as_bytes())).text.as_str(), words);
        let wide: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(page.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(only(&import(&FORMAT, &wide)).text.as_str(), words);
        assert_eq!(detected("a.bin", &wide), "html", "{}", UTF_16LE.name());
    }
}

#[test]
fn what_is_not_valid_in_the_named_encoding_is_told() {
    let mut bytes = b"<html><head><meta charset=gbk></head><body><p>words ".to_vec();
    bytes.extend([0xff, b' ']);
    bytes.extend(b"and more</p>");
    let found = import(&FORMAT, &bytes);
    assert_eq!(told(&found, "invalid_bytes").severity, Severity::Warning);
    assert_eq!(only(&found).text.as_str(), "words \u{fffd} and more");
}

#[test]
fn a_page_is_known_by_its_content() {
    for (name, bytes, id) in [
        ("a.html", "words", "html"),
        ("a.htm", "", "html"),
        ("a.xhtml", "<?xml version=\"1.0\"?><html xmlns=\"x\">", "html"),
        ("a.txt", "<!DOCTYPE html><p>a", "html"),
        ("a", "\u{feff}\n <!-- saved -->\n<HTML lang=en>", "html"),
        ("a.aspx", "<?xml version='1.0'?>\n<!doctype HTML>", "html"),
        ("a.txt", "<p>a", "text"),
        ("a.txt", "words about <html>", "text"),
        ("a.xml", "<article>", "unknown_format"),
    ] {
        assert_eq!(detected(name, bytes.as_bytes()), id, "{name} {bytes}");
    }
    assert_eq!(detected("a.html", b"\x89PNG\r\n"), "not_text");
}

#[test]
fn what_a_browser_saved_beside_a_page_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    for (page, beside) in [
        ("Le port.html", "Le port_files"),
        ("b.htm", "b-Dateien"),
        ("", "notes_files"),
    ] {
        if !page.is_empty() {
            std::fs::write(folder.path().join(page), "<p>a").unwrap();
        }
        std::fs::create_dir(folder.path().join(beside)).unwrap();
        for (name, bytes) in [
            ("frame.html", "<html>"),
            ("words.txt", "words"),
            ("style.css", "p {}"),
        ] {
            let path = folder.path().join(beside).join(name);
            std::fs::write(&path, bytes).unwrap();
            let is_companion =
                matches!(detect(&path), Ok(Detected::Companion(format)) if format.id == "html");
            assert_eq!(is_companion, !page.is_empty(), "{beside}/{name}");
        }
    }
}

#[test]
fn a_page_without_main_text_comes_whole_with_a_warning_and_one_without_words_is_refused() {
    for (body, text) in [
        ("<nav><a href=a>Home</a> <a href=b>News</a></nav>", "Home News"),
        (
            "<ul><li><a href=a>One, and two</a><li><a href=b>Three</a></ul>",
            "One, and two\nThree",
        ),
    ] {
        let found = import(&FORMAT, page("<title>T</title>", body).as_bytes());
        assert_eq!(only(&found).text.as_str(), text);
        assert_eq!(codes(&found), ["no_main_text"], "{body}");
        assert_eq!(found.diagnostics[0].severity, Severity::Warning);
    }
    for whole in [
        "",
        " ",
        "<html></html>",
        "<html><body><p> &nbsp;</p></body></html>",
        "<!-- x -->",
    ] {
        let found = import(&FORMAT, whole.as_bytes());
        assert!(found.articles.is_empty(), "{whole}");
        let refusal = found.diagnostics.last().unwrap();
        assert_eq!(
            (refusal.code, refusal.severity),
            ("empty_file", Severity::Error),
            "{whole}"
        );
        assert!(refusal.hint.is_some());
    }
}

#[test]
fn broken_markup_reads_as_browsers_read_it() {
    for (part, shown) in [
        (
            "<p>one, two<p>three <b>four</p><p>five</b> six",
            "one, two\nthree four\nfive six",
        ),
        ("<p>a <i>b <b>c</i> d</b>", "a b c d"),
        ("<p>a < b and b > c & d", "a < b and b > c & d"),
        ("<p title='>'>a</p></div></span></table>", "a"),
        (
            "<table><p>out</p><tr><td>in, one</td><th>two</th></tr></table>",
            "out\nin, one\ttwo",
        ),
        ("<li>a<li>b</ul>", "a\nb"),
    ] {
        assert_eq!(text(part), shown, "{part}");
    }
}

#[test]
fn a_page_that_is_xml_may_close_an_element_at_once() {
    let page = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"fr\"><head>\
        <title/><script src=\"a.js\" type='x'/></head><body><p>un<br/>deux<a id=\"b\"/> &amp; trois</p><iframe src=\"c\"/><p>quatre</p></body></html>";
    let found = import(&FORMAT, page.as_bytes());
    assert_eq!(only(&found).text.as_str(), "un\ndeux & trois\nquatre");
    assert_eq!(only(&found).header.lang.as_deref(), Some("fr"));
}

#[test]
fn what_is_nested_too_deep_is_refused_before_it_is_slow() {
    let bold: Vec<String> = (0..5_000).map(|at| format!("<b id={at}>")).collect();
    let reopened: Vec<String> = (0..5_000).map(|at| format!("<p><b id={at}>x</p>")).collect();
    for (name, body) in [
        ("div", "<div>".repeat(100_000)),
        ("in a table", format!("<table>{}", "<div>".repeat(100_000))),
        ("in a template", format!("<template>{}", "<div>".repeat(100_000))),
        ("rows", "<table><tr><td>".repeat(50_000)),
        ("bold", bold.concat()),
        ("opened again", reopened.concat()),
    ] {
        let found = import(&FORMAT, page("", &format!("{body}words")).as_bytes());
        assert_eq!(codes(&found), ["too_complex"], "{name}");
        assert!(found.articles.is_empty() && found.diagnostics[0].hint.is_some());
    }
}

#[test]
fn what_a_browser_can_show_is_deep_enough() {
    let body = format!("{}<p>{FILLER}</p>", "<div>".repeat(500));
    assert_eq!(
        only(&import(&FORMAT, page("", &body).as_bytes())).text.as_str(),
        FILLER
    );
    let many = "<p>one, two, three</p>".repeat(3_000);
    let text = import(&FORMAT, page("", &many).as_bytes());
    assert_eq!(only(&text).text.as_str().lines().count(), 3_000);
}

#[test]
fn a_damaged_page_gives_an_article_or_a_finding() {
    let page = "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Été</title><script type='application/ld+json'>\
        {\"@type\":\"NewsArticle\",\"author\":{\"name\":\"A\"}}</script></head><body><nav><a href=x>y</a></nav><article>\
        <p>«\u{a0}Oui\u{a0}»&eacute; <b>b</p><table><tr><td>c<td>d</table><pre>\n e</pre></article></body></html>";
    survives_damage(&FORMAT, page.as_bytes());
}

const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=comment>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<br><br>",
    "<pre>",
    "</pre>",
    "<ul><li>",
    "</ul>",
    "<svg><g>",
    "</svg>",
    "<math><mi>",
    "<select><option>",
    "<template>",
    "<article>",
    "</article>",
    "<h1>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<font size=1>",
    "<form>",
    "<td><p>",
    "<frameset>",
    "<body id=x>",
    "<title>",
    "&nbsp;",
    "&#0;",
    "&#xD;",
    "<",
    "words, and more words, ",
    " ",
    "é",
    "عرب",
    "😀",
    "\u{0}",
    "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_page_panics_and_none_is_lost_in_silence(picks in prop::collection::vec(0..TAGS.len(), 0..60)) {
        let body: String = picks.iter().map(|at| TAGS[*at]).collect();
        let found = import(&FORMAT, body.as_bytes());
        prop_assert!(!found.articles.is_empty() || !found.diagnostics.is_empty());
    }

    #[test]
    fn every_letter_of_a_paragraph_comes_as_it_is(words in "[a-zé«»😀عش\u{a0}\u{202f}\u{200f}\u{301},.]{1,40}( [a-zé«»😀عش\u{a0},.]{1,12}){0,8}") {
        prop_assume!(words.chars().any(char::is_alphanumeric));
        let body = format!("<article><p>{FILLER}</p><p>{words}</p><p>{FILLER}</p></article>");
        let found = import(&FORMAT, page("", &body).as_bytes());
        let text = only(&found).text.as_str();
        prop_assert_eq!(text, format!("{FILLER}\n{words}\n{FILLER}"));
    }
}
