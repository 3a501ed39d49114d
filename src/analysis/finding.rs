//! A finding: one rule's statement about the stack, with its evidence, its cost and its place.

use std::sync::Arc;

use super::Outage;
use super::fingerprint::{EntryKind, Fingerprint, Place};
use crate::model::{FlowIx, Money, ProcessId, SeverityCosts, Stack};
use crate::source::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Costs much, or stops a process whose outage costs: first in every list.
    High,
    /// Costs something or stops a process; the plan looks for a remedy.
    Medium,
    /// Cheap, or covered: good to know, and no reason to act by itself.
    Low,
}

impl Severity {
    /// All severities with their words, most severe first.
    pub const ALL: [(Self, &'static str); 3] = [(Self::High, "high"), (Self::Medium, "medium"), (Self::Low, "low")];

    /// The word of the stack file, the reports and `--fail-on`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Moved one step up at a yearly cost of `costs.high` or more, one step down below `costs.low`; an unknown cost
    /// moves nothing.
    #[must_use]
    pub fn moved_by(self, cost: Option<Money>, costs: SeverityCosts) -> Self {
        match (self, cost) {
            (Self::Medium | Self::High, Some(cost)) if cost.0 >= costs.high.0 => Self::High,
            (Self::Low, Some(cost)) if cost.0 >= costs.high.0 => Self::Medium,
            (Self::High, Some(cost)) if cost.0 < costs.low.0 => Self::Medium,
            (Self::Medium | Self::Low, Some(cost)) if cost.0 < costs.low.0 => Self::Low,
            (same, _) => same,
        }
    }
}

/// One rule's statement about one subject of the stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `rule:subject`, unique in a report.
    pub id: String,
    /// What it is known by in another run.
    pub fingerprint: Fingerprint,
    /// The id of the rule that found it.
    pub rule: &'static str,
    /// How much it matters, cost counted in.
    pub severity: Severity,
    /// What it is about: ids of systems, flows, teams or processes, in the order that the rule states.
    pub subjects: Vec<String>,
    /// The data objects that it is about, by id, where it is about some.
    pub data: Vec<String>,
    /// The processes that stop or suffer by it, by id, where it is about some beside its subjects.
    pub processes: Arc<[ProcessId]>,
    /// The processes that stop by it, by id: those that the failure or the lack that it states takes down.
    pub stops: Arc<[ProcessId]>,
    /// The flows that its evidence rests on.
    pub flows: Vec<FlowIx>,
    /// The guesses that its evidence rests on, as paths of keys in the stack file: `flows.draft-to-cms.runs`; by path.
    pub rests_on: Vec<String>,
    /// One sentence for a person.
    pub message: String,
    /// What shows it: paths, counts, lines; never empty.
    pub evidence: Vec<String>,
    /// Cost a year, where one is known.
    pub cost: Option<Money>,
    /// Whether it costs at least that, since a part of the cost is not known.
    pub is_cost_least: bool,
    /// Where the stack file says what it is about.
    pub place: Span,
    /// Whether the file accepts it today.
    pub is_accepted: bool,
    /// Why it is accepted, in the words of the file.
    pub accepted_because: Option<String>,
}

impl Finding {
    /// A finding of `rule` about `name`, at the rule's default severity moved by `cost`. Its subjects are systems unless
    /// [`known_by`](Self::known_by) says otherwise.
    ///
    /// # Panics
    /// Where there is no subject or no evidence: a statement without either is none.
    #[must_use]
    pub fn new(rule: &'static str, severity: Severity, name: &str, statement: Statement) -> Self {
        assert!(!statement.subjects.is_empty(), "a finding of {rule} is about something");
        assert!(!statement.evidence.is_empty(), "a finding of {rule} has evidence");
        Self {
            id: format!("{rule}:{name}"),
            fingerprint: Fingerprint::new(
                rule,
                statement.subjects.iter().map(|id| Place::one(EntryKind::System, id)).collect(),
            ),
            rule,
            severity,
            subjects: statement.subjects,
            data: Vec::new(),
            processes: Arc::default(),
            stops: Arc::default(),
            flows: Vec::new(),
            rests_on: Vec::new(),
            is_cost_least: false,
            message: statement.message,
            evidence: statement.evidence,
            cost: statement.cost,
            place: statement.place,
            is_accepted: false,
            accepted_because: None,
        }
    }

