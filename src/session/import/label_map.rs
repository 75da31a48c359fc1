//! Labels of files under other names, or left out, before anything else looks at them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::formats::Diagnostic;
use crate::model::{LabelId, Layer, Span};
use crate::session::refusal::Refusal;

/// What becomes of the labels in files; those that are not named stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap(BTreeMap<LabelId, Option<LabelId>>);

impl LabelMap {
    /// Reads `OLD=NEW` and `OLD=`, which leaves the spans of a label out.
    ///
    /// # Errors
    /// `bad_label_map` for anything else, and where a label is mapped twice.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = &'a str>) -> Result<Self, Refusal> {
        let mut map = Self::default();
        for pair in pairs {
            let bad = |what: &str| {
                Refusal::new("bad_label_map", format!("{pair:?}: {what}"))
                    .hint("write OLD=NEW, or OLD= to leave the spans of a label out")
            };
            let (old, new) = pair.split_once('=').ok_or_else(|| bad("there is no = in it"))?;
            let label = |id: &str| {
                LabelId::new(id.trim()).map_err(|cause| bad(&format!("that cannot be a label: {cause}")))
            };
            let new = if new.trim().is_empty() {
                None
            } else {
                Some(label(new)?)
            };
            if map.0.contains_key(&label(old)?) {
                return Err(bad("the label is mapped twice"));
            }
            map.set(label(old)?, new);
        }
        Ok(map)
    }

    /// Gives a label another name, or leaves its spans out.
    pub fn set(&mut self, old: LabelId, new: Option<LabelId>) {
        self.0.insert(old, new);
    }

    /// What becomes of a label: another one, nothing, or itself.
    pub fn get<'a>(&'a self, label: &'a LabelId) -> Option<&'a LabelId> {
        match self.0.get(label) {
            Some(new) => new.as_ref(),
            None => Some(label),
        }
    }

    /// Renames and leaves out, with all that hangs on what goes; what goes is told.
    pub(super) fn apply(&self, layer: &mut Layer) -> Vec<Diagnostic> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut gone: BTreeMap<&LabelId, u64> = BTreeMap::new();
        let spans: Vec<Arc<Span>> = layer.spans.iter().cloned().collect();
        for span in &spans {
            match self.get(&span.label) {
                Some(label) if *label == span.label => {}
                Some(label) => {
                    let mut renamed = Span::clone(span);
                    renamed.label = label.clone();
                    layer.spans.insert(Arc::new(renamed));
                }
                None => {
                    *gone.entry(&span.label).or_default() += 1;
                    layer.spans.remove(&span.id);
                }
            }
        }
        if gone.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Diagnostic> = gone
            .into_iter()
            .map(|(label, count)| {
                let spans = if count == 1 { "span" } else { "spans" };
                Diagnostic::info(
                    "label_left_out",
                    format!("{count} {spans} of {label} left out, as asked"),
                )
            })
            .collect();
        found.extend(hung_on(layer.drop_dangling()));
        found
    }
}

/// Says that something went with the spans.
fn hung_on(count: u64) -> Option<Diagnostic> {
    (count > 0).then(|| {
        let what = if count == 1 {
            "relation, filler, or note"
        } else {
            "relations, fillers, and notes"
        };
        Diagnostic::warning(
            "left_out_with_label",
            format!("{count} {what} went with spans that were left out"),
        )
        .with_hint("map the label to another one to keep them")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::marked;

    fn mapped(map: &[&str], markup: &str) -> (Vec<String>, Vec<&'static str>) {
        let (_, mut layers) = marked("a", markup);
        let layer = &mut layers[0].1;
        let found = LabelMap::parse(map.iter().copied()).unwrap().apply(layer);
        let labels = layer.spans.iter().map(|span| span.label.to_string()).collect();
        (labels, found.iter().map(|found| found.code).collect())
    }

    #[test]
    fn labels_get_other_names_or_go_and_the_others_stay() {
        let markup = "{1:PER|Ali|1} à {2:LOC|Alep|2} {3:MISC|hier|3} {4:PER|Sami|4}";
        let (labels, codes) = mapped(&["PER=actor", "MISC="], markup);
        assert_eq!(labels, ["actor", "LOC", "actor"]);
        assert_eq!(codes, ["label_left_out"]);
        let (labels, codes) = mapped(&["PER=LOC", "LOC=PER"], markup);
        assert_eq!(labels, ["LOC", "PER", "MISC", "LOC"]);
        assert!(codes.is_empty());
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for pairs in [&["PER"][..], &["=x"], &["PER=a", "PER=b"]] {
            let refusal = LabelMap::parse(pairs.iter().copied()).unwrap_err();
            assert_eq!(refusal.code, "bad_label_map");
        }
    }
}
