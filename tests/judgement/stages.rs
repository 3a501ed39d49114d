//! A stack of every stage: where it stands, what holds it, what is found in it.

use sinew::analysis::stage::{Constraint, STAGES, Standing, State, standing};
use sinew::analysis::{Analysis, Finding};

use crate::judgement::stacks::{stack, stage_text};

fn judged(text: &str) -> (Standing, Vec<Finding>) {
    let stack = stack(text);
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    (standing(&analysis, &findings), findings)
}

fn unmet(standing: &Standing) -> Vec<&'static str> {
    let asked = standing.criteria.iter().filter(|one| one.stage <= standing.stage && one.holds_back());
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
    assert_eq!(found, ["manual-handoff:draft-to-site", "pilot-without-decision:scoring"]);
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
    let closing = "Salesforce -> MadKudu: Outcome in place of the flow by export-import";
    assert!(loops.iter().any(|finding| finding.message.ends_with(closing)), "{loops:#?}");
    let stale = findings.iter().find(|finding| finding.rule == "stale-feed").unwrap();
    assert_eq!(
        stale.evidence,
        ["Score at Marketo: Marketo -> MadKudu 1d + made at MadKudu + MadKudu -> Marketo 2d = 3d, allowed 1d"]
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
    assert_eq!(silo.findings, ["ai-silo:clay", "ai-silo:jasper"]);
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

#[test]
fn feedback_is_not_known_where_a_model_states_none_and_no_question_without_a_model() {
    let state = |model: &str| {
        let text = format!(
            "sinew: 1
systems: {{ t: {{ kind: ai-scoring, makes: [lead, {{ data: score, from: lead{model} }}] }} }}
data: {{ lead: {{}}, score: {{}} }}
"
        );
        judged(&text).0.criterion("no-missing-feedback").unwrap().state
    };
    assert_eq!(state(", model: {}"), State::NotKnown);
    assert_eq!(state(""), State::NothingToJudge);
}

/// A campaign whose content people paste is not made by AI from end to end, whichever tool wrote the words.
#[test]
fn content_that_people_paste_does_not_make_a_campaign_ai_native() {
    let of = |text: &str| {
        let (standing, _) = judged(text);
        let criterion = standing.criterion("campaign-content-made-by-ai").unwrap().clone();
        (criterion.state, criterion.evidence)
    };
    let healthy = stage_text("5-ai-native");
    assert_eq!(of(&healthy).0, State::Met);
    let api = "mechanism: api, review: { by: content, embedded: true }";
    assert!(healthy.contains(api));
    let (state, evidence) =
        of(&healthy.replace(api, "mechanism: copy-paste, performer: content, review: { by: content, embedded: true }"));
    assert_eq!(state, State::NotMet);
    assert!(evidence[0].contains("people carry what an AI tool makes there: "), "{evidence:?}");
    // A second way that needs nobody is enough.
    let two = healthy.replace(api, &format!("{api} }}\n  - {{ id: by-hand, from: jasper, to: wordpress, data: draft, mechanism: copy-paste, performer: content"));
    assert_eq!(of(&two).0, State::Met, "{two}");
}

/// The stack of the format's own description, judged by hand.
#[test]
fn the_described_stack_is_found_to_be_what_it_is() {
    let path = crate::judgement::stacks::root().join("tests/judgement/acme.yaml");
    let (standing, findings) = judged(&std::fs::read_to_string(path).unwrap());
    assert_eq!((standing.stage, standing.constraint), (3, Some(Constraint::IntegrationArchitecture)));
    let of = |rule: &str| -> Vec<String> {
        let found = findings.iter().filter(|finding| finding.rule == rule && !finding.is_accepted);
        found.map(|finding| finding.subjects.join(" ")).collect()
    };
    // Jasper's only flow is by hand; Clay and MadKudu are joined; OpenAI neither makes nor moves anything.
    assert_eq!(of("ai-silo"), ["jasper"]);
    // Outcomes reach MadKudu by hand only; firmographics stop at Salesforce, which hands leads and outcomes to Marketo.
    assert_eq!(of("missing-feedback"), ["clay", "madkudu"]);
    // The draft is reviewed, by a review that is bolted on.
    assert_eq!(of("unreviewed-content"), [] as [&str; 0]);
    assert_eq!(of("bolted-on-review"), ["draft-to-cms jasper wordpress"]);
    // Engagement is personal and reaches MadKudu, of which no security review is stated; so is the lead, which does not.
    assert_eq!(of("personal-data-to-ai"), ["madkudu"]);
    // 2026-02-01 + 90 days is past; the others were never reviewed, and the practice applies to them.
    assert_eq!(of("review-overdue"), ["clay", "ideas", "jasper", "madkudu", "openai"]);
    // The draft takes a day and may be three days old.
    assert_eq!(of("stale-feed"), [] as [&str; 0]);
    // 71 days to the renewal; the pilot is decided in time; OpenAI's missing runbook is accepted.
    assert_eq!(of("contract-ends-soon"), ["jasper"]);
    assert_eq!(of("pilot-without-decision"), [] as [&str; 0]);
    assert_eq!(of("no-runbook"), ["clay", "madkudu"]);
    assert_eq!(of("no-budget-owner"), ["clay", "madkudu", "openai"]);
    assert_eq!(of("no-quality-standard"), ["madkudu"]);
    assert_eq!(of("model-unwatched"), ["madkudu"]);
    assert_eq!(of("no-owner"), [] as [&str; 0]);
    // Salesforce: 7,200 calls a day by the connector and 288 x ceil(50 / 200) = 288 by the flow, of 100,000.
    assert_eq!(of("quota-overrun"), [] as [&str; 0]);
}
