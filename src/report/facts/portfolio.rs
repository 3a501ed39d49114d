//! Several stacks beside each other: where each stands, and which vendors and products several of them share.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::compare::Figures;
use super::diagnosis::Problem;
use super::plan::{Plan, Reach, Reached};
use super::{Number, Range};
use crate::analysis::outages::joint_outage;
use crate::analysis::stage::STAGES;
use crate::analysis::{Analysis, Component};
use crate::model::{ItemKind, Stack, SystemIx};
use crate::plan::{self, Options, PlanError};

/// Several stacks. Money is in the currency of each stack, a year unless a key says otherwise; null is not known.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew portfolio")]
pub struct Portfolio {
    /// Version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub sinew: u32,
    /// The stacks that could be read, in the order of the call.
    pub stacks: Vec<Row>,
    /// Vendors and products that are in use in at least two stacks, but for products whose vendor is in use in the same stacks and stops
    /// the same: by the number of stacks in which a process stops without
    /// them, then of processes that stop, then of stacks that use them (all descending), then by name.
    pub shared: Vec<Shared>,
    /// The files that could not be read or planned, in the order of the call. No other list says anything of them.
    pub unreadable: Vec<Unreadable>,
}

/// One stack.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioStack")]
pub struct Row {
    /// What it is called; where several are called so, with its file.
    pub name: String,
    /// The file, as it was named in the call.
    pub file: String,
    /// The day from which its date rules count.
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// The currency of its money.
    pub currency: Option<String>,
    /// How many systems are in use.
    pub systems: usize,
    /// How many processes its file names: without one it is not known what a failure stops.
    pub processes: usize,
    /// The name of its stage.
    pub stage_name: &'static str,
    /// Where it stands, its worst outage, and its plan.
    pub figures: Figures,
    /// What its plan builds first; null where nothing pays.
    pub first: Option<First>,
    /// What the next stage takes; null at stage 5.
    pub next_stage: Option<NextStage>,
}

/// The first item of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioFirst")]
pub struct First {
    /// Its id.
    pub id: String,
    /// One line for a person.
    pub title: String,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// Work to build it, in person-days.
    pub effort: Range,
    /// Money a year that it earns; null where the plan counts hours.
    pub value: Option<Range>,
    /// Hours a year that it saves; null where the plan counts money.
    pub hours: Option<Range>,
}

/// What the next stage takes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioNextStage")]
pub struct NextStage {
    /// The stage.
    pub stage: u8,
    /// Its name.
    pub name: &'static str,
    /// Whether a plan reaches it: `if-verified` where that depends on what has to be found out first.
    pub reached: Reached,
    /// Whether the answer is certain; false where the search ended before.
    pub settled: bool,
    /// Person-days that it takes more than the plan that need not reach it; null where no plan reaches it.
    pub days: Option<Number>,
    /// Money within the horizon that the plan is worth less; null where no plan reaches it, and where the plan counts hours.
    pub net_value: Option<Number>,
    /// Hours within the horizon that it saves less; null where no plan reaches it, and where the plan counts money.
    pub net_hours: Option<Number>,
    /// How many of its criteria nothing meets.
    pub unreachable: usize,
}

/// A vendor or product that several stacks use.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioShared")]
pub struct Shared {
    /// Its kind and its name: `vendor:Salesforce`.
    pub id: String,
    /// What it is.
    pub kind: SharedKind,
    /// What it is called.
    pub name: String,
    /// The stacks that use it, in the order of the call.
    pub stacks: Vec<Use>,
    /// In how many of them a process stops without it.
    pub stops: usize,
    /// How many of them name no process, so that it is not known what stops.
    pub unknown: usize,
    /// What an hour without it costs in all stacks together, as far as known; null where no cost is known, and where the
    /// costs are in several currencies.
    pub cost_per_hour: Option<Number>,
    /// Whether that is the least, because a part of it is not known.
    pub cost_at_least: bool,
    /// The currency of that.
    pub currency: Option<String>,
}

/// What several stacks share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "PortfolioSharedKind")]
pub enum SharedKind {
    /// A company, with everything that it sells.
    Vendor,
    /// A product of the catalog.
    Product,
}

/// What hangs on a vendor or product in one stack: all live systems of it fail together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioUse")]
pub struct Use {
    /// The stack, by the name that it has here.
    pub stack: String,
    /// Its systems, by id.
    pub systems: Vec<String>,
    /// Processes that stop without them, by id.
    pub processes_down: Vec<NamedProcess>,
    /// Processes that then run only with standby flows, by id.
    pub processes_degraded: Vec<NamedProcess>,
    /// What an hour costs: 0 where no process stops, null where none of those that stop states a cost or none is named.
    pub cost_per_hour: Option<Number>,
    /// Processes that stop and state no cost, by id.
    pub cost_unknown: Vec<String>,
    /// Whether the stack names processes.
    pub has_processes: bool,
    #[serde(skip)]
    currency: Option<String>,
}

impl Use {
    /// The currency of its cost.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }
}

