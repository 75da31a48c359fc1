//! What words say as a value: when something happened.
//!
//! Tables are data files that a linguist can read and extend. Knows nothing of articles, spans, or where a value goes.

pub mod date;
