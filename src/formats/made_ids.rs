//! Ids for annotations that have none in their file: made from what they say, so that the same file gives the same ids.

use std::collections::BTreeMap;

use crate::model::{LabelId, Ranges, Sha256};

/// The ids that are made for one layer.
#[derive(Debug, Default)]
pub(super) struct MadeIds {
    /// How many ids were tried for the same words, where that is more than one.
    alike: BTreeMap<String, usize>,
}

impl MadeIds {
    /// An id, with that prefix, for what says those words; the first that is not taken.
    pub(super) fn next(&mut self, prefix: &str, words: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let key = [prefix, " ", words].concat();
        let mut tried = self.alike.get(&key).copied().unwrap_or_default();
        loop {
            let digest = Sha256::of(&format!("{words} {tried}")).hex();
            let id = format!("{prefix}-{}", digest.get(..12).unwrap_or_default());
            tried += 1;
            if is_taken(&id) {
                continue;
            }
            // Thousands of annotations that say the same must not each try the ids of all before it.
            if tried > 1 {
                self.alike.insert(key, tried);
            }
            return id;
        }
    }
}

/// A span's label and places as the words from which its id is made.
pub(super) fn span_words(label: &LabelId, ranges: &Ranges) -> String {
    let places = ranges.as_slice().iter();
    let places: Vec<String> = places
        .map(|range| format!("{}-{}", range.start(), range.end()))
        .collect();
    format!("{label} {}", places.join(" "))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn as_many_ids_are_tried_as_annotations_say_the_same() {
        let (mut made, mut taken, tries) = (MadeIds::default(), BTreeSet::new(), Cell::new(0));
        for _ in 0..1000 {
            let id = made.next("s", "actor 0-4", |id| {
                tries.set(tries.get() + 1);
                taken.contains(id)
            });
            assert!(taken.insert(id));
        }
        assert_eq!(tries.get(), 1001, "the second cannot know of the first");
        assert!(taken.contains(&MadeIds::default().next("s", "actor 0-4", |_| false)));
    }
}
