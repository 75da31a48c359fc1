//! Questions that take long, answered on a thread of their own, so that the window never waits for one.
//!
//! A question holds what never changes, and its answer comes through a channel. Only the newest one counts: an older one
//! is left where it is, and its answer, if there is one, is thrown away.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

/// What is asked.
pub(super) trait Question: Send + 'static {
    /// What comes back.
    type Answer: Send + 'static;

    /// The name of the thread.
    const THREAD: &'static str;

    /// Finds the answer; none where it is given up, as nobody wants it any more.
    fn answer(&self, is_wanted: impl Fn() -> bool) -> Option<Self::Answer>;
}

/// The thread, which is started by the first question.
pub(super) struct NewestAnswer<Q: Question> {
    link: Option<Link<Q>>,
    /// The number of the newest question; shared, so that the thread knows when nobody waits for its answer any more.
    newest: Arc<AtomicU64>,
    is_busy: bool,
}

struct Link<Q: Question> {
    questions: Sender<Asked<Q>>,
    answers: Receiver<(u64, Q::Answer)>,
}

struct Asked<Q> {
    number: u64,
    question: Q,
    wake: Box<dyn Fn() + Send>,
}

impl<Q: Question> Default for NewestAnswer<Q> {
    fn default() -> Self {
        Self {
            link: None,
            newest: Arc::default(),
            is_busy: false,
        }
    }
}

impl<Q: Question> NewestAnswer<Q> {
    /// Asks in the place of the question under way; `wake` is called when it is answered. Says whether there is a
    /// thread to do it.
    pub(super) fn ask(&mut self, question: Q, wake: impl Fn() + Send + 'static) -> bool {
        self.forget();
        if self.link.is_none() {
            self.link = start(Arc::clone(&self.newest));
        }
        let asked = Asked {
            number: self.newest.load(Ordering::Relaxed),
            question,
            wake: Box::new(wake),
        };
        self.is_busy = self
            .link
            .as_ref()
            .is_some_and(|link| link.questions.send(asked).is_ok());
        self.is_busy
    }

    /// The answer to the newest question, once.
    pub(super) fn poll(&mut self) -> Option<Q::Answer> {
        let newest = self.newest.load(Ordering::Relaxed);
        while self.is_busy {
            match self.link.as_ref()?.answers.try_recv() {
                Ok((number, answer)) if number == newest => {
                    self.is_busy = false;
                    return Some(answer);
                }
                Ok(_) => {}
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => {
                    // The thread is gone; the next question starts another one.
                    self.link = None;
                    self.is_busy = false;
                }
            }
        }
        None
    }

    /// Whether an answer is awaited.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Waits for no answer any more.
    pub(super) fn forget(&mut self) {
        self.newest.fetch_add(1, Ordering::Relaxed);
        self.is_busy = false;
    }
}

impl<Q: Question> Drop for NewestAnswer<Q> {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Starts the thread; it ends when nobody can ask it any more.
fn start<Q: Question>(newest: Arc<AtomicU64>) -> Option<Link<Q>> {
    let (questions, asked) = channel::<Asked<Q>>();
    let (answer, answers) = channel();
    let work = move || {
        while let Ok(mut next) = asked.recv() {
            while let Ok(newer) = asked.try_recv() {
                next = newer;
            }
            let is_wanted = || newest.load(Ordering::Relaxed) == next.number;
            if let Some(found) = next.question.answer(is_wanted)
                && answer.send((next.number, found)).is_ok()
            {
                (next.wake)();
            }
        }
    };
    let thread = std::thread::Builder::new().name(Q::THREAD.into());
    thread.spawn(work).ok().map(|_| Link { questions, answers })
}
