//! Exports of news databases as one page with many articles: Factiva, Europresse, Nexis.
//!
//! Each is told by marks that only it writes; a page without them is no export. An export is split only where every
//! article is found in a place of its own.

use dom_query::{Document, NodeRef};

use super::super::Diagnostic;
use super::database_text::{factiva_id, split_export};
use super::dom::{attribute, elements, first, has_class, line_of, name_of, one_line};
use super::facts::Facts;
use super::page::{is_address, name_in};
use super::prose::{is_blank, text_of};
use super::{Contents, Words, date};

/// The articles of an export; `None` where the page is none, or its articles do not lie apart.
pub(super) fn articles(page: &Document) -> Option<Contents> {
    let body = page.body()?;
    let (name, articles) = [
        ("Factiva", factiva(&body)),
        ("Europresse", europresse(&body)),
        ("Nexis", nexis(&body)),
    ]
    .into_iter()
    .find(|(_, articles)| !articles.is_empty())?;
    let count = articles.len();
    let (articles, empty): (Vec<Words>, Vec<Words>) =
        articles.into_iter().partition(|words| !is_blank(&words.text));
    let mut told = vec![split_export(name, count)];
    for words in empty {
        let title = words.facts.title.unwrap_or_default();
        let message = format!("an article of the export holds no words: “{title}”");
        told.push(
            Diagnostic::warning("no_words", message)
                .with_hint("export it again with its full text, where the database has it"),
        );
    }
    Some(Contents { articles, told })
}

/// A note on a page that holds several articles and is no export that can be split.
pub(super) fn not_split(page: &Document) -> Option<Diagnostic> {
    const FEWEST_LETTERS: usize = 500;
    let body = page.body()?;
    let is_article = |element: &NodeRef<'_>| {
        element.has_name("article")
            && !has_class(element, |class| class.contains("comment"))
            && text_of(element, &|_| true).chars().count() >= FEWEST_LETTERS
    };
    let count = outermost(&body, |element| element.has_name("article"))
        .iter()
        .filter(|one| is_article(one))
        .count();
    (count > 1).then(|| {
        let message =
            format!("the page holds {count} articles, but is no export that is known; nothing was split");
        Diagnostic::warning("not_split", message).with_hint(
            "where they should be articles of their own, save each as a page, or paste them one by one",
        )
    })
}

/// `<div class="article enArticle">` each; its head is a table of two-letter codes, or lines in a fixed order.
fn factiva(body: &NodeRef<'_>) -> Vec<Words> {
    let is_article = |element: &NodeRef<'_>| {
        element.has_name("div")
            && has_class(element, |class| class == "article")
            && factiva_language(element).is_some()
    };
    outermost(body, is_article).iter().map(factiva_article).collect()
}

fn factiva_language(article: &NodeRef<'_>) -> Option<String> {
    let classes = attribute(article, "class")?;
    classes.split_ascii_whitespace().find_map(|class| {
        let lang = class.strip_suffix("Article")?;
        let is_lang = (2..=4).contains(&lang.len()) && lang.chars().all(|c| c.is_ascii_lowercase());
        is_lang.then(|| match lang {
            "zhcn" => "zh-CN".to_owned(),
            "zhtw" => "zh-TW".to_owned(),
            lang => lang.to_owned(),
        })
    })
}

fn factiva_article(article: &NodeRef<'_>) -> Words {
    let mut facts = Facts {
        lang: factiva_language(article),
        ..Facts::default()
    };
    let is_headline = |element: &NodeRef<'_>| has_class(element, |class| class.ends_with("Headline"));
    let is_head = |element: &NodeRef<'_>| attribute(element, "id").is_some_and(|id| id == "hd");
    let title = first(article, is_headline).or_else(|| first(article, is_head));
    facts.title = title.and_then(|title| line_of(&title));
    let author = first(article, |element| has_class(element, |class| class == "author"));
    facts.author = author
        .and_then(|author| line_of(&author))
        .map(|line| name_in(&line));
    for (code, value) in factiva_table(article) {
        let slot = match code.as_str() {
            "HD" => &mut facts.title,
            "BY" => &mut facts.author,
            "PD" => &mut facts.published,
            "SN" => &mut facts.source,
            _ => continue,
        };
        if slot.is_none() {
            *slot = Some(value);
        }
    }
    if facts.published.is_none() {
        (facts.published, facts.source) = factiva_lines(article);
    }
    facts.published = facts.published.map(|published| date::iso(&published));
    let lines = text_of(article, &|_| true);
    facts.document = lines.lines().rev().find_map(factiva_id).map(str::to_owned);
    let is_paragraph =
        |element: &NodeRef<'_>| has_class(element, |class| class.starts_with("articleParagraph"));
    let paragraphs = outermost(article, is_paragraph);
    Words {
        text: if paragraphs.is_empty() {
            lines
        } else {
            joined(&paragraphs)
        },
        facts,
    }
}

