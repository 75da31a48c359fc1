//! One article with everything that is said about it.

use crate::formats;
use crate::model::{Annotator, Article, ArticleId, Layer};
use crate::store::Reader;

use super::plan;
use super::refusal::Refusal;

/// An article with the layers of its annotators, in the order of their names.
pub type Shown = (Article, Vec<(Annotator, Layer)>);

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
