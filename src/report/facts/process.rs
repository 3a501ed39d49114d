//! What every process depends on.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Component;
use crate::analysis::outages::component_id;
use crate::analysis::resilience::{self, Resilience};
use crate::model::Stack;
use crate::report::facts::StackOverview;
use crate::report::say::document::{Block, Column, Line, Table};
use sinew_graph::availability::Interval;

/// What one process depends on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Process {
    /// The process.
    pub id: String,
    /// Whether it runs with nothing failed.
    pub runs: bool,
    /// Whether it needs a standby flow with nothing failed.
    pub degraded: bool,
    /// The probability that it runs.
    pub availability: Availability,
    /// Systems and teams that state no availability, count as always up, and belong to a minimal cut set.
    pub unknown_availability: Vec<String>,
    /// Components whose failure alone takes it down.
    pub single_points: Vec<String>,
    /// Components whose failure alone leaves it to standby flows.
    pub covered_points: Vec<String>,
    /// Minimal cut sets, by length, then ids.
    pub cut_sets: Vec<Vec<String>>,
    /// All minimal cut sets to this order are listed; null where there are no others at all.
    pub cut_sets_complete_to: Option<u32>,
    /// Components that state an availability and can matter, by Birnbaum importance, largest first.
    pub importance: Vec<Importance>,
}

/// A probability, exact or between bounds that are certain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Availability {
    /// Whether both bounds are the number itself.
    pub exact: bool,
    /// The least that it can be.
    pub low: f64,
    /// The most that it can be.
    pub high: f64,
}

/// How much one component matters for a process. Where the availability is not exact these are the lower bounds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Importance {
    /// The component.
    pub component: String,
    /// The chance that the process hangs on it: unavailability with it failed minus unavailability with it up.
    pub birnbaum: f64,
    /// The part of the unavailability that goes if it never fails.
    pub fussell_vesely: f64,
    /// How many times worse the unavailability is while it has failed; null where that has no bound.
    pub risk_achievement_worth: Option<f64>,
}

/// Every process with what it depends on, by id.
#[must_use]
pub fn processes(stack: &Stack, all: &[Resilience]) -> Vec<Process> {
    all.iter().map(|one| process(stack, one)).collect()
}

fn process(stack: &Stack, found: &Resilience) -> Process {
    let id = |component: &Component| component_id(stack, *component).to_owned();
    let ids = |components: &[Component]| -> Vec<String> { components.iter().map(id).collect() };
    let Interval { low, high } = found.availability;
    Process {
        id: stack.process(found.process).id.to_string(),
        runs: found.runs,
        degraded: found.is_degraded,
        availability: Availability { exact: found.is_exact, low: settled(low), high: settled(high) },
        unknown_availability: ids(&found.unknown_availability),
        single_points: ids(&found.single_points),
        covered_points: ids(&found.covered_points),
        cut_sets: found.cut_sets.iter().map(|set| ids(set)).collect(),
        cut_sets_complete_to: found.complete_to,
        importance: found.importance.iter().map(|of| importance(stack, of)).collect(),
    }
}

fn importance(stack: &Stack, of: &resilience::Importance) -> Importance {
    let worth = of.risk_achievement_worth.low;
    Importance {
        component: component_id(stack, of.component).to_owned(),
        birnbaum: settled(of.birnbaum.low),
        fussell_vesely: settled(of.fussell_vesely.low),
        risk_achievement_worth: worth.is_finite().then(|| settled(worth)),
    }
}

/// The number to 12 significant digits: what comes after them is rounding, and would differ between machines.
fn settled(number: f64) -> f64 {
    format!("{number:.11e}").parse::<f64>().unwrap_or(number) + 0.0
}

/// The availability as people write it, with the nines that tell it from the next.
fn percent(availability: &Availability) -> String {
    let one = |share: f64| {
        let text = format!("{:.4}", share * 100.0);
        let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        format!("{text}%")
    };
    if availability.exact {
        one(availability.low)
    } else {
        format!("{} to {}", one(availability.low), one(availability.high))
    }
}

/// What each process depends on, as a table, with the component that is worth hardening first.
#[must_use]
pub fn blocks(stack: &StackOverview, processes: &[Process]) -> Vec<Block> {
    if processes.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new([
        Column::text("process"),
        Column::text("runs"),
        Column::number("availability"),
        Column::text("single points"),
        Column::text("covered"),
        Column::text("pairs"),
        Column::text("harden first"),
        Column::number("not known"),
    ]);
    for process in processes {
        let runs = match (process.runs, process.degraded) {
            (false, _) => "no",
            (true, true) => "on standby",
            (true, false) => "yes",
        };
        let pairs = process.cut_sets.iter().filter(|set| set.len() == 2).count();
        let harden = process.importance.first();
        table.push([
            Line::of(stack.names.process(&process.id)),
            Line::of(runs),
            Line::of(percent(&process.availability)),
            Line::of(few(stack, &process.single_points)),
            Line::of(few(stack, &process.covered_points)),
            Line::of(if pairs == 0 { String::new() } else { pairs.to_string() }),
            Line::of(harden.map(|of| stack.names.component(&of.component)).unwrap_or_default()),
            Line::of(process.unknown_availability.len().to_string()),
        ]);
    }
    let note = "Availability counts components that state none as always up; \u{201c}not known\u{201d} says how many of \
                those matter. Pairs are cut sets of two: both must fail.";
    vec![Block::Heading(Line::of("Processes")), Block::Table(table), Block::Paragraph(Line::of(note))]
}

/// The first names, and how many more there are.
fn few(stack: &StackOverview, ids: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut text = ids.iter().take(SHOWN).map(|id| stack.names.component(id)).collect::<Vec<_>>().join(", ");
    if ids.len() > SHOWN {
        text.push_str(&format!(" and {} more", ids.len() - SHOWN));
    }
    text
}
