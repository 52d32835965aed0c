//! `netral periksa`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::args::Check;
use super::{Failure, exit};
use crate::assistant::Assistant;
use crate::clock;
use crate::config::{self, Config};
use crate::knowledge::check::CHECKS;
use crate::knowledge::vocabulary::Confidence;
use crate::knowledge::{self, Knowledge, Provision, Severity};
use crate::search::Origin;

/// Days after which a topic should be compared again.
const STALE_DAYS: i64 = 180;

/// Prints every finding, then the counts.
pub fn run(config: &Config, options: &Check) -> Result<ExitCode, Failure> {
    if options.jelaskan {
        for check in CHECKS {
            println!("{}\n    {}", check.name, check.demands);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let sources = if options.directories.is_empty() { config.sources() } else { config::layers(&options.directories) };
    let sources = sources.map_err(|e| Failure::new(exit::USAGE, format!("tidak terbaca: {e}")))?;
    if sources.is_empty() {
        return Err(Failure::new(exit::USAGE, "tidak ada satu pun berkas .toml di sana; periksa nama direktorinya"));
    }
    let files = sources.len();
    let (knowledge, findings) = knowledge::load(sources);
    findings.iter().for_each(|finding| println!("{finding}"));
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if let Some(knowledge) = knowledge.as_ref() {
        if options.perlu_cek {
            list_unverified(knowledge);
        }
        if options.usang {
            list_stale(knowledge);
        }
        let uncited = uncited(knowledge);
        if options.tak_dikutip {
            uncited.iter().for_each(|provision| println!("tak dikutip: {} ({})", provision.id, provision.citation));
        }
        println!("{} ketentuan yang boleh dikutip belum dikutip siapa pun (--tak-dikutip)", uncited.len());
        counts(knowledge, files);
    }
    if let Some(knowledge) = knowledge.filter(|_| options.tertukar) {
        list_swapped(knowledge)?;
    }
    println!("{errors} kesalahan, {} peringatan", findings.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(exit::FINDINGS) })
}

fn counts(knowledge: &Knowledge, files: usize) {
    let topics = knowledge.topics();
    let wordings: usize = topics.iter().map(|t| t.file.wordings().count()).sum();
    let english = topics.iter().filter(|t| t.latest().is_some_and(|a| a.ringkas_en.is_some())).count();
    let regional = topics.iter().filter(|t| !t.file.jv.is_empty() && !t.file.su.is_empty()).count();
    let passages: usize = knowledge.articles().iter().map(|a| a.bagian.len()).sum();
    println!(
        "{files} berkas: {} peraturan, {} ketentuan, {} topik ({wordings} rumusan, {english} berbahasa Inggris, {regional} ber-Jawa-Sunda), {} artikel ({passages} bagian), {} konsep",
        knowledge.instruments().count(),
        knowledge.provisions().count(),
        topics.len(),
        knowledge.articles().len(),
        knowledge.lexicon.concepts().len(),
    );
}

/// What a person must open in the official text first.
fn list_unverified(knowledge: &Knowledge) {
    for instrument in knowledge.instruments() {
        if instrument.file.keyakinan == Confidence::Recalled {
            println!("perlu cek: {} (peraturan, dari ingatan) {}", instrument.file.id, instrument.file.catatan);
        }
        for provision in knowledge.provisions_of(&instrument.file.id) {
            let recalled = provision.file.keyakinan == Confidence::Recalled;
            if recalled || provision.file.perlu_cek_naskah {
                let how = if recalled { "dari ingatan, tidak pernah dikutip" } else { "cocokkan dengan naskah" };
                println!("perlu cek: {} ({how}) {}", provision.id, provision.file.catatan);
            }
        }
    }
}

/// Provisions that could be cited, but that no topic, sanction or passage cites.
fn uncited(knowledge: &Knowledge) -> Vec<&Provision> {
    let by_topics = knowledge.topics().iter().flat_map(|topic| topic.file.references());
    let by_passages = knowledge.articles().iter().flat_map(|article| &article.bagian).flat_map(|passage| &passage.dasar);
    let by_sanctions = knowledge.sanctions().flat_map(|sanction| &sanction.dasar);
    let cited: BTreeSet<&String> = by_topics.chain(by_passages).chain(by_sanctions).collect();
    let all = knowledge.provisions();
    all.filter(|provision| provision.file.keyakinan == Confidence::Verified && !cited.contains(&provision.id)).collect()
}

/// Wordings for which another topic ranks first.
fn list_swapped(knowledge: Knowledge) -> Result<(), Failure> {
    let assistant = Assistant::new(knowledge).map_err(|error| Failure::new(exit::KNOWLEDGE, error.to_string()))?;
    let topics = assistant.knowledge().topics();
    let mut count = 0;
    for (at, topic) in topics.iter().enumerate() {
        for wording in &topic.file.pertanyaan {
            let considered = assistant.consider(assistant.read(wording), clock::today());
            let first = considered.weighing.ranked.first().and_then(|best| assistant.corpus().entries.get(best.evidence.entry));
            if let Some(Origin::Topic(other)) = first.map(|entry| entry.origin).filter(|origin| *origin != Origin::Topic(at)) {
                count += 1;
                let name = topics.get(other).map_or("", |topic| topic.file.id.as_str());
                println!("tertukar: \"{wording}\" milik {}, tetapi {name} lebih dulu", topic.file.id);
            }
        }
    }
    println!("{count} rumusan lebih dulu menemukan topik lain");
    Ok(())
}

fn list_stale(knowledge: &Knowledge) {
    let today = clock::today();
    for topic in knowledge.topics() {
        let checked = topic.file.diperiksa.tanggal;
        let days = today.since(checked).map_or(0, |span| i64::from(span.get_days()));
        if days > STALE_DAYS {
            println!("usang: {} terakhir dibandingkan {checked}, {days} hari lalu", topic.file.id);
        }
    }
}
