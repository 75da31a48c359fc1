//! A thread that looks for the problems of long articles, so that no frame waits for them.
//!
//! It works on what a snapshot holds, which never changes, and answers through a channel.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use crate::model::{ArticleId, Codebook};
use crate::session::{ArticleView, Problems};
use crate::text::ByteRange;

/// What is to be looked at.
pub(super) struct Question {
    pub(super) article: Arc<ArticleView>,
    pub(super) codebook: Arc<Codebook>,
    /// The casualty words of the text, where they are known already.
    pub(super) casualties: Option<Arc<[ByteRange]>>,
}

/// What was found.
pub(super) struct Answer {
    pub(super) article: ArticleId,
    pub(super) lang: Option<String>,
    pub(super) problems: Problems,
    pub(super) casualties: Arc<[ByteRange]>,
}

/// The thread, which is started by the first question.
#[derive(Default)]
pub(super) struct ProblemThread {
    link: Option<Link>,
    /// The number of the newest question; an older one is answered to nobody.
    newest: u64,
    is_busy: bool,
}

/// A question with its number, and what is called when it is answered.
type Numbered = (u64, Question, Box<dyn Fn() + Send>);

struct Link {
    questions: Sender<Numbered>,
    answers: Receiver<(u64, Answer)>,
}

impl ProblemThread {
    /// Asks; `wake` is called when the answer is there. Without a thread nothing is found.
    pub(super) fn send(&mut self, question: Question, wake: impl Fn() + Send + 'static) {
        self.forget();
        if self.link.is_none() {
            self.link = start();
        }
        let asked = (self.newest, question, Box::new(wake) as Box<dyn Fn() + Send>);
        self.is_busy = self
            .link
            .as_ref()
            .is_some_and(|link| link.questions.send(asked).is_ok());
    }

    /// The answer to the newest question, once.
    pub(super) fn poll(&mut self) -> Option<Answer> {
        while self.is_busy {
            match self.link.as_ref()?.answers.try_recv() {
                Ok((number, answer)) if number == self.newest => {
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

    pub(super) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Waits for no answer any more.
    pub(super) fn forget(&mut self) {
        self.newest += 1;
        self.is_busy = false;
    }
}

/// Starts the thread; it ends when nobody can ask it any more.
fn start() -> Option<Link> {
    let (questions, asked) = channel::<Numbered>();
    let (answer, answers) = channel();
    let work = move || {
        while let Ok(mut next) = asked.recv() {
            while let Ok(newer) = asked.try_recv() {
                next = newer;
            }
            let (number, question, wake) = next;
            if answer.send((number, question.answer())).is_ok() {
                wake();
            }
        }
    };
    let thread = std::thread::Builder::new().name("problems".into());
    thread.spawn(work).ok().map(|_| Link { questions, answers })
}
