//! What was asked for in a frame, done after it: one line for each action, the work elsewhere.

use egui::{Context, Id};

use super::app::{App, keys_of};
use super::article::{ArticleAct, ArticleOutput, ArticleRefusal};
use super::dialogs::Dialog;
use super::dialogs::about::About;
use super::dialogs::annotator::AnnotatorDialog;
use super::dialogs::export::ExportDialog;
use super::dialogs::file::{FileDialogs, OpenFileDialog, Purpose};
use super::dialogs::metadata::MetadataDialog;
use super::dialogs::note::NoteDialog;
use super::dialogs::palette::PaletteDialog;
use super::dialogs::settings::SettingsDialog;
use super::panels::Ask;
use super::panels::article::{article_id, with_page};
use super::panels::list::{filter_id, rows_id};
use super::panels::spans::{note_id, spans_id};
use super::prefs::{Preference, ThemeChoice};
use super::words;
use crate::model::{ArticleId, LabelId, Ranges, Selection, SpanId, Status};
use crate::session::action::Action;
use crate::session::{
    AddSpan, Command, GoTo, RemoveSpan, Request, SetLabel, SetRanges, SetStatus, UndoScope,
};
use crate::text::{CharRange, Direction};

/// One step of zoom by key.
const ZOOM_STEP: f32 = 1.1;

impl App {
    /// Does everything in the queue, in order.
    pub(super) fn do_what_was_asked(&mut self, ctx: &Context) {
        for ask in std::mem::take(&mut self.queue) {
            self.do_ask(ctx, ask);
        }
    }

