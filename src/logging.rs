//! The log: which lines may leave the program. Other crates' lines are judged by where they come
//! from, because whatever speaks HTTP sees the token in every address, and teloxide prints whole
//! updates.

use std::fmt;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::{EnvFilter, Registry};

/// Crates that see the token or what people type; never heard.
const SILENT: [&str; 10] =
    ["teloxide", "teloxide_core", "dptree", "hyper", "hyper_util", "hyper_rustls", "h2", "reqwest", "rustls", "tower"];

/// The filter isn't written as `tracing` writes it.
#[derive(Debug)]
pub struct FilterError(String);

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NETRAL_LOG: `{}` bukan saringan log; misalnya netral=info atau netral=debug", self.0)
    }
}

impl std::error::Error for FilterError {}

/// Starts the log on standard error, and makes panics say where but not what: a panic's words may
/// be a person's.
///
/// # Errors
/// When the filter can't be read.
pub fn init(filter: &str) -> Result<(), FilterError> {
    let subscriber = subscriber(filter, std::io::stderr)?;
    // A second start, in tests, keeps the first log.
    let _ = tracing::subscriber::set_global_default(subscriber);
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(tempat = place, "kesalahan program");
    }));
    Ok(())
}

/// The log as [`init`] sets it up, into any writer.
///
/// # Errors
/// When the filter can't be read.
pub fn subscriber<W>(filter: &str, writer: W) -> Result<impl Subscriber + Send + Sync, FilterError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let wanted = EnvFilter::try_new(filter).map_err(|_| FilterError(filter.to_owned()))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false).with_filter(wanted);
    Ok(Registry::default()
        .with(lines.with_filter(filter_fn(|metadata: &Metadata<'_>| may_speak(metadata.target(), *metadata.level())))))
}

/// Whether a line of this origin and level may be written, whatever the operator's filter says.
#[must_use]
pub fn may_speak(target: &str, level: Level) -> bool {
    let origin = target.split("::").next().unwrap_or(target);
    match origin {
        "netral" => true,
        origin if SILENT.contains(&origin) => false,
        _ => level <= Level::WARN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_lines_speak_freely() {
        for (target, level, wanted) in [
            ("netral::telegram::send", Level::TRACE, true),
            ("netralitas", Level::INFO, false),
            ("teloxide::dispatching::dispatcher", Level::ERROR, false),
            ("teloxide_core::net", Level::ERROR, false),
            ("hyper_util::client", Level::TRACE, false),
            ("reqwest::connect", Level::WARN, false),
            ("tantivy::indexer", Level::INFO, false),
            ("tantivy::indexer", Level::WARN, true),
        ] {
            assert_eq!(may_speak(target, level), wanted, "{target} {level}");
        }
    }
}
