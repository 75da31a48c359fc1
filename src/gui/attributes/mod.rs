//! Fields for the attributes of anything that has them: a span, a relation, an event, an article.
//!
//! A caller gives what is asked ([`Asked`]) and keeps an [`AttributesState`]; [`attributes_ui`] draws one control for
//! each attribute and queues `set_attribute` for what was changed. What the thing is, the controls do not know.

mod article;
mod boolean;
mod bounds;
mod choice;
mod choices;
mod date;
mod draft;
mod entity;
mod face;
mod integer;
mod list;
mod lone;
mod number;
mod offers;
mod proposal;
mod quantity;
mod text;

pub use article::article_labels_ui;
pub use integer::read_integer;
pub use lone::{Spot, lone_choice_ui, lone_value_ui};
pub use number::read_number;
pub use proposal::{Proposed, proposed};

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use egui::{Id, Ui};

use super::dialogs::wrapped_ui;
use super::markdown::{BlockKind, blocks};
use super::paint::{ShortText, TextStyle};
use super::panels::article::article_id;
use super::panels::widgets::close_button;
use super::panels::{Ask, Pane};
use super::theme::{self, GRID};
use super::words;
use crate::model::{
    Annotator, ArticleId, Attribute, AttributeId, AttributeType, AttributeUse, Attributes, Codebook,
    Selection, TargetId, Value, words_in,
};
use crate::session::{Request, SetAttribute};
use draft::Draft;
use list::OpenList;

/// Width of the words that explain an attribute.
const HELP: f32 = 320.0;

/// What attributes are about, and where on the window they are shown, so that two panes can show the same thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Names the pane.
    pub site: &'static str,
    /// In which article.
    pub article: ArticleId,
    /// The span, relation, event, or article.
    pub id: TargetId,
}

/// What is asked about a target, and what is known.
pub struct Asked<'a> {
    /// About what.
    pub target: &'a Target,
    /// Attributes and choices.
    pub codebook: &'a Codebook,
    /// Which attributes, in which order.
    pub uses: &'a [AttributeUse],
    /// The values.
    pub values: &'a Attributes,
    /// Those that nobody confirmed.
    pub unconfirmed: &'a BTreeSet<AttributeId>,
    /// What undo selects again.
    pub selection: Option<Selection>,
    /// The dates and figures that the words themselves may say.
    pub proposed: Proposed,
}

/// What the fields remember between frames.
#[derive(Default)]
pub struct AttributesState {
    drafts: BTreeMap<Place, Draft>,
    open: Option<OpenList>,
    /// What was asked for and is not in a snapshot yet: the next change of the same value begins with it.
    sent: BTreeMap<(Target, AttributeId), Sent>,
    /// In whose layer of which project the targets lie: ids are unique there only.
    of: Option<(PathBuf, Annotator)>,
    /// The controls drawn in the last frame.
    drawn: Vec<Id>,
    /// The control that had the focus in the last frame.
    focused: Option<Id>,
    /// The value whose first suggestion is to have the focus once it is drawn.
    suggested: Option<(Target, AttributeId)>,
    /// Which of the offered entities is chosen with the arrow keys.
    offered: usize,
    /// The words for which entities were asked last.
    asked_for: String,
}

/// One control: an attribute of a target, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    target: Target,
    attribute: AttributeId,
    part: Part,
}

/// A part of a value with a control of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Whole,
    Kind,
    Modifier,
    Low,
    Best,
    High,
    Who,
    Precision,
    Approximate,
    EntityId,
}

struct Sent {
    value: Option<Value>,
    before: Option<Value>,
    notice: u64,
}

/// One attribute as a control sees it.
struct Row<'a> {
    target: &'a Target,
    attribute: &'a Attribute,
    name: &'a str,
    value: Option<&'a Value>,
    unconfirmed: bool,
    proposed: &'a Proposed,
}

/// What an attribute shall be: a value, or nothing.
#[derive(Debug)]
struct Wanted(Option<Value>);

/// What came of a control in a frame.
#[derive(Debug, Default)]
struct Answer {
    /// What the attribute shall be.
    set: Option<Wanted>,
    /// Whether that is an offer, which says the whole value.
    offered: bool,
    /// The value is right as it is.
    confirm: bool,
    /// Back to the article.
    leave: bool,
}

impl Answer {
    fn set(value: Option<Value>) -> Self {
        Self {
            set: Some(Wanted(value)),
            ..Self::default()
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            set: self.set.or(other.set),
            offered: self.offered || other.offered,
            confirm: self.confirm || other.confirm,
            leave: self.leave || other.leave,
        }
    }
}

