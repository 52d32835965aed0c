//! `netral`: tells a civil servant whether an act is neutral, and which regulation says so.
//!
//! The rooms, in the order of a question's journey; dependencies point one way, see ARCHITECTURE.md.

pub mod answer;
pub mod assistant;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod exam;
pub mod knowledge;
pub mod language;
pub mod logging;
pub mod search;
pub mod telegram;
pub mod terminal;
