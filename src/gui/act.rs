//! What was asked for in a frame, done after it: one line for each action, the work elsewhere.

use egui::{Context, Id};

use super::app::{App, keys_of};
use super::article::{ArticleAct, ArticleOutput, ArticleRefusal, FindStatus};
use super::dialogs::Dialog;
use super::dialogs::about::About;
use super::dialogs::annotator::AnnotatorDialog;
use super::dialogs::codebook::CodebookDialog;
use super::dialogs::file::Purpose;
use super::dialogs::metadata::MetadataDialog;
use super::dialogs::note::NoteDialog;
use super::dialogs::palette::PaletteDialog;
use super::dialogs::settings::SettingsDialog;
use super::dialogs::tag_all::TagAllDialog;
use super::panels::Ask;
use super::panels::article::{article_id, with_page};
use super::panels::events::sheet_id;
use super::panels::find_bar::find_id;
use super::panels::guidelines::guidelines_id;
use super::panels::help::{Place, Topic, help_id, help_search_id};
use super::panels::list::{filter_id, rows_id};
use super::panels::menu_keys::ask_menu_bar;
use super::panels::notes::{notes_id, reply_id};
use super::panels::problems::problems_id;
use super::panels::relations::relations_id;
use super::panels::sections::Section;
use super::panels::spans::{note_id, spans_id};
use super::panels::welcome::welcome_id;
use super::prefs::{Preference, ThemeChoice};
use super::words;
use crate::model::{Annotator, ArticleId, Status};
use crate::session::action::Action;
use crate::session::{Neighbour, Request, UndoScope};

/// One step of zoom by key.
pub(super) const ZOOM_STEP: f32 = 1.1;

impl App {
    /// Does everything in the queue, in order.
    pub(super) fn do_what_was_asked(&mut self, ctx: &Context) {
        if self.article.is_waiting() {
            // Keys pressed before these wait for the disk; the snapshot that answers them draws the next frame.
            return;
        }
        let asked = std::mem::take(&mut self.queue);
        if !asked.is_empty() {
            self.let_go_of_edge(ctx);
        }
        for ask in asked {
            self.do_ask(ctx, ask);
        }
    }

    /// What a held key has moved so far is asked for before anything else is.
    fn let_go_of_edge(&mut self, ctx: &Context) {
        for output in self.article.let_go() {
            self.take_output(ctx, output);
        }
    }

