//! Screens as Telegram HTML, cut into pages. The one place that escapes: what comes out is valid
//! markup whatever the spans hold. Pages are cut before markup exists, so never inside a tag.

use crate::chat::{Block, Screen, Span};

/// Telegram's limit for one message, in UTF-16 units, counted after entity parsing.
pub const PAGE_UNITS: usize = 4096;
/// Telegram ignores entities beyond the hundredth; a page stays below that.
const PAGE_ENTITIES: usize = 95;
/// Between two blocks.
const GAP: &str = "\n\n";

/// One message: the same words with markup and, should Telegram refuse that, without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub html: String,
    pub plain: String,
}

/// The pages of a screen, cut between blocks; a block that is longer than a page is cut between
/// lines, sentences, words or, at last, characters. Empty when the screen says nothing.
#[must_use]
pub fn pages(screen: &Screen) -> Vec<Page> {
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    let (mut units, mut entities) = (0, 0);
    for piece in screen.blocks.iter().filter_map(Piece::new).flat_map(Piece::cut) {
        let (more, marks) = (piece.units(), piece.entities());
        let fits = units + GAP.len() + more <= PAGE_UNITS && entities + marks <= PAGE_ENTITIES;
        match pages.last_mut().filter(|_| fits) {
            Some(page) => {
                page.push(piece);
                units += GAP.len() + more;
                entities += marks;
            }
            None => {
                pages.push(vec![piece]);
                (units, entities) = (more, marks);
            }
        }
    }
    pages.iter().map(|pieces| Page { html: join(pieces, Piece::html), plain: join(pieces, Piece::plain) }).collect()
}

fn join(pieces: &[Piece], render: fn(&Piece) -> String) -> String {
    pieces.iter().map(render).collect::<Vec<_>>().join(GAP)
}

/// Text safe between and inside tags.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// What a person may see: no control characters, and no marks that turn the direction of writing,
/// with which one could make an answer read otherwise.
fn visible(text: &str) -> String {
    let hidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !hidden(*c)).collect()
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// How a run of text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Bold,
    Italic,
}

#[derive(Debug, Clone)]
struct Run {
    mark: Mark,
    text: String,
}

impl Run {
    fn new(span: &Span) -> Self {
        let (mark, text) = match span {
            Span::Plain(text) => (Mark::None, text),
            Span::Faint(text) => (Mark::Italic, text),
            Span::Bold(text) | Span::Verdict(_, text) => (Mark::Bold, text),
        };
        Self { mark, text: visible(text) }
    }

    fn plain(text: impl Into<String>) -> Self {
        Self { mark: Mark::None, text: text.into() }
    }

    fn html(&self) -> String {
        let text = escape(&self.text);
        match self.mark {
            // An empty entity is dropped by Telegram, white space alone would be trimmed unevenly.
            _ if self.text.trim().is_empty() => text,
            Mark::None => text,
            Mark::Bold => format!("<b>{text}</b>"),
            Mark::Italic => format!("<i>{text}</i>"),
        }
    }
}

/// A block before markup.
#[derive(Debug, Clone)]
struct Piece {
    /// A list's label; it stands above the body and is not repeated after a cut.
    label: String,
    body: Vec<Run>,
    folded: bool,
}

impl Piece {
    /// A block's piece; `None` when there is nothing to see.
    fn new(block: &Block) -> Option<Self> {
        let piece = match block {
            Block::Paragraph(spans) => Self { label: String::new(), body: spans.iter().map(Run::new).collect(), folded: false },
            Block::List { label, items, folded } => {
                let mut body = Vec::new();
                for (number, item) in items.iter().enumerate() {
                    body.push(Run::plain(if number == 0 { "• " } else { "\n• " }));
                    body.extend(item.iter().map(Run::new));
                }
                Self { label: format!("{}:", visible(label)), body, folded: *folded }
            }
        };
        (!text(&piece.body).trim().is_empty()).then_some(piece)
    }

