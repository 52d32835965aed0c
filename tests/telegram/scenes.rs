//! The conversation files of `tests/obrolan`, played through Telegram.
//!
//! ```text
//! # comment            @grup  from here in a group      @balas TEXT  the next message replies to this one
//! > message            [Label] press the button whose label holds this
//! < stands in the reply      ! stands not in the reply      + seconds that pass
//! ```
//! Inside a message `\n` is a line break and `[foto]` a photo without words.

use std::fs;
use std::path::Path;

use netral::chat::words;
use serde_json::{Value, json};

use super::double::{Call, Double};
use super::rig::{NOW, Rig, TOKEN, also, conversation, group, instead_of_text, of_bot, press, private};

/// One file's chat.
struct Scene<'a> {
    double: &'a Double,
    name: String,
    chat: i64,
    is_group: bool,
    replied: Option<Value>,
    next: i64,
    /// Numbers of the commands that closed a line.
    closing: Vec<i64>,
    /// Seconds that passed beyond those of the messages.
    passed: i64,
    /// Sent since the last message or press.
    reply: Vec<Call>,
    /// The last message with buttons.
    buttons: Option<Call>,
}

impl Scene<'_> {
    fn message(&mut self, text: &str) -> Value {
        self.next += 1;
        // Not so fast that it's a flood, not so slow that the question before is forgotten.
        let date = json!({ "date": NOW + 4 * self.next + self.passed });
        also(if self.is_group { group(self.chat, self.next, text) } else { private(self.chat, self.next, text) }, date)
    }

    /// Everything sent after a chat's messages are answered: a command whose reply is known closes
    /// the line, for silence leaves no other trace.
    async fn collect(&mut self) {
        let close = self.message("/tanya");
        self.double.push("message", close);
        let (chat, number) = (self.chat, self.next);
        let is_close =
            |call: &Call| call.is_sent() && call.chat() == chat && call.params["reply_parameters"]["message_id"] == number;
        let seen = self.double.until(&self.name, |calls| calls.iter().any(is_close).then(|| calls.to_vec())).await;
        let mut sent: Vec<Call> = seen.into_iter().filter(|call| call.is_sent() && call.chat() == chat).collect();
        assert_eq!(sent.pop().unwrap().text(), words::ASK_HOW);
        let closed =
            |call: &Call| call.params["reply_parameters"]["message_id"].as_i64().is_some_and(|id| self.closing.contains(&id));
        let earlier = sent.iter().rposition(closed).map_or(0, |at| at + 1);
        self.closing.push(number);
        self.reply = sent.split_off(earlier);
        if let Some(call) = self.reply.iter().rev().find(|call| call.params.get("reply_markup").is_some()) {
            self.buttons = Some(call.clone());
        }
    }

    async fn say(&mut self, text: &str) {
        let mut message = self.message(&text.replace("\\n", "\n"));
        if text == "[foto]" {
            let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
            message = instead_of_text(message, json!({ "photo": photo }));
        }
        if let Some(mut replied) = self.replied.take() {
            // Only a command can reply to somebody else and still be meant for the bot.
            if !text.starts_with('/') {
                replied = also(of_bot(replied["chat"].clone(), 1), json!({ "text": replied["text"] }));
            }
            message = also(message, json!({ "reply_to_message": replied }));
        }
        self.double.push("message", message);
        self.collect().await;
    }

    /// Presses a button; says whether there was one.
    async fn press(&mut self, label: &str) -> bool {
        let Some(call) = self.buttons.clone() else { return false };
        let rows = call.params["reply_markup"]["inline_keyboard"].as_array().unwrap();
        let button = rows.iter().flat_map(|row| row.as_array().unwrap()).find(|b| b["text"].as_str().unwrap().contains(label));
        let Some(button) = button else { return false };
        self.next += 1;
        let query = format!("{}-{}", self.chat, self.next);
        let chat = call.outcome.as_ref().unwrap()["chat"].clone();
        let under = of_bot(chat, call.outcome.as_ref().unwrap()["message_id"].as_i64().unwrap());
        self.double.push("callback_query", press(&query, button["callback_data"].as_str().unwrap(), &under));
        self.collect().await;
        true
    }

    /// What a person sees: the texts and the labels of the buttons.
    fn shown(&self) -> String {
        let mut shown = String::new();
        for call in &self.reply {
            shown.push_str(call.text());
            for row in call.params["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten() {
                shown.push_str(&format!("\n[{}]", row[0]["text"].as_str().unwrap()));
            }
            shown.push_str("\n\n");
        }
        shown
    }

    async fn play(&mut self, script: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for line in script.lines() {
            let (mark, rest) = line.split_at(line.len().min(1));
            let rest = rest.trim();
            match mark {
                ">" => self.say(rest).await,
                "[" if self.press(rest.trim_end_matches(']')).await => {}
                "[" => faults.push(format!("{}: no button {line} under\n{}", self.name, self.shown())),
                "+" => self.passed += rest.parse::<i64>().unwrap(),
                "<" if !self.shown().contains(rest) => {
                    faults.push(format!("{}: `{rest}` is missing in\n{}", self.name, self.shown()))
                }
                "!" if self.shown().contains(rest) => faults.push(format!("{}: `{rest}` stands in\n{}", self.name, self.shown())),
                "@" if rest == "grup" => {
                    self.is_group = true;
                    self.chat = -self.chat;
                }
                "@" => {
                    self.next += 1;
                    let text = rest.strip_prefix("balas ").unwrap_or_else(|| panic!("{}: {line}", self.name));
                    self.replied =
                        Some(if self.is_group { group(self.chat, self.next, text) } else { private(self.chat, self.next, text) });
                }
                "" | "#" | "<" | "!" => {}
                _ => panic!("{}: {line}", self.name),
            }
        }
        faults
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_conversation_file_plays_through_telegram() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/obrolan");
    let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 40, "{} files", files.len());
    // No desk is set, as in the terminal's run of the same files.
    let rig = Rig::on(Double::start(TOKEN).await, conversation(None));
    let mut faults = Vec::new();
    for (chat, file) in (10_000..).zip(&files) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut scene = Scene {
            double: &rig.double,
            name,
            chat,
            is_group: false,
            replied: None,
            next: 0,
            closing: Vec::new(),
            passed: 0,
            reply: Vec::new(),
            buttons: None,
        };
        faults.extend(scene.play(&fs::read_to_string(file).unwrap()).await);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n\n"));
    rig.stop().await;
}
