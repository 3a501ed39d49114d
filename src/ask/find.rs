//! What is there, and which ways lead from one system to another?

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::Refused;
use super::name::{component_of, unknown};
use crate::analysis::lineage::{Lineage, Step};
use crate::analysis::{Analysis, Fact};
use crate::model::{DataIx, Stack, SystemIx, TeamIx};
use crate::report::document::Document;
use crate::report::say::{Line, counted, listed};
use crate::report::story::{Chapter, Item, Part};
use crate::report::{Location, Names};
use crate::source::{Source, Span, nearest};

/// What fits a search, and the ways between two systems.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew find")]
pub struct Found {
    /// Version of this format.
    pub sinew: u32,
    /// Entries of the stack file: systems, flows, data objects, teams, processes, each kind by id.
    pub entries: Vec<Entry>,
    /// For each data object that can leave the first system and arrive at the second, the way with the fewest steps; by
    /// steps, then ids. Null where no ways were asked for.
    pub ways: Option<Vec<Way>>,
}

/// An entry of the stack file. What does not apply to its kind is null or empty.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "FoundEntry")]
pub struct Entry {
    /// `system`, `flow`, `data`, `team` or `process`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where the file says so.
    pub location: Location,
    /// Whether a system or flow is in use today.
    pub live: Option<bool>,
    /// The team that owns a system or process, or performs a flow, by id; null where nobody is named.
    pub team: Option<String>,
    /// How a flow works, as the file says it.
    pub mechanism: Option<String>,
    /// Where a flow leaves, by id.
    pub from: Option<String>,
    /// Where it arrives.
    pub to: Option<String>,
    /// What a flow carries, a system makes and a process needs, by id.
    pub data: Vec<String>,
    /// Flows that begin or end at a system, carry a data object, or are performed by a team, by id.
    pub flows: Vec<String>,
}

/// A way of a data object from one system to another, along flows in use today.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "FoundWay")]
pub struct Way {
    /// The object that leaves, by id.
    pub data: String,
    /// The object that arrives: another one where something is made of it on the way.
    pub arrives_as: String,
    /// Each step, in order.
    pub steps: Vec<WayStep>,
    /// How many of the flows a person performs.
    pub by_hand: usize,
}

/// A step of a way: a flow that carries the object, or a system that makes another of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WayStep {
    /// The flow, by id; null where something is made.
    pub flow: Option<String>,
    /// The system where the step begins.
    pub from: String,
    /// The system where it ends.
    pub to: String,
    /// The object that the step ends with.
    pub data: String,
    /// Whether a person performs the flow.
    pub by_hand: bool,
    /// Whether the flow is standby: it runs only while something fails.
    pub standby: bool,
}

/// What is there that fits `text`, of one `kind` where that is given; all of it where `text` is empty. Words are looked for
/// in ids and names, upper and lower case alike; every word must be there.
#[must_use]
pub fn find(stack: &Stack, source: &Source, text: &str, kind: Option<&str>) -> Found {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |entry: &Entry| {
        let said = format!("{} {}", entry.id, entry.name).to_lowercase();
        kind.is_none_or(|kind| kind == entry.kind) && words.iter().all(|word| said.contains(word))
    };
    Found { sinew: 1, entries: entries(stack, source).into_iter().filter(fits).collect(), ways: None }
}

/// The ways from the system called `from` to the one called `to`.
///
/// # Errors
/// Where one of them is no system, or could be several.
pub fn ways(analysis: &Analysis<'_>, from: &str, to: &str) -> Result<Vec<Way>, Refused> {
    let stack = analysis.stack;
    let (from, to) = match (system(stack, from), system(stack, to)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(Refused(one)), Err(Refused(other))) => return Err(Refused(one + &other)),
        (Err(refused), _) | (_, Err(refused)) => return Err(refused),
    };
    let lineage = Lineage::new(stack, analysis.deliveries(), &|_| true, &|_| true);
    let starts = stack.all_data().map(|(data, _)| Fact { at: from, data });
    let mut ways = Vec::new();
    for start in starts.filter(|fact| analysis.deliveries().leaves(*fact)) {
        let reached = lineage.from([start]);
        let mut ends: Vec<Fact> = reached.reached().filter(|fact| fact.at == to).collect();
        ends.sort_unstable();
        let steps = ends.into_iter().filter_map(|end| Some((end, reached.path_to(end)?)));
        ways.extend(steps.filter(|(_, steps)| !steps.is_empty()).map(|(end, steps)| way(stack, start, end, &steps)));
    }
    ways.sort_by(|a, b| (a.steps.len(), &a.data, &a.arrives_as).cmp(&(b.steps.len(), &b.data, &b.arrives_as)));
    Ok(ways)
}

