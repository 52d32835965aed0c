//! Weights that are being fitted, and their steps: Adam with decoupled decay (Kingma and Ba 2015, Loshchilov and
//! Hutter 2019).

use ndarray::Array2;

use super::numbers_mut;
use crate::search::weights::mixed;

const MOMENTUM: f32 = 0.9;
const SPREAD: f32 = 0.999;
const DECAY: f32 = 0.01;
const TINY: f32 = 1e-8;

/// Weights that are being fitted, with what Adam keeps of each.
pub struct Weights {
    pub value: Array2<f32>,
    /// The gradient of the step that is being made.
    pub slope: Array2<f32>,
    mean: Array2<f32>,
    square: Array2<f32>,
}

/// How far weights go in one step.
#[derive(Clone, Copy)]
pub struct Pace {
    pub rate: f32,
    /// From 1.
    pub step: i32,
}

impl Weights {
    /// Small weights that look drawn by lot.
    pub fn new(rows: usize, columns: usize, size: f32, seed: u64) -> Self {
        // Evenly spread numbers of this standard deviation.
        let width = size * 12f32.sqrt();
        let value =
            Array2::from_shape_fn((rows, columns), |(row, column)| (chance(seed, (row * columns + column) as u64) - 0.5) * width);
        let zero = || Array2::zeros((rows, columns));
        Self { value, slope: zero(), mean: zero(), square: zero() }
    }

    /// Moves all weights.
    pub fn descend(&mut self, pace: Pace) {
        self.descend_rows(0..self.value.nrows(), pace);
    }

    /// Moves the weights of the rows that were touched, however often.
    pub fn descend_touched(&mut self, mut rows: Vec<usize>, pace: Pace) {
        rows.sort_unstable();
        rows.dedup();
        self.descend_rows(rows.into_iter(), pace);
    }

    /// Moves the weights of some rows, and forgets their slope.
    fn descend_rows(&mut self, rows: impl Iterator<Item = usize>, Pace { rate, step }: Pace) {
        // What is kept begins at 0; early steps make up for it.
        let (pace, late) = (rate / (1.0 - MOMENTUM.powi(step)), 1.0 / (1.0 - SPREAD.powi(step)));
        for row in rows {
            let moved = numbers_mut(self.value.row_mut(row)).iter_mut().zip(numbers_mut(self.slope.row_mut(row)));
            let kept = numbers_mut(self.mean.row_mut(row)).iter_mut().zip(numbers_mut(self.square.row_mut(row)));
            for ((value, slope), (mean, square)) in moved.zip(kept) {
                *mean = MOMENTUM * *mean + (1.0 - MOMENTUM) * *slope;
                *square = SPREAD * *square + (1.0 - SPREAD) * *slope * *slope;
                *value -= pace * *mean / ((*square * late).sqrt() + TINY) + rate * DECAY * *value;
                *slope = 0.0;
            }
        }
    }
}

/// A number from 0 to 1 that looks drawn by lot and is the same in every run.
pub fn chance(a: u64, b: u64) -> f32 {
    (mixed(a, b) >> 40) as f32 / (1u64 << 24) as f32
}
