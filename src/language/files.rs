//! The tables of `knowledge/bahasa/` as an editor writes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::knowledge::{Findings, Source, read_value};

/// All tables, possibly from several layers: later entries win.
#[derive(Debug, Default)]
pub struct LanguageFiles {
    pub slang: BTreeMap<String, String>,
    pub contexts: Vec<ContextFile>,
    pub jawa: BTreeMap<String, String>,
    pub sunda: BTreeMap<String, String>,
    pub stop_id: Vec<String>,
    pub stop_en: Vec<String>,
    pub exceptions: BTreeMap<String, String>,
    pub roots: Vec<String>,
    pub common: Vec<String>,
    pub fields: Vec<FieldFile>,
    pub greetings: Vec<GreetingFile>,
    pub address: AddressFile,
    pub parties: Vec<String>,
    pub foreign: Vec<String>,
}

/// A word whose meaning depends on its neighbours: "k" is *ke*, but not in "huruf k".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextFile {
    pub kata: String,
    pub menjadi: String,
    /// Only after one of these, where there are any.
    #[serde(default)]
    pub sesudah: Vec<String>,
    /// Only before one of these, where there are any.
    #[serde(default)]
    pub sebelum: Vec<String>,
    /// Never after one of these.
    #[serde(default)]
    pub bukan_sesudah: Vec<String>,
    /// Never before one of these.
    #[serde(default)]
    pub bukan_sebelum: Vec<String>,
    /// Not where it is typed in capitals.
    #[serde(default)]
    pub huruf_kecil: bool,
}

/// A field of questions that is not ours, and the right door for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldFile {
    pub id: String,
    pub pintu: String,
    pub pintu_en: String,
    /// Whether the question is foreign even where it names our matter: whom to vote for.
    #[serde(default)]
    pub tegas: bool,
    pub kata: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
}

/// Small talk and questions about the bot itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GreetingFile {
    pub id: String,
    pub kata: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
    /// Content words of which a message to the bot needs one to be of this kind; see [`super::small_talk()`].
    #[serde(default)]
    pub tema: Vec<String>,
    /// What addresses the bot in talk of this kind only: "pertanyaan saya".
    #[serde(default)]
    pub sapa: Vec<String>,
    pub balasan: String,
    pub balasan_en: String,
}

/// Words of talk with the bot that are of no kind by themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddressFile {
    /// What the bot and the talk with it are called: "kamu", "bot", "chat".
    pub sapa: Vec<String>,
    /// What may be said beside it.
    pub iring: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slang {
    kata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contexts {
    konteks: Vec<ContextFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regional {
    jawa: BTreeMap<String, String>,
    sunda: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stop {
    id: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stems {
    kecuali: BTreeMap<String, String>,
    dasar: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    kata: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outside {
    bidang: Vec<FieldFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Greetings {
    #[serde(default)]
    alamat: AddressFile,
    sapaan: Vec<GreetingFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    partai: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ForeignQuestions {
    pertanyaan: Vec<String>,
}

impl LanguageFiles {
    /// Reads one table by its file name; faults of form become findings.
    pub(crate) fn read(&mut self, source: &Source, findings: &mut Findings) {
        match source.stem() {
            "slang" => {
                if let Some(file) = read_value::<Slang>(source, findings) {
                    self.slang.extend(file.kata);
                }
            }
            "daerah" => {
                if let Some(file) = read_value::<Regional>(source, findings) {
                    self.jawa.extend(file.jawa);
                    self.sunda.extend(file.sunda);
                }
            }
            "henti" => {
                if let Some(file) = read_value::<Stop>(source, findings) {
                    self.stop_id.extend(file.id);
                    self.stop_en.extend(file.en);
                }
            }
            "stem" => {
                if let Some(file) = read_value::<Stems>(source, findings) {
                    self.exceptions.extend(file.kecuali);
                    self.roots.extend(file.dasar);
                }
            }
            "konteks" => self.contexts.extend(read_value::<Contexts>(source, findings).into_iter().flat_map(|f| f.konteks)),
            "umum" => self.common.extend(read_value::<Common>(source, findings).into_iter().flat_map(|f| f.kata)),
            "luar" => self.fields.extend(read_value::<Outside>(source, findings).into_iter().flat_map(|f| f.bidang)),
            "sapaan" => {
                if let Some(file) = read_value::<Greetings>(source, findings) {
                    self.address.sapa.extend(file.alamat.sapa);
                    self.address.iring.extend(file.alamat.iring);
                    self.greetings.extend(file.sapaan);
                }
            }
            "nama" => self.parties.extend(read_value::<Names>(source, findings).into_iter().flat_map(|f| f.partai)),
            "contoh-luar" => {
                self.foreign.extend(read_value::<ForeignQuestions>(source, findings).into_iter().flat_map(|f| f.pertanyaan));
            }
            other => findings.error("bentuk", source, "", format!("tabel bahasa `{other}` tidak dikenal")),
        }
    }

    /// Names of parties, as they are usually written.
    #[must_use]
    pub fn party_names(&self) -> Vec<String> {
        self.parties.clone()
    }
}
