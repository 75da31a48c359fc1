//! A thread for searches of long articles, so that the window never waits for one.
//!
//! It works on a text that never changes and answers through a channel. Only the newest search counts: an older one is
//! left where it is, and its answer, if there is one, is thrown away.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use crate::text::find::{Finder, Hits, Searched};

/// Searches on a thread that is started by the first one.
#[derive(Default)]
pub(super) struct FindThread {
    link: Option<Link>,
    /// The number of the newest search; shared, so that the thread knows when nobody waits for it any more.
    newest: Arc<AtomicU64>,
    is_busy: bool,
}

struct Link {
    searches: Sender<Search>,
    answers: Receiver<(u64, Hits)>,
}

struct Search {
    number: u64,
    searched: Arc<Searched>,
    finder: Finder,
    wake: Box<dyn Fn() + Send>,
}

impl FindThread {
    /// Starts a search in the place of the one under way; `wake` is called when it is answered. Says whether there is
    /// a thread to do it.
    pub fn send(
        &mut self,
        searched: Arc<Searched>,
        finder: Finder,
        wake: impl Fn() + Send + 'static,
    ) -> bool {
        self.forget();
        if self.link.is_none() {
            self.link = start(Arc::clone(&self.newest));
        }
        let search = Search {
            number: self.newest.load(Ordering::Relaxed),
            searched,
            finder,
            wake: Box::new(wake),
        };
        self.is_busy = self
            .link
            .as_ref()
            .is_some_and(|link| link.searches.send(search).is_ok());
        self.is_busy
    }

    /// The answer to the newest search, once.
    pub fn poll(&mut self) -> Option<Hits> {
        let newest = self.newest.load(Ordering::Relaxed);
        while self.is_busy {
            match self.link.as_ref()?.answers.try_recv() {
                Ok((number, hits)) if number == newest => {
                    self.is_busy = false;
                    return Some(hits);
                }
                Ok(_) => {}
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => {
                    // The thread is gone; the next search starts another one.
                    self.link = None;
                    self.is_busy = false;
                }
            }
        }
        None
    }

    /// Whether a search is under way.
    pub fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Waits for no answer any more.
    pub fn forget(&mut self) {
        self.newest.fetch_add(1, Ordering::Relaxed);
        self.is_busy = false;
    }
}

impl Drop for FindThread {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Starts the thread; it ends when nobody can ask it any more.
fn start(newest: Arc<AtomicU64>) -> Option<Link> {
    let (searches, asked) = channel::<Search>();
    let (answer, answers) = channel();
    let work = move || {
        while let Ok(mut search) = asked.recv() {
            while let Ok(newer) = asked.try_recv() {
                search = newer;
            }
            let is_wanted = || newest.load(Ordering::Relaxed) == search.number;
            let hits = search.finder.find_while(&search.searched, is_wanted);
            if let Some(hits) = hits
                && answer.send((search.number, hits)).is_ok()
            {
                (search.wake)();
            }
        }
    };
    let thread = std::thread::Builder::new().name("find".into());
    thread.spawn(work).ok().map(|_| Link { searches, answers })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use crate::text::find::Query;

    #[test]
    fn only_the_newest_search_is_answered() {
        let searched = Arc::new(Searched::new(Text::new("ab".repeat(1_000))));
        let finder = |words: &str| {
            Finder::new(&Query {
                words: words.to_owned(),
                ..Query::default()
            })
            .unwrap()
        };
        let mut thread = FindThread::default();
        let (wake, woken) = channel();
        for words in ["a", "ab", "ba"] {
            let wake = wake.clone();
            assert!(thread.send(Arc::clone(&searched), finder(words), move || {
                wake.send(()).unwrap_or_default();
            }));
        }
        let hits = loop {
            woken.recv().unwrap();
            if let Some(hits) = thread.poll() {
                break hits;
            }
        };
        assert_eq!(hits.ranges.len(), 999);
        assert!(!thread.is_busy() && thread.poll().is_none());
        assert!(thread.send(Arc::clone(&searched), finder("a"), || {}));
        thread.forget();
        assert!(!thread.is_busy() && thread.poll().is_none());
    }
}
