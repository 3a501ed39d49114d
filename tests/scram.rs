//! SCRAM, where it is installed, on the fault trees we write: same cut sets, probability and importance as ours.

use std::process::Command;

use crate::support::judge::judge;
use crate::support::random_graphs::{Dice, last_fact, random_graph, redundant_graph};
use sinew::report::facts::fault_tree::{BasicEvent, NamedTree, fault_tree};
use sinew::report::open_psa::open_psa;
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx};
use sinew_graph::availability::{AvailabilityLimits, Interval, availability};
use sinew_graph::cut_sets::Goals;
use sinew_graph::fault_tree::FaultTree;
use sinew_graph::ix::{IxSet, IxVec};

/// The report of SCRAM on a document.
fn scram(document: &str, name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (model, report) = (folder.join(format!("{name}.xml")), folder.join(format!("{name}.report.xml")));
    std::fs::write(&model, document).unwrap();
    let output = Command::new("scram")
        .args(["--bdd", "--probability", "1", "--importance", "1", "--limit-order", "32", "-o"])
        .args([&report, &model])
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}: {}\n{document}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(report).unwrap()
}

fn attribute<'t>(tag: &'t str, key: &str) -> &'t str {
    let (_, rest) = tag.split_once(&format!(" {key}=\"")).unwrap_or_else(|| panic!("no {key} in {tag}"));
    rest.split_once('"').unwrap().0
}

fn label(tag: &str) -> LabelIx {
    LabelIx::new(attribute(tag, "name").strip_prefix('e').unwrap().parse::<usize>().unwrap() - 1)
}

/// Cut sets in the report, in our order.
fn products(report: &str) -> Vec<Vec<LabelIx>> {
    let mut sets: Vec<Vec<LabelIx>> = report
        .split("<product ")
        .skip(1)
        .map(|rest| {
            let (product, _) = rest.split_once("</product>").unwrap();
            let mut set: Vec<LabelIx> = product.split("<basic-event").skip(1).map(label).collect();
            set.sort_unstable();
            set
        })
        .collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets
}

#[track_caller]
fn assert_near(ours: Interval, theirs: &str, what: &str) {
    let theirs: f64 = theirs.parse().unwrap();
    // SCRAM prints six digits and computes importance by differences.
    assert!((ours.low - theirs).abs() <= 2e-5 * theirs.abs() + 1e-12, "{what}: {ours:?} is not {theirs}");
}

fn compare(graph: &AndOrGraph, goal: FactIx, q: &IxVec<LabelIx, Option<f64>>, name: &str) -> usize {
    let goals = Goals::of(graph);
    let may_fail = IxSet::all(graph.label_count());
    let tree = FaultTree::of(&goals, goal, &may_fail, 100_000).unwrap();
    if tree.gates.is_empty() {
        return 0;
    }
    let event = |(label, unavailability): (LabelIx, &Option<f64>)| BasicEvent {
        name: format!("a->b:<\"{}\"> & more\u{1}\n", label.at()),
        unavailability: unavailability.unwrap(),
    };
    let events = q.enumerate().map(event).collect();
    let report = scram(&open_psa(&NamedTree { title: "Launch & <learn>".into(), tree, events }), name);
    let ours = AllCutSets::of(&goals, goal, 1 << 20).unwrap().list(1_000_000).unwrap();
    assert_eq!(products(&report), ours, "{name}");
    let found = availability(&goals, goal, q, &AvailabilityLimits::default());
    let (_, sum) = report.split_once("<sum-of-products ").unwrap();
    let sum = format!(" {sum}");
    assert_near(found.unavailability, attribute(&sum, "probability"), name);
    let (_, importance) = report.split_once("<importance").unwrap();
    for tag in importance.split("<basic-event").skip(1).filter(|tag| tag.contains(" MIF=")) {
        let label = label(tag);
        let of = found.importance.iter().find(|of| of.label == label).unwrap();
        assert_near(of.birnbaum, attribute(tag, "MIF"), &format!("{name}, MIF of {label:?}"));
        assert_near(of.fussell_vesely, attribute(tag, "CIF"), &format!("{name}, CIF of {label:?}"));
        assert_near(of.risk_achievement_worth, attribute(tag, "RAW"), &format!("{name}, RAW of {label:?}"));
    }
    ours.len()
}

