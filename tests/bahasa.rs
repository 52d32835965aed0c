//! Words: the tables of `tests/bahasa/`, read through the public [`Question`]. Each line is one
//! example; what stands there is what an editor may rely on when writing wordings and concepts.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use netral::knowledge::{self, Knowledge, source};
use netral::language::{Lexicon, Question, small_talk};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let (knowledge, findings) = knowledge::load(source::embedded());
    knowledge.unwrap_or_else(|| unreachable!("knowledge with errors: {findings:#?}"))
});

fn lexicon() -> &'static Lexicon {
    &KNOWLEDGE.lexicon
}

/// Reads a table and reports every line whose fault `wrong` names, all at once.
fn check(table: &str, at_least: usize, wrong: impl Fn(&str, &str) -> Option<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bahasa").join(table);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let rows: Vec<(usize, &str)> =
        (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# ")).collect();
    assert!(rows.len() >= at_least, "{table}: {} rows", rows.len());
    let mut faults = Vec::new();
    for (number, line) in rows {
        let (left, right) = line.split_once('\t').unwrap_or((line, ""));
        if let Some(fault) = wrong(left, right) {
            faults.push(format!("tests/bahasa/{table}:{number}: {left}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn texts(question: &Question) -> String {
    question.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn stems(question: &Question) -> String {
    question.tokens.iter().map(|token| token.stem.as_str()).collect::<Vec<_>>().join(" ")
}

fn differs(found: &str, expected: &str) -> Option<String> {
    (found != expected).then(|| format!("expected {expected:?}, found {found:?}"))
}

/// Compares the words read.
fn reads_as(typed: &str, expected: &str) -> Option<String> {
    differs(&texts(&Question::read(lexicon(), typed)), expected)
}

/// Compares with how the plain spelling is read.
fn reads_like(typed: &str, plain: &str) -> Option<String> {
    differs(&texts(&Question::read(lexicon(), typed)), &texts(&Question::read(lexicon(), plain)))
}

/// Compares the stems.
fn stems_to(typed: &str, expected: &str) -> Option<String> {
    differs(&stems(&Question::read(lexicon(), typed)), expected)
}

/// Compares concepts: `x` affirmed, `!x` denied, `-x` and `-!x` not so.
fn means(typed: &str, expected: &str) -> Option<String> {
    let lexicon = lexicon();
    let question = Question::read(lexicon, typed);
    let has = |id: &str, negated: bool| {
        lexicon
            .concept(id)
            .is_some_and(|wide| question.mentions.iter().any(|m| m.negated == negated && lexicon.satisfies(m.concept, wide)))
    };
    let fault = |wanted: &&str| {
        let (unwanted, item) = wanted.strip_prefix('-').map_or((false, *wanted), |item| (true, item));
        let (negated, id) = item.strip_prefix('!').map_or((false, item), |id| (true, id));
        lexicon.concept(id).is_none() || has(id, negated) == unwanted
    };
    let wrong: Vec<&str> = expected.split(' ').filter(fault).collect();
    let found: Vec<String> = question
        .mentions
        .iter()
        .map(|m| format!("{}{}", if m.negated { "!" } else { "" }, lexicon.concept_name(m.concept)))
        .collect();
    (!wrong.is_empty()).then(|| format!("not as expected: {}; found: {}", wrong.join(" "), found.join(" ")))
}

#[test]
fn words_have_their_stems() {
    check("akar.tsv", 150, stems_to);
}

#[test]
fn chat_spelling_becomes_plain_words() {
    check("slang.tsv", 60, reads_like);
}

#[test]
fn slips_are_corrected() {
    check("salah-ketik.tsv", 40, reads_as);
}

#[test]
fn real_words_and_doubtful_ones_are_left_alone() {
    check("bukan-salah-ketik.tsv", 50, |word, _| reads_as(word, word));
}

#[test]
fn hyphens_and_affixed_english_verbs() {
    check("tanda-hubung.tsv", 30, stems_to);
}

#[test]
fn lengthened_letters_digits_and_marks() {
    check("ulur-dan-angka.tsv", 25, reads_as);
}

#[test]
fn the_language_is_detected() {
    check("bahasa.tsv", 20, |language, text| differs(Question::read(lexicon(), text).detected.language.code(), language));
}

#[test]
fn certainty_is_a_share() {
    check("bahasa.tsv", 20, |_, text| {
        let certainty = Question::read(lexicon(), text).detected.certainty;
        (!(0.0..=1.0).contains(&certainty)).then(|| format!("certainty {certainty}"))
    });
}

#[test]
fn questions_mean_concepts() {
    check("konsep.tsv", 40, means);
}

#[test]
fn denying_is_told_from_asking() {
    check("ingkar.tsv", 30, means);
}

#[test]
fn small_talk_is_told_from_questions() {
    check("basa-basi.tsv", 50, |kind, text| {
        let heard = small_talk(lexicon(), &Question::read(lexicon(), text));
        differs(heard.map_or("-", |greeting| greeting.id.as_str()), kind)
    });
}

/// The same analysis makes index and query: read again, a word read once stays what it is.
#[test]
fn reading_again_changes_nothing() {
    for table in ["slang.tsv", "salah-ketik.tsv"] {
        check(table, 40, |_, plain| {
            let once = Question::read(lexicon(), plain);
            let again = Question::read(lexicon(), &texts(&once));
            differs(&stems(&again), &stems(&once))
        });
    }
}
