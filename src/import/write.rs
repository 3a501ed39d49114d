//! A draft as the text of a stack file: what people would write, with its origin and its guesses.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::draft::{
    Draft, DraftFlow, DraftNeed, DraftProcess, DraftSystem, DraftTeam, Entry, EntryKey, FlowKey, Given, Origin,
    Standing, Value,
};
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
    out.head(ids, draft);
    if !draft.teams.is_empty() {
        out.push("\nteams:");
        for (key, team) in &draft.teams {
            out.lines.insert(EntryKey::Team(key.clone()), out.line);
            out.team(ids, ids.team(key), team);
        }
    }
    if !draft.systems.is_empty() {
        out.push("\nsystems:");
        for (key, id) in ids.systems() {
            out.lines.insert(EntryKey::System(key.to_owned()), out.line);
            out.system(ids, id, &draft.systems[key]);
        }
    }
    if !draft.data.is_empty() {
        out.push("\ndata:");
        for (id, entry) in &draft.data {
            out.lines.insert(EntryKey::Data(id.clone()), out.line);
            out.object(ids, id, entry);
        }
    }
    if !ids.flows.is_empty() {
        out.push("\nflows:");
        for (key, flow, own) in &ids.flows {
            out.lines.insert(EntryKey::Flow(Box::new((*key).clone())), out.line);
            out.flow(ids, key, flow, own.as_deref());
        }
    }
    if !draft.processes.is_empty() {
        out.push("\nprocesses:");
        for (key, process) in &draft.processes {
            out.lines.insert(EntryKey::Process(key.clone()), out.line);
            out.process(ids, key, process);
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

    fn head(&mut self, ids: &Ids<'_>, draft: &Draft) {
        self.push("# Written by `sinew import`. What is a guess is listed under `guessed` of its entry:");
        self.push("# take a word off the list once somebody has confirmed it.");
        self.push("sinew: 1");
        let day = self.as_of.map(|day| Given::stated(Value::Literal(day.to_string())));
        for (key, absent) in [
            ("name", "name: Imported stack"),
            ("as_of", "# as_of: 2026-11-27     # today for all date rules"),
            ("currency", "# currency: USD"),
            (
                "hourly_rate",
                "# hourly_rate: 85       # loaded cost of an hour of manual work; without it no cost is known",
            ),
            ("error_minutes", ""),
        ] {
            let given = day.as_ref().filter(|_| key == "as_of").or_else(|| draft.settings.get(key));
            match given {
                Some(given) => {
                    self.lines.insert(EntryKey::Setting(key), self.line);
                    self.push(&format!("{key}: {}{}", written(ids, &given.value), comment(Some(given))));
                }
                None if absent.is_empty() => {}
                None => self.push(absent),
            }
        }
        if !draft.catalogs.is_empty() {
            let files: Vec<String> = draft.catalogs.iter().map(|file| yaml_text(file)).collect();
            self.push(&format!("catalog: [{}]", files.join(", ")));
        }
    }

    fn team(&mut self, ids: &Ids<'_>, id: &str, team: &DraftTeam) {
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(ids, 4, vec![("name", yaml_text(&team.name))], Vec::new(), "team", &team.entry);
    }

    fn process(&mut self, ids: &Ids<'_>, id: &str, process: &DraftProcess) {
        let need = |need: &DraftNeed| {
            let age = need.max_age.as_ref().map(|age| format!(", max_age: {age}")).unwrap_or_default();
            format!("{{ data: {}, at: {}{age} }}", yaml_text(&need.data), yaml_text(ids.system(&need.at)))
        };
        let mut either: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut needs = Vec::new();
        for one in &process.needs {
            match &one.either {
                Some(mark) => either.entry(mark).or_default().push(need(one)),
                None => needs.push(need(one)),
            }
        }
        for mut any in either.into_values() {
            if any.len() > 1 {
                needs.push(format!("{{ any_of: [{}] }}", any.join(", ")));
            } else {
                needs.append(&mut any);
            }
        }
        let mut pairs = vec![("name", yaml_text(&process.name))];
        if !needs.is_empty() {
            let lines: Vec<String> = needs.iter().map(|need| format!("\n      - {need}")).collect();
            pairs.push(("needs", lines.concat()));
        }
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(ids, 4, pairs, Vec::new(), "process", &process.entry);
    }

    fn system(&mut self, ids: &Ids<'_>, id: &str, system: &DraftSystem) {
        let named = &system.named;
        let (mut pairs, mut guessed) = (Vec::new(), Vec::new());
        let name = if named.name.trim().is_empty() { id } else { &named.name };
        match (&named.product, named.kind) {
            (Some(product), _) => {
                pairs.push(("product", yaml_text(product)));
                if named.guess.is_some() {
                    guessed.push("product");
                }
                if let Some(called) = &system.called {
                    pairs.push(("name", yaml_text(called)));
                }
            }
            (None, Some(kind)) => {
                pairs.push(("kind", kind.as_str().to_owned()));
                if named.guess.is_some() {
                    guessed.push("kind");
                }
                pairs.push(("name", yaml_text(name)));
            }
            (None, None) => {
                pairs.push(("kind", "other".to_owned()));
                guessed.push("kind");
                pairs.push(("name", yaml_text(name)));
            }
        }
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(ids, 4, pairs, guessed, "system", &system.entry);
    }

    fn object(&mut self, ids: &Ids<'_>, id: &str, entry: &Entry) {
        self.push(&format!("  {}:", yaml_text(id)));
        self.entry(ids, 4, Vec::new(), Vec::new(), "data", entry);
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
            Standing::TakenAsLive | Standing::StartedByHand => {
                pairs.push(("status", "live".to_owned()));
                guessed.push("status");
            }
            Standing::Planned => pairs.push(("status", "planned".to_owned())),
            Standing::Off => pairs.push(("status", "off".to_owned())),
        }
        let at = self.text.len();
        self.entry(ids, 4, pairs, guessed, "flow", &flow.entry);
        self.text.replace_range(at..at + 4, "  - ");
    }

    /// The keys of an entry, one a line, and its basis.
    fn entry(
        &mut self,
        ids: &Ids<'_>,
        depth: usize,
        mut pairs: Vec<(&'static str, String)>,
        mut guessed: Vec<&'static str>,
        itself: &'static str,
        entry: &Entry,
    ) {
        let indent = " ".repeat(depth);
        self.origins.insert(self.line, entry.origins.clone());
        let mut fields: Vec<(&'static str, &Given)> = entry.fields.iter().map(|(key, given)| (*key, given)).collect();
        fields.sort_by_key(|(key, _)| (ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()), *key));
        for (key, given) in fields {
            let outer = key.split('.').next().unwrap_or(key);
            if given.guess.is_some() && !guessed.contains(&outer) {
                guessed.push(outer);
            }
            if !pairs.iter().any(|(known, _)| *known == key) {
                pairs.push((key, written(ids, &given.value)));
            }
        }
        if entry.itself.is_some() {
            guessed.push(itself);
        }
        let mut within = "";
        for (key, value) in pairs {
            let comment = comment(entry.fields.get(key));
            let space = if value.starts_with('\n') { "" } else { " " };
            match key.split_once('.') {
                Some((outer, inner)) => {
                    if within != outer {
                        self.push(&format!("{indent}{outer}:"));
                    }
                    within = outer;
                    self.push(&format!("{indent}  {inner}:{space}{value}{comment}"));
                }
                None => self.push(&format!("{indent}{key}:{space}{value}{comment}")),
            }
        }
        for (key, value) in &entry.extras {
            self.push(&format!("{indent}{}: {}", yaml_text(key), written(ids, value)));
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
        // Rows of a text by their number: row 10 stands behind row 9.
        let row = |place: &str| place.strip_prefix("row ").and_then(|number| number.parse::<u64>().ok());
        if places.iter().all(|place| row(place).is_some()) {
            places.sort_by_key(|place| row(place));
        }
        let mut at = places[..places.len().min(3)].join("; ");
        if places.len() > 3 {
            at.push_str(&format!(" and {} more", places.len() - 3));
        }
        let mut parts = vec![format!("from: {}", yaml_text(&from))];
        // Of a name nothing may be left that can be shown.
        if !at.trim().is_empty() {
            parts.push(format!("at: {}", yaml_text(&at)));
        }
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

/// The order of keys within an entry; others stand behind them by name.
const ORDER: [&str; 38] = [
    "product",
    "kind",
    "name",
    "vendor",
    "ai",
    "people",
    "hourly_rate",
    "owner",
    "budget_owner",
    "domain",
    "status",
    "audience_facing",
    "personal",
    "content",
    "depends_on",
    "availability",
    "from",
    "to",
    "data",
    "mechanism",
    "through",
    "performer",
    "runs",
    "minutes",
    "records",
    "error_rate",
    "delay",
    "review.by",
    "security_review",
    "vendor_review.last",
    "vendor_review.every",
    "contract.renews",
    "contract.cost",
    "quality_standard",
    "runbook",
    "outage_cost",
    "tolerates",
    "notes",
];

/// A value as the file has it.
fn written(ids: &Ids<'_>, value: &Value) -> String {
    match value {
        Value::Text(text) => yaml_text(text),
        Value::Literal(literal) | Value::Money(literal, _) => literal.clone(),
        Value::Team(key) => yaml_text(ids.team(key)),
        Value::System(key) => yaml_text(ids.system(key)),
        Value::Systems(keys) => {
            let ids: Vec<String> = keys.iter().map(|key| yaml_text(ids.system(key))).collect();
            format!("[{}]", ids.join(", "))
        }
    }
}

/// The words that were read as a value, at the end of its line.
fn comment(given: Option<&Given>) -> String {
    let said = given.and_then(|given| given.said.as_ref());
    said.map(|said| format!("  # \"{said}\"")).unwrap_or_default()
}
