//! The knowledge: law, answers, articles and language tables as files, checked into one typed,
//! immutable set. Knows nothing of search, questions or transport; never reads the clock.

pub mod check;
pub mod date;
pub mod files;
pub mod finding;
mod model;
mod parse;
mod pinpoint;
mod register;
pub mod source;
pub mod vocabulary;

pub use finding::{Finding, Severity};
pub use model::{Instrument, Knowledge, Provision, Topic, is_material};
pub use pinpoint::pinpoint;
pub use source::Source;

pub(crate) use finding::Findings;
pub(crate) use parse::read_value;

use crate::language::Lexicon;

/// Reads, checks and builds a set.
///
/// Returns all findings with the set; there is no set when one of them is an error.
#[must_use]
pub fn load(sources: Vec<Source>) -> (Option<Knowledge>, Vec<Finding>) {
    let mut findings = Findings::default();
    let draft = parse::parse(sources, &mut findings);
    let concepts = || draft.concepts.iter().map(|(_, file)| file);
    let ((), lexicon) = rayon::join(|| check::run(&draft, &mut findings), || Lexicon::build(&draft.language, concepts()));
    let knowledge = (!findings.has_errors()).then(|| Knowledge::build(draft, lexicon));
    (knowledge, findings.into_sorted())
}
