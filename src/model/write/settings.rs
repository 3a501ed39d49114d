//! What a stack file says of itself, practices, acceptances, severity costs and plan settings.

use super::Fields;
use super::emit::{list, mapping, range, text};
use super::entries::Writer;
use crate::model::stack::{Acceptance, Accepted, Practices, SeverityCosts, Stack};

/// The keys before the lists.
pub(super) fn head(stack: &Stack) -> Fields {
    let mut out = Writer::default();
    out.line("name", Some(text(&stack.name)));
    out.line("as_of", stack.as_of.map(|date| date.to_string()));
    out.text("currency", stack.currency.as_ref());
    out.line("hourly_rate", stack.hourly_rate.map(|rate| range(rate, "")));
    out.line("error_minutes", stack.error_minutes.map(|minutes| range(minutes, "")));
    out.fields()
}

/// The keys after the lists.
pub(super) fn tail(stack: &Stack) -> Fields {
    let mut out = Writer::default();
    out.line("practices", practices(&stack.practices));
    let severity = [("high_cost", stack.severity.high), ("low_cost", stack.severity.low)];
    let severity = severity.map(|(key, cost)| (key, cost.0.to_string()));
    out.line("severity", (stack.severity != SeverityCosts::default()).then(|| mapping(&severity)));
    out.list("accept", stack.accept.iter().map(acceptance).collect());
    out.line("plan", plan(stack));
    out.fields()
}

fn practices(practices: &Practices) -> Option<String> {
    let mut pairs = Vec::new();
    let covers = |parts: &Vec<String>| {
        let parts: Vec<String> = parts.iter().map(|part| text(part)).collect();
        mapping(&[("covers", list(&parts))])
    };
    pairs.extend(practices.ai_policy.as_ref().map(|parts| ("ai_policy", covers(parts))));
    pairs.extend(practices.evaluation_framework.as_ref().map(|parts| ("evaluation_framework", covers(parts))));
    pairs.extend(practices.vendor_review_cadence.map(|every| ("vendor_review_cadence", every.to_string())));
    pairs.extend(practices.quality_standards.as_ref().map(|path| ("quality_standards", text(path))));
    pairs.extend(practices.resilience_plan.as_ref().map(|path| ("resilience_plan", text(path))));
    (!pairs.is_empty()).then(|| mapping(&pairs))
}

fn acceptance(row: &Acceptance) -> String {
    let mut pairs = match &row.what {
        Accepted::Subject { rule, subject } => vec![("rule", text(rule)), ("subject", text(subject))],
        Accepted::Finding(id) => vec![("id", text(id))],
    };
    pairs.extend(row.until.map(|until| ("until", until.to_string())));
    pairs.extend(row.why.as_ref().map(|why| ("why", text(why))));
    mapping(&pairs)
}

fn plan(stack: &Stack) -> Option<String> {
    let plan = &stack.plan;
    let mut pairs = Vec::new();
    pairs.extend(plan.capacity.map(|days| ("capacity", format!("{}d/week", days.0))));
    pairs.extend(plan.horizon.map(|horizon| ("horizon", horizon.to_string())));
    pairs.extend(plan.budget.map(|budget| ("budget", range(budget, ""))));
    pairs.extend(plan.wave.map(|wave| ("wave", wave.to_string())));
    pairs.extend(plan.day_rate.map(|rate| ("day_rate", range(rate, ""))));
    let efforts: Vec<(&str, String)> =
        plan.efforts.iter().map(|(kind, effort)| (kind.as_str(), range(*effort, ""))).collect();
    let costs: Vec<(&str, String)> =
        plan.running_costs.iter().map(|(kind, cost)| (kind.as_str(), range(*cost, ""))).collect();
    pairs.extend((!efforts.is_empty()).then(|| ("efforts", mapping(&efforts))));
    pairs.extend((!costs.is_empty()).then(|| ("running_costs", mapping(&costs))));
    (!pairs.is_empty()).then(|| mapping(&pairs))
}
