//! Scenarios beside the stack as it is: each computed in full, and what it changes against today.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::{SeverityWord, word};
use super::plan::{Plan, Standing};
use super::{Names, Number, Outage, Range, StackOverview, outage};
use crate::analysis::diff::{FindingChanges, finding_changes};
use crate::analysis::{self, Analysis, Severity};
use crate::model::{self, Scenario, Stack, Status, System};
use crate::plan::scenario::keep_assumed_origins;
use crate::plan::settings::Unit;
use crate::plan::{self, Options, PlanError};

/// Most scenarios that are compared at once: more columns nobody reads.
pub const MOST_SCENARIOS: usize = 12;

/// Scenarios beside the stack as it is. Money is in the stack's currency a year and hours are a year, unless a key says
/// otherwise; null is not known.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew comparison")]
pub struct Comparison {
    /// Version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub sinew: u32,
    /// The stack that the scenarios edit.
    pub stack: StackOverview,
    /// The stack as it is.
    pub today: Figures,
    /// The scenarios, in the order asked for.
    pub scenarios: Vec<Compared>,
}

/// One scenario.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// What it is called.
    pub name: String,
    /// Why anybody would do it.
    pub why: Option<String>,
    /// The file that says it, as it was named in the call.
    pub file: String,
    /// What it retires, by id, in the order of the file.
    pub retired: Vec<String>,
    /// What it adds, by id.
    pub added: Vec<String>,
    /// What it changes, in the order of the file.
    pub changed: Vec<Changed>,
    /// The settings of the plan that it states.
    pub settings: Vec<String>,
    /// Contracts that end or begin with it.
    pub contracts: Contracts,
    /// The stack as it would be.
    pub figures: Figures,
    /// What it changes among the findings.
    pub findings: Against,
}

/// An entry with other values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ScenarioChange")]
pub struct Changed {
    /// The entry, by id.
    pub id: String,
    /// The keys with other values.
    pub keys: Vec<String>,
}

/// What a stack comes to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ComparedFigures")]
pub struct Figures {
    /// Where it stands before anything is built.
    pub standing: Standing,
    /// The failure of one component that stops most: processes, then cost per hour; null where none stops a process.
    pub worst_outage: Option<Worst>,
    /// Its plan in figures.
    pub plan: Planned,
}

/// The failure that stops most.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "WorstOutage")]
pub struct Worst {
    /// What fails, by id.
    pub component: String,
    /// What it is called.
    pub name: String,
    /// How many processes stop.
    pub processes: usize,
    /// What an hour of it costs; at least that where `cost_unknown` is not 0, null where none of the processes states a cost.
    pub cost_per_hour: Option<Number>,
    /// How many of the processes that stop state no cost.
    pub cost_unknown: usize,
}

/// A plan in figures.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ComparedPlan")]
pub struct Planned {
    /// What the plan weighs: money, or hours where no rate says what an hour of work by hand costs.
    pub counted_in: Unit,
    /// Weeks within which gains count.
    pub horizon_weeks: Number,
    /// How many items it builds.
    pub items: usize,
    /// Person-days of all items.
    pub effort: Range,
    /// Money within the horizon that work and running cost take; null where hours are counted.
    pub spent: Option<Number>,
    /// Money within the horizon: what the items earn, less work and running cost; null where hours are counted.
    pub net_value: Option<Number>,
    /// Hours within the horizon that the items save, less those of the work; null where money is counted.
    pub net_hours: Option<Number>,
    /// How far the bound is above that, as a share of the bound; 0 where the plan is proved to be the best.
    pub gap: f64,
}

/// Contracts of systems that are in use on one side only, or cost something else there: money a year.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Contracts {
    /// What is saved, as far as it is stated.
    pub saved: Range,
    /// Systems that are no longer in use and state no cost.
    pub saved_unknown: Vec<String>,
    /// What is spent besides, as far as it is stated.
    pub added: Range,
    /// Systems that come into use and state no cost.
    pub added_unknown: Vec<String>,
}

