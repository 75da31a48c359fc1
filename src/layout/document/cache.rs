//! The layouts that are kept: those used least lately go first when there are too many or they are too large.

use std::collections::BTreeMap;

use crate::layout::shaped::Layout;

/// At most so many layouts: some screens full of short paragraphs.
pub(super) const MOST: usize = 400;
/// At most so many bytes: some screens full of long ones.
pub(super) const MOST_BYTES: usize = 24 << 20;

#[derive(Clone, Debug)]
struct Kept {
    layout: Layout,
    bytes: usize,
    used: u64,
}

/// Layouts by the number of their item.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache {
    kept: BTreeMap<usize, Kept>,
    bytes: usize,
    /// Counts frames; what was used in the present one is never dropped.
    now: u64,
    made: u64,
}

impl Cache {
    /// Begins a frame.
    pub(super) fn tick(&mut self) {
        self.now += 1;
        self.evict();
    }

    pub(super) fn get(&self, item: usize) -> Option<&Layout> {
        self.kept.get(&item).map(|kept| &kept.layout)
    }

    pub(super) fn get_mut(&mut self, item: usize) -> Option<&mut Layout> {
        self.kept.get_mut(&item).map(|kept| &mut kept.layout)
    }

    /// The items whose layouts are kept, in order.
    pub(super) fn items(&self) -> Vec<usize> {
        self.kept.keys().copied().collect()
    }

    /// Marks a layout as used in this frame; whether it is there.
    pub(super) fn touch(&mut self, item: usize) -> bool {
        let Some(kept) = self.kept.get_mut(&item) else {
            return false;
        };
        kept.used = self.now;
        true
    }

    pub(super) fn insert(&mut self, item: usize, layout: Layout) {
        let bytes = layout.memory();
        self.bytes += bytes;
        self.made += 1;
        let used = self.now;
        if let Some(old) = self.kept.insert(item, Kept { layout, bytes, used }) {
            self.bytes -= old.bytes;
        }
        self.evict();
    }

    pub(super) fn clear(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many layouts were ever put in.
    pub(super) fn made(&self) -> u64 {
        self.made
    }

    fn evict(&mut self) {
        while self.kept.len() > MOST || self.bytes > MOST_BYTES {
            let oldest = self
                .kept
                .iter()
                .filter(|(_, kept)| kept.used < self.now)
                .min_by_key(|(_, kept)| kept.used)
                .map(|(item, _)| *item);
            let Some(gone) = oldest.and_then(|item| self.kept.remove(&item)) else {
                return;
            };
            self.bytes -= gone.bytes;
        }
    }
}
