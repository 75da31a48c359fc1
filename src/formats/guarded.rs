//! What a library does with bytes that nobody has checked, kept from taking the thread down: some expect sound files, and
//! panic where one part of a file contradicts another.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

/// Why there is nothing, in a sentence about a file.
pub(super) const CONTRADICTION: &str = "its parts contradict each other, so it is damaged";

thread_local! {
    /// Whether what this thread does now is guarded.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the work; `None` where it panicked. What it has changed by then must not be used any more.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    caught(work).ok()
}

/// [`guarded`], with what was thrown.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    let outer = IS_GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(outer);
    done
}

/// Keeps guarded panics from being printed, which a diagnostic tells in words; all others are told as before. To be
/// called once, by the program.
pub fn hush_guarded_panics() {
    let told = take_hook();
    set_hook(Box::new(move |info| {
        if !IS_GUARDED.get() {
            told(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "it is what the test is about")]
    fn only_a_panic_that_is_not_guarded_is_told() {
        let told = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&told);
        // Other tests may fail meanwhile, in threads of their own.
        let (own, before) = (std::thread::current().id(), take_hook());
        set_hook(Box::new(move |info| {
            if std::thread::current().id() == own {
                count.fetch_add(1, Ordering::SeqCst);
            } else {
                before(info);
            }
        }));
        hush_guarded_panics();
        let nested = guarded(|| {
            assert_eq!(guarded(|| -> u8 { panic!("inside") }), None);
            panic!("behind it")
        });
        let quiet = told.load(Ordering::SeqCst);
        let thrown = catch_unwind(|| -> u8 { panic!("outside") }).is_err();
        assert_eq!((nested, quiet), (None::<u8>, 0));
        assert_eq!((thrown, told.load(Ordering::SeqCst)), (true, 1));
    }
}
