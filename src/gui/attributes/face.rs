//! The face of a control that is chosen and not typed: its place, its focus, and the keys that it takes.

use egui::accesskit::Role;
use egui::{Event, EventFilter, Id, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::super::icons;
use super::super::paint::{TextStyle, any_script_tip};
use super::super::panels::Pane;
use super::super::panels::widgets::paint_in;
use super::super::theme::{self, GRID};
use super::super::words::value_is;
use crate::text::digit_value;

/// Height of a control.
const HEIGHT: f32 = 26.0;

/// A key that a control takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Up,
    Down,
    Left,
    Right,
    Enter,
    Space,
    Escape,
    Clear,
    Digit(u8),
    Letters(String),
}

/// What a face shows.
pub(super) struct Face<'a> {
    pub id: Id,
    pub name: &'a str,
    pub words: &'a str,
    pub width: f32,
    pub unconfirmed: bool,
    pub is_faint: bool,
}

/// Draws a face like a field; answers what the mouse and the keyboard did to it.
pub(super) fn face_ui(ui: &mut Ui, pane: &mut Pane<'_>, face: &Face<'_>) -> (Response, Vec<Pressed>) {
    let palette = pane.palette;
    let keys = take_keys(ui, face.id);
    let (_, rect) = ui.allocate_space(vec2(face.width, HEIGHT));
    let response = ui.interact(rect, face.id, Sense::click());
    if response.clicked() {
        response.request_focus();
    }
    let border = if response.has_focus() {
        Stroke::new(1.5, palette.accent)
    } else {
        Stroke::new(1.0, palette.border)
    };
    ui.painter()
        .rect(rect, 4.0, palette.sunken, border, StrokeKind::Inside);
    let ink = if face.is_faint {
        palette.ink_weak
    } else if face.unconfirmed {
        palette.warning
    } else {
        palette.ink
    };
    let inner = rect.shrink2(vec2(GRID * 2.0, 0.0));
    let words = Rect::from_min_max(inner.min, egui::pos2(inner.right() - GRID * 3.0, inner.bottom()));
    paint_in(
        ui,
        pane.engine,
        face.words,
        TextStyle::new(theme::TEXT),
        ink,
        words,
    );
    let corner = egui::pos2(inner.right() - GRID, inner.center().y);
    icons::paint_corner(ui.painter(), corner, true, palette.ink_weak);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), face.name);
        info.current_text_value = Some(face.words.to_owned());
        info
    });
    // One that has the focus may have its list open below.
    let response = if response.has_focus() {
        response
    } else {
        any_script_tip(response, pane.engine, &value_is(face.name, face.words))
    };
    (response, keys)
}

/// Keys for a control that has the focus, taken so that nothing else does them.
fn take_keys(ui: &Ui, id: Id) -> Vec<Pressed> {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return Vec::new();
    }
    let filter = EventFilter {
        tab: false,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut pressed = Vec::new();
    // The character that a digit's own key types with it, in layouts where that is no digit.
    let mut skip_text = false;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let key = match event {
                Event::Key {
                    key,
                    physical_key,
                    pressed: true,
                    modifiers,
                    ..
                } if modifiers.is_none() || modifiers.shift_only() => {
                    of_key(*key).or_else(|| digit(physical_key.unwrap_or(*key)))
                }
                Event::Text(_) if std::mem::take(&mut skip_text) => return false,
                Event::Text(text) => of_text(text),
                _ => None,
            };
            skip_text |= matches!(
                (event, &key),
                (Event::Key { .. }, Some(Pressed::Digit(_) | Pressed::Space))
            );
            let is_taken = key.is_some();
            pressed.extend(key);
            !is_taken
        });
    });
    pressed
}

const fn of_key(key: Key) -> Option<Pressed> {
    Some(match key {
        Key::ArrowUp => Pressed::Up,
        Key::ArrowDown => Pressed::Down,
        Key::ArrowLeft => Pressed::Left,
        Key::ArrowRight => Pressed::Right,
        Key::Enter => Pressed::Enter,
        Key::Space => Pressed::Space,
        Key::Escape => Pressed::Escape,
        Key::Delete | Key::Backspace => Pressed::Clear,
        _ => return None,
    })
}

fn digit(key: Key) -> Option<Pressed> {
    key.name().parse().ok().map(Pressed::Digit)
}

fn of_text(text: &str) -> Option<Pressed> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(' '), None) => Some(Pressed::Space),
        (Some(one), None) => {
            let letters = || Pressed::Letters(text.to_owned());
            Some(digit_value(one).map_or_else(letters, Pressed::Digit))
        }
        (Some(_), Some(_)) => Some(Pressed::Letters(text.to_owned())),
        (None, _) => None,
    }
}
