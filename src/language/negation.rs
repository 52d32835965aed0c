//! What a question denies: the words that turn a concept into its opposite, and those that only ask.

use super::lexicon::Lexicon;
use super::question::{Mention, Question, Token};
use super::word::Boundary;
use crate::knowledge::vocabulary::ConceptKind;

/// Stems that turn what follows into its opposite.
const NEGATIONS: &str = "tidak bukan belum tanpa not never dont without no nothing unrelated";

/// Stems that carry another word: "tidak **pakai** pose jari" denies the pose, "tidak **ada hubungan** dengan calon" the
/// candidate.
const LIGHT_WORDS: &str = "pakai buat ada beri jadi sampai hubung kait sangkut sama urus bawa muat ambil sebut kandung unsur \
    libat singgung tampil tunjuk dapat kasih kantong laku kena minta punya milik sempat pernah perlu usah";

/// The same in English, as typed: "without **wearing** attributes", "nothing **to do** with a candidate".
const LIGHT_ENGLISH: &str = "take taking taken took wear wearing wore carry carrying bring bringing use using hold holding make \
    making mention mentioning related involving connected show showing name naming do link links ties connection given giving \
    getting official to with any";

/// Stems that pass a denial on: "tidak **pernah** ikut kampanye".
const PASSING: &str = "pernah sengaja sempat langsung";

/// After these a closing "tidak" only asks: "CLTN nggak **kalau** istri maju?", "aman nggak **sih** buat ASN".
const CLOSED: &str = "kalau jika apabila bila kalo untuk bagi sih ya yah nih toh min";

/// Stems of what hasn't happened yet to the thing named before: "CLTN **belum terbit**".
const PENDING: &str = "turun terbit keluar setuju acc aju proses kabul sah sampai tanda jalan";

/// Stems of what isn't so of the thing named before, at the end of a clause: "calon **tidak disebut**".
const ABSENT: &str = "sebut singgung ada pakai tampil muncul bawa hadir";

/// How many words a negation denies, and how near they stand.
const DENIED_WORDS: usize = 2;
const DENIED_WITHIN: usize = 3;

fn is_among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// Whether a word turns what follows into its opposite.
pub(super) fn negates(token: &Token) -> bool {
    is_among(NEGATIONS, &token.stem)
}

impl Question {
    /// "saya **tidak** ikut kampanye": the act after the negation is denied. "boleh **tidak** …" and
    /// "**tidak** boleh" are ways to ask, not to deny.
    pub(super) fn negate(&mut self, lexicon: &Lexicon) {
        for at in 0..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else { continue };
            // "Bukankah …?" asks.
            let asks = token.text.ends_with("kah");
            if token.label.is_some() || asks || !negates(token) {
                continue;
            }
            let is_not = token.stem == "bukan";
            self.negate_before(at);
            if self.closes(at) {
                continue;
            }
            let after_modal = self.follows_modal(lexicon, at);
            let mut next = self.mentions.iter().position(|m| {
                let same_clause = |between: &[Token]| between.iter().all(|t| t.after == Boundary::None);
                let is_light = |t: &&Token| is_among(LIGHT_WORDS, &t.stem) || is_among(LIGHT_ENGLISH, &t.text);
                let between = self.tokens.get(at + 1..m.start.max(at + 1)).unwrap_or_default();
                m.start > at
                    && self.tokens.get(at..m.start).is_some_and(same_clause)
                    && m.start <= at + 3 + between.iter().filter(is_light).count()
                    && between.iter().filter(|t| !t.stop).all(|t| is_light(&t))
            });
            while let Some(mention) = next.and_then(|next| self.mentions.get_mut(next)) {
                mention.negated = !after_modal && lexicon.kind(mention.concept) != Some(ConceptKind::Intent);
                let denied = *mention;
                next = self.passed_on(lexicon, denied, is_not);
            }
        }
    }

    /// The weighty words that a negation turns into their opposite: "tanpa **melompati antrean**".
    pub fn denied_words(&self, lexicon: &Lexicon) -> impl Iterator<Item = &Token> {
        let negations = self.tokens.iter().enumerate().filter(|(at, token)| {
            token.label.is_none()
                && negates(token)
                && !token.text.ends_with("kah")
                && !self.closes(*at)
                && !self.follows_modal(lexicon, *at)
        });
        negations.flat_map(|(at, token)| {
            let after = self.tokens.get(at + 1..).unwrap_or_default();
            let clause = after.iter().position(|token| token.after != Boundary::None).map_or(after.len(), |end| end + 1);
            let reach = if token.after == Boundary::None { clause.min(DENIED_WITHIN) } else { 0 };
            after.iter().take(reach).filter(|token| !token.stop).take(DENIED_WORDS)
        })
    }

    /// The mention that is denied with the one before it, if there is one.
    fn passed_on(&self, lexicon: &Lexicon, denied: Mention, is_not: bool) -> Option<usize> {
        let word = |at: usize| self.tokens.get(at);
        let runs_on = |token: &Token| token.after == Boundary::None;
        let next = self.mentions.iter().position(|m| m.start > denied.end)?;
        let follows = self.mentions.get(next).filter(|_| word(denied.end).is_some_and(runs_on))?;
        // "tidak **pernah** ikut kampanye": a word of manner passes the denial on.
        let carries = denied.start == denied.end || lexicon.kind(denied.concept) == Some(ConceptKind::Manner);
        let is_manner = carries && word(denied.start).is_some_and(|token| is_among(PASSING, &token.stem));
        // "without **wearing** any **attributes**" names one thing twice.
        let is_same = follows.concept == denied.concept;
        // "**bukan** akun calon" denies the candidate too.
        let is_thing = matches!(lexicon.kind(follows.concept), Some(ConceptKind::Object | ConceptKind::Institution));
        let adjoins = follows.start == denied.end + 1;
        let skips = follows.start == denied.end + 2 && word(denied.end + 1).is_some_and(|token| token.stop && runs_on(token));
        ((is_manner || is_same) && (adjoins || skips) || is_not && is_thing && adjoins).then_some(next)
    }

    /// Whether the "tidak" at `at` only closes a question.
    fn closes(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| token.stem == "tidak") else { return false };
        let next = self.tokens.get(at + 1).map_or("", |next| next.text.as_str());
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let asked_before = before.is_some_and(|token| token.label.is_some());
        token.after != Boundary::None || is_among(CLOSED, next) || next == "buat" && asked_before
    }

    /// Denies what stands before the negation at `at`, where the words after it say so.
    fn negate_before(&mut self, at: usize) {
        let Some(next) = self.tokens.get(at + 1) else { return };
        let ends = next.after != Boundary::None || self.tokens.get(at + 2).is_none_or(|token| token.stop);
        let denies = is_among(PENDING, &next.stem) || ends && is_among(ABSENT, &next.stem);
        let runs_on = |from: usize| self.tokens.get(from..at).is_some_and(|t| t.iter().all(|t| t.after == Boundary::None));
        let mut words = (0..at).rev();
        let place = words.find(|place| self.tokens.get(*place).is_some_and(|token| !token.stop));
        if let Some(place) = place.filter(|place| denies && runs_on(*place)) {
            self.mentions.iter_mut().filter(|m| (m.start..=m.end).contains(&place)).for_each(|m| m.negated = true);
        }
    }
}
