//! `netral obrolan`: the conversation in the terminal. Numbers press buttons; the history lives in
//! memory only.

use std::io::{self, BufRead, IsTerminal, Write};

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor};

use super::render::{Paint, render};
use crate::chat::{Button, Conversation, Event, Moment, Place, PlaceKind};
use crate::clock;

const PROMPT: &str = "> ";
/// The terminal holds one conversation.
const HERE: Place = Place { chat: 0, kind: PlaceKind::Private };

/// Talks until the input ends or somebody types `/keluar`.
///
/// # Errors
/// When input or output breaks.
pub fn run(conversation: &Conversation, paint: Paint) -> io::Result<()> {
    let mut scene = Scene { conversation, paint, buttons: Vec::new() };
    let mut out = io::stdout();
    if let Some(text) = scene.say("/start") {
        writeln!(out, "{text}\n\nKeluar: /keluar atau Ctrl-D.\n")?;
    }
    if !io::stdin().is_terminal() {
        for line in io::stdin().lock().lines() {
            match scene.say(&line?) {
                Some(text) => writeln!(out, "{text}\n")?,
                None => break,
            }
        }
        return Ok(());
    }
    let mut editor: Editor<(), MemHistory> =
        Editor::with_history(Config::default(), MemHistory::new()).map_err(io::Error::other)?;
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => {
                // A line that can't be kept in the history is still a question.
                let _ = editor.add_history_entry(line.as_str());
                match scene.say(&line) {
                    Some(text) => writeln!(out, "\n{text}\n")?,
                    None => return Ok(()),
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(cause) => return Err(io::Error::other(cause)),
        }
    }
}

/// The conversation with the buttons that are on screen.
struct Scene<'a> {
    conversation: &'a Conversation,
    paint: Paint,
    buttons: Vec<Button>,
}

impl Scene<'_> {
    /// What is shown for a typed line; `None` to leave.
    fn say(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        if matches!(line, "/keluar" | "/exit" | "/quit") {
            return None;
        }
        let event = match line.parse::<usize>().ok().and_then(|number| self.buttons.get(number.checked_sub(1)?)) {
            Some(button) => Event::Press(button.data.clone()),
            None => read(line),
        };
        let moment = Moment { day: clock::today(), seconds: clock::seconds() };
        let screen = self.conversation.handle(HERE, &event, moment)?;
        if !screen.buttons.is_empty() {
            self.buttons.clone_from(&screen.buttons);
        }
        Some(render(&screen, self.paint))
    }
}

/// A line as an event: commands begin with a slash.
fn read(line: &str) -> Event {
    match line.strip_prefix('/') {
        Some(command) => {
            let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
            Event::Command { name: name.to_lowercase(), rest: rest.trim().to_owned(), replied: None }
        }
        None => Event::Text { text: line.to_owned(), to_bot: true },
    }
}