/// The rows of a head with codes: `HD`, `BY`, `PD`, and so on.
fn factiva_table(article: &NodeRef<'_>) -> Vec<(String, String)> {
    let rows = elements(article).filter(|element| element.has_name("tr"));
    rows.filter_map(|row| {
        let mut cells = row.children_it(false).filter(NodeRef::is_element);
        let code = line_of(&cells.next()?)?;
        let is_code = (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase());
        let value = line_of(&cells.next()?)?;
        is_code.then_some((code, value))
    })
    .collect()
}

/// The date and the source of a head without codes: the line after the date, or after its time of day, is the source.
fn factiva_lines(article: &NodeRef<'_>) -> (Option<String>, Option<String>) {
    let is_line = |element: &NodeRef<'_>| {
        element.has_name("div")
            && !elements(element).any(|inner| matches!(name_of(&inner).as_str(), "div" | "p"))
    };
    let lines: Vec<String> = elements(article)
        .filter(is_line)
        .filter_map(|line| line_of(&line))
        .take(20)
        .collect();
    let is_time = |line: &str| line.contains(':') && line.chars().all(|c| c.is_ascii_digit() || c == ':');
    let Some((at, published)) = lines
        .iter()
        .enumerate()
        .find_map(|(at, line)| date::in_line(line).map(|date| (at, date)))
    else {
        return (None, None);
    };
    let source = lines.iter().skip(at + 1).find(|line| !is_time(line)).cloned();
    (Some(published), source)
}

/// `<article>` each, with a `DocHeader`, a title, and the text in `docOcurrContainer`.
fn europresse(body: &NodeRef<'_>) -> Vec<Words> {
    let is_text = |element: &NodeRef<'_>| has_class(element, |class| class == "docOcurrContainer");
    let is_header = |element: &NodeRef<'_>| {
        has_class(element, |class| {
            class == "DocHeader" || class == "DocPublicationName"
        })
    };
    let articles = outermost(body, |element| element.has_name("article"));
    if !articles
        .iter()
        .any(|article| first(article, is_text).is_some() && first(article, is_header).is_some())
    {
        return Vec::new();
    }
    articles.iter().map(europresse_article).collect()
}

fn europresse_article(article: &NodeRef<'_>) -> Words {
    let by_class = |names: &[&str]| {
        first(article, |element| {
            has_class(element, |class| names.contains(&class))
        })
    };
    let line = |names: &[&str]| by_class(names).and_then(|found| line_of(&found));
    let header = line(&["DocHeader"]).unwrap_or_default();
    let source = line(&["DocPublicationName"]).and_then(|source| {
        // The number of the issue follows the name.
        let end = [", no.", ", no ", ", n°", " • "]
            .iter()
            .filter_map(|mark| source.find(mark))
            .min();
        one_line(source.get(..end.unwrap_or(source.len())).unwrap_or_default())
    });
    let is_online = |link: &NodeRef<'_>| {
        link.has_name("a") && line_of(link).is_some_and(|words| words.contains("est paru dans"))
    };
    let url = first(article, is_online).and_then(|link| attribute(&link, "href"));
    let text = by_class(&["docOcurrContainer"]).or_else(|| by_class(&["DocText"]));
    Words {
        facts: Facts {
            title: line(&["titreArticleVisu", "titreArticle"]),
            published: date::in_line(&header)
                .or_else(|| line(&["DocTitreSousSection"]).and_then(|line| date::in_line(&line))),
            author: line(&["docAuthors"]),
            url: url.filter(|url| is_address(url)),
            source,
            ..Facts::default()
        },
        text: text.map(|text| text_of(&text, &|_| true)).unwrap_or_default(),
    }
}

