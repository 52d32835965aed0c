//! Evidence → answer, choose or decline. The thresholds price a wrong *boleh* far above a decline,
//! and *boleh* has a guard of its own.

use jiff::civil::Date;

use super::branch::{self, Described};
use super::evidence::{Evidence, Weighed, surety};
use super::model::{Model, Signals};
use crate::knowledge::vocabulary::{ConceptKind, Verdict};
use crate::knowledge::{Knowledge, is_material};
use crate::language::{ConceptId, Label, Mention, Question, Token};
use crate::search::{Case, Corpus, Entry, EntryId, Hit, Unit};

/// Most choices that a clarification offers.
pub const CHOICES: usize = 4;

/// From this many concepts on a question doesn't get clearer by more.
const MANY_CONCEPTS: f64 = 8.0;
/// How sure it must be that a case is described which allows: by the branch's certainty and by the agreement of all
/// candidates.
const BEYOND_DOUBT: f64 = 0.78;
/// From here on it doesn't matter that no wording of the branch names something which the question does.
const BEYOND_QUESTION: f64 = 0.85;
/// Least probability that the networks must give to what is allowed.
const PROBABLE: f64 = 0.7;
/// From here on the networks' word that something is allowed outweighs in what words it is asked: something unexplained
/// or contradicted, an act named or denied that is mostly forbidden, or a forbidding topic near.
const PLAIN: f64 = 0.95;
/// Entries that the networks hold less probable than this aren't looked into.
const NEGLIGIBLE: f64 = 1e-4;
/// An act in this share of a case's wordings is what the case is about.
pub const USUAL: f64 = 0.04;
/// Acts in this share of a case's wordings aren't asked about apart.
const COMMON: f64 = 0.2;
/// Most words of a bare keyword.
const KEYWORDS: usize = 2;

/// A candidate with its score.
#[derive(Debug, Clone)]
pub struct Ranked {
    pub evidence: Evidence,
    pub score: f64,
    /// The case that the question describes, with the verdict it would give.
    pub described: Described,
    /// Whether the entry is about somebody outside the service whom the question names.
    pub addresses_outsider: bool,
}

/// All that was weighed for a question; the decision can be explained from it.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// The one that would be answered first, then the others, best first.
    pub ranked: Vec<Ranked>,
    pub signals: Signals,
    /// How probable the networks hold the best candidate's verdict.
    pub pictured: f64,
    /// That the question is for us.
    pub ours: f64,
    /// That the best candidate is right.
    pub probability: f64,
    /// The question names an act, done or denied.
    pub names_act: bool,
    /// Every act of the question is one that the best candidate's case is commonly asked with.
    pub covers_all_acts: bool,
    /// The question names an act that another topic forbids and that this one isn't about.
    pub names_forbidden_act: bool,
    /// It denies such an act; a slip of reading must not lift a prohibition.
    pub denies_forbidden_act: bool,
    /// What a joining word adds is forbidden when asked alone; looked at only if the best candidate allows.
    pub adds_forbidden_act: bool,
    /// The question names something that no wording of the branch it seems to describe does.
    pub strays_from_case: bool,
    /// The best candidate is about people whom the service's law doesn't bind, and the question about nobody else.
    pub outside_service: bool,
    /// The question is about somebody outside the service whose law is in another topic.
    pub is_misaddressed: bool,
    /// The question belongs to a field that stays foreign, however like ours it sounds: whom to vote for.
    pub is_refused: bool,
    /// The question is a bare word or two of the field, "foto" or "sanksi": asking back beats silence.
    pub is_keyword: bool,
}

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Answer(EntryId),
    Choose(Vec<EntryId>),
    Decline,
}

