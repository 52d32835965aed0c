//! The bot as shipped: the conversation over the embedded knowledge, through Telegram.

use netral::chat::words;
use serde_json::json;

use super::rig::{Rig, conversation, press, private};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_its_buttons_and_its_edit() {
    let rig = Rig::shipped().await;
    rig.double.push("message", private(5, 1, "/start"));
    assert!(rig.double.until_sent(5, 1).await[0].text().starts_with(&words::WELCOME[..20]));
    rig.double.push("message", private(5, 2, "bolehkah saya menyukai unggahan calon?"));
    let answer = rig.double.until_sent(5, 2).await[1].clone();
    println!("{}", answer.text());
    let knowledge = conversation(None);
    let day = knowledge.assistant().knowledge().checked.to_string();
    assert!(answer.text().contains(&day), "the foot names the day of the knowledge");
    assert!(answer.text().contains("BKPSDM Kota Contoh"));
    let data = answer.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"].as_str().unwrap().to_owned();
    rig.double.push("callback_query", press("q1", &data, answer.outcome.as_ref().unwrap()));
    assert_ne!(rig.double.until_sent(5, 3).await[2].text(), words::OLD_BUTTON);
    rig.double.push("callback_query", press("q2", "0:t:zaman-dulu", answer.outcome.as_ref().unwrap()));
    assert_eq!(rig.double.until_sent(5, 4).await[3].text(), words::OLD_BUTTON);
    rig.double.push("edited_message", private(5, 2, "terima kasih"));
    rig.double.until("the edit", |calls| calls.iter().any(|c| c.is("editmessagetext") && c.outcome.is_ok()).then_some(())).await;
    rig.double.push("message", private(5, 3, "/entah"));
    assert_eq!(rig.double.until_sent(5, 5).await[4].text(), words::UNKNOWN_COMMAND);
    let sticker = json!({ "message_id": 4, "date": 1_790_000_000, "from": { "id": 5, "is_bot": false, "first_name": "Siti" },
        "chat": { "id": 5, "type": "private", "first_name": "Siti" },
        "sticker": { "file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": false, "is_video": false } });
    rig.double.push("message", sticker);
    assert_eq!(rig.double.until_sent(5, 6).await[5].text(), words::WORDLESS);
    rig.stop().await;
}

/// Every topic's answer, and its provisions, as the pages of real replies.
#[test]
fn p11_p14_every_shipped_answer_fits_telegram() {
    use netral::chat::{Button, Event, Moment, Place, PlaceKind};
    let conversation = conversation(None);
    let moment = Moment { day: jiff::civil::date(2026, 11, 21), seconds: 0 };
    let place = Place { chat: 5, kind: PlaceKind::Private };
    let mut longest = 0;
    for topic in conversation.assistant().knowledge().topics() {
        for button in [Button::topic(&topic.file.id, "x"), Button::provisions(&topic.file.id, "x")] {
            assert!(button.data.len() <= 64);
            let Some(screen) = conversation.handle(place, &Event::Press(button.data), moment) else { continue };
            assert!(screen.buttons.iter().all(|b| b.data.len() <= 64));
            let pages = netral::telegram::html::pages(&screen);
            longest = longest.max(pages.len());
            for page in pages {
                let text = super::entities::parse(&page.html).unwrap();
                assert!(text.encode_utf16().count() <= 4096, "{}", topic.file.id);
            }
        }
    }
    println!("the longest answer has {longest} pages");
}
