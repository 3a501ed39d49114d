//! Rows that are systems: an inventory, perhaps with what each is integrated with.

use super::cell::{Cell, before_numbers, parts};
use super::headers::brackets;
use super::how::{how, says_how};
use super::names::System;
use super::reader::{Reader, Row, number};
use super::worded::Worded;
use crate::catalog::Kind;
use crate::catalog::people::meanings;
use crate::import::clean::slug;
use crate::import::draft::{DraftFlow, Entry, EntryKey, FlowKey, Given, Standing, Value};
use crate::import::recognise::{Named, connected, is_vendor_of, kind, kind_named};
use crate::model::spoken;
use crate::model::{Mechanism, Status};

/// What tells a flow that is only known from a list of integrations from one that a table states.
pub(in crate::import) const INTEGRATION: &str = "integration";

impl Reader<'_> {
    pub(super) fn system_row(&mut self, row: &Row) {
        let Some(cell) = row.get("system").cloned() else {
            return self.drop_row("row", row.place.clone(), "it names no system");
        };
        let Some(mut system) = self.names.system(&cell.text, self.left_out) else {
            return self.drop_row("row", row.place.clone(), "nothing of the system's name may be shown");
        };
        if system.named.is_unknown() {
            system.named.kind = self.read(row, "kind", |cell| kind_named(&cell.text));
            // The name in the list is the one that every other cell is matched by, so its kind is known there too.
            if system.named.kind.is_some() {
                self.names.learn(&system);
            }
        }
        let key = self.system(&system, &row.place);
        let mut entry = Entry::default();
        self.system_fields(row, &mut entry, &system.named, &key);
        self.remarks(row, &mut entry, &[system.aside.clone()]);
        self.cite(row, &mut entry);
        if let Some(held) = self.draft.systems.get_mut(&system.named.key) {
            held.entry.add(entry);
        }
        let mut entries = vec![key];
        for cell in row.all("integrates") {
            entries.extend(self.integrations(&system.named, cell));
        }
        for (field, is_out) in [("sends", true), ("receives", false)] {
            for cell in row.all(field) {
                entries.extend(self.directed(row, &system.named, cell, is_out));
            }
        }
        self.gave(entries);
    }

    fn system_fields(&mut self, row: &Row, entry: &mut Entry, named: &Named, key: &EntryKey) {
        if let Some(cell) = row.get("vendor") {
            let vendor = self.left_out.clean(&cell.text);
            // What the catalog says as well need not stand in the file; another vendor is what the company knows.
            let is_known = named.product.as_deref().is_some_and(|product| is_vendor_of(product, &vendor));
            if !vendor.is_empty() && !is_known {
                entry.set("vendor", Given::stated(Value::Text(vendor)));
            }
        }
        for field in ["budget_owner", "domain", "runbook"] {
            if let Some(cell) = row.get(field) {
                let text = self.left_out.clean(&cell.text);
                if !text.is_empty() {
                    entry.set(field, Given::stated(Value::Text(text)));
                }
            }
        }
        if let Some(owner) = row.get("owner").cloned()
            && let Some(team) = self.team(&owner)
        {
            entry.set("owner", Given::stated(Value::Team(team)));
        }
        if let Some(status) = self.read(row, "status", status)
            && let Some(cell) = row.get("status")
        {
            let said = self.said(cell, status.0);
            entry.set("status", Given { guess: status.1, value: Value::Literal(status.0.to_owned()), said });
        }
        for field in ["ai", "audience_facing"] {
            if let Some(flag) = self.read(row, field, Cell::flag) {
                entry.set(field, Given::stated(Value::Literal(flag.to_string())));
            }
        }
        self.figure(entry, row, ("availability", "availability"), |cell| spoken::part(&cell.figure()), share);
        self.money(entry, row, "contract.cost", "money per year");
        for field in ["contract.renews", "security_review", "vendor_review.last"] {
            self.day(entry, row, field, key);
        }
        let mut needed = Vec::new();
        for cell in row.all("depends_on") {
            for system in self.names.list(&cell.text, self.left_out) {
                if system.named.key != named.key {
                    self.system(&system, &cell.place);
                    needed.push(system.named.key);
                }
            }
        }
        if !needed.is_empty() {
            entry.set("depends_on", Given::stated(Value::Systems(needed)));
        }
    }

    /// Sets an amount of money with the currency that it names.
    pub(super) fn money(&mut self, entry: &mut Entry, row: &Row, field: &'static str, unit: &'static str) {
        let read = self.read(row, field, |cell| {
            let text = match &cell.unit {
                // `Cost (k€)`, `Cost in EUR`: the header has the unit of a bare number.
                Some(header) if cell.text.chars().all(|c| !c.is_alphabetic()) => with_unit(&cell.amount(), header),
                _ => cell.amount(),
            };
            spoken::money(&text, unit).or_else(|| spoken::money(&cell.amount(), unit))
        });
        let (Some((spoken, currency)), Some(cell)) = (read, row.get(field)) else { return };
        let value = super::reader::written(&spoken, &number);
        let said = self.said(cell, &value);
        entry.set(field, Given { guess: spoken.guess, value: Value::Money(value, currency), said });
    }

    /// Flows to the partners that a system is integrated with: a connector of the catalog says which way, else nobody does.
    fn integrations(&mut self, own: &Named, cell: &Cell) -> Vec<EntryKey> {
        let mut entries = Vec::new();
        let (names, words): (Vec<String>, Vec<(String, Worded)>) = self.named_and_worded(&cell.text);
        for (part, worded) in words {
            match worded {
                Worded::Flow { partner, is_out, said } if partner.named.key != own.key => {
                    entries.push(self.system(&partner, &cell.place));
                    let said = Cell { text: said, ..cell.clone() };
                    entries.push(self.worded_flow(own, &partner.named, is_out, &said));
                }
                Worded::Flow { .. } => {}
                Worded::Unknown => self.ask_of_words(own, &part),
            }
        }
        for (partner, aside) in self.partners(&names) {
            if partner.named.key == own.key {
                continue;
            }
            entries.push(self.system(&partner, &cell.place));
            if let Some(said) = aside.filter(|aside| says_how(aside) || is_both(aside)) {
                entries.extend(self.said_of_partner(own, &partner.named, &Cell { text: said, ..cell.clone() }));
                continue;
            }
            // What moves data between others keeps none: being connected to it is no flow.
            if [own, &partner.named].into_iter().any(|one| kind(one).is_some_and(Kind::is_middleware)) {
                continue;
            }
            let (to_own, from_own) = connected(&partner.named, own);
            // A form gives its answers away, and takes nothing.
            let is_form = |one: &Named| kind(one) == Some(Kind::Forms);
            let (from, to) = match (to_own, from_own) {
                (true, _) => (&partner.named, own),
                (false, true) => (own, &partner.named),
                (false, false) if is_form(own) != is_form(&partner.named) => {
                    if is_form(own) {
                        (own, &partner.named)
                    } else {
                        (&partner.named, own)
                    }
                }
                (false, false) => {
                    self.ask_what_moves(own, &partner.named);
                    continue;
                }
            };
            entries.push(self.integration(from, to, to_own && from_own, Mechanism::Native, &cell.place));
        }
        entries
    }

    fn ask_what_moves(&mut self, own: &Named, partner: &Named) {
        let mut ends = [own, partner];
        ends.sort_by_key(|end| (&end.name, &end.key));
        let id = format!("integration:{}:{}", slug(&ends[0].name, "system"), slug(&ends[1].name, "system"));
        let ask = format!("What goes between {} and {}, and which way?", ends[0].name, ends[1].name);
        self.ask(2, id, ask, Some(EntryKey::System(ends[0].key.clone())), Vec::new());
    }

    /// The parts of a cell that are names, and those that say in words what goes where.
    fn named_and_worded(&mut self, text: &str) -> (Vec<String>, Vec<(String, Worded)>) {
        let (mut names, mut words) = (Vec::new(), Vec::new());
        for part in parts(text).iter().flat_map(|part| outside_commas(part)) {
            match self.worded(part.trim()) {
                Some(worded) => words.push((part.trim().to_owned(), worded)),
                None => names.push(part),
            }
        }
        (names, words)
    }

    /// The partners that a cell lists, each with what stands in brackets behind it.
    fn partners(&mut self, names: &[String]) -> Vec<(System, Option<String>)> {
        let mut found = Vec::new();
        for part in names {
            let (name, aside) = brackets(part);
            // `Lead list (Excel)` names a product in its brackets.
            let aside = aside.filter(|aside| !self.names.knows(aside, self.left_out));
            let name = if aside.is_some() { &name } else { part };
            found.extend(self.names.list(name, self.left_out).into_iter().map(|system| (system, aside.clone())));
        }
        found
    }

    /// Flows of which brackets behind a partner say something: both ways, or by which means a system gives to it.
    fn said_of_partner(&mut self, own: &Named, partner: &Named, said: &Cell) -> Vec<EntryKey> {
        let how = how(Some(said), None, false, (own, partner), &mut self.names, self.left_out);
        let one = self.integration(own, partner, false, how.mechanism, &said.place);
        let back = is_both(&said.text).then(|| self.integration(partner, own, false, how.mechanism, &said.place));
        [Some(one), back].into_iter().flatten().collect()
    }

    /// Flows to or from the systems that a column of one direction names. Where the table says how long the work takes, a
    /// person does it.
    fn directed(&mut self, row: &Row, own: &Named, cell: &Cell, is_out: bool) -> Vec<EntryKey> {
        let by_hand = row.says(&["minutes", "effort", "performer"]);
        let mut entries = Vec::new();
        for partner in self.names.list(&cell.text, self.left_out) {
            if partner.named.key == own.key {
                continue;
            }
            entries.push(self.system(&partner, &cell.place));
            let (from, to) = if is_out { (own, &partner.named) } else { (&partner.named, own) };
            let how = how(None, None, by_hand, (from, to), &mut self.names, self.left_out);
            let key = self.integration(from, to, false, how.mechanism, &cell.place);
            if let (EntryKey::Flow(flow), Some(held)) = (&key, self.flow_of(&key)) {
                // The column says which way, and that there is a flow.
                held.fields.remove("from");
                held.fields.remove("to");
                if flow.mechanism.is_manual()
                    && let Some(owner) = row.get("owner").cloned()
                    && let Some(team) = self.team(&owner)
                    && let Some(held) = self.flow_of(&key)
                {
                    held.set("performer", Given::stated(Value::Team(team)));
                }
            }
            entries.push(key);
        }
        entries
    }

    pub(super) fn flow_of(&mut self, key: &EntryKey) -> Option<&mut Entry> {
        let EntryKey::Flow(key) = key else { return None };
        self.draft.flows.get_mut(key).map(|flow| &mut flow.entry)
    }

    pub(super) fn integration(
        &mut self,
        from: &Named,
        to: &Named,
        both_ways: bool,
        mechanism: Mechanism,
        place: &str,
    ) -> EntryKey {
        const EXISTS: &str = "the table says that the two are integrated, and no more";
        // What two rows say of one pair is one flow.
        let turned = |key: &&FlowKey| key.from == to.key && key.to == from.key && key.apart == INTEGRATION;
        if both_ways && let Some(known) = self.draft.flows.keys().find(turned) {
            return EntryKey::Flow(Box::new(known.clone()));
        }
        let object = self.object("records", place).unwrap_or_default();
        let key = FlowKey {
            from: from.key.clone(),
            to: to.key.clone(),
            data: [object].into(),
            mechanism,
            through: None,
            apart: INTEGRATION.to_owned(),
        };
        let mut entry = Entry::default();
        for (key, value) in
            [("from", &*from.name), ("to", &to.name), ("data", "records"), ("mechanism", mechanism.as_str())]
        {
            entry.set(key, Given::guessed(Value::Text(value.to_owned()), EXISTS));
        }
        let id = format!("flow/{}/{}/integration", slug(&from.name, "a"), slug(&to.name, "b"));
        entry.origins.insert(self.origin(place, &id));
        let flow = DraftFlow { entry, standing: Standing::Live, runs: None };
        self.draft.flow(key.clone(), flow);
        EntryKey::Flow(Box::new(key))
    }
}

