//! What is plausible in a stack wherever an entry itself says nothing: its teams, and the spread of what it states elsewhere.
//!
//! Each is found once for all questions: a stack of a hundred thousand flows has as many of them.

use super::answers::{AnswersFrom, TABLE};
use crate::model::{Flow, Quantity, Range, Stack, SystemIx, TeamIx, yaml_text};

/// How many teams an answer offers at most.
const TEAMS: usize = 3;

/// Values of a key that are needed for quartiles.
const ENOUGH: usize = 4;

/// What is plausible in one stack.
pub(super) struct Plausible<'s> {
    pub(super) stack: &'s Stack,
    /// The teams that an answer may name, as a stack file writes them: those first that own or perform most, then by id.
    pub(super) teams: Vec<String>,
    spreads: Vec<(&'static str, ([f64; 3], AnswersFrom))>,
    /// Systems that people carry something into or out of, by place.
    carried: Vec<bool>,
    /// Teams that perform a flow or own a system, by place.
    busy: Vec<bool>,
}

impl<'s> Plausible<'s> {
    pub(super) fn of(stack: &'s Stack) -> Self {
        let mut carried = vec![false; stack.systems.len()];
        let mut busy = vec![false; stack.teams.len()];
        for (_, flow) in stack.live_flows().filter(|(_, flow)| flow.is_manual()) {
            flow.performer.into_iter().for_each(|team| busy[team.at()] = true);
            if !flow.is_standby {
                [flow.from, flow.to].into_iter().for_each(|end| carried[end.at()] = true);
            }
        }
        let owners = stack.live_systems().filter_map(|(_, system)| system.owner);
        owners.for_each(|team| busy[team.at()] = true);
        let spreads = TABLE.iter().map(|(key, table)| (*key, spread(stack, key, *table))).collect();
        Self { stack, teams: teams(stack), spreads, carried, busy }
    }

    /// What `key` may be, apart from what an entry itself says; nothing for a key that is no number.
    pub(super) fn spread(&self, key: &str) -> Option<([f64; 3], AnswersFrom)> {
        self.spreads.iter().find(|(known, _)| *known == key).map(|(_, spread)| *spread)
    }

    /// A guess of this value: its own ends where it is a range; else the value itself is likely, and its ends are those of
    /// the spread where they are farther out.
    pub(super) fn around(&self, key: &str, value: Range<f64>) -> Option<([f64; 3], AnswersFrom)> {
        if value.low < value.high {
            return Some(([value.low, value.likely, value.high], AnswersFrom::Stated));
        }
        let ([low, _, high], from) = self.spread(key)?;
        Some(([low.min(value.likely), value.likely, high.max(value.likely)], from))
    }

    /// Whether people carry something into or out of a system.
    pub(super) fn is_carried(&self, system: SystemIx) -> bool {
        self.carried[system.at()]
    }

    /// Whether something depends on how many people a team has: it performs a flow, or owns a system.
    pub(super) fn is_busy(&self, team: TeamIx) -> bool {
        self.busy[team.at()]
    }
}

fn teams(stack: &Stack) -> Vec<String> {
    let mut count: Vec<usize> = vec![0; stack.teams.len()];
    let owners = stack.systems.iter().filter_map(|system| system.owner);
    let performers = stack.flows.iter().filter_map(|flow| flow.performer);
    owners.chain(performers).for_each(|team| count[team.at()] += 1);
    let mut all: Vec<(usize, &str)> = count.into_iter().zip(stack.teams.iter().map(|team| team.id.as_str())).collect();
    // The teams are sorted by id, and the sort is stable.
    all.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    all.into_iter().take(TEAMS).map(|(_, id)| yaml_text(id)).collect()
}

/// The quartiles of what a stack states for a key, or what the table says where it states too little.
fn spread(stack: &Stack, key: &str, table: [f64; 3]) -> ([f64; 3], AnswersFrom) {
    let mut stated = stated(stack, key);
    if stated.len() < ENOUGH {
        return (table, AnswersFrom::Table);
    }
    stated.sort_by(f64::total_cmp);
    ([1, 2, 3].map(|quarter| quantile(&stated, quarter)), AnswersFrom::Stack)
}

/// The value below which so many quarters of `sorted` lie, between two values in proportion.
fn quantile(sorted: &[f64], quarter: usize) -> f64 {
    let at = (sorted.len() - 1) as f64 * quarter as f64 / 4.0;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
}

/// The likely values of `key` that are stated and no guesses, over all entries that have it; of flows those by hand.
fn stated(stack: &Stack, key: &str) -> Vec<f64> {
    let is_known = |guessed: &[String]| !guessed.iter().any(|guess| guess == key);
    let is_meant = |flow: &&Flow| flow.is_manual() && is_known(flow.remarks.guessed());
    let manual = || stack.flows.iter().filter(is_meant);
    let systems = stack.systems.iter().filter(|system| is_known(system.remarks.guessed()));
    let processes = stack.processes.iter().filter(|process| is_known(process.remarks.guessed()));
    let teams = stack.teams.iter().filter(|team| is_known(team.remarks.guessed()));
    match key {
        "minutes" => manual().filter_map(|flow| likely(flow.run.minutes)).collect(),
        "runs" => manual().filter_map(|flow| likely(flow.runs)).collect(),
        "records" => manual().filter_map(|flow| likely(flow.run.records)).collect(),
        "outage_cost" => processes.filter_map(|process| likely(process.outage_cost)).collect(),
        "availability" => systems.filter_map(|system| likely(system.availability)).collect(),
        "hourly_rate" => teams.filter_map(|team| likely(team.hourly_rate)).collect(),
        _ => Vec::new(),
    }
}

fn likely<Q: Quantity>(range: Option<Range<Q>>) -> Option<f64> {
    range.map(|range| range.likely.amount())
}
