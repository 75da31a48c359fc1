//! What stands in and around the articles of news sites: what comes in, what is left out, and how that is told.

use super::super::html::FORMAT;
use super::pages::{FILLER, page, text};
use super::*;

/// The finding on what was left out where it stood inside the text, for a part between two paragraphs.
fn left_out_inside(part: &str) -> Option<String> {
    let body = format!("<article><p>{FILLER}</p>{part}<p>{FILLER}</p></article>");
    let found = import(&FORMAT, page("", &body).as_bytes());
    let text = only(&found).text.as_str();
    assert_eq!(text, format!("{FILLER}\n{FILLER}"), "{part}");
    let mut all = found.diagnostics.iter().map(|found| &found.message);
    all.find(|message| message.contains("inside the text")).cloned()
}

/// Each part is left out, and told as of this kind.
#[track_caller]
fn left_out_as(kind: &str, parts: &[&str]) {
    for part in parts {
        let told = left_out_inside(part).unwrap_or_else(|| panic!("nothing is told of {part}"));
        assert!(
            told.contains(&format!("inside the text: {kind} (")),
            "{part}: {told}"
        );
    }
}

#[test]
fn links_to_other_articles_are_left_out_and_told() {
    left_out_as(
        "links to other articles",
        &[
            "<p><strong>A lire aussi : </strong><a href=/p>Le pont de Salmère fermé</a></p>",
            "<p><a href=/p>LIRE AUSSI - Le pont de Salmère fermé</a></p>",
            "<div style='padding: 1em'><a href=/o class=u7><div><span>Lire aussi:</span>&nbsp; <span>Le pont fermé</span></div></a></div>",
            "<h3>Sur le même sujet</h3><ul><li><a href=a>Le pont</a></li><li><a href=b>Le port</a></li></ul>",
            "<section class=article__reading-also><p>Le dossier</p><a href=a>Le pont de Salmère fermé</a></section>",
            "<blockquote><p>Read more: <a href=/t>What the truce says — and what not</a></p></blockquote>",
            "<p><em>RELATED: <a href=/z>The boats that no longer sail</a></em></p>",
            "<p>إقرأ أيضاً: <a href=/1>هدنة لم تصمد سوى ليلتين</a></p>",
            "<p><a href=/2>اقرأ أيضًا.. إغلاق جسر سالمير</a></p>",
            "<p>Lea también: <a href=/3>El puente está cerrado</a></p>",
            "<p>קראו גם: <a href=/4>הגשר נסגר</a></p>",
        ],
    );
}

#[test]
fn advertising_and_offers_are_left_out_and_told() {
    left_out_as(
        "advertising",
        &[
            "<div class=td-a-rec><span>- Publicité -</span><a href=x><img src=a.png></a></div>",
            "<p>Advertisement</p>",
            "<div><p>إعلان</p></div>",
            "<div id=ad-slot-3><a href=x>Des matelas à moitié prix</a></div>",
        ],
    );
    left_out_as(
        "an offer",
        &[
            "<div class='mc4wp-form newsletterBox'><h3>Recevez notre lettre</h3><p>Chaque matin, l’essentiel.</p><form><input></form></div>",
            "<section class=services-newsletter><p>Chaque semaine, une sélection.</p><a href=n>S’inscrire</a></section>",
            "<p><a href=/s>Subscribe now for unlimited access</a></p>",
            "<p>تابعونا على <a href=t>تلغرام</a></p>",
        ],
    );
}

#[test]
fn what_leads_elsewhere_or_names_author_and_date_is_left_out_and_told() {
    let share = "<div class=post-share><a href=f>Facebook</a> <a href=t>Telegram</a></div>";
    left_out_as("links to share it", &[share]);
    left_out_as(
        "navigation",
        &[
            "<nav><a href=1>1</a> <a href=2>Page suivante</a></nav>",
            "<ul class=tags><li><a href=n>Nerval</a></li><li><a href=s>Salmère</a></li></ul>",
        ],
    );
    let date = "<p class=article__published-date>Publié le 4 juin 2031 à 18h42</p>";
    left_out_as("author or date", &[date]);
}

