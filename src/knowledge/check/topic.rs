//! Checks of topics and articles as texts.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::finding::Findings;
use super::super::parse::Draft;
use super::super::source::Source;
use super::Lookup;
use crate::language::plain;

/// Longest `ringkas`, in characters: it is the first line on a phone.
const BRIEF_MAX: usize = 300;
/// Longest `uraian`, in characters: with citations and sanctions the answer stays one message.
const DETAIL_MAX: usize = 1_400;

pub(super) fn file_names(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    let ids = draft
        .topics
        .iter()
        .map(|(s, f)| (s, &f.id))
        .chain(draft.instruments.iter().map(|(s, f)| (s, &f.id)))
        .chain(draft.articles.iter().map(|(s, f)| (s, &f.id)));
    for (source, id) in ids {
        if source.stem() != id {
            let message = format!("`id` adalah `{id}`, tetapi nama berkasnya `{}`", source.stem());
            findings.error("nama-berkas", source, id, message);
        }
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            let message = format!("`id` `{id}` hanya boleh memuat huruf kecil, angka, dan tanda hubung");
            findings.error("nama-berkas", source, id, message);
        }
    }
}

pub(super) fn unique_ids(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    let replacing: BTreeSet<_> = draft.topics.iter().filter_map(|(_, f)| f.menggantikan.as_deref()).collect();
    let topics = draft.topics.iter().filter(|(_, f)| f.menggantikan.is_some() || !replacing.contains(f.id.as_str()));
    twins(topics.map(|(s, f)| (s, f.id.as_str())), findings);
    twins(draft.instruments.iter().map(|(s, f)| (s, f.id.as_str())), findings);
    twins(draft.articles.iter().map(|(s, f)| (s, f.id.as_str())), findings);
    let concepts = draft.concepts.iter().flat_map(|(source, file)| file.konsep.iter().map(move |c| (source, c.id.as_str())));
    twins(concepts, findings);
    for (source, instrument) in &draft.instruments {
        twins(instrument.ketentuan.iter().map(|p| (source, p.id.as_str())), findings);
    }
    for (source, file) in &draft.sanctions {
        twins(file.sanksi.iter().map(|s| (source, s.id.as_str())), findings);
    }
}

fn twins<'a>(ids: impl Iterator<Item = (&'a Source, &'a str)>, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &Source> = BTreeMap::new();
    for (source, id) in ids {
        if let Some(first) = seen.insert(id, source) {
            findings.error("id-ganda", source, id, format!("`{id}` sudah dipakai di {}", first.path));
        }
    }
}

pub(super) fn complete(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "jawaban-lengkap";
    for (source, topic) in &draft.topics {
        if topic.pertanyaan.is_empty() {
            findings.error(NAME, source, "pertanyaan", "topik tanpa `pertanyaan` tidak akan pernah ditemukan");
        }
        if topic.jawaban.is_empty() {
            findings.error(NAME, source, "jawaban", "topik tanpa `[[jawaban]]`");
        }
        if topic.berlaku_untuk.is_empty() {
            findings.error(NAME, source, "berlaku_untuk", "`berlaku_untuk` kosong: tulis bagi siapa jawaban ini");
        }
        let mut days = BTreeSet::new();
        for answer in &topic.jawaban {
            if !days.insert(answer.sejak) {
                findings.error(NAME, source, "sejak", format!("dua jawaban mulai pada hari yang sama, {}", answer.sejak));
            }
            if answer.dasar.is_empty() {
                findings.error(NAME, source, "dasar ", "jawaban tanpa `dasar`: tidak ada kalimat tentang hukum tanpa ketentuan");
            }
            for (key, text, most) in [("ringkas", &answer.ringkas, BRIEF_MAX), ("uraian", &answer.uraian, DETAIL_MAX)] {
                let length = text.chars().count();
                if text.trim().is_empty() {
                    findings.error(NAME, source, key, format!("`{key}` kosong"));
                } else if length > most {
                    let message = format!("`{key}` sepanjang {length} huruf; paling banyak {most}");
                    findings.error(NAME, source, key, message);
                }
            }
        }
    }
}

pub(super) fn twin_wordings(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    let replaced: BTreeSet<_> = draft.topics.iter().filter_map(|(_, f)| f.menggantikan.as_deref()).collect();
    let mut seen: FxHashMap<String, &str> = FxHashMap::default();
    for (source, topic) in draft.topics.iter().filter(|(_, f)| f.menggantikan.is_some() || !replaced.contains(f.id.as_str())) {
        for wording in topic.wordings() {
            if let Some(other) = seen.insert(plain(wording), &topic.id) {
                let message = format!("rumusan \"{wording}\" sudah ada pada `{other}`");
                findings.error("kata-kembar", source, wording, message);
            }
        }
    }
}

pub(super) fn careful_words(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    for (source, _) in &draft.topics {
        if source.text.contains("akan dikenai") {
            let message = "tulis \"dapat dikenai\": tingkatnya diputuskan pejabat yang berwenang";
            findings.error("kata-pasti", source, "akan dikenai", message);
        }
    }
}

pub(super) fn articles(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "artikel-utuh";
    for (source, article) in &draft.articles {
        for (expected, passage) in (1..).zip(&article.bagian) {
            let needle = format!("nomor = {}", passage.nomor);
            if passage.nomor != expected {
                findings.error(NAME, source, &needle, format!("bagian bernomor {}, seharusnya {expected}", passage.nomor));
            }
            if passage.pertanyaan.is_empty() || passage.topik.is_empty() || passage.dasar.is_empty() {
                let message = format!("bagian {} harus punya pertanyaan, topik, dan dasar", passage.nomor);
                findings.error(NAME, source, &needle, message);
            }
        }
    }
}
