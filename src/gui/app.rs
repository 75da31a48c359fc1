//! The window as a whole: takes the newest snapshot, draws the panes, and does what they queued.
//!
//! Four kinds of state are kept apart: the project lies in the session and is only read here; which article is open,
//! selected, filtered is the session's and the panes' own; scroll and hover are the view's; preferences have a file of
//! their own.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Ui};

use super::act_help::HelpPlace;
use super::announce::{Announcer, Scene};
use super::article::{ArticleOutput, ArticleState};
use super::dialogs::Dialog;
use super::dialogs::Stay;
use super::dialogs::file::{Answer, FileDialogs, OpenFileDialog};
use super::focus::TypedAhead;
use super::frame::drop_hint_ui;
use super::keyboard::Keyboard;
use super::keys::Keys;
use super::paint::{SystemFonts, TextEngine};
use super::panels::article::{PageSettings, article_id, with_page};
use super::panels::context_menu::ContextMenu;
use super::panels::events::EventsState;
use super::panels::guidelines::GuidelinesState;
use super::panels::help::HelpState;
use super::panels::inspector::InspectorState;
use super::panels::list::ListState;
use super::panels::status_bar::Said;
use super::panels::{Ask, Pane};
use super::prefs::Preferences;
use super::prefs_file::PreferencesFile;
use super::problems::ProblemsState;
use super::resting::RestingPointer;
use super::review::{ReviewMode, awaits_verdict};
use super::theme::{self, Palette};
use super::will_say::WillSay;
use super::words;
use crate::session::action::{Action, Situation};
use crate::session::{Config, Folders, Request, Service, Snapshot};

/// How the window is started.
#[derive(Clone, Debug)]
pub struct Start {
    /// What to open: a project, or articles; nothing shows the welcome screen.
    pub paths: Vec<PathBuf>,
    /// Whether fonts of the system are used beside the bundled ones.
    pub fonts: SystemFonts,
    /// Whether file dialogs of the system are tried.
    pub file_dialogs: FileDialogs,
}

/// The window.
pub struct App {
    pub(super) service: Service,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) engine: TextEngine,
    pub(super) article: ArticleState,
    pub(super) list: ListState,
    pub(super) inspector: InspectorState,
    pub(super) guidelines: GuidelinesState,
    pub(super) help: HelpState,
    pub(super) help_place: HelpPlace,
    pub(super) events: EventsState,
    pub(super) review: Option<ReviewMode>,
    /// The problems of the open article.
    pub(super) problems: ProblemsState,
    /// The number of the last report of a check that was shown.
    pub(super) reported: u64,
    /// The export that was shown last.
    pub(super) exported: u64,
    pub(super) context_menu: ContextMenu,
    pub(super) dialog: Option<Dialog>,
    /// The dialog that asked for a path, which comes back where none is given, with what had the focus in it.
    pub(super) behind_path: Option<(Dialog, Option<egui::Id>)>,
    pub(super) file_dialog: Option<OpenFileDialog>,
    pub(super) file_dialogs: FileDialogs,
    pub(super) prefs: Preferences,
    pub(super) keyboard: Keyboard,
    pub(super) folders: Folders,
    pub(super) queue: Vec<Ask>,
    /// What the last gesture came to, until the selection changes.
    pub(super) said: Option<Said>,
    /// How many requests had been sent when something was refused last.
    refused_behind: u64,
    pub(super) will_say: Option<WillSay>,
    /// What is read aloud.
    pub(super) announcer: Announcer,
    prefs_file: PreferencesFile,
    /// What shall have the focus, and for how many frames more it is seen to.
    pub(super) refocus: Option<(egui::Id, u8)>,
    /// What was pressed before the field that it is meant for had the focus.
    pub(super) ahead: TypedAhead,
    /// What had the focus when the dialog opened.
    pub(super) before_dialog: Option<egui::Id>,
    /// Whether the pointer only lies there while keys are pressed.
    resting: RestingPointer,
    /// Whether that has the focus again where a click or a menu leaves it with nothing.
    pub(super) comes_back: bool,
    revealed: u64,
    title: String,
}

