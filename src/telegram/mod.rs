//! Telegram as an edge: updates become the conversation's events, its screens become messages.
//! Knows nothing about the law, and never logs a token or a word that somebody typed.

mod answered;
mod errors;
mod event;
mod guard;
mod handle;
pub mod html;
mod run;
mod schema;
mod send;

pub use run::{RunError, Settings, run};

use jiff::civil::Date;

use crate::chat::{Conversation, Event, Moment, Place, Screen};

/// Who answers behind Telegram.
pub trait Talk: Send + Sync + 'static {
    /// The screen that answers an event; `None` when silence is the answer.
    fn handle(&self, place: Place, event: &Event, moment: Moment) -> Option<Screen>;

    /// The day as of which the knowledge stands.
    fn knowledge_day(&self) -> Date;
}

impl Talk for Conversation {
    fn handle(&self, place: Place, event: &Event, moment: Moment) -> Option<Screen> {
        Conversation::handle(self, place, event, moment)
    }

    fn knowledge_day(&self) -> Date {
        self.assistant().knowledge().checked
    }
}
