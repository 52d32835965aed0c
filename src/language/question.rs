//! A question understood: words with stems, concepts mentioned, negations, language.

use super::detect::{Detected, detect};
use super::lexicon::{ConceptId, Label, Lexicon, Phrases};
use super::normalise::normalise;
use super::reference::{Reference, reference};
use super::word::{self, Boundary, Word};
use crate::knowledge::vocabulary::ConceptKind;

/// Words that turn what follows into its opposite.
const NEGATIONS: [&str; 7] = ["tidak", "bukan", "belum", "not", "never", "dont", "without"];

/// Words that carry another one: "tidak **pakai** pose jari" denies the pose, "tidak **ada hubungan** dengan calon" the candidate.
const LIGHT_WORDS: [&str; 11] = ["pakai", "buat", "ada", "beri", "jadi", "sampai", "hubung", "kait", "sangkut", "sama", "urus"];

/// One word, as typed and as compared.
#[derive(Debug, Clone)]
pub struct Token {
    /// After slang, regional words and spelling.
    pub text: String,
    pub stem: String,
    /// Carries no weight of its own.
    pub stop: bool,
    /// Known to the language tables; an unknown word is evidence against understanding.
    pub known: bool,
    pub after: Boundary,
    /// What the word was read as part of.
    pub label: Option<Label>,
}

/// A concept named by the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub concept: ConceptId,
    /// First and last token of the phrase.
    pub start: usize,
    pub end: usize,
    pub negated: bool,
}

/// The analysed question. The same analysis makes the terms of the index.
#[derive(Debug, Clone)]
pub struct Question {
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
    /// Foreign fields touched, as indices into [`Lexicon::fields`].
    pub fields: Vec<usize>,
    /// Small talk heard, as indices into [`Lexicon::greetings`].
    pub greetings: Vec<usize>,
    /// The instrument cited, by kind and number, with the place in it if one is named.
    pub reference: Option<Reference>,
    pub detected: Detected,
}

impl Question {
    /// Reads a text that somebody asks, with the instrument it may cite.
    #[must_use]
    pub fn read(lexicon: &Lexicon, text: &str) -> Self {
        let reference = reference(text).filter(|reference| !reference.kind.is_empty());
        Self { reference, ..Self::understand(lexicon, text) }
    }

    /// Understands the words of a text; wordings of the index need no more.
    #[must_use]
    pub fn understand(lexicon: &Lexicon, text: &str) -> Self {
        let words = word::split(&normalise(text));
        let detected = detect(lexicon, words.iter().map(|word| word.text.as_str()));
        let mut tokens = Vec::with_capacity(words.len());
        for word in &words {
            read_word(lexicon, word, detected, &mut tokens);
        }
        Self::from_tokens(lexicon, tokens, detected)
    }

    /// Finds concepts and negations in tokens that were read before.
    #[must_use]
    pub fn from_tokens(lexicon: &Lexicon, mut tokens: Vec<Token>, detected: Detected) -> Self {
        let mut question = Self {
            tokens: Vec::new(),
            mentions: Vec::new(),
            fields: Vec::new(),
            greetings: Vec::new(),
            reference: None,
            detected,
        };
        for token in &mut tokens {
            token.label = None;
        }
        for start in 0..tokens.len() {
            // "boleh **tidak** nyoblos?" asks; it doesn't name abstaining.
            if question.is_tag(lexicon, &tokens, start) {
                continue;
            }
            let Some((label, places)) = longest(lexicon, &tokens, start) else { continue };
            for place in &places {
                if let Some(token) = tokens.get_mut(*place) {
                    token.label = Some(label);
                }
            }
            match label {
                Label::Concept(concept) => {
                    let end = places.last().copied().unwrap_or(start);
                    question.mentions.push(Mention { concept, start, end, negated: false });
                    question.mention_within(lexicon, &tokens, concept, &places);
                }
                Label::Field(field) => question.fields.push(field),
                Label::Greeting(greeting) => question.greetings.push(greeting),
            }
        }
        question.tokens = tokens;
        question.negate(lexicon);
        question
    }

