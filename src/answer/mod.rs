//! From candidates to a reply: evidence, decision, composition. Pure; the day is an argument.

mod branch;
mod compose;
mod decide;
mod evidence;
mod json;
mod model;
mod reply;
pub mod words;

pub use crate::knowledge::vocabulary::{Basis, Verdict};
pub use branch::{Described, TRAITS, Traits, cases, choose, verdict};
pub use compose::Composer;
pub use decide::{CHOICES, Decision, Ranked, USUAL, Weighing, decide, weigh};
pub use evidence::{Evidence, FEATURES, Features, Weighed};
pub use json::ReplyJson;
pub use model::{Model, SIGNALS, Signals, dot, sigmoid};
pub use reply::{Branch, Choice, Citation, Outcome, Reply, Sanction, Source};
