//! Headlines, authors, and dates where a page has several, and lists of articles.

use super::super::html::FORMAT;
use super::pages::{FILLER, page};
use super::*;

fn title(head: &str, before: &str) -> String {
    let body = format!("{before}<article><p>{FILLER}</p><p>{FILLER}</p></article>");
    let found = import(&FORMAT, page(head, &body).as_bytes());
    only(&found).header.title.clone().unwrap_or_default()
}

#[test]
fn the_headline_is_the_title_without_the_name_of_the_site() {
    let og = |title: &str, site: &str| {
        format!("<meta property='og:title' content='{title}'><meta property='og:site_name' content='{site}'>")
    };
    let long = "Le port de Nerval rouvre après trois mois d’attente, et les prix baissent déjà";
    for (head, before, headline) in [
        (og("Le port rouvre - Le Journal", "Le Journal"), "", "Le port rouvre"),
        (og("Le Journal | Le port rouvre", "le journal"), "", "Le port rouvre"),
        (og("Le port - un récit", "Le Journal"), "", "Le port - un récit"),
        (og("Le Journal", "Le Journal"), "<h1>Le port rouvre</h1>", "Le port rouvre"),
        (og("Le port: rouvert", "J"), "<h1>Autre</h1>", "Le port: rouvert"),
        (og("LE PORT « ROUVRE »", "J"), "<h1>Le port «\u{a0}rouvre\u{a0}»</h1>", "Le port «\u{a0}rouvre\u{a0}»"),
        (og("Le port de Nerval rouvre après...", "J"), &format!("<h1>{long}</h1>"), long),
        (og("الميناء يفتح | وكالة الساحل", "وكالة الساحل"), "", "الميناء يفتح"),
        (
            "<title>Le port rouvre - Le Journal</title>".to_owned(),
            "<header><h1><a href=/>Le Journal</a></h1></header>",
            "Le port rouvre",
        ),
        (
            "<title>Le port rouvre enfin – Journal</title>".to_owned(),
            "<h1>Journal</h1>",
            "Le port rouvre enfin",
        ),
        ("<title>Nerval</title>".to_owned(), "<h1>Nerval sous les obus</h1>", "Nerval sous les obus"),
        (
            "<title>Port de Nerval : le blé repart, et les prix baissent | La Gazette du Ponant</title>".to_owned(),
            "<h1>Nerval</h1>",
            "Port de Nerval : le blé repart, et les prix baissent",
        ),
        (
            "<title>Port de Nerval : le blé repart, et les prix baissent | La Gazette du Ponant</title>".to_owned(),
            "",
            "Port de Nerval : le blé repart, et les prix baissent",
        ),
        ("<title>Nerval - un récit</title>".to_owned(), "", "Nerval - un récit"),
        (
            "<title>Port de Nerval | Journal</title>".to_owned(),
            "<h1 class=t>À Nerval, le port rouvre</h1>",
            "À Nerval, le port rouvre",
        ),
        (
            "<title>Le port rouvre - Lejournal</title><link rel=canonical href='https://www.lejournal.example/a'>".to_owned(),
            "",
            "Le port rouvre",
        ),
    ] {
        assert_eq!(title(&head, before), headline, "{head} {before}");
    }
}

#[test]
fn a_title_loses_the_name_of_the_site_where_the_headline_tells_it() {
    for (title, headline, kept) in [
        ("Le port rouvre - Le Journal", "Le port rouvre", "Le port rouvre"),
        ("Le Journal | Le port rouvre", "Le port rouvre", "Le port rouvre"),
        ("Le port rouvre demain", "Le port rouvre", "Le port rouvre"),
        ("Le port", "Autre chose", "Le port"),
    ] {
        let body = format!("<h1>{headline}</h1><article><p>{FILLER}</p><p>{FILLER}</p></article>");
        let found = import(
            &FORMAT,
            page(&format!("<title>{title}</title>"), &body).as_bytes(),
        );
        assert_eq!(only(&found).header.title.as_deref(), Some(kept), "{title}");
    }
}

#[test]
fn a_heading_in_the_article_is_its_headline_whatever_the_window_says() {
    let body =
        format!("<h1>Monde</h1><article><h1>La côte attend</h1><p>{FILLER}</p><p>{FILLER}</p></article>");
    let found = import(
        &FORMAT,
        page("<title>Le port - Journal</title>", &body).as_bytes(),
    );
    assert_eq!(only(&found).header.title.as_deref(), Some("La côte attend"));
}

