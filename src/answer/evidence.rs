//! What speaks for and against a candidate: eleven features, each between 0 and 1.

use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{ConceptId, Lexicon, Question};
use crate::search::{Case, Corpus, Entry, EntryId, Hit, Sorted, TermId, Unit};

/// The features, in the order of their weights in the model file.
pub const FEATURES: [&str; 11] = [
    "skor-bm25",
    "kecocokan",
    "bobot-topik",
    "konsep-wajib",
    "konsep-kurang",
    "konsep-asing",
    "bertentangan",
    "cara-bertanya",
    "pemilah",
    "pelaku-lain",
    "jaringan",
];

/// Features of one candidate, in the order of [`FEATURES`].
pub type Features = [f64; FEATURES.len()];

/// A candidate with its evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub entry: EntryId,
    pub features: Features,
    /// Concepts of the question that the entry doesn't account for.
    pub unexplained: Vec<ConceptId>,
    /// Required groups that the question doesn't name, by their first concept.
    pub missing: Vec<ConceptId>,
}

/// What the question weighs, computed once for all candidates.
#[derive(Debug)]
pub struct Weighed<'a> {
    lexicon: &'a Lexicon,
    corpus: &'a Corpus,
    pub(super) question: &'a Question,
    /// Distinct weighted terms; `None` for words no entry has.
    terms: Vec<(Option<TermId>, f64)>,
    total: f64,
    concepts: Vec<ConceptId>,
    /// Weight of all concepts.
    named: f64,
    units: Vec<Option<Unit>>,
    sorted: Sorted,
}

/// Log odds from which a question can't be more surely ours.
const SUREST: f64 = 12.0;

/// How much a kind of concept matters for telling topics apart.
fn kind_factor(kind: ConceptKind) -> f64 {
    match kind {
        ConceptKind::Act | ConceptKind::Instrument => 1.5,
        ConceptKind::Object | ConceptKind::Actor | ConceptKind::Institution => 1.0,
        ConceptKind::Manner => 0.8,
        ConceptKind::Phase => 0.6,
        ConceptKind::Intent => 0.3,
    }
}

/// Weight of a concept for telling topics apart; the default actor weighs nothing.
fn concept_weight(lexicon: &Lexicon, corpus: &Corpus, id: ConceptId) -> f64 {
    if lexicon.is_asn(id) {
        return 0.0;
    }
    lexicon.kind(id).map_or(0.0, |kind| kind_factor(kind) * corpus.concept_weight(id))
}

impl Evidence {
    /// Whether the question names nothing of what the entry requires.
    #[must_use]
    pub fn is_missing_all(&self) -> bool {
        let [_, _, _, _, missing, ..] = self.features;
        missing >= 1.0
    }

    /// Whether the question names what makes this the wrong entry, or denies what it is about.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let [.., contradicted, _, _, _, _] = self.features;
        contradicted > 0.0
    }

    /// Whether the question is about somebody who isn't an ASN and whom the entry isn't about.
    #[must_use]
    pub fn is_about_others(&self) -> bool {
        let [.., actor, _] = self.features;
        actor > 0.0
    }
}

