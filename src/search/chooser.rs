//! Which case of an entry a question describes, among the entry's cases alone. Multinomial logistic regression as in
//! [`super::classifier`], but with nothing to learn of other entries: there are few wordings to tell a branch from the
//! main answer by, and all they say is wanted, so it is fitted until it hardly moves any more.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::embedding::{DIMENSIONS, Embedding, SCALE, Vector};
use super::marks::Row;

/// How much the texts weigh against the pull of the weights towards zero.
const TRUST: f32 = 5.0;
/// Steps of the descent.
const STEPS: usize = 400;

/// Weights of an entry's cases, by the rows that its texts have and by the numbers of a vector.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Chooser {
    cases: usize,
    /// In ascending order.
    rows: Vec<Row>,
    /// For every row, and for a mark that all texts have, the weight of each case; then for each case, of every number
    /// of a vector.
    weights: Vec<f32>,
}

/// What is seen of a text: the rows of its marks, and their vector.
#[derive(Debug, Clone)]
pub struct Seen {
    rows: Vec<Row>,
    vector: Vector,
}

impl Seen {
    pub fn new(rows: Vec<Row>, embedding: &Embedding) -> Self {
        Self { vector: embedding.of(&rows), rows }
    }
}

/// Texts of one entry, each with the number of its case in the entry.
pub type Samples = Vec<(Seen, usize)>;

/// Fits a chooser for each entry.
#[must_use]
pub fn fit(entries: Vec<Samples>) -> Vec<Chooser> {
    entries.into_par_iter().map(|samples| Chooser::fit(&samples)).collect()
}

/// A text as a chooser weighs it.
struct Text<'a> {
    /// Where the weights of its marks stand.
    places: Vec<usize>,
    vector: &'a Vector,
}

impl Chooser {
    /// Nesterov's accelerated descent. The step of each mark is as long as it may be without overshooting: the rarer
    /// the mark, the longer.
    fn fit(samples: &[(Seen, usize)]) -> Self {
        let cases = samples.iter().map(|(_, case)| case + 1).max().unwrap_or(0);
        let mut rows: Vec<Row> = samples.iter().flat_map(|(seen, _)| seen.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut chooser = Self { cases, weights: vec![0.0; (rows.len() + 1 + DIMENSIONS) * cases], rows };
        if cases < 2 {
            return chooser;
        }
        let texts: Vec<(Text<'_>, usize)> = samples.iter().map(|(seen, case)| (chooser.text(seen), *case)).collect();
        let steps = chooser.steps(&texts);
        let mut ahead = chooser.weights.clone();
        for step in 0..STEPS {
            let slope = chooser.slope(&ahead, &texts);
            let momentum = step as f32 / (step as f32 + 3.0);
            for (((weight, ahead), slope), length) in chooser.weights.iter_mut().zip(&mut ahead).zip(slope).zip(&steps) {
                let moved = *ahead - length * slope;
                *ahead = moved + momentum * (moved - *weight);
                *weight = moved;
            }
        }
        chooser
    }

    /// Marks that no text of the entry has are left out.
    fn text<'a>(&self, seen: &'a Seen) -> Text<'a> {
        let known = seen.rows.iter().filter_map(|row| self.rows.binary_search(row).ok());
        Text { places: known.chain([self.rows.len()]).collect(), vector: &seen.vector }
    }

    /// Where the weights of the vector begin.
    fn dense(&self) -> usize {
        (self.rows.len() + 1) * self.cases
    }

    /// The longest safe step of each weight, from a bound of the curvature that takes every mark, and the vector as a
    /// whole, by itself (De Pierro 1995, with Böhning's ½ for the logistic loss).
    fn steps(&self, texts: &[(Text<'_>, usize)]) -> Vec<f32> {
        let mut bounds = vec![1.0; self.rows.len() + 1];
        let mut dense = 1.0;
        for (text, _) in texts {
            let share = TRUST * 0.5 * (text.places.len() as f32 + SCALE);
            for place in &text.places {
                bounds.get_mut(*place).into_iter().for_each(|bound| *bound += share);
            }
            dense += share * SCALE;
        }
        let bounds = bounds.into_iter().chain(std::iter::repeat_n(dense, DIMENSIONS));
        bounds.flat_map(|bound| std::iter::repeat_n(1.0 / bound, self.cases)).collect()
    }

    /// The gradient of what is minimised: the texts' log loss and half the square of the weights.
    fn slope(&self, weights: &[f32], texts: &[(Text<'_>, usize)]) -> Vec<f32> {
        let mut slope = weights.to_vec();
        for (text, case) in texts {
            let mut error = self.shares(weights, text);
            error.get_mut(*case).into_iter().for_each(|share| *share -= 1.0);
            error.iter_mut().for_each(|error| *error *= TRUST);
            for place in &text.places {
                let own = slope.get_mut(place * self.cases..(place + 1) * self.cases).unwrap_or_default();
                own.iter_mut().zip(&error).for_each(|(slope, error)| *slope += error);
            }
            let dense = slope.get_mut(self.dense()..).unwrap_or_default();
            for (own, error) in dense.chunks_exact_mut(DIMENSIONS).zip(&error) {
                own.iter_mut().zip(text.vector).for_each(|(slope, number)| *slope += error * number);
            }
        }
        slope
    }

    fn shares(&self, weights: &[f32], text: &Text<'_>) -> Vec<f32> {
        let mut shares = vec![0.0; self.cases];
        for place in &text.places {
            let own = weights.get(place * self.cases..(place + 1) * self.cases).unwrap_or_default();
            shares.iter_mut().zip(own).for_each(|(share, weight)| *share += weight);
        }
        let dense = weights.get(self.dense()..).unwrap_or_default();
        for (share, own) in shares.iter_mut().zip(dense.chunks_exact(DIMENSIONS)) {
            *share += product(own, text.vector);
        }
        let top = shares.iter().copied().fold(f32::MIN, f32::max);
        shares.iter_mut().for_each(|share| *share = (*share - top).exp());
        let all: f32 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= all);
        shares
    }

    /// How probable each case is for a text, the main one first.
    #[must_use]
    pub fn probabilities(&self, seen: &Seen) -> Vec<f32> {
        self.shares(&self.weights, &self.text(seen))
    }
}

/// The inner product, in several lanes: in one, each step would wait for the one before.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.chunks_exact(lanes.len()).zip(b.chunks_exact(lanes.len())) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += a * b);
    }
    lanes.iter().sum()
}
