//! The terminal as an edge: rendering replies, explaining decisions, the chat.

mod chat;
mod explain;
mod render;

pub use chat::run as chat;
pub use explain::explain;
pub use render::{Paint, render};