/// A process with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioProcess")]
pub struct NamedProcess {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// A file that could not be read, or of which there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "PortfolioUnreadable")]
pub struct Unreadable {
    /// The file, as it was named in the call.
    pub file: String,
    /// Everything that is wrong with it.
    pub diagnostics: Vec<Problem>,
}

/// A vendor or product by what it is known by in every stack: names of vendors whatever their case, products by their id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(SharedKind, String);

/// Vendors and products of the live systems of `stack`, each with its name and systems.
fn keys(stack: &Stack) -> BTreeMap<Key, (String, Vec<SystemIx>)> {
    let mut found: BTreeMap<Key, (String, Vec<SystemIx>)> = BTreeMap::new();
    for (ix, system) in stack.live_systems() {
        let product = system.facts.product.as_ref().map(|id| {
            let name = stack.catalog.product(id.as_str()).map_or(id.as_str(), |product| product.name.as_str());
            (Key(SharedKind::Product, id.as_str().to_owned()), name.to_owned())
        });
        let vendor = system.facts.vendor.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let vendor = vendor.map(|name| (Key(SharedKind::Vendor, name.to_lowercase()), name.to_owned()));
        for (key, name) in product.into_iter().chain(vendor) {
            found.entry(key).or_insert_with(|| (name, Vec::new())).1.push(ix);
        }
    }
    found
}

/// What is in use in at least two of `stacks`, each with the first of its names.
#[must_use]
pub fn shared_keys<'s>(stacks: impl Iterator<Item = &'s Stack>) -> BTreeMap<Key, String> {
    let all: Vec<BTreeMap<Key, (String, Vec<SystemIx>)>> = stacks.map(keys).collect();
    let mut names: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for (key, (name, _)) in all.iter().flatten() {
        names.entry(key.clone()).or_default().insert(name.clone());
        *counts.entry(key.clone()).or_default() += 1;
    }
    let shared = names.into_iter().filter(|(key, _)| counts[key] > 1);
    shared.filter_map(|(key, names)| Some((key, names.into_iter().next()?))).collect()
}

/// What one stack says of itself and of what it shares.
#[derive(Clone, Debug)]
pub struct Said {
    row: Row,
    uses: Vec<(Key, Use)>,
}

/// What `stack` of `file`, called `name` here, says of itself and of `shared`.
///
/// # Errors
/// Where no plan can be made.
pub fn said((name, file): (&str, &str), stack: &Stack, shared: &BTreeMap<Key, String>) -> Result<Said, PlanError> {
    let analysis = Analysis::of(stack);
    let options = Options { samples: 0, ..Options::default() };
    let plan = Plan::of(stack, &plan::Plan::of(&analysis, &options)?, &options);
    let figures = Figures::with(&analysis, &plan);
    let stage = figures.standing.stage;
    let row = Row {
        name: name.to_owned(),
        file: file.to_owned(),
        as_of: stack.as_of.map(|day| day.to_string()),
        currency: stack.currency.clone(),
        systems: stack.live_systems().count(),
        processes: stack.processes.len(),
        stage_name: STAGES.iter().find(|(number, _)| *number == stage).map_or("", |(_, name)| name),
        first: plan.items.first().map(|item| First {
            id: item.id.clone(),
            title: item.title.clone(),
            kind: item.kind,
            effort: item.effort,
            value: item.value,
            hours: item.hours,
        }),
        next_stage: plan.reach.iter().find(|way| way.stage == stage + 1).map(next_stage),
        figures,
    };
    let uses = keys(stack).into_iter().filter(|(key, _)| shared.contains_key(key));
    let uses = uses.map(|(key, (_, systems))| (key, use_of(&analysis, name, &systems))).collect();
    Ok(Said { row, uses })
}

fn next_stage(way: &Reach) -> NextStage {
    NextStage {
        stage: way.stage,
        name: way.name,
        reached: way.reached,
        settled: way.settled,
        days: way.price.map(|price| price.days),
        net_value: way.price.and_then(|price| price.net_value),
        net_hours: way.price.and_then(|price| price.net_hours),
        unreachable: way.unreachable.len(),
    }
}

fn use_of(analysis: &Analysis<'_>, name: &str, systems: &[SystemIx]) -> Use {
    let stack = analysis.stack;
    let components: Vec<Component> = systems.iter().map(|ix| Component::System(*ix)).collect();
    let outage = super::outage::outage(stack, &joint_outage(stack, &analysis.supply, &components));
    let named = |ids: &[std::sync::Arc<str>]| -> Vec<NamedProcess> {
        let processes = ids.iter().filter_map(|id| stack.processes.iter().find(|one| one.id.as_str() == &**id));
        processes.map(|one| NamedProcess { id: one.id.to_string(), name: one.name.to_string() }).collect()
    };
    let has_processes = !stack.processes.is_empty();
    Use {
        stack: name.to_owned(),
        systems: systems.iter().map(|ix| stack.system(*ix).id.to_string()).collect(),
        processes_down: named(&outage.processes_down),
        processes_degraded: named(&outage.processes_degraded),
        cost_per_hour: outage.cost_per_hour.filter(|_| has_processes),
        cost_unknown: outage.cost_unknown.iter().map(|id| id.to_string()).collect(),
        has_processes,
        currency: stack.currency.clone(),
    }
}

