//! What changed between two stacks: every key, every figure, and what moved it.

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::model::outline::{Change, Outline};
use sinew::model::{Stack, write};
use sinew::report::diff::{Diff, Moves};
use sinew::report::{Report, json};
use sinew::source::Source;

use crate::judgement::stacks::{files, stack, stage_text, without_places};
use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

fn read(text: &str) -> Option<(Stack, Source)> {
    let source = Source::new("stack.yaml", text.to_owned());
    Some((sinew::model::read(&source).stack?, source))
}

fn random(seed: u64) -> Option<(Stack, Source)> {
    read(&stack_text(&mut Dice::new(seed)))
}

fn diff(old: &(Stack, Source), new: &(Stack, Source)) -> Diff {
    Diff::of((&old.0, &old.1), (&new.0, &new.1))
}

fn differing(old: &str, new: &str) -> Diff {
    diff(&read(old).expect("valid"), &read(new).expect("valid"))
}

/// All that a stack holds but places, with each flow under its id.
fn as_stated(stack: &Stack) -> String {
    let mut stack = stack.clone();
    stack.flows.iter_mut().for_each(|flow| flow.has_own_id = true);
    without_places(&stack)
}

/// The report as JSON, without places.
fn report((stack, source): &(Stack, Source)) -> serde_json::Value {
    let analysis = Analysis::of(stack);
    let report = json(&Report::of(&analysis, &analysis.findings(), source));
    let mut report: serde_json::Value = serde_json::from_str(&report).unwrap();
    for finding in report["findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("location");
    }
    report
}

#[test]
fn a_stack_does_not_differ_from_itself() {
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        let text = std::fs::read_to_string(path).expect("listed");
        let found = differing(&text, &text);
        assert!(!found.changed && found.figures.is_empty() && found.changes.is_empty(), "{found:#?}");
    }
}

proptest! {
    #![proptest_config(cases(36))]
    /// Entry by entry means key by key as the stack itself is: not what some list of keys says.
    #[test]
    fn two_stacks_differ_in_a_key_iff_they_differ(seeds: (u64, u64), at: prop::sample::Index) {
        let (Some(one), Some(other)) = (random(seeds.0), random(seeds.1)) else {
            return Err(TestCaseError::reject("refused"));
        };
        let (a, b) = (Outline::of(&one.0), Outline::of(&other.0));
        let changes = a.changes(&b);
        prop_assert!(a.changes(&a).is_empty());
        prop_assert!(!changes.is_empty());
        prop_assert_eq!(changes.len(), b.changes(&a).len());
        // All of them together make one of the other.
        let whole = changes.iter().fold(a.clone(), |made, change| made.with(&change.path, &b));
        prop_assert!(whole.changes(&b).is_empty());
        prop_assert!(whole.stack().is_some_and(|(stack, _)| Outline::of(&stack).changes(&b).is_empty()));
        // One of them alone is told, wherever it stands.
        let change = &changes[at.index(changes.len())];
        if let Some((alone, _)) = a.with(&change.path, &b).stack() {
            let told = a.changes(&Outline::of(&alone));
            // A kind that makes an AI tool of a system may take back what was stated of that; a mapping of which the last
            // key goes, goes with it; nothing else does.
            let is_it = |one: &Change| {
                let (one, change) = (one.path.parts(), change.path.parts());
                one.starts_with(change) || change.starts_with(one)
            };
            // Stating what the catalog says of a product is no difference.
            let is_equal = as_stated(&one.0) == as_stated(&alone);
            prop_assert!(told.is_empty() == is_equal, "{change:#?} {told:#?}");
            prop_assert!(is_equal || told.iter().any(is_it), "{change:#?} {told:#?}");
            // A product brings its kind, which is then no statement of the file.
            let is_product = change.key().as_deref() == Some("product");
            let follows = |one: &Change| match one.key().as_deref() {
                Some("ai") => true,
                Some("kind") => is_product,
                _ => false,
            };
            prop_assert!(told.iter().all(|one| is_it(one) || follows(one)), "{told:#?}");
        }
    }

    #[test]
    fn where_nothing_differs_the_reports_are_equal(seed: u64) {
        let Some(one) = random(seed) else { return Err(TestCaseError::reject("refused")) };
        let moved = write::write(&one.0).replace("\nflows:", "\n# moved\n\nflows:");
        let other = read(&moved).expect("written by us");
        let found = diff(&one, &other);
        prop_assert!(!found.changed && found.figures.is_empty() && found.findings.new.is_empty(), "{found:#?}");
        prop_assert_eq!(report(&one), report(&other));
    }
}

