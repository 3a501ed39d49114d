//! What makes a finding the same finding: laws on random stacks under random edits, and the cases of a gate by hand.

use proptest::prelude::*;
use sinew::analysis::{Analysis, EntryKind};
use sinew::model::{Remarks, Stack};
use sinew::report::baseline::{Baseline, BaselineError, Change};
use sinew::report::{Report, json};
use sinew::source::Source;

use crate::judgement::stacks::stack;
use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

/// What `old` and `new`, two stack files, have as findings: how those of `new` stand to those of `old`.
fn change(old: &str, new: &str) -> Change {
    let (old, new) = (stack(old), stack(new));
    between(&old, &new).expect("the same stack")
}

fn between(old: &Stack, new: &Stack) -> Result<Change, BaselineError> {
    let baseline = Baseline::parse(&report(old)).expect("our own report").for_stack(new)?;
    let analysis = Analysis::of(new);
    let source = Source::new("stack.yaml", String::new());
    let findings = sinew::report::finding::findings(&analysis.findings(), new, &source);
    Ok(baseline.change(&findings, &analysis))
}

fn report(stack: &Stack) -> String {
    let analysis = Analysis::of(stack);
    let source = Source::new("stack.yaml", String::new());
    let findings = sinew::report::finding::findings(&analysis.findings(), stack, &source);
    json(&Report { findings: Some(findings), ..Report::about(&analysis) })
}

/// Fingerprints with the objects of each finding, sorted.
fn known(stack: &Stack) -> Vec<(String, Vec<String>)> {
    let findings = Analysis::of(stack).findings().into_iter();
    let mut known: Vec<_> = findings.map(|finding| (finding.fingerprint.to_string(), finding.data)).collect();
    known.sort();
    known
}

fn random(seed: u64) -> Option<Stack> {
    let text = stack_text(&mut Dice::new(seed));
    sinew::model::read(&Source::new("stack.yaml", text)).stack
}

fn empty(change: &Change) -> bool {
    *change == Change { unchanged: change.unchanged, ..Change::default() }
}

