//! The threads behind a window: requests go in, snapshots come out.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Config, Request, Snapshot};

/// The session as a window uses it. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    requests: Sender<Request>,
    shown: Arc<Mutex<Arc<Snapshot>>>,
}

impl Service {
    /// Starts the threads; `wake` is called after each new snapshot.
    pub fn start(config: Config, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (requests, inbox) = std::sync::mpsc::channel();
        let snapshot = Snapshot {
            annotator: Some(config.annotator),
            ..Snapshot::default()
        };
        std::thread::spawn(move || {
            for request in inbox {
                if matches!(request, Request::Shutdown) {
                    return;
                }
                wake();
            }
        });
        Self {
            requests,
            shown: Arc::new(Mutex::new(Arc::new(snapshot))),
        }
    }

    /// The newest snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for something; returns at once.
    pub fn send(&self, request: Request) {
        // The threads are gone only after `Shutdown`, and then nobody waits for an answer.
        self.requests.send(request).unwrap_or_default();
    }
}