/// Findings against those of today. Findings that are accepted do not stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Against {
    /// Those that stand and do not today.
    pub new: Vec<Found>,
    /// Those that stand on both sides and are more severe.
    pub worse: Vec<Found>,
    /// Those that stand today and are not found.
    pub fixed: Vec<Found>,
    /// The same, because what they are about is gone or runs no more: nothing is fixed.
    pub void: Vec<Found>,
    /// How many stand on both sides.
    pub unchanged: usize,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ComparedFinding")]
pub struct Found {
    /// Its id, as in a report.
    pub id: String,
    /// What it is known by in another run.
    pub fingerprint: String,
    /// How severe it is.
    #[serde(serialize_with = "word")]
    #[schemars(with = "SeverityWord")]
    pub severity: Severity,
    /// What was found, in one sentence.
    pub message: String,
}

/// Why scenarios cannot be compared.
#[derive(Debug)]
pub enum CompareError {
    /// There are more than [`MOST_SCENARIOS`].
    TooMany(usize),
    /// There is no plan of one of the stacks.
    Plan(PlanError),
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(count) => {
                write!(f, "{count} scenarios are more than the {MOST_SCENARIOS} that stand side by side; name fewer")
            }
            Self::Plan(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CompareError {}

impl Comparison {
    /// Compares `stack` with what each scenario makes of it; with each comes the name of its file.
    ///
    /// # Errors
    /// Where there are too many scenarios, or a plan cannot be made.
    pub fn of(stack: &Stack, scenarios: &[(String, Scenario, Stack)]) -> Result<Self, CompareError> {
        if scenarios.len() > MOST_SCENARIOS {
            return Err(CompareError::TooMany(scenarios.len()));
        }
        let analysis = Analysis::of(stack);
        let findings = analysis.findings();
        let compared = |(file, scenario, edited): &(String, Scenario, Stack)| {
            let mut edited = edited.clone();
            keep_assumed_origins(&analysis, &mut edited);
            let after = Analysis::of(&edited);
            let found = after.findings();
            let changes = finding_changes(&findings, &found, &after);
            let keys = scenario.changed.iter().cloned();
            Ok(Compared {
                name: scenario.name.clone(),
                why: scenario.why.clone(),
                file: file.clone(),
                retired: scenario.retired.clone(),
                added: scenario.added.clone(),
                changed: keys.map(|(id, keys)| Changed { id, keys }).collect(),
                settings: scenario.settings.clone(),
                contracts: Contracts::between(stack, &edited),
                figures: Figures::of(&after)?,
                findings: Against::of(&changes),
            })
        };
        let scenarios = scenarios.iter().map(compared).collect::<Result<_, CompareError>>()?;
        Ok(Self { sinew: 1, stack: StackOverview::of(stack), today: Figures::of(&analysis)?, scenarios })
    }

    /// The figures of today, and then of each scenario.
    pub fn columns(&self) -> impl Iterator<Item = &Figures> + Clone {
        std::iter::once(&self.today).chain(self.scenarios.iter().map(|one| &one.figures))
    }
}

impl Figures {
    /// What the stack of `analysis` comes to, with the plan that its file asks for.
    ///
    /// # Errors
    /// Where a plan cannot be made.
    pub fn of(analysis: &Analysis<'_>) -> Result<Self, CompareError> {
        let options = Options { samples: 0, frontier: false, ..Options::default() };
        let plan = plan::Plan::of(analysis, &options).map_err(CompareError::Plan)?;
        Ok(Self::with(analysis, &Plan::of(analysis.stack, &plan, &options)))
    }

    /// What the stack of `analysis` comes to with its `plan`.
    #[must_use]
    pub fn with(analysis: &Analysis<'_>, plan: &Plan) -> Self {
        Self {
            worst_outage: outage::outages(analysis).first().and_then(|one| Worst::of(one, &Names::of(analysis.stack))),
            plan: Planned {
                counted_in: plan.counted_in,
                horizon_weeks: plan.horizon_weeks,
                items: plan.items.len(),
                effort: plan.effort,
                spent: plan.spent,
                net_value: plan.net_value,
                net_hours: plan.net_hours,
                gap: plan.gap,
            },
            standing: plan.before.clone(),
        }
    }
}

impl Worst {
    /// The outage, where it stops a process; outages come with those first that stop most.
    fn of(outage: &Outage, names: &Names) -> Option<Self> {
        let component = outage.components.first().filter(|_| !outage.processes_down.is_empty())?;
        Some(Self {
            component: component.to_string(),
            name: names.component(component),
            processes: outage.stopping(),
            cost_per_hour: outage.cost_per_hour,
            cost_unknown: outage.cost_unknown.len(),
        })
    }
}

impl Contracts {
    fn between(today: &Stack, then: &Stack) -> Self {
        let is_live = |system: &System| !matches!(system.status, Status::Planned | Status::Retired);
        let in_use = |stack: &'_ Stack, id: &str| -> Option<System> {
            stack.find_system(id).map(|ix| stack.system(ix)).filter(|system| is_live(system)).cloned()
        };
        let cost = |system: &System| system.contract.cost.map(|cost| cost.map(|money| money.0));
        let (mut saved, mut added) = (model::Range::exact(0.0), model::Range::exact(0.0));
        let (mut saved_unknown, mut added_unknown) = (Vec::new(), Vec::new());
        for before in today.systems.iter().filter(|system| is_live(system)) {
            let after = in_use(then, before.id.as_str());
            match (cost(before), after.as_ref().map(cost)) {
                (Some(cost), None) => saved = saved + cost,
                (None, None) => saved_unknown.push(before.id.to_string()),
                (Some(old), Some(Some(new))) if old != new => (saved, added) = (saved + old, added + new),
                (None, Some(Some(new))) => {
                    added = added + new;
                    saved_unknown.push(before.id.to_string());
                }
                (Some(old), Some(None)) => {
                    saved = saved + old;
                    added_unknown.push(before.id.to_string());
                }
                _ => {}
            }
        }
        for after in then.systems.iter().filter(|system| is_live(system) && in_use(today, system.id.as_str()).is_none())
        {
            match cost(after) {
                Some(cost) => added = added + cost,
                None => added_unknown.push(after.id.to_string()),
            }
        }
        let range =
            |of: model::Range<f64>| Range { low: of.low.into(), likely: of.likely.into(), high: of.high.into() };
        Self { saved: range(saved), saved_unknown, added: range(added), added_unknown }
    }
}

impl Against {
    fn of(changes: &FindingChanges) -> Self {
        let found = |finding: &analysis::Finding| Found {
            id: finding.id.clone(),
            fingerprint: finding.fingerprint.to_string(),
            severity: finding.severity,
            message: finding.message.clone(),
        };
        let standing =
            |all: &[analysis::Finding]| all.iter().filter(|one| !one.is_accepted).map(found).collect::<Vec<_>>();
        let is_worse = |finding: &&analysis::Finding| {
            // The order of severities begins with the highest.
            changes.moved.iter().any(|(id, before, now)| *id == finding.id && now < before)
        };
        let (worse, same): (Vec<_>, Vec<_>) =
            changes.unchanged.iter().filter(|finding| !finding.is_accepted).partition(is_worse);
        let mut new = standing(&changes.new);
        // What is accepted today and stands then is new, and the other way round it is gone.
        let returned = |finding: &&&analysis::Finding| changes.no_longer_accepted.contains(&finding.id);
        new.extend(same.iter().filter(returned).map(|finding| found(finding)));
        Self {
            unchanged: same.iter().filter(|finding| !returned(finding)).count() + worse.len(),
            new,
            worse: worse.into_iter().map(found).collect(),
            fixed: standing(&changes.fixed),
            void: standing(&changes.void),
        }
    }
}
