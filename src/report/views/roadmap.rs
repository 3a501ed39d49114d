//! The roadmap: waves side by side, what is built in each, and what must come before what.

use crate::analysis::Analysis;
use crate::analysis::words::{counted, grouped};
use crate::plan::making::effort_of;
use crate::plan::{Plan, PlanItem};
use crate::report::diagram::{Cluster, Diagram, Edge, Node, Role};

use super::elements::Elements;

/// The items of `plan` in their waves, with effort and value, and arrows from what is needed to what needs it. Items
/// come in the order in which they are built.
#[must_use]
pub fn roadmap(analysis: &Analysis<'_>, plan: &Plan) -> Diagram {
    let stack = analysis.stack;
    let money = |amount: f64| match &stack.currency {
        Some(currency) => format!("{currency} {}", grouped(amount)),
        None => grouped(amount),
    };
    let mut waves: Vec<usize> = plan.items.iter().map(|item| item.wave).collect();
    waves.dedup();
    let cluster = |wave: &usize| Cluster {
        id: format!("wave-{wave}"),
        name: format!("Wave {wave}, to week {}", grouped(plan.settings.wave_weeks * *wave as f64)),
    };
    let node = |item: &PlanItem| {
        let candidate = plan.candidate(item);
        let days = effort_of(candidate).0.likely;
        let mut caption = format!("{} · {days:.1} days", candidate.kind.as_str());
        if item.value.likely > 0.0 {
            caption = format!("{caption} · {} a year", money(item.value.likely));
        }
        Node {
            id: candidate.id.clone(),
            name: candidate.title.clone(),
            caption,
            cluster: Some(format!("wave-{}", item.wave)),
            role: Role::Step,
            tooltip: item.removes.join(", "),
            ..Node::default()
        }
    };
    let edges = plan.items.iter().flat_map(|item| {
        let candidate = plan.candidate(item);
        let built = candidate.needs.iter().filter(|need| plan.find(need).is_some());
        built.map(|need| Edge {
            id: format!("{need} {}", candidate.id),
            from: need.clone(),
            to: candidate.id.clone(),
            tooltip: format!("{} needs {need}", candidate.id),
            ..Edge::default()
        })
    });
    let weeks = grouped(plan.settings.horizon_weeks);
    let title = match plan.items.len() {
        0 => format!("Nothing is known to pay for itself within {weeks} weeks"),
        n => format!(
            "{} in {} worth {} within {weeks} weeks",
            counted(n, "item", "items"),
            counted(waves.len(), "wave", "waves"),
            money(plan.net_value)
        ),
    };
    let gap = plan.solution.gap();
    let subtitle = if gap > 0.0 {
        format!("At most {:.1} % more could be found", gap * 100.0)
    } else {
        "After work and running cost; no other choice or order of the options is worth more".to_owned()
    };
    Diagram {
        title,
        subtitle,
        source: Elements::of(analysis).source(),
        alt: String::new(),
        clusters: waves.iter().map(cluster).collect(),
        nodes: plan.items.iter().map(node).collect(),
        edges: edges.collect(),
        ..Diagram::default()
    }
}
