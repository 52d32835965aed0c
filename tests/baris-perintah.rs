//! The command line as a script sees it: exit codes, order, JSON keys, help, no colours in a pipe.
//! The binary runs in an empty directory with an empty environment, so on what is embedded in it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::{env, fs};

use serde_json::Value;

/// The card's question: Indonesian, slang, English.
const CARD: [&str; 3] =
    ["Bolehkah saya like postingan calon?", "klo cm nge-like postingan paslon blh gk?", "May I like a candidate's post?"];

/// Keys of the JSON: those of the design, and the extras that `docs/json.md` documents.
const KEYS: &[&str] = &[
    "pertanyaan",
    "bahasa",
    "hasil",
    "putusan",
    "peluang",
    "topik",
    "judul",
    "ringkas",
    "uraian",
    "dasar_putusan",
    "cabang",
    "dasar",
    "sanksi",
    "sumber",
    "terkait",
    "pilihan",
    "bagian",
    "tanggal",
    "mikrodetik",
    // extras
    "saran",
];
const BRANCH_KEYS: &[&str] = &["jika", "putusan", "dasar", "ringkas"];
const CITATION_KEYS: &[&str] = &["id", "kutipan", "isi", "status", "status_per", "verifikasi"];
const SANCTION_KEYS: &[&str] = &["fase", "jenis", "untuk", "dasar"];
const SOURCE_KEYS: &[&str] = &["id", "judul", "media", "tanggal", "bagian", "isi", "kini"];
const CHOICE_KEYS: &[&str] = &["topik", "judul", "putusan"];

/// An empty directory outside any checkout.
static NOWHERE: LazyLock<PathBuf> = LazyLock::new(|| directory("kosong"));

fn directory(name: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("netral-uji-{}-{name}", std::process::id()));
    assert!(fs::create_dir_all(&path).is_ok(), "{}", path.display());
    path
}

