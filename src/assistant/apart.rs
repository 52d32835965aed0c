//! What a question adds to what it asks: "boleh nonton debat, **sekalian bagikan stiker**?".

use std::ops::Range;

use jiff::civil::Date;

use super::Assistant;
use super::compound::COORDINATING;
use crate::answer::{Model, Ranked, USUAL, Verdict, Weighing};
use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{Boundary, Mention, Question};
use crate::search::Unit;

/// Most joining words after which it is asked what is added, the last ones.
const TAILS: usize = 4;
/// Most clauses that are asked apart, the last ones.
const CLAUSES: usize = 12;
/// Log odds within which the next answer is as near as the best, of which something isn't mentioned.
const NEAR: f64 = 1.0;

/// Words that join two acts as one story, beside those that join questions.
const NARRATIVE: [&str; 4] = ["sambil", "lalu", "terus", "while"];
/// Words that join an act to another, or only a thing: "foto **sama** calon".
const ADDING: [&str; 4] = ["sekalian", "sama", "plus", "ditambah"];
/// Words that begin a sentence of what somebody means to do.
const INTENDING: [&str; 4] = ["mau", "ingin", "niat", "rencana"];
/// Words that begin what somebody has done, will have done or does meanwhile.
const HAVING_DONE: [&str; 8] = ["habis", "abis", "setelah", "sesudah", "usai", "seusai", "sebelum", "sambil"];
/// These stand among so many first words.
const OPENING: usize = 2;
/// After these "lalu" says how long ago, or which one: "tiga **bulan** lalu", "**pilkada** lalu".
const BEFORE_AGO: [&str; 12] =
    ["jam", "hari", "pekan", "minggu", "bulan", "tahun", "malam", "yang", "pemilu", "pilkada", "periode", "musim"];

impl Assistant {
    /// Whether part of a question isn't simply allowed when it is asked apart. Then no *boleh* of the whole may stand. It is
    /// asked of the people whom the question names, and, unless the service's law doesn't bind these, of nobody in
    /// particular: they may only stand in the story.
    pub(super) fn adds_forbidden_act(&self, model: &Model, question: &Question, whole: &Weighing, day: Date) -> bool {
        let lexicon = &self.knowledge.lexicon;
        let people = question.mentions.iter().filter(|m| lexicon.kind(m.concept) == Some(ConceptKind::Actor));
        let people: Vec<Range<usize>> = people.map(|m| m.start..m.end + 1).collect();
        let told = |mention: &Mention| self.is_usual(whole, mention);
        let is_matter = |m: &Mention| matches!(lexicon.kind(m.concept), Some(ConceptKind::Act | ConceptKind::Object));
        let asks = |m: &Mention| lexicon.kind(m.concept) == Some(ConceptKind::Intent);
        let is_restricted = |tokens: Range<usize>, is_clause: bool| {
            let alone = question.part(lexicon, |at| tokens.contains(&at));
            // A clause tells what the case is like; but a sentence that asks, with more to come, is a question of its own, and
            // so is what an asking word begins without a full stop before it.
            let asks_first = tokens.end < question.tokens.len()
                && question.tokens.get(tokens.end.saturating_sub(1)).is_some_and(|last| last.after == Boundary::Strong)
                && alone.mentions.iter().any(asks);
            let runs_on = tokens.start > 0 && begins_question(question, tokens.start) && !ends_clause(question, tokens.start - 1);
            // So is an act that an adding word brings, one that begins a clause after what was asked ("boleh layani dia, jadi
            // jurkam?"), and a sentence of what somebody means to do.
            let brings = tokens.start > 0
                && adds(question, tokens.start - 1)
                && alone.mentions.iter().any(|m| lexicon.kind(m.concept) == Some(ConceptKind::Act));
            let asked = || question.mentions.iter().any(|m| m.end < tokens.start && asks(m));
            let is_act = |m: &Mention| !m.negated && lexicon.kind(m.concept) == Some(ConceptKind::Act);
            let follows = asked() && alone.mentions.iter().find(|m| !asks(m)).is_some_and(is_act);
            let is_story = is_clause && !asks_first && !runs_on && !brings && !follows && !intends(question, &tokens);
            if !alone.mentions.iter().any(|m| is_matter(m) && !(is_story && told(m))) {
                return false;
            }
            let added = question.part(lexicon, |at| tokens.contains(&at) || people.iter().any(|span| span.contains(&at)));
            let names_people = added.tokens.len() > alone.tokens.len();
            let weighing = self.weigh(model, &added, day);
            self.restricts(model, &weighing)
                || names_people && !weighing.outside_service && self.restricts(model, &self.weigh(model, &alone, day))
        };
        tails(question).any(|tail| is_restricted(tail, false)) || clauses(question).any(|clause| is_restricted(clause, true))
    }

