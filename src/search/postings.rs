//! Postings in RAM: tantivy over documents of one owner and its terms. The only file that knows
//! tantivy; scores by BM25, and gives the same order on every run.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, Term};

/// tantivy refuses a smaller writer arena.
const ARENA: usize = 15_000_000;
const OWNER: &str = "owner";

pub(super) struct Postings {
    reader: IndexReader,
    terms: Field,
}

impl std::fmt::Debug for Postings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postings").finish_non_exhaustive()
    }
}

impl Postings {
    /// Indexes documents: whose each is, and its terms parted by spaces.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub(super) fn build(documents: impl Iterator<Item = (usize, String)>) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
        let terms = schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing));
        let owner = schema.add_u64_field(OWNER, INDEXED | FAST);
        let index = Index::create_in_ram(schema.build());
        // One thread: with several, documents of equal score change places between runs.
        let mut writer = index.writer_with_num_threads(1, ARENA)?;
        for (id, text) in documents {
            let mut document = TantivyDocument::default();
            document.add_text(terms, text);
            document.add_u64(owner, id as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, terms })
    }

    /// The owners of the best documents with their scores, best first; an owner may come again.
    ///
    /// # Errors
    /// What tantivy says when the search fails.
    pub(super) fn search(&self, terms: Vec<(String, f32)>, most: usize) -> tantivy::Result<Vec<(usize, f32)>> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let clauses = terms.into_iter().map(|(term, boost)| {
            let query = TermQuery::new(Term::from_field_text(self.terms, &term), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost)) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(clauses.collect());
        let searcher = self.reader.searcher();
        let mut found = Vec::new();
        for (score, address) in searcher.search(&query, &TopDocs::with_limit(most).order_by_score())? {
            let owners = searcher.segment_reader(address.segment_ord).fast_fields().u64(OWNER)?;
            let owner = owners.first(address.doc_id).and_then(|id| usize::try_from(id).ok());
            found.extend(owner.map(|owner| (owner, score)));
        }
        Ok(found)
    }
}
