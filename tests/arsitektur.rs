//! The rooms of the program hold: dependencies point one way, each outside library and each impure
//! thing has one room, files are small and say what they are for, and no exam question is indexed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use netral::exam::read_exam;
use netral::knowledge::{self, source};
use netral::language::plain;

/// Longest source file, in lines.
const LONGEST_FILE: usize = 450;

/// A room may use rooms of a lower number, and itself. `knowledge` compiles the language tables and
/// `language` reads its files, so the two stand on one floor.
const FLOORS: [(&str, u8); 13] = [
    ("main", 9),
    ("cli", 8),
    ("telegram", 7),
    ("terminal", 7),
    ("chat", 6),
    ("exam", 6),
    ("assistant", 5),
    ("answer", 4),
    ("search", 3),
    ("config", 3),
    ("language", 2),
    ("knowledge", 2),
    ("logging", 1),
];
/// Below all others, but only for the rooms at the edge: the core is told the day.
const CLOCK: &str = "clock";
const MAY_READ_THE_CLOCK: [&str; 3] = ["cli", "telegram", "terminal"];
/// Settings are read at the edge; the core is given values.
const MAY_READ_SETTINGS: [&str; 2] = ["cli", "telegram"];

/// What may be named only in one room.
const OWNED: [(&str, &str); 11] = [
    ("teloxide", "telegram"),
    ("tantivy", "search"),
    ("rustyline", "terminal"),
    ("frostem", "language"),
    ("unicode_normalization", "language"),
    ("clap", "cli"),
    ("dotenvy", "config"),
    ("std::env", "config"),
    ("env::var", "config"),
    ("set_var", "nowhere"),
    ("QueryParser", "nowhere"),
];

/// What reads the clock.
const CLOCKS: [&str; 4] = ["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now"];

/// A source file: its path in `src`, its room, its code without comments.
struct Room {
    path: String,
    name: String,
    text: String,
    code: String,
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn rooms() -> Vec<Room> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "src not found");
    let read = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let path = path.strip_prefix(&src).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let name = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let code = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
        Room { path, name, text, code }
    });
    read.collect()
}

/// Whether `word` stands in `code` as a whole path segment or word.
fn names(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Rooms that a file uses: `crate::room`, also inside `use crate::{…}`.
fn used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = code.get(at + path.len()..).unwrap_or_default();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group)),
            None => found.extend(first_word(rest)),
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first segments of the members of a `{…}` group; inner groups are skipped.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut at_start = true;
    let mut found = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if at_start && c.is_alphabetic() => {
                found.extend(group.get(at..).and_then(first_word));
                at_start = false;
            }
            _ => {}
        }
    }
    found
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// What is wrong with one room using another.
fn fault(from: &str, to: &str) -> Option<&'static str> {
    let beside = [("language", "knowledge"), ("knowledge", "language")].contains(&(from, to));
    match (floor(from), floor(to)) {
        _ if to == from || from == "lib" || from == "main" || beside => None,
        _ if to == CLOCK => (!MAY_READ_THE_CLOCK.contains(&from)).then_some("the core never reads the clock"),
        _ if to == "config" => (!MAY_READ_SETTINGS.contains(&from)).then_some("settings are read at the edge"),
        (Some(above), Some(below)) if below < above => None,
        (None, _) if from == CLOCK => Some("the clock uses no room"),
        (_, None) => Some("not a room of the map"),
        _ => Some("dependencies point one way"),
    }
}

#[test]
fn the_scanner_sees_what_is_used() {
    for (code, expected) in [
        ("use crate::answer::{words, Reply};", "answer"),
        ("use crate::{chat, clock};", "chat clock"),
        ("use crate::{\n    answer::{a, b},\n    language::Question,\n};", "answer language"),
        ("fn f(x: &crate::search::Index) {}", "search"),
        ("use super::crates;", ""),
    ] {
        assert_eq!(Vec::from_iter(used(code)).join(" "), expected, "{code}");
    }
    assert!(names("use teloxide::Bot;", "teloxide") && !names("TELOXIDE_TOKEN my_teloxide", "teloxide"));
    assert_eq!(fault("answer", "chat"), Some("dependencies point one way"));
    assert_eq!(fault("answer", "search"), None);
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for room in rooms() {
        for other in used(&room.code) {
            if let Some(why) = fault(&room.name, &other) {
                wrong.push(format!("src/{}: crate::{other}: {why}", room.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_and_the_environment_have_one_room_each() {
    let mut wrong = Vec::new();
    for room in rooms() {
        for (word, owner) in OWNED {
            // The log names the crates that it silences.
            if room.name != owner && room.name != "logging" && names(&room.code, word) {
                wrong.push(format!("src/{}: `{word}` belongs to {owner}", room.path));
            }
        }
        for word in CLOCKS {
            if room.name != CLOCK && names(&room.code, word) {
                wrong.push(format!("src/{}: `{word}` belongs to {CLOCK}", room.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_small() {
    let mut wrong = Vec::new();
    for room in rooms() {
        if !room.text.starts_with("//! ") {
            wrong.push(format!("src/{}: begins without a `//!` line", room.path));
        }
        let lines = room.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("src/{}: {lines} lines, at most {LONGEST_FILE}", room.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_exam_question_is_indexed() {
    let (knowledge, findings) = knowledge::load(source::embedded());
    assert!(knowledge.is_some(), "{findings:#?}");
    let mut indexed = BTreeSet::new();
    if let Some(knowledge) = &knowledge {
        indexed.extend(knowledge.lexicon.foreign.iter().map(|question| plain(question)));
        for topic in knowledge.topics() {
            let file = &topic.file;
            indexed.extend(file.wordings().map(|wording| plain(wording)));
        }
        for passage in knowledge.articles().iter().flat_map(|article| &article.bagian) {
            indexed.extend(passage.pertanyaan.iter().chain(&passage.en).map(|wording| plain(wording)));
        }
    }
    assert!(indexed.len() > 1_000, "{} wordings", indexed.len());
    let mut leaked = Vec::new();
    for (path, text) in source::embedded_exams() {
        let exam = read_exam(path, text);
        assert!(exam.is_ok(), "{path}");
        let questions = exam.unwrap_or_default().questions;
        leaked
            .extend(questions.into_iter().filter(|q| indexed.contains(&plain(&q.question))).map(|q| format!("{path}: {}", q.id)));
    }
    assert!(leaked.is_empty(), "{}", leaked.join("\n"));
}
