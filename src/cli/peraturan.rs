//! `netral peraturan lihat`: the register, for editors; also what is only recalled, marked as such.

use std::process::ExitCode;

use super::args::Show;
use super::{Failure, exit, read_knowledge};
use crate::config::Config;
use crate::knowledge::vocabulary::Confidence;
use crate::knowledge::{Instrument, Knowledge, Provision, pinpoint};
use crate::language::reference;

/// Prints an instrument and its provisions, or those below one place.
pub fn run(config: &Config, options: &Show) -> Result<ExitCode, Failure> {
    let knowledge = read_knowledge(config)?;
    let instrument = find(&knowledge, &options.instrument)
        .ok_or_else(|| Failure::new(exit::USAGE, format!("peraturan `{}` tidak ada dalam daftar", options.instrument)))?;
    let place = options.place.as_deref().map(place_of).unwrap_or_default();
    let provisions = knowledge.cited_provisions(&instrument.file.id, &place);
    if place.is_empty() {
        show_instrument(instrument);
        knowledge.provisions_of(&instrument.file.id).for_each(show_provision);
    } else if provisions.is_empty() {
        let named = format!("{} {}", instrument.file.kutip_sebagai, pinpoint(&place));
        return Err(Failure::new(exit::USAGE, format!("{named} belum dimuat")));
    } else {
        provisions.into_iter().for_each(show_provision);
    }
    Ok(ExitCode::SUCCESS)
}

fn find<'a>(knowledge: &'a Knowledge, text: &str) -> Option<&'a Instrument> {
    knowledge.instrument(text).or_else(|| knowledge.cited_instrument(&reference(text)?))
}

/// A place as typed or as an id.
fn place_of(text: &str) -> String {
    reference(text).map(|reference| reference.place).filter(|place| !place.is_empty()).unwrap_or_else(|| text.to_owned())
}

fn show_instrument(instrument: &Instrument) {
    let file = &instrument.file;
    println!("{} ({})\n{} tentang {}", file.kutip_sebagai, file.id, file.jenis, file.judul);
    println!("{}", file.tentang);
    let seen = file.status_per.map(|date| format!(", terlihat sampai {date}")).unwrap_or_default();
    println!("Status: {}{seen}; mulai {}", file.status, instrument.since);
    if let Some(until) = instrument.until {
        println!("Tidak berlaku lagi sejak {until}, dicabut oleh {}", file.dicabut_oleh.join(", "));
    }
    println!("Verifikasi: {}; keyakinan: {}", file.verifikasi, file.keyakinan);
    if !file.catatan.is_empty() {
        println!("Catatan: {}", file.catatan);
    }
}

fn show_provision(provision: &Provision) {
    let file = &provision.file;
    let mark = match (file.keyakinan, file.perlu_cek_naskah) {
        (Confidence::Recalled, _) => " [dari ingatan, tidak dikutip]",
        (_, true) => " [cocokkan dengan naskah]",
        _ => "",
    };
    println!("\n{} ({}){mark}\n  {}", provision.citation, provision.id, file.isi);
    if !file.catatan.is_empty() {
        println!("  Catatan: {}", file.catatan);
    }
}