    /// The same finding, known by other places than its subjects as systems.
    #[must_use]
    pub fn known_by(mut self, places: Vec<Place>) -> Self {
        self.fingerprint = Fingerprint::new(self.rule, places);
        self
    }

    /// The same finding, about these data objects.
    #[must_use]
    pub fn of_data(mut self, ids: impl IntoIterator<Item = impl ToString>) -> Self {
        self.data = sorted(ids);
        self
    }

    /// The same finding, whose cost is at least what is said of it where `is_least`.
    #[must_use]
    pub fn at_least(mut self, is_least: bool) -> Self {
        self.is_cost_least = is_least && self.cost.is_some();
        self
    }

    /// The same finding, by what an outage does: which processes stop, and whether its cost is only known in part.
    #[must_use]
    pub fn of_outage(self, stack: &Stack, outage: &Outage) -> Self {
        let down = outage.processes_down.iter().map(|process| stack.process(*process).id.clone());
        Self { is_cost_least: outage.is_cost_least(), ..self.stopping(down) }
    }

    /// The same finding, with the processes that stop by it.
    #[must_use]
    pub fn stopping(mut self, ids: impl IntoIterator<Item = ProcessId>) -> Self {
        let stops = once_each(ids);
        // Mostly they are all that it is about, and in a long row there are many of them: held once.
        self.stops = if stops == *self.processes { Arc::clone(&self.processes) } else { stops.into() };
        self
    }

    /// The same finding, shown by these flows.
    #[must_use]
    pub fn shown_by(mut self, flows: impl IntoIterator<Item = FlowIx>) -> Self {
        self.flows.extend(flows);
        self.flows.sort_unstable();
        self.flows.dedup();
        self
    }

    /// Its severity, moved by its cost. What is known in part raises it, and never lowers it.
    #[must_use]
    pub(super) fn moved_severity(&self, costs: SeverityCosts) -> Severity {
        let moved = self.severity.moved_by(self.cost, costs);
        if self.is_cost_least { self.severity.min(moved) } else { moved }
    }

    /// The same finding, with the processes that stop or suffer by it.
    #[must_use]
    pub fn of_processes(mut self, ids: impl IntoIterator<Item = ProcessId>) -> Self {
        self.processes = once_each(ids).into();
        self
    }
}

fn sorted(ids: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    once_each(ids.into_iter().map(|id| id.to_string()))
}

fn once_each<I: Ord>(ids: impl IntoIterator<Item = I>) -> Vec<I> {
    let mut ids: Vec<I> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What a rule says of its subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it is about.
    pub subjects: Vec<String>,
    /// One sentence for a person, without a full stop.
    pub message: String,
    /// What shows it: paths, counts, lines; at least one.
    pub evidence: Vec<String>,
    /// Cost a year, where one is known.
    pub cost: Option<Money>,
    /// Where the stack file says what it is about.
    pub place: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_moves_one_step_at_the_stated_costs() {
        let costs = SeverityCosts::default();
        let moved = |severity: Severity, cost: Option<f64>| severity.moved_by(cost.map(Money), costs);
        for (cost, expected) in [
            (None, [Severity::High, Severity::Medium, Severity::Low]),
            (Some(25_000.0), [Severity::High, Severity::High, Severity::Medium]),
            (Some(24_999.0), [Severity::High, Severity::Medium, Severity::Low]),
            (Some(2_000.0), [Severity::High, Severity::Medium, Severity::Low]),
            (Some(1_999.0), [Severity::Medium, Severity::Low, Severity::Low]),
        ] {
            let found = [Severity::High, Severity::Medium, Severity::Low].map(|severity| moved(severity, cost));
            assert_eq!(found, expected, "{cost:?}");
        }
    }
}
