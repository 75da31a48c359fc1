//! Keys of problems: `CODE/KIND/ID`, with `/DETAIL` where one item can have several of a kind.
//!
//! A slash or percent sign inside a part is written `%2F` or `%25`, so that a key tells its parts apart whatever the ids
//! are. Positions are code points, which never change, since the text never does.

use super::{ProblemCode, ProblemPlace};
use crate::model::{AttributeId, ProblemKey, SpanId};
use crate::text::{CharOffset, Text};

/// The kind of item that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A span.
    Span,
    /// A relation.
    Relation,
    /// An event.
    Event,
    /// A note.
    Note,
    /// A label of the whole article.
    ArticleLabel,
    /// Words of the text.
    Text,
}

super::names!(ItemKind {
    Span = "span",
    Relation = "relation",
    Event = "event",
    Note = "note",
    ArticleLabel = "article",
    Text = "text",
});

/// The key of a problem. None where the place is not in the text.
pub(super) fn key(code: ProblemCode, place: &ProblemPlace, detail: &str, text: &Text) -> Option<ProblemKey> {
    let (kind, id) = match place {
        ProblemPlace::Span(id) => (ItemKind::Span, id.to_string()),
        ProblemPlace::Relation(id) => (ItemKind::Relation, id.to_string()),
        ProblemPlace::Event(id) => (ItemKind::Event, id.to_string()),
        ProblemPlace::Note(id) => (ItemKind::Note, id.to_string()),
        ProblemPlace::ArticleLabel(id) => (ItemKind::ArticleLabel, id.to_string()),
        ProblemPlace::Text(range) => {
            let range = text.char_range(*range)?;
            (ItemKind::Text, format!("{}-{}", range.start(), range.end()))
        }
    };
    let detail = detail.to_owned();
    KeyParts {
        code,
        kind,
        id,
        detail,
    }
    .key()
}

/// A key taken apart.
pub(super) struct KeyParts {
    /// What kind of problem.
    pub code: ProblemCode,
    /// What kind of item it is about.
    pub kind: ItemKind,
    /// That item's id.
    pub id: String,
    /// What tells it from others of its kind about the same item; empty where there is but one.
    pub detail: String,
}

impl KeyParts {
    /// The key of these parts. None where one of them has control characters.
    pub fn key(&self) -> Option<ProblemKey> {
        let mut key = format!("{}/{}/{}", self.code.name(), self.kind.name(), escaped(&self.id));
        if !self.detail.is_empty() {
            key.push('/');
            key.push_str(&escaped(&self.detail));
        }
        ProblemKey::new(key).ok()
    }
}

impl ProblemKey {
    /// The key of a problem with a value of a span.
    pub fn of_value(code: ProblemCode, span: &SpanId, attribute: &AttributeId) -> Option<Self> {
        let parts = KeyParts {
            code,
            kind: ItemKind::Span,
            id: span.to_string(),
            detail: attribute.to_string(),
        };
        parts.key()
    }

    /// The item that the problem is about. None for a key that this version does not know.
    pub fn item(&self) -> Option<(ItemKind, String)> {
        let mut parts = self.as_str().split('/');
        let _code = parts.next()?;
        let kind = ItemKind::from_name(parts.next()?)?;
        Some((kind, plain(parts.next()?)))
    }

    /// The key's code, item, and detail. None for a key that this version does not know.
    pub(super) fn parts(&self) -> Option<KeyParts> {
        let mut parts = self.as_str().split('/');
        Some(KeyParts {
            code: ProblemCode::from_name(parts.next()?)?,
            kind: ItemKind::from_name(parts.next()?)?,
            id: plain(parts.next()?),
            detail: parts.next().map(plain).unwrap_or_default(),
        })
    }

    /// The same problem where its text has other places. None for a key without a place in the text.
    pub fn moved(&self, to: impl Fn(CharOffset) -> Option<CharOffset>) -> Option<Self> {
        let mut parts = self.parts()?;
        let place = match (parts.kind, parts.code) {
            (ItemKind::Text, _) => &mut parts.id,
            (_, ProblemCode::LooseEdge | ProblemCode::SplitsCluster) => &mut parts.detail,
            _ => return None,
        };
        let moved = place.split('-').map(|at| {
            let at = to(CharOffset::new(at.parse().ok()?))?;
            Some(at.to_string())
        });
        *place = moved.collect::<Option<Vec<String>>>()?.join("-");
        parts.key()
    }

    /// Whether the problem is about that item.
    pub fn is_about(&self, kind: ItemKind, id: &str) -> bool {
        self.item()
            .is_some_and(|(own_kind, own_id)| own_kind == kind && own_id == id)
    }
}

fn escaped(part: &str) -> String {
    part.replace('%', "%25").replace('/', "%2F")
}

fn plain(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::SpanId;

    proptest! {
        #[test]
        fn a_key_says_which_item_it_is_about(id in "[a%/2F5 ع]{1,8}", detail in "[a%/2F]{0,4}") {
            let place = ProblemPlace::Span(SpanId::new(&id).unwrap());
            let key = key(ProblemCode::LooseEdge, &place, &detail, &Text::new("x")).unwrap();
            prop_assert!(key.is_about(ItemKind::Span, &id), "{key}");
            prop_assert!(!key.is_about(ItemKind::Event, &id));
            let longer = format!("{id}/");
            prop_assert!(!key.is_about(ItemKind::Span, &longer));
        }
    }

    #[test]
    fn only_places_in_the_text_move() {
        for (key, moved) in [
            (
                "untagged_casualty/text/40-50",
                Some("untagged_casualty/text/30-40"),
            ),
            ("loose_edge/span/12-13/18-39", Some("loose_edge/span/12-13/8-29")),
            ("splits_cluster/span/s/15", Some("splits_cluster/span/s/5")),
            ("duplicate_span/span/12-13", None),
            ("untagged_casualty/text/4-50", None),
            ("of_a_later_version/text/40-50", None),
        ] {
            let key = ProblemKey::new(key).unwrap();
            let found = key.moved(|at| at.get().checked_sub(10).map(CharOffset::new));
            assert_eq!(found.as_ref().map(ProblemKey::as_str), moved, "{key}");
        }
    }

    #[test]
    fn a_key_of_another_version_is_about_nothing() {
        for key in ["x", "loose_edge/paragraph/3", "a/span"] {
            assert_eq!(ProblemKey::new(key).unwrap().item(), None, "{key}");
        }
    }
}
