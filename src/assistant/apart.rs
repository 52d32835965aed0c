//! What a question adds to what it asks: "boleh nonton debat, **sekalian bagikan stiker**?".

use std::ops::Range;

use jiff::civil::Date;

use super::Assistant;
use super::compound::COORDINATING;
use crate::answer::{Model, Ranked, USUAL, Verdict, Weighing};
use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{Boundary, Mention, Question};
use crate::search::{Case, Unit};

/// Most joining words after which it is asked what is added, the last ones.
const TAILS: usize = 4;
/// Most clauses that are asked apart, the last ones.
const CLAUSES: usize = 12;
/// Log odds within which the next answer is as near as the best, of which something isn't mentioned.
const NEAR: f64 = 1.0;
/// Probability from which it is likelier than not that what is asked apart is for us, and rightly answered.
const LIKELY: f64 = 0.5;

/// Most words new to the case that a clause of its story has: "kemarin **nyetir** mobil **rombongan** kampanye" tells another.
const STRANGE: usize = 1;

/// Words that join two acts as one story, beside those that join questions.
const NARRATIVE: [&str; 7] = ["sambil", "lalu", "terus", "selain", "while", "then", "besides"];
/// Words that join an act to another, or only a thing: "foto **sama** calon".
const ADDING: [&str; 4] = ["sekalian", "sama", "plus", "ditambah"];
/// Words that begin a sentence of what somebody means to do.
const INTENDING: [&str; 4] = ["mau", "ingin", "niat", "rencana"];
/// Words that begin what somebody has done, will have done or does meanwhile.
const HAVING_DONE: [&str; 8] = ["habis", "abis", "setelah", "sesudah", "usai", "seusai", "sebelum", "sambil"];
/// Words that say when something was or will be done, with which its story begins.
const DATING: [&str; 13] =
    ["kemarin", "semalam", "tadi", "barusan", "besok", "lusa", "nanti", "hari", "pekan", "minggu", "bulan", "tahun", "yesterday"];
/// These stand among so many first words.
const OPENING: usize = 2;
/// After these "lalu" says how long ago, or which one: "tiga **bulan** lalu", "**pilkada** lalu".
const BEFORE_AGO: [&str; 12] =
    ["jam", "hari", "pekan", "minggu", "bulan", "tahun", "malam", "yang", "pemilu", "pilkada", "periode", "musim"];

impl Assistant {
    /// Whether part of a question isn't simply allowed when it is asked apart. Then no *boleh* of the whole may stand.
    pub(super) fn adds_forbidden_act(&self, model: &Model, question: &Question, whole: &Weighing, day: Date) -> bool {
        let best = whole.ranked.first();
        let case = best.and_then(|best| Some(self.corpus.entries.get(best.evidence.entry)?.case(best.described.branch)));
        let apart = Apart { assistant: self, model, question, case, day };
        tails(question).any(|tail| apart.is_restricted(&tail, false))
            || clauses(question).any(|clause| apart.is_restricted(&clause, true))
    }
}

/// A question of which parts are asked apart.
struct Apart<'a> {
    assistant: &'a Assistant,
    model: &'a Model,
    question: &'a Question,
    /// The case that the whole question describes.
    case: Option<Case<'a>>,
    day: Date,
}