/// Weighs the hits of a question.
#[must_use]
pub fn weigh(knowledge: &Knowledge, corpus: &Corpus, model: &Model, question: &Question, hits: &[Hit], day: Date) -> Weighing {
    let lexicon = &knowledge.lexicon;
    let weighed = Weighed::new(lexicon, corpus, question);
    let top = hits.first().map_or(0.0, |hit| hit.score);
    let mut ranked: Vec<Ranked> = hits
        .iter()
        .filter_map(|hit| {
            let entry = corpus.entries.get(hit.entry)?;
            let described = case_of(knowledge, &weighed, model, (hit.entry, entry), day);
            let case = entry.case(described.branch);
            let evidence = weighed.evidence(*hit, entry, case, top);
            let score = model.score(&evidence.features);
            let outsider = |id: &ConceptId| corpus.outsiders.contains(id) && question.names(lexicon, *id);
            let addresses_outsider = entry.required.iter().flatten().any(outsider);
            Some(Ranked { evidence, score, described, addresses_outsider })
        })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.evidence.entry.cmp(&b.evidence.entry)));
    let agreement = elect(&mut ranked);
    let pictured = ranked.first().map_or(0.0, |best| pictured(knowledge, corpus, &weighed, &ranked, best.described.verdict, day));
    let signals = signals(&weighed, question, &ranked, agreement, pictured);
    let (ours, probability) = if ranked.is_empty() { (0.0, 0.0) } else { (model.ours(&signals), model.probability(&signals)) };
    let is_keyword = is_keyword(knowledge, question) && !ranked.is_empty();
    let is_refused = is_refused(knowledge, question);
    let best = ranked.first().and_then(|best| {
        let entry = corpus.entries.get(best.evidence.entry)?;
        Some((entry, entry.case(best.described.branch)))
    });
    // To somebody outside the service nothing of it is forbidden, unless the question is about both.
    let names_service = question.says(lexicon, "asn");
    let outside_service = best.is_some_and(|(entry, _)| !entry.binds_service) && !names_service;
    // What is forbidden to somebody in the service who is named stays so, whoever else is.
    let stands = |best: &Ranked| best.described.verdict == Verdict::Forbidden && names_service;
    let is_misaddressed = ranked
        .first()
        .is_some_and(|best| best.evidence.unexplained.iter().any(|id| corpus.outsiders.contains(id)) && !stands(best));
    let forbidden = |denied: bool| {
        !outside_service
            && best.is_some_and(|(entry, case)| {
                let required = |id| entry.required.iter().flatten().any(|wide| lexicon.satisfies(id, *wide));
                let acts = rare_acts(knowledge, question, case, USUAL).filter(|mention| mention.negated == denied);
                acts.map(|mention| mention.concept).any(|id| corpus.forbidden_acts.contains(&id) && !required(id))
            })
    };
    let covers_all_acts = best.is_some_and(|(_, case)| rare_acts(knowledge, question, case, COMMON).next().is_none());
    let strays_from_case = best.is_some_and(|(_, case)| strays(knowledge, question, case));
    Weighing {
        ranked,
        signals,
        pictured,
        ours,
        probability,
        names_act: question.of_kind(lexicon, ConceptKind::Act).next().is_some(),
        covers_all_acts,
        names_forbidden_act: forbidden(false),
        denies_forbidden_act: forbidden(true),
        adds_forbidden_act: false,
        outside_service,
        strays_from_case,
        is_misaddressed,
        is_refused,
        is_keyword,
    }
}

/// The case of an entry that the question describes; a passage has one only.
fn case_of(knowledge: &Knowledge, weighed: &Weighed<'_>, model: &Model, (at, entry): (EntryId, &Entry), day: Date) -> Described {
    match branch::cases(knowledge, weighed, at, entry, day) {
        Some((answer, cases)) => branch::choose(model, answer, &cases),
        None => Described { branch: None, verdict: Verdict::Information, certainty: 1.0 },
    }
}

/// Moves the likeliest candidate with the likeliest verdict to the front; returns that verdict's
/// probability. Several topics may answer a question alike, and together they outweigh one that is a little
/// nearer and says something else. `ranked` is sorted, best first.
fn elect(ranked: &mut [Ranked]) -> f64 {
    let top = ranked.first().map_or(0.0, |best| best.score);
    let share = |one: &Ranked| (one.score - top).exp();
    let likely: Vec<(Verdict, f64)> =
        ranked.iter().map(|one| (one.described.verdict, share(one) * one.described.certainty)).collect();
    let all: f64 = ranked.iter().map(share).sum();
    let votes = |verdict: Verdict| likely.iter().filter(|(other, _)| *other == verdict).map(|(_, share)| share).sum::<f64>();
    let better = |a: &(usize, (Verdict, f64)), b: &(usize, (Verdict, f64))| {
        let ((_, (verdict_a, a)), (_, (verdict_b, b))) = (*a, *b);
        votes(verdict_a).total_cmp(&votes(verdict_b)).then(a.total_cmp(&b))
    };
    let Some((elected, (verdict, _))) = likely.iter().copied().enumerate().rev().max_by(better) else { return 0.0 };
    if let Some(front) = ranked.get_mut(..=elected) {
        front.rotate_right(1);
    }
    votes(verdict) / all
}

