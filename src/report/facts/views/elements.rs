//! Boxes and lines of the stack as every view draws them; a view then adds what it has to say about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::words::{counted, grouped, listed, money};
use crate::analysis::{Analysis, Effort};
use crate::catalog::Kind;
use crate::model::{DataIx, Flow, FlowIx, Hours, Range, Remarks, Stack, Status, System, SystemIx};
use sinew_draw::{Cluster, Edge, EdgeEmphasis, GUESS, Node, Role, Stop, Style};

/// Data objects that a line is labeled with; the others are counted, and named where one points at the line.
const NAMED_OBJECTS: usize = 2;

/// Makes boxes of systems and lines of flows. What it makes has no emphasis and no weight: those are the view's.
#[derive(Debug)]
pub struct Elements<'a> {
    analysis: &'a Analysis<'a>,
    /// For every system, how many live flows run through it.
    carried: Vec<usize>,
    /// For every system, whether others depend on it and no flow touches it.
    is_foundation: Vec<bool>,
}

/// The rows of a picture in the reading direction, from the top down.
#[derive(Debug, Clone, Copy)]
enum Layer {
    /// What people carry data with: spreadsheets, files, messages.
    People,
    Applications,
    AiTools,
    /// Middleware.
    Integration,
    /// Warehouses.
    Data,
    /// What others run on: vendors of models, hosting.
    Foundation,
}

