//! Evidence → answer, choose or decline. The thresholds price a wrong *boleh* far above a decline,
//! and *boleh* has a guard of its own.

use jiff::civil::Date;

use super::evidence::{Evidence, Weighed};
use super::model::{Model, Signals};
use crate::knowledge::files::{AnswerFile, BranchFile};
use crate::knowledge::vocabulary::{ConceptKind, Verdict};
use crate::knowledge::{Knowledge, is_material};
use crate::language::{ConceptId, Label, Question, Token};
use crate::search::{Corpus, Entry, EntryId, Hit, Origin};

/// Most choices that a clarification offers.
pub const CHOICES: usize = 4;

/// From this many concepts on a question doesn't get clearer by more.
const MANY_CONCEPTS: f64 = 8.0;
/// Most words of a bare keyword.
const KEYWORDS: usize = 2;

/// A candidate with its score and the verdict it would give.
#[derive(Debug, Clone)]
pub struct Ranked {
    pub evidence: Evidence,
    pub score: f64,
    pub verdict: Verdict,
    /// Whether the entry is about somebody outside the service whom the question names.
    pub addresses_outsider: bool,
}

/// All that was weighed for a question; the decision can be explained from it.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// Best first.
    pub ranked: Vec<Ranked>,
    pub signals: Signals,
    pub probability: f64,
    /// The question names an act that another topic forbids and that this one isn't about.
    pub names_forbidden_act: bool,
    /// The question is about somebody outside the service whose law is in another topic.
    pub is_misaddressed: bool,
    /// The best candidate speaks to nobody in the service, and the question names nobody in it.
    pub outside_service: bool,
    /// The question belongs to a foreign field and names nothing of ours.
    pub is_foreign: bool,
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
        .filter_map(|hit| Some((hit, corpus.entries.get(hit.entry)?)))
        .map(|(hit, entry)| {
            let evidence = weighed.evidence(*hit, entry, top);
            let score = model.score(&evidence.features);
            let verdict = verdict_of(knowledge, entry.origin, question, day);
            let outsider = |id: &ConceptId| corpus.outsiders.contains(id) && question.names(lexicon, *id);
            let addresses_outsider = entry.required.iter().flatten().any(outsider);
            Ranked { evidence, score, verdict, addresses_outsider }
        })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.evidence.entry.cmp(&b.evidence.entry)));
    let signals = signals(knowledge, &weighed, question, &ranked);
    let probability = if ranked.is_empty() { 0.0 } else { model.probability(&signals) };
    let is_keyword = is_keyword(knowledge, question) && !ranked.is_empty();
    let is_foreign = is_foreign(knowledge, question);
    let best = ranked.first().and_then(|best| corpus.entries.get(best.evidence.entry));
    // To somebody outside the service nothing of it is forbidden, unless the question is about both.
    let outside_service = best.is_some_and(|entry| !entry.binds_service) && !question.says(lexicon, "asn");
    let is_misaddressed =
        ranked.first().is_some_and(|best| best.evidence.unexplained.iter().any(|id| corpus.outsiders.contains(id)));
    let names_forbidden_act = !outside_service && names_forbidden_act(knowledge, corpus, question, best);
    Weighing { ranked, signals, probability, names_forbidden_act, is_misaddressed, outside_service, is_foreign, is_keyword }
}

/// The verdict an entry gives on that day, with the branch the question selects.
#[must_use]
pub fn verdict_of(knowledge: &Knowledge, origin: Origin, question: &Question, day: Date) -> Verdict {
    let Origin::Topic(at) = origin else { return Verdict::Information };
    let answer = knowledge.topics().get(at).and_then(|topic| topic.answer_on(day).or_else(|| topic.latest()));
    answer.map_or(Verdict::Information, |answer| {
        branch(knowledge, answer, question).map_or(answer.putusan, |branch| branch.putusan)
    })
}

/// The branch whose conditions the question names. When several do, a forbidding one wins, then the
/// one with most conditions. A branch milder than a forbidding answer needs two conditions: one word
/// of a story is too little to lift a prohibition.
#[must_use]
pub fn branch<'a>(knowledge: &Knowledge, answer: &'a AnswerFile, question: &Question) -> Option<&'a BranchFile> {
    let holds = |branch: &&BranchFile| {
        let milder = answer.putusan == Verdict::Forbidden && branch.putusan != Verdict::Forbidden;
        let enough = if milder { 2 } else { 1 };
        branch.bila.len() >= enough && branch.bila.iter().all(|ids| ids.split('|').any(|id| selects(knowledge, question, id)))
    };
    // The first of the longest: the editor's order settles ties.
    let matching = answer.cabang.iter().filter(holds).rev();
    matching.max_by_key(|branch| (branch.putusan == Verdict::Forbidden, branch.bila.len()))
}

