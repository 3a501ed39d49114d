//! Foreign files as a stack file: what people already have, read without a hand on YAML.
//!
//! One importer is one file: bytes and a name in, chains of steps or a draft out. A draft knows of every value where it
//! stands and whether it is a guess; every leaf of an input is taken, merged or dropped, and the counts add up. Nothing
//! here opens a file or follows an address.

mod archimate;
mod archive;
mod backstage;
mod boxes;
mod calm;
mod chain;
mod clean;
mod content;
mod counted;
mod cursor;
mod dbt;
mod detect;
mod draft;
mod drafting;
mod drawio;
mod finish;
mod formats;
mod html;
mod http;
mod into;
mod joined;
mod json;
mod lean;
mod likec4;
mod lucid;
mod make;
mod merge;
mod mermaid;
mod n8n;
mod opened;
mod openlineage;
mod pill;
mod problem;
mod project;
mod rate;
mod reading;
mod recognise;
mod report;
mod roles;
mod salesforce;
mod settle;
mod stated;
mod structurizr;
mod table;
mod tables;
mod vsdx;
mod whole;
mod workato;
mod write;
mod xml;
mod yaml;
mod zapier;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::catalog::SharedCatalog;

use chain::Workflow;
use clean::LeftOut;
use content::Content;
use detect::{Detected, NotRead};
use draft::Draft;
use joined::Spare;
use opened::Opened;
use problem::Fault;
use project::Projects;
use reading::{File, Reading};
use stated::Stated;
use tables::Unread;

pub use chain::Off;
pub use formats::{FORMATS, Format};
pub use into::{Base, Gone, Merged, Unmerged};
pub use problem::Problem;
pub use report::{
    Conflict, Dropped, EntryReport, Guess, ImportReport, Input, InputValue, KeptValue, LeftAlone, LeftOutField,
    Question, import_schema,
};
pub use table::HeaderMap;
pub use whole::WholeStack;

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
    /// Tables of folders, until all files are there that tell of projects.
    tables: Vec<Unread>,
    projects: Projects,
    left_alone: Vec<LeftAlone>,
    /// Files of no known format, with what is to be said where somebody named them.
    unknown: Vec<(String, Option<Fault>)>,
    files_not_read: usize,
    catalog: SharedCatalog,
    /// The catalog files of one's own, as the stack file is to name them.
    catalog_files: Vec<String>,
    /// The currency of the stack file that is brought up to date.
    currency: Option<String>,
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
    /// What is stated of each entry, by its kind and id, and of the whole stack.
    stated: BTreeMap<String, Stated>,
    settings: Stated,
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
            tables: Vec::new(),
            projects: Projects::default(),
            left_alone: Vec::new(),
            unknown: Vec::new(),
            files_not_read: 0,
            catalog: SharedCatalog::default(),
            catalog_files: Vec::new(),
            currency: None,
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
        self.within = name
            .map(|name| Some(LeftOut::default().path(name)).filter(|name| !name.is_empty()).unwrap_or("inputs".into()));
    }

    /// Reads a file, or all files of an archive. `is_named` tells that somebody named this very file: of a folder, files
    /// of no known format are only counted.
    pub fn file(&mut self, name: &str, bytes: &[u8], is_named: bool) {
        let opened = Opened::new(bytes);
        if let Some(within) = &self.within {
            self.projects.look(within, name);
        }
        match detect::detect(&opened, self.options.from) {
            Ok(detected) => self.read(name, &opened, detected, is_named),
            Err(NotRead::Damaged(_)) if !is_named && !detect::is_meant(name, &opened) => self.files_not_read += 1,
            Err(NotRead::Damaged(fault)) => self.problem(name, fault),
            Err(NotRead::Unknown(fault)) => {
                // What it was before is not gone: it is there, and says something else.
                self.damaged.insert(LeftOut::default().path(name));
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
        let name = self.left_out.path(name);
        // It may name an entry of an archive.
        fault.message = LeftOut::default().clean(&fault.message);
        self.problems.push(fault.of(&name));
        self.damaged.extend(self.within.clone());
        self.damaged.insert(name);
    }

    fn read(&mut self, name: &str, opened: &Opened<'_>, Detected { format, sign }: Detected, is_named: bool) {
        let waits = format.id == "table" && !is_named && self.options.from.is_none();
        match &self.within {
            Some(_) if waits => return self.wait(name, opened, format, sign),
            Some(within) => self.projects.read(within, name, format.id),
            None => {}
        }
        let name = self.free_name(name);
        let stem = stem(&name);
        let input = self.inputs.len();
        let entry = Input::unread(name.clone(), format.id, sign, self.within.clone().unwrap_or_else(|| name.clone()));
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
        let Reading { mut workflows, draft, units, own_columns, faults } = reading;
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
        (self.inputs[input].units, self.inputs[input].own_columns) = (units, own_columns);
        self.workflows.extend(workflows);
        self.drafts[input] = draft;
    }

    /// A name that no other input has: two files of one name are told apart by the order in which they came.
    fn free_name(&mut self, name: &str) -> String {
        let name = match self.left_out.path(name) {
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
        !self.inputs.is_empty() || self.tables.iter().any(Unread::says_anything)
    }

    /// Whether there is anything to tell of inputs: what was read, what is wrong, what is of no known format.
    #[must_use]
    pub fn has_seen_any(&self) -> bool {
        self.has_inputs() || !self.problems.is_empty() || !self.unknown.is_empty() || self.files_not_read > 0
    }
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\', ':']).next().unwrap_or(name);
    last.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("import")
}