proptest! {
    // Two stacks are compared twice, each time with a plan for every change.
    #![proptest_config(cases(20))]
    #[test]
    fn what_differs_somewhere_is_changed_and_the_way_back_is_the_way_turned_round(seeds: (u64, u64), at: prop::sample::Index) {
        let (Some(one), Some(other)) = (random(seeds.0), random(seeds.1)) else {
            return Err(TestCaseError::reject("refused"));
        };
        let (a, b) = (Outline::of(&one.0), Outline::of(&other.0));
        let changes = a.changes(&b);
        let change = &changes[at.index(changes.len())];
        let Some(alone) = a.with(&change.path, &b).stack() else {
            return Err(TestCaseError::reject("not by itself"));
        };
        let (there, back) = (diff(&one, &alone), diff(&alone, &one));
        let is_equal = as_stated(&one.0) == as_stated(&alone.0);
        prop_assert!(there.changed != is_equal && back.changed != is_equal, "{change:#?}");
        let turned = |of: &Diff| -> Vec<_> {
            of.figures.iter().map(|figure| (figure.path.clone(), figure.new.clone(), figure.old.clone())).collect()
        };
        let straight: Vec<_> =
            there.figures.iter().map(|figure| (figure.path.clone(), figure.old.clone(), figure.new.clone())).collect();
        // A flow that is made of what it joins is another flow on the way back.
        if there.renamed.is_empty() && there.changes.iter().all(|change| change.list.as_deref() != Some("flows")) {
            prop_assert_eq!(straight, turned(&back));
        }
    }
}

const BOARD: &str = "sinew: 1
hourly_rate: 50
currency: USD
teams: { ops: { people: 1 } }
systems: { crm: { kind: crm }, sheet: { kind: spreadsheet }, bi: { kind: bi } }
data: { lead: {} }
flows:
  - { from: crm, to: sheet, data: lead, mechanism: export-import, performer: ops, runs: 52, minutes: 30 }
  - { from: sheet, to: bi, data: lead, mechanism: export-import, performer: ops, runs: 52, minutes: 30 }
processes:
  board: { needs: [{ data: lead, at: bi }], outage_cost: 100 }
";

/// The figures that `by` moved, by path.
fn moved<'d>(diff: &'d Diff, by: &str) -> Vec<&'d str> {
    diff.figures
        .iter()
        .filter(|figure| figure.by.iter().any(|id| id == by))
        .map(|figure| figure.path.as_str())
        .collect()
}

#[test]
fn teams_data_processes_plan_and_settings_are_part_of_a_difference() {
    for (old, new, id, figure) in [
        ("outage_cost: 100", "outage_cost: 1000", "processes.board.outage_cost", "outages[crm].cost_per_hour"),
        ("people: 1", "people: 1, hourly_rate: 90", "teams.ops.hourly_rate", "handoff_totals.cost.likely"),
        ("currency: USD", "currency: EUR", "currency", "stack.currency"),
        ("lead: {}", "lead: { personal: true }", "data.lead.personal", ""),
        ("hourly_rate: 50", "plan: { budget: 1 }\nhourly_rate: 50", "plan", "plan.budget"),
        ("hourly_rate: 50", "error_minutes: 3\nhourly_rate: 50", "error_minutes", ""),
        ("hourly_rate: 50", "practices: { resilience_plan: here }\nhourly_rate: 50", "practices", ""),
    ] {
        let found = differing(BOARD, &BOARD.replace(old, new));
        assert!(found.changed, "{id}");
        assert!(found.changes.iter().any(|change| change.id == id), "{id}: {:#?}", found.changes);
        if !figure.is_empty() {
            let paths = moved(&found, id);
            assert!(paths.iter().any(|path| path.starts_with(figure)), "{id}: {paths:#?}");
        }
    }
}

