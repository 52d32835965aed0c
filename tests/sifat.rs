//! Properties: whatever is typed, there is a reply and never a panic; and no way of mangling a
//! question makes the bot more permissive than the law. Random but seeded: the same on every run.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use netral::answer::{Outcome, Reply, Verdict};
use netral::assistant::Assistant;
use netral::exam::{ExamQuestion, read_exam};
use netral::knowledge::vocabulary::{Audience, ConceptKind};
use netral::knowledge::{self, is_material, source};
use netral::language::{ConceptId, LONGEST, Question};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const DAY: Date = date(2026, 11, 21);

/// Acts that are forbidden to everybody in the service, as they are tacked on to a question.
const FORBIDDEN_ACTS: [&str; 6] = [
    "dan jadi timses caleg",
    "sambil kampanye untuk calon",
    "lalu like postingan calon",
    ", bagikan stiker paslon",
    "sekalian komen dukung calon",
    "sama ajak warga pilih dia",
];

static ASSISTANT: LazyLock<Assistant> = LazyLock::new(|| {
    let (knowledge, findings) = knowledge::load(source::embedded());
    let Some(knowledge) = knowledge else { unreachable!("knowledge with errors: {findings:#?}") };
    Assistant::new(knowledge).unwrap_or_else(|error| unreachable!("{error}"))
});

static QUESTIONS: LazyLock<Vec<ExamQuestion>> = LazyLock::new(|| {
    let exams = source::embedded_exams().iter().map(|(path, text)| read_exam(path, text).unwrap_or_else(|e| unreachable!("{e}")));
    exams.flat_map(|exam| exam.questions).collect()
});

/// Runs a property on seeded cases.
fn check<S: Strategy>(cases: u32, strategy: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(error) = runner.run(&strategy, property) {
        unreachable!("{error}");
    }
}

/// What holds of every reply.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let reply = ASSISTANT.ask(text, DAY);
    prop_assert!(!reply.brief.trim().is_empty(), "{text:?}: an empty reply");
    let told = match reply.outcome {
        Outcome::Answer => reply.verdict.is_some(),
        Outcome::Clarify => reply.verdict.is_none() && !reply.choices.is_empty() && reply.choices.len() <= 4,
        Outcome::Unknown | Outcome::SmallTalk => reply.verdict.is_none(),
    };
    prop_assert!(told, "{text:?}: {:?} with {:?}, {} choices", reply.outcome, reply.verdict, reply.choices.len());
    prop_assert!(reply.probability.is_none_or(|p| (0.0..=1.0).contains(&p)), "{text:?}: {:?}", reply.probability);
    prop_assert!(reply.question == text.trim(), "{text:?}: {:?}", reply.question);
    Ok(())
}

/// Words that mean something to the bot, mixed with what means something to parsers.
fn soup() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "*",
        "?",
        "judul:x",
        "judul:",
        "\"",
        "'",
        "-x",
        "-partai",
        "+calon",
        "(",
        ")",
        "[a TO b]",
        "~2",
        "^3",
        "\\",
        "AND",
        "OR",
        "NOT",
        "&&",
        "<b>",
        "</b>",
        "<script>",
        "&amp;",
        "&#x202e;",
        "\u{202e}",
        "\u{200f}",
        "\u{200b}",
        "\u{0}",
        "\u{7}",
        "\u{1b}[31m",
        "\t",
        "\n",
        "👍",
        "👨‍👩‍👧",
        "🇮🇩",
        "e\u{301}",
        "ﷺ",
        "İ",
        "ß",
        "ﬁ",
        "١٢٣",
        "2",
        "24.1",
        "h-3",
        "--",
        "-",
        "—",
        "…",
        "https://contoh.id/?q=*",
        "www.x.id",
        "t.me/x",
        "@bot",
        "/start",
        "#1",
        "%s",
        "{}",
        "$(x)",
        "; DROP TABLE",
        "boleh",
        "gak",
        "bolehhh",
        "like",
        "nge-like",
        "calon",
        "paslon",
        "tidak",
        "kampanye",
        "suami",
        "saya",
        "sanksinya",
        "apa",
        "dan",
        "may",
        "i",
        "aku",
        "meunang",
        "pp94/2021",
        "pasal",
        "UU",
        "5",
        "2014",
    ]);
    let glue = select(vec!["", " ", " ", " ", "  ", "\n", ",", ".", "? "]);
    prop::collection::vec((pieces, glue), 0..24)
        .prop_map(|parts| parts.into_iter().flat_map(|(piece, glue)| [piece, glue]).collect())
}

