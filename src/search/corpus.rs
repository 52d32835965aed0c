//! What can be found: topics and article passages as terms and concepts, and the classifiers fitted on them.
//! Plain data for evidence, made by [`Corpus::read`]; the inverted index over it is [`super::Index`].

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::chooser::{Chooser, Seen};
use super::classifier::Classifier;
use super::embedding::Embedding;
use super::likelihood::{Counts, Unit, likelihood};
use super::marks::{Vocabulary, line, marks, single_marks};
use super::network::{Impression, Networks, Text};
use super::weights::Column;
use crate::language::{ConceptId, Lexicon, Question};

/// A term's number in the corpus.
pub type TermId = u32;
/// An entry's number in the corpus.
pub type EntryId = usize;

/// What an entry is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Index into [`crate::knowledge::Knowledge::topics`].
    Topic(usize),
    /// Index into [`crate::knowledge::Knowledge::articles`], and of the passage in it.
    Passage(usize, usize),
}

/// The wordings of an entry's main answer, or of one branch, taken together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wordings {
    /// How often they use each term and concept.
    pub asked: Counts,
    /// How many of them name what hardly anybody names outside our field.
    anchored: f64,
    /// Concepts that they account for.
    pub explained: FxHashSet<ConceptId>,
}

/// One case of an entry, the main one or a branch's; a branch shares the main wordings.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    main: &'a Wordings,
    branch: Option<&'a Wordings>,
}

/// A topic or passage with what a question is compared to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub origin: Origin,
    pub main: Wordings,
    /// Those of the latest answer's branches.
    pub branches: Vec<Wordings>,
    /// Tells the cases apart.
    pub(super) chooser: Chooser,
    /// Terms of the answer's texts.
    pub told: FxHashSet<TermId>,
    /// Each group must be named by a question: one concept of it, or a narrower one.
    pub required: Vec<Vec<ConceptId>>,
    pub rejected: Vec<ConceptId>,
    /// Whether the entry speaks to people in the service; a pensioner isn't bound by what binds them.
    pub binds_service: bool,
    /// Share of the wordings that ask in each way (`boleh`, `sanksi`, `kapan` …).
    pub intents: FxHashMap<ConceptId, f64>,
}

/// All entries, with the weights of terms and concepts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Corpus {
    pub entries: Vec<Entry>,
    terms: FxHashMap<String, TermId>,
    stems: Vec<String>,
    /// Inverse document frequency by term, over entries.
    idf: Vec<f64>,
    concept_idf: Vec<f64>,
    /// Weight of a word that no entry has.
    pub unseen: f64,
    /// Acts that some topic forbids, and that are mostly asked about where they are forbidden.
    pub forbidden_acts: FxHashSet<ConceptId>,
    /// What all wordings use, and what questions that are not for us use.
    pub ours: Counts,
    pub theirs: Counts,
    /// What the classifiers weigh, and what the choosers do.
    pub(super) marks: Vocabulary,
    pub(super) single_marks: Vocabulary,
    /// What single marks mean.
    pub(super) embedding: Embedding,
    /// Sorts a question to its entry.
    pub(super) sorter: Classifier,
    /// Tells what is ours from what isn't.
    pub(super) scope: Classifier,
    /// Tell both entries and cases.
    pub(super) networks: Networks,
    /// Actors outside the service who have topics, and so law, of their own.
    pub outsiders: FxHashSet<ConceptId>,
}

/// Bits of surprise from which it can't be greater: not one of about a hundred wordings.
const SURPRISE: f64 = 7.0;

/// The columns of the classifier that tells what is ours.
pub(super) const OURS: Column = 0;
pub(super) const THEIRS: Column = 1;

impl Entry {
    /// How often its wordings use each term and concept, by case.
    pub(super) fn asked(&self) -> impl Iterator<Item = (Unit, usize)> {
        std::iter::once(&self.main).chain(&self.branches).flat_map(|wordings| wordings.asked.iter())
    }

    /// An entry with so many cases that nothing was asked of yet.
    pub(super) fn new(origin: Origin, cases: usize, required: Vec<Vec<ConceptId>>) -> Self {
        let explained = required.iter().flatten().copied().collect();
        Self {
            origin,
            main: Wordings { explained, ..Wordings::default() },
            branches: (1..cases).map(|_| Wordings::default()).collect(),
            chooser: Chooser::default(),
            told: FxHashSet::default(),
            required,
            rejected: Vec::new(),
            binds_service: true,
            intents: FxHashMap::default(),
        }
    }

    /// Adds a wording of a case by what it names, and whether an anchor of our field is among it.
    pub(super) fn add(&mut self, case: usize, units: impl Iterator<Item = Unit> + Clone, is_anchored: bool) {
        let wordings = case.checked_sub(1).map_or(Some(&mut self.main), |at| self.branches.get_mut(at));
        let Some(wordings) = wordings else { return };
        wordings.anchored += f64::from(u8::from(is_anchored));
        wordings.asked.add(units.clone());
        wordings.explained.extend(units.filter_map(|unit| if let Unit::Concept(id) = unit { Some(id) } else { None }));
    }

    /// The case of a branch of the latest answer; the main one for `None`, or for a branch of an
    /// earlier answer that the latest doesn't have.
    #[must_use]
    pub fn case(&self, branch: Option<usize>) -> Case<'_> {
        Case { main: &self.main, branch: branch.and_then(|at| self.branches.get(at)) }
    }

    /// How probable each case is if the question is about the entry, the main one first.
    pub fn choose(&self, sorted: &Sorted) -> Vec<f32> {
        self.chooser.probabilities(&sorted.seen)
    }
}

