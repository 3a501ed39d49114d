//! What answers about a large stack take grows with the stack: counted in bytes asked for, which depends neither on the
//! machine nor on what else runs there.

use sinew::analysis::Analysis;
use sinew::ask::outages;
use sinew::model::{Stack, read};
use sinew::plan::questions::by_year;
use sinew::report::facts::Outages;
use sinew::report::write_json;
use sinew::source::Source;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::relevance::Relevance;

use crate::support::counted::counted;
use crate::support::domains::domains;

/// Flows of the small stack; the large one has eight times as many.
const SMALL: usize = 1_000;

/// Bytes that `work` asks for on the large stack: at most eight times as many as on the small one, and a quarter of that again
/// for tables that grow and systems that many depend on. Where each question looked for the teams anew, it was 11.6 times as many.
fn bytes_grow_in_step(what: &str, work: impl Fn(&Analysis<'_>)) {
    let bytes = |flows: usize| {
        let stack = stack_of(flows);
        let analysis = Analysis::of(&stack);
        counted(|| work(&analysis)).1.bytes_total
    };
    let (few, many) = (bytes(SMALL), bytes(SMALL * 8));
    assert!(many < few * 10, "{what}: {few} and {many} bytes, {:.1} times as many", many as f64 / few as f64);
}

fn stack_of(flows: usize) -> Stack {
    read(&Source::new("stack.yaml", domains(flows, false))).stack.expect("a valid stack")
}

#[test]
fn questions_grow_in_step_with_the_stack() {
    bytes_grow_in_step("questions", |analysis| assert!(by_year(analysis).len() > SMALL));
}

#[test]
fn findings_grow_in_step_with_the_stack() {
    bytes_grow_in_step("findings", |analysis| assert!(analysis.findings().len() > SMALL / 10));
}

/// The report of all failures holds each in words; what is written as it comes holds one at a time.
#[test]
fn failures_for_programs_are_never_held_together() {
    let stack = stack_of(SMALL * 4);
    let analysis = Analysis::of(&stack);
    let _ = (analysis.outages(), analysis.resilience_to(2));
    let held = counted(|| outages(&analysis, 2)).1.bytes_max;
    let (_, streamed) =
        counted(|| write_json(&mut std::io::sink(), &Outages::of(&analysis, 2)).expect("a sink takes all"));
    assert!(streamed.bytes_max * 2 < held, "{} of {held} bytes", streamed.bytes_max);
}

/// So many groups of four components each, of which no group knows another, and the goal of each.
fn groups(count: usize) -> (AndOrGraph, Vec<FactIx>) {
    let mut graph = AndOrGraph::new(count * 4);
    let mut goals = Vec::new();
    for group in 0..count {
        let [origin, first, second, site] = [0, 1, 2, 3].map(|label| LabelIx::new(group * 4 + label));
        let (at, to) = (graph.add_place([origin]), graph.add_place([site]));
        let [data, goal] = [graph.add_fact(at), graph.add_fact(to)];
        graph.add_rule(data, [], []);
        graph.add_rule(goal, [data], [first]);
        graph.add_rule(goal, [data], [second]);
        goals.push(goal);
    }
    (graph, goals)
}

#[test]
fn a_question_about_a_goal_takes_what_its_part_of_the_graph_does() {
    let bytes = |count: usize| {
        let (graph, all) = groups(count);
        let goals = Goals::of(&graph);
        let ask = |goal: &FactIx| {
            assert_eq!(goals.minimal_cut_sets(*goal, &CutSetLimits::default()).sets.len(), 3);
            assert_eq!(Relevance::of(&goals, *goal, &[], 1_000_000).matter, goals.candidates(*goal));
            assert_eq!(goals.proof_labels(*goal).len(), 3);
        };
        counted(|| all.iter().for_each(ask)).1.bytes_total
    };
    let (few, many) = (bytes(200), bytes(1_600));
    assert!(many < few * 9, "{few} and {many} bytes, {:.1} times as many", many as f64 / few as f64);
}
