//! The bot's life: from the first greeting of the Bot API to the last reply.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use teloxide::dispatching::Dispatcher;
use teloxide::dptree;
use teloxide::payloads::GetUpdatesSetters as _;
use teloxide::prelude::{Bot, Requester as _};
use teloxide::types::{BotCommand, Update};
use teloxide::update_listeners::Polling;
use teloxide::{ApiError, RequestError};
use tokio::sync::Notify;

use super::handle::Edge;
use super::schema::{KINDS, schema};
use super::send::Sender;
use super::{Talk, errors};
use crate::chat::words;
use crate::config::{Config, Secret};

/// Telegram holds a request for updates this long; the HTTP client gives up after 17 seconds, and
/// the one must stay below the other.
const POLLING: Duration = Duration::from_secs(10);
/// Updates waiting in one chat. While a chat's queue is full the dispatcher serves nobody, and one
/// fetch brings up to a hundred.
const QUEUE: usize = 256;
/// Pauses between failed tries grow from the one to the other.
const SHORTEST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// How to reach Telegram.
#[derive(Debug, Clone)]
pub struct Settings {
    pub token: Secret,
    /// Address of the Bot API; Telegram's own when `None`.
    pub api_url: Option<String>,
    pub proxy: Option<String>,
}

impl Settings {
    /// The bot's part of all settings; `None` without a token.
    #[must_use]
    pub fn new(config: &Config) -> Option<Self> {
        let token = config.token.clone()?;
        Some(Self { token, api_url: config.api_url.clone(), proxy: config.proxy.clone() })
    }
}

/// Why a bot ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunError {
    /// Telegram doesn't know the token.
    Token,
    /// The address of the Bot API is none.
    Address,
    /// The address of the proxy is none.
    Proxy,
    /// No HTTP client could be made; the machine lacks something.
    Client,
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token => "token ditolak Telegram; salin ulang TELOXIDE_TOKEN dari @BotFather",
            Self::Address => "TELOXIDE_API_URL bukan alamat; misalnya https://api.telegram.org",
            Self::Proxy => "TELOXIDE_PROXY bukan alamat; misalnya http://127.0.0.1:8080",
            Self::Client => "klien HTTP tidak dapat dibuat",
        })
    }
}

impl std::error::Error for RunError {}

/// Answers messages until `shutdown` is ready; replies in flight are finished then. Without
/// network it keeps trying.
///
/// # Errors
/// When Telegram refuses the token, now or later, or the settings can't be used.
pub async fn run(settings: &Settings, talk: Arc<dyn Talk>, shutdown: impl Future<Output = ()>) -> Result<(), RunError> {
    let bot = bot(settings)?;
    let day = talk.knowledge_day();
    let edge = Arc::new(Edge::new(talk, Sender::new(bot.clone())));
    let mut shutdown = pin!(shutdown);
    for failures in 0_u32.. {
        let begun = tokio::select! {
            begun = begin(&bot) => begun,
            () = &mut shutdown => return Ok(()),
        };
        let ended = match begun {
            Ok(()) => {
                tracing::info!(pengetahuan = %day, "bot siap");
                serve(&bot, &edge, shutdown.as_mut()).await
            }
            Err(error) => Err(error),
        };
        let Err(error) = ended else { break };
        if is_refused(&error) {
            return Err(RunError::Token);
        }
        let wait = pause(failures);
        tracing::warn!(sebab = errors::kind(&error), percobaan = failures + 1, detik = wait.as_secs_f32(), "{}", explain(&error));
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = &mut shutdown => break,
        }
    }
    tracing::info!("bot berhenti");
    Ok(())
}

fn bot(settings: &Settings) -> Result<Bot, RunError> {
    // The proxy is ours to set; variables that other programs read have no say.
    let mut client = teloxide::net::default_reqwest_settings().no_proxy();
    if let Some(proxy) = &settings.proxy {
        client = client.proxy(reqwest::Proxy::all(proxy).map_err(|_| RunError::Proxy)?);
    }
    let client = client.build().map_err(|_| RunError::Client)?;
    let bot = Bot::with_client(settings.token.reveal(), client);
    let Some(address) = &settings.api_url else { return Ok(bot) };
    let address: reqwest::Url = address.trim_end_matches('/').parse().map_err(|_| RunError::Address)?;
    // teloxide appends to the path, and panics where there is none.
    if address.cannot_be_a_base() { Err(RunError::Address) } else { Ok(bot.set_api_url(address)) }
}