impl Case<'_> {
    fn wordings(&self) -> impl Iterator<Item = &Wordings> + Clone {
        std::iter::once(self.main).chain(self.branch)
    }

    #[must_use]
    pub fn is_main(&self) -> bool {
        self.branch.is_none()
    }

    /// What its own wordings use: the branch's, or the main ones.
    #[must_use]
    pub fn own(&self) -> &Counts {
        &self.branch.unwrap_or(self.main).asked
    }

    /// How surprising it is, from 0 to 1, that somebody who asks about it names no anchor of our field: "jadi ketua RT?"
    /// isn't asked about an RT chairman's campaign, of which every wording tells a campaign.
    #[must_use]
    pub fn anchorless_surprise(&self) -> f64 {
        let own = self.branch.unwrap_or(self.main);
        let texts = own.asked.texts();
        // Half an occurrence for what wasn't seen.
        let share = (texts - own.anchored + 0.5) / (texts + 1.0);
        (-share.log2() / SURPRISE).clamp(0.0, 1.0)
    }

    #[must_use]
    pub fn has(&self, unit: Unit) -> bool {
        self.wordings().any(|wordings| wordings.asked.has(unit))
    }

    /// Whether it accounts for a concept.
    #[must_use]
    pub fn explains(&self, id: ConceptId) -> bool {
        self.wordings().any(|wordings| wordings.explained.contains(&id))
    }

    /// How much likelier its wordings are than all to contain the units, from 0 (no likelier) to 1.
    #[must_use]
    pub fn likelihood(&self, collection: &Counts, units: &[Option<Unit>]) -> f64 {
        likelihood(self.wordings().map(|wordings| &wordings.asked), collection, units)
    }
}

/// What the classifiers say of a question.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// How probable each entry is.
    pub entries: Vec<f32>,
    /// Log odds that the question is ours.
    pub ours: f64,
    /// What the choosers weigh.
    seen: Seen,
    /// What the networks make of it.
    pub impression: Impression,
}

impl Corpus {
    /// The number of a stem, a new one if need be.
    pub(super) fn intern(&mut self, stem: &str) -> TermId {
        if let Some(id) = self.terms.get(stem) {
            return *id;
        }
        let id = TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX);
        self.terms.insert(stem.to_owned(), id);
        self.stems.push(stem.to_owned());
        id
    }

    /// Inverse document frequencies over entries, from how many of them are asked for with each term.
    pub(super) fn weigh(&mut self, term_df: &[f64], concepts: usize) {
        let count = self.entries.len() as f64;
        let idf = |df: f64| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        let mut concept_df = vec![0.0; concepts];
        for concept in self.entries.iter().flat_map(|entry| &entry.main.explained) {
            if let Some(df) = concept_df.get_mut(*concept) {
                *df += 1.0;
            }
        }
        self.unseen = idf(0.0);
        self.idf = term_df.iter().map(|df| idf(*df)).collect();
        self.idf.resize(self.stems.len(), self.unseen);
        self.concept_idf = concept_df.into_iter().map(idf).collect();
    }

    #[must_use]
    pub fn term(&self, stem: &str) -> Option<TermId> {
        self.terms.get(stem).copied()
    }

    /// The distinct terms and concepts of a question, in order; `None` for a word that no entry has.
    #[must_use]
    pub fn units(&self, question: &Question) -> Vec<Option<Unit>> {
        let terms = question.weighty_stems().into_iter().map(|stem| self.term(stem).map(Unit::Term));
        terms.chain(question.concepts().into_iter().map(|id| Some(Unit::Concept(id)))).collect()
    }

    /// What the classifiers say of a question.
    #[must_use]
    pub fn sort(&self, lexicon: &Lexicon, question: &Question, units: &[Option<Unit>]) -> Sorted {
        let units = || units.iter().flatten().copied();
        let rows = self.marks.rows(&marks(question, units()));
        let single = self.single_marks.rows(&single_marks(lexicon, question, units()));
        let line = line(question, |stem| self.term(stem));
        let scope = self.scope.probabilities(&rows);
        let share = |column: Column| scope.get(column as usize).copied().unwrap_or(0.0).max(f32::MIN_POSITIVE);
        Sorted {
            entries: self.sorter.probabilities(&rows),
            ours: f64::from((share(OURS) / share(THEIRS)).ln()),
            impression: self.networks.read(Text { rows: &single, line: &self.single_marks.places(&line) }),
            seen: Seen::new(single, &self.embedding),
        }
    }

    /// How probable the networks hold each case of an entry if a question is about it, the main one first.
    #[must_use]
    pub fn network_cases(&self, entry: EntryId, sorted: &Sorted) -> Vec<f32> {
        self.networks.cases(entry, &sorted.impression)
    }

    /// The stem behind a term's number.
    #[must_use]
    pub fn stem(&self, term: TermId) -> &str {
        self.stems.get(term as usize).map_or("", String::as_str)
    }

    /// Weight of a term; the weight of an unseen word for a number out of range.
    #[must_use]
    pub fn weight(&self, term: TermId) -> f64 {
        self.idf.get(term as usize).copied().unwrap_or(self.unseen)
    }

    #[must_use]
    pub fn concept_weight(&self, concept: ConceptId) -> f64 {
        self.concept_idf.get(concept).copied().unwrap_or(self.unseen)
    }
}