/// How probable the networks hold it that the question is about a candidate that answers it with a verdict.
fn pictured(
    knowledge: &Knowledge,
    corpus: &Corpus,
    weighed: &Weighed<'_>,
    ranked: &[Ranked],
    verdict: Verdict,
    day: Date,
) -> f64 {
    let candidates = ranked.iter().map(|ranked| ranked.evidence.entry);
    let share = |entry: EntryId| {
        let of_entry = weighed.pictured_entry(entry);
        let Some(known) = corpus.entries.get(entry).filter(|_| of_entry > NEGLIGIBLE) else { return 0.0 };
        let of_verdict = match branch::answers(knowledge, known, day) {
            // Cases are those of the latest answer; of an earlier one only the main answer is known.
            Some((answer, latest)) if answer.sejak == latest.sejak => {
                let cases = weighed.pictured(entry).into_iter().enumerate();
                cases.filter(|(case, _)| branch::verdict(answer, case.checked_sub(1)) == verdict).map(|(_, share)| share).sum()
            }
            Some((answer, _)) => f64::from(u8::from(verdict == answer.putusan)),
            None => f64::from(u8::from(verdict == Verdict::Information)),
        };
        of_entry * of_verdict
    };
    candidates.map(share).sum()
}

fn signals(weighed: &Weighed<'_>, question: &Question, ranked: &[Ranked], agreement: f64, pictured: f64) -> Signals {
    let Some(best) = ranked.first() else { return Signals::default() };
    let [_, fit, _, _, missing, _, _, intent, _, _, _] = best.evidence.features;
    [
        1.0,
        best.score,
        (question.mentions.len() as f64 / MANY_CONCEPTS).min(1.0),
        fit,
        missing,
        intent,
        weighed.belonging(),
        agreement,
        f64::from(u8::from(!question.fields.is_empty())),
        weighed.scope(),
        surety(pictured),
        weighed.pictured_ours(),
        weighed.anchorless(best.evidence.entry, best.described.branch),
    ]
}

/// Acts of the question, also denied ones, that less than a share of the case's wordings name.
fn rare_acts<'a>(knowledge: &Knowledge, question: &'a Question, case: Case<'_>, share: f64) -> impl Iterator<Item = &'a Mention> {
    question.of_kind(&knowledge.lexicon, ConceptKind::Act).filter(move |m| case.own().share(Unit::Concept(m.concept)) < share)
}

/// Whether the question names an actor, act or object that no wording of the case names, as such or wider.
fn strays(knowledge: &Knowledge, question: &Question, case: Case<'_>) -> bool {
    let lexicon = &knowledge.lexicon;
    let mut named = question.mentions.iter().map(|m| m.concept).filter(|id| lexicon.kind(*id).is_some_and(is_material));
    let known = |id: ConceptId| lexicon.wider(id).iter().any(|wide| case.own().has(Unit::Concept(*wide)));
    named.any(|id| lexicon.asn() != Some(id) && !known(id))
}

/// Whether the question consists of one or two weighty words, all of them acts or objects.
fn is_keyword(knowledge: &Knowledge, question: &Question) -> bool {
    let mut weighty = question.tokens.iter().filter(|token| !token.stop).peekable();
    let is_matter = |token: &Token| match token.label {
        Some(Label::Concept(id)) => matches!(knowledge.lexicon.kind(id), Some(ConceptKind::Act | ConceptKind::Object)),
        _ => false,
    };
    weighty.peek().is_some() && question.tokens.len() <= KEYWORDS && weighty.all(is_matter)
}

/// Whether the question touches a field that stays foreign unless somebody else's part in it is asked about.
fn is_refused(knowledge: &Knowledge, question: &Question) -> bool {
    let lexicon = &knowledge.lexicon;
    let is_other = |id| lexicon.kind(id) == Some(ConceptKind::Actor) && !lexicon.is_asn(id);
    let firm = question.fields.iter().filter_map(|at| lexicon.fields.get(*at)).any(|field| field.tegas);
    let others = question.mentions.iter().any(|m| is_other(m.concept));
    firm && !others
}

