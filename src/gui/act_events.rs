//! What was asked about events, as commands to the session. Nothing here draws.

use egui::Context;

use super::app::App;
use super::dialogs::Dialog;
use super::panels::events::{AddMenu, EventAsk, GoTo, Offer, sheet_id};
use super::words;
use crate::model::{Attributes, EventTypeId, Extra, Filler, LabelId, RoleFiller, RoleId, SpanId};
use crate::session::action::Action;
use crate::session::{AddEvent, AddFiller, Command, Request, Revise, SetEvent};

impl App {
    /// Does an action about events.
    pub(super) fn do_event_action(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::AddToEvent => {
                self.open_add_menu();
                ctx.request_repaint();
            }
            Action::NewEvent => self.new_event(ctx),
            Action::ToggleEvents => self.toggle_events(ctx),
            Action::AllEvents => self.open_all_events(),
            _ => self.do_reading_action(action),
        }
    }

    /// Does what the sheet, its menus, or the table of all events asked for.
    pub(super) fn do_event_ask(&mut self, ctx: &Context, ask: EventAsk) {
        match ask {
            EventAsk::Select(event) => self.article.select_event(event),
            EventAsk::Take(span, offer) => self.take_offer(&span, offer),
            EventAsk::New => self.add_event(None, None, Vec::new()),
            EventAsk::Run(command) => self.run_about_events(*command),
            EventAsk::RunAndSelect(command) => {
                self.await_event();
                self.run_about_events(*command);
            }
            EventAsk::GoTo(go_to) => self.go_to_event(ctx, *go_to),
        }
    }

    /// Lets the sheet take up the snapshot before anything is drawn.
    pub(super) fn follow_events(&mut self) {
        self.events.follow(&self.snapshot, &mut self.article);
        if self.service.sent() <= self.snapshot.answered {
            self.events.give_up_waiting();
        }
    }

    fn open_add_menu(&mut self) {
        let Some(span) = self.article.selected_span().cloned() else {
            return;
        };
        match AddMenu::new(&self.snapshot, &self.article, &span, self.events.chosen()) {
            Some(menu) => {
                self.announcer.say(menu.spoken());
                self.events.menu = Some(menu);
            }
            None => self.refuse(words::FITS_NO_EVENT.to_owned()),
        }
    }

    /// Records an event with the selected span in the first role that takes it, and shows the sheet.
    fn new_event(&mut self, ctx: &Context) {
        let span = self.article.selected_span().cloned();
        let role = span.as_ref().and_then(|span| {
            let article = self.snapshot.article.as_ref()?;
            let label = &article.layer.spans.get(span)?.label;
            self.first_role(label)
        });
        match (span, role) {
            (Some(span), Some((kind, Some(role)))) => {
                self.add_event(Some(kind), None, vec![filled(role, span)]);
            }
            (Some(span), _) => self.add_event(None, Some(span), Vec::new()),
            (None, _) => self.add_event(None, None, Vec::new()),
        }
        self.prefs.events.shown = true;
        ctx.request_repaint();
    }

    /// The role of the codebook that is most a label's own, with its event type.
    fn first_role(&self, label: &LabelId) -> Option<(EventTypeId, Option<RoleId>)> {
        let project = self.snapshot.project.as_ref()?;
        let found = project.codebook.offered_event_types().find_map(|kind| {
            let role = *kind.roles_for(label).first()?;
            Some((kind.id.clone(), Some(role.id.clone())))
        });
        found.or_else(|| Some((project.codebook.offered_event_types().next()?.id.clone(), None)))
    }

    fn toggle_events(&mut self, ctx: &Context) {
        let shown = !self.prefs.events.shown;
        self.prefs.events.shown = shown;
        if self.snapshot.article.is_none() {
            return;
        }
        self.focus(
            ctx,
            if shown {
                sheet_id()
            } else {
                super::article::article_id()
            },
        );
    }

    fn open_all_events(&mut self) {
        self.dialog = Some(Dialog::Events(Box::default()));
    }

    fn take_offer(&mut self, span: &SpanId, offer: Offer) {
        let article = self.open_id();
        match offer {
            Offer::Role(event, role) => {
                self.events.fill(&event, Some(&role), span);
                self.article.select_event(Some(event.clone()));
                self.run_about_events(AddFiller {
                    event,
                    role,
                    span: Some(span.clone()),
                    value: None,
                    inferred: false,
                    note: None,
                    extra: Extra::new(),
                    article,
                    annotator: None,
                });
            }
            Offer::Trigger(event) => {
                self.events.fill(&event, None, span);
                self.article.select_event(Some(event.clone()));
                self.run_about_events(SetEvent {
                    event,
                    event_type: None,
                    trigger: Revise::To(span.clone()),
                    article,
                    annotator: None,
                });
            }
            Offer::NewWithRole(kind, role) => {
                self.add_event(Some(kind), None, vec![filled(role, span.clone())]);
            }
            Offer::NewWithTrigger(kind) => self.add_event(Some(kind), Some(span.clone()), Vec::new()),
        }
        // The next `e` is about the event as it is then.
        self.article.wait_for(self.service.sent());
    }

    fn add_event(&mut self, kind: Option<EventTypeId>, trigger: Option<SpanId>, roles: Vec<RoleFiller>) {
        let (Some(project), Some(article)) = (&self.snapshot.project, &self.snapshot.article) else {
            return;
        };
        let first = || {
            project
                .codebook
                .offered_event_types()
                .next()
                .map(|kind| kind.id.clone())
        };
        let Some(event_type) = kind.or_else(first) else {
            self.refuse(words::NO_EVENT_TYPES.to_owned());
            return;
        };
        let command = AddEvent {
            article: article.id.clone(),
            annotator: None,
            event_type,
            trigger,
            roles,
            attributes: Attributes::new(),
            id: None,
        };
        self.await_event();
        self.run_about_events(command);
        self.article.wait_for(self.service.sent());
    }

    /// The next event that is there and was not is the selected one.
    fn await_event(&mut self) {
        if let Some(article) = &self.snapshot.article {
            self.events.await_event(article.layer.events.keys().cloned());
        }
    }

    /// Runs a command; undo brings back what is selected now.
    fn run_about_events(&self, command: impl Into<Command>) {
        self.service.send(Request::Run {
            command: command.into(),
            selection: self.selection_with(self.article.selected_span().cloned()),
        });
    }

    fn go_to_event(&mut self, ctx: &Context, go_to: GoTo) {
        self.prefs.events.shown = true;
        let (article, annotator) = (go_to.article.clone(), go_to.annotator.clone());
        self.events.go_to(go_to);
        self.open_work(ctx, article, annotator);
    }
}

fn filled(role: RoleId, span: SpanId) -> RoleFiller {
    RoleFiller {
        role,
        filler: Filler::Span(span),
        inferred: false,
        note: None,
        extra: Extra::new(),
    }
}
