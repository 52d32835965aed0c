//! What a mark means, by the cases that are asked with it: marks of which the same cases are asked get like vectors
//! (random indexing, Kanerva, Kristofersson and Holst 2000). By these the choosers learn from a word that an entry's
//! wordings lack, but those of others have, what they learnt of its like.

use serde::{Deserialize, Serialize};

use super::coarse::Vectors;
use super::corpus::EntryId;
use super::marks::Row;
use super::weights::mixed;

/// Length of a vector.
pub const DIMENSIONS: usize = 128;
/// How much a text's vector weighs beside its marks, each of which is 1.
pub const SCALE: f32 = 3.0;
/// How soon a mark's share of a case's texts counts as much as it can.
const SATURATION: f32 = 20.0;

/// A text's vector; of length [`SCALE`], or 0 if nothing is known of its marks.
pub type Vector = [f32; DIMENSIONS];

/// A case of an entry, the main one first.
pub type CaseId = (EntryId, usize);

/// The vectors of marks, by row.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Embedding {
    /// [`DIMENSIONS`] numbers for each mark, as long as the mark is rare.
    vectors: Vectors,
}

impl Embedding {
    /// Embeds so many marks by texts, each with the case it is of; texts of a case come one after another.
    pub fn fit<'a>(marks: usize, texts: impl Iterator<Item = (&'a [Row], CaseId)>) -> Self {
        let mut vectors = vec![0.0; marks * DIMENSIONS];
        let mut frequency = vec![0usize; marks];
        let mut all = 0;
        let mut texts = texts.peekable();
        let (mut of_case, mut size) = (rustc_hash::FxHashMap::default(), 0usize);
        while let Some((rows, case)) = texts.next() {
            size += 1;
            for row in rows {
                *of_case.entry(*row).or_insert(0usize) += 1;
            }
            if texts.peek().is_some_and(|(_, next)| *next == case) {
                continue;
            }
            let signs = signs(case);
            for (row, count) in of_case.drain() {
                let weight = (1.0 + SATURATION * count as f32 / size as f32).ln();
                let at = row as usize * DIMENSIONS;
                let vector = vectors.get_mut(at..at + DIMENSIONS).unwrap_or_default();
                vector.iter_mut().zip(&signs).for_each(|(number, sign)| *number += weight * sign);
                frequency.get_mut(row as usize).into_iter().for_each(|frequency| *frequency += count);
            }
            all += std::mem::take(&mut size);
        }
        for (vector, frequency) in vectors.chunks_mut(DIMENSIONS).zip(&frequency) {
            stretch(vector, (all as f32 / (*frequency).max(1) as f32).ln());
        }
        Self { vectors: Vectors::round(DIMENSIONS, &vectors) }
    }

    /// The vector of a text with the marks of these rows.
    #[must_use]
    pub fn of(&self, rows: &[Row]) -> Vector {
        let mut sum = [0.0; DIMENSIONS];
        rows.iter().for_each(|row| self.vectors.add_to(&mut sum, *row, 1.0));
        stretch(&mut sum, SCALE);
        sum
    }
}

/// Gives a vector that isn't 0 this length.
fn stretch(vector: &mut [f32], length: f32) {
    let now = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if now > 0.0 {
        vector.iter_mut().for_each(|number| *number *= length / now);
    }
}

/// The direction of a case: signs that look drawn by lot and are the same in every run.
fn signs((entry, case): CaseId) -> Vector {
    let case = mixed(entry as u64, case as u64);
    std::array::from_fn(|at| if mixed(case, at as u64).is_multiple_of(2) { 1.0 } else { -1.0 })
}