impl App {
    /// Starts the session and opens what was asked for.
    pub fn new(ctx: &Context, config: Config, start: Start) -> Self {
        let folders = config.folders.clone();
        let file = Preferences::file(&folders.config);
        let prefs = Preferences::load(&file);
        install(ctx, &prefs);
        let wake = ctx.clone();
        let service = Service::start(config, Arc::new(move || wake.request_repaint()));
        warn_of_conflicts(&prefs, &service);
        if !start.paths.is_empty() {
            service.send(super::dialogs::file::open(start.paths));
        }
        Self {
            snapshot: service.snapshot(),
            service,
            engine: TextEngine::new(start.fonts),
            article: ArticleState::default(),
            list: ListState::default(),
            inspector: InspectorState::default(),
            guidelines: GuidelinesState::default(),
            help: HelpState::default(),
            help_place: HelpPlace::default(),
            events: EventsState::default(),
            review: None,
            problems: ProblemsState::default(),
            reported: 0,
            exported: 0,
            context_menu: ContextMenu::default(),
            dialog: None,
            behind_path: None,
            file_dialog: None,
            file_dialogs: start.file_dialogs,
            prefs_file: PreferencesFile::new(file, prefs.clone()),
            said: None,
            refused_behind: 0,
            prefs,
            keyboard: Keyboard::new(),
            folders,
            queue: Vec::new(),
            will_say: None,
            announcer: Announcer::default(),
            refocus: None,
            ahead: TypedAhead::default(),
            before_dialog: None,
            comes_back: false,
            resting: RestingPointer::default(),
            revealed: 0,
            title: String::new(),
        }
    }

    /// The newest snapshot that was drawn.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The article's selection, selected span, and armed label.
    pub fn article_state(&self) -> &ArticleState {
        &self.article
    }

    /// Whether all that was asked for is done, or refused, and shown.
    pub fn is_settled(&self) -> bool {
        self.service.sent() <= self.snapshot.answered
            && !self.article.is_waiting()
            && !self.problems.is_busy()
    }

    /// The problems of the open article.
    pub fn problems(&self) -> &ProblemsState {
        &self.problems
    }

    /// How many rows of the list the last frame drew.
    pub fn rows_drawn(&self) -> usize {
        self.list.rows_drawn()
    }

    /// What is remembered from start to start.
    pub fn preferences(&self) -> &Preferences {
        &self.prefs
    }

    /// What is open and selected.
    pub fn situation(&self) -> Situation {
        let article = self.snapshot.article.as_ref();
        let project = self.snapshot.project.as_ref();
        let selected = article.and_then(|article| article.layer.spans.get(self.article.selected_span()?));
        Situation {
            project: project.is_some(),
            has_articles: project.is_some_and(|project| project.progress.total > 0),
            article: article.is_some(),
            text_selected: article.is_some() && !self.article.selection().is_empty(),
            span_selected: article.is_some() && self.article.selected_span().is_some(),
            relation_selected: article.is_some() && self.article.selected_relation().is_some(),
            has_relation_types: project.is_some_and(|project| !project.codebook.relation_types.is_empty()),
            label_used: self.article.last_label().is_some(),
            has_hits: article.is_some() && self.may_have_hits(),
            has_spans: article.is_some_and(|article| !article.layer.spans.is_empty()),
            label_armed: article.is_some() && self.article.armed().is_some(),
            labels_hidden: self.article.labels().hides_any(),
            label_alone: self.article.labels().alone().is_some(),
            has_problems: article.is_some() && !self.problems.found().open.is_empty(),
            problems_when_done: article.is_some() && self.problems.found().left_when_done > 0,
            problem_shown: self.problems.current().is_some(),
            can_undo: article.is_some_and(|article| article.undo.is_some()),
            can_redo: article.is_some_and(|article| article.redo.is_some()),
            can_undo_project: self.snapshot.project_undo.is_some(),
            can_redo_project: self.snapshot.project_redo.is_some(),
            reviewing: self.review.is_some(),
            under_review: self.is_under_review(),
            awaits_verdict: article.is_some_and(|article| awaits_verdict(article)),
            article_judged: article.is_some_and(|article| article.layer.review.is_some()),
            left_to_review: self.snapshot.to_review > 0,
            span_judged: selected.is_some_and(|span| span.review.is_some()),
            span_unconfirmed: selected.is_some_and(|span| !span.unconfirmed.is_empty()),
            has_proclitic: article.is_some_and(|article| self.article.has_proclitic(&article.text)),
            span_fragmented: selected.is_some_and(|span| span.ranges.is_discontinuous()),
            fragment_at_caret: article.is_some() && self.article.fragment_at_caret(),
            can_merge: article.is_some_and(|article| self.article.can_merge(&article.text)),
            caret_in_span: article.is_some() && self.article.span_to_split().is_some(),
            all_relations: self.article.shows_all_relations(),
            blocked: self.snapshot.blocked.is_some(),
        }
    }

