//! Spelling: bounded correction of unknown words against the vocabulary of the field.
//! Never across meanings: a known word is left alone, short words are never guessed by substitution.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Words a correction may lead to, by first letter and length.
#[derive(Debug, Default)]
pub struct Speller {
    by_length: BTreeMap<usize, Vec<Entry>>,
    /// Consonants only → the words that have them, for `kmpnye` and `dkng`.
    skeletons: HashMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Entry {
    word: String,
    letters: Vec<char>,
}

/// Shortest word that is corrected by edit distance.
const SHORTEST: usize = 5;
/// Words shorter than this allow a missing, doubled or swapped letter, but no substitution: `beleh` is not `boleh`.
const SUBSTITUTION_FROM: usize = 6;
/// Words at least this long allow two edits.
const TWO_EDITS_FROM: usize = 9;

impl Speller {
    #[must_use]
    pub fn new(words: &HashSet<String>) -> Self {
        let mut speller = Self::default();
        let mut sorted: Vec<&String> = words.iter().filter(|word| word.chars().all(char::is_alphabetic)).collect();
        sorted.sort();
        for word in sorted {
            let letters: Vec<char> = word.chars().collect();
            if letters.len() >= 4 {
                speller.skeletons.entry(skeleton(word)).or_default().push(word.clone());
            }
            if letters.len() >= SHORTEST {
                speller.by_length.entry(letters.len()).or_default().push(Entry { word: word.clone(), letters });
            }
        }
        speller
    }

    /// The one word of the vocabulary that `word` can be a slip of; `None` when there is none, or several.
    #[must_use]
    pub fn correct(&self, word: &str) -> Option<&str> {
        if !word.chars().all(char::is_alphabetic) {
            return None;
        }
        self.without_vowels(word).or_else(|| self.by_distance(word))
    }

    /// A word typed without (most of) its vowels.
    fn without_vowels(&self, word: &str) -> Option<&str> {
        let bones = skeleton(word);
        let vowels = word.chars().count() - bones.chars().count();
        if bones.chars().count() < 3 || vowels > 1 {
            return None;
        }
        match self.skeletons.get(&bones)?.as_slice() {
            [only] if is_subsequence(word, only) => Some(only),
            _ => None,
        }
    }

    fn by_distance(&self, word: &str) -> Option<&str> {
        let letters: Vec<char> = word.chars().collect();
        let length = letters.len();
        if length < SHORTEST - 1 {
            return None;
        }
        let allowed = if length >= TWO_EDITS_FROM { 2 } else { 1 };
        let mut best: Option<(usize, &str)> = None;
        let mut twins = false;
        for (_, entries) in self.by_length.range(length.saturating_sub(allowed)..=length + allowed) {
            for entry in entries {
                // The first letter is nearly always right; it keeps meanings apart.
                if entry.letters.first() != letters.first() {
                    continue;
                }
                if entry.letters.len() == length && length < SUBSTITUTION_FROM && !is_swap(&letters, &entry.letters) {
                    continue;
                }
                let Some(distance) = distance(&letters, &entry.letters, allowed) else { continue };
                match best {
                    Some((nearest, _)) if distance > nearest => {}
                    Some((nearest, _)) if distance == nearest => twins = true,
                    _ => {
                        best = Some((distance, &entry.word));
                        twins = false;
                    }
                }
            }
        }
        best.filter(|_| !twins).map(|(_, word)| word)
    }
}

/// The consonants of a word, doubled letters once.
fn skeleton(word: &str) -> String {
    let mut bones = String::new();
    for c in word.chars().filter(|c| !matches!(c, 'a' | 'i' | 'u' | 'e' | 'o')) {
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    bones
}

fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether two words of one length differ by two neighbouring letters that changed places.
fn is_swap(a: &[char], b: &[char]) -> bool {
    let different: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).collect();
    matches!(different.as_slice(), [i, j] if i + 1 == *j && a.get(*i) == b.get(*j) && a.get(*j) == b.get(*i))
}

/// Optimal string alignment distance, or `None` when it is above `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&previous, j) + usize::from(x != y)).min(at(&previous, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x) && x != y {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > most) {
            return None;
        }
        before = std::mem::replace(&mut previous, row);
    }
    previous.last().copied().filter(|cost| *cost <= most)
}
