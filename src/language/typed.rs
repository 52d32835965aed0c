//! A word as typed → tokens: stretched letters, chat spelling, regional words, slips of the finger.

use super::detect::{Detected, Language};
use super::lexicon::Lexicon;
use super::question::Token;
use super::regional;
use super::word::{Boundary, Word};

/// One typed word becomes one token, or several when slang or a region writes two words as one.
pub(super) fn read_word(lexicon: &Lexicon, word: &Word, detected: Detected, tokens: &mut Vec<Token>) {
    let typed = unstretch(lexicon, &word.text);
    let words = spelled(lexicon, &typed, detected);
    let known = words.is_some();
    let words = words.unwrap_or_else(|| vec![typed]);
    let last = words.len().saturating_sub(1);
    for (at, text) in words.into_iter().enumerate() {
        let english = detected.language == Language::English;
        let stop = lexicon.stop_id.contains(&text) || (english && lexicon.stop_en.contains(&text));
        let stem = lexicon.stemmer.stem(&text);
        let after = if at == last { word.after } else { Boundary::None };
        tokens.push(Token { text, stem, stop, known, after, label: None });
    }
}

/// What a typed word stands for, from what is surest to what is guessed; `None` for a word that nothing explains.
fn spelled(lexicon: &Lexicon, typed: &str, detected: Detected) -> Option<Vec<String>> {
    let own = || Some(vec![typed.to_owned()]);
    if detected.language == Language::English && lexicon.speaks_english(typed) {
        return own();
    }
    // Where somebody speaks Javanese or Sundanese, its words come before Indonesian ones.
    let first = match detected.region {
        Some(Language::Javanese) => lexicon.javanese.get(typed),
        Some(Language::Sundanese) => lexicon.sundanese.get(typed),
        _ => None,
    };
    if let Some(words) = first.or_else(|| lexicon.slang_of(typed)) {
        return Some(words.clone());
    }
    // *kuring* is Sundanese, not a form of *ring*: a word listed as it is comes before one that stripping reaches.
    let javanese = |word: &str| lexicon.javanese.get(word).or_else(|| lexicon.javanese.get(&regional::as_written(word)?));
    let table = |word: &str| javanese(word).or_else(|| lexicon.sundanese.get(word)).cloned();
    if lexicon.lists(typed) {
        return own();
    }
    if let Some(words) = table(typed) {
        return Some(words);
    }
    if lexicon.knows(typed) {
        return own();
    }
    let inflected = regional::bare(typed).find_map(|bare| table(&bare).or_else(|| lexicon.knows(&bare).then(|| vec![bare])));
    inflected.or_else(|| lexicon.speller.correct(typed).map(|correct| vec![correct.to_owned()]))
}

/// `bolehhh` → `boleh`, `teman2nya` → `temannya`, `b0leh` → `boleh`.
fn unstretch(lexicon: &Lexicon, word: &str) -> String {
    if lexicon.slang.contains_key(word) || lexicon.knows(word) && !word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut text = word.to_owned();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 3 {
        if let Some((before, after)) = text.split_once('2')
            && before.chars().all(char::is_alphabetic)
            && before.len() >= 3
            && after.chars().all(char::is_alphabetic)
        {
            text = format!("{before}{after}");
        }
        if text.bytes().any(|b| b.is_ascii_digit()) {
            let plain: String = text
                .chars()
                .map(|c| match c {
                    '0' => 'o',
                    '1' => 'i',
                    '3' => 'e',
                    '4' => 'a',
                    '5' => 's',
                    c => c,
                })
                .collect();
            if lexicon.slang.contains_key(&plain)
                || lexicon.stemmer.root(&plain).is_some()
                || lexicon.phrases.next.contains_key(&plain)
            {
                text = plain;
            }
        }
    }
    for most in [2, 1] {
        let squeezed = squeeze(&text, most);
        if squeezed != text
            && !text.bytes().any(|b| b.is_ascii_digit())
            && (lexicon.slang.contains_key(&squeezed) || lexicon.knows(&squeezed))
        {
            return squeezed;
        }
    }
    if text.chars().count() > squeeze(&text, 2).chars().count() { squeeze(&text, 1) } else { text }
}

/// Shortens every run of one letter to at most `most`.
fn squeeze(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut run = 0;
    for c in text.chars() {
        run = if out.ends_with(c) { run + 1 } else { 1 };
        if run <= most || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}
