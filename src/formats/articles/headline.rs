//! The headline of an article: what the page says it is, the heading that a reader sees, or the title of the window, each
//! without the name of the site. Knows nothing of the main text.

use dom_query::NodeRef;

use super::dom::{attribute, elements, folded_line, line_of, name_of, one_line};
use super::facts::Facts;
use super::prose::{is_unseen, text_of};

/// Signs between a headline and the name of a site.
const SIGNS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « "];
/// Signs between them that stand in headlines as often.
const SIGNS_OF_HEADLINES: &[&str] = &[" / ", " : ", ": "];
/// Words of the name of a site at most, where nothing else tells it.
const MOST_WORDS_OF_SITE: usize = 4;
/// Letters from which a heading that goes on where a title ends is that title in full: machines cut titles.
const FEWEST_OF_CUT: usize = 40;

/// The headline of a page that says this of itself.
pub(super) fn headline(body: &NodeRef<'_>, facts: &Facts) -> Option<String> {
    let mut sites = Sites::of(facts);
    let window = facts.window.as_deref();
    let is_behind = |heading: &Heading| window.is_some_and(|window| heading.is_behind(window));
    let (names, mut headings): (Vec<Heading>, Vec<Heading>) = headings(body)
        .into_iter()
        .partition(|heading| heading.leads_home || is_behind(heading));
    sites.0.extend(names.iter().map(|name| squeezed(&name.line)));
    headings.retain(|heading| !sites.has(&heading.line));
    let said = facts.title.as_deref().and_then(one_line);
    if let Some(said) = said.filter(|title| !sites.has(title)) {
        return Some(shown(&said, &headings).unwrap_or_else(|| sites.taken_from(&said)));
    }
    let Some(window) = window else {
        return headings.into_iter().next().map(|heading| heading.line);
    };
    let likely = |heading: &&Heading| heading.is_likely(window);
    shown(window, &headings)
        .or_else(|| headings.iter().find(likely).map(|heading| heading.line.clone()))
        .or_else(|| Some(without_last_part(&sites.taken_from(window)).to_owned()))
}

/// The names of the site, letters and digits only.
struct Sites(Vec<String>);

impl Sites {
    fn of(facts: &Facts) -> Self {
        let names = facts.sites.iter().map(|site| squeezed(site));
        let host = facts.url.as_deref().and_then(|url| url.split('/').nth(2));
        let labels = host.unwrap_or_default().split(['.', '-', ':']).map(squeezed);
        let is_name = |label: &String| label.chars().count() > 3 && label != "http";
        Self(names.chain(labels.filter(is_name)).collect())
    }

    fn has(&self, line: &str) -> bool {
        self.0.contains(&squeezed(line))
    }

    /// A title without the name of its site before or behind it.
    fn taken_from(&self, title: &str) -> String {
        let mut parts = parts(title, SIGNS).chain(parts(title, SIGNS_OF_HEADLINES));
        let kept = parts.find_map(|(start, end)| match (self.has(start), self.has(end)) {
            (false, true) => Some(start),
            (true, false) => Some(end),
            _ => None,
        });
        kept.unwrap_or(title).to_owned()
    }
}

/// A heading of the first rank.
struct Heading {
    line: String,
    /// Whether it stands in an article, or is named as its headline.
    is_of_article: bool,
    /// Whether it only leads to the front page, as the name of the site does.
    leads_home: bool,
}

impl Heading {
    /// Whether it is rather the headline than what the title of the window says in other words: it stands in the
    /// article, says the same in part, or reads like a headline.
    fn is_likely(&self, window: &str) -> bool {
        const FEWEST_WORDS: usize = 3;
        self.is_of_article
            || has_words_of(&self.line, window)
            || has_words_of(window, &self.line)
            || self.line.split_whitespace().count() >= FEWEST_WORDS
    }

