//! Telegram's reading of HTML, strict as the server's: what it refuses, it refuses in the server's
//! words. Returns the text that is left once the markup is gone.

const TAGS: [&str; 16] = [
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "span",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-emoji",
];

/// Text without markup, or Telegram's error.
pub fn parse(html: &str) -> Result<String, String> {
    let refuse = |what: String| Err(format!("Bad Request: can't parse entities: {what}"));
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if let Some((entity, c)) = entity(rest) {
            text.push(c);
            at += entity;
        } else if rest.starts_with("</") {
            let Some(length) = rest.find('>') else { return refuse(format!("Unclosed end tag at byte offset {at}")) };
            let name = rest[2..length].trim().to_lowercase();
            match open.pop() {
                None => return refuse(format!("Unexpected end tag at byte offset {at}")),
                Some(wanted) if wanted != name => {
                    return refuse(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{wanted}>\", found \"</{name}>\""
                    ));
                }
                Some(_) => at += length + 1,
            }
        } else if let Some(tag) = rest.strip_prefix('<') {
            let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
            let name = name.to_lowercase();
            if !rest.contains('>') {
                return refuse(format!("Unclosed start tag at byte offset {at}"));
            }
            if !TAGS.contains(&name.as_str()) {
                return refuse(format!("Unsupported start tag \"{name}\" at byte offset {at}"));
            }
            let length = rest.find('>').unwrap();
            let attributes = rest[1 + name.len()..length].trim();
            if !attributes.is_empty() && attributes != "expandable" && !attributes.contains('=') {
                return refuse(format!(
                    "Expected equal sign in declaration of an attribute of the tag \"{name}\" at byte offset {at}"
                ));
            }
            open.push(name);
            at += length + 1;
        } else {
            let c = rest.chars().next().unwrap();
            text.push(c);
            at += c.len_utf8();
        }
    }
    match open.pop() {
        Some(name) => refuse(format!("Can't find end tag corresponding to start tag \"{name}\"")),
        None => Ok(text),
    }
}

/// The entities Telegram knows; anything else after `&` is text.
fn entity(text: &str) -> Option<(usize, char)> {
    [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')]
        .into_iter()
        .find_map(|(name, c)| text.starts_with(name).then_some((name.len(), c)))
}

#[test]
fn broken_markup_is_refused_in_telegrams_words() {
    for (html, wanted) in [
        ("<b>a & b</b> &lt;", Ok("a & b <")),
        ("<blockquote expandable>x</blockquote>", Ok("x")),
        ("<h1>x</h1>", Err("Unsupported start tag \"h1\" at byte offset 0")),
        ("<b>x", Err("Can't find end tag corresponding to start tag \"b\"")),
        ("x</b>", Err("Unexpected end tag at byte offset 1")),
        ("<b><i>x</b></i>", Err("Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"")),
        ("1 < 2", Err("Unclosed start tag at byte offset 2")),
    ] {
        let wanted = wanted.map(str::to_owned).map_err(|error| format!("Bad Request: can't parse entities: {error}"));
        assert_eq!(parse(html), wanted, "{html}");
    }
}
