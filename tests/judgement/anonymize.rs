//! An anonymized stack says the same of itself, under other names.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sinew::analysis::anonymize::{Amounts, anonymized};
use sinew::analysis::stage::standing;
use sinew::analysis::{Analysis, Finding};
use sinew::model::{Stack, write};
use sinew::source::Source;

use crate::judgement::stacks::{files, stack, stage_text};
use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

/// What a finding says but for names and money, with its subjects under the names that `names` gives them.
fn essence(finding: &Finding, names: &BTreeMap<String, String>) -> (String, String, Vec<String>, usize, bool) {
    let subjects = finding.subjects.iter().map(|subject| names.get(subject).unwrap_or(subject).clone()).collect();
    let severity = finding.severity.as_str().to_owned();
    (finding.rule.to_owned(), severity, subjects, finding.evidence.len(), finding.is_accepted)
}

fn new_names(old: &Stack, new: &Stack) -> BTreeMap<String, String> {
    let ids = |stack: &Stack| -> Vec<String> {
        let systems = stack.systems.iter().map(|one| one.id.to_string());
        let teams = stack.teams.iter().map(|one| one.id.to_string());
        let flows = stack.flows.iter().map(|one| one.id.to_string());
        systems.chain(teams).chain(flows).chain(stack.processes.iter().map(|one| one.id.to_string())).collect()
    };
    ids(old).into_iter().zip(ids(new)).collect()
}

fn assert_same_up_to_names(original: &Stack, amounts: Amounts) {
    let text = write::write(&anonymized(original, amounts));
    let masked = stack(&text);
    let (before, after) = (Analysis::of(original), Analysis::of(&masked));
    let (found, found_masked) = (before.findings(), after.findings());
    let names = new_names(original, &masked);
    let mut old: Vec<_> = found.iter().map(|finding| essence(finding, &names)).collect();
    let mut new: Vec<_> = found_masked.iter().map(|finding| essence(finding, &BTreeMap::new())).collect();
    old.sort();
    new.sort();
    assert_eq!(old, new, "{text}");
    if let Amounts::Scaled(factor) = amounts {
        let costs = |findings: &[Finding]| -> Vec<f64> {
            let mut costs: Vec<f64> = findings.iter().filter_map(|finding| Some(finding.cost?.0)).collect();
            costs.sort_by(f64::total_cmp);
            costs
        };
        for (old, new) in costs(&found).into_iter().zip(costs(&found_masked)) {
            // Expected costs are rounded to a tenth of a millionth.
            assert!((old * factor - new).abs() <= 1e-7 + 1e-9 * new.abs(), "{old} {new}");
        }
    }
    assert_eq!(standing(&before, &found).stage, standing(&after, &found_masked).stage);
}

#[test]
fn the_stage_stacks_and_examples_say_the_same() {
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        assert_same_up_to_names(&stack(&std::fs::read_to_string(path).expect("listed")), Amounts::Scaled(0.25));
    }
}

proptest! {
    #![proptest_config(cases(50))]
    #[test]
    fn random_stacks_say_the_same(seed: u64) {
        let reading = sinew::model::read(&Source::new("stack.yaml", stack_text(&mut Dice::new(seed))));
        prop_assume!(reading.stack.is_some());
        // A power of two scales without rounding, so that no cost crosses a threshold by it.
        assert_same_up_to_names(&reading.stack.unwrap(), Amounts::Scaled(0.125));
    }
}

const SECRETS: &str = "sinew: 1
x-hush: { hush: [hush] }
name: Hushhush Inc
currency: XBT
hourly_rate: 4321
teams: { hushops: { name: Hush operations, was: hush-team, notes: \"Hush,\\nhush\" } }
systems:
  hushcrm: { kind: crm, product: HushSoft, vendor: Hush & Sons, name: The Hush CRM, domain: Hushland, budget_owner: Henry Hush, runbook: hush.md, makes: [hushlead] }
  jasper: { product: jasper, owner: hushops, contract: { cost: 98765 }, quality_standard: hush/quality.md, pilot: { measure: hushes a day } }
data: { hushlead: { name: Hush lead } }
flows:
  - { from: hushcrm, to: jasper, data: hushlead, mechanism: rekeying, runs: 10/week, minutes: 30, value: 5555, x-hush: hush, basis: { from: hush.xlsx, at: Hush!A1, key: hush, seen: 2026-01-02, guessed: [runs] } }
processes:
  hushlaunch: { name: Hush launch, needs: [ { data: hushlead, at: jasper } ], outage_cost: 7777 }
  hushfree: { needs: [ { data: hushlead, at: jasper } ], outage_cost: 0 }
practices: { quality_standards: hush.md, resilience_plan: hush.md }
accept: [ { rule: no-runbook, subject: jasper, why: Hush told us so }, { id: \"manual-handoff:hushcrm->jasper:hushlead\" } ]
plan: { budget: 6666, day_rate: 888 }
";

#[test]
fn no_name_text_or_amount_is_left() {
    let original = stack(SECRETS);
    let masked = write::write(&anonymized(&original, Amounts::Masked));
    for secret in ["ush", "Henry", "XBT", "4321", "98765", "5555", "7777", "6666", "888"] {
        assert!(!masked.contains(secret), "{secret} in\n{masked}");
    }
    let scaled = write::write(&anonymized(&original, Amounts::Scaled(0.5)));
    assert!(scaled.contains("hourly_rate: 2160.5") && scaled.contains("cost: 49382.5"), "{scaled}");
    // What costs nothing costs nothing.
    assert!(masked.contains("outage_cost: 0\n") && masked.contains("outage_cost: 1\n"), "{masked}");
    // What findings rest on stays.
    assert!(masked.contains("basis: { seen: 2026-01-02, guessed: [runs] }"), "{masked}");
    // Both acceptances still hold, by subject and by finding.
    for text in [masked, scaled] {
        let stack = stack(&text);
        let accepted: Vec<String> =
            Analysis::of(&stack).findings().into_iter().filter(|one| one.is_accepted).map(|one| one.id).collect();
        assert_eq!(accepted, ["manual-handoff:flow-1", "no-runbook:system-2"], "{text}");
    }
}

#[test]
fn masked_money_moves_no_severity() {
    let masked = anonymized(&stack(&stage_text("3-isolated-production")), Amounts::Masked);
    let rule =
        |finding: &Finding| sinew::analysis::rules::find(finding.rule).expect("findings have rules").moves_with_cost;
    let findings = Analysis::of(&masked).findings();
    let moved: Vec<&Finding> = findings.iter().filter(|finding| rule(finding)).collect();
    assert!(!moved.is_empty() && moved.iter().all(|finding| finding.severity.as_str() != "low"), "{moved:#?}");
}

#[test]
fn systems_are_called_after_their_kind_and_numbered_within_it() {
    let text = "sinew: 1\nsystems: { a: { kind: crm }, b: { kind: cms }, c: { kind: crm } }\n";
    let masked = anonymized(&stack(text), Amounts::Masked);
    let names: Vec<&str> = masked.systems.iter().map(|system| system.name.as_str()).collect();
    assert_eq!(names, ["CRM 1", "CMS 1", "CRM 2"]);
}
