//! One article with everything that is said about it.

use crate::formats;
use crate::model::problem::quoted;
use crate::model::{Annotator, Article, ArticleId, Layer};
use crate::store::Reader;
use crate::text::fold;

use super::plan;
use super::refusal::Refusal;
use super::stats::each_listed;

/// An article with the layers of its annotators, in the order of their names.
pub type Shown = (Article, Vec<(Annotator, Layer)>);

/// Candidates that are named where one title could mean several articles.
const MOST_NAMED: usize = 5;

/// The article that is meant: by its id, by its title in any spelling, or by words of its title that no other one has.
///
/// # Errors
/// `unknown_article` where nothing is like that, `several_articles` with their ids where more than one is, and whatever
/// the disk reports.
pub fn article_named(reader: &Reader, named: &str) -> Result<ArticleId, Refusal> {
    let id = ArticleId::new(named).ok();
    if let Some(id) = id.as_ref()
        && reader.article(id)?.is_some()
    {
        return Ok(id.clone());
    }
    let wanted = fold(named.trim());
    let (mut same, mut like) = (Vec::new(), Vec::new());
    each_listed(reader, |listed| -> Result<(), Refusal> {
        let title = fold(listed.title.as_deref().unwrap_or_default());
        if wanted.is_empty() || !title.contains(&wanted) {
            return Ok(());
        }
        let found = if title == wanted { &mut same } else { &mut like };
        found.push((listed.id, listed.title.unwrap_or_default()));
        Ok(())
    })?;
    let found = if same.is_empty() { like } else { same };
    match found.as_slice() {
        [(only, _)] => Ok(only.clone()),
        [] => Err(Refusal::new(
            "unknown_article",
            format!("this project has no article with the id or the title {named:?}"),
        )
        .hint("`hashiya list PROJECT` has the ids and titles")),
        several => Err(Refusal::new(
            "several_articles",
            format!("{named:?} stands in the titles of {} articles", several.len()),
        )
        .hint(candidates(several))),
    }
}

/// `give the id of one: a1 “Title”, a2 “Title”, …`
fn candidates(several: &[(ArticleId, String)]) -> String {
    let named = several.iter().take(MOST_NAMED);
    let mut named: Vec<String> = named
        .map(|(id, title)| format!("{id} {}", quoted(title)))
        .collect();
    if several.len() > MOST_NAMED {
        named.push("…".to_owned());
    }
    format!("give the id of one: {}", named.join(", "))
}

/// Reads an article with everyone's annotations, or one annotator's.
///
/// # Errors
/// `unknown_article`, and whatever the disk reports.
pub fn show(reader: &Reader, id: &ArticleId, annotator: Option<&Annotator>) -> Result<Shown, Refusal> {
    let stored = reader.article(id)?.ok_or_else(|| plan::unknown_article(id))?;
    let mut layers = Vec::new();
    for by in reader.annotators_of(id)? {
        if annotator.is_none_or(|annotator| *annotator == by) {
            let layer = reader.layer(id, &by)?;
            layers.push((by, layer));
        }
    }
    Ok((stored.article, layers))
}

/// The lines of an article in the native format.
///
/// # Errors
/// Where they cannot be written.
pub fn native_lines((article, layers): &Shown) -> Result<String, Refusal> {
    let mut out = Vec::new();
    let failed =
        |cause: std::io::Error| Refusal::new("io", format!("the article cannot be written: {cause}"));
    if let Some(format) = formats::format("jsonl") {
        let files = Box::new(formats::Stream::new(&mut out));
        let mut writer = formats::writer(format, files, &formats::WriteOptions::default()).map_err(failed)?;
        writer.article(article, layers).map_err(failed)?;
        writer.finish().map_err(failed)?;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}
