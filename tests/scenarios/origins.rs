//! What counts as an origin today still does in a scenario, and nothing becomes one because something is retired.

use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::source::Source;

use super::*;

const STACK: &str = "sinew: 1
data: { d: {} }
systems:
  a: { kind: crm, contract: { cost: 5000 } }
  b: { kind: cms }
  c: { kind: crm, makes: [d] }
flows: [{ id: ab, from: a, to: b, data: d, mechanism: api }]
processes: { p: { needs: [{ data: d, at: b }], outage_cost: 100 } }
";

#[test]
fn a_flow_that_is_added_ends_no_assumption() {
    let stack = read(&Source::new("stack.yaml", STACK.to_owned())).stack.unwrap();
    let origins = |stack: &Stack| Analysis::of(stack).supply.assumed_origins().len();
    assert_eq!(origins(&stack), 1, "a counts as an origin of d");
    let file = "name: Fed\nadd: { flows: [{ id: ca, from: c, to: a, data: d, mechanism: api }] }\n";
    let (scenario, edited) = edited(STACK, file);
    assert_eq!(origins(&edited), 0, "the graph alone says that it is none any more");
    let found = Comparison::of(&stack, &[("fed.yaml".into(), scenario, edited)]).unwrap();
    // While c is down, p runs on what a has by itself: c takes nothing down.
    let points =
        |at: usize| found.columns().nth(at).unwrap().standing.single_points.keys().cloned().collect::<Vec<_>>();
    assert_eq!((points(0), points(1)), (vec!["a".to_owned(), "b".to_owned()], vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn what_hangs_on_something_retired_is_not_supplied() {
    let found = comparison(STACK, &["name: Gone\nretire: a\n", "name: Off\nretire: ab\n"]);
    for one in &found.scenarios {
        assert!(one.findings.new.iter().any(|found| found.id.starts_with("unsupplied-need:p")), "{:?}", one.findings);
        assert_eq!(one.figures.worst_outage, None, "nothing runs that could stop");
    }
    // Only the first ends a contract.
    let saved = |at: usize| found.scenarios[at].contracts.saved.likely.get();
    assert_eq!((saved(0), saved(1)), (5_000.0, 0.0));
}

#[test]
fn contracts_of_what_goes_and_comes_are_a_row() {
    let files = [
        "name: Other\nretire: a\nadd: { systems: { z: { kind: crm, contract: { cost: [6000, 7000, 8000] } } } }\n",
        "name: Cheaper\nchange: { a: { contract: { cost: 4000 } } }\n",
        "name: Unknown\nretire: [a, c]\n",
        "name: Planned\nadd: { systems: { z: { kind: crm, status: planned } } }\n",
    ];
    let found = comparison(STACK, &files);
    let table = sinew::report::tables::compare::scenarios(&found);
    let row = table.rows.iter().find(|row| row.id == "contracts").unwrap();
    let said = |at: usize| -> String {
        let line = sinew::report::tables::cell(table.columns[at].kind, &row.cells[at]);
        line.pieces().iter().map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!([1, 2, 3, 4, 5].map(said), ["", "-2,000", "1,000", "at least 5,000", "0"]);
    assert_eq!(found.scenarios[2].contracts.saved_unknown, ["c"]);
}
