//! A linear classifier over wordings: which case a question's words tell apart from all others. The
//! language models of [`super::likelihood`] say how usual a word is in a case; this one says how much it
//! decides, so that a word which many cases share stops counting and the one that turns the answer counts.
//!
//! Multinomial logistic regression, fitted by stochastic gradient descent whenever an index is built: it
//! follows the wordings, and there is nothing to keep in step with them. A case has weights for the
//! marks of its own wordings only, so it costs what an inverted index costs.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::likelihood::Unit;
use crate::language::Question;

/// Passes over the wordings.
const EPOCHS: usize = 4;
/// First step of the descent; it shrinks towards a tenth in the last pass.
const RATE: f32 = 3.0;
/// Wordings are visited this far apart, since neighbours are of one topic.
const STRIDE: usize = 97;

/// A case of an entry, by number.
pub type Class = u32;

/// What is weighed: a unit, or two neighbouring stems in their order, stop words too ("bukan calon",
/// "tanpa izin"), by their hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Unit(Unit),
    Pair(u64),
}

/// The neighbouring stems of a question.
pub fn pairs(question: &Question) -> impl Iterator<Item = Mark> {
    question.tokens.iter().zip(question.tokens.iter().skip(1)).map(|(a, b)| {
        // Its keys are fixed: the same pair has the same hash in every run.
        let mut hasher = DefaultHasher::new();
        (&a.stem, &b.stem).hash(&mut hasher);
        Mark::Pair(hasher.finish())
    })
}

/// Weights of each mark for the classes whose wordings have it.
#[derive(Debug, Default)]
pub struct Classifier {
    rows: HashMap<Mark, usize>,
    weights: Vec<Vec<(Class, f32)>>,
    classes: usize,
}

/// The wordings that a classifier is fitted on.
#[derive(Debug, Default)]
pub struct Lessons {
    blank: Classifier,
    samples: Vec<Sample>,
}

/// A text as the rows of its marks.
#[derive(Debug)]
struct Sample {
    rows: Vec<usize>,
    class: Class,
}

impl Lessons {
    /// Adds a text by its marks.
    pub fn add(&mut self, marks: impl Iterator<Item = Mark>, class: Class) {
        let Classifier { rows, weights, classes } = &mut self.blank;
        let mut sample = Sample { rows: Vec::new(), class };
        for mark in marks {
            let next = weights.len();
            let row = *rows.entry(mark).or_insert(next);
            if row == next {
                weights.push(Vec::new());
            }
            sample.rows.push(row);
            if let Some(weights) = weights.get_mut(row)
                // Texts of a class come one after another.
                && weights.last().is_none_or(|(last, _)| *last != class)
            {
                weights.push((class, 0.0));
            }
        }
        *classes = (*classes).max(class as usize + 1);
        self.samples.push(sample);
    }

    /// Fits the weights.
    #[must_use]
    pub fn fit(self) -> Classifier {
        let Self { blank: mut classifier, samples } = self;
        let mut scores = vec![0.0; classifier.classes];
        for epoch in 0..EPOCHS {
            let step = RATE * (1.0 - epoch as f32 / EPOCHS as f32 + 0.1);
            let visits = (0..STRIDE).flat_map(|first| samples.iter().skip(first).step_by(STRIDE));
            visits.for_each(|sample| classifier.learn(sample, step, &mut scores));
        }
        classifier
    }
}

impl Classifier {
    /// Moves the weights of one text's marks towards its class.
    fn learn(&mut self, sample: &Sample, step: f32, scores: &mut [f32]) {
        self.score(&sample.rows, scores);
        shares(scores);
        let length = (sample.rows.len().max(1) as f32).sqrt();
        scores.iter_mut().for_each(|share| *share = -*share);
        if let Some(own) = scores.get_mut(sample.class as usize) {
            *own += 1.0;
        }
        for row in &sample.rows {
            for (class, weight) in self.weights.get_mut(*row).into_iter().flatten() {
                *weight += step / length * scores.get(*class as usize).copied().unwrap_or(0.0);
            }
        }
    }

    /// Scores of all classes; those of long texts aren't greater than those of short ones.
    fn score(&self, rows: &[usize], scores: &mut [f32]) {
        scores.fill(0.0);
        let length = (rows.len().max(1) as f32).sqrt();
        for row in rows {
            for (class, weight) in self.weights.get(*row).into_iter().flatten() {
                if let Some(score) = scores.get_mut(*class as usize) {
                    *score += weight / length;
                }
            }
        }
    }

    /// How probable each class is for a text with these marks, in the order of the classes.
    #[must_use]
    pub fn probabilities(&self, marks: impl Iterator<Item = Mark>) -> Vec<f32> {
        let rows: Vec<usize> = marks.filter_map(|mark| self.rows.get(&mark).copied()).collect();
        let mut scores = vec![0.0; self.classes];
        self.score(&rows, &mut scores);
        shares(&mut scores);
        scores
    }
}

/// Scores → probabilities (softmax).
fn shares(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut all = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - top);
        all += *score;
    }
    scores.iter_mut().for_each(|score| *score /= all);
}

/// e to the power of a number that isn't positive, as the limit that defines it: coarse (a tenth of it at −7) but
/// without a branch, so that the compiler reckons several at once. It's what fitting spends its time on.
fn exp(x: f32) -> f32 {
    let mut power = (1.0 + x / 256.0).max(0.0);
    for _ in 0..8 {
        power *= power;
    }
    power
}
