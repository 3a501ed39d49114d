//! What changed between two stacks: systems and flows that came, went or changed, with the systems that they join.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::analysis::words::counted;
use crate::report::facts::diff::{self, Diff};
use sinew_draw::{Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node, Style};

use super::elements::Elements;

/// How an entry stands in both files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Added,
    Removed,
    Changed,
}

/// The picture of `diff`, between `old`, in the ids of the new file, and `new`. Systems come by id, flows by id; what
/// did not change is there only where a line that did begins or ends at it.
#[must_use]
pub fn change(old: &Analysis<'_>, new: &Analysis<'_>, diff: &Diff) -> Diagram {
    let (systems, flows) = (of_list(diff, "systems"), of_list(diff, "flows"));
    let (before, now) = (Elements::of(old), Elements::of(new));
    let edges: Vec<Edge> =
        flows.iter().filter_map(|(id, change)| edge(old, new, [&before, &now], id, *change)).collect();
    let ends = edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
    let shown: BTreeSet<&str> = systems.keys().copied().chain(ends).collect();
    let nodes: Vec<Node> = shown
        .iter()
        .filter_map(|id| {
            let node = match new.stack.find_system(id) {
                Some(ix) => now.system(ix),
                None => before.system(old.stack.find_system(id)?),
            };
            let emphasis = match systems.get(id) {
                Some(Change::Added) => Emphasis::New,
                Some(Change::Removed) => Emphasis::Lost,
                Some(Change::Changed) => Emphasis::Ringed,
                None => Emphasis::Receded,
            };
            Some(Node { emphasis, ..node })
        })
        .collect();
    let domains: BTreeSet<&str> = nodes.iter().filter_map(|node| node.cluster.as_deref()).collect();
    let clusters = domains.into_iter().map(|name| Cluster { id: name.to_owned(), name: name.to_owned() }).collect();
    Diagram {
        title: title(diff, systems.len(), flows.len()),
        subtitle: subtitle(diff),
        source: now.source(),
        clusters,
        nodes,
        edges,
        meanings: vec![
            (Mark::Emphasis(Emphasis::New), "System added"),
            (Mark::Emphasis(Emphasis::Lost), "System removed"),
            (Mark::Emphasis(Emphasis::Ringed), "System changed"),
            (Mark::Emphasis(Emphasis::Receded), "System as before"),
            (Mark::Style(Style::New), "Flow added"),
            (Mark::Style(Style::Ghost), "Flow removed"),
            (Mark::EdgeEmphasis(EdgeEmphasis::Strong), "Flow changed"),
        ],
        ..Diagram::default()
    }
}

/// The entries of a list that differ, by id.
fn of_list<'d>(diff: &'d Diff, list: &str) -> BTreeMap<&'d str, Change> {
    let mut found = BTreeMap::new();
    for change in diff.changes.iter().filter(|change| change.list.as_deref() == Some(list)) {
        let Some(entry) = &change.entry else { continue };
        let how = match change {
            diff::Change { key: None, old: None, .. } => Change::Added,
            diff::Change { key: None, new: None, .. } => Change::Removed,
            _ => Change::Changed,
        };
        found.insert(entry.as_str(), how);
    }
    found
}

fn edge(
    old: &Analysis<'_>,
    new: &Analysis<'_>,
    [before, now]: [&Elements<'_>; 2],
    id: &str,
    change: Change,
) -> Option<Edge> {
    let edge = match new.stack.find_flow(id) {
        Some(ix) => now.flow(ix),
        None => before.flow(old.stack.find_flow(id)?),
    };
    Some(match change {
        Change::Added => Edge { style: Style::New, ..edge },
        Change::Removed => Edge { style: Style::Ghost, ..edge },
        Change::Changed => Edge { emphasis: EdgeEmphasis::Strong, ..edge },
    })
}

fn title(diff: &Diff, systems: usize, flows: usize) -> String {
    match (diff.changed, systems, flows) {
        (false, ..) => "Nothing changed".to_owned(),
        (true, 0, 0) => "Neither systems nor flows changed".to_owned(),
        (true, systems, 0) => format!("{} came, went or changed", counted(systems, "system", "systems")),
        (true, 0, flows) => format!("{} came, went or changed", counted(flows, "flow", "flows")),
        (true, systems, flows) => format!(
            "{} and {} came, went or changed",
            counted(systems, "system", "systems"),
            counted(flows, "flow", "flows")
        ),
    }
}

/// What the picture does not show.
fn subtitle(diff: &Diff) -> String {
    let others = diff.changes.iter().filter(|change| !matches!(change.list.as_deref(), Some("systems" | "flows")));
    let others = others.count();
    let figures = counted(diff.figures.len(), "figure", "figures");
    match others {
        0 => format!("{figures} moved"),
        some => {
            format!("{figures} moved · not drawn: {} elsewhere in the file", counted(some, "difference", "differences"))
        }
    }
}
