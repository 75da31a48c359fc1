//! Spells.
