//! Controls for what belongs to no annotation: a default in the codebook, one of several things to choose from.
//!
//! What is chosen is answered, and nothing is queued.

use egui::Ui;

use super::super::panels::Pane;
use super::super::panels::article::article_id;
use super::list::{Choosing, choosing_ui};
use super::{Answer, AttributesState, Part, Place, Row, Target, Wanted, control_ui};
use crate::model::{ArticleId, Attribute, AttributeId, TargetId, Value};

/// Where such a control stands in the window, so that two are never the same.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// The part of the window.
    pub site: &'static str,
    /// What it is about there.
    pub about: &'a str,
    /// Which control of that.
    pub which: &'a str,
}

impl Spot<'_> {
    fn target(&self) -> Option<Target> {
        Some(Target {
            site: self.site,
            article: ArticleId::new("-").ok()?,
            id: TargetId::new(self.about).ok()?,
        })
    }
}

impl AttributesState {
    /// Begins a frame of a part of the window that shows such controls only.
    pub fn begin(&mut self) {
        self.drawn.clear();
    }
}

/// Draws the control of an attribute for a value; answers the value where it shall be another one.
pub fn lone_value_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    spot: Spot<'_>,
    (attribute, name): (&Attribute, &str),
    value: Option<&Value>,
    state: &mut AttributesState,
) -> Option<Option<Value>> {
    let target = spot.target()?;
    let row = Row {
        target: &target,
        attribute,
        name,
        value,
        unconfirmed: false,
        proposed: &super::Proposed::default(),
    };
    let answer = control_ui(ui, pane, &row, state);
    stay(ui);
    let Wanted(wanted) = answer.set?;
    (wanted.as_ref() != value).then_some(wanted)
}

/// Draws one list to choose from; answers the place that was chosen anew.
pub fn lone_choice_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    spot: Spot<'_>,
    (name, items): (&str, &[String]),
    chosen: Option<usize>,
    width: f32,
    state: &mut AttributesState,
) -> Option<usize> {
    let place = Place {
        target: spot.target()?,
        attribute: AttributeId::new(spot.which).ok()?,
        part: Part::Whole,
    };
    let places: Vec<usize> = chosen.into_iter().collect();
    let choosing = Choosing {
        place,
        name,
        items,
        chosen: &places,
        several: false,
        width,
        unconfirmed: false,
        hint: super::words::NO_VALUE,
    };
    let (picked, Answer { .. }) = choosing_ui(ui, pane, &choosing, state);
    stay(ui);
    let picked = picked?.first().copied()?;
    (Some(picked) != chosen).then_some(picked)
}

/// Escape in a control goes back to the article, but there is none here: it only leaves the control.
fn stay(ui: &Ui) {
    ui.memory_mut(|memory| {
        if memory.has_focus(article_id()) {
            memory.surrender_focus(article_id());
        }
    });
}
