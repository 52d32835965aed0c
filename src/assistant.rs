//! The one door between the edge and the core: `ask(text, day) → Reply`. Synchronous, no IO, no
//! clock, no transport.

mod apart;
mod compound;
mod follow_up;

use compound::compound;
use jiff::civil::Date;

use crate::answer::{
    Choice, Composer, Decision, Model, Outcome, Reply, Traits, Verdict, Weighed, Weighing, cases, decide, weigh, words,
};
use crate::knowledge::Knowledge;
use crate::knowledge::files::AnswerFile;
use crate::knowledge::vocabulary::ConceptKind;
use crate::language::{LONGEST, Language, Question, matter, small_talk};
use crate::search::{Corpus, EntryId, Hit, Index, Origin};

/// Answers questions from one immutable knowledge set.
#[derive(Debug)]
pub struct Assistant {
    knowledge: Knowledge,
    corpus: Corpus,
    index: Index,
    model: Model,
}

/// What an earlier question leaves for the next one. Held in memory only, by the conversation.
#[derive(Debug, Clone)]
pub struct Context {
    question: Question,
}

/// A question with its weighing, before anything is composed.
#[derive(Debug)]
pub struct Considered {
    pub question: Question,
    pub weighing: Weighing,
    pub decision: Decision,
}

/// Why no assistant can be built.
#[derive(Debug)]
pub enum BuildError {
    /// `keputusan.toml` is missing from the knowledge.
    NoModel,
    /// The index could not be written in memory.
    Index(String),
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoModel => f.write_str("keputusan.toml tidak ada dalam pengetahuan; jalankan `netral latih`"),
            Self::Index(cause) => write!(f, "indeks tidak dapat dibuat: {cause}"),
        }
    }
}

impl std::error::Error for BuildError {}

impl Assistant {
    /// Indexes a knowledge set.
    ///
    /// # Errors
    /// When the set has no decision model, or the index can't be made.
    pub fn new(knowledge: Knowledge) -> Result<Self, BuildError> {
        let corpus = Corpus::read(&knowledge);
        Self::over(knowledge, corpus)
    }