/// Whether words say that data goes both ways.
fn is_both(text: &str) -> bool {
    let plain = text.to_lowercase().replace('-', " ");
    let words = ["bi directional", "bidirectional", "bidirektional", "bidirectionnel", "bidireccional"];
    let ways = [
        "both way",
        "both direction",
        "two way",
        "2 way",
        "beide richtungen",
        "beidseitig",
        "in both",
        "↔",
        "<->",
        "< >",
    ];
    words.iter().chain(&ways).any(|words| plain.contains(words))
}

/// A text split at the commas that stand in no brackets.
fn outside_commas(text: &str) -> Vec<String> {
    let (mut depth, mut found, mut one) = (0_usize, Vec::new(), String::new());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 {
            found.push(std::mem::take(&mut one));
        } else {
            one.push(c);
        }
    }
    found.push(one);
    found.retain(|one| !one.trim().is_empty());
    found
}

/// A bare number with the unit of its header: `24` under `k€` is `€24k`.
fn with_unit(text: &str, unit: &str) -> String {
    let unit = unit.trim().trim_start_matches("in ").trim();
    let lower = unit.to_lowercase();
    match lower.strip_prefix('k').or_else(|| lower.strip_prefix('t').filter(|rest| !rest.is_empty())) {
        Some(rest) if !rest.trim().is_empty() => format!("{}{text}k", unit[unit.len() - rest.trim().len()..].trim()),
        Some(_) => format!("{text}k"),
        None => format!("{unit}{text}"),
    }
}

/// A status of systems in people's words, and why it is a guess: of `sunset`, that it is still in use.
fn status(cell: &Cell) -> Option<(&'static str, Option<&'static str>)> {
    let words = |text: &str| {
        let own = Status::parse(&text.to_lowercase().replace([' ', '_'], "-")).map(Status::as_str);
        let several = match meanings("status of a system", text) {
            [] => None,
            [one] => Some((one.means.as_str(), None)),
            [first, ..] => Some((first.means.as_str(), Some("the words can mean two things"))),
        };
        own.map(|status| (status, None)).or(several)
    };
    // A tick under "Live?" says that it is.
    let ticked = (cell.flag() == Some(true)).then_some(("production", None));
    before_numbers(&cell.text, words).or(ticked)
}

/// A part of one as a percentage.
pub(super) fn share(value: f64) -> String {
    format!("{}%", number(value * 100.0))
}
