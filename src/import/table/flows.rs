//! Rows that are flows.

use super::cell::{Cell, before_numbers, parts, says_nothing};
use super::how::{How, how};
use super::names::System;
use super::reader::{Reader, Row, number, written};
use super::route::{ROUTE, is_both_ways};
use super::systems::share;
use crate::catalog::people::{is_no_rate, meaning};
use crate::import::clean::slug;
use crate::import::draft::{DraftFlow, Entry, EntryKey, FlowKey, Given, Standing, Value};
use crate::import::rate;
use crate::import::recognise::spoken_name;
use crate::model::spoken::{self, Spoken};
use crate::model::{FlowStatus, Mechanism};

/// Pairs of systems that one row may join.
const PAIRS: usize = 50;
/// Why an effort gives guesses.
const EFFORT: &str = "the table has work as a rate, which is runs times minutes";

impl Reader<'_> {
    pub(super) fn flow_row(&mut self, row: &Row) {
        // `A <> B` in one cell names both ends; beside another end it is not clear what goes where.
        for (field, other) in [("from", "to"), ("to", "from")] {
            let Some(cell) = row.get(field).filter(|cell| is_both_ways(&cell.text)) else { continue };
            if row.get(other).is_some() {
                return self.drop_row("flow", row.place.clone(), "one cell names two systems, and another names one");
            }
            return self.route_row(&row.with(ROUTE, cell.clone()).without(field));
        }
        let ends = |reader: &mut Self, field: &str| match row.get(field).cloned() {
            Some(cell) => reader.names.several(&cell.text, reader.left_out),
            None => Vec::new(),
        };
        let (from, to) = (ends(self, "from"), ends(self, "to"));
        if from.is_empty() || to.is_empty() {
            return self.half_a_flow(row, from.first().or(to.first()));
        }
        let pairs: Vec<(&System, &System)> = from.iter().flat_map(|from| to.iter().map(move |to| (from, to))).collect();
        let pairs: Vec<_> = pairs.into_iter().filter(|(from, to)| from.named.key != to.named.key).take(PAIRS).collect();
        if pairs.is_empty() {
            return self.drop_row("flow", row.place.clone(), "it goes from a system to itself");
        }
        let both = row.get("direction").is_some_and(|cell| meaning("direction", &cell.text) == Some("both"));
        let mut entries = Vec::new();
        for (from, to) in pairs {
            entries.extend(self.flow_between(row, from, to));
            if both {
                entries.extend(self.flow_between(row, to, from));
            }
        }
        self.gave(entries);
    }

    /// A row with one end: its system is there, and what is missing is asked.
    fn half_a_flow(&mut self, row: &Row, end: Option<&System>) {
        if let Some(system) = end {
            let about = self.system(system, &row.place);
            let missing = if row.get("from").is_some() { "Where does it go" } else { "Where does it come from" };
            let what = row.get("data").map(|cell| self.left_out.clean(&cell.text)).unwrap_or_default();
            let what = if what.is_empty() { String::new() } else { format!(" \"{what}\"") };
            let ask = format!("{missing}: the flow{what} of {} ({})?", system.named.name, row.place);
            self.ask(2, format!("end:{}", row.place), ask, Some(about), Vec::new());
        }
        self.drop_row("flow", row.place.clone(), "it names only one end");
    }

    pub(super) fn flow_between(&mut self, row: &Row, from: &System, to: &System) -> Vec<EntryKey> {
        // `Via: native destination`, `copied by hand`: no system, but how it moves.
        let row = match row.get("through") {
            Some(cell) if row.get("mechanism").is_none() && self.is_only_how(cell) => {
                &row.with("mechanism", cell.clone()).without("through")
            }
            _ => row,
        };
        let mut entries = vec![self.system(from, &row.place), self.system(to, &row.place)];
        let through = row.get("through").cloned().and_then(|cell| {
            let found = self.names.several(&cell.text, self.left_out);
            found.into_iter().find(|one| ![&from.named.key, &to.named.key].contains(&&one.named.key))
        });
        let named_ends = (&from.named, &to.named);
        // An owner is named of what runs by itself as well.
        let by_person = row.get("performer").is_some() && !row.names_owner
            || ["minutes", "effort"].iter().any(|field| row.get(field).is_some());
        let mechanism = row.get("mechanism").cloned();
        let how = how(mechanism.as_ref(), through.as_ref(), by_person, named_ends, &mut self.names, self.left_out);
        let is_end = |key: &String| [&from.named.key, &to.named.key].contains(&key);
        let through = match through {
            Some(system) => Some(system.named),
            None => how.through.clone(),
        };
        let through = through.filter(|named| !is_end(&named.key) && !how.mechanism.is_manual());
        if let Some(named) = &through {
            let system = System { named: named.clone(), called: None, aside: None, said: None };
            entries.push(self.system(&system, &row.place));
        }
        let mut entry = Entry::default();
        let data = self.objects(row, &mut entry);
        let key = FlowKey {
            from: from.named.key.clone(),
            to: to.named.key.clone(),
            data: data.into_iter().collect(),
            mechanism: how.mechanism,
            through: through.map(|named| named.key),
            apart: String::new(),
        };
        self.mechanism(row, &mut entry, &how, mechanism.as_ref());
        self.work(row, &mut entry, how.mechanism);
        self.figures(row, &mut entry);
        // What stands in brackets in this very row; that of an inventory is noted there.
        let aside = |end: &System, field: &str| {
            let cell = row.get(field).map_or("", |cell| &cell.text);
            end.aside.clone().filter(|aside| cell.contains(aside.as_str()))
        };
        let standing = self.standing(row, &mut entry);
        // The status of what is planned has no key of its own for the day that stands beside it.
        let day =
            row.get("status").filter(|cell| standing == Standing::Planned && cell.text.contains(char::is_numeric));
        let day = day.map(|cell| self.left_out.clean(&cell.text));
        self.remarks(row, &mut entry, &[aside(from, "from"), aside(to, "to"), day]);
        self.cite(row, &mut entry);
        let objects: Vec<&str> = key.data.iter().map(String::as_str).collect();
        let id = format!("flow/{}/{}/{}", slug(&from.named.name, "a"), slug(&to.named.name, "b"), objects.join("+"));
        entry.origins.insert(self.origin(&row.place, &id));
        let key = self.place(key, entry, standing);
        self.ask_of_flow(row, &key, &how, (from, to));
        entries.push(EntryKey::Flow(Box::new(key)));
        entries
    }

    /// Adds the flow; one with the same ends, objects and mechanism is the same only if it is the same work.
    fn place(&mut self, mut key: FlowKey, entry: Entry, standing: Standing) -> FlowKey {
        let flow = DraftFlow { entry, standing, runs: None };
        let plain = key.clone();
        for number in 2.. {
            match self.draft.flows.get(&key) {
                None => break,
                Some(known) if known.entry.fields == flow.entry.fields && known.standing == standing => break,
                Some(_) => key.apart = format!("{}#{number}", plain.apart),
            }
        }
        self.draft.flow(key.clone(), flow);
        key
    }

    /// The objects that a flow carries; `records` where the table does not say.
    fn objects(&mut self, row: &Row, entry: &mut Entry) -> Vec<String> {
        let mut objects: Vec<String> = Vec::new();
        for cell in row.all("data") {
            for part in parts(&cell.text) {
                // A list of short names is one; a sentence with a comma is not.
                let split: Vec<String> = part.split(',').map(|one| one.trim().to_owned()).collect();
                let is_list = split.iter().all(|one| one.split_whitespace().count() <= 3);
                let names = if is_list { split } else { vec![part] };
                for name in names.iter().filter(|name| !says_nothing(name)) {
                    let id = self.object(name, &cell.place);
                    objects.extend(id.filter(|id| !objects.contains(id)));
                }
            }
        }
        if objects.is_empty() {
            let why = "the table does not say what moves";
            entry.set("data", Given::guessed(Value::Literal("records".into()), why));
            objects.extend(self.object("records", &row.place));
        }
        objects
    }

    fn mechanism(&mut self, row: &Row, entry: &mut Entry, how: &How, cell: Option<&Cell>) {
        let said = cell.map(|cell| self.left_out.clean(&cell.text));
        let value = how.mechanism.as_str();
        let said = said.filter(|said| !said.is_empty() && said.to_lowercase() != value);
        entry.set("mechanism", Given { guess: how.guess, value: Value::Literal(value.to_owned()), said });
        let Some(cell) = row.get("performer").cloned() else { return };
        if how.mechanism.is_manual() {
            if let Some(team) = self.team(&cell) {
                entry.set("performer", Given::stated(Value::Team(team)));
            }
        } else {
            // Nobody performs what runs by itself; whoever is named looks after it.
            let name = self.left_out.clean(&cell.text);
            if !name.is_empty() {
                entry.extras.entry("x-responsible".to_owned()).or_insert(Value::Text(name));
            }
        }
    }

    /// How often and how long, from columns of their own or from work that is told as a rate.
    fn work(&mut self, row: &Row, entry: &mut Entry, mechanism: Mechanism) {
        let by_hand = mechanism.is_manual();
        let days = spoken::days_a_year(by_hand);
        let rate_of = move |value: f64| rate::words_by(value, days);
        let no_rate = |cell: &Cell| is_no_rate(&cell.text);
        // What a person does now and then is asked for; of what runs by itself nobody is, and its words are kept.
        if !by_hand && let Some(cell) = row.get("runs").filter(|cell| no_rate(cell)) {
            let said = self.left_out.clean(&cell.text);
            let key = format!("x-{}", slug(&self.header("runs"), "frequency"));
            entry.extras.entry(key).or_insert(Value::Text(said));
        }
        if row.get("runs").is_some_and(|cell| !no_rate(cell)) {
            let per = |cell: &Cell| match &cell.unit {
                Some(unit) if cell.text.parse::<f64>().is_ok() => {
                    format!("{}/{}", cell.text, unit.trim_start_matches("per "))
                }
                _ => cell.text.clone(),
            };
            self.figure(entry, row, ("runs", "runs"), |cell| spoken::runs(&per(cell), by_hand), rate_of);
        }
        // The header says hours where the cell is a bare number.
        let minutes = |cell: &Cell| {
            let unit = cell.unit.as_deref().unwrap_or_default().to_lowercase();
            let is_hours = ["h", "hr", "hrs", "hour", "hours", "std", "std.", "stunden", "heures", "horas"]
                .contains(&unit.as_str());
            let text = cell.figure();
            let is_bare = text.chars().all(|c| !c.is_alphabetic());
            spoken::minutes(&if is_hours && is_bare { format!("{text} h") } else { text })
        };
        let effort = |cell: &Cell, unit: Option<&str>| spoken::effort(&cell.figure(), unit);
        let as_effort = row.get("effort").map(|cell| (cell.clone(), Some(self.header("effort"))));
        let as_effort = as_effort.or_else(|| {
            let cell = row.get("minutes")?;
            effort(cell, cell.unit.as_deref()).map(|_| (cell.clone(), cell.unit.clone()))
        });
        let Some((cell, unit)) = as_effort else {
            self.both_in_one(row, entry, by_hand);
            if !entry.fields.contains_key("minutes") {
                self.figure(entry, row, ("minutes", "minutes"), minutes, number);
            }
            return;
        };
        let unit = cell.unit.clone().or(unit);
        let field = if row.get("effort").is_some() { "effort" } else { "minutes" };
        let Some((work, every)) = self.read(row, field, |cell| effort(cell, unit.as_deref())) else { return };
        let a_year = spoken::runs(every, by_hand).map_or(52.0, |runs| runs.range[1]);
        let said = Some(self.left_out.clean(&cell.text)).filter(|text| !text.is_empty());
        let known = row.get("runs").and_then(|cell| spoken::runs(&cell.text, by_hand)).map(|runs| runs.range[1]);
        let scale = known.filter(|runs| *runs > 0.0).map_or(1.0, |runs| a_year / runs);
        if known.is_none() {
            let given = Given { guess: Some(EFFORT), value: Value::Literal(every.to_owned()), said: said.clone() };
            entry.fields.insert("runs", given);
        }
        let range = Spoken { range: work.range.map(|minutes| minutes * scale), guess: Some(EFFORT) };
        entry.set("minutes", Given { guess: Some(EFFORT), value: Value::Literal(written(&range, &number)), said });
    }

    /// `2x per week ~15 min`: how often and how long in one cell.
    fn both_in_one(&mut self, row: &Row, entry: &mut Entry, by_hand: bool) {
        let Some(cell) = row.get("minutes").filter(|cell| spoken::minutes(&cell.text).is_none()).cloned() else {
            return;
        };
        if row.get("runs").is_some() || cell.text.len() > 80 {
            return;
        }
        let days = spoken::days_a_year(by_hand);
        for (at, _) in cell.text.match_indices([' ', ',']) {
            let (often, long) = (&cell.text[..at], cell.text[at + 1..].trim_start_matches([' ', ',', 'à', '@']));
            let (Some(runs), Some(minutes)) = (spoken::runs(often, by_hand), spoken::minutes(long)) else { continue };
            // `2 hours` alone is no rate and a time.
            if often.trim().parse::<f64>().is_ok() {
                continue;
            }
            let said = Some(self.left_out.clean(&cell.text));
            let value = written(&runs, &|value| rate::words_by(value, days));
            entry.set("runs", Given { guess: runs.guess, value: Value::Literal(value), said: said.clone() });
            let value = written(&minutes, &number);
            entry.set("minutes", Given { guess: minutes.guess, value: Value::Literal(value), said });
            return;
        }
    }

    fn figures(&mut self, row: &Row, entry: &mut Entry) {
        self.figure(entry, row, ("records", "records"), |cell| spoken::count(&cell.figure()), number);
        self.figure(entry, row, ("error_rate", "error_rate"), |cell| spoken::part(&cell.text), share);
        self.figure(entry, row, ("availability", "availability"), |cell| spoken::part(&cell.text), share);
        self.figure(
            entry,
            row,
            ("delay", "delay"),
            |cell| spoken::hours(&cell.text),
            |hours| format!("{}h", number(hours)),
        );
        if let Some(cell) = row.get("review.by").cloned() {
            // "Yes" says that there is a review, and not by whom.
            if cell.flag().is_none()
                && let Some(team) = self.team(&cell)
            {
                entry.set("review.by", Given::stated(Value::Team(team)));
            }
        }
    }

    fn standing(&mut self, row: &Row, entry: &mut Entry) -> Standing {
        let status = self.read(row, "status", |cell| {
            before_numbers(&cell.text.to_lowercase(), |plain| {
                FlowStatus::parse(plain).map(FlowStatus::as_str).or_else(|| meaning("status of a flow", plain))
            })
        });
        match status {
            Some("planned") => Standing::Planned,
            Some("off") => {
                let said = row.get("status").map(|cell| self.left_out.clean(&cell.text));
                let said = said.filter(|said| !said.is_empty() && said.to_lowercase() != "off");
                entry.set("status", Given { guess: None, value: Value::Literal("off".to_owned()), said });
                Standing::Live
            }
            _ => Standing::Live,
        }
    }

    /// What a flow by hand does not say is asked: how often, how long, and how.
    fn ask_of_flow(&mut self, row: &Row, key: &FlowKey, how: &How, (from, to): (&System, &System)) {
        let name = |system: &System| system.called.clone().unwrap_or_else(|| spoken_name(&system.named));
        let objects: Vec<&str> = key.data.iter().map(String::as_str).collect();
        let what = format!("{} from {} to {}", self.draft.objects_in_words(&key.data), name(from), name(to));
        let about = Some(EntryKey::Flow(Box::new(key.clone())));
        let id = format!("{}->{}:{}", slug(&name(from), "a"), slug(&name(to), "b"), objects.join(","));
        let Some(flow) = self.draft.flows.get(key) else { return };
        let has = |field: &str| flow.entry.fields.contains_key(field);
        let (has_runs, has_minutes) = (has("runs"), has("minutes"));
        if key.mechanism.is_manual() && !(has_runs && has_minutes) {
            let words = row.get("runs").filter(|_| !has_runs).map(|cell| self.left_out.clean(&cell.text));
            let words = words.map(|words| format!(" The table says \"{words}\".")).unwrap_or_default();
            let ask = match (has_runs, has_minutes) {
                (false, true) => format!("How often does somebody take {what}?{words}"),
                (true, false) => format!("How long does it take to bring {what}?"),
                _ => format!("How often does somebody take {what}, and how long does it take?{words}"),
            };
            self.ask(2, format!("work:{id}"), ask, about.clone(), Vec::new());
        }
        if how.asks {
            let ask = format!("How does {what} get there?");
            self.ask(3, format!("how:{id}"), ask, about, vec![key.mechanism.as_str().to_owned()]);
        }
    }
}
