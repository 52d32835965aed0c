//! Reading exam files: JSON Lines in the schema of the real questions. The first line may hold the
//! exam's floors: `{"lantai":{"putusan":0.9,…}}`.

use crate::knowledge::vocabulary::Verdict;
use serde::{Deserialize, Serialize};

/// One exam file.
#[derive(Debug, Clone, Default)]
pub struct Exam {
    pub name: String,
    pub floors: Option<Floors>,
    pub questions: Vec<ExamQuestion>,
}

/// One question with what is accepted. Keys are those of the real questions' file; the last three
/// are ours.
#[derive(Debug, Clone, Deserialize)]
pub struct ExamQuestion {
    pub id: String,
    pub question: String,
    pub lang: String,
    pub register: String,
    /// `boleh`, `tidak-boleh`, `bersyarat`, `informasi`, or `luar-topik` when it must be declined.
    pub expected_verdict: String,
    #[serde(default)]
    pub accept_verdicts: Vec<String>,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub expected_citations_any: Vec<String>,
    /// Further topics whose answer is as right.
    #[serde(default)]
    pub topics_also: Vec<String>,
    /// Contrast pair that the question belongs to.
    #[serde(default)]
    pub pair: Option<String>,
    /// Article passage that must be among the sources: `kediri-2024-05-08#3`.
    #[serde(default)]
    pub article: Option<String>,
}

/// The least an exam must reach; CI holds them as ratchets.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    /// Verdict among the accepted ones, of all questions in scope; a clarification counts half.
    pub putusan: f64,
    /// Questions out of scope that are declined.
    pub tolak: f64,
    /// Right instrument cited, of the questions answered that name one.
    pub peraturan: f64,
    /// Right article of law cited.
    pub pasal: f64,
    /// Most times that *boleh* may be said of a forbidden act.
    pub salah_boleh: usize,
    /// Contrast pairs with both questions right.
    #[serde(default)]
    pub pasangan: f64,
}

#[derive(Deserialize)]
struct Head {
    lantai: Floors,
}

/// What is wrong with an exam file.
#[derive(Debug)]
pub struct ExamError(pub String);

impl std::fmt::Display for ExamError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl ExamQuestion {
    /// Whether the question must be declined.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.expected_verdict == "luar-topik"
    }

    /// The verdict expected; `None` of a foreign question.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        [Verdict::Forbidden, Verdict::Conditional, Verdict::Information, Verdict::Allowed]
            .into_iter()
            .find(|verdict| verdict.word() == self.expected_verdict)
    }

    /// Whether a verdict (or `luar-topik` for a decline) is right.
    #[must_use]
    pub fn accepts(&self, verdict: &str) -> bool {
        self.expected_verdict == verdict || self.accept_verdicts.iter().any(|v| v == verdict)
    }

    /// Whether a topic is among those that answer the question.
    #[must_use]
    pub fn is_about(&self, topic: &str) -> bool {
        self.topic == topic || self.topics_also.iter().any(|t| t == topic)
    }
}

/// Reads one exam.
///
/// # Errors
/// The line that isn't a question, and why.
pub fn read_exam(name: &str, text: &str) -> Result<Exam, ExamError> {
    let mut exam = Exam { name: name.to_owned(), ..Exam::default() };
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        if let Ok(head) = serde_json::from_str::<Head>(line) {
            exam.floors = Some(head.lantai);
            continue;
        }
        match serde_json::from_str(line) {
            Ok(question) => exam.questions.push(question),
            Err(error) => return Err(ExamError(format!("{name}:{number}: bukan soal: {error}"))),
        }
    }
    Ok(exam)
}
