//! What an import did: every input accounted for, every guess with its reason, everything dropped with its count, and what
//! is still to be asked.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::counted::{counted, singular};
use super::draft::{Draft, Entry, Fate, Standing, Value};
use super::merge::{Ids, Tally};
use super::problem::Problem;
use super::stated::Dispute;

/// The report of an import.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ImportReport {
    /// Version of the format.
    pub sinew: u32,
    /// Every input, by name.
    pub inputs: Vec<Input>,
    /// Files of no known format, which were not read.
    pub files_not_read: usize,
    /// Tables that lie in a project, such as data of a program or pages about it, which were not taken.
    pub left_alone: Vec<LeftAlone>,
    /// Every entry of the stack file, with its guesses.
    pub entries: Vec<EntryReport>,
    /// What gave nothing, by kind and reason.
    pub dropped: Vec<Dropped>,
    /// Values that are never carried over, by field, and how many there were.
    pub left_out: Vec<LeftOutField>,
    /// What is wrong with the inputs.
    pub diagnostics: Vec<Problem>,
    /// What the inputs do not say, the most important first.
    pub questions: Vec<Question>,
    /// Workflows that are on, that do not say so, and that are off.
    #[serde(skip)]
    pub(super) states: [usize; 3],
    /// Whether it is about a stack file that was there.
    #[serde(skip)]
    pub(super) is_merge: bool,
}

/// One input. Law: the leaves (`steps`) are taken, merged or dropped, and the counts add up.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Input {
    /// Its name; an entry of an archive as `archive.zip:entry`.
    pub file: String,
    /// Its format.
    pub format: &'static str,
    /// The sign by which the format was known.
    pub sign: String,
    /// How much of what it holds.
    pub units: BTreeMap<&'static str, usize>,
    /// Leaves that are the first to speak of an entry.
    pub taken: usize,
    /// Leaves that speak of entries which others gave.
    pub merged: usize,
    /// Leaves that give nothing.
    pub dropped: usize,
    /// Columns of its own, which nothing reads: their cells are keys that begin with `x-`.
    pub own_columns: Vec<String>,
    /// What was named for it: itself, or the folder or archive that it is in.
    #[serde(skip)]
    pub(super) within: String,
}

/// A file that could be read, and was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeftAlone {
    /// Its name; an entry of an archive as `archive.zip:entry`.
    pub file: String,
    /// Why it was not taken.
    pub why: String,
    /// What reads it all the same; of an archive, once it is unpacked.
    pub command: String,
}

/// One entry of the stack file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryReport {
    /// Its kind and id, such as `flow google-sheets->jira:row`.
    pub entry: String,
    /// What the import did with it: `new`; of a stack file that was there also `updated`, `same`, `kept` (something of it
    /// stands as a hand wrote it, or took it out), `conflict` (the same, and the inputs have changed too) and `gone` (no
    /// input has it any more).
    pub state: &'static str,
    /// Where it was found first.
    pub at: String,
    /// What of it is a guess.
    pub guessed: Vec<Guess>,
    /// Values that were changed by hand and in the inputs, or that inputs state differently.
    pub conflicts: Vec<Conflict>,
    /// Values that stand as a hand wrote them, though the inputs say something else.
    pub kept: Vec<KeptValue>,
    /// Why the whole entry was kept, or what became of it as it is gone.
    pub why: Option<String>,
}

/// A value of which two say different things. That of the stack file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conflict {
    /// The key, `contract.cost`.
    pub key: String,
    /// What the stack file says; `null` where it says nothing, or where only inputs differ.
    pub yours: Option<String>,
    /// What the inputs say now.
    pub input: Option<String>,
    /// What they said last time.
    pub before: Option<String>,
    /// What the inputs state, with the places; where only inputs differ, one of these was taken.
    pub inputs: Vec<InputValue>,
}

/// A value that inputs state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InputValue {
    /// The value.
    pub value: String,
    /// Where it stands, the first places: `tools.csv: B7`.
    pub at: Vec<String>,
    /// Whether it is the one that was written.
    pub taken: bool,
}

