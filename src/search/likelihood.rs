//! Unigram language models over wordings: how likely an entry is to be asked for in the words of a
//! question, and whether such words are rather ours or rather somebody else's.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::corpus::TermId;
use crate::language::ConceptId;

/// Weight of the whole collection in an entry's model, in units (Dirichlet smoothing, Zhai and Lafferty 2004).
const SMOOTHING: f64 = 200.0;
/// A mean log ratio from which a question couldn't fit an entry better.
const PERFECT_FIT: f64 = 3.0;
/// One unit alone says at most this much for or against the field, as a natural logarithm.
const LOUDEST: f64 = 3.0;

/// What the models count: a stem that carries weight, or a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    Term(TermId),
    Concept(ConceptId),
}

/// How often each unit occurs in a set of texts, at most once a text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Counts {
    of: FxHashMap<Unit, f64>,
    total: f64,
    texts: f64,
}

impl Counts {
    /// Counts one text's distinct units.
    pub fn add(&mut self, units: impl Iterator<Item = Unit>) {
        for unit in units {
            *self.of.entry(unit).or_default() += 1.0;
            self.total += 1.0;
        }
        self.texts += 1.0;
    }

    /// Each unit with how many texts have it, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (Unit, usize)> {
        self.of.iter().map(|(unit, count)| (*unit, *count as usize))
    }

    #[must_use]
    pub fn has(&self, unit: Unit) -> bool {
        self.of.contains_key(&unit)
    }

    /// How many texts were counted.
    #[must_use]
    pub fn texts(&self) -> f64 {
        self.texts
    }

    /// Share of the texts that have the unit.
    #[must_use]
    pub fn share(&self, unit: Unit) -> f64 {
        self.count(unit) / self.texts.max(1.0)
    }

    /// How many of the texts of `whole` that have the unit are these.
    #[must_use]
    pub fn portion(&self, whole: &Self, unit: Unit) -> f64 {
        self.count(unit) / whole.count(unit).max(1.0)
    }

    fn count(&self, unit: Unit) -> f64 {
        self.of.get(&unit).copied().unwrap_or(0.0)
    }

    /// How much rather a text with these units belongs to these texts than to the others; 0 when it is
    /// open. Grows with the root of the number of units, since they aren't independent.
    #[must_use]
    pub fn belonging(&self, others: &Self, units: &[Option<Unit>]) -> f64 {
        let odds: f64 = units.iter().flatten().map(|unit| self.odds(others, *unit)).sum();
        odds / (units.len().max(1) as f64).sqrt()
    }

    /// Log odds that a text with this unit belongs to these texts rather than to the others; 0 for a
    /// unit that neither has.
    #[must_use]
    pub fn odds(&self, others: &Self, unit: Unit) -> f64 {
        if !self.has(unit) && !others.has(unit) {
            return 0.0;
        }
        // Half an occurrence for what wasn't seen.
        let share = |counts: &Self| (counts.count(unit) + 0.5) / (counts.texts + 1.0);
        (share(self) / share(others)).ln().clamp(-LOUDEST, LOUDEST)
    }
}

/// How much likelier some texts, counted in parts, are than the whole collection to contain the units:
/// the mean log ratio, from 0 (no likelier) to 1. A unit that is `None` is unknown everywhere.
pub(super) fn likelihood<'a>(
    parts: impl Iterator<Item = &'a Counts> + Clone,
    collection: &Counts,
    units: &[Option<Unit>],
) -> f64 {
    let total: f64 = parts.clone().map(|part| part.total).sum();
    let known = units.iter().flatten().filter(|unit| collection.has(**unit));
    let sum: f64 = known
        .map(|unit| {
            let usual = collection.count(*unit) / collection.total;
            let count: f64 = parts.clone().map(|part| part.count(*unit)).sum();
            let here = (count + SMOOTHING * usual) / (total + SMOOTHING);
            (here / usual).ln()
        })
        .sum();
    (sum / units.len().max(1) as f64 / PERFECT_FIT).clamp(0.0, 1.0)
}
