//! Exports of news databases. The files here have their shapes; the words are made up.

use super::super::html::FORMAT;
use super::*;

fn page(body: &str) -> String {
    format!("<html><head><title>Export</title></head><body>{body}</body></html>")
}

/// Title, text, language, and metadata of an article.
type Seen<'a> = (Option<&'a str>, &'a str, Option<&'a str>, Vec<(&'a str, &'a str)>);

fn all(found: &Collected) -> Vec<Seen<'_>> {
    let articles = found.articles.iter().map(|one| &one.article);
    articles
        .map(|article| {
            let header = &article.header;
            let mut meta = meta(article);
            assert_eq!(meta.pop(), Some(("file", "file.html")));
            (
                header.title.as_deref(),
                article.text.as_str(),
                header.lang.as_deref(),
                meta,
            )
        })
        .collect()
}

#[test]
fn an_export_of_factiva_is_split() {
    let codes_head = "<div id='article-1' class='article frArticle'><div class='articleHead'></div><table>\
        <tr><td class='index'><b>HD</b>&nbsp;</td><td><span class='frHeadline'>Le port\n rouvre</span></td></tr>\
        <tr><td class='index'><b>BY</b>&nbsp;</td><td>Anne Martin</td></tr>\
        <tr><td class='index'><b>WC</b>&nbsp;</td><td>120 mots</td></tr>\
        <tr><td class='index'><b>PD</b>&nbsp;</td><td>1 mai 2024</td></tr>\
        <tr><td class='index'><b>SN</b>&nbsp;</td><td>Le Courrier</td></tr>\
        <tr><td class='index'><b>LP</b>&nbsp;</td><td><p class='articleParagraph frarticleParagraph'>Il a dit&nbsp;: oui.</p></td></tr>\
        <tr><td class='index'><b>TD</b>&nbsp;</td><td><p class='articleParagraph frarticleParagraph'>Il a dit non.</p></td></tr>\
        <tr><td class='index'><b>AN</b>&nbsp;</td><td>Document COUR000020240501ek510001a</td></tr></table></div>";
    let lines_head = "<div class='article enArticle'><div id='hd'><span class='enHeadline'>The port opens</span></div>\
        <div class='author'>By Ada Low</div><div>212 words</div><div>2 May 2024</div><div>08:15</div><div>The Coast</div>\
        <div>CST</div><div>English</div><div>Copyright 2024</div><p class='articleParagraph enarticleParagraph'>It <b>opens</b>.</p>\
        <p class='articleParagraph enarticleParagraph'>At last.</p><p>Document COAST0020240502ek520002b</p></div>";
    let empty = "<div class='article enArticle'><div id='hd'><span>Nothing</span></div><p class='articleParagraph'> </p></div>";
    let found = import(
        &FORMAT,
        page(&format!("<div>{codes_head}{lines_head}{empty}</div>")).as_bytes(),
    );
    assert_eq!(
        all(&found),
        [
            (
                Some("Le port rouvre"),
                "Il a dit\u{a0}: oui.\nIl a dit non.",
                Some("fr"),
                vec![
                    ("source", "Le Courrier"),
                    ("document", "COUR000020240501ek510001a"),
                    ("published", "2024-05-01"),
                    ("author", "Anne Martin")
                ]
            ),
            (
                Some("The port opens"),
                "It opens.\nAt last.",
                Some("en"),
                vec![
                    ("source", "The Coast"),
                    ("document", "COAST0020240502ek520002b"),
                    ("published", "2024-05-02"),
                    ("author", "Ada Low")
                ]
            ),
        ]
    );
    assert_eq!(
        told(&found, "split_export").message,
        "the file is an export of Factiva; it was split into its 3 articles"
    );
    assert_eq!(
        told(&found, "no_words").message,
        "an article of the export holds no words: “Nothing”"
    );
}

#[test]
fn an_export_of_europresse_is_split() {
    let one = |number: &str| {
        format!(
            "<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>Le Courrier, no. 1234</span></div>\
             <span class='DocHeader'>Monde, mercredi {number} mai 2024, p. 3</span>\
             <div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>Titre {number}</p></div>\
             <div class='docAuthors'>Anne Martin</div></header><div class='docOcurrContainer'><p>«&nbsp;Oui&nbsp;» {number}.</p><p>Non.</p>\
             <p>Cet article est paru dans <a href='https://a.example/{number}'>Cet article est paru dans Le Courrier</a></p></div>\
             <footer><small>© 2024</small></footer></article>"
        )
    };
    let found = import(&FORMAT, page(&format!("{}{}", one("1"), one("2"))).as_bytes());
    let articles = all(&found);
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[1].0, Some("Titre 2"));
    assert!(
        articles[1].1.starts_with("«\u{a0}Oui\u{a0}» 2.\nNon.\n"),
        "{}",
        articles[1].1
    );
    assert_eq!(
        articles[1].3,
        [
            ("source", "Le Courrier"),
            ("url", "https://a.example/2"),
            ("published", "2024-05-02"),
            ("author", "Anne Martin")
        ]
    );
    assert_eq!(codes(&found), ["split_export"]);
}

