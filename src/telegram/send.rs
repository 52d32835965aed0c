//! The one place that sends. Telegram's refusals that have a cure are cured here, each at most
//! once; what remains is an error for the log. Nothing is thrown at the caller's user.
#![expect(clippy::disallowed_methods, reason = "this is the place that clippy.toml sends everybody else to")]

use std::time::Duration;

use teloxide::payloads::{EditMessageTextSetters as _, SendChatActionSetters as _, SendMessageSetters as _};
use teloxide::prelude::{Bot, Requester as _};
use teloxide::types::{
    CallbackQueryId, Chat, ChatAction, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message,
    MessageId, ParseMode, ReplyParameters, ThreadId,
};
use teloxide::{ApiError, RequestError};

use super::errors;
use super::html::{self, Page};
use crate::chat::Screen;

/// Longest wait that Telegram may ask for; whoever asked has left when it is longer.
const PATIENCE: Duration = Duration::from_secs(5);
/// A typing notice is a courtesy; the answer doesn't wait for it longer than this.
const TYPING: Duration = Duration::from_secs(1);
/// Telegram's limit for the data of a button. A longer one would cost the whole message.
const BUTTON_BYTES: usize = 64;

/// Where an answer goes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    chat: ChatId,
    /// Set only inside a forum's topic: the general one has an id that Telegram refuses.
    thread: Option<ThreadId>,
    reply_to: Option<MessageId>,
}

impl Target {
    /// Beside a message, as a reply to it.
    #[must_use]
    pub fn beside(message: &Message) -> Self {
        let thread = message.thread_id.filter(|_| message.is_topic_message);
        Self { chat: message.chat.id, thread, reply_to: Some(message.id) }
    }

    /// In a chat whose message can't be seen any more.
    #[must_use]
    pub fn chat(chat: &Chat) -> Self {
        Self { chat: chat.id, thread: None, reply_to: None }
    }
}

/// Sends. Not `Debug`: a `Bot` prints its token.
pub struct Sender(Bot);

impl Sender {
    #[must_use]
    pub fn new(bot: Bot) -> Self {
        Self(bot)
    }

    /// Shows that an answer is on its way; whether that worked doesn't matter.
    pub async fn typing(&self, target: Target) {
        let mut request = self.0.send_chat_action(target.chat, ChatAction::Typing);
        if let Some(thread) = target.thread {
            request = request.message_thread_id(thread);
        }
        let _ = tokio::time::timeout(TYPING, request).await;
    }

    /// Ends the waiting sign on a pressed button.
    ///
    /// # Errors
    /// Telegram's, when the press is too old or the network is down.
    pub async fn acknowledge(&self, query: CallbackQueryId) -> Result<(), RequestError> {
        self.0.answer_callback_query(query).await.map(drop)
    }

    /// Sends a screen, page by page; returns the messages sent. The first replies to the question,
    /// the last carries the buttons.
    pub async fn show(&self, target: Target, screen: &Screen) -> Vec<MessageId> {
        self.revise(target, &[], screen).await
    }

    /// Puts a screen in place of messages sent earlier: edits as many as there are, sends what is
    /// missing, deletes what is too much. Returns the messages that now hold it.
    pub async fn revise(&self, target: Target, earlier: &[MessageId], screen: &Screen) -> Vec<MessageId> {
        let pages = html::pages(screen);
        let last = pages.len().saturating_sub(1);
        let mut earlier = earlier.iter().copied();
        let mut shown = Vec::new();
        for (number, page) in pages.into_iter().enumerate() {
            let edits = earlier.next();
            let keyboard = (number == last).then(|| keyboard(screen)).flatten();
            let reply_to = target.reply_to.filter(|_| number == 0);
            let letter = Letter { target: Target { reply_to, ..target }, edits, page, keyboard };
            match self.deliver(letter).await {
                Ok(message) => shown.push(message),
                Err(error) => {
                    report(&error);
                    // Pages without the one before them confuse: the rest stays unsent, and what
                    // stood there stays as it was.
                    shown.extend(edits.into_iter().chain(earlier));
                    return shown;
                }
            }
        }
        for message in earlier {
            let _ = self.0.delete_message(target.chat, message).await;
        }
        shown
    }

