//! The index of the corpus: one document an entry, all its wordings, in terms made by our own analysis. Never sees
//! text as typed, only terms.

use super::corpus::{Corpus, Entry, EntryId};
use super::likelihood::Unit;
use super::postings::Postings;
use crate::language::{ConceptId, Lexicon, Question};

/// How many entries are weighed in detail.
pub const CANDIDATES: usize = 24;
/// A concept in common says more than a stem in common.
const CONCEPT_BOOST: f32 = 1.6;

/// A candidate with its BM25 score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub entry: EntryId,
    pub score: f32,
}

#[derive(Debug)]
pub struct Index(Postings);

impl Index {
    /// Indexes every entry by its wordings. Which of them is like a question the language models and the
    /// classifier tell; with a document for each an answer took nearly three times as long and was no better.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(corpus: &Corpus, lexicon: &Lexicon) -> tantivy::Result<Self> {
        let documents = corpus.entries.iter().map(|entry| document(entry, corpus, lexicon)).enumerate();
        Postings::build(documents).map(Self)
    }

    /// The entries whose wordings share most with the question, best first; equal scores by entry.
    ///
    /// # Errors
    /// What tantivy says when the search fails.
    pub fn search(&self, question: &Question, lexicon: &Lexicon) -> tantivy::Result<Vec<Hit>> {
        let found = self.0.search(query_terms(question, lexicon), CANDIDATES)?;
        Ok(found.into_iter().map(|(entry, score)| Hit { entry, score }).collect())
    }
}

/// The terms of an entry's wordings, parted by spaces.
fn document(entry: &Entry, corpus: &Corpus, lexicon: &Lexicon) -> String {
    let mut text = String::new();
    for (unit, count) in entry.asked() {
        let terms = match unit {
            Unit::Term(term) => vec![corpus.stem(term).to_owned()],
            Unit::Concept(id) => lexicon.wider(id).iter().map(|id| concept_term(*id, lexicon)).collect(),
        };
        for term in terms {
            text.extend(std::iter::repeat_n([&term, " "], count).flatten());
        }
    }
    text
}

/// The question's terms: stems that carry weight, and the concepts named with every wider one they satisfy; each
/// with its boost.
fn query_terms(question: &Question, lexicon: &Lexicon) -> Vec<(String, f32)> {
    let mut wide: Vec<ConceptId> = question.concepts().iter().flat_map(|id| lexicon.wider(*id)).copied().collect();
    wide.sort_unstable();
    wide.dedup();
    let concepts = wide.into_iter().map(|id| (concept_term(id, lexicon), CONCEPT_BOOST));
    question.weighty_stems().into_iter().map(|stem| (stem.to_owned(), 1.0)).chain(concepts).collect()
}

/// `#` can't begin a stem, so concepts and words never meet in the one field.
fn concept_term(id: ConceptId, lexicon: &Lexicon) -> String {
    format!("#{}", lexicon.concept_name(id))
}
