//! A project as systems and flows: sources into the warehouse, and exposures out of it.

use std::collections::{BTreeMap, BTreeSet};

use super::exposure::{self, Target};
use super::project::{Exposure, Project, Source};
use super::source::{self, From, Loader};
use crate::catalog::{Expected, Kind};
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{EntryKey, Given, Value};
use crate::import::drafting::{Drafting, StatedFlow};
use crate::import::reading::{File, Reading};
use crate::import::recognise::{self, Named};
use crate::model::Mechanism;

/// Tables of a spreadsheet that are told one by one; more are told by the name of their source.
const SHEETS: usize = 8;
/// Names that a note lists.
const LISTED: usize = 12;

/// Makes the draft of one file; `adapter` is the warehouse, where a file names it.
pub(super) fn draft(file: &File<'_>, project: Project, adapter: Option<Named>, left_out: &mut LeftOut) -> Reading {
    let is_known = adapter.is_some();
    let warehouse = adapter.unwrap_or_else(|| Named { kind: Some(Kind::Warehouse), ..recognise::unknown("Warehouse") });
    let mut maker = Maker { drafting: Drafting::new(*file, "dbt"), warehouse };
    for ((name, loader), source) in project.sources {
        maker.source(&name, &loader, &source);
    }
    maker.seeds(&project.seeds);
    let owners = owners(&project.exposures, &maker.warehouse);
    for exposure in &project.exposures {
        maker.exposure(exposure, &owners);
    }
    for (what, at, why) in project.dropped {
        maker.drafting.dropped(what, &at, why);
    }
    if !is_known && maker.drafting.draft.systems.contains_key(&maker.warehouse.key) {
        let about = Some(EntryKey::System(maker.warehouse.key.clone()));
        let ask = "Which warehouse does dbt work in? The manifest (`target/manifest.json`) says it.".to_owned();
        maker.drafting.ask(2, ("warehouse", "dbt"), ask, about, &["product: snowflake", "product: bigquery"]);
    }
    let faults = project.faults.into_iter().map(|fault| fault.cleaned(left_out)).collect();
    Reading { draft: maker.drafting.draft, faults, ..Reading::default() }
}

struct Maker<'f> {
    drafting: Drafting<'f>,
    warehouse: Named,
}

