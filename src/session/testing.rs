//! A clock and ids that give the same each time, for tests and benchmarks.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::Timestamp;

use super::clock::{Clock, IdSource, SystemClock};

/// A clock that goes one second on at each question, from 2026-01-01T00:00:00Z.
#[derive(Debug, Default)]
pub struct CountingClock(AtomicU64);

impl Clock for CountingClock {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::SeqCst);
        let text = format!(
            "2026-01-{:02}T{:02}:{:02}:{:02}Z",
            1 + seconds / 86_400 % 28,
            seconds / 3600 % 24,
            seconds / 60 % 60,
            seconds % 60
        );
        Timestamp::new(&text).unwrap_or_else(|| SystemClock.now())
    }
}

/// Ids `n0001`, `n0002`, …
#[derive(Debug, Default)]
pub struct CountingIds(AtomicU64);

impl IdSource for CountingIds {
    fn next(&self) -> String {
        format!("n{:04}", 1 + self.0.fetch_add(1, Ordering::SeqCst))
    }
}
