//! Words that mean one thing beside some words and another beside others.

use super::files::ContextFile;
use super::lexicon::Lexicon;
use super::normalise::normalise;
use super::word::{self, Boundary, Word};

/// Puts in place of such words what they stand for where they are.
#[must_use]
pub fn settle(lexicon: &Lexicon, words: Vec<Word>) -> Vec<Word> {
    let texts: Vec<(String, bool)> = words.iter().map(|word| (word.text.clone(), word.capitals)).collect();
    let shouts = texts.iter().all(|(_, capitals)| *capitals);
    let neighbour = |at: Option<usize>| at.and_then(|at| texts.get(at)).map_or("", |(text, _)| text.as_str());
    let settled = words.into_iter().enumerate().flat_map(|(at, word)| {
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let fits = |context: &&ContextFile| {
            let among = |list: &[String], text: &str| list.iter().any(|one| one == text);
            (!context.huruf_kecil || shouts || !word.capitals)
                && (context.sesudah.is_empty() || among(&context.sesudah, before))
                && (context.sebelum.is_empty() || among(&context.sebelum, after))
                && !among(&context.bukan_sesudah, before)
                && !among(&context.bukan_sebelum, after)
        };
        match lexicon.contexts.get(&word.text).and_then(|contexts| contexts.iter().find(fits)) {
            Some(context) => replaced(context, word.after),
            None => vec![word],
        }
    });
    settled.collect()
}

fn replaced(context: &ContextFile, after: Boundary) -> Vec<Word> {
    let mut words = word::split(&normalise(&context.menjadi));
    if let Some(last) = words.last_mut() {
        last.after = after;
    }
    words
}