impl Apart<'_> {
    /// Whether a part, if it is more than the story of the case, isn't answered with *boleh*. It is asked of the people whom
    /// the question names, and, unless the service's law doesn't bind these, of nobody in particular: they may only stand in
    /// the story.
    fn is_restricted(&self, tokens: &Range<usize>, is_clause: bool) -> bool {
        let lexicon = &self.assistant.knowledge.lexicon;
        let meant = intended(self.question, tokens).filter(|_| is_clause);
        let tokens = meant.as_ref().unwrap_or(tokens);
        let alone = self.question.part(lexicon, |at| tokens.contains(&at));
        let is_story = is_clause && meant.is_none() && self.is_story(tokens, &alone);
        let is_matter = |m: &Mention| matches!(lexicon.kind(m.concept), Some(ConceptKind::Act | ConceptKind::Object));
        if !alone.mentions.iter().any(|m| is_matter(m) && !(is_story && self.is_usual(m))) {
            return false;
        }
        let people = || self.question.of_kind(lexicon, ConceptKind::Actor);
        let names = |at: usize| people().any(|m| (m.start..=m.end).contains(&at));
        let added = self.question.part(lexicon, |at| tokens.contains(&at) || names(at));
        let names_people = added.tokens.len() > alone.tokens.len();
        let weigh = |part: &Question| self.assistant.weigh(self.model, part, self.day);
        let weighing = weigh(&added);
        restricts(&weighing) || names_people && !weighing.outside_service && restricts(&weigh(&alone))
    }

    /// Whether a clause tells what the case is like, in words that the case knows.
    fn is_story(&self, tokens: &Range<usize>, alone: &Question) -> bool {
        let (question, lexicon) = (self.question, &self.assistant.knowledge.lexicon);
        let asks = |m: &Mention| lexicon.kind(m.concept) == Some(ConceptKind::Intent);
        // A sentence that asks, with more to come, is a question of its own, and so is what an asking word begins without a
        // full stop before it.
        let is_sentence = question.tokens.get(tokens.end.saturating_sub(1)).is_some_and(|last| last.after == Boundary::Strong);
        let asks_first = tokens.end < question.tokens.len() && is_sentence && alone.mentions.iter().any(asks);
        let before = tokens.start.checked_sub(1);
        let runs_on = before.is_some_and(|before| begins_question(question, tokens.start) && !ends_clause(question, before));
        // So is an act that an adding word brings, and one that begins a clause after what was asked ("boleh layani dia, jadi
        // jurkam?").
        let brings =
            before.is_some_and(|before| adds(question, before)) && alone.of_kind(lexicon, ConceptKind::Act).next().is_some();
        let asked = || question.mentions.iter().any(|m| m.end < tokens.start && asks(m));
        let first = || alone.mentions.iter().find(|m| !asks(m));
        let follows = asked() && first().is_some_and(|m| !m.negated && lexicon.kind(m.concept) == Some(ConceptKind::Act));
        !(asks_first || runs_on || brings || follows) && self.strange_words(alone) <= STRANGE
    }

    /// Whether what is mentioned belongs to the case that the question describes.
    fn is_usual(&self, mention: &Mention) -> bool {
        self.case.is_some_and(|case| case.own().share(Unit::Concept(mention.concept)) >= USUAL)
    }

    /// How many words that carry weight no wording of the case has.
    fn strange_words(&self, part: &Question) -> usize {
        let term = |stem: &str| self.assistant.corpus.term(stem).map(Unit::Term);
        let known = |stem: &str| self.case.zip(term(stem)).is_some_and(|(case, term)| case.has(term));
        part.tokens.iter().filter(|token| !token.stop && !known(&token.stem)).count()
    }
}

/// Whether what is asked apart isn't answered with *boleh*, more likely than not or by the nearest answer of which all is
/// mentioned: "… **dan share** video-videonya" is no question of its own.
fn restricts(weighing: &Weighing) -> bool {
    let restricted = |ranked: &Ranked| matches!(ranked.described.verdict, Verdict::Forbidden | Verdict::Conditional);
    let Some(best) = weighing.ranked.first() else { return false };
    let near = weighing.ranked.iter().take_while(|ranked| best.score - ranked.score <= NEAR);
    let mut complete = near.filter(|ranked| ranked.evidence.missing.is_empty());
    let is_likely = weighing.ours.min(weighing.probability) >= LIKELY;
    is_likely && restricted(best) || complete.next().is_some_and(restricted)
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

/// What somebody means to do or has done: "Saya **mau** jadi jurkam.", a sentence of its own, or "**habis** jadi jurkam, …",
/// before what else is told.
fn intended(question: &Question, tokens: &Range<usize>) -> Option<Range<usize>> {
    let token = |at: usize| question.tokens.get(at);
    let ends = |at: usize, with: Boundary| token(at).is_some_and(|token| token.after >= with);
    let having_done = |at: usize| token(at).is_some_and(|token| HAVING_DONE.contains(&token.text.as_str()));
    let is_stem = |at: usize, words: &[&str]| token(at).is_some_and(|token| words.contains(&token.stem.as_str()));
    // A joining word that begins the sentence stands before the clause.
    let first = tokens.start.checked_sub(1).filter(|at| having_done(*at)).unwrap_or(tokens.start);
    let begins = first.checked_sub(1).is_none_or(|at| ends(at, Boundary::Strong));
    let goes_on = |with: Boundary| begins && tokens.end < question.tokens.len() && ends(tokens.end - 1, with);
    let mut opening = first..tokens.end.min(first + OPENING);
    let dated = |at: usize| is_stem(at, &DATING);
    let said = opening.rfind(|at| {
        let means = is_stem(*at, &INTENDING) && (goes_on(Boundary::Strong) || at.checked_sub(1).is_some_and(dated));
        means || (having_done(*at) || dated(*at)) && goes_on(Boundary::Weak)
    })?;
    Some(said + 1..tokens.end)
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
    let after = |words: &[&str]| at > 0 && words.contains(&word(at - 1));
    match word(at) {
        "lalu" if after(&BEFORE_AGO) => false,
        "itu" => after(&HAVING_DONE),
        word => COORDINATING.contains(&word) || NARRATIVE.contains(&word),
    }
}