    /// The part of the question made of some of its tokens, understood anew.
    #[must_use]
    pub fn part(&self, lexicon: &Lexicon, keep: impl Fn(usize) -> bool) -> Self {
        let tokens = self.tokens.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, token)| token.clone()).collect();
        Self::from_tokens(lexicon, tokens, self.detected)
    }

    /// Stems of the words that carry weight, each once, in order.
    #[must_use]
    pub fn weighty_stems(&self) -> Vec<&str> {
        let mut stems: Vec<&str> = self.tokens.iter().filter(|token| !token.stop).map(|token| token.stem.as_str()).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Concepts affirmed, each once.
    #[must_use]
    pub fn concepts(&self) -> Vec<ConceptId> {
        let mut found: Vec<ConceptId> = self.mentions.iter().filter(|m| !m.negated).map(|m| m.concept).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether the question names the concept, or a narrower one, affirmatively.
    #[must_use]
    pub fn names(&self, lexicon: &Lexicon, concept: ConceptId) -> bool {
        self.mentions.iter().any(|m| !m.negated && lexicon.satisfies(m.concept, concept))
    }

    /// [`Self::names`] by the word that knowledge files use.
    #[must_use]
    pub fn says(&self, lexicon: &Lexicon, id: &str) -> bool {
        lexicon.concept(id).is_some_and(|concept| self.names(lexicon, concept))
    }

    /// Whether the question denies the concept: "**tidak** sedang CLTN".
    #[must_use]
    pub fn denies(&self, lexicon: &Lexicon, id: &str) -> bool {
        let wide = lexicon.concept(id);
        wide.is_some_and(|wide| self.mentions.iter().any(|m| m.negated && lexicon.satisfies(m.concept, wide)))
    }

    /// Whether nothing in the text can be understood as a word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// "datang ke **kampanye**" is an act, but it says what the act is towards as well.
    fn mention_within(&mut self, lexicon: &Lexicon, tokens: &[Token], outer: ConceptId, places: &[usize]) {
        if lexicon.kind(outer) != Some(ConceptKind::Act) || places.len() < 2 {
            return;
        }
        for at in places {
            let Some(token) = tokens.get(*at) else { continue };
            match lexicon.word(&token.text, &token.stem) {
                Some(Label::Concept(inner)) if lexicon.is_anchor(inner) && !lexicon.satisfies(outer, inner) => {
                    self.mentions.push(Mention { concept: inner, start: *at, end: *at, negated: false });
                }
                _ => {}
            }
        }
    }

    /// Whether the word at `at` only turns "boleh" into a question: "boleh **gak** …". After "bolehkah" it denies.
    fn is_tag(&self, lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
        let negates = tokens.get(at).is_some_and(|token| NEGATIONS.contains(&token.stem.as_str()));
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        negates && before.is_some_and(|token| !token.text.ends_with("kah")) && self.follows_modal(lexicon, at)
    }

    fn follows_modal(&self, lexicon: &Lexicon, at: usize) -> bool {
        self.mentions.iter().any(|m| m.end + 1 == at && is_modal(lexicon, m.concept))
    }

    /// "saya **tidak** ikut kampanye": the act after the negation is denied. "boleh **tidak** …" and
    /// "**tidak** boleh" are ways to ask, not to deny.
    fn negate(&mut self, lexicon: &Lexicon) {
        for at in 0..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else { continue };
            // "Bukankah …?" asks.
            let asks = token.text.ends_with("kah");
            if token.label.is_some() || asks || !NEGATIONS.contains(&token.stem.as_str()) {
                continue;
            }
            let after_modal = self.follows_modal(lexicon, at);
            let next = self.mentions.iter().position(|m| {
                let same_sentence = |between: &[Token]| between.iter().all(|t| t.after != Boundary::Strong);
                let is_light = |t: &&Token| LIGHT_WORDS.contains(&t.stem.as_str());
                let between = self.tokens.get(at + 1..m.start.max(at + 1)).unwrap_or_default();
                m.start > at
                    && self.tokens.get(at..m.start).is_some_and(same_sentence)
                    && m.start <= at + 3 + between.iter().filter(is_light).count()
                    && between.iter().filter(|t| !t.stop).all(|t| is_light(&t))
            });
            let Some(mut next) = next else { continue };
            // "tidak **pernah** ikut kampanye": a word of manner passes the denial on.
            while let Some(mention) = self.mentions.get_mut(next) {
                let kind = lexicon.kind(mention.concept);
                mention.negated = !after_modal && kind != Some(ConceptKind::Intent);
                let end = mention.end;
                next += 1;
                let follows = self.mentions.get(next).is_some_and(|m| m.start == end + 1);
                if kind != Some(ConceptKind::Manner) || !follows {
                    break;
                }
            }
        }
    }
}

