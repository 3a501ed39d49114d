//! The yearly amount that an answer can move: work by hand, and what failures are expected to cost.

use crate::analysis::handoffs::{self, is_handoff};
use crate::analysis::outages::stated_availability;
use crate::analysis::{Analysis, Component};
use crate::model::asking::{Answer, Question};
use crate::model::{Count, Flow, Mechanism, Minutes, PerYear, ProcessIx, Range, Stack, SystemIx};
use crate::plan::settings::{Settings, Unit};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// What amounts are computed from.
pub(super) struct Yearly<'a> {
    stack: &'a Stack,
    analysis: &'a Analysis<'a>,
    unit: Unit,
    of_money: f64,
}

impl<'a> Yearly<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>, settings: &Settings) -> Self {
        Self { stack: analysis.stack, analysis, unit: settings.unit, of_money: settings.of_money }
    }

    /// Whether a question is worth a line: how often a system works is, where its failure stops a process or leaves one to
    /// standby.
    pub(super) fn is_asked(&self, question: &Question) -> bool {
        if question.is_guess || !question.has("availability") {
            return true;
        }
        let Some(system) = self.stack.find_system(&question.entry) else { return true };
        self.outage(system)
            .is_some_and(|outage| !outage.processes_down.is_empty() || !outage.processes_degraded.is_empty())
    }

    fn outage(&self, system: SystemIx) -> Option<&crate::analysis::Outage> {
        self.analysis.outages().iter().find(|outage| outage.components == [Component::System(system)])
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
                let all = self.stack.flows.iter().filter(|flow| [flow.from, flow.to].contains(&system));
                let known: Vec<f64> = all.filter_map(|flow| self.by_hand(flow)).collect();
                let total: f64 = known.iter().sum();
                (total > 0.0).then_some(if answer.values[0] == "[]" { total } else { 0.0 })
            }
            ("processes", "outage_cost") => {
                let process = self.stack.find_process(&question.entry).filter(|ix| self.analysis.runs(*ix))?;
                let hours = self.hours_down(process);
                Some(hours * number? * self.of_money).filter(|_| hours > 0.0)
            }
            ("systems", "availability") => {
                let system = self.stack.find_system(&question.entry)?;
                let down = &self.outage(system)?.processes_down;
                let costs = down.iter().filter_map(|process| self.stack.process(*process).outage_cost);
                let cost: f64 = costs.map(|cost| cost.likely.0).sum();
                Some((1.0 - number?) * HOURS_A_YEAR * cost * self.of_money).filter(|_| cost > 0.0)
            }
            _ => None,
        }
    }

    /// Hours of a year for which failures of stated availability are expected to stop a process, each counted alone.
    fn hours_down(&self, process: ProcessIx) -> f64 {
        let stopping = self.analysis.outages().iter().filter(|outage| outage.processes_down.contains(&process));
        let up = stopping.filter_map(|outage| stated_availability(self.stack, *outage.components.first()?));
        up.map(|up| (1.0 - up.likely.0) * HOURS_A_YEAR).sum()
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
            "minutes" => flow.minutes = Some(Range::exact(Minutes(number?))),
            "records" => flow.records = Some(Range::exact(Count(number?))),
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