/// Everything Telegram must hear before updates are fetched.
async fn begin(bot: &Bot) -> Result<(), RequestError> {
    bot.get_me().await?;
    // A webhook left by another set-up would refuse us every update. Nothing pending is dropped.
    bot.delete_webhook().await?;
    // Without its menu the bot is still a bot.
    let menu = words::COMMANDS.map(|(name, what)| BotCommand::new(name, what));
    if let Err(error) = bot.set_my_commands(menu).await {
        tracing::warn!(sebab = errors::kind(&error), "daftar perintah tidak terpasang");
    }
    // The kinds of updates stick on Telegram's side, and teloxide names them in its first request
    // only, even when that fails. Asked for without an offset, nothing is acknowledged.
    bot.get_updates().allowed_updates(KINDS).limit(1).timeout(0).await?;
    Ok(())
}

/// Dispatches until `shutdown`.
async fn serve(bot: &Bot, edge: &Arc<Edge>, shutdown: Pin<&mut impl Future<Output = ()>>) -> Result<(), RequestError> {
    let mut dispatcher = Dispatcher::builder(bot.clone(), schema())
        .dependencies(dptree::deps![Arc::clone(edge)])
        .default_handler(ignore)
        .error_handler(Arc::new(report))
        .worker_queue_size(QUEUE)
        .build();
    let listener = Polling::builder(bot.clone()).timeout(POLLING).backoff_strategy(pause).build();
    let stop = dispatcher.shutdown_token();
    let refused = Arc::new(Notify::new());
    let on_refusal = Arc::clone(&refused);
    let on_error = Arc::new(move |error: RequestError| {
        let on_refusal = Arc::clone(&on_refusal);
        async move {
            tracing::warn!(sebab = errors::kind(&error), "{}", explain(&error));
            if is_refused(&error) {
                on_refusal.notify_one();
            }
        }
    });
    let mut dispatching = pin!(dispatcher.try_dispatch_with_listener(listener, on_error));
    let outcome = tokio::select! {
        ended = &mut dispatching => return ended,
        () = shutdown => Ok(()),
        () = refused.notified() => Err(RequestError::Api(ApiError::InvalidToken)),
    };
    // An idle dispatcher is still greeting Telegram: there is nothing to finish.
    if stop.shutdown().is_ok() {
        dispatching.await?;
    }
    outcome
}

/// An update of a kind we never asked for. teloxide would log it whole.
async fn ignore(_: Arc<Update>) {
    tracing::debug!("pembaruan diabaikan");
}

async fn report(error: RequestError) {
    tracing::debug!(sebab = errors::kind(&error), "permintaan ditolak");
}

/// The pause after a number of failures in a row.
fn pause(failures: u32) -> Duration {
    SHORTEST_PAUSE.saturating_mul(1 << failures.min(10)).min(LONGEST_PAUSE)
}

fn is_refused(error: &RequestError) -> bool {
    matches!(error, RequestError::Api(ApiError::InvalidToken))
}

/// What an operator can do about it.
fn explain(error: &RequestError) -> &'static str {
    match error {
        RequestError::Api(ApiError::InvalidToken) => "token ditolak Telegram",
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => {
            "proses lain memakai token yang sama; hentikan salah satunya. Dicoba lagi"
        }
        RequestError::Network(_) => "Telegram tidak terjangkau; dicoba lagi",
        _ => "Telegram tidak dapat melayani; dicoba lagi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stop_growing() {
        assert_eq!(pause(0), SHORTEST_PAUSE);
        assert_eq!(pause(1), SHORTEST_PAUSE * 2);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }

    #[test]
    fn polling_stays_below_the_clients_timeout() {
        // The timeout that `default_reqwest_settings` documents.
        assert!(POLLING + Duration::from_secs(5) < Duration::from_secs(17));
    }
}
