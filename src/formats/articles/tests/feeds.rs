//! What feeds become, and what damaged ones do.

use super::super::feed::FORMAT;
use super::*;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel>
<title>وكالة الأنباء &amp; Co</title><link>https://a.example/</link><language>ar</language>
<image><title>Logo</title><url>x.png</url></image>
<item>
  <title>Un titre&nbsp;: l&amp;#8217;été &lt;b&gt;gras&lt;/b&gt;</title>
  <link> https://a.example/1 </link><guid isPermaLink="false">id-1</guid>
  <pubDate>Wed, 01 May 2024 08:00:00 +0200</pubDate><dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>Prix&nbsp;: 5&#8239;€</p><p>Deux<br>lignes</p><script>x()</script>]]></content:encoded>
</item>
<item><title>Nur kurz</title><guid>https://a.example/2</guid><pubDate>yesterday</pubDate>
<author>a@b.org (Ada Lovelace)</author><source url="u">Other paper</source><description>A &lt;i&gt;summary&lt;/i&gt; &amp;amp; more</description></item>
<item><title>No words</title><link>https://a.example/3</link></item>
</channel></rss>
"#;

#[test]
fn an_item_of_rss_is_an_article() {
    let found = import(&FORMAT, RSS.as_bytes());
    assert_eq!(
        texts(&found),
        ["Prix\u{a0}: 5\u{202f}€\nDeux\nlignes", "A summary & more"]
    );
    let header = &found.articles[0].article.header;
    assert_eq!(header.title.as_deref(), Some("Un titre\u{a0}: l’été gras"));
    assert_eq!(header.lang.as_deref(), Some("ar"));
    for (key, value) in [
        ("source", "وكالة الأنباء & Co"),
        ("url", "https://a.example/1"),
        ("guid", "id-1"),
        ("published", "2024-05-01T08:00:00+02:00"),
        ("author", "Ada, Bo"),
    ] {
        assert_eq!(header.meta[key], value);
    }
    assert_eq!(found.articles[0].line, Some(6));
    let header = &found.articles[1].article.header;
    for (key, value) in [
        ("source", "Other paper"),
        ("url", "https://a.example/2"),
        ("published", "yesterday"),
        ("author", "Ada Lovelace"),
    ] {
        assert_eq!(header.meta[key], value);
    }
    assert_eq!(codes(&found), ["no_text", "summary_only", "bad_date"]);
    assert_eq!(found.diagnostics[0].line, Some(15));
    assert!(found.diagnostics[1].message.starts_with("1 of 3 items"));
}

#[test]
fn an_entry_of_atom_is_an_article() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-fr"><title type="text">Journal</title>
<author><name>Rédaction</name><email>r@example.org</email></author><link href="https://j.example"/>
<entry><title type="html">A &amp;amp; B</title><id>urn:1</id><link rel="replies" href="no"/><link href="https://j.example/1"/>
<published>2024-05-01T08:00:00Z</published><updated>2024-06-01T08:00:00Z</updated>
<summary>s</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <b>mot</b>.</p><p>عربي<br/>x &lt; y</p></div></content></entry>
<entry><title>B</title><id>urn:2</id><author><name>Ada</name><uri>u</uri></author><updated>2024-06-01</updated>
<content src="elsewhere" type="text/html"/><summary type="text">Plain &lt;b&gt; text
on two lines</summary></entry></feed>"#;
    let found = import(&FORMAT, atom.as_bytes());
    assert_eq!(
        texts(&found),
        ["Un mot.\nعربي\nx < y", "Plain <b> text\non two lines"]
    );
    let headers: Vec<_> = found.articles.iter().map(|one| &one.article.header).collect();
    assert_eq!(headers[0].title.as_deref(), Some("A & B"));
    assert_eq!(headers[0].lang.as_deref(), Some("fr-FR"));
    assert_eq!(headers[0].meta["url"], "https://j.example/1");
    assert_eq!(headers[0].meta["published"], "2024-05-01T08:00:00Z");
    assert_eq!(headers[0].meta["author"], "Rédaction");
    assert_eq!(headers[1].meta["author"], "Ada");
    assert_eq!(headers[1].meta["published"], "2024-06-01");
    assert_eq!(codes(&found), ["summary_only"]);
}

#[test]
fn markup_in_a_feed_is_read_as_that_of_a_page() {
    let item = |content: &str| {
        let xml = format!(
            "<rss xmlns:content='c'><channel><title>C</title><item><title>T</title>{content}</item></channel></rss>"
        );
        import(&FORMAT, xml.as_bytes())
    };
    for (content, text) in [
        (
            "<content:encoded><![CDATA[<p>50 civils<sup><a href=\"#n3\">3</a></sup></p>]]></content:encoded>",
            "50 civils",
        ),
        (
            "<content type=\"xhtml\"><x:div xmlns:x=\"h\"><x:p>a &lt;b&gt; &amp;amp;</x:p><x:p>50<a x:href=\"\" href=\"#n\"><sup>3</sup></a><br/>c</x:p></x:div></content>",
            "a <b> &amp;\n50\nc",
        ),
        (
            "<content type=\"xhtml\"><div hidden=\"\">x</div>a<script>b</script></content>",
            "a",
        ),
    ] {
        assert_eq!(texts(&item(content)), [text], "{content}");
    }
    let deep = "&lt;div&gt;".repeat(100_000);
    let found = item(&format!(
        "<description>{deep}words</description></item><item><description>b</description>"
    ));
    assert_eq!((texts(&found), codes(&found)[0]), (vec!["b"], "too_complex"));
}

