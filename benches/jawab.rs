//! How fast an answer is, as ratios within one run: the whole answer against the search alone, and
//! four times the topics against the shipped ones.

use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use jiff::civil::Date;
use netral::assistant::Assistant;
use netral::knowledge::{self, Source, source};

fn main() {
    divan::main();
    let rounds = 400;
    let small = assistant(1);
    let whole = percentile(&small, rounds, |assistant, text| {
        black_box(assistant.ask(text, day()));
    });
    let search = percentile(&small, rounds, |assistant, text| {
        black_box(assistant.search(&assistant.read(text)));
    });
    println!("jawaban utuh, p99: {:?}; membaca dan mencari saja: {:?}; perbandingan {:.2}", whole, search, ratio(whole, search));
    // More would take minutes: fitting the classifier grows with wordings times cases.
    let large = assistant(4);
    let many = percentile(&large, rounds, |assistant, text| {
        black_box(assistant.ask(text, day()));
    });
    println!(
        "{} topik, p99: {many:?}; dibanding {} topik: {:.2}",
        large.knowledge().topics().len(),
        small.knowledge().topics().len(),
        ratio(many, whole)
    );
}

const QUESTIONS: [&str; 6] = [
    "Bolehkah saya menyukai unggahan calon?",
    "ak pns bole ga ngelike postingan cawali",
    "may I like a candidate's post?",
    "suami saya nyaleg, saya guru PPPK, boleh antar dia daftar ke KPU hari minggu tanpa seragam?",
    "apa sanksinya kalau camat pasang baliho di mobil dinas",
    "berapa gaji pokok pppk golongan IX",
];

#[divan::bench(args = QUESTIONS)]
fn ask(bencher: Bencher<'_, '_>, question: &str) {
    let assistant = assistant(1);
    bencher.bench_local(|| assistant.ask(black_box(question), day()));
}

fn day() -> Date {
    jiff::civil::date(2026, 11, 21)
}

/// The shipped knowledge, with its topics repeated under other ids and wordings.
fn assistant(times: usize) -> Assistant {
    let shipped = source::embedded();
    let mut sources = shipped.clone();
    for copy in 1..times {
        sources.extend(shipped.iter().filter(|s| s.is_in("topik")).map(|s| repeated(s, copy)));
    }
    let (knowledge, findings) = knowledge::load(sources);
    let knowledge = knowledge.unwrap_or_else(|| unreachable!("pengetahuan rusak: {:?}", findings.first()));
    Assistant::new(knowledge).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A topic under another id, with a word of its own in every wording.
fn repeated(source: &Source, copy: usize) -> Source {
    let id = source.stem();
    let mut topic: toml::Table = source.text.parse().unwrap_or_else(|error| unreachable!("{}: {error}", source.path));
    topic.insert("id".into(), format!("{id}-{copy}").into());
    // Articles name the topics they belong to, and don't know the copies.
    topic.remove("sumber");
    renumber(&mut topic, copy);
    for answer in tables(&mut topic, "jawaban") {
        tables(answer, "cabang").for_each(|branch| renumber(branch, copy));
    }
    Source { path: source.path.replace(&format!("{id}.toml"), &format!("{id}-{copy}.toml")), text: topic.to_string(), layer: 0 }
}

/// Gives every wording of a topic or branch a word of its own.
fn renumber(table: &mut toml::Table, copy: usize) {
    for key in ["pertanyaan", "en", "jv", "su"] {
        for wording in table.get_mut(key).and_then(toml::Value::as_array_mut).into_iter().flatten() {
            *wording = format!("{} nomor{copy}", wording.as_str().unwrap_or_default()).into();
        }
    }
}

fn tables<'a>(table: &'a mut toml::Table, key: &str) -> impl Iterator<Item = &'a mut toml::Table> {
    table.get_mut(key).and_then(toml::Value::as_array_mut).into_iter().flatten().filter_map(toml::Value::as_table_mut)
}

/// The 99th percentile of one call.
fn percentile(assistant: &Assistant, rounds: usize, call: impl Fn(&Assistant, &str)) -> Duration {
    let mut times: Vec<Duration> = QUESTIONS
        .iter()
        .cycle()
        .take(rounds)
        .map(|question| {
            let start = Instant::now();
            call(assistant, question);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON)
}
