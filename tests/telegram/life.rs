//! From the first greeting to the last reply: start-up, panics, other consumers, restarts, the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use netral::chat::{Event, Screen, words};
use netral::telegram::{self, RunError};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::double::{Call, Double, Fault, soon};
use super::rig::{NOW, Rig, Scripted, TOKEN, also, echo, heard, private, settings, until_heard};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_a_panic_costs_one_apology_and_the_next_question_is_answered() {
    let rig = Rig::with(|place, event, moment| match event {
        Event::Text { text, .. } if text == "jatuh" => panic!("as planned"),
        _ => echo(place, event, moment),
    })
    .await;
    for round in 0..3 {
        rig.double.push("message", private(5, 2 * round + 1, "jatuh"));
        rig.double.push("message", private(5, 2 * round + 2, "lagi"));
    }
    let sent = rig.double.until_sent(5, 6).await;
    let texts: Vec<&str> = sent.iter().map(|call| call.text()).collect();
    assert_eq!(texts, [words::APOLOGY, "lagi", words::APOLOGY, "lagi", words::APOLOGY, "lagi"]);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p4_replies_in_flight_are_finished_before_the_end() {
    let rig = Rig::echo().await;
    rig.double.hold("sendmessage");
    rig.double.push("message", private(5, 1, "sebelum berhenti"));
    rig.double.until_arrived("sendmessage").await;
    let (double, running) = rig.ask_to_stop();
    // The last fetch only acknowledges what is being answered.
    let is_last = |call: &Call| call.is("getupdates") && call.params["timeout"] == 0 && call.params.get("offset").is_some();
    double.until("the last fetch", |calls| calls.iter().any(is_last).then_some(())).await;
    assert!(!running.is_finished());
    double.release("sendmessage");
    assert_eq!(soon("stopping", running).await.unwrap(), Ok(()));
    assert_eq!(double.sent(5)[0].text(), "sebelum berhenti");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p5_without_network_the_bot_keeps_trying_says_so_and_starts_when_it_can() {
    // A port on which nobody listens yet.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    drop(listener);
    let settings = settings(&format!("http://{place}"), TOKEN);
    let before = heard().matches("percobaan=2").count();
    let running = tokio::spawn(async move { telegram::run(&settings, Arc::new(Scripted(echo)), std::future::pending()).await });
    soon("the second try", until_heard("percobaan=2", before)).await;
    let double = Double::listen(TOKEN, TcpListener::bind(place).await.unwrap());
    double.push("message", private(5, 1, "akhirnya"));
    assert_eq!(double.until_sent(5, 1).await[0].text(), "akhirnya");
    running.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p5_a_bot_that_is_still_trying_can_be_stopped() {
    let settings = settings("http://127.0.0.1:9", TOKEN);
    let before = heard().matches("percobaan=1").count();
    let run = telegram::run(&settings, Arc::new(Scripted(echo)), until_heard("percobaan=1", before));
    assert_eq!(soon("stopping", run).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p5_a_refused_token_ends_the_bot_at_once_and_later_too() {
    let double = Double::start("99:somebody-elses").await;
    let run = telegram::run(&settings(&double.address, TOKEN), Arc::new(Scripted(echo)), std::future::pending()).await;
    assert_eq!(run, Err(RunError::Token));

    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    rig.double.fail_next("getupdates", Fault::Refuse(401, "Unauthorized".to_owned()));
    rig.double.push("message", private(5, 2, "b"));
    assert_eq!(rig.ended().await, Err(RunError::Token), "revoked while running");
}

#[tokio::test]
async fn settings_that_are_no_addresses_are_named() {
    for (address, proxy, wanted) in [
        ("https://", None, RunError::Address),
        ("data:text/plain,x", None, RunError::Address),
        ("http://127.0.0.1:9", Some(":::"), RunError::Proxy),
    ] {
        let mut settings = settings(address, TOKEN);
        settings.proxy = proxy.map(str::to_owned);
        let run = telegram::run(&settings, Arc::new(Scripted(echo)), std::future::pending());
        assert_eq!(soon("refusing", run).await, Err(wanted), "{address} {proxy:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_one_chat_is_answered_in_order_and_doesnt_wait_for_another() {
    let rig = Rig::echo().await;
    rig.double.hold("sendmessage");
    for id in 1..=5 {
        rig.double.push("message", private(5, id, &id.to_string()));
        rig.double.push("message", private(6, 10 + id, &id.to_string()));
    }
    // Both chats stand at their first reply, neither behind the other.
    rig.double
        .until("a notice in each chat", |calls| {
            [5, 6].iter().all(|chat| calls.iter().any(|c| c.is("sendchataction") && c.chat() == *chat)).then_some(())
        })
        .await;
    rig.double.release("sendmessage");
    for chat in [5, 6] {
        let sent = rig.double.until_sent(chat, 5).await;
        assert_eq!(sent.iter().map(|c| c.text()).collect::<Vec<_>>(), ["1", "2", "3", "4", "5"]);
    }
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p8_another_consumer_is_named_in_the_log_and_outlived() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    let conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    rig.double.fail_next("getupdates", Fault::Refuse(409, conflict.to_owned()));
    rig.double.push("message", private(5, 2, "b"));
    rig.double.push("message", private(5, 3, "c"));
    rig.double.until_sent(5, 3).await;
    assert!(heard().contains("proses lain memakai token yang sama"));
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p8_a_second_bot_on_one_token_is_told_and_neither_dies() {
    let double = Double::start(TOKEN).await;
    let first = Rig::on(double.clone(), Arc::new(Scripted(echo)));
    double.push("message", private(5, 1, "a"));
    double.until_sent(5, 1).await;
    let second = Rig::on(double.clone(), Arc::new(Scripted(echo)));
    double
        .until("the refusal", |calls| {
            calls
                .iter()
                .any(|c| c.is("getupdates") && c.outcome.as_ref().is_err_and(|text| text.starts_with("Conflict")))
                .then_some(())
        })
        .await;
    second.stop().await;
    double.push("message", private(5, 2, "b"));
    double.until("the answer", |calls| calls.iter().any(|c| c.is_sent() && c.text() == "b").then_some(())).await;
    first.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p15_p19_telegram_is_told_the_kinds_we_read_and_polled_below_the_clients_timeout() {
    let rig = Rig::echo().await;
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    let double = rig.stop().await;
    let kinds = |call: &Value| {
        let mut kinds: Vec<String> =
            call["allowed_updates"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    };
    let polls: Vec<Value> = double.calls().into_iter().filter(|c| c.is("getupdates")).map(|c| c.params).collect();
    let wanted = ["callback_query", "edited_message", "message"];
    assert_eq!(kinds(&polls[0]), wanted, "before the first update is fetched");
    assert!(polls[0].get("offset").is_none(), "which acknowledges nothing");
    assert_eq!(kinds(&polls[1]), wanted, "the tree's kinds are the same");
    let longest = polls.iter().filter_map(|poll| poll["timeout"].as_u64()).max();
    assert_eq!(longest, Some(10), "the client's own timeout is 17 seconds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p15_the_kinds_are_told_even_when_the_first_request_fails() {
    let double = Double::start(TOKEN).await;
    // The second is the first that teloxide makes, and the only one in which it names the kinds.
    double.fail_next("getupdates", Fault::Pass);
    double.fail_next("getupdates", Fault::Cut);
    let rig = Rig::on(double, Arc::new(Scripted(echo)));
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    let told = |call: &Call| call.is("getupdates") && call.outcome.is_ok() && call.params.get("allowed_updates").is_some();
    assert!(rig.double.calls().iter().any(told));
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p16_what_piled_up_is_answered_in_order_and_once() {
    let double = Double::start(TOKEN).await;
    // Over a night: a question a minute, more than a flood would be allowed.
    for id in 1..=30 {
        double.push("message", also(private(5, id, &id.to_string()), json!({ "date": NOW + 60 * id })));
    }
    let rig = Rig::on(double, Arc::new(Scripted(echo)));
    // Telegram repeats what it delivered when an acknowledgement got lost.
    rig.double.until_sent(5, 30).await;
    rig.double.until_drained().await;
    rig.double.push_as(1005, "message", also(private(5, 6, "6"), json!({ "date": NOW + 360 })));
    rig.double.push("message", also(private(5, 31, "akhir"), json!({ "date": NOW + 60 * 31 })));
    let sent = rig.double.until_sent(5, 31).await;
    let texts: Vec<String> = sent.iter().map(|c| c.text().to_owned()).collect();
    let wanted: Vec<String> = (1..=30).map(|n| n.to_string()).chain(["akhir".to_owned()]).collect();
    assert_eq!(texts, wanted);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_is_set_and_a_left_webhook_removed_before_the_first_fetch() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let rig = Rig::with(|_, _, _| {
        ASKED.fetch_add(1, Ordering::Relaxed);
        Some(Screen::say("ya"))
    })
    .await;
    rig.double.push("message", private(5, 1, "a"));
    rig.double.until_sent(5, 1).await;
    let calls = rig.double.calls();
    let at = |method: &str| calls.iter().position(|c| c.is(method) && c.outcome.is_ok()).unwrap();
    assert!(
        at("getme") < at("deletewebhook") && at("deletewebhook") < at("getupdates") && at("setmycommands") < at("getupdates")
    );
    assert!(calls[at("deletewebhook")].params.get("drop_pending_updates").is_none());
    assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    rig.stop().await;
}