/// A value of the stack file that stands, though the inputs say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeptValue {
    /// The key.
    pub key: String,
    /// What the stack file says; `null` where it says nothing.
    pub yours: Option<String>,
    /// What the inputs say.
    pub input: Option<String>,
    /// Why it stands.
    pub why: String,
}

/// A value that was inferred.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Guess {
    /// The key, or `flow` or `system` for the entry itself.
    pub key: String,
    /// What was written.
    pub value: Option<String>,
    /// The words that were read as it.
    pub said: Option<String>,
    /// Why it is a guess.
    pub why: String,
}

/// Things of one kind that gave nothing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Dropped {
    /// What they are.
    pub what: String,
    /// How many.
    pub count: usize,
    /// The first places.
    pub at: Vec<String>,
    /// Why they give nothing.
    pub why: String,
}

/// A field whose values are never carried over.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LeftOutField {
    /// The field.
    pub field: String,
    /// How many values it had.
    pub count: usize,
}

/// Something that the inputs do not say.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Question {
    /// Stable name.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Where to write the answer.
    pub place: String,
    /// Plausible answers.
    pub answers: Vec<String>,
    /// What the answer is worth a year; `null` until the plan has been computed.
    pub worth: Option<f64>,
    /// Whether the worth is exact.
    pub exact: bool,
}

/// Places that are shown of things that were dropped.
const PLACES: usize = 3;

/// What was dropped, by kind and reason.
pub(super) fn dropped(draft: &Draft) -> Vec<Dropped> {
    let mut all: BTreeMap<(&str, &str), Dropped> = BTreeMap::new();
    for unit in &draft.units {
        let Fate::Dropped { what, at, why } = &unit.fate else { continue };
        let group = all.entry((what, why)).or_insert_with(|| Dropped {
            what: (*what).to_owned(),
            count: 0,
            at: Vec::new(),
            why: (*why).to_owned(),
        });
        group.count += 1;
        if group.at.len() < PLACES && !group.at.contains(at) {
            group.at.push(at.clone());
        }
    }
    let mut all: Vec<Dropped> = all.into_values().collect();
    all.sort_by(|a, b| {
        (std::cmp::Reverse(a.count), &a.what, &a.why).cmp(&(std::cmp::Reverse(b.count), &b.what, &b.why))
    });
    all
}

/// Every entry by its kind and id.
pub(super) fn each<'d>(draft: &'d Draft, ids: &Ids<'d>) -> Vec<(String, &'d Entry)> {
    let mut all: Vec<(String, &Entry)> =
        ids.systems().into_iter().map(|(key, id)| (format!("system {id}"), &draft.systems[key].entry)).collect();
    all.extend(draft.teams.iter().map(|(key, team)| (format!("team {}", ids.team(key)), &team.entry)));
    all.extend(draft.data.iter().map(|(id, entry)| (format!("data {id}"), entry)));
    for (key, flow, own) in &ids.flows {
        let id = own.clone().unwrap_or_else(|| ids.default_id(key));
        all.push((format!("flow {id}"), &flow.entry));
    }
    all.extend(draft.processes.iter().map(|(id, process)| (format!("process {id}"), &process.entry)));
    all
}

/// The entries of the stack file, in its order.
pub(super) fn entries(draft: &Draft, ids: &Ids<'_>) -> Vec<EntryReport> {
    let mut all = Vec::new();
    let settings: Vec<Conflict> = draft.disputes().iter().map(Dispute::conflict).collect();
    if !settings.is_empty() {
        all.push(EntryReport { conflicts: settings, ..EntryReport::of("settings".to_owned(), "conflict") });
    }
    for (key, id) in ids.systems() {
        let system = &draft.systems[key];
        let mut guessed = guesses(&system.entry, "system");
        if let Some(why) = system.named.guess {
            let key = if system.named.product.is_some() { "product" } else { "kind" };
            guessed.insert(0, guess(key, system.named.product.clone(), why));
        }
        if system.named.is_unknown() {
            guessed.insert(0, guess("kind", Some("other".into()), "nothing is known of this name"));
        }
        all.push(entry(format!("system {id}"), &system.entry, guessed));
    }
    for (key, team) in &draft.teams {
        all.push(entry(format!("team {}", ids.team(key)), &team.entry, guesses(&team.entry, "team")));
    }
    for (id, object) in &draft.data {
        all.push(entry(format!("data {id}"), object, guesses(object, "data")));
    }
    for (key, flow, own) in &ids.flows {
        let mut guessed = guesses(&flow.entry, "flow");
        let why = match flow.standing {
            Standing::TakenAsLive => Some("the input does not say whether it is switched on"),
            Standing::StartedByHand => Some("its workflow is off, and somebody starts it by hand"),
            Standing::Live | Standing::Planned | Standing::Off => None,
        };
        guessed.extend(why.map(|why| guess("status", Some("live".into()), why)));
        let id = own.clone().unwrap_or_else(|| ids.default_id(key));
        all.push(entry(format!("flow {id}"), &flow.entry, guessed));
    }
    for (id, process) in &draft.processes {
        all.push(entry(format!("process {id}"), &process.entry, guesses(&process.entry, "process")));
    }
    all
}

