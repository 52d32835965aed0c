//! What can be found: topics and article passages, analysed once into terms and concepts.
//! Plain data for evidence; the inverted index over it is [`super::Index`].

use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::classifier::{Class, Classifier};
use super::likelihood::{Counts, Unit, likelihood};
use super::marks::{Texts, Vocabulary, marks};
use super::material::{Lesson, Material};
use super::weights::Column;
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
    pub explained: FxHashSet<ConceptId>,
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
    pub main: Wordings,
    /// Those of the latest answer's branches.
    pub branches: Vec<Wordings>,
    /// The classifier's number of the main case; those of the branches follow.
    class: Column,
    /// Terms of the answer's text.
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
#[derive(Debug)]
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
    /// What the classifiers weigh.
    marks: Vocabulary,
    /// Sorts a question to its case.
    sorter: Classifier,
    /// Tells what is ours from what isn't.
    scope: Classifier,
    /// Actors outside the service who have topics, and so law, of their own.
    pub outsiders: FxHashSet<ConceptId>,
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

/// What the classifiers say of a question.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// How probable each case is, by class.
    pub cases: Vec<f32>,
    /// Log odds that the question is ours.
    pub ours: f64,
}

/// A corpus whose classifiers aren't fitted yet. The index is made first: fitting then takes the room that
/// making it leaves.
#[derive(Debug)]
pub struct Reading {
    corpus: Corpus,
    read: Read,
}

/// What is needed to tell what is forbidden, to make the index and to fit the classifiers, and not afterwards.
#[derive(Debug, Default)]
struct Read {
    /// Every wording with its entry, in order.
    wordings: Vec<(EntryId, Wording)>,
    lessons: Texts<Belongs>,
    /// Concepts that the wordings of forbidden cases name.
    forbidding: Counts,
}

impl Reading {
    /// Every wording with its entry, in order.
    pub fn wordings(&self) -> &[(EntryId, Wording)] {
        &self.read.wordings
    }

    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Fits the classifiers.
    #[must_use]
    pub fn fit(self) -> Corpus {
        let Self { mut corpus, read: Read { mut lessons, wordings, .. } } = self;
        drop(wordings);
        corpus.marks = lessons.close();
        let side = |lesson: &Belongs| if lesson.is_some() { OURS } else { THEIRS };
        let scope = || Classifier::fit(&lessons, |lesson| Some(Class { entry: side(lesson), case: side(lesson) }));
        (corpus.sorter, corpus.scope) = rayon::join(|| Classifier::fit(&lessons, |lesson| *lesson), scope);
        corpus
    }
}

/// The case of a text that is ours; `None` for one that isn't.
type Belongs = Option<Class>;

/// The columns of the classifier that tells what is ours.
const OURS: Column = 0;
const THEIRS: Column = 1;
/// An act is forbidden if this share of the wordings that name it are of forbidden cases.
const MOSTLY: f64 = 0.5;

/// Understands texts on all cores, in their order.
fn understand<T: Sync>(lexicon: &Lexicon, texts: &[T], text: impl Fn(&T) -> &str + Sync) -> Vec<Question> {
    texts.par_iter().map(|one| Question::understand(lexicon, text(one))).collect()
}

impl Corpus {
    /// Analyses every wording and answer text of the set.
    #[must_use]
    pub fn read(knowledge: &Knowledge) -> Reading {
        let mut corpus = Self {
            entries: Vec::new(),
            terms: FxHashMap::default(),
            stems: Vec::new(),
            idf: Vec::new(),
            concept_idf: vec![0.0; knowledge.lexicon.concepts().len()],
            unseen: 0.0,
            forbidden_acts: FxHashSet::default(),
            ours: Counts::default(),
            theirs: Counts::default(),
            marks: Vocabulary::default(),
            sorter: Classifier::default(),
            scope: Classifier::default(),
            outsiders: FxHashSet::default(),
        };
        let mut read = Read::default();
        for (at, topic) in knowledge.topics().iter().enumerate() {
            corpus.add_topic(&knowledge.lexicon, &mut read, at, topic);
        }
        for (article_at, article) in knowledge.articles().iter().enumerate() {
            for (at, passage) in article.bagian.iter().enumerate() {
                let now = passage.kini.as_deref().unwrap_or("");
                let material = Material {
                    lessons: passage.pertanyaan.iter().chain(&passage.en).map(|text| Lesson::asked(text, 0)).collect(),
                    verdicts: vec![Verdict::Information],
                    text: vec![&passage.isi, now, &article.judul, &article.tempat, &article.acara],
                    required: &passage.konsep,
                    mentioned: Vec::new(),
                    rejected: &[],
                };
                corpus.add(&knowledge.lexicon, &mut read, Origin::Passage(article_at, at), &material);
            }
        }
        for question in understand(&knowledge.lexicon, &knowledge.lexicon.foreign, |text| text) {
            let wording = corpus.wording(&question);
            corpus.theirs.add(wording.units());
            read.lessons.add(&marks(&question, wording.units()), None);
        }
        corpus.weigh(&read.wordings);
        let Self { forbidden_acts, ours, .. } = &mut corpus;
        forbidden_acts.retain(|act| read.forbidding.portion(ours, Unit::Concept(*act)) >= MOSTLY);
        Reading { corpus, read }
    }