/// Whether the question names a concept, or with `!` denies it.
fn selects(knowledge: &Knowledge, question: &Question, id: &str) -> bool {
    match id.strip_prefix('!') {
        Some(denied) => question.denies(&knowledge.lexicon, denied),
        None => question.says(&knowledge.lexicon, id),
    }
}

fn signals(knowledge: &Knowledge, weighed: &Weighed<'_>, question: &Question, ranked: &[Ranked]) -> Signals {
    let Some(best) = ranked.first() else { return Signals::default() };
    let [_, fit, topic, _, _, _, missing, _, _, intent, _, _] = best.evidence.features;
    let rival = ranked.iter().skip(1).find(|other| other.verdict != best.verdict);
    let margin = rival.map_or(2.0, |other| (best.score - other.score).min(2.0));
    let anchored = is_anchored(knowledge, question);
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
        weighed.unknown(),
        f64::from(u8::from(!question.fields.is_empty())),
        f64::from(u8::from(anchored)),
    ]
}

/// Acts that the best candidate requires are its own matter; every other one that some topic forbids
/// stands against *boleh*, also where the candidate mentions it.
fn names_forbidden_act(knowledge: &Knowledge, corpus: &Corpus, question: &Question, best: Option<&Entry>) -> bool {
    let lexicon = &knowledge.lexicon;
    let own = best.map_or(&[][..], |entry| &entry.required);
    // Also an act that is denied: a slip of reading must not lift a prohibition.
    question.mentions.iter().map(|m| m.concept).any(|id| {
        let is_own = own.iter().flatten().any(|wide| lexicon.satisfies(id, *wide));
        !is_own && corpus.forbidden_acts.contains(&id)
    })
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

/// Whether the question belongs to a foreign field: it touches one and nothing of ours, or one that
/// stays foreign unless somebody else's part in it is asked about.
fn is_foreign(knowledge: &Knowledge, question: &Question) -> bool {
    let lexicon = &knowledge.lexicon;
    let is_other = |id| {
        lexicon.kind(id) == Some(ConceptKind::Actor) && !lexicon.concept("asn").is_some_and(|asn| lexicon.satisfies(id, asn))
    };
    let firm = question.fields.iter().filter_map(|at| lexicon.fields.get(*at)).any(|field| field.tegas);
    let others = question.mentions.iter().any(|m| is_other(m.concept));
    !question.fields.is_empty() && (!is_anchored(knowledge, question) || firm && !others)
}

/// Whether the question names, or denies, what only questions of this field name, or cites an
/// instrument.
fn is_anchored(knowledge: &Knowledge, question: &Question) -> bool {
    question.reference.is_some() || question.mentions.iter().any(|m| knowledge.lexicon.is_anchor(m.concept))
}

/// Decides by the model's thresholds, then by the guard of *boleh*.
#[must_use]
pub fn decide(knowledge: &Knowledge, model: &Model, weighing: &Weighing) -> Decision {
    let thresholds = &model.thresholds;
    let Some(best) = weighing.ranked.first().filter(|_| !weighing.is_foreign) else { return Decision::Decline };
    let needed = if best.verdict == Verdict::Allowed { thresholds.boleh } else { thresholds.jawab };
    if weighing.is_keyword && !best.evidence.missing.is_empty()
        || weighing.is_misaddressed && weighing.probability >= thresholds.klarifikasi
    {
        return Decision::Choose(near(model, weighing));
    }
    if weighing.probability >= needed && (best.verdict != Verdict::Allowed || may_allow(knowledge, model, weighing)) {
        return Decision::Answer(best.evidence.entry);
    }
    if weighing.probability >= thresholds.klarifikasi || weighing.is_keyword {
        return Decision::Choose(near(model, weighing));
    }
    Decision::Decline
}

/// The guard: every actor, act and object of the question is explained, nothing required is missing
/// or contradicted, no act is named that another topic forbids, and no forbidding topic lies near.
fn may_allow(knowledge: &Knowledge, model: &Model, weighing: &Weighing) -> bool {
    let Some(best) = weighing.ranked.first() else { return false };
    let material = |id: &ConceptId| knowledge.lexicon.kind(*id).is_some_and(is_material);
    let explained = !best.evidence.unexplained.iter().any(material)
        && best.evidence.missing.is_empty()
        && !best.evidence.is_contradicted()
        && !weighing.names_forbidden_act;
    // A topic about other people forbids nothing to the one who asks.
    let concerns = |other: &Ranked| other.evidence.missing.is_empty() && !other.evidence.is_about_others();
    let forbidding_near =
        weighing.ranked.iter().skip(1).any(|other| {
            other.verdict == Verdict::Forbidden && best.score - other.score < model.thresholds.dekat && concerns(other)
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
