//! The binary itself, started as an operator starts it.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use super::double::{Double, soon};
use super::rig::{TOKEN, private};

/// Where the corpus is kept: made by one run before all others, since a bot whose start takes long is waited for in vain.
static CACHE: LazyLock<&str> = LazyLock::new(|| {
    let cache = env!("CARGO_TARGET_TMPDIR");
    let mut command = Command::new(env!("CARGO_BIN_EXE_netral"));
    let output = command.args(["tanya", "a"]).current_dir(cache).env_clear().env("XDG_CACHE_HOME", cache).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    cache
});

/// The program in an empty directory, so that it uses what is embedded in it.
fn netral(directory: &str, api: &str) -> Command {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(directory);
    std::fs::create_dir_all(&directory).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_netral"));
    command
        .current_dir(directory)
        .env_clear()
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", api)
        .env("NETRAL_LOG", "trace")
        .env("XDG_CACHE_HOME", *CACHE)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

async fn output(child: Child) -> Output {
    soon("the program's end", tokio::task::spawn_blocking(move || child.wait_with_output())).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p4_sigterm_finishes_the_reply_in_flight_and_ends_with_zero() {
    let double = Double::start(TOKEN).await;
    double.hold("sendmessage");
    double.push("message", private(5, 1, "bolehkah saya rahasiakata menyukai unggahan calon?"));
    // Without a command: the bot, because there is a token.
    let child = netral("sigterm", &double.address).spawn().unwrap();
    double.until_arrived("sendmessage").await;
    signal(&child, "-TERM");
    double.until_drained().await;
    double.release("sendmessage");
    let output = output(child).await;
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{log}");
    assert_eq!(double.sent(5).len(), 1);
    assert!(log.contains("bot siap") && log.contains("bot berhenti"), "{log}");
    assert!(!log.contains("rahasiakata") && !log.contains(TOKEN.split_once(':').unwrap().1), "{log}");
    assert!(output.stdout.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p4_sigint_is_heard_too_and_a_second_signal_ends_at_once() {
    let double = Double::start(TOKEN).await;
    double.hold("sendmessage");
    double.push("message", private(5, 1, "a"));
    let child = netral("sigint", &double.address).arg("bot").spawn().unwrap();
    double.until_arrived("sendmessage").await;
    signal(&child, "-INT");
    double.until_drained().await;
    signal(&child, "-TERM");
    assert_eq!(output(child).await.status.code(), Some(130), "though a reply was never finished");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p5_a_refused_token_has_its_own_exit_code() {
    let double = Double::start("99:somebody-elses").await;
    let output = output(netral("token", &double.address).spawn().unwrap()).await;
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{log}");
    assert!(log.contains("BotFather") && !log.contains(TOKEN.split_once(':').unwrap().1), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p21_a_token_from_dotenv_serves_the_bot_and_reaches_no_environment() {
    let double = Double::start(TOKEN).await;
    let mut command = netral("dotenv", &double.address);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dotenv/.env");
    std::fs::write(file, format!("TELOXIDE_TOKEN={TOKEN}\nTELOXIDE_API_URL=http://127.0.0.1:9\n")).unwrap();
    // The real variable wins over the file's; the token comes from the file.
    let child = command.env_remove("TELOXIDE_TOKEN").spawn().unwrap();
    double.push("message", private(5, 1, "a"));
    double.until_sent(5, 1).await;
    if let Ok(environment) = std::fs::read(format!("/proc/{}/environ", child.id())) {
        assert!(!String::from_utf8_lossy(&environment).contains(TOKEN));
    }
    signal(&child, "-TERM");
    assert_eq!(output(child).await.status.code(), Some(0));
}

#[test]
fn a_bot_without_token_says_what_is_missing() {
    let output = netral("kosong", "http://127.0.0.1:9").arg("bot").env_remove("TELOXIDE_TOKEN").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("TELOXIDE_TOKEN"));
}