/// Names for stacks of these titles in these files: a title that several have stands with the file.
#[must_use]
pub fn names(stacks: &[(&str, &str)]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    stacks.iter().for_each(|(title, _)| *counts.entry(title).or_default() += 1);
    let name = |(title, file): &(&str, &str)| {
        if counts[title] > 1 { format!("{title} ({file})") } else { (*title).to_owned() }
    };
    let mut all: Vec<String> = stacks.iter().map(name).collect();
    // A title may be what another title and its file come to.
    let mut taken = BTreeSet::new();
    for (at, one) in all.iter_mut().enumerate() {
        while !taken.insert(one.clone()) {
            *one = format!("{one} ({})", stacks[at].1);
        }
    }
    all
}

impl Portfolio {
    /// The stacks that said something, and the files that could not be read; `shared` names what they share.
    #[must_use]
    pub fn of(stacks: Vec<Said>, unreadable: Vec<Unreadable>, shared: BTreeMap<Key, String>) -> Self {
        let mut rows = Vec::new();
        let mut uses: BTreeMap<Key, Vec<Use>> = BTreeMap::new();
        for said in stacks {
            rows.push(said.row);
            said.uses.into_iter().for_each(|(key, one)| uses.entry(key).or_default().push(one));
        }
        // A stack without a plan is out, and what only one other has is shared no more.
        uses.retain(|_, stacks| stacks.len() > 1);
        let mut shared: Vec<Shared> =
            shared.into_iter().filter_map(|(key, name)| Some(Shared::of(key.0, name, uses.remove(&key)?))).collect();
        let vendors: Vec<Vec<Use>> =
            shared.iter().filter(|one| one.kind == SharedKind::Vendor).map(|one| one.stacks.clone()).collect();
        let says_no_more = |one: &Shared| vendors.iter().any(|vendor| is_within(&one.stacks, vendor));
        shared.retain(|one| one.kind == SharedKind::Vendor || !says_no_more(one));
        let rank = |one: &Shared| {
            let down: usize = one.stacks.iter().map(|of| of.processes_down.len()).sum();
            std::cmp::Reverse((one.stops, down, one.stacks.len()))
        };
        shared.sort_by(|a, b| (rank(a), &a.name, a.kind).cmp(&(rank(b), &b.name, b.kind)));
        Self { sinew: 1, stacks: rows, shared, unreadable }
    }

    /// The currency of all stacks; `None` where they have several, or none.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        one_of(self.stacks.iter().map(|row| row.currency.as_deref())).flatten()
    }

    /// Whether money of one stack is other money than that of another.
    #[must_use]
    pub fn has_several_currencies(&self) -> bool {
        let all: BTreeSet<Option<&str>> = self.stacks.iter().map(|row| row.currency.as_deref()).collect();
        all.len() > 1
    }
}

/// Whether a product is a part of a vendor that stops the same in the same stacks.
fn is_within(product: &[Use], vendor: &[Use]) -> bool {
    let same = |(product, vendor): (&Use, &Use)| {
        product.stack == vendor.stack
            && product.systems.iter().all(|system| vendor.systems.contains(system))
            && product.processes_down == vendor.processes_down
            && product.processes_degraded == vendor.processes_degraded
    };
    product.len() == vendor.len() && product.iter().zip(vendor).all(same)
}

/// What all are, where all are the same.
fn one_of<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

impl Shared {
    /// In how many currencies its stacks count.
    #[must_use]
    pub fn currencies(&self) -> usize {
        self.stacks.iter().map(Use::currency).collect::<BTreeSet<_>>().len()
    }

    fn of(kind: SharedKind, name: String, stacks: Vec<Use>) -> Self {
        let word = match kind {
            SharedKind::Vendor => "vendor",
            SharedKind::Product => "product",
        };
        let currency = one_of(stacks.iter().map(|one| one.currency.clone()));
        let known: Vec<f64> = stacks.iter().filter_map(|one| one.cost_per_hour).map(Number::get).collect();
        let is_open = stacks.iter().any(|one| one.cost_per_hour.is_none() || !one.cost_unknown.is_empty());
        let cost = (currency.is_some() && !known.is_empty()).then(|| known.iter().sum::<f64>());
        // Nothing that is known, and something that is not: that is no cost of 0.
        let cost = cost.filter(|cost| *cost > 0.0 || !is_open);
        Self {
            id: format!("{word}:{name}"),
            kind,
            name,
            stops: stacks.iter().filter(|one| !one.processes_down.is_empty()).count(),
            unknown: stacks.iter().filter(|one| !one.has_processes).count(),
            cost_per_hour: cost.map(Number::from),
            cost_at_least: cost.is_some() && is_open,
            currency: currency.flatten(),
            stacks,
        }
    }
}
