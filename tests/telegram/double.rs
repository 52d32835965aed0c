//! A double of the Bot API on loopback: small, and as unforgiving as the real one. Method names
//! are read in any case, as Telegram does.

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::entities;

/// Nothing a test waits for takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
pub const BOT: i64 = 4242;
pub const BOT_NAME: &str = "netral_bot";

/// A request that was judged.
#[derive(Debug, Clone)]
pub struct Call {
    /// In lower case.
    pub method: String,
    pub params: Value,
    /// What Telegram returns, or its description of the refusal.
    pub outcome: Result<Value, String>,
    pub at: Instant,
}

impl Call {
    /// The text that a person sees: markup gone.
    pub fn text(&self) -> &str {
        self.outcome.as_ref().ok().and_then(|message| message["text"].as_str()).unwrap_or_default()
    }

    pub fn chat(&self) -> i64 {
        self.params["chat_id"].as_i64().unwrap_or_default()
    }

    pub fn is(&self, method: &str) -> bool {
        self.method == method
    }

    /// A message that arrived.
    pub fn is_sent(&self) -> bool {
        self.is("sendmessage") && self.outcome.is_ok()
    }
}

/// How the next request of a method goes wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    Refuse(u16, String),
    /// 429, and again until these seconds are over.
    RetryAfter(u64),
    Migrate(i64),
    /// The connection is cut.
    Cut,
    /// Not wrong at all, so that a later one is.
    Pass,
    /// An answer that is no JSON.
    Garbage(String),
}

#[derive(Clone)]
pub struct Double {
    state: Arc<Mutex<State>>,
    /// Counts changes; whoever waits looks again.
    changed: watch::Sender<u64>,
    pub address: String,
}

struct State {
    token: String,
    updates: VecDeque<Value>,
    next_update: i64,
    next_message: i64,
    chats: HashSet<i64>,
    /// Forum topics that exist, by chat.
    threads: HashSet<(i64, i64)>,
    /// Text and keyboard by chat and message id; people's messages too.
    messages: HashMap<(i64, i64), Value>,
    /// Presses waiting for an answer.
    queries: HashSet<String>,
    calls: Vec<Call>,
    /// Methods of requests that came in, judged or not.
    arrived: Vec<String>,
    faults: HashMap<String, VecDeque<Fault>>,
    quiet_until: Option<(Instant, u64)>,
    held: HashSet<String>,
    latency: Duration,
    /// Number of the newest consumer.
    consumer: u64,
}

