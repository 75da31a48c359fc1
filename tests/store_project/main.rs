//! The project file: what is written comes back, what is wrong with it shows, what fails loses nothing.

mod support;
mod undo;
