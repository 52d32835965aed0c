//! An edited question edits the reply already given.

use std::time::Duration;

use netral::chat::{Block, Button, Event, Screen, Span};
use serde_json::json;

use super::double::Fault;
use super::rig::{Rig, also, instead_of_text, private};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edited_question_edits_its_reply() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "boleh like?"));
    let reply = rig.double.until_sent(5, 1).await[0].outcome.clone().unwrap()["message_id"].as_i64().unwrap();
    rig.double.push("edited_message", also(private(5, 1, "boleh share?"), json!({ "edit_date": 1_790_000_005 })));
    rig.double.until("the edit", |calls| calls.iter().find(|c| c.is("editmessagetext") && c.outcome.is_ok()).cloned()).await;
    assert_eq!(rig.double.text_of(5, reply).as_deref(), Some("boleh share?"));
    let double = rig.stop().await;
    assert_eq!(double.sent(5).len(), 1, "no second reply");
}

/// As many pages as the text names, with a button on the last.
fn numbered(event: &Event) -> Screen {
    let Event::Text { text, .. } = event else { return Screen::default() };
    let count: usize = text.parse().unwrap();
    let blocks = (1..=count).map(|n| Block::Paragraph(vec![Span::Plain(format!("halaman {n} {}", "a".repeat(4000)))])).collect();
    Screen { blocks, buttons: vec![Button { label: "lanjut".to_owned(), data: format!("1:t:{count}") }] }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_of_several_messages_grows_and_shrinks_with_the_edit() {
    let rig = Rig::with(|_, event, _| Some(numbered(event))).await;
    let last = |calls: &[super::double::Call]| calls.iter().rev().find(|c| !c.is("getupdates")).cloned();
    rig.double.push("message", private(5, 1, "2"));
    let sent = rig.double.until_sent(5, 2).await;
    assert!(
        sent[0].params.get("reply_markup").is_none() && sent[1].params.get("reply_markup").is_some(),
        "buttons on the last page"
    );
    assert!(sent[1].params.get("reply_parameters").is_none(), "only the first page replies");
    rig.double.push("edited_message", private(5, 1, "3"));
    let sent = rig.double.until_sent(5, 3).await;
    assert!(sent[2].text().starts_with("halaman 3"));
    rig.double.push("edited_message", private(5, 1, "1"));
    rig.double
        .until("two deletions", |calls| {
            (calls.iter().filter(|c| c.is("deletemessage") && c.outcome.is_ok()).count() == 2).then_some(())
        })
        .await;
    assert!(last(&rig.double.calls()).unwrap().is("deletemessage"));
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_changes_nothing_or_finds_nothing_does_no_harm() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "sama"));
    let reply = rig.double.until_sent(5, 1).await[0].outcome.clone().unwrap()["message_id"].as_i64().unwrap();
    rig.double.push("edited_message", private(5, 1, "sama"));
    rig.double
        .until("the refused edit", |calls| calls.iter().find(|c| c.is("editmessagetext") && c.outcome.is_err()).cloned())
        .await;
    // The reply was deleted meanwhile: the answer is sent anew.
    rig.double.delete(5, reply);
    rig.double.push("edited_message", private(5, 1, "lain"));
    assert_eq!(rig.double.until_sent(5, 2).await[1].text(), "lain");
    // Never answered, because the bot was started later: answered now.
    rig.double.push("edited_message", private(5, 7, "baru"));
    assert_eq!(rig.double.until_sent(5, 3).await[2].text(), "baru");
    // A moving location is edited every few seconds.
    rig.double
        .push("edited_message", instead_of_text(private(5, 8, ""), json!({ "location": { "latitude": 0.0, "longitude": 0.0 } })));
    rig.double.push("message", private(5, 9, "akhir"));
    assert_eq!(rig.double.until_sent(5, 4).await[3].text(), "akhir");
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_waits_as_told_too() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    rig.double.fail_next("editmessagetext", Fault::RetryAfter(1));
    rig.double.push("edited_message", private(5, 1, "b"));
    let edits = rig
        .double
        .until("both tries", |calls| {
            let edits: Vec<_> = calls.iter().filter(|c| c.is("editmessagetext")).cloned().collect();
            (edits.len() == 2).then_some(edits)
        })
        .await;
    assert!(edits[1].outcome.is_ok() && edits[1].at - edits[0].at >= Duration::from_secs(1));
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_fails_leaves_the_reply_and_a_later_one_finds_it() {
    let rig = Rig::with(|_, event, _| Some(numbered(event))).await;
    rig.double.push("message", private(5, 1, "2"));
    rig.double.until_sent(5, 2).await;
    rig.double.fail_next("editmessagetext", Fault::Cut);
    rig.double.push("edited_message", private(5, 1, "3"));
    rig.double.push("edited_message", private(5, 1, "3"));
    rig.double.until_sent(5, 3).await;
    let double = rig.stop().await;
    assert!(!double.calls().iter().any(|call| call.is("deletemessage")), "nothing was taken away");
    assert_eq!(double.sent(5).len(), 3, "two pages were edited, one was added");
}