impl Double {
    pub async fn start(token: &str) -> Self {
        Self::listen(token, TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// The same on a socket of the test's.
    pub fn listen(token: &str, listener: TcpListener) -> Self {
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = State {
            token: token.to_owned(),
            updates: VecDeque::new(),
            next_update: 1000,
            next_message: 1,
            chats: HashSet::new(),
            threads: HashSet::new(),
            messages: HashMap::new(),
            queries: HashSet::new(),
            calls: Vec::new(),
            arrived: Vec::new(),
            faults: HashMap::new(),
            quiet_until: None,
            held: HashSet::new(),
            latency: Duration::ZERO,
            consumer: 0,
        };
        let double = Self { state: Arc::new(Mutex::new(state)), changed: watch::Sender::new(0), address };
        let serving = double.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let double = serving.clone();
                tokio::spawn(async move {
                    let _ = double.talk(stream).await;
                });
            }
        });
        double
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let value = change(&mut self.state());
        self.changed.send_modify(|count| *count += 1);
        value
    }

    /// Puts an update into the queue; its kind under its name. Returns its id.
    pub fn push(&self, kind: &str, update: Value) -> i64 {
        let id = self.state().next_update;
        self.push_as(id, kind, update);
        id
    }

    /// The same under an id of the test's, which Telegram may have used before.
    pub fn push_as(&self, id: i64, kind: &str, update: Value) {
        self.change(|state| {
            state.next_update = state.next_update.max(id + 1);
            let message = update.get("message").unwrap_or(&update);
            if let Some(chat) = message["chat"]["id"].as_i64() {
                state.chats.insert(chat);
                if let Some(thread) = message["message_thread_id"].as_i64().filter(|_| message["is_topic_message"] == true) {
                    state.threads.insert((chat, thread));
                }
                if let Some(message_id) = message["message_id"].as_i64() {
                    state.next_message = state.next_message.max(message_id + 1);
                    state.messages.entry((chat, message_id)).or_insert_with(|| message.clone());
                }
            }
            if let Some(query) = update["id"].as_str() {
                state.queries.insert(query.to_owned());
            }
            state.updates.push_back(json!({ "update_id": id, kind: update }));
        });
    }

    pub fn fail_next(&self, method: &str, fault: Fault) {
        self.change(|state| state.faults.entry(method.to_owned()).or_default().push_back(fault));
    }

    /// Ends the time in which nothing may be sent.
    pub fn calm(&self) {
        self.change(|state| state.quiet_until = None);
    }

    pub fn delete(&self, chat: i64, message: i64) {
        self.change(|state| state.messages.remove(&(chat, message)));
    }

    pub fn close_thread(&self, chat: i64, thread: i64) {
        self.change(|state| state.threads.remove(&(chat, thread)));
    }

    pub fn know_chat(&self, chat: i64) {
        self.change(|state| state.chats.insert(chat));
    }

    /// How long every message takes on its way.
    pub fn set_latency(&self, latency: Duration) {
        self.change(|state| state.latency = latency);
    }

    /// Requests of a method wait until released.
    pub fn hold(&self, method: &str) {
        self.change(|state| state.held.insert(method.to_owned()));
    }

    pub fn release(&self, method: &str) {
        self.change(|state| state.held.remove(method));
    }

    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// Messages that arrived in a chat, in order.
    pub fn sent(&self, chat: i64) -> Vec<Call> {
        self.calls().into_iter().filter(|call| call.is_sent() && call.chat() == chat).collect()
    }

    /// What stands in a message now.
    pub fn text_of(&self, chat: i64, message: i64) -> Option<String> {
        self.state().messages.get(&(chat, message)).and_then(|message| message["text"].as_str().map(str::to_owned))
    }

    /// Waits until the calls so far satisfy the test; says what there was when they never do.
    pub async fn until<T>(&self, what: &str, mut look: impl FnMut(&[Call]) -> Option<T>) -> T {
        let mut changes = self.changed.subscribe();
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                if let Some(found) = look(&self.calls()) {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        });
        match found.await {
            Ok(found) => found,
            Err(_) => {
                panic!("never seen: {what}\n{:#?}", self.calls().iter().filter(|c| !c.is("getupdates")).collect::<Vec<_>>())
            }
        }
    }

    /// Waits for the messages of a chat to be as many as this.
    pub async fn until_sent(&self, chat: i64, count: usize) -> Vec<Call> {
        self.until(&format!("{count} messages in {chat}"), |calls| {
            let sent: Vec<Call> = calls.iter().filter(|call| call.is_sent() && call.chat() == chat).cloned().collect();
            (sent.len() >= count).then_some(sent)
        })
        .await
    }

    /// Waits for a request to come in, judged or not.
    pub async fn until_arrived(&self, method: &str) {
        let mut changes = self.changed.subscribe();
        let arrived = tokio::time::timeout(PATIENCE, async {
            while !self.state().arrived.iter().any(|name| name == method) {
                changes.changed().await.unwrap();
            }
        });
        assert!(arrived.await.is_ok(), "{method} never arrived");
    }

    /// Waits until every update was fetched and acknowledged.
    pub async fn until_drained(&self) {
        let mut changes = self.changed.subscribe();
        let drained = tokio::time::timeout(PATIENCE, async {
            while !self.state().updates.is_empty() {
                changes.changed().await.unwrap();
            }
        });
        assert!(drained.await.is_ok(), "updates are left");
    }

    async fn talk(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut buffer = Vec::new();
        loop {
            let head = loop {
                if let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                    break end + 4;
                }
                if stream.read_buf(&mut buffer).await? == 0 {
                    return Ok(());
                }
            };
            let header = String::from_utf8_lossy(&buffer[..head]).into_owned();
            let length = header
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            while buffer.len() < head + length {
                if stream.read_buf(&mut buffer).await? == 0 {
                    return Ok(());
                }
            }
            let body = buffer[head..head + length].to_vec();
            buffer.drain(..head + length);
            let path = header.split_whitespace().nth(1).unwrap_or_default().to_owned();
            let params = if body.is_empty() { json!({}) } else { serde_json::from_slice(&body).expect("parameters are JSON") };
            let Some((status, answer)) = self.answer(&path, params).await else { return Ok(()) };
            let head =
                format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", answer.len());
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    /// Status and body; `None` cuts the connection.
    async fn answer(&self, path: &str, params: Value) -> Option<(u16, String)> {
        let (token, method) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')).unwrap_or_default();
        let method = method.to_lowercase();
        self.change(|state| state.arrived.push(method.clone()));
        if token != self.state().token {
            return Some(refusal(401, "Unauthorized", &json!(null)));
        }
        let latency = self.state().latency;
        if method == "sendmessage" && !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        let mut changes = self.changed.subscribe();
        while self.state().held.contains(&method) {
            changes.changed().await.ok()?;
        }
        let fault = self.state().faults.get_mut(&method).and_then(VecDeque::pop_front);
        let judged = match fault {
            Some(Fault::Cut) => {
                self.note(&method, params, Err("(cut)".to_owned()));
                return None;
            }
            Some(Fault::Garbage(text)) => {
                self.note(&method, params, Err("(garbage)".to_owned()));
                return Some((200, text));
            }
            Some(Fault::Refuse(code, description)) => Err((code, description, json!(null))),
            Some(Fault::RetryAfter(seconds)) => {
                self.state().quiet_until = Some((Instant::now() + Duration::from_secs(seconds), seconds));
                Err(too_many(seconds))
            }
            Some(Fault::Migrate(to)) => {
                self.know_chat(to);
                Err((
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat".to_owned(),
                    json!({ "migrate_to_chat_id": to }),
                ))
            }
            Some(Fault::Pass) | None if method == "getupdates" => self.poll(&params).await,
            Some(Fault::Pass) | None => self.change(|state| state.judge(&method, &params)),
        };
        let outcome = judged.clone().map_err(|(_, description, _)| description);
        self.note(&method, params, outcome);
        Some(match judged {
            Ok(result) => (200, json!({ "ok": true, "result": result }).to_string()),
            Err((code, description, parameters)) => refusal(code, &description, &parameters),
        })
    }

    fn note(&self, method: &str, params: Value, outcome: Result<Value, String>) {
        self.change(|state| state.calls.push(Call { method: method.to_owned(), params, outcome, at: Instant::now() }));
    }

    /// Long polling: one consumer, the newest; the others are told.
    async fn poll(&self, params: &Value) -> Judged {
        let offset = params["offset"].as_i64().unwrap_or(0);
        let limit = usize::try_from(params["limit"].as_u64().unwrap_or(100)).unwrap();
        let wait = Duration::from_secs(params["timeout"].as_u64().unwrap_or(0));
        let mut changes = self.changed.subscribe();
        let own = self.change(|state| {
            state.updates.retain(|update| update["update_id"].as_i64() >= Some(offset));
            state.consumer += 1;
            state.consumer
        });
        let polled = tokio::time::timeout(wait, async {
            loop {
                {
                    let state = self.state();
                    if state.consumer != own {
                        let text =
                            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
                        return Err((409, text.to_owned(), json!(null)));
                    }
                    if !state.updates.is_empty() || wait.is_zero() {
                        return Ok(state.updates.iter().take(limit).cloned().collect());
                    }
                }
                let _ = changes.changed().await;
            }
        });
        polled.await.unwrap_or(Ok(json!([])))
    }
}

