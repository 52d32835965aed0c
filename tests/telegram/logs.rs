//! What a run leaves in the log: kinds of errors, never the token, never a word somebody typed.

use std::process::Command;

use netral::chat::Event;
use serde_json::json;

use super::double::Fault;
use super::rig::{Rig, TOKEN, echo, group, heard, of_bot, press, private};

/// Words that stand nowhere else in this test's process.
const WORDS: [&str; 4] = ["rahasiakata", "rahasianama", "rahasiatombol", "rahasiajudul"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_p3_a_run_in_which_everything_fails_logs_neither_token_nor_words() {
    let rig = Rig::with(|place, event, moment| match event {
        Event::Text { text, .. } if text.ends_with("jatuh") => panic!("{text}"),
        _ => echo(place, event, moment),
    })
    .await;
    let double = &rig.double;
    let question = |id: i64, text: &str| {
        let mut message = private(5, id, text);
        message["from"]["first_name"] = "rahasianama".into();
        message
    };
    double.push("message", question(1, "rahasiakata"));
    double.until_sent(5, 1).await;
    // Every way in which sending fails; Telegram's sentences repeat what was sent.
    for fault in [
        Fault::Refuse(
            400,
            "Bad Request: can't parse entities: Unsupported start tag \"rahasiakata\" at byte offset 0".to_owned(),
        ),
        Fault::Refuse(400, "Bad Request: rahasiakata".to_owned()),
        Fault::Refuse(403, "Forbidden: rahasiakata".to_owned()),
        Fault::Refuse(429, "Too Many Requests: rahasiakata".to_owned()),
        Fault::Cut,
        Fault::Garbage("{\"ok\":true,\"result\":\"rahasiakata\"}".to_owned()),
    ] {
        double.fail_next("sendmessage", fault.clone());
        double.fail_next("sendchataction", fault.clone());
        double.fail_next("editmessagetext", fault.clone());
        double.fail_next("answercallbackquery", fault);
    }
    let chat = json!({ "id": 5, "type": "private", "first_name": "rahasianama" });
    for id in 2..8 {
        double.push("message", question(id, "rahasiakata lagi"));
        double.push("edited_message", question(1, &format!("rahasiakata {id}")));
        double.push("callback_query", press(&format!("q{id}"), "rahasiatombol", &of_bot(chat.clone(), 1)));
    }
    double.push("message", question(20, "rahasiakata jatuh"));
    // Updates that can't be read, and ones that nobody asked for.
    double.push("message", json!({ "text": "rahasiakata" }));
    double.push("rahasiakata", json!({ "text": "rahasiakata" }));
    double.push("channel_post", group(-5, 21, "rahasiakata"));
    double.push(
        "poll_answer",
        json!({ "poll_id": "rahasiakata", "user": { "id": 5, "is_bot": false, "first_name": "rahasianama" }, "option_ids": [] }),
    );
    double.push("my_chat_member", json!({ "chat": { "id": -6, "type": "group", "title": "rahasiajudul" }, "from": { "id": 5, "is_bot": false, "first_name": "rahasianama" }, "date": 1, "old_chat_member": {}, "new_chat_member": {} }));
    double.fail_next("getupdates", Fault::Garbage(format!("{{\"ok\":true,\"result\":\"rahasiakata {TOKEN}\"}}")));
    double.fail_next("getupdates", Fault::Cut);
    double.push("message", question(30, "akhir"));
    double.until("the last answer", |calls| calls.iter().any(|c| c.is_sent() && c.text() == "akhir").then_some(())).await;
    rig.stop().await;

    let log = heard();
    assert!(log.contains("bot siap") && log.contains("pengetahuan=2026-11-21"), "the log is heard");
    assert!(log.contains("jawaban tidak terkirim") && log.contains("penangan pesan gagal"), "failures are told");
    let secret = TOKEN.split_once(':').unwrap().1;
    for word in WORDS.iter().chain([&secret]) {
        let told: Vec<&str> = log.lines().filter(|line| line.contains(word)).collect();
        assert!(told.is_empty(), "{word} stands in the log: {told:#?}");
    }
}

/// The other half of the test below, run in a process of its own because it sets the panic hook.
#[test]
fn panicking_child() {
    if std::env::var_os("NETRAL_UJI_PANIK").is_some() {
        netral::logging::init("trace").unwrap();
        let _ = std::panic::catch_unwind(|| panic!("rahasiakata"));
    }
}

#[test]
fn p3_a_panic_says_where_but_not_with_what() {
    let this = std::env::current_exe().unwrap();
    let child = Command::new(this)
        .args(["--exact", "logs::panicking_child", "--nocapture"])
        .env("NETRAL_UJI_PANIK", "1")
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&child.stderr).into_owned();
    assert!(log.contains("logs.rs") && !log.contains("rahasiakata"), "{log}");
}
