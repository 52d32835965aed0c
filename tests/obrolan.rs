//! Conversations as files: each scene of `tests/obrolan/*.txt` is played against the conversation
//! and rendered as the terminal does. Telegram plays the same files in `tests/telegram`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot set its stage should say so and stop")]

mod scene;

use std::sync::Arc;

use netral::assistant::Assistant;
use netral::chat::{Button, Conversation, Moment};
use netral::knowledge::{self, source};
use netral::terminal::{Paint, render};
use scene::{Line, Scene};

fn conversation() -> Conversation {
    let (knowledge, findings) = knowledge::load(source::embedded());
    let knowledge = knowledge.unwrap_or_else(|| panic!("pengetahuan rusak: {findings:#?}"));
    Conversation::new(Arc::new(Assistant::new(knowledge).expect("indeks")), None)
}

/// Plays one scene; what was expected and not said, or said and not wanted.
fn play(conversation: &Conversation, scene: &Scene, chat: i64) -> Vec<String> {
    let day = jiff::civil::date(2026, 11, 21);
    let mut seconds = 1_000;
    let mut shown = String::new();
    let mut buttons: Vec<Button> = Vec::new();
    let mut faults = Vec::new();
    for (number, line) in &scene.lines {
        let event = match line {
            Line::Wait(by) => {
                seconds += by;
                continue;
            }
            Line::Expect(text) if shown.contains(text) => continue,
            Line::Refuse(text) if !shown.contains(text) => continue,
            Line::Expect(text) => {
                faults.push(format!("{}:{number}: tidak ada \"{text}\" dalam:\n{shown}", scene.name));
                continue;
            }
            Line::Refuse(text) => {
                faults.push(format!("{}:{number}: ada \"{text}\" dalam:\n{shown}", scene.name));
                continue;
            }
            Line::Press(fragment) => match buttons.iter().find(|button| button.label.contains(fragment)) {
                Some(button) => netral::chat::Event::Press(button.data.clone()),
                None => {
                    faults.push(format!("{}:{number}: tidak ada tombol \"{fragment}\" di antara {buttons:?}", scene.name));
                    continue;
                }
            },
            Line::Say(event) => event.clone(),
        };
        let screen = conversation.handle(scene.place(chat, *number), &event, Moment { day, seconds });
        shown = screen.as_ref().map(|screen| render(screen, Paint::Plain)).unwrap_or_default();
        buttons = screen.map(|screen| screen.buttons).unwrap_or_default();
    }
    faults
}

#[test]
fn every_scene_plays() {
    let conversation = conversation();
    let scenes = scene::all();
    assert!(scenes.len() >= 40, "hanya {} adegan", scenes.len());
    let faults: Vec<String> = (1..).zip(&scenes).flat_map(|(chat, scene)| play(&conversation, scene, chat)).collect();
    assert!(faults.is_empty(), "{} kekurangan:\n{}", faults.len(), faults.join("\n---\n"));
}
