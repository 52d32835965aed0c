//! Citations as people write them: `pasal 24 ayat 1 huruf d`, `psl 24 (1) d`, `PP No. 94 Tahun 2021`,
//! `pp94/2021`, `SE 18 2023`.
//!
//! ```text
//! instrument = kind [filler] [nomor] NUMBER [tahun] [YEAR]
//! place      = pasal NUMBER [ayat] [NUMBER] [huruf] [LETTER] [angka] [NUMBER]
//! ```

use super::word;

/// A citation read from a question; either part may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// Kind of instrument in its short form: `uu`, `pp`, `se`, `skb` …
    pub kind: String,
    pub number: String,
    pub year: Option<i16>,
    /// Place in the form of provision ids: `pasal-24/ayat-1/huruf-d`; empty when none is named.
    pub place: String,
}

/// Kinds as typed, longest first, and their short form.
const KINDS: [(&[&str], &str); 24] = [
    (&["surat", "keputusan", "bersama"], "skb"),
    (&["keputusan", "bersama"], "skb"),
    (&["undang", "undang"], "uu"),
    (&["peraturan", "pemerintah"], "pp"),
    (&["peraturan", "presiden"], "perpres"),
    (&["peraturan", "bkn"], "perbkn"),
    (&["peraturan", "bawaslu"], "perbawaslu"),
    (&["peraturan", "kpu"], "pkpu"),
    (&["surat", "edaran"], "se"),
    (&["putusan", "mk"], "mk"),
    (&["kepmenpan"], "kepmenpanrb"),
    (&["kepmenpanrb"], "kepmenpanrb"),
    (&["undang"], "uu"),
    (&["perbawaslu"], "perbawaslu"),
    (&["perpres"], "perpres"),
    (&["perbkn"], "perbkn"),
    (&["perppu"], "perppu"),
    (&["pkpu"], "pkpu"),
    (&["edaran"], "se"),
    (&["skb"], "skb"),
    (&["uu"], "uu"),
    (&["pp"], "pp"),
    (&["se"], "se"),
    (&["mk"], "mk"),
];

/// Words between the kind and its number that say nothing: whose it is, *nomor*.
const FILLERS: [&str; 14] = [
    "nomor",
    "no",
    "nomer",
    "menpan",
    "menpanrb",
    "rb",
    "panrb",
    "bawaslu",
    "mendagri",
    "bkn",
    "kpu",
    "netralitas",
    "asn",
    "menteri",
];

/// Reads the citation in a text, if there is one.
#[must_use]
pub fn reference(text: &str) -> Option<Reference> {
    let words = separate(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let place = (0..words.len()).find_map(|at| place(words.get(at..)?)).unwrap_or_default();
    let instrument = (0..words.len()).find_map(|at| instrument(words.get(at..)?));
    match (instrument, place.is_empty()) {
        (Some(found), _) => Some(Reference { place, ..found }),
        (None, false) => Some(Reference { place, ..Reference::default() }),
        (None, true) => None,
    }
}

/// Words with letters and digits parted: `pp94` → `pp`, `94`. A letter behind a number stays with
/// it (`187a`).
fn separate(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in word::split(text) {
        match word.text.find(|c: char| c.is_ascii_digit()) {
            Some(at) if at > 0 && word.text.is_char_boundary(at) => {
                let (letters, digits) = word.text.split_at(at);
                out.extend([letters.trim_end_matches('-').to_owned(), digits.to_owned()]);
            }
            _ => out.push(word.text),
        }
    }
    out
}

fn instrument(words: &[&str]) -> Option<Reference> {
    let (names, kind) = KINDS.iter().find(|(names, _)| words.starts_with(names))?;
    let mut rest = words.get(names.len()..)?;
    while let Some(after) = rest.split_first().filter(|(first, _)| FILLERS.contains(first)).map(|(_, after)| after) {
        rest = after;
    }
    let (number, mut rest) = rest.split_first()?;
    if !is_number(number) {
        return None;
    }
    if rest.first().is_some_and(|word| matches!(*word, "tahun" | "thn" | "th" | "puu")) {
        rest = rest.get(1..)?;
    }
    let year = rest.iter().take(2).find_map(|word| year(word));
    // `SKB 2022` names the year, not a number.
    if let (Some(only), true) = (self::year(number), *kind == "skb") {
        return Some(Reference { kind: (*kind).to_owned(), number: String::new(), year: Some(only), place: String::new() });
    }
    Some(Reference { kind: (*kind).to_owned(), number: (*number).to_owned(), year, place: String::new() })
}

fn place(words: &[&str]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if !matches!(*first, "pasal" | "psl" | "ps" | "article") {
        return None;
    }
    let (number, mut rest) = rest.split_first()?;
    if !is_number(number) {
        return None;
    }
    let mut place = format!("pasal-{number}");
    let mut take = |labels: &[&str], level: &str, fits: fn(&str) -> bool, rest: &mut &[&str]| {
        let labelled = rest.first().is_some_and(|word| labels.contains(word));
        let value = rest.get(usize::from(labelled)).copied().filter(|value| fits(value));
        // Without its label a number may be anything's; right behind the article it is the paragraph.
        if let Some(value) = value.filter(|_| labelled || level != "angka") {
            place = format!("{place}/{level}-{value}");
            *rest = rest.get(usize::from(labelled) + 1..).unwrap_or_default();
        }
    };
    take(&["ayat"], "ayat", is_short_number, &mut rest);
    take(&["huruf", "butir"], "huruf", is_letter, &mut rest);
    take(&["angka"], "angka", is_short_number, &mut rest);
    Some(place)
}

/// Digits, perhaps with one letter behind: `24`, `187a`.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && word.len() - digits.len() <= 1
}

fn is_short_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1945..=2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::{Reference, reference};

    #[test]
    fn every_usual_way_to_write_a_citation() {
        for (text, kind, number, year, place) in [
            ("apa isi pasal 5 huruf n PP 94", "pp", "94", None, "pasal-5/huruf-n"),
            ("PP No. 94 Tahun 2021", "pp", "94", Some(2021), ""),
            ("pp94/2021", "pp", "94", Some(2021), ""),
            ("pasal 24 ayat 1 huruf d UU 20/2023", "uu", "20", Some(2023), "pasal-24/ayat-1/huruf-d"),
            ("psl 24 (1) d UU ASN 20 2023", "uu", "20", Some(2023), "pasal-24/ayat-1/huruf-d"),
            ("Undang-Undang Nomor 5 Tahun 2014 masih berlaku?", "uu", "5", Some(2014), ""),
            ("SE 18 2023 tentang apa", "se", "18", Some(2023), ""),
            ("surat edaran menpan rb nomor 18 tahun 2023", "se", "18", Some(2023), ""),
            ("isi SKB 2022", "skb", "", Some(2022), ""),
            ("pasal 187A UU 10/2016", "uu", "10", Some(2016), "pasal-187a"),
            ("putusan MK 121/PUU-XXII/2024", "mk", "121", Some(2024), ""),
            ("pasal 5 huruf n angka 5", "", "", None, "pasal-5/huruf-n/angka-5"),
        ] {
            let expected = Reference { kind: kind.into(), number: number.into(), year, place: place.into() };
            assert_eq!(reference(text), Some(expected), "{text}");
        }
        for text in ["boleh like postingan calon?", "saya umur 20 tahun", "mk itu apa"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
