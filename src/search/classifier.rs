//! A linear classifier over wordings: which entry a question's words tell apart from all others. The
//! language models of [`super::likelihood`] say how usual a word is in a case; this one says how much it
//! decides, so that a word which many entries share stops counting and the one that tells them apart counts.
//!
//! Multinomial logistic regression, fitted by stochastic gradient descent whenever a corpus is read: it follows the
//! wordings, and there is nothing to keep in step with them. An entry has weights for the marks of its own wordings, so
//! it costs little more than an inverted index. Which case of the entry it is tells [`super::chooser`].

use serde::{Deserialize, Serialize};

use super::marks::{Row, Texts};
use super::weights::{Column, Weights, mixed};

/// Passes over the wordings.
const EPOCHS: usize = 6;
/// First step of the descent; it shrinks towards a tenth in the last pass.
const RATE: f32 = 3.0;
/// Share of a text's marks that a pass leaves out: people leave out, misspell and replace words, so no case
/// shall hang on a single one (Wager, Wang and Liang 2013).
const LEFT_OUT: f32 = 0.5;
/// Texts are visited this far apart, since neighbours are of one topic.
const STRIDE: usize = 97;

/// Weights of each mark, by row, for the columns whose texts have it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Classifier {
    weights: Vec<Weights>,
    columns: usize,
}

/// How many texts of each column have a mark, by row, and how many texts a column has.
#[derive(Debug, Default)]
struct Tally {
    of: Vec<Vec<(Column, f32)>>,
    texts: Vec<f32>,
}

impl Tally {
    /// Tally a text; the texts of a column come one after another.
    fn add(&mut self, rows: &[Row], column: Column) {
        self.texts.resize(self.texts.len().max(column as usize + 1), 0.0);
        if let Some(texts) = self.texts.get_mut(column as usize) {
            *texts += 1.0;
        }
        for row in rows {
            self.of.resize_with(self.of.len().max(*row as usize + 1), Vec::new);
            let Some(of) = self.of.get_mut(*row as usize) else { continue };
            match of.last_mut() {
                Some((last, count)) if *last == column => *count += 1.0,
                _ => of.push((column, 1.0)),
            }
        }
    }

    /// The start of the descent, a naive Bayes classifier from which a mark that is seldom seen doesn't move far:
    /// how much likelier a mark is in each column's texts than in all.
    fn start(self) -> impl Iterator<Item = Weights> {
        let Self { of, texts } = self;
        let all: f32 = texts.iter().sum();
        let columns = texts.len();
        of.into_iter().map(move |mut of| {
            let usual = of.iter().map(|(_, count)| count).sum::<f32>() / all;
            for (column, count) in &mut of {
                let texts = texts.get(*column as usize).copied().unwrap_or(1.0);
                *count = (1.0 + *count / texts / usual).ln();
            }
            of.shrink_to_fit();
            Weights::new(of, columns)
        })
    }
}

impl Classifier {
    /// Fits the weights on texts, each of a column. The texts of a column come one after another.
    #[must_use]
    pub fn fit<L>(texts: &Texts<L>, column: impl Fn(&L) -> Option<Column>) -> Self {
        let samples: Vec<(&[Row], Column)> = texts.iter().filter_map(|(rows, label)| Some((rows, column(label)?))).collect();
        let mut tally = Tally::default();
        samples.iter().for_each(|(rows, column)| tally.add(rows, *column));
        let columns = tally.texts.len();
        let mut classifier = Self { weights: tally.start().collect(), columns };
        let mut work = Work::new(columns);
        for epoch in 0..EPOCHS {
            let step = RATE * (1.0 - epoch as f32 / EPOCHS as f32 + 0.1);
            let visits = (0..STRIDE).flat_map(|first| samples.iter().enumerate().skip(first).step_by(STRIDE));
            visits.for_each(|(at, sample)| classifier.learn(*sample, epoch * samples.len() + at, step, &mut work));
        }
        classifier
    }

    /// Moves the weights of one text's marks towards its column; `visit` decides which marks are left out.
    fn learn(&mut self, (rows, column): (&[Row], Column), visit: usize, step: f32, work: &mut Work) {
        work.rows.clear();
        work.rows.extend(rows.iter().filter(|row| chance(**row, visit) >= LEFT_OUT));
        self.score(work);
        shares(&mut work.scores);
        // The gradient of the log likelihood by the scores.
        work.scores.iter_mut().for_each(|share| *share = -*share);
        work.scores.get_mut(column as usize).into_iter().for_each(|own| *own += 1.0);
        let step = step / length(&work.rows);
        for row in &work.rows {
            self.weights.get_mut(*row as usize).into_iter().for_each(|weights| weights.climb(&work.scores, step));
        }
    }

    /// Scores of all columns for the rows of the work; those of long texts aren't greater than those of short ones.
    fn score(&self, work: &mut Work) {
        work.scores.fill(0.0);
        for weights in work.rows.iter().filter_map(|row| self.weights.get(*row as usize)) {
            weights.add_to(&mut work.scores);
        }
        let length = length(&work.rows);
        work.scores.iter_mut().for_each(|score| *score /= length);
    }

    /// How probable each column is for a text with the marks of these rows.
    #[must_use]
    pub fn probabilities(&self, rows: &[Row]) -> Vec<f32> {
        let mut work = Work::new(self.columns);
        work.rows.extend(rows);
        self.score(&mut work);
        shares(&mut work.scores);
        work.scores
    }
}

/// Room for what is reckoned anew for each text.
struct Work {
    rows: Vec<Row>,
    scores: Vec<f32>,
}

impl Work {
    fn new(columns: usize) -> Self {
        Self { rows: Vec::new(), scores: vec![0.0; columns] }
    }
}

/// Length of a text as a vector: the root of how many marks it has.
fn length(rows: &[Row]) -> f32 {
    (rows.len().max(1) as f32).sqrt()
}

/// A number from 0 to 1 that looks drawn by lot and is the same in every run.
fn chance(row: Row, visit: usize) -> f32 {
    (mixed(u64::from(row), visit as u64) >> 40) as f32 / (1u64 << 24) as f32
}

/// Scores → probabilities (softmax).
fn shares(scores: &mut [f32]) {
    let top = fold(scores, f32::MIN, |a, b| if a > b { a } else { b });
    scores.iter_mut().for_each(|score| *score = exp(*score - top));
    let all = fold(scores, 0.0, |a, b| a + b);
    scores.iter_mut().for_each(|score| *score /= all);
}

/// e to the power of a number that isn't positive, as the limit that defines it: coarse (a tenth too little at −7) but
/// without a branch, so that the compiler reckons several at once. It's what fitting spends its time on.
fn exp(x: f32) -> f32 {
    let mut power = (1.0 + x / 256.0).max(0.0);
    for _ in 0..8 {
        power *= power;
    }
    power
}

/// Folds numbers in several lanes: in one, each step would wait for the one before.
fn fold(numbers: &[f32], start: f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; 16];
    for some in numbers.chunks(lanes.len()) {
        lanes.iter_mut().zip(some).for_each(|(lane, number)| *lane = join(*lane, *number));
    }
    lanes.into_iter().reduce(join).unwrap_or(start)
}
