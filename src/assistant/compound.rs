//! Questions of several parts: stories that end in a question, several questions in one message, and
//! acts joined by *dan* or *atau*.

use jiff::civil::Date;

use super::{Assistant, Considered};
use crate::answer::{Decision, Outcome, Reply, Verdict};
use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{Boundary, Lexicon, Mention, Question};

/// Most parts of a compound question that are answered.
const PARTS: usize = 4;
/// From this many words on a question is a story that may drown what it asks.
const STORY: usize = 35;

impl Assistant {
    /// Of a story with one question in it, the question decides when it names all that its topic
    /// requires; never to say something milder than the story got.
    pub(super) fn asking_sentence(&self, whole: Considered, day: Date) -> Considered {
        let lexicon = &self.knowledge.lexicon;
        // The end of the sentence before the last one.
        let ends = whole.question.tokens.iter().rev().skip(1).position(|token| token.after == Boundary::Strong);
        let Some(last) = ends.map(|back| whole.question.tokens.len() - 2 - back) else { return whole };
        if whole.question.tokens.len() < STORY {
            return whole;
        }
        let alone = whole.question.part(lexicon, |at| at > last);
        let says = |kind| alone.of_kind(lexicon, kind).next().is_some();
        if !(says(ConceptKind::Act) && says(ConceptKind::Intent)) {
            return whole;
        }
        let alone = self.consider(alone, day);
        let best = |considered: &Considered| considered.weighing.ranked.first().map(|best| best.described.verdict);
        let milder = best(&alone) > best(&whole);
        let complete = alone.weighing.ranked.first().is_some_and(|best| best.evidence.missing.is_empty());
        let answered = matches!(alone.decision, Decision::Answer(_));
        if answered && complete && !milder { Considered { question: whole.question, ..alone } } else { whole }
    }

    /// The questions of a compound one: sentences that each ask something. A sentence that asks
    /// without naming an act takes the matter of the sentence before it; one that doesn't ask is
    /// context for the next.
    pub(super) fn parts(&self, question: &Question) -> Vec<Question> {
        let lexicon = &self.knowledge.lexicon;
        let mut sentences: Vec<Vec<usize>> = vec![Vec::new()];
        for (at, token) in question.tokens.iter().enumerate() {
            if let Some(last) = sentences.last_mut() {
                last.push(at);
            }
            if token.after == Boundary::Strong {
                sentences.push(Vec::new());
            }
        }
        sentences.retain(|sentence| !sentence.is_empty());
        if sentences.len() < 2 {
            return Vec::new();
        }
        let kinds =
            |part: &Question| -> Vec<ConceptKind> { part.mentions.iter().filter_map(|m| lexicon.kind(m.concept)).collect() };
        let mut parts: Vec<Question> = Vec::new();
        let mut waiting: Vec<usize> = Vec::new();
        let mut matter: Vec<usize> = Vec::new();
        for sentence in sentences {
            let alone = question.part(lexicon, |at| sentence.contains(&at));
            let found = kinds(&alone);
            if !found.contains(&ConceptKind::Intent) {
                waiting.extend(sentence);
                continue;
            }
            let acts =
                found.iter().any(|kind| matches!(kind, ConceptKind::Act | ConceptKind::Instrument | ConceptKind::Institution));
            let mut whole: Vec<usize> = std::mem::take(&mut waiting);
            if acts {
                matter = sentence.iter().copied().filter(|at| !is_intent_token(lexicon, question, *at)).collect();
            } else {
                whole.extend(&matter);
            }
            whole.extend(sentence);
            parts.push(question.part(lexicon, |at| whole.contains(&at)));
        }
        if parts.len() < 2 || parts.len() > PARTS { Vec::new() } else { parts }
    }

    /// "boleh like dan jadi timses?": acts joined by *dan* or *atau* that belong to different topics
    /// are each asked alone.
    pub(super) fn coordinated(&self, considered: &Considered, day: Date) -> Option<Reply> {
        let lexicon = &self.knowledge.lexicon;
        let question = &considered.question;
        let joint = question.tokens.iter().position(|token| COORDINATING.contains(&token.text.as_str()))?;
        // An answer to all the acts was asked for as a whole.
        if matches!(considered.decision, Decision::Answer(_)) && considered.weighing.covers_all_acts {
            return None;
        }
        let related = |a: usize, b: usize| lexicon.wider(a).iter().any(|id| lexicon.satisfies(b, *id));
        let (before, after): (Vec<&Mention>, Vec<&Mention>) =
            question.of_kind(lexicon, ConceptKind::Act).partition(|m| m.end < joint);
        let is_new = |m: &Mention| !before.iter().any(|earlier| related(earlier.concept, m.concept));
        if before.is_empty() || !after.iter().any(|m| is_new(m)) {
            return None;
        }
        let without = |dropped: &[&Mention]| {
            let spans: Vec<_> = dropped.iter().map(|m| m.start..=m.end).collect();
            question.part(lexicon, move |at| at != joint && !spans.iter().any(|span| span.contains(&at)))
        };
        let parts = [without(&after), without(&before)].map(|part| self.compose_part(part, day));
        // Each part must be answered for itself; else the whole was one question after all.
        let answered = parts.iter().all(|part| part.outcome == Outcome::Answer);
        if answered { compound(parts.into()) } else { None }
    }
}

/// Words that join two acts as two questions.
pub(super) const COORDINATING: [&str; 6] = ["dan", "atau", "serta", "sekaligus", "and", "or"];

fn is_intent_token(lexicon: &Lexicon, question: &Question, at: usize) -> bool {
    question.of_kind(lexicon, ConceptKind::Intent).any(|m| (m.start..=m.end).contains(&at))
}

/// One reply of several: the outer object is the first part's, and never more permissive than a
/// later part. `None` unless at least two parts say different things.
pub(super) fn compound(mut replies: Vec<Reply>) -> Option<Reply> {
    replies.retain(|reply| reply.outcome != Outcome::Unknown || reply.topic.is_some());
    replies.dedup_by(|later, earlier| later.topic.is_some() && later.topic == earlier.topic && later.verdict == earlier.verdict);
    if replies.len() < 2 {
        return None;
    }
    // `boleh` stands outside only when every part is answered, and none of them more strictly.
    if replies.first().and_then(|reply| reply.verdict) == Some(Verdict::Allowed) {
        let strictest = (0..replies.len()).min_by_key(|at| replies.get(*at).and_then(|reply| reply.verdict))?;
        replies.swap(0, strictest);
    }
    let first = replies.first()?.clone();
    Some(Reply { parts: replies, ..first })
}
