//! What a decision is worth, and the thresholds that are worth most.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::answer::{Model, Signals};
use crate::knowledge::files::ThresholdsFile;

const WORTH_RIGHT: f64 = 1.0;
const WORTH_HALF: f64 = 0.4;
const COST_WRONG: f64 = 0.25;
/// A wrong *boleh* is the worst fault there is.
const COST_WRONG_ALLOWED: f64 = 60.0;
const COST_FOREIGN: f64 = 3.25;
/// *Boleh* is never said below this probability, in fiftieths: too few questions are wrongly allowed under any
/// threshold to fit it by them alone.
const LEAST_ALLOWING: u32 = 40;
/// A foreign question that is asked back costs less than one that is answered.
const COST_ASKED_BACK: f64 = 3.0;

/// What would follow from answering, choosing or declining one question.
#[derive(Clone)]
pub(super) struct Outcomes {
    pub foreign: bool,
    /// The best candidate's verdict is accepted.
    pub right: bool,
    pub says_allowed: bool,
    /// *Boleh* of an act that is forbidden.
    pub wrong_allowed: bool,
    /// The guard of *boleh* stands against the answer.
    pub guarded: bool,
    /// The right topic is among those that a clarification would offer.
    pub offered: bool,
}

/// Thresholds that may be chosen, in fiftieths, and how far from the best ones its neighbours lie: worth hangs on few
/// questions, and what is worth most by the luck of one of them has neighbours that are worth less.
const ANSWERING: RangeInclusive<u32> = 10..=45;
const ALLOWING: RangeInclusive<u32> = LEAST_ALLOWING..=48;
const OURS: RangeInclusive<u32> = 5..=45;
const NEAR: u32 = 2;

/// The thresholds that are worth most on the questions together with their neighbours; what they don't concern stays.
pub(super) fn best_thresholds(signals: &[(Signals, Outcomes)], model: &Model) -> ThresholdsFile {
    let known: Vec<(f64, f64, &Outcomes)> =
        signals.iter().map(|(input, outcomes)| (model.ours(input), model.probability(input), outcomes)).collect();
    let level = |fiftieths: u32| f64::from(fiftieths) / 50.0;
    let at = |[jawab, boleh, klarifikasi]: [u32; 3]| ThresholdsFile {
        jawab: level(jawab),
        boleh: level(boleh),
        klarifikasi: level(klarifikasi),
        ..model.thresholds
    };
    let all = ANSWERING.flat_map(|jawab| ALLOWING.flat_map(move |boleh| OURS.map(move |ours| [jawab, boleh, ours])));
    let all: Vec<[u32; 3]> = all.filter(|[jawab, boleh, _]| boleh >= jawab).collect();
    let worth: HashMap<[u32; 3], f64> = all
        .par_iter()
        .map(|choice| {
            let thresholds = at(*choice);
            (*choice, known.iter().map(|(ours, p, outcomes)| worth(*ours, *p, outcomes, &thresholds)).sum())
        })
        .collect();
    let around = |at: u32| at - NEAR..=at + NEAR;
    let together = |[jawab, boleh, ours]: [u32; 3]| {
        let near = around(jawab).flat_map(|j| around(boleh).flat_map(move |b| around(ours).map(move |o| [j, b, o])));
        let (sum, count) =
            near.filter_map(|near| worth.get(&near)).fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
        sum / count
    };
    // The first of the best: the order of the grid settles ties.
    let best = all.iter().map(|choice| (together(*choice), *choice)).rev().max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(model.thresholds, |(_, choice)| at(choice))
}

fn worth(ours: f64, probability: f64, outcomes: &Outcomes, thresholds: &ThresholdsFile) -> f64 {
    let needed = if outcomes.says_allowed { thresholds.boleh } else { thresholds.jawab };
    if ours < thresholds.klarifikasi {
        0.0
    } else if probability >= needed && !(outcomes.says_allowed && outcomes.guarded) {
        match outcomes {
            Outcomes { foreign: true, .. } => -COST_FOREIGN,
            Outcomes { wrong_allowed: true, .. } => -COST_WRONG_ALLOWED,
            Outcomes { right: true, .. } => WORTH_RIGHT,
            _ => -COST_WRONG,
        }
    } else {
        match outcomes {
            Outcomes { foreign: true, .. } => -COST_ASKED_BACK,
            Outcomes { offered: true, .. } => WORTH_HALF,
            _ => 0.0,
        }
    }
}
