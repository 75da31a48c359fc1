//! What a library does with bytes that nobody has checked, kept from taking the thread down: some expect sound files, and
//! panic where one part of a file contradicts another.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why there is nothing, in a sentence about a file.
pub(super) const CONTRADICTION: &str = "its parts contradict each other, so it is damaged";

/// Runs the work; `None` where it panicked. What it has changed by then must not be used any more.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