#[test]
fn words_of_the_article_stay() {
    for (part, shown) in [
        (
            "<p>Lire aussi les <a href=t>tracts</a> suffit, selon un enseignant, à comprendre la peur.</p>",
            "Lire aussi les tracts suffit, selon un enseignant, à comprendre la peur.",
        ),
        (
            "<p>Lire aussi : le rapport du 4 juin.</p>",
            "Lire aussi : le rapport du 4 juin.",
        ),
        (
            "<p><a href=/e>Lire et écrire à Nerval, en temps de guerre</a></p>",
            "Lire et écrire à Nerval, en temps de guerre",
        ),
        (
            "<p class=paywall>The paper lost 2,000 <a href=s>subscribers</a> in a month, it said.</p>",
            "The paper lost 2,000 subscribers in a month, it said.",
        ),
        (
            "<p>La tribune réservée aux abonnés a brûlé, mercredi.</p>",
            "La tribune réservée aux abonnés a brûlé, mercredi.",
        ),
        (
            "<h2>Publicité</h2><p>Une affaire, et ses suites.</p>",
            "Publicité\nUne affaire, et ses suites.",
        ),
        ("<p>Une publicité, dit-il.</p>", "Une publicité, dit-il."),
        (
            "<p>إعلان الحكومة عن وقف إطلاق النار لم يصمد.</p>",
            "إعلان الحكومة عن وقف إطلاق النار لم يصمد.",
        ),
        (
            "<div class='tag-newsletter category-ads'><p>Trois obus, dit-on, sont tombés. <a href=x>Ici</a></p></div>",
            "Trois obus, dit-on, sont tombés. Ici",
        ),
        (
            "<p>Il vous reste dix jours, leur a dit le <a href=g>gouverneur</a>, lundi.</p>",
            "Il vous reste dix jours, leur a dit le gouverneur, lundi.",
        ),
        (
            "<p>Follow us on this road, they said, and <a href=x>we</a> did, for hours.</p>",
            "Follow us on this road, they said, and we did, for hours.",
        ),
        (
            "<ul><li>4 juin : trois obus, neuf morts</li><li>5 juin : le deuil</li></ul>",
            "4 juin : trois obus, neuf morts\n5 juin : le deuil",
        ),
    ] {
        assert_eq!(text(part), shown, "{part}");
    }
}

#[test]
fn captions_come_in_without_credits_wherever_the_picture_stands() {
    let caption = "Le marché de Nerval, après les tirs. ";
    for credit in [
        "<span class=credit>J. Lamarre / APN</span>",
        "<small>© APN</small>",
        "<span class=article__credit>APN</span>",
    ] {
        let figure = format!("<figure><img src=a.jpg><figcaption>{caption}{credit}</figcaption></figure>");
        for body in [
            format!(
                "<article><header><h1>T</h1>{figure}</header><div><p>{FILLER}</p><p>{FILLER}</p></div></article>"
            ),
            format!("<article><h1>T</h1><div>{figure}<p>{FILLER}</p><p>{FILLER}</p></div></article>"),
        ] {
            let found = import(&FORMAT, page("<title>T</title>", &body).as_bytes());
            let text = format!("{}\n{FILLER}\n{FILLER}", caption.trim());
            assert_eq!(only(&found).text.as_str(), text, "{body}");
            assert!(
                told(&found, "left_out")
                    .message
                    .contains("the credit of a picture ("),
                "{body}"
            );
        }
    }
    let alone = "<figure><img src=a.jpg><figcaption>Photo : J. Lamarre</figcaption></figure>";
    assert!(
        left_out_inside(alone)
            .unwrap()
            .contains("the credit of a picture")
    );
    assert_eq!(
        text("<figure><img src=a.jpg><figcaption>Un obus (photo APN)</figcaption></figure>"),
        "Un obus (photo APN)"
    );
    let teaser = "<aside><figure><img src=a.jpg><figcaption>Autre chose</figcaption></figure></aside>";
    let linked = "<figure><a href=x><img src=a.jpg><figcaption>Autre chose</figcaption></a></figure>";
    for other in [teaser, linked] {
        let body = format!("<article><h1>T</h1><p>{FILLER}</p><p>{FILLER}</p></article>{other}");
        let found = import(&FORMAT, page("", &body).as_bytes());
        assert_eq!(
            only(&found).text.as_str(),
            format!("{FILLER}\n{FILLER}"),
            "{other}"
        );
    }
}

#[test]
fn a_caption_is_not_glued_to_what_stands_behind_it() {
    let figure = "<figure><img src=a><figcaption><span>Des soldats.</span><span class=x>JUAN PAZ</span></figcaption></figure>";
    assert_eq!(text(figure), "Des soldats. JUAN PAZ");
}

