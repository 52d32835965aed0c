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
}

/// Share of words that another language than Indonesian needs.
const NEEDED: f64 = 0.34;
/// Number of words that another language than Indonesian needs.
const AT_LEAST: usize = 2;

/// Counts marker words: function words and the words of the lexicon.
pub fn detect<'a>(lexicon: &Lexicon, words: impl Iterator<Item = &'a str>) -> Detected {
    let (mut all, mut id, mut en, mut jv, mut su) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for word in words.take(200) {
        all += 1;
        let indonesian = lexicon.stop_id.contains(word)
            || lexicon.common.contains(word)
            || lexicon.slang.contains_key(word)
            || lexicon.stemmer.root(word).is_some();
        let english = lexicon.stop_en.contains(word) || lexicon.english.contains(word);
        id += usize::from(indonesian && !lexicon.english.contains(word));
        en += usize::from(english && (!indonesian || lexicon.stop_en.contains(word)));
        jv += usize::from(!indonesian && lexicon.javanese.contains_key(word));
        su += usize::from(!indonesian && lexicon.sundanese.contains_key(word));
    }
    let candidates = [(Language::English, en), (Language::Javanese, jv), (Language::Sundanese, su)];
    let (language, hits) = candidates.into_iter().max_by_key(|(_, hits)| *hits).unwrap_or((Language::Indonesian, 0));
    let share = |count: usize| if all == 0 { 0.0 } else { count as f64 / all as f64 };
    let enough = hits >= AT_LEAST && share(hits) >= NEEDED;
    if enough && (language != Language::English || en > id) {
        return Detected { language, certainty: share(hits) };
    }
    Detected { language: Language::Indonesian, certainty: share(id) }
}
