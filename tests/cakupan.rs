//! The law over time: what is said about the first day of every quarter from 2019 to 2027. For each
//! topic exactly one answer or an explicit *belum tercakup*; nothing cited before it began; what
//! was revoked says so; what is only recalled is never cited; no PNS penalty for a PPPK.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use netral::answer::{Citation, Composer, Outcome, Reply};
use netral::assistant::Assistant;
use netral::exam::read_exam;
use netral::knowledge::vocabulary::{Audience, Confidence, Status};
use netral::knowledge::{self, Knowledge, Topic, source};
use netral::language::Language;

/// Instruments whose penalties bind PNS alone.
const PNS_ONLY: [&str; 2] = ["pp-94-2021", "pp-42-2004"];
const CONTRACT: [Audience; 2] = [Audience::Pppk, Audience::PppkPartTime];

static ASSISTANT: LazyLock<Assistant> = LazyLock::new(assistant);

fn assistant() -> Assistant {
    let (knowledge, findings) = knowledge::load(source::embedded());
    let Some(knowledge) = knowledge else { unreachable!("knowledge with errors: {findings:#?}") };
    Assistant::new(knowledge).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The first day of every quarter, and the days around the dates on which law changed hands.
fn days() -> Vec<Date> {
    let quarters = (2019..=2027).flat_map(|year| [1, 4, 7, 10].map(|month| date(year, month, 1)));
    let eves =
        [date(2021, 8, 30), date(2021, 8, 31), date(2023, 10, 30), date(2023, 10, 31), date(2026, 1, 2), date(2026, 11, 21)];
    quarters.chain(eves).collect()
}

/// Collects what is wrong over all topics and days; the test fails with the whole list.
fn check(one: impl Fn(&Knowledge, &Topic, Date, &Reply, &mut BTreeSet<String>)) {
    let knowledge = ASSISTANT.knowledge();
    let mut wrong = BTreeSet::new();
    for topic in knowledge.topics() {
        for day in days() {
            let Some(reply) = ASSISTANT.topic(&topic.file.id, Language::Indonesian, day) else {
                wrong.insert(format!("{}: no reply", topic.file.id));
                continue;
            };
            one(knowledge, topic, day, &reply, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), Vec::from_iter(wrong).join("\n"));
}

/// Everything cited in a reply with its id: for the verdict, and for the sanctions.
fn cited(reply: &Reply) -> impl Iterator<Item = &Citation> {
    reply.citations.iter().chain(reply.sanctions.iter().flat_map(|sanction| &sanction.citations))
}

/// First day of a provision or instrument, in the precision known.
fn begins(knowledge: &Knowledge, reference: &str) -> Option<Date> {
    let provision = knowledge.provision(reference);
    let instrument = knowledge.instrument(provision.map_or(reference, |p| &p.instrument))?;
    Some(provision.and_then(|p| p.file.sejak).unwrap_or(instrument.since).first_day())
}

#[test]
fn every_topic_has_one_answer_or_says_that_it_has_none() {
    check(|_, topic, day, reply, wrong| {
        let id = &topic.file.id;
        let begun: Vec<Date> = topic.file.jawaban.iter().map(|answer| answer.sejak).filter(|since| *since <= day).collect();
        let holding = begun.iter().filter(|since| begun.iter().all(|other| other <= since)).count();
        let covered = reply.outcome == Outcome::Answer && reply.verdict.is_some() && !reply.brief.is_empty();
        let uncovered = reply.outcome == Outcome::Unknown && reply.verdict.is_none() && reply.brief.starts_with("Belum tercakup");
        if !(holding == 1 && covered || holding == 0 && uncovered) {
            wrong.insert(format!("{id} on {day}: {holding} answers hold, reply {:?}: {}", reply.outcome, reply.brief));
        }
        if uncovered && (!reply.citations.is_empty() || !reply.sanctions.is_empty()) {
            wrong.insert(format!("{id} on {day}: cites for a day it does not cover"));
        }
    });
}

#[test]
fn an_answer_always_rests_on_a_citation() {
    check(|_, topic, day, reply, wrong| {
        if reply.outcome == Outcome::Answer && reply.citations.is_empty() {
            wrong.insert(format!("{} on {day}: an answer without a citation", topic.file.id));
        }
    });
}

#[test]
fn nothing_is_cited_before_it_began() {
    check(|knowledge, topic, day, reply, wrong| {
        for citation in cited(reply) {
            if begins(knowledge, &citation.id).is_none_or(|begin| day < begin) {
                wrong.insert(format!("{} on {day}: {} had not begun", topic.file.id, citation.id));
            }
        }
        let Some(answer) = topic.answer_on(day) else { return };
        // Branches carry composed citations only: those of their own references that had begun.
        for (branch, file) in reply.branches.iter().zip(&answer.cabang) {
            let begun = file.dasar.iter().filter(|id| begins(knowledge, id).is_some_and(|begin| begin <= day));
            if branch.citations.len() > begun.count() {
                wrong.insert(format!("{} on {day}: branch \"{}\" cites what had not begun", topic.file.id, branch.condition));
            }
        }
    });
}

#[test]
fn nothing_is_cited_after_its_provision_ended() {
    check(|knowledge, topic, day, reply, wrong| {
        for citation in cited(reply) {
            let end = knowledge.provision(&citation.id).and_then(|provision| provision.file.sampai);
            if end.is_some_and(|end| end.first_day() <= day) {
                wrong.insert(format!("{} on {day}: {} had ended", topic.file.id, citation.id));
            }
        }
    });
}

#[test]
fn what_was_revoked_says_so() {
    check(|knowledge, topic, day, reply, wrong| {
        for citation in cited(reply) {
            let provision = knowledge.provision(&citation.id);
            let Some(instrument) = knowledge.instrument(provision.map_or(&citation.id, |p| &p.instrument)) else { continue };
            let lapsed = instrument.until.is_some_and(|until| until.last_day() <= day);
            if lapsed && matches!(citation.status, Status::InForce | Status::Amended) {
                wrong.insert(format!("{} on {day}: {} lapsed, shown as {}", topic.file.id, citation.id, citation.status));
            }
            let named = !citation.revoked_by.is_empty() || instrument.file.dicabut_oleh.is_empty();
            if citation.status == Status::Revoked && !named {
                wrong.insert(format!("{} on {day}: {} revoked, not told by whom", topic.file.id, citation.id));
            }
        }
    });
}

#[test]
fn what_was_only_recalled_is_never_cited() {
    check(|knowledge, topic, day, reply, wrong| {
        for citation in cited(reply) {
            let provision = knowledge.provision(&citation.id);
            let instrument = knowledge.instrument(provision.map_or(&citation.id, |p| &p.instrument));
            let recalled = provision.is_some_and(|p| p.file.keyakinan == Confidence::Recalled)
                || instrument.is_none_or(|i| i.file.keyakinan == Confidence::Recalled);
            if recalled {
                wrong.insert(format!("{} on {day}: {} is only recalled", topic.file.id, citation.id));
            }
        }
    });
}

#[test]
fn no_penalty_for_pns_is_shown_as_one_for_pppk() {
    check(|_, topic, day, reply, wrong| {
        for sanction in &reply.sanctions {
            let binds_pns = sanction.citations.iter().any(|c| PNS_ONLY.iter().any(|id| c.id.starts_with(id)));
            if binds_pns && sanction.audience.iter().any(|audience| CONTRACT.contains(audience)) {
                wrong.insert(format!("{} on {day}: \"{}\" shown for PPPK", topic.file.id, sanction.kind));
            }
            if sanction.citations.is_empty() || sanction.audience.is_empty() {
                wrong.insert(format!("{} on {day}: \"{}\" without basis or audience", topic.file.id, sanction.kind));
            }
        }
    });
}

/// A topic for PPPK alone has no audience in common with a PNS package; the whole package would show.
#[test]
fn a_topic_about_pppk_alone_names_no_penalty_of_pns() {
    check(|_, topic, day, reply, wrong| {
        let only_contract = topic.file.berlaku_untuk.iter().all(|audience| CONTRACT.contains(audience));
        let foreign = reply.sanctions.iter().find(|sanction| !sanction.audience.iter().any(|a| CONTRACT.contains(a)));
        if let Some(sanction) = foreign.filter(|_| only_contract) {
            wrong.insert(format!("{} on {day}: \"{}\"", topic.file.id, sanction.kind));
        }
    });
}

/// In November 2020 the law was another one: UU 5/2014 carried the verdicts, UU 20/2023 didn't exist.
#[test]
fn the_law_of_2020_is_the_one_of_2020() {
    let knowledge = ASSISTANT.knowledge();
    let day = date(2020, 11, 1);
    let replies = knowledge.topics().iter().filter_map(|t| ASSISTANT.topic(&t.file.id, Language::Indonesian, day));
    let ids: BTreeSet<String> = replies.flat_map(|reply| cited(&reply).map(|c| c.id.clone()).collect::<Vec<_>>()).collect();
    let cites = |instrument: &str| ids.iter().any(|id| id.split('/').next() == Some(instrument));
    assert!(cites("uu-5-2014"), "{ids:#?}");
    for later in ["uu-20-2023", "pp-94-2021", "skb-5-lembaga-2022", "se-menpanrb-18-2023", "uu-1-2026"] {
        assert!(!cites(later), "{later} in 2020");
    }
}

/// An article that a topic names must show: a passage of it is home to the topic, or named by number.
#[test]
fn every_article_that_a_topic_names_is_shown() {
    let day = date(2026, 11, 21);
    let mut wrong = BTreeSet::new();
    for topic in ASSISTANT.knowledge().topics() {
        let Some(reply) = ASSISTANT.topic(&topic.file.id, Language::Indonesian, day) else { continue };
        // The reply shows a few passages only; a topic that names many articles may leave some out.
        let shown = |reference: &String| reply.sources.iter().any(|s| reference.split('#').next() == Some(&s.id));
        if !topic.file.sumber.is_empty() && !topic.file.sumber.iter().any(shown) {
            wrong.insert(format!("{}: names {}, shows none", topic.file.id, topic.file.sumber.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{} topics:\n{}", wrong.len(), Vec::from_iter(wrong).join("\n"));
}

/// Every passage can be asked for: some exam question brings it back with its article.
#[test]
fn every_passage_is_brought_back_by_an_exam_question() {
    let day = date(2026, 11, 21);
    let passages = ASSISTANT.knowledge().articles().iter();
    let mut missing: BTreeSet<_> = passages.flat_map(|a| a.bagian.iter().map(|b| format!("{}#{}", a.id, b.nomor))).collect();
    for (path, text) in source::embedded_exams() {
        for question in read_exam(path, text).unwrap_or_default().questions {
            let Some(expected) = question.article else { continue };
            let shown = ASSISTANT.ask(&question.question, day).sources;
            if shown.iter().any(|s| format!("{}#{}", s.id, s.passage) == expected) {
                missing.remove(&expected);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn passages_cite_only_what_had_begun_and_was_seen() {
    let knowledge = ASSISTANT.knowledge();
    let mut wrong = BTreeSet::new();
    for day in days() {
        let composer = Composer { knowledge, day, language: Language::Indonesian };
        for (at, article) in knowledge.articles().iter().enumerate() {
            for index in 0..article.bagian.len() {
                for citation in &composer.passage(at, index).citations {
                    let recalled = knowledge.provision(&citation.id).is_some_and(|p| p.file.keyakinan == Confidence::Recalled);
                    if recalled || begins(knowledge, &citation.id).is_none_or(|begin| day < begin) {
                        wrong.insert(format!("{}#{} on {day}: {}", article.id, index + 1, citation.id));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_same_question_gets_the_same_answer_from_every_assistant() {
    let other = assistant();
    let day = date(2026, 11, 21);
    for (path, text) in source::embedded_exams() {
        let exam = read_exam(path, text).unwrap_or_default();
        // Every fifth question: the two sets differ in nothing but the seeds of their hash maps.
        for question in exam.questions.iter().step_by(5) {
            let (first, second) = (ASSISTANT.ask(&question.question, day), other.ask(&question.question, day));
            assert_eq!(format!("{first:?}"), format!("{second:?}"), "{}", question.id);
        }
    }
}