impl Maker<'_> {
    fn source(&mut self, name: &str, loader: &str, source: &Source) {
        let at = |table: &str| format!("source {name}.{table}");
        let lost = |maker: &mut Self, why| {
            for table in &source.tables {
                maker.drafting.dropped("table", &at(table), why);
            }
        };
        let from = match source::system(name, &source.schema) {
            From::System(from) => from,
            From::Place => {
                lost(self, "its source is called after where it stands, not after where it comes from");
                let shown = if name.is_empty() { "a source without a name" } else { name };
                let ask = format!("Which systems fill the tables of \"{shown}\" in dbt?");
                self.drafting.ask(3, ("source", name), ask, None, &[]);
                return;
            }
        };
        if from.key == self.warehouse.key {
            return lost(self, "it is the warehouse's own");
        }
        let tool = source::loader(loader);
        let by_tool = matches!(&tool, Loader::Tool(Some(_)));
        let is_manual = matches!(tool, Loader::Sheet) || source::is_sheet(&from) && !by_tool;
        let is_unsaid = !source::is_sheet(&from) && is_manual;
        // Tables that people load from a sheet come from the sheet, whatever it tells of.
        let from = if is_unsaid { sheet(loader) } else { from };
        let mechanism = if is_manual { Mechanism::ExportImport } else { Mechanism::Etl };
        let by = if loader.is_empty() { String::new() } else { format!("/{}", slug(loader, "loader")) };
        let mut flow = StatedFlow::new(&from, &self.warehouse, mechanism);
        let tables: BTreeSet<String> = source.tables.iter().map(|table| slug(table, "table")).collect();
        flow.data = if source::is_sheet(&from) && !is_unsaid && tables.len() <= SHEETS {
            tables
        } else {
            BTreeSet::from([slug(name, "source")])
        };
        if is_manual {
            flow.guesses.push(("mechanism", "people fill in the spreadsheet that is loaded"));
        }
        if let Loader::Tool(Some(tool)) = tool {
            flow.through = Some(tool).filter(|tool| tool.key != from.key && tool.key != self.warehouse.key);
        } else if let Loader::Words = tool {
            flow.fields.push(("notes", Given::stated(Value::Text(format!("Loaded by {loader}")))));
        }
        let notes = format!("Tables: {}", listed(&source.tables));
        if flow.data.len() == 1 && !flow.fields.iter().any(|(key, _)| *key == "notes") {
            flow.fields.push(("notes", Given::stated(Value::Text(notes))));
        }
        if let Some(hours) = source.stale_after {
            let why = "dbt warns when the tables are older than this";
            let given =
                Given { said: Some(format!("fresh within {hours} hours")), ..Given::guessed(hours_text(hours), why) };
            flow.fields.push(("delay", given));
        }
        let entries = self.drafting.flow(flow, &format!("source {name}"), &format!("source/{name}{by}"));
        for _ in &source.tables {
            self.drafting.gave(entries.clone());
        }
    }

    /// Files that somebody puts beside the project.
    fn seeds(&mut self, seeds: &[String]) {
        if seeds.is_empty() {
            return;
        }
        let from = Named { kind: Some(Kind::FileShare), ..recognise::unknown("Seed files") };
        let mut flow = StatedFlow::new(&from, &self.warehouse, Mechanism::ExportImport);
        flow.data = BTreeSet::from(["seeds".to_owned()]);
        flow.itself = Some("seeds are files that people write by hand");
        flow.guesses = vec![
            ("mechanism", "somebody changes the file and loads it again"),
            ("data", "the files have no common name"),
        ];
        flow.fields.push(("notes", Given::stated(Value::Text(format!("Files: {}", listed(seeds))))));
        let entries = self.drafting.flow(flow, &format!("seed {}", seeds[0]), "seeds");
        for _ in seeds {
            self.drafting.gave(entries.clone());
        }
    }

    fn exposure(&mut self, exposure: &Exposure, owners: &BTreeMap<String, String>) {
        let Target { to, through, mechanism, guess, asks, is_own } = exposure::target(exposure, &self.warehouse);
        let name = exposure::name(exposure);
        let at = format!("exposure {}", exposure.name);
        if to.key == self.warehouse.key {
            return self.drafting.dropped("exposure", &at, "it is in the warehouse itself");
        }
        let mut flow = StatedFlow::new(&self.warehouse, &to, mechanism);
        flow.data = BTreeSet::from([slug(name, "exposure")]);
        flow.through = through;
        flow.guesses.extend(guess.map(|why| ("mechanism", why)));
        let mut entries = self.drafting.flow(flow, &at, &format!("exposure/{}", exposure.name));
        let owner = if is_own {
            exposure.owner.clone().map(|owner| (owner, None))
        } else {
            let why = "it is the owner of everything that dbt knows to be there";
            owners.get(&to.key).map(|owner| (owner.clone(), Some(why)))
        };
        if let Some((owner, guess)) = owner {
            let origin = self.drafting.origin(&at, &format!("team/{}", slug(&owner, "team")));
            let team = self.drafting.draft.team(&owner, origin);
            entries.push(EntryKey::Team(team.clone()));
            self.drafting.set(&to, "owner", Given { guess, ..Given::stated(Value::Team(team)) });
        }
        let shown = if exposure.label.is_empty() { recognise::in_words(name) } else { exposure.label.clone() };
        let about = entries.iter().find(|entry| matches!(entry, EntryKey::Flow(_))).cloned();
        match asks {
            Some("destination") => {
                let ask = format!("Which system does {} bring \"{shown}\" to?", to.name);
                self.drafting.ask(2, ("destination", name), ask, about, &[]);
            }
            Some(_) => {
                let ask = format!("Which tool shows \"{shown}\"?");
                let about = Some(EntryKey::System(to.key));
                self.drafting.ask(3, ("tool", name), ask, about, &["product: looker", "product: tableau"]);
            }
            None => {}
        }
        self.drafting.gave(entries);
    }
}

/// The owner of each tool whose exposures have one owner in common.
fn owners(exposures: &[Exposure], warehouse: &Named) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, BTreeSet<Option<&String>>> = BTreeMap::new();
    for one in exposures {
        all.entry(exposure::target(one, warehouse).to.key).or_default().insert(one.owner.as_ref());
    }
    let only =
        |owners: BTreeSet<Option<&String>>| owners.first().copied().flatten().filter(|_| owners.len() == 1).cloned();
    all.into_iter().filter_map(|(key, owners)| Some((key, only(owners)?))).collect()
}

/// The spreadsheet that a loader names, or any.
fn sheet(loader: &str) -> Named {
    let known = recognise::within_name(crate::catalog::Space::Dbt, loader, &[])
        .or_else(|| recognise::tool(loader, Expected::Tool))
        .filter(source::is_sheet);
    known.unwrap_or_else(|| Named { kind: Some(Kind::Spreadsheet), ..recognise::unknown("Spreadsheets") })
}

fn hours_text(hours: u64) -> Value {
    let text = if hours.is_multiple_of(24) { format!("{}d", hours / 24) } else { format!("{hours}h") };
    Value::Literal(text)
}

/// The first names of a list, sorted, and how many more there are.
fn listed(names: &[String]) -> String {
    let all: BTreeSet<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let more = all.len().saturating_sub(LISTED);
    let first: Vec<&str> = all.into_iter().take(LISTED).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", first.join(", "))
}
