//! What is read aloud of relations that were made, changed, or removed.

use super::panels::relations::end_in_words;
use super::words;
use crate::model::{Codebook, Relation, RelationId};
use crate::session::{ArticleView, LastDone};

/// What was done, where it was done to one relation; the layers show it.
pub(super) fn relation_in_words(
    codebook: &Codebook,
    old: &ArticleView,
    new: &ArticleView,
    done: &LastDone,
) -> Option<String> {
    if let [made] = done.created.as_slice() {
        let made = RelationId::new(made).ok()?;
        let made = new.layer.relations.get(&made)?;
        return Some(said(codebook, new, made, words::linked));
    }
    let (before, after) = (&old.layer.relations, &new.layer.relations);
    if before == after || old.layer.spans.len() != new.layer.spans.len() {
        return None;
    }
    let mut changed = before.values().filter(|one| after.get(&one.id) != Some(one));
    let (was, None) = (changed.next()?, changed.next()) else {
        return None;
    };
    Some(match after.get(&was.id) {
        None => said(codebook, old, was, words::unlinked),
        Some(is) => said(codebook, new, is, words::relinked),
    })
}

fn said(
    codebook: &Codebook,
    article: &ArticleView,
    relation: &Relation,
    say: impl Fn(&str, &str, &str) -> String,
) -> String {
    let from = end_in_words(codebook, article, &relation.from);
    let to = end_in_words(codebook, article, &relation.to);
    say(
        &from,
        words::relation_type_name(codebook, &relation.relation_type),
        &to,
    )
}
