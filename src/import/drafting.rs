//! Systems and flows that an input states one by one, as entries of a draft: what readers of lineage and of catalogs share.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::slug;
use super::draft::{
    Draft, DraftFlow, DraftQuestion, Entry, EntryKey, Fate, FlowKey, Given, Origin, Standing, Unit, Value,
};
use super::reading::File;
use super::recognise::Named;
use super::roles::{is_personal, singular};
use crate::model::Mechanism;

/// A flow as it is stated; every text in it is fit to be shown.
#[derive(Debug)]
pub(super) struct StatedFlow {
    pub(super) from: Named,
    pub(super) to: Named,
    /// Ids of data objects.
    pub(super) data: BTreeSet<String>,
    pub(super) mechanism: Mechanism,
    pub(super) through: Option<Named>,
    /// Runs a year.
    pub(super) runs: Option<f64>,
    /// Why it is a guess that there is such a flow.
    pub(super) itself: Option<&'static str>,
    /// Why keys are guesses: `data`, `mechanism`, `from` and `to`.
    pub(super) guesses: Vec<(&'static str, &'static str)>,
    /// Other keys.
    pub(super) fields: Vec<(&'static str, Given)>,
}

impl StatedFlow {
    pub(super) fn new(from: &Named, to: &Named, mechanism: Mechanism) -> Self {
        Self {
            from: from.clone(),
            to: to.clone(),
            data: BTreeSet::new(),
            mechanism,
            through: None,
            runs: None,
            itself: None,
            guesses: Vec::new(),
            fields: Vec::new(),
        }
    }
}

/// A draft in the making, of one input.
#[derive(Debug)]
pub(super) struct Drafting<'f> {
    file: File<'f>,
    format: &'static str,
    pub(super) draft: Draft,
}

impl<'f> Drafting<'f> {
    pub(super) fn new(file: File<'f>, format: &'static str) -> Self {
        Self { file, format, draft: Draft::default() }
    }

    /// The place `at` of the input; `key` is what the next import finds an entry of it by.
    pub(super) fn origin(&self, at: &str, key: &str) -> Origin {
        let at = if at.is_empty() { self.file.stem } else { at };
        Origin { file: self.file.name.to_owned(), at: at.to_owned(), key: format!("{}:{key}", self.format) }
    }

    /// Adds a system that is told at this place.
    pub(super) fn system(&mut self, named: &Named, at: &str) -> EntryKey {
        let origin = self.origin(at, &format!("system/{}", named.key));
        self.draft.system(named, origin)
    }

    /// Sets a key of a system that is already there.
    pub(super) fn set(&mut self, named: &Named, key: &'static str, given: Given) {
        if let Some(system) = self.draft.systems.get_mut(&named.key) {
            system.entry.set(key, given);
        }
    }

    /// Adds a flow with its systems and objects; what it gives speaks of its ends too. From a system to itself nothing goes.
    pub(super) fn flow(&mut self, flow: StatedFlow, at: &str, key: &str) -> Vec<EntryKey> {
        let StatedFlow { from, to, data, mechanism, through, runs, itself, guesses, fields } = flow;
        let origin = self.origin(at, key);
        if from.key == to.key {
            // Names of one's own may make one system of two ends.
            return vec![self.system(&from, at)];
        }
        let mut entries = vec![self.system(&from, at), self.system(&to, at)];
        entries.extend(through.as_ref().map(|named| self.system(named, at)));
        for id in &data {
            let mut fields = BTreeMap::new();
            if is_personal(&singular(id)) {
                fields.insert("personal", Given::guessed(Value::Literal("true".into()), "the name is that of persons"));
            }
            let origin = self.origin(at, &format!("object/{id}"));
            self.draft.object(id, fields, origin);
        }
        let mut entry = Entry { itself, origins: BTreeSet::from([origin]), ..Entry::default() };
        for (key, why) in guesses {
            let value = match key {
                "data" => Value::Text(data.iter().cloned().collect::<Vec<_>>().join(", ")),
                "from" => Value::Text(from.name.clone()),
                "to" => Value::Text(to.name.clone()),
                _ => Value::Literal(mechanism.as_str().to_owned()),
            };
            entry.set(key, Given::guessed(value, why));
        }
        for (key, given) in fields {
            entry.set(key, given);
        }
        let key = FlowKey {
            from: from.key.clone(),
            to: to.key.clone(),
            data,
            mechanism,
            through: through.map(|named| named.key),
            apart: String::new(),
        };
        if mechanism.is_manual() {
            let data = self.draft.objects_in_words(&key.data);
            let often = if runs.is_none() { " how often," } else { "" };
            let ask =
                format!("Who carries {data} from {} to {},{often} and how long does it take?", from.name, to.name);
            let about = EntryKey::Flow(Box::new(key.clone()));
            let id = format!("{} {} {data}", from.name, to.name);
            self.ask(2, ("effort", &id), ask, Some(about), &["minutes: 5", "minutes: 15", "minutes: 45"]);
        }
        self.draft.flow(key.clone(), DraftFlow { entry, standing: Standing::Live, runs });
        entries.push(EntryKey::Flow(Box::new(key)));
        entries
    }

    /// A leaf that speaks of these entries.
    pub(super) fn gave(&mut self, entries: Vec<EntryKey>) {
        self.draft.units.push(Unit { input: self.file.input, fate: Fate::Gave(entries) });
    }

    /// A leaf that gives nothing.
    pub(super) fn dropped(&mut self, what: &'static str, at: &str, why: &'static str) {
        let fate = Fate::Dropped { what, at: at.to_owned(), why };
        self.draft.units.push(Unit { input: self.file.input, fate });
    }

    pub(super) fn ask(&mut self, rank: u8, id: (&str, &str), ask: String, about: Option<EntryKey>, answers: &[&str]) {
        let id = format!("{}:{}", id.0, slug(id.1, "one"));
        let answers = answers.iter().map(|answer| (*answer).to_owned()).collect();
        self.draft.questions.insert(DraftQuestion { rank, id, ask, about, answers });
    }
}
