//! The conversation, free of transport: events in, screens out. Group policy, commands, buttons
//! and the memory of the last question live here; Telegram and the terminal play the same scenes.

mod button;
mod memory;
mod screen;
pub mod words;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

pub use button::{Button, Press, hash};
pub use memory::Memory;
pub use screen::{Block, Screen, Span, screen};

use crate::answer::Outcome;
use crate::assistant::Assistant;
use crate::language::Language;

/// Where an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Tells conversations apart; the terminal has one.
    pub chat: i64,
    pub kind: PlaceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    Private,
    /// In a group only what is meant for the bot is answered.
    Group,
}

/// When an event happened. The core never reads the clock.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub day: Date,
    /// Seconds on any clock that doesn't run backwards.
    pub seconds: u64,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Plain text, or the caption of a photo or file; `to_bot` when it answers a message of the bot.
    Text { text: String, to_bot: bool },
    /// A command without its slash, the text after it, and the text of the message it replies to.
    Command { name: String, rest: String, replied: Option<String> },
    /// A button's data.
    Press(String),
    /// A photo, voice message, sticker … without words.
    Wordless,
}

/// One conversation partner for all chats.
#[derive(Debug)]
pub struct Conversation {
    assistant: Arc<Assistant>,
    /// Where a declined question is sent.
    contact: Option<String>,
    memory: Memory,
    /// Topic ids by the hash that buttons carry.
    by_hash: HashMap<String, String>,
}

impl Conversation {
    #[must_use]
    pub fn new(assistant: Arc<Assistant>, contact: Option<String>) -> Self {
        let by_hash = assistant.knowledge().topics().iter().map(|t| (hash(&t.file.id), t.file.id.clone())).collect();
        Self { assistant, contact, memory: Memory::default(), by_hash }
    }

    #[must_use]
    pub fn assistant(&self) -> &Assistant {
        &self.assistant
    }

    /// The screen that answers an event; `None` when silence is the answer.
    #[must_use]
    pub fn handle(&self, place: Place, event: &Event, moment: Moment) -> Option<Screen> {
        match event {
            Event::Text { to_bot: false, .. } | Event::Wordless if place.kind == PlaceKind::Group => None,
            Event::Text { text, .. } => Some(self.ask(place, text, moment)),
            Event::Wordless => Some(Screen::say(words::WORDLESS)),
            Event::Press(data) => Some(self.press(data, moment)),
            Event::Command { name, rest, replied } => self.command(place, name, rest, replied.as_deref(), moment),
        }
    }

    fn command(&self, place: Place, name: &str, rest: &str, replied: Option<&str>, moment: Moment) -> Option<Screen> {
        match name {
            // A deep link `?start=<hash>` opens a topic.
            "start" if !rest.is_empty() => Some(self.topic_screen(rest, moment).unwrap_or_else(|| self.welcome())),
            "start" => Some(self.welcome()),
            "help" | "bantuan" => Some(self.with_foot(Screen::say(words::HELP), Language::Indonesian)),
            "tanya" => match (rest.trim(), replied.map(str::trim)) {
                ("", None | Some("")) => Some(Screen::say(words::ASK_HOW)),
                ("", Some(text)) | (text, _) => Some(self.ask(place, text, moment)),
            },
            _ if place.kind == PlaceKind::Group => None,
            _ => Some(Screen::say(words::UNKNOWN_COMMAND)),
        }
    }

    fn welcome(&self) -> Screen {
        self.with_foot(Screen::say(words::WELCOME), Language::Indonesian)
    }

    fn ask(&self, place: Place, text: &str, moment: Moment) -> Screen {
        // In a group the question before may be somebody else's.
        let remembers = place.kind == PlaceKind::Private;
        let before = remembers.then(|| self.memory.recall(place.chat, moment.seconds)).flatten();
        let (reply, next) = self.assistant.ask_after(text, moment.day, before.as_ref());
        if let Some(next) = next.filter(|_| remembers) {
            self.memory.keep(place.chat, moment.seconds, next);
        }
        let mut screen = screen::screen(&reply, &|id| self.title(id));
        if reply.outcome == Outcome::Unknown
            && let Some(contact) = &self.contact
        {
            screen.blocks.push(Block::Paragraph(vec![Span::Plain(words::desk(contact))]));
        }
        if reply.outcome == Outcome::SmallTalk { screen } else { self.with_foot(screen, reply.language) }
    }

    fn press(&self, data: &str, moment: Moment) -> Screen {
        match Press::read(data) {
            Press::Topic(hash) => self.topic_screen(&hash, moment),
            Press::Provisions(hash) => self.provisions_screen(&hash, moment),
            Press::Branch(hash, number) => self.branch_screen(&hash, number, moment),
            Press::Unknown => None,
        }
        .unwrap_or_else(|| Screen::say(words::OLD_BUTTON))
    }

    fn topic_screen(&self, hash: &str, moment: Moment) -> Option<Screen> {
        let reply = self.assistant.topic(self.by_hash.get(hash)?, Language::Indonesian, moment.day)?;
        Some(self.with_foot(screen::screen(&reply, &|id| self.title(id)), reply.language))
    }

    fn branch_screen(&self, hash: &str, number: usize, moment: Moment) -> Option<Screen> {
        let reply = self.assistant.branch(self.by_hash.get(hash)?, number, Language::Indonesian, moment.day)?;
        Some(self.with_foot(screen::screen(&reply, &|id| self.title(id)), reply.language))
    }

    fn provisions_screen(&self, hash: &str, moment: Moment) -> Option<Screen> {
        let reply = self.assistant.topic(self.by_hash.get(hash)?, Language::Indonesian, moment.day)?;
        Some(screen::provisions(&reply.citations, reply.language))
    }

    fn title(&self, id: &str) -> Option<String> {
        self.assistant.knowledge().topic(id).map(|topic| topic.file.judul.clone())
    }

    fn with_foot(&self, mut screen: Screen, language: Language) -> Screen {
        let foot = crate::answer::words::foot(self.assistant.knowledge().checked, self.contact.as_deref(), language);
        screen.blocks.push(Block::Paragraph(vec![Span::Faint(foot)]));
        screen
    }
}
