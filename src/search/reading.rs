//! Knowledge → corpus: every wording read, and the classifiers fitted on all of them. Takes seconds; the corpus can
//! be kept and read back.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::chooser::{self, Samples, Seen};
use super::classifier::Classifier;
use super::corpus::{Corpus, Entry, OURS, Origin, THEIRS, TermId};
use super::embedding::{CaseId, Embedding};
use super::likelihood::{Counts, Unit};
use super::marks::{Texts, line, marks, single_marks};
use super::material::{Lesson, Material};
use super::network::{Networks, Sample, Text};
use super::together::{self, Asked, Joined};
use super::weights::Column;
use crate::knowledge::vocabulary::{Audience, ConceptKind, Verdict};
use crate::knowledge::{Knowledge, Topic};
use crate::language::{ConceptId, Lexicon, Question};

/// An act is forbidden if this share of the wordings that name it are of forbidden cases.
const MOSTLY: f64 = 0.5;

impl Corpus {
    /// Reads every wording and answer text of a set, and fits the classifiers.
    #[must_use]
    pub fn read(knowledge: &Knowledge) -> Self {
        let mut reading = Reading::new(&knowledge.lexicon);
        for (at, topic) in knowledge.topics().iter().enumerate() {
            reading.add_topic(at, topic);
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
                reading.add(Origin::Passage(article_at, at), &material);
            }
        }
        reading.add_foreign();
        reading.fit()
    }
}

/// The entry of a text that is ours; `None` for one that isn't.
type Belongs = Option<Column>;

/// The distinct terms and concepts of one text.
struct Wording {
    terms: Vec<TermId>,
    concepts: Vec<ConceptId>,
}

impl Wording {
    /// Its terms and concepts as the language models count them.
    fn units(&self) -> impl Iterator<Item = Unit> + Clone {
        self.terms.iter().copied().map(Unit::Term).chain(self.concepts.iter().copied().map(Unit::Concept))
    }
}

/// A corpus that is being read, and what is needed only until then.
struct Reading<'a> {
    lexicon: &'a Lexicon,
    corpus: Corpus,
    lessons: Texts<Belongs>,
    /// The same texts by single marks, with the case that each belongs to and whether it is asked.
    cases: Texts<(Option<CaseId>, bool)>,
    /// Concepts that the wordings of forbidden cases name.
    forbidding: Counts,
    /// The cases that forbid.
    forbidden: FxHashSet<CaseId>,
    /// How many entries are asked for with each term.
    term_df: Vec<f64>,
}

/// Understands texts on all cores, in their order.
fn understand<T: Sync>(lexicon: &Lexicon, texts: &[T], text: impl Fn(&T) -> &str + Sync) -> Vec<Question> {
    texts.par_iter().map(|one| Question::understand(lexicon, text(one))).collect()
}

