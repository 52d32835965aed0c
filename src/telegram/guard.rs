//! Guards in front of the endpoints: a panic costs one reply, and one chat can't keep the bot from
//! the others.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use teloxide::types::ChatId;

/// Messages answered in one chat within a minute. A person doesn't reach it; Telegram itself
/// allows a bot 20 messages a minute in a group.
const PER_MINUTE: usize = 20;
const MINUTE: u64 = 60;
/// Chats counted at a time; when there are more, quiet ones are forgotten, then all.
const CHATS: usize = 20_000;

/// A handler panicked; what it panicked with stays unknown, it may hold a person's words.
#[derive(Debug)]
pub struct Panicked;

/// Runs a handler to its end or its panic. Without this the chat's worker dies, and the next
/// message of that chat ends the whole dispatcher (teloxide#1435).
///
/// # Errors
/// When the handler panicked.
pub async fn catching<T>(handler: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut handler = pin!(handler);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(_) => Poll::Ready(Err(Panicked)),
    })
    .await
}

/// What becomes of a message before anybody looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Enter,
    /// Too many; the sender is told, once until it calms down.
    Hint,
    /// Too many, and the sender knows.
    Drop,
}

/// What is counted apart: messages carry Telegram's clock, presses of buttons only ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    Messages,
    Presses,
}

/// Counts what each chat sent within the last minute. The minute is that of *sending*, so that
/// what piled up over a night is answered, and a flood isn't.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(ChatId, Lane), Recent>>);

#[derive(Debug, Default)]
struct Recent {
    entered: VecDeque<u64>,
    hinted: bool,
}

impl Limits {
    /// Admits or drops what a chat sent at a second.
    pub fn admit(&self, chat: ChatId, lane: Lane, at: u64) -> Admission {
        let mut chats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if chats.len() >= CHATS && !chats.contains_key(&(chat, lane)) {
            chats.retain(|_, recent| recent.entered.back().is_some_and(|last| last + MINUTE > at));
            if chats.len() >= CHATS {
                chats.clear();
            }
        }
        let recent = chats.entry((chat, lane)).or_default();
        while recent.entered.front().is_some_and(|first| first + MINUTE <= at) {
            recent.entered.pop_front();
        }
        if recent.entered.len() < PER_MINUTE {
            recent.entered.push_back(at);
            recent.hinted = false;
            return Admission::Enter;
        }
        if std::mem::replace(&mut recent.hinted, true) { Admission::Drop } else { Admission::Hint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAT: ChatId = ChatId(7);

    #[test]
    fn a_flood_enters_twenty_times_is_told_once_and_enters_again_a_minute_later() {
        let limits = Limits::default();
        let seen: Vec<Admission> = (0..200).map(|_| limits.admit(CHAT, Lane::Messages, 1_000)).collect();
        assert_eq!(seen.iter().filter(|a| **a == Admission::Enter).count(), PER_MINUTE);
        assert_eq!(seen.iter().filter(|a| **a == Admission::Hint).count(), 1);
        assert_eq!(limits.admit(ChatId(8), Lane::Messages, 1_000), Admission::Enter, "another chat");
        assert_eq!(limits.admit(CHAT, Lane::Presses, 1_000), Admission::Enter, "another lane");
        assert_eq!(limits.admit(CHAT, Lane::Messages, 1_060), Admission::Enter);
    }

    #[test]
    fn what_piled_up_over_hours_all_enters() {
        let limits = Limits::default();
        assert!((0..100).all(|n| limits.admit(CHAT, Lane::Messages, n * 60) == Admission::Enter));
    }

    #[test]
    fn chats_counted_stay_bounded() {
        let limits = Limits::default();
        for chat in 0..=(CHATS as i64) {
            let _ = limits.admit(ChatId(chat), Lane::Messages, 5);
        }
        assert!(limits.0.lock().unwrap_or_else(PoisonError::into_inner).len() <= CHATS);
    }
}