/// The JSON Schema of what is found.
#[must_use]
pub fn find_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Found>().to_value()
}

fn system(stack: &Stack, name: &str) -> Result<SystemIx, Refused> {
    let id = component_of(stack, name).map_err(Refused)?;
    stack.find_system(&id).ok_or_else(|| {
        let known = stack.systems.iter().map(|system| system.id.as_str());
        Refused(unknown("system", &id, nearest(&id, known)))
    })
}

fn way(stack: &Stack, start: Fact, end: Fact, steps: &[Step]) -> Way {
    let id = |ix: SystemIx| stack.system(ix).id.to_string();
    let step = |step: &Step| match *step {
        Step::Carried(flow, data) => {
            let flow = stack.flow(flow);
            WayStep {
                flow: Some(flow.id.to_string()),
                from: id(flow.from),
                to: id(flow.to),
                data: stack.data_object(data).id.to_string(),
                by_hand: flow.is_manual(),
                standby: flow.is_standby,
            }
        }
        Step::Made(at, _, data) => WayStep {
            flow: None,
            from: id(at),
            to: id(at),
            data: stack.data_object(data).id.to_string(),
            by_hand: false,
            standby: false,
        },
    };
    let steps: Vec<WayStep> = steps.iter().map(step).collect();
    Way {
        data: stack.data_object(start.data).id.to_string(),
        arrives_as: stack.data_object(end.data).id.to_string(),
        by_hand: steps.iter().filter(|step| step.by_hand).count(),
        steps,
    }
}

/// Flows by what they touch, found in one pass.
#[derive(Default)]
struct Touching {
    systems: BTreeMap<SystemIx, Vec<String>>,
    data: BTreeMap<DataIx, Vec<String>>,
    teams: BTreeMap<TeamIx, Vec<String>>,
}

impl Touching {
    fn of(stack: &Stack) -> Self {
        let mut this = Self::default();
        for flow in &stack.flows {
            let id = flow.id.as_str();
            let ends = BTreeSet::from_iter([flow.from, flow.to].into_iter().chain(flow.through.iter().copied()));
            ends.into_iter().for_each(|end| this.systems.entry(end).or_default().push(id.to_owned()));
            flow.data.iter().for_each(|data| this.data.entry(*data).or_default().push(id.to_owned()));
            flow.performer.iter().for_each(|team| this.teams.entry(*team).or_default().push(id.to_owned()));
        }
        this
    }
}

fn entries(stack: &Stack, source: &Source) -> Vec<Entry> {
    let plain = |kind: &'static str, id: String, name: String, place: Span| Entry {
        kind,
        id,
        name,
        location: Location::of(place, source),
        live: None,
        team: None,
        mechanism: None,
        from: None,
        to: None,
        data: Vec::new(),
        flows: Vec::new(),
    };
    let (names, mut flows) = (Names::of(stack), Touching::of(stack));
    let objects = |all: &mut dyn Iterator<Item = DataIx>| -> Vec<String> {
        all.map(|data| stack.data_object(data).id.to_string()).collect()
    };
    let mut all: Vec<Entry> = Vec::new();
    for (ix, one) in stack.all_systems() {
        all.push(Entry {
            live: Some(one.is_live()),
            team: one.owner.map(|team| stack.team(team).id.to_string()),
            data: objects(&mut one.makes.iter().map(|making| making.data)),
            flows: flows.systems.remove(&ix).unwrap_or_default(),
            ..plain("system", one.id.to_string(), one.name.to_string(), one.place)
        });
    }
    for one in &stack.flows {
        all.push(Entry {
            live: Some(stack.is_live(one)),
            team: one.performer.map(|team| stack.team(team).id.to_string()),
            mechanism: Some(one.mechanism.as_str().to_owned()),
            from: Some(stack.system(one.from).id.to_string()),
            to: Some(stack.system(one.to).id.to_string()),
            data: objects(&mut one.data.iter().copied()),
            ..plain("flow", one.id.to_string(), names.component(one.id.as_str()), one.place)
        });
    }
    for (ix, one) in stack.all_data() {
        let flows = flows.data.remove(&ix).unwrap_or_default();
        all.push(Entry { flows, ..plain("data", one.id.to_string(), one.name.to_string(), one.place) });
    }
    for (ix, one) in stack.all_teams() {
        let flows = flows.teams.remove(&ix).unwrap_or_default();
        all.push(Entry { flows, ..plain("team", one.id.to_string(), one.name.to_string(), one.place) });
    }
    for one in &stack.processes {
        let mut needs = objects(&mut one.data_needs().map(|need| need.data));
        needs.sort_unstable();
        needs.dedup();
        all.push(Entry {
            team: one.owner.map(|team| stack.team(team).id.to_string()),
            data: needs,
            ..plain("process", one.id.to_string(), one.name.to_string(), one.place)
        });
    }
    all
}

