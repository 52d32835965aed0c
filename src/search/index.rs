//! The inverted index: tantivy in RAM, one document a wording, terms made by our own analysis.
//! The only room that knows tantivy. Never sees text as typed, only terms.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index as Tantivy, IndexReader, ReloadPolicy, TantivyDocument, Term};

use super::corpus::{Corpus, EntryId};
use crate::language::{ConceptId, Lexicon, Question};

/// tantivy refuses a smaller writer arena.
pub(super) const ARENA: usize = 15_000_000;
/// How many wordings are looked at for a question.
const WORDINGS: usize = 96;
/// How many entries are weighed in detail.
pub const CANDIDATES: usize = 24;
/// A concept in common says more than a stem in common.
const CONCEPT_BOOST: f32 = 1.6;

/// A candidate with its BM25 score: the best wording's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub entry: EntryId,
    pub score: f32,
}

pub struct Index {
    reader: IndexReader,
    terms: Field,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Indexes every wording of the corpus.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(corpus: &Corpus, lexicon: &Lexicon) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
        let terms = schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing));
        let entry = schema.add_u64_field("entry", INDEXED | FAST);
        let index = Tantivy::create_in_ram(schema.build());
        // One thread: with several, documents of equal score change places between runs.
        let mut writer = index.writer_with_num_threads(1, ARENA)?;
        for (id, found) in corpus.entries.iter().enumerate() {
            for wording in &found.wordings {
                let stems = wording.terms.iter().map(|term| corpus.stem(*term));
                let terms_of_wording = weighted(stems, &wording.concepts, lexicon);
                let text = terms_of_wording.map(|(term, _)| term).collect::<Vec<_>>().join(" ");
                let mut document = TantivyDocument::default();
                document.add_text(terms, text);
                document.add_u64(entry, id as u64);
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, terms })
    }

    /// The entries whose wordings share most with the question, best first; equal scores by entry.
    ///
    /// # Errors
    /// What tantivy says when the search fails.
    pub fn search(&self, question: &Question, lexicon: &Lexicon) -> tantivy::Result<Vec<Hit>> {
        let clauses: Vec<(Occur, Box<dyn Query>)> = query_terms(question, lexicon)
            .into_iter()
            .map(|(term, boost)| {
                let query = TermQuery::new(Term::from_field_text(self.terms, &term), IndexRecordOption::WithFreqs);
                (Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost)) as Box<dyn Query>)
            })
            .collect();
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let found = searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(WORDINGS).order_by_score())?;
        let mut hits: Vec<Hit> = Vec::new();
        for (score, address) in found {
            let column = searcher.segment_reader(address.segment_ord).fast_fields().u64("entry")?;
            let Some(id) = column.first(address.doc_id) else { continue };
            let entry = usize::try_from(id).unwrap_or(usize::MAX);
            match hits.iter_mut().find(|hit| hit.entry == entry) {
                Some(hit) => hit.score = hit.score.max(score),
                None => hits.push(Hit { entry, score }),
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        hits.truncate(CANDIDATES);
        Ok(hits)
    }
}

/// The question's terms: stems that carry weight, and the concepts named.
fn query_terms(question: &Question, lexicon: &Lexicon) -> Vec<(String, f32)> {
    let mut stems: Vec<&str> = question.tokens.iter().filter(|token| !token.stop).map(|token| token.stem.as_str()).collect();
    stems.sort_unstable();
    stems.dedup();
    weighted(stems.into_iter(), &question.concepts(), lexicon).collect()
}

/// Stems, and concepts with every wider one they satisfy, each with its boost.
fn weighted<'a>(
    stems: impl Iterator<Item = &'a str> + 'a,
    concepts: &[ConceptId],
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = (String, f32)> + 'a {
    let mut wide: Vec<ConceptId> =
        concepts.iter().filter_map(|id| lexicon.concepts().get(*id)).flat_map(|c| c.satisfies.iter().copied()).collect();
    wide.sort_unstable();
    wide.dedup();
    // `#` can't begin a stem, so concepts and words never meet in the one field.
    let concepts = wide.into_iter().map(move |id| (format!("#{}", lexicon.concept_name(id)), CONCEPT_BOOST));
    stems.map(|stem| (stem.to_owned(), 1.0)).chain(concepts)
}
