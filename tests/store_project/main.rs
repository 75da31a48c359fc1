//! The project file: what is written comes back, what is wrong with it shows, what fails loses nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test's helpers may panic as its tests may"
)]

mod damage;
mod events;
mod imports;
mod listing;
mod older;
mod review;
mod room;
mod soundness;
mod support;
mod together;
mod undo;
