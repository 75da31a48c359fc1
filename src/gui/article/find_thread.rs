//! What the thread that searches long articles is asked.

use std::sync::Arc;

use crate::gui::newest::Question;
use crate::text::find::{Finder, Hits, Searched};

/// A search of a text.
pub(super) struct Search {
    pub(super) searched: Arc<Searched>,
    pub(super) finder: Finder,
}

impl Question for Search {
    type Answer = Hits;

    const THREAD: &'static str = "find";

    fn answer(&self, is_wanted: impl Fn() -> bool) -> Option<Hits> {
        self.finder.find_while(&self.searched, is_wanted)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::gui::newest::NewestAnswer;
    use crate::text::Text;
    use crate::text::find::Query;

    #[test]
    fn only_the_newest_search_is_answered() {
        let searched = Arc::new(Searched::new(Text::new("ab".repeat(1_000))));
        let search = |words: &str| Search {
            searched: Arc::clone(&searched),
            finder: Finder::new(&Query {
                words: words.to_owned(),
                ..Query::default()
            })
            .unwrap(),
        };
        let mut thread = NewestAnswer::default();
        let (wake, woken) = channel();
        for words in ["a", "ab", "ba"] {
            let wake = wake.clone();
            assert!(thread.ask(search(words), move || {
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
        assert!(thread.ask(search("a"), || {}));
        thread.forget();
        assert!(!thread.is_busy() && thread.poll().is_none());
    }
}
