//! Text as typed → lines that are split into words: NFKD, without accents and marks that can't be seen.

use unicode_normalization::UnicodeNormalization;

/// Longest question that is read, in characters; Telegram's own limit for a message.
pub const LONGEST: usize = 4_096;

/// Folds look-alike letters, accents (*kénging* is *kenging*) and invisible characters; cuts at [`LONGEST`].
#[must_use]
pub fn normalise(text: &str) -> String {
    text.chars()
        .take(LONGEST)
        .nfkd()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '`' | '´' => '\'',
            '\u{2010}'..='\u{2015}' => '-',
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

/// Zero-width characters, direction marks, variation selectors and combining marks.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{0300}'..='\u{036f}')
}

/// Letters and digits only, lower case, single spaces: two texts that differ in marks are one.
#[must_use]
pub fn plain(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}
