//! The endpoints: an update comes in, at most one answer goes out.

use std::sync::Arc;

use teloxide::RequestError;
use teloxide::types::{CallbackQuery, Me, Message, Update};

use super::Talk;
use super::answered::Answered;
use super::event;
use super::guard::{self, Admission, Lane, Limits};
use super::send::{Sender, Target};
use crate::chat::{Event, Moment, Place, PlaceKind, Screen, words};
use crate::clock;

/// What the endpoints share.
pub struct Edge {
    talk: Arc<dyn Talk>,
    sender: Sender,
    answered: Answered,
    limits: Limits,
}

/// Endpoints end well or with what Telegram said; the dispatcher's error handler logs its kind.
pub type Handled = Result<(), RequestError>;

/// A message of any kind.
pub async fn message(edge: Arc<Edge>, update: Update, message: Message, me: Me) -> Handled {
    edge.guarded(Target::beside(&message), async {
        let Some((place, event)) = edge.admitted(&update, &message, &me).await else { return };
        let Some(screen) = edge.ask(place, &event, event::sent_at(&message)) else { return };
        let target = Target::beside(&message);
        edge.sender.typing(target).await;
        let shown = edge.sender.show(target, &screen).await;
        edge.answered.keep(message.chat.id, message.id, shown);
    })
    .await;
    Ok(())
}

/// An edited message: the reply given is edited too.
pub async fn edited(edge: Arc<Edge>, update: Update, message: Message, me: Me) -> Handled {
    edge.guarded(Target::beside(&message), async {
        let Some((place, event)) = edge.admitted(&update, &message, &me).await else { return };
        // A moving location is an edited message every few seconds.
        if event == Event::Wordless {
            return;
        }
        let Some(screen) = edge.ask(place, &event, event::sent_at(&message)) else { return };
        let replies = edge.answered.replies(message.chat.id, message.id);
        let shown = edge.sender.revise(Target::beside(&message), &replies, &screen).await;
        edge.answered.keep(message.chat.id, message.id, shown);
    })
    .await;
    Ok(())
}

/// A pressed button: answered by a new message under the old one, so that both can be read.
pub async fn pressed(edge: Arc<Edge>, update: Update, query: CallbackQuery) -> Handled {
    // Always, and first: the sign on the button turns until then.
    let acknowledged = edge.sender.acknowledge(query.id.clone()).await;
    let Some(at) = &query.message else { return acknowledged };
    let target = at.regular_message().map_or_else(|| Target::chat(at.chat()), Target::beside);
    edge.guarded(target, async {
        let Some(place) = event::place(at.chat()).filter(|_| edge.answered.is_first(update.id)) else { return };
        if edge.limits.admit(at.chat().id, Lane::Presses, clock::seconds()) != Admission::Enter {
            return;
        }
        let event = Event::Press(query.data.clone().unwrap_or_default());
        if let Some(screen) = edge.ask(place, &event, clock::seconds()) {
            edge.sender.typing(target).await;
            edge.sender.show(target, &screen).await;
        }
    })
    .await;
    acknowledged
}

impl Edge {
    #[must_use]
    pub fn new(talk: Arc<dyn Talk>, sender: Sender) -> Self {
        Self { talk, sender, answered: Answered::new(), limits: Limits::default() }
    }

    /// A message's place and event, if it is new, may ask, and its chat isn't flooding.
    async fn admitted(&self, update: &Update, message: &Message, me: &Me) -> Option<(Place, Event)> {
        let place = event::place(&message.chat).filter(|_| self.answered.is_first(update.id))?;
        let event = event::read(message, me)?;
        // The photos of an album are messages of their own; only one of them needs an answer.
        let is_first = message.media_group_id().is_none_or(|album| self.answered.is_first_of_album(album));
        if event == Event::Wordless && !is_first {
            return None;
        }
        // What a group says to itself is free.
        if place.kind == PlaceKind::Group && !is_addressed(&event) {
            return Some((place, event));
        }
        match self.limits.admit(message.chat.id, Lane::Messages, event::sent_at(message)) {
            Admission::Enter => Some((place, event)),
            Admission::Hint => {
                if place.kind == PlaceKind::Private {
                    self.sender.show(Target::beside(message), &Screen::say(words::TOO_FAST)).await;
                }
                None
            }
            Admission::Drop => None,
        }
    }

    /// The conversation's answer, for today; `seconds` only places it among the chat's others.
    fn ask(&self, place: Place, event: &Event, seconds: u64) -> Option<Screen> {
        let start = clock::now();
        let screen = self.talk.handle(place, event, Moment { day: clock::today(), seconds });
        let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(jenis = word(event), dijawab = screen.is_some(), micros, "peristiwa");
        screen
    }

    /// Runs an endpoint; its panic costs one apology.
    async fn guarded(&self, target: Target, endpoint: impl Future<Output = ()>) {
        if guard::catching(endpoint).await.is_err() {
            tracing::error!("penangan pesan gagal; pengirim dimintai maaf");
            self.sender.show(target, &Screen::say(words::APOLOGY)).await;
        }
    }
}

fn is_addressed(event: &Event) -> bool {
    matches!(event, Event::Command { .. } | Event::Press(_) | Event::Text { to_bot: true, .. })
}

/// An event for the log, without a word of it.
fn word(event: &Event) -> &'static str {
    match event {
        Event::Text { .. } => "teks",
        Event::Command { .. } => "perintah",
        Event::Press(_) => "tombol",
        Event::Wordless => "tanpa-kata",
    }
}