impl Place {
    fn id(&self) -> Id {
        Id::unique(("attribute", self))
    }
}

impl Row<'_> {
    fn place(&self, part: Part) -> Place {
        Place {
            target: self.target.clone(),
            attribute: self.attribute.id.clone(),
            part,
        }
    }

    /// What assistive technology calls a part of the control.
    fn part_name(&self, part: &str) -> String {
        format!("{}: {part}", self.name)
    }
}

impl AttributesState {
    /// Whether a widget is one of the controls drawn last.
    pub fn draws(&self, id: Id) -> bool {
        self.drawn.contains(&id)
    }

    /// Closes the list of choices that is open, and takes nothing from it: something else was asked for.
    pub fn close_list(&mut self) {
        self.open = None;
    }

    /// Begins a frame in which these targets are shown. What was typed for another one, and is right, is taken: a click
    /// elsewhere loses nothing.
    pub fn settle(&mut self, pane: &mut Pane<'_>, shown: &[&Target]) {
        self.drawn.clear();
        self.follow_layer(pane);
        let is_shown = |place: &Place| shown.contains(&&place.target);
        let left: Vec<Place> = self
            .drafts
            .keys()
            .filter(|place| !is_shown(place))
            .cloned()
            .collect();
        let mut waits = false;
        for place in left {
            waits |= self.leave_draft(pane, &place);
        }
        if waits {
            pane.queue.push(Ask::Refuse(words::REFUSED_WAITS));
        }
        self.open.take_if(|open| !is_shown(&open.place));
        self.suggested.take_if(|(target, _)| !shown.contains(&&*target));
        self.sent.retain(|(target, _), _| shown.contains(&target));
    }
}

impl AttributesState {
    /// What was refused in another layer is not said in this one.
    fn follow_layer(&mut self, pane: &Pane<'_>) {
        let (Some(project), Some(article)) = (&pane.snapshot.project, &pane.snapshot.article) else {
            return;
        };
        let is_same = self
            .of
            .as_ref()
            .is_some_and(|(path, annotator)| *path == project.path && *annotator == article.annotator);
        if !is_same {
            self.drafts.retain(|_, draft| draft.refused().is_none());
            self.of = Some((project.path.clone(), article.annotator.clone()));
        }
    }

    /// Whether something was typed for an attribute of a target and refused.
    pub fn refuses(&self, target: &Target, attribute: &AttributeId) -> bool {
        let mut drafts = self.drafts.iter();
        drafts.any(|(place, draft)| {
            place.target == *target && place.attribute == *attribute && draft.refused().is_some()
        })
    }

    /// Gives the focus to the first of the suggestions for a value, as soon as they are drawn.
    pub fn go_to_suggestions(&mut self, target: &Target, attribute: &AttributeId) {
        self.suggested = Some((target.clone(), attribute.clone()));
    }

    /// Whether what is suggested for a value is to have the focus, which has it not yet.
    fn lacks_focus(&mut self, row: &Row<'_>, has_focus: bool) -> bool {
        let is_it = |(target, attribute): &mut (Target, AttributeId)| {
            *target == *row.target && *attribute == row.attribute.id
        };
        if has_focus {
            self.suggested.take_if(is_it);
            return false;
        }
        self.suggested.as_mut().is_some_and(is_it)
    }

    /// What was refused of an attribute waits on beside that value.
    fn wait_on(&mut self, target: &Target, attribute: &AttributeId, value: Option<&Value>) {
        for (place, draft) in &mut self.drafts {
            if place.target == *target && place.attribute == *attribute {
                draft.wait_on(value);
            }
        }
    }

    /// Takes what was typed into a field that is shown no more. What was refused waits there until it is shown again:
    /// answers whether that is still to be said.
    fn leave_draft(&mut self, pane: &mut Pane<'_>, place: &Place) -> bool {
        let exists = exists(pane, &place.target);
        if let Some(draft) = self.drafts.get_mut(place).filter(|_| exists) {
            draft.leave();
            if draft.refused().is_some() {
                return draft.is_left_first();
            }
        }
        if let Some(Wanted(ready)) = self.drafts.remove(place).and_then(Draft::into_ready)
            && exists
        {
            self.wait_on(&place.target, &place.attribute, ready.as_ref());
            send(pane, &place.target, &place.attribute, ready, None);
        }
        false
    }

    /// What was typed into a part and refused.
    fn refused(&self, row: &Row<'_>, part: Part) -> Option<&str> {
        self.drafts.get(&row.place(part))?.refused()
    }
}

