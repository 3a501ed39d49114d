#![doc = include_str!("../../../docs/rules/model-unwatched.md")]

use super::{Rule, about};
use crate::analysis::words::{counted, listed};
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{Model, Retraining, Stack, System};

pub(super) const RULE: Rule = Rule {
    id: "model-unwatched",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "a model in production without drift monitoring, explanations or retraining",
    page: include_str!("../../../docs/rules/model-unwatched.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let systems = stack.systems.iter().filter(|system| system.is_in_production());
    systems.filter_map(|system| finding(stack, system)).collect()
}

fn finding(stack: &Stack, system: &System) -> Option<Finding> {
    let models = system.makes.iter().filter_map(|making| Some((making, making.model.as_ref()?)));
    let mut evidence: Vec<String> = Vec::new();
    let mut place = None;
    for (making, model) in models {
        let lacks = lacks(model);
        if !lacks.is_empty() {
            evidence.push(format!("the model of {} {}", stack.data_object(making.data).name, listed(&lacks)));
            place = place.or(Some(making.place));
        }
    }
    let place = place?;
    let message = format!("{} runs {} that nobody maintains", system.name, counted(evidence.len(), "model", "models"));
    let mut finding = about(&RULE, system, message, evidence);
    finding.place = place;
    Some(finding)
}

/// What a model in production should have and has not; what the file does not say counts as missing.
pub(in crate::analysis) fn lacks(model: &Model) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if model.drift_monitor != Some(true) {
        lacks.push("has no drift monitor");
    }
    if model.explainable != Some(true) {
        lacks.push("is not explainable");
    }
    if matches!(model.retrain, None | Some(Retraining::Never)) {
        lacks.push("is never retrained");
    }
    lacks
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    #[test]
    fn what_is_not_stated_counts_as_missing() {
        let stack = |status: &str, model: &str| {
            format!(
                "sinew: 1\ndata: {{ s: {{}} }}\nsystems: {{ a: {{ kind: ai-scoring, status: {status}, makes: [{{ data: s, model: {{ {model} }} }}] }} }}\n"
            )
        };
        let of = |status: &str, model: &str| found("model-unwatched", &stack(status, model));
        assert_eq!(
            of("production", "")[0].evidence,
            ["the model of S has no drift monitor, is not explainable and is never retrained"]
        );
        assert_eq!(
            of("production", "drift_monitor: true, explainable: true")[0].evidence,
            ["the model of S is never retrained"]
        );
        assert!(of("production", "drift_monitor: true, explainable: true, retrain: manual").is_empty());
        assert!(of("pilot", "").is_empty());
    }
}
