//! The real dispatcher against a double of the Bot API. Tests named `pN_…` hold a cure for the
//! pitfall of that number in the notes on teloxide; they fail without it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod binary;
mod double;
mod edits;
mod entities;
mod events;
mod groups;
mod life;
mod load;
mod logs;
mod pages;
mod rig;
mod scenes;
mod sending;
mod shipped;
mod sources;
