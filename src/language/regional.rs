//! Javanese and Sundanese inflection, a clipped *-nya*, and Jakarta's vowels, taken off words that nothing else explains.

/// Suffixes, and the Indonesian one that says the same; long ones first; *fotony* is *fotonya*.
const SUFFIXES: [(&str, &str); 12] = [
    ("keun", "kan"),
    ("aken", "kan"),
    ("nipun", ""),
    ("nana", ""),
    ("ake", "kan"),
    ("ipun", ""),
    ("ana", ""),
    ("na", ""),
    ("ne", ""),
    ("e", ""),
    ("ny", "nya"),
    ("", ""),
];
const PREFIXES: [(&str, &str); 4] = [("", ""), ("pang", "pe"), ("nga", ""), ("dipun", "di")];
/// Javanese letters that Indonesian writes otherwise: *gedhung*, *tandha*.
const LETTERS: [(&str, &str); 2] = [("dh", "d"), ("th", "t")];
/// Letters that close no syllable of Jakarta's.
const OPEN: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'h'];
/// Shortest word that may remain.
const SHORTEST: usize = 4;

/// What a word may be without its regional affixes and spelling, the likeliest first: *kampanyena* → *kampanye*,
/// *dipunsuwuni* → *disuwuni*, *catet* → *catat*.
pub fn bare(word: &str) -> impl Iterator<Item = String> {
    let plain = LETTERS.iter().fold(word.to_owned(), |word, (letters, plain)| word.replace(letters, plain));
    let pairs = PREFIXES.iter().flat_map(|prefix| SUFFIXES.iter().map(move |suffix| (prefix, suffix)));
    let typed = word.to_owned();
    pairs
        .filter_map(move |((prefix, di), (suffix, kan))| {
            let rest = plain.strip_prefix(prefix)?.strip_suffix(suffix)?;
            let bare = format!("{di}{rest}{kan}");
            (rest.len() >= SHORTEST && bare != typed).then_some(bare)
        })
        .chain(from_jakarta(word))
}

/// Jakarta closes words with *-et*, *-en*, *-er* where Indonesian has *-at*, *-an*, *-ar*; *-ah* it leaves alone.
fn from_jakarta(word: &str) -> Option<String> {
    let (before, after) = word.rsplit_once('e')?;
    let closed = after.starts_with(|c: char| c.is_ascii_alphabetic() && !OPEN.contains(&c));
    (closed && word.len() >= SHORTEST).then(|| format!("{before}a{after}"))
}

/// Javanese writes *a* where it says *o*, and people type what they say: *piro* for *pira*.
pub fn as_written(word: &str) -> Option<String> {
    word.ends_with('o').then(|| word.replace('o', "a"))
}

#[cfg(test)]
mod tests {
    use super::{as_written, bare};

    #[test]
    fn vowels_as_said() {
        for (word, expected) in [("piro", Some("pira")), ("sedino", Some("sedina")), ("pira", None)] {
            assert_eq!(as_written(word).as_deref(), expected);
        }
    }

    #[test]
    fn affixes() {
        for (word, expected) in [
            ("kampanyena", "kampanye"),
            ("prosese", "proses"),
            ("syaratipun", "syarat"),
            ("dhukung", "dukung"),
            ("ngarahkeun", "ngarahkan"),
            ("dicatet", "dicatat"),
            ("nyimpenin", "nyimpanin"),
        ] {
            assert!(bare(word).any(|bare| bare == expected), "{word}: {:?}", bare(word).collect::<Vec<_>>());
        }
    }
}