    /// Whether something that was found can be gone to or tagged; a search whose bar was closed is done again first.
    fn may_have_hits(&self) -> bool {
        !self.article.find_hits().is_empty() || self.article.find().is_put_away()
    }

    /// Draws one frame and does what was asked for in it.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let pointer = self.resting.put_aside(&ctx);
        self.frame_without_rest(ui, &ctx);
        RestingPointer::put_back(&ctx, pointer);
    }

    fn frame_without_rest(&mut self, ui: &mut Ui, ctx: &Context) {
        self.take_snapshot(ctx);
        self.keep_focus(ctx);
        self.catch_focus(ctx);
        self.remember_focus(ctx);
        self.take_input(ctx);
        self.engine.begin_frame(ctx);
        self.window_ui(ui);
        self.dialog_ui(ctx);
        self.help_over_dialog_ui(ctx);
        drop_hint_ui(ctx, self.snapshot.project.is_some());
        self.engine.end_frame(ctx);
        self.do_what_was_asked(ctx);
        self.refuse_lapsed_menu(ctx);
        self.announce(ui);
        self.keep_preferences(ctx);
    }

    fn announce(&mut self, ui: &Ui) {
        ui.output(|output| {
            for command in &output.commands {
                if let egui::OutputCommand::CopyText(text) = command {
                    self.announcer.say(words::copied(text));
                }
            }
        });
        if let Some(words) = self.events.take_words() {
            self.announcer.say(words);
        }
        let scene = self.scene();
        self.announcer.show(ui, scene);
    }

    /// What can be worth a word to those who listen to the window.
    fn scene(&self) -> Scene {
        let panes = [
            Action::ToggleList,
            Action::ToggleInspector,
            Action::Guidelines,
            Action::Help,
            Action::ToggleEvents,
            Action::ShowHidden,
        ];
        let panes = panes
            .into_iter()
            .filter_map(|action| Some((action, self.prefs.is_shown(action)?)));
        let relations = (Action::ShowRelations, self.article.shows_all_relations());
        let shown = panes
            .chain([relations])
            .map(|(action, shown)| (action.entry().name, shown));
        Scene {
            snapshot: Arc::clone(&self.snapshot),
            span: self.article.selected_span().cloned(),
            target: self.article.linking().and_then(|linking| linking.target.clone()),
            armed: self.article.armed().cloned(),
            zoom: self.prefs.text_zoom,
            shown: shown.collect(),
        }
    }

    /// Says what was done, or what is so already, to the eye and to the ear.
    pub(super) fn tell(&mut self, text: String) {
        self.announcer.say(words::message(&text));
        self.said = Some(Said::Done(text));
    }

    /// Says why something was not done, to the eye and to the ear.
    pub(super) fn refuse(&mut self, reason: String) {
        self.announcer.refuse(&reason);
        self.said = Some(Said::Refused(reason));
        self.refused_behind = self.service.sent();
    }

    /// Stops the session once everything that was asked for is done, and keeps the preferences.
    pub fn close(&mut self) {
        self.do_what_is_held();
        self.service.send(Request::Shutdown);
        self.prefs_file.close(&self.prefs);
    }

    /// A key that is still held has moved an edge already.
    fn do_what_is_held(&mut self) {
        for output in self.article.let_go() {
            if let ArticleOutput::SetRanges { span, ranges } = output {
                self.set_ranges(span, &ranges);
            }
        }
    }

    pub(super) fn page_settings(&self) -> PageSettings {
        PageSettings {
            zoom: self.prefs.text_zoom,
            show_hidden: self.prefs.show_hidden,
            reading: self.prefs.reading,
            editable: self.snapshot.blocked.is_none(),
        }
    }

    fn take_snapshot(&mut self, ctx: &Context) {
        let newest = self.service.snapshot();
        if newest.revision != self.snapshot.revision {
            self.say_what_is_left(&newest);
            // What was refused is of the past where something was done that was asked for since.
            let done = |snapshot: &Snapshot| snapshot.last_done.as_ref().map_or(0, |last| last.counter);
            let is_past = done(&newest) > done(&self.snapshot) && newest.answered > self.refused_behind;
            if is_past && matches!(self.said, Some(Said::Refused(_))) {
                self.said = None;
            }
            // The first article of a project takes the focus, so that keys tag at once.
            if self.snapshot.article.is_none() && newest.article.is_some() && self.dialog.is_none() {
                self.focus(ctx, article_id());
            }
            self.snapshot = newest;
            self.service.set_drawn(self.snapshot.article.as_ref());
            self.follow_review();
        }
        let reveal = self
            .snapshot
            .reveal
            .clone()
            .filter(|reveal| reveal.counter > self.revealed);
        if let (Some(reveal), Some(article)) = (reveal, &self.snapshot.article)
            && article.id == reveal.selection.article
        {
            self.revealed = reveal.counter;
            self.article
                .set_selection(reveal.selection.anchor, reveal.selection.focus);
            if reveal.selection.span.is_some() {
                self.article.select_span(reveal.selection.span);
            }
        }
        self.say_what_was_done();
        self.follow_events();
        self.follow_article();
        self.follow_problems(ctx);
        self.follow_exports();
        self.article.answered(self.snapshot.answered);
        self.set_title(ctx);
    }

    /// Says what was done once it is answered, where it was done: what waits for the disk is not said.
    fn say_what_was_done(&mut self) {
        let answered = self.snapshot.answered;
        let Some(will_say) = self.will_say.take_if(|will_say| will_say.request <= answered) else {
            return;
        };
        let article = self.snapshot.article.as_ref();
        if article.is_some_and(|article| will_say.sign.is_in(&article.layer)) {
            self.said = Some(Said::Done(will_say.text));
        }
    }

    /// Lets the view take up the article before any pane is drawn, so that all panes speak of the same spans.
    fn follow_article(&mut self) {
        let snapshot = Arc::clone(&self.snapshot);
        if let (Some(project), Some(article)) = (&snapshot.project, &snapshot.article) {
            let settings = self.page_settings();
            let keys = keys_of(&self.prefs, &self.keyboard);
            with_page(snapshot.revision, project, article, settings, keys, |page| {
                self.article.follow(page);
            });
        }
    }

    fn set_title(&mut self, ctx: &Context) {
        let title = match &self.snapshot.project {
            Some(project) if project.untitled => {
                format!("{} ({}) — {}", project.name, words::UNTITLED_PROJECT, words::APP)
            }
            Some(project) => format!("{} — {}", project.name, words::APP),
            None => words::APP.to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn take_input(&mut self, ctx: &Context) {
        self.learn_keyboard(ctx);
        self.keyboard.set_reviewing(self.review.is_some());
        self.hold_typed_ahead(ctx);
        if self.dialog.is_none() {
            let ahead = self.article.take_for_menu();
            ctx.input_mut(|input| input.events = ahead.into_iter().chain(input.events.drain(..)).collect());
            self.events.take_keys(ctx, &self.keyboard);
            let pressed = keys_of(&self.prefs, &self.keyboard).take_shortcuts(ctx);
            if !pressed.is_empty() {
                self.inspector.attributes.close_list();
            }
            self.queue.extend(pressed.into_iter().map(Ask::Do));
        }
        self.take_help_keys(ctx);
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        if !dropped.is_empty() {
            self.queue.push(Ask::Dropped(dropped));
        }
        let has_focus = ctx.input(|input| input.focused);
        match self.file_dialog.as_mut().map(|dialog| dialog.poll(has_focus)) {
            None | Some(Answer::None) => return,
            Some(Answer::Cancelled) => {}
            Some(Answer::Paths(purpose, paths)) => self.queue.push(Ask::Picked(purpose, paths)),
            Some(Answer::NoService(purpose)) => {
                let reason = if purpose.makes_file() {
                    words::NO_FILE_DIALOG_TO_SAVE
                } else {
                    words::NO_FILE_DIALOG
                };
                self.ask_path(ctx, purpose, Some(reason));
            }
        }
        self.file_dialog = None;
    }

    /// Sees what the keys of this keyboard type, so that they are shown as they are printed.
    fn learn_keyboard(&mut self, ctx: &Context) {
        let is_key = |event: &egui::Event| matches!(event, egui::Event::Key { .. });
        let events = ctx.input(|input| {
            let any = input.events.iter().any(is_key);
            any.then(|| input.events.clone())
        });
        if let Some(events) = events {
            let font = egui::FontId::proportional(theme::TEXT);
            let can_draw = |cap: &str| ctx.fonts_mut(|fonts| fonts.has_glyphs(&font, cap));
            self.keyboard.learn(&events, can_draw);
        }
    }

    fn dialog_ui(&mut self, ctx: &Context) {
        let Some(mut dialog) = self.dialog.take() else {
            return;
        };
        self.hide_keys_of_help(ctx);
        let snapshot = Arc::clone(&self.snapshot);
        let mut pane = Pane {
            snapshot: &snapshot,
            sent: self.service.sent(),
            situation: self.situation(),
            keys: keys_of(&self.prefs, &self.keyboard),
            prefs: &self.prefs,
            palette: Palette::of(ctx),
            engine: &mut self.engine,
            queue: &mut self.queue,
        };
        let stay = dialog.show(ctx, &mut pane, self.help_place.rect);
        self.show_keys_of_help(ctx);
        match stay {
            Stay::Open => self.dialog = Some(dialog),
            Stay::Close => self.leave_dialog(ctx, &dialog),
        }
    }

    fn keep_preferences(&mut self, ctx: &Context) {
        let size = ctx.content_rect().size();
        let settled = ctx.input(|input| !input.pointer.any_down());
        if settled && size.x >= theme::WINDOW_MIN.x && size.y >= theme::WINDOW_MIN.y {
            self.prefs.window = [size.x.round(), size.y.round()];
        }
        if !settled {
            return;
        }
        let now = ctx.input(|input| input.time);
        if let Some(cause) = self.prefs_file.keep(&self.prefs, now) {
            self.service.send(Request::Warn {
                code: "preferences_not_saved",
                text: words::preferences_not_saved(&cause),
                hint: words::PREFERENCES_HINT,
            });
        }
    }
}

/// What the keys mean, and what is printed on them.
pub(super) fn keys_of<'a>(prefs: &'a Preferences, keyboard: &'a Keyboard) -> Keys<'a> {
    Keys {
        map: &prefs.keys,
        keyboard,
    }
}

/// Says once at the start which of the analyst's own keys cannot do what they were given for.
fn warn_of_conflicts(prefs: &Preferences, service: &Service) {
    let keys: std::collections::BTreeSet<String> = prefs
        .keys
        .conflicts(None)
        .iter()
        .map(|conflict| conflict.shortcut.to_string())
        .collect();
    if !keys.is_empty() {
        service.send(Request::Warn {
            code: "keys_in_conflict",
            text: words::keys_in_conflict(&keys.into_iter().collect::<Vec<_>>()),
            hint: words::KEYS_CONFLICT_HINT,
        });
    }
}

/// Theme, fonts, and egui's own keys that would get in the way.
fn install(ctx: &Context, prefs: &Preferences) {
    theme::install(ctx);
    ctx.set_fonts(super::fonts::chrome_fonts());
    ctx.set_theme(egui::ThemePreference::from(prefs.theme));
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // A notch of the wheel is a step of the keys.
        let input = &mut options.input_options;
        input.scroll_zoom_speed = super::act::ZOOM_STEP.ln() / input.line_scroll_speed;
    });
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