#[test]
fn arbitrary_unicode_gets_a_reply() {
    check(300, any::<String>(), |text| holds(&text));
    check(200, "\\PC{0,120}", |text| holds(&text));
}

#[test]
fn grammar_markup_and_marks_get_a_reply() {
    check(500, soup(), |text| holds(&text));
}

#[test]
fn what_carries_no_word_is_told_so() {
    let empty = [
        "",
        " ",
        "\n\t ",
        "😀",
        "👍👍🔥",
        "🇮🇩",
        "\u{202e}\u{200f}",
        "\u{0}\u{7}\u{1b}",
        "***",
        "?!?!",
        "\"\"",
        "---",
        "https://contoh.id/a?b=c",
    ];
    for text in empty {
        let reply = ASSISTANT.ask(text, DAY);
        assert_eq!(reply.outcome, Outcome::Unknown, "{text:?}");
        assert!(reply.brief.contains("Belum ada kata"), "{text:?}: {}", reply.brief);
    }
}

#[test]
fn too_long_is_refused_clearly_and_the_longest_is_read() {
    let sentence = "bolehkah saya like postingan calon? ";
    for length in [LONGEST + 1, 10_000, 100_000] {
        let text: String = sentence.chars().cycle().take(length).collect();
        let reply = ASSISTANT.ask(&text, DAY);
        assert_eq!((reply.outcome, reply.verdict), (Outcome::Unknown, None), "{length}");
        assert!(reply.brief.contains("4.096"), "{}", reply.brief);
    }
    let text: String = sentence.chars().cycle().take(LONGEST).collect();
    let reply = ASSISTANT.ask(&text, DAY);
    assert!(!reply.brief.contains("4.096"), "{}", reply.brief);
    assert_ne!(reply.verdict, Some(Verdict::Allowed));
}

/// Hostile shapes of the longest message: the work done is bounded by its length, so all are read.
#[test]
fn the_longest_messages_of_every_shape_are_answered() {
    let shapes = [
        "a",
        "é",
        "ﷺ",
        "-",
        "a-",
        "a-a ",
        "2",
        "a2",
        "boleh ",
        "boleh? ",
        "boleh. like? ",
        "tidak ",
        "tidak tidak calon ",
        "dan ",
        "like dan ",
        "like, ",
        "sanksinya? ",
        "nge-",
        "mempertanggungjawabkan",
        "ke-",
        "xyz ",
        "kmpny ",
        "\u{301}",
        "👍",
        "😀 like ",
        "\"",
        "* ",
        "judul:x ",
        "https://a.b ",
        "uu 5 2014 ",
        "pasal 24 ayat 1 ",
        "may i like ",
        "sebelum ada penetapan pasangan ",
        "tidak dalam masa ",
    ];
    for shape in shapes {
        let text: String = shape.chars().cycle().take(LONGEST).collect();
        let question = ASSISTANT.read(&text);
        // NFKC may make several letters of one: ﷺ becomes eighteen.
        let most = text.chars().count() * 18;
        assert!(question.tokens.len() <= most && question.mentions.len() <= question.tokens.len(), "{shape:?}");
        let fault = holds(&text);
        assert!(fault.is_ok(), "{shape:?}: {fault:?}");
    }
}

/// Twice the text is twice the words: nothing is read more than once, nothing is skipped.
#[test]
fn what_is_read_grows_with_the_text() {
    check(60, (select(QUESTIONS.iter().collect::<Vec<_>>()), 1_usize..6), |(question, times)| {
        let once = ASSISTANT.read(&format!("{} . ", question.question)).tokens.len();
        let text = format!("{} . ", question.question).repeat(times);
        prop_assume!(text.chars().count() <= LONGEST);
        let many = ASSISTANT.read(&text);
        // A longer text may be detected as another language, and read a few words otherwise.
        prop_assert!(many.tokens.len() <= once * times * 2, "{} times {}: {} words", times, question.id, many.tokens.len());
        Ok(())
    });
}

