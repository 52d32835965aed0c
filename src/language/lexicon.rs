//! The language tables, compiled: slang, stops, stems, spelling, and the phrase table that turns
//! words into concepts, foreign fields and small talk. Immutable; built once per knowledge set.

use std::collections::{HashMap, HashSet};

use super::context::Contexts;
use super::files::{FieldFile, GreetingFile, LanguageFiles};
use super::normalise::normalise;
use super::small_talk::Themes;
use super::spelling::Speller;
use super::stem::Stemmer;
use super::word;
use crate::knowledge::files::ConceptsFile;
use crate::knowledge::vocabulary::ConceptKind;

/// A concept's place in [`Lexicon::concepts`].
pub type ConceptId = usize;

/// One concept a question can be about.
#[derive(Debug, Clone)]
pub struct Concept {
    pub id: String,
    pub kind: ConceptKind,
    pub meaning: String,
    /// The concept itself and every wider one that it satisfies.
    pub satisfies: Vec<ConceptId>,
    /// Whether it, or a wider one, is named by hardly anything but a question of our field.
    pub is_anchor: bool,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Concept(ConceptId),
    /// A foreign field: index into [`Lexicon::fields`].
    Field(usize),
    /// Small talk: index into [`Lexicon::greetings`].
    Greeting(usize),
}

/// A node of the phrase tree: stems in a row lead to what they stand for.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub label: Option<Label>,
    pub next: HashMap<String, Phrases>,
}

/// What may hang on a word without changing what it means.
const CLITICS: [&str; 7] = ["nya", "ku", "mu", "kah", "lah", "pun", "ne"];

#[derive(Debug)]
pub struct Lexicon {
    concepts: Vec<Concept>,
    ids: HashMap<String, ConceptId>,
    /// The default actor.
    asn: Option<ConceptId>,
    pub(super) phrases: Phrases,
    /// Single words that mean something only in this form: *persatuan* is not *satu*.
    pub(super) forms: HashMap<String, Label>,
    pub fields: Vec<FieldFile>,
    pub greetings: Vec<GreetingFile>,
    pub(super) themes: Themes,
    /// Questions that are not for us, to compare with.
    pub foreign: Vec<String>,
    pub(super) slang: HashMap<String, Vec<String>>,
    pub(super) contexts: Contexts,
    pub(super) javanese: HashMap<String, Vec<String>>,
    pub(super) sundanese: HashMap<String, Vec<String>>,
    pub(super) stop_id: HashSet<String>,
    pub(super) stop_en: HashSet<String>,
    pub(super) english: HashSet<String>,
    pub(super) common: HashSet<String>,
    pub(super) stemmer: Stemmer,
    pub(super) speller: Speller,
}

