//! What a message asks.

use serde_json::{Value, json};

use super::rig::{Rig, also, instead_of_text, of_bot, press, private};

/// What the bot hears when somebody sends this in private.
async fn heard(rig: &Rig, message: Value) -> String {
    let before = rig.double.sent(5).len();
    rig.double.push("message", message);
    rig.double.until_sent(5, before + 1).await[before].text().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_are_read_as_what_they_are() {
    let rig = Rig::echo().await;
    let earlier = private(5, 900, "boleh ikut reses?");
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    let cases = [
        (private(5, 1, "  boleh like?  "), "boleh like?"),
        (private(5, 2, "/start"), "start||"),
        (private(5, 3, "/Tanya@NETRAL_bot boleh like?"), "tanya|boleh like?|"),
        (also(private(5, 4, "/tanya"), json!({ "reply_to_message": earlier })), "tanya||boleh ikut reses?"),
        (
            also(private(5, 5, "/tanya"), json!({ "reply_to_message": earlier, "quote": { "text": "reses?", "position": 11 } })),
            "tanya||reses?",
        ),
        (private(5, 6, "@netral_bot boleh like?"), "boleh like?"),
        (private(5, 7, "/ apa itu?"), "/ apa itu?"),
        (instead_of_text(private(5, 8, ""), json!({ "photo": photo, "caption": "boleh pasang ini?" })), "boleh pasang ini?"),
        (instead_of_text(private(5, 9, ""), json!({ "photo": photo, "caption": "/tanya boleh?" })), "tanya|boleh?|"),
        (instead_of_text(private(5, 10, ""), json!({ "photo": photo })), "wordless"),
        (
            instead_of_text(
                private(5, 11, ""),
                json!({ "voice": { "file_id": "f", "file_unique_id": "u", "duration": 1, "mime_type": "audio/ogg" } }),
            ),
            "wordless",
        ),
        (instead_of_text(private(5, 12, ""), json!({ "dice": { "emoji": "🎲", "value": 3 } })), "wordless"),
        (instead_of_text(private(5, 13, ""), json!({ "location": { "latitude": 0.0, "longitude": 0.0 } })), "wordless"),
    ];
    for (message, wanted) in cases {
        assert_eq!(heard(&rig, message).await, wanted);
    }
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_album_only_one_photo_is_answered() {
    let rig = Rig::echo().await;
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    let with_caption = json!({ "photo": photo, "caption": "boleh?", "media_group_id": "a" });
    let without = json!({ "photo": photo, "media_group_id": "a" });
    let bare = json!({ "photo": photo, "media_group_id": "b" });
    rig.double.push("message", instead_of_text(private(5, 1, ""), with_caption));
    rig.double.push("message", instead_of_text(private(5, 2, ""), without));
    rig.double.push("message", instead_of_text(private(5, 3, ""), bare.clone()));
    rig.double.push("message", instead_of_text(private(5, 4, ""), bare));
    rig.double.push("message", private(5, 5, "akhir"));
    let sent = rig.double.until_sent(5, 3).await;
    assert_eq!(sent.iter().map(|call| call.text()).collect::<Vec<_>>(), ["boleh?", "wordless", "akhir"]);
    rig.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_typed_is_not_answered() {
    let rig = Rig::echo().await;
    let bot = json!({ "id": 9, "is_bot": true, "first_name": "Lain", "username": "lain_bot" });
    let channel = json!({ "id": -900, "type": "channel", "title": "Saluran" });
    rig.double.push("message", also(private(5, 1, "dari bot lain"), json!({ "from": bot })));
    rig.double.push("message", also(private(5, 2, "di saluran"), json!({ "chat": channel })));
    rig.double.push("message", instead_of_text(private(5, 3, ""), json!({ "pinned_message": private(5, 1, "x") })));
    // Kinds that this library doesn't know, and kinds that nobody asked for.
    rig.double.push("sesuatu_yang_baru", json!({ "teks": "apa ini" }));
    rig.double.push("message", json!({ "tanpa": "isi" }));
    rig.double.push(
        "poll_answer",
        json!({ "poll_id": "p", "user": { "id": 5, "is_bot": false, "first_name": "x" }, "option_ids": [] }),
    );
    rig.double.push("message", private(5, 4, "pertanyaan"));
    let sent = rig.double.until_sent(5, 1).await;
    assert_eq!(sent[0].text(), "pertanyaan");
    let double = rig.stop().await;
    assert_eq!(double.calls().iter().filter(|call| call.is("sendmessage")).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p14_a_press_is_acknowledged_and_answered_under_its_message() {
    let rig = Rig::echo().await;
    let chat = json!({ "id": 5, "type": "private", "first_name": "Siti" });
    let gone = json!({ "message_id": 40, "date": 0, "chat": chat });
    rig.double.push("message", private(5, 1, "halo"));
    rig.double.until_sent(5, 1).await;
    rig.double.push("callback_query", press("q1", "0:x:entah", &of_bot(chat, 2)));
    rig.double.push("callback_query", press("q2", "lama", &gone));
    rig.double.push("callback_query", json!({
        "id": "q3", "from": { "id": 77, "is_bot": false, "first_name": "Budi" }, "chat_instance": "1", "inline_message_id": "i", "data": "x",
    }));
    let sent = rig.double.until_sent(5, 3).await;
    assert_eq!([sent[1].text(), sent[2].text()], ["press 0:x:entah", "press lama"]);
    assert_eq!(sent[1].params["reply_parameters"]["message_id"], 2);
    rig.double
        .until("three acknowledgements", |calls| {
            (calls.iter().filter(|call| call.is("answercallbackquery") && call.outcome.is_ok()).count() == 3).then_some(())
        })
        .await;
    rig.stop().await;
}
