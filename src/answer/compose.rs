//! A chosen topic or passage → the reply of the day: the answer that holds, its branches, the
//! provisions in force with their status, the sanctions with their audience, the articles.

use jiff::civil::Date;

use super::branch;
use super::reply::{Branch, Choice, Citation, Outcome, Reply, Sanction, Source};
use super::words;
use crate::knowledge::files::{AnswerFile, BranchFile};
use crate::knowledge::vocabulary::{Audience, Confidence, Status, Verdict};
use crate::knowledge::{Instrument, Knowledge, Topic, pinpoint};
use crate::language::{Language, Question};

/// Most passages shown as sources.
const SOURCES: usize = 4;

/// Composes replies from one knowledge set for one day.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'a> {
    pub knowledge: &'a Knowledge,
    pub day: Date,
    pub language: Language,
}

impl Composer<'_> {
    /// A reply without content.
    fn blank(&self, outcome: Outcome) -> Reply {
        Reply {
            question: String::new(),
            language: self.language,
            outcome,
            verdict: None,
            probability: None,
            topic: None,
            title: String::new(),
            brief: String::new(),
            detail: String::new(),
            advice: String::new(),
            basis: None,
            branches: Vec::new(),
            narrowed: false,
            citations: Vec::new(),
            sanctions: Vec::new(),
            sources: Vec::new(),
            related: Vec::new(),
            choices: Vec::new(),
            parts: Vec::new(),
            day: self.day,
        }
    }

    /// A reply of one or two sentences.
    #[must_use]
    pub fn say(&self, outcome: Outcome, brief: &str, detail: &str) -> Reply {
        Reply { brief: brief.to_owned(), detail: detail.to_owned(), ..self.blank(outcome) }
    }

    /// Declines, and says where to ask.
    #[must_use]
    pub fn decline(&self, door: Option<&str>) -> Reply {
        self.say(Outcome::Unknown, words::unknown(self.language), door.unwrap_or(words::door(self.language)))
    }

    /// The topic's answer on the day, narrowed by the branch the question describes.
    /// A question that asks for the sanction, not for permission, gets `informasi`.
    #[must_use]
    pub fn topic(&self, topic: &Topic, branch: Option<usize>, question: &Question) -> Reply {
        let file = &topic.file;
        let Some(answer) = topic.answer_on(self.day) else {
            let since = file.jawaban.iter().map(|answer| answer.sejak).min().unwrap_or(self.day);
            let brief = words::not_covered(self.day, since);
            let reply = self.say(Outcome::Unknown, &brief, words::not_covered_detail());
            return Reply { topic: Some(file.id.clone()), title: self.title(topic), ..reply };
        };
        let verdict = branch::verdict(answer, branch);
        let chosen = branch.and_then(|at| answer.cabang.get(at));
        let reply = self.answered(topic, answer, chosen, self.asked_verdict(verdict, question));
        self.for_status(reply, question)
    }

    /// Leaves only the sanctions of the status that the question names, if it names one.
    fn for_status(&self, mut reply: Reply, question: &Question) -> Reply {
        const STATUSES: [(&str, Audience); 4] = [
            ("pns", Audience::Pns),
            ("cpns", Audience::Cpns),
            ("pppk", Audience::Pppk),
            ("pppk-paruh-waktu", Audience::PppkPartTime),
        ];
        let named = STATUSES.iter().filter(|(id, _)| question.says(&self.knowledge.lexicon, id));
        let named: Vec<Audience> = named.map(|(_, audience)| *audience).collect();
        let concerns = |sanction: &Sanction| sanction.audience.iter().any(|audience| named.contains(audience));
        if reply.sanctions.iter().any(concerns) {
            reply.sanctions.retain(concerns);
        }
        reply
    }

    /// The topic's answer on the day, narrowed by one of its branches; `None` when there is no such
    /// branch on that day.
    #[must_use]
    pub fn topic_branch(&self, topic: &Topic, number: usize) -> Option<Reply> {
        let answer = topic.answer_on(self.day)?;
        let chosen = answer.cabang.get(number)?;
        Some(self.answered(topic, answer, Some(chosen), chosen.putusan))
    }

    fn answered(&self, topic: &Topic, answer: &AnswerFile, chosen: Option<&BranchFile>, verdict: Verdict) -> Reply {
        let file = &topic.file;
        let english = self.language == Language::English;
        let in_english = english && answer.ringkas_en.is_some();
        Reply {
            language: if english && !in_english { Language::Indonesian } else { self.language },
            verdict: Some(verdict),
            topic: Some(file.id.clone()),
            title: self.title(topic),
            brief: brief(answer, chosen, in_english),
            detail: answer.uraian_en.as_ref().filter(|_| in_english).unwrap_or(&answer.uraian).trim().to_owned(),
            advice: answer.saran.clone(),
            basis: Some(answer.dasar_putusan),
            branches: answer.cabang.iter().map(|branch| self.branch(branch, in_english)).collect(),
            narrowed: chosen.is_some(),
            citations: self.citations(chosen.iter().flat_map(|branch| &branch.dasar).chain(&answer.dasar)),
            sanctions: self.sanctions(topic, answer, in_english),
            sources: self.sources(&file.sumber, topic),
            related: file.terkait.iter().filter(|id| self.knowledge.topic(id).is_some()).cloned().collect(),
            ..self.blank(Outcome::Answer)
        }
    }

    /// "Apa sanksinya kalau …" doesn't ask whether: the verdict is information about the act.
    #[must_use]
    pub fn asked_verdict(&self, verdict: Verdict, question: &Question) -> Verdict {
        let lexicon = &self.knowledge.lexicon;
        let asks_sanction = question.says(lexicon, "sanksi");
        if asks_sanction && !question.says(lexicon, "boleh") { Verdict::Information } else { verdict }
    }

    /// One passage of an article as the answer.
    #[must_use]
    pub fn passage(&self, article: usize, at: usize) -> Reply {
        let Some(file) = self.knowledge.articles().get(article) else { return self.decline(None) };
        let Some(passage) = file.bagian.get(at) else { return self.decline(None) };
        let source = self.source(file, passage.nomor);
        let related = passage.topik.iter().filter(|id| self.knowledge.topic(id).is_some()).cloned().collect();
        Reply {
            language: Language::Indonesian,
            verdict: Some(Verdict::Information),
            topic: passage.topik.first().cloned(),
            title: file.judul.clone(),
            brief: passage.isi.clone(),
            detail: passage.kini.as_deref().map(words::now).unwrap_or_default(),
            basis: Some(super::Basis::Written),
            citations: self.citations(passage.dasar.iter()),
            sources: source.into_iter().collect(),
            related,
            ..self.blank(Outcome::Answer)
        }
    }

    /// What the register knows of a cited instrument, or of a place in it.
    #[must_use]
    pub fn register(&self, instrument: &Instrument, place: &str) -> Reply {
        let file = &instrument.file;
        let status = self.citation(&file.id).map(|c| words::status(c.status, &c.status_as_of, &c.revoked_by)).unwrap_or_default();
        let about =
            words::instrument(file.kutip_lengkap.as_ref().unwrap_or(&file.kutip_sebagai), &file.judul, &file.tentang, &status);
        let found = self.knowledge.cited_provisions(&file.id, place);
        let usable = found.iter().filter(|p| p.file.keyakinan == Confidence::Verified).map(|p| &p.id);
        let mut citations = if place.is_empty() { Vec::new() } else { self.citations(usable) };
        let named = format!("{} {}", file.kutip_sebagai, pinpoint(place)).trim_end().to_owned();
        let brief = match citations.as_slice() {
            [] if place.is_empty() => about.clone(),
            [] => words::place_unknown(&named),
            [only] => only.text.clone(),
            several => several.iter().map(|c| format!("{}: {}", c.citation, c.text)).collect::<Vec<_>>().join("\n"),
        };
        let detail = if place.is_empty() { String::new() } else { about };
        citations.extend(self.citation(&file.id));
        Reply {
            verdict: Some(Verdict::Information),
            title: named,
            brief,
            detail,
            basis: Some(super::Basis::Written),
            citations,
            ..self.blank(Outcome::Answer)
        }
    }

    /// Offers candidates.
    #[must_use]
    pub fn choose(&self, choices: Vec<Choice>) -> Reply {
        let reply = self.say(Outcome::Clarify, words::clarify(self.language), words::clarify_detail(self.language));
        Reply { choices, ..reply }
    }

    /// One choice, titled in the language of the question where the topic has it.
    #[must_use]
    pub fn choice(&self, topic: &Topic) -> Choice {
        let answer = topic.answer_on(self.day).or_else(|| topic.latest());
        Choice {
            topic: topic.file.id.clone(),
            title: self.title(topic),
            verdict: answer.map_or(Verdict::Information, |a| a.putusan),
        }
    }

    /// The topic's title in the language of the question where it has one.
    fn title(&self, topic: &Topic) -> String {
        let english = self.language == Language::English;
        topic.file.judul_en.as_ref().filter(|_| english).unwrap_or(&topic.file.judul).clone()
    }

    fn branch(&self, branch: &BranchFile, english: bool) -> Branch {
        let brief = branch.ringkas_en.as_ref().filter(|_| english).unwrap_or(&branch.ringkas);
        Branch {
            condition: branch.jika.clone(),
            verdict: branch.putusan,
            brief: brief.clone(),
            citations: self.citations(branch.dasar.iter()).into_iter().map(|c| c.citation).collect(),
        }
    }

    /// Citations that had begun on the day, each once, in the order given.
    #[must_use]
    pub fn citations<'b>(&self, references: impl Iterator<Item = &'b String>) -> Vec<Citation> {
        let mut found: Vec<Citation> = Vec::new();
        for citation in references.filter_map(|reference| self.citation(reference)) {
            if !found.iter().any(|known| known.citation == citation.citation) {
                found.push(citation);
            }
        }
        found
    }

    /// A provision or a whole instrument as cited on the day; `None` when it hadn't begun.
    #[must_use]
    pub fn citation(&self, reference: &str) -> Option<Citation> {
        let provision = self.knowledge.provision(reference);
        let instrument = self.knowledge.instrument(provision.map_or(reference, |p| &p.instrument))?;
        let begun =
            provision.and_then(|p| p.file.sejak).map_or(instrument.has_begun(self.day), |since| since.first_day() <= self.day);
        let ended = provision.and_then(|p| p.file.sampai).is_some_and(|until| until.first_day() <= self.day);
        if !begun || ended {
            return None;
        }
        let status = instrument.status_on(self.day);
        let names = instrument.file.dicabut_oleh.iter().filter_map(|id| self.knowledge.instrument(id));
        let revoked_by = names.map(|i| i.file.kutip_sebagai.as_str()).collect::<Vec<_>>().join(", ");
        Some(Citation {
            id: reference.to_owned(),
            citation: provision.map_or(&instrument.file.kutip_sebagai, |p| &p.citation).clone(),
            text: provision.map_or(&instrument.file.tentang, |p| &p.file.isi).clone(),
            status,
            status_as_of: instrument.file.status_per.map(|date| date.to_string()).unwrap_or_default(),
            revoked_by: if status == Status::Revoked { revoked_by } else { String::new() },
            verification: instrument.file.verifikasi,
        })
    }

    /// The answer's sanctions, each only for those of its audience to whom the topic applies.
    fn sanctions(&self, topic: &Topic, answer: &AnswerFile, english: bool) -> Vec<Sanction> {
        let packages = answer.sanksi.iter().filter_map(|id| self.knowledge.sanction(id));
        packages
            .filter_map(|package| {
                let citations = self.citations(package.dasar.iter());
                let audience: Vec<_> = package.untuk.iter().copied().filter(|a| topic.is_for(*a)).collect();
                // A package of another audience explains: a topic about sanctions may name it whole.
                let audience = if audience.is_empty() { package.untuk.clone() } else { audience };
                let kind = package.jenis_en.as_ref().filter(|_| english).unwrap_or(&package.jenis).clone();
                (!citations.is_empty()).then(|| Sanction { phase: package.fase.clone(), kind, audience, citations })
            })
            .collect()
    }

    /// The passages that speak of the topic: those named, else those of the named articles that
    /// say so themselves.
    fn sources(&self, references: &[String], topic: &Topic) -> Vec<Source> {
        let mut found: Vec<Source> = Vec::new();
        for reference in references {
            let (id, number) = reference.split_once('#').unwrap_or((reference, ""));
            let Some(article) = self.knowledge.article(id) else { continue };
            let passages = article.bagian.iter().filter(|p| match number.parse::<u32>() {
                Ok(number) => p.nomor == number,
                Err(_) => p.topik.contains(&topic.file.id),
            });
            found.extend(passages.filter_map(|p| self.source(article, p.nomor)).take(2));
        }
        // Passages that name the topic as theirs, from articles the topic forgot.
        for article in self.knowledge.articles() {
            let home = article.bagian.iter().filter(|p| p.topik.first() == Some(&topic.file.id));
            found.extend(home.filter_map(|p| self.source(article, p.nomor)));
        }
        let mut seen = Vec::new();
        found.retain(|source| {
            let key = (source.id.clone(), source.passage);
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        found.truncate(SOURCES);
        found
    }

    /// Puts passages (article, index) that bear on the reply's topic first among its sources.
    pub fn add_passages(&self, reply: &mut Reply, passages: &[(usize, usize)]) {
        let Some(topic) = reply.topic.clone() else { return };
        let near: Vec<Source> = passages
            .iter()
            .filter_map(|(article, at)| {
                let file = self.knowledge.articles().get(*article)?;
                let passage = file.bagian.get(*at).filter(|passage| passage.topik.contains(&topic))?;
                self.source(file, passage.nomor)
            })
            .collect();
        let is_new = |source: &Source| !near.iter().any(|n| n.id == source.id && n.passage == source.passage);
        let others: Vec<Source> = reply.sources.drain(..).filter(is_new).collect();
        reply.sources = near.into_iter().chain(others).take(SOURCES).collect();
    }

    fn source(&self, article: &crate::knowledge::files::ArticleFile, number: u32) -> Option<Source> {
        let passage = article.bagian.iter().find(|passage| passage.nomor == number)?;
        Some(Source {
            id: article.id.clone(),
            title: article.judul.clone(),
            outlet: article.media.clone(),
            date: article.tanggal_terbit.unwrap_or(article.tanggal_acara).to_string(),
            passage: number,
            text: passage.isi.clone(),
            now: passage.kini.clone().unwrap_or_default(),
        })
    }
}

/// The sentence to act on: the branch's when one was selected.
fn brief(answer: &AnswerFile, chosen: Option<&BranchFile>, english: bool) -> String {
    let (own, translated) = chosen.map_or((&answer.ringkas, &answer.ringkas_en), |b| (&b.ringkas, &b.ringkas_en));
    translated.as_ref().filter(|_| english).unwrap_or(own).clone()
}