/// The first control of what is asked, to which keys go from the article.
pub fn first_field(target: &Target, codebook: &Codebook, uses: &[AttributeUse]) -> Option<Id> {
    let attribute = codebook
        .asked(uses)
        .find_map(|usage| codebook.attribute(&usage.id))?;
    let part = match attribute.attribute_type {
        AttributeType::Quantity => Part::Kind,
        _ => Part::Whole,
    };
    let place = Place {
        target: target.clone(),
        attribute: attribute.id.clone(),
        part,
    };
    Some(place.id())
}

/// Draws a control for each attribute that is asked, and queues what was changed.
pub fn attributes_ui(ui: &mut Ui, pane: &mut Pane<'_>, asked: &Asked<'_>, state: &mut AttributesState) {
    for usage in asked.codebook.asked(asked.uses) {
        let Some(attribute) = asked.codebook.attribute(&usage.id) else {
            continue;
        };
        let value = state.value_now(pane, asked, &usage.id);
        let row = Row {
            target: asked.target,
            attribute,
            name: words::attribute_name(asked.codebook, &usage.id),
            value: value.as_ref(),
            unconfirmed: asked.unconfirmed.contains(&usage.id),
            proposed: &asked.proposed,
        };
        let answer = row_ui(ui, pane, &row, usage.required, state);
        take(pane, asked, &usage.id, value.clone(), answer, state);
    }
    unasked_ui(ui, pane, asked);
}

impl AttributesState {
    /// Whether a control has the focus now and had it not in the last frame, wherever the focus was asked for.
    fn gains_focus(&mut self, id: Id, has_focus: bool) -> bool {
        let had_it = self.focused == Some(id);
        if has_focus {
            self.focused = Some(id);
        } else if had_it {
            self.focused = None;
        }
        has_focus && !had_it
    }

    /// The value as it is on disk, or as it will be once what was asked for is done.
    fn value_now(&mut self, pane: &Pane<'_>, asked: &Asked<'_>, id: &AttributeId) -> Option<Value> {
        let on_disk = asked.values.get(id);
        let key = (asked.target.clone(), id.clone());
        // A change shows that it was done, a new notice that it may have been refused.
        self.sent.retain(|sent_key, sent| {
            *sent_key != key || { sent.before.as_ref() == on_disk && sent.notice == newest_notice(pane) }
        });
        match self.sent.get(&key) {
            Some(sent) => sent.value.clone(),
            None => on_disk.cloned(),
        }
    }
}

fn newest_notice(pane: &Pane<'_>) -> u64 {
    pane.snapshot
        .notices
        .iter()
        .map(|notice| notice.id)
        .max()
        .unwrap_or(0)
}

fn row_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    required: bool,
    state: &mut AttributesState,
) -> Answer {
    ui.add_space(GRID / 2.0);
    let head = head_ui(ui, pane, row, required && row.value.is_none());
    let mut answer = head.or(control_ui(ui, pane, row, state));
    // What the fields show is not what would be confirmed.
    answer.confirm &= !state.refuses(row.target, &row.attribute.id);
    answer
}

/// The control of an attribute's type.
fn control_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row<'_>, state: &mut AttributesState) -> Answer {
    match row.attribute.attribute_type {
        AttributeType::Text => text::text_ui(ui, pane, row, state),
        AttributeType::Integer => integer::integer_ui(ui, pane, row, state),
        AttributeType::Number => number::number_ui(ui, pane, row, state),
        AttributeType::Boolean => boolean::boolean_ui(ui, pane, row, state),
        AttributeType::Choice => choice::choice_ui(ui, pane, row, state),
        AttributeType::Choices => choices::choices_ui(ui, pane, row, state),
        AttributeType::Date => date::date_ui(ui, pane, row, state),
        AttributeType::Quantity => quantity::quantity_ui(ui, pane, row, state),
        AttributeType::Entity => entity::entity_ui(ui, pane, row, state),
    }
}

