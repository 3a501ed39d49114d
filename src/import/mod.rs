//! Foreign files as a stack file: what people already have, read without a hand on YAML.
//!
//! One importer is one file: bytes and a name in, chains of steps or a draft out. A draft knows of every value where it
//! stands and whether it is a guess; every leaf of an input is taken, merged or dropped, and the counts add up. Nothing
//! here opens a file or follows an address.

mod archive;
mod chain;
mod clean;
mod detect;
mod draft;
mod http;
mod into;
mod json;
mod make;
mod merge;
mod n8n;
mod pill;
mod problem;
mod rate;
mod reading;
mod recognise;
mod report;
mod roles;
mod workato;
mod write;
mod zapier;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use crate::source::Source;
use chain::Workflow;
use clean::LeftOut;
use detect::{Detected, NotRead};
use draft::{Draft, DraftQuestion, EntryKey};
use merge::Ids;
use problem::Fault;
use reading::{File, Reading};

pub use chain::Off;
pub use into::{Base, Gone, Merged, Unmerged};
pub use problem::Problem;
pub use report::{
    Conflict, Dropped, EntryReport, Guess, ImportReport, Input, KeptValue, LeftOutField, Question, import_schema,
};

/// A format that can be imported.
#[derive(Debug)]
pub struct Format {
    /// Its name, as `--from` takes it and reports have it.
    pub id: &'static str,
    /// What its files hold, in a few words.
    pub expects: &'static str,
    /// The word for its leaves, each of which is taken, merged or dropped.
    pub leaves: &'static str,
    sign: fn(&Value) -> Option<&'static str>,
    read: fn(&File<'_>, &Value, &mut LeftOut) -> Reading,
}

/// Every format, in the order in which signs are looked for.
pub static FORMATS: [Format; 4] = [
    Format {
        id: "n8n",
        expects: "`nodes` with types, and `connections`",
        leaves: "steps",
        sign: n8n::sign,
        read: n8n::read,
    },
    Format {
        id: "zapier",
        expects: "`zaps` with `nodes` that have a `selected_api`",
        leaves: "steps",
        sign: zapier::sign,
        read: zapier::read,
    },
    Format {
        id: "make",
        expects: "`flow` with modules of the form `app:operation`",
        leaves: "steps",
        sign: make::sign,
        read: make::read,
    },
    Format {
        id: "workato",
        expects: "`code` with `provider` and `keyword`",
        leaves: "steps",
        sign: workato::sign,
        read: workato::read,
    },
];

/// How an import is to be made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The format of all inputs, where it is not to be looked for.
    pub from: Option<&'static Format>,
    /// What becomes of what is switched off.
    pub off: Off,
    /// Today for all date rules, and when the inputs were seen.
    pub as_of: Option<Date>,
}

/// An import that takes one file after the other.
#[derive(Debug)]
pub struct Import {
    options: Options,
    inputs: Vec<Input>,
    workflows: Vec<Workflow>,
    /// What each input says without chains.
    drafts: Vec<Draft>,
    left_out: LeftOut,
    problems: Vec<Problem>,
    files_not_read: usize,
    /// What is named on the command line for the files that come now, where that is a folder.
    within: Option<String>,
    /// Inputs, and folders and archives, of which not everything could be read.
    damaged: BTreeSet<String>,
}

/// Steps of one workflow.
const STEPS: usize = 5_000;

/// What came out of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The text of the stack file.
    pub stack: String,
    /// What was done.
    pub report: ImportReport,
    /// What an import into this stack file has to know, once somebody has edited it.
    pub base: Base,
}

/// Everything that was read, as text with the places where it was found.
#[derive(Debug)]
struct Made {
    written: write::Text,
    parts: Vec<Part>,
    report: ImportReport,
    questions: Vec<Asked>,
    damaged: BTreeSet<String>,
    seen: Option<Date>,
}

/// What one input gives.
#[derive(Debug)]
struct Part {
    file: String,
    within: String,
    format: &'static str,
    written: write::Text,
}

/// A question, and the line of the entry that it is about.
#[derive(Debug)]
struct Asked {
    question: Question,
    line: Option<usize>,
}

