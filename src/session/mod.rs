//! The application without a window: what can be asked for, and what becomes of it.

pub mod action;
