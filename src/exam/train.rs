//! Fitting the decision model on exams: a softmax ranker over candidates, another over the cases of a
//! topic, then a logistic regression over the best candidate's signals, then thresholds.
//!
//! The regression sees signals from rankers that hadn't seen the question. The figures come from an
//! outer cross-validation: every question is answered by a model of which nothing was fitted to it.
//! Deterministic.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::grade::{Figures, Graded, grade, share};
use super::prices::{Outcomes, best_thresholds};
use super::question::ExamQuestion;
use super::softmax::Options;
use super::{logistic, softmax};
use crate::answer::{Decision, FEATURES, Features, Model, SIGNALS, Signals, TRAITS, Verdict, decide, verdict};
use crate::assistant::Assistant;
use crate::knowledge::files::ThresholdsFile;
use crate::search::Origin;

/// Folds of both cross-validations.
const FOLDS: usize = 5;
/// Pulls of the weights towards zero: there are few questions.
const RIDGE_RANKING: f64 = 0.002;
const RIDGE_BRANCHING: f64 = 0.0001;

/// The fitted model and how it did.
#[derive(Debug)]
pub struct Fit {
    pub model: Model,
    pub questions: usize,
    /// Figures by cross-validation, as one line.
    pub figures: String,
}

/// What the ranking is fitted on of one question.
struct Sample<'a> {
    question: &'a ExamQuestion,
    candidates: Options<{ FEATURES.len() }>,
    fold: usize,
}

/// Fits on exam questions.
#[must_use]
pub fn fit(mut assistant: Assistant, questions: &[ExamQuestion], day: Date) -> Fit {
    let folds = folds(questions);
    let mut graded: Vec<Graded> = Vec::new();
    for fold in 0..FOLDS {
        let (test, train): (Vec<_>, Vec<_>) = questions.iter().zip(&folds).partition(|(_, at)| **at == fold);
        let train: Vec<&ExamQuestion> = train.into_iter().map(|(question, _)| question).collect();
        let model = fit_model(&assistant, &train, day);
        assistant = assistant.with_model(model);
        graded.extend(test.into_iter().map(|(question, _)| grade(&assistant, question, day)));
    }
    let all: Vec<&ExamQuestion> = questions.iter().collect();
    let model = fit_model(&assistant, &all, day);
    Fit { model, questions: questions.len(), figures: figures(&Figures::of(graded.iter())) }
}

/// Both questions of a pair share a fold: one would give the other away.
fn folds(questions: &[ExamQuestion]) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let pairs = questions.iter().map(|question| question.pair.as_deref());
    pairs.enumerate().map(|(at, pair)| pair.map_or(at, |pair| *seen.entry(pair).or_insert(at)) % FOLDS).collect()
}

fn fit_model<'a>(assistant: &Assistant, questions: &[&'a ExamQuestion], day: Date) -> Model {
    let cases: Vec<_> = questions.iter().filter_map(|question| cases(assistant, question, day)).collect();
    let open = ThresholdsFile { jawab: 0.0, boleh: 0.0, klarifikasi: 0.0, ..assistant.model().thresholds };
    let mut model = Model {
        ranking: [0.0; FEATURES.len()],
        branching: softmax::fit(cases.iter(), RIDGE_BRANCHING),
        belonging: [0.0; SIGNALS.len()],
        answering: [0.0; SIGNALS.len()],
        thresholds: open,
    };
    let sample = |(at, question): (usize, &&'a ExamQuestion)| sample(assistant, &model, question, at % FOLDS, day);
    let samples: Vec<Sample<'_>> = questions.iter().enumerate().map(sample).collect();
    let mut signals: Vec<(Signals, Outcomes)> = Vec::new();
    for fold in 0..FOLDS {
        model.ranking = fit_ranking(samples.iter().filter(|sample| sample.fold != fold));
        let test = samples.iter().filter(|sample| sample.fold == fold);
        signals.extend(test.map(|sample| outcomes(assistant, &model, sample.question, day)));
    }
    let belongs: Vec<(Signals, bool)> = signals.iter().map(|(input, outcomes)| (*input, !outcomes.foreign)).collect();
    let ours = signals.iter().filter(|(_, outcomes)| !outcomes.foreign);
    let answers: Vec<(Signals, bool)> = ours.map(|(input, outcomes)| (*input, outcomes.right)).collect();
    model.belonging = logistic::fit(&belongs);
    model.answering = logistic::fit(&answers);
    model.thresholds = best_thresholds(&signals, &model);
    model.ranking = fit_ranking(samples.iter());
    model
}

fn fit_ranking<'a>(samples: impl Iterator<Item = &'a Sample<'a>>) -> Features {
    softmax::fit(samples.map(|sample| &sample.candidates), RIDGE_RANKING)
}

