//! What is wrong with a scenario is said at its place, in the file that says it, and all at once.

use super::*;

const STACK: &str = "sinew: 1
teams: { ops: {}, art: {} }
data: { d: {}, e: {} }
systems:
  a: { kind: crm, owner: ops, makes: [d, e] }
  b: { kind: cms }
  c: { kind: bi }
flows:
  - { id: hand, from: a, to: b, data: d, mechanism: copy-paste, performer: art, runs: 10, minutes: 5 }
  - { from: a, to: [b, c], data: e, mechanism: api }
processes:
  p: { needs: [{ data: d, at: b }] }
  q: { needs: [{ process: p }] }
";

/// Each problem as `code file:line:column message`.
fn problems(stack: &str, file: &str) -> Vec<String> {
    let found = reading(stack, file);
    let line = |problem: &sinew::source::Diagnostic| {
        let at = problem.span.start as usize;
        format!("{} {}:{} {}", problem.code, found.source.name_at(at), found.source.place(at), problem.message)
    };
    found.problems.iter().map(line).collect()
}

#[test]
fn everything_is_said_at_once_in_the_file_that_says_it() {
    let file = "nme: x
retire: [aa, hand, hand, art]
add:
  systms: {}
  systems: { b: { kind: crm }, z: { kind: crmm, owner: opss } }
change:
  hand: { minuts: 5, from: }
  b: { kind: cms }
  zz: { kind: crm }
plan: { horizn: 1y }
";
    let found = problems(STACK, file);
    let expected = [
        "unknown-key scenario.yaml:1:1 a scenario file has no key `nme`",
        "unknown-id scenario.yaml:2:10 the stack has nothing with the id `aa`",
        "retired-and-changed scenario.yaml:2:14 `hand` is changed and retired",
        "named-twice scenario.yaml:2:20 `hand` is retired twice",
        "retired-in-use scenario.yaml:2:26 `art` is retired, and still named",
        "unknown-key scenario.yaml:4:3 a scenario adds nothing to `systms`",
        "duplicate-id scenario.yaml:5:14 the stack has `b` under `systems` already",
        "unknown-word scenario.yaml:5:43 unknown kind of system `crmm`",
        "unknown-id scenario.yaml:5:56 there is no team `opss`",
        "unknown-key scenario.yaml:7:11 a flow has no key `minuts`",
        "missing-key scenario.yaml:7:22 a flow needs `from`",
        "unknown-id scenario.yaml:9:3 the stack has nothing with the id `zz`",
        "unknown-key scenario.yaml:10:9 `plan` has no key `horizn`",
    ];
    for line in expected {
        assert!(found.iter().any(|one| one == line), "{line} is not among\n{}", found.join("\n"));
    }
    let beside: Vec<&String> = found.iter().filter(|one| !expected.contains(&one.as_str())).collect();
    assert!(beside.is_empty(), "{beside:?}");
    // Exact replacements, in places of the scenario.
    let read = reading(STACK, file);
    let fixes: Vec<(&str, &str)> = read
        .problems
        .iter()
        .flat_map(|problem| &problem.fixes)
        .flat_map(|fix| &fix.edits)
        .map(|(span, new)| (&read.source.text()[span.start as usize..span.end as usize], new.as_str()))
        .collect();
    for fix in [("nme", "name"), ("systms", "systems"), ("crmm", "crm"), ("opss", "ops"), ("horizn", "horizon")] {
        assert!(fixes.contains(&fix), "{fix:?} is not among {fixes:?}");
    }
}

#[test]
fn what_is_retired_and_still_named_is_told_with_every_place() {
    let found = reading(STACK, "name: x\nretire: [d, p, art]\n");
    let places = |id: &str| -> Vec<String> {
        let problem = found.problems.iter().find(|one| one.message.starts_with(&format!("`{id}`"))).unwrap();
        problem.related.iter().map(|(span, _)| found.source.place(span.start as usize)).collect()
    };
    assert_eq!(places("d"), ["5:39", "9:39"], "p is gone");
    assert_eq!(places("p"), ["13:27"]);
    assert_eq!(places("art"), ["9:76"]);
    // A flow that ends needs nobody any more, but its entry still says who did it: retire it by taking the key out.
    let (_, stack) = edited(STACK, "name: x\nretire: [art]\nchange: { hand: { performer: } }\n");
    assert!(stack.find_team("art").is_none());
}

#[test]
fn flows_of_a_retired_system_are_told_one_by_one() {
    let found = problems(STACK, "name: x\nretire: b\n");
    let touching: Vec<&String> = found.iter().filter(|one| one.starts_with("flow-touches-retired")).collect();
    assert_eq!(touching.len(), 2, "{found:?}");
    assert!(touching.iter().all(|one| one.contains("stack.yaml:")), "{touching:?}");
    let found = problems(STACK, "name: x\nretire: [b, hand, 'a->b:e']\n");
    assert!(found.iter().all(|one| !one.starts_with("flow-touches-retired")), "{found:?}");
}

#[test]
fn an_entry_with_several_targets_is_edited_flow_by_flow() {
    let (_, stack) = edited(STACK, "name: x\nretire: ['a->b:e']\nchange: { 'a->c:e': { data: d, runs: 4 } }\n");
    let of = |id: &str| stack.flow(stack.find_flow(id).unwrap()).clone();
    assert_eq!(of("a->b:e").status, sinew::model::FlowStatus::Off);
    let other = of("a->c:e");
    assert_eq!(other.status, sinew::model::FlowStatus::Live);
    // The id that it had, though its object is another.
    assert_eq!(stack.data_object(other.data[0]).id.as_str(), "d");
    assert!(other.runs.is_some() && of("a->b:e").runs.is_none());
}

#[test]
fn ids_that_stand_for_two_things_are_refused() {
    let stack = STACK.replace("processes:\n  p:", "processes:\n  a: { needs: [{ data: d, at: b }] }\n  p:");
    let found = problems(&stack, "name: x\nretire: a\n");
    assert_eq!(found, ["two-things scenario.yaml:2:9 `a` is the id of a system and of a process"]);
}

#[test]
fn a_scenario_that_is_no_mapping_or_does_not_end_is_refused() {
    for text in ["", "- a\n", "name", "name: [\n", "\u{0}", "{", "name: x\nretire: { a: b }\n", "name: x\nadd: 3\n"] {
        let found = reading(STACK, text);
        assert!(found.stack.is_none() && !found.problems.is_empty(), "{text:?}");
    }
    // Deep nesting and aliases are bounded as in a stack file.
    let deep = format!("name: x\nadd: {}{}\n", "[".repeat(300), "]".repeat(300));
    let found = problems(STACK, &deep);
    assert!(found.iter().any(|one| one.starts_with("syntax scenario.yaml:2:256 ")), "{found:?}");
    let grown = format!("name: x\nchange: &a {{ b: {{ x-a: 1 }} }}\nplan: [{}]\n", "*a, ".repeat(2_000));
    assert!(reading(STACK, &grown).stack.is_none());
}