#[test]
fn a_box_with_a_text_of_its_own_is_of_the_article() {
    let aside = format!("<aside class=encadre><h4>Repères</h4><p>{FILLER}</p></aside>");
    assert_eq!(text(&aside), format!("Repères\n{FILLER}"));
    for other in [
        format!("<aside class=newsletter><p>{FILLER}</p><form><input></form></aside>"),
        "<aside><h4>Les plus lus</h4><a href=a>Un titre</a></aside>".to_owned(),
    ] {
        assert!(left_out_inside(&other).is_some(), "{other}");
    }
    let behind =
        format!("<article><h1>T</h1><p>{FILLER}</p><p>{FILLER}</p></article><aside><p>{FILLER}</p></aside>");
    let found = import(&FORMAT, page("", &behind).as_bytes());
    assert_eq!(only(&found).text.as_str(), format!("{FILLER}\n{FILLER}"));
}

#[test]
fn columns_of_a_page_that_is_laid_out_as_a_table_are_left_out() {
    let text = format!("{FILLER}<br><br>{FILLER}<br><br>{FILLER}");
    let body = format!(
        "<table><tr><td colspan=3><a href=a>Accueil</a> | <a href=m>Monde</a></td></tr><tr><td><b>Rubriques</b><br>\
         <a href=1>Politique</a><br><a href=2>Société</a></td><td><font size=2>{text}</font></td>\
         <td><b>Lus</b><br><a href=a>Un titre très lu</a><br><a href=b>Un autre titre</a></td></tr></table>"
    );
    let found = import(&FORMAT, page("<title>T</title>", &body).as_bytes());
    assert_eq!(
        only(&found).text.as_str(),
        format!("{FILLER}\n{FILLER}\n{FILLER}")
    );
    assert!(
        told(&found, "left_out")
            .message
            .contains("navigation (27 characters: “Rubriques Politique Société”)")
    );
}

#[test]
fn the_lines_under_the_headline_come_in() {
    let line = "Trois obus sont tombés mardi, et les autorités accusent le Front.";
    for head in [
        format!("<header><h1>T</h1><p>{line}</p><p>Par <a rel=author href=a>Inès</a></p></header>"),
        format!("<div class=top><h1>T</h1><h2 class=article__chapo>{line}</h2></div>"),
        format!(
            "<header><h1>T</h1><div class=standfirst><p>{line}</p></div><time datetime=2031-06-04>4</time></header>"
        ),
    ] {
        let text = format!("<p>{FILLER}</p><p>{FILLER}</p>");
        for body in [
            format!("<article>{head}<div class=body>{text}</div></article>"),
            format!(
                "<main>{head}<article class=body>{text}</article><article><p class=desc>{line}</p></article></main>"
            ),
        ] {
            let found = import(&FORMAT, page("<title>T</title>", &body).as_bytes());
            assert_eq!(
                only(&found).text.as_str(),
                format!("{line}\n{FILLER}\n{FILLER}"),
                "{body}"
            );
        }
    }
}