/// What was found, for people; `between` names both ends of the ways.
#[must_use]
pub fn found_document(found: &Found, names: &Names, between: Option<(&str, &str)>) -> Document {
    let mut chapters = Vec::new();
    if let (Some(ways), Some((from, to))) = (&found.ways, between) {
        let head = match ways.len() {
            0 => format!("No flow in use today brings anything from {from} to {to}."),
            some => format!("{} from {from} to {to}.", counted(some, "way", "ways")),
        };
        let items = ways.iter().map(|way| told_way(way, names)).collect();
        let parts = vec![Part::Sentences(vec![Line::of(head)]), Part::Items(items)];
        chapters.push(Chapter::of("ways", "Ways", parts));
    } else if found.entries.is_empty() {
        let line = Line::of("Nothing fits; without `text`, everything is listed.");
        chapters.push(Chapter::of("entries", "", vec![Part::Sentences(vec![line])]));
    } else {
        let items = found.entries.iter().map(told_entry).collect();
        chapters.push(Chapter::of("entries", "", vec![Part::Items(items)]));
    }
    Document { chapters, ..Document::default() }
}

fn told_way(way: &Way, names: &Names) -> Item {
    let becomes = if way.arrives_as == way.data {
        String::new()
    } else {
        format!(", which arrives as {}", names.data(&way.arrives_as))
    };
    let by_hand = if way.by_hand > 0 { format!("; {} by hand", way.by_hand) } else { String::new() };
    let steps = counted(way.steps.len(), "step", "steps");
    let head = Line::strong(names.data(&way.data)).and(format!("{becomes}: {steps}{by_hand}"));
    let detail = |step: &WayStep| match &step.flow {
        Some(flow) => {
            let hand = if step.by_hand { ", by hand" } else { "" };
            let standby = if step.standby { ", standby" } else { "" };
            Line::of(format!("{} → {}{hand}{standby}: ", names.system(&step.from), names.system(&step.to)))
                .and_code(flow)
        }
        None => Line::of(format!("{} makes {} of it", names.system(&step.from), names.data(&step.data))),
    };
    Item { head, details: way.steps.iter().map(detail).collect() }
}

fn told_entry(entry: &Entry) -> Item {
    let mut head = Line::of(format!("{} ", entry.kind)).and_code(&entry.id);
    if entry.name != entry.id {
        head = head.and(format!(": {}", entry.name));
    }
    let mut said = vec![entry.location.to_string()];
    if entry.live == Some(false) {
        said.push("not in use today".to_owned());
    }
    said.extend(entry.mechanism.clone());
    said.extend(entry.team.as_ref().map(|team| format!("team {team}")));
    let verb = match entry.kind {
        "system" => Some("makes"),
        "process" => Some("needs"),
        _ => None,
    };
    if let Some(verb) = verb.filter(|_| !entry.data.is_empty()) {
        said.push(format!("{verb} {}", listed(&entry.data)));
    }
    if !entry.flows.is_empty() {
        said.push(counted(entry.flows.len(), "flow", "flows"));
    }
    Item::of(head.and(format!(" ({})", said.join("; "))))
}
