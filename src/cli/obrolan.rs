//! `netral obrolan`.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, assistant, exit};
use crate::chat::Conversation;
use crate::config::Config;
use crate::terminal::{self, Paint};

/// Opens the chat in the terminal.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    let conversation = Conversation::new(Arc::new(assistant(config)?), config.contact.clone());
    let paint = Paint::detect(io::stdout().is_terminal(), config.no_color);
    match terminal::chat(&conversation, paint) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(exit::USAGE, format!("masukan atau keluaran terputus: {cause}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
