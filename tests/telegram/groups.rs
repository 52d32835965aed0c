//! In a group the bot speaks when spoken to, in the place where it was spoken to.

use netral::chat::words;
use serde_json::json;

use super::rig::{Rig, also, group, of_bot};

const OFFICE: i64 = -1001;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_group_only_tanya_and_replies_to_the_bot_are_answered() {
    let rig = Rig::shipped().await;
    let chat = json!({ "id": OFFICE, "type": "supergroup", "title": "Kantor" });
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    for silent in [
        group(OFFICE, 1, "boleh like postingan calon?"),
        group(OFFICE, 2, "@netral_bot boleh like postingan calon?"),
        group(OFFICE, 3, "/tanya@bot_lain boleh like?"),
        group(OFFICE, 4, "/poll sesuatu"),
        also(group(OFFICE, 5, "hahaha"), json!({ "photo": photo })),
        also(group(OFFICE, 6, "setuju"), json!({ "reply_to_message": group(OFFICE, 1, "boleh like?") })),
        // In a forum the first message of a topic "answers" the notice that created it.
        also(
            group(OFFICE, 7, "halo semua"),
            json!({ "reply_to_message": {
            "message_id": 3, "date": 1, "chat": chat, "from": { "id": 4242, "is_bot": true, "first_name": "Netral", "username": "netral_bot" },
            "forum_topic_created": { "name": "Umum", "icon_color": 7_322_096 },
        } }),
        ),
    ] {
        rig.double.push("message", silent);
    }
    // An administrator who writes as the group.
    let anonymous = json!({
        "from": { "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" }, "sender_chat": chat,
    });
    rig.double.push("message", also(group(OFFICE, 8, "/tanya@netral_bot"), anonymous));
    rig.double.push(
        "message",
        also(group(OFFICE, 9, "/tanya"), json!({ "reply_to_message": group(OFFICE, 1, "boleh like postingan calon?") })),
    );
    rig.double.push(
        "message",
        also(group(OFFICE, 10, "kalau guru PPPK foto dua jari?"), json!({ "reply_to_message": of_bot(chat, 90) })),
    );
    let sent = rig.double.until_sent(OFFICE, 3).await;
    assert_eq!(sent[0].text(), words::ASK_HOW);
    let answered: Vec<_> = sent.iter().map(|call| call.params["reply_parameters"]["message_id"].clone()).collect();
    assert_eq!(answered, [8, 9, 10]);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_talk_of_a_group_doesnt_use_up_its_questions() {
    let rig = Rig::shipped().await;
    for id in 0..50 {
        rig.double.push("message", group(OFFICE, 100 + id, "obrolan biasa"));
    }
    rig.double.push("message", group(OFFICE, 200, "/tanya"));
    assert_eq!(rig.double.until_sent(OFFICE, 1).await[0].text(), words::ASK_HOW);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p13_the_answer_stays_in_its_forum_topic_and_general_has_none() {
    let rig = Rig::echo().await;
    let in_topic = json!({ "message_thread_id": 31, "is_topic_message": true });
    let in_general = json!({ "message_thread_id": 1 });
    rig.double.push("message", also(group(OFFICE, 40, "/tanya a"), in_topic));
    rig.double.push("message", also(group(OFFICE, 41, "/tanya b"), in_general));
    let sent = rig.double.until_sent(OFFICE, 2).await;
    assert_eq!(sent[0].params["message_thread_id"], 31);
    assert!(sent[1].params.get("message_thread_id").is_none());
    let typing: Vec<_> = rig.double.calls().into_iter().filter(|call| call.is("sendchataction")).collect();
    assert!(typing.iter().all(|call| call.outcome.is_ok()), "{typing:#?}");
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p13_a_topic_or_question_that_is_gone_doesnt_lose_the_answer() {
    let rig = Rig::echo().await;
    rig.double.hold("sendchataction");
    rig.double.push("message", also(group(OFFICE, 50, "/tanya a"), json!({ "message_thread_id": 31, "is_topic_message": true })));
    rig.double.until_arrived("sendchataction").await;
    rig.double.close_thread(OFFICE, 31);
    rig.double.delete(OFFICE, 50);
    rig.double.release("sendchataction");
    let sent = rig.double.until_sent(OFFICE, 1).await;
    assert!(sent[0].params.get("message_thread_id").is_none());
    rig.stop().await;
}