proptest! {
    #![proptest_config(cases(120))]
    #[test]
    fn no_id_note_own_key_name_or_moved_line_makes_a_finding_another(seed: u64) {
        let Some(before) = random(seed) else { return Err(TestCaseError::reject("refused")) };
        let mut after = before.clone();
        let mut dice = Dice::new(seed ^ 1);
        for (at, flow) in after.flows.iter_mut().enumerate() {
            if dice.below(2) == 0 {
                flow.id = format!("{}-{at}", ["a", "zz"][dice.below(2) as usize]).into();
                flow.has_own_id = true;
            }
        }
        after.flows.sort_by(|a, b| a.id.cmp(&b.id));
        after.systems.iter_mut().for_each(|system| system.name = format!("The {}", system.name).into());
        after.data.iter_mut().for_each(|data| data.name = format!("{}!", data.name).into());
        after.teams.iter_mut().for_each(|team| team.name = "Somebody".to_owned().into());
        after.processes.iter_mut().for_each(|process| process.name = "The same for all".to_owned().into());
        let note = |remarks: &mut Remarks| {
            remarks.notes = Some("Ana counted".into());
            remarks.basis = None;
        };
        after.systems.iter_mut().for_each(|system| note(&mut system.remarks));
        after.flows.iter_mut().for_each(|flow| note(&mut flow.remarks));
        after.data.iter_mut().for_each(|data| note(&mut data.remarks));
        // What is accepted by the id of a finding may name a flow.
        let mut before = before;
        before.accept.clear();
        after.accept.clear();
        prop_assert_eq!(known(&before), known(&after));
        // Written anew, every line is another.
        let written = sinew::model::write::write(&after).replace("    notes: ", "    x-of-this-test: 3\n    notes: ");
        let written = stack(&written);
        prop_assert_eq!(known(&after), known(&written));
        let found = between(&before, &written).unwrap();
        prop_assert!(empty(&found), "{found:#?}");
    }

    #[test]
    fn a_fingerprint_names_what_there_is(seed: u64) {
        let Some(one) = random(seed) else { return Err(TestCaseError::reject("refused")) };
        for finding in Analysis::of(&one).findings() {
            let exists = |(kind, id): (EntryKind, &str)| match kind {
                EntryKind::System => one.find_system(id).is_some(),
                EntryKind::Team => one.find_team(id).is_some(),
                EntryKind::Data => one.find_data(id).is_some(),
                EntryKind::Process => one.find_process(id).is_some(),
                EntryKind::Flow => false,
            };
            prop_assert!(finding.fingerprint.entries().all(exists), "{}", finding.fingerprint);
            let read = finding.fingerprint.to_string().parse();
            prop_assert_eq!(read, Ok(finding.fingerprint));
        }
    }

    #[test]
    fn a_baseline_against_itself_is_empty(seed: u64) {
        let Some(one) = random(seed) else { return Err(TestCaseError::reject("refused")) };
        let found = between(&one, &one).unwrap();
        let standing = Analysis::of(&one).findings().into_iter().filter(|finding| !finding.is_accepted).count();
        prop_assert!(empty(&found) && found.unchanged == standing, "{found:#?}");
    }

    #[test]
    fn another_object_on_a_flow_adds_and_ends_only_findings_about_it(seed: u64, at: prop::sample::Index) {
        let Some(mut before) = random(seed) else { return Err(TestCaseError::reject("refused")) };
        prop_assume!(!before.flows.is_empty());
        before.accept.clear();
        let text = sinew::model::write::write(&before);
        // The last id of all, so that every other object keeps its place.
        let with = |data: &str| {
            let mut text = text.replacen("\ndata:\n", "\ndata:\n  zzzz: {}\n", 1);
            if !text.contains("zzzz") {
                text.push_str("data:\n  zzzz: {}\n");
            }
            let stack = sinew::model::read(&Source::new("stack.yaml", text)).stack.expect("one object more");
            let mut stack = Stack { name: data.to_owned(), ..stack };
            if data == "with" {
                let last = stack.find_data("zzzz").unwrap();
                let at = at.index(stack.flows.len());
                stack.flows[at].data.push(last);
            }
            stack
        };
        let (before, after) = (with("without"), with("with"));
        let (earlier, now) = (known(&before), known(&after));
        let others = now.iter().filter(|(_, data)| !data.contains(&"zzzz".to_owned()));
        let unknown: Vec<_> = others.filter(|finding| !earlier.contains(finding)).collect();
        prop_assert!(unknown.is_empty(), "{unknown:#?}");
        let found = between(&before, &after).unwrap();
        let is_about = |id: &String| {
            let findings = Analysis::of(&after).findings();
            findings.iter().any(|finding| finding.id == *id && finding.data.iter().any(|data| data == "zzzz"))
        };
        prop_assert!(found.new.iter().chain(&found.worse).all(is_about), "{found:#?}");
        let ended = found.fixed.iter().chain(&found.void).collect::<Vec<_>>();
        let replaced = ended.iter().all(|earlier| found.new.iter().any(|id| id.starts_with(earlier.fingerprint.rule())));
        prop_assert!(replaced, "{found:#?}");
    }
}

/// Exports by way of a sheet, in which a process trusts.
fn board(crm: &str, flows: &str, more: &str) -> String {
    format!(
        "sinew: 1
hourly_rate: 50
teams: {{ ops: {{ people: 1 }} }}
systems: {{ {crm}: {{ kind: crm }}, sheet: {{ kind: spreadsheet }}, bi: {{ kind: bi }} }}
data: {{ lead: {{}}, score: {{}} }}
flows:
{flows}processes:
  board: {{ needs: [{{ data: lead, at: bi }}], outage_cost: 100 }}
{more}"
    )
}

const EXPORT: &str =
    "  - { from: crm, to: sheet, data: lead, mechanism: export-import, performer: ops, runs: 52, minutes: 30 }\n";
const IMPORT: &str =
    "  - { from: sheet, to: bi, data: lead, mechanism: export-import, performer: ops, runs: 52, minutes: 30 }\n";

fn before() -> String {
    board("crm", &format!("{EXPORT}{IMPORT}"), "")
}

