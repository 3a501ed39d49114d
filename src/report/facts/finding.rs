//! Findings with their places in the stack file.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{self, Fingerprint, Severity};
use crate::model::Stack;
use crate::report::facts::Location;
use crate::report::facts::Number;
use crate::source::Source;

/// One rule's statement about the stack.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// `rule:subject`, unique in a report.
    pub id: String,
    /// What it is known by in another report: the rule and the ids of what it is about. No flow id, name or line changes
    /// it; findings may share one.
    #[serde(serialize_with = "text")]
    #[schemars(with = "String")]
    pub fingerprint: Fingerprint,
    /// The rule; `sinew explain` says what it means.
    pub rule: String,
    /// How much it matters, cost counted in.
    #[serde(serialize_with = "word")]
    #[schemars(with = "SeverityWord")]
    pub severity: Severity,
    /// What it is about, by id.
    pub subjects: Vec<String>,
    /// The data objects that it is about, by id; empty where it is about none in particular.
    pub data: Vec<String>,
    /// The processes that stop or suffer by it, by id; empty where none does, or where they are its subjects.
    pub processes: Vec<String>,
    /// The processes that stop by it, by id; among findings of one severity and cost those that stop more come first.
    pub stops: Vec<String>,
    /// The flows that its evidence rests on, by id.
    pub flows: Vec<String>,
    /// One sentence for a person.
    pub message: String,
    /// What shows it; never empty.
    #[schemars(length(min = 1))]
    pub evidence: Vec<String>,
    /// The guesses (`basis.guessed`) that the evidence rests on, as paths of keys: `flows.draft-to-cms.runs`.
    pub rests_on: Vec<String>,
    /// Cost a year, where one is known.
    pub cost: Option<Number>,
    /// Whether it costs at least that, since a part of the cost is not known; absent where it does not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub cost_at_least: bool,
    /// Where the stack file says what it is about.
    pub location: Location,
    /// Whether the stack file accepts it today.
    pub accepted: bool,
    /// Why it is accepted, in the words of the file.
    #[serde(skip)]
    pub accepted_because: Option<String>,
    /// The plan's items that remove it, by id; absent where no plan was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    pub plan_items: Option<Vec<String>>,
}

/// The words of severities, for the schema.
#[derive(JsonSchema)]
#[schemars(rename = "Severity", rename_all = "lowercase")]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum SeverityWord {
    /// Fix these before all others.
    High,
    /// Fix these after the high ones.
    Medium,
    /// Worth knowing; fix it when convenient.
    Low,
}

pub(super) fn word<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}

fn text<S: serde::Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fingerprint)
}

/// `findings` of `stack` with their places in `source`, in the order given.
#[must_use]
pub fn findings(findings: &[analysis::Finding], stack: &Stack, source: &Source) -> Vec<Finding> {
    let located = |finding: &analysis::Finding| Finding {
        id: finding.id.clone(),
        fingerprint: finding.fingerprint.clone(),
        rule: finding.rule.to_owned(),
        severity: finding.severity,
        subjects: finding.subjects.clone(),
        data: finding.data.clone(),
        processes: finding.processes.iter().map(ToString::to_string).collect(),
        stops: finding.stops.iter().map(ToString::to_string).collect(),
        rests_on: finding.rests_on.clone(),
        flows: finding.flows.iter().map(|ix| stack.flow(*ix).id.to_string()).collect(),
        message: finding.message.clone(),
        evidence: finding.evidence.clone(),
        cost: finding.cost.map(|cost| cost.0.into()),
        cost_at_least: finding.is_cost_least && finding.cost.is_some(),
        location: Location::of(finding.place, source),
        accepted: finding.is_accepted,
        accepted_because: finding.accepted_because.clone(),
        plan_items: None,
    };
    findings.iter().map(located).collect()
}