    fn do_ask(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::Do(action) => self.do_action(ctx, action),
            Ask::Article(act) => self.do_in_article(ctx, act),
            Ask::Send(request) => self.service.send(request),
            Ask::Dropped(paths) => self.take_dropped(paths),
            Ask::OpenRecent(path) => self.service.send(Request::OpenProject(path)),
            Ask::OpenArticle(id) => self.open_article(ctx, id),
            Ask::SelectSpan(id) => self.article.select_span(Some(id)),
            Ask::FocusArticle => self.focus(ctx, article_id()),
            Ask::CopySelection => self.copy_selection(ctx),
            Ask::Pick(purpose) => self.pick(ctx, purpose),
            Ask::Picked(purpose, paths) => self.take_picked(&purpose, paths),
            Ask::Open(dialog) => self.dialog = Some(dialog),
            Ask::Prefer(preference) => self.prefer(ctx, preference),
        }
    }

    fn do_action(&mut self, ctx: &Context, action: Action) {
        if let Err(reason) = action.entry().available(&self.situation()) {
            self.said = Some(format!("{}: {reason}", action.entry().name.trim_end_matches('…')));
            return;
        }
        self.said = None;
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
            Action::Export => self.dialog = Some(Dialog::Export(ExportDialog::new(&self.project_name()))),
            Action::OpenSample => self.service.send(Request::OpenSample),
            Action::CloseProject => self.service.send(Request::CloseProject),
            Action::SaveSnapshot => self.service.send(Request::SaveSnapshot),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Action::Undo => self.send_for_article(|article| Request::Undo(UndoScope::Article(article))),
            Action::Redo => self.send_for_article(|article| Request::Redo(UndoScope::Article(article))),
            Action::UndoProject => self.service.send(Request::Undo(UndoScope::Project)),
            Action::RedoProject => self.service.send(Request::Redo(UndoScope::Project)),
            Action::MarkDoneAndNext => self.send_for_article(Request::MarkDoneAndNext),
            Action::MarkDone => self.set_status(Status::Done),
            Action::MarkTodo => self.set_status(Status::Todo),
            Action::MarkSkipped => self.set_status(Status::Skipped),
            Action::NextArticle => self.service.send(Request::GoTo(GoTo::Next)),
            Action::PreviousArticle => self.service.send(Request::GoTo(GoTo::Previous)),
            Action::NextUnfinished => self.service.send(Request::GoTo(GoTo::NextUnfinished)),
            _ => match ArticleAct::of(action) {
                Some(act) => self.do_in_article(ctx, act),
                None => self.do_window_action(ctx, action),
            },
        }
    }

    fn do_window_action(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::SetAnnotator => self.open_annotator(),
            Action::EditMetadata => self.open_metadata(),
            Action::AddNote => self.open_note(ctx),
            Action::FilterArticles => self.focus_filter(ctx),
            Action::ZoomIn => self.prefs.zoom_by(ZOOM_STEP),
            Action::ZoomOut => self.prefs.zoom_by(1.0 / ZOOM_STEP),
            Action::ZoomReset => self.prefs.text_zoom = 1.0,
            Action::ToggleTheme => self.toggle_theme(ctx),
            Action::ToggleList => self.prefs.list.shown = !self.prefs.list.shown,
            Action::ToggleInspector => self.prefs.inspector.shown = !self.prefs.inspector.shown,
            Action::ShowHidden => self.prefs.show_hidden = !self.prefs.show_hidden,
            Action::DirectionAuto => self.set_direction(None),
            Action::DirectionLeftToRight => self.set_direction(Some(Direction::LeftToRight)),
            Action::DirectionRightToLeft => self.set_direction(Some(Direction::RightToLeft)),
            Action::NextPane => self.move_focus(ctx, true),
            Action::PreviousPane => self.move_focus(ctx, false),
            Action::Palette => self.dialog = Some(Dialog::Palette(PaletteDialog::default())),
            Action::Settings => self.dialog = Some(Dialog::Settings(SettingsDialog::default())),
            Action::ShowShortcuts => self.dialog = Some(Dialog::Shortcuts),
            Action::About => self.dialog = Some(Dialog::About(About::new(&self.folders))),
            // The rest are commands of `apply` whose gesture in the window carries its own ids.
            _ => {}
        }
    }

    /// Asks something for the article that is drawn, by its id: the session may have moved on by then.
    fn send_for_article(&self, request: impl FnOnce(ArticleId) -> Request) {
        if let Some(article) = &self.snapshot.article {
            self.service.send(request(article.id.clone()));
        }
    }

    fn do_in_article(&mut self, ctx: &Context, act: ArticleAct) {
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
            ArticleOutput::Tag { ranges, label } => self.tag(&ranges, label),
            ArticleOutput::SetLabel { span, label } => self.set_label(span, label),
            ArticleOutput::SetRanges { span, ranges } => self.set_ranges(span, &ranges),
            ArticleOutput::Remove(span) => self.remove(span),
            ArticleOutput::OpenMenu { at } => self.context_menu.open(at),
            ArticleOutput::Zoom(factor) => self.prefs.zoom_by(factor),
            ArticleOutput::Ask(action) => self.do_action(ctx, action),
            ArticleOutput::SelectionChanged => self.said = None,
            ArticleOutput::Refused(refusal) => self.said = Some(refusal_in_words(&refusal).to_owned()),
        }
    }

    fn tag(&self, ranges: &Ranges, label: LabelId) {
        let (Some(article), Some(chars)) = (self.snapshot.article.clone(), self.chars(ranges)) else {
            return;
        };
        let hull = ranges.hull();
        let selection = Selection {
            article: article.id.clone(),
            anchor: hull.start(),
            focus: hull.end(),
            span: None,
        };
        let command = AddSpan {
            article: article.id.clone(),
            annotator: None,
            ranges: chars,
            label,
            attributes: crate::model::Attributes::new(),
            id: None,
        };
        self.service.send(Request::Run {
            command: command.into(),
            selection: Some(selection),
        });
    }

    fn set_label(&self, span: SpanId, label: LabelId) {
        let article = self.snapshot.article.as_ref().map(|article| article.id.clone());
        self.run_on_span(
            span.clone(),
            SetLabel {
                span,
                label,
                article,
                annotator: None,
            },
        );
    }

    fn set_ranges(&self, span: SpanId, ranges: &Ranges) {
        let Some(chars) = self.chars(ranges) else {
            return;
        };
        let article = self.snapshot.article.as_ref().map(|article| article.id.clone());
        self.run_on_span(
            span.clone(),
            SetRanges {
                span,
                ranges: chars,
                article,
                annotator: None,
            },
        );
    }

    fn remove(&self, span: SpanId) {
        let article = self.snapshot.article.as_ref().map(|article| article.id.clone());
        self.run_on_span(
            span.clone(),
            RemoveSpan {
                span,
                article,
                annotator: None,
            },
        );
    }

    /// Runs a command about a span, which undo selects again.
    fn run_on_span(&self, span: SpanId, command: impl Into<Command>) {
        let (anchor, focus) = self.article.selection_ends();
        let selection = self.snapshot.article.as_ref().map(|article| Selection {
            article: article.id.clone(),
            anchor,
            focus,
            span: Some(span),
        });
        self.service.send(Request::Run {
            command: command.into(),
            selection,
        });
    }

    fn chars(&self, ranges: &Ranges) -> Option<Vec<CharRange>> {
        let text = &self.snapshot.article.as_ref()?.text;
        ranges
            .as_slice()
            .iter()
            .map(|range| text.char_range(*range))
            .collect()
    }

    fn set_status(&self, status: Status) {
        if let Some(article) = &self.snapshot.article {
            let command = SetStatus {
                article: article.id.clone(),
                status,
                annotator: None,
            };
            self.service.send(Request::Run {
                command: command.into(),
                selection: None,
            });
        }
    }

    fn open_article(&mut self, ctx: &Context, id: crate::model::ArticleId) {
        if self.snapshot.article.as_ref().is_none_or(|open| open.id != id) {
            self.service.send(Request::OpenArticle(id));
        }
        self.focus(ctx, article_id());
    }

    fn copy_selection(&self, ctx: &Context) {
        let article = self.snapshot.article.as_ref();
        let words = article.and_then(|article| article.text.slice(self.article.selection()));
        if let Some(words) = words {
            ctx.copy_text(words.to_owned());
        }
    }

    fn take_dropped(&mut self, paths: Vec<std::path::PathBuf>) {
        let projects_only = paths.iter().all(|path| super::dialogs::file::is_project(path));
        let purpose = if self.snapshot.project.is_some() && !projects_only {
            Purpose::Import
        } else {
            Purpose::Anything
        };
        self.take_picked(&purpose, paths);
    }

    fn pick(&mut self, ctx: &Context, purpose: Purpose) {
        let wake = ctx.clone();
        let opened = match self.file_dialogs {
            FileDialogs::System if self.file_dialog.is_none() => {
                OpenFileDialog::start(purpose.clone(), move || wake.request_repaint())
            }
            _ => None,
        };
        match opened {
            Some(dialog) => self.file_dialog = Some(dialog),
            None => self.dialog = Some(Dialog::path(purpose, None)),
        }
    }

    fn take_picked(&mut self, purpose: &Purpose, paths: Vec<std::path::PathBuf>) {
        if let (Purpose::SaveReport { text }, Some(path)) = (purpose, paths.first()) {
            let written = crate::session::atomic::write(path, text.as_bytes());
            self.said = Some(match written {
                Ok(()) => format!("{} {}", words::REPORT_SAVED, path.display()),
                Err(cause) => format!("{} {cause}", words::REPORT_NOT_SAVED),
            });
            return;
        }
        if let Some(request) = purpose.request(paths) {
            self.service.send(request);
        }
    }

    fn project_name(&self) -> String {
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

    /// The note of the selected span is written beside it, a note on the article in a dialog.
    fn open_note(&mut self, ctx: &Context) {
        if self.article.selected_span().is_some() {
            self.prefs.inspector.shown = true;
            self.focus(ctx, note_id());
        } else if let Some(article) = &self.snapshot.article {
            self.dialog = Some(Dialog::Note(NoteDialog::new(&article.id)));
        }
    }

    fn focus_filter(&mut self, ctx: &Context) {
        self.prefs.list.shown = true;
        self.focus(ctx, filter_id());
    }

    fn toggle_theme(&mut self, ctx: &Context) {
        let other = match ctx.theme() {
            egui::Theme::Dark => ThemeChoice::Light,
            egui::Theme::Light => ThemeChoice::Dark,
        };
        self.prefer(ctx, Preference::Theme(other));
    }

    fn prefer(&mut self, ctx: &Context, preference: Preference) {
        self.prefs.prefer(preference);
        ctx.set_theme(egui::ThemePreference::from(self.prefs.theme));
    }

    fn set_direction(&mut self, direction: Option<Direction>) {
        if let Some(article) = &self.snapshot.article {
            match direction {
                Some(direction) => self.directions.insert(article.id.clone(), direction),
                None => self.directions.remove(&article.id),
            };
        }
    }

    /// Goes round the panes: list, article, inspector.
    fn move_focus(&mut self, ctx: &Context, forward: bool) {
        let mut panes: Vec<(Id, &[Id])> = Vec::new();
        let (list, inspector) = ([rows_id(), filter_id()], [spans_id(), note_id()]);
        if self.prefs.list.shown {
            panes.push((rows_id(), &list));
        }
        panes.push((article_id(), &[]));
        if self.prefs.inspector.shown {
            panes.push((spans_id(), &inspector));
        }
        let focused = ctx.memory(egui::Memory::focused);
        let here = panes
            .iter()
            .position(|(id, ids)| focused.is_some_and(|focused| focused == *id || ids.contains(&focused)));
        let step = if forward { 1 } else { panes.len() - 1 };
        let next = here.map_or(0, |here| (here + step) % panes.len());
        if let Some((id, _)) = panes.get(next) {
            self.focus(ctx, *id);
        }
    }
}

/// Why a gesture did nothing.
const fn refusal_in_words(refusal: &ArticleRefusal) -> &'static str {
    match refusal {
        ArticleRefusal::SameSpan(_) => words::REFUSED_SAME_SPAN,
        ArticleRefusal::NothingSelected => words::REFUSED_NOTHING_SELECTED,
        ArticleRefusal::OnlySpace => words::REFUSED_ONLY_SPACE,
        ArticleRefusal::NoProclitic => words::REFUSED_NO_PROCLITIC,
        ArticleRefusal::NoSpans => words::NO_SPANS,
        ArticleRefusal::NotEditable => words::NOT_SAVING,
    }
}