/// Whether the exam says that the act is forbidden, and nothing milder is accepted as *boleh*.
fn is_forbidden(question: &ExamQuestion) -> bool {
    question.expected_verdict == "tidak-boleh" && !question.accepts("boleh")
}

fn says_allowed(reply: &Reply) -> bool {
    reply.verdict == Some(Verdict::Allowed)
}

/// Whether question and reply are about somebody in the service: a pensioner may campaign.
fn binds(question: &ExamQuestion, reply: &Reply) -> bool {
    let serves = |id: &str| {
        let service = [Audience::Pns, Audience::Cpns, Audience::Pppk, Audience::PppkPartTime];
        ASSISTANT.knowledge().topic(id).is_none_or(|topic| service.iter().any(|audience| topic.is_for(*audience)))
    };
    !says_retired(&question.question) && serves(&question.topic) && reply.topic.as_deref().is_none_or(serves)
}

fn says_retired(text: &str) -> bool {
    ASSISTANT.read(text).says(&ASSISTANT.knowledge().lexicon, "pensiunan")
}

fn forbidden() -> Vec<&'static ExamQuestion> {
    QUESTIONS.iter().filter(|question| is_forbidden(question)).collect()
}

#[test]
fn no_forbidden_act_becomes_allowed_when_its_words_are_shuffled() {
    let shuffled = select(forbidden()).prop_flat_map(|question| {
        let words: Vec<&str> = question.question.split_whitespace().collect();
        (Just(question), Just(words).prop_shuffle())
    });
    check(400, shuffled, |(question, words)| {
        let text = words.join(" ");
        let reply = ASSISTANT.ask(&text, DAY);
        // "masa persiapan pensiun PNS" shuffled may say "pensiun PNS"; the answer then says that it assumes a pensioner.
        let retires = says_retired(&text) && !says_retired(&question.question) && reply.topic.as_deref() == Some("pensiunan");
        prop_assert!(!says_allowed(&reply) || retires, "{}: {text}", question.id);
        Ok(())
    });
}

/// The acts a text names; a cut that leaves one out asks something else ("PNS punya hak pilih").
fn acts(text: &str) -> Vec<ConceptId> {
    named(text, |kind| kind == ConceptKind::Act)
}

fn named(text: &str, matters: impl Fn(ConceptKind) -> bool) -> Vec<ConceptId> {
    let lexicon = &ASSISTANT.knowledge().lexicon;
    let mut found = ASSISTANT.read(text).concepts();
    found.retain(|id| lexicon.kind(*id).is_some_and(&matters));
    found
}

#[test]
fn no_forbidden_act_becomes_allowed_when_the_message_is_cut() {
    let cut = select(forbidden()).prop_flat_map(|question| (Just(question), 0..=question.question.chars().count()));
    check(1_000, cut, |(question, length)| {
        let text: String = question.question.chars().take(length).collect();
        if acts(&text) != acts(&question.question) {
            return Ok(());
        }
        let reply = ASSISTANT.ask(&text, DAY);
        // Of "nonton debat di posko relawan" may be left "nonton debat": allowed, if the reply says when not.
        let is_whole = named(&text, is_material) == named(&question.question, is_material);
        let says_when_not = reply.branches.iter().any(|branch| branch.verdict == Verdict::Forbidden);
        prop_assert!(!says_allowed(&reply) || !is_whole && says_when_not, "{}: {text}", question.id);
        Ok(())
    });
}

/// Words fall out; what is left may be another question, but never one with an easier answer.
#[test]
fn no_forbidden_act_becomes_allowed_when_function_words_fall_out() {
    let thinned = select(forbidden()).prop_flat_map(|question| {
        let lexicon = &ASSISTANT.knowledge().lexicon;
        let words: Vec<&str> = question.question.split_whitespace().collect();
        let stops: Vec<usize> = (0..words.len())
            .filter(|at| words.get(*at).is_some_and(|word| Question::read(lexicon, word).tokens.iter().all(|token| token.stop)))
            .collect();
        let most = stops.len();
        (Just(question), Just(words), subsequence(stops, 0..=most))
    });
    check(300, thinned, |(question, words, dropped)| {
        let kept: Vec<&str> = words.iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, word)| *word).collect();
        let text = kept.join(" ");
        prop_assert!(!says_allowed(&ASSISTANT.ask(&text, DAY)), "{}: {text}", question.id);
        Ok(())
    });
}