impl Lexicon {
    /// Compiles the tables.
    pub fn build<'a>(files: &LanguageFiles, concept_files: impl Iterator<Item = &'a ConceptsFile>) -> Self {
        let concept_files: Vec<_> = concept_files.collect();
        let mut roots: HashSet<String> = files.roots.iter().cloned().collect();
        roots.extend(files.exceptions.values().cloned());
        let mut lexicon = Self {
            concepts: Vec::new(),
            ids: HashMap::new(),
            asn: None,
            phrases: Phrases::default(),
            forms: HashMap::new(),
            fields: files.fields.clone(),
            greetings: files.greetings.clone(),
            themes: Themes::default(),
            foreign: files.foreign.clone(),
            slang: words_by_key(&files.slang),
            contexts: Contexts::new(&files.contexts),
            javanese: words_by_key(&files.jawa),
            sundanese: words_by_key(&files.sunda),
            stop_id: files.stop_id.iter().cloned().collect(),
            stop_en: files.stop_en.iter().cloned().collect(),
            english: HashSet::new(),
            common: files.common.iter().cloned().collect(),
            stemmer: Stemmer::new(files.exceptions.clone().into_iter().collect(), roots),
            speller: Speller::default(),
        };
        let vocabulary: HashSet<String> = concept_files
            .iter()
            .flat_map(|file| &file.konsep)
            .flat_map(|concept| &concept.kata)
            .flat_map(|phrase| words_of(phrase))
            .filter(|word| !lexicon.stop_id.contains(word))
            .collect();
        lexicon.stemmer.learn(vocabulary.iter().cloned());
        lexicon.add_concepts(&concept_files);
        lexicon.asn = lexicon.concept("asn");
        lexicon.add_outside();
        lexicon.themes = Themes::new(&files.address, &files.greetings, |phrase| lexicon.stems_of(phrase).1);
        let party: Vec<String> = files.parties.iter().map(|name| name.to_lowercase()).collect();
        if let Some(id) = lexicon.concept("partai") {
            party.iter().for_each(|name| lexicon.add_phrase(name, Label::Concept(id)));
        }
        let common = &lexicon.common;
        let targets = vocabulary.into_iter().chain(files.roots.iter().filter(|r| common.contains(*r)).cloned());
        lexicon.speller = Speller::new(&targets.collect());
        lexicon
    }

    fn add_concepts(&mut self, files: &[&ConceptsFile]) {
        let mut all: Vec<_> = files.iter().flat_map(|f| f.konsep.iter().map(|c| (f.jenis, c))).collect();
        all.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        self.ids = all.iter().enumerate().map(|(at, (_, concept))| (concept.id.clone(), at)).collect();
        let parents: Vec<Option<ConceptId>> =
            all.iter().map(|(_, c)| c.induk.as_ref().and_then(|id| self.ids.get(id)).copied()).collect();
        for (at, (kind, concept)) in all.iter().enumerate() {
            let mut satisfies = vec![at];
            let mut next = parents.get(at).copied().flatten();
            while let Some(parent) = next.filter(|parent| !satisfies.contains(parent)) {
                satisfies.push(parent);
                next = parents.get(parent).copied().flatten();
            }
            let meaning = concept.arti.clone();
            let is_anchor = satisfies.iter().filter_map(|wide| all.get(*wide)).any(|(_, concept)| concept.pokok);
            self.concepts.push(Concept { id: concept.id.clone(), kind: *kind, meaning, satisfies, is_anchor });
        }
        for (at, (_, concept)) in all.iter().enumerate() {
            for phrase in &concept.kata {
                self.add_phrase(phrase, Label::Concept(at));
            }
            for phrase in &concept.en {
                self.english.extend(words_of(phrase));
                self.add_phrase(phrase, Label::Concept(at));
            }
        }
    }

    fn add_outside(&mut self) {
        let fields: Vec<_> = self.fields.iter().map(|f| (f.kata.clone(), f.en.clone())).collect();
        for (at, (words, english)) in fields.iter().enumerate() {
            words.iter().chain(english).for_each(|phrase| self.add_phrase(phrase, Label::Field(at)));
        }
        let greetings: Vec<_> = self.greetings.iter().map(|g| (g.kata.clone(), g.en.clone())).collect();
        for (at, (words, english)) in greetings.iter().enumerate() {
            words.iter().chain(english).for_each(|phrase| self.add_phrase(phrase, Label::Greeting(at)));
        }
        for (_, english) in fields.iter().chain(&greetings) {
            self.english.extend(english.iter().flat_map(|phrase| words_of(phrase)));
        }
    }

    /// The first owner of a phrase keeps it: concepts come before fields, fields before small talk.
    fn add_phrase(&mut self, phrase: &str, label: Label) {
        let (words, stems) = self.stems_of(phrase);
        if let ([word], [stem]) = (words.as_slice(), stems.as_slice())
            && word != stem
        {
            self.forms.entry(word.clone()).or_insert(label);
            return;
        }
        let mut node = &mut self.phrases;
        for stem in stems {
            node = node.next.entry(stem).or_default();
        }
        node.label.get_or_insert(label);
    }

    /// The words of a phrase, chat spelling resolved, and their stems.
    fn stems_of(&self, phrase: &str) -> (Vec<String>, Vec<String>) {
        let plain = |word: String| self.slang.get(&word).cloned().unwrap_or_else(|| vec![word]);
        let words: Vec<String> = words_of(phrase).flat_map(plain).collect();
        let stems = words.iter().map(|word| self.stemmer.stem(word)).collect();
        (words, stems)
    }

    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    #[must_use]
    pub fn concept(&self, id: &str) -> Option<ConceptId> {
        self.ids.get(id).copied()
    }

    /// The concept's word in knowledge files; empty for an id that doesn't exist.
    #[must_use]
    pub fn concept_name(&self, id: ConceptId) -> &str {
        self.concepts.get(id).map_or("", |concept| concept.id.as_str())
    }

    #[must_use]
    pub fn kind(&self, id: ConceptId) -> Option<ConceptKind> {
        self.concepts.get(id).map(|concept| concept.kind)
    }

    /// Whether hardly anything but a question of our field names the concept.
    #[must_use]
    pub fn is_anchor(&self, id: ConceptId) -> bool {
        self.concepts.get(id).is_some_and(|concept| concept.is_anchor)
    }

    /// What a word stands for alone.
    pub(super) fn word(&self, text: &str, stem: &str) -> Option<Label> {
        self.form(text).or_else(|| self.phrases.next.get(stem)?.label)
    }

    /// Whether naming `narrow` also names `wide`.
    #[must_use]
    pub fn satisfies(&self, narrow: ConceptId, wide: ConceptId) -> bool {
        self.wider(narrow).contains(&wide)
    }

    /// The concept itself and every wider one that it satisfies.
    #[must_use]
    pub fn wider(&self, id: ConceptId) -> &[ConceptId] {
        self.concepts.get(id).map(|concept| concept.satisfies.as_slice()).unwrap_or_default()
    }

    /// The default actor: a question is about somebody in the service unless it says otherwise.
    #[must_use]
    pub fn asn(&self) -> Option<ConceptId> {
        self.asn
    }

    /// Whether a concept is the default actor or a kind of it.
    #[must_use]
    pub fn is_asn(&self, id: ConceptId) -> bool {
        self.asn.is_some_and(|asn| self.satisfies(id, asn))
    }

    /// What a chat spelling stands for, clitics aside: `temennya` → `teman`.
    pub(super) fn slang_of(&self, word: &str) -> Option<&Vec<String>> {
        let bare = || CLITICS.iter().filter_map(|clitic| word.strip_suffix(clitic)).filter(|bare| bare.len() > 3);
        let known = self.slang.get(word);
        known.or_else(|| if self.knows(word) { None } else { bare().find_map(|bare| self.slang.get(bare)) })
    }

    /// What a word means in just this form, clitics aside.
    pub(super) fn form(&self, word: &str) -> Option<Label> {
        let bare = CLITICS.iter().filter_map(|clitic| word.strip_suffix(clitic)).find_map(|bare| self.forms.get(bare));
        self.forms.get(word).or(bare).copied()
    }

    /// Whether a word means something to us as it stands, or without its affixes.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.lists(word) || self.stemmer.root(word).is_some()
    }

    /// Whether a word stands in a table just as it is.
    pub(super) fn lists(&self, word: &str) -> bool {
        self.stop_id.contains(word)
            || self.common.contains(word)
            || self.speaks_english(word)
            || self.phrases.next.contains_key(word)
            || self.form(word).is_some()
            || word.bytes().any(|b| b.is_ascii_digit())
            || self.stemmer.is_root(word)
    }

    /// Whether a word is an English one of ours.
    pub(super) fn speaks_english(&self, word: &str) -> bool {
        self.stop_en.contains(word) || self.english.contains(word)
    }
}

/// The words of a phrase of a table, as those of a question are compared with them.
pub(super) fn words_of(phrase: &str) -> impl Iterator<Item = String> {
    word::split(phrase).into_iter().map(|word| word.text)
}

fn words_by_key(table: &std::collections::BTreeMap<String, String>) -> HashMap<String, Vec<String>> {
    table.iter().map(|(key, value)| (normalise(key).to_lowercase(), words_of(value).collect())).collect()
}
