//! Finding instruments and provisions by the way people cite them.

use super::model::{Instrument, Knowledge, Provision};
use crate::language::Reference;

impl Knowledge {
    /// The instrument a citation names. Without a year the one newest in force is meant.
    #[must_use]
    pub fn cited_instrument(&self, reference: &Reference) -> Option<&Instrument> {
        let fits = |instrument: &&Instrument| {
            let file = &instrument.file;
            short_kind(&file.id) == reference.kind
                && reference.year.is_none_or(|year| year == file.tahun)
                && (reference.number.is_empty()
                    || file.nomor.eq_ignore_ascii_case(&reference.number)
                    || number_in_id(&file.id) == reference.number)
        };
        self.instruments().filter(fits).max_by_key(|i| (i.file.status.is_firm(), i.file.tahun))
    }

    /// The provisions at or below a cited place, also where an amending instrument gave the text.
    #[must_use]
    pub fn cited_provisions(&self, instrument: &str, place: &str) -> Vec<&Provision> {
        let below = |p: &&Provision| {
            let rest = p.file.id.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let by_amendment = |p: &&Provision| p.file.dirumuskan_oleh.as_deref() == Some(instrument);
        self.provisions().filter(|p| p.instrument == instrument || by_amendment(p)).filter(below).collect()
    }
}

/// `skb-5-lembaga-2022` → `skb`, `putusan-mk-121-2024` → `mk`, `se-menpanrb-18-2023` → `se`.
fn short_kind(id: &str) -> &str {
    let id = id.strip_prefix("putusan-").unwrap_or(id);
    id.split('-').next().unwrap_or(id)
}

/// The number in an instrument's id: the part before the year.
fn number_in_id(id: &str) -> &str {
    id.rsplit('-').nth(1).unwrap_or("")
}
