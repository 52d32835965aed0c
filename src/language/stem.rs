//! The guarded Indonesian stemmer: strips affixes until a known root is reached; what reaches none
//! goes to the Snowball (Tala) stemmer. Never stems a protected word.

use std::collections::{HashMap, HashSet};

use frostem::{Algorithm, Stemmer as Snowball};

/// Shortest root that stripping may leave.
const SHORTEST_ROOT: usize = 2;
/// Shortest word the Snowball stemmer is let loose on, and the shortest stem accepted from it.
const SNOWBALL_WORD: usize = 6;
const SNOWBALL_STEM: usize = 4;

/// Suffixes in the order in which they are attached from the right.
const PARTICLES: [&str; 5] = ["", "lah", "kah", "tah", "pun"];
const POSSESSIVES: [&str; 5] = ["", "nya", "ku", "mu", "ne"];
const DERIVATIONS: [&str; 6] = ["", "kan", "an", "i", "in", "isasi"];

pub struct Stemmer {
    exceptions: HashMap<String, String>,
    roots: HashSet<String>,
    snowball: Snowball,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stemmer").field("roots", &self.roots.len()).finish_non_exhaustive()
    }
}

impl Stemmer {
    #[must_use]
    pub fn new(exceptions: HashMap<String, String>, roots: HashSet<String>) -> Self {
        Self { exceptions, roots, snowball: Snowball::new(Algorithm::Indonesian) }
    }

    /// Adds roots that the vocabulary of the concepts needs: words that no known root explains.
    pub fn learn(&mut self, words: impl Iterator<Item = String>) {
        let mut words: Vec<String> = words.collect();
        words.sort_by_key(|word| (word.chars().count(), word.clone()));
        for word in words {
            if self.root(&word).is_none() && word.chars().count() > 2 {
                self.roots.insert(word);
            }
        }
    }

    /// The stem by which a word is indexed and asked for.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        if let Some(root) = self.root(word) {
            return root;
        }
        if word.len() >= SNOWBALL_WORD && word.bytes().all(|b| b.is_ascii_lowercase()) {
            let stem = self.snowball.stem(word);
            if stem.len() >= SNOWBALL_STEM {
                return stem.into_owned();
            }
        }
        word.to_owned()
    }

    /// Whether a word stands in the tables as it is, without stripping.
    #[must_use]
    pub fn is_root(&self, word: &str) -> bool {
        self.roots.contains(word) || self.exceptions.contains_key(word)
    }

    /// The known root of a word, if stripping reaches one.
    #[must_use]
    pub fn root(&self, word: &str) -> Option<String> {
        if let Some(stem) = self.exceptions.get(word) {
            return Some(stem.clone());
        }
        if self.roots.contains(word) {
            return Some(word.to_owned());
        }
        if !word.is_ascii() || word.len() < 4 {
            return None;
        }
        let mut bodies: Vec<&str> = Vec::new();
        for particle in PARTICLES {
            let Some(body) = word.strip_suffix(particle) else { continue };
            for possessive in POSSESSIVES {
                let Some(body) = body.strip_suffix(possessive) else { continue };
                for derivation in DERIVATIONS {
                    if derivation.as_bytes().last().is_some_and(|last| body.as_bytes().last() != Some(last)) {
                        continue;
                    }
                    match body.strip_suffix(derivation) {
                        Some(body) if body.len() >= SHORTEST_ROOT && !bodies.contains(&body) => bodies.push(body),
                        _ => {}
                    }
                }
            }
        }
        // Fewest letters removed first: `pemilihan` must reach `pilih`, not stop at a shorter accident.
        bodies.sort_by_key(|body| std::cmp::Reverse(body.len()));
        bodies.iter().find_map(|body| self.unprefixed(body, 3))
    }

    /// Strips up to `rounds` prefixes, restoring the letter that a nasal prefix swallowed.
    fn unprefixed(&self, body: &str, rounds: u8) -> Option<String> {
        if let Some(stem) = self.exceptions.get(body) {
            return Some(stem.clone());
        }
        if body.len() >= 3 && self.roots.contains(body) {
            return Some(body.to_owned());
        }
        if rounds == 0 {
            return None;
        }
        let found = candidates(body).into_iter().find_map(|candidate| self.unprefixed(&candidate, rounds - 1));
        // Reduplication written together or with a digit: `temanteman`.
        found.or_else(|| {
            let (first, second) = body.split_at_checked(body.len() / 2)?;
            (first == second && self.roots.contains(first)).then(|| first.to_owned())
        })
    }
}

/// What may remain when one prefix is taken off, formal and colloquial.
fn candidates(body: &str) -> Vec<String> {
    /// Prefix, and the letters it may have swallowed (`""` = none).
    const PREFIXES: [(&str, &[&str]); 30] = [
        ("di", &[""]),
        ("ke", &[""]),
        ("se", &[""]),
        ("ku", &[""]),
        ("kau", &[""]),
        ("ter", &["", "r"]),
        ("ber", &["", "r"]),
        ("per", &["", "r"]),
        ("bel", &[""]),
        ("pel", &[""]),
        ("be", &[""]),
        ("meny", &["s"]),
        ("peny", &["s"]),
        ("meng", &["", "k"]),
        ("peng", &["", "k"]),
        ("menge", &[""]),
        ("penge", &[""]),
        ("mem", &["", "p"]),
        ("pem", &["", "p"]),
        ("men", &["", "t"]),
        ("pen", &["", "t"]),
        ("me", &[""]),
        ("pe", &[""]),
        ("nge", &[""]),
        ("ng", &["", "k"]),
        ("ny", &["s", "c"]),
        ("n", &["t", ""]),
        ("m", &["p"]),
        ("mempe", &[""]),
        ("ka", &[""]),
    ];
    let mut found = Vec::new();
    for (prefix, swallowed) in PREFIXES {
        // The first letter settles most of it; this is the innermost loop of reading.
        if prefix.as_bytes().first() != body.as_bytes().first() {
            continue;
        }
        let Some(rest) = body.strip_prefix(prefix) else { continue };
        if rest.len() < SHORTEST_ROOT {
            continue;
        }
        for letter in swallowed {
            let starts_with_vowel = rest.starts_with(['a', 'i', 'u', 'e', 'o']);
            if letter.is_empty() || starts_with_vowel {
                found.push(format!("{letter}{rest}"));
            }
        }
    }
    found
}