/// A page as the usual system of small sites writes it, with all that its themes and extensions put around an article.
#[test]
fn an_article_of_a_site_with_many_extensions() {
    let head = "<title>Nerval : la peur - La Gazette</title><meta property=og:title content='Nerval : la peur - La Gazette'>\
        <meta property=og:site_name content='La Gazette'><meta property=article:published_time content='2031-06-04T16:42:00+00:00'>\
        <meta property=article:author content='https://www.facebook.com/gazette'>\
        <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"name\":\"Nerval : la peur - La Gazette\"}]}</script>";
    let body = format!(
        "<div id=cookie-law-info-bar><span>Nous utilisons des cookies. <a>Accepter</a></span></div>\
         <div class=td-header-menu-wrap><ul><li><a href=/>Accueil</a></li></ul>\
         <div class=td-trending-now><h3><a href=/x>Le port rouvre</a></h3><time datetime=2031-06-06>6 juin</time></div></div>\
         <div class=entry-crumbs><a href=/>Accueil</a> <span>Nerval...</span></div>\
         <article class='post-8 tag-newsletter'><header><h1>Nerval : la peur</h1><div class=td-post-author-name><div>Par</div> \
         <a href=/r>La rédaction</a><div> - </div></div><time datetime=2031-06-04>4 juin 2031</time></header>\
         <div class=td-post-sharing><a>Facebook</a><a>Twitter</a></div>\
         <div class=td-post-content><p><strong>Nerval, 4 juin (Gazette) –</strong></p><p>{FILLER}</p>\
         <div><a href=/o class=u7><div><span>Lire aussi:</span>&nbsp; <span>Une trêve de deux nuits</span></div></a></div>\
         <p>Quelque 5&#8239;000 personnes ont fui, <a href=/t>dit-on</a>.</p>\
         <div class='td-a-rec tdi_2'><span>- Publicité -</span></div><p>{FILLER}</p></div>\
         <footer><ul class=td-tags><li>TAGS</li><li><a>Nerval</a></li></ul><div>Article précédent<a href=/a>Autre</a></div></footer></article>\
         <div class=td_block_related_posts><h4>ARTICLES CONNEXES</h4><h3><a href=/r1>Un titre</a></h3></div>\
         <div id=comments><form><textarea></textarea></form></div><div class=td-footer-wrapper><p>© La Gazette</p></div>"
    );
    let found = import(&FORMAT, page(head, &body).as_bytes());
    let article = only(&found);
    let text = format!(
        "Nerval, 4 juin (Gazette) –\n{FILLER}\nQuelque 5\u{202f}000 personnes ont fui, dit-on.\n{FILLER}"
    );
    assert_eq!(article.text.as_str(), text);
    assert_eq!(article.header.title.as_deref(), Some("Nerval : la peur"));
    assert_eq!(
        meta(article),
        [
            ("source", "La Gazette"),
            ("published", "2031-06-04T16:42:00+00:00"),
            ("author", "La rédaction"),
            ("file", "file.html")
        ]
    );
    assert_eq!(codes(&found), ["left_out", "left_out"]);
    assert_eq!(
        found.diagnostics[0].message,
        "49 characters were left out where they stood inside the text: links to other articles (36 characters: \
         “Lire aussi: Une trêve de deux nuits”), advertising (13 characters: “- Publicité -”)"
    );
}

#[test]
fn a_short_text_comes_without_the_navigation() {
    let body = "<nav><ul><li><a href=/>Accueil</a></li><li><a href=/m>Monde</a></li></ul></nav>\
        <p>Le pont de Salmère est fermé.</p><footer>Mentions légales</footer>";
    let found = import(&FORMAT, page("<title>T</title>", body).as_bytes());
    assert_eq!(only(&found).text.as_str(), "Le pont de Salmère est fermé.");
    assert!(
        told(&found, "left_out")
            .message
            .contains("navigation (13 characters")
    );
    let links = "<nav><a href=/>Accueil</a></nav><div><a href=/1>Le pont fermé</a> <a href=/2>Le port rouvert</a></div>";
    let found = import(&FORMAT, page("<title>T</title>", links).as_bytes());
    assert_eq!(only(&found).text.as_str(), "Le pont fermé Le port rouvert");
    assert_eq!(codes(&found), ["no_main_text", "left_out"]);
}

#[test]
fn a_western_encoding_that_the_letters_deny_is_not_believed() {
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
    let arabic = "قال الوزير إن الحكومة ستعمل على ذلك، وأضاف أن الأمر مهم.";
    let russian = "Министр сказал, что порт откроется через несколько дней, и что работы продолжаются.";
    let french =
        "L’été dernier, à Nerval\u{a0}: «\u{a0}Où est l’œuvre\u{a0}?\u{a0}» ÉTÉ, créée, naïf, forêt.";
    for (words, encoding, is_told) in [
        (arabic, WINDOWS_1256, true),
        (russian, WINDOWS_1251, true),
        (french, WINDOWS_1252, false),
    ] {
        for named in ["iso-8859-1", "windows-1252", "iso-8859-15"] {
            let style = " ".repeat(3_000);
            let page = format!(
                "<html><head><style>{style}</style><meta charset={named}></head><body><p>{words}</p></body></html>"
            );
            let (bytes, _, _) = encoding.encode(&page);
            let found = import(&FORMAT, &bytes);
            if named != "iso-8859-15" || is_told {
                assert_eq!(only(&found).text.as_str(), words, "{named}");
            }
            assert_eq!(codes(&found).contains(&"encoding"), is_told, "{named} {words}");
        }
    }
    // Wide characters tell themselves.
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let page = format!("<html><head><meta charset=utf-16></head><body><p>{arabic}</p></body></html>");
        let wide: Vec<u8> = page.encode_utf16().flat_map(to_bytes).collect();
        assert_eq!(only(&import(&FORMAT, &wide)).text.as_str(), arabic);
    }
}