/// Articles one after the other with an anchor before each, its head and foot in lines that begin with a word in
/// capitals.
fn nexis(body: &NodeRef<'_>) -> Vec<Words> {
    let is_anchor = |element: &NodeRef<'_>| {
        element.has_name("a") && attribute(element, "name").is_some_and(|name| name.starts_with("DOC_ID_"))
    };
    let anchors: Vec<NodeRef<'_>> = elements(body).filter(is_anchor).collect();
    let parents: Vec<_> = anchors
        .iter()
        .map(|anchor| anchor.parent().map(|parent| parent.id))
        .collect();
    if parents.windows(2).any(|pair| pair.first() != pair.get(1)) {
        return Vec::new();
    }
    let mut articles: Vec<Words> = Vec::new();
    for anchor in &anchors {
        let mut lines = Vec::new();
        let mut next = Some(*anchor);
        while let Some(node) = next {
            let text = text_of(&node, &|_| true);
            lines.extend(text.lines().map(str::to_owned));
            next = node.next_sibling().filter(|node| !is_anchor(node));
        }
        articles.push(nexis_article(&lines));
    }
    articles
}

/// Lines before the text, by the words that begin them in English, French, and German.
const HEAD: &[&str] = &[
    "BYLINE:",
    "SECTION:",
    "LENGTH:",
    "DATELINE:",
    "AUTEUR:",
    "RUBRIQUE:",
    "LONGUEUR:",
    "ENCART:",
    "AUTOR:",
    "RUBRIK:",
    "LÄNGE:",
];
/// Lines after it.
const FOOT: &[&str] = &[
    "LOAD-DATE:",
    "LANGUAGE:",
    "GRAPHIC:",
    "PUBLICATION-TYPE:",
    "DOCUMENT-TYPE:",
    "SUBJECT:",
    "JOURNAL-CODE:",
    "DATE-CHARGEMENT:",
    "LANGUE:",
    "TYPE-PUBLICATION:",
    "SUJET:",
    "UPDATE:",
    "SPRACHE:",
    "Copyright ",
    "All Rights Reserved",
];

fn nexis_article(lines: &[String]) -> Words {
    let begins = |line: &String, with: &[&str]| with.iter().any(|start| line.starts_with(start));
    let is_number = |line: &String| {
        line.chars().next().is_some_and(|c| c.is_ascii_digit())
            && line.to_ascii_uppercase().ends_with("DOCUMENTS")
    };
    let lines: Vec<&String> = lines.iter().filter(|line| !is_number(line)).collect();
    let head_end = lines
        .iter()
        .take(25)
        .rposition(|line| begins(line, HEAD))
        .map_or(0, |at| at + 1);
    let foot = lines.iter().skip(head_end).position(|line| begins(line, FOOT));
    let end = foot.map_or(lines.len(), |at| head_end + at);
    let head = lines.get(..head_end).unwrap_or_default();
    let mut facts = Facts {
        source: head.first().and_then(|line| one_line(line)),
        ..Facts::default()
    };
    if let Some(at) = head.iter().position(|line| date::in_line(line).is_some()) {
        facts.published = head.get(at).and_then(|line| date::in_line(line));
        let titles = head.iter().skip(at + 1).take_while(|line| !begins(line, HEAD));
        facts.title = titles.last().and_then(|line| one_line(line));
    }
    let byline = head
        .iter()
        .find(|line| begins(line, &["BYLINE:", "AUTEUR:", "AUTOR:"]));
    facts.author = byline
        .and_then(|line| line.split_once(':'))
        .and_then(|(_, name)| one_line(name));
    let text: Vec<&str> = lines
        .get(head_end..end)
        .unwrap_or_default()
        .iter()
        .map(|line| line.as_str())
        .collect();
    Words {
        text: text.join("\n"),
        facts,
    }
}

/// The elements of which that is true and that lie in no other such element.
fn outermost<'a>(root: &NodeRef<'a>, is: impl Fn(&NodeRef<'a>) -> bool) -> Vec<NodeRef<'a>> {
    let mut found = Vec::new();
    let mut stack = vec![*root];
    while let Some(node) = stack.pop() {
        if node.id != root.id && is(&node) {
            found.push(node);
        } else {
            stack.extend(node.children_it(true));
        }
    }
    found
}

fn joined(nodes: &[NodeRef<'_>]) -> String {
    let texts = nodes.iter().map(|node| text_of(node, &|_| true));
    let texts: Vec<String> = texts.filter(|text| !is_blank(text)).collect();
    texts.join("\n")
}