    fn units(&self) -> usize {
        let label = if self.label.is_empty() { 0 } else { units(&self.label) + 1 };
        label + self.body.iter().map(|run| units(&run.text)).sum::<usize>()
    }

    fn entities(&self) -> usize {
        let marked = self.body.iter().filter(|run| run.mark != Mark::None).count();
        marked + usize::from(!self.label.is_empty()) + usize::from(self.folded)
    }

    /// The piece, in as many parts as pages need.
    fn cut(mut self) -> Vec<Self> {
        // A label that fills a page is text like any other.
        if units(&self.label) > PAGE_UNITS / 2 {
            let label = format!("{}\n", std::mem::take(&mut self.label));
            self.body.insert(0, Run::plain(label));
        }
        let mut parts = Vec::new();
        while self.units() > PAGE_UNITS || self.entities() > PAGE_ENTITIES {
            let at = boundary(&text(&self.body), self.room());
            let (head, tail) = split(std::mem::take(&mut self.body), at);
            if !text(&head).trim().is_empty() {
                parts.push(Self { label: std::mem::take(&mut self.label), body: head, folded: self.folded });
            }
            self.body = tail;
        }
        if !text(&self.body).trim().is_empty() {
            parts.push(self);
        }
        parts
    }

    /// How many bytes of the body fit on a page of its own; at least one character.
    fn room(&self) -> usize {
        let mut left = PAGE_UNITS - if self.label.is_empty() { 0 } else { units(&self.label) + 1 };
        let mut marks = PAGE_ENTITIES - usize::from(!self.label.is_empty()) - usize::from(self.folded);
        let mut bytes = 0;
        for run in &self.body {
            if run.mark != Mark::None {
                if marks == 0 {
                    return bytes;
                }
                marks -= 1;
            }
            for c in run.text.chars() {
                if c.len_utf16() > left {
                    return bytes;
                }
                left -= c.len_utf16();
                bytes += c.len_utf8();
            }
        }
        bytes
    }

    fn html(&self) -> String {
        let body: String = self.body.iter().map(Run::html).collect();
        let body = if self.folded { format!("<blockquote expandable>{body}</blockquote>") } else { body };
        if self.label.is_empty() { body } else { format!("<b>{}</b>\n{body}", escape(&self.label)) }
    }

    fn plain(&self) -> String {
        let body = text(&self.body);
        if self.label.is_empty() { body } else { format!("{}\n{body}", self.label) }
    }
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The best place at or before byte `end` to cut a text: after a line, a sentence, a word. A place
/// in the first quarter is no good place: it would leave an almost empty page.
fn boundary(text: &str, end: usize) -> usize {
    let window = text.get(..end).unwrap_or(text);
    let after = |mark: &str| window.rfind(mark).map(|at| at + mark.len()).filter(|at| *at > end / 4);
    let sentence = [". ", "! ", "? ", "; "].into_iter().filter_map(after).max();
    after("\n").or(sentence).or_else(|| after(" ")).unwrap_or(end)
}

/// Runs before and after a byte of their text; white space at the cut is dropped.
fn split(runs: Vec<Run>, at: usize) -> (Vec<Run>, Vec<Run>) {
    let (mut head, mut tail, mut seen) = (Vec::new(), Vec::new(), 0);
    for run in runs {
        let cut = at.saturating_sub(seen).min(run.text.len());
        seen += run.text.len();
        let (before, after) = run.text.split_at_checked(cut).unwrap_or((&run.text, ""));
        if !before.is_empty() {
            head.push(Run { mark: run.mark, text: before.to_owned() });
        }
        // White space that would open the next page.
        let after = if tail.is_empty() { after.trim_start() } else { after };
        if !after.is_empty() {
            tail.push(Run { mark: run.mark, text: after.to_owned() });
        }
    }
    if let Some(last) = head.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    (head, tail)
}
