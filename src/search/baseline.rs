//! What retrieval does without our work on language: plain BM25 over words as typed, and trigram
//! similarity. For comparison in exams only; nothing is answered with it.

use std::collections::HashSet;

use super::postings::Postings;
use crate::knowledge::Knowledge;
use crate::language::plain;

/// A topic's index with the similarity it was found by.
pub type Found = Option<(usize, f64)>;

/// Both baselines over the wordings and answers of a knowledge set.
#[derive(Debug)]
pub struct Baseline {
    words: Postings,
    trigrams: Vec<(usize, HashSet<[char; 3]>)>,
}

impl Baseline {
    /// Indexes every topic as one document of plain words, and every wording as trigrams.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(knowledge: &Knowledge) -> tantivy::Result<Self> {
        let topics = || knowledge.topics().iter().enumerate();
        let words = Postings::build(topics().map(|(at, found)| {
            let answer = found.latest().map(|answer| format!("{} {}", answer.ringkas, answer.uraian)).unwrap_or_default();
            (at, plain(&format!("{} {} {answer}", found.file.judul, found.file.pertanyaan.join(" "))))
        }))?;
        let grams = topics().flat_map(|(at, found)| found.file.pertanyaan.iter().map(move |wording| (at, trigrams(wording))));
        Ok(Self { words, trigrams: grams.collect() })
    }

    /// The topic with the best BM25 score.
    #[must_use]
    pub fn bm25(&self, question: &str) -> Found {
        let words = plain(question).split_whitespace().map(|word| (word.to_owned(), 1.0)).collect();
        let (topic, score) = *self.words.search(words, 1).ok()?.first()?;
        Some((topic, f64::from(score)))
    }

    /// The topic with the wording that shares most trigrams.
    #[must_use]
    pub fn trigram(&self, question: &str) -> Found {
        let asked = trigrams(question);
        let likeness = |grams: &HashSet<[char; 3]>| {
            let shared = grams.intersection(&asked).count() as f64;
            shared / (grams.len() + asked.len()).max(1) as f64 * 2.0
        };
        let scored = self.trigrams.iter().map(|(topic, grams)| (*topic, likeness(grams)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }
}

fn trigrams(text: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = format!("  {} ", plain(text)).chars().collect();
    letters.windows(3).filter_map(|three| three.try_into().ok()).collect()
}
