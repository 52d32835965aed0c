//! The file formats: what an editor writes, exactly. Unknown keys are errors.
//! Nothing here is checked across files; see `check`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::date::{self, PartialDate};
use super::vocabulary::{Audience, Basis, ConceptKind, Confidence, Status, Verdict, Verification};

/// `peraturan/<id>.toml`: one instrument and its provisions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentFile {
    pub id: String,
    pub jenis: String,
    pub nomor: String,
    pub tahun: i16,
    pub judul: String,
    pub tentang: String,
    /// Short name that citations are composed from: `PP 94/2021`.
    pub kutip_sebagai: String,
    pub kutip_lengkap: Option<String>,
    pub status: Status,
    /// Last day for which the status was seen.
    pub status_per: Option<PartialDate>,
    pub status_catatan: Option<String>,
    pub tanggal: PartialDate,
    /// First day in force, when it is not `tanggal`.
    pub berlaku_sejak: Option<PartialDate>,
    /// First day no longer in force.
    pub berlaku_sampai: Option<PartialDate>,
    #[serde(default)]
    pub mencabut: Vec<String>,
    #[serde(default)]
    pub dicabut_oleh: Vec<String>,
    pub keyakinan: Confidence,
    pub verifikasi: Verification,
    #[serde(default)]
    pub sumber: Vec<String>,
    #[serde(default)]
    pub catatan: String,
    #[serde(default)]
    pub ketentuan: Vec<ProvisionFile>,
}

/// One provision; `id` is the place inside its instrument, from which the citation is composed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionFile {
    pub id: String,
    /// Our restatement, never the words of the law.
    pub isi: String,
    pub berlaku_untuk: Vec<Audience>,
    pub sejak: Option<PartialDate>,
    pub sampai: Option<PartialDate>,
    /// The amending instrument that gave the text and by which it is cited.
    pub dirumuskan_oleh: Option<String>,
    pub keyakinan: Confidence,
    #[serde(default)]
    pub perlu_cek_naskah: bool,
    #[serde(default)]
    pub sumber: Vec<String>,
    #[serde(default)]
    pub catatan: String,
}

/// `sanksi.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionsFile {
    pub sanksi: Vec<SanctionFile>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionFile {
    pub id: String,
    pub fase: String,
    pub jenis: String,
    pub jenis_en: Option<String>,
    pub untuk: Vec<Audience>,
    pub dasar: Vec<String>,
}

/// `kalender.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    pub tahapan: Vec<StageFile>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageFile {
    pub id: String,
    pub nama: String,
    pub mulai: PartialDate,
    pub selesai: PartialDate,
    pub jenis: String,
    #[serde(default)]
    pub perkiraan: bool,
    pub keyakinan: Confidence,
    #[serde(default)]
    pub dasar: Vec<String>,
    #[serde(default)]
    pub catatan: String,
}

/// `topik/<bagian>/<id>.toml`: one question people have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicFile {
    pub id: String,
    pub judul: String,
    pub judul_en: Option<String>,
    pub berlaku_untuk: Vec<Audience>,
    /// Indexed wordings, Indonesian.
    pub pertanyaan: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub jv: Vec<String>,
    #[serde(default)]
    pub su: Vec<String>,
    /// Concepts a question must be about; `a|b` is either.
    pub konsep: Vec<String>,
    /// Further concepts the answer covers.
    #[serde(default)]
    pub sebut: Vec<String>,
    /// Concepts that make this the wrong topic.
    #[serde(default)]
    pub tolak: Vec<String>,
    #[serde(default)]
    pub terkait: Vec<String>,
    #[serde(default)]
    pub sumber: Vec<String>,
    pub diperiksa: Checked,
    /// A topic of an earlier layer that this one replaces.
    pub menggantikan: Option<String>,
    pub jawaban: Vec<AnswerFile>,
}

impl TopicFile {
    /// What the topic as a whole is asked by, in every language.
    pub fn general_wordings(&self) -> impl Iterator<Item = &String> {
        self.pertanyaan.iter().chain(&self.en).chain(&self.jv).chain(&self.su)
    }

    /// Every provision or instrument that an answer or branch refers to.
    pub fn references(&self) -> impl Iterator<Item = &String> {
        self.jawaban.iter().flat_map(|answer| answer.dasar.iter().chain(answer.cabang.iter().flat_map(|branch| &branch.dasar)))
    }

