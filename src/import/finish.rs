//! From everything that was read to one stack file, or into one that is there.

use std::collections::BTreeSet;

use super::draft::{Draft, DraftQuestion, EntryKey, Given, Value};
use super::into::{Base, Gone, Merged, Unmerged};
use super::merge::{self, Ids};
use super::report::{self, ImportReport, Input, LeftOutField, Question};
use super::whole::{self, WholeStack};
use super::{Asked, Import, Imported, Made, Part, chain, clean, into, recognise, settle, write};
use crate::catalog::people::kind_of_name;
use crate::source::Source;

impl Import {
    /// Makes one stack file of everything that was read; `target` is its name, for the places of questions.
    #[must_use]
    pub fn finish(self, target: &str) -> Imported {
        let made = self.make();
        let base = into::remembered(&made);
        let mut report = made.report;
        report.questions.extend(made.questions.into_iter().map(|Asked { question, line }| Question {
            place: line.map_or_else(|| target.to_owned(), |line| format!("{target}:{line}")),
            ..question
        }));
        Imported { stack: made.written.text, report, base }
    }

    /// Brings the stack file `stack` up to date with everything that was read, key by key: what hands changed since the
    /// import that left `base` stands. `target` is the file's name, for the places of questions.
    ///
    /// # Errors
    /// Where the stack file has errors, or an edit cannot be made without touching more than is meant.
    pub fn into_stack(self, stack: &Source, base: Option<&Base>, gone: Gone, target: &str) -> Result<Merged, Unmerged> {
        let mut made = self.for_stack(stack.text()).make();
        made.report.is_merge = true;
        into::merge(made, stack, base.unwrap_or(&Base::default()), gone, target)
    }

    /// Makes one stack file of whole stacks, such as workbooks of ours, and of everything that was read: the first of them
    /// is the stack, into which the others are brought. What two state differently stands as in the earlier one, and is a
    /// conflict. `target` is the file's name, for the places of questions.
    ///
    /// # Errors
    /// Where what is read cannot be written into the first of them.
    pub fn onto(self, wholes: Vec<WholeStack>, target: &str) -> Result<Imported, Unmerged> {
        whole::onto(self, wholes, target)
    }

    /// The same for inputs that go into the stack file with this text: amounts in another currency than its own are left out.
    pub(super) fn for_stack(self, text: &str) -> Self {
        let source = Source::new("stack", text.to_owned());
        Self {
            currency: crate::model::read_with(&source, &self.catalog).stack.and_then(|stack| stack.currency),
            ..self
        }
    }

    pub(super) fn make(mut self) -> Made {
        self.read_tables();
        self.read_joined();
        self.sort();
        let files: Vec<String> = self.inputs.iter().map(|input| input.file.clone()).collect();
        let chained = recognise::knowing(&self.catalog, || chain::flows(&self.workflows, &files, self.options.off));
        let (mut drafts, mut draft) = (self.drafts, Draft::default());
        for (one, more) in drafts.iter_mut().zip(chained.drafts) {
            one.merge(more);
            draft.merge(one.clone());
            one.catalogs.clone_from(&self.catalog_files);
        }
        draft.catalogs.clone_from(&self.catalog_files);
        if let Some(currency) = self.currency.take() {
            draft.settings.insert("currency", Given::stated(Value::Literal(currency)));
        }
        settle::settle(&mut draft, self.options.roles_only);
        guess_kinds_by_names(&mut draft);
        ask_about_names(&mut draft);
        let ids = Ids::of(&draft);
        let written = write::write(&draft, &ids, self.options.as_of);
        let part = |(input, draft): (&Input, &Draft)| Part {
            file: input.file.clone(),
            within: input.within.clone(),
            format: input.format,
            written: write::write(draft, &ids.within(draft), self.options.as_of),
        };
        let parts = self.inputs.iter().zip(&drafts).map(part).collect();
        let tallies = merge::tallies(&draft, self.inputs.len());
        let inputs = self.inputs.into_iter().zip(tallies).map(|(input, tally)| input.tallied(tally)).collect();
        self.problems.sort();
        let question = |id: &str, ask: &str, answers: Vec<String>| Question {
            id: id.to_owned(),
            ask: ask.to_owned(),
            place: String::new(),
            answers,
            worth: None,
            exact: false,
        };
        // Of nothing no cost is asked.
        let is_empty = draft.systems.is_empty() && draft.flows.is_empty() && draft.processes.is_empty();
        let is_unpriced = !is_empty && !draft.settings.contains_key("hourly_rate");
        let rate = question(
            "hourly-rate",
            "What does an hour of manual work cost, all included? Without it no cost is known.",
            vec!["hourly_rate: 85".into()],
        );
        let asked = draft.questions.iter().map(|one| Asked {
            question: question(&one.id, &one.ask, one.answers.clone()),
            line: one.about.as_ref().and_then(|key| written.lines.get(key)).copied(),
        });
        let report = ImportReport {
            sinew: 1,
            inputs,
            files_not_read: self.files_not_read,
            left_alone: self.left_alone,
            entries: report::entries(&draft, &ids),
            dropped: report::dropped(&draft),
            left_out: self.left_out.into_counts().map(|(field, count)| LeftOutField { field, count }).collect(),
            diagnostics: self.problems,
            questions: Vec::new(),
            states: chained.states,
            is_merge: false,
        };
        let rate = is_unpriced.then_some(Asked { question: rate, line: None });
        let questions = rate.into_iter().chain(asked).collect();
        let stated = report::each(&draft, &ids).into_iter().map(|(name, entry)| (name, entry.stated.clone())).collect();
        Made {
            stated,
            settings: draft.stated.clone(),
            written,
            parts,
            report,
            questions,
            damaged: self.damaged,
            seen: self.options.as_of,
            catalog: self.catalog,
        }
    }

    /// Puts inputs and their workflows in the order of names, so that the order in which they came does not matter.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.inputs.len()).collect();
        order.sort_by(|a, b| self.inputs[*a].file.cmp(&self.inputs[*b].file));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        self.inputs = order.iter().map(|old| self.inputs[*old].clone()).collect();
        for workflow in &mut self.workflows {
            workflow.input = place[workflow.input];
        }
        let mut drafts = std::mem::take(&mut self.drafts);
        for unit in drafts.iter_mut().flat_map(|draft| &mut draft.units) {
            unit.input = place[unit.input];
        }
        self.drafts = order.iter().map(|old| std::mem::take(&mut drafts[*old])).collect();
        self.workflows.sort_by_key(|workflow| workflow.input);
    }
}

/// A name that nothing is known of but that says a kind is of that kind, which is a guess: `Pipeline sheet`, `CRM system`.
fn guess_kinds_by_names(draft: &mut Draft) {
    for system in draft.systems.values_mut().filter(|system| system.named.is_unknown()) {
        if let Some((kind, why)) = kind_of_name(&system.named.name) {
            (system.named.kind, system.named.guess) = (Some(kind), Some(why));
        }
    }
}

/// Names that nothing is known of are asked about once each.
fn ask_about_names(draft: &mut Draft) {
    let unknown: BTreeSet<DraftQuestion> = draft
        .systems
        .iter()
        .filter(|(_, system)| system.named.is_unknown())
        .map(|(key, system)| DraftQuestion {
            rank: 4,
            id: format!("kind:{}", clean::slug(&system.named.name, "system")),
            ask: format!("What kind of system is \"{}\"?", system.named.name),
            about: Some(EntryKey::System(key.clone())),
            answers: Vec::new(),
        })
        .collect();
    draft.questions.extend(unknown);
}