    /// Sends one message, trying again as long as each refusal has a cure not yet taken.
    async fn deliver(&self, mut letter: Letter) -> Result<MessageId, RequestError> {
        let mut taken = Vec::new();
        loop {
            let error = match self.attempt(&letter).await {
                Ok(id) => return Ok(id),
                // Editing to the same words is what was wanted.
                Err(RequestError::Api(ApiError::MessageNotModified)) if letter.edits.is_some() => {
                    return letter.edits.ok_or(RequestError::Api(ApiError::MessageNotModified));
                }
                Err(error) => error,
            };
            let Some(cure) = Cure::of(&error, &letter).filter(|cure| !taken.contains(&cure.name())) else { return Err(error) };
            tracing::debug!(sebab = errors::kind(&error), "pengiriman diulang");
            taken.push(cure.name());
            cure.apply(&mut letter).await;
        }
    }

    async fn attempt(&self, letter: &Letter) -> Result<MessageId, RequestError> {
        let preview = LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        };
        let Page { html, plain } = &letter.page;
        // Without markup left, the plain words are sent as they are.
        let (text, mode) = if html.is_empty() { (plain, None) } else { (html, Some(ParseMode::Html)) };
        if let Some(message) = letter.edits {
            let mut request = self.0.edit_message_text(letter.target.chat, message, text).link_preview_options(preview);
            request.parse_mode = mode;
            request.reply_markup.clone_from(&letter.keyboard);
            return request.await.map(|message| message.id);
        }
        let mut request = self.0.send_message(letter.target.chat, text).link_preview_options(preview);
        request.parse_mode = mode;
        request.message_thread_id = letter.target.thread;
        request.reply_parameters = letter.target.reply_to.map(|id| ReplyParameters::new(id).allow_sending_without_reply());
        request.reply_markup = letter.keyboard.clone().map(Into::into);
        request.await.map(|message| message.id)
    }
}

/// One message to send, or to put in place of another.
struct Letter {
    target: Target,
    edits: Option<MessageId>,
    page: Page,
    keyboard: Option<InlineKeyboardMarkup>,
}

/// What to change before trying once more.
enum Cure {
    Wait(Duration),
    /// The group became a supergroup with another id.
    Move(ChatId),
    DropReply,
    /// Outside the topic at least somebody reads it.
    DropThread,
    DropMarkup,
    /// The message to edit is gone: send a new one.
    SendAnew,
}

impl Cure {
    fn of(error: &RequestError, letter: &Letter) -> Option<Self> {
        match error {
            RequestError::RetryAfter(wait) => Some(Self::Wait(wait.duration())).filter(|_| wait.duration() <= PATIENCE),
            RequestError::MigrateToChatId(to) => Some(Self::Move(*to)),
            RequestError::Api(ApiError::CantParseEntities(_)) => Some(Self::DropMarkup),
            error if letter.edits.is_some() && errors::is_edit_impossible(error) => Some(Self::SendAnew),
            error if letter.target.reply_to.is_some() && errors::is_reply_gone(error) => Some(Self::DropReply),
            error if letter.target.thread.is_some() && errors::is_thread_gone(error) => Some(Self::DropThread),
            _ => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Wait(_) => "tunggu",
            Self::Move(_) => "pindah",
            Self::DropReply => "tanpa-balasan",
            Self::DropThread => "tanpa-topik",
            Self::DropMarkup => "tanpa-format",
            Self::SendAnew => "kirim-baru",
        }
    }

    async fn apply(self, letter: &mut Letter) {
        match self {
            Self::Wait(time) => tokio::time::sleep(time).await,
            // Message ids don't survive the move.
            Self::Move(chat) => {
                letter.target = Target { chat, thread: None, reply_to: None };
                letter.edits = None;
            }
            Self::DropReply => letter.target.reply_to = None,
            // The message replied to lies in the topic that isn't there.
            Self::DropThread => letter.target = Target { thread: None, reply_to: None, ..letter.target },
            Self::DropMarkup => letter.page.html.clear(),
            Self::SendAnew => letter.edits = None,
        }
    }
}

/// One button a row. A button that Telegram would refuse is left out rather than the answer.
fn keyboard(screen: &Screen) -> Option<InlineKeyboardMarkup> {
    let fits = |data: &str| !data.is_empty() && data.len() <= BUTTON_BYTES;
    let rows: Vec<_> = screen
        .buttons
        .iter()
        .filter(|button| fits(&button.data) && !button.label.trim().is_empty())
        .map(|button| vec![InlineKeyboardButton::callback(&button.label, &button.data)])
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

fn report(error: &RequestError) {
    let kind = errors::kind(error);
    if errors::is_unreachable(error) {
        tracing::debug!(sebab = kind, "jawaban tidak sampai");
    } else {
        tracing::warn!(sebab = kind, "jawaban tidak terkirim");
    }
}
