//! What a decision is worth, and the thresholds that are worth most.

use crate::answer::{Model, Signals};
use crate::knowledge::files::ThresholdsFile;

const WORTH_RIGHT: f64 = 1.0;
const WORTH_HALF: f64 = 0.4;
const COST_WRONG: f64 = 0.25;
/// A wrong *boleh* is the worst fault there is.
const COST_WRONG_ALLOWED: f64 = 60.0;
const COST_FOREIGN: f64 = 2.25;
/// *Boleh* is never said below this probability, in fiftieths: too few questions are wrongly allowed under any
/// threshold to fit it by them alone.
const LEAST_ALLOWING: u32 = 40;
/// A foreign question that is asked back costs less than one that is answered.
const COST_ASKED_BACK: f64 = 2.0;

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

/// The thresholds that are worth most on the questions; what they don't concern stays.
pub(super) fn best_thresholds(signals: &[(Signals, Outcomes)], model: &Model) -> ThresholdsFile {
    let known: Vec<(f64, f64, &Outcomes)> =
        signals.iter().map(|(input, outcomes)| (model.ours(input), model.probability(input), outcomes)).collect();
    let mut best = (f64::MIN, model.thresholds);
    let steps = |from: u32, to: u32| (from..=to).map(|n| f64::from(n) / 50.0);
    for jawab in steps(10, 45) {
        for boleh in steps(LEAST_ALLOWING, 48).filter(|boleh| *boleh >= jawab) {
            for klarifikasi in steps(5, 45) {
                let thresholds = ThresholdsFile { jawab, boleh, klarifikasi, ..model.thresholds };
                let worth = known.iter().map(|(ours, p, outcomes)| worth(*ours, *p, outcomes, &thresholds)).sum();
                if worth > best.0 {
                    best = (worth, thresholds);
                }
            }
        }
    }
    best.1
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