/// The cases of the right topic, right where the verdict is accepted; `None` where it isn't among the candidates.
fn cases(assistant: &Assistant, question: &ExamQuestion, day: Date) -> Option<Options<{ TRAITS.len() }>> {
    let considered = assistant.consider(assistant.read(&question.question), day);
    let entries = considered.weighing.ranked.iter().map(|ranked| ranked.evidence.entry);
    let right = entries.into_iter().find(|entry| is_right(assistant, question, *entry))?;
    let (answer, traits) = assistant.cases(right, &considered.question, day)?;
    let said = (0..traits.len()).map(|case| verdict(answer, case.checked_sub(1)));
    let accepted = said.map(|said| question.accepts(assistant.asked_verdict(said, &considered.question).word()));
    Some(traits.into_iter().zip(accepted).collect())
}

/// A question's candidates, each with the case that a model chooses.
fn sample<'a>(assistant: &Assistant, model: &Model, question: &'a ExamQuestion, fold: usize, day: Date) -> Sample<'a> {
    let considered = assistant.consider_with(model, assistant.read(&question.question), day);
    let ranked = considered.weighing.ranked.iter().map(|ranked| &ranked.evidence);
    let candidates = ranked.map(|evidence| (evidence.features, is_right(assistant, question, evidence.entry))).collect();
    Sample { question, candidates, fold }
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

/// The signals of a question under a model, and what would follow from each decision.
fn outcomes(assistant: &Assistant, model: &Model, question: &ExamQuestion, day: Date) -> (Signals, Outcomes) {
    let considered = assistant.consider_with(model, assistant.read(&question.question), day);
    let best = considered.weighing.ranked.first();
    let verdict = best.map_or(Verdict::Information, |b| assistant.asked_verdict(b.described.verdict, &considered.question));
    let topic_right = best.is_some_and(|b| is_right(assistant, question, b.evidence.entry));
    let accepted = question.accepts(verdict.word());
    // A right verdict from a wrong topic is luck; calibrate on the topic where it is known.
    let known = assistant.knowledge().topic(&question.topic).is_some();
    let right = !question.is_foreign() && accepted && (topic_right || !known || verdict != Verdict::Information);
    let says_allowed = verdict == Verdict::Allowed;
    let offered = considered.weighing.ranked.iter().take(4).any(|r| is_right(assistant, question, r.evidence.entry));
    let guarded = !matches!(decide(assistant.knowledge(), model, &considered.weighing), Decision::Answer(_));
    let wrong_allowed = says_allowed && !accepted && question.verdict() == Some(Verdict::Forbidden);
    let outcomes = Outcomes { foreign: question.is_foreign(), right, says_allowed, wrong_allowed, guarded, offered };
    (considered.weighing.signals, outcomes)
}

fn figures(figures: &Figures) -> String {
    let declined = share(figures.foreign_declined as f64, figures.foreign);
    let pairs = share(figures.pairs.0 as f64, figures.pairs.1);
    format!(
        "silang {FOLDS} lipat: putusan {:.3} dari {}, soal luar ditolak {declined:.3} dari {}, pasangan {pairs:.3} dari {}, boleh yang keliru {}",
        figures.verdict(),
        figures.inside,
        figures.foreign,
        figures.pairs.1,
        figures.wrong_allowed
    )
}

/// The model as the text of `keputusan.toml`.
#[must_use]
pub fn write_model(fit: &Fit, day: Date) -> String {
    let mut out = String::from(
        "# Model keputusan. Ditulis oleh `netral latih`; jangan disunting dengan tangan.\n# `peringkat` mengurutkan calon jawaban, `cabang` memilih cabang jawaban;\n# `milik` × `tepat` adalah peluang: pertanyaan ini untuk kita, dan calon terbaiknya benar.\n\n",
    );
    let _ = writeln!(out, "dikalibrasi = {day}\nsoal = {}\nangka = \"{}\"", fit.questions, fit.figures);
    let t = fit.model.thresholds;
    let _ = writeln!(
        out,
        "\n[ambang]\njawab = {:.2}\nboleh = {:.2}\nklarifikasi = {:.2}\ndekat = {:.2}",
        t.jawab, t.boleh, t.klarifikasi, t.dekat
    );
    table(&mut out, "peringkat", &FEATURES, &fit.model.ranking);
    table(&mut out, "cabang", &TRAITS, &fit.model.branching);
    table(&mut out, "milik", &SIGNALS, &fit.model.belonging);
    table(&mut out, "tepat", &SIGNALS, &fit.model.answering);
    out
}

fn table(out: &mut String, name: &str, keys: &[&str], weights: &[f64]) {
    let _ = writeln!(out, "\n[{name}]");
    for (key, weight) in keys.iter().zip(weights) {
        let _ = writeln!(out, "{key} = {weight:.4}");
    }
}
