//! `--jelaskan`: the words, concepts, features and scores behind a decision.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::answer::{FEATURES, SIGNALS};
use crate::assistant::Assistant;
use crate::language::Question;
use crate::search::{EntryId, Origin, Unit};

/// Candidates shown.
const SHOWN: usize = 5;

/// The decision in words an editor understands.
#[must_use]
pub fn explain(assistant: &Assistant, text: &str, day: Date) -> String {
    let considered = assistant.consider(assistant.read(text), day);
    let lexicon = &assistant.knowledge().lexicon;
    let question = &considered.question;
    let mut out = String::new();
    let words: Vec<String> = question
        .tokens
        .iter()
        .map(|t| format!("{}{}{}", t.stem, if t.stop { "·" } else { "" }, if t.known { "" } else { "?" }))
        .collect();
    let _ = writeln!(out, "Kata dasar (· tanpa bobot, ? tidak dikenal): {}", words.join(" "));
    let concepts: Vec<String> = question
        .mentions
        .iter()
        .map(|m| format!("{}{}", if m.negated { "bukan " } else { "" }, lexicon.concept_name(m.concept)))
        .collect();
    let _ = writeln!(out, "Konsep: {}", concepts.join(", "));
    let fields: Vec<&str> = question.fields.iter().filter_map(|at| lexicon.fields.get(*at)).map(|f| f.id.as_str()).collect();
    if !fields.is_empty() {
        let _ = writeln!(out, "Bidang lain: {}", fields.join(", "));
    }
    let _ = writeln!(out, "Milik bidang ini (+) atau bidang lain (−): {}", belonging(assistant, question));
    let _ = writeln!(out, "Bahasa: {} (kepastian {:.2})", question.detected.language.code(), question.detected.certainty);
    let _ = writeln!(out, "Keputusan: {}", verb(&considered.decision));
    let _ = writeln!(out, "Peluang milik bidang ini: {:.3}", considered.weighing.ours);
    let _ = writeln!(out, "Peluang benar: {:.3}", considered.weighing.probability);
    let signals: Vec<String> =
        SIGNALS.iter().zip(considered.weighing.signals).map(|(name, value)| format!("{name} {value:.2}")).collect();
    let _ = writeln!(out, "Tanda: {}", signals.join(" · "));
    for ranked in considered.weighing.ranked.iter().take(SHOWN) {
        let features: Vec<String> =
            FEATURES.iter().zip(ranked.evidence.features).map(|(name, value)| format!("{name} {value:.2}")).collect();
        let names = |ids: &[usize]| ids.iter().map(|id| lexicon.concept_name(*id)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{:6.2} {} → {}", ranked.score, name(assistant, ranked.evidence.entry), ranked.described.verdict);
        let _ = writeln!(out, "       {}", features.join(" · "));
        if let Some(branch) = ranked.described.branch {
            let _ = writeln!(out, "       cabang ke-{} (kepastian {:.2})", branch + 1, ranked.described.certainty);
        }
        if !ranked.evidence.unexplained.is_empty() {
            let _ = writeln!(out, "       tidak dijelaskan topik: {}", names(&ranked.evidence.unexplained));
        }
        if !ranked.evidence.missing.is_empty() {
            let _ = writeln!(out, "       tidak disebut pertanyaan: {}", names(&ranked.evidence.missing));
        }
    }
    out
}

/// What each word and concept says for or against the field.
fn belonging(assistant: &Assistant, question: &Question) -> String {
    let corpus = assistant.corpus();
    let told = corpus.units(question).into_iter().flatten().map(|unit| {
        let name = match unit {
            Unit::Term(term) => corpus.stem(term).to_owned(),
            Unit::Concept(id) => format!("#{}", assistant.knowledge().lexicon.concept_name(id)),
        };
        format!("{name} {:+.1}", corpus.ours.odds(&corpus.theirs, unit))
    });
    told.collect::<Vec<_>>().join(" · ")
}

fn verb(decision: &crate::answer::Decision) -> &'static str {
    match decision {
        crate::answer::Decision::Answer(_) => "menjawab",
        crate::answer::Decision::Choose(_) => "menawarkan pilihan",
        crate::answer::Decision::Decline => "tidak menjawab",
    }
}

/// The topic's id, or the article's with the passage's number.
fn name(assistant: &Assistant, entry: EntryId) -> String {
    let knowledge = assistant.knowledge();
    match assistant.corpus().entries.get(entry).map(|entry| entry.origin) {
        Some(Origin::Topic(at)) => knowledge.topics().get(at).map(|t| t.file.id.clone()),
        Some(Origin::Passage(article, at)) => {
            knowledge.articles().get(article).map(|a| format!("{}#{}", a.id, a.bagian.get(at).map_or(0, |p| p.nomor)))
        }
        None => None,
    }
    .unwrap_or_default()
}