/// The attribute's name, what is lacking, and a button for a value that wants to be confirmed.
fn head_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row<'_>, is_missing: bool) -> Answer {
    let mut answer = Answer::default();
    let palette = pane.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 2.0;
        let small = TextStyle::new(theme::TEXT_SMALL);
        let width = (ui.available_width() - GRID * 24.0).max(GRID * 10.0);
        let name = ShortText::new(row.name, small, palette.ink_weak)
            .max_width(width)
            .show(ui, pane.engine);
        if let Some(help) = words_in(&row.attribute.description, words::LANG) {
            name.on_hover_ui(|ui| {
                // In words a line, as the guidelines have it, without what leads elsewhere.
                for block in blocks(help, 3).iter().filter(|block| !block.text.is_empty()) {
                    let words = block.text.replace('\u{2028}', "\n");
                    let style = match block.kind {
                        BlockKind::Heading(_) => small.bold(),
                        _ => small,
                    };
                    let marker = block.marker.as_deref().unwrap_or_default();
                    ShortText::new(&format!("{marker} {words}"), style, palette.ink)
                        .max_width(HELP)
                        .wrap()
                        .show(ui, pane.engine);
                }
            });
        }
        if is_missing {
            let words = egui::RichText::new(words::REQUIRED).size(theme::TEXT_SMALL);
            ui.label(words.color(palette.warning));
        }
        if row.unconfirmed && row.value.is_some() {
            let words = egui::RichText::new(words::by_enter(words::UNCONFIRMED)).size(theme::TEXT_SMALL);
            let button = egui::Button::new(words.color(palette.warning)).small();
            // The field itself answers to Enter; the button is for the mouse.
            let response = ui.add(button.sense(egui::Sense::CLICK));
            answer.confirm = response.on_hover_text(words::CONFIRM_VALUE).clicked();
        }
    });
    // What a figure comes to is read in one line above its parts, which stand where they are when it is given.
    if row.attribute.attribute_type == AttributeType::Quantity {
        let said = row.value.map(|value| words::value(Some(row.attribute), value));
        let ink = match &said {
            None => palette.ink_weak,
            Some(_) if row.unconfirmed => palette.warning,
            Some(_) => palette.ink,
        };
        let said = said.as_deref().unwrap_or(words::NO_VALUE);
        wrapped_ui(ui, pane, said, theme::TEXT, ink);
    }
    answer
}

/// Values for which the codebook does not ask here: read, and taken out, but not edited.
fn unasked_ui(ui: &mut Ui, pane: &mut Pane<'_>, asked: &Asked<'_>) {
    let is_asked = |id: &AttributeId| asked.codebook.asked(asked.uses).any(|usage| usage.id == *id);
    for (id, value) in asked.values.iter().filter(|(id, _)| !is_asked(id)) {
        ui.horizontal(|ui| {
            let said = words::value(asked.codebook.attribute(id), value);
            let name = words::attribute_name(asked.codebook, id);
            let line = format!("{name}: {said}");
            let width = ui.available_width() - GRID * 8.0;
            ShortText::new(&line, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink_weak)
                .max_width(width)
                .show(ui, pane.engine);
            if close_button(ui, pane.palette, &format!("{} {name}", words::CLEAR_VALUE)).clicked() {
                send(pane, asked.target, id, None, asked.selection.clone());
            }
        });
    }
}

/// Queues what came of a control.
fn take(
    pane: &mut Pane<'_>,
    asked: &Asked<'_>,
    id: &AttributeId,
    before: Option<Value>,
    answer: Answer,
    state: &mut AttributesState,
) {
    if answer.leave {
        pane.queue.push(Ask::FocusArticle);
    }
    let is_unconfirmed = asked.unconfirmed.contains(id);
    let value = match answer.set {
        Some(Wanted(value)) if value != before || is_unconfirmed => value,
        _ if answer.confirm && is_unconfirmed => before,
        _ => return,
    };
    if !answer.offered {
        state.wait_on(asked.target, id, value.as_ref());
    }
    let sent = Sent {
        value: value.clone(),
        before: asked.values.get(id).cloned(),
        notice: newest_notice(pane),
    };
    state.sent.insert((asked.target.clone(), id.clone()), sent);
    send(pane, asked.target, id, value, asked.selection.clone());
}

fn send(
    pane: &mut Pane<'_>,
    target: &Target,
    attribute: &AttributeId,
    value: Option<Value>,
    selection: Option<Selection>,
) {
    let command = SetAttribute {
        target: target.id.clone(),
        attribute: attribute.clone(),
        value,
        article: Some(target.article.clone()),
        annotator: None,
    };
    pane.send(Request::Run {
        command: command.into(),
        selection,
    });
}

/// Whether the target is still there, as far as the window can see.
fn exists(pane: &Pane<'_>, target: &Target) -> bool {
    let open = pane.snapshot.article.as_ref();
    open.is_none_or(|open| {
        open.id != target.article
            || target.id.as_str() == open.id.as_str()
            || open.layer.has_target(target.id.as_str())
    })
}

/// Goes back to the article where Escape was pressed in a control.
fn leave(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(article_id()));
}
