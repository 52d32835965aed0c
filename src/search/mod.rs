//! Retrieval: which topics and article passages a question may be about. Candidates only; what is
//! answered is decided in `answer`.

mod baseline;
mod chooser;
mod classifier;
mod coarse;
mod corpus;
mod embedding;
mod index;
mod likelihood;
mod marks;
mod material;
mod network;
mod postings;
mod reading;
mod together;
mod weights;

pub use baseline::{Baseline, Found};
pub use corpus::{Case, Corpus, Entry, EntryId, Origin, Sorted, TermId, Wordings};
pub use index::{CANDIDATES, Hit, Index};
pub use likelihood::{Counts, Unit};
