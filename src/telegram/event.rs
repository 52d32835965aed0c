//! Telegram's messages as the conversation's events. Decides what a message *is*; whether it is
//! answered is the conversation's to say.

use teloxide::types::{Chat, Me, Message, MessageKind};

use crate::chat::{Event, Place, PlaceKind};

/// Where a chat's events happen; `None` for channels, in which nobody asks.
#[must_use]
pub fn place(chat: &Chat) -> Option<Place> {
    let kind = match chat {
        chat if chat.is_private() => PlaceKind::Private,
        chat if chat.is_group() || chat.is_supergroup() => PlaceKind::Group,
        _ => return None,
    };
    Some(Place { chat: chat.id.0, kind })
}

/// Seconds at which a message was sent or last edited, by Telegram's clock.
#[must_use]
pub fn sent_at(message: &Message) -> u64 {
    let date = message.edit_date().unwrap_or(&message.date);
    u64::try_from(date.timestamp()).unwrap_or(0)
}

/// What a message asks; `None` for what nobody typed (joins, pins, other bots' messages) and for
/// commands meant for another bot.
#[must_use]
pub fn read(message: &Message, me: &Me) -> Option<Event> {
    // Whoever writes in the name of a group or channel appears as a bot of Telegram's.
    if message.sender_chat.is_none() && message.from.as_ref().is_some_and(|sender| sender.is_bot) {
        return None;
    }
    if !matches!(message.kind, MessageKind::Common(_) | MessageKind::Dice(_)) {
        return None;
    }
    let Some(text) = message.text().or(message.caption()) else { return Some(Event::Wordless) };
    let own_name = me.user.username.as_deref().unwrap_or_default();
    match command(text) {
        Some(Command { at: Some(other), .. }) if !message.chat.is_private() && !other.eq_ignore_ascii_case(own_name) => None,
        Some(Command { name, rest, .. }) => Some(Event::Command {
            name: name.to_ascii_lowercase(),
            rest: without_mention(rest, own_name),
            replied: replied(message),
        }),
        None => {
            // A mention alone isn't a question put to the bot: in groups it answers `/tanya` and
            // replies to itself only. The name is no part of the question either way.
            let to_bot = replies_to(message, me);
            Some(Event::Text { text: without_mention(text, own_name), to_bot })
        }
    }
}

/// Whether a message answers one of the bot's. In a forum every first message of a topic answers
/// the notice that created it; that is no reply.
fn replies_to(message: &Message, me: &Me) -> bool {
    message.reply_to_message().is_some_and(|earlier| {
        earlier.forum_topic_created().is_none() && earlier.from.as_ref().is_some_and(|author| author.id == me.user.id)
    })
}

/// The words of the message replied to; only the quoted ones when somebody quoted.
fn replied(message: &Message) -> Option<String> {
    let quote = message.quote().map(|quote| quote.text.as_str());
    let whole = message.reply_to_message().and_then(|earlier| earlier.text().or(earlier.caption()));
    quote.or(whole).map(str::to_owned)
}

struct Command<'a> {
    name: &'a str,
    /// Whom it is for, when it says so: `/tanya@netral_bot`.
    at: Option<&'a str>,
    rest: &'a str,
}

fn command(text: &str) -> Option<Command<'_>> {
    let body = text.strip_prefix('/')?;
    let (head, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let (name, at) = head.split_once('@').map_or((head, None), |(name, at)| (name, Some(at)));
    let is_name = !name.is_empty() && name.len() <= 32 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then_some(Command { name, at, rest: rest.trim() })
}

/// A text without `@name`, in whatever case it was written.
fn without_mention(text: &str, name: &str) -> String {
    if name.is_empty() {
        return text.trim().to_owned();
    }
    let mention = format!("@{}", name.to_ascii_lowercase());
    let mut kept = String::new();
    let mut rest = text;
    // ASCII lower case keeps every byte in its place, so positions hold in the text as written.
    while let Some((before, after)) =
        rest.to_ascii_lowercase().find(&mention).and_then(|at| Some((rest.get(..at)?, rest.get(at + mention.len()..)?)))
    {
        kept.push_str(before);
        if after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            // Somebody else's longer name.
            kept.push_str(rest.get(before.len()..rest.len() - after.len()).unwrap_or_default());
        }
        rest = after;
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_a_name_perhaps_an_addressee_and_a_rest() {
        let cases = [
            ("/tanya boleh like?", Some(("tanya", None, "boleh like?"))),
            ("/tanya@netral_bot\nboleh like?", Some(("tanya", Some("netral_bot"), "boleh like?"))),
            ("/start", Some(("start", None, ""))),
            ("/ boleh like?", None),
            ("/50% setuju?", None),
            ("boleh /tanya", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(command(text).map(|c| (c.name, c.at, c.rest)), wanted, "{text}");
        }
    }

    #[test]
    fn the_own_name_is_no_part_of_the_question() {
        for (text, wanted) in [
            ("@Netral_Bot boleh like?", "boleh like?"),
            ("boleh like, @netral_bot", "boleh like,"),
            ("@netral_bot2 boleh?", "@netral_bot2 boleh?"),
            ("İ @netral_bot ß", "İ  ß"),
        ] {
            assert_eq!(without_mention(text, "netral_bot"), wanted);
        }
    }
}
