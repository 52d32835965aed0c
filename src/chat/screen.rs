//! What is shown, free of transport: blocks of text and buttons. Front ends only render.

use crate::answer::{Basis, Citation, Outcome, Reply, Verdict, words};
use crate::language::Language;

use super::button::Button;

/// A piece of text with its weight. Nothing in it is markup: front ends escape it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    Bold(String),
    /// Small print.
    Faint(String),
    /// The verdict word, so that a terminal may colour it.
    Verdict(Verdict, String),
}

/// A paragraph or list; a long message is cut only between blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Span>),
    /// A label and its items; `folded` items may be collapsed by the front end.
    List {
        label: String,
        items: Vec<Vec<Span>>,
        folded: bool,
    },
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    pub blocks: Vec<Block>,
    /// One button a row.
    pub buttons: Vec<Button>,
}

/// Passages of articles shown: the nearest one, so that the answer stays one message.
const SOURCES: usize = 1;
/// Most related topics offered as buttons.
const RELATED: usize = 3;

impl Screen {
    /// One plain paragraph.
    #[must_use]
    pub fn say(text: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Paragraph(vec![Span::Plain(text.into())])], buttons: Vec::new() }
    }
}

/// Titles for the ids of related topics.
pub type Titles<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The screen of a reply; parts of a compound question follow each other.
#[must_use]
pub fn screen(reply: &Reply, titles: Titles<'_>) -> Screen {
    let mut screen = Screen::default();
    if reply.parts.is_empty() {
        add(&mut screen, reply);
        screen.buttons = buttons(reply, titles, reply.language);
    } else {
        for (number, part) in (1..).zip(&reply.parts) {
            screen.blocks.push(Block::Paragraph(vec![Span::Bold(format!("{number}. {}", part.question))]));
            add(&mut screen, part);
            if let Some(topic) = part.topic.as_ref().filter(|_| part.outcome == Outcome::Answer) {
                let label = format!("{}: {}", words::provisions_button(part.language), part.title);
                screen.buttons.push(Button::provisions(topic, &label));
            }
        }
    }
    screen
}

fn add(screen: &mut Screen, reply: &Reply) {
    let language = reply.language;
    let blocks = &mut screen.blocks;
    if let Some(verdict) = reply.verdict {
        let word = words::verdict(verdict, language).to_owned();
        blocks.push(Block::Paragraph(vec![
            Span::Verdict(verdict, word),
            Span::Plain(" — ".to_owned()),
            Span::Bold(reply.title.clone()),
        ]));
    } else if !reply.title.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::Bold(reply.title.clone())]));
    }
    paragraph(blocks, Span::Plain(reply.brief.clone()));
    if reply.basis == Some(Basis::Reading) {
        paragraph(blocks, Span::Faint(words::basis(Basis::Reading, language).to_owned()));
    }
    paragraph(blocks, Span::Plain(reply.detail.clone()));
    if !reply.advice.is_empty() {
        let label = Span::Bold(format!("{}: ", words::advice_label(language)));
        blocks.push(Block::Paragraph(vec![label, Span::Plain(reply.advice.clone())]));
    }
    list(
        blocks,
        words::branches_label(language),
        false,
        reply.branches.iter().map(|branch| {
            let when = Span::Plain(format!("{} {}: ", words::if_word(language), branch.condition));
            let verdict = Span::Verdict(branch.verdict, words::verdict(branch.verdict, language).to_owned());
            vec![when, verdict, Span::Plain(format!(" — {}", branch.brief))]
        }),
    );
    list(blocks, words::citations_label(language), false, reply.citations.iter().map(citation));
    list(
        blocks,
        words::sanctions_label(language),
        false,
        reply.sanctions.iter().map(|sanction| {
            let cited: Vec<&str> = sanction.citations.iter().map(|c| c.citation.as_str()).collect();
            let audience: Vec<&str> = sanction.audience.iter().map(|a| words::audience(*a)).collect();
            let who = Span::Bold(format!("{}, {}: ", audience.join("/"), sanction.phase));
            vec![who, Span::Plain(sanction.kind.clone()), Span::Faint(format!(" ({})", cited.join("; ")))]
        }),
    );
    list(
        blocks,
        words::sources_label(language),
        true,
        reply.sources.iter().take(SOURCES).map(|source| {
            let from = format!("{} ({}, {}): ", source.title, words::outlet(&source.outlet), source.date);
            let now = if source.now.is_empty() { String::new() } else { format!(" {}", words::now(&source.now)) };
            vec![Span::Faint(from), Span::Plain(format!("{}{now}", source.text))]
        }),
    );
}

/// A citation with its status; the restatement stands behind the button.
fn citation(citation: &Citation) -> Vec<Span> {
    let status = words::status(citation.status, &citation.status_as_of, &citation.revoked_by);
    vec![Span::Bold(citation.citation.clone()), Span::Faint(format!(" ({status})"))]
}

fn buttons(reply: &Reply, titles: Titles<'_>, language: Language) -> Vec<Button> {
    if reply.outcome == Outcome::Clarify {
        return reply.choices.iter().map(|choice| Button::topic(&choice.topic, &choice.title)).collect();
    }
    let Some(topic) = reply.topic.as_ref().filter(|_| reply.outcome == Outcome::Answer) else { return Vec::new() };
    let mut buttons = Vec::new();
    // What the question left open is offered first: picking a condition narrows the answer.
    if reply.verdict == Some(Verdict::Conditional) && !reply.narrowed {
        let conditions = reply.branches.iter().enumerate();
        buttons.extend(conditions.map(|(number, branch)| {
            let label = format!("{} {}", words::if_word(language), branch.condition);
            Button::branch(topic, number, &label)
        }));
    }
    buttons.push(Button::provisions(topic, words::provisions_button(language)));
    let related = reply.related.iter().filter(|id| *id != topic).filter_map(|id| Some(Button::topic(id, &titles(id)?)));
    buttons.extend(related.take(RELATED));
    buttons
}

/// The wording of the provisions: our restatements, with how they were verified.
#[must_use]
pub fn provisions(citations: &[Citation], language: Language) -> Screen {
    let mut blocks = Vec::new();
    list(
        &mut blocks,
        words::citations_label(language),
        false,
        citations.iter().map(|c| {
            let mut spans = citation(c);
            spans.push(Span::Plain(format!(": {}", c.text)));
            spans
        }),
    );
    if let Some(first) = citations.first() {
        paragraph(&mut blocks, Span::Faint(words::restated(first.verification)));
    }
    Screen { blocks, buttons: Vec::new() }
}

fn paragraph(blocks: &mut Vec<Block>, span: Span) {
    let empty = matches!(&span, Span::Plain(text) | Span::Bold(text) | Span::Faint(text) if text.trim().is_empty());
    if !empty {
        blocks.push(Block::Paragraph(vec![span]));
    }
}

fn list(blocks: &mut Vec<Block>, label: &str, folded: bool, items: impl Iterator<Item = Vec<Span>>) {
    let items: Vec<Vec<Span>> = items.collect();
    if !items.is_empty() {
        blocks.push(Block::List { label: label.to_owned(), items, folded });
    }
}
