//! Words in their order. A window is a word between its neighbours; each channel looks for one kind of window, and of a text
//! it keeps how strongly it found it (a convolution with pooling: Collobert et al. 2011, Kim 2014). "Saya ikut, bapak tidak"
//! and "bapak ikut, saya tidak" have the same marks, but not the same windows.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Slice};
use serde::{Deserialize, Serialize};

use super::descent::{Pace, Weights};
use super::{numbers, numbers_mut};
use crate::search::coarse::Vectors;
use crate::search::marks::{NOTHING, Place, Row};

/// How many kinds of windows are looked for.
pub const CHANNELS: usize = 64;
/// Numbers that stand for a word.
const LENGTH: usize = 64;
/// Words of a window.
const SPAN: usize = 3;
/// Numbers of a window: those of its words, and a 1.
const WINDOW: usize = SPAN * LENGTH + 1;

/// What the windows of a text are looked at with. A word's vector is the sum of a row of `words` for its own mark and one
/// for the mark of its concept; each row of `channels` holds the weights of one channel.
#[derive(Debug, Serialize, Deserialize)]
pub struct Windows {
    words: Vectors,
    channels: Array2<f32>,
}

impl Windows {
    /// How strongly each channel finds its kind of window; 0 where it doesn't.
    #[must_use]
    pub fn read(&self, line: &[Place]) -> Vec<f32> {
        let mut windows = Array2::zeros((line.len(), WINDOW));
        lay(&mut windows.view_mut(), line, |word, row| self.words.add_to(word, row, 1.0));
        let scores = windows.dot(&self.channels.t());
        let mut strengths = vec![0.0; CHANNELS];
        strongest(scores.view(), &mut strengths, &mut [NOWHERE; CHANNELS]);
        strengths
    }
}

/// The place of a window that no channel found.
const NOWHERE: usize = usize::MAX;

/// Writes the windows of a text, one a row; `add` adds the vector of a mark.
fn lay(windows: &mut ArrayViewMut2<'_, f32>, line: &[Place], add: impl Fn(&mut [f32], Row)) {
    for (at, place) in line.iter().enumerate() {
        let mut word = [0.0; LENGTH];
        place.iter().filter(|row| **row != NOTHING).for_each(|row| add(&mut word, *row));
        for (window, slot) in windows_of(at, line.len()) {
            let mut row = windows.row_mut(window);
            let slots = numbers_mut(row.view_mut()).chunks_exact_mut(LENGTH);
            slots.skip(slot).take(1).for_each(|numbers| numbers.copy_from_slice(&word));
        }
    }
    windows.column_mut(WINDOW - 1).fill(1.0);
}

/// The windows that the word at a place is in, each with where in it.
fn windows_of(at: usize, words: usize) -> impl Iterator<Item = (usize, usize)> {
    let window = move |slot: usize| (at + SPAN / 2).checked_sub(slot).filter(|window| *window < words);
    (0..SPAN).filter_map(move |slot| Some((window(slot)?, slot)))
}

/// Keeps for each channel the greatest score above 0, and in which window it is.
fn strongest(scores: ArrayView2<'_, f32>, strengths: &mut [f32], places: &mut [usize]) {
    for (window, scores) in scores.rows().into_iter().enumerate() {
        for ((most, place), score) in strengths.iter_mut().zip(&mut *places).zip(scores) {
            if score > most {
                (*most, *place) = (*score, window);
            }
        }
    }
}

/// Windows that are being fitted.
pub struct Fitting {
    words: Weights,
    channels: Weights,
}

/// What was seen in the texts of a batch.
pub struct Seen {
    /// Of all texts, one after the other.
    windows: Array2<f32>,
    /// The first window of each text, and which one each channel found.
    found: Vec<(usize, Vec<usize>)>,
}

impl Fitting {
    pub fn new(marks: usize, seed: u64) -> Self {
        let size = 1.0 / ((SPAN * LENGTH) as f32).sqrt();
        Self { words: Weights::new(marks, LENGTH, 0.1, seed), channels: Weights::new(CHANNELS, WINDOW, size, !seed) }
    }

    /// Writes how strongly each channel finds its window in each text, into the columns of `strengths`.
    pub fn read(&self, lines: &[Vec<Place>], mut strengths: ArrayViewMut2<'_, f32>) -> Seen {
        let mut windows = Array2::zeros((lines.iter().map(Vec::len).sum(), WINDOW));
        let mut first = 0;
        let mut firsts = Vec::with_capacity(lines.len());
        for line in lines {
            let mut own = windows.slice_axis_mut(Axis(0), Slice::from(first..first + line.len()));
            lay(&mut own, line, |word, row| {
                let vector = self.words.value.row(row as usize);
                word.iter_mut().zip(numbers(&vector)).for_each(|(sum, number)| *sum += number);
            });
            firsts.push(first);
            first += line.len();
        }
        let scores = windows.dot(&self.channels.value.t());
        let found = strengths.rows_mut().into_iter().zip(lines).zip(firsts).map(|((mut strengths, line), first)| {
            let own = scores.slice_axis(Axis(0), Slice::from(first..first + line.len()));
            let (mut most, mut places) = (vec![0.0; CHANNELS], vec![NOWHERE; CHANNELS]);
            strongest(own, &mut most, &mut places);
            strengths.iter_mut().zip(most).for_each(|(strength, most)| *strength = most);
            (first, places)
        });
        let found = found.collect();
        Seen { windows, found }
    }

    /// One step against the slope of the loss by the strengths, `back`.
    pub fn learn(&mut self, lines: &[Vec<Place>], seen: &Seen, back: ArrayView2<'_, f32>, pace: Pace) {
        let mut slopes: Array2<f32> = Array2::zeros(seen.windows.raw_dim());
        for (back, (first, places)) in back.rows().into_iter().zip(&seen.found) {
            for ((channel, slope), place) in back.iter().enumerate().zip(places).filter(|(_, place)| **place != NOWHERE) {
                let window = first + place;
                self.channels.slope.row_mut(channel).scaled_add(*slope, &seen.windows.row(window));
                slopes.row_mut(window).scaled_add(*slope, &self.channels.value.row(channel));
            }
        }
        let mut touched: Vec<usize> = Vec::new();
        for (line, (first, _)) in lines.iter().zip(&seen.found) {
            for (at, place) in line.iter().enumerate() {
                let rows = || place.iter().filter(|row| **row != NOTHING).map(|row| *row as usize);
                for (window, slot) in windows_of(at, line.len()) {
                    let slopes = slopes.row(first + window);
                    let own = numbers(&slopes).chunks_exact(LENGTH).nth(slot).unwrap_or_default();
                    for row in rows() {
                        let word = numbers_mut(self.words.slope.row_mut(row));
                        word.iter_mut().zip(own).for_each(|(slope, own)| *slope += own);
                    }
                }
                touched.extend(rows());
            }
        }
        self.words.descend_touched(touched, pace);
        self.channels.descend(pace);
    }

    /// What was fitted.
    pub fn finish(self) -> Windows {
        let words = Vectors::round(LENGTH, self.words.value.as_slice().unwrap_or_default());
        Windows { words, channels: self.channels.value }
    }
}
