//! An answer: what was asked for in full, and the page of it that a reply has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::cut::{LINES, lines, page};
use super::desk::{Embedded, Reply};
use super::shelf::{Opened, Shelved};
use crate::analysis::{Analysis, Finding};
use crate::ask::Refused;
use crate::model::Stack;
use crate::report::document::{Document, markdown};
use crate::report::{Assumption, Location, Medium, Report, assumption, told};
use crate::source::Source;

/// Rows of a table that the first text has, where the whole text would be longer than [`SHORT`].
const MOST: usize = 5;
/// Lines of a text that is said whole at once.
const SHORT: usize = 60;
/// Assumptions that a text names before the rest is counted.
const NAMED: usize = 5;

/// The whole answer to a call.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The stack that it is about.
    about: Option<Shelved>,
    /// What the command line prints for programs.
    value: Value,
    /// The same in words, whole.
    text: String,
    /// The same with the first rows of each table.
    brief: Option<String>,
    assumptions: Vec<Value>,
    assumed: Vec<String>,
    not_known: Vec<String>,
    /// Where each entry of the stack is defined, by id.
    places: BTreeMap<String, String>,
    embedded: Option<Embedded>,
}

impl Answer {
    /// The answer that is about no stack.
    pub(super) fn of(value: Value, document: Document) -> Self {
        Self { value, ..Self::in_words(document) }
    }

    /// An answer whose words are this text.
    pub(super) fn told(value: Value, text: String) -> Self {
        Self { value, text, ..Self::default() }
    }

    fn in_words(document: Document) -> Self {
        let text = text_of(&document.clone().whole());
        let is_long = text.lines().count() > SHORT;
        let mut brief = Document { rest: "the next pages have them", ..document.brief(MOST) };
        // How a command shows the rest is no way to ask for it here.
        brief.chapters.retain(|chapter| chapter.id != "rest");
        Self { text, brief: is_long.then(|| text_of(&brief)), ..Self::default() }
    }

