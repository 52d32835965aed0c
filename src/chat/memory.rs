//! The last question of each chat, for follow-ups. In memory only, forgotten after minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::assistant::Context;

/// A follow-up is understood for this many seconds.
const LASTS: u64 = 5 * 60;
/// Most chats remembered; a full memory first forgets what has expired, then everything.
const CHATS: usize = 20_000;

#[derive(Debug, Default)]
pub struct Memory(Mutex<HashMap<i64, (u64, Context)>>);

impl Memory {
    /// The chat's last question, unless it is too old.
    #[must_use]
    pub fn recall(&self, chat: i64, now: u64) -> Option<Context> {
        let chats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chats.get(&chat).filter(|(at, _)| now.saturating_sub(*at) <= LASTS).map(|(_, context)| context.clone())
    }

    /// Remembers a question in place of the one before.
    pub fn keep(&self, chat: i64, now: u64, context: Context) {
        let mut chats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if chats.len() >= CHATS {
            chats.retain(|_, (at, _)| now.saturating_sub(*at) <= LASTS);
        }
        if chats.len() >= CHATS {
            chats.clear();
        }
        chats.insert(chat, (now, context));
    }
}
