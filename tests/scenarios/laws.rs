//! Laws: an empty scenario changes nothing, any other is the stack with the edits typed in, and columns stand as asked for.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};
use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::report::compare::Figures;
use sinew::source::Source;

use super::*;
use crate::plan::random::priced;
use crate::support::golden::listed;
use crate::support::random_stack::stack_shape;

#[test]
fn an_empty_scenario_is_the_stack_in_every_figure() {
    for path in listed("examples/stacks", "yaml") {
        let text = std::fs::read_to_string(&path).unwrap();
        // In one comparison: the stack of today is planned once for all.
        let empty =
            ["name: Nothing\n", "name: None\nretire: []\nadd: {}\nchange: {}\nplan: {}\n", "{\"name\": \"Empty\"}"];
        let found = comparison(&text, &empty);
        assert_eq!(found.scenarios.len(), empty.len());
        for one in &found.scenarios {
            assert_eq!(one.figures, found.today, "{}", path.display());
            assert_eq!((one.findings.new.len(), one.findings.fixed.len(), one.findings.void.len()), (0, 0, 0));
            assert_eq!((one.contracts.saved.likely.get(), one.contracts.added.likely.get()), (0.0, 0.0));
            assert!(one.contracts.saved_unknown.is_empty() && one.contracts.added_unknown.is_empty());
            assert!(found.today.standing.findings.values().sum::<usize>() >= one.findings.unchanged);
        }
    }
}

#[test]
fn columns_stand_in_the_order_of_the_call() {
    let (both, turned) = (comparison(HALDEN, &[ONE_TOOL, SECOND_MODEL]), comparison(HALDEN, &[SECOND_MODEL, ONE_TOOL]));
    let names = |of: &Comparison| of.scenarios.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&both), ["One writing tool", "Second model vendor"]);
    assert_eq!(names(&turned), ["Second model vendor", "One writing tool"]);
    assert_eq!(both.scenarios[0].figures, turned.scenarios[1].figures);
    assert_eq!(both.scenarios[1].findings, turned.scenarios[0].findings);
    let table = sinew::report::tables::compare::scenarios(&both);
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(headings, ["Figure", "Today", "One writing tool", "Second model vendor"]);
}

/// One random edit of a random stack: what a scenario says, and what somebody types.
type Edit = (u8, prop::sample::Index, u16);

/// Writes `edits` into the scenario and into the file at once; ids are those of the file, of which each flow has one.
fn write(edits: &[Edit], scenario: &mut Value, file: &mut Value) -> usize {
    let mut used: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut done = 0;
    for (at, (kind, which, number)) in edits.iter().enumerate() {
        let systems: Vec<String> = file["systems"].as_object().unwrap().keys().cloned().collect();
        let flows = file["flows"].as_array().unwrap().len();
        let system = systems[which.index(systems.len())].clone();
        let flow = which.index(flows.max(1));
        let flow_id = file["flows"][flow]["id"].as_str().map(str::to_owned);
        let key = match kind % 7 {
            0 | 2 | 5 => system.clone(),
            1 | 3 | 6 => match &flow_id {
                Some(id) => id.clone(),
                None => continue,
            },
            _ => String::new(),
        };
        if system.starts_with("new-") || key.starts_with("to-new-") || !key.is_empty() && !used.insert(key.clone()) {
            continue;
        }
        done += 1;
        match kind % 7 {
            0 => {
                scenario["retire"].as_array_mut().unwrap().push(json!(key));
                file["systems"][&key]["status"] = json!("retired");
            }
            1 => {
                scenario["retire"].as_array_mut().unwrap().push(json!(key));
                file["flows"][flow]["status"] = json!("off");
            }
            2 => {
                let share = 0.9 + f64::from(*number) / 700_000.0;
                scenario["change"][&key] = json!({ "availability": share });
                file["systems"][&key]["availability"] = json!(share);
            }
            3 => {
                scenario["change"][&key] = json!({ "minutes": number, "runs": "3/week" });
                file["flows"][flow]["minutes"] = json!(number);
                file["flows"][flow]["runs"] = json!("3/week");
            }
            4 => {
                let (weeks, capacity) = (format!("{}w", 4 + number % 80), format!("{}d/week", 1 + number % 5));
                for plan in [&mut scenario["plan"], &mut file["plan"]] {
                    plan["horizon"] = json!(weeks);
                    plan["capacity"] = json!(capacity);
                }
            }
            5 => {
                scenario["change"][&key] = json!({ "availability": null, "x-note": "gone" });
                let system = file["systems"][&key].as_object_mut().unwrap();
                system.remove("availability");
                system.insert("x-note".into(), json!("gone"));
            }
            // A system that gets what a flow carries; nothing that is there gets more.
            _ => {
                let (id, data) = (format!("new-{at}"), file["flows"][flow]["data"].clone());
                let new = json!({ "kind": "bi", "contract": { "cost": number } });
                let way = json!({ "id": format!("to-new-{at}"), "from": file["flows"][flow]["from"], "to": id,
                    "data": data, "mechanism": "api" });
                scenario["add"]["systems"][&id] = new.clone();
                scenario["add"]["flows"].as_array_mut().unwrap().push(way.clone());
                file["systems"][&id] = new;
                file["flows"].as_array_mut().unwrap().push(way);
            }
        }
    }
    done
}