impl Import {
    /// An import without inputs.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            inputs: Vec::new(),
            workflows: Vec::new(),
            drafts: Vec::new(),
            left_out: LeftOut::default(),
            problems: Vec::new(),
            files_not_read: 0,
            within: None,
            damaged: BTreeSet::new(),
        }
    }

    /// The files that come from now on are all those of the folder `name`: what was there earlier and is not now is gone.
    /// `None` ends that.
    pub fn folder(&mut self, name: Option<&str>) {
        self.within = name.map(|name| self.left_out.clean(name));
    }

    /// Reads a file, or all files of an archive. `is_named` tells that somebody named this very file: of a folder, files
    /// of no known format are only counted.
    pub fn file(&mut self, name: &str, bytes: &[u8], is_named: bool) {
        if !archive::is_zip(bytes) {
            self.one(name, bytes, is_named);
            return;
        }
        let is_alone = self.within.is_none();
        if is_alone {
            self.folder(Some(name));
        }
        let read = archive::each(bytes, |entry, bytes| self.one(&format!("{name}:{entry}"), bytes, false));
        if let Err(fault) = read {
            self.problem(name, fault);
        }
        if is_alone {
            self.folder(None);
        }
    }

    /// Adds what is wrong with a file that was not even read.
    pub fn refuse(&mut self, name: &str, code: &'static str, message: impl Into<String>, help: &str) {
        self.problem(name, Fault::new(code, message).help(help));
    }

    fn problem(&mut self, name: &str, fault: Fault) {
        let name = self.left_out.clean(name);
        self.problems.push(fault.of(&name));
        self.damaged.extend(self.within.clone());
        self.damaged.insert(name);
    }

    fn one(&mut self, name: &str, bytes: &[u8], is_named: bool) {
        let Detected { format, sign, value } = match detect::detect(bytes, self.options.from) {
            Ok(detected) => detected,
            Err(NotRead::Damaged(fault)) => return self.problem(name, fault),
            Err(NotRead::Unknown(fault)) if is_named => return self.problem(name, fault),
            Err(NotRead::Unknown(_)) => {
                self.files_not_read += 1;
                return;
            }
        };
        let name = self.free_name(name);
        let last = name.rsplit(['/', '\\', ':']).next().unwrap_or(&name);
        let stem = last.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("import");
        let file = File { input: self.inputs.len(), stem };
        let Reading { mut workflows, draft, faults } = (format.read)(&file, &value, &mut self.left_out);
        let before = workflows.len();
        workflows.retain(|workflow| workflow.steps.len() <= STEPS);
        if workflows.len() < before {
            let fault = Fault::new("too-many-steps", format!("a workflow has more than {STEPS} steps"));
            self.problems.push(fault.help("split it into workflows that call each other").of(&name));
            self.damaged.insert(name.clone());
        }
        for workflow in &mut workflows {
            workflow.clean(&mut self.left_out);
        }
        let steps = workflows.iter().map(|workflow| workflow.steps.len()).sum();
        let units = BTreeMap::from([("workflows", workflows.len()), (format.leaves, steps)]);
        if !faults.is_empty() {
            self.damaged.insert(name.clone());
        }
        self.problems.extend(faults.into_iter().map(|fault| fault.of(&name)));
        let within = self.within.clone().unwrap_or_else(|| name.clone());
        self.inputs.push(Input { file: name, format: format.id, sign, units, taken: 0, merged: 0, dropped: 0, within });
        self.workflows.extend(workflows);
        self.drafts.push(draft);
    }

    /// A name that no other input has: two files of one name are told apart by the order in which they came.
    fn free_name(&mut self, name: &str) -> String {
        let name = self.left_out.clean(name);
        let is_free = |free: &String| self.inputs.iter().all(|input| input.file != *free);
        if is_free(&name) {
            return name;
        }
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        numbered.into_iter().find(is_free).expect("there is always a next number")
    }

    /// Whether anything was read.
    #[must_use]
    pub fn has_inputs(&self) -> bool {
        !self.inputs.is_empty()
    }

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
        let mut made = self.make();
        made.report.is_merge = true;
        into::merge(made, stack, base.unwrap_or(&Base::default()), gone, target)
    }

    fn make(mut self) -> Made {
        self.sort();
        let files: Vec<String> = self.inputs.iter().map(|input| input.file.clone()).collect();
        let chained = chain::flows(&self.workflows, &files, self.options.off);
        let (mut drafts, mut draft) = (self.drafts, Draft::default());
        for (one, more) in drafts.iter_mut().zip(chained.drafts) {
            one.merge(more);
            draft.merge(one.clone());
        }
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
            entries: report::entries(&draft, &ids),
            dropped: report::dropped(&draft),
            left_out: self.left_out.into_counts().map(|(field, count)| LeftOutField { field, count }).collect(),
            diagnostics: self.problems,
            questions: Vec::new(),
            states: chained.states,
            is_merge: false,
        };
        let questions = std::iter::once(Asked { question: rate, line: None }).chain(asked).collect();
        let mut made = Made { written, parts, report, questions, damaged: self.damaged, seen: self.options.as_of };
        let mut conflicts = into::disagreements(&made);
        for entry in &mut made.report.entries {
            if let Some(conflicts) = conflicts.remove(&entry.entry) {
                entry.state = "conflict";
                entry.conflicts = conflicts;
            }
        }
        made
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