fn entry(name: String, entry: &Entry, guessed: Vec<Guess>) -> EntryReport {
    let at = entry.origins.first().map(|origin| format!("{}: {}", origin.file, origin.at)).unwrap_or_default();
    let conflicts: Vec<Conflict> = entry.disputes().iter().map(Dispute::conflict).collect();
    let state = if conflicts.is_empty() { "new" } else { "conflict" };
    EntryReport { at, guessed, conflicts, ..EntryReport::of(name, state) }
}

fn guess(key: &str, value: Option<String>, why: &str) -> Guess {
    Guess { key: key.to_owned(), value, said: None, why: why.to_owned() }
}

fn guesses(entry: &Entry, itself: &str) -> Vec<Guess> {
    let fields = entry.fields.iter().filter_map(|(key, given)| {
        let value = match &given.value {
            Value::Text(text)
            | Value::Literal(text)
            | Value::Money(text, _)
            | Value::Team(text)
            | Value::System(text) => text.clone(),
            Value::Systems(keys) => keys.join(", "),
        };
        Some(Guess {
            key: key.split('.').next().unwrap_or(key).to_owned(),
            value: Some(value),
            said: given.said.clone(),
            why: given.guess?.to_owned(),
        })
    });
    fields.chain(entry.itself.map(|why| guess(itself, None, why))).collect()
}

impl EntryReport {
    /// An entry of which no more is said.
    pub(super) fn of(entry: String, state: &'static str) -> Self {
        Self {
            entry,
            state,
            at: String::new(),
            guessed: Vec::new(),
            conflicts: Vec::new(),
            kept: Vec::new(),
            why: None,
        }
    }
}

impl LeftAlone {
    /// A table in a project with files of these formats; `within` is what was named on the command line.
    pub(super) fn in_project(within: &str, file: String, formats: &BTreeSet<&'static str>) -> Self {
        let formats: Vec<&str> = formats.iter().copied().collect();
        let path = match file.rsplit_once(':') {
            Some((_, unpacked)) => unpacked.to_owned(),
            None if within == "." => file.clone(),
            None => format!("{within}/{file}"),
        };
        let why = format!("it lies in a project ({})", formats.join(", "));
        Self { file, why, command: format!("sinew import table {}", quoted(&path)) }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '…');
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

impl Input {
    /// An input of which nothing is counted yet.
    pub(super) fn unread(file: String, format: &'static str, sign: String, within: String) -> Self {
        let (units, own_columns) = (BTreeMap::new(), Vec::new());
        Self { file, format, sign, units, taken: 0, merged: 0, dropped: 0, own_columns, within }
    }

    pub(super) fn tallied(mut self, tally: Tally) -> Self {
        (self.taken, self.merged, self.dropped) = (tally.taken, tally.merged, tally.dropped);
        self
    }
}

/// Inputs that are shown one by one; of more only their sum.
const INPUTS: usize = 20;

impl ImportReport {
    /// Whether two say different things of one value.
    #[must_use]
    pub fn has_conflicts(&self) -> bool {
        self.entries.iter().any(|entry| entry.state == "conflict")
    }