#[test]
fn what_a_feed_writes_wrong_is_read_on_and_told() {
    for (inside, text, code) in [
        (
            "<description>AT&T & Co &amp; more</description>",
            "AT&T & Co & more",
            "bare_ampersand",
        ),
        (
            "<description>a & b; c</description>",
            "a & b; c",
            "bare_ampersand",
        ),
        (
            "<description>a &unknown; b</description>",
            "a &unknown; b",
            "bare_ampersand",
        ),
        (
            "<description>a</description><link>https://x/?a=1&b=2</link>",
            "a",
            "bare_ampersand",
        ),
        (
            "<description>a</description><atom:updated>le 31 février 2024</atom:updated>",
            "a",
            "bad_date",
        ),
    ] {
        let xml = format!(
            "<rss><channel>\n<item>\n{inside}</item><item><description>b</description></item></channel></rss>"
        );
        let found = import(&FORMAT, xml.as_bytes());
        assert_eq!(texts(&found), [text, "b"]);
        let line = if code == "bad_date" {
            "(lines 2)"
        } else {
            "(lines 3)"
        };
        assert!(
            told(&found, code).message.ends_with(line),
            "{:?}",
            found.diagnostics
        );
        let meta = &found.articles[0].article.header.meta;
        if code == "bad_date" {
            assert_eq!(meta["published"], "le 31 février 2024");
        }
        if inside.contains("<link>") {
            assert_eq!(meta["url"], "https://x/?a=1&b=2");
        }
    }
}

#[test]
fn the_language_of_a_feed_is_read_as_that_of_a_page() {
    for (said, words, lang) in [
        ("fr_fr", "x", Some("fr-FR")),
        ("fr-FR, en", "x", Some("fr-FR")),
        ("English", "x", None),
        (
            "en-us",
            "Le ministre a répondu hier devant les députés que la réforme sera votée.",
            Some("fr"),
        ),
    ] {
        let xml = format!(
            "<rss><channel><language>{said}</language><item><description>{words}</description></item></channel></rss>"
        );
        let found = import(&FORMAT, xml.as_bytes());
        assert_eq!(only(&found).header.lang.as_deref(), lang, "{said}");
    }
}

#[test]
fn an_item_of_rss_1_is_an_article_in_the_encoding_that_the_file_names() {
    let rdf = "<?xml version='1.0' encoding='windows-1256'?><rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\">\
        <channel rdf:about=\"c\"><title>C</title><items><rdf:Seq><rdf:li resource=\"i\"/></rdf:Seq></items></channel>\
        <item rdf:about=\"https://i\"><title>T</title><link>https://i</link><description>\u{62d}\u{644}\u{628} is a town</description><dc:date>2024-05-01</dc:date></item></rdf:RDF>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(rdf);
    let found = import(&FORMAT, &bytes);
    assert_eq!(texts(&found), ["حلب is a town"]);
    let meta = &found.articles[0].article.header.meta;
    assert_eq!(
        (&meta["source"], &meta["published"]),
        (&"C".into(), &"2024-05-01".into())
    );
    assert!(!meta.contains_key("guid"));
    assert_eq!(detected("a.xml", &bytes), "feed");
}

#[test]
fn a_feed_is_known_by_its_first_element() {
    for (bytes, found) in [
        (RSS, "feed"),
        (
            "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE rss SYSTEM \"x.dtd\">\n<rss>",
            "feed",
        ),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("<!DOCTYPE rss [<!ENTITY a \"b\">\n]>\n<rss>", "feed"),
        ("<!DOCTYPE html [<!ENTITY a \"b\">\n]>\n<rss>", "html"),
        (
            "<rdf:RDF xmlns='http://www.w3.org/2004/02/skos/core'>",
            "unknown_format",
        ),
        ("<rssy>", "unknown_format"),
        ("<TEI>", "cannot_read_format"),
    ] {
        assert_eq!(detected("a.xml", bytes.as_bytes()), found, "{bytes}");
    }
}

#[test]
fn a_damaged_feed_gives_what_stands_before_the_damage() {
    for end in 0..RSS.len() {
        let found = import(&FORMAT, &RSS.as_bytes()[..end]);
        let is_whole = end + "\n".len() >= RSS.len();
        assert_eq!(
            found
                .diagnostics
                .iter()
                .all(|one| one.code != "damaged_document" && one.code != "empty_file"),
            is_whole,
            "cut at {end}"
        );
    }
    let broken = RSS.replace("<item><title>No", "<item></wrong><title>No");
    let found = import(&FORMAT, broken.as_bytes());
    assert_eq!(found.articles.len(), 2);
    assert!(
        found
            .diagnostics
            .iter()
            .any(|one| one.code == "damaged_document" && one.line == Some(15)),
        "{:?}",
        found.diagnostics
    );
}

#[test]
fn bombs_in_feeds_are_refused() {
    let entities = RSS.replace(
        "<!-- made by hand -->",
        "<!DOCTYPE rss [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;\">]>",
    );
    let found = import(&FORMAT, entities.as_bytes());
    assert_eq!((found.articles.len(), codes(&found)[0]), (0, "entities_refused"));
    let deep = format!("<rss>{}", "<item>".repeat(100_000));
    assert_eq!(codes(&import(&FORMAT, deep.as_bytes()))[0], "damaged_document");
    assert_eq!(codes(&import(&FORMAT, b"<rss/>")), ["empty_file"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn no_change_of_a_feed_is_a_panic_or_silence(changes in proptest::collection::vec((0..RSS.len(), proptest::prelude::any::<u8>()), 1..5)) {
        let mut bytes = RSS.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let found = import(&FORMAT, &bytes);
        proptest::prop_assert!(found.articles.len() + found.diagnostics.len() >= 3 || codes(&found).iter().any(|code| *code != "summary_only"));
    }
}
