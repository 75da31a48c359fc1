//! Steps of a caret through a whole document, from one item to the next.

use super::{Document, ItemId};
use crate::layout::fonts::Fonts;
use crate::layout::geometry::Caret;
use crate::layout::movement::Step;
use crate::text::Direction;

impl Document {
    /// The caret after a step. At the start and the end of the article it stays. Lays out the item it comes to.
    pub fn move_caret(&mut self, fonts: &mut Fonts, caret: Caret, step: Step) -> Caret {
        let item = self.item_of(caret);
        self.ensure(fonts, item.0);
        let range = self.item_range(item);
        let inside = self
            .layout(item)
            .and_then(|layout| layout.move_visual(caret.in_part(range), step));
        if let Some(moved) = inside {
            return moved.in_whole(range.start());
        }
        let forward = match step {
            Step::Left => self.item_direction(item) == Direction::RightToLeft,
            Step::Right => self.item_direction(item) == Direction::LeftToRight,
            Step::Up(_) | Step::LineStart => false,
            Step::Down(_) | Step::LineEnd => true,
        };
        let Some(next) = self.neighbour(item, forward) else {
            return self.edge(caret, step, forward);
        };
        self.ensure(fonts, next.0);
        let entered = self.enter(next, step, forward);
        // At the cut between two chunks the end of one is the start of the next: the step goes on.
        if entered.offset == caret.offset && matches!(step, Step::Left | Step::Right) {
            let range = self.item_range(next);
            let layout = self.layout(next);
            if let Some(moved) = layout.and_then(|layout| layout.move_visual(entered.in_part(range), step)) {
                return moved.in_whole(range.start());
            }
        }
        entered
    }

    fn neighbour(&self, item: ItemId, forward: bool) -> Option<ItemId> {
        let next = if forward {
            item.0 + 1
        } else {
            item.0.checked_sub(1)?
        };
        (next < self.items.len()).then_some(ItemId(next))
    }

    /// Where a step comes into an item.
    fn enter(&self, item: ItemId, step: Step, forward: bool) -> Caret {
        let range = self.item_range(item);
        match (step, self.layout(item)) {
            (Step::Up(x), Some(layout)) => {
                let line = layout.line_count() - 1;
                layout.nearest(line, x).in_whole(range.start())
            }
            (Step::Down(x), Some(layout)) => layout.nearest(0, x).in_whole(range.start()),
            _ if forward => Caret::downstream(range.start()),
            _ => Caret::upstream(range.end()),
        }
    }

    /// What a step over the start or the end of the article does: up and down go all the way, the others nowhere.
    fn edge(&self, caret: Caret, step: Step, forward: bool) -> Caret {
        match step {
            Step::Up(_) | Step::Down(_) if forward => Caret::upstream(self.text.end()),
            Step::Up(_) | Step::Down(_) => Caret::default(),
            _ => caret,
        }
    }
}