    /// Whether what is asked apart isn't answered with *boleh*, plainly or by the nearest answer of which all is mentioned:
    /// "… **dan share** video-videonya" is no question of its own.
    fn restricts(&self, model: &Model, weighing: &Weighing) -> bool {
        let restricted = |ranked: &Ranked| matches!(ranked.described.verdict, Verdict::Forbidden | Verdict::Conditional);
        let Some(best) = weighing.ranked.first() else { return false };
        let near = weighing.ranked.iter().take_while(|ranked| best.score - ranked.score <= NEAR);
        let mut complete = near.filter(|ranked| ranked.evidence.missing.is_empty());
        let is_plain = weighing.ours >= model.thresholds.klarifikasi && weighing.probability >= model.thresholds.boleh;
        is_plain && restricted(best) || complete.next().is_some_and(restricted)
    }

    /// Whether what is mentioned belongs to the case that the question describes.
    fn is_usual(&self, whole: &Weighing, mention: &Mention) -> bool {
        whole.ranked.first().is_some_and(|best| {
            let entry = self.corpus.entries.get(best.evidence.entry);
            let case = entry.map(|entry| entry.case(best.described.branch));
            case.is_some_and(|case| case.own().share(Unit::Concept(mention.concept)) >= USUAL)
        })
    }
}

/// What follows a joining word, to the end: any of them may add the act, "visi **dan** misi … **sambil** kampanye".
fn tails(question: &Question) -> impl Iterator<Item = Range<usize>> {
    let length = question.tokens.len();
    (0..length).rev().filter(|at| joins(question, *at)).take(TAILS).map(move |joint| joint + 1..length)
}

/// What stands between commas, ends of sentences and joining words, if there are any of them.
fn clauses(question: &Question) -> impl Iterator<Item = Range<usize>> {
    let is_end = |at: &usize| {
        ends_clause(question, *at) || adds(question, *at) || joins(question, *at) || begins_question(question, at + 1)
    };
    let ends = (0..question.tokens.len()).filter(is_end);
    let mut bounds: Vec<usize> = ends.map(|at| at + 1).chain([0, question.tokens.len()]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let starts = bounds.clone();
    let all = starts.into_iter().zip(bounds.into_iter().skip(1)).map(|(start, end)| start..end).rev();
    let length = question.tokens.len();
    all.filter(move |clause| clause.len() < length).take(CLAUSES)
}

fn adds(question: &Question, at: usize) -> bool {
    question.tokens.get(at).is_some_and(|token| ADDING.contains(&token.text.as_str()))
}

/// "Saya **mau** jadi jurkam.", a sentence of its own, or "**habis** jadi jurkam, …", before what else is told.
fn intends(question: &Question, tokens: &Range<usize>) -> bool {
    let ends = |at: usize, with: Boundary| question.tokens.get(at).is_some_and(|token| token.after >= with);
    let begins = tokens.start.checked_sub(1).is_none_or(|at| ends(at, Boundary::Strong));
    let goes_on = |with: Boundary| begins && tokens.end < question.tokens.len() && ends(tokens.end - 1, with);
    let mut opening = question.tokens.get(tokens.clone()).into_iter().flatten().take(OPENING);
    opening.any(|token| {
        INTENDING.contains(&token.stem.as_str()) && goes_on(Boundary::Strong)
            || HAVING_DONE.contains(&token.text.as_str()) && goes_on(Boundary::Weak)
    })
}

fn ends_clause(question: &Question, at: usize) -> bool {
    question.tokens.get(at).is_some_and(|token| token.after != Boundary::None)
}

/// "**Bolehkah** …", "**apakah** …".
fn begins_question(question: &Question, at: usize) -> bool {
    question.tokens.get(at).is_some_and(|token| token.text.ends_with("kah"))
}

fn joins(question: &Question, at: usize) -> bool {
    let word = |at: usize| question.tokens.get(at).map_or("", |token| token.text.as_str());
    let is_ago = word(at) == "lalu" && at > 0 && BEFORE_AGO.contains(&word(at - 1));
    COORDINATING.iter().chain(&NARRATIVE).any(|joint| *joint == word(at)) && !is_ago
}