#[test]
fn each_figure_is_told_with_the_change_that_moved_it() {
    let new = BOARD.replace("people: 1", "people: 1, hourly_rate: 90").replace("outage_cost: 100", "outage_cost: 1000");
    let new = new.replace("lead: {}", "lead: { notes: seen, x-of: us }");
    let found = differing(BOARD, &new);
    let costs = moved(&found, "teams.ops.hourly_rate");
    assert!(
        costs.contains(&"handoff_totals.cost.likely") && !costs.contains(&"outages[crm].cost_per_hour"),
        "{costs:#?}"
    );
    let outages = moved(&found, "processes.board.outage_cost");
    assert!(outages.contains(&"outages[crm].cost_per_hour") && !outages.contains(&"handoff_totals.cost.likely"));
    let cost = found.figures.iter().find(|figure| figure.path == "handoff_totals.cost.likely").unwrap();
    // 52 hours at 50, then at 90.
    assert_eq!((cost.old.as_deref(), cost.new.as_deref()), (Some("2600"), Some("4680")));
    let remarks: Vec<(&str, Moves)> = found
        .changes
        .iter()
        .filter(|change| change.list.as_deref() == Some("data"))
        .map(|change| (change.id.as_str(), change.moved))
        .collect();
    assert_eq!(remarks, [("data.lead.notes", Moves::Nothing), ("data.lead.x-of", Moves::Nothing)]);
}

#[test]
fn a_rename_is_no_change_where_was_says_so() {
    let new = BOARD.replace("crm: { kind: crm }", "sfdc: { kind: crm, was: crm }").replace("from: crm", "from: sfdc");
    let found = differing(BOARD, &new);
    assert!(!found.changed && found.figures.is_empty(), "{found:#?}");
    assert_eq!((found.renamed[0].old.as_str(), found.renamed[0].new.as_str()), ("crm", "sfdc"));
    let untold = differing(BOARD, &new.replace(", was: crm", ""));
    assert!(untold.changed && untold.renamed.is_empty());
    assert!(untold.changes.iter().any(|change| change.id == "systems.crm" && change.new.is_none()));
}

/// Without `was` an entry went and another came, and the answer asks whether they are one.
#[test]
fn an_entry_that_may_have_been_renamed_is_asked_about() {
    let asked = |old: &str, new: &str| -> Vec<(String, String, String)> {
        let found = differing(old, new);
        found.perhaps_renamed.into_iter().map(|one| (one.kind.to_owned(), one.old, one.new)).collect()
    };
    let one = |kind: &str, old: &str, new: &str| (kind.to_owned(), old.to_owned(), new.to_owned());
    let renamed = BOARD.replace("crm: { kind: crm }", "sfdc: { kind: crm }").replace("from: crm", "from: sfdc");
    // The flow has no id of its own: it follows the system.
    assert_eq!(asked(BOARD, &renamed), [one("system", "crm", "sfdc")]);
    // What was taken at its word is asked about no more.
    assert_eq!(asked(BOARD, &renamed.replace("kind: crm }", "kind: crm, was: crm }")), []);
    let with_ids = BOARD.replacen("{ from: crm", "{ id: export, from: crm", 1);
    let other_id = with_ids.replace("id: export", "id: crm-export");
    assert_eq!(asked(&with_ids, &other_id), [one("flow", "export", "crm-export")]);
    // Half of the keys are others: that is another flow.
    let keys = "id: export, from: crm, to: sheet, data: lead, mechanism: export-import, performer: ops, runs: 52";
    assert!(with_ids.contains(keys));
    let others = "id: api, from: bi, to: crm, data: lead, mechanism: rekeying, performer: ops, runs: 12";
    assert_eq!(asked(&with_ids, &with_ids.replace(keys, others)), []);
    // A team; and of two that are as like nobody can tell which it is.
    let crew = BOARD.replace("ops:", "crew:").replace("performer: ops", "performer: crew");
    assert_eq!(asked(BOARD, &crew), [one("team", "ops", "crew")]);
    let two = renamed.replace("sfdc: { kind: crm }", "sfdc: { kind: crm }, dynamics: { kind: crm }");
    assert_eq!(asked(BOARD, &two), []);
    assert_eq!(asked(BOARD, BOARD), []);
    let document = sinew::report::story::changes(&differing(BOARD, &renamed));
    let said: String = document.lead.iter().flat_map(|line| line.pieces()).map(|(_, text)| text.as_str()).collect();
    assert!(said.contains("system crm and sfdc: if they are one, write was: crm at the new one"), "{said}");
}

