//! Evidence → answer, choose or decline. The thresholds price a wrong *boleh* far above a decline,
//! and *boleh* has a guard of its own.

use jiff::civil::Date;

use super::branch::{self, Described};
use super::evidence::{Evidence, Weighed};
use super::model::{Model, Signals};
use crate::knowledge::vocabulary::{ConceptKind, Verdict};
use crate::knowledge::{Knowledge, is_material};
use crate::language::{ConceptId, Label, Question, Token};
use crate::search::{Case, Corpus, Entry, EntryId, Hit, Unit};

/// Most choices that a clarification offers.
pub const CHOICES: usize = 4;

/// From this many concepts on a question doesn't get clearer by more.
const MANY_CONCEPTS: f64 = 8.0;
/// How sure it must be that a case is described which allows: by the branch's certainty and by the agreement of all
/// candidates.
const BEYOND_DOUBT: f64 = 0.7;
/// From here on it doesn't matter that no wording of the branch names something which the question does.
const BEYOND_QUESTION: f64 = 0.85;
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
    /// That the question is for us.
    pub ours: f64,
    /// That the best candidate is right.
    pub probability: f64,
    /// Every act of the question is one that the best candidate's case is commonly asked with.
    pub covers_all_acts: bool,
    /// The question names an act that another topic forbids and that this one isn't about.
    pub names_forbidden_act: bool,
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
            let described = case_of(knowledge, &weighed, model, entry, day);
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
    let signals = signals(&weighed, question, &ranked, agreement);
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
    let names_forbidden_act = !outside_service
        && best.is_some_and(|(entry, case)| {
            let required = |id| entry.required.iter().flatten().any(|wide| lexicon.satisfies(id, *wide));
            rare_acts(knowledge, question, case, USUAL).any(|id| corpus.forbidden_acts.contains(&id) && !required(id))
        });
    let covers_all_acts = best.is_some_and(|(_, case)| rare_acts(knowledge, question, case, COMMON).next().is_none());
    let strays_from_case = best.is_some_and(|(_, case)| strays(knowledge, question, case));
    Weighing {
        ranked,
        signals,
        ours,
        probability,
        covers_all_acts,
        names_forbidden_act,
        adds_forbidden_act: false,
        outside_service,
        strays_from_case,
        is_misaddressed,
        is_refused,
        is_keyword,
    }
}

/// The case of an entry that the question describes; a passage has one only.
fn case_of(knowledge: &Knowledge, weighed: &Weighed<'_>, model: &Model, entry: &Entry, day: Date) -> Described {
    match branch::cases(knowledge, weighed, entry, day) {
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

fn signals(weighed: &Weighed<'_>, question: &Question, ranked: &[Ranked], agreement: f64) -> Signals {
    let Some(best) = ranked.first() else { return Signals::default() };
    let [_, fit, topic, _, missing, _, _, intent, _, _] = best.evidence.features;
    let rival = ranked.iter().skip(1).find(|other| other.described.verdict != best.described.verdict);
    let margin = rival.map_or(2.0, |other| (best.score - other.score).min(2.0));
    [
        1.0,
        best.score,
        margin,
        (question.mentions.len() as f64 / MANY_CONCEPTS).min(1.0),
        topic,
        fit,
        missing,
        intent,
        weighed.belonging(),
        agreement,
        f64::from(u8::from(!question.fields.is_empty())),
        weighed.scope(),
    ]
}

/// Acts of the question that less than a share of the case's wordings name. Also those that are denied: a slip of
/// reading must not lift a prohibition.
fn rare_acts(knowledge: &Knowledge, question: &Question, case: Case<'_>, share: f64) -> impl Iterator<Item = ConceptId> {
    let acts = question.mentions.iter().map(|m| m.concept);
    let acts = acts.filter(|id| knowledge.lexicon.kind(*id) == Some(ConceptKind::Act));
    acts.filter(move |id| case.own().share(Unit::Concept(*id)) < share)
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
/// likely), every actor, act and object of the question is explained, nothing that the main case requires is missing or
/// contradicted, no act is named or added that another topic forbids, and no forbidding topic lies near.
fn may_allow(knowledge: &Knowledge, model: &Model, weighing: &Weighing) -> bool {
    let Some(best) = weighing.ranked.first() else { return false };
    // Whom the service's law doesn't bind may do what his topic doesn't mention.
    let free = |kind| weighing.outside_service && kind == ConceptKind::Act;
    let material = |id: &ConceptId| knowledge.lexicon.kind(*id).is_some_and(|kind| is_material(kind) && !free(kind));
    let [.., agreement, _, _] = weighing.signals;
    let described = match best.described.branch {
        Some(_) if weighing.strays_from_case => best.described.certainty.min(agreement) >= BEYOND_QUESTION,
        Some(_) => best.described.certainty >= BEYOND_DOUBT,
        None => best.evidence.missing.is_empty(),
    };
    let explained = (agreement >= BEYOND_DOUBT || weighing.outside_service)
        && !best.evidence.unexplained.iter().any(material)
        && described
        && !best.evidence.is_contradicted()
        && !weighing.names_forbidden_act
        && !weighing.adds_forbidden_act;
    // A topic about other people forbids nothing to the one who asks.
    let concerns = |other: &Ranked| other.evidence.missing.is_empty() && !other.evidence.is_about_others();
    let forbidding_near = weighing.ranked.iter().skip(1).any(|other| {
        other.described.verdict == Verdict::Forbidden && best.score - other.score < model.thresholds.dekat && concerns(other)
    });
    explained && !forbidding_near
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