    /// The answer that is a report about a stack; `findings` are those of `analysis`.
    pub(super) fn report(
        shelved: &Shelved,
        opened: &Opened,
        (analysis, findings): (&Analysis<'_>, &[Finding]),
        report: &Report,
    ) -> Self {
        // What is assumed stands below every answer, and another tool has the other questions.
        let said = Report { assumptions: None, questions_left_out: None, ..report.clone() };
        let document = told(&said, Medium::Document);
        Self::of(json_of(report), document).about(shelved, opened).resting(analysis, findings, report)
    }

    /// The same with the stack that it is about, and the places of its entries.
    pub(super) fn about(mut self, shelved: &Shelved, opened: &Opened) -> Self {
        self.about = Some(shelved.clone());
        self.places = places(&opened.stack, &opened.source);
        self
    }

    /// The same with what is assumed of that which it names, and what `report` leaves out because nobody stated it.
    pub(super) fn resting(mut self, analysis: &Analysis<'_>, findings: &[Finding], report: &Report) -> Self {
        // They stand beside the answer.
        if let Some(all) = self.value.as_object_mut() {
            all.remove("assumptions");
        }
        let named = ids_in(&self.value, &self.places);
        let is_plan = report.plan.is_some();
        let is_used = |one: &Assumption| match one.used_by.as_slice() {
            [] => is_plan || !one.key.starts_with("plan."),
            some => some.iter().any(|id| named.contains(id.as_str())),
        };
        let used: Vec<Assumption> = assumption::assumptions(analysis, findings).into_iter().filter(is_used).collect();
        self.assumed = used.iter().map(|one| format!("{}: {}", one.subject(), one.taken_as())).collect();
        self.assumptions = used.iter().map(json_of).collect();
        self.not_known = report.unknown();
        self
    }

    /// The same with a file that clients show.
    pub(super) fn showing(self, embedded: Embedded) -> Self {
        Self { embedded: Some(embedded), ..self }
    }

    /// The page that `more` asks for; the first without it. `tool` is what was called.
    pub(super) fn reply(&self, tool: &str, more: Option<&str>) -> Result<Reply, Refused> {
        let mut whole = Map::new();
        whole.insert("answer".into(), self.value.clone());
        if self.about.is_some() {
            whole.insert("assumptions".into(), self.assumptions.clone().into());
            whole.insert("not_known".into(), self.not_known.clone().into());
        }
        let whole = Value::Object(whole);
        let sign = self.sign(&whole);
        let place = match more {
            Some(more) => More::read(more, &sign)?,
            None => More::default(),
        };
        let cut = page(&whole, place.entry);
        let (text, next_line) = self.text_at(place, more.is_none());
        let next = More { entry: cut.next.unwrap_or(usize::MAX), line: next_line.unwrap_or(usize::MAX) };
        let is_last = cut.next.is_none() && next_line.is_none();
        let more = (!is_last).then(|| next.write(&sign));
        let mut structured = match cut.value {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        structured.insert("sinew".into(), 1.into());
        if let Some(shelved) = &self.about {
            structured.insert("stack".into(), json!({ "id": shelved.id, "file": shelved.file }));
            let places: Map<String, Value> = ids_in(&structured["answer"], &self.places)
                .into_iter()
                .filter_map(|id| Some((id.to_owned(), self.places.get(id)?.clone().into())))
                .collect();
            structured.insert("places".into(), places.into());
        }
        structured.insert("more".into(), more.clone().map_or(Value::Null, Value::from));
        structured.insert("left_out".into(), cut.left_out.into());
        let mut text = text;
        if let Some(more) = &more {
            let what = match cut.left_out {
                0 => "more lines".to_owned(),
                1 => "1 more entry".to_owned(),
                some => format!("{some} more entries"),
            };
            text.push_str(&format!("\n{what}: call `{tool}` with the same arguments and `more: {more}`.\n"));
        }
        let embedded = self.embedded.clone().filter(|_| place == More::default());
        Ok(Reply { text, structured: Value::Object(structured), is_error: false, embedded })
    }

    /// The text of a page: the first has the brief where the whole is long, and then the whole follows.
    fn text_at(&self, place: More, is_first: bool) -> (String, Option<usize>) {
        // Below it stand what is assumed, what is not known, and how to get the rest.
        let most = LINES - NAMED - 8;
        if is_first {
            let (mut text, next) = match &self.brief {
                Some(brief) => (lines(brief, 0, most).0, Some(0)),
                None => lines(&self.text, 0, most),
            };
            text.push_str(&self.footing());
            return (text, next);
        }
        if place.line >= self.text.lines().count() {
            return ("The text has ended; the entries go on.\n".to_owned(), None);
        }
        lines(&self.text, place.line, most)
    }

    fn footing(&self) -> String {
        let mut out = String::new();
        if !self.not_known.is_empty() {
            out.push_str(&format!("\nNot known: {}.\n", self.not_known.join(", ")));
        }
        if !self.assumed.is_empty() {
            let more = self.assumed.len().saturating_sub(NAMED);
            let rest = if more > 0 { format!("- and {more} more\n") } else { String::new() };
            let named: String = self.assumed.iter().take(NAMED).map(|one| format!("- {one}\n")).collect();
            out.push_str(&format!("\nAssumed, as the file does not say:\n{named}{rest}"));
        }
        out
    }

    /// What tells this answer from the one that the file would give after a change.
    fn sign(&self, whole: &Value) -> String {
        let mut hash = Sha256::new();
        hash.update(whole.to_string());
        hash.update(&self.text);
        hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Where a page begins, in the entries and in the lines of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct More {
    entry: usize,
    line: usize,
}

impl More {
    fn write(self, sign: &str) -> String {
        let part = |at: usize| if at == usize::MAX { "-".to_owned() } else { at.to_string() };
        format!("{}.{}.{sign}", part(self.entry), part(self.line))
    }

    fn read(text: &str, sign: &str) -> Result<Self, Refused> {
        let part = |text: &str| if text == "-" { Some(usize::MAX) } else { text.parse().ok() };
        let mut parts = text.trim().split('.');
        let read = (|| Some((part(parts.next()?)?, part(parts.next()?)?, parts.next()?.to_owned())))();
        match read {
            Some((entry, line, of)) if of == sign => Ok(Self { entry, line }),
            Some(_) => Err(Refused::because(
                "`more` is of another answer: the arguments are others, or the file was changed since; ask again without `more`",
            )),
            None => Err(Refused::because("`more` is none that an answer gave; ask again without it")),
        }
    }
}

/// Any part of a report as JSON.
pub(super) fn json_of<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The ids of entries among the texts of `value`.
fn ids_in<'v>(value: &'v Value, places: &BTreeMap<String, String>) -> BTreeSet<&'v str> {
    fn walk<'v>(value: &'v Value, places: &BTreeMap<String, String>, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::String(text) if places.contains_key(text) => {
                found.insert(text);
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, places, found)),
            Value::Object(members) => members.values().for_each(|member| walk(member, places, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(value, places, &mut found);
    found
}

/// Where each entry of the stack is defined: `acme.yaml:31:5`, or the cell of a workbook.
fn places(stack: &Stack, source: &Source) -> BTreeMap<String, String> {
    let teams = stack.teams.iter().map(|one| (one.id.to_string(), one.place));
    let data = stack.data.iter().map(|one| (one.id.to_string(), one.place));
    let processes = stack.processes.iter().map(|one| (one.id.to_string(), one.place));
    let systems = stack.systems.iter().map(|one| (one.id.to_string(), one.place));
    let flows = stack.flows.iter().map(|one| (one.id.to_string(), one.place));
    // Systems, flows and teams share one name space; of another kind with the same id they go before.
    let all = data.chain(processes).chain(teams).chain(systems).chain(flows);
    all.map(|(id, place)| (id, Location::of(place, source).to_string())).collect()
}
/// The document as Markdown for an assistant, in which an address is one: no page makes a link of it by itself.
fn text_of(document: &Document) -> String {
    let text = markdown(document);
    ["https", "http"]
        .iter()
        .fold(text, |text, scheme| text.replace(&format!("{scheme}&#58;//"), &format!("{scheme}://")))
}
