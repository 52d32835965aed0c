//! Understanding words: typed text → tokens, stems, concepts, language. Pure: no search, no law,
//! no IO. Everything it knows comes from `knowledge/bahasa/`.

mod context;
mod detect;
mod files;
mod former;
mod lexicon;
mod negation;
mod normalise;
mod question;
mod reference;
mod regional;
mod small_talk;
mod spelling;
mod stem;
mod typed;
mod word;

pub use detect::{Detected, Language};
pub use files::{FieldFile, GreetingFile, LanguageFiles};
pub use lexicon::{Concept, ConceptId, Label, Lexicon};
pub use normalise::{LONGEST, plain};
pub use question::{Mention, Question, Token};
pub use reference::{Reference, reference};
pub use small_talk::{matter, small_talk};
pub use word::Boundary;
