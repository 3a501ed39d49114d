//! What is in the way of a criterion: how much, and each thing by name.

use sinew::analysis::Analysis;
use sinew::analysis::stage::{Criterion, Obstacle, State, standing};

use crate::judgement::stacks::stack;

fn criterion(text: &str, id: &str) -> Criterion {
    let stack = stack(text);
    let analysis = Analysis::of(&stack);
    let standing = standing(&analysis, &analysis.findings());
    standing.criterion(id).unwrap_or_else(|| panic!("no {id}")).clone()
}

/// Whether it is met, how much is in its way, and what.
fn in_the_way(text: &str, id: &str) -> (State, usize, Vec<String>) {
    let found = criterion(text, id);
    let words = |obstacle: &Obstacle| match obstacle {
        Obstacle::Named(words) => words.clone(),
        Obstacle::Way { tool, steps } => {
            let steps: Vec<String> = steps.iter().map(|(flow, data)| format!("{flow}:{data}")).collect();
            format!("{tool} by {}", steps.join(" "))
        }
    };
    (found.state, found.weight, found.obstacles.iter().map(words).collect())
}

fn named(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn each_model_without_feedback_is_in_the_way() {
    let text = |rank: &str| {
        format!(
            "sinew: 1
systems: {{ crm: {{ kind: crm, makes: [outcome] }}, t: {{ kind: ai-scoring, makes: [lead, {{ data: score, from: lead, model: {{}} }}, {{ data: rank, from: lead, model: {rank} }}] }} }}
data: {{ lead: {{}}, outcome: {{}}, score: {{}}, rank: {{}} }}
"
        )
    };
    let of = |rank: &str| in_the_way(&text(rank), "no-missing-feedback");
    let evidence = |rank: &str| criterion(&text(rank), "no-missing-feedback").evidence;
    let silent = named(&["no feedback t rank", "no feedback t score"]);
    assert_eq!(of("{}"), (State::NotKnown, 2, silent));
    let says = |object: &str| format!("{object} at T: its model states no `feedback`");
    assert_eq!(evidence("{}"), ["Rank", "Score"].map(says));
    // What one of them wants and does not get is a finding.
    let both = named(&["no feedback t score", "t outcome t"]);
    assert_eq!(of("{ feedback: outcome }"), (State::NotMet, 1, both));
}

#[test]
fn an_enrichment_that_arrives_everywhere_is_a_closed_loop_without_any_model() {
    let text = "sinew: 1
systems:
  clay: { kind: enrichment, ai: true, makes: [firmographics] }
  crm: { kind: crm }
  map: { kind: marketing-automation, makes: [lead] }
data: { firmographics: {}, lead: {} }
flows:
  - { from: clay, to: crm, data: firmographics, mechanism: api }
  - { from: crm, to: map, data: firmographics, mechanism: native }
  - { from: map, to: crm, data: lead, mechanism: native }
";
    let id = "no-missing-feedback";
    assert_eq!(in_the_way(text, id), (State::Met, 0, Vec::new()));
    assert_eq!(criterion(text, id).evidence, ["1 feedback loop, all closed"]);
    let open = text.replace("  - { from: crm, to: map, data: firmographics, mechanism: native }\n", "");
    assert_eq!(in_the_way(&open, id), (State::NotMet, 1, named(&["clay firmographics map"])));
}

#[test]
fn each_tool_whose_review_nobody_can_judge_is_in_the_way() {
    let text = "sinew: 1\nas_of: 2026-11-21\nsystems: { a: { kind: ai-content }, b: { kind: ai-content } }\n";
    assert_eq!(in_the_way(text, "reviews-on-time"), (State::NotKnown, 2, named(&["a", "b"])));
    let reviewed =
        text.replace("a: { kind: ai-content }", "a: { kind: ai-content, vendor_review: { last: 2026-11-01 } }");
    let reviewed = reviewed + "practices: { vendor_review_cadence: 90d }\n";
    assert_eq!(in_the_way(&reviewed, "reviews-on-time"), (State::NotMet, 1, named(&["b"])));
    let none = "sinew: 1\nsystems: { a: { kind: crm } }\n";
    assert_eq!(in_the_way(none, "reviews-on-time"), (State::NothingToJudge, 0, Vec::new()));
}

#[test]
fn each_model_that_needs_care_is_in_the_way() {
    let of = |score: &str, rank: &str| {
        let text = format!(
            "sinew: 1
systems: {{ t: {{ kind: ai-scoring, makes: [lead, {{ data: score, from: lead, model: {score} }}, {{ data: rank, from: lead, model: {rank} }}] }} }}
data: {{ lead: {{}}, score: {{}}, rank: {{}} }}
"
        );
        in_the_way(&text, "models-look-after-themselves")
    };
    let cared = "{ retrain: automatic, drift_monitor: true, explainable: true }";
    assert_eq!(of(cared, cared), (State::Met, 0, Vec::new()));
    assert_eq!(of(cared, "{}"), (State::NotMet, 1, named(&["rank t"])));
    assert_eq!(of("{ retrain: manual }", "{}"), (State::NotMet, 2, named(&["rank t", "score t"])));
}

#[test]
fn each_way_of_unreviewed_content_is_in_the_way() {
    let text = "sinew: 1
data: { draft: { content: true } }
systems: { t: { kind: ai-content, makes: [draft] }, hub: { kind: dam }, web: { kind: cms, audience_facing: true } }
flows:
  - { id: g, from: t, to: hub, data: draft, mechanism: api }
  - { id: h, from: hub, to: web, data: draft, mechanism: api }
";
    let id = "no-unreviewed-content";
    assert_eq!(in_the_way(text, id), (State::NotMet, 1, named(&["t by g:draft h:draft"])));
    // Where nobody says whether customers see it, it is one thing to find out.
    let unknown = text.replace(", audience_facing: true", "");
    let (state, weight, _) = in_the_way(&unknown, id);
    assert_eq!((state, weight), (State::NotKnown, 1));
}

#[test]
fn a_practice_that_is_not_stated_is_one_thing_and_one_that_is_none() {
    let text = "sinew: 1\nsystems: { t: { kind: ai-content } }\npractices: { ai_policy: { covers: [data-privacy] } }\n";
    assert_eq!(in_the_way(text, "policy-data-privacy").1, 0);
    assert_eq!(in_the_way(text, "policy-output-review").1, 1);
    assert_eq!(in_the_way(text, "resilience-plan").1, 1);
}
