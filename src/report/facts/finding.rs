//! Findings with their places in the stack file.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::words::{counted, grouped};
use crate::analysis::{self, Severity};
use crate::report::facts::Location;
use crate::report::facts::Number;
use crate::report::facts::StackOverview;
use crate::report::say::document::{Block, Item, Line, Look};
use crate::source::Source;

/// One rule's statement about the stack.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// `rule:subject`, unique in a report.
    pub id: String,
    /// The rule; `sinew explain` says what it means.
    pub rule: String,
    /// How much it matters, cost counted in.
    #[serde(serialize_with = "word")]
    #[schemars(with = "SeverityWord")]
    pub severity: Severity,
    /// What it is about, by id.
    pub subjects: Vec<String>,
    /// One sentence for a person.
    pub message: String,
    /// What shows it; never empty.
    #[schemars(length(min = 1))]
    pub evidence: Vec<String>,
    /// Cost a year, where one is known.
    pub cost: Option<Number>,
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
enum SeverityWord {
    /// Mend it first.
    High,
    /// Mend it.
    Medium,
    /// Know it.
    Low,
}

fn word<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}

/// `findings` with their places in `source`, in the order given.
#[must_use]
pub fn findings(findings: &[analysis::Finding], source: &Source) -> Vec<Finding> {
    let located = |finding: &analysis::Finding| Finding {
        id: finding.id.clone(),
        rule: finding.rule.to_owned(),
        severity: finding.severity,
        subjects: finding.subjects.clone(),
        message: finding.message.clone(),
        evidence: finding.evidence.clone(),
        cost: finding.cost.map(|cost| cost.0.into()),
        location: Location::of(finding.place, source),
        accepted: finding.is_accepted,
        accepted_because: finding.accepted_because.clone(),
        plan_items: None,
    };
    findings.iter().map(located).collect()
}

/// The look of a severity.
pub(super) fn look(severity: Severity) -> Look {
    match severity {
        Severity::High => Look::High,
        Severity::Medium => Look::Medium,
        Severity::Low => Look::Low,
    }
}

/// Standing findings as items with their evidence, accepted ones apart and short.
#[must_use]
pub fn blocks(stack: &StackOverview, findings: &[Finding]) -> Vec<Block> {
    let (accepted, standing): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.accepted);
    let mut blocks = vec![Block::Heading(Line::of("Findings")), Block::Paragraph(tally(&standing, accepted.len()))];
    if !standing.is_empty() {
        blocks.push(Block::Items(standing.iter().map(|finding| item(stack, finding)).collect()));
    }
    if !accepted.is_empty() {
        blocks.push(Block::Heading(Line::of("Accepted")));
        let short = |finding: &&Finding| Item { head: head(finding), details: Vec::new() };
        blocks.push(Block::Items(accepted.iter().map(short).collect()));
    }
    blocks
}

/// `5 findings: 2 high, 3 low; 1 accepted`.
fn tally(standing: &[&Finding], accepted: usize) -> Line {
    let count = |severity| standing.iter().filter(|finding| finding.severity == severity).count();
    let by_severity: Vec<String> = Severity::ALL
        .iter()
        .map(|(severity, word)| (count(*severity), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let mut words = counted(standing.len(), "finding", "findings");
    if !by_severity.is_empty() {
        words.push_str(&format!(": {}", by_severity.join(", ")));
    }
    if accepted > 0 {
        words.push_str(&format!("; {accepted} accepted"));
    }
    Line::of(words)
}

pub(super) fn head(finding: &Finding) -> Line {
    Line::looking(look(finding.severity), finding.severity.as_str())
        .and(" ")
        .and_code(&finding.rule)
        .and(format!(": {}", finding.message))
}

fn item(stack: &StackOverview, finding: &Finding) -> Item {
    let mut place = Line::looking(Look::Muted, format!("at {}", finding.location));
    if let Some(cost) = finding.cost {
        let currency = stack.currency.as_ref().map(|currency| format!("{currency} ")).unwrap_or_default();
        place = place.and_looking(Look::Muted, format!("; {currency}{} a year", grouped(cost.get())));
    }
    let evidence = finding.evidence.iter().map(Line::of);
    Item { head: head(finding), details: std::iter::once(place).chain(evidence).collect() }
}