    /// [`Self::new`] over a corpus that was read of the same knowledge before.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn over(knowledge: Knowledge, corpus: Corpus) -> Result<Self, BuildError> {
        let model = knowledge.model.as_ref().map(Model::new).ok_or(BuildError::NoModel)?;
        let index = Index::build(&corpus, &knowledge.lexicon).map_err(|cause| BuildError::Index(cause.to_string()))?;
        Ok(Self { knowledge, corpus, index, model })
    }

    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The verdict as it is told: see [`Composer::asked_verdict`].
    #[must_use]
    pub fn asked_verdict(&self, verdict: Verdict, question: &Question) -> Verdict {
        self.composer(question.detected.language, Date::ZERO).asked_verdict(verdict, question)
    }

    /// Answers one question for one day.
    #[must_use]
    pub fn ask(&self, text: &str, day: Date) -> Reply {
        self.ask_after(text, day, None).0
    }

    /// Answers a question that may follow another one; returns what the next may follow.
    #[must_use]
    pub fn ask_after(&self, text: &str, day: Date, context: Option<&Context>) -> (Reply, Option<Context>) {
        let question = self.read(text);
        let (mut reply, question) = self.reply(text, question, day, context);
        text.trim().clone_into(&mut reply.question);
        let next = (reply.outcome == Outcome::Answer).then_some(Context { question });
        (reply, next)
    }

    fn reply(&self, text: &str, question: Question, day: Date, context: Option<&Context>) -> (Reply, Question) {
        let composer = self.composer(question.detected.language, day);
        if text.chars().count() > LONGEST {
            return (composer.say(Outcome::Unknown, words::too_long(composer.language), ""), question);
        }
        if question.is_empty() {
            return (composer.say(Outcome::Unknown, words::empty(composer.language), ""), question);
        }
        if let Some(reply) = self.small_talk(&question, composer) {
            return (reply, question);
        }
        if let Some(reply) = self.cited_place(&question, composer) {
            return (reply, question);
        }
        if let Some(merged) = context.and_then(|context| self.follow_up(&question, context)) {
            let considered = self.consider(merged, day);
            if matches!(considered.decision, Decision::Answer(_)) {
                return (self.compose(&considered, composer), considered.question);
            }
        }
        let parts = self.parts(&question);
        if parts.len() > 1 {
            let replies: Vec<Reply> = parts.into_iter().map(|part| self.compose_part(part, day)).collect();
            if let Some(reply) = compound(replies) {
                return (reply, question);
            }
        }
        let considered = self.consider(question, day);
        let considered = self.asking_sentence(considered, day);
        if let Some(reply) = self.coordinated(&considered, day) {
            return (reply, considered.question);
        }
        if !matches!(considered.decision, Decision::Answer(_))
            && let Some(reply) = self.cited_instrument(&considered.question, composer)
        {
            return (reply, considered.question);
        }
        (self.compose(&considered, composer), considered.question)
    }

    /// "apa isi pasal 5 huruf n PP 94": a place in the law is looked up, not searched for.
    fn cited_place(&self, question: &Question, composer: Composer<'_>) -> Option<Reply> {
        question.reference.as_ref().filter(|reference| !reference.place.is_empty())?;
        self.cited_instrument(question, composer)
    }

    /// "SE 18 2023 tentang apa", when no topic answers it.
    fn cited_instrument(&self, question: &Question, composer: Composer<'_>) -> Option<Reply> {
        let reference = question.reference.as_ref()?;
        let instrument = self.knowledge.cited_instrument(reference)?;
        let names_act = question.of_kind(&self.knowledge.lexicon, ConceptKind::Act).next().is_some();
        (!names_act).then(|| composer.register(instrument, &reference.place))
    }

    /// Weighs and decides, composing nothing.
    #[must_use]
    pub fn consider(&self, question: Question, day: Date) -> Considered {
        self.consider_with(&self.model, question, day)
    }

    /// [`Self::consider`] under other weights; for calibration.
    #[must_use]
    pub fn consider_with(&self, model: &Model, question: Question, day: Date) -> Considered {
        let question = self.matter(question);
        let mut weighing = self.weigh(model, &question, day);
        let allows = weighing.ranked.first().is_some_and(|best| best.described.verdict == Verdict::Allowed);
        weighing.adds_forbidden_act = allows && self.adds_forbidden_act(model, &question, &weighing, day);
        let decision = decide(&self.knowledge, model, &weighing);
        Considered { question, weighing, decision }
    }

    /// The question without small talk before and after it.
    fn matter(&self, question: Question) -> Question {
        let lexicon = &self.knowledge.lexicon;
        let matter = matter(lexicon, &question);
        if matter.len() == question.tokens.len() {
            return question;
        }
        let part = question.part(lexicon, |at| matter.contains(&at));
        Question { reference: question.reference, ..part }
    }

    fn weigh(&self, model: &Model, question: &Question, day: Date) -> Weighing {
        weigh(&self.knowledge, &self.corpus, model, question, &self.search(question), day)
    }

    /// The answer of an entry's topic on a day, with what speaks for each of its cases; `None` of a passage.
    #[must_use]
    pub fn cases(&self, entry: EntryId, question: &Question, day: Date) -> Option<(&AnswerFile, Vec<Traits>)> {
        let weighed = Weighed::new(&self.knowledge.lexicon, &self.corpus, question);
        cases(&self.knowledge, &weighed, entry, self.corpus.entries.get(entry)?, day)
    }

    /// The same knowledge under other weights.
    #[must_use]
    pub fn with_model(self, model: Model) -> Self {
        Self { model, ..self }
    }

    /// The candidates of a question, before any evidence is weighed.
    #[must_use]
    pub fn search(&self, question: &Question) -> Vec<Hit> {
        // An index in RAM fails only when memory does; nothing found then means nothing said.
        self.index.search(question, &self.knowledge.lexicon).unwrap_or_default()
    }

    /// Reads a text as [`Self::ask`] does.
    #[must_use]
    pub fn read(&self, text: &str) -> Question {
        Question::read(&self.knowledge.lexicon, text)
    }

    /// The answer of one topic, as when somebody chose it.
    #[must_use]
    pub fn topic(&self, id: &str, language: Language, day: Date) -> Option<Reply> {
        let topic = self.knowledge.topic(id)?;
        Some(self.composer(language, day).topic(topic, None, &self.read("")))
    }

    /// One branch of a topic's answer, as when somebody chose its condition.
    #[must_use]
    pub fn branch(&self, id: &str, number: usize, language: Language, day: Date) -> Option<Reply> {
        self.composer(language, day).topic_branch(self.knowledge.topic(id)?, number)
    }

    fn composer(&self, language: Language, day: Date) -> Composer<'_> {
        Composer { knowledge: &self.knowledge, day, language }
    }

    fn compose_part(&self, part: Question, day: Date) -> Reply {
        let composer = self.composer(part.detected.language, day);
        let text = part.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
        let considered = self.consider(part, day);
        Reply { question: text, ..self.compose(&considered, composer) }
    }

    fn compose(&self, considered: &Considered, composer: Composer<'_>) -> Reply {
        let probability = Some(considered.weighing.probability);
        match &considered.decision {
            Decision::Answer(entry) => {
                let reply = self.compose_entry(*entry, considered, composer);
                Reply { probability, ..self.with_passages(reply, &considered.weighing, composer) }
            }
            Decision::Choose(entries) => {
                let mut choices: Vec<Choice> = Vec::new();
                for choice in entries.iter().filter_map(|entry| self.choice(*entry, composer)) {
                    if !choices.contains(&choice) {
                        choices.push(choice);
                    }
                }
                Reply { probability, ..composer.choose(choices) }
            }
            Decision::Decline => {
                let english = composer.language == Language::English;
                let field = considered.question.fields.first().and_then(|at| self.knowledge.lexicon.fields.get(*at));
                let door = field.map(|field| if english { field.pintu_en.as_str() } else { field.pintu.as_str() });
                Reply { probability, ..composer.decline(door) }
            }
        }
    }

    /// Puts the passages that the question came near to before the other sources of the topic.
    fn with_passages(&self, mut reply: Reply, weighing: &Weighing, composer: Composer<'_>) -> Reply {
        let near = weighing.ranked.iter().filter_map(|ranked| match self.corpus.entries.get(ranked.evidence.entry)?.origin {
            Origin::Passage(article, at) => Some((article, at)),
            Origin::Topic(_) => None,
        });
        let near: Vec<(usize, usize)> = near.collect();
        composer.add_passages(&mut reply, &near);
        reply
    }

    fn compose_entry(&self, entry: EntryId, considered: &Considered, composer: Composer<'_>) -> Reply {
        let ranked = considered.weighing.ranked.iter().find(|ranked| ranked.evidence.entry == entry);
        let branch = ranked.and_then(|ranked| ranked.described.branch);
        match self.corpus.entries.get(entry).map(|entry| entry.origin) {
            Some(Origin::Topic(at)) => match self.knowledge.topics().get(at) {
                Some(topic) => composer.topic(topic, branch, &considered.question),
                None => composer.decline(None),
            },
            Some(Origin::Passage(article, at)) => composer.passage(article, at),
            None => composer.decline(None),
        }
    }

    fn choice(&self, entry: EntryId, composer: Composer<'_>) -> Option<Choice> {
        let topic = match self.corpus.entries.get(entry)?.origin {
            Origin::Topic(at) => self.knowledge.topics().get(at)?,
            Origin::Passage(article, at) => {
                let home = self.knowledge.articles().get(article)?.bagian.get(at)?.topik.first()?;
                self.knowledge.topic(home)?
            }
        };
        Some(composer.choice(topic))
    }

    fn small_talk(&self, question: &Question, composer: Composer<'_>) -> Option<Reply> {
        let greeting = small_talk(&self.knowledge.lexicon, question)?;
        let english = composer.language == Language::English;
        let text = if english { &greeting.balasan_en } else { &greeting.balasan };
        Some(composer.say(Outcome::SmallTalk, text, ""))
    }
}
