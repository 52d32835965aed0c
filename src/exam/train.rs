//! Fitting the decision model: a softmax ranker over candidates, then a logistic regression over
//! the best candidate's signals. Only the ranker is cross-validated: its signals for a question come from a
//! ranker that hadn't seen it, but weights and thresholds of the decision are fitted to all of them. Deterministic.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::grade::share;
use super::question::ExamQuestion;
use crate::answer::{Decision, FEATURES, Features, Model, SIGNALS, Signals, Verdict, decide, dot, sigmoid};
use crate::assistant::Assistant;
use crate::knowledge::files::ThresholdsFile;
use crate::search::Origin;

/// Folds of the cross-validation.
const FOLDS: usize = 5;
/// Pull of the weights towards zero: there are few questions.
const RIDGE_RANKING: f64 = 0.002;
const RIDGE_DECIDING: f64 = 1.0;
const NEWTON_STEPS: usize = 25;
const STEPS: usize = 1_500;
/// What a decision is worth. A wrong *boleh* is the worst fault there is.
const WORTH_RIGHT: f64 = 1.0;
const WORTH_HALF: f64 = 0.5;
const COST_WRONG: f64 = 1.5;
const COST_WRONG_ALLOWED: f64 = 60.0;
const COST_FOREIGN: f64 = 3.0;
/// A foreign question that is asked back costs less than one that is answered.
const COST_ASKED_BACK: f64 = 2.0;

/// The fitted model and how it did.
#[derive(Debug, Clone)]
pub struct Fit {
    pub model: Model,
    pub questions: usize,
    /// Figures as one line: ranked by cross-validation, decided by what was fitted to all questions.
    pub figures: String,
}

/// One question's candidates, as the ranker sees them.
struct Sample<'a> {
    question: &'a ExamQuestion,
    candidates: Vec<(Features, bool, Verdict)>,
}

/// Fits on exam questions.
#[must_use]
pub fn fit(assistant: &Assistant, questions: &[ExamQuestion], day: Date) -> Fit {
    let samples: Vec<Sample<'_>> = questions.iter().map(|q| sample(assistant, q, day)).collect();
    let fold_of = |at: usize| at % FOLDS;
    let mut signals: Vec<(Signals, Outcomes)> = Vec::new();
    for fold in 0..FOLDS {
        let train: Vec<&Sample<'_>> = samples.iter().enumerate().filter(|(at, _)| fold_of(*at) != fold).map(|(_, s)| s).collect();
        let ranking = fit_ranking(&train);
        let test: Vec<&ExamQuestion> =
            samples.iter().enumerate().filter(|(at, _)| fold_of(*at) == fold).map(|(_, s)| s.question).collect();
        signals.extend(weigh_all(assistant, ranking, &test, day));
    }
    let deciding = fit_deciding(&signals);
    let thresholds = best_thresholds(assistant, &signals, &deciding);
    let figures = figures(&signals, &deciding, thresholds);
    let all: Vec<&Sample<'_>> = samples.iter().collect();
    let model = Model { ranking: fit_ranking(&all), deciding, thresholds };
    Fit { model, questions: questions.len(), figures }
}

fn sample<'a>(assistant: &Assistant, question: &'a ExamQuestion, day: Date) -> Sample<'a> {
    let considered = assistant.consider(assistant.read(&question.question), day);
    let candidates = considered
        .weighing
        .ranked
        .iter()
        .map(|ranked| (ranked.evidence.features, is_right(assistant, question, ranked.evidence.entry), ranked.verdict))
        .collect();
    Sample { question, candidates }
}

