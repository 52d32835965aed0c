//! The decision model: linear layers whose weights stand in `knowledge/keputusan.toml`.

use super::branch::{TRAITS, Traits};
use super::evidence::{FEATURES, Features};
use crate::knowledge::files::{ModelFile, ThresholdsFile};

/// What both factors of the probability are computed from, in the order of their weights.
pub const SIGNALS: [&str; 13] = [
    "tetap",
    "nilai",
    "banyak-konsep",
    "kecocokan",
    "konsep-kurang",
    "cara-bertanya",
    "milik-bidang",
    "kesepakatan",
    "bidang-lain",
    "lingkup",
    "jaringan",
    "jaringan-milik",
    "tanpa-pokok",
];

/// What is seen of a question and its best candidate.
pub type Signals = [f64; SIGNALS.len()];

#[derive(Debug, Clone)]
pub struct Model {
    pub ranking: Features,
    pub branching: Traits,
    /// Whether the question is for us at all.
    pub belonging: Signals,
    /// Whether the best candidate answers it rightly, if it is for us.
    pub answering: Signals,
    pub thresholds: ThresholdsFile,
}

impl Model {
    /// Takes the weights by name; a name that is missing weighs nothing.
    #[must_use]
    pub fn new(file: &ModelFile) -> Self {
        let weight = |table: &std::collections::BTreeMap<String, f64>, name: &str| table.get(name).copied().unwrap_or(0.0);
        Self {
            ranking: FEATURES.map(|name| weight(&file.peringkat, name)),
            branching: TRAITS.map(|name| weight(&file.cabang, name)),
            belonging: SIGNALS.map(|name| weight(&file.milik, name)),
            answering: SIGNALS.map(|name| weight(&file.tepat, name)),
            thresholds: file.ambang,
        }
    }

    /// Ranking score of a candidate.
    #[must_use]
    pub fn score(&self, features: &Features) -> f64 {
        dot(&self.ranking, features)
    }

    /// Calibrated probability that the question is for us.
    #[must_use]
    pub fn ours(&self, signals: &Signals) -> f64 {
        sigmoid(dot(&self.belonging, signals))
    }

    /// Calibrated probability that answering with the best candidate is right: that the question is for
    /// us, and the candidate the right one.
    #[must_use]
    pub fn probability(&self, signals: &Signals) -> f64 {
        self.ours(signals) * sigmoid(dot(&self.answering, signals))
    }
}

#[must_use]
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