/// Entries that state nothing were compared by a share of nothing.
#[test]
fn entries_that_say_nothing_are_no_rename_of_each_other() {
    let text = |entries: &str| format!("sinew: 1\nsystems:\n  a: {{ kind: crm }}\n{entries}");
    for (old, new) in [
        ("teams: { sales: {} }\n", "teams: { sales-ops: {} }\n"),
        ("data: { lead: {} }\n", "data: { person: {} }\n"),
        ("teams: { sales: {}, ops: {} }\n", "teams: { east: {}, west: { people: 2 } }\n"),
    ] {
        let found = differing(&text(old), &text(new));
        assert!(found.changes.len() >= 2 && found.perhaps_renamed.is_empty(), "{old}{new}{:#?}", found.perhaps_renamed);
    }
}

/// Whatever two stacks are, there is an answer.
#[test]
fn any_two_stacks_can_be_compared() {
    let paths = files("examples/stacks").into_iter().chain(files("tests/golden"));
    let text = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    let mut stacks: Vec<(Stack, Source)> = paths.map(|path| read(&text(path)).expect("valid")).collect();
    stacks.extend((0..6).filter_map(random));
    let mut compared = 0;
    for old in &stacks {
        for new in &stacks {
            let [before, after] = [&old.0, &new.0].map(Outline::of);
            assert_eq!(before.changes(&after).is_empty(), write::write(&old.0) == write::write(&new.0));
            for (kind, gone, come) in before.alike(&after) {
                assert_ne!(gone, come, "{kind}");
            }
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_flow_that_gets_an_id_or_an_object_stays_the_same_flow() {
    let found = differing(BOARD, &BOARD.replacen("{ from: crm", "{ id: export, from: crm", 1));
    let told: Vec<&str> = found.changes.iter().map(|change| change.id.as_str()).collect();
    assert_eq!((told, found.figures.len(), found.changed), (vec!["flows.export.id"], 0, true));
    let more = BOARD.replace("lead: {}", "lead: {}, score: {}").replacen("data: lead", "data: [lead, score]", 1);
    let found = differing(BOARD, &more);
    let told: Vec<&str> = found.changes.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(told, ["data.score", "flows.crm->sheet:lead,score.data"]);
    assert!(found.findings.fixed.is_empty() && found.findings.void.is_empty(), "{:#?}", found.findings);
}

#[test]
fn what_cannot_be_made_alone_is_undone_alone() {
    // The flow to the new system cannot be there without it.
    let text = BOARD.replace("bi: {", "erp: { kind: erp }, bi: {").replace(
        "processes:",
        "  - { id: f, from: crm, to: erp, data: lead, mechanism: rekeying, performer: ops, runs: 12, minutes: 60 }\nprocesses:",
    );
    let found = differing(BOARD, &text);
    assert!(moved(&found, "flows.f").contains(&"handoff_totals.hours.likely"), "{:#?}", found.changes);
    assert!(moved(&found, "systems.erp").contains(&"stack.systems"));
}

#[test]
fn every_kind_of_change_is_told() {
    let text = stage_text("3-isolated-production");
    let new = text
        .replace("mechanism: copy-paste, performer: content, runs: 40/week, minutes: [10, 15, 25]", "mechanism: api")
        .replace("  clay: {", "  looker: { product: looker }\n  clay: {")
        .replace("    budget_owner: CMO\n", "    runbook: docs/jasper.md\n");
    let new = format!("{new}  resilience_plan: docs/offline.md\naccept: [ {{ rule: no-runbook, subject: clay }} ]\n");
    stack(&new);
    let found = differing(&text, &new);
    let told = |id: &str| {
        found.changes.iter().find(|change| change.id == id).map(|change| (change.old.clone(), change.new.clone()))
    };
    assert_eq!(told("systems.jasper.runbook"), Some((None, Some("docs/jasper.md".into()))));
    assert_eq!(told("systems.jasper.budget_owner"), Some((Some("CMO".into()), None)));
    assert_eq!(told("flows.draft-to-cms.mechanism"), Some((Some("copy-paste".into()), Some("api".into()))));
    assert!(told("systems.looker").is_some_and(|(old, new)| old.is_none() && new.is_some()));
    assert!(told("accept").is_some() && told("practices.resilience_plan").is_some());
    let ids = |findings: &[sinew::report::Finding]| -> Vec<String> {
        findings.iter().map(|finding| finding.fingerprint.to_string()).collect()
    };
    for fixed in ["manual-handoff/system:jasper/system:wordpress", "ai-silo/system:jasper", "no-runbook/system:jasper"]
    {
        assert!(ids(&found.findings.fixed).iter().any(|id| id == fixed), "{fixed}: {:#?}", ids(&found.findings.fixed));
    }
    assert!(ids(&found.findings.new).iter().any(|id| id == "no-budget-owner/system:jasper"));
    assert_eq!(found.findings.newly_accepted, ["no-runbook:clay"]);
    assert_eq!(found.handoffs.old.hours.unwrap().likely.get() - found.handoffs.new.hours.unwrap().likely.get(), 520.0);
    assert_eq!((found.stage.old, found.stage.new), (3, 3));
    assert!(found.stage.criteria.iter().any(|one| one.id == "resilience-plan" && one.new == "met"));
}

#[test]
fn the_debug_form_and_the_outline_agree() {
    // What no key says is in neither.
    for seed in 0..20 {
        let Some((one, _)) = random(seed) else { continue };
        let (again, _) = Outline::of(&one).stack().expect("it was one");
        assert_eq!(as_stated(&one), as_stated(&again));
    }
}

#[test]
fn flows_of_one_entry_that_were_called_the_same_may_change_apart() {
    let entry = "mechanism: rekeying, performer: ops, was: former";
    let text = |flows: &str| {
        format!(
            "sinew: 1\nteams: {{ ops: {{}} }}\ndata: {{ lead: {{}}, deal: {{}} }}\nsystems:\n  a: {{ kind: crm, makes: [lead, deal] }}\n  \
             b: {{ kind: cms }}\n  c: {{ kind: cms }}\nflows:\n{flows}"
        )
    };
    let one = format!("  - {{ from: a, to: [b, c], data: lead, {entry} }}\n");
    let apart = format!(
        "  - {{ from: a, to: b, data: lead, mechanism: api, was: former }}\n  - {{ from: a, to: c, data: [lead, deal], {entry} }}\n"
    );
    let (one, apart) = (read(&text(&one)).expect("valid"), read(&text(&apart)).expect("valid"));
    // Each change alone is a stack too.
    let (a, b) = (Outline::of(&one.0), Outline::of(&apart.0));
    let changes = a.changes(&b);
    assert!(!changes.is_empty());
    for change in &changes {
        assert!(a.with(&change.path, &b).stack().is_some(), "{change:?}");
    }
    let told = diff(&one, &apart);
    assert!(told.changed && !told.changes.is_empty());
    // Two entries into one system, or out of two, are two that claim one id.
    for (from, to) in [("a", "b"), ("b", "c")] {
        let twice = format!(
            "  - {{ from: a, to: b, data: lead, {entry} }}\n  - {{ from: {from}, to: {to}, data: deal, {entry} }}\n"
        );
        assert!(read(&text(&twice)).is_none(), "{twice}");
    }
}
