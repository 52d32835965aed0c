//! Screens as HTML: whatever the spans hold, every page is one that Telegram takes.

use netral::chat::{Block, Screen, Span};
use netral::telegram::html::pages;
use proptest::prelude::*;

use super::entities;

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Span::Plain(text.to_owned())])
}

fn screen(blocks: Vec<Block>) -> Screen {
    Screen { blocks, buttons: Vec::new() }
}

/// What arrives: Telegram trims.
fn visible(screen: &Screen) -> Vec<String> {
    pages(screen).iter().map(|page| entities::parse(&page.html).unwrap().trim().to_owned()).collect()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[test]
fn each_span_has_its_markup_and_none_of_its_own() {
    use netral::answer::Verdict;
    let spans = vec![
        Span::Verdict(Verdict::Forbidden, "TIDAK BOLEH".to_owned()),
        Span::Plain(" <i>&\" ".to_owned()),
        Span::Bold("a>b".to_owned()),
        Span::Faint("kecil".to_owned()),
    ];
    let list = Block::List {
        label: "Sumber".to_owned(),
        items: vec![vec![Span::Plain("satu".to_owned())], vec![Span::Faint("dua".to_owned())]],
        folded: true,
    };
    let pages = pages(&screen(vec![Block::Paragraph(spans), list]));
    assert_eq!(
        pages[0].html,
        "<b>TIDAK BOLEH</b> &lt;i&gt;&amp;&quot; <b>a&gt;b</b><i>kecil</i>\n\n<b>Sumber:</b>\n<blockquote expandable>• satu\n• <i>dua</i></blockquote>"
    );
    assert_eq!(pages[0].plain, "TIDAK BOLEH <i>&\" a>bkecil\n\nSumber:\n• satu\n• dua");
}

#[test]
fn p11_pages_are_cut_between_blocks() {
    let blocks: Vec<Block> = (0..5).map(|n| paragraph(&format!("{n}{}", "x".repeat(1_500)))).collect();
    let shown = visible(&screen(blocks));
    assert_eq!(shown.iter().map(|page| page.matches("\n\n").count() + 1).collect::<Vec<_>>(), [2, 2, 1]);
    assert!(shown.iter().all(|page| page.starts_with(|c: char| c.is_ascii_digit())));
}

#[test]
fn p11_a_block_longer_than_a_page_is_cut_between_sentences_then_words_then_characters() {
    let sentences = visible(&screen(vec![paragraph(&"Kalimat yang cukup panjang ini diulang. ".repeat(300))]));
    assert!(sentences.iter().all(|page| page.ends_with("diulang.") && page.starts_with("Kalimat")), "{sentences:#?}");
    let words = visible(&screen(vec![paragraph(&"kata ".repeat(3_000))]));
    assert!(words.iter().all(|page| page.ends_with("kata") && page.starts_with("kata")));
    // Four bytes, two units each: no page may hold half a pair.
    let faces = visible(&screen(vec![paragraph(&format!("a{}", "🙂".repeat(5_000)))]));
    assert!(faces.iter().all(|page| units(page) <= 4096));
    assert_eq!(faces.concat().matches('🙂').count(), 5_000);
}

#[test]
fn p11_a_folded_list_longer_than_a_page_stays_folded() {
    let items = (0..80).map(|n| vec![Span::Faint(format!("{n}. ")), Span::Plain("isi kutipan ".repeat(10))]).collect();
    let pages = pages(&screen(vec![Block::List { label: "Sumber".to_owned(), items, folded: true }]));
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.html.contains("<blockquote expandable>") && page.html.ends_with("</blockquote>"));
        assert!(units(&entities::parse(&page.html).unwrap()) <= 4096);
        assert!(page.html.matches('<').count() <= 200, "Telegram counts a hundred entities");
    }
}

#[test]
fn p11_exactly_a_page_is_one_page() {
    assert_eq!(visible(&screen(vec![paragraph(&"x".repeat(4096))])).len(), 1);
    assert_eq!(visible(&screen(vec![paragraph(&"x".repeat(4097))])).len(), 2);
    // Escaped it is four times as long; Telegram counts what is left after parsing.
    assert_eq!(visible(&screen(vec![paragraph(&"<".repeat(4096))])).len(), 1);
}

#[test]
fn nothing_to_say_is_no_page_and_hidden_characters_stay_out() {
    assert!(pages(&screen(vec![paragraph("  \n "), Block::Paragraph(Vec::new())])).is_empty());
    assert_eq!(visible(&screen(vec![paragraph("a\u{202e}b\u{0}\rc")])), ["abc"]);
}

fn any_span() -> impl Strategy<Value = Span> {
    let text = prop_oneof![
        "[a-z <>&\"/🙂\n.]{0,40}",
        "\\PC{0,20}",
        ("[a-z<🙂. \n]", 1_000_usize..6_000).prop_map(|(unit, times)| unit.repeat(times)),
        (1_000_usize..3_000).prop_map(|times| "Sebuah kalimat. ".repeat(times / 8)),
    ];
    (text, 0..3).prop_map(|(text, kind)| match kind {
        0 => Span::Plain(text),
        1 => Span::Bold(text),
        _ => Span::Faint(text),
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    let spans = || proptest::collection::vec(any_span(), 0..4);
    prop_oneof![
        spans().prop_map(Block::Paragraph),
        ("[a-z<&]{0,10}", proptest::collection::vec(spans(), 0..60), any::<bool>())
            .prop_map(|(label, items, folded)| Block::List { label, items, folded }),
    ]
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p11_p12_any_screen_becomes_pages_that_telegram_takes_and_loses_no_letter(blocks in proptest::collection::vec(any_block(), 0..5)) {
        let screen = screen(blocks);
        let pages = pages(&screen);
        let mut shown = String::new();
        for page in &pages {
            let text = entities::parse(&page.html);
            prop_assert!(text.is_ok(), "{:?}", text);
            let text = text.unwrap();
            prop_assert!(units(&text) <= 4096, "{} units", units(&text));
            prop_assert!(!text.trim().is_empty());
            prop_assert_eq!(&text, &page.plain);
            prop_assert!(page.html.matches("<b").count() + page.html.matches("<i>").count() <= 100);
            shown.push_str(&letters(&text));
        }
        let all: String = screen.blocks.iter().map(|block| match block {
            Block::Paragraph(spans) => letters(&said(spans)),
            Block::List { label, items, .. } => {
                let items: String = items.iter().map(|item| format!("•{}", letters(&said(item)))).collect();
                format!("{}:{items}", letters(label))
            }
        }).collect();
        // Blocks with nothing to see are left out whole; everything else is there in order.
        let mut rest = all.chars();
        prop_assert!(shown.chars().all(|c| rest.any(|s| s == c)));
        let content: String = screen.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(spans) => Some(letters(&said(spans))),
            Block::List { .. } => None,
        }).collect();
        let mut rest = shown.chars();
        prop_assert!(content.chars().all(|c| rest.any(|s| s == c)));
    }
}

fn said(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Plain(text) | Span::Bold(text) | Span::Faint(text) | Span::Verdict(_, text) => text.as_str(),
        })
        .collect::<String>()
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
}
