//! A draft as the text of a stack file: what people would write, with its origin and its guesses.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::draft::{Draft, DraftFlow, DraftSystem, Entry, EntryKey, FlowKey, Origin, Standing, Value};
use super::merge::Ids;
use super::rate;
use crate::model::yaml_text;

/// A stack file, and the line of each of its entries.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) lines: BTreeMap<EntryKey, usize>,
    /// Where each entry was found, by the line on which its own keys begin.
    pub(super) origins: BTreeMap<usize, BTreeSet<Origin>>,
}

/// Writes `draft`; `as_of` is today for all date rules, and when the inputs were seen.
pub(super) fn write(draft: &Draft, ids: &Ids<'_>, as_of: Option<Date>) -> Text {
    let mut out = Writer { text: String::new(), line: 1, lines: BTreeMap::new(), origins: BTreeMap::new(), as_of };
    out.head();
    if !draft.systems.is_empty() {
        out.push("\nsystems:");
        for (key, id) in ids.systems() {
            out.lines.insert(EntryKey::System(key.to_owned()), out.line);
            out.system(id, &draft.systems[key]);
        }
    }
    if !draft.data.is_empty() {
        out.push("\ndata:");
        for (id, entry) in &draft.data {
            out.object(id, entry);
        }
    }
    if !ids.flows.is_empty() {
        out.push("\nflows:");
        for (key, flow, own) in &ids.flows {
            out.lines.insert(EntryKey::Flow(Box::new((*key).clone())), out.line);
            out.flow(ids, key, flow, own.as_deref());
        }
    }
    Text { text: out.text, lines: out.lines, origins: out.origins }
}

struct Writer {
    text: String,
    /// The line that comes next, from 1.
    line: usize,
    lines: BTreeMap<EntryKey, usize>,
    origins: BTreeMap<usize, BTreeSet<Origin>>,
    as_of: Option<Date>,
}

impl Writer {
    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.line += 1 + line.matches('\n').count();
    }

    fn head(&mut self) {
        self.push("# Written by `sinew import`. What is a guess is listed under `guessed` of its entry:");
        self.push("# take a word off the list once somebody has confirmed it.");
        self.push("sinew: 1");
        self.push("name: Imported stack");
        match self.as_of {
            Some(day) => self.push(&format!("as_of: {day}")),
            None => self.push("# as_of: 2026-11-27     # today for all date rules"),
        }
        self.push("# currency: USD");
        self.push("# hourly_rate: 85       # loaded cost of an hour of manual work; without it no cost is known");
    }

    fn system(&mut self, id: &str, system: &DraftSystem) {
        let named = &system.named;
        let (mut pairs, mut guessed) = (Vec::new(), Vec::new());
        match (&named.product, named.kind) {
            (Some(product), _) => {
                pairs.push(("product", yaml_text(product)));
                if named.guess.is_some() {
                    guessed.push("product");
                }
            }
            (None, Some(kind)) => {
                pairs.push(("kind", kind.as_str().to_owned()));
                if named.guess.is_some() {
                    guessed.push("kind");
                }
                pairs.push(("name", yaml_text(&named.name)));
            }
            (None, None) => {
                pairs.push(("kind", "other".to_owned()));
                guessed.push("kind");
                pairs.push(("name", yaml_text(&named.name)));
            }
        }
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(4, pairs, guessed, "system", &system.entry);
    }

    fn object(&mut self, id: &str, entry: &Entry) {
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(4, Vec::new(), Vec::new(), "data", entry);
    }

    fn flow(&mut self, ids: &Ids<'_>, key: &FlowKey, flow: &DraftFlow, own: Option<&str>) {
        let mut pairs = Vec::new();
        if let Some(own) = own {
            pairs.push(("id", yaml_text(own)));
        }
        pairs.push(("from", yaml_text(ids.system(&key.from))));
        pairs.push(("to", yaml_text(ids.system(&key.to))));
        let data: Vec<String> = key.data.iter().map(|id| yaml_text(id)).collect();
        pairs.push(("data", format!("[{}]", data.join(", "))));
        pairs.push(("mechanism", key.mechanism.as_str().to_owned()));
        if let Some(through) = &key.through {
            pairs.push(("through", yaml_text(ids.system(through))));
        }
        if let Some(runs) = flow.runs {
            pairs.push(("runs", rate::words(runs)));
        }
        let mut guessed = Vec::new();
        match flow.standing {
            Standing::Live => {}
            Standing::TakenAsLive => {
                pairs.push(("status", "live".to_owned()));
                guessed.push("status");
            }
            Standing::Planned => pairs.push(("status", "planned".to_owned())),
            Standing::Off => pairs.push(("status", "off".to_owned())),
        }
        let at = self.text.len();
        self.entry(4, pairs, guessed, "flow", &flow.entry);
        self.text.replace_range(at..at + 4, "  - ");
    }

    /// The keys of an entry, one a line, and its basis.
    fn entry(
        &mut self,
        depth: usize,
        mut pairs: Vec<(&'static str, String)>,
        mut guessed: Vec<&'static str>,
        itself: &'static str,
        entry: &Entry,
    ) {
        let indent = " ".repeat(depth);
        self.origins.insert(self.line, entry.origins.clone());
        for (key, given) in &entry.fields {
            if given.guess.is_some() {
                guessed.push(key);
            }
            if pairs.iter().any(|(known, _)| known == key) {
                continue;
            }
            let value = match &given.value {
                Value::Text(text) => yaml_text(text),
                Value::Literal(literal) => literal.clone(),
            };
            pairs.push((key, value));
        }
        if entry.itself.is_some() {
            guessed.push(itself);
        }
        for (key, value) in pairs {
            let said = entry.fields.get(key).and_then(|given| given.said.as_ref());
            let comment = said.map(|said| format!("  # \"{said}\"")).unwrap_or_default();
            self.push(&format!("{indent}{key}: {value}{comment}"));
        }
        if let Some(basis) = self.basis(&guessed, entry) {
            self.push(&format!("{indent}basis: {basis}"));
        }
    }

    fn basis(&self, guessed: &[&str], entry: &Entry) -> Option<String> {
        let first = entry.origins.first()?;
        let mut files: Vec<&str> = entry.origins.iter().map(|origin| origin.file.as_str()).collect();
        files.dedup();
        let from = match files.len() {
            1 => files[0].to_owned(),
            more => format!("{} and {} more", files[0], more - 1),
        };
        let mut places: Vec<&str> = entry.origins.iter().map(|origin| origin.at.as_str()).collect();
        places.dedup();
        let mut at = places[..places.len().min(3)].join("; ");
        if places.len() > 3 {
            at.push_str(&format!(" and {} more", places.len() - 3));
        }
        let mut parts = vec![format!("from: {}", yaml_text(&from)), format!("at: {}", yaml_text(&at))];
        if let Some(day) = self.as_of {
            parts.push(format!("seen: {day}"));
        }
        if !guessed.is_empty() {
            parts.push(format!("guessed: [{}]", guessed.join(", ")));
        }
        parts.push(format!("key: {}", yaml_text(&first.key)));
        Some(format!("{{ {} }}", parts.join(", ")))
    }
}