impl<'a> Elements<'a> {
    /// Elements of an analyzed stack. Linear in its flows.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>) -> Self {
        let stack = analysis.stack;
        let mut carried = vec![0; stack.systems.len()];
        for system in stack.live_flows().flat_map(|(_, flow)| &flow.through) {
            carried[system.at()] += 1;
        }
        let mut is_foundation = vec![false; stack.systems.len()];
        let needed = stack.live_systems().flat_map(|(_, system)| system.depends_on.iter().flatten());
        needed.for_each(|on| is_foundation[on.at()] = true);
        for system in stack.live_flows().flat_map(|(_, flow)| flow.systems()) {
            is_foundation[system.at()] = false;
        }
        Self { analysis, carried, is_foundation }
    }

    /// The box of a system: named, captioned with what it is for, in the cluster of its domain.
    #[must_use]
    pub fn system(&self, ix: SystemIx) -> Node {
        let system = self.analysis.stack.system(ix);
        let is_guess = system.remarks.guessed().iter().any(|key| key == "system");
        Node {
            id: system.id.to_string(),
            name: format!("{}{}", system.name, if is_guess { GUESS } else { "" }),
            caption: caption(system),
            cluster: domain(system).map(str::to_owned),
            family: family(system).to_owned(),
            role: role(system),
            badge: badge(system.status).to_owned(),
            notes: self.notes(ix),
            tooltip: self.system_tooltip(system),
            is_guess,
            step: self.analysis.stack.lane(ix).map(|lane| lane as u8),
            layer: Some(self.layer(ix) as u8),
            ..Node::default()
        }
    }

    /// Its row in the reading direction.
    fn layer(&self, ix: SystemIx) -> Layer {
        let system = self.analysis.stack.system(ix);
        let kind = system.facts.kind;
        if self.is_foundation[ix.at()] {
            Layer::Foundation
        } else if kind.is_carrier() {
            Layer::People
        } else if kind.is_middleware() {
            Layer::Integration
        } else if kind == Kind::Warehouse {
            Layer::Data
        } else if system.is_ai() {
            Layer::AiTools
        } else {
            Layer::Applications
        }
    }

    /// The line of a flow: through the middleware on its way, labeled with what it carries and, where it is a handoff, its
    /// hours a year.
    #[must_use]
    pub fn flow(&self, ix: FlowIx) -> Edge {
        let stack = self.analysis.stack;
        let flow = stack.flow(ix);
        let mut label = vec![objects(stack, &flow.data)];
        let style = style(flow);
        match style {
            Style::Manual => label.push(match self.effort(ix) {
                Some(effort) => hours_a_year(work(effort).likely),
                None => "hours not known".to_owned(),
            }),
            _ if flow.is_manual() => label.push("by hand".to_owned()),
            _ => {}
        }
        Edge {
            id: flow.id.to_string(),
            from: stack.system(flow.from).id.to_string(),
            to: stack.system(flow.to).id.to_string(),
            stops: stops(stack, flow),
            label,
            style,
            hours: self.effort(ix).map_or(0.0, |effort| work(effort).likely.0),
            tooltip: self.flow_tooltip(ix),
            is_guess: !flow.remarks.guessed().is_empty(),
            ..Edge::default()
        }
    }

    /// What live systems depend on, a line each, without words but `or` where one of several will do; by system, then by
    /// what it depends on. What is not live is left out: a system that needs it says that it is down.
    #[must_use]
    pub fn dependencies(&self) -> Vec<Edge> {
        let stack = self.analysis.stack;
        let mut lines: BTreeMap<[SystemIx; 2], Edge> = BTreeMap::new();
        for (ix, system) in stack.live_systems() {
            // What is needed whatever else is up comes first, so that no alternative hides it.
            let (alone, several) = system.depends_on.iter().partition::<Vec<_>, _>(|any| any.len() == 1);
            for any in alone.into_iter().chain(several) {
                let said = format!("{} depends on {}", system.name.called(), names(stack, any).join(" or "));
                for on in any.iter().filter(|on| stack.system(**on).is_live()) {
                    let to = &stack.system(*on).id;
                    lines.entry([ix, *on]).or_insert_with(|| Edge {
                        id: format!("{} depends on {to}", system.id),
                        from: system.id.to_string(),
                        to: to.to_string(),
                        label: if any.len() > 1 { vec!["or".to_owned()] } else { Vec::new() },
                        style: Style::DependsOn,
                        tooltip: said.clone(),
                        ..Edge::default()
                    });
                }
            }
        }
        lines.into_values().collect()
    }

    /// A cluster for every domain of `systems`, by name.
    #[must_use]
    pub fn domains(&self, systems: impl IntoIterator<Item = SystemIx>) -> Vec<Cluster> {
        let names = systems.into_iter().filter_map(|ix| domain(self.analysis.stack.system(ix)));
        let names: BTreeSet<&str> = names.collect();
        names.into_iter().map(|name| Cluster { id: name.to_owned(), name: name.to_owned() }).collect()
    }

    /// What a flow takes of people's time and what that costs, if it is a handoff with figures.
    #[must_use]
    pub fn effort(&self, ix: FlowIx) -> Option<Effort> {
        let steps = &self.analysis.handoffs().steps;
        steps.binary_search_by_key(&ix, |(step, _)| *step).ok().and_then(|at| steps[at].1)
    }

    /// Where the facts come from: the stack's name and the day that it describes.
    #[must_use]
    pub fn source(&self) -> String {
        let stack = self.analysis.stack;
        let day = stack.as_of.map(|day| format!("as of {day}"));
        let parts = [Some(stack.name.clone()).filter(|name| !name.trim().is_empty()), day];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!("Source: {}", parts.join(", ")) }
    }

    fn notes(&self, ix: SystemIx) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(some(self.carried[ix.at()], "flow", "flows").map(|flows| format!("carries {flows}")));
        let is_down = |up: sinew_graph::and_or::FactIx| !self.analysis.today.holds(up);
        if self.analysis.supply.up(ix).is_some_and(is_down) {
            notes.push("down today".to_owned());
        }
        notes
    }

    fn system_tooltip(&self, system: &System) -> String {
        let stack = self.analysis.stack;
        let mut parts =
            vec![format!("{} ({})", system.name.called(), system.id), system.facts.kind.display_name().to_owned()];
        parts.extend(system.facts.name.as_ref().map(|product| format!("product {product}")));
        parts.push(format!("status {}", system.status.as_str()));
        parts.extend(system.ends.map(|day| format!("ends {day}")));
        parts.extend(system.replaced_by.map(|ix| format!("replaced by {}", stack.system(ix).name)));
        parts.push(match system.owner {
            Some(owner) => format!("owned by {}", stack.team(owner).name),
            None => "owner not known".to_owned(),
        });
        if !system.makes.is_empty() {
            let makes: BTreeSet<&str> =
                system.makes.iter().map(|made| stack.data_object(made.data).name.as_str()).collect();
            parts.push(format!("makes {}", listed(&makes.into_iter().collect::<Vec<_>>())));
        }
        if !system.depends_on.is_empty() {
            let entries: Vec<String> = system.depends_on.iter().map(|any| names(stack, any).join(" or ")).collect();
            parts.push(format!("depends on {}", listed(&entries)));
        }
        parts.extend(guessed(&system.remarks));
        parts.join(" · ")
    }

    fn flow_tooltip(&self, ix: FlowIx) -> String {
        let stack = self.analysis.stack;
        let flow = stack.flow(ix);
        let data: Vec<&str> = flow.data.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
        let ends = format!("{} to {}", stack.system(flow.from).name, stack.system(flow.to).name);
        let mut parts = vec![flow.id.to_string(), format!("{}: {ends}", listed(&data))];
        let by = flow.performer.map(|team| format!(" by {}", stack.team(team).name)).unwrap_or_default();
        parts.push(format!("{}{by}", flow.mechanism.as_str()));
        parts.extend(via(stack, flow));
        if flow.is_standby {
            parts.push("used only when others fail".to_owned());
        }
        if let Some(effort) = self.effort(ix) {
            let cost = effort.cost.map_or("cost not known".to_owned(), |cost| money(stack, cost.likely));
            parts.push(format!("{}, {cost}", hours_a_year(work(effort).likely)));
        }
        parts.extend(guessed(&flow.remarks));
        parts.join(" · ")
    }
}

