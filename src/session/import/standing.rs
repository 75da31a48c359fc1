//! Where the work in a record stands against what is there already: new, the same, or other work by the same name.

use crate::formats::Diagnostic;
use crate::model::{Annotator, Article, ArticleId, Header, Layer, OriginKind, Sha256, Span, counted};
use crate::session::refusal::Refusal;
use crate::session::show::native_lines;
use crate::store::StoreResult;

/// An annotator's work in one record.
#[derive(Clone, Debug)]
pub(super) struct Work {
    /// Whose it becomes.
    pub(super) by: Annotator,
    /// Whose it is in the file, where that says so.
    pub(super) in_file: Option<Annotator>,
    pub(super) layer: Layer,
}

/// The work of a record, held against what is there.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// What nobody of that name has there.
    pub(super) new: Vec<Work>,
    /// What disagrees with what somebody of that name has there.
    pub(super) other: Vec<Work>,
}

impl Standing {
    /// Holds work against the layers that `there` finds, and against the work before it in the same record.
    /// `as_it_would_come` makes of a layer what it would be once it is in.
    pub(super) fn of(
        works: &[Work],
        there: impl Fn(&Annotator) -> StoreResult<Layer>,
        as_it_would_come: impl Fn(&Layer) -> Layer,
    ) -> StoreResult<Self> {
        let mut standing = Self::default();
        for work in works {
            let there = match standing.new.iter().find(|before| before.by == work.by) {
                Some(before) => before.layer.clone(),
                None => there(&work.by)?,
            };
            if !there.exists() {
                standing.new.push(work.clone());
            } else if !say_the_same(&there, &work.layer)
                && !say_the_same(&there, &as_it_would_come(&work.layer))
            {
                standing.other.push(work.clone());
            }
        }
        Ok(standing)
    }
}

/// Whether two layers differ in nothing but the files that they were imported from.
fn say_the_same(one: &Layer, other: &Layer) -> bool {
    one == other || (one.spans.len() == other.spans.len() && unsourced(one) == unsourced(other))
}

/// A layer whose spans do not say which file they came from.
fn unsourced(layer: &Layer) -> Layer {
    let mut unsourced = layer.clone();
    let spans = layer.spans.iter().map(|span| {
        let mut span = Span::clone(span);
        if span.origin.kind == OriginKind::Import {
            span.origin.name = None;
        }
        span
    });
    unsourced.spans = spans.collect();
    unsourced
}

/// The id of an article whose text is there with other work: the text's, and behind it what the work comes to.
pub(super) fn id_with_work(article: &Article, works: &[Work]) -> Result<ArticleId, Refusal> {
    let layers = works.iter().map(|work| (work.by.clone(), unsourced(&work.layer)));
    let bare = Article {
        header: Header::default(),
        ..article.clone()
    };
    let digest = Sha256::of(&native_lines(&(bare, layers.collect()))?).hex();
    let short: String = digest.chars().take(8).collect();
    ArticleId::new(format!("{}-{short}", article.id))
        .map_err(|cause| Refusal::new("bad_id", format!("no id could be made: {cause}")))
}

/// That somebody has other work there, with the ways to take it in nevertheless.
pub(super) fn layer_taken(article: &Article, work: &Work) -> Diagnostic {
    let (by, id) = (&work.by, &article.id);
    let message = match &work.in_file {
        Some(name) if name != by => {
            format!(
                "{by}, as whose {name}'s work was to come in, has other annotations of article {id} already"
            )
        }
        _ => format!("{by} has other annotations of article {id} already"),
    };
    let rename = match &work.in_file {
        Some(name) => format!("--annotator-map \"{name}=NAME\" takes them in under another name"),
        None => "--annotator NAME takes them in under another name".to_owned(),
    };
    let hint = if article.has_made_id() {
        format!("--duplicates keep takes them in as an article of their own, {rename}")
    } else {
        format!("{rename}; or undo the import of the others first, or import into another project")
    };
    Diagnostic::error("layer_exists", message).with_hint(hint)
}

/// Says that something hung on what the file does not have. Readers keep it out with its place; this is for what slips
/// through, since a project with it is damaged.
pub(super) fn left_hanging(count: u64) -> Option<Diagnostic> {
    (count > 0).then(|| {
        let what = counted(count, "reference");
        Diagnostic::error("dangling", format!("{what} to what is not in the file left out"))
            .with_hint("undo the import, mend the file, and import it again")
    })
}