    fn do_ask(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::Do(action) => self.do_action(ctx, action),
            Ask::Article(act) => self.do_in_article(ctx, act),
            Ask::Send(request) => self.send(request),
            Ask::ShowFolder(path) => self.show_folder(&path),
            Ask::Dropped(paths) => self.take_dropped(ctx, paths),
            Ask::OpenRecent(path) => self.service.send(Request::OpenProject(path)),
            Ask::OpenArticle(id) => self.open_article(ctx, id),
            Ask::Help(ask) => self.do_help_ask(ctx, ask),
            Ask::Guideline(thing) => self.show_guideline(ctx, thing),
            Ask::SelectSpan(id) => {
                // What is done next is about the span, and not about a relation that was made or chosen at it.
                self.article.let_go_of_relation();
                self.article.select_span(Some(id));
            }
            Ask::Event(ask) => self.do_event_ask(ctx, ask),
            Ask::Refuse(why) => self.refuse(why.to_owned()),
            Ask::ShowProblem(problem) => self.show_problem(&problem),
            Ask::OpenProblem(found) => self.open_problem(ctx, *found),
            Ask::FocusArticle => self.focus(ctx, article_id()),
            Ask::TagAll {
                article,
                label,
                ranges,
            } => {
                self.tag_all(&article, &label, &ranges);
                // Where the tags are, and where undo takes them back.
                self.focus(ctx, article_id());
            }
            Ask::CopySelection => self.copy_selection(ctx),
            Ask::Pick(purpose) => self.pick(ctx, purpose),
            Ask::Picked(purpose, paths) => self.take_picked(ctx, &purpose, paths),
            Ask::Open(dialog) => self.dialog = Some(dialog),
            Ask::ReviewWorkOf(annotator) => self.review_work_of(annotator),
            Ask::Prefer(preference) => self.prefer(ctx, preference),
        }
    }

    fn do_action(&mut self, ctx: &Context, action: Action) {
        if self.searches_help(ctx, action) {
            return;
        }
        if let Err(reason) = action.entry().available(&self.situation()) {
            self.refuse(words::not_possible(action, reason));
            return;
        }
        self.said = None;
        self.problems.left = None;
        match action {
            Action::OpenProject => self.pick(ctx, Purpose::OpenProject),
            Action::OpenArticles => self.pick(ctx, Purpose::OpenArticles),
            Action::NewProject => self.pick(ctx, Purpose::NewProject),
            Action::Import => self.pick(ctx, Purpose::Import),
            Action::SaveProjectAs => self.pick(
                ctx,
                Purpose::SaveProjectAs {
                    name: self.project_name(),
                },
            ),
            Action::TypePath => self.dialog = Some(Dialog::path(Purpose::Anything, None)),
            Action::Export => self.open_export(),
            Action::ExportAgain => self.export_again(ctx),
            Action::OpenSample => self.service.send(Request::OpenSample),
            Action::Retry => self.service.send(Request::Retry),
            Action::CloseProject => self.service.send(Request::CloseProject),
            Action::SaveSnapshot => self.service.send(Request::SaveSnapshot),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Action::Undo => self.turn(Request::Undo),
            Action::Redo => self.turn(Request::Redo),
            Action::UndoProject => self.service.send(Request::Undo(UndoScope::Project)),
            Action::RedoProject => self.service.send(Request::Redo(UndoScope::Project)),
            Action::MarkDoneAndNext => {
                self.send_for_article(Request::MarkDoneAndNext);
                self.say_problems_left();
            }
            Action::MarkDone => {
                self.set_status(Status::Done);
                self.say_problems_left();
            }
            Action::MarkTodo => self.set_status(Status::Todo),
            Action::MarkSkipped => self.set_status(Status::Skipped),
            Action::NextArticle => self.service.send(Request::GoTo(Neighbour::Next)),
            Action::PreviousArticle => self.service.send(Request::GoTo(Neighbour::Previous)),
            Action::NextUnfinished => self.service.send(Request::GoTo(Neighbour::NextUnfinished)),
            Action::ShowRelations => self.toggle_relations(ctx),
            _ if self.do_problem_action(ctx, action) => {}
            _ => match ArticleAct::of(action) {
                Some(act) => self.do_in_article(ctx, act),
                None => self.do_window_action(ctx, action),
            },
        }
    }

    fn do_window_action(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::SetAnnotator => self.open_annotator(),
            Action::ConfirmValues => self.confirm_values(),
            Action::InspectArticle => self.inspect_article(ctx),
            Action::Copy => self.copy_selection(ctx),
            Action::CopyWithOffsets => self.copy_with_offsets(ctx),
            Action::EditMetadata => self.open_metadata(),
            Action::AddNote => self.open_note(ctx),
            Action::FilterArticles => self.focus_filter(ctx),
            Action::FindInArticle => self.open_find(ctx),
            Action::FindNext => self.go_to_hit(ctx, true),
            Action::FindPrevious => self.go_to_hit(ctx, false),
            Action::TagAllHits => self.open_tag_all(ctx),
            Action::ZoomIn => self.zoom_by(ZOOM_STEP),
            Action::ZoomOut => self.zoom_by(1.0 / ZOOM_STEP),
            Action::ZoomReset => self.reset_zoom(),
            Action::ToggleTheme => self.toggle_theme(ctx),
            Action::ToggleList => self.toggle_list(ctx),
            Action::ToggleInspector => self.prefs.inspector.shown = !self.prefs.inspector.shown,
            Action::ShowHidden => self.toggle_hidden(),
            Action::MenuBar => {
                // It has the focus from now on, wherever a closing dialog would have led it.
                self.refocus = None;
                ask_menu_bar(ctx);
            }
            Action::ContextMenu => self.open_context_menu(ctx),
            Action::NextPane => self.move_focus(ctx, true),
            Action::PreviousPane => self.move_focus(ctx, false),
            Action::Palette => self.dialog = Some(Dialog::Palette(PaletteDialog::default())),
            Action::Codebook => self.dialog = Some(Dialog::Codebook(Box::default())),
            Action::NewLabel => {
                self.dialog = Some(Dialog::Codebook(Box::new(CodebookDialog::adding_label())));
            }
            Action::Settings => self.dialog = Some(Dialog::Settings(SettingsDialog::default())),
            Action::Guidelines => self.toggle_guidelines(ctx),
            Action::Help => self.help(ctx),
            Action::ShowShortcuts => self.open_help(ctx, Place::top(Topic::AllKeys)),
            Action::About => self.dialog = Some(Dialog::About(About::new(&self.folders))),
            _ if self.do_review_action(ctx, action) => {}
            _ => self.do_event_action(ctx, action),
        }
    }

    /// Sends a request as it is, but for what review mode adds to a correction.
    fn send(&mut self, request: Request) {
        let request = match request {
            Request::Run { command, selection } => Request::Run {
                command: self.as_reviewed(command),
                selection,
            },
            request => request,
        };
        self.service.send(request);
    }

    /// Asks something for the article that is drawn, by its id: the session may have moved on by then.
    pub(super) fn send_for_article(&self, request: impl FnOnce(ArticleId) -> Request) {
        if let Some(article) = &self.snapshot.article {
            self.service.send(request(article.id.clone()));
        }
    }

    /// Undoes or redoes in the article; what keys do to spans then waits for what has become of them.
    fn turn(&mut self, request: impl FnOnce(UndoScope) -> Request) {
        self.send_for_article(|article| request(UndoScope::Article(article)));
        self.article.wait_for(self.service.sent());
    }

    pub(super) fn do_in_article(&mut self, ctx: &Context, act: ArticleAct) {
        let (Some(project), Some(article)) = (&self.snapshot.project, &self.snapshot.article) else {
            return;
        };
        let (version, settings) = (self.snapshot.revision, self.page_settings());
        let keys = keys_of(&self.prefs, &self.keyboard);
        let state = &mut self.article;
        let outputs = with_page(version, project, article, settings, keys, |page| {
            state.perform(page, act)
        });
        for output in outputs {
            self.take_output(ctx, output);
        }
    }

    /// Turns what was done in the article into a command.
    pub(super) fn take_output(&mut self, ctx: &Context, output: ArticleOutput) {
        match output {
            ArticleOutput::Tag { ranges, label } => {
                self.tag(&ranges, label);
                self.article.tag_sent(self.service.sent());
            }
            ArticleOutput::SetLabel { span, label } => self.set_label(span, label),
            ArticleOutput::SetRanges { span, ranges } => {
                self.set_ranges(span.clone(), &ranges);
                self.article.move_sent(&span, self.service.sent());
            }
            ArticleOutput::Merge(spans) => {
                self.merge(spans);
                self.article.wait_for(self.service.sent());
            }
            ArticleOutput::Split { span, at } => {
                self.split(span, at);
                self.article.wait_for(self.service.sent());
            }
            ArticleOutput::Link {
                from,
                to,
                relation_type,
            } => {
                self.link(from, to, relation_type);
                self.article.wait_for(self.service.sent());
            }
            ArticleOutput::RemoveRelation(relation) => self.remove_relation(relation),
            ArticleOutput::ReverseRelation(relation) => self.reverse_relation(&relation),
            ArticleOutput::Inspect => self.inspect(ctx),
            ArticleOutput::Remove(span) => self.remove(span),
            ArticleOutput::OpenMenu { at, relation } => {
                let beside = self.words_of_menu(relation.as_ref());
                self.context_menu.open(ctx, (at, beside), relation);
            }
            ArticleOutput::Zoom(factor) => self.zoom_by(factor),
            ArticleOutput::Ask(action) => self.do_action(ctx, action),
            ArticleOutput::SelectionChanged => self.said = None,
            ArticleOutput::ValueIsOpen => self.tell(words::VALUE_IS_OPEN.to_owned()),
            ArticleOutput::Refused(refusal, asked) => self.refuse_gesture(&refusal, asked),
            ArticleOutput::RefusedBecause(reason) => self.refuse(reason),
        }
    }

    /// Says why a gesture did nothing: what the menu says of the same, where that can do nothing either.
    fn refuse_gesture(&mut self, refusal: &ArticleRefusal, asked: Option<Action>) {
        let situation = self.situation();
        let by_table = asked.and_then(|action| {
            let reason = action.entry().available(&situation).err()?;
            Some(words::not_possible(action, reason))
        });
        self.refuse(by_table.unwrap_or_else(|| words::refusal(refusal).to_owned()));
    }

    /// Goes to the first field of the selected span, or to what is suggested for a value that was left open.
    pub(super) fn inspect(&mut self, ctx: &Context) {
        self.prefs.inspector.shown = true;
        self.inspector.folds.unfold(Section::Span);
        if !self.goes_to_suggestions() {
            self.focus(ctx, self.first_field_of_span().unwrap_or_else(note_id));
        }
    }

    pub(super) fn open_article(&mut self, ctx: &Context, id: ArticleId) {
        self.problems.left = None;
        let open = self.snapshot.article.as_ref();
        if open.is_none_or(|open| open.id != id) || !self.snapshot.is_as_listed() {
            self.service.send(Request::OpenArticle(id));
        }
        self.focus(ctx, article_id());
    }

    /// Opens an article with the work of one annotator.
    pub(super) fn open_work(&mut self, ctx: &Context, id: ArticleId, annotator: Annotator) {
        self.problems.left = None;
        let open = self.snapshot.article.as_ref();
        if open.is_none_or(|open| open.id != id || open.annotator != annotator) {
            self.service.send(Request::ShowWorkOf(id, Some(annotator)));
        }
        self.focus(ctx, article_id());
    }

    fn copy_selection(&self, ctx: &Context) {
        let article = self.snapshot.article.as_ref();
        if let Some(words) = article.and_then(|article| self.article.copy(&article.text)) {
            ctx.copy_text(words);
        }
    }

    fn copy_with_offsets(&self, ctx: &Context) {
        let (Some(project), Some(article)) = (&self.snapshot.project, &self.snapshot.article) else {
            return;
        };
        let (version, settings) = (self.snapshot.revision, self.page_settings());
        let keys = keys_of(&self.prefs, &self.keyboard);
        let line = with_page(version, project, article, settings, keys, |page| {
            self.article.copy_with_offsets(page)
        });
        if let Some(line) = line {
            ctx.copy_text(line);
        }
    }

    pub(super) fn project_name(&self) -> String {
        let project = self.snapshot.project.as_ref();
        project.map_or_else(|| "project".to_owned(), |project| project.name.clone())
    }

    fn open_annotator(&mut self) {
        let name = self.snapshot.annotator.as_ref().map(ToString::to_string);
        self.dialog = Some(Dialog::Annotator(AnnotatorDialog::new(&name.unwrap_or_default())));
    }

    fn open_metadata(&mut self) {
        if let Some(article) = &self.snapshot.article {
            self.dialog = Some(Dialog::Metadata(MetadataDialog::new(
                &article.id,
                &article.header,
            )));
        }
    }

    /// Goes to the field for a note on the selected span.
    pub(super) fn write_note(&mut self, ctx: &Context) {
        self.prefs.inspector.shown = true;
        self.inspector.folds.unfold(Section::Span);
        self.focus(ctx, note_id());
    }

    /// The note of the selected span is written beside it, a note on the article in a dialog.
    fn open_note(&mut self, ctx: &Context) {
        let article = self.snapshot.article.as_ref();
        if let Some((article, relation)) = article.zip(self.article.chosen_relation()) {
            let dialog = NoteDialog::on_relation(&article.id, relation);
            self.dialog = Some(Dialog::Note(dialog));
        } else if self.article.selected_span().is_some() {
            self.write_note(ctx);
        } else if let Some(article) = &self.snapshot.article {
            self.dialog = Some(Dialog::Note(NoteDialog::new(&article.id)));
        }
    }

    /// Opens the find bar; where it is typed in already, what is typed is there to be typed over.
    fn open_find(&mut self, ctx: &Context) {
        if let Some(article) = &self.snapshot.article {
            self.article.open_find(&article.text);
            self.focus(ctx, find_id());
        }
    }

    /// Goes to a hit; where nothing is looked for yet, asks for what.
    fn go_to_hit(&mut self, ctx: &Context, forward: bool) {
        if self.article.find().query().words.is_empty() {
            self.open_find(ctx);
        } else {
            self.article.go_to_hit(forward);
            ctx.request_repaint();
        }
    }

    fn open_tag_all(&mut self, ctx: &Context) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        if !self.article.find().is_shown() {
            self.article.show_find(ctx, &article.text);
        }
        if self.article.find_hits().is_empty() {
            let is_under_way = self.article.find_status() == FindStatus::Searching;
            let reason = if is_under_way {
                words::FIND_UNDER_WAY
            } else {
                words::FIND_NO_HIT
            };
            self.refuse(words::not_possible(Action::TagAllHits, reason));
            return;
        }
        let is_cut = matches!(self.article.find_status(), FindStatus::Hits { is_cut: true, .. });
        let hits = self.article.find_hits();
        let dialog = TagAllDialog::new(article, hits, is_cut, self.article.armed());
        self.dialog = Some(Dialog::TagAll(Box::new(dialog)));
    }

    fn focus_filter(&mut self, ctx: &Context) {
        self.show_list(ctx);
        self.focus(ctx, filter_id());
    }

    fn toggle_theme(&mut self, ctx: &Context) {
        let other = match ctx.theme() {
            egui::Theme::Dark => ThemeChoice::Light,
            egui::Theme::Light => ThemeChoice::Dark,
        };
        self.prefer(ctx, Preference::Theme(other));
    }

    pub(super) fn prefer(&mut self, ctx: &Context, preference: Preference) {
        self.prefs.prefer(preference);
        ctx.set_theme(egui::ThemePreference::from(self.prefs.theme));
    }

    /// Goes round the panes that are shown, from left to right.
    fn move_focus(&mut self, ctx: &Context, forward: bool) {
        let mut panes: Vec<(Id, &[Id])> = Vec::new();
        let list = [rows_id(), filter_id()];
        let inspector = [
            spans_id(),
            notes_id(),
            problems_id(),
            note_id(),
            reply_id(),
            relations_id(),
        ];
        let lower = self.inspector.tab.list_id();
        let find = [find_id()];
        if self.list_is_shown(ctx) {
            panes.push((rows_id(), &list));
        }
        panes.push((article_id(), &find));
        let guidelines = [guidelines_id()];
        if self.prefs.guidelines.shown {
            panes.push((guidelines_id(), &guidelines));
        }
        if self.prefs.events.shown {
            panes.push((sheet_id(), &[]));
        }
        if self.prefs.inspector.shown {
            panes.push((lower, &inspector));
        }
        if self.snapshot.project.is_none() {
            panes.clear();
        }
        let help = [help_search_id()];
        if self.prefs.help.shown {
            panes.push((help_id(), &help));
        }
        if self.snapshot.project.is_none() {
            panes.push((welcome_id(), &[]));
        }
        // Where a menu was clicked, what it took the focus from is where the analyst is.
        let focused = ctx.memory(egui::Memory::focused);
        let focused = focused.filter(|id| self.is_pane(*id)).or(self.before_dialog);
        let here = panes.iter().position(|(id, ids)| {
            focused.is_some_and(|focused| {
                focused == *id
                    || ids.contains(&focused)
                    || (*id == lower && self.inspector.attributes.draws(focused))
                    || (*id == help_id() && self.help.has_focus())
            })
        });
        let step = if forward { 1 } else { panes.len().saturating_sub(1) };
        let next = here.map_or(0, |here| (here + step) % panes.len());
        match panes.get(next) {
            Some((id, _)) => self.focus(ctx, *id),
            None => self.refuse(words::NO_OTHER_PANE.to_owned()),
        }
    }
}
