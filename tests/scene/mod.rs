//! Reading scenes. The grammar of a line:
//!
//! ```text
//! # remark
//! > what somebody types; `\n` breaks the line, `[foto]` is a message without words
//! < text that must occur in the answer     ! text that must not
//! [label fragment]   presses the first button whose label contains it
//! + 400              lets seconds pass
//! @grup              what follows happens in a group
//! @balas TEXT        the next command replies to a message with this text
//! ```

use std::fs;
use std::path::Path;

use netral::chat::{Event, Place, PlaceKind};

pub struct Scene {
    pub name: String,
    /// Each with its line number.
    pub lines: Vec<(usize, Line)>,
    /// From which line on the scene is in a group.
    group_from: Option<usize>,
}

pub enum Line {
    Say(Event),
    Expect(String),
    Refuse(String),
    Press(String),
    Wait(u64),
}

impl Scene {
    pub fn place(&self, chat: i64, line: usize) -> Place {
        let group = self.group_from.is_some_and(|from| line > from);
        Place { chat, kind: if group { PlaceKind::Group } else { PlaceKind::Private } }
    }
}

/// All scenes of `tests/obrolan`, by name.
pub fn all() -> Vec<Scene> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/obrolan");
    let mut paths: Vec<_> = fs::read_dir(directory).expect("tests/obrolan").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths
        .iter()
        .map(|path| read(&path.file_name().unwrap_or_default().to_string_lossy(), &fs::read_to_string(path).expect("adegan")))
        .collect()
}

fn read(name: &str, text: &str) -> Scene {
    let mut scene = Scene { name: name.to_owned(), lines: Vec::new(), group_from: None };
    let mut replied: Option<String> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        let parsed = if let Some(typed) = line.strip_prefix('>') {
            Line::Say(event(typed.trim_start(), replied.take(), scene.group_from.is_some()))
        } else if let Some(text) = line.strip_prefix('<') {
            Line::Expect(text.trim().to_owned())
        } else if let Some(text) = line.strip_prefix('!') {
            Line::Refuse(text.trim().to_owned())
        } else if let Some(seconds) = line.strip_prefix('+') {
            Line::Wait(seconds.trim().parse().expect("detik"))
        } else if let Some(label) = line.strip_prefix('[') {
            Line::Press(label.trim_end_matches(']').to_owned())
        } else if line == "@grup" {
            scene.group_from = Some(number);
            continue;
        } else if let Some(text) = line.strip_prefix("@balas ") {
            replied = Some(text.to_owned());
            continue;
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "{name}:{number}: baris tidak dikenal: {line}");
            continue;
        };
        scene.lines.push((number, parsed));
    }
    scene
}

fn event(typed: &str, replied: Option<String>, group: bool) -> Event {
    let typed = typed.replace("\\n", "\n");
    if typed == "[foto]" {
        return Event::Wordless;
    }
    match typed.strip_prefix('/') {
        Some(command) => {
            let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
            Event::Command { name: name.to_owned(), rest: rest.trim().to_owned(), replied }
        }
        // In a group a reply to the bot is meant for it; anything else isn't.
        None => Event::Text { text: typed, to_bot: !group || replied.is_some() },
    }
}
