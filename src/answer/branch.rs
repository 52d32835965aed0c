//! Which case of a topic a question describes: the main answer's or one of its branches'.
//!
//! Each case is weighed by what the classifier and the words of its wordings say and by its conditions (`bila`);
//! the weights are fitted with the rest of the model. How sure a branch that allows must be is the guard's matter.

use jiff::civil::Date;

use super::evidence::{Weighed, log_share};
use super::model::{Model, dot};
use crate::knowledge::Knowledge;
use crate::knowledge::files::{AnswerFile, BranchFile};
use crate::knowledge::vocabulary::Verdict;
use crate::language::Question;
use crate::search::{Entry, EntryId, Origin};

/// What speaks for a case, in the order of their weights in the model file.
pub const TRAITS: [&str; 7] = ["pembeda", "syarat", "syarat-sebagian", "cabang", "lebih-ketat", "pemilah", "jaringan"];

/// Traits of one case, in the order of [`TRAITS`].
pub type Traits = [f64; TRAITS.len()];

/// The answer of an entry's topic on a day, and what speaks for each of its cases: the main one, then
/// the branches in order. `None` of a passage.
///
/// A day before the first answer is weighed with the latest.
#[must_use]
pub fn cases<'a>(
    knowledge: &'a Knowledge,
    weighed: &Weighed<'_>,
    id: EntryId,
    entry: &Entry,
    day: Date,
) -> Option<(&'a AnswerFile, Vec<Traits>)> {
    let (answer, latest) = answers(knowledge, entry, day)?;
    // Wordings of branches belong to the latest answer's.
    let is_latest = answer.sejak == latest.sejak;
    let (chosen, pictured) = (weighed.chosen(entry), weighed.pictured(id));
    let share = |shares: &[f64], case: usize| shares.get(case).filter(|_| is_latest).map_or(0.0, |share| log_share(*share));
    let main = [0.0, 0.0, 0.0, 0.0, 0.0, share(&chosen, 0), share(&pictured, 0)];
    let branches = answer.cabang.iter().enumerate().map(|(at, branch)| {
        let held = share_held(knowledge, branch, weighed.question);
        let telling = if is_latest { weighed.telling(entry, at) } else { 0.0 };
        // Whoever tells what forbids it tells it for that; what allows it is told by the way as well.
        let stricter = flag(branch.putusan < answer.putusan);
        [telling, flag(held >= 1.0), held, 1.0, stricter, share(&chosen, at + 1), share(&pictured, at + 1)]
    });
    Some((answer, std::iter::once(main).chain(branches).collect()))
}

/// The answer of an entry's topic on a day, and the latest; `None` of a passage.
pub(super) fn answers<'a>(knowledge: &'a Knowledge, entry: &Entry, day: Date) -> Option<(&'a AnswerFile, &'a AnswerFile)> {
    let Origin::Topic(at) = entry.origin else { return None };
    let topic = knowledge.topics().get(at)?;
    let latest = topic.latest()?;
    Some((topic.answer_on(day).unwrap_or(latest), latest))
}

/// The case that a question describes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Described {
    /// `None` for the main answer.
    pub branch: Option<usize>,
    pub verdict: Verdict,
    /// Probability that a case with this verdict is described, between 0 and 1.
    pub certainty: f64,
}

/// Chooses among the cases of an answer.
#[must_use]
pub fn choose(model: &Model, answer: &AnswerFile, cases: &[Traits]) -> Described {
    let likely: Vec<f64> = cases.iter().map(|traits| dot(&model.branching, traits).exp()).collect();
    let all: f64 = likely.iter().sum();
    let cases = likely.iter().enumerate().map(|(case, likely)| {
        let branch = case.checked_sub(1);
        Described { branch, verdict: verdict(answer, branch), certainty: likely / all }
    });
    let cases: Vec<Described> = cases.collect();
    // Cases with one verdict stand together; of these the likeliest, and the first of the best: the editor's order
    // settles ties.
    let together =
        |one: &Described| -> f64 { cases.iter().filter(|case| case.verdict == one.verdict).map(|case| case.certainty).sum() };
    let better = |a: &&Described, b: &&Described| together(a).total_cmp(&together(b)).then(a.certainty.total_cmp(&b.certainty));
    let best = cases.iter().rev().max_by(better);
    let best = best.copied().unwrap_or(Described { branch: None, verdict: answer.putusan, certainty: 1.0 });
    Described { certainty: together(&best), ..best }
}

/// Share of a branch's conditions that the question names, or with `!` denies; 0 without conditions.
fn share_held(knowledge: &Knowledge, branch: &BranchFile, question: &Question) -> f64 {
    let held = branch.bila.iter().filter(|ids| ids.split('|').any(|id| selects(knowledge, question, id))).count();
    held as f64 / branch.bila.len().max(1) as f64
}

fn selects(knowledge: &Knowledge, question: &Question, id: &str) -> bool {
    match id.strip_prefix('!') {
        Some(denied) => question.denies(&knowledge.lexicon, denied),
        None => question.says(&knowledge.lexicon, id),
    }
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// The verdict of a branch of an answer; of the answer itself for `None`.
#[must_use]
pub fn verdict(answer: &AnswerFile, branch: Option<usize>) -> Verdict {
    branch.and_then(|at| answer.cabang.get(at)).map_or(answer.putusan, |branch| branch.putusan)
}
