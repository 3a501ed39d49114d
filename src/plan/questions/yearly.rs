//! The yearly amount that an answer can move: work by hand, and what failures are expected to cost.

use std::collections::BTreeMap;

use crate::analysis::handoffs::{self, is_handoff};
use crate::analysis::outages::stated_availability;
use crate::analysis::{Analysis, Component, Outage};
use crate::model::asking::{Answer, Question};
use crate::model::{Count, Flow, Mechanism, Minutes, PerYear, Range, Stack, SystemIx};
use crate::plan::settings::{Settings, Unit};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// What amounts are computed from.
pub(super) struct Yearly<'a> {
    stack: &'a Stack,
    analysis: &'a Analysis<'a>,
    unit: Unit,
    of_money: f64,
    /// The outage of each system, by its place.
    outage_of: Vec<Option<&'a Outage>>,
    /// The flows by hand into and out of each system that has some, in their order.
    by_hand_at: BTreeMap<SystemIx, Vec<&'a Flow>>,
    /// Hours of a year for which failures of stated availability are expected to stop each process, each counted alone.
    hours_down: Vec<f64>,
}

impl<'a> Yearly<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>, settings: &Settings) -> Self {
        let stack = analysis.stack;
        let mut outage_of = vec![None; stack.systems.len()];
        let mut hours_down = vec![0.0; stack.processes.len()];
        for outage in analysis.outages() {
            if let [Component::System(system)] = outage.components[..] {
                outage_of[system.at()] = Some(outage);
            }
            let up = outage.components.first().and_then(|component| stated_availability(stack, *component));
            let hours = up.map_or(0.0, |up| (1.0 - up.likely.0) * HOURS_A_YEAR);
            outage.processes_down.iter().for_each(|process| hours_down[process.at()] += hours);
        }
        let mut by_hand_at: BTreeMap<SystemIx, Vec<&Flow>> = BTreeMap::new();
        for flow in stack.flows.iter().filter(|flow| is_handoff(stack, flow)) {
            by_hand_at.entry(flow.from).or_default().push(flow);
            if flow.to != flow.from {
                by_hand_at.entry(flow.to).or_default().push(flow);
            }
        }
        Self { stack, analysis, unit: settings.unit, of_money: settings.of_money, outage_of, by_hand_at, hours_down }
    }

    /// Whether a question is worth a line: how often a system works is, where its failure stops a process or leaves one to
    /// standby.
    pub(super) fn is_asked(&self, question: &Question) -> bool {
        if question.is_guess || !question.has("availability") {
            return true;
        }
        let Some(system) = self.stack.find_system(&question.entry) else { return true };
        self.outage_of[system.at()]
            .is_some_and(|outage| !outage.processes_down.is_empty() || !outage.processes_degraded.is_empty())
    }

    /// The lowest and the highest amount a year at the answers.
    pub(super) fn amounts(&self, question: &Question) -> Option<(f64, f64)> {
        let amounts: Option<Vec<f64>> = question.answers.iter().map(|answer| self.amount(question, answer)).collect();
        let amounts = amounts.filter(|amounts| amounts.len() > 1)?;
        let low = amounts.iter().copied().fold(f64::INFINITY, f64::min);
        Some((low, amounts.iter().copied().fold(f64::NEG_INFINITY, f64::max)))
    }

    fn amount(&self, question: &Question, answer: &Answer) -> Option<f64> {
        let number = answer.numbers[0];
        match (question.list, question.asks[0].key.as_str()) {
            ("flows", _) => question.entries().map(|id| self.of_flow(id, question, answer)).sum(),
            ("settings", "hourly_rate") => {
                let flows = self.stack.flows.iter().filter(|flow| is_handoff(self.stack, flow));
                let unpriced = flows.filter(|flow| self.stack.rate(flow.performer).is_none());
                let hours = unpriced.filter_map(|flow| handoffs::effort(self.stack, flow));
                Some(hours.map(|effort| (effort.hours + effort.error_hours).likely.0).sum::<f64>() * number?)
            }
            ("systems", "interfaces") if !question.is_guess => {
                // With an interface, programs may carry what people do; without one, they go on.
                let system = self.stack.find_system(&question.entry)?;
                let all = self.by_hand_at.get(&system).into_iter().flatten();
                let total: f64 = all.filter_map(|flow| self.by_hand(flow)).sum();
                (total > 0.0).then_some(if answer.values[0] == "[]" { total } else { 0.0 })
            }
            ("processes", "outage_cost") => {
                let process = self.stack.find_process(&question.entry).filter(|ix| self.analysis.runs(*ix))?;
                let hours = self.hours_down[process.at()];
                Some(hours * number? * self.of_money).filter(|_| hours > 0.0)
            }
            ("systems", "availability") => {
                let system = self.stack.find_system(&question.entry)?;
                let down = &self.outage_of[system.at()]?.processes_down;
                let costs = down.iter().filter_map(|process| self.stack.process(*process).outage_cost);
                let cost: f64 = costs.map(|cost| cost.likely.0).sum();
                Some((1.0 - number?) * HOURS_A_YEAR * cost * self.of_money).filter(|_| cost > 0.0)
            }
            _ => None,
        }
    }

    fn of_flow(&self, id: &str, question: &Question, answer: &Answer) -> Option<f64> {
        let flow = self.stack.flow(self.stack.find_flow(id)?);
        if question.is_existence() && answer.values[0] == "no" {
            return self.by_hand(flow).map(|_| 0.0);
        }
        self.by_hand(&answered(self.stack, flow, question, answer)?)
    }

    /// What a flow takes by hand a year; 0 where nobody carries it, `None` where that is not known.
    fn by_hand(&self, flow: &Flow) -> Option<f64> {
        if !is_handoff(self.stack, flow) {
            return Some(0.0);
        }
        let effort = handoffs::effort(self.stack, flow)?;
        match self.unit {
            Unit::Money => effort.cost.map(|cost| cost.likely.0),
            Unit::Hours => Some((effort.hours + effort.error_hours).likely.0),
        }
    }
}

/// The flow under an answer, as far as its work goes; `None` where the answer is about something else.
fn answered(stack: &Stack, flow: &Flow, question: &Question, answer: &Answer) -> Option<Flow> {
    let mut flow = flow.clone();
    if question.is_existence() {
        return Some(flow);
    }
    for (at, key) in question.keys().enumerate() {
        let number = answer.numbers[at];
        match key {
            "runs" => flow.runs = Some(Range::exact(PerYear(number?))),
            "minutes" => flow.run.minutes = Some(Range::exact(Minutes(number?))),
            "records" => flow.run.records = Some(Range::exact(Count(number?))),
            "performer" => {
                // As it is written, which is in quotes where YAML takes it for something else.
                flow.performer = Some(stack.find_team(answer.values[at].trim_matches('"'))?);
            }
            "mechanism" => flow.mechanism = Mechanism::parse(&answer.values[at])?,
            _ => return None,
        }
    }
    Some(flow)
}