#[test]
fn an_export_of_nexis_is_split() {
    let one = |number: usize| {
        format!(
            "<A NAME=\"DOC_ID_0_{number}\"></A><BR><DIV CLASS=c0><P CLASS=c1><SPAN CLASS=c2>{number} of 2 DOCUMENTS</SPAN></P></DIV>\
             <DIV CLASS=c3><P CLASS=c1><SPAN CLASS=c4>The Coast (London)</SPAN></P></DIV>\
             <DIV CLASS=c3><P CLASS=c1><SPAN CLASS=c4>May {number}</SPAN><SPAN CLASS=c2>, 2024 Wednesday</SPAN></P><P>Final Edition</P></DIV>\
             <DIV CLASS=c5><P CLASS=c6><SPAN CLASS=c7>Title {number}</SPAN></P></DIV><P CLASS=c6><SPAN CLASS=c8>BYLINE: </SPAN>Ada Low</P>\
             <P CLASS=c6><SPAN CLASS=c8>LENGTH: </SPAN>2 words</P><P CLASS=c9>LONDON: One.</P><P CLASS=c9>Two {number}.</P>\
             <P><SPAN CLASS=c8>LOAD-DATE: </SPAN>May 3, 2024</P><P>Copyright 2024 The Coast</P>"
        )
    };
    let found = import(&FORMAT, page(&format!("{}{}", one(1), one(2))).as_bytes());
    let expected = |number: usize| {
        let text = if number == 1 {
            "LONDON: One.\nTwo 1."
        } else {
            "LONDON: One.\nTwo 2."
        };
        let title = if number == 1 { "Title 1" } else { "Title 2" };
        let date = if number == 1 { "2024-05-01" } else { "2024-05-02" };
        (
            title,
            text,
            vec![
                ("source", "The Coast (London)"),
                ("published", date),
                ("author", "Ada Low"),
            ],
        )
    };
    let articles: Vec<_> = all(&found)
        .into_iter()
        .map(|(title, text, _, meta)| (title.unwrap(), text, meta))
        .collect();
    assert_eq!(articles, [expected(1), expected(2)]);
    assert_eq!(codes(&found), ["split_export"]);
}

#[test]
fn what_only_looks_like_an_export_is_one_article() {
    let words =
        "Pendant trois mois, les navires ont attendu au large, chargés de blé, de sucre et de médicaments. "
            .repeat(6);
    let two = format!("<article><p>{words}</p></article><article><p>{words}</p></article>");
    let found = import(&FORMAT, page(&two).as_bytes());
    assert_eq!(found.articles.len(), 1);
    assert!(told(&found, "not_split").hint.is_some());
    for body in [
        format!("<div class=article><p>{words}</p></div><div class='article x'><p>{words}</p></div>"),
        format!("<article><p>{words}</p></article><article class=comment><p>{words}</p></article>"),
        format!("<p>{words}</p><div>This page is like docOcurrContainer and DOC_ID_0_1</div>"),
    ] {
        let found = import(&FORMAT, page(&body).as_bytes());
        assert_eq!(found.articles.len(), 1, "{body}");
        let codes = codes(&found);
        assert!(
            !codes.contains(&"split_export") && !codes.contains(&"not_split"),
            "{body} {codes:?}"
        );
    }
    // Anchors in places of their own do not say where an article ends.
    let apart = "<div><a name=DOC_ID_0_1></a><p>one</p></div><div><a name=DOC_ID_0_2></a><p>two</p></div>";
    assert_eq!(import(&FORMAT, page(apart).as_bytes()).articles.len(), 1);
}

#[test]
fn a_damaged_export_gives_articles_or_findings() {
    survives_damage(
        &FORMAT,
        b"<html><body><div class='article enArticle'><div id=hd>T</div><div>2 May 2024</div><div>S</div><p class=articleParagraph>W.</p></div>\
          <article><span class=DocHeader>1 mai 2024</span><div class=docOcurrContainer>W</div></article><a name=DOC_ID_0_1></a><p>W</p></body></html>",
    );
}