#[test]
fn a_scenario_is_the_stack_with_the_edits_typed_in() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let edits = prop::collection::vec((any::<u8>(), any::<prop::sample::Index>(), any::<u16>()), 1..6);
    let (mut edited, mut moved) = (0, 0);
    for at in 0..60 {
        let shape = stack_shape().new_tree(&mut runner).unwrap().current();
        let edits = edits.new_tree(&mut runner).unwrap().current();
        let mut file: Value = serde_json::from_str(&priced(&shape)).unwrap();
        for (at, flow) in file["flows"].as_array_mut().unwrap().iter_mut().enumerate() {
            flow.as_object_mut().unwrap().entry("id").or_insert(json!(format!("flow-{at}")));
        }
        if file.get("plan").is_none_or(|plan| !plan.is_object()) {
            file["plan"] = json!({});
        }
        let text = file.to_string();
        let mut scenario = json!({ "name": "Edits", "retire": [], "change": {}, "plan": {},
            "add": { "systems": {}, "flows": [] } });
        let done = write(&edits, &mut scenario, &mut file);
        // Half of them in JSON, half in YAML, whose text this is too.
        let scenario = if at % 2 == 0 { scenario.to_string() } else { format!("# a scenario\n{scenario}") };
        let found = reading(&text, &scenario);
        let typed = read(&Source::new("stack.yaml", file.to_string()));
        let words = || {
            let typed = Source::new("typed.yaml", file.to_string());
            format!(
                "{}{}",
                render(&found.source, &found.problems, false),
                render(&typed, &read(&typed).problems, false)
            )
        };
        assert_eq!(found.stack.is_some(), typed.stack.is_some(), "{scenario}\n{text}\n{}", words());
        let (Some(stack), Some(typed)) = (found.stack, typed.stack) else { continue };
        let base = read(&Source::new("stack.yaml", text.clone())).stack.unwrap();
        let compared = Comparison::of(&base, &[("s.yaml".into(), found.scenario, stack)]).unwrap();
        let by_hand = Figures::of(&Analysis::of(&typed)).unwrap();
        assert_eq!(compared.scenarios[0].figures, by_hand, "{scenario}\n{text}");
        edited += usize::from(done > 0);
        moved += usize::from(by_hand != compared.today);
    }
    assert!(edited > 50 && moved > 35, "{edited} edited, {moved} with other figures");
}

proptest! {
    #![proptest_config(crate::support::random_stack::cases(20))]

    /// Scenario files broken at random: a stack or an error, and every problem has words and a place.
    #[test]
    fn broken_scenarios_give_a_stack_or_an_error(
        which in any::<bool>(),
        changes in crate::support::mutation::some(),
    ) {
        let mut bytes = if which { ONE_TOOL } else { SECOND_MODEL }.as_bytes().to_vec();
        crate::support::mutation::mutate(&mut bytes, &changes, b":-[]{},#&*!|>'\"%@` \n\t~?<");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let found = reading(HALDEN, &text);
        let is_wrong = found.problems.iter().any(|problem| problem.level == sinew::source::Level::Error);
        prop_assert_eq!(found.stack.is_none(), is_wrong, "{}", render(&found.source, &found.problems, false));
        let shown = render(&found.source, &found.problems, false);
        prop_assert_eq!(shown.is_empty(), found.problems.is_empty());
        let end = found.source.text().len() as u32;
        prop_assert!(found.problems.iter().all(|problem| problem.span.start <= end));
        if let Some(stack) = found.stack {
            drop(Analysis::of(&stack).findings());
        }
    }
}
