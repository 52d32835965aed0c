//! Words that mean one thing beside some words and another beside others.

use std::collections::HashMap;

use super::files::ContextFile;
use super::lexicon::words_of;
use super::word::{Boundary, Word};

/// What such words stand for, by the word as typed.
#[derive(Debug, Default)]
pub struct Contexts(HashMap<String, Vec<Context>>);

#[derive(Debug)]
struct Context {
    file: ContextFile,
    /// What the word stands for.
    words: Vec<String>,
}

impl Contexts {
    /// Compiles the table.
    #[must_use]
    pub fn new(files: &[ContextFile]) -> Self {
        let mut contexts: HashMap<String, Vec<Context>> = HashMap::new();
        for file in files {
            let words = words_of(&file.menjadi).collect();
            contexts.entry(file.kata.clone()).or_default().push(Context { file: file.clone(), words });
        }
        Self(contexts)
    }

    /// Puts in place of such words what they stand for where they are.
    #[must_use]
    pub fn settle(&self, words: Vec<Word>) -> Vec<Word> {
        if !words.iter().any(|word| self.0.contains_key(&word.text)) {
            return words;
        }
        let shouts = words.iter().all(|word| word.capitals);
        let mut settled = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let mut contexts = self.0.get(&word.text).into_iter().flatten();
            match contexts.find(|context| fits(&context.file, &words, at, shouts)) {
                Some(context) => settled.extend(context.instead_of(word)),
                None => settled.push(word.clone()),
            }
        }
        settled
    }
}

impl Context {
    fn instead_of(&self, word: &Word) -> impl Iterator<Item = Word> {
        let last = self.words.len().saturating_sub(1);
        let after = move |at| if at == last { word.after } else { Boundary::None };
        self.words.iter().enumerate().map(move |(at, text)| Word { text: text.clone(), capitals: false, after: after(at) })
    }
}

/// Whether a word is where a context wants it. Who types everything in capitals means nothing by them.
fn fits(context: &ContextFile, words: &[Word], at: usize, shouts: bool) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.text.as_str());
    let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
    let among = |list: &[String], text: &str| list.iter().any(|one| one == text);
    let capitals = !shouts && words.get(at).is_some_and(|word| word.capitals);
    !(context.huruf_kecil && capitals)
        && (context.sesudah.is_empty() || among(&context.sesudah, before))
        && (context.sebelum.is_empty() || among(&context.sebelum, after))
        && !among(&context.bukan_sesudah, before)
        && !among(&context.bukan_sebelum, after)
}
