#![doc = include_str!("../../../docs/rules/manual-handoff.md")]

use super::Rule;
use crate::analysis::words::{hours, listed, money};
use crate::analysis::{Analysis, Chain, Finding, Severity, Statement};
use crate::model::Stack;

pub(super) const RULE: Rule = Rule {
    id: "manual-handoff",
    severity: Severity::High,
    moves_with_cost: true,
    summary: "a person carries a data object from one system to another",
    page: include_str!("../../../docs/rules/manual-handoff.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    analysis.handoffs.chains.iter().map(|chain| finding(analysis.stack, chain)).collect()
}

fn finding(stack: &Stack, chain: &Chain) -> Finding {
    let (from, to) = (stack.system(chain.from), stack.system(chain.to));
    let object = stack.data_object(chain.data);
    let place = chain.steps.iter().map(|ix| stack.flow(*ix)).find(|flow| flow.is_manual()).map(|flow| flow.place);
    let output = if chain.is_ai_output { ", the output of an AI tool," } else { "" };
    let message = match chain.effort {
        Some(effort) => format!(
            "people carry {}{output} from {} to {} by hand: {} a year, {}",
            object.name,
            from.name,
            to.name,
            hours((effort.hours + effort.error_hours).likely),
            money(stack, effort.cost.likely),
        ),
        None => format!(
            "people carry {}{output} from {} to {} by hand; hours and cost are not known",
            object.name, from.name, to.name
        ),
    };
    let statement = Statement {
        subjects: [&from.id, &to.id].map(ToString::to_string).to_vec(),
        message,
        evidence: evidence(stack, chain),
        cost: chain.effort.map(|effort| effort.cost.likely),
        place: place.unwrap_or(from.place),
    };
    let severity = if chain.is_ai_output { Severity::High } else { Severity::Medium };
    Finding::new(RULE.id, severity, &chain.id, statement)
}

fn evidence(stack: &Stack, chain: &Chain) -> Vec<String> {
    let mut evidence: Vec<String> = Vec::new();
    for ix in &chain.steps {
        let flow = stack.flow(*ix);
        let by = flow.performer.filter(|_| flow.is_manual()).map(|team| format!(" by {}", stack.team(team).id));
        evidence.push(format!(
            "{} -> {} ({}{}): flow {}",
            stack.system(flow.from).id,
            stack.system(flow.to).id,
            flow.mechanism.as_str(),
            by.unwrap_or_default(),
            flow.id
        ));
    }
    let missing: Vec<&str> = chain
        .steps
        .iter()
        .map(|ix| stack.flow(*ix))
        .filter(|flow| flow.is_manual() && (flow.runs.is_none() || flow.minutes.is_none()))
        .map(|flow| flow.id.as_str())
        .collect();
    if !missing.is_empty() {
        evidence.push(format!("without runs or minutes: {}", listed(&missing)));
    }
    evidence
}
