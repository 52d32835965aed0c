//! A small neural network over wordings: from a text to its entry, and to the case of the entry. It reads the marks of
//! a text in any order, and its words in theirs ([`windows`]). Beside the linear learners ([`super::classifier`],
//! [`super::chooser`]) it knows what marks mean together, and learns that from all entries at once: "cuti" turns the
//! answer of many topics alike.
//!
//! Several of them, each begun elsewhere, answer better than one; their probabilities are averaged. Fitted whenever a
//! corpus is read.

mod descent;
mod fitting;
mod windows;

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut1, Axis, Slice};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use self::fitting::Fitting;
use self::windows::{CHANNELS, Windows};
use super::coarse::Vectors;
use super::marks::{Place, Row};

/// How many networks are asked.
const NETWORKS: u64 = 4;
/// Numbers that stand for a mark, and for the marks of a text.
const WIDTH: usize = 128;
/// Numbers that the hidden layer reads: those of the marks, those of the words, and a 1.
const SEEN: usize = WIDTH + CHANNELS + 1;
const HIDDEN: usize = 256;

/// A text: its marks in any order, and its words in theirs.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub rows: &'a [Row],
    pub line: &'a [Place],
}

/// A text to learn from, its entry, and the case of the entry.
pub type Sample<'a> = (Text<'a>, usize, usize);

/// Networks that are asked together.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Networks {
    networks: Vec<Network>,
    /// Where the cases of each entry begin, and after the last one, where they end.
    starts: Vec<usize>,
}

/// A mark's vector is a row of `marks`; each row of the others holds the weights of one number that comes out, the last
/// of them for a 1 that is always there.
#[derive(Debug, Serialize, Deserialize)]
struct Network {
    marks: Vectors,
    windows: Windows,
    hidden: Array2<f32>,
    entries: Array2<f32>,
    cases: Array2<f32>,
}

/// What the networks make of a text.
#[derive(Debug, Clone)]
pub struct Impression {
    /// How probable each entry is.
    pub entries: Vec<f32>,
    hidden: Vec<Array1<f32>>,
}

impl Networks {
    /// Fits networks on texts of entries with so many cases each.
    #[must_use]
    pub fn fit(marks: usize, cases: &[usize], samples: &[Sample<'_>]) -> Self {
        let ends = cases.iter().scan(0, |end, count| {
            *end += count;
            Some(*end)
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let fit = |seed| Fitting::new(marks, &starts, seed).fit(&starts, samples);
        let networks = (0..NETWORKS).into_par_iter().map(fit).collect();
        Self { networks, starts }
    }

    /// What they make of a text.
    #[must_use]
    pub fn read(&self, text: Text<'_>) -> Impression {
        let mut entries = vec![0.0; self.starts.len().saturating_sub(1)];
        let mut hidden = Vec::new();
        for network in &self.networks {
            let seen = network.hidden(text);
            average(&mut entries, network.entries.dot(&seen), self.networks.len());
            hidden.push(seen);
        }
        Impression { entries, hidden }
    }

    /// How probable each case of an entry is if a text is of the entry, the main one first.
    #[must_use]
    pub fn cases(&self, entry: usize, impression: &Impression) -> Vec<f32> {
        let range = range(&self.starts, entry);
        let mut all = vec![0.0; range.len()];
        for (network, hidden) in self.networks.iter().zip(&impression.hidden) {
            let own = network.cases.slice_axis(Axis(0), Slice::from(range.clone()));
            average(&mut all, own.dot(hidden), self.networks.len());
        }
        all
    }
}

/// Adds one network's share of an average of so many.
fn average(all: &mut [f32], scores: Array1<f32>, networks: usize) {
    let mut scores = scores.to_vec();
    shares(&mut scores);
    all.iter_mut().zip(scores).for_each(|(sum, share)| *sum += share / networks as f32);
}

/// Where an entry's cases stand among all.
fn range(starts: &[usize], entry: usize) -> Range<usize> {
    let at = |entry: usize| starts.get(entry).copied().unwrap_or(0);
    at(entry)..at(entry + 1)
}

impl Network {
    fn hidden(&self, Text { rows, line }: Text<'_>) -> Array1<f32> {
        let mut seen = vec![0.0; WIDTH];
        let share = share(rows.len());
        rows.iter().for_each(|row| self.marks.add_to(&mut seen, *row, share));
        seen.extend(self.windows.read(line));
        seen.push(1.0);
        let mut hidden = self.hidden.dot(&Array1::from_vec(seen)).to_vec();
        hidden.iter_mut().for_each(|number| *number = number.max(0.0));
        hidden.push(1.0);
        Array1::from_vec(hidden)
    }
}

/// The numbers of a row; those of a matrix stand one after another.
fn numbers<'a>(row: &'a ArrayView1<'_, f32>) -> &'a [f32] {
    row.as_slice().unwrap_or_default()
}

fn numbers_mut(row: ArrayViewMut1<'_, f32>) -> &mut [f32] {
    row.into_slice().unwrap_or_default()
}

/// What each of so many marks adds, so that long texts weigh no more than short ones.
fn share(marks: usize) -> f32 {
    1.0 / (marks.max(1) as f32).sqrt()
}

/// Scores → probabilities (softmax).
fn shares(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - top).exp());
    let all: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= all);
}

#[cfg(test)]
mod tests {
    use super::{Networks, Sample, Text};
    use crate::search::marks::{NOTHING, Place, Row};

    /// Who of two did it is told by nothing but the order of the same words.
    #[test]
    fn the_order_of_words_tells_cases_apart() {
        let (me, father, joined, stayed) = (0, 1, 2, 3);
        let line = |words: [Row; 4]| words.map(|word| [word, NOTHING]);
        let told: [([Place; 4], usize); 4] = [
            (line([me, joined, father, stayed]), 1),
            (line([father, stayed, me, joined]), 1),
            (line([father, joined, me, stayed]), 0),
            (line([me, stayed, father, joined]), 0),
        ];
        let rows = [me, father, joined, stayed];
        let samples: Vec<Sample<'_>> =
            told.iter().cycle().take(4_000).map(|(line, case)| (Text { rows: &rows, line }, 0, *case)).collect();
        let networks = Networks::fit(rows.len(), &[2, 1], &samples);
        for (line, case) in &told {
            let cases = networks.cases(0, &networks.read(Text { rows: &rows, line }));
            assert!(cases.get(*case).is_some_and(|share| *share > 0.9), "{line:?}: {cases:?}");
        }
    }
}
