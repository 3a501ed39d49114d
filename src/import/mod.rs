//! Foreign files as a stack file: what people already have, read without a hand on YAML.
//!
//! One importer is one file: bytes and a name in, chains of steps or a draft out. A draft knows of every value where it
//! stands and whether it is a guess; every leaf of an input is taken, merged or dropped, and the counts add up. Nothing
//! here opens a file or follows an address.

mod archimate;
mod archive;
mod boxes;
mod calm;
mod chain;
mod clean;
mod content;
mod cursor;
mod detect;
mod draft;
mod drawio;
mod html;
mod http;
mod into;
mod joined;
mod json;
mod likec4;
mod lucid;
mod make;
mod merge;
mod mermaid;
mod n8n;
mod opened;
mod pill;
mod problem;
mod rate;
mod reading;
mod recognise;
mod report;
mod roles;
mod salesforce;
mod settle;
mod structurizr;
mod table;
mod vsdx;
mod workato;
mod write;
mod xml;
mod zapier;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::catalog::SharedCatalog;

use crate::source::Source;
use chain::Workflow;
use clean::LeftOut;
use content::Content;
use detect::{Detected, NotRead};
use draft::{Draft, DraftQuestion, EntryKey};
use joined::Spare;
use merge::Ids;
use opened::Opened;
use problem::Fault;
use reading::{File, Reading};

pub use chain::Off;
pub use into::{Base, Gone, Merged, Unmerged};
pub use problem::Problem;
pub use report::{
    Conflict, Dropped, EntryReport, Guess, ImportReport, Input, KeptValue, LeftOutField, Question, import_schema,
};
pub use table::HeaderMap;

/// A format that can be imported.
#[derive(Debug)]
pub struct Format {
    /// Its name, as `--from` takes it and reports have it.
    pub id: &'static str,
    /// What its files hold, in a few words.
    pub expects: &'static str,
    /// The word for its leaves, each of which is taken, merged or dropped.
    pub leaves: &'static str,
    content: Content,
}

