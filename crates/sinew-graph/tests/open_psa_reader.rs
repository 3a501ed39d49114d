//! Reads fault trees in the Open-PSA exchange format, as far as the published benchmark trees use it, and translates
//! them to AND/OR graphs.

use std::collections::BTreeMap;

use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};
use sinew_graph::ix::IxVec;

/// A coherent tree: what fails when.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    gates: BTreeMap<String, Gate>,
    /// Name and probability of each basic event.
    pub(crate) events: Vec<(String, f64)>,
}

#[derive(Debug, Default)]
struct Gate {
    /// Fails where at least so many inputs fail; 0: all.
    at_least: usize,
    inputs: Vec<String>,
}

impl Tree {
    pub(crate) fn read(text: &str) -> Self {
        let mut tree = Self::default();
        let mut gate = String::new();
        let mut event = String::new();
        for tag in text.split('<').skip(1).map(|rest| rest.split_once('>').unwrap().0.trim_end_matches('/')) {
            let (kind, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let value = |key: &str| -> &str {
                let (_, rest) = attributes.split_once(&format!("{key}=\"")).expect("the attribute is there");
                rest.split_once('"').unwrap().0
            };
            match kind {
                "define-gate" => gate = value("name").to_owned(),
                "and" | "or" | "atleast" => {
                    let at_least = match kind {
                        "and" => 0,
                        "or" => 1,
                        _ => value("min").parse().unwrap(),
                    };
                    let nested = tree.gates.insert(gate.clone(), Gate { at_least, inputs: Vec::new() });
                    assert!(nested.is_none(), "nested formulas are not read");
                }
                "gate" | "basic-event" => {
                    // A gate of one input needs no operator.
                    tree.gates.entry(gate.clone()).or_default().inputs.push(value("name").to_owned());
                }
                "define-basic-event" => event = value("name").to_owned(),
                "float" => tree.events.push((event.clone(), value("value").parse().unwrap())),
                _ => {}
            }
        }
        tree
    }

    /// The probability of each basic event, by its label.
    pub(crate) fn unavailability(&self) -> IxVec<LabelIx, Option<f64>> {
        self.events.iter().map(|&(_, probability)| Some(probability)).collect()
    }

    /// A basic event is a fact whose place is a label of the same number as the event; a gate that fails when any
    /// input does is a fact with one rule for all of them, one that fails when all do has one rule for each. The goal
    /// is the gate that no other uses.
    pub(crate) fn to_graph(&self) -> (AndOrGraph, FactIx) {
        let mut graph = AndOrGraph::new(self.events.len());
        let mut facts: BTreeMap<&str, FactIx> = BTreeMap::new();
        for ((name, _), label) in self.events.iter().zip(graph.labels()) {
            let place = graph.add_place([label]);
            let fact = graph.add_fact(place);
            graph.add_rule(fact, [], []);
            facts.insert(name, fact);
        }
        let nowhere = graph.add_place([]);
        for name in self.gates.keys() {
            facts.insert(name, graph.add_fact(nowhere));
        }
        for (name, gate) in &self.gates {
            let inputs: Vec<FactIx> = gate.inputs.iter().map(|input| facts[input.as_str()]).collect();
            let needed = if gate.at_least == 0 { 1 } else { inputs.len() + 1 - gate.at_least };
            add_needing(&mut graph, nowhere, facts[name.as_str()], &inputs, needed);
        }
        let used: Vec<&String> = self.gates.values().flat_map(|gate| &gate.inputs).collect();
        let tops: Vec<&String> = self.gates.keys().filter(|name| !used.contains(name)).collect();
        assert_eq!(tops.len(), 1, "one top gate");
        let goal = facts[tops[0].as_str()];
        (graph, goal)
    }
}

/// Makes `head` hold where at least `needed` of `inputs` do.
pub(crate) fn add_needing(graph: &mut AndOrGraph, place: PlaceIx, head: FactIx, inputs: &[FactIx], needed: usize) {
    if needed == inputs.len() {
        graph.add_rule(head, inputs.iter().copied(), []);
    } else if needed == 1 {
        for &input in inputs {
            graph.add_rule(head, [input], []);
        }
    } else {
        // Either the first is one of them, or all are among the others.
        let (&first, others) = inputs.split_first().unwrap();
        let [fewer, same] = [needed - 1, needed].map(|needed| {
            let fact = graph.add_fact(place);
            add_needing(graph, place, fact, others, needed);
            fact
        });
        graph.add_rule(head, [first, fewer], []);
        graph.add_rule(head, [same], []);
    }
}
