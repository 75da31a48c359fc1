//! Words about events: the sheet, the menu that adds a span, the table of all events.

/// The column and the role-like name of the words that name an event.
pub const TRIGGER: &str = "Trigger";
