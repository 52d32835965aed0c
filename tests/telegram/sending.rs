//! Refusals of Telegram and their cures, each taken once.

use std::time::Duration;

use netral::chat::{Button, Screen};

use super::double::{Call, Fault};
use super::rig::{Rig, group, private};

fn tries(calls: &[Call]) -> Vec<Call> {
    calls.iter().filter(|call| call.is("sendmessage")).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_replies_to_its_question_after_a_typing_notice_without_link_previews() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "lihat https://contoh.id"));
    let sent = rig.double.until_sent(5, 1).await;
    let params = &sent[0].params;
    assert_eq!(params["reply_parameters"]["message_id"], 1);
    assert_eq!(params["reply_parameters"]["allow_sending_without_reply"], true);
    assert_eq!(params["link_preview_options"]["is_disabled"], true);
    let order: Vec<String> =
        rig.double.calls().into_iter().map(|c| c.method).filter(|m| m == "sendchataction" || m == "sendmessage").collect();
    assert_eq!(order, ["sendchataction", "sendmessage"]);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_is_made_when_telegram_says_and_once() {
    let rig = Rig::echo().await;
    rig.double.fail_next("sendmessage", Fault::RetryAfter(1));
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    let made = tries(&rig.double.calls());
    assert_eq!(made.len(), 2);
    assert!(made[1].at - made[0].at >= Duration::from_secs(1));
    // A longer wait than a person has patience for isn't waited.
    rig.double.fail_next("sendmessage", Fault::RetryAfter(60));
    rig.double.push("message", private(5, 2, "b"));
    rig.double.until("the refusal", |calls| (tries(calls).len() == 3).then_some(())).await;
    rig.double.calm();
    rig.double.push("message", private(5, 3, "c"));
    assert_eq!(rig.double.until_sent(5, 2).await[1].text(), "c");
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_moved_is_answered_where_it_is() {
    let rig = Rig::echo().await;
    rig.double.fail_next("sendmessage", Fault::Migrate(-1009));
    rig.double.push("message", group(-8, 1, "/tanya a"));
    assert_eq!(rig.double.until_sent(-1009, 1).await.len(), 1);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p12_markup_that_telegram_refuses_goes_out_as_plain_text() {
    let rig = Rig::echo().await;
    let refused = "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0";
    rig.double.fail_next("sendmessage", Fault::Refuse(400, refused.to_owned()));
    rig.double.push("message", private(5, 1, "1 < 2 & \"b\""));
    let sent = rig.double.until_sent(5, 1).await;
    assert_eq!(sent[0].params["text"], "1 < 2 & \"b\"");
    assert!(sent[0].params.get("parse_mode").is_none());
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p12_a_user_named_like_a_tag_breaks_nothing() {
    let rig = Rig::echo().await;
    let mut message = private(5, 1, "</b><b>&amp;<script>alert(\"1\")</script>");
    message["from"]["first_name"] = "<b>".into();
    rig.double.push("message", message);
    let sent = rig.double.until_sent(5, 1).await;
    assert_eq!(sent[0].text(), "</b><b>&amp;<script>alert(\"1\")</script>");
    assert_eq!(tries(&rig.double.calls()).len(), 1, "at the first try");
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p13_a_question_deleted_before_its_answer_is_answered_all_the_same() {
    let rig = Rig::echo().await;
    rig.double.fail_next("sendmessage", Fault::Refuse(400, "Bad Request: message to be replied not found".to_owned()));
    rig.double.push("message", private(5, 1, "a"));
    let sent = rig.double.until_sent(5, 1).await;
    assert!(sent[0].params.get("reply_parameters").is_none());
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p14_a_button_that_telegram_would_refuse_costs_only_itself() {
    let rig = Rig::with(|_, _, _| {
        let button = |data: String| Button { label: "x".to_owned(), data };
        Some(Screen { buttons: vec![button("é".repeat(33)), button("1:t:a".to_owned())], ..Screen::say("jawaban") })
    })
    .await;
    rig.double.push("message", private(5, 1, "a"));
    let sent = rig.double.until_sent(5, 1).await;
    assert_eq!(sent[0].params["reply_markup"]["inline_keyboard"].as_array().unwrap().len(), 1);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_blocked_the_bot_or_left_costs_nothing() {
    let rig = Rig::echo().await;
    for (id, refused) in
        [(1, "Forbidden: bot was blocked by the user"), (2, "Forbidden: user is deactivated"), (3, "Bad Request: chat not found")]
    {
        rig.double.fail_next("sendmessage", Fault::Refuse(403, refused.to_owned()));
        rig.double.push("message", private(5, id, "a"));
    }
    rig.double.push("message", private(5, 5, "c"));
    assert_eq!(rig.double.until_sent(5, 1).await[0].text(), "c");
    assert_eq!(tries(&rig.double.calls()).len(), 4, "none of them was tried again");
    rig.stop().await;
}