/// Every format, in the order in which signs are looked for.
pub static FORMATS: [Format; 14] = [
    Format {
        id: "n8n",
        expects: "`nodes` with types, and `connections`",
        leaves: "steps",
        content: Content::Json { sign: n8n::sign, read: n8n::read },
    },
    Format {
        id: "zapier",
        expects: "`zaps` with `nodes` that have a `selected_api`",
        leaves: "steps",
        content: Content::Json { sign: zapier::sign, read: zapier::read },
    },
    Format {
        id: "make",
        expects: "`flow` with modules of the form `app:operation`",
        leaves: "steps",
        content: Content::Json { sign: make::sign, read: make::read },
    },
    Format {
        id: "workato",
        expects: "`code` with `provider` and `keyword`",
        leaves: "steps",
        content: Content::Json { sign: workato::sign, read: workato::read },
    },
    Format {
        id: "drawio",
        expects: "`mxfile` or `mxGraphModel`, also within an SVG or PNG picture",
        leaves: "arrows",
        content: Content::Any { sign: drawio::sign, read: drawio::read },
    },
    Format {
        id: "vsdx",
        expects: "an archive with `visio/pages/`",
        leaves: "arrows",
        content: Content::Any { sign: vsdx::sign, read: vsdx::read },
    },
    Format {
        id: "lucid",
        expects: "CSV with `Shape Library`, `Line Source` and `Line Destination`",
        leaves: "arrows",
        content: Content::Text { sign: lucid::sign, read: lucid::read },
    },
    Format {
        id: "mermaid",
        expects: "`flowchart`, `graph` or `sequenceDiagram`, bare or fenced in Markdown",
        leaves: "arrows",
        content: Content::Text { sign: mermaid::sign, read: mermaid::read },
    },
    Format {
        id: "structurizr",
        expects: "`workspace … {`, or JSON with `model.softwareSystems`",
        leaves: "relations",
        content: Content::Joined { sign: structurizr::sign, read: structurizr::read },
    },
    Format {
        id: "likec4",
        expects: "`specification {` or `model {`, or JSON with `elements` and `relations`",
        leaves: "relations",
        content: Content::Joined { sign: likec4::sign, read: likec4::read },
    },
    Format {
        id: "calm",
        expects: "`nodes` with a `unique-id`, and `relationships`",
        leaves: "relations",
        content: Content::Json { sign: calm::sign, read: calm::read },
    },
    Format {
        id: "archimate",
        expects: "`archimate:model`, or a model of the Open Exchange Format",
        leaves: "relations",
        content: Content::Any { sign: archimate::sign, read: archimate::read },
    },
    Format {
        id: "salesforce",
        expects: "components of the name space `soap.sforce.com/2006/04/metadata`",
        leaves: "components",
        content: Content::Joined { sign: salesforce::sign, read: salesforce::read },
    },
    Format {
        id: "table",
        expects: "a workbook, rows of equal columns, or a table of Markdown, with headers such as Tool, Owner, From, To",
        leaves: "rows",
        content: Content::Any { sign: table::sign, read: table::read },
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
    /// Whether owners and performers become `owner-1`, `owner-2`, as their names may be those of persons.
    pub roles_only: bool,
}

/// An import that takes one file after the other.
#[derive(Debug)]
pub struct Import {
    options: Options,
    map: HeaderMap,
    inputs: Vec<Input>,
    workflows: Vec<Workflow>,
    /// What each input says without chains.
    drafts: Vec<Draft>,
    left_out: LeftOut,
    problems: Vec<Problem>,
    /// Texts that are read once all are there, each with its input and its format.
    joined: Vec<(usize, &'static Format, String)>,
    spare: Spare,
    /// Files of no known format, with what is to be said where somebody named them.
    unknown: Vec<(String, Option<Fault>)>,
    files_not_read: usize,
    catalog: SharedCatalog,
    /// The catalog files of one's own, as the stack file is to name them.
    catalog_files: Vec<String>,
    /// What is named on the command line for the files that come now, where that is a folder.
    within: Option<String>,
    /// The names of all inputs.
    names: BTreeSet<String>,
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
    catalog: SharedCatalog,
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
            map: HeaderMap::default(),
            inputs: Vec::new(),
            workflows: Vec::new(),
            drafts: Vec::new(),
            left_out: LeftOut::default(),
            problems: Vec::new(),
            joined: Vec::new(),
            spare: Spare::default(),
            unknown: Vec::new(),
            files_not_read: 0,
            catalog: SharedCatalog::default(),
            catalog_files: Vec::new(),
            within: None,
            names: BTreeSet::new(),
            damaged: BTreeSet::new(),
        }
    }

    /// The same with what `catalog` knows of products; `files` are the files of one's own behind it, as the stack file is
    /// to name them.
    #[must_use]
    pub fn knowing(self, catalog: SharedCatalog, files: Vec<String>) -> Self {
        Self { catalog, catalog_files: files, ..self }
    }

    /// The same, with what is said of columns whose headers mean nothing by themselves.
    #[must_use]
    pub fn with_map(self, map: HeaderMap) -> Self {
        Self { map, ..self }
    }

    /// The files that come from now on are all those of the folder `name`: what was there earlier and is not now is gone.
    /// `None` ends that.
    pub fn folder(&mut self, name: Option<&str>) {
        self.within = name.map(|name| {
            Some(LeftOut::default().clean(name)).filter(|name| !name.is_empty()).unwrap_or("inputs".into())
        });
    }

    /// Reads a file, or all files of an archive. `is_named` tells that somebody named this very file: of a folder, files
    /// of no known format are only counted.
    pub fn file(&mut self, name: &str, bytes: &[u8], is_named: bool) {
        let opened = Opened::new(bytes);
        match detect::detect(&opened, self.options.from) {
            Ok(detected) => self.read(name, &opened, detected, is_named),
            Err(NotRead::Damaged(fault)) => self.problem(name, fault),
            Err(NotRead::Unknown(fault)) => {
                // What it was before is not gone: it is there, and says something else.
                self.damaged.insert(LeftOut::default().clean(name));
                // Another file may include it.
                if let Some(text) = opened.text {
                    self.spare.keep(name, text);
                }
                self.unknown.push((name.to_owned(), is_named.then_some(fault)));
            }
            Err(NotRead::Archive) => {
                let Some(Ok(archive)) = &opened.archive else { return };
                let is_alone = self.within.is_none();
                if is_alone {
                    self.folder(Some(name));
                }
                let each = archive.each(|_| true, |entry, bytes| self.entry(&format!("{name}:{entry}"), bytes));
                if let Err(fault) = each {
                    self.problem(name, fault);
                }
                if is_alone {
                    self.folder(None);
                }
            }
        }
    }

    /// Reads a file of an archive. An archive of files within it is not opened.
    fn entry(&mut self, name: &str, bytes: &[u8]) {
        let is_archive = archive::is_zip(bytes);
        match (is_archive, detect::detect(&Opened::new(bytes), self.options.from)) {
            (true, Err(_)) => self.files_not_read += 1,
            _ => self.file(name, bytes, false),
        }
    }

    /// Adds what is wrong with a file that was not even read.
    pub fn refuse(&mut self, name: &str, code: &'static str, message: impl Into<String>, help: &str) {
        self.problem(name, Fault::new(code, message).help(help));
    }

    fn problem(&mut self, name: &str, mut fault: Fault) {
        let name = self.left_out.clean(name);
        // It may name an entry of an archive.
        fault.message = LeftOut::default().clean(&fault.message);
        self.problems.push(fault.of(&name));
        self.damaged.extend(self.within.clone());
        self.damaged.insert(name);
    }

    fn read(&mut self, name: &str, opened: &Opened<'_>, Detected { format, sign }: Detected, is_named: bool) {
        let name = self.free_name(name);
        let stem = stem(&name);
        let input = self.inputs.len();
        let entry = Input {
            file: name.clone(),
            format: format.id,
            sign,
            units: BTreeMap::new(),
            taken: 0,
            merged: 0,
            dropped: 0,
            within: self.within.clone().unwrap_or_else(|| name.clone()),
        };
        if let (Content::Joined { .. }, Some(text)) = (&format.content, opened.text) {
            self.inputs.push(entry);
            self.drafts.push(Draft::default());
            self.joined.push((input, format, text.to_owned()));
            return;
        }
        let file = File { input, name: &name, stem, map: &self.map };
        let reading = recognise::knowing(&self.catalog, || format.content.read(&file, opened, &mut self.left_out));
        if reading.workflows.is_empty() && reading.draft == Draft::default() && !reading.faults.is_empty() {
            // Nothing of it was read: of a folder, a table of something else is a file like any other.
            if !is_named && reading.faults.iter().all(|fault| fault.code == "no-table") {
                if let Some(text) = opened.text {
                    self.spare.keep(&name, text);
                }
                self.unknown.push((name, None));
            } else {
                self.problems.extend(reading.faults.into_iter().map(|fault| fault.of(&name)));
            }
            return;
        }
        self.inputs.push(entry);
        self.drafts.push(Draft::default());
        self.take(input, format, reading);
    }

    /// Reads what is read together, and tells of files that nobody could use.
    fn read_joined(&mut self) {
        let mut joined = std::mem::take(&mut self.joined);
        joined.sort_by(|a, b| self.inputs[a.0].file.cmp(&self.inputs[b.0].file));
        let map = std::mem::take(&mut self.map);
        for format in &FORMATS {
            let Content::Joined { read, .. } = &format.content else { continue };
            let of_format: Vec<_> = joined.iter().filter(|(_, of, _)| of.id == format.id).collect();
            let names: Vec<String> = of_format.iter().map(|(input, ..)| self.inputs[*input].file.clone()).collect();
            let parts: Vec<joined::Part<'_>> = of_format
                .iter()
                .zip(&names)
                .map(|((input, _, text), name)| joined::Part {
                    file: File { input: *input, name, stem: stem(name), map: &map },
                    text,
                })
                .collect();
            if parts.is_empty() {
                continue;
            }
            let readings = recognise::knowing(&self.catalog, || read(&parts, &mut self.spare, &mut self.left_out));
            for (part, reading) in parts.iter().zip(readings) {
                self.take(part.file.input, format, reading);
            }
        }
        self.map = map;
        for (name, fault) in std::mem::take(&mut self.unknown) {
            match fault {
                _ if self.spare.used.contains(&name) => {}
                Some(fault) => self.problem(&name, fault),
                None => self.files_not_read += 1,
            }
        }
    }

    /// Takes in what was read of an input.
    fn take(&mut self, input: usize, format: &'static Format, reading: Reading) {
        let name = self.inputs[input].file.clone();
        let Reading { mut workflows, draft, units, faults } = reading;
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
        let steps: usize = workflows.iter().map(|workflow| workflow.steps.len()).sum();
        let mut units = units;
        if !workflows.is_empty() {
            units.insert("workflows", workflows.len());
        }
        units.insert(format.leaves, steps + draft.units.len());
        if !faults.is_empty() {
            self.damaged.insert(name.clone());
        }
        self.problems.extend(faults.into_iter().map(|fault| fault.of(&name)));
        self.inputs[input].units = units;
        self.workflows.extend(workflows);
        self.drafts[input] = draft;
    }

    /// A name that no other input has: two files of one name are told apart by the order in which they came.
    fn free_name(&mut self, name: &str) -> String {
        let name = match self.left_out.clean(name) {
            nothing if nothing.is_empty() => "input".to_owned(),
            name => name,
        };
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|free| !self.names.contains(free));
        let free = free.expect("there is always a next number");
        self.names.insert(free.clone());
        free
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
        settle::settle(&mut draft, self.options.roles_only);
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
        let is_unpriced = !draft.settings.contains_key("hourly_rate");
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
        let rate = is_unpriced.then_some(Asked { question: rate, line: None });
        let questions = rate.into_iter().chain(asked).collect();
        let mut made = Made {
            written,
            parts,
            report,
            questions,
            damaged: self.damaged,
            seen: self.options.as_of,
            catalog: self.catalog,
        };
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

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\', ':']).next().unwrap_or(name);
    last.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("import")
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