#[test]
fn scram_agrees_on_goals_with_loops() {
    if judge("scram", "fault trees of goals with loops").is_none() {
        return;
    }
    let mut sets = 0;
    for seed in 0..16 {
        let graph = if seed % 2 == 0 { redundant_graph(seed, 12) } else { random_graph(seed, 12) };
        let mut dice = Dice::new(seed);
        let q = (0..12).map(|_| Some([0.2, 0.05, 1e-3][dice.below(3)])).collect();
        sets += compare(&graph, last_fact(&graph), &q, &format!("loops-{seed}"));
    }
    assert!(sets > 50, "{sets}");
}

#[test]
fn scram_reads_goals_that_depend_on_one_thing_or_on_none() {
    if judge("scram", "fault trees of one event or none").is_none() {
        return;
    }
    let mut graph = AndOrGraph::new(2);
    let place = graph.add_place([]);
    let [always, never, one] = [(); 3].map(|()| graph.add_fact(place));
    graph.add_rule(always, [], []);
    graph.add_rule(one, [always], [LabelIx::new(1)]);
    for (goal, expected) in [(always, 0.0), (never, 1.0), (one, 0.25)] {
        let tree = FaultTree::of(&Goals::of(&graph), goal, &IxSet::all(2), 10).unwrap();
        let events = IxVec::filled(BasicEvent { name: String::new(), unavailability: 0.25 }, 2);
        let report =
            scram(&open_psa(&NamedTree { title: String::new(), tree, events }), &format!("goal-{}", goal.at()));
        let (_, sum) = report.split_once("<sum-of-products").unwrap();
        let probability: f64 = attribute(sum, "probability").parse().unwrap();
        assert_eq!(probability.to_bits(), f64::to_bits(expected), "{goal:?}");
    }
}

#[test]
fn scram_agrees_about_the_processes_of_the_example_stacks() {
    use sinew::analysis::Analysis;
    if judge("scram", "fault trees of the example stacks").is_none() {
        return;
    }
    let mut compared = 0;
    for name in ["tiny", "stage-3-marketo-enterprise", "hubspot-scale-up", "adobe-near-stage-4"] {
        let path = format!("{}/examples/stacks/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let source = sinew::source::Source::new(name, std::fs::read_to_string(path).unwrap());
        let stack = sinew::model::read(&source).stack.unwrap();
        let analysis = Analysis::of(&stack);
        for found in analysis.resilience_to(4).iter().filter(|found| found.runs) {
            let process = stack.process(found.process);
            let document = open_psa(&fault_tree(&analysis, found.process).unwrap());
            let what = format!("{name}-{}", process.id);
            let report = scram(&document, &what);
            let label = |component| analysis.supply.label(component).unwrap();
            let sets = found.cut_sets.iter().map(|set| set.iter().map(|one| label(*one)).collect());
            let mut ours: Vec<Vec<LabelIx>> = sets.collect();
            ours.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            let theirs: Vec<Vec<LabelIx>> = products(&report).into_iter().filter(|set| set.len() <= 4).collect();
            assert_eq!(ours, theirs, "{what}");
            let (_, sum) = report.split_once("<sum-of-products ").unwrap();
            let unavailability = Interval { low: 1.0 - found.availability.high, high: 1.0 - found.availability.low };
            assert_near(unavailability, attribute(&format!(" {sum}"), "probability"), &what);
            compared += 1;
        }
    }
    assert!(compared >= 10, "only {compared} processes were compared");
}