impl<'a> Reading<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            corpus: Corpus::default(),
            lessons: Texts::default(),
            cases: Texts::default(),
            forbidding: Counts::default(),
            forbidden: FxHashSet::default(),
            term_df: Vec::new(),
        }
    }

    fn add_topic(&mut self, at: usize, topic: &Topic) {
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
            text: answer.iter().map(|answer| answer.uraian.as_str()).collect(),
            required: &file.konsep,
            mentioned: file.sebut.iter().chain(conditions).collect(),
            rejected: &file.tolak,
        };
        self.add(Origin::Topic(at), &material);
        let serves = [Audience::Pns, Audience::Cpns, Audience::Pppk, Audience::PppkPartTime, Audience::Everyone];
        let is_outside = !file.berlaku_untuk.iter().any(|audience| serves.contains(audience));
        let free = [Audience::Pensioner, Audience::Everyone];
        let binds_service = !file.berlaku_untuk.iter().all(|audience| free.contains(audience));
        let lexicon = self.lexicon;
        let Corpus { entries, forbidden_acts, outsiders, .. } = &mut self.corpus;
        let Some(entry) = entries.last_mut() else { return };
        entry.binds_service = binds_service;
        let required = |kind| entry.required.iter().flatten().copied().filter(move |id| lexicon.kind(*id) == Some(kind));
        if answer.is_some_and(|answer| answer.putusan == Verdict::Forbidden) {
            forbidden_acts.extend(required(ConceptKind::Act));
        }
        if is_outside {
            outsiders.extend(required(ConceptKind::Actor));
        }
    }

    fn add(&mut self, origin: Origin, material: &Material<'_>) {
        let lexicon = self.lexicon;
        let ids = |group: &str| -> Vec<ConceptId> {
            group.split('|').filter_map(|id| lexicon.concept(id.trim_start_matches('!'))).collect()
        };
        let required = material.required.iter().map(|group| ids(group)).filter(|group| !group.is_empty()).collect();
        let mut entry = Entry::new(origin, material.verdicts.len(), required);
        entry.rejected.extend(material.rejected.iter().flat_map(|id| ids(id)));
        entry.main.explained.extend(material.mentioned.iter().flat_map(|group| ids(group)));
        let at = self.corpus.entries.len();
        let forbids = material.verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Verdict::Forbidden);
        self.forbidden.extend(forbids.map(|(case, _)| (at, case)));
        let mut asked = FxHashSet::default();
        for (question, lesson) in understand(lexicon, &material.lessons, |lesson| lesson.text).iter().zip(&material.lessons) {
            let wording = self.wording(question);
            self.lessons.add(&marks(question, wording.units()), Some(at as Column));
            self.add_case(question, &wording, (Some((at, lesson.case)), lesson.is_asked));
            if !lesson.is_asked {
                entry.told.extend(&wording.terms);
                continue;
            }
            self.corpus.ours.add(wording.units());
            if self.forbidden.contains(&(at, lesson.case)) {
                self.forbidding.add(wording.concepts.iter().copied().map(Unit::Concept));
            }
            entry.add(lesson.case, wording.units(), question.is_anchored(lexicon));
            for intent in wording.concepts.iter().filter(|id| lexicon.kind(**id) == Some(ConceptKind::Intent)) {
                *entry.intents.entry(*intent).or_default() += 1.0;
            }
            asked.extend(wording.terms.iter().copied());
        }
        let count = material.lessons.iter().filter(|lesson| lesson.is_asked).count().max(1) as f64;
        entry.intents.values_mut().for_each(|share| *share /= count);
        for question in understand(lexicon, &material.text, |text| text) {
            entry.told.extend(self.wording(&question).terms);
        }
        self.corpus.entries.push(entry);
        for term in asked {
            self.term_df.resize(self.term_df.len().max(term as usize + 1), 0.0);
            self.term_df.get_mut(term as usize).into_iter().for_each(|df| *df += 1.0);
        }
    }

    /// Adds the examples of what isn't ours.
    fn add_foreign(&mut self) {
        for question in understand(self.lexicon, &self.lexicon.foreign, |text| text) {
            let wording = self.wording(&question);
            self.corpus.theirs.add(wording.units());
            self.lessons.add(&marks(&question, wording.units()), None);
            self.add_case(&question, &wording, (None, true));
        }
    }

    fn add_case(&mut self, question: &Question, wording: &Wording, label: (Option<CaseId>, bool)) {
        let line = line(question, |stem| self.corpus.term(stem));
        self.cases.add_line(&single_marks(self.lexicon, question, wording.units()), &line, label);
    }

    /// The distinct terms and concepts of a text.
    fn wording(&mut self, question: &Question) -> Wording {
        let weighty = question.tokens.iter().filter(|token| !token.stop);
        let mut terms: Vec<TermId> = weighty.map(|token| self.corpus.intern(&token.stem)).collect();
        terms.sort_unstable();
        terms.dedup();
        Wording { terms, concepts: question.concepts() }
    }

    fn fit(self) -> Corpus {
        let Self { lexicon, mut corpus, mut lessons, mut cases, forbidding, forbidden, term_df } = self;
        corpus.weigh(&term_df, lexicon.concepts().len());
        let Corpus { forbidden_acts, ours, .. } = &mut corpus;
        forbidden_acts.retain(|act| forbidding.portion(ours, Unit::Concept(*act)) >= MOSTLY);
        corpus.single_marks = cases.close();
        let asked = || cases.iter().filter_map(|(rows, (case, is_asked))| Some((rows, case.filter(|_| *is_asked)?)));
        corpus.embedding = Embedding::fit(corpus.single_marks.len(), asked());
        let mut samples: Vec<Samples> = vec![Vec::new(); corpus.entries.len()];
        for (rows, (entry, case)) in asked() {
            if let Some(samples) = samples.get_mut(entry) {
                samples.push((Seen::new(rows.to_vec(), &corpus.embedding), case));
            }
        }
        for (entry, chooser) in corpus.entries.iter_mut().zip(chooser::fit(samples)) {
            entry.chooser = chooser;
        }
        // What isn't ours is one more entry, the last, with one case.
        let counts: Vec<usize> = corpus.entries.iter().map(|entry| entry.branches.len() + 1).chain([1]).collect();
        let foreign = (corpus.entries.len(), 0);
        let texts = || cases.iter().zip(cases.lines()).map(|((rows, label), line)| (Text { rows, line }, label));
        let told = texts().filter_map(|(Text { rows, line }, (case, is_asked))| {
            let (entry, case) = case.filter(|_| *is_asked)?;
            Some(Asked { rows, line, entry, case, is_forbidden: forbidden.contains(&(entry, case)) })
        });
        let joined = together::join(&told.collect::<Vec<_>>());
        let own = texts().map(|(text, (case, _))| {
            let (entry, case) = case.unwrap_or(foreign);
            (text, entry, case)
        });
        let both = joined.iter().map(|Joined { rows, line, entry, case }| (Text { rows, line }, *entry, *case));
        let taught: Vec<Sample<'_>> = own.chain(both).collect();
        corpus.networks = Networks::fit(corpus.single_marks.len(), &counts, &taught);
        drop(cases);
        corpus.marks = lessons.close();
        let scope = || Classifier::fit(&lessons, |lesson| Some(if lesson.is_some() { OURS } else { THEIRS }));
        (corpus.sorter, corpus.scope) = rayon::join(|| Classifier::fit(&lessons, |lesson| *lesson), scope);
        corpus
    }
}
