//! Sums of many heights, each of which may change: a binary indexed tree in whole pixels.
//!
//! O(log n) for a change, for the sum of all before one, and for which one lies at a height.

/// The heights of a list of things, in physical pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    /// Sums as the binary indexed tree has them; the first place is unused.
    tree: Vec<f64>,
    each: Vec<f32>,
}

impl Heights {
    /// Takes up all heights at once; O(n).
    pub(super) fn new(each: Vec<f32>) -> Self {
        let mut tree = vec![0.0; each.len() + 1];
        for (index, height) in each.iter().enumerate() {
            add(&mut tree, index + 1, f64::from(*height));
            let above = parent(index + 1);
            let sum = tree.get(index + 1).copied().unwrap_or(0.0);
            add(&mut tree, above, sum);
        }
        Self { tree, each }
    }

    pub(super) fn get(&self, index: usize) -> f32 {
        self.each.get(index).copied().unwrap_or(0.0)
    }

    pub(super) fn set(&mut self, index: usize, height: f32) {
        let Some(old) = self.each.get_mut(index) else {
            return;
        };
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        let mut at = index + 1;
        while at < self.tree.len() {
            add(&mut self.tree, at, change);
            at = parent(at);
        }
    }

    /// The sum of all before one.
    pub(super) fn before(&self, index: usize) -> f64 {
        let (mut at, mut sum) = (index.min(self.each.len()), 0.0);
        while at > 0 {
            sum += self.tree.get(at).copied().unwrap_or(0.0);
            at &= at - 1;
        }
        sum
    }

    pub(super) fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// Which one lies at a height, and how far into it that is. What is outside counts as the first or the last.
    pub(super) fn at(&self, height: f64) -> (usize, f64) {
        let (mut at, mut rest) = (0, height);
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(at + step)
                && *sum <= rest
            {
                at += step;
                rest -= sum;
            }
            step /= 2;
        }
        let last = self.each.len().saturating_sub(1);
        if at > last {
            return (last, height - self.before(last));
        }
        (at, rest)
    }
}

/// The next node whose sum covers this one.
fn parent(at: usize) -> usize {
    at + (at & at.wrapping_neg())
}

fn add(tree: &mut [f64], at: usize, change: f64) {
    if let Some(sum) = tree.get_mut(at) {
        *sum += change;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_a_plain_list(
            mut plain in prop::collection::vec(1u16..500, 1..70),
            changes in prop::collection::vec((0usize..70, 1u16..500), 0..20),
            at in 0u32..40_000
        ) {
            let mut heights = Heights::new(plain.iter().map(|&h| f32::from(h)).collect());
            for (index, height) in changes {
                if let Some(old) = plain.get_mut(index) {
                    *old = height;
                }
                heights.set(index, f32::from(height));
            }
            let mut sum = 0.0;
            let mut expected = None;
            for (index, height) in plain.iter().map(|&h| f64::from(h)).enumerate() {
                prop_assert!((heights.before(index) - sum).abs() < 1e-6);
                if f64::from(at) < sum + height && expected.is_none() {
                    expected = Some((index, f64::from(at) - sum));
                }
                sum += height;
            }
            prop_assert!((heights.total() - sum).abs() < 1e-6);
            if let Some((index, rest)) = expected {
                let found = heights.at(f64::from(at));
                prop_assert_eq!(found.0, index);
                prop_assert!((found.1 - rest).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_height_behind_the_end_is_in_the_last() {
        let heights = Heights::new(vec![10.0, 20.0]);
        assert_eq!(heights.at(35.0), (1, 25.0));
        assert_eq!(heights.at(-5.0), (0, -5.0));
        assert_eq!(Heights::new(Vec::new()).at(3.0), (0, 3.0));
    }
}