#[test]
fn a_flow_with_an_id_and_flows_in_another_order_are_nothing_new() {
    let named = board("crm", &format!("{IMPORT}{}", EXPORT.replace("{ from", "{ id: export, from")), "# a line\n");
    let found = change(&before(), &named);
    assert!(empty(&found) && found.unchanged == 6, "{found:#?}");
}

#[test]
fn an_object_more_on_the_way_is_told_of_that_object_alone() {
    let more = board("crm", &format!("{}{IMPORT}", EXPORT.replace("data: lead", "data: [lead, score]")), "");
    let found = change(&before(), &more);
    // The score ends in the sheet: a handoff of its own, and no change to that of the lead.
    assert_eq!(found.new.len(), 1, "{found:#?}");
    assert!(found.new[0].starts_with("manual-handoff:"), "{found:#?}");
    assert_eq!((found.fixed.len(), found.void.len(), found.worse.len(), found.unchanged), (0, 0, 0, 6), "{found:#?}");
}

#[test]
fn what_gets_worse_fails_like_what_is_new() {
    let dear = before().replace("hourly_rate: 50", "hourly_rate: 5000");
    let found = change(&before(), &dear);
    assert_eq!(found.worse.len(), 2, "{found:#?}");
    assert!(found.worse[0].starts_with("manual-handoff:") && found.worse[1] == "file-relay:sheet", "{found:#?}");
    assert!(found.new.is_empty() && found.fixed.is_empty());
    let back = change(&dear, &before());
    assert!(back.worse.is_empty() && back.unchanged == 6, "less severe is no news of a gate: {back:#?}");
}

#[test]
fn a_process_that_runs_no_more_fixes_nothing() {
    let found = change(&before(), &board("crm", "", ""));
    assert_eq!(found.new, ["unsupplied-need:board"]);
    assert!(found.fixed.is_empty(), "{found:#?}");
    let mut void: Vec<String> = found.void.iter().map(|earlier| earlier.fingerprint.to_string()).collect();
    void.sort_unstable();
    assert_eq!(
        void,
        [
            "bus-factor/team:ops",
            "file-relay/system:crm/system:sheet/system:bi",
            "manual-handoff/system:crm/system:sheet/system:bi",
            "single-point-of-failure/system:bi",
            "single-point-of-failure/system:crm",
            "single-point-of-failure/system:sheet",
        ]
    );
}

#[test]
fn what_is_automated_is_fixed_and_what_is_retired_is_void() {
    let automated = "  - { from: crm, to: bi, data: lead, mechanism: api }\n";
    let found = change(&before(), &board("crm", automated, ""));
    let mut fixed: Vec<&str> = found.fixed.iter().map(|earlier| earlier.fingerprint.rule()).collect();
    fixed.sort_unstable();
    assert_eq!(fixed, ["bus-factor", "file-relay", "manual-handoff", "single-point-of-failure"], "{found:#?}");
    assert!(found.void.is_empty() && found.unchanged == 2, "{found:#?}");
    let retired = board("crm", automated, "").replace("spreadsheet", "spreadsheet, status: retired");
    let found = change(&before(), &retired);
    let void: Vec<&str> = found.void.iter().map(|earlier| earlier.id.as_str()).collect();
    assert!(void.contains(&"single-point-of-failure:sheet") && found.fixed.len() == 1, "{found:#?}");
}

#[test]
fn a_ring_is_known_by_its_systems_wherever_it_begins() {
    let ring = |ids: [&str; 3]| {
        let flows: Vec<String> = (0..3)
            .map(|at| {
                format!("  - {{ from: {}, to: {}, data: lead, mechanism: message }}\n", ids[at], ids[(at + 1) % 3])
            })
            .collect();
        stack(&format!(
            "sinew: 1\nhourly_rate: 1\nsystems: {{ m: {{ kind: messaging }}, k: {{ kind: spreadsheet }}, l: {{ kind: file-share }} }}
data: {{ lead: {{}} }}\nflows:\n{}",
            flows.concat()
        ))
    };
    for ids in [["m", "k", "l"], ["k", "l", "m"]] {
        let known = known(&ring(ids));
        assert_eq!(known[known.len() - 1].0, "manual-handoff/system:k+l+m");
    }
}

