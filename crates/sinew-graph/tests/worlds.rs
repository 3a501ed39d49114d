//! What holds in every world of a small graph: one world for each set of failed labels, a bit each.

use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, RuleIx};
use sinew_graph::ix::IxVec;

/// Whether each fact holds while the labels in `failed` (a bit each) have failed: naive iteration from nothing.
pub(crate) fn holds(graph: &AndOrGraph, failed: u32) -> IxVec<FactIx, bool> {
    let up = |labels: &[LabelIx]| labels.iter().all(|label| failed >> label.at() & 1 == 0);
    let mut holds = IxVec::filled(false, graph.fact_count());
    loop {
        let before = holds.clone();
        for rule in graph.rules() {
            let head = graph.head(rule);
            if up(graph.place_labels(graph.place(head)))
                && up(graph.rule_labels(rule))
                && graph.body(rule).iter().all(|&fact| holds[fact])
            {
                holds[head] = true;
            }
        }
        if holds == before {
            return holds;
        }
    }
}

/// In which of all worlds (a bit of the number for each failed label) the goal holds: naive iteration, 64 worlds of a
/// word at a time.
pub(crate) fn all_worlds(graph: &AndOrGraph, goal: FactIx) -> Vec<bool> {
    let worlds = 1_usize << graph.label_count();
    (0..worlds.div_ceil(64)).flat_map(|word| word_of_worlds(graph, goal, word)).take(worlds).collect()
}

fn word_of_worlds(graph: &AndOrGraph, goal: FactIx, word: usize) -> impl Iterator<Item = bool> {
    let up = |labels: &[LabelIx]| {
        labels.iter().fold(u64::MAX, |up, label| {
            (0..64).fold(up, |up, lane| if (word * 64 + lane) >> label.at() & 1 == 1 { up & !(1 << lane) } else { up })
        })
    };
    let needs: IxVec<RuleIx, u64> = graph
        .rules()
        .map(|rule| up(graph.place_labels(graph.place(graph.head(rule)))) & up(graph.rule_labels(rule)))
        .collect();
    let mut holds = IxVec::<FactIx, u64>::filled(0, graph.fact_count());
    loop {
        let before = holds.clone();
        for rule in graph.rules() {
            let body = graph.body(rule).iter().fold(u64::MAX, |all, &fact| all & holds[fact]);
            holds[graph.head(rule)] |= body & needs[rule];
        }
        if holds == before {
            return (0..64).map(move |lane| holds[goal] >> lane & 1 == 1);
        }
    }
}

/// All minimal cut sets by looking at every world; none where the goal does not hold with nothing failed.
pub(crate) fn cut_sets_by_enumeration(worlds: &[bool], labels: usize) -> Vec<Vec<LabelIx>> {
    let mut sets: Vec<Vec<LabelIx>> = (1..worlds.len())
        .filter(|&world| {
            let without = |label: usize| world & !(1_usize << label);
            let members = (0..labels).filter(|&label| world >> label & 1 == 1);
            worlds[0] && !worlds[world] && members.clone().all(|label| worlds[without(label)])
        })
        .map(|world| (0..labels).filter(|&label| world >> label & 1 == 1).map(LabelIx::new).collect())
        .collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets
}
