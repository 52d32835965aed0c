//! What an entry of the corpus is made from: texts and concepts, as the knowledge has them.

use crate::knowledge::vocabulary::Verdict;

/// A text that describes one case of an entry.
pub(super) struct Lesson<'a> {
    pub text: &'a str,
    /// 0 the main one, then the branches.
    pub case: usize,
    /// Asked by people, and so found; what an editor tells of the case teaches the classifiers, and counts as told.
    pub is_asked: bool,
}

/// What an entry is made of.
pub(super) struct Material<'a> {
    /// The texts of a case one after another.
    pub lessons: Vec<Lesson<'a>>,
    /// The verdict of each case.
    pub verdicts: Vec<Verdict>,
    /// What else is told.
    pub text: Vec<&'a str>,
    /// Groups of concepts, `a|b`.
    pub required: &'a [String],
    pub mentioned: Vec<&'a String>,
    pub rejected: &'a [String],
}

impl<'a> Lesson<'a> {
    pub fn asked(text: &'a str, case: usize) -> Self {
        Self { text, case, is_asked: true }
    }

    pub fn told(text: &'a str, case: usize) -> Self {
        Self { text, case, is_asked: false }
    }
}
