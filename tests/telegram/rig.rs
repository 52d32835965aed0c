//! A bot between a test and the double: the real dispatcher, and a partner of the test's choice.

use std::io;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use jiff::civil::{Date, date};
use netral::assistant::Assistant;
use netral::chat::{Conversation, Event, Moment, Place, Screen};
use netral::config::Secret;
use netral::knowledge::{self, source};
use netral::telegram::{self, RunError, Settings, Talk};
use serde_json::{Value, json};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::double::{BOT, BOT_NAME, Double, soon};

pub const TOKEN: &str = "123456:AAEhBOweik9ai2o01vSlEJxDqGb-abcdefg";

pub struct Rig {
    pub double: Double,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<(), RunError>>,
}

impl Rig {
    /// A bot whose partner says what the test says.
    pub async fn with(handle: impl Fn(Place, &Event, Moment) -> Option<Screen> + Send + Sync + 'static) -> Self {
        Self::on(Double::start(TOKEN).await, Arc::new(Scripted(handle)))
    }

    /// A bot that repeats what it hears.
    pub async fn echo() -> Self {
        Self::with(echo).await
    }

    /// The bot as shipped.
    pub async fn shipped() -> Self {
        Self::on(Double::start(TOKEN).await, conversation(Some("BKPSDM Kota Contoh")))
    }

    pub fn on(double: Double, talk: Arc<dyn Talk>) -> Self {
        let settings = settings(&double.address, TOKEN);
        listen();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            telegram::run(&settings, talk, async {
                let _ = stopped.await;
            })
            .await
        });
        Self { double, stop, running }
    }

    /// Asks the bot to stop; the returned task ends when it has.
    pub fn ask_to_stop(self) -> (Double, JoinHandle<Result<(), RunError>>) {
        let _ = self.stop.send(());
        (self.double, self.running)
    }

    pub async fn stop(self) -> Double {
        let (double, running) = self.ask_to_stop();
        assert_eq!(soon("stopping", running).await.unwrap(), Ok(()));
        double
    }

    /// How the bot ended by itself.
    pub async fn ended(self) -> Result<(), RunError> {
        soon("ending", self.running).await.unwrap()
    }
}

pub fn settings(address: &str, token: &str) -> Settings {
    Settings { token: Secret::new(token), api_url: Some(address.to_owned()), proxy: None }
}

pub fn echo(_: Place, event: &Event, _: Moment) -> Option<Screen> {
    Some(Screen::say(match event {
        Event::Text { text, .. } => text.clone(),
        Event::Command { name, rest, replied } => format!("{name}|{rest}|{}", replied.as_deref().unwrap_or_default()),
        Event::Press(data) => format!("press {data}"),
        Event::Wordless => "wordless".to_owned(),
    }))
}

pub struct Scripted<F>(pub F);

impl<F: Fn(Place, &Event, Moment) -> Option<Screen> + Send + Sync + 'static> Talk for Scripted<F> {
    fn handle(&self, place: Place, event: &Event, moment: Moment) -> Option<Screen> {
        self.0(place, event, moment)
    }

    fn knowledge_day(&self) -> Date {
        date(2026, 11, 21)
    }
}

/// A conversation over the shipped knowledge, which is indexed once for all tests.
pub fn conversation(desk: Option<&str>) -> Arc<Conversation> {
    static ASSISTANT: OnceLock<Arc<Assistant>> = OnceLock::new();
    let assistant = ASSISTANT.get_or_init(|| {
        let (knowledge, findings) = knowledge::load(source::embedded());
        let knowledge = knowledge.unwrap_or_else(|| panic!("{findings:#?}"));
        Arc::new(Assistant::new(knowledge).unwrap())
    });
    Arc::new(Conversation::new(Arc::clone(assistant), desk.map(str::to_owned)))
}

/// Messages as Telegram delivers them. The clock of a test stands still at one second.
pub const NOW: i64 = 1_790_000_000;

pub fn private(chat: i64, id: i64, text: &str) -> Value {
    json!({
        "message_id": id, "date": NOW, "text": text,
        "from": { "id": chat, "is_bot": false, "first_name": "Siti" },
        "chat": { "id": chat, "type": "private", "first_name": "Siti" },
    })
}

pub fn group(chat: i64, id: i64, text: &str) -> Value {
    json!({
        "message_id": id, "date": NOW, "text": text,
        "from": { "id": 77, "is_bot": false, "first_name": "Budi" },
        "chat": { "id": chat, "type": "supergroup", "title": "Kantor" },
    })
}

/// A message of the bot in a chat, for replies and buttons.
pub fn of_bot(chat: Value, id: i64) -> Value {
    json!({
        "message_id": id, "date": NOW, "text": "jawaban", "chat": chat,
        "from": { "id": BOT, "is_bot": true, "first_name": "Netral", "username": BOT_NAME },
    })
}

pub fn press(id: &str, data: &str, message: &Value) -> Value {
    json!({
        "id": id, "from": { "id": 77, "is_bot": false, "first_name": "Budi" },
        "message": message, "chat_instance": "1", "data": data,
    })
}

/// Adds fields to a message.
pub fn also(mut message: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        message[key] = value.clone();
    }
    message
}

/// Adds fields and takes the text away.
pub fn instead_of_text(mut message: Value, more: Value) -> Value {
    message.as_object_mut().unwrap().remove("text");
    also(message, more)
}

/// Everything the program logs in this process, at the loudest setting: `tracing` lines and those
/// that other crates write through `log`, each by our own rule of who may speak.
pub fn listen() -> &'static Mutex<Vec<u8>> {
    static HEARD: OnceLock<()> = OnceLock::new();
    HEARD.get_or_init(|| {
        let subscriber = netral::logging::subscriber("trace", || Heard).unwrap();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        log::set_logger(&Heard).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    &LOG
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static LINES: LazyLock<watch::Sender<()>> = LazyLock::new(|| watch::Sender::new(()));

/// Waits until a word stands in the log more often than `before`.
pub async fn until_heard(word: &str, before: usize) {
    let mut lines = LINES.subscribe();
    while heard().matches(word).count() <= before {
        lines.changed().await.unwrap();
    }
}

struct Heard;

impl io::Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        LINES.send_replace(());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl log::Log for Heard {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let level = match record.level() {
            log::Level::Error => tracing::Level::ERROR,
            log::Level::Warn => tracing::Level::WARN,
            log::Level::Info => tracing::Level::INFO,
            log::Level::Debug => tracing::Level::DEBUG,
            log::Level::Trace => tracing::Level::TRACE,
        };
        if netral::logging::may_speak(record.target(), level) {
            let _ = io::Write::write(&mut Heard, format!("{} {}\n", record.target(), record.args()).as_bytes());
        }
    }

    fn flush(&self) {}
}

/// What was logged so far.
pub fn heard() -> String {
    String::from_utf8_lossy(&listen().lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
