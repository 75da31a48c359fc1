//! The pointer while the keyboard is used: it lies where it was left and means nothing, so that no tooltip and no card
//! stands over what is read. With the next move, press, or turn of the wheel it is there again.

use egui::{Context, Event, PointerState, Pos2};

/// Whether the pointer is out of use.
#[derive(Debug, Default)]
pub(super) struct RestingPointer {
    is_resting: bool,
    /// Where it was in the last frame.
    at: Option<Pos2>,
}

impl RestingPointer {
    /// Takes the pointer out of a frame in which it means nothing; what is answered is to be put back behind the frame.
    pub fn put_aside(&mut self, ctx: &Context) -> Option<PointerState> {
        ctx.input_mut(|input| {
            let pointer = &input.pointer;
            let is_key = |event: &Event| {
                matches!(
                    event,
                    Event::Key { pressed: true, .. } | Event::Text(_) | Event::Ime(_)
                )
            };
            let is_wheel = |event: &Event| matches!(event, Event::MouseWheel { .. } | Event::Zoom(_));
            let is_used = pointer.any_down()
                || pointer.any_pressed()
                || pointer.any_released()
                || pointer.latest_pos() != self.at
                || input.events.iter().any(is_wheel);
            self.at = pointer.latest_pos();
            if is_used {
                self.is_resting = false;
            } else if input.events.iter().any(is_key) {
                self.is_resting = true;
            }
            self.is_resting.then(|| std::mem::take(&mut input.pointer))
        })
    }

    /// Gives the pointer back for the frames to come.
    pub fn put_back(ctx: &Context, pointer: Option<PointerState>) {
        if let Some(pointer) = pointer {
            ctx.input_mut(|input| input.pointer = pointer);
        }
    }
}
