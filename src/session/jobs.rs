//! Long work on threads of its own, each with its own connection to the project.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::model::{Annotator, Scope, TransactionId};

use super::command::Command;
use super::config::Config;
use super::export::{
    ExportOptions, ExportReport, Goal, export_to_place, forecast, format_to_write, save_snapshot,
};
use super::import::{ImportOptions, ImportReport};
use super::preview::{ImportPreview, preview};
use super::problem::{CheckReport, check_report};
use super::project::open_to_read;
use super::refusal::Refusal;
use super::seen::Asked;
use super::snapshot::{Exported, Foreseen, JobId, JobView};
use super::transact::{Done, Session};
use super::turn::Turn;
use super::watch::{Cancel, Watch};
use super::worker::Message;

/// Time between two reports of progress.
const REPORT_EVERY: Duration = Duration::from_millis(60);

/// The jobs under way.
#[derive(Default)]
pub(super) struct Jobs {
    last: u64,
    running: BTreeMap<JobId, Running>,
}

struct Running {
    view: JobView,
    cancel: Cancel,
    project: PathBuf,
    writes: Writes,
    /// Whether it only looks what an export would come to.
    foresees: bool,
}

/// What a job has come to.
pub(super) enum JobDone {
    Imported(ImportReport),
    Opened(ImportReport),
    Exported(Box<Exported>),
    Saved(PathBuf, ExportReport),
    Foreseen(Box<Foreseen>),
    Previewed(Box<ImportPreview>),
    Checked(Box<CheckReport>),
    Changed(Box<Done>),
}

/// What a job does.
pub(super) enum Work {
    Preview(Vec<PathBuf>, ImportOptions),
    Import(Vec<PathBuf>, ImportOptions),
    /// The files of an untitled project, most of which it may have already.
    Open(Vec<PathBuf>),
    Snapshot,
    Check,
    Forecast {
        format: String,
        options: ExportOptions,
    },
    Export {
        format: String,
        path: PathBuf,
        options: ExportOptions,
    },
    /// A change of the codebook that moves very many annotations.
    Change {
        owner: Annotator,
        /// Behind which transaction the names hold.
        names_as_of: TransactionId,
        command: Box<Command>,
    },
    /// A transaction of very many edits taken back, or done again.
    Turn {
        scope: Scope,
        turn: Turn,
        only: Option<TransactionId>,
    },
}

/// How a job writes to its project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writes {
    /// Not at all.
    Nothing,
    /// Again and again for a moment, between which others can write.
    InPieces,
    /// As one transaction from its beginning to its end: nobody else can write meanwhile.
    AtOnce,
}

impl Work {
    /// How it writes to the project.
    pub(super) const fn writes(&self) -> Writes {
        match self {
            Self::Import(..) | Self::Open(_) => Writes::InPieces,
            Self::Change { .. } | Self::Turn { .. } => Writes::AtOnce,
            Self::Preview(..)
            | Self::Snapshot
            | Self::Check
            | Self::Forecast { .. }
            | Self::Export { .. } => Writes::Nothing,
        }
    }
}

