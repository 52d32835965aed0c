//! The JSON of `netral tanya --json`: an interface for scripts, kept apart from the typed reply.
//! Documented in `docs/json.md`; keys may be added, never renamed or removed.

use serde::Serialize;

use super::reply::{Citation, Reply};

#[derive(Debug, Serialize)]
pub struct ReplyJson<'a> {
    pertanyaan: &'a str,
    bahasa: &'static str,
    hasil: &'static str,
    putusan: Option<&'static str>,
    peluang: Option<f64>,
    topik: Option<&'a str>,
    judul: &'a str,
    ringkas: &'a str,
    uraian: &'a str,
    saran: &'a str,
    dasar_putusan: Option<&'static str>,
    cabang: Vec<BranchJson<'a>>,
    dasar: Vec<CitationJson<'a>>,
    sanksi: Vec<SanctionJson<'a>>,
    sumber: Vec<SourceJson<'a>>,
    terkait: &'a [String],
    pilihan: Vec<ChoiceJson<'a>>,
    bagian: Vec<ReplyJson<'a>>,
    tanggal: String,
    mikrodetik: u64,
}

#[derive(Debug, Serialize)]
struct BranchJson<'a> {
    jika: &'a str,
    putusan: &'static str,
    ringkas: &'a str,
    dasar: &'a [String],
}

#[derive(Debug, Serialize)]
struct CitationJson<'a> {
    id: &'a str,
    kutipan: &'a str,
    isi: &'a str,
    status: &'static str,
    status_per: &'a str,
    verifikasi: &'static str,
}

#[derive(Debug, Serialize)]
struct SanctionJson<'a> {
    fase: &'a str,
    jenis: &'a str,
    untuk: Vec<&'static str>,
    dasar: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct SourceJson<'a> {
    id: &'a str,
    judul: &'a str,
    media: &'a str,
    tanggal: &'a str,
    bagian: u32,
    isi: &'a str,
    kini: &'a str,
}

#[derive(Debug, Serialize)]
struct ChoiceJson<'a> {
    topik: &'a str,
    judul: &'a str,
    putusan: &'static str,
}

impl<'a> ReplyJson<'a> {
    /// The wire form; `micros` is the time the answer took.
    #[must_use]
    pub fn new(reply: &'a Reply, micros: u64) -> Self {
        Self {
            pertanyaan: &reply.question,
            bahasa: reply.language.code(),
            hasil: reply.outcome.word(),
            putusan: reply.verdict.map(super::Verdict::word),
            peluang: reply.probability.map(|p| (p * 1000.0).round() / 1000.0),
            topik: reply.topic.as_deref(),
            judul: &reply.title,
            ringkas: &reply.brief,
            uraian: &reply.detail,
            saran: &reply.advice,
            dasar_putusan: reply.basis.map(super::Basis::word),
            cabang: reply
                .branches
                .iter()
                .map(|b| BranchJson { jika: &b.condition, putusan: b.verdict.word(), ringkas: &b.brief, dasar: &b.citations })
                .collect(),
            dasar: reply.citations.iter().map(CitationJson::new).collect(),
            sanksi: reply
                .sanctions
                .iter()
                .map(|s| SanctionJson {
                    fase: &s.phase,
                    jenis: &s.kind,
                    untuk: s.audience.iter().map(|a| a.word()).collect(),
                    dasar: s.citations.iter().map(|c| c.citation.as_str()).collect(),
                })
                .collect(),
            sumber: reply
                .sources
                .iter()
                .map(|s| SourceJson {
                    id: &s.id,
                    judul: &s.title,
                    media: &s.outlet,
                    tanggal: &s.date,
                    bagian: s.passage,
                    isi: &s.text,
                    kini: &s.now,
                })
                .collect(),
            terkait: &reply.related,
            pilihan: reply
                .choices
                .iter()
                .map(|c| ChoiceJson { topik: &c.topic, judul: &c.title, putusan: c.verdict.word() })
                .collect(),
            bagian: reply.parts.iter().map(|part| ReplyJson::new(part, micros)).collect(),
            tanggal: reply.day.to_string(),
            mikrodetik: micros,
        }
    }
}

impl<'a> CitationJson<'a> {
    fn new(citation: &'a Citation) -> Self {
        Self {
            id: &citation.id,
            kutipan: &citation.citation,
            isi: &citation.text,
            status: citation.status.word(),
            status_per: &citation.status_as_of,
            verifikasi: citation.verification.word(),
        }
    }
}