    /// The report for people: what was read, what was guessed and dropped, what to ask.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let [on, silent, off] = self.states;
        if on == 0 && silent + off > 0 {
            out.push_str(&match off {
                0 => "No workflow says that it is switched on: all are taken as live, which is a guess.\n".to_owned(),
                _ => format!("No workflow says that it is switched on: {off} off, {silent} that do not say.\n"),
            });
        }
        self.inputs_text(&mut out);
        self.guesses_text(&mut out);
        self.merge_text(&mut out);
        for group in &self.dropped {
            let (what, at) = (counted(group.count, &group.what), group.at.join("; "));
            let more = if group.count > group.at.len() { "; …" } else { "" };
            out.push_str(&format!("dropped: {what}, {} ({at}{more})\n", group.why));
        }
        for field in &self.left_out {
            out.push_str(&format!("left out: {} of {}\n", counted(field.count, "value"), field.field));
        }
        for problem in &self.diagnostics {
            out.push_str(&problem.text());
        }
        for (number, question) in self.questions.iter().enumerate() {
            let answers = match question.answers.as_slice() {
                [] => String::new(),
                answers => format!(" ({})", answers.join(", ")),
            };
            out.push_str(&format!("{}. {}{answers} {}\n", number + 1, question.ask, question.place));
        }
        out
    }

    fn inputs_text(&self, out: &mut String) {
        if self.inputs.len() <= INPUTS {
            for input in &self.inputs {
                out.push_str(&input.text());
            }
        }
        let mut sums: BTreeMap<&str, (usize, Input)> = BTreeMap::new();
        for input in &self.inputs {
            let (files, sum) = sums.entry(input.format).or_insert_with(|| {
                let whole = input.clone();
                (0, Input::unread(whole.file, whole.format, whole.sign, whole.within))
            });
            *files += 1;
            for (unit, count) in &input.units {
                *sum.units.entry(unit).or_default() += count;
            }
            sum.taken += input.taken;
            sum.merged += input.merged;
            sum.dropped += input.dropped;
        }
        for (format, (files, mut sum)) in sums.into_iter().filter(|(_, (files, _))| *files > 1) {
            sum.file = counted(files, "file");
            sum.sign = format.to_owned();
            out.push_str(&sum.text());
        }
        if self.files_not_read > 0 {
            out.push_str(&format!("not read: {} of no known format\n", counted(self.files_not_read, "file")));
        }
        self.left_alone_text(out);
    }

    fn left_alone_text(&self, out: &mut String) {
        for of_why in self.left_alone.chunk_by(|a, b| a.why == b.why) {
            let (first, count) = (&of_why[0], of_why.len());
            let shown: Vec<&str> = of_why.iter().take(PLACES).map(|one| one.file.as_str()).collect();
            let (more, they) =
                (if count > PLACES { "; …" } else { "" }, if count > 1 { "they lie" } else { "it lies" });
            out.push_str(&format!(
                "left alone: {}, as {} ({}{more})\n  = help: `{}` reads {}{}\n",
                counted(count, "table"),
                first.why.replacen("it lies", they, 1),
                shown.join("; "),
                first.command,
                if count > 1 { "the first" } else { "it" },
                if first.file.contains(':') { ", once it is unpacked" } else { "" }
            ));
        }
    }

