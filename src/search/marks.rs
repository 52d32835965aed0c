//! What the classifiers weigh of a text.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::corpus::TermId;
use super::likelihood::Unit;
use crate::language::{ConceptId, Lexicon, Mention, Question, Token};

/// Something that a text has or hasn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// A weighty stem, or a concept affirmed.
    Unit(Unit),
    /// A function word, by the hash of its stem: "**tanpa** izin" isn't "**dengan** izin".
    Function(u64),
    /// A weighty word denied, by the hash of its stem.
    Without(u64),
    /// A concept denied.
    Denied(ConceptId),
    /// Two concepts named together: what turns an answer is seldom one of them alone.
    Both(Named, Named),
}

/// A concept affirmed or denied, as one number.
type Named = u32;

/// The marks of a text whose units are known, by which the cases of one entry are told apart: one by one, concepts with
/// every wider one that they satisfy.
#[must_use]
pub fn single_marks(lexicon: &Lexicon, question: &Question, units: impl Iterator<Item = Unit>) -> Vec<Mark> {
    let wider = |mention: &Mention| lexicon.wider(mention.concept).iter().map(|id| Mark::Unit(Unit::Concept(*id)));
    let affirmed = question.mentions.iter().filter(|mention| !mention.negated).flat_map(wider);
    let denied = question.mentions.iter().filter(|mention| mention.negated).map(|mention| Mark::Denied(mention.concept));
    let without = question.denied_words(lexicon).map(|token| Mark::Without(hash(&token.stem)));
    sorted(units.map(Mark::Unit).chain(affirmed).chain(denied).chain(without).chain(function_words(question)).collect())
}

/// The marks of a text whose units are known, by which entries are told apart.
#[must_use]
pub fn marks(question: &Question, units: impl Iterator<Item = Unit>) -> Vec<Mark> {
    let mut named: Vec<Named> = question.mentions.iter().map(named).collect();
    named.sort_unstable();
    named.dedup();
    let later = |first: usize| named.iter().skip(first + 1);
    let both = named.iter().enumerate().flat_map(|(at, a)| later(at).map(move |b| Mark::Both(*a, *b)));
    sorted(units.map(Mark::Unit).chain(both).chain(function_words(question)).collect())
}

/// The marks of each word of a text in its order: of the word, and of the concept that it is read as. `term` numbers stems.
#[must_use]
pub fn line(question: &Question, term: impl Fn(&str) -> Option<TermId>) -> Vec<[Option<Mark>; 2]> {
    let concept = |at: usize| {
        let mention = question.mentions.iter().rev().find(|mention| (mention.start..=mention.end).contains(&at))?;
        let (id, denied) = (mention.concept, mention.negated);
        Some(if denied { Mark::Denied(id) } else { Mark::Unit(Unit::Concept(id)) })
    };
    let word = |token: &Token| {
        let weighty = || term(&token.stem).map(|term| Mark::Unit(Unit::Term(term)));
        if token.stop { Some(Mark::Function(hash(&token.stem))) } else { weighty() }
    };
    question.tokens.iter().enumerate().map(|(at, token)| [word(token), concept(at)]).collect()
}

fn function_words(question: &Question) -> impl Iterator<Item = Mark> {
    question.tokens.iter().filter(|token| token.stop).map(|token| Mark::Function(hash(&token.stem)))
}

/// Each mark once.
fn sorted(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn named(mention: &Mention) -> Named {
    mention.concept as Named * 2 + Named::from(mention.negated)
}

/// The same in every run.
fn hash(stem: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    stem.hash(&mut hasher);
    hasher.finish()
}

/// A mark's number.
pub type Row = u32;

/// What stands at a place of a text: the row of the word's mark, and of its concept's; [`NOTHING`] where there is none.
pub type Place = [Row; 2];
/// The row of no mark.
pub const NOTHING: Row = Row::MAX;

/// The marks that more than one text has, by number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary(FxHashMap<Mark, Row>);

impl Vocabulary {
    /// How many marks have a number.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The rows of a text's marks; those of marks that are unknown are left out.
    #[must_use]
    pub fn rows(&self, marks: &[Mark]) -> Vec<Row> {
        marks.iter().filter_map(|mark| self.0.get(mark).copied()).collect()
    }

    /// The places of a text's words.
    #[must_use]
    pub fn places(&self, line: &[[Option<Mark>; 2]]) -> Vec<Place> {
        places(&self.0, line).collect()
    }
}

fn places(vocabulary: &FxHashMap<Mark, Row>, line: &[[Option<Mark>; 2]]) -> impl Iterator<Item = Place> {
    let row = |mark: Option<Mark>| mark.and_then(|mark| vocabulary.get(&mark)).copied().unwrap_or(NOTHING);
    line.iter().map(move |marks| marks.map(row))
}

/// Texts as the rows of their marks, each with what is known of it.
#[derive(Debug, Default)]
pub struct Texts<L> {
    vocabulary: FxHashMap<Mark, Row>,
    rows: Vec<Row>,
    ends: Vec<usize>,
    places: Vec<Place>,
    line_ends: Vec<usize>,
    labels: Vec<L>,
}

/// The parts of what stands one after another, by where each ends.
fn parts<'a, T>(all: &'a [T], ends: &'a [usize]) -> impl Iterator<Item = &'a [T]> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| all.get(start..*end).unwrap_or_default())
}

impl<L> Texts<L> {
    /// Adds a text whose order says nothing.
    pub fn add(&mut self, marks: &[Mark], label: L) {
        for mark in marks {
            let next = self.vocabulary.len() as Row;
            self.rows.push(*self.vocabulary.entry(*mark).or_insert(next));
        }
        self.ends.push(self.rows.len());
        self.labels.push(label);
    }

    /// Adds a text with its words in order; their marks are among `marks`.
    pub fn add_line(&mut self, marks: &[Mark], line: &[[Option<Mark>; 2]], label: L) {
        self.add(marks, label);
        self.places.extend(places(&self.vocabulary, line));
        self.line_ends.push(self.places.len());
    }

    /// The texts in order: the rows of each, and its label.
    pub fn iter(&self) -> impl Iterator<Item = (&[Row], &L)> {
        parts(&self.rows, &self.ends).zip(&self.labels)
    }

    /// The words of the texts, in order.
    pub fn lines(&self) -> impl Iterator<Item = &[Place]> {
        parts(&self.places, &self.line_ends)
    }

    /// Forgets the marks that only one text has, since they say nothing about the next text, and takes the
    /// vocabulary out.
    pub fn close(&mut self) -> Vocabulary {
        let mut counts = vec![0u32; self.vocabulary.len()];
        for row in &self.rows {
            if let Some(count) = counts.get_mut(*row as usize) {
                *count += 1;
            }
        }
        let mut free = 0..;
        let place: Vec<Option<Row>> = counts.iter().map(|count| if *count > 1 { free.next() } else { None }).collect();
        let place = |row: Row| place.get(row as usize).copied().flatten();
        let mut vocabulary = std::mem::take(&mut self.vocabulary);
        vocabulary.retain(|_, row| place(*row).map(|at| *row = at).is_some());
        vocabulary.shrink_to_fit();
        let (mut rows, mut ends) = (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.ends.len()));
        for (text, _) in self.iter() {
            rows.extend(text.iter().filter_map(|row| place(*row)));
            ends.push(rows.len());
        }
        self.places.iter_mut().flatten().for_each(|row| *row = place(*row).unwrap_or(NOTHING));
        (self.rows, self.ends) = (rows, ends);
        Vocabulary(vocabulary)
    }
}
