//! Where a context menu goes: beside what it is about, which stays in sight.
//!
//! Rectangles only; what the menu is about, and what stands in it, this does not know.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::gui::theme::GRID;

/// Room between the words and the menu, for the lines and names of labels at them.
const BESIDE: Vec2 = vec2(GRID * 2.0, GRID * 5.0);
/// Room between the menu and the edges of the window.
const MARGIN: f32 = GRID;

/// The left top corner of a menu of that size about words at a place, asked for at a point: below the words, else above
/// them, else at their right or left; where it has room nowhere, where it hides least of the line.
pub(super) fn beside(words: Rect, at: Pos2, size: Vec2, window: Rect) -> Pos2 {
    let window = window.shrink(MARGIN);
    let words = words.expand2(BESIDE);
    let last = (window.max - size).max(window.min);
    let x = at.x.clamp(window.left(), last.x);
    if words.bottom() <= last.y {
        return pos2(x, words.bottom());
    }
    if words.top() - size.y >= window.top() {
        return pos2(x, words.top() - size.y);
    }
    let y = at.y.clamp(window.top(), last.y);
    let (left, right) = (words.left() - window.left(), window.right() - words.right());
    let x = if size.x <= right || right >= left {
        words.right()
    } else {
        words.left() - size.x
    };
    pos2(x.clamp(window.left(), last.x), y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Rect = Rect {
        min: Pos2::ZERO,
        max: pos2(1024.0, 640.0),
    };

    #[test]
    fn a_menu_lies_beside_the_words_and_in_the_window() {
        let words = |y: f32, x: f32| Rect::from_min_size(pos2(x, y), vec2(90.0, 22.0));
        for (words, height, place) in [
            (words(100.0, 300.0), 300.0, "below"),
            (words(600.0, 300.0), 300.0, "above"),
            (words(300.0, 300.0), 480.0, "right"),
            (words(300.0, 880.0), 480.0, "left"),
        ] {
            let size = vec2(280.0, height);
            let menu = Rect::from_min_size(beside(words, words.center(), size, WINDOW), size);
            assert!(WINDOW.contains_rect(menu), "{place}: {menu:?}");
            assert!(!menu.intersects(words), "{place}: {menu:?}");
            let is_there = match place {
                "below" => menu.top() > words.bottom(),
                "above" => menu.bottom() < words.top(),
                "right" => menu.left() > words.right(),
                _ => menu.right() < words.left(),
            };
            assert!(is_there, "{place}: {menu:?}");
        }
    }

    #[test]
    fn a_menu_that_has_room_nowhere_is_in_the_window() {
        let words = Rect::from_min_max(pos2(100.0, 250.0), pos2(900.0, 380.0));
        let size = vec2(280.0, 600.0);
        let menu = Rect::from_min_size(beside(words, words.center(), size, WINDOW), size);
        assert!(WINDOW.contains_rect(menu), "{menu:?}");
        // A window lower than the menu shows its head.
        let low = Rect::from_min_size(Pos2::ZERO, vec2(640.0, 420.0));
        assert!(beside(words, words.center(), size, low).y >= 0.0);
    }
}
