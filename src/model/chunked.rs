//! A sorted map of which a clone shares all but what is changed in one of the two.
//!
//! The entries lie in chunks of some hundred, in order; a change copies the one chunk that it is in. So a layer of
//! many thousands of spans goes from hand to hand at the price of a few. Knows nothing of what it holds.

use std::sync::Arc;

/// A chunk of more entries is cut in two.
const MOST: usize = 256;

/// Entries by key, in the order of the keys.
#[derive(Clone, Debug)]
pub(super) struct ChunkedMap<K, V> {
    /// None of them is empty.
    chunks: Vec<Arc<Vec<(K, V)>>>,
    len: usize,
}

impl<K: Clone + Ord, V: Clone> ChunkedMap<K, V> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, key: &K) -> Option<&V> {
        let chunk = self.chunks.get(self.chunk_of(key))?;
        let at = chunk.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
        chunk.get(at).map(|(_, value)| value)
    }

    /// The values in the order of their keys.
    pub(super) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        let entries = self.chunks.iter().flat_map(|chunk| chunk.iter());
        entries.map(|(_, value)| value)
    }

    /// The values from a key on, in the order of their keys.
    pub(super) fn values_from<'a>(&'a self, key: &K) -> impl Iterator<Item = &'a V> + use<'a, K, V> {
        let index = self.chunk_of(key);
        let chunk = self.chunks.get(index).map_or(&[][..], |chunk| chunk.as_slice());
        let from = chunk.partition_point(|(known, _)| known < key);
        let behind = self.chunks.iter().skip(index + 1).flat_map(|chunk| chunk.iter());
        let entries = chunk.iter().skip(from).chain(behind);
        entries.map(|(_, value)| value)
    }

    /// Puts a value in, in the place of one with the same key.
    pub(super) fn insert(&mut self, key: K, value: V) {
        let index = self.chunk_of(&key);
        let Some(chunk) = self.chunks.get_mut(index).map(Arc::make_mut) else {
            self.chunks.push(Arc::new(vec![(key, value)]));
            self.len = 1;
            return;
        };
        match chunk.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => {
                if let Some(entry) = chunk.get_mut(at) {
                    entry.1 = value;
                }
                return;
            }
            Err(at) => chunk.insert(at, (key, value)),
        }
        self.len += 1;
        if chunk.len() > MOST {
            let behind = chunk.split_off(MOST / 2);
            self.chunks.insert(index + 1, Arc::new(behind));
        }
    }

    /// Takes a value out.
    pub(super) fn remove(&mut self, key: &K) -> Option<V> {
        let index = self.chunk_of(key);
        let chunk = self.chunks.get_mut(index)?;
        let at = chunk.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
        let (_, value) = Arc::make_mut(chunk).remove(at);
        if chunk.is_empty() {
            self.chunks.remove(index);
        }
        self.len -= 1;
        Some(value)
    }

    /// Whether both share all that they hold.
    pub(super) fn is_shared_with(&self, other: &Self) -> bool {
        let pairs = || self.chunks.iter().zip(&other.chunks);
        self.chunks.len() == other.chunks.len() && pairs().all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The last chunk that starts with a key up to this one, else the first.
    fn chunk_of(&self, key: &K) -> usize {
        let starts_before = |chunk: &Arc<Vec<(K, V)>>| chunk.first().is_some_and(|(first, _)| first <= key);
        self.chunks.partition_point(starts_before).saturating_sub(1)
    }
}

impl<K, V> Default for ChunkedMap<K, V> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for ChunkedMap<K, V> {
    /// Where the chunks are cut is a matter of history.
    fn eq(&self, other: &Self) -> bool {
        let own = self.chunks.iter().flat_map(|chunk| chunk.iter());
        self.len == other.len && own.eq(other.chunks.iter().flat_map(|chunk| chunk.iter()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_does_what_a_tree_does_and_leaves_its_clones_alone(
            changes in prop::collection::vec((0u16..900, prop::option::weighted(0.7, any::<u8>())), 0..2_000)
        ) {
            let (mut map, mut tree) = (ChunkedMap::default(), BTreeMap::new());
            let (mut kept, mut kept_tree) = (map.clone(), tree.clone());
            for (nth, (key, value)) in changes.into_iter().enumerate() {
                if nth % 300 == 0 {
                    (kept, kept_tree) = (map.clone(), tree.clone());
                    prop_assert!(kept.is_shared_with(&map));
                }
                if let Some(value) = value {
                    map.insert(key, value);
                    tree.insert(key, value);
                } else {
                    prop_assert_eq!(map.remove(&key), tree.remove(&key));
                    prop_assert!(map.values_from(&key).eq(tree.range(key..).map(|(_, value)| value)));
                }
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.len(), tree.len());
            }
            prop_assert!(map.values().eq(tree.values()));
            prop_assert!(map.values().rev().eq(tree.values().rev()));
            prop_assert!(kept.values().eq(kept_tree.values()), "a clone stays what it was");
            let mut built = ChunkedMap::default();
            for (key, value) in tree {
                built.insert(key, value);
            }
            prop_assert_eq!(&built, &map, "equal, however it was made");
            built.insert(901, 0);
            prop_assert_ne!(&built, &map);
        }
    }
}