    fn add_topic(&mut self, lexicon: &Lexicon, read: &mut Read, at: usize, topic: &Topic) {
        let file = &topic.file;
        let answer = topic.latest();
        let asked = std::iter::once(&file.judul).chain(file.general_wordings()).map(|text| Lesson::asked(text, 0));
        let told = answer.iter().map(|answer| Lesson::told(&answer.ringkas, 0));
        let branches = || answer.iter().flat_map(|answer| answer.cabang.iter().enumerate());
        let special = branches().flat_map(|(at, branch)| {
            let asked = branch.pertanyaan.iter().map(move |text| Lesson::asked(text, at + 1));
            asked.chain([Lesson::told(&branch.jika, at + 1), Lesson::told(&branch.ringkas, at + 1)])
        });
        let conditions = branches().flat_map(|(_, branch)| &branch.bila);
        let material = Material {
            lessons: asked.chain(told).chain(special).collect(),
            verdicts: answer.iter().map(|answer| answer.putusan).chain(branches().map(|(_, branch)| branch.putusan)).collect(),
            text: answer
                .iter()
                .flat_map(|answer| [answer.ringkas.as_str(), answer.uraian.as_str()])
                .chain(branches().map(|(_, branch)| branch.jika.as_str()))
                .collect(),
            required: &file.konsep,
            mentioned: file.sebut.iter().chain(conditions).collect(),
            rejected: &file.tolak,
        };
        self.add(lexicon, read, Origin::Topic(at), &material);
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

    fn add(&mut self, lexicon: &Lexicon, read: &mut Read, origin: Origin, material: &Material<'_>) {
        let ids = |group: &str| -> Vec<ConceptId> {
            group.split('|').filter_map(|id| lexicon.concept(id.trim_start_matches('!'))).collect()
        };
        let mut entry = Entry {
            origin,
            main: Wordings::default(),
            branches: material.verdicts.iter().skip(1).map(|_| Wordings::default()).collect(),
            class: self.entries.last().map_or(0, |last| last.classes().end) as Column,
            told: FxHashSet::default(),
            required: material.required.iter().map(|group| ids(group)).filter(|group| !group.is_empty()).collect(),
            rejected: material.rejected.iter().flat_map(|id| ids(id)).collect(),
            binds_service: true,
            intents: FxHashMap::default(),
        };
        entry.main.explained.extend(entry.required.iter().flatten());
        entry.main.explained.extend(material.mentioned.iter().flat_map(|group| ids(group)));
        for (question, lesson) in understand(lexicon, &material.lessons, |lesson| lesson.text).iter().zip(&material.lessons) {
            let wording = self.wording(question);
            let marks = marks(question, wording.units());
            let class = Class { entry: self.entries.len() as Column, case: entry.class + lesson.case as Column };
            read.lessons.add(&marks, Some(class));
            if !lesson.is_asked {
                continue;
            }
            self.ours.add(wording.units());
            if material.verdicts.get(lesson.case) == Some(&Verdict::Forbidden) {
                read.forbidding.add(wording.concepts.iter().copied().map(Unit::Concept));
            }
            let wordings = lesson.case.checked_sub(1).map_or(Some(&mut entry.main), |at| entry.branches.get_mut(at));
            wordings.into_iter().for_each(|wordings| wordings.add(&wording));
            for intent in wording.concepts.iter().filter(|id| lexicon.kind(**id) == Some(ConceptKind::Intent)) {
                *entry.intents.entry(*intent).or_default() += 1.0;
            }
            read.wordings.push((self.entries.len(), wording));
        }
        let count = material.lessons.iter().filter(|lesson| lesson.is_asked).count().max(1) as f64;
        entry.intents.values_mut().for_each(|share| *share /= count);
        for question in understand(lexicon, &material.text, |text| text) {
            let terms = question.tokens.iter().filter(|token| !token.stop).map(|token| self.intern(&token.stem));
            entry.told.extend(terms);
        }
        self.entries.push(entry);
    }

    /// The distinct terms and concepts of a question.
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
    fn weigh(&mut self, wordings: &[(EntryId, Wording)]) {
        let count = self.entries.len() as f64;
        let idf = |df: f64| (1.0 + (count - df + 0.5) / (df + 0.5)).ln();
        let mut term_df = vec![0.0; self.terms.len()];
        let mut concept_df = vec![0.0; self.concept_idf.len()];
        for wordings in wordings.chunk_by(|(a, _), (b, _)| a == b) {
            let terms: FxHashSet<TermId> = wordings.iter().flat_map(|(_, wording)| wording.terms.iter().copied()).collect();
            for term in terms {
                if let Some(df) = term_df.get_mut(term as usize) {
                    *df += 1.0;
                }
            }
        }
        for entry in &self.entries {
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

    /// The distinct terms and concepts of a question, in order; `None` for a word that no entry has.
    #[must_use]
    pub fn units(&self, question: &Question) -> Vec<Option<Unit>> {
        let terms = question.weighty_stems().into_iter().map(|stem| self.term(stem).map(Unit::Term));
        terms.chain(question.concepts().into_iter().map(|id| Some(Unit::Concept(id)))).collect()
    }

    /// What the classifiers say of a question.
    #[must_use]
    pub fn sort(&self, question: &Question, units: &[Option<Unit>]) -> Sorted {
        let rows = self.marks.rows(&marks(question, units.iter().flatten().copied()));
        let scope = self.scope.probabilities(&rows);
        let share = |column: Column| scope.get(column as usize).copied().unwrap_or(0.0).max(f32::MIN_POSITIVE);
        Sorted { cases: self.sorter.probabilities(&rows), ours: f64::from((share(OURS) / share(THEIRS)).ln()) }
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
