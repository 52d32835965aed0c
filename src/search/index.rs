//! The index of the corpus: one document an entry, all its wordings, in terms made by our own analysis. Never sees
//! text as typed, only terms.

use super::corpus::{EntryId, Reading};
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
    /// Indexes every entry by the wordings that were read. Which of them is like a question the language models and
    /// the classifier tell; with a document for each an answer took nearly three times as long and was no better.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(reading: &Reading, lexicon: &Lexicon) -> tantivy::Result<Self> {
        let documents = reading.wordings().chunk_by(|(a, _), (b, _)| a == b).filter_map(|wordings| {
            let terms = wordings.iter().flat_map(|(_, wording)| {
                let stems = wording.terms.iter().map(|term| reading.corpus().stem(*term));
                weighted(stems, &wording.concepts, lexicon).map(|(term, _)| term)
            });
            Some((wordings.first()?.0, terms.collect::<Vec<_>>().join(" ")))
        });
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

/// The question's terms: stems that carry weight, and the concepts named.
fn query_terms(question: &Question, lexicon: &Lexicon) -> Vec<(String, f32)> {
    weighted(question.weighty_stems().into_iter(), &question.concepts(), lexicon).collect()
}

/// Stems, and concepts with every wider one they satisfy, each with its boost.
fn weighted<'a>(
    stems: impl Iterator<Item = &'a str> + 'a,
    concepts: &[ConceptId],
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = (String, f32)> + 'a {
    let mut wide: Vec<ConceptId> = concepts.iter().flat_map(|id| lexicon.wider(*id)).copied().collect();
    wide.sort_unstable();
    wide.dedup();
    // `#` can't begin a stem, so concepts and words never meet in the one field.
    let concepts = wide.into_iter().map(move |id| (format!("#{}", lexicon.concept_name(id)), CONCEPT_BOOST));
    stems.map(|stem| (stem.to_owned(), 1.0)).chain(concepts)
}
