//! A stack of every stage: where it stands, what holds it, what is found in it.

use sinew::analysis::stage::{Constraint, STAGES, Standing, State, standing};
use sinew::analysis::{Analysis, Finding};

use crate::stacks::{stack, stage_text};

fn judged(text: &str) -> (Standing, Vec<Finding>) {
    let stack = stack(text);
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    (standing(&analysis, &findings), findings)
}

fn unmet(standing: &Standing) -> Vec<&'static str> {
    let asked = standing.criteria.iter().filter(|one| one.stage <= standing.stage && !one.is_met());
    asked.map(|one| one.id).collect()
}

#[test]
fn ad_hoc_use_is_held_by_policy() {
    let (standing, findings) = judged(&stage_text("1-ad-hoc"));
    assert_eq!((standing.stage, standing.constraint), (1, Some(Constraint::Policy)));
    // Nothing is said of a policy, so nothing is known of it, and that is not met.
    assert_eq!(unmet(&standing), ["policy-data-privacy", "policy-acceptable-use", "policy-output-review"]);
    assert!(standing.criteria.iter().filter(|one| one.stage == 1).all(|one| one.state == State::NotKnown));
    let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    for id in [
        "shadow-ai:chatgpt",
        "shadow-ai:copy-ai",
        "personal-data-to-ai:copy-ai",
        "unreviewed-content:chatgpt:site",
        "no-owner:copy-ai",
    ] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    assert_eq!(standing.next.len(), 4, "three parts of the policy, and an owner: {:?}", standing.next);
}

#[test]
fn piloting_is_held_by_how_pilots_are_judged() {
    let (standing, findings) = judged(&stage_text("2-structured-piloting"));
    assert_eq!((standing.stage, standing.constraint), (2, Some(Constraint::EvaluationInfrastructure)));
    let framework = ["data-governance", "integration-feasibility", "decision-protocol"];
    assert_eq!(unmet(&standing), framework.map(|part| format!("evaluation-{part}")));
    assert_eq!(standing.criterion("evaluation-data-governance").unwrap().state, State::NotMet);
    assert_eq!(standing.next.last(), Some(&"production-ai-tool"));
    let found: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(found, ["manual-handoff:draft-to-site:draft", "pilot-without-decision:scoring"]);
}

#[test]
fn isolated_production_is_held_by_the_architecture() {
    let (standing, findings) = judged(&stage_text("3-isolated-production"));
    assert_eq!((standing.stage, standing.constraint), (3, Some(Constraint::IntegrationArchitecture)));
    assert_eq!(
        unmet(&standing),
        ["no-ai-silo", "no-missing-feedback", "no-handoff-of-ai-output", "no-unreviewed-content"]
    );
    // The entry of stage 4 asks the same as the silo rule and comes along with it.
    assert_eq!(standing.criterion("ai-tools-joined").unwrap().state, State::NotMet);
    assert!(!standing.next.contains(&"ai-tools-joined"));
    let loops: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == "missing-feedback").collect();
    let closing = "salesforce -> madkudu: outcome in place of outcomes-by-file";
    assert!(loops.iter().any(|finding| finding.message.ends_with(closing)), "{loops:#?}");
    let stale = findings.iter().find(|finding| finding.rule == "stale-feed").unwrap();
    assert_eq!(
        stale.evidence,
        [
            "score at marketo: marketo->madkudu:engagement 1d + made at madkudu + madkudu->marketo:score 2d = 3d, allowed 1d"
        ]
    );
}

#[test]
fn integrated_operations_are_held_by_resilience() {
    let (standing, _) = judged(&stage_text("4-integrated-operations"));
    assert_eq!((standing.stage, standing.constraint), (4, Some(Constraint::OperationalResilience)));
    assert_eq!(
        unmet(&standing),
        [
            "resilience-plan",
            "vendor-review-cadence",
            "runbooks",
            "tool-quality-standards",
            "reviews-on-time",
            "owners",
            "budget-owners"
        ]
    );
}

#[test]
fn what_is_resolved_without_the_next_entry_waits_at_the_entry() {
    let (standing, findings) = judged(&stage_text("4-not-yet-native"));
    assert_eq!((standing.stage, standing.constraint), (4, Some(Constraint::Entry)));
    assert_eq!(standing.next, ["ai-insight-in-bi"]);
    assert_eq!(findings, []);
}

#[test]
fn a_healthy_native_stack_keeps_every_rule_silent() {
    let (standing, findings) = judged(&stage_text("5-ai-native"));
    assert_eq!((standing.stage, standing.constraint, standing.name()), (5, None, "AI-native"));
    assert!(standing.next.is_empty() && unmet(&standing).is_empty());
    assert_eq!(findings, []);
}

#[test]
fn no_ai_in_use_is_stage_one_whatever_is_written_down() {
    let text = stage_text("5-ai-native");
    let practices = &text[text.find("practices:").unwrap()..];
    let (standing, _) = judged(&format!("sinew: 1\nsystems: {{ crm: {{ kind: crm }} }}\n{practices}"));
    assert_eq!((standing.stage, standing.constraint, standing.uses_ai), (1, Some(Constraint::Entry), false));
    assert_eq!(standing.criterion("owned-ai-tool").unwrap().evidence, ["no AI tool is in use"]);
}

#[test]
fn accepting_a_finding_does_not_move_the_stage() {
    let text = stage_text("3-isolated-production");
    let accepted = format!("{text}accept: [ {{ rule: ai-silo, subject: jasper, why: for now }} ]\n");
    let (standing, _) = judged(&accepted);
    assert_eq!(standing.stage, 3);
    let silo = standing.criterion("no-ai-silo").unwrap();
    assert!(silo.evidence.iter().any(|line| line.ends_with("(accepted)")), "{silo:?}");
}

#[test]
fn every_criterion_needed_for_a_stage_is_needed() {
    // From the healthy stack, unmeet one criterion at a time: the stage falls to that criterion's own row, or below its
    // entry.
    let healthy = stage_text("5-ai-native");
    for (remove, with, stage) in [
        ("data-privacy, ", "", 1),
        (", decision-protocol", "", 2),
        ("mechanism: api, review: { by: content, embedded: true }", "mechanism: api", 3),
        ("embedded: true", "embedded: false", 3),
        ("    runbook: docs/jasper-offline.md\n", "", 4),
        ("  resilience_plan: docs/offline.md\n", "", 4),
        ("retrain: automatic", "retrain: manual", 4),
        ("as_of: 2026-11-21\n", "", 4),
    ] {
        assert!(healthy.contains(remove), "{remove}");
        let (standing, _) = judged(&healthy.replace(remove, with));
        assert_eq!(standing.stage, stage, "without {remove}: {:?}", unmet(&standing));
    }
    assert_eq!(STAGES.map(|(stage, _)| stage), [1, 2, 3, 4, 5]);
}