#[test]
fn the_baseline_of_another_stack_is_refused_with_its_systems() {
    let other = stack("sinew: 1\nsystems: { shop: { kind: erp } }\ndata: {}\n");
    let error = between(&stack(&before()), &other).unwrap_err().to_string();
    assert!(error.contains("another stack") && error.contains("`bi`, `crm`, `sheet`"), "{error}");
    // Of an empty one nothing can be said.
    assert!(between(&stack("sinew: 1\n"), &other).is_ok());
}

#[test]
fn what_was_called_otherwise_is_the_same() {
    let renamed = before().replace("crm: {", "sfdc: { was: crm,").replace("from: crm", "from: sfdc");
    let renamed =
        renamed.replace("ops: {", "operations: { was: [x, ops],").replace("performer: ops", "performer: operations");
    let renamed = renamed.replace("board: {", "meeting: { was: board,").replace("lead: {}", "contact: { was: lead }");
    let renamed = renamed.replace("data: lead", "data: contact");
    let found = change(&before(), &renamed);
    assert!(empty(&found) && found.unchanged == 6, "{found:#?}");
    // What was renamed before the baseline was written is not renamed again.
    let again = change(&renamed, &renamed);
    assert!(empty(&again) && again.unchanged == 6, "{again:#?}");
    // Without `was` it is another system.
    let found = change(&before(), &renamed.replace(" was: crm,", ""));
    assert!(!found.new.is_empty() && !found.void.is_empty(), "{found:#?}");
    // Not even one system is left, and the baseline is that of this stack all the same.
    let all = stack("sinew: 1\nsystems: { b: { kind: crm, was: a } }\n");
    assert!(between(&stack("sinew: 1\nsystems: { a: { kind: crm } }\n"), &all).is_ok());
}

#[test]
fn what_is_no_baseline_is_named_for_what_it_is() {
    let finding = r#"{ "id": "a:b", "fingerprint": "a/system:b", "severity": "low", "message": "m" }"#;
    let report = |findings: &str| format!(r#"{{ "sinew": 1, "stack": {{ "ids": ["b"] }}, "findings": [{findings}] }}"#);
    assert!(Baseline::parse(&report(finding)).is_ok());
    for (text, expected) in [
        ("[]", "expected a report of sinew, found a list"),
        ("", "an empty file"),
        ("<html></html>", "a page or a picture"),
        ("sinew: 1\nsystems: {}\n", "found a stack file"),
        ("name: x\n", "expected a report of sinew in JSON: expected"),
        ("{", "line 1 column 1"),
        ("{}", "it has no key `sinew`"),
        (r#"{ "version": "2.1.0", "runs": [] }"#, "found findings in SARIF"),
        (r#"{ "sinew": 1, "systems": {} }"#, "found a stack file"),
        (r#"{ "sinew": 1, "old": {}, "new": {} }"#, "found the answer of `sinew diff`"),
        (r#"{ "sinew": 2, "findings": [] }"#, "has version 2, expected version 1"),
        (r#"{ "sinew": "x" }"#, "expected a number"),
        (r#"{ "sinew": 1, "handoffs": [] }"#, "the report has no findings"),
        (r#"{ "sinew": 1, "findings": {} }"#, "found a mapping, expected a list"),
        (r#"{ "sinew": 1, "stack": { "ids": [] }, "findings": [{ "id": 3 }] }"#, "expected a string"),
        (
            r#"{ "sinew": 1, "findings": [{ "id": "a:b", "severity": "low", "message": "m" }] }"#,
            "an earlier sinew wrote",
        ),
        (r#"{ "sinew": 1, "findings": [] }"#, "an earlier sinew wrote"),
        (&report(&finding.replace("a/system:b", "a/b")), "expected the fingerprint of a finding, found `a/b`"),
    ] {
        let error = Baseline::parse(text).expect_err(text).to_string();
        assert!(error.contains(expected) && error.contains("sinew check STACK --format json"), "{text}: {error}");
        for type_name in ["struct", "Shape", "Earlier", "u32", "f64", "sequence", "Vec", "enum"] {
            assert!(!error.contains(type_name), "{text}: {error}");
        }
    }
}