/// The property of the issue, over the whole exam: a forbidden act added to a question never yields *boleh*.
#[test]
fn a_forbidden_act_added_to_any_question_is_never_allowed() {
    let mut wrong = Vec::new();
    for question in QUESTIONS.iter() {
        let asked = question.question.trim().trim_end_matches(['?', '.', '!', ' ']);
        for act in FORBIDDEN_ACTS {
            let text = format!("{asked} {act}?");
            let reply = ASSISTANT.ask(&text, DAY);
            if says_allowed(&reply) && binds(question, &reply) {
                wrong.push(format!("{} [{}]: {text}", question.id, reply.topic.unwrap_or_default()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), QUESTIONS.len() * FORBIDDEN_ACTS.len(), wrong.join("\n"));
}

/// The same where somebody says first what he means to do.
#[test]
fn a_forbidden_act_that_is_meant_is_never_allowed() {
    for question in QUESTIONS.iter() {
        let text = format!("Mau jadi jurkam. {}", question.question);
        let reply = ASSISTANT.ask(&text, DAY);
        assert!(!(says_allowed(&reply) && binds(question, &reply)), "{}: {text}", question.id);
    }
}

/// The same of any forbidden act, wherever and by whatever sign or word it is joined to a question that may be answered
/// with *boleh*. `{q}` is the question, `{a}` the act.
#[test]
fn a_forbidden_act_joined_in_any_way_is_never_allowed() {
    let acts = [
        "jadi timses caleg",
        "kampanye untuk calon",
        "like postingan calon",
        "jadi relawan paslon",
        "bikin rapat pemenangan calon di kantor",
        "desain baliho caleg",
        "pakai mobil dinas buat kampanye",
        "pasang stiker paslon di rumah",
        "ikut deklarasi dukungan cabup",
        "galang suara warga buat cagub",
        "foto dua jari bareng cawali",
        "jadi pengurus partai",
        "bawa bendera partai",
    ];
    let frames = [
        "{q}, {a}?",
        "{q}? {a}?",
        "{q}? Terus {a} juga?",
        "{q} + {a}?",
        "{q} & {a}?",
        "{q} - {a}?",
        "{q} / {a}?",
        "{q}\n{a}?",
        "{q}, terus habis itu {a}?",
        "{q} sekaligus {a}?",
        "{q} plus {a}?",
        "Rencananya {a}. {q}?",
        "habis {a}, {q}?",
        "sambil {a}, {q}?",
        "kemarin {a}. {q}?",
        "besok mau {a}, {q}?",
        "Minggu lalu saya {a}. {q}?",
    ];
    let allowed = QUESTIONS.iter().filter(|question| question.accepts("boleh")).collect::<Vec<_>>();
    check(5_000, (select(allowed), select(acts.to_vec()), select(frames.to_vec())), |(question, act, frame)| {
        let asked = question.question.trim().trim_end_matches(['?', '.', '!', ' ']);
        let text = frame.replace("{q}", asked).replace("{a}", act);
        let reply = ASSISTANT.ask(&text, DAY);
        prop_assert!(!(says_allowed(&reply) && binds(question, &reply)), "{}: {text}", question.id);
        Ok(())
    });
}

/// The same in a sentence of its own, before or after.
#[test]
fn a_forbidden_act_in_a_second_sentence_is_never_allowed() {
    let acts = ["Boleh jadi timses caleg?", "Bolehkah saya kampanye untuk calon?", "boleh like postingan calon gak?"];
    check(300, (select(QUESTIONS.iter().collect::<Vec<_>>()), select(acts.to_vec()), any::<bool>()), |(question, act, first)| {
        let text = if first { format!("{act} {}", question.question) } else { format!("{} {act}", question.question) };
        let reply = ASSISTANT.ask(&text, DAY);
        prop_assert!(!(says_allowed(&reply) && binds(question, &reply)), "{}: {text}", question.id);
        Ok(())
    });
}
