//! Which labels are hidden, shown alone, or locked in the view; the project knows nothing of it.

use std::collections::BTreeSet;

use crate::model::LabelId;

/// How labels are viewed. At first all are shown, none is locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelViews {
    hidden: BTreeSet<LabelId>,
    alone: Option<LabelId>,
    locked: BTreeSet<LabelId>,
}

/// One way to view a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelView {
    /// Its spans are not drawn and not met.
    Hidden,
    /// Only its spans are.
    Alone,
    /// Its spans are drawn, but the mouse passes through them and nothing changes them.
    Locked,
}

impl LabelViews {
    /// Whether the spans of a label are drawn.
    pub fn shows(&self, label: &LabelId) -> bool {
        match &self.alone {
            Some(alone) => alone == label,
            None => !self.hidden.contains(label),
        }
    }

    /// Whether the spans of a label cannot be changed.
    pub fn locks(&self, label: &LabelId) -> bool {
        self.locked.contains(label)
    }

    /// Whether a label is viewed in that way.
    pub fn has(&self, label: &LabelId, view: LabelView) -> bool {
        match view {
            LabelView::Hidden => self.hidden.contains(label),
            LabelView::Alone => self.alone.as_ref() == Some(label),
            LabelView::Locked => self.locked.contains(label),
        }
    }

    /// The only label that is shown, if one is shown alone.
    pub fn alone(&self) -> Option<&LabelId> {
        self.alone.as_ref()
    }

    /// Whether some spans may not be drawn.
    pub fn hides_any(&self) -> bool {
        self.alone.is_some() || !self.hidden.is_empty()
    }

    /// Views a label in a way, or no longer.
    pub(super) fn toggle(&mut self, label: LabelId, view: LabelView) {
        let set = match view {
            LabelView::Hidden => &mut self.hidden,
            LabelView::Locked => &mut self.locked,
            LabelView::Alone => {
                self.alone = (self.alone.as_ref() != Some(&label)).then_some(label);
                return;
            }
        };
        if !set.remove(&label) {
            set.insert(label);
        }
    }

    /// Shows all labels; locks stay.
    pub(super) fn show_all(&mut self) {
        self.hidden.clear();
        self.alone = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_goes_before_what_is_hidden_and_all_come_back() {
        let (one, two) = (LabelId::new("one").unwrap(), LabelId::new("two").unwrap());
        let mut views = LabelViews::default();
        views.toggle(one.clone(), LabelView::Hidden);
        assert!(!views.shows(&one) && views.shows(&two));
        views.toggle(one.clone(), LabelView::Alone);
        assert!(views.shows(&one) && !views.shows(&two));
        views.toggle(one.clone(), LabelView::Alone);
        assert!(!views.shows(&one) && views.shows(&two), "as before");
        views.toggle(two.clone(), LabelView::Locked);
        views.show_all();
        assert!(views.shows(&one) && views.locks(&two) && !views.hides_any());
    }
}
