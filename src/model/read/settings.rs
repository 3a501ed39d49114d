//! Practices, acceptances, severity costs and plan settings of a stack file.

use crate::model::item_kind;
use crate::model::shape::{self, FRAMEWORK_PARTS, Key, POLICY_PARTS};
use crate::model::stack::{Acceptance, Accepted, PlanSettings, Practices, SeverityCosts};
use crate::model::units::{Money, PersonDays, Quantity, Range};
use crate::source::{Diagnostic, Diagnostics, Node};

use super::fields::{Fields, entries, items};
use super::scalar::{capacity, date, duration, one_of, parsed, plain_number, quoted, range, word};

/// What no graph can show.
pub(super) fn practices(node: &Node<'_>, problems: &mut Diagnostics) -> Practices {
    let Some(fields) = Fields::of(node, "`practices`", shape::PRACTICES, problems) else { return Practices::default() };
    Practices {
        ai_policy: fields
            .get("ai_policy")
            .map(|node| covers(node, "`ai_policy`", shape::POLICY, &POLICY_PARTS, problems)),
        evaluation_framework: fields
            .get("evaluation_framework")
            .map(|node| covers(node, "`evaluation_framework`", shape::FRAMEWORK, &FRAMEWORK_PARTS, problems)),
        vendor_review_cadence: fields.read("vendor_review_cadence", problems, |node, problems| {
            parsed(node, "bad-duration", "a duration", problems, duration)
        }),
        quality_standards: fields.read("quality_standards", problems, word).map(|path| path.value),
        resilience_plan: fields.read("resilience_plan", problems, word).map(|path| path.value),
    }
}

fn covers(
    node: &Node<'_>,
    what: &str,
    keys: &'static [Key],
    parts: &[&'static str],
    problems: &mut Diagnostics,
) -> Vec<String> {
    let Some(fields) = Fields::of(node, what, keys, problems) else { return Vec::new() };
    let words: Vec<(&'static str, &'static str)> = parts.iter().map(|part| (*part, *part)).collect();
    let listed = fields.get("covers").map(|node| items(node, "what it covers", problems)).unwrap_or_default();
    let mut covered: Vec<String> = listed
        .iter()
        .filter_map(|item| one_of(item, "part that it can cover", &words, problems))
        .map(str::to_owned)
        .collect();
    covered.sort_unstable();
    covered.dedup();
    covered
}

/// Yearly costs at which severities move.
pub(super) fn severity(node: &Node<'_>, problems: &mut Diagnostics) -> SeverityCosts {
    let mut costs = SeverityCosts::default();
    let Some(fields) = Fields::of(node, "`severity`", shape::SEVERITY, problems) else { return costs };
    let cost = |node: &Node<'_>, problems: &mut Diagnostics| {
        parsed(node, "bad-number", "a cost", problems, plain_number("money a year")).map(Money)
    };
    costs.high = fields.read("high_cost", problems, cost).unwrap_or(costs.high);
    costs.low = fields.read("low_cost", problems, cost).unwrap_or(costs.low);
    if costs.low.0 > costs.high.0 {
        let span = fields.key_span("low_cost").or(fields.key_span("high_cost")).unwrap_or(fields.place);
        problems.push(
            Diagnostic::error("range-order", span, "`low_cost` is above `high_cost`")
                .help("write the smaller one as `low_cost`; absent they are 2000 and 25000"),
        );
    }
    costs
}

/// A finding that somebody decided to live with.
pub(super) fn acceptance(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Acceptance> {
    let fields = Fields::of(node, "an acceptance", shape::ACCEPT, problems)?;
    let rule = fields.read("rule", problems, word);
    let subject = fields.read("subject", problems, word);
    let id = fields.read("id", problems, word);
    let until = fields.read("until", problems, date);
    let why = fields.read("why", problems, word).map(|why| why.value);
    let place = fields.place;
    let (what, rule_place, subject_place) = match (rule, subject, id) {
        (Some(rule), Some(subject), None) => {
            (Accepted::Subject { rule: rule.value, subject: subject.value }, rule.span, subject.span)
        }
        (None, None, Some(id)) => (Accepted::Finding(id.value), id.span, id.span),
        _ => {
            problems.push(
                Diagnostic::error(
                    "bad-acceptance",
                    place,
                    "an acceptance names a rule and a subject, or the id of a finding",
                )
                .help("write `rule: no-runbook` and `subject: jasper`, or `id: no-runbook:jasper`"),
            );
            return None;
        }
    };
    Some(Acceptance { what, until, why, place, rule_place, subject_place })
}

/// How the plan is to be made.
pub(super) fn plan(node: &Node<'_>, problems: &mut Diagnostics) -> PlanSettings {
    let Some(fields) = Fields::of(node, "`plan`", shape::PLAN, problems) else { return PlanSettings::default() };
    let length = |node: &Node<'_>, problems: &mut Diagnostics| {
        let read = parsed(node, "bad-duration", "a duration", problems, duration)?;
        if read.amount == 0.0 {
            problems.push(
                Diagnostic::error(
                    "bad-duration",
                    node.span,
                    format!("{} is no time at all", quoted(&read.to_string())),
                )
                .help("write a length such as `26w` or `1q`"),
            );
            return None;
        }
        Some(read)
    };
    PlanSettings {
        capacity: fields
            .read("capacity", problems, |node, problems| parsed(node, "bad-rate", "a capacity", problems, capacity))
            .map(PersonDays),
        horizon: fields.read("horizon", problems, length),
        budget: fields.read("budget", problems, |node, problems| {
            range(node, "bad-number", "a budget", problems, plain_number("money"))
        }),
        wave: fields.read("wave", problems, length),
        day_rate: fields.read("day_rate", problems, |node, problems| {
            range(node, "bad-number", "a day rate", problems, plain_number("money a person-day"))
        }),
        efforts: fields
            .get("efforts")
            .map(|node| by_kind(node, &item_kind::effort_keys(), "person-days", problems))
            .unwrap_or_default(),
        running_costs: fields
            .get("running_costs")
            .map(|node| by_kind(node, &item_kind::running_cost_keys(), "money a year", problems))
            .unwrap_or_default(),
    }
}

/// Ranges by kind of plan item, sorted by kind.
fn by_kind<T: Quantity>(
    node: &Node<'_>,
    kinds: &[&'static str],
    unit: &str,
    problems: &mut Diagnostics,
) -> Vec<(String, Range<T>)> {
    let mut found = Vec::new();
    for entry in entries(node, "ranges", problems) {
        let key = entry.key.as_ref();
        if !kinds.contains(&key) {
            let near = crate::source::nearest(key, kinds.iter().copied());
            let known = kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
            let message = format!("there is no kind of plan item {}", quoted(key));
            let help = near.map_or_else(|| format!("known are {known}"), |near| format!("did you mean `{near}`?"));
            problems.push(Diagnostic::error("unknown-key", entry.key_span, message).help(help));
        } else if let Some(range) = range(&entry.node, "bad-number", unit, problems, plain_number(unit)) {
            found.push((key.to_owned(), range));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}
