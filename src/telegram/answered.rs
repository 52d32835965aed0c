//! What has been answered: updates, so that none is answered twice, and the replies given to a
//! question, so that an edited question edits them. In memory, bounded, and holding numbers only.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use teloxide::types::{ChatId, MediaGroupId, MessageId, UpdateId};

/// Updates remembered; Telegram repeats at most what it delivered last, a hundred at a time.
const UPDATES: usize = 10_000;
/// Questions whose replies can still be edited.
const QUESTIONS: usize = 20_000;
/// Albums remembered; their photos arrive within seconds of each other.
const ALBUMS: usize = 1_000;

pub struct Answered {
    updates: Mutex<Bounded<u32, ()>>,
    replies: Mutex<Bounded<(i64, i32), Vec<MessageId>>>,
    albums: Mutex<Bounded<MediaGroupId, ()>>,
}

impl Answered {
    #[must_use]
    pub fn new() -> Self {
        Self {
            updates: Mutex::new(Bounded::new(UPDATES)),
            replies: Mutex::new(Bounded::new(QUESTIONS)),
            albums: Mutex::new(Bounded::new(ALBUMS)),
        }
    }

    /// Whether the update is new; from now on it isn't.
    #[must_use]
    pub fn is_first(&self, update: UpdateId) -> bool {
        lock(&self.updates).insert(update.0, ()).is_none()
    }

    /// Whether this is the first message seen of an album; from now on it isn't.
    #[must_use]
    pub fn is_first_of_album(&self, album: &MediaGroupId) -> bool {
        lock(&self.albums).insert(album.clone(), ()).is_none()
    }

    /// Remembers the messages that answer a question.
    pub fn keep(&self, chat: ChatId, question: MessageId, replies: Vec<MessageId>) {
        lock(&self.replies).insert((chat.0, question.0), replies);
    }

    /// The messages that answer a question; empty when it wasn't answered or that is forgotten.
    #[must_use]
    pub fn replies(&self, chat: ChatId, question: MessageId) -> Vec<MessageId> {
        lock(&self.replies).values.get(&(chat.0, question.0)).cloned().unwrap_or_default()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing here can be left half done by a panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A map that forgets its oldest entry when full.
struct Bounded<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<K>,
    most: usize,
}

impl<K: Clone + Eq + Hash, V> Bounded<K, V> {
    fn new(most: usize) -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), most }
    }

    /// Puts a value in; returns the one it replaces.
    fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.values.insert(key.clone(), value);
        if before.is_none() {
            self.order.push_back(key);
            if self.order.len() > self.most
                && let Some(oldest) = self.order.pop_front()
            {
                self.values.remove(&oldest);
            }
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_first_once_and_memory_stays_bounded() {
        let answered = Answered::new();
        assert!(answered.is_first(UpdateId(1)));
        assert!(!answered.is_first(UpdateId(1)));
        for id in 2..=(UPDATES as u32 + 1) {
            assert!(answered.is_first(UpdateId(id)));
        }
        assert_eq!(lock(&answered.updates).values.len(), UPDATES);
        assert!(answered.is_first(UpdateId(1)), "the oldest is forgotten first");
    }
}
