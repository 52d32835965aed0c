//! How like a question is to each wording of an entry. The hottest loop of an answer, so what the
//! question brings is laid out by number first.

use super::evidence::ratio;
use crate::language::{ConceptId, Lexicon};
use crate::search::{Corpus, TermId, Wording};

/// Most concepts of a question that are told apart; a message that names more is compared a little coarser.
const TOLD_APART: usize = u128::BITS as usize;

/// Likeness to one wording: the cosine of the term vectors, and the weighted share of concepts in common.
#[derive(Debug, Clone, Copy, Default)]
pub struct Likeness {
    pub cosine: f64,
    pub concepts: f64,
}

impl Likeness {
    /// The greater of both; the first when they are equal.
    #[must_use]
    pub fn best(likenesses: impl Iterator<Item = Self>) -> Self {
        let sum = |one: &Self| one.cosine + one.concepts;
        likenesses.reduce(|best, next| if sum(&next) > sum(&best) { next } else { best }).unwrap_or_default()
    }
}

/// A question laid out for comparison.
#[derive(Debug)]
pub(super) struct Comparison {
    /// Squared weight in the question, by the corpus's terms.
    squares: Vec<f64>,
    norm: f64,
    /// Weights of the question's concepts, and their sum.
    weights: Vec<f64>,
    pub(super) total: f64,
    /// Of which concepts of the question each one of the lexicon is a kind, or the other way round.
    like: Vec<u128>,
}

impl Comparison {
    pub(super) fn new(
        lexicon: &Lexicon,
        corpus: &Corpus,
        terms: &[(Option<TermId>, f64)],
        concepts: &[ConceptId],
        weight: impl Fn(ConceptId) -> f64,
    ) -> Self {
        let mut squares = vec![0.0; corpus.term_count()];
        for (term, weight) in terms {
            if let Some(square) = term.and_then(|term| squares.get_mut(term as usize)) {
                *square = weight * weight;
            }
        }
        let norm = terms.iter().map(|(_, weight)| weight.powi(2)).sum::<f64>().sqrt();
        let mut weights = vec![0.0; concepts.len().min(TOLD_APART)];
        let mut like = vec![0; lexicon.concepts().len()];
        for (at, id) in concepts.iter().enumerate() {
            let at = at.min(TOLD_APART - 1);
            if let Some(sum) = weights.get_mut(at) {
                *sum += weight(*id);
            }
            for relative in lexicon.relatives(*id) {
                if let Some(mask) = like.get_mut(*relative) {
                    *mask |= 1_u128 << at;
                }
            }
        }
        let total = weights.iter().sum();
        Self { squares, norm, weights, total, like }
    }

    /// `weight` is asked for concepts that the question doesn't name.
    pub(super) fn with(&self, wording: &Wording, weight: impl Fn(ConceptId) -> f64) -> Likeness {
        let squares = wording.terms.iter().filter_map(|term| self.squares.get(*term as usize));
        let cosine = ratio(squares.sum(), self.norm * wording.norm);
        let (mut met, mut strange) = (0_u128, 0.0);
        for id in &wording.concepts {
            match self.like.get(*id) {
                Some(mask) if *mask != 0 => met |= mask,
                _ => strange += weight(*id),
            }
        }
        let shared: f64 = self.weights.iter().enumerate().filter(|(at, _)| met >> at & 1 == 1).map(|(_, weight)| weight).sum();
        Likeness { cosine, concepts: ratio(shared, self.total + strange) }
    }
}
