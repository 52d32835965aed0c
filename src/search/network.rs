//! A small neural network over wordings: two layers from the marks of a text to its entry, and to the case of the
//! entry. Beside the linear learners ([`super::classifier`], [`super::chooser`]) it knows what marks mean together, and
//! learns that from all entries at once: "cuti" turns the answer of many topics alike.
//!
//! Several of them, each begun elsewhere, answer better than one; their probabilities are averaged. Fitted whenever a
//! corpus is read.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut1, Axis, Slice};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::coarse::Vectors;
use super::marks::Row;
use super::weights::mixed;

/// How many networks are asked.
const NETWORKS: u64 = 2;
/// Numbers that stand for a mark, and for a text.
const WIDTH: usize = 128;
const HIDDEN: usize = 256;
/// Passes over the texts, and texts after which the weights move.
const EPOCHS: usize = 12;
const BATCH: usize = 256;
/// Share of a text's marks, and of its hidden numbers, that a pass leaves out.
const LEFT_OUT: f32 = 0.3;
/// The longest step; the first twentieth of the descent works up to it, and then it shrinks towards 0 (cosine).
const RATE: f32 = 5e-3;
const WARMING: f32 = 0.05;
/// Adam with decoupled decay of the weights (Kingma and Ba 2015, Loshchilov and Hutter 2019).
const MOMENTUM: f32 = 0.9;
const SPREAD: f32 = 0.999;
const DECAY: f32 = 0.01;
const TINY: f32 = 1e-8;