    /// Whether it stands outside the article and says what stands behind the headline in the title of the window, as
    /// the name of the site does.
    fn is_behind(&self, window: &str) -> bool {
        !self.is_of_article
            && parts(window, SIGNS).any(|(start, end)| {
                folded_line(end) == folded_line(&self.line) && start.chars().count() > end.chars().count()
            })
    }
}

/// The headings that may be a headline or the name of the site.
fn headings(body: &NodeRef<'_>) -> Vec<Heading> {
    let found = elements(body).filter(|element| element.has_name("h1") && !is_unseen(element));
    found
        .filter_map(|heading| {
            let line = one_line(&text_of(&heading, &|_| true))?;
            let stands_in = |names: &[&str]| {
                heading
                    .ancestors_it(None)
                    .any(|node| names.contains(&name_of(&node).as_str()))
            };
            let leads_home = elements(&heading).any(|link| {
                link.has_name("a")
                    && line_of(&link).as_deref() == Some(line.as_str())
                    && attribute(&link, "href").is_some_and(|address| is_front_page(&address))
            });
            let is_named = attribute(&heading, "itemprop").is_some_and(|name| name == "headline");
            (!stands_in(&["nav", "footer"])).then(|| Heading {
                is_of_article: is_named || stands_in(&["article"]),
                leads_home,
                line,
            })
        })
        .collect()
}

/// Whether an address has nothing behind the name of the site, or only a language.
fn is_front_page(address: &str) -> bool {
    let path = match address.split_once("://") {
        Some((_, behind)) => behind.split_once('/').map_or("", |(_, path)| path),
        None if address.starts_with('#') => return false,
        None => address,
    };
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_matches('/');
    path.len() <= 2 || matches!(path, "index.html" | "index.php")
}

/// A title as the page shows it: the heading that says the same, alone or with the name of the site, or that says in full
/// what was cut.
fn shown(title: &str, headings: &[Heading]) -> Option<String> {
    let said = folded_line(title);
    let is_it = |heading: &&Heading| {
        let line = folded_line(&heading.line);
        line == said
            || parts(title, SIGNS).any(|(start, end)| folded_line(start) == line || folded_line(end) == line)
            || is_cut(&said, &line)
    };
    headings.iter().find(is_it).map(|heading| heading.line.clone())
}

/// Whether a title is the beginning of a line, because it was too long for a machine.
fn is_cut(title: &str, line: &str) -> bool {
    let stem = title.trim_end_matches(['.', '…', ' ']);
    let is_marked = stem.len() < title.len();
    line.strip_prefix(stem)
        .is_some_and(|rest| !rest.is_empty() && (is_marked || stem.chars().count() >= FEWEST_OF_CUT))
}

/// A title without a short last part, which reads like the name of a site.
fn without_last_part(title: &str) -> &str {
    let last = parts(title, SIGNS).max_by_key(|(start, _)| start.len());
    let is_site = |(start, end): &(&str, &str)| {
        let count = |words: &str| words.split_whitespace().count();
        let is_name = end
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        is_name && (1..=MOST_WORDS_OF_SITE).contains(&count(end)) && count(start) > count(end)
    };
    last.filter(is_site).map_or(title, |(start, _)| start)
}

/// What stands before and behind each of these signs of a title.
fn parts<'a>(title: &'a str, signs: &'static [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    signs.iter().flat_map(move |sign| {
        title.match_indices(sign).filter_map(move |(at, found)| {
            Some((title.get(..at)?.trim(), title.get(at + found.len()..)?.trim()))
        })
    })
}

/// Whether half of the words of a line, which are several, stand in a title.
fn has_words_of(line: &str, title: &str) -> bool {
    let (line, title) = (folded_line(line), folded_line(title));
    let title: Vec<&str> = words(&title).collect();
    let (all, common) = words(&line).fold((0, 0), |(all, common), word| {
        (all + 1, common + usize::from(title.contains(&word)))
    });
    all > 1 && common * 2 >= all
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().nth(1).is_some())
}

fn squeezed(line: &str) -> String {
    folded_line(line)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}
