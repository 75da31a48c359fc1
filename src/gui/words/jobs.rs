//! The words of work that goes on in the background.

use super::counted;

/// In the status bar, where changes wait until a long one is done.
pub fn changes_wait(count: usize) -> String {
    if count == 1 {
        "1 change waits".to_owned()
    } else {
        format!("{} wait", counted(count, "change", "changes"))
    }
}
