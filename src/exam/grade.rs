//! One reply against what is accepted; many grades into figures.

use jiff::civil::Date;

use super::question::ExamQuestion;
use crate::answer::{Outcome, Reply, Verdict};
use crate::assistant::Assistant;

/// How a reply did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    Right,
    /// A clarification that offers the right topic, or a topic with an accepted verdict.
    Half,
    Wrong,
    /// Declined although in scope.
    Declined,
}

/// A graded question.
#[derive(Debug, Clone)]
pub struct Graded {
    pub id: String,
    pub question: String,
    pub foreign: bool,
    pub register: String,
    pub lang: String,
    pub section: String,
    pub pair: Option<String>,
    pub grade: Grade,
    /// What was said: a verdict, `klarifikasi`, or `luar-topik`.
    pub said: String,
    pub topic: String,
    pub expected: String,
    pub probability: f64,
    pub wrong_allowed: bool,
    pub wrong_forbidden: bool,
    /// Whether the instrument, and the article, expected were cited; `None` where not asked or not answered.
    pub instrument: Option<bool>,
    pub article: Option<bool>,
    pub passage: Option<bool>,
}

/// Counts of an exam.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    pub inside: usize,
    pub right: usize,
    pub half: usize,
    pub wrong: usize,
    pub declined: usize,
    pub foreign: usize,
    pub foreign_declined: usize,
    pub wrong_allowed: usize,
    pub wrong_forbidden: usize,
    pub instrument: (usize, usize),
    pub article: (usize, usize),
    pub passage: (usize, usize),
    pub pairs: (usize, usize),
    /// Sum of squared errors of `peluang`, and their number.
    pub brier: (f64, usize),
}

/// Asks and grades one question.
#[must_use]
pub fn grade(assistant: &Assistant, question: &ExamQuestion, day: Date) -> Graded {
    let reply = assistant.ask(&question.question, day);
    let said = said(&reply);
    let accepted = question.accepts(&said);
    let grade = match reply.outcome {
        _ if accepted => Grade::Right,
        Outcome::Clarify if !question.is_foreign() && offers(&reply, question) => Grade::Half,
        Outcome::Unknown | Outcome::SmallTalk if !question.is_foreign() => Grade::Declined,
        _ => Grade::Wrong,
    };
    let answered = reply.outcome == Outcome::Answer && !question.is_foreign();
    let forbidden = question.expected_verdict == Verdict::Forbidden.word();
    let cited: Vec<String> = reply.citations.iter().map(|c| canonical(&c.citation)).collect();
    let expected: Vec<String> = question.expected_citations_any.iter().map(|c| canonical(c)).collect();
    let asked = answered && !expected.is_empty();
    Graded {
        id: question.id.clone(),
        question: question.question.clone(),
        foreign: question.is_foreign(),
        register: question.register.clone(),
        lang: question.lang.clone(),
        section: section(assistant, question),
        pair: question.pair.clone(),
        grade,
        topic: reply.topic.clone().unwrap_or_default(),
        expected: question.expected_verdict.clone(),
        probability: reply.probability.unwrap_or(0.0),
        wrong_allowed: said == Verdict::Allowed.word() && forbidden && !accepted,
        wrong_forbidden: said == Verdict::Forbidden.word() && !accepted && !question.is_foreign(),
        instrument: asked.then(|| expected.iter().any(|e| cited.iter().any(|c| instrument(c) == instrument(e)))),
        article: asked.then(|| expected.iter().any(|e| cited.iter().any(|c| same_place(c, e)))),
        passage: question.article.as_ref().map(|id| has_passage(&reply, id)),
        said,
    }
}

fn said(reply: &Reply) -> String {
    match reply.outcome {
        Outcome::Answer => reply.verdict.map_or("", Verdict::word).to_owned(),
        Outcome::Clarify => "klarifikasi".to_owned(),
        Outcome::Unknown | Outcome::SmallTalk => "luar-topik".to_owned(),
    }
}

