//! Where the time and new ids come from, so that tests can give both.

use std::sync::Mutex;
use std::time::SystemTime;

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
        timestamp_at(SystemTime::now())
    }
}

/// A moment in UTC with milliseconds. A clock that is set to a year outside 0000 to 9999 stops nobody's work.
fn timestamp_at(time: SystemTime) -> Timestamp {
    let moment = jiff::Timestamp::try_from(time).ok();
    let words = moment.map(|moment| moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
    words
        .and_then(|words| Timestamp::new(&words))
        .unwrap_or_else(Timestamp::of_no_clock)
}

/// `UUIDv7`: sorted by the time of making, unique everywhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidSource;

impl IdSource for UuidSource {
    fn next(&self) -> String {
        id_at(SystemTime::now())
    }
}

/// What the last id was made of, so that the next one is behind it, whatever the clock says.
static LAST: Mutex<uuid::ContextV7> = Mutex::new(uuid::ContextV7::new());

fn id_at(time: SystemTime) -> String {
    // An id has no room for a time before 1970.
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let moment = uuid::Timestamp::from_unix(&LAST, since.as_secs(), since.subsec_nanos());
    uuid::Uuid::new_v7(moment).to_string()
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
    fn a_clock_that_is_set_wrong_stops_nobody() {
        let day = std::time::Duration::from_hours(24);
        let before = SystemTime::UNIX_EPOCH - day;
        assert_eq!(timestamp_at(before).as_str(), "1969-12-31T00:00:00.000Z");
        let late = SystemTime::UNIX_EPOCH + day * 365 * 8_200;
        assert_eq!(timestamp_at(late), Timestamp::of_no_clock());
        assert!(Timestamp::new(Timestamp::of_no_clock().as_str()).is_some());
    }

    #[test]
    fn ids_stay_in_order_and_apart_where_the_clock_goes_back() {
        let now = SystemTime::now();
        let hour = std::time::Duration::from_hours(1);
        let times = [
            now,
            now - hour,
            SystemTime::UNIX_EPOCH - hour,
            now - 2 * hour,
            now,
        ];
        let ids: Vec<String> = times.iter().map(|time| id_at(*time)).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        assert_eq!(
            ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
            ids.len()
        );
    }

    #[test]
    fn new_ids_are_in_the_order_of_their_making() {
        let ids: Vec<String> = (0..1000).map(|_| UuidSource.next()).collect();
        assert!(ids.is_sorted());
    }
}
