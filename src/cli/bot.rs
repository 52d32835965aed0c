//! `netral bot`.

use std::future::Future;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, assistant, exit};
use crate::chat::Conversation;
use crate::config::Config;
use crate::logging;
use crate::telegram::{self, RunError, Settings};

/// Runs the bot until a signal ends it.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    let Some(settings) = Settings::new(config) else {
        return Err(Failure::new(exit::USAGE, "TELOXIDE_TOKEN belum diisi; token didapat dari @BotFather, lihat .env.example"));
    };
    logging::init(&config.log).map_err(|error| Failure::new(exit::USAGE, error.to_string()))?;
    let conversation = Arc::new(Conversation::new(Arc::new(assistant(config)?), config.contact.clone()));
    // Built by hand rather than by a macro: settings are read before any other thread exists.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|cause| Failure::new(exit::USAGE, format!("program tidak dapat dijalankan: {cause}")))?;
    let ended = runtime.block_on(async {
        let stop = stop_signal().map_err(|cause| Failure::new(exit::USAGE, format!("sinyal tidak dapat ditangani: {cause}")))?;
        telegram::run(&settings, conversation, stop).await.map_err(|error| {
            let code = if error == RunError::Token { exit::TOKEN } else { exit::USAGE };
            Failure::new(code, error.to_string())
        })
    });
    ended.map(|()| ExitCode::SUCCESS)
}

/// Ready at the first SIGINT or SIGTERM; the second ends the program on the spot.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    /// What a shell reports for a program ended by SIGINT.
    const INTERRUPTED: i32 = 130;

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("berhenti: jawaban yang sedang dikirim diselesaikan dulu; sinyal kedua menghentikan seketika");
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(INTERRUPTED);
        });
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