    /// What became of entries that were there: conflicts one by one, the rest as counts with the first of them.
    fn merge_text(&self, out: &mut String) {
        let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        for entry in &self.entries {
            for Conflict { key, yours, input, before, inputs } in &entry.conflicts {
                let values: Vec<String> = inputs.iter().map(InputValue::text).collect();
                out.push_str(&match (yours, input, before) {
                    (None, None, None) => format!("conflict: {}: {key}: {}\n", entry.entry, values.join(", ")),
                    _ => format!(
                        "conflict: {}: {key}: yours {}, input {}, before {}\n",
                        entry.entry,
                        said(yours),
                        said(input),
                        said(before)
                    ),
                });
            }
        }
        let mut groups: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|_| self.is_merge) {
            for KeptValue { key, yours, input, why } in &entry.kept {
                let values = format!("{}: {key}: yours {}, input {}", entry.entry, said(yours), said(input));
                groups.entry(("kept", why)).or_default().push(values);
            }
            if let ("kept" | "gone" | "new" | "updated", true) = (entry.state, entry.kept.is_empty()) {
                let why = entry.why.as_deref().unwrap_or_default();
                groups.entry((entry.state, why)).or_default().push(entry.entry.clone());
            }
        }
        for ((state, why), all) in groups {
            let more = if all.len() > PLACES { "; …" } else { "" };
            let what = if state == "kept" && all[0].contains(": yours") { "value" } else { "entry" };
            let why = if why.is_empty() { String::new() } else { format!(", {why}") };
            let shown = all[..all.len().min(PLACES)].join("; ");
            out.push_str(&format!("{state}: {}{why} ({shown}{more})\n", counted(all.len(), what)));
        }
        if self.is_merge && !self.entries.is_empty() {
            let count = |state| self.entries.iter().filter(|entry| entry.state == state).count();
            out.push_str(&format!("unchanged: {}\n", counted(count("same"), "entry")));
        }
    }

    fn guesses_text(&self, out: &mut String) {
        let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        // What was there is known already.
        for entry in self.entries.iter().filter(|entry| !self.is_merge || entry.state == "new") {
            for guess in &entry.guessed {
                groups.entry((&guess.key, &guess.why)).or_default().push(&entry.entry);
            }
        }
        for ((key, why), entries) in groups {
            let more = if entries.len() > PLACES { "; …" } else { "" };
            let shown = entries[..entries.len().min(PLACES)].join("; ");
            out.push_str(&format!("guessed: {key} of {}, {why} ({shown}{more})\n", counted(entries.len(), "entry")));
        }
    }
}

impl InputValue {
    /// `110000 (b.csv: C2; taken)`.
    pub(super) fn text(&self) -> String {
        let taken = self.taken.then(|| "taken".to_owned());
        let about: Vec<String> = self.at.iter().cloned().chain(taken).collect();
        if about.is_empty() { self.value.clone() } else { format!("{} ({})", self.value, about.join("; ")) }
    }
}

impl ImportReport {
    /// Adds what another import did into the same stack file.
    pub fn add(&mut self, other: Self) {
        self.sinew = self.sinew.max(other.sinew);
        self.inputs.extend(other.inputs);
        self.inputs.sort_by(|a, b| a.file.cmp(&b.file));
        self.files_not_read += other.files_not_read;
        self.left_alone.extend(other.left_alone);
        self.entries.extend(other.entries);
        self.dropped.extend(other.dropped);
        self.left_out.extend(other.left_out);
        self.diagnostics.extend(other.diagnostics);
        self.questions.extend(other.questions);
        self.states = std::array::from_fn(|at| self.states[at] + other.states[at]);
        self.is_merge |= other.is_merge;
    }

    /// The report of an input whose rows are all entries of the stack, such as a workbook of ours.
    #[must_use]
    pub fn of_rows(file: &str, format: &'static str, sign: &str, rows: usize, left_out: Vec<LeftOutField>) -> Self {
        let mut input = Input::unread(file.to_owned(), format, sign.to_owned(), file.to_owned());
        (input.units, input.taken) = (BTreeMap::from([("rows", rows)]), rows);
        Self { sinew: 1, inputs: vec![input], left_out, ..Self::default() }
    }
}

impl Input {
    fn text(&self) -> String {
        let units: Vec<String> = self.units.iter().map(|(unit, count)| counted(*count, &singular(unit))).collect();
        format!(
            "{} [{}]: {}; {} taken, {} merged, {} dropped\n",
            self.file,
            self.format,
            units.join(", "),
            self.taken,
            self.merged,
            self.dropped
        ) + &self.own_text()
    }

    /// Columns that nothing reads, with how to say what one of them holds.
    fn own_text(&self) -> String {
        let Some(first) = self.own_columns.first() else { return String::new() };
        let names = self.own_columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let option = format!("{first}=FIELD").replace('\'', "'\\''");
        let columns = counted(self.own_columns.len(), "column");
        format!("not understood, and kept as `x-` keys: {columns}, {names}; `--map '{option}'` says what one holds\n")
    }
}

/// The JSON Schema (draft 2020-12) of what `sinew import --report FILE` writes.
#[must_use]
pub fn import_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<ImportReport>();
    schema.insert("$id".into(), "urn:sinew:import:1".into());
    schema.to_value()
}
