//! What the work on language and the decision are worth: the same questions answered by plain BM25
//! and by trigram similarity, once answering everything, once careful enough to decline foreign
//! questions.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::grade::{Figures, Graded, share};
use super::question::ExamQuestion;
use crate::answer::Verdict;
use crate::assistant::Assistant;
use crate::search::{Baseline, Found};

/// Share of foreign questions that the careful baseline declines.
const REJECTED: f64 = 0.97;

/// How a baseline finds a topic.
type Method = fn(&Baseline, &str) -> Found;

struct Said {
    similarity: f64,
    right: bool,
    wrong_allowed: bool,
    foreign: bool,
}

/// A table of ours and the baselines, or why it can't be made.
///
/// # Errors
/// When the plain index can't be written in memory.
pub fn compare(assistant: &Assistant, questions: &[&ExamQuestion], graded: &[Graded], day: Date) -> Result<String, String> {
    let baseline = Baseline::build(assistant.knowledge()).map_err(|e| e.to_string())?;
    let mut out = String::new();
    let ours = Figures::of(graded.iter());
    let rejected = share(ours.foreign_declined as f64, ours.foreign);
    let _ = writeln!(out, "{:<28} {:>8} {:>12} {:>8}", "pembanding", "putusan", "salah boleh", "tolak");
    let _ = writeln!(out, "{:<28} {:>8.3} {:>12} {:>8.3}", "netral", ours.verdict(), ours.wrong_allowed, rejected);
    let methods: [(&str, Method); 2] = [("BM25 polos", Baseline::bm25), ("trigram", Baseline::trigram)];
    for (name, method) in methods {
        let said: Vec<Said> = questions.iter().map(|q| judge(assistant, q, method(&baseline, &q.question), day)).collect();
        row(&mut out, &format!("{name}, selalu menjawab"), &said, f64::MIN);
        row(&mut out, &format!("{name}, berhati-hati"), &said, careful(&said));
    }
    Ok(out)
}

fn judge(assistant: &Assistant, question: &ExamQuestion, found: Found, day: Date) -> Said {
    let topic = found.and_then(|(at, _)| assistant.knowledge().topics().get(at));
    let answer = topic.and_then(|topic| topic.answer_on(day).or_else(|| topic.latest()));
    let verdict = answer.map_or(Verdict::Information, |answer| answer.putusan);
    let right = question.accepts(verdict.word());
    let forbidden = question.expected_verdict == Verdict::Forbidden.word();
    Said {
        similarity: found.map_or(0.0, |(_, similarity)| similarity),
        right,
        wrong_allowed: verdict == Verdict::Allowed && forbidden && !right,
        foreign: question.is_foreign(),
    }
}

/// The similarity below which a baseline must be silent to decline enough foreign questions.
fn careful(said: &[Said]) -> f64 {
    let mut foreign: Vec<f64> = said.iter().filter(|s| s.foreign).map(|s| s.similarity).collect();
    foreign.sort_by(f64::total_cmp);
    let at = (foreign.len() as f64 * REJECTED).ceil() as usize;
    foreign.get(at.saturating_sub(1)).copied().unwrap_or(f64::MIN)
}

fn row(out: &mut String, name: &str, said: &[Said], above: f64) {
    let inside = said.iter().filter(|s| !s.foreign).count();
    let foreign = said.len() - inside;
    let spoken = |s: &&Said| s.similarity > above;
    let right = said.iter().filter(|s| !s.foreign && s.right).filter(spoken).count();
    let allowed = said.iter().filter(|s| s.wrong_allowed).filter(spoken).count();
    let silent = said.iter().filter(|s| s.foreign && !spoken(s)).count();
    let _ = writeln!(out, "{name:<28} {:>8.3} {allowed:>12} {:>8.3}", share(right as f64, inside), share(silent as f64, foreign));
}
