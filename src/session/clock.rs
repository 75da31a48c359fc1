//! Where the time and new ids come from, so that tests can give both.

use crate::model::Timestamp;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// Now, in UTC with milliseconds.
    fn now(&self) -> Timestamp;
}

/// Makes ids that two machines can make without meeting.
pub trait IdSource: Send + Sync {
    /// A new id, in the order of their making.
    fn next(&self) -> String;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A year outside 0000 to 9999 is the only time that has no such form; the clock is read again until it has.
        loop {
            let now = jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
                .to_string();
            if let Some(now) = Timestamp::new(&now) {
                return now;
            }
        }
    }
}

/// `UUIDv7`: sorted by the time of making, unique everywhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidSource;

impl IdSource for UuidSource {
    fn next(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_clock_gives_utc_with_milliseconds() {
        let now = SystemClock.now();
        assert_eq!(now.as_str().len(), "2026-01-31T12:00:00.000Z".len());
        assert!(now.as_str() > "2024" && now.as_str().ends_with('Z'));
    }

    #[test]
    fn new_ids_are_in_the_order_of_their_making() {
        let ids: Vec<String> = (0..1000).map(|_| UuidSource.next()).collect();
        assert!(ids.is_sorted());
    }
}
