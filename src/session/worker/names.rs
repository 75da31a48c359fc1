//! What the people are called whose work is shown: who is given another name, here or in another window, stays who she is.

use std::sync::Arc;

use crate::model::{Annotator, TransactionId};
use crate::session::refusal::Refusal;
use crate::session::snapshot::{ArticleView, Notice};
use crate::session::transact::{Did, Session};
use crate::session::view;
use crate::store::ListQuery;

use super::Worker;

/// Names the notices about who works in the window, of which only the last one holds.
const RENAMED: &str = "annotator_renamed";
const CHANGED: &str = "annotator_changed";

impl Worker {
    /// Takes up the names that were given since the window looked last. Answers what its own annotator was called, where
    /// she is called otherwise now.
    pub(super) fn follow_names(&mut self) -> Result<Option<Annotator>, Refusal> {
        let behind = TransactionId::new(self.revision);
        let own = self.session()?.follow_name()?;
        let before = (own != self.config.annotator).then(|| self.take_name(own));
        let reader = self.session.as_ref().map(Session::reader);
        let now = |name: &Annotator| reader.map_or(Ok(name.clone()), |it| it.name_since(name, behind));
        let shown = self.shown.as_ref();
        let shown = shown.map(|(article, whose)| Ok::<_, Refusal>((article.clone(), now(whose)?)));
        let shown = shown.transpose()?;
        let listed = self.snapshot.list.query.as_ref();
        let listed = listed.map(|query| now(&query.annotator)).transpose()?;
        let reviewing = self.reviewing.as_ref();
        let reviewing = reviewing.map(|it| it.renamed(now)).transpose()?;
        self.shown = shown;
        self.reviewing = reviewing;
        if let Some(annotator) = listed {
            self.list_work_of(annotator);
        }
        Ok(before)
    }

    /// A session that is opened anew has the name that is shown, and another one may have been given since.
    pub(super) const fn follow_from_what_is_shown(&mut self) {
        if let Some(session) = &mut self.session {
            session.name_is_of(TransactionId::new(self.revision));
        }
    }

    /// Lets somebody else work in the window, also at the next start. Her own work is listed first.
    pub(super) fn set_annotator(&mut self, annotator: Annotator) -> Result<(), Refusal> {
        let before = std::mem::replace(&mut self.config.annotator, annotator.clone());
        self.snapshot.annotator = Some(annotator.clone());
        self.shown = None;
        let kept = self.config.folders.set_preferred_annotator(&annotator);
        if let Some(session) = &mut self.session {
            session.set_annotator(annotator.clone());
            if let Some(reviewing) = &mut self.reviewing {
                reviewing.listed.clone_from(&annotator);
            }
            let query = ListQuery {
                annotator,
                ..self.query()
            };
            self.show_list(query, 0)?;
            self.refresh()?;
            if before != self.config.annotator {
                self.tell_annotator(&before);
            }
        }
        kept.map_err(|cause| {
            Refusal::new(
                "read_only",
                format!("the name cannot be kept for the next start: {cause}"),
            )
        })
    }

    /// What somebody is called now who had this name in what was drawn.
    pub(super) fn name_now(
        &self,
        name: &Annotator,
        drawn: Option<&ArticleView>,
    ) -> Result<Annotator, Refusal> {
        match (&self.session, drawn) {
            (Some(session), Some(drawn)) => Ok(session.reader().name_since(name, drawn.as_of)?),
            _ => Ok(name.clone()),
        }
    }

    /// Goes by another name, also at the next start unless that is another person's; answers the name before.
    fn take_name(&mut self, name: Annotator) -> Annotator {
        let folders = &self.config.folders;
        let kept = folders.preferred_annotator();
        if kept.is_none_or(|kept| kept == self.config.annotator) {
            // The name is in the project; that the next start does not know it is a pity.
            folders.set_preferred_annotator(&name).unwrap_or_default();
        }
        self.snapshot.annotator = Some(name.clone());
        std::mem::replace(&mut self.config.annotator, name)
    }

    /// Makes the list one of somebody's work, without reading it.
    fn list_work_of(&mut self, annotator: Annotator) {
        if self.query().annotator != annotator {
            let query = ListQuery {
                annotator,
                ..self.query()
            };
            Arc::make_mut(&mut self.snapshot.list).query = Some(query);
        }
    }

    /// Says that the window's annotator has another name, and how it came about.
    pub(super) fn tell_name(&mut self, before: &Annotator, did: Option<Did>) {
        self.forget_told();
        let now = &self.config.annotator;
        let text = format!("{before} is called {now} now, with all the work in this project.");
        let back = match did {
            Some(Did::New | Did::Redone) => "Undo in project, in the menu Edit, takes it back.",
            Some(Did::Undone) => "Redo in project, in the menu Edit, gives the other name again.",
            None => "The name was changed in another window.",
        };
        let notice = view::info(RENAMED, text);
        self.notice(Notice {
            hint: Some(back.to_owned()),
            ..notice
        });
    }

    /// Says that somebody else works in this window from now on.
    fn tell_annotator(&mut self, before: &Annotator) {
        self.forget_told();
        let now = &self.config.annotator;
        let project = self.snapshot.project.as_ref();
        let has_work = project.is_some_and(|project| project.annotators.contains(before));
        let stays = if has_work {
            format!(" The work of {before} stays {before}'s.")
        } else {
            String::new()
        };
        let text = format!("What you do from now on is {now}'s.{stays}");
        self.notice(view::info(CHANGED, text));
    }

    fn forget_told(&mut self) {
        let told = |notice: &Notice| [RENAMED, CHANGED].contains(&notice.code.as_str());
        self.snapshot.notices.retain(|notice| !told(notice));
    }
}