#[test]
fn the_author_is_a_name_and_no_address() {
    let json = |author: &str| {
        format!("<script type='application/ld+json'>{{\"@type\":\"Article\",\"author\":{author}}}</script>")
    };
    for (head, line, author) in [
        (json(r#"{"name":"https://a.example/ines"}"#), "", None),
        (json(r#"["https://a.example/x",{"name":"Inès Valcourt"}]"#), "", Some("Inès Valcourt")),
        (
            "<meta name=author content='https://a.example/ines'><meta property='article:author' content='Inès Valcourt'>".to_owned(),
            "",
            Some("Inès Valcourt"),
        ),
        ("<meta name=author content='www.facebook.com/gazette'>".to_owned(), "", None),
        (
            "<meta name=author content='https://a.example/ines'>".to_owned(),
            "<p>Par <a rel=author href=a>Inès Valcourt</a> et <a rel='author nofollow' href=b>Samir Haddad -</a></p>",
            Some("Inès Valcourt, Samir Haddad"),
        ),
        (
            String::new(),
            "<div itemprop=author><span itemprop=name>Inès Valcourt</span><span>Reporter</span></div>",
            Some("Inès Valcourt"),
        ),
    ] {
        let other = "<aside><a rel=author href=x>Quelqu’un d’autre</a></aside>";
        let body = format!("{other}<article><h1>T</h1>{line}<p>{FILLER}</p><p>{FILLER}</p></article>");
        let found = import(&FORMAT, page(&head, &body).as_bytes());
        let said = only(&found).header.meta.get("author").and_then(|author| author.as_str());
        assert_eq!(said, author, "{head} {line}");
    }
}

#[test]
fn a_date_that_stands_with_the_headline_comes_before_others() {
    let of = |date: &str| format!("<time datetime='2031-06-{date}'>{date}</time>");
    for (body, date) in [
        (
            format!(
                "<div>{}</div><article><h1>T</h1>{}<p>{FILLER}</p><p>{FILLER}</p></article>",
                of("06"),
                of("04")
            ),
            Some("2031-06-04"),
        ),
        (
            format!(
                "<nav>{}</nav><div><p>{FILLER}</p><p>{FILLER}</p>{}</div>",
                of("06"),
                of("04")
            ),
            Some("2031-06-04"),
        ),
        (
            format!(
                "<div><p>{FILLER}</p><p>{FILLER}</p></div><aside>{}</aside>",
                of("06")
            ),
            None,
        ),
    ] {
        let found = import(&FORMAT, page("", &body).as_bytes());
        let said = only(&found)
            .header
            .meta
            .get("published")
            .and_then(|date| date.as_str());
        assert_eq!(said, date, "{body}");
    }
}

#[test]
fn a_list_of_articles_is_told_and_has_no_date_or_author() {
    let teaser = |element: &str, at: usize| {
        format!(
            "<{element}><h2><a href='/{at}'>Le port numéro {at} rouvre</a></h2><time datetime='2031-06-0{at}'>{at}</time>\
             <a rel=author href=x>Inès Valcourt</a><p>Un résumé de cet article, qui tient en une phrase, ou presque […]</p></{element}>"
        )
    };
    for element in ["article", "div", "li"] {
        let all: String = (1..6).map(|at| teaser(element, at)).collect();
        let body = format!("<main><h1>Monde</h1>{all}</main>");
        let found = import(&FORMAT, page("<title>Monde - Journal</title>", &body).as_bytes());
        let meta = meta(only(&found));
        assert_eq!(meta, [("file", "file.html")], "{element}");
        assert!(
            told(&found, "not_split").message.contains("articles"),
            "{element}"
        );
    }
    // What follows an article does not make a list of it.
    let all: String = (1..6).map(|at| teaser("article", at)).collect();
    let body = format!(
        "<main><h1>T</h1><time datetime='2031-05-01'>1</time><p>{FILLER}</p><p>{FILLER}</p><h2>À lire</h2>{all}</main>"
    );
    let found = import(&FORMAT, page("", &body).as_bytes());
    assert!(!codes(&found).contains(&"not_split"));
    assert_eq!(only(&found).header.meta["published"], "2031-05-01");
}
