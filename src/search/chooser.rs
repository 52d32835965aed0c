//! Which case of an entry a question describes, among the entry's cases alone. Multinomial logistic regression as in
//! [`super::classifier`], but with nothing to learn of other entries: there are few wordings to tell a branch from the
//! main answer by, and all they say is wanted, so it is fitted until it hardly moves any more.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::marks::Row;

/// How much the texts weigh against the pull of the weights towards zero.
const TRUST: f32 = 5.0;
/// Steps of the descent.
const STEPS: usize = 400;

/// Weights of an entry's cases, by the rows that its texts have.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Chooser {
    cases: usize,
    /// In ascending order.
    rows: Vec<Row>,
    /// For every row, and at last for a mark that all texts have, the weight of each case.
    weights: Vec<f32>,
}

/// Texts of one entry, each with the number of its case in the entry.
pub type Samples<'a> = Vec<(&'a [Row], usize)>;

/// Fits a chooser for each entry.
#[must_use]
pub fn fit(entries: Vec<Samples<'_>>) -> Vec<Chooser> {
    entries.into_par_iter().map(|samples| Chooser::fit(&samples)).collect()
}

impl Chooser {
    /// Nesterov's accelerated descent. The step of each mark is as long as it may be without overshooting: the rarer
    /// the mark, the longer.
    fn fit(samples: &[(&[Row], usize)]) -> Self {
        let cases = samples.iter().map(|(_, case)| case + 1).max().unwrap_or(0);
        let mut rows: Vec<Row> = samples.iter().flat_map(|(rows, _)| rows.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut chooser = Self { cases, weights: vec![0.0; (rows.len() + 1) * cases], rows };
        if cases < 2 {
            return chooser;
        }
        let texts: Vec<(Vec<usize>, usize)> = samples.iter().map(|(rows, case)| (chooser.places(rows), *case)).collect();
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

    /// Where the weights of a text's marks stand; marks that no text of the entry has are left out.
    fn places(&self, rows: &[Row]) -> Vec<usize> {
        let known = rows.iter().filter_map(|row| self.rows.binary_search(row).ok());
        known.chain([self.rows.len()]).collect()
    }

    /// The longest safe step of each weight, from a bound of the curvature that takes every mark by itself (De Pierro
    /// 1995, with Böhning's ½ for the logistic loss).
    fn steps(&self, texts: &[(Vec<usize>, usize)]) -> Vec<f32> {
        let mut bounds = vec![1.0; self.rows.len() + 1];
        for (places, _) in texts {
            for place in places {
                bounds.get_mut(*place).into_iter().for_each(|bound| *bound += TRUST * 0.5 * places.len() as f32);
            }
        }
        bounds.into_iter().flat_map(|bound| std::iter::repeat_n(1.0 / bound, self.cases)).collect()
    }

    /// The gradient of what is minimised: the texts' log loss and half the square of the weights.
    fn slope(&self, weights: &[f32], texts: &[(Vec<usize>, usize)]) -> Vec<f32> {
        let mut slope = weights.to_vec();
        for (places, case) in texts {
            let mut error = self.shares(weights, places);
            error.get_mut(*case).into_iter().for_each(|share| *share -= 1.0);
            for place in places {
                let own = slope.get_mut(place * self.cases..(place + 1) * self.cases).unwrap_or_default();
                own.iter_mut().zip(&error).for_each(|(slope, error)| *slope += TRUST * error);
            }
        }
        slope
    }

    fn shares(&self, weights: &[f32], places: &[usize]) -> Vec<f32> {
        let mut shares = vec![0.0; self.cases];
        for place in places {
            let own = weights.get(place * self.cases..(place + 1) * self.cases).unwrap_or_default();
            shares.iter_mut().zip(own).for_each(|(share, weight)| *share += weight);
        }
        let top = shares.iter().copied().fold(f32::MIN, f32::max);
        shares.iter_mut().for_each(|share| *share = (*share - top).exp());
        let all: f32 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= all);
        shares
    }

    /// How probable each case is for a text with the marks of these rows, the main one first.
    #[must_use]
    pub fn probabilities(&self, rows: &[Row]) -> Vec<f32> {
        self.shares(&self.weights, &self.places(rows))
    }
}
