//! What can be found: topics and article passages, analysed once into terms and concepts.
//! Plain data for evidence; the inverted index over it is [`super::Index`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::classifier::{Class, Classifier, Lessons, Mark, pairs};
use super::likelihood::{Counts, Unit, likelihood};
use crate::knowledge::vocabulary::{Audience, ConceptKind, Verdict};
use crate::knowledge::{Knowledge, Topic};
use crate::language::{ConceptId, Lexicon, Question};

/// A term's number in the corpus.
pub type TermId = u32;
/// An entry's number in the corpus.
pub type EntryId = usize;

/// What an entry is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Index into [`Knowledge::topics`].
    Topic(usize),
    /// Index into [`Knowledge::articles`], and of the passage in it.
    Passage(usize, usize),
}

/// One indexed wording: its distinct terms and concepts.
#[derive(Debug, Clone)]
pub struct Wording {
    pub terms: Vec<TermId>,
    pub concepts: Vec<ConceptId>,
}

impl Wording {
    /// Its terms and concepts as the language models count them.
    fn units(&self) -> impl Iterator<Item = Unit> {
        self.terms.iter().copied().map(Unit::Term).chain(self.concepts.iter().copied().map(Unit::Concept))
    }
}

/// The wordings of an entry's main answer, or of one branch, taken together.
#[derive(Debug, Clone, Default)]
pub struct Wordings {
    /// How often they use each term and concept.
    pub asked: Counts,
    /// Concepts that they account for.
    pub explained: HashSet<ConceptId>,
}

/// One case of an entry, the main one or a branch's; a branch shares the main wordings.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    main: &'a Wordings,
    branch: Option<&'a Wordings>,
}

/// A topic or passage with what a question is compared to.
#[derive(Debug, Clone)]
pub struct Entry {
    pub origin: Origin,
    pub wordings: Vec<Wording>,
    pub main: Wordings,
    /// Those of the latest answer's branches.
    pub branches: Vec<Wordings>,
    /// The classifier's number of the main case; those of the branches follow.
    class: Class,
    /// Terms of the answer's text.
    pub told: HashSet<TermId>,
    /// Each group must be named by a question: one concept of it, or a narrower one.
    pub required: Vec<Vec<ConceptId>>,
    pub rejected: Vec<ConceptId>,
    /// Whether the entry speaks to people in the service; a pensioner isn't bound by what binds them.
    pub binds_service: bool,
    /// Share of the wordings that ask in each way (`boleh`, `sanksi`, `kapan` …).
    pub intents: HashMap<ConceptId, f64>,
}

/// All entries, with the weights of terms and concepts.
#[derive(Debug)]
pub struct Corpus {
    pub entries: Vec<Entry>,
    terms: HashMap<String, TermId>,
    stems: Vec<String>,
    /// Inverse document frequency by term, over entries.
    idf: Vec<f64>,
    concept_idf: Vec<f64>,
    /// Weight of a word that no entry has.
    pub unseen: f64,
    /// Acts that some topic forbids: what its questions must be about.
    pub forbidden_acts: HashSet<ConceptId>,
    /// What all wordings use, and what questions that are not for us use.
    pub ours: Counts,
    pub theirs: Counts,
    classifier: Classifier,
    /// Actors outside the service who have topics, and so law, of their own.
    pub outsiders: HashSet<ConceptId>,
}

impl Entry {
    /// The case of a branch of the latest answer; the main one for `None`, or for a branch of an
    /// earlier answer that the latest doesn't have.
    #[must_use]
    pub fn case(&self, branch: Option<usize>) -> Case<'_> {
        Case { main: &self.main, branch: branch.and_then(|at| self.branches.get(at)) }
    }

    /// The classifier's numbers of the cases: the main one, then the branches.
    #[must_use]
    pub fn classes(&self) -> Range<usize> {
        let first = self.class as usize;
        first..first + 1 + self.branches.len()
    }
}