/// A result, or code, description and parameters of a refusal.
type Judged = Result<Value, (u16, String, Value)>;

fn refusal(code: u16, description: &str, parameters: &Value) -> (u16, String) {
    let mut body = json!({ "ok": false, "error_code": code, "description": description });
    if !parameters.is_null() {
        body["parameters"] = parameters.clone();
    }
    (code, body.to_string())
}

fn too_many(seconds: u64) -> (u16, String, Value) {
    (429, format!("Too Many Requests: retry after {seconds}"), json!({ "retry_after": seconds }))
}

impl State {
    fn judge(&mut self, method: &str, params: &Value) -> Judged {
        let bad = |text: &str| Err((400, format!("Bad Request: {text}"), json!(null)));
        let me = json!({ "id": BOT, "is_bot": true, "first_name": "Netral", "username": BOT_NAME });
        let chat = params["chat_id"].as_i64().unwrap_or_default();
        if params.get("chat_id").is_some() {
            if let Some((_, seconds)) = self.quiet_until.filter(|(until, _)| Instant::now() < *until) {
                return Err(too_many(seconds));
            }
            if !self.chats.contains(&chat) {
                return bad("chat not found");
            }
        }
        match method {
            "getme" => {
                let mut me = me;
                for key in ["can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "has_main_web_app"] {
                    me[key] = json!(key == "can_join_groups");
                }
                Ok(me)
            }
            "deletewebhook" => Ok(json!(true)),
            "setmycommands" => {
                let is_name = |name: &str| {
                    (1..=32).contains(&name.len())
                        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                };
                let commands = params["commands"].as_array().cloned().unwrap_or_default();
                if !commands.iter().all(|c| is_name(c["command"].as_str().unwrap_or_default().trim_start_matches('/'))) {
                    return bad("BOT_COMMAND_INVALID");
                }
                let fits = |c: &Value| (1..=256).contains(&c["description"].as_str().unwrap_or_default().chars().count());
                if commands.iter().all(fits) { Ok(json!(true)) } else { bad("BOT_COMMAND_DESCRIPTION_INVALID") }
            }
            "sendchataction" => match params["message_thread_id"].as_i64() {
                Some(thread) if !self.threads.contains(&(chat, thread)) => bad("message thread not found"),
                _ => Ok(json!(true)),
            },
            "answercallbackquery" => {
                if self.queries.remove(params["callback_query_id"].as_str().unwrap_or_default()) {
                    Ok(json!(true))
                } else {
                    bad("query is too old and response timeout expired or query id is invalid")
                }
            }
            "deletemessage" => match self.messages.remove(&(chat, params["message_id"].as_i64().unwrap_or_default())) {
                Some(_) => Ok(json!(true)),
                None => bad("message to delete not found"),
            },
            "sendmessage" => {
                let is_missing = |thread: i64| thread == 1 || !self.threads.contains(&(chat, thread));
                if params["message_thread_id"].as_i64().is_some_and(is_missing) {
                    return bad("message thread not found");
                }
                let reply = &params["reply_parameters"];
                let is_missing = |id: i64| !self.messages.contains_key(&(chat, id));
                if reply["message_id"].as_i64().is_some_and(is_missing) && reply["allow_sending_without_reply"] != true {
                    return bad("message to be replied not found");
                }
                let text = judge_text(params)?;
                let id = self.next_message;
                self.next_message += 1;
                let kind = if chat > 0 { "private" } else { "supergroup" };
                let message = json!({
                    "message_id": id, "from": me, "date": 1_790_000_000, "text": text, "reply_markup": params["reply_markup"],
                    "chat": { "id": chat, "type": kind, "first_name": "x", "title": "x" },
                });
                let message = without_nulls(message);
                self.messages.insert((chat, id), message.clone());
                Ok(message)
            }
            "editmessagetext" => {
                let key = (chat, params["message_id"].as_i64().unwrap_or_default());
                let text = judge_text(params)?;
                let Some(message) = self.messages.get_mut(&key) else { return bad("message to edit not found") };
                if message["from"]["id"] != BOT {
                    return bad("message can't be edited");
                }
                if message["text"] == text && message["reply_markup"] == params["reply_markup"] {
                    return bad(
                        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
                    );
                }
                message["text"] = json!(text);
                message["reply_markup"] = params["reply_markup"].clone();
                let message = without_nulls(message.clone());
                self.messages.insert(key, message.clone());
                Ok(message)
            }
            _ => Err((404, "Not Found".to_owned(), json!(null))),
        }
    }
}

/// The text without markup, if Telegram would take it with its keyboard.
fn judge_text(params: &Value) -> Result<String, (u16, String, Value)> {
    let bad = |text: String| (400, text, json!(null));
    let raw = params["text"].as_str().unwrap_or_default();
    let text = match params["parse_mode"].as_str() {
        Some("HTML") => entities::parse(raw).map_err(bad)?,
        None => raw.to_owned(),
        Some(mode) => panic!("this bot doesn't use {mode}"),
    };
    if text.trim().is_empty() {
        return Err(bad("Bad Request: message text is empty".to_owned()));
    }
    if text.encode_utf16().count() > 4096 {
        return Err(bad("Bad Request: message is too long".to_owned()));
    }
    for button in
        params["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten().flat_map(|row| row.as_array().unwrap())
    {
        if !(1..=64).contains(&button["callback_data"].as_str().unwrap_or_default().len()) {
            return Err(bad("Bad Request: BUTTON_DATA_INVALID".to_owned()));
        }
    }
    Ok(text.trim().to_owned())
}

/// Telegram leaves out what isn't there.
fn without_nulls(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    value
}

/// Runs something to its end within the patience of tests.
pub async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{what} takes too long"))
}