/// Runs `netral` in a directory; nothing of the caller's environment reaches it but what is named.
fn run(directory: &Path, variables: &[(&str, &str)], arguments: &[&str], input: &str) -> Output {
    let child = Command::new(env!("CARGO_BIN_EXE_netral"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else { unreachable!("the binary does not start") };
    if let Some(mut stdin) = child.stdin.take() {
        // A program that read enough may have closed the pipe.
        let _ = stdin.write_all(input.as_bytes());
    }
    let Ok(output) = child.wait_with_output() else { unreachable!("the binary does not end") };
    output
}

/// Where the corpus is kept between the calls, as it is for a user: made by one call before all others, since several at
/// once would each make it.
static CACHE: LazyLock<PathBuf> = LazyLock::new(|| {
    let cache = directory("singgahan");
    ask_with(&cache, &["tanya", CARD[0]]);
    cache
});

/// Asks in an empty directory.
fn ask(arguments: &[&str]) -> Output {
    ask_with(&CACHE, arguments)
}

fn ask_with(cache: &Path, arguments: &[&str]) -> Output {
    run(&NOWHERE, &[("XDG_CACHE_HOME", &cache.to_string_lossy())], arguments, "")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One JSON object a line.
fn objects(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    let text = stdout(output);
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| unreachable!("{e}: {line}"))).collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Asserts the keys of an object, and of what stands inside it.
fn check(value: &Value) {
    let keys =
        |value: &Value| -> BTreeSet<String> { value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect() };
    let expected = |keys: &[&str]| -> BTreeSet<String> { keys.iter().map(|key| (*key).to_owned()).collect() };
    assert_eq!(keys(value), expected(KEYS), "{value}");
    for (key, inner) in [
        ("cabang", BRANCH_KEYS),
        ("dasar", CITATION_KEYS),
        ("sanksi", SANCTION_KEYS),
        ("sumber", SOURCE_KEYS),
        ("pilihan", CHOICE_KEYS),
    ] {
        for item in list(value, key) {
            assert_eq!(keys(item), expected(inner), "{key} of {value}");
        }
    }
    assert!(["jawaban", "klarifikasi", "tidak-tahu", "sapaan"].contains(&text(value, "hasil")), "{value}");
    let verdict = value.get("putusan").and_then(Value::as_str);
    assert!(verdict.is_none_or(|word| ["boleh", "tidak-boleh", "bersyarat", "informasi"].contains(&word)), "{value}");
    assert!(text(value, "hasil") != "tidak-tahu" || verdict.is_none(), "a verdict without an answer: {value}");
    list(value, "bagian").iter().for_each(check);
}

#[test]
fn the_cards_question_is_forbidden_in_three_registers() {
    for question in CARD {
        let output = ask(&["tanya", "--json", "--tanggal", "2026-11-21", question]);
        for reply in objects(&output) {
            check(&reply);
            assert_eq!(text(&reply, "hasil"), "jawaban", "{reply}");
            assert_eq!(text(&reply, "putusan"), "tidak-boleh", "{reply}");
            let cites = |start: &str| list(&reply, "dasar").iter().any(|d| text(d, "kutipan").starts_with(start));
            assert!(cites("SKB 5 Lembaga 2022 Lampiran II "), "{question}: the row of the SKB: {reply}");
            assert!(cites("UU 20/2023 Pasal "), "{question}: a provision of UU 20/2023: {reply}");
            assert!(list(&reply, "sumber").iter().any(|s| text(s, "id") == "kediri-2024-05-08"), "{question}: {reply}");
        }
    }
}

#[test]
fn a_corpus_is_kept_and_one_that_isnt_whole_is_made_anew() {
    let answer = |cache: &Path| {
        let reply = objects(&ask_with(cache, &["tanya", "--json", CARD[0]])).remove(0);
        (text(&reply, "ringkas").to_owned(), reply.get("peluang").and_then(Value::as_f64))
    };
    let files = |cache: &Path| -> Vec<PathBuf> {
        fs::read_dir(cache.join("netral")).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let first = answer(&CACHE);
    let [kept] = files(&CACHE).try_into().unwrap_or_else(|files| unreachable!("{files:?}"));
    let bytes = fs::read(&kept).unwrap();
    // A place of its own for the broken one: other tests read the whole one meanwhile.
    let broken = directory("rusak-disimpan");
    let copy = broken.join("netral").join(kept.file_name().unwrap());
    fs::create_dir(broken.join("netral")).unwrap();
    let mut turned = bytes.clone();
    turned[bytes.len() / 2] ^= 1;
    fs::write(&copy, turned).unwrap();
    assert_eq!(answer(&broken), first);
    assert!(fs::read(&copy).unwrap() == bytes, "made anew");
    assert_eq!(files(&broken), std::slice::from_ref(&copy));
    // Where no directory can be made, the answer is the same.
    assert_eq!(answer(&copy), first);
}

#[test]
fn english_is_answered_in_english() {
    for reply in objects(&ask(&["tanya", "--json", CARD[2]])) {
        assert_eq!(text(&reply, "bahasa"), "en");
        assert!(text(&reply, "ringkas").starts_with("No"), "{reply}");
    }
}

#[test]
fn several_questions_keep_their_order_one_object_a_line() {
    let questions = ["apa itu CLTN", "halo", "", "berapa gaji pokok PNS?", "boleh like dan komentar? sanksinya apa?", "😀"];
    let arguments: Vec<&str> = ["tanya", "--json", "--"].into_iter().chain(questions).collect();
    let replies = objects(&ask(&arguments));
    assert_eq!(replies.iter().map(|reply| text(reply, "pertanyaan")).collect::<Vec<_>>(), questions);
    replies.iter().for_each(check);
}

#[test]
fn a_dash_reads_questions_from_standard_input_in_place() {
    let input = "apa itu CLTN?\nbolehkah \"golput\"?\r\nhalo\n";
    let output = run(&NOWHERE, &[], &["tanya", "--json", "pertama", "-", "terakhir"], input);
    let asked: Vec<String> = objects(&output).iter().map(|reply| text(reply, "pertanyaan").to_owned()).collect();
    assert_eq!(asked, ["pertama", "apa itu CLTN?", "bolehkah \"golput\"?", "halo", "terakhir"]);
}

#[test]
fn the_day_asked_about_is_told_and_holds() {
    for reply in objects(&ask(&["tanya", "--json", "--tanggal", "2020-11-01", CARD[0]])) {
        assert_eq!(text(&reply, "tanggal"), "2020-11-01");
        let citations: Vec<&str> = list(&reply, "dasar").iter().map(|d| text(d, "kutipan")).collect();
        assert!(citations.iter().all(|c| !c.contains("2023") && !c.contains("2021") && !c.contains("2022")), "{citations:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong() {
    for (arguments, named) in [
        (vec!["tanya", "--tanggal", "31-12-2024", "x"], "31-12-2024"),
        (vec!["tanya", "--tanggal", "2024-02-30", "x"], "2024-02-30"),
        (vec!["tanya"], "PERTANYAAN"),
        (vec!["tanyakan", "x"], "tanyakan"),
        (vec!["periksa", "tidak/ada"], "tidak/ada"),
        (vec!["uji", "tidak-ada.jsonl"], "tidak-ada.jsonl"),
    ] {
        let output = ask(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(named), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn wrong_settings_end_with_2_all_at_once() {
    let output = run(&NOWHERE, &[("NETRAL_PENGETAHUAN", "/tidak/ada"), ("TELOXIDE_TOKEN", "bukan token")], &["tanya", "x"], "");
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("NETRAL_PENGETAHUAN") && told.contains("TELOXIDE_TOKEN"), "{told}");
    assert!(!told.contains("bukan token"), "a token is never repeated: {told}");
}

#[test]
fn broken_knowledge_starts_nothing_and_names_the_command_that_shows_why() {
    let broken = directory("rusak");
    let topic = broken.join("knowledge/topik/umum");
    assert!(fs::create_dir_all(&topic).is_ok());
    assert!(fs::write(topic.join("salah.toml"), "juduul = 1\n").is_ok());
    let layer = [("NETRAL_PENGETAHUAN", "knowledge")];
    for arguments in [["tanya", "halo"].as_slice(), &["obrolan"], &[]] {
        let output = run(&broken, &layer, arguments, "");
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("netral periksa"), "{}", stderr(&output));
    }
    let output = run(&broken, &layer, &["periksa"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("knowledge/topik/umum/salah.toml:1: "), "{}", stdout(&output));
    let _ = fs::remove_dir_all(broken);
}

#[test]
fn the_shipped_knowledge_is_clean() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (directory, arguments) in
        [(repository, vec!["periksa"]), (&NOWHERE, vec!["periksa"]), (repository, vec!["periksa", "knowledge"])]
    {
        let output = run(directory, &[], &arguments, "");
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
        assert!(stdout(&output).contains("0 kesalahan"), "{}", stdout(&output));
    }
}

#[test]
fn every_check_is_explained() {
    let told = stdout(&ask(&["periksa", "--jelaskan"]));
    for check in netral::knowledge::check::CHECKS {
        assert!(told.contains(check.name) && told.contains(check.demands), "{}", check.name);
    }
}

#[test]
fn nothing_colours_a_pipe() {
    for (variables, arguments) in [
        ([].as_slice(), ["tanya", CARD[0]].as_slice()),
        (&[("NO_COLOR", "1")], &["tanya", CARD[0]]),
        (&[("TERM", "xterm-256color"), ("CLICOLOR_FORCE", "0")], &["tanya", "--jelaskan", CARD[0]]),
        (&[("TERM", "xterm-256color")], &["--help"]),
        (&[("TERM", "xterm-256color")], &["periksa"]),
    ] {
        let output = run(&NOWHERE, variables, arguments, "");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(!output.stdout.contains(&0x1b) && !output.stdout.is_empty(), "{arguments:?}: {}", stdout(&output));
    }
}

/// Control characters of a question never reach the terminal.
#[test]
fn a_question_smuggles_no_escape_code() {
    let output = ask(&["tanya", "\u{1b}[31mbolehkah\u{1b}[0m saya like postingan calon?\u{7}"]);
    assert!(!output.stdout.contains(&0x1b) && !output.stdout.contains(&0x07), "{}", stdout(&output));
}

#[test]
fn help_is_indonesian_with_examples() {
    for (arguments, words) in [
        (vec!["--help"], vec!["netralitas ASN", "Contoh:", "tanya", "periksa", "obrolan", "uji", "latih"]),
        (vec!["tanya", "--help"], vec!["Contoh:", "Kode keluar:", "PERTANYAAN", "--tanggal", "--json"]),
        (vec!["periksa", "--help"], vec!["Contoh:", "Kode keluar:", "DIREKTORI"]),
        (vec!["uji", "--help"], vec!["Contoh:", "Kode keluar:", "BERKAS"]),
    ] {
        let output = ask(&arguments);
        let told = stdout(&output);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        for word in words {
            assert!(told.contains(word), "{arguments:?} lacks {word}:\n{told}");
        }
        for english in ["Usage:", "Commands:", "Options:", "Arguments:", "Print help", "Print version"] {
            assert!(!told.contains(english), "{arguments:?} says \"{english}\":\n{told}");
        }
    }
}

#[test]
fn the_chat_without_a_terminal_reads_lines_and_ends() {
    let output = run(&NOWHERE, &[], &[], &format!("{}\n", CARD[0]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.starts_with("TELOXIDE_TOKEN belum diisi"), "{told}");
    assert!(told.contains("TIDAK BOLEH"), "{told}");
}
