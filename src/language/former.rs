//! Who no longer is what is said of him: "pensiunan **dinas kesehatan**" and "eks **ASN**" aren't in the service.

use super::lexicon::{ConceptId, Lexicon};
use super::question::{Mention, Question};
use super::word::Boundary;

/// The status of one who has left the service.
const LEFT: &str = "pensiunan";
/// What was and no longer is, whoever it is said of.
const FORMER: &str = "mantan";
/// Being in the service as such. Of offices it isn't said: a former camat may still serve elsewhere.
const STATUSES: [&str; 4] = ["asn", "pns", "cpns", "pppk"];

impl Question {
    /// Takes back the service of those who have left it.
    pub(super) fn retire(&mut self, lexicon: &Lexicon) {
        let (Some(left), Some(former)) = (lexicon.concept(LEFT), lexicon.concept(FORMER)) else { return };
        for at in 0..self.mentions.len() {
            let Some(said) = self.mentions.get(at).copied() else { return };
            let serves = |id: ConceptId| match said.concept {
                concept if concept == left => lexicon.is_asn(id),
                concept if concept == former => STATUSES.contains(&lexicon.concept_name(id)),
                _ => false,
            };
            let Some(of) = self.mentions.iter().position(|m| serves(m.concept) && self.adjoins(said, *m)) else { continue };
            let end = self.mentions.get(of).map_or(said.end, |m| m.end);
            self.mentions.get_mut(at).into_iter().for_each(|said| (said.concept, said.end) = (left, end));
            self.mentions.remove(of);
        }
    }

    /// Whether `next` follows `said` in the same clause, with at most one function word between: "pensiun **dari** PNS".
    fn adjoins(&self, said: Mention, next: Mention) -> bool {
        let between = self.tokens.get(said.end + 1..next.start);
        let runs_on = self.tokens.get(said.end..next.start).is_some_and(|some| some.iter().all(|t| t.after == Boundary::None));
        runs_on && between.is_some_and(|between| between.len() <= 1 && between.iter().all(|token| token.stop))
    }
}