impl<'a> Weighed<'a> {
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, corpus: &'a Corpus, question: &'a Question) -> Self {
        let units = corpus.units(question);
        let weighted = |unit: &Option<Unit>| match *unit {
            Some(Unit::Term(term)) => Some((Some(term), corpus.weight(term))),
            Some(Unit::Concept(_)) => None,
            None => Some((None, corpus.unseen)),
        };
        let terms: Vec<(Option<TermId>, f64)> = units.iter().filter_map(weighted).collect();
        let total = terms.iter().map(|(_, weight)| weight).sum();
        let concepts = question.concepts();
        let named = concepts.iter().map(|id| concept_weight(lexicon, corpus, *id)).sum();
        let sorted = corpus.sort(lexicon, question, &units);
        Self { lexicon, corpus, question, terms, total, concepts, named, units, sorted }
    }

    /// How much rather such words are asked of us than of somebody else.
    #[must_use]
    pub fn belonging(&self) -> f64 {
        self.corpus.ours.belonging(&self.corpus.theirs, &self.units)
    }

    /// How sure the classifier is that the question is for us; grows as its log odds, within 0 and 1.
    #[must_use]
    pub fn scope(&self) -> f64 {
        scaled(self.sorted.ours)
    }

    /// How much rather the question's words are those of a branch's wordings than of the main ones.
    #[must_use]
    pub fn telling(&self, entry: &Entry, branch: usize) -> f64 {
        entry.branches.get(branch).map_or(0.0, |branch| branch.asked.belonging(&entry.main.asked, &self.units))
    }

    /// How probable each case of an entry is if the question is about it, the main one first.
    #[must_use]
    pub fn chosen(&self, entry: &Entry) -> Vec<f64> {
        entry.choose(&self.sorted).into_iter().map(f64::from).collect()
    }

    /// The same by the networks.
    #[must_use]
    pub fn pictured(&self, entry: EntryId) -> Vec<f64> {
        self.corpus.network_cases(entry, &self.sorted).into_iter().map(f64::from).collect()
    }

    /// How probable the networks hold an entry.
    #[must_use]
    pub fn pictured_entry(&self, entry: EntryId) -> f64 {
        self.sorted.impression.entries.get(entry).copied().map_or(0.0, f64::from)
    }

    /// How sure the networks are that the question is for us, as [`Self::scope`].
    #[must_use]
    pub fn pictured_ours(&self) -> f64 {
        let foreign = self.sorted.impression.entries.last().copied().map_or(0.0, f64::from);
        surety(1.0 - foreign)
    }

    /// How surprising it is that the question names no anchor of our field, if it is about a case; 0 where it names one.
    #[must_use]
    pub fn anchorless(&self, entry: EntryId, branch: Option<usize>) -> f64 {
        let about = self.corpus.entries.get(entry).filter(|_| !self.question.is_anchored(self.lexicon));
        about.map_or(0.0, |entry| entry.case(branch).anchorless_surprise())
    }

    /// How probable the classifier holds an entry.
    fn sorted(&self, entry: EntryId) -> f64 {
        self.sorted.entries.get(entry).copied().map_or(0.0, f64::from)
    }

    /// The evidence for one hit and the case of it that the question describes. `top` is the best
    /// score of the question's hits.
    #[must_use]
    pub fn evidence(&self, hit: Hit, entry: &Entry, case: Case<'_>, top: f32) -> Evidence {
        let explained = |id: &ConceptId| self.lexicon.wider(*id).iter().any(|wide| case.explains(*wide));
        let named = |wide: ConceptId| self.concepts.iter().any(|id| self.lexicon.satisfies(*id, wide));
        let unexplained: Vec<ConceptId> =
            self.concepts.iter().copied().filter(|id| !self.lexicon.is_asn(*id) && !explained(id)).collect();
        let missing: Vec<ConceptId> = entry
            .required
            .iter()
            .filter(|group| !group.iter().any(|id| named(*id) || self.lexicon.is_asn(*id) && Some(*id) == self.lexicon.asn()))
            .filter_map(|group| group.first().copied())
            .collect();
        // What the case's own wordings name can't make it the wrong one.
        let own = |id: ConceptId| case.own().has(Unit::Concept(id));
        let rejected = entry.rejected.iter().filter(|id| named(**id) && !own(**id)).count();
        // A branch may be about the very lack of it: "tanpa menyebut **calon**".
        let denied = self
            .question
            .mentions
            .iter()
            .filter(|m| {
                m.negated && case.is_main() && entry.required.iter().flatten().any(|id| self.lexicon.satisfies(m.concept, *id))
            })
            .count();
        let foreign: f64 = unexplained.iter().map(|id| concept_weight(self.lexicon, self.corpus, *id)).sum();
        let covered: f64 = self
            .terms
            .iter()
            .filter(|(term, _)| term.is_some_and(|t| case.has(Unit::Term(t)) || entry.told.contains(&t)))
            .map(|(_, w)| w)
            .sum();
        let features = [
            f64::from(hit.score) / f64::from(top.max(f32::EPSILON)),
            case.likelihood(&self.corpus.ours, &self.units),
            ratio(covered, self.total),
            f64::from(u8::from(missing.is_empty())),
            ratio(missing.len() as f64, entry.required.len().max(1) as f64),
            ratio(foreign, self.named),
            (rejected + denied).min(2) as f64 / 2.0,
            self.intent(entry),
            log_share(self.sorted(hit.entry)),
            f64::from(u8::from(self.other_actor(&unexplained))),
            log_share(self.pictured_entry(hit.entry)),
        ];
        Evidence { entry: hit.entry, features, unexplained, missing }
    }

    /// How usual it is for the entry to be asked in the way the question asks, on a logarithmic scale; a half when it
    /// asks in none.
    fn intent(&self, entry: &Entry) -> f64 {
        let intents = self.concepts.iter().filter(|id| self.lexicon.kind(**id) == Some(ConceptKind::Intent));
        let usual = intents.map(|id| entry.intents.get(id).copied().unwrap_or(0.0)).reduce(f64::max);
        usual.map_or(0.5, log_share)
    }

    /// The question is about somebody who isn't an ASN and whom the entry isn't about.
    fn other_actor(&self, unexplained: &[ConceptId]) -> bool {
        let is_actor = |id: ConceptId| self.lexicon.kind(id) == Some(ConceptKind::Actor) && !self.lexicon.is_asn(id);
        unexplained.iter().any(|id| is_actor(*id))
    }
}

/// A probability on a logarithmic scale from 0 (one in 3,000 or less) to 1.
pub(super) fn log_share(probability: f64) -> f64 {
    (1.0 + probability.ln() / 8.0).clamp(0.0, 1.0)
}

/// A probability by its log odds, within 0 and 1.
pub(super) fn surety(probability: f64) -> f64 {
    scaled((probability / (1.0 - probability).max(f64::MIN_POSITIVE)).ln())
}

fn scaled(log_odds: f64) -> f64 {
    (0.5 + log_odds / SUREST / 2.0).clamp(0.0, 1.0)
}

pub(super) fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}
