//! What retrieval does without our work on language: plain BM25 over words as typed, and trigram
//! similarity. For comparison in exams only; nothing is answered with it.

use std::collections::HashSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, Term};

use super::index::ARENA;
use crate::knowledge::Knowledge;

/// A topic's index with the similarity it was found by.
pub type Found = Option<(usize, f64)>;

/// Both baselines over the wordings and answers of a knowledge set.
pub struct Baseline {
    reader: IndexReader,
    words: Field,
    trigrams: Vec<(usize, HashSet<[char; 3]>)>,
}

impl std::fmt::Debug for Baseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Baseline").finish_non_exhaustive()
    }
}

impl Baseline {
    /// Indexes every topic as one document of plain words, and every wording as trigrams.
    ///
    /// # Errors
    /// What tantivy says when the index can't be written in memory.
    pub fn build(knowledge: &Knowledge) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
        let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
        let topic = schema.add_u64_field("topic", INDEXED | FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, ARENA)?;
        let mut grams = Vec::new();
        for (at, found) in knowledge.topics().iter().enumerate() {
            let answer = found.latest().map(|answer| format!("{} {}", answer.ringkas, answer.uraian)).unwrap_or_default();
            let wordings = &found.file.pertanyaan;
            let mut document = TantivyDocument::default();
            document.add_text(words, plain(&format!("{} {} {answer}", found.file.judul, wordings.join(" "))).join(" "));
            document.add_u64(topic, at as u64);
            writer.add_document(document)?;
            grams.extend(wordings.iter().map(|wording| (at, trigrams(wording))));
        }
        writer.commit()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, words, trigrams: grams })
    }

    /// The topic with the best BM25 score.
    #[must_use]
    pub fn bm25(&self, question: &str) -> Found {
        let clauses: Vec<(Occur, Box<dyn Query>)> = plain(question)
            .into_iter()
            .map(|word| {
                let query = TermQuery::new(Term::from_field_text(self.words, &word), IndexRecordOption::WithFreqs);
                (Occur::Should, Box::new(query) as Box<dyn Query>)
            })
            .collect();
        let searcher = self.reader.searcher();
        let found = searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(1).order_by_score()).ok()?;
        let (score, address) = found.first()?;
        let topics = searcher.segment_reader(address.segment_ord).fast_fields().u64("topic").ok()?;
        let topic = usize::try_from(topics.first(address.doc_id)?).ok()?;
        Some((topic, f64::from(*score)))
    }

    /// The topic with the wording that shares most trigrams.
    #[must_use]
    pub fn trigram(&self, question: &str) -> Found {
        let asked = trigrams(question);
        let likeness = |grams: &HashSet<[char; 3]>| {
            let shared = grams.intersection(&asked).count() as f64;
            shared / (grams.len() + asked.len()).max(1) as f64 * 2.0
        };
        let scored = self.trigrams.iter().map(|(topic, grams)| (*topic, likeness(grams)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }
}

fn plain(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn trigrams(text: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = format!("  {} ", plain(text).join(" ")).chars().collect();
    letters.windows(3).filter_map(|three| three.try_into().ok()).collect()
}
