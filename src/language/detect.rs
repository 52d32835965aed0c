//! The language of a question, with a certainty. Short or mixed text counts as Indonesian.

use super::lexicon::Lexicon;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Indonesian,
    English,
    Javanese,
    Sundanese,
}

impl Language {
    /// ISO 639 code, as in the JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
            Self::Javanese => "jv",
            Self::Sundanese => "su",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    pub language: Language,
    /// 0 to 1: share of the words that speak for this language and not for another.
    pub certainty: f64,
    /// Javanese or Sundanese, where it is heard at all: mixed text counts as Indonesian, yet its words are read as theirs.
    pub region: Option<Language>,
}

/// Share of words that another language than Indonesian needs.
const NEEDED: f64 = 0.34;
/// Number of words that another language than Indonesian needs.
const AT_LEAST: usize = 2;
/// In a question of at most this many words one regional word is heard.
const SHORT: usize = 6;

/// Counts marker words: function words and the words of the lexicon. Most words of a Javanese or Sundanese question of
/// our field are Indonesian ones, so a region is heard by what only its table has, however little it is.
pub fn detect<'a>(lexicon: &Lexicon, words: impl Iterator<Item = &'a str>) -> Detected {
    let (mut all, mut id, mut en, mut jv, mut su) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for word in words.take(200) {
        all += 1;
        let listed = lexicon.stop_id.contains(word)
            || lexicon.common.contains(word)
            || lexicon.slang.contains_key(word)
            || lexicon.stemmer.is_root(word);
        let speaks_english = lexicon.speaks_english(word);
        let is_only_in = |table: bool| table && !listed && !speaks_english;
        let javanese = is_only_in(lexicon.javanese.contains_key(word));
        let sundanese = is_only_in(lexicon.sundanese.contains_key(word));
        let indonesian = listed || !javanese && !sundanese && lexicon.stemmer.root(word).is_some();
        jv += usize::from(javanese);
        su += usize::from(sundanese);
        id += usize::from(indonesian && !lexicon.english.contains(word));
        en += usize::from(speaks_english && (!indonesian || lexicon.stop_en.contains(word)));
    }
    let share = |count: usize| if all == 0 { 0.0 } else { count as f64 / all as f64 };
    let is_enough = |hits: usize| hits >= AT_LEAST && share(hits) >= NEEDED;
    let (regional, hits, other) = if su > jv { (Language::Sundanese, su, jv) } else { (Language::Javanese, jv, su) };
    if is_enough(en) && en > id && en >= hits {
        return Detected { language: Language::English, certainty: share(en), region: None };
    }
    let heard = hits > other && (hits >= AT_LEAST || hits == 1 && all <= SHORT);
    let region = heard.then_some(regional);
    if is_enough(hits) {
        return Detected { language: regional, certainty: share(hits), region };
    }
    Detected { language: Language::Indonesian, certainty: share(id), region }
}