/// Whether an entry is the topic asked for, or a passage of it.
fn is_right(assistant: &Assistant, question: &ExamQuestion, entry: usize) -> bool {
    let knowledge = assistant.knowledge();
    match assistant.corpus().entries.get(entry).map(|entry| entry.origin) {
        Some(Origin::Topic(at)) => knowledge.topics().get(at).is_some_and(|topic| question.is_about(&topic.file.id)),
        Some(Origin::Passage(article, at)) => {
            let found = knowledge.articles().get(article);
            let passage = found.and_then(|article| article.bagian.get(at));
            let asked = question
                .article
                .as_ref()
                .zip(found)
                .zip(passage)
                .is_some_and(|((id, a), p)| *id == format!("{}#{}", a.id, p.nomor));
            asked
                || passage.is_some_and(|p| {
                    question.expected_verdict == "informasi" && p.topik.first().is_some_and(|t| question.is_about(t))
                })
        }
        None => false,
    }
}

/// Softmax over the candidates of each question in scope whose right topic was retrieved.
fn fit_ranking(samples: &[&Sample<'_>]) -> Features {
    let mut weights: Features = [1.0, 0.5, 0.5, 2.0, 2.0, 1.0, -1.0, -2.0, -2.0, 0.5, -0.5, -1.0];
    let usable: Vec<&&Sample<'_>> = samples.iter().filter(|s| s.candidates.iter().any(|c| c.1)).collect();
    let mut momentum: Features = [0.0; FEATURES.len()];
    for _ in 0..STEPS {
        let mut gradient: Features = [0.0; FEATURES.len()];
        for sample in &usable {
            let scores: Vec<f64> = sample.candidates.iter().map(|(f, _, _)| dot(&weights, f)).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let exp: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
            let all: f64 = exp.iter().sum();
            let right: f64 = exp.iter().zip(&sample.candidates).filter(|(_, c)| c.1).map(|(e, _)| e).sum();
            for ((features, is_right, _), e) in sample.candidates.iter().zip(&exp) {
                let target = if *is_right { e / right } else { 0.0 };
                let error = e / all - target;
                gradient.iter_mut().zip(features).for_each(|(g, f)| *g += error * f);
            }
        }
        let count = usable.len().max(1) as f64;
        for ((weight, gradient), velocity) in weights.iter_mut().zip(gradient).zip(&mut momentum) {
            *velocity = 0.9 * *velocity - 0.3 * (gradient / count + RIDGE_RANKING * *weight);
            *weight += *velocity;
        }
    }
    weights
}

/// What would follow from answering, choosing or declining one question.
#[derive(Clone)]
struct Outcomes {
    foreign: bool,
    /// The best candidate's verdict is accepted.
    right: bool,
    says_allowed: bool,
    /// *Boleh* of an act that is forbidden.
    wrong_allowed: bool,
    guarded: bool,
    offered: bool,
}

/// Signals of unseen questions under a ranker fitted without them.
fn weigh_all(assistant: &Assistant, ranking: Features, questions: &[&ExamQuestion], day: Date) -> Vec<(Signals, Outcomes)> {
    let open = ThresholdsFile { jawab: 0.0, boleh: 0.0, klarifikasi: 0.0, dekat: assistant.model().thresholds.dekat };
    let model = Model { ranking, deciding: [0.0; SIGNALS.len()], thresholds: open };
    questions
        .iter()
        .map(|question| {
            let considered = assistant.consider_with(&model, assistant.read(&question.question), day);
            let best = considered.weighing.ranked.first();
            let verdict = best.map_or(Verdict::Information, |b| assistant.asked_verdict(b.verdict, &considered.question));
            let topic_right = best.is_some_and(|b| is_right(assistant, question, b.evidence.entry));
            let accepted = question.accepts(verdict.word());
            // A right verdict from a wrong topic is luck; calibrate on the topic where it is known.
            let known = assistant.knowledge().topic(&question.topic).is_some();
            let right = !question.is_foreign() && accepted && (topic_right || !known || verdict != Verdict::Information);
            let says_allowed = verdict == Verdict::Allowed;
            let offered = considered.weighing.ranked.iter().take(4).any(|r| is_right(assistant, question, r.evidence.entry));
            let guarded = !matches!(decide(assistant.knowledge(), &model, &considered.weighing), Decision::Answer(_));
            let outcomes = Outcomes {
                foreign: question.is_foreign(),
                right,
                says_allowed,
                wrong_allowed: says_allowed && !accepted && question.expected_verdict == Verdict::Forbidden.word(),
                guarded,
                offered,
            };
            (considered.weighing.signals, outcomes)
        })
        .collect()
}

/// Logistic regression with a ridge, by Newton's method: a dozen weights, so each step is one
/// small system of equations.
fn fit_deciding(signals: &[(Signals, Outcomes)]) -> Signals {
    let mut weights: Signals = [0.0; SIGNALS.len()];
    for _ in 0..NEWTON_STEPS {
        let mut gradient: Signals = [0.0; SIGNALS.len()];
        let mut hessian = [[0.0; SIGNALS.len()]; SIGNALS.len()];
        for (input, outcomes) in signals {
            let p = sigmoid(dot(&weights, input));
            let error = p - f64::from(u8::from(outcomes.right));
            for ((g, row), x) in gradient.iter_mut().zip(&mut hessian).zip(input) {
                *g += error * x;
                row.iter_mut().zip(input).for_each(|(h, y)| *h += p * (1.0 - p) * x * y);
            }
        }
        // The constant isn't pulled to zero.
        for (at, ((g, row), weight)) in gradient.iter_mut().zip(&mut hessian).zip(&weights).enumerate() {
            let ridge = if at == 0 { 1e-6 } else { RIDGE_DECIDING };
            *g += ridge * weight;
            if let Some(diagonal) = row.get_mut(at) {
                *diagonal += ridge;
            }
        }
        let step = solve(hessian, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights
}

/// Solves a small system of equations by elimination with pivots; the ridge keeps it regular.
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for column in 0..N {
        let size = |row: &usize| a.get(*row).and_then(|row| row.get(column)).map_or(0.0, |x| x.abs());
        let pivot = (column..N).max_by(|x, y| size(x).total_cmp(&size(y))).unwrap_or(column);
        a.swap(column, pivot);
        b.swap(column, pivot);
        let (Some(top), Some(right)) = (a.get(column).copied(), b.get(column).copied()) else { continue };
        let Some(lead) = top.get(column).copied().filter(|lead| *lead != 0.0) else { continue };
        for (row, value) in a.iter_mut().zip(&mut b).skip(column + 1) {
            let factor = row.get(column).map_or(0.0, |x| x / lead);
            row.iter_mut().zip(top).for_each(|(x, y)| *x -= factor * y);
            *value -= factor * right;
        }
    }
    let mut x = [0.0; N];
    for row in (0..N).rev() {
        let Some(line) = a.get(row) else { continue };
        let known: f64 = line.iter().zip(&x).skip(row + 1).map(|(c, x)| c * x).sum();
        let lead = line.get(row).copied().filter(|lead| *lead != 0.0).unwrap_or(1.0);
        if let Some(place) = x.get_mut(row) {
            *place = (b.get(row).copied().unwrap_or(0.0) - known) / lead;
        }
    }
    x
}

/// The thresholds that are worth most on the questions, under the prices above.
fn best_thresholds(assistant: &Assistant, signals: &[(Signals, Outcomes)], deciding: &Signals) -> ThresholdsFile {
    let near = assistant.model().thresholds.dekat;
    let mut best = (f64::MIN, ThresholdsFile { jawab: 0.6, boleh: 0.8, klarifikasi: 0.4, dekat: near });
    let steps = |from: u32, to: u32| (from..=to).map(|n| f64::from(n) / 50.0);
    for answer in steps(10, 45) {
        for allowed in steps(20, 48).filter(|allowed| *allowed >= answer) {
            for clarify in steps(5, 45).filter(|clarify| *clarify <= answer) {
                let thresholds = ThresholdsFile { jawab: answer, boleh: allowed, klarifikasi: clarify, dekat: near };
                let worth = signals.iter().map(|(input, outcomes)| worth(input, outcomes, deciding, thresholds)).sum();
                if worth > best.0 {
                    best = (worth, thresholds);
                }
            }
        }
    }
    best.1
}

fn worth(input: &Signals, outcomes: &Outcomes, deciding: &Signals, thresholds: ThresholdsFile) -> f64 {
    match spoken(input, outcomes, deciding, thresholds) {
        Spoken::Answer if outcomes.foreign => -COST_FOREIGN,
        Spoken::Answer if outcomes.wrong_allowed => -COST_WRONG_ALLOWED,
        Spoken::Answer if outcomes.right => WORTH_RIGHT,
        Spoken::Answer => -COST_WRONG,
        Spoken::Choose if outcomes.foreign => -COST_ASKED_BACK,
        Spoken::Choose if outcomes.offered => WORTH_HALF,
        Spoken::Choose | Spoken::Silence => 0.0,
    }
}

#[derive(PartialEq)]
enum Spoken {
    Answer,
    Choose,
    Silence,
}

fn spoken(input: &Signals, outcomes: &Outcomes, deciding: &Signals, thresholds: ThresholdsFile) -> Spoken {
    let probability = sigmoid(dot(deciding, input));
    let needed = if outcomes.says_allowed { thresholds.boleh } else { thresholds.jawab };
    if probability >= needed && !(outcomes.says_allowed && outcomes.guarded) {
        Spoken::Answer
    } else if probability >= thresholds.klarifikasi {
        Spoken::Choose
    } else {
        Spoken::Silence
    }
}

fn figures(signals: &[(Signals, Outcomes)], deciding: &Signals, thresholds: ThresholdsFile) -> String {
    let (mut inside, mut right, mut half, mut foreign, mut declined, mut allowed) = (0, 0, 0, 0, 0, 0);
    for (input, outcomes) in signals {
        let spoken = spoken(input, outcomes, deciding, thresholds);
        if outcomes.foreign {
            foreign += 1;
            declined += usize::from(spoken == Spoken::Silence);
        } else {
            inside += 1;
            right += usize::from(spoken == Spoken::Answer && outcomes.right);
            half += usize::from(spoken == Spoken::Choose && outcomes.offered);
            allowed += usize::from(spoken == Spoken::Answer && outcomes.wrong_allowed);
        }
    }
    let mut line = String::new();
    let verdict = share(f64::from(right as u32) + f64::from(half as u32) / 2.0, inside);
    let rejected = share(f64::from(declined as u32), foreign);
    let _ = write!(
        line,
        "silang {FOLDS} lipat: putusan {verdict:.3} dari {inside}, soal luar ditolak {rejected:.3} dari {foreign}, boleh yang keliru {allowed}"
    );
    line
}

/// The model as the text of `keputusan.toml`.
#[must_use]
pub fn write_model(fit: &Fit, day: Date) -> String {
    let mut out = String::from(
        "# Model keputusan. Ditulis oleh `netral latih`; jangan disunting dengan tangan.\n# `peringkat` mengurutkan calon jawaban; `keputusan` mengubah bukti calon terbaik menjadi peluang.\n\n",
    );
    let _ = writeln!(out, "dikalibrasi = {day}\nsoal = {}\nangka = \"{}\"", fit.questions, fit.figures);
    let t = fit.model.thresholds;
    let _ = writeln!(
        out,
        "\n[ambang]\njawab = {:.2}\nboleh = {:.2}\nklarifikasi = {:.2}\ndekat = {:.2}",
        t.jawab, t.boleh, t.klarifikasi, t.dekat
    );
    let _ = writeln!(out, "\n[peringkat]");
    for (name, weight) in FEATURES.iter().zip(fit.model.ranking) {
        let _ = writeln!(out, "{name} = {weight:.4}");
    }
    let _ = writeln!(out, "\n[keputusan]");
    for (name, weight) in SIGNALS.iter().zip(fit.model.deciding) {
        let _ = writeln!(out, "{name} = {weight:.4}");
    }
    out
}