/// A text to learn from: its marks, its entry, and the case of the entry.
pub type Sample<'a> = (&'a [Row], usize, usize);

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

    /// What they make of a text with the marks of these rows.
    #[must_use]
    pub fn read(&self, rows: &[Row]) -> Impression {
        let mut entries = vec![0.0; self.starts.len().saturating_sub(1)];
        let mut hidden = Vec::new();
        for network in &self.networks {
            let seen = network.hidden(rows);
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
    fn hidden(&self, rows: &[Row]) -> Array1<f32> {
        let mut text = vec![0.0; WIDTH + 1];
        add_up(rows, &mut text, |text, row, share| self.marks.add_to(text, row, share));
        let mut hidden = self.hidden.dot(&Array1::from_vec(text)).to_vec();
        hidden.iter_mut().for_each(|number| *number = number.max(0.0));
        hidden.push(1.0);
        Array1::from_vec(hidden)
    }
}

/// Adds the vectors of marks, so that long texts weigh no more than short ones, and a 1; `add` adds a share of one.
fn add_up(rows: &[Row], text: &mut [f32], add: impl Fn(&mut [f32], Row, f32)) {
    let share = share(rows.len());
    rows.iter().for_each(|row| add(text, *row, share));
    text.last_mut().into_iter().for_each(|last| *last = 1.0);
}

/// The numbers of a row; those of a matrix stand one after another.
fn numbers<'a>(row: &'a ArrayView1<'_, f32>) -> &'a [f32] {
    row.as_slice().unwrap_or_default()
}

fn numbers_mut(row: ArrayViewMut1<'_, f32>) -> &mut [f32] {
    row.into_slice().unwrap_or_default()
}

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

/// What the scores should have been less, so that the right one wins (the gradient of the log loss).
fn errors(scores: &mut [f32], right: usize, weight: f32) {
    shares(scores);
    scores.get_mut(right).into_iter().for_each(|own| *own -= 1.0);
    scores.iter_mut().for_each(|error| *error *= weight);
}

/// Weights that are being fitted, with what Adam keeps of each.
struct Weights {
    value: Array2<f32>,
    slope: Array2<f32>,
    mean: Array2<f32>,
    square: Array2<f32>,
}

/// How far weights go in one step.
#[derive(Clone, Copy)]
struct Pace {
    rate: f32,
    step: i32,
}

impl Weights {
    /// Small weights that look drawn by lot.
    fn new(rows: usize, columns: usize, size: f32, seed: u64) -> Self {
        // Evenly spread numbers of this standard deviation.
        let width = size * 12f32.sqrt();
        let value =
            Array2::from_shape_fn((rows, columns), |(row, column)| (chance(seed, (row * columns + column) as u64) - 0.5) * width);
        let zero = || Array2::zeros((rows, columns));
        Self { value, slope: zero(), mean: zero(), square: zero() }
    }

    fn descend(&mut self, pace: Pace) {
        self.descend_rows(0..self.value.nrows(), pace);
    }

    /// Moves the weights of some rows, and forgets their slope.
    fn descend_rows(&mut self, rows: impl Iterator<Item = usize>, Pace { rate, step }: Pace) {
        let (early, early_square) = (1.0 - MOMENTUM.powi(step), 1.0 - SPREAD.powi(step));
        for row in rows {
            let moved = numbers_mut(self.value.row_mut(row)).iter_mut().zip(numbers_mut(self.slope.row_mut(row)));
            let kept = numbers_mut(self.mean.row_mut(row)).iter_mut().zip(numbers_mut(self.square.row_mut(row)));
            for ((value, slope), (mean, square)) in moved.zip(kept) {
                *mean = MOMENTUM * *mean + (1.0 - MOMENTUM) * *slope;
                *square = SPREAD * *square + (1.0 - SPREAD) * *slope * *slope;
                let direction = (*mean / early) / ((*square / early_square).sqrt() + TINY);
                *value -= rate * (direction + DECAY * *value);
                *slope = 0.0;
            }
        }
    }
}

/// A network that is being fitted.
struct Fitting {
    marks: Weights,
    hidden: Weights,
    entries: Weights,
    cases: Weights,
    seed: u64,
}

impl Fitting {
    fn new(marks: usize, starts: &[usize], seed: u64) -> Self {
        let entries = starts.len().saturating_sub(1);
        let cases = starts.last().copied().unwrap_or(0);
        let seed = mixed(seed, 0);
        Self {
            marks: Weights::new(marks, WIDTH, 0.1, seed),
            hidden: Weights::new(HIDDEN, WIDTH + 1, share(WIDTH), seed ^ 1),
            entries: Weights::new(entries, HIDDEN + 1, 0.05, seed ^ 2),
            cases: Weights::new(cases, HIDDEN + 1, 0.05, seed ^ 3),
            seed,
        }
    }

    fn fit(mut self, starts: &[usize], samples: &[Sample<'_>]) -> Network {
        let batches = samples.len().div_ceil(BATCH);
        let all = (EPOCHS * batches) as f32;
        let mut order: Vec<usize> = (0..samples.len()).collect();
        for epoch in 0..EPOCHS {
            order.sort_by_cached_key(|at| mixed(self.seed, (epoch * samples.len() + at) as u64));
            for (at, batch) in order.chunks(BATCH).enumerate() {
                let step = epoch * batches + at;
                let done = step as f32 / all;
                let cooling = (1.0 + (std::f32::consts::PI * (done - WARMING) / (1.0 - WARMING)).cos()) / 2.0;
                let rate = RATE * if done < WARMING { done / WARMING } else { cooling };
                let batch: Vec<Sample<'_>> = batch.iter().filter_map(|at| samples.get(*at).copied()).collect();
                self.learn(starts, &batch, Pace { rate, step: step as i32 + 1 });
            }
        }
        let Self { marks, hidden, entries, cases, .. } = self;
        Network {
            marks: Vectors::round(WIDTH, marks.value.as_slice().unwrap_or_default()),
            hidden: hidden.value,
            entries: entries.value,
            cases: cases.value,
        }
    }

    /// One step down the log loss of a batch.
    fn learn(&mut self, starts: &[usize], batch: &[Sample<'_>], pace: Pace) {
        let visit = mixed(self.seed, pace.step as u64);
        let keeps = |text: usize, what: u64| chance(visit ^ text as u64, what) >= LEFT_OUT;
        let kept = |(text, (rows, ..)): (usize, &Sample<'_>)| -> Vec<Row> {
            rows.iter().copied().filter(|row| keeps(text, u64::from(*row))).collect()
        };
        let rows: Vec<Vec<Row>> = batch.iter().enumerate().map(kept).collect();
        let mut texts = Array2::zeros((batch.len(), WIDTH + 1));
        for (text, rows) in texts.rows_mut().into_iter().zip(&rows) {
            add_up(rows, numbers_mut(text), |text, row, share| {
                let vector = self.marks.value.row(row as usize);
                text.iter_mut().zip(numbers(&vector)).for_each(|(sum, number)| *sum += share * number);
            });
        }
        let mut awake = Array2::zeros((batch.len(), HIDDEN + 1));
        general_mat_mul(1.0, &texts, &self.hidden.value.t(), 0.0, &mut awake.slice_axis_mut(Axis(1), Slice::from(..HIDDEN)));
        // A number passes if it is positive and isn't left out; those that do weigh the more. The last one is the 1.
        let mut open = Array2::ones((batch.len(), HIDDEN + 1));
        for (text, (open, awake)) in open.rows_mut().into_iter().zip(awake.rows_mut()).enumerate() {
            for (at, (open, number)) in numbers_mut(open).iter_mut().zip(numbers_mut(awake)).enumerate() {
                if at == HIDDEN {
                    *number = 1.0;
                    continue;
                }
                *open = if *number > 0.0 && keeps(text, (at as u64) << 32) { 1.0 / (1.0 - LEFT_OUT) } else { 0.0 };
                *number *= *open;
            }
        }
        let part = 1.0 / batch.len() as f32;
        let mut error = awake.dot(&self.entries.value.t());
        for (scores, (_, entry, _)) in error.rows_mut().into_iter().zip(batch) {
            errors(numbers_mut(scores), *entry, part);
        }
        general_mat_mul(1.0, &error.t(), &awake, 1.0, &mut self.entries.slope);
        let mut back = error.dot(&self.entries.value);
        let mut moved: Vec<usize> = Vec::new();
        for ((mut back, awake), (_, entry, case)) in back.rows_mut().into_iter().zip(awake.rows()).zip(batch) {
            let own = range(starts, *entry);
            if own.len() < 2 {
                continue;
            }
            let mut error = self.cases.value.slice_axis(Axis(0), Slice::from(own.clone())).dot(&awake).to_vec();
            errors(&mut error, *case, part);
            for (error, at) in error.iter().zip(own.clone()) {
                back.scaled_add(*error, &self.cases.value.row(at));
                self.cases.slope.row_mut(at).scaled_add(*error, &awake);
            }
            moved.extend(own);
        }
        back *= &open;
        let back = back.slice_axis(Axis(1), Slice::from(..HIDDEN));
        general_mat_mul(1.0, &back.t(), &texts, 1.0, &mut self.hidden.slope);
        let back = back.dot(&self.hidden.value);
        let mut touched: Vec<usize> = Vec::new();
        for (back, rows) in back.rows().into_iter().zip(&rows) {
            let share = share(rows.len());
            for row in rows {
                let slope = numbers_mut(self.marks.slope.row_mut(*row as usize));
                slope.iter_mut().zip(numbers(&back)).for_each(|(slope, back)| *slope += share * back);
            }
            touched.extend(rows.iter().map(|row| *row as usize));
        }
        for rows in [&mut moved, &mut touched] {
            rows.sort_unstable();
            rows.dedup();
        }
        self.entries.descend(pace);
        self.hidden.descend(pace);
        self.cases.descend_rows(moved.into_iter(), pace);
        self.marks.descend_rows(touched.into_iter(), pace);
    }
}

/// A number from 0 to 1 that looks drawn by lot and is the same in every run.
fn chance(a: u64, b: u64) -> f32 {
    (mixed(a, b) >> 40) as f32 / (1u64 << 24) as f32
}
