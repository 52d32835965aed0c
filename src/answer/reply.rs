//! The typed reply: everything a front end can show, nothing about how.

use jiff::civil::Date;

use crate::knowledge::vocabulary::{Audience, Basis, Status, Verdict, Verification};
use crate::language::Language;

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Answer,
    /// Candidates to choose from.
    Clarify,
    /// Declined, with a door.
    Unknown,
    /// Small talk, and questions about the bot.
    SmallTalk,
}

impl Outcome {
    /// The word in the JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "jawaban",
            Self::Clarify => "klarifikasi",
            Self::Unknown => "tidak-tahu",
            Self::SmallTalk => "sapaan",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub question: String,
    pub language: Language,
    pub outcome: Outcome,
    pub verdict: Option<Verdict>,
    /// Calibrated probability that the verdict is right; `None` where none was weighed.
    pub probability: Option<f64>,
    pub topic: Option<String>,
    pub title: String,
    /// One sentence a person can act on.
    pub brief: String,
    pub detail: String,
    /// What to do instead.
    pub advice: String,
    pub basis: Option<Basis>,
    pub branches: Vec<Branch>,
    /// Whether one of the branches was selected, by the question or by a person.
    pub narrowed: bool,
    pub citations: Vec<Citation>,
    pub sanctions: Vec<Sanction>,
    pub sources: Vec<Source>,
    /// Ids of related topics.
    pub related: Vec<String>,
    pub choices: Vec<Choice>,
    /// Parts of a compound question; empty for a simple one.
    pub parts: Vec<Reply>,
    pub day: Date,
}

/// A condition that changes the verdict.
#[derive(Debug, Clone)]
pub struct Branch {
    pub condition: String,
    pub verdict: Verdict,
    pub brief: String,
    /// Composed citations.
    pub citations: Vec<String>,
}

/// A provision as cited on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub id: String,
    pub citation: String,
    /// Our restatement.
    pub text: String,
    pub status: Status,
    /// Last day for which the status was seen, in the precision known; empty when unknown.
    pub status_as_of: String,
    /// Who revoked it, composed; empty when nobody did.
    pub revoked_by: String,
    pub verification: Verification,
}

#[derive(Debug, Clone)]
pub struct Sanction {
    pub phase: String,
    pub kind: String,
    pub audience: Vec<Audience>,
    pub citations: Vec<Citation>,
}

/// A passage of an article.
#[derive(Debug, Clone)]
pub struct Source {
    pub id: String,
    pub title: String,
    pub outlet: String,
    pub date: String,
    pub passage: u32,
    pub text: String,
    /// Present state of what the passage says, when it has changed.
    pub now: String,
}

/// One candidate of a clarification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub topic: String,
    pub title: String,
    pub verdict: Verdict,
}
