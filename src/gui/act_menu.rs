//! The context menu that a key asks for: of the row at hand, or of what is selected in the text.

use egui::{Context, Id, Memory, Rect};

use super::app::App;
use super::article::ArticleAct;
use super::panels::article::article_id;
use super::panels::events::sheet_id;
use super::panels::list::rows_id;
use super::panels::notes::notes_id;
use super::panels::problems::problems_id;
use super::panels::relations::relations_id;
use super::panels::row_menu::{ask_row_menu, take_lapsed};
use super::panels::spans::spans_id;
use super::words;
use crate::model::RelationId;

impl App {
    /// Opens the menu of what has the focus.
    pub(super) fn open_context_menu(&mut self, ctx: &Context) {
        let focused = ctx.memory(Memory::focused);
        if self.dialog.is_some() {
            self.refuse(words::NO_MENU_HERE.to_owned());
        } else if focused == Some(article_id()) && self.snapshot.article.is_some() {
            self.open_article_menu(ctx);
        } else if let Some(list) = focused.filter(|focused| has_row_menus(*focused)) {
            if self.has_row_at_hand(list) {
                if list == spans_id() {
                    // The menu is about the span, and not about a relation that was just made at it.
                    self.article.let_go_of_relation();
                }
                ask_row_menu(ctx, list);
            } else {
                self.refuse(words::NO_ROW_AT_HAND.to_owned());
            }
        } else {
            self.refuse(words::NO_MENU_HERE.to_owned());
        }
    }

    /// Says so where no row of the list has answered the key of its menu.
    pub(super) fn refuse_lapsed_menu(&mut self, ctx: &Context) {
        if take_lapsed(ctx) {
            self.refuse(words::NO_ROW_AT_HAND.to_owned());
        }
    }

    fn open_article_menu(&mut self, ctx: &Context) {
        let (at, relation) = self.article.menu_place();
        if let Some(relation) = &relation {
            // One that was only just made is chosen from now on: what the menu does is about it.
            self.do_in_article(ctx, ArticleAct::SelectRelation(relation.clone()));
        }
        let beside = self.words_of_menu(relation.as_ref());
        self.context_menu.open_by_key(ctx, (at, beside), relation);
    }

    /// Where the words stand that the menu of the text is about; none where it is about a relation, or about nothing.
    pub(super) fn words_of_menu(&self, relation: Option<&RelationId>) -> Option<Rect> {
        let article = self.snapshot.article.as_ref().filter(|_| relation.is_none())?;
        let selected = Some(self.article.selection()).filter(|selected| !selected.is_empty());
        let of_span = || {
            let span = article.layer.spans.get(self.article.selected_span()?)?;
            Some(span.ranges.hull())
        };
        let rects = self.article.screen_rects(selected.or_else(of_span)?);
        rects.into_iter().reduce(Rect::union)
    }

    /// Whether a list has a row that its keys mean.
    fn has_row_at_hand(&self, list: Id) -> bool {
        let Some(article) = &self.snapshot.article else {
            return list == rows_id() && self.snapshot.list.total > 0;
        };
        let layer = &article.layer;
        match list {
            _ if list == spans_id() => self.article.selected_span().is_some(),
            _ if list == relations_id() => self.article.selected_relation().is_some(),
            _ if list == notes_id() => !layer.notes.is_empty(),
            _ if list == problems_id() => {
                let found = self.problems.found();
                !found.open.is_empty() || !found.dismissed.is_empty()
            }
            _ if list == sheet_id() => !layer.events.is_empty(),
            _ => self.snapshot.list.total > 0,
        }
    }
}

fn has_row_menus(id: Id) -> bool {
    let lists = [rows_id, spans_id, notes_id, problems_id, relations_id, sheet_id];
    lists.iter().any(|list| list() == id)
}