    /// The wordings of every language, with those of the branches: what the topic is asked by.
    pub fn wordings(&self) -> impl Iterator<Item = &String> {
        let branches = self.jawaban.iter().flat_map(|answer| &answer.cabang).flat_map(|branch| &branch.pertanyaan);
        self.general_wordings().chain(branches)
    }
}

/// When a person last compared the topic, and with what.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    #[serde(deserialize_with = "date::day")]
    pub tanggal: Date,
    pub terhadap: Verification,
}

/// The answer from `sejak` until the next answer's day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFile {
    #[serde(deserialize_with = "date::day")]
    pub sejak: Date,
    pub putusan: Verdict,
    pub dasar_putusan: Basis,
    pub ringkas: String,
    pub uraian: String,
    pub saran: String,
    pub ringkas_en: Option<String>,
    pub uraian_en: Option<String>,
    pub dasar: Vec<String>,
    #[serde(default)]
    pub sanksi: Vec<String>,
    #[serde(default)]
    pub cabang: Vec<BranchFile>,
}

/// What changes the verdict.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchFile {
    pub jika: String,
    /// Concepts that select this branch when a question names them all; `a|b` is either, `!a` is denied.
    #[serde(default)]
    pub bila: Vec<String>,
    /// Wordings that describe this branch's case, in any language.
    #[serde(default)]
    pub pertanyaan: Vec<String>,
    pub putusan: Verdict,
    pub ringkas: String,
    pub ringkas_en: Option<String>,
    #[serde(default)]
    pub dasar: Vec<String>,
}

/// `seeds/<id>.toml`: one source article, restated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFile {
    pub id: String,
    pub judul: String,
    /// Outlet, or `tidak-tercantum`.
    pub media: String,
    pub tempat: String,
    pub acara: String,
    pub tanggal_acara: PartialDate,
    pub tanggal_terbit: Option<PartialDate>,
    /// Offices of those who spoke; never names.
    pub pembicara: Vec<String>,
    #[serde(default)]
    pub rujukan: Vec<MentionFile>,
    #[serde(default)]
    pub angka: Vec<FigureFile>,
    pub bagian: Vec<PassageFile>,
}

/// A regulation the article names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionFile {
    /// As the article names it.
    pub disebut: String,
    /// Ours, when it can be told.
    pub instrumen: Option<String>,
    #[serde(default)]
    pub catatan: String,
}

/// A figure the article states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureFile {
    pub nilai: String,
    pub tentang: String,
    pub menurut: String,
}

/// One claim of the article, restated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageFile {
    pub nomor: u32,
    pub isi: String,
    /// Present state, when what the article says has changed.
    pub kini: Option<String>,
    /// Wordings by which the claim is asked for.
    pub pertanyaan: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
    pub konsep: Vec<String>,
    /// Topics the passage bears on; the first one is its home.
    pub topik: Vec<String>,
    pub dasar: Vec<String>,
}

/// `keputusan.toml`: the fitted decision model, written by `netral latih`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Day of the calibration.
    #[serde(deserialize_with = "date::day")]
    pub dikalibrasi: Date,
    /// Number of exam questions it was fitted on, and the figures reached by cross-validation.
    pub soal: usize,
    pub angka: String,
    pub ambang: ThresholdsFile,
    /// Weights that rank candidates, by feature.
    pub peringkat: BTreeMap<String, f64>,
    /// Weights that tell which case of a topic a question describes, by trait.
    #[serde(default)]
    pub cabang: BTreeMap<String, f64>,
    /// Weights that tell whether a question is for us, by signal.
    pub milik: BTreeMap<String, f64>,
    /// Weights that tell whether the best candidate is right for a question of ours, by signal.
    pub tepat: BTreeMap<String, f64>,
}

/// Probabilities from which the bot speaks: below `klarifikasi` it declines, from `jawab` on it answers, in between it asks back.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdsFile {
    /// Of the best candidate being right.
    pub jawab: f64,
    /// *Boleh* is dearer.
    pub boleh: f64,
    /// Of the question being for us.
    pub klarifikasi: f64,
    /// Two candidates nearer than this (in ranking score) are near.
    pub dekat: f64,
}

/// `bahasa/konsep/<jenis>.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptsFile {
    pub jenis: ConceptKind,
    pub konsep: Vec<ConceptFile>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptFile {
    pub id: String,
    pub arti: String,
    /// Wider concept that this one satisfies.
    pub induk: Option<String>,
    /// Whether hardly anything but a question of our field names it.
    #[serde(default)]
    pub pokok: bool,
    pub kata: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
}
