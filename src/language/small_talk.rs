//! Small talk: greetings and thanks by their phrases, talk about the bot itself by its content words.
//!
//! Who made the bot or whether it keeps a secret is asked in too many ways for a list of phrases; but all of them address
//! the bot, name the matter, and say little else.

use std::collections::HashSet;
use std::ops::Range;

use super::files::{AddressFile, GreetingFile};
use super::lexicon::{Label, Lexicon};
use super::question::{Question, Token};
use super::word::Boundary;
use crate::knowledge::vocabulary::ConceptKind;

/// Weighty words that may stand beside a phrase of small talk.
const BESIDE: usize = 2;

const CONDITION: &str = "kalau";

/// Content words of talk about the bot, by stem.
#[derive(Debug, Default)]
pub(super) struct Themes {
    /// What addresses the bot, and what may be said beside it, in talk of any kind.
    address: HashSet<String>,
    beside: HashSet<String>,
    /// By kind, as [`Lexicon::greetings`]: what it is about, and what addresses the bot in talk of this kind only.
    kinds: Vec<(HashSet<String>, HashSet<String>)>,
}

impl Themes {
    /// Compiles the words; `stem` gives the stems of a phrase's words.
    pub(super) fn new(address: &AddressFile, greetings: &[GreetingFile], stem: impl Fn(&str) -> Vec<String>) -> Self {
        let stems = |words: &[String]| words.iter().flat_map(|word| stem(word)).collect();
        let kinds = greetings.iter().map(|greeting| (stems(&greeting.tema), stems(&greeting.sapa))).collect();
        Self { address: stems(&address.sapa), beside: stems(&address.iring), kinds }
    }

    /// The kind of talk about the bot that the words are: they address it, name the kind, and say nothing weighty else.
    /// Of several such kinds, the one that most words name.
    fn heard(&self, tokens: &[Token]) -> Option<usize> {
        // "kalau malam?" goes on with the question before.
        if tokens.iter().any(|token| token.stem == CONDITION) {
            return None;
        }
        let named = |(theme, own): &(HashSet<String>, HashSet<String>)| {
            let addresses = |token: &Token| self.address.contains(&token.stem) || own.contains(&token.stem);
            let numbers = |token: &Token| token.stem.bytes().all(|b| b.is_ascii_digit());
            let fits = |token: &Token| theme.contains(&token.stem) || self.beside.contains(&token.stem) || numbers(token);
            let is_it = tokens.iter().any(addresses) && tokens.iter().all(|token| token.stop || addresses(token) || fits(token));
            if is_it { tokens.iter().filter(|token| theme.contains(&token.stem)).count() } else { 0 }
        };
        let heard = self.kinds.iter().map(named).enumerate().filter(|(_, words)| *words > 0);
        heard.rev().max_by_key(|(_, words)| *words).map(|(at, _)| at)
    }
}

/// The small talk that a message is, if it asks nothing of our matter.
#[must_use]
pub fn small_talk<'a>(lexicon: &'a Lexicon, question: &Question) -> Option<&'a GreetingFile> {
    let phrase = || question.greetings.first().copied().filter(|_| asks_nothing(lexicon, question));
    lexicon.greetings.get(phrase().or_else(|| lexicon.themes.heard(&question.tokens))?)
}

/// The words of a question that aren't small talk before or after it: "woy bot goblok, **boleh ikut konvoi ga**, makasih".
/// How somebody addresses the bot is no evidence of what is asked.
#[must_use]
pub fn matter(lexicon: &Lexicon, question: &Question) -> Range<usize> {
    let tokens = &question.tokens;
    let greets = |token: &Token| matches!(token.label, Some(Label::Greeting(_)));
    let addresses = |token: &Token| lexicon.themes.address.contains(&token.stem);
    let passes = |token: &Token| greets(token) || addresses(token) || token.stop;
    let is_aside = |part: &[Token]| part.iter().any(greets) && part.iter().all(passes);
    // A clause of its own, or "bot goblok saya …" up to its last word.
    let ends = |part: &[Token]| {
        let parted = part.last().is_some_and(|last| last.after != Boundary::None);
        parted || part.last().is_some_and(|last| greets(last) || addresses(last)) && part.iter().any(addresses)
    };
    let first = (1..tokens.len()).rev().find(|end| tokens.get(..*end).is_some_and(|part| is_aside(part) && ends(part)));
    let parted = |at: usize| tokens.get(at).is_some_and(|token| token.after != Boundary::None);
    let begins = |at: &usize| parted(at - 1) && tokens.get(*at..).is_some_and(is_aside);
    let start = first.unwrap_or(0);
    start..(start + 1..tokens.len()).find(begins).unwrap_or(tokens.len())
}

fn asks_nothing(lexicon: &Lexicon, question: &Question) -> bool {
    let says_something = |kind: Option<ConceptKind>| kind.is_some_and(|kind| kind != ConceptKind::Intent);
    let asks = question.mentions.iter().any(|m| says_something(lexicon.kind(m.concept))) || !question.fields.is_empty();
    let rest = question.tokens.iter().filter(|token| token.label.is_none() && !token.stop).count();
    !asks && rest <= BESIDE
}
