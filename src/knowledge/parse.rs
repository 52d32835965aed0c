//! Text → file structs. Faults of form become findings in Indonesian, with their line.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::de::DeserializeOwned;

use super::files::{ArticleFile, CalendarFile, ConceptsFile, InstrumentFile, ModelFile, SanctionsFile, TopicFile};
use super::finding::Findings;
use super::source::Source;
use crate::language::LanguageFiles;

/// Everything that could be read, each thing with the file it came from.
#[derive(Debug, Default)]
pub struct Draft {
    pub instruments: Vec<(Source, InstrumentFile)>,
    pub topics: Vec<(Source, TopicFile)>,
    pub articles: Vec<(Source, ArticleFile)>,
    pub concepts: Vec<(Source, ConceptsFile)>,
    pub sanctions: Vec<(Source, SanctionsFile)>,
    pub calendars: Vec<(Source, CalendarFile)>,
    pub models: Vec<(Source, ModelFile)>,
    pub language: LanguageFiles,
}

/// Name of the check that reports faults of form.
pub const FORM: &str = "bentuk";

/// Reads all sources; a file that can't be read is a finding and left out.
#[must_use]
pub fn parse(sources: Vec<Source>, findings: &mut Findings) -> Draft {
    // Nearly all there is to read, so on all cores: every start waits for it.
    let (topics, others): (Vec<_>, Vec<_>) = sources.into_iter().partition(|source| source.is_in("topik"));
    let (topics, faults): (Vec<_>, Vec<_>) =
        topics.into_par_iter().map(|source| Findings::collect(|own| read(source, own))).unzip();
    faults.into_iter().for_each(|own| findings.append(own));
    let mut draft = Draft { topics: topics.into_iter().flatten().collect(), ..Draft::default() };
    for source in others {
        if source.is_in("peraturan") {
            draft.instruments.extend(read(source, findings));
        } else if source.is_in("konsep") {
            draft.concepts.extend(read(source, findings));
        } else if source.is_in("bahasa") {
            draft.language.read(&source, findings);
        } else if source.is_in("seeds") {
            draft.articles.extend(read(source, findings));
        } else if source.stem() == "sanksi" {
            draft.sanctions.extend(read(source, findings));
        } else if source.stem() == "keputusan" {
            draft.models.extend(read(source, findings));
        } else if source.stem() == "kalender" {
            draft.calendars.extend(read(source, findings));
        } else {
            findings.warning(
                FORM,
                &source,
                "",
                "berkas ini tidak dibaca: letaknya bukan peraturan/, topik/, bahasa/, atau seeds/",
            );
        }
    }
    draft
}

fn read<T: DeserializeOwned>(source: Source, findings: &mut Findings) -> Option<(Source, T)> {
    let value = read_value(&source, findings)?;
    Some((source, value))
}

/// One file's value, or a finding that says in Indonesian what is wrong and where.
pub fn read_value<T: DeserializeOwned>(source: &Source, findings: &mut Findings) -> Option<T> {
    match toml::from_str(&source.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.span().map_or(1, |span| source.line_at(span.start));
            findings.error_at(FORM, source, line, translate(error.message()));
            None
        }
    }
}

/// The parser's English sentence in Indonesian, with what was found and what is allowed.
fn translate(message: &str) -> String {
    let message = message.trim();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or("?").to_owned();
    let allowed = |text: &str| text.split_once(", expected ").map(|(_, a)| a.trim_start_matches("one of ").to_owned());
    if message.starts_with("unknown field") {
        let known = allowed(message).unwrap_or_default();
        format!("kunci `{}` tidak dikenal; yang dikenal: {known}", quoted(message))
    } else if message.starts_with("unknown variant") {
        let known = allowed(message).unwrap_or_default();
        format!("nilai `{}` tidak dikenal; yang dikenal: {known}", quoted(message))
    } else if message.starts_with("missing field") {
        format!("kunci `{}` wajib ada", quoted(message))
    } else if message.starts_with("duplicate key") {
        format!("kunci ditulis dua kali ({message})")
    } else if message.starts_with("invalid type") || message.starts_with("invalid length") {
        format!("jenis nilai keliru ({message})")
    } else if message.starts_with("tanggal") {
        message.to_owned()
    } else {
        format!("TOML tidak terbaca: {message}")
    }
}
