//! Checks of the law: references, spans, verification, sanctions.

use super::super::files::PassageFile;
use super::super::finding::Findings;
use super::super::parse::Draft;
use super::super::vocabulary::{Audience, Confidence};
use super::{Lookup, citing};

/// Every reference points at something that exists.
pub(super) fn dangling(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "rujukan-menggantung";
    for (source, reference) in citing(draft) {
        if lookup.instrument_of(reference).is_none() {
            findings.error(NAME, source, reference, format!("dasar `{reference}` tidak ada di peraturan/"));
        }
    }
    for (source, topic) in &draft.topics {
        for related in topic.terkait.iter().filter(|id| !lookup.topics.contains(id.as_str())) {
            findings.error(NAME, source, related, format!("topik terkait `{related}` tidak ada"));
        }
        if let Some(replaced) = topic.menggantikan.as_ref().filter(|id| !lookup.earlier(source.layer, id, draft)) {
            findings.error(
                NAME,
                source,
                replaced,
                format!("`menggantikan` menyebut `{replaced}`, yang tidak ada pada lapisan sebelumnya"),
            );
        }
        for sanction in topic.jawaban.iter().flat_map(|a| &a.sanksi) {
            if !lookup.sanctions.contains_key(sanction.as_str()) {
                findings.error(NAME, source, sanction, format!("paket sanksi `{sanction}` tidak ada di sanksi.toml"));
            }
        }
        for reference in &topic.sumber {
            let (article, number) = reference.split_once('#').unwrap_or((reference, ""));
            let Some(file) = lookup.articles.get(article) else {
                findings.error(NAME, source, reference, format!("artikel `{reference}` tidak ada di seeds/"));
                continue;
            };
            // Without a number those passages are meant that name the topic.
            let fits =
                |b: &&PassageFile| if number.is_empty() { b.topik.contains(&topic.id) } else { b.nomor.to_string() == number };
            if !file.bagian.iter().any(|b| fits(&b)) {
                let message = format!("tidak ada bagian artikel untuk `{reference}`; tulis `{article}#nomor`");
                findings.error(NAME, source, reference, message);
            }
        }
    }
    for (source, instrument) in &draft.instruments {
        let by = instrument.ketentuan.iter().filter_map(|p| p.dirumuskan_oleh.as_ref());
        for other in instrument.mencabut.iter().chain(&instrument.dicabut_oleh).chain(by) {
            if !lookup.instruments.contains_key(other.as_str()) {
                findings.error(NAME, source, other, format!("peraturan `{other}` tidak ada di peraturan/"));
            }
        }
    }
    for (source, file) in &draft.calendars {
        for reference in file.tahapan.iter().flat_map(|stage| &stage.dasar).filter(|r| lookup.instrument_of(r).is_none()) {
            findings.error(NAME, source, reference, format!("dasar `{reference}` tidak ada di peraturan/"));
        }
    }
    for (source, article) in &draft.articles {
        for topic in article.bagian.iter().flat_map(|b| &b.topik).filter(|id| !lookup.topics.contains(id.as_str())) {
            findings.error(NAME, source, topic, format!("topik `{topic}` tidak ada"));
        }
        for id in article.rujukan.iter().filter_map(|m| m.instrumen.as_ref()) {
            if !lookup.instruments.contains_key(id.as_str()) {
                findings.error(NAME, source, id, format!("peraturan `{id}` tidak ada di peraturan/"));
            }
        }
    }
}

/// What is only recalled is never cited (rule of truth 2).
pub(super) fn recalled(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    for (source, reference) in citing(draft) {
        let confidence = match lookup.provisions.get(reference) {
            Some((instrument, _)) if instrument.keyakinan == Confidence::Recalled => Confidence::Recalled,
            Some((_, provision)) => provision.keyakinan,
            None => match lookup.instruments.get(reference.as_str()) {
                Some(instrument) => instrument.keyakinan,
                None => continue,
            },
        };
        if confidence == Confidence::Recalled {
            let message = format!("`{reference}` hanya dari ingatan; jangan dikutip sebelum terlihat di sebuah sumber");
            findings.error("ingatan-dikutip", source, reference, message);
        }
    }
}

