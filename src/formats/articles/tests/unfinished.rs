//! Pages of which something is missing: the end, or the words themselves.

use super::super::html::FORMAT;
use super::pages::{FILLER, page};
use super::*;
use crate::formats::Severity;

#[test]
fn a_page_that_ends_too_early_is_told() {
    let whole = page(
        "<title>T</title>",
        &format!(
            "<div><article><p>{FILLER}</p><p>{FILLER} <b title=x>end</b></p><script>f()</script></article></div>"
        ),
    );
    for end in [
        "<p>",
        "les navires",
        "<b tit",
        ">end",
        "</b>",
        "f()",
        "</script>",
        "</article>",
        "</div>",
    ] {
        let (cut, _) = whole.split_once(end).unwrap();
        assert_eq!(
            told(&import(&FORMAT, cut.as_bytes()), "cut_short").severity,
            Severity::Warning,
            "{end}"
        );
    }
    // What HTML allows to be left open is not missing.
    for whole in [
        &*whole,
        whole.trim_end_matches("</body></html>"),
        &format!("<p>{FILLER}<p>{FILLER}"),
        &format!("<html><body><ul><li>{FILLER}<li>{FILLER}</ul>"),
        &format!("<p>{FILLER}</p> \n"),
    ] {
        let found = import(&FORMAT, whole.as_bytes());
        assert!(!codes(&found).contains(&"cut_short"), "{whole}");
    }
}

#[test]
fn words_that_a_script_would_load_are_taken_from_the_data_of_the_page_or_missed() {
    let described = |body: &str| {
        let article = format!(r#"{{"@type":"NewsArticle","headline":"H","articleBody":"{body}"}}"#);
        format!("<script type='application/ld+json'>{article}</script>")
    };
    let given = format!(
        r#"<script id=__NEXT_DATA__ type='application/json'>{{"props":[1,{{"a":{{"articleBody":"{FILLER}"}}}}]}}</script>"#
    );
    let without = "<script type='application/json'>{\"body\":\"words\"}</script>";
    for (head, seen, text) in [
        (
            described(&format!("{FILLER}\\n\\n  Deux&nbsp;: oui. ")),
            "",
            format!("{FILLER}\nDeux\u{a0}: oui."),
        ),
        (
            described("<p>Un, deux</p><p>trois</p>"),
            "",
            "Un, deux\ntrois".to_owned(),
        ),
        (described(FILLER), "<div>Chargement…</div>", FILLER.to_owned()),
        (given, "", FILLER.to_owned()),
    ] {
        let found = import(
            &FORMAT,
            page(&head, &format!("<div id=root>{seen}</div>")).as_bytes(),
        );
        assert_eq!(only(&found).text.as_str(), text, "{head}");
        assert_eq!(codes(&found), ["text_from_data"]);
    }
    for seen in [
        "",
        "Loading…",
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
    ] {
        let body = format!("<div id=__next>{seen}</div><script src=a.js></script>{without}");
        let found = import(&FORMAT, page("<title>T</title>", &body).as_bytes());
        assert_eq!(codes(&found), ["loaded_by_script"], "{seen}");
        assert!(found.articles.is_empty() && found.diagnostics[0].hint.is_some());
    }
    // A short text is one all the same.
    let found = import(
        &FORMAT,
        page("", "<div id=app><p>Le pont est fermé.</p></div>").as_bytes(),
    );
    assert_eq!(only(&found).text.as_str(), "Le pont est fermé.");
    assert_eq!(told(&found, "loaded_by_script").severity, Severity::Warning);
    let found = import(
        &FORMAT,
        page(&described("Autre"), &format!("<div id=app><p>{FILLER}</p></div>")).as_bytes(),
    );
    assert_eq!(only(&found).text.as_str(), FILLER);
}

#[test]
fn the_beginning_of_an_article_for_subscribers_is_told_as_one() {
    for line in [
        "<p>Il vous reste 62.4% de cet article à lire. La suite est réservée aux abonnés.</p>",
        "<div class=paywall><p>Subscribe to continue reading.</p><a href=/s>Subscribe</a></div>",
        "<p>هذا المقال للمشتركين فقط</p>",
    ] {
        let body = format!("<article><p>{FILLER}</p><p>{FILLER}</p>{line}</article>");
        let found = import(&FORMAT, page("", &body).as_bytes());
        assert_eq!(
            only(&found).text.as_str(),
            format!("{FILLER}\n{FILLER}"),
            "{line}"
        );
        assert_eq!(codes(&found), ["for_subscribers", "left_out"], "{line}");
    }
    let beside = format!(
        "<article><p>{FILLER}</p><p>{FILLER}</p></article><div><p>Article réservé aux abonnés</p></div>"
    );
    assert_eq!(
        codes(&import(&FORMAT, page("", &beside).as_bytes())),
        ["left_out"]
    );
}