/// Decides by the model's thresholds, then by the guard of *boleh*.
#[must_use]
pub fn decide(knowledge: &Knowledge, model: &Model, weighing: &Weighing) -> Decision {
    let thresholds = &model.thresholds;
    let Some(best) = weighing.ranked.first().filter(|_| !weighing.is_refused) else { return Decision::Decline };
    let needed = if best.described.verdict == Verdict::Allowed { thresholds.boleh } else { thresholds.jawab };
    let ours = weighing.ours >= thresholds.klarifikasi;
    if weighing.is_keyword && !best.evidence.missing.is_empty() || weighing.is_misaddressed && ours {
        return Decision::Choose(near(model, weighing));
    }
    if ours
        && weighing.probability >= needed
        && (best.described.verdict != Verdict::Allowed || may_allow(knowledge, model, weighing))
    {
        return Decision::Answer(best.evidence.entry);
    }
    if ours || weighing.is_keyword {
        return Decision::Choose(near(model, weighing));
    }
    Decision::Decline
}

/// The guard: the candidates agree (of people whom the service's law doesn't bind it is enough that the answer is
/// likely), all that the main case requires is mentioned (if a branch is described, something of it or an act), no act is added that
/// another topic forbids, and unless the networks find it plain, every actor, act and object of the question is explained,
/// nothing is contradicted, no act is named or denied that another topic forbids, and no forbidding topic lies near.
fn may_allow(knowledge: &Knowledge, model: &Model, weighing: &Weighing) -> bool {
    let Some(best) = weighing.ranked.first() else { return false };
    // Whom the service's law doesn't bind may do what his topic doesn't mention.
    let free = |kind| weighing.outside_service && kind == ConceptKind::Act;
    let material = |id: &ConceptId| knowledge.lexicon.kind(*id).is_some_and(|kind| is_material(kind) && !free(kind));
    let [.., agreement, _, _, _, _, _] = weighing.signals;
    let described = match best.described.branch {
        Some(_) if weighing.strays_from_case => best.described.certainty.min(agreement) >= BEYOND_QUESTION,
        _ => true,
    };
    // "nonton bareng capres" isn't watching a debate, however alike it is; a branch may be told by acts of its own.
    let mentioned = match best.described.branch {
        Some(_) => weighing.names_act || !best.evidence.is_missing_all(),
        None => best.evidence.missing.is_empty(),
    };
    // A topic about other people forbids nothing to the one who asks.
    let concerns = |other: &Ranked| other.evidence.missing.is_empty() && !other.evidence.is_about_others();
    let forbidding_near = weighing.ranked.iter().skip(1).any(|other| {
        other.described.verdict == Verdict::Forbidden && best.score - other.score < model.thresholds.dekat && concerns(other)
    });
    let explained = described
        && !best.evidence.unexplained.iter().any(material)
        && !best.evidence.is_contradicted()
        && !weighing.names_forbidden_act
        && !weighing.denies_forbidden_act
        && !forbidding_near;
    best.described.certainty >= BEYOND_DOUBT
        && (agreement >= BEYOND_DOUBT || weighing.outside_service)
        && mentioned
        && weighing.pictured >= if explained { PROBABLE } else { PLAIN }
        && !weighing.adds_forbidden_act
}

/// The candidates near the best one, at most [`CHOICES`].
fn near(model: &Model, weighing: &Weighing) -> Vec<EntryId> {
    let best = weighing.ranked.first().map_or(0.0, |best| best.score);
    let reach = model.thresholds.dekat * 3.0;
    // Of somebody outside the service only what is about them is worth offering.
    let addressed = |other: &&Ranked| !weighing.is_misaddressed || other.addresses_outsider;
    let offered = || weighing.ranked.iter().filter(|other| !other.evidence.is_missing_all()).filter(addressed);
    let close = offered().filter(|other| weighing.is_misaddressed || best - other.score <= reach);
    let mut chosen: Vec<EntryId> = close.take(CHOICES).map(|other| other.evidence.entry).collect();
    if chosen.is_empty() || chosen.len() < 2 && !weighing.is_misaddressed {
        chosen = weighing.ranked.iter().take(2).map(|other| other.evidence.entry).collect();
    }
    chosen
}