/// Uncertain, draft, historic and revoked instruments never carry a verdict alone (rule of truth 1).
pub(super) fn only_weak(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    for (source, topic) in &draft.topics {
        for answer in &topic.jawaban {
            let on = answer.sejak;
            let firm = answer.dasar.iter().filter_map(|r| lookup.instrument_of(r)).any(|instrument| {
                instrument.status.is_firm() || instrument.berlaku_sampai.is_some_and(|until| on < until.first_day())
            });
            if !firm && !answer.dasar.is_empty() {
                let message = format!(
                    "jawaban sejak {on} hanya bersandar pada peraturan yang tidak pasti, rancangan, historis, atau dicabut; tambahkan dasar yang berlaku"
                );
                findings.error_at("dasar-lemah", source, source.line_after(&answer.sejak.to_string(), "dasar "), message);
            }
        }
    }
}

/// A citation had begun on the day from which the answer holds.
pub(super) fn not_yet_in_force(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    for (source, topic) in &draft.topics {
        for answer in &topic.jawaban {
            let latest = topic.jawaban.iter().all(|other| other.sejak <= answer.sejak);
            for reference in &answer.dasar {
                let Some(instrument) = lookup.instrument_of(reference) else { continue };
                let begin = lookup
                    .provisions
                    .get(reference)
                    .and_then(|(_, p)| p.sejak)
                    .or(instrument.berlaku_sejak)
                    .unwrap_or(instrument.tanggal);
                // The newest answer may cite what came later: composition leaves it out on earlier days.
                if begin.first_day() > answer.sejak && !latest {
                    let message = format!("`{reference}` baru berlaku {begin}, sesudah jawaban sejak {}", answer.sejak);
                    findings.error("belum-berlaku", source, reference, message);
                }
            }
            let covered = answer
                .dasar
                .iter()
                .filter_map(|r| lookup.instrument_of(r))
                .any(|instrument| instrument.berlaku_sejak.unwrap_or(instrument.tanggal).first_day() <= answer.sejak);
            if !covered && !answer.dasar.is_empty() {
                let message = format!("tidak satu pun dasar sudah berlaku pada {}; perbaiki `sejak` atau dasarnya", answer.sejak);
                findings.error("belum-berlaku", source, &format!("{}", answer.sejak), message);
            }
        }
    }
}

/// What is verified names where it was seen.
pub(super) fn sourced(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "ketentuan-bersumber";
    for (source, instrument) in &draft.instruments {
        for provision in &instrument.ketentuan {
            if provision.keyakinan == Confidence::Verified && provision.sumber.is_empty() {
                findings.error(NAME, source, &provision.id, format!("`{}` ditandai verified tanpa sumber", provision.id));
            }
        }
        for url in instrument.sumber.iter().chain(instrument.ketentuan.iter().flat_map(|p| &p.sumber)) {
            let clean = url.starts_with("https://") || url.starts_with("http://");
            if !clean || url.contains([' ', '"', '<', '>']) {
                findings.error(NAME, source, &format!("\"{url}\""), format!("alamat `{url}` tidak sah"));
            }
        }
    }
}

/// A sanction has an audience (rule of truth 8).
pub(super) fn sanction_audience(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    const PNS_ONLY: [&str; 2] = ["pp-94-2021", "pp-42-2004"];
    const ALLOWED: [Audience; 3] = [Audience::Pns, Audience::Cpns, Audience::Official];
    for (source, file) in &draft.sanctions {
        for sanction in &file.sanksi {
            let binds_pns = sanction.dasar.iter().any(|r| PNS_ONLY.iter().any(|id| r.starts_with(id)));
            for audience in sanction.untuk.iter().filter(|a| binds_pns && !ALLOWED.contains(a)) {
                let message =
                    format!("paket `{}`: hukuman PP 94/2021 atau PP 42/2004 tidak berlaku bagi `{audience}`", sanction.id);
                findings.error("sanksi-salah-alamat", source, &format!("\"{}\"", sanction.id), message);
            }
        }
    }
}
