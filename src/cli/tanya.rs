//! `netral tanya`.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use super::args::Ask;
use super::{Failure, assistant, exit};
use crate::answer::{Outcome, ReplyJson};
use crate::assistant::Assistant;
use crate::config::Config;
use crate::terminal::{self, Paint};
use crate::{chat, clock};

/// Answers every question in order; `-` reads standard input line by line.
pub fn run(config: &Config, options: &Ask) -> Result<ExitCode, Failure> {
    let assistant = assistant(config)?;
    let day = options.tanggal.unwrap_or_else(clock::today);
    let mut out = io::stdout().lock();
    let written = (|| -> io::Result<()> {
        for question in &options.questions {
            if question == "-" {
                for line in io::stdin().lock().lines() {
                    answer(&assistant, &line?, options, day, config, &mut out)?;
                }
            } else {
                answer(&assistant, question, options, day, config, &mut out)?;
            }
        }
        out.flush()
    })();
    match written {
        // Whoever reads us has read enough: `netral tanya … | head`.
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(cause) => Err(Failure::new(exit::USAGE, format!("masukan atau keluaran terputus: {cause}"))),
        Ok(()) => Ok(ExitCode::SUCCESS),
    }
}

fn answer(
    assistant: &Assistant,
    question: &str,
    options: &Ask,
    day: jiff::civil::Date,
    config: &Config,
    out: &mut impl Write,
) -> io::Result<()> {
    let start = clock::now();
    let reply = assistant.ask(question, day);
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    if options.json {
        serde_json::to_writer(&mut *out, &ReplyJson::new(&reply, micros))?;
        return writeln!(out);
    }
    let paint = Paint::detect(io::stdout().is_terminal(), config.no_color);
    let titles = |id: &str| assistant.knowledge().topic(id).map(|topic| topic.file.judul.clone());
    let mut screen = chat::screen(&reply, &titles);
    // Buttons have no use here, but the candidates of a clarification should be seen.
    if reply.outcome != Outcome::Clarify {
        screen.buttons.clear();
    }
    writeln!(out, "{}\n", terminal::render(&screen, paint))?;
    if options.jelaskan {
        writeln!(out, "{}", terminal::explain(assistant, question, day))?;
    }
    Ok(())
}
