//! One chat can't keep the bot from the others.

use std::time::{Duration, Instant};

use netral::chat::words;

use super::rig::{Rig, private};

/// A message's way to Telegram, as far away as Jakarta is from its servers.
const WAY: Duration = Duration::from_millis(40);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p6_two_hundred_messages_of_one_chat_delay_nobody() {
    let rig = Rig::shipped().await;
    rig.double.push("message", private(7, 1, "/bantuan"));
    rig.double.until_sent(7, 1).await;
    rig.double.set_latency(WAY);
    for id in 0..200 {
        rig.double.push("message", private(5, 100 + id, "bolehkah saya menyukai unggahan calon?"));
    }
    let asked = Instant::now();
    rig.double.push("message", private(6, 500, "bolehkah saya menyukai unggahan calon?"));
    let answered = rig.double.until_sent(6, 1).await[0].at - asked;
    assert!(answered < Duration::from_secs(1), "another chat waited {answered:?}");
    // Everything of the flood is dealt with once a press of its button has been answered.
    let double = rig.stop().await;
    let flood = double.sent(5);
    assert_eq!(flood.iter().filter(|call| call.text() == words::TOO_FAST).count(), 1, "told once");
    let questions: std::collections::BTreeSet<_> =
        flood.iter().filter_map(|call| call.params["reply_parameters"]["message_id"].as_i64()).collect();
    assert_eq!(questions.len(), 21, "twenty answers and the hint");
    println!("another chat was answered after {answered:?}");
}
