//! The handle by which a window uses a session: requests go in, snapshots come out.
//!
//! One worker thread carries out requests in order and commits; imports and exports run on threads of their own. The
//! handle never waits for any of them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::config::Config;
use super::request::Request;
use super::snapshot::{ArticleView, Snapshot};
use super::view;
use super::worker::{Message, Worker};

/// A running session. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    requests: Sender<Message>,
    sent: Arc<AtomicU64>,
    /// The work that the window draws; what it asks for is about that.
    drawn: Arc<Mutex<Option<Arc<ArticleView>>>>,
    screen: Screen,
}

/// Where the newest snapshot hangs.
#[derive(Clone)]
pub(super) struct Screen {
    shown: Arc<Mutex<Arc<Snapshot>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Screen {
    /// Shows a snapshot and wakes the window.
    pub(super) fn show(&self, snapshot: Snapshot) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        (self.wake)();
    }

    fn newest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Service {
    /// Starts the threads; `wake` is called after each new snapshot, on another thread.
    pub fn start(config: Config, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (requests, inbox) = std::sync::mpsc::channel();
        let snapshot = Snapshot {
            annotator: Some(config.annotator.clone()),
            recent: config.folders.recent_projects().into(),
            ..Snapshot::default()
        };
        let screen = Screen {
            shown: Arc::new(Mutex::new(Arc::new(snapshot.clone()))),
            wake,
        };
        let worker = Worker::new(config, snapshot, screen.clone(), requests.clone());
        let started = std::thread::Builder::new()
            .name("session".to_owned())
            .spawn(move || worker.run(&inbox));
        if let Err(cause) = started {
            screen.show(view::no_thread(&cause));
        }
        Self {
            requests,
            sent: Arc::default(),
            drawn: Arc::default(),
            screen,
        }
    }

    /// The newest snapshot: what is on disk.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.screen.newest()
    }

    /// Says which work the window draws from now on. Commands that name nobody change that layer, so that a key pressed
    /// before another layer is drawn never reaches into it; and an approval is of what was drawn, and refused where
    /// somebody else has changed it since. Without this it is the session's annotator's own, whatever it is.
    pub fn set_drawn(&self, work: Option<&Arc<ArticleView>>) {
        *self.drawn.lock().unwrap_or_else(PoisonError::into_inner) = work.cloned();
    }

    /// Asks for something; returns at once.
    pub fn send(&self, request: Request) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // The worker is gone only after `Shutdown`, and then nobody waits for an answer.
        self.requests
            .send(Message::Request(Box::new(request), drawn))
            .unwrap_or_default();
    }

    /// How many requests were sent. The one sent last is answered by the first snapshot whose
    /// [`answered`](Snapshot::answered) is as much.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Waits until all that was asked before is done, jobs included, and stops. For tests and for the window's end.
    pub fn finish(&self) {
        let (done, wait) = std::sync::mpsc::channel();
        if self.requests.send(Message::Finish(done)).is_ok() {
            // An error says that the worker is gone already, which is what is waited for.
            wait.recv().unwrap_or_default();
        }
    }

    /// Waits until all that was asked before is done, jobs included.
    pub fn settle(&self) {
        let (done, wait) = std::sync::mpsc::channel();
        if self.requests.send(Message::Settle(done)).is_ok() {
            wait.recv().unwrap_or_default();
        }
    }
}
