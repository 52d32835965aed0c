//! The command line of the one binary: arguments → work → text and an exit code.

mod args;
mod bot;
mod check;
mod exam;
mod kept;
mod obrolan;
mod peraturan;
mod tanya;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use crate::assistant::Assistant;
use crate::config::Config;
use crate::knowledge::{self, Knowledge, Source};
use crate::search::Corpus;

use kept::Kept;

pub use args::{Args, Command, Regulation};

/// Exit codes, documented in the README.
pub mod exit {
    /// Something was found wrong: knowledge with errors, an exam below its floors.
    pub const FINDINGS: u8 = 1;
    /// The command line or the settings can't be used.
    pub const USAGE: u8 = 2;
    /// The knowledge can't be read, or has errors; nothing starts on it.
    pub const KNOWLEDGE: u8 = 3;
    /// The token was refused by Telegram.
    pub const TOKEN: u8 = 4;
}

/// A command that ended early: what to tell the operator, and the exit code.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub code: u8,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { message: message.into(), code }
    }
}

/// Runs the program with the process' arguments.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(asked) if !asked.use_stderr() => {
            // Help or the version was asked for.
            return if asked.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(exit::USAGE) };
        }
        Err(error) => {
            eprintln!("netral: {}", usage::explain(&error));
            return ExitCode::from(exit::USAGE);
        }
    };
    match run(args) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("netral: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn run(args: Args) -> Result<ExitCode, Failure> {
    let config = Config::read().map_err(|error| Failure::new(exit::USAGE, error.to_string()))?;
    match args.command {
        Some(Command::Tanya(options)) => tanya::run(&config, &options),
        Some(Command::Peraturan(Regulation::Lihat(options))) => peraturan::run(&config, &options),
        Some(Command::Periksa(options)) => check::run(&config, &options),
        Some(Command::Uji(options)) => exam::run(&config, &options),
        Some(Command::Latih(options)) => exam::train(&config, &options),
        Some(Command::Obrolan) => obrolan::run(&config),
        Some(Command::Bot) => bot::run(&config),
        None if config.token.is_some() => bot::run(&config),
        None => {
            println!(
                "TELOXIDE_TOKEN belum diisi, jadi obrolan dibuka di terminal ini; token didapat dari @BotFather, lihat .env.example.\n"
            );
            obrolan::run(&config)
        }
    }
}

/// The assistant over the configured knowledge.
///
/// # Errors
/// What [`read_knowledge`] says, or why the index can't be made.
pub fn assistant(config: &Config) -> Result<Assistant, Failure> {
    let sources = sources(config)?;
    let kept = config.cache.as_ref().map(|directory| Kept::new(directory, &sources));
    let (knowledge, corpus) = rayon::join(|| checked(sources), || kept.as_ref().and_then(Kept::read));
    let knowledge = knowledge?;
    let corpus = corpus.unwrap_or_else(|| read_corpus(&knowledge, kept.as_ref()));
    Assistant::over(knowledge, corpus).map_err(|error| Failure::new(exit::KNOWLEDGE, error.to_string()))
}

/// Reads the corpus of a set, and keeps it for the next start.
fn read_corpus(knowledge: &Knowledge, kept: Option<&Kept>) -> Corpus {
    let corpus = Corpus::read(knowledge);
    if let Some(Err(cause)) = kept.map(|kept| kept.write(&corpus)) {
        tracing::warn!(%cause, "korpus tidak dapat disimpan, jadi start berikutnya juga perlu beberapa detik");
    }
    corpus
}

/// The configured knowledge.
///
/// # Errors
/// When the knowledge can't be read or has errors; the message says which command shows why.
pub fn read_knowledge(config: &Config) -> Result<Knowledge, Failure> {
    checked(sources(config)?)
}

fn sources(config: &Config) -> Result<Vec<Source>, Failure> {
    config.sources().map_err(|cause| Failure::new(exit::KNOWLEDGE, format!("pengetahuan tidak terbaca: {cause}")))
}

fn checked(sources: Vec<Source>) -> Result<Knowledge, Failure> {
    let (knowledge, findings) = knowledge::load(sources);
    knowledge.ok_or_else(|| {
        let errors = findings.iter().filter(|f| f.severity == knowledge::Severity::Error).count();
        let message =
            format!("pengetahuan memuat {errors} kesalahan, jadi tidak dipakai; jalankan `netral periksa` untuk melihatnya");
        Failure::new(exit::KNOWLEDGE, message)
    })
}
