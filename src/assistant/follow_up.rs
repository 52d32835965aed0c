//! "kalau PPPK?", "sanksinya?": a short question without an act of its own is read with the one before it.

use super::{Assistant, Context};
use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{Boundary, Question, Token};

/// A follow-up is short: at most this many words that carry weight.
const WORDS: usize = 5;
/// The word, as it is read in every language, that puts something in the place of what was asked about.
const SUPPOSING: &str = "kalau";

impl Assistant {
    /// The earlier question with what this one names in the place of what it named of that kind, or both if it named
    /// nothing of it; `None` if this one is a question of its own.
    pub(super) fn follow_up(&self, question: &Question, context: &Context) -> Option<Question> {
        let lexicon = &self.knowledge.lexicon;
        let kinds =
            |question: &Question| question.mentions.iter().filter_map(|m| lexicon.kind(m.concept)).collect::<Vec<ConceptKind>>();
        let named = kinds(question);
        let weighty = question.tokens.iter().filter(|token| !token.stop).count();
        let supposes = question.tokens.first().is_some_and(|token| token.text == SUPPOSING);
        let is_own_matter = |kind: &ConceptKind| match kind {
            ConceptKind::Act | ConceptKind::Instrument => true,
            // "KPU?" may ask anything of it; "**kalau** akun resmi KPU?" supposes that the account is its.
            ConceptKind::Institution => !supposes,
            _ => false,
        };
        if named.iter().any(is_own_matter) || !(1..=WORDS).contains(&weighty) || named.is_empty() || !question.fields.is_empty() {
            return None;
        }
        let replaces = |old: ConceptKind| {
            named.iter().any(|new| *new == old || (*new, old) == (ConceptKind::Institution, ConceptKind::Object))
        };
        let before = &context.question;
        let is_replaced = |at: usize| {
            let mut mentions = before.mentions.iter().filter(|m| (m.start..=m.end).contains(&at));
            mentions.any(|m| lexicon.kind(m.concept).is_some_and(replaces))
        };
        let mut tokens: Vec<Token> = Vec::new();
        let mut place = None;
        for (at, token) in before.tokens.iter().enumerate() {
            if is_replaced(at) {
                place.get_or_insert(tokens.len());
            } else {
                tokens.push(token.clone());
            }
        }
        match place {
            Some(place) => {
                let mut instead: Vec<Token> = question.tokens.iter().skip(usize::from(supposes)).cloned().collect();
                if let Some(last) = instead.last_mut().filter(|_| place < tokens.len()) {
                    last.after = Boundary::None;
                }
                tokens.splice(place..place, instead);
            }
            None => {
                if let Some(last) = tokens.last_mut() {
                    last.after = Boundary::Strong;
                }
                tokens.extend(question.tokens.iter().cloned());
            }
        }
        Some(Question::from_tokens(lexicon, tokens, before.detected))
    }
}
