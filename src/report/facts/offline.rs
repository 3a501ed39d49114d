//! One page for each AI tool and each single point of failure: what to know when it is down.

use crate::analysis::outages::component_id;
use crate::analysis::roads::{roads, standby_in_use};
use crate::analysis::{self, Analysis};
use crate::analysis::{Component, Fact};
use crate::model::{FlowIx, Process, ProcessIx, Stack, System, SystemIx, TeamIx};
use crate::report::say::{listed, money};

use crate::report::facts::assumption::length;
use crate::report::say::document::{Block, Column, Item, Line, Table};

/// The systems that get a page: live AI tools, and systems whose failure takes a process down or degrades one; by id.
#[must_use]
pub fn subjects(analysis: &Analysis<'_>) -> Vec<SystemIx> {
    let is_point = |ix: SystemIx| {
        let outage = analysis.outage_of(Component::System(ix));
        !outage.processes_down.is_empty() || !outage.processes_degraded.is_empty()
    };
    let live = analysis.stack.live_systems();
    live.filter(|(ix, system)| system.is_ai() || is_point(*ix)).map(|(ix, _)| ix).collect()
}

/// The page of one system.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The id of the system.
    pub system: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The pages of all of them.
#[must_use]
pub fn pages(analysis: &Analysis<'_>) -> Vec<Page> {
    let page = |ix: SystemIx| Page { system: analysis.stack.system(ix).id.to_string(), blocks: page(analysis, ix) };
    subjects(analysis).into_iter().map(page).collect()
}

/// The page of one system.
#[must_use]
pub fn page(analysis: &Analysis<'_>, ix: SystemIx) -> Vec<Block> {
    let page = About { analysis, stack: analysis.stack, ix, outage: analysis.outage_of(Component::System(ix)) };
    let mut blocks = vec![Block::Title(Line::of(format!("{} is offline", page.system().name)))];
    blocks.push(Block::Paragraph(page.first_sentence()));
    blocks.extend(page.what_to_do());
    blocks.extend(page.stops_now());
    blocks.extend(page.degrades());
    blocks.extend(page.goes_stale());
    blocks.extend(page.who_is_told());
    blocks.extend(page.unknown());
    blocks
}

struct About<'a> {
    analysis: &'a Analysis<'a>,
    stack: &'a Stack,
    ix: SystemIx,
    outage: &'a analysis::Outage,
}