impl Case<'_> {
    fn wordings(&self) -> impl Iterator<Item = &Wordings> + Clone {
        std::iter::once(self.main).chain(self.branch)
    }

    /// What its own wordings use: the branch's, or the main ones.
    #[must_use]
    pub fn own(&self) -> &Counts {
        &self.branch.unwrap_or(self.main).asked
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

impl Wordings {
    fn add(&mut self, wording: &Wording) {
        self.asked.add(wording.units());
        self.explained.extend(&wording.concepts);
    }
}

/// What an entry is made of.
struct Material<'a> {
    /// Each with the branch whose case it describes.
    wordings: Vec<(&'a String, Option<usize>)>,
    branches: usize,
    text: Vec<&'a str>,
    /// Groups of concepts, `a|b`.
    required: &'a [String],
    mentioned: Vec<&'a String>,
    rejected: &'a [String],
}

impl Corpus {
    /// Analyses every wording and answer text of the set.
    #[must_use]
    pub fn build(knowledge: &Knowledge) -> Self {
        let mut corpus = Self {
            entries: Vec::new(),
            terms: HashMap::new(),
            stems: Vec::new(),
            idf: Vec::new(),
            concept_idf: vec![0.0; knowledge.lexicon.concepts().len()],
            unseen: 0.0,
            forbidden_acts: HashSet::new(),
            ours: Counts::default(),
            theirs: Counts::default(),
            classifier: Classifier::default(),
            outsiders: HashSet::new(),
        };
        let mut lessons = Lessons::default();
        for (at, topic) in knowledge.topics().iter().enumerate() {
            corpus.add_topic(&knowledge.lexicon, &mut lessons, at, topic);
        }
        for (article_at, article) in knowledge.articles().iter().enumerate() {
            for (at, passage) in article.bagian.iter().enumerate() {
                let now = passage.kini.as_deref().unwrap_or("");
                let material = Material {
                    wordings: passage.pertanyaan.iter().chain(&passage.en).map(|wording| (wording, None)).collect(),
                    branches: 0,
                    text: vec![&passage.isi, now, &article.judul, &article.tempat, &article.acara],
                    required: &passage.konsep,
                    mentioned: Vec::new(),
                    rejected: &[],
                };
                corpus.add(&knowledge.lexicon, &mut lessons, Origin::Passage(article_at, at), &material);
            }
        }
        for text in &knowledge.lexicon.foreign {
            let question = Question::understand(&knowledge.lexicon, text);
            let wording = corpus.wording(&question);
            corpus.theirs.add(wording.units());
        }
        corpus.weigh();
        corpus.classifier = lessons.fit();
        corpus
    }

    fn add_topic(&mut self, lexicon: &Lexicon, lessons: &mut Lessons, at: usize, topic: &Topic) {
        let file = &topic.file;
        let answer = topic.latest();
        let general = std::iter::once(&file.judul).chain(file.general_wordings()).map(|wording| (wording, None));
        let branches = || answer.iter().flat_map(|answer| answer.cabang.iter().enumerate());
        let special = branches().flat_map(|(at, branch)| branch.pertanyaan.iter().map(move |wording| (wording, Some(at))));
        let conditions = branches().flat_map(|(_, branch)| &branch.bila);
        let material = Material {
            wordings: general.chain(special).collect(),
            branches: branches().count(),
            text: answer
                .iter()
                .flat_map(|answer| [answer.ringkas.as_str(), answer.uraian.as_str()])
                .chain(branches().map(|(_, branch)| branch.jika.as_str()))
                .collect(),
            required: &file.konsep,
            mentioned: file.sebut.iter().chain(conditions).collect(),
            rejected: &file.tolak,
        };
        self.add(lexicon, lessons, Origin::Topic(at), &material);
        let serves = [Audience::Pns, Audience::Cpns, Audience::Pppk, Audience::PppkPartTime, Audience::Everyone];
        let is_outside = !file.berlaku_untuk.iter().any(|audience| serves.contains(audience));
        let free = [Audience::Pensioner, Audience::Everyone];
        let binds_service = !file.berlaku_untuk.iter().all(|audience| free.contains(audience));
        if let Some(entry) = self.entries.last_mut() {
            entry.binds_service = binds_service;
            let required = |kind| entry.required.iter().flatten().copied().filter(move |id| lexicon.kind(*id) == Some(kind));
            if answer.is_some_and(|answer| answer.putusan == Verdict::Forbidden) {
                self.forbidden_acts.extend(required(ConceptKind::Act));
            }
            if is_outside {
                self.outsiders.extend(required(ConceptKind::Actor));
            }
        }
    }

    fn add(&mut self, lexicon: &Lexicon, lessons: &mut Lessons, origin: Origin, material: &Material<'_>) {
        let ids = |group: &str| -> Vec<ConceptId> {
            group.split('|').filter_map(|id| lexicon.concept(id.trim_start_matches('!'))).collect()
        };
        let mut entry = Entry {
            origin,
            wordings: Vec::new(),
            main: Wordings::default(),
            branches: (0..material.branches).map(|_| Wordings::default()).collect(),
            class: self.entries.last().map_or(0, |last| last.classes().end) as Class,
            told: HashSet::new(),
            required: material.required.iter().map(|group| ids(group)).filter(|group| !group.is_empty()).collect(),
            rejected: material.rejected.iter().flat_map(|id| ids(id)).collect(),
            binds_service: true,
            intents: HashMap::new(),
        };
        entry.main.explained.extend(entry.required.iter().flatten());
        entry.main.explained.extend(material.mentioned.iter().flat_map(|group| ids(group)));
        for (wording, branch) in &material.wordings {
            let question = Question::understand(lexicon, wording);
            let wording = self.wording(&question);
            self.ours.add(wording.units());
            let class = entry.class + branch.map_or(0, |at| at as Class + 1);
            lessons.add(wording.units().map(Mark::Unit).chain(pairs(&question)), class);
            if let Some(wordings) = branch.map_or(Some(&mut entry.main), |at| entry.branches.get_mut(at)) {
                wordings.add(&wording);
            }
            for intent in wording.concepts.iter().filter(|id| lexicon.kind(**id) == Some(ConceptKind::Intent)) {
                *entry.intents.entry(*intent).or_default() += 1.0;
            }
            entry.wordings.push(wording);
        }
        let count = entry.wordings.len().max(1) as f64;
        entry.intents.values_mut().for_each(|share| *share /= count);
        for part in &material.text {
            let question = Question::understand(lexicon, part);
            let terms = question.tokens.iter().filter(|token| !token.stop).map(|token| self.intern(&token.stem));
            entry.told.extend(terms);
        }
        self.entries.push(entry);
    }

    fn wording(&mut self, question: &Question) -> Wording {
        let weighty = question.tokens.iter().filter(|token| !token.stop);
        let mut terms: Vec<TermId> = weighty.map(|token| self.intern(&token.stem)).collect();
        terms.sort_unstable();
        terms.dedup();
        Wording { terms, concepts: question.concepts() }
    }

    fn intern(&mut self, stem: &str) -> TermId {
        if let Some(id) = self.terms.get(stem) {
            return *id;
        }
        let id = TermId::try_from(self.terms.len()).unwrap_or(TermId::MAX);
        self.terms.insert(stem.to_owned(), id);
        self.stems.push(stem.to_owned());
        id
    }

    /// Inverse document frequencies over entries.
    fn weigh(&mut self) {
        let count = self.entries.len() as f64;
        let idf = |df: f64| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        let mut term_df = vec![0.0; self.terms.len()];
        let mut concept_df = vec![0.0; self.concept_idf.len()];
        for entry in &self.entries {
            let terms: HashSet<TermId> = entry.wordings.iter().flat_map(|w| w.terms.iter().copied()).collect();
            for term in terms {
                if let Some(df) = term_df.get_mut(term as usize) {
                    *df += 1.0;
                }
            }
            for concept in &entry.main.explained {
                if let Some(df) = concept_df.get_mut(*concept) {
                    *df += 1.0;
                }
            }
        }
        self.idf = term_df.into_iter().map(idf).collect();
        self.concept_idf = concept_df.into_iter().map(idf).collect();
        self.unseen = idf(0.0);
    }

    #[must_use]
    pub fn term(&self, stem: &str) -> Option<TermId> {
        self.terms.get(stem).copied()
    }

    /// How many terms there are; their numbers are below.
    #[must_use]
    pub fn term_count(&self) -> usize {
        self.stems.len()
    }

    /// The distinct terms and concepts of a question, in order; `None` for a word that no entry has.
    #[must_use]
    pub fn units(&self, question: &Question) -> Vec<Option<Unit>> {
        let terms = question.weighty_stems().into_iter().map(|stem| self.term(stem).map(Unit::Term));
        terms.chain(question.concepts().into_iter().map(|id| Some(Unit::Concept(id)))).collect()
    }

    /// How probable the classifier holds each case for a question, by class.
    #[must_use]
    pub fn probabilities(&self, question: &Question, units: &[Option<Unit>]) -> Vec<f32> {
        self.classifier.probabilities(units.iter().flatten().copied().map(Mark::Unit).chain(pairs(question)))
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
