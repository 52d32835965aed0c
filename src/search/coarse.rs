//! Vectors held as bytes: a quarter of the room that exact numbers take, and sums of some of them are as good.

use serde::{Deserialize, Serialize};

use super::marks::Row;

/// The greatest byte that a number is held as.
const MOST: f32 = 127.0;

/// Vectors of one length, by row. Each has a step of its own, of which its numbers are whole multiples.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Vectors {
    length: usize,
    steps: Vec<f32>,
    numbers: Vec<i8>,
}

impl Vectors {
    /// Rounds exact vectors of a length, which stand one after another.
    #[must_use]
    pub fn round(length: usize, exact: &[f32]) -> Self {
        let mut vectors = Self { length, steps: Vec::new(), numbers: Vec::with_capacity(exact.len()) };
        for vector in exact.chunks(length.max(1)) {
            let step = vector.iter().fold(f32::MIN_POSITIVE, |most, number| most.max(number.abs())) / MOST;
            vectors.numbers.extend(vector.iter().map(|number| (number / step).round() as i8));
            vectors.steps.push(step);
        }
        vectors
    }

    /// Adds so much of a row's vector to a sum.
    pub fn add_to(&self, sum: &mut [f32], row: Row, share: f32) {
        let at = row as usize * self.length;
        let numbers = self.numbers.get(at..at + self.length).unwrap_or_default();
        let share = share * self.steps.get(row as usize).copied().unwrap_or(0.0);
        sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += share * f32::from(*number));
    }
}
