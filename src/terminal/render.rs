//! A screen as lines of text, with colours only where a terminal shows them.

use crate::answer::Verdict;
use crate::chat::{Block, Screen, Span};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Plain,
    Ansi,
}

impl Paint {
    /// Colours on a terminal, unless `NO_COLOR` is set.
    #[must_use]
    pub fn detect(is_terminal: bool, no_color: bool) -> Self {
        if is_terminal && !no_color { Self::Ansi } else { Self::Plain }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// The screen's blocks, and its buttons as numbered choices.
#[must_use]
pub fn render(screen: &Screen, paint: Paint) -> String {
    let mut paragraphs: Vec<String> = screen.blocks.iter().map(|block| self::block(block, paint)).collect();
    let choices: Vec<String> =
        (1..).zip(&screen.buttons).map(|(number, button)| format!("  [{number}] {}", button.label)).collect();
    if !choices.is_empty() {
        paragraphs.push(choices.join("\n"));
    }
    paragraphs.join("\n\n")
}

fn block(block: &Block, paint: Paint) -> String {
    match block {
        Block::Paragraph(spans) => line(spans, paint),
        Block::List { label, items, .. } => {
            let items: Vec<String> = items.iter().map(|item| format!("  - {}", line(item, paint))).collect();
            format!("{}:\n{}", paint.wrap("1", label), items.join("\n"))
        }
    }
}

fn line(spans: &[Span], paint: Paint) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Plain(text) => visible(text),
            Span::Bold(text) => paint.wrap("1", &visible(text)),
            Span::Faint(text) => paint.wrap("2", &visible(text)),
            Span::Verdict(verdict, text) => paint.wrap(colour(*verdict), &visible(text)),
        })
        .collect()
}

/// Text without control characters: what a person typed must not steer the terminal.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "1;32",
        Verdict::Forbidden => "1;31",
        Verdict::Conditional => "1;33",
        Verdict::Information => "1;36",
    }
}
