//! A question understood: words with stems, concepts mentioned, negations, language.

use super::detect::{Detected, Language, detect};
use super::lexicon::{ConceptId, Label, Lexicon, Phrases};
use super::negation;
use super::reference::{Reference, reference};
use super::typed::read_word;
use super::word::{self, Boundary};
use crate::knowledge::vocabulary::ConceptKind;

/// English words that ask at the beginning of a clause and else only join one: "the friend **who** runs".
const RELATIVES: [&str; 5] = ["who", "when", "where", "how", "which"];
/// Before or after these a relative asks all the same.
const ASKING: [&str; 26] = [
    "and", "or", "but", "so", "know", "tell", "explain", "about", "must", "does", "do", "did", "is", "are", "was", "can", "may",
    "should", "will", "would", "could", "to", "has", "have", "many", "long",
];

/// Function words that no phrase runs across: "pasangan **jadi** calon" is a spouse who runs. But "ikut **jadi** timses" is
/// one act.
const JOINING: [&str; 3] = ["jadi", "menjadi", "sebagai"];

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
        let words = lexicon.contexts.settle(word::split(text));
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
            if is_doubled(&tokens, &places) {
                continue;
            }
            if places.len() == 1 && detected.language == Language::English && is_relative(&tokens, start) {
                continue;
            }
            for place in &places {
                if let Some(token) = tokens.get_mut(*place) {
                    token.label = Some(label);
                }
            }
            match label {
                Label::Concept(concept) => {
                    let end = places.last().copied().unwrap_or(start);
                    question.mentions.push(Mention { concept, start, end, negated: false });
                    // "datang ke **kampanye**" is an act, but it says what the act is towards as well.
                    if places.len() > 1 && lexicon.kind(concept) == Some(ConceptKind::Act) {
                        let towards = |inner| lexicon.is_anchor(inner) && !lexicon.satisfies(concept, inner);
                        question.mention_within(lexicon, &tokens, &places, towards);
                    }
                }
                Label::Field(field) => {
                    question.fields.push(field);
                    // "ambil **cuti**" is often no matter of ours, yet it says how something is done.
                    let is_manner = |inner| lexicon.kind(inner) == Some(ConceptKind::Manner);
                    question.mention_within(lexicon, &tokens, &places, is_manner);
                }
                Label::Greeting(greeting) => question.greetings.push(greeting),
            }
        }
        question.tokens = tokens;
        question.retire(lexicon);
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

    /// What is mentioned of a kind, also what is denied.
    pub fn of_kind(&self, lexicon: &Lexicon, kind: ConceptKind) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |m| lexicon.kind(m.concept) == Some(kind))
    }

    /// Whether it mentions what hardly anybody mentions outside our field, if only to deny it.
    #[must_use]
    pub fn is_anchored(&self, lexicon: &Lexicon) -> bool {
        self.mentions.iter().any(|m| lexicon.is_anchor(m.concept))
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

    /// Mentions what words of a longer phrase name by themselves, where it is wanted.
    fn mention_within(&mut self, lexicon: &Lexicon, tokens: &[Token], places: &[usize], wanted: impl Fn(ConceptId) -> bool) {
        for at in places {
            let word = tokens.get(*at).and_then(|token| lexicon.word(&token.text, &token.stem));
            if let Some(Label::Concept(concept)) = word
                && wanted(concept)
            {
                self.mentions.push(Mention { concept, start: *at, end: *at, negated: false });
            }
        }
    }

    /// Whether the word at `at` only turns "boleh" into a question: "boleh **gak** …". After "bolehkah" it denies.
    fn is_tag(&self, lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
        let negates = tokens.get(at).is_some_and(negation::negates);
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        negates && before.is_some_and(|token| !token.text.ends_with("kah")) && self.follows_modal(lexicon, at)
    }

    /// Whether the mention before the word at `at` asks whether something is allowed.
    pub(super) fn follows_modal(&self, lexicon: &Lexicon, at: usize) -> bool {
        self.mentions.iter().any(|m| m.end + 1 == at && is_modal(lexicon, m.concept))
    }
}

/// "ke **mana-mana**", "**siapa-siapa**" ask nothing.
fn is_doubled(tokens: &[Token], places: &[usize]) -> bool {
    let last = places.last().and_then(|last| tokens.get(*last)).map(|token| token.text.as_str());
    let next = places.last().and_then(|last| tokens.get(*last + 1)).map(|token| token.text.as_str());
    last == next && matches!(last, Some("mana" | "siapa"))
}

/// Whether an English relative at `at` joins a clause instead of asking.
fn is_relative(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map(|token| token.text.as_str());
    let is_in = |at: Option<usize>, list: &[&str]| at.and_then(word).is_some_and(|word| list.contains(&word));
    let before = at.checked_sub(1);
    let opens = before.and_then(|before| tokens.get(before)).is_none_or(|token| token.after != Boundary::None);
    is_in(Some(at), &RELATIVES) && !opens && !is_in(before, &ASKING) && !is_in(Some(at + 1), &ASKING)
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
    let joins = |token: &Token| JOINING.contains(&token.text.as_str()) && tokens.get(at).is_none_or(|token| token.stem != "ikut");
    let skips = tokens.get(at + 1).is_some_and(|token| token.stop && !joins(token)) && runs_on(at + 1);
    let longer = if runs_on(at) { step(at + 1).or_else(|| if skips { step(at + 2) } else { None }) } else { None };
    match longer {
        Some((label, mut places)) => {
            places.insert(0, at);
            Some((label, places))
        }
        None => node.label.map(|label| (label, vec![at])),
    }
}
