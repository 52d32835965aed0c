//! Text as typed → normalised words, with the boundaries between them.

use super::normalise::normalise;

/// What stands between a word and the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    None,
    /// Comma, colon, bracket, slash, dash, picture.
    Weak,
    /// End of a sentence or line.
    Strong,
}

/// A word as typed, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Typed in capitals throughout: *BKN* is the agency, *bkn* mostly *bukan*.
    pub capitals: bool,
    pub after: Boundary,
}

/// Prefixes that people write apart with a hyphen: `nge-like`, `di-share`, `mem-follow`.
const HYPHENATED: [&str; 14] = ["nge", "ng", "ny", "di", "me", "men", "mem", "meng", "ber", "ter", "ke", "se", "pe", "per"];
/// Clitics that people write apart with a hyphen: `like-nya`.
const CLITICS: [&str; 6] = ["nya", "ku", "mu", "kah", "lah", "an"];

/// Signs that are read as words.
const SIGNS: [(char, &str); 2] = [('+', "plus"), ('&', "dan")];

/// Doubled words that are words of their own: one half means something else.
const DOUBLED: [&str; 11] = ["undang", "oleh", "bagi", "diam", "pura", "hati", "kira", "tiba", "mata", "siapa", "mana"];

/// Splits a text into words; who begins a new line ends a sentence, with or without a full stop. Links are dropped: what
/// they point at is not read.
#[must_use]
pub fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for line in normalise(text).lines() {
        close(&mut words, Boundary::Strong);
        let is_link = |piece: &&str| piece.contains("://") || piece.starts_with("www.") || piece.starts_with("t.me/");
        line.split_whitespace().filter(|piece| !is_link(piece)).for_each(|piece| read(&mut words, piece));
    }
    words
}

/// Reads what stands between spaces.
fn read(words: &mut Vec<Word>, piece: &str) {
    let mut current = String::new();
    let characters: Vec<char> = piece.chars().collect();
    for (at, &c) in characters.iter().enumerate() {
        let next_is_word = characters.get(at + 1).is_some_and(|n| n.is_alphanumeric());
        if c.is_alphanumeric() || (matches!(c, '-' | '\'') && !current.is_empty() && next_is_word) {
            current.push(c);
            continue;
        }
        push(words, &mut current);
        // "like + share", "visi & misi".
        if let Some((_, word)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
            push(words, &mut (*word).to_owned());
        }
        let boundary = match c {
            // `Rp12.000`, `24.1` and `5/2014` are one thing; `calon.terus` is two sentences typed in haste.
            '.' | '/' if next_is_word && characters.get(at + 1).is_some_and(char::is_ascii_digit) => Boundary::None,
            '.' | '?' | '!' | ';' | '\u{2026}' | '\u{ff1f}' => Boundary::Strong,
            ',' | ':' | '(' | ')' | '/' | '[' | ']' | '"' => Boundary::Weak,
            // A dash or a picture between words.
            '-' => Boundary::Weak,
            c if !c.is_ascii() => Boundary::Weak,
            _ => Boundary::None,
        };
        close(words, boundary);
    }
    push(words, &mut current);
}

/// Puts a boundary after the last word, if it has none as strong.
fn close(words: &mut [Word], boundary: Boundary) {
    if let Some(last) = words.last_mut() {
        last.after = last.after.max(boundary);
    }
}

/// Splits or joins a finished word at its hyphens.
fn push(words: &mut Vec<Word>, current: &mut String) {
    if current.is_empty() {
        return;
    }
    let capitals = current.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let text = std::mem::take(current).to_lowercase();
    // English: "KPU's" is *KPU*.
    let text = text.strip_suffix("'s").unwrap_or(&text).replace('\'', "");
    let mut add = |text: String| words.push(Word { text, capitals, after: Boundary::None });
    let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [first, second] if HYPHENATED.contains(first) || CLITICS.contains(second) => {
            add(format!("{first}{second}"));
        }
        // Reduplication: `teman-teman`, `foto-fotonya`.
        [first, second] if second.starts_with(first) && !DOUBLED.contains(first) => add((*second).to_owned()),
        _ => parts.iter().for_each(|part| add((*part).to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Boundary, split};

    #[test]
    fn signs_and_lines_end_clauses() {
        for (text, expected) in [
            ("foto kampanye", Boundary::None),
            ("foto, kampanye", Boundary::Weak),
            ("foto - kampanye", Boundary::Weak),
            ("foto \u{1f44d} kampanye", Boundary::Weak),
            ("foto? kampanye", Boundary::Strong),
            ("foto\nkampanye", Boundary::Strong),
        ] {
            assert_eq!(split(text).first().map(|word| word.after), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_and_hyphens() {
        for (text, expected) in [
            ("boleh nge-like gak?", "boleh ngelike gak"),
            ("like-nya teman-teman", "likenya teman"),
            ("uu 20/2023, pasal 24", "uu 20 2023 pasal 24"),
            ("lihat https://contoh.id/x dulu", "lihat dulu"),
            ("pak,boleh", "pak boleh"),
            ("like+komen & share", "like plus komen dan share"),
            ("boleh?\nkampanye", "boleh kampanye"),
            ("*** :) -", ""),
        ] {
            let words: Vec<_> = split(text).into_iter().map(|w| w.text).collect();
            assert_eq!(words.join(" "), expected, "{text}");
        }
    }
}