/// A line that its picture is not about: gray and without words.
#[must_use]
pub fn receded(line: Edge) -> Edge {
    Edge { emphasis: EdgeEmphasis::Receded, label: Vec::new(), ..line }
}

/// `guessed: minutes, runs`, where any key of an entry is a guess.
fn guessed(remarks: &Remarks) -> Option<String> {
    let keys = remarks.guessed();
    (!keys.is_empty()).then(|| format!("guessed: {}", keys.join(", ")))
}

/// What a system is drawn as. An AI tool comes first, since nobody would look for it among the spreadsheets.
#[must_use]
pub fn role(system: &System) -> Role {
    let kind = system.facts.kind;
    if system.is_ai() {
        Role::AiTool
    } else if kind.is_carrier() {
        Role::Carrier
    } else if kind.is_middleware() {
        Role::Middleware
    } else if kind.is_system_of_record() {
        Role::SystemOfRecord
    } else {
        Role::System
    }
}

/// What a flow is drawn as. What does not work yet is planned, whatever else it is.
#[must_use]
pub fn style(flow: &Flow) -> Style {
    if flow.is_planned() {
        Style::Planned
    } else if flow.is_standby {
        Style::Standby
    } else if flow.is_manual() {
        Style::Manual
    } else {
        Style::Automated
    }
}

/// Runs and rework of errors together.
#[must_use]
pub fn work(effort: Effort) -> Range<Hours> {
    effort.hours + effort.error_hours
}

/// `347 h a year`; a tenth of an hour below ten.
#[must_use]
pub fn hours_a_year(hours: Hours) -> String {
    let number = if hours.0 > 0.0 && hours.0 < 9.95 { format!("{:.1}", hours.0) } else { grouped(hours.0) };
    format!("{} h a year", number.strip_suffix(".0").unwrap_or(&number))
}

/// `Lead, Outcome`, and of many the first few and how many more.
#[must_use]
pub fn objects(stack: &Stack, data: &[DataIx]) -> String {
    let mut words: Vec<String> =
        data.iter().take(NAMED_OBJECTS).map(|ix| stack.data_object(*ix).name.to_string()).collect();
    if data.len() > NAMED_OBJECTS {
        words.push(format!("{} more", grouped((data.len() - NAMED_OBJECTS) as f64)));
    }
    words.join(", ")
}

/// The middleware that it runs through, in the order of the stack: the file does not say in which order several are passed.
fn stops(stack: &Stack, flow: &Flow) -> Vec<Stop> {
    let stop = |ix: &SystemIx| {
        let system = stack.system(*ix);
        Stop { id: system.id.to_string(), name: system.name.to_string() }
    };
    flow.through.iter().map(stop).collect()
}

/// `via Workato`.
fn via(stack: &Stack, flow: &Flow) -> Option<String> {
    (!flow.through.is_empty()).then(|| format!("via {}", listed(&names(stack, &flow.through))))
}

fn names<'s>(stack: &'s Stack, systems: &[SystemIx]) -> Vec<&'s str> {
    systems.iter().map(|ix| stack.system(*ix).name.as_str()).collect()
}

fn domain(system: &System) -> Option<&str> {
    system.domain.as_deref().filter(|domain| !domain.trim().is_empty())
}

/// What it is gathered with where it has no domain: AI tools are, whatever else they do.
fn family(system: &System) -> &'static str {
    if system.is_ai() { Kind::AiAgent.family() } else { system.facts.kind.family() }
}

fn badge(status: Status) -> &'static str {
    match status {
        Status::Production => "",
        Status::Planned => "planned",
        Status::Pilot => "pilot",
        Status::AdHoc => "ad hoc",
        Status::PhasingOut => "phasing out",
        Status::Retired => "retired",
    }
}

/// What it is for, and which product it is where its name does not show that.
fn caption(system: &System) -> String {
    let kind = system.facts.kind.display_name();
    let shows = |a: &str, b: &str| a.to_lowercase().contains(&b.to_lowercase());
    match &system.facts.name {
        Some(product) if !shows(product, system.name.called()) && !shows(system.name.called(), product) => {
            format!("{kind} · {product}")
        }
        _ => kind.to_owned(),
    }
}

/// `2 planned flows`, or nothing of none.
#[must_use]
pub fn some(number: usize, one: &str, many: &str) -> Option<String> {
    (number > 0).then(|| counted(number, one, many))
}
