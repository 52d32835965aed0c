//! A network that is being fitted.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, Slice};

use super::descent::{Pace, Weights, chance};
use super::windows::{self, CHANNELS};
use super::{HIDDEN, Network, SEEN, Sample, Text, WIDTH, numbers, numbers_mut, range, share, shares};
use crate::search::coarse::Vectors;
use crate::search::marks::{NOTHING, Place, Row};
use crate::search::weights::mixed;

/// Passes over the texts, and texts after which the weights move.
const EPOCHS: usize = 8;
const BATCH: usize = 256;
/// Share of a text's marks, and of its hidden numbers, that a pass leaves out; and of what stands at its places.
const LEFT_OUT: f32 = 0.3;
const UNHEARD: f32 = 0.2;
/// The longest step; the first twentieth of the descent works up to it, and then it shrinks towards 0 (cosine).
const RATE: f32 = 5e-3;
const WARMING: f32 = 0.05;

/// A network that is being fitted.
pub struct Fitting {
    marks: Weights,
    windows: windows::Fitting,
    hidden: Weights,
    entries: Weights,
    cases: Weights,
    seed: u64,
}

impl Fitting {
    /// A network that knows nothing yet of so many marks; `starts` says where the cases of each entry begin and end.
    pub fn new(marks: usize, starts: &[usize], seed: u64) -> Self {
        let entries = starts.len().saturating_sub(1);
        let cases = starts.last().copied().unwrap_or(0);
        let seed = mixed(seed, 0);
        Self {
            marks: Weights::new(marks, WIDTH, 0.1, seed),
            windows: windows::Fitting::new(marks, seed ^ 4),
            hidden: Weights::new(HIDDEN, SEEN, share(WIDTH), seed ^ 1),
            entries: Weights::new(entries, HIDDEN + 1, 0.05, seed ^ 2),
            cases: Weights::new(cases, HIDDEN + 1, 0.05, seed ^ 3),
            seed,
        }
    }

    /// Goes down the log loss of the samples.
    pub fn fit(mut self, starts: &[usize], samples: &[Sample<'_>]) -> Network {
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
        let Self { marks, windows, hidden, entries, cases, .. } = self;
        Network {
            marks: Vectors::round(WIDTH, marks.value.as_slice().unwrap_or_default()),
            windows: windows.finish(),
            hidden: hidden.value,
            entries: entries.value,
            cases: cases.value,
        }
    }

    /// One step down the log loss of a batch.
    fn learn(&mut self, starts: &[usize], batch: &[Sample<'_>], pace: Pace) {
        let visit = mixed(self.seed, pace.step as u64);
        let lot = |text: usize, what: u64| chance(visit ^ text as u64, what);
        let marks = |(text, (Text { rows, .. }, ..)): (usize, &Sample<'_>)| -> Vec<Row> {
            rows.iter().copied().filter(|row| lot(text, u64::from(*row)) >= LEFT_OUT).collect()
        };
        let rows: Vec<Vec<Row>> = batch.iter().enumerate().map(marks).collect();
        let words = |(text, (Text { line, .. }, ..)): (usize, &Sample<'_>)| -> Vec<Place> {
            let heard = |at: usize, row: Row| lot(text, !((at as u64) << 32 | u64::from(row))) >= UNHEARD;
            line.iter().enumerate().map(|(at, place)| place.map(|row| if heard(at, row) { row } else { NOTHING })).collect()
        };
        let lines: Vec<Vec<Place>> = batch.iter().enumerate().map(words).collect();
        // Of each text: the sum of its marks, the strengths of its windows, and a 1.
        let mut texts = Array2::ones((batch.len(), SEEN));
        let (mut sums, rest) = texts.view_mut().split_at(Axis(1), WIDTH);
        sums.fill(0.0);
        for (mut sum, rows) in sums.rows_mut().into_iter().zip(&rows) {
            let share = share(rows.len());
            rows.iter().for_each(|row| sum.scaled_add(share, &self.marks.value.row(*row as usize)));
        }
        let seen = self.windows.read(&lines, rest.split_at(Axis(1), CHANNELS).0);
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
                *open = if *number > 0.0 && lot(text, (at as u64) << 32) >= LEFT_OUT { 1.0 / (1.0 - LEFT_OUT) } else { 0.0 };
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
        self.windows.learn(&lines, &seen, back.slice_axis(Axis(1), Slice::from(WIDTH..SEEN - 1)), pace);
        let mut touched: Vec<usize> = Vec::new();
        for (back, rows) in back.rows().into_iter().zip(&rows) {
            let share = share(rows.len());
            for row in rows {
                let slope = numbers_mut(self.marks.slope.row_mut(*row as usize));
                slope.iter_mut().zip(numbers(&back)).for_each(|(slope, back)| *slope += share * back);
            }
            touched.extend(rows.iter().map(|row| *row as usize));
        }
        self.entries.descend(pace);
        self.hidden.descend(pace);
        self.cases.descend_touched(moved, pace);
        self.marks.descend_touched(touched, pace);
    }
}

/// What the scores should have been less, so that the right one wins (the gradient of the log loss).
fn errors(scores: &mut [f32], right: usize, weight: f32) {
    shares(scores);
    scores.get_mut(right).into_iter().for_each(|own| *own -= 1.0);
    scores.iter_mut().for_each(|error| *error *= weight);
}
