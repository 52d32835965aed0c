//! What is wrong with the knowledge, and where.

use std::fmt;

use super::source::Source;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing starts on a set with an error.
    Error,
    Warning,
}

/// One finding, printed as `path:line: message`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    /// Name of the check, for `netral periksa --jelaskan`.
    pub check: &'static str,
    pub severity: Severity,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.severity == Severity::Warning { "peringatan: " } else { "" };
        write!(f, "{}:{}: {mark}{} [{}]", self.path, self.line, self.message, self.check)
    }
}

/// Collects findings of one check after the other; nothing stops at the first.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// What a step yields, with the findings it collects: for steps that run beside others.
    pub fn collect<T>(step: impl FnOnce(&mut Self) -> T) -> (T, Self) {
        let mut own = Self::default();
        (step(&mut own), own)
    }

    /// Takes another's findings over.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// An error at the first place of `source` where `needle` stands.
    pub fn error(&mut self, check: &'static str, source: &Source, needle: &str, message: impl Into<String>) {
        self.push(check, source, source.line_of(needle), Severity::Error, message.into());
    }

    /// A warning at the first place of `source` where `needle` stands.
    pub fn warning(&mut self, check: &'static str, source: &Source, needle: &str, message: impl Into<String>) {
        self.push(check, source, source.line_of(needle), Severity::Warning, message.into());
    }

    /// An error at a known line.
    pub fn error_at(&mut self, check: &'static str, source: &Source, line: usize, message: impl Into<String>) {
        self.push(check, source, line, Severity::Error, message.into());
    }

    fn push(&mut self, check: &'static str, source: &Source, line: usize, severity: Severity, message: String) {
        self.0.push(Finding { path: source.path.clone(), line, check, severity, message });
    }

    /// Sorted by place, without repetitions.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort();
        self.0.dedup();
        self.0
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }
}