fn is_modal(lexicon: &Lexicon, concept: ConceptId) -> bool {
    lexicon.concept_name(concept) == "boleh"
}

/// The longest phrase that starts at `start`, with the places of its words.
fn longest(lexicon: &Lexicon, tokens: &[Token], start: usize) -> Option<(Label, Vec<usize>)> {
    let first = tokens.get(start).filter(|token| token.label.is_none())?;
    let found = lexicon.phrases.next.get(&first.stem).and_then(|node| follow(node, tokens, start));
    match found {
        Some(found) if found.1.len() > 1 => Some(found),
        // A word's own form says more than its stem.
        single => lexicon.form(&first.text).map(|label| (label, vec![start])).or(single),
    }
}

/// Follows the tree from the word at `at`; one function word may stand between two words of a phrase.
fn follow(node: &Phrases, tokens: &[Token], at: usize) -> Option<(Label, Vec<usize>)> {
    // A phrase doesn't run on across a comma or a full stop.
    let runs_on = |from: usize| tokens.get(from).is_some_and(|token| token.after == Boundary::None);
    let step = |next: usize| {
        let token = tokens.get(next).filter(|token| token.label.is_none())?;
        follow(node.next.get(&token.stem)?, tokens, next)
    };
    let skips = tokens.get(at + 1).is_some_and(|token| token.stop) && runs_on(at + 1);
    let longer = if runs_on(at) { step(at + 1).or_else(|| if skips { step(at + 2) } else { None }) } else { None };
    match longer {
        Some((label, mut places)) => {
            places.insert(0, at);
            Some((label, places))
        }
        None => node.label.map(|label| (label, vec![at])),
    }
}

/// One typed word becomes one token, or several when slang or a region writes two words as one.
fn read_word(lexicon: &Lexicon, word: &Word, detected: Detected, tokens: &mut Vec<Token>) {
    let typed = unstretch(lexicon, &word.text);
    let mut known = true;
    let words: Vec<String> = if let Some(words) = lexicon.slang_of(&typed) {
        words.clone()
    } else if let Some(words) = regional(lexicon, &typed, detected) {
        words.clone()
    } else if lexicon.knows(&typed) {
        vec![typed]
    } else if let Some(words) = lexicon.javanese.get(&typed).or_else(|| lexicon.sundanese.get(&typed)) {
        words.clone()
    } else if let Some(correct) = lexicon.speller.correct(&typed) {
        vec![correct.to_owned()]
    } else {
        known = false;
        vec![typed]
    };
    let last = words.len().saturating_sub(1);
    for (at, text) in words.into_iter().enumerate() {
        let english = detected.language == super::Language::English;
        let stop = lexicon.stop_id.contains(&text) || (english && lexicon.stop_en.contains(&text));
        let stem = lexicon.stemmer.stem(&text);
        let after = if at == last { word.after } else { Boundary::None };
        tokens.push(Token { text, stem, stop, known, after, label: None });
    }
}

/// In a question that is Javanese or Sundanese as a whole, its words come before Indonesian ones.
fn regional<'a>(lexicon: &'a Lexicon, word: &str, detected: Detected) -> Option<&'a Vec<String>> {
    match detected.language {
        super::Language::Javanese => lexicon.javanese.get(word),
        super::Language::Sundanese => lexicon.sundanese.get(word),
        _ => None,
    }
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
