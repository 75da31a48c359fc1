//! The project file: what is written comes back, what is wrong with it shows, what fails loses nothing.

mod damage;
mod imports;
mod listing;
mod room;
mod soundness;
mod support;
mod together;
mod undo;
