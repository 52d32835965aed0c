//! The index of the corpus: one document a wording, terms made by our own analysis. Never sees text
//! as typed, only terms.

use super::corpus::{EntryId, Reading};
use super::postings::Postings;
use crate::language::{ConceptId, Lexicon, Question};

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

#[derive(Debug)]
pub struct Index(Postings);

impl Index {
    /// Indexes every wording that was read.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(reading: &Reading, lexicon: &Lexicon) -> tantivy::Result<Self> {
        let documents = reading.wordings().map(|(id, wording)| {
            let stems = wording.terms.iter().map(|term| reading.corpus().stem(*term));
            let terms: Vec<_> = weighted(stems, &wording.concepts, lexicon).map(|(term, _)| term).collect();
            (*id, terms.join(" "))
        });
        Postings::build(documents).map(Self)
    }

    /// The entries whose wordings share most with the question, best first; equal scores by entry.
    ///
    /// # Errors
    /// What tantivy says when the search fails.
    pub fn search(&self, question: &Question, lexicon: &Lexicon) -> tantivy::Result<Vec<Hit>> {
        let mut hits: Vec<Hit> = Vec::new();
        for (entry, score) in self.0.search(query_terms(question, lexicon), WORDINGS)? {
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
