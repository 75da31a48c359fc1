//! Names of files under other names, or left out, before anything else looks at them: those of labels and annotators.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::Arc;

use crate::formats::Diagnostic;
use crate::model::{Annotator, InvalidId, LabelId, Layer, Span, counted};
use crate::session::refusal::Refusal;

/// A kind of names that an import may change.
pub trait Renamed: Clone + Ord + Display + Sized {
    /// What such a name is called.
    const KIND: &'static str;
    /// What goes with a name that is left out.
    const OF_IT: &'static str;
    /// The code of a map that cannot be read.
    const BAD_MAP: &'static str;
    /// The code of a map that met no such name.
    const UNUSED_MAP: &'static str;
    /// The option that gives the map.
    const OPTION: &'static str;

    /// Reads a name.
    ///
    /// # Errors
    /// [`InvalidId`] for what cannot be one.
    fn read(name: &str) -> Result<Self, InvalidId>;
}

impl Renamed for LabelId {
    const KIND: &'static str = "label";
    const OF_IT: &'static str = "spans";
    const BAD_MAP: &'static str = "bad_label_map";
    const UNUSED_MAP: &'static str = "unused_label_map";
    const OPTION: &'static str = "--label-map";

    fn read(name: &str) -> Result<Self, InvalidId> {
        Self::new(name)
    }
}

impl Renamed for Annotator {
    const KIND: &'static str = "annotator";
    const OF_IT: &'static str = "work";
    const BAD_MAP: &'static str = "bad_annotator_map";
    const UNUSED_MAP: &'static str = "unused_annotator_map";
    const OPTION: &'static str = "--annotator-map";

    fn read(name: &str) -> Result<Self, InvalidId> {
        Self::new(name)
    }
}

/// What becomes of names in files; those that are not in it stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMap<I>(BTreeMap<I, Option<I>>);

/// What becomes of labels.
pub type LabelMap = NameMap<LabelId>;

/// What becomes of annotators.
pub type AnnotatorMap = NameMap<Annotator>;

impl<I> Default for NameMap<I> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<I: Renamed> NameMap<I> {
    /// Reads `OLD=NEW` and `OLD=`, which leaves out what has that name.
    ///
    /// # Errors
    /// [`Renamed::BAD_MAP`] for anything else, and where a name is mapped twice.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = &'a str>) -> Result<Self, Refusal> {
        let (kind, of_it) = (I::KIND, I::OF_IT);
        let mut map = Self::default();
        for pair in pairs {
            let bad = |what: &str| {
                Refusal::new(I::BAD_MAP, format!("{pair:?}: {what}")).hint(format!(
                    "write OLD=NEW, or OLD= to leave the {of_it} of that {kind} out"
                ))
            };
            let (old, new) = pair.split_once('=').ok_or_else(|| bad("there is no = in it"))?;
            let name = |name: &str| {
                I::read(name.trim()).map_err(|cause| bad(&format!("that cannot be the name of one: {cause}")))
            };
            let old = name(old)?;
            let new = if new.trim().is_empty() {
                None
            } else {
                Some(name(new)?)
            };
            if map.0.contains_key(&old) {
                return Err(bad(&format!("the {kind} is mapped twice")));
            }
            map.set(old, new);
        }
        Ok(map)
    }

    /// Gives another name, or leaves out what has it.
    pub fn set(&mut self, old: I, new: Option<I>) {
        self.0.insert(old, new);
    }

    /// What becomes of a name: another one, nothing, or itself.
    pub fn get<'a>(&'a self, name: &'a I) -> Option<&'a I> {
        match self.0.get(name) {
            Some(new) => new.as_ref(),
            None => Some(name),
        }
    }

    /// Whether it changes nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A warning for each name that was to be changed and is none of those that were met.
    pub(super) fn unused<'a>(&'a self, met: &'a BTreeSet<I>) -> impl Iterator<Item = Diagnostic> + 'a {
        self.0.keys().filter(|old| !met.contains(old)).map(|old| {
            let message = format!(
                "{} {old}=…: nothing in the files has the {} {old}",
                I::OPTION,
                I::KIND
            );
            let found = Diagnostic::warning(I::UNUSED_MAP, message);
            if met.is_empty() {
                found.with_hint(format!("they name no {}", I::KIND))
            } else {
                found.with_hint(format!("they have {}", listed(met)))
            }
        })
    }
}

/// Names with commas between them, the first ones where there are very many.
fn listed<I: Display>(names: &BTreeSet<I>) -> String {
    const MOST: usize = 30;
    let first: Vec<String> = names.iter().take(MOST).map(ToString::to_string).collect();
    match names.len().saturating_sub(MOST) {
        0 => first.join(", "),
        more => format!("{}, and {more} more", first.join(", ")),
    }
}

impl LabelMap {
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
                let spans = counted(count, "span");
                Diagnostic::info("label_left_out", format!("{spans} of {label} left out, as asked"))
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
    fn a_name_that_no_file_has_is_told_with_those_that_are_there() {
        let map = AnnotatorMap::parse(["ana=eva", "anna=eva"]).unwrap();
        let met = ["ana", "mira"].map(|name| Annotator::new(name).unwrap()).into();
        let told: Vec<String> = map.unused(&met).map(|found| found.to_string()).collect();
        assert_eq!(
            told,
            [
                "warning: --annotator-map anna=…: nothing in the files has the annotator anna (they have ana, mira)"
            ]
        );
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for pairs in [&["PER"][..], &["=x"], &["PER=a", "PER=b"]] {
            let refusal = LabelMap::parse(pairs.iter().copied()).unwrap_err();
            assert_eq!(refusal.code, "bad_label_map");
        }
    }
}