impl About<'_> {
    fn system(&self) -> &System {
        self.stack.system(self.ix)
    }

    fn money(&self, amount: f64) -> String {
        money(self.stack.currency.as_deref(), amount)
    }

    fn process_name(&self, ix: ProcessIx) -> &str {
        &self.stack.process(ix).name
    }

    fn first_sentence(&self) -> Line {
        let names = |processes: &[ProcessIx]| -> Vec<String> {
            processes.iter().map(|ix| self.process_name(*ix).to_owned()).collect()
        };
        let down = &self.outage.processes_down;
        let degraded = &self.outage.processes_degraded;
        let mut words = match (down.len(), degraded.len()) {
            (0, 0) if self.outage.facts_lost.is_empty() => "Nothing stops and nothing is lost.".to_owned(),
            (0, 0) => "No process stops.".to_owned(),
            (0, _) => format!("No process stops; {} goes on by standby.", listed(&names(degraded))),
            (1, _) => format!("{} stops.", listed(&names(down))),
            _ => format!("{} stop.", listed(&names(down))),
        };
        if !down.is_empty() {
            words.push_str(&match self.outage.cost_per_hour {
                Some(cost) => format!(" Every hour costs {}.", self.money(cost.0)),
                None => " What an hour costs is not known.".to_owned(),
            });
        }
        Line::strong(&words)
    }

    fn what_to_do(&self) -> Vec<Block> {
        let mut items = vec![match &self.system().runbook {
            Some(runbook) => item(Line::of("Runbook: ").and_code(runbook)),
            None => item(Line::of("There is no runbook.")),
        }];
        for process in self.outage.processes_down.iter().map(|ix| self.stack.process(*ix)) {
            if let Some(tolerates) = process.tolerates {
                let written = tolerates.to_string();
                let length = length(&written).unwrap_or(written);
                items.push(item(Line::of(format!("That {} stands still does no harm for {length}.", process.name))));
            }
        }
        vec![Block::Heading(Line::of("What to do")), Block::Items(items)]
    }

    fn stops_now(&self) -> Vec<Block> {
        let failed = [Component::System(self.ix)];
        let roads = roads(self.stack, &self.analysis.supply, &failed, &self.outage.processes_down);
        if roads.is_empty() {
            return Vec::new();
        }
        let items = roads.into_iter().map(|road| Item {
            head: Line::strong(self.process_name(road.process)),
            details: road.steps.into_iter().map(Line::of).collect(),
        });
        vec![Block::Heading(Line::of("What stops now, and why")), Block::Items(items.collect())]
    }

    fn degrades(&self) -> Vec<Block> {
        let failed = [Component::System(self.ix)];
        let mut items = Vec::new();
        for ix in &self.outage.processes_degraded {
            let flows = standby_in_use(self.stack, &self.analysis.supply, &failed, *ix);
            let details = flows.iter().map(|flow| Line::of(self.standby(*flow))).collect();
            items.push(Item { head: Line::strong(self.process_name(*ix)).and(" goes on by standby"), details });
        }
        if items.is_empty() {
            return Vec::new();
        }
        vec![Block::Heading(Line::of("What goes on, and by which standby")), Block::Items(items)]
    }

    fn standby(&self, ix: FlowIx) -> String {
        let flow = self.stack.flow(ix);
        let by = match flow.performer.filter(|_| flow.is_manual()) {
            Some(team) => format!(", by {}", self.stack.team(team).name),
            None if flow.is_manual() => ", by somebody: no performer is named".to_owned(),
            None => String::new(),
        };
        let data: Vec<&str> = flow.data.iter().map(|data| self.stack.data_object(*data).name.as_str()).collect();
        let (from, to) = (&self.stack.system(flow.from).name, &self.stack.system(flow.to).name);
        format!("{}: {} from {from} to {to} ({}{by})", flow.id, listed(&data), flow.mechanism.as_str())
    }

    /// What processes need and no longer get: the copy that is there grows old.
    fn goes_stale(&self) -> Vec<Block> {
        let mut table =
            Table::new([Column::text("data"), Column::text("at"), Column::text("too old after"), Column::text("for")]);
        let mut rows = 0;
        for process in &self.stack.processes {
            for need in process.needs.iter().flatten() {
                let is_lost = self.outage.facts_lost.contains(&Fact { at: need.at, data: need.data });
                if !is_lost || self.outage.systems_down.contains(&need.at) {
                    continue;
                }
                rows += 1;
                table.push([
                    Line::of(&self.stack.data_object(need.data).name),
                    Line::of(&self.stack.system(need.at).name),
                    Line::of(need.max_age.map_or_else(|| "not known: no max_age".to_owned(), |age| age.to_string())),
                    Line::of(&process.name),
                ]);
            }
        }
        let others = self.outage.systems_starved.len();
        let mut blocks = Vec::new();
        if rows > 0 {
            blocks.push(Block::Heading(Line::of("What goes stale")));
            blocks.push(Block::Table(table));
        }
        if others > 0 {
            let names: Vec<&str> =
                self.outage.systems_starved.iter().take(12).map(|ix| self.stack.system(*ix).name.as_str()).collect();
            let more = if others > names.len() { format!(" and {} more", others - names.len()) } else { String::new() };
            let words = format!("No longer supplied with something: {}{more}.", names.join(", "));
            blocks.push(Block::Paragraph(Line::of(words)));
        }
        blocks
    }

    fn who_is_told(&self) -> Vec<Block> {
        let team = |ix: Option<TeamIx>| ix.map_or("nobody: no owner is named", |ix| self.stack.team(ix).name.as_str());
        let mut items = vec![item(Line::of(format!("Owner of {}: {}", self.system().name, team(self.system().owner))))];
        if let Some(vendor) = &self.system().facts.vendor {
            items.push(item(Line::of(format!("Vendor: {vendor}"))));
        }
        let processes: Vec<&Process> = (self.outage.processes_down.iter())
            .chain(&self.outage.processes_degraded)
            .map(|ix| self.stack.process(*ix))
            .collect();
        for process in processes {
            items.push(item(Line::of(format!("Owner of {}: {}", process.name, team(process.owner)))));
        }
        let down = self.outage.systems_down.iter().filter(|ix| **ix != self.ix);
        for system in down.map(|ix| self.stack.system(*ix)) {
            items.push(item(Line::of(format!(
                "Owner of {}, which goes down too: {}",
                system.name,
                team(system.owner)
            ))));
        }
        vec![Block::Heading(Line::of("Who is told")), Block::Items(items)]
    }

    fn unknown(&self) -> Vec<Block> {
        let mut items = Vec::new();
        if self.system().availability.is_none() {
            items.push(item(Line::of("How often this happens: no availability is stated.")));
        }
        if self.outage.cost_per_hour.is_none() {
            let unpriced = self.outage.processes_down.iter().map(|ix| self.stack.process(*ix));
            let unpriced: Vec<&str> =
                unpriced.filter(|process| process.outage_cost.is_none()).map(|process| process.name.as_str()).collect();
            items.push(item(Line::of(format!("What an hour costs: {} state no outage_cost.", listed(&unpriced)))));
        }
        if let Some(cost) = self.outage.expected_cost.filter(|cost| cost.0 > 0.0) {
            let id = component_id(self.stack, Component::System(self.ix));
            items.push(item(Line::of(format!(
                "Known: outages of {id} are expected to cost {} a year.",
                self.money(cost.0)
            ))));
        }
        if items.is_empty() {
            return Vec::new();
        }
        vec![Block::Heading(Line::of("What is known and what is not")), Block::Items(items)]
    }
}

fn item(head: Line) -> Item {
    Item { head, details: Vec::new() }
}
