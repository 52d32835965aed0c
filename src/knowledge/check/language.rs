//! Checks of the concept lexicon against itself and the topics.

use std::collections::BTreeMap;

use super::super::finding::Findings;
use super::super::parse::Draft;
use super::Lookup;

pub(super) fn known_concepts(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "konsep-dikenal";
    for (source, topic) in &draft.topics {
        let branches = topic.jawaban.iter().flat_map(|a| &a.cabang).flat_map(|b| &b.bila);
        for item in topic.konsep.iter().chain(&topic.sebut).chain(&topic.tolak).chain(branches) {
            for id in item.split('|').map(|id| id.trim_start_matches('!')).filter(|id| !lookup.concepts.contains(id)) {
                findings.error(NAME, source, id, format!("konsep `{id}` tidak ada di bahasa/konsep/"));
            }
        }
    }
    for (source, article) in &draft.articles {
        for id in article.bagian.iter().flat_map(|b| &b.konsep).flat_map(|item| item.split('|')) {
            if !lookup.concepts.contains(id) {
                findings.error(NAME, source, id, format!("konsep `{id}` tidak ada di bahasa/konsep/"));
            }
        }
    }
}

pub(super) fn unique_words(draft: &Draft, lookup: &Lookup<'_>, findings: &mut Findings) {
    const NAME: &str = "konsep-kembar";
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (source, file) in &draft.concepts {
        for concept in &file.konsep {
            if let Some(parent) = concept.induk.as_deref().filter(|id| !lookup.concepts.contains(id)) {
                findings.error(NAME, source, parent, format!("induk `{parent}` dari `{}` tidak ada", concept.id));
            }
            for word in concept.kata.iter().chain(&concept.en) {
                match owners.insert(word.to_lowercase(), &concept.id) {
                    Some(other) if other != concept.id => {
                        let message = format!("\"{word}\" milik `{other}` dan `{}`; pilih satu atau pakai frasa", concept.id);
                        findings.error(NAME, source, &format!("\"{word}\""), message);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The bot is neutral itself (rule of truth 5): no party's name in anything it can show.
pub(super) fn names_no_party(draft: &Draft, _: &Lookup<'_>, findings: &mut Findings) {
    let names = draft.language.party_names();
    for (source, _) in &draft.topics {
        names_in(source, &names, findings);
    }
    for (source, _) in &draft.articles {
        names_in(source, &names, findings);
    }
    for (source, _) in &draft.sanctions {
        names_in(source, &names, findings);
    }
    for (source, _) in &draft.instruments {
        names_in(source, &names, findings);
    }
    for (source, _) in &draft.calendars {
        names_in(source, &names, findings);
    }
}

fn names_in(source: &super::Source, names: &[String], findings: &mut Findings) {
    for word in
        source.text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        if names.iter().any(|name| name == word) {
            findings.error("bot-netral", source, word, format!("nama partai `{word}` tidak boleh tampil"));
        }
    }
}