fn offers(reply: &Reply, question: &ExamQuestion) -> bool {
    let ours = reply.choices.iter().any(|choice| question.is_about(&choice.topic));
    // The real questions carry topics of their own; there a right verdict among the choices counts.
    ours || (question.topics_also.is_empty() && reply.choices.iter().any(|choice| question.accepts(choice.verdict.word())))
}

fn section(assistant: &Assistant, question: &ExamQuestion) -> String {
    if question.is_foreign() {
        return "luar-topik".to_owned();
    }
    assistant.knowledge().topic(&question.topic).map_or_else(|| "lain".to_owned(), |topic| topic.section.clone())
}

fn has_passage(reply: &Reply, id: &str) -> bool {
    let (article, number) = id.split_once('#').unwrap_or((id, ""));
    reply.sources.iter().any(|s| s.id == article && (number.is_empty() || s.passage.to_string() == number))
}

/// A citation in one spelling: names of the joint decree differ, and the regional election act is
/// cited by any of its amending acts.
fn canonical(citation: &str) -> String {
    let text = citation
        .replace("SKB Netralitas 2022", "SKB 5 Lembaga 2022")
        .replace("SKB 5 Lembaga 2022 Lampiran II", "SKB 5 Lembaga 2022")
        .replace("UU 1/2015", "UU Pilkada")
        .replace("UU 8/2015", "UU Pilkada")
        .replace("UU 10/2016", "UU Pilkada");
    text.to_lowercase()
}

/// The instrument's part of a citation: what stands before the pinpoint.
fn instrument(citation: &str) -> &str {
    let end =
        [" pasal ", " pelanggaran ", " lampiran ", " angka ", " diktum "].iter().filter_map(|mark| citation.find(mark)).min();
    citation.get(..end.unwrap_or(citation.len())).unwrap_or(citation).trim()
}

/// Whether one citation is the other or lies inside it.
fn same_place(a: &str, b: &str) -> bool {
    let inside = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    inside(a, b) || inside(b, a)
}

impl Figures {
    /// Counts the grades.
    #[must_use]
    pub fn of<'a>(graded: impl Iterator<Item = &'a Graded>) -> Self {
        let mut figures = Self::default();
        let mut pairs: std::collections::BTreeMap<String, bool> = std::collections::BTreeMap::new();
        for one in graded {
            let right = one.grade == Grade::Right;
            if let Some(pair) = &one.pair {
                let both = pairs.entry(pair.clone()).or_insert(true);
                *both = *both && right;
            }
            if one.foreign {
                figures.foreign += 1;
                figures.foreign_declined += usize::from(right);
            } else {
                figures.inside += 1;
                figures.right += usize::from(right);
                figures.half += usize::from(one.grade == Grade::Half);
                figures.wrong += usize::from(one.grade == Grade::Wrong);
                figures.declined += usize::from(one.grade == Grade::Declined);
            }
            figures.wrong_allowed += usize::from(one.wrong_allowed);
            figures.wrong_forbidden += usize::from(one.wrong_forbidden);
            count(&mut figures.instrument, one.instrument);
            count(&mut figures.article, one.article);
            count(&mut figures.passage, one.passage);
            if !matches!(one.said.as_str(), "klarifikasi" | "luar-topik") {
                let truth = f64::from(u8::from(right));
                figures.brier = (figures.brier.0 + (one.probability - truth).powi(2), figures.brier.1 + 1);
            }
        }
        figures.pairs = (pairs.values().filter(|both| **both).count(), pairs.len());
        figures
    }

    /// Verdicts right of all in scope, clarifications counting half.
    #[must_use]
    pub fn verdict(&self) -> f64 {
        share(self.right as f64 + self.half as f64 / 2.0, self.inside)
    }
}

fn count(pair: &mut (usize, usize), seen: Option<bool>) {
    if let Some(seen) = seen {
        pair.0 += usize::from(seen);
        pair.1 += 1;
    }
}

/// A share; 1 of nothing, so that an empty column never falls below a floor.
pub(super) fn share(part: f64, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part / whole as f64 }
}
