//! What changed between two stacks.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::analysis::diff::{Diff, Side, diff};
use sinew::analysis::stage::{Constraint, State, standing};
use sinew::model::Stack;
use sinew::source::Source;

use crate::judgement::random_stack::{Dice, stack_text};
use crate::judgement::stacks::{files, stack, stage_text};

fn compared(old: &Stack, new: &Stack, points: [&[(&str, &[&str])]; 2]) -> Diff {
    let (old, new) = (Analysis::of(old), Analysis::of(new));
    let (old_findings, new_findings) = (old.findings(), new.findings());
    let (old_standing, new_standing) = (standing(&old, &old_findings), standing(&new, &new_findings));
    let [old_points, new_points] = points.map(|points| -> BTreeMap<String, Vec<String>> {
        points.iter().map(|(id, all)| ((*id).to_owned(), all.iter().map(|id| (*id).to_owned()).collect())).collect()
    });
    diff(
        Side { analysis: &old, findings: &old_findings, standing: &old_standing, single_points: &old_points },
        Side { analysis: &new, findings: &new_findings, standing: &new_standing, single_points: &new_points },
    )
}

#[test]
fn a_stack_does_not_differ_from_itself() {
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        let one = stack(&std::fs::read_to_string(path).expect("listed"));
        let points: &[(&str, &[&str])] = &[("p", &["a"])];
        assert!(compared(&one, &one, [points, points]).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn nor_does_a_random_one_and_the_way_back_is_the_way_turned_round(seeds: (u64, u64)) {
        let read = |seed| sinew::model::read(&Source::new("stack.yaml", stack_text(&mut Dice::new(seed)))).stack;
        let (one, other) = (read(seeds.0), read(seeds.1));
        prop_assume!(one.is_some() && other.is_some());
        let (one, other) = (one.unwrap(), other.unwrap());
        prop_assert!(compared(&one, &one, [&[], &[]]).is_empty());
        let (there, back) = (compared(&one, &other, [&[], &[]]), compared(&other, &one, [&[], &[]]));
        prop_assert_eq!(there.flows.added, back.flows.removed);
        let ids = |findings: &[sinew::analysis::Finding]| -> Vec<String> {
            findings.iter().map(|finding| finding.id.clone()).collect()
        };
        prop_assert_eq!(ids(&there.findings.fixed), ids(&back.findings.new));
        prop_assert_eq!(there.systems.changed.len(), back.systems.changed.len());
    }
}

#[test]
fn every_kind_of_change_is_told() {
    let text = stage_text("3-isolated-production");
    let old = stack(&text);
    let new = text
        .replace("mechanism: copy-paste, performer: content, runs: 40/week, minutes: [10, 15, 25]", "mechanism: api")
        .replace("  clay: {", "  looker: { product: looker }\n  clay: {")
        .replace("    budget_owner: CMO\n", "    runbook: docs/jasper.md\n");
    let new = format!("{new}  resilience_plan: docs/offline.md\naccept: [ {{ rule: no-runbook, subject: clay }} ]\n");
    let new = stack(&new);
    let diff = compared(&old, &new, [&[("routing", &["a", "b"])], &[("routing", &["b", "c"])]]);
    assert!(!diff.is_empty());
    assert_eq!(diff.systems.added, ["looker"]);
    assert!(diff.systems.removed.is_empty());
    let (id, keys) = &diff.systems.changed[0];
    let keys: Vec<_> = keys.iter().map(|key| (key.key.as_str(), key.old.as_deref(), key.new.as_deref())).collect();
    assert_eq!(id, "jasper");
    assert_eq!(keys, [("runbook", None, Some("docs/jasper.md")), ("budget_owner", Some("CMO"), None)]);
    assert_eq!(diff.flows.changed[0].0, "draft-to-cms");
    let ids =
        |findings: &[sinew::analysis::Finding]| -> Vec<String> { findings.iter().map(|one| one.id.clone()).collect() };
    for fixed in ["manual-handoff:draft-to-cms", "ai-silo:jasper", "no-runbook:jasper"] {
        assert!(ids(&diff.findings.fixed).iter().any(|id| id == fixed), "{fixed}");
    }
    assert!(ids(&diff.findings.new).iter().any(|id| id == "no-budget-owner:jasper"));
    assert!(ids(&diff.findings.unchanged).iter().any(|id| id == "unreviewed-content:jasper:wordpress"));
    assert_eq!(diff.findings.newly_accepted, ["no-runbook:clay"]);
    assert!(diff.handoffs.0.hours.likely.0 - diff.handoffs.1.hours.likely.0 == 520.0);
    assert_eq!(
        (&diff.single_points[0].added[..], &diff.single_points[0].removed[..]),
        (&["c".to_owned()][..], &["a".to_owned()][..])
    );
    assert_eq!(diff.stage.stage, (3, 3));
    assert_eq!(diff.stage.constraint.1, Some(Constraint::IntegrationArchitecture));
    assert!(diff.stage.criteria.contains(&("resilience-plan", State::NotKnown, State::Met)));
}
