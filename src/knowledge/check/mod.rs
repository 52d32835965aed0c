//! The named checks of `netral periksa`. Each is a function over the whole draft that collects
//! findings; all run, nothing stops at the first. Rules of truth of the design are checks here.

mod citation;
mod language;
mod topic;

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::files::{ArticleFile, InstrumentFile, ProvisionFile, SanctionFile};
use super::finding::Findings;
use super::parse::Draft;
use super::source::Source;

/// One check: its name in findings, what it demands (shown by `netral periksa --jelaskan`), its code.
#[derive(Debug)]
pub struct Check {
    pub name: &'static str,
    pub demands: &'static str,
    pub(super) run: fn(&Draft, &Lookup<'_>, &mut Findings),
}

/// All checks, in the order they are explained.
pub static CHECKS: &[Check] = &[
    Check {
        name: "nama-berkas",
        demands: "`id` sama dengan nama berkasnya dan hanya memuat huruf kecil, angka, dan tanda hubung.",
        run: topic::file_names,
    },
    Check {
        name: "id-ganda",
        demands: "Tidak ada dua hal dengan `id` yang sama; topik lapisan kedua yang menggantikan harus menulis `menggantikan`.",
        run: topic::unique_ids,
    },
    Check {
        name: "rujukan-menggantung",
        demands: "Setiap rujukan (dasar, sanksi, terkait, sumber, dicabut_oleh, …) menunjuk hal yang ada.",
        run: citation::dangling,
    },
    Check {
        name: "ingatan-dikutip",
        demands: "Ketentuan atau peraturan yang hanya dari ingatan (`keyakinan = \"recalled\"`) tidak pernah menjadi dasar.",
        run: citation::recalled,
    },
    Check {
        name: "dasar-lemah",
        demands: "Peraturan yang tidak pasti, rancangan, historis, atau dicabut tidak menjadi satu-satunya dasar putusan.",
        run: citation::only_weak,
    },
    Check {
        name: "belum-berlaku",
        demands: "Setiap dasar sudah berlaku pada hari `sejak` jawaban yang memakainya.",
        run: citation::not_yet_in_force,
    },
    Check {
        name: "ketentuan-bersumber",
        demands: "Ketentuan yang `verified` menyebut sumber; alamatnya https/http tanpa spasi dan tanda kutip.",
        run: citation::sourced,
    },
    Check {
        name: "sanksi-salah-alamat",
        demands: "Hukuman PP 94/2021 dan PP 42/2004 hanya untuk PNS/CPNS (dan pejabat), tidak pernah untuk PPPK.",
        run: citation::sanction_audience,
    },
    Check {
        name: "jawaban-lengkap",
        demands: "Setiap topik punya kata tanya, paling sedikit satu jawaban dengan dasar, `sejak` yang berbeda-beda, dan kalimat yang muat satu layar.",
        run: topic::complete,
    },
    Check { name: "kata-kembar", demands: "Satu rumusan pertanyaan hanya ada pada satu topik.", run: topic::twin_wordings },
    Check {
        name: "konsep-dikenal",
        demands: "Setiap konsep yang dipakai topik ada di bahasa/konsep/.",
        run: language::known_concepts,
    },
    Check {
        name: "konsep-kembar",
        demands: "Satu kata atau frasa hanya milik satu konsep; induk konsep ada.",
        run: language::unique_words,
    },
    Check { name: "bot-netral", demands: "Tidak ada nama partai dalam teks yang ditampilkan.", run: language::names_no_party },
    Check {
        name: "kata-pasti",
        demands: "Sanksi ditulis \"dapat dikenai\", bukan \"akan dikenai\": pejabat yang berwenang yang memutuskan.",
        run: topic::careful_words,
    },
    Check {
        name: "artikel-utuh",
        demands: "Nomor bagian artikel urut dari 1; setiap bagian punya pertanyaan, topik, dan dasar.",
        run: topic::articles,
    },
];

/// Runs every check.
pub fn run(draft: &Draft, findings: &mut Findings) {
    let lookup = Lookup::new(draft);
    let found: Vec<Findings> =
        CHECKS.par_iter().map(|check| Findings::collect(|own| (check.run)(draft, &lookup, own)).1).collect();
    found.into_iter().for_each(|own| findings.append(own));
}

/// What the checks look things up in.
pub(super) struct Lookup<'a> {
    instruments: BTreeMap<&'a str, &'a InstrumentFile>,
    provisions: BTreeMap<String, (&'a InstrumentFile, &'a ProvisionFile)>,
    sanctions: BTreeMap<&'a str, &'a SanctionFile>,
    topics: BTreeSet<&'a str>,
    articles: BTreeMap<&'a str, &'a ArticleFile>,
    concepts: BTreeSet<&'a str>,
}

impl<'a> Lookup<'a> {
    fn new(draft: &'a Draft) -> Self {
        Self {
            instruments: draft.instruments.iter().map(|(_, file)| (file.id.as_str(), file)).collect(),
            provisions: draft
                .instruments
                .iter()
                .flat_map(|(_, file)| file.ketentuan.iter().map(move |p| (format!("{}/{}", file.id, p.id), (file, p))))
                .collect(),
            sanctions: draft.sanctions.iter().flat_map(|(_, f)| &f.sanksi).map(|s| (s.id.as_str(), s)).collect(),
            topics: draft.topics.iter().map(|(_, file)| file.id.as_str()).collect(),
            articles: draft.articles.iter().map(|(_, file)| (file.id.as_str(), file)).collect(),
            concepts: draft.concepts.iter().flat_map(|(_, f)| &f.konsep).map(|c| c.id.as_str()).collect(),
        }
    }

    /// Whether a layer before `layer` has the topic.
    fn earlier(&self, layer: usize, id: &str, draft: &Draft) -> bool {
        self.topics.contains(id) && draft.topics.iter().any(|(source, file)| source.layer < layer && file.id == id)
    }

    /// The instrument behind a reference to an instrument or a provision, if the reference exists.
    fn instrument_of(&self, reference: &str) -> Option<&'a InstrumentFile> {
        match self.provisions.get(reference) {
            Some((instrument, _)) => Some(instrument),
            None => self.instruments.get(reference).copied(),
        }
    }
}

/// All citing places of the draft: the file, and each reference in it.
fn citing(draft: &Draft) -> impl Iterator<Item = (&Source, &String)> {
    let topics = draft.topics.iter().flat_map(|(source, file)| file.references().map(move |r| (source, r)));
    let sanctions =
        draft.sanctions.iter().flat_map(|(source, file)| file.sanksi.iter().flat_map(|s| &s.dasar).map(move |r| (source, r)));
    let passages =
        draft.articles.iter().flat_map(|(source, file)| file.bagian.iter().flat_map(|b| &b.dasar).map(move |r| (source, r)));
    topics.chain(sanctions).chain(passages)
}