impl Jobs {
    pub(super) fn views(&self) -> Vec<JobView> {
        self.running
            .values()
            .map(|running| running.view.clone())
            .collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    pub(super) fn cancel(&self, id: JobId) {
        if let Some(running) = self.running.get(&id) {
            running.cancel.cancel();
        }
    }

    /// Whether a job writes to a project in such a way.
    pub(super) fn is_written(&self, project: &Path, how: Writes) -> bool {
        let is_it = |running: &Running| running.writes == how && running.project == project;
        self.running.values().any(is_it)
    }

    /// Stops what nobody else can write to a project beside.
    pub(super) fn stop_holding(&self, project: &Path) {
        let holds = |running: &&Running| running.writes == Writes::AtOnce && running.project == project;
        let holding = self.running.values().filter(holds);
        holding.for_each(|running| running.cancel.cancel());
    }

    /// Stops what looks what an export would come to: something else was chosen, or it is made.
    pub(super) fn stop_forecasts(&self) {
        let forecasts = self.running.values().filter(|running| running.foresees);
        forecasts.for_each(|running| running.cancel.cancel());
    }

    pub(super) fn cancel_all(&self) {
        self.running.values().for_each(|running| running.cancel.cancel());
    }

    pub(super) fn progress(&mut self, id: JobId, done: u64, total: Option<u64>) {
        if let Some(Running { view, .. }) = self.running.get_mut(&id) {
            (view.done, view.total) = (done, total);
        }
    }

    /// Forgets a job that has ended; answers whose project it worked on.
    pub(super) fn ended(&mut self, id: JobId) -> Option<PathBuf> {
        self.running.remove(&id).map(|running| running.project)
    }

    /// Starts a job on a project.
    pub(super) fn start(
        &mut self,
        title: &str,
        project: PathBuf,
        config: Config,
        work: Work,
        worker: Sender<Message>,
    ) -> std::io::Result<()> {
        self.last += 1;
        let (id, cancel) = (JobId(self.last), Cancel::default());
        let view = JobView {
            id,
            title: title.to_owned(),
            done: 0,
            total: None,
            holds: work.writes() == Writes::AtOnce,
        };
        let (switch, place, writes) = (cancel.clone(), project.clone(), work.writes());
        let foresees = matches!(work, Work::Forecast { .. });
        std::thread::Builder::new()
            .name(format!("job-{}", id.0))
            .spawn(move || {
                let reports = worker.clone();
                let mut last = None::<Instant>;
                let watch = Watch::new(switch, move |done, total| {
                    if last.is_none_or(|last| last.elapsed() >= REPORT_EVERY) {
                        last = Some(Instant::now());
                        reports
                            .send(Message::Progress(id, done, total))
                            .unwrap_or_default();
                    }
                });
                let done = catch_unwind(AssertUnwindSafe(|| carry_out(&project, config, work, watch)));
                let done = done.unwrap_or_else(|_panic| Err(fault()));
                worker
                    .send(Message::JobDone(id, Box::new(done)))
                    .unwrap_or_default();
            })?;
        let running = Running {
            view,
            cancel,
            project: place,
            writes,
            foresees,
        };
        self.running.insert(id, running);
        Ok(())
    }
}

/// What the user reads where a fault of the program stopped some work.
pub(super) fn fault() -> Refusal {
    Refusal::new(
        "fault",
        "a fault in this program stopped the work; what was saved before is safe",
    )
    .hint("try it again; where it happens again, please report what you did")
}

fn carry_out(project: &Path, config: Config, work: Work, mut watch: Watch<'_>) -> Result<JobDone, Refusal> {
    match work {
        Work::Preview(paths, options) => {
            let codebook = open_to_read(project)?.codebook()?.into();
            let seen = preview(&paths, &codebook, &options, &mut watch)?;
            Ok(JobDone::Previewed(Box::new(seen)))
        }
        Work::Import(paths, options) => {
            let report = Session::open(project, config)?.import(&paths, &options, &mut watch)?;
            Ok(JobDone::Imported(report))
        }
        Work::Open(paths) => {
            let options = ImportOptions::default();
            let report = Session::open(project, config)?.import(&paths, &options, &mut watch)?;
            Ok(JobDone::Opened(report))
        }
        Work::Change {
            owner,
            names_as_of,
            command,
        } => {
            let mut session = Session::open(project, config)?;
            let asked = Asked {
                names_as_of: Some(names_as_of),
                ..Asked::of(&owner)
            };
            let done = session.run_watched(&command, asked, &mut watch)?;
            Ok(JobDone::Changed(Box::new(done)))
        }
        Work::Turn { scope, turn, only } => {
            let mut session = Session::open(project, config)?;
            let done = session.turn(&scope, turn, only, &mut watch)?;
            Ok(JobDone::Changed(Box::new(done)))
        }
        Work::Snapshot => {
            let (path, report) = save_snapshot(&open_to_read(project)?, project, &mut watch)?;
            Ok(JobDone::Saved(path, report))
        }
        Work::Check => {
            let report = check_report(&open_to_read(project)?, &mut watch)?;
            Ok(JobDone::Checked(Box::new(report)))
        }
        Work::Forecast { format, options } => {
            let foreseen = foresee(project, &format, options, &mut watch)?;
            Ok(JobDone::Foreseen(Box::new(foreseen)))
        }
        Work::Export {
            format,
            path,
            options,
        } => {
            let exported = export(project, &format, path, &options, &mut watch)?;
            Ok(JobDone::Exported(Box::new(exported)))
        }
    }
}

/// What an export would come to; its number is given when it is shown.
fn foresee(
    project: &Path,
    format: &str,
    options: ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<Foreseen, Refusal> {
    let format = format_to_write(format)?;
    let reader = open_to_read(project)?;
    Ok(Foreseen {
        number: 0,
        format,
        outcome: forecast(&reader, format, Goal::Open, &options, watch),
        options,
    })
}

/// Writes an export; its number is given when it is shown.
fn export(
    project: &Path,
    format: &str,
    path: PathBuf,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<Exported, Refusal> {
    let format = format_to_write(format)?;
    let reader = open_to_read(project)?;
    Ok(Exported {
        number: 0,
        format,
        report: export_to_place(&reader, format, &path, options, watch)?,
        path,
    })
}
