//! The immutable, typed knowledge set. Built only from a draft without errors.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::date::PartialDate;
use super::files::{ArticleFile, InstrumentFile, ModelFile, ProvisionFile, SanctionFile, StageFile, TopicFile};
use super::parse::Draft;
use super::pinpoint::pinpoint;
use super::vocabulary::{Audience, ConceptKind, Status};
use crate::language::Lexicon;

/// Everything the program knows, swapped whole.
#[derive(Debug)]
pub struct Knowledge {
    instruments: BTreeMap<String, Instrument>,
    provisions: BTreeMap<String, Provision>,
    sanctions: BTreeMap<String, SanctionFile>,
    topics: Vec<Topic>,
    by_id: BTreeMap<String, usize>,
    articles: Vec<ArticleFile>,
    calendar: Vec<StageFile>,
    pub lexicon: Lexicon,
    /// The fitted decision model of the last layer that has one.
    pub model: Option<ModelFile>,
    /// Newest day on which a topic was compared: "knowledge as of".
    pub checked: Date,
}

/// One instrument with its span in force.
#[derive(Debug)]
pub struct Instrument {
    pub file: InstrumentFile,
    pub since: PartialDate,
    /// First day no longer in force.
    pub until: Option<PartialDate>,
}

/// One provision, with its full id and composed citation.
#[derive(Debug)]
pub struct Provision {
    /// `pp-94-2021/pasal-5/huruf-n/angka-5`.
    pub id: String,
    pub instrument: String,
    /// `PP 94/2021 Pasal 5 huruf n angka 5`.
    pub citation: String,
    pub file: ProvisionFile,
}

/// A topic; its section is the folder it stands in.
#[derive(Debug)]
pub struct Topic {
    pub section: String,
    pub file: TopicFile,
}

impl Knowledge {
    /// Builds the set; `draft` must have passed the checks.
    #[must_use]
    pub fn build(draft: Draft, lexicon: Lexicon) -> Self {
        let mut instruments = BTreeMap::new();
        let mut provisions = BTreeMap::new();
        let names: BTreeMap<String, String> =
            draft.instruments.iter().map(|(_, file)| (file.id.clone(), file.kutip_sebagai.clone())).collect();
        for (_, mut file) in draft.instruments {
            for provision in std::mem::take(&mut file.ketentuan) {
                let id = format!("{}/{}", file.id, provision.id);
                let by = provision.dirumuskan_oleh.as_ref().and_then(|by| names.get(by)).unwrap_or(&file.kutip_sebagai);
                let citation = format!("{by} {}", pinpoint(&provision.id)).trim_end().to_owned();
                let instrument = file.id.clone();
                provisions.insert(id.clone(), Provision { id, instrument, citation, file: provision });
            }
            let since = file.berlaku_sejak.unwrap_or(file.tanggal);
            instruments.insert(file.id.clone(), Instrument { since, until: file.berlaku_sampai, file });
        }
        let mut topics = merge_layers(draft.topics);
        topics.sort_by(|a, b| a.file.id.cmp(&b.file.id));
        let by_id = topics.iter().enumerate().map(|(at, topic)| (topic.file.id.clone(), at)).collect();
        let checked = topics.iter().map(|topic| topic.file.diperiksa.tanggal).max().unwrap_or(Date::MIN);
        let mut articles: Vec<_> = draft.articles.into_iter().map(|(_, file)| file).collect();
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        Self {
            instruments,
            provisions,
            sanctions: draft.sanctions.into_iter().flat_map(|(_, f)| f.sanksi).map(|s| (s.id.clone(), s)).collect(),
            topics,
            by_id,
            articles,
            calendar: draft.calendars.into_iter().flat_map(|(_, f)| f.tahapan).collect(),
            lexicon,
            model: draft.models.into_iter().last().map(|(_, file)| file),
            checked,
        }
    }

    /// All topics, sorted by id.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.by_id.get(id).and_then(|at| self.topics.get(*at))
    }

    #[must_use]
    pub fn articles(&self) -> &[ArticleFile] {
        &self.articles
    }

    #[must_use]
    pub fn article(&self, id: &str) -> Option<&ArticleFile> {
        self.articles.iter().find(|article| article.id == id)
    }

    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    #[must_use]
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        self.provisions.get(id)
    }

    /// All provisions, by their ids.
    pub fn provisions(&self) -> impl Iterator<Item = &Provision> {
        self.provisions.values()
    }

    /// The provisions of one instrument, in the order of their places.
    pub fn provisions_of<'a>(&'a self, instrument: &'a str) -> impl Iterator<Item = &'a Provision> {
        self.provisions().filter(move |provision| provision.instrument == instrument)
    }

    #[must_use]
    pub fn sanction(&self, id: &str) -> Option<&SanctionFile> {
        self.sanctions.get(id)
    }

    pub fn sanctions(&self) -> impl Iterator<Item = &SanctionFile> {
        self.sanctions.values()
    }

    #[must_use]
    pub fn calendar(&self) -> &[StageFile] {
        &self.calendar
    }
}

impl Instrument {
    /// Status on `day`: an instrument revoked later was in force before that day.
    #[must_use]
    pub fn status_on(&self, day: Date) -> Status {
        match self.until {
            Some(until) if day < until.first_day() => Status::InForce,
            _ => self.file.status,
        }
    }

    /// Whether the instrument had begun by `day`, in the precision known.
    #[must_use]
    pub fn has_begun(&self, day: Date) -> bool {
        self.since.first_day() <= day
    }
}

impl Topic {
    /// Audiences of contract employees and others to whom PNS penalties don't apply.
    #[must_use]
    pub fn is_for(&self, audience: Audience) -> bool {
        self.file.berlaku_untuk.contains(&audience)
    }

    /// The answer that holds on `day`, if the topic covers that day.
    #[must_use]
    pub fn answer_on(&self, day: Date) -> Option<&super::files::AnswerFile> {
        self.file.jawaban.iter().filter(|answer| answer.sejak <= day).max_by_key(|answer| answer.sejak)
    }

    /// The newest answer.
    #[must_use]
    pub fn latest(&self) -> Option<&super::files::AnswerFile> {
        self.file.jawaban.iter().max_by_key(|answer| answer.sejak)
    }
}

/// Later layers add topics and replace those they name.
fn merge_layers(drafts: Vec<(super::source::Source, TopicFile)>) -> Vec<Topic> {
    let replaced: Vec<String> = drafts.iter().filter_map(|(_, file)| file.menggantikan.clone()).collect();
    drafts
        .into_iter()
        .filter(|(_, file)| file.menggantikan.is_some() || !replaced.contains(&file.id))
        .map(|(source, file)| Topic { section: source.folder().to_owned(), file })
        .collect()
}

/// The kind of a concept that says who acts, what act, towards what.
#[must_use]
pub fn is_material(kind: ConceptKind) -> bool {
    matches!(kind, ConceptKind::Actor | ConceptKind::Act | ConceptKind::Object)
}
