//! The weights of marks: few values for a rare mark, one for every column of a common one.

use serde::{Deserialize, Serialize};

/// An entry or a case, by number.
pub type Column = u32;

/// From this share of the columns on a mark has a weight for all of them: reckoning them in a row is
/// quicker than looking for those that have it, and that a case is never asked with a common word says
/// something too.
const COMMON: f32 = 0.2;

/// The weights of one mark.
#[derive(Debug, Serialize, Deserialize)]
pub enum Weights {
    Few(Vec<(Column, f32)>),
    All(Vec<f32>),
}

impl Weights {
    /// Weights for the columns that have the mark, of so many in all.
    #[must_use]
    pub fn new(few: Vec<(Column, f32)>, columns: usize) -> Self {
        if (few.len() as f32) < columns as f32 * COMMON {
            return Self::Few(few);
        }
        let mut all = vec![0.0; columns];
        for (column, weight) in few {
            if let Some(place) = all.get_mut(column as usize) {
                *place = weight;
            }
        }
        Self::All(all)
    }

    /// Adds the weights to each column's score.
    pub fn add_to(&self, scores: &mut [f32]) {
        match self {
            Self::Few(few) => {
                for (column, weight) in few {
                    if let Some(score) = scores.get_mut(*column as usize) {
                        *score += weight;
                    }
                }
            }
            Self::All(all) => scores.iter_mut().zip(all).for_each(|(score, weight)| *score += weight),
        }
    }

    /// Moves the weights along a gradient by a step.
    pub fn climb(&mut self, gradient: &[f32], step: f32) {
        match self {
            Self::Few(few) => {
                for (column, weight) in few {
                    *weight += step * gradient.get(*column as usize).copied().unwrap_or(0.0);
                }
            }
            Self::All(all) => all.iter_mut().zip(gradient).for_each(|(weight, slope)| *weight += step * slope),
        }
    }
}

/// Two numbers → one that looks drawn by lot and is the same in every run (the finaliser of `MurmurHash3`).
pub fn mixed(a: u64, b: u64) -> u64 {
    let mut bits = a.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    bits
}
