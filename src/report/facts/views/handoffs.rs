//! The handoffs: what people carry by hand, from where to where, ranked by what it costs.

use std::collections::BTreeMap;

use crate::analysis::words::{counted, grouped, money, sum};
use crate::analysis::{Analysis, Chain};
use crate::model::{DataIx, FlowIx, Money, Range, Stack, SystemIx};
use crate::report::facts::message;
use crate::report::say::spoken;
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node, Style};

use super::elements::{Elements, hours_a_year, objects, work};
use super::focus::focused;
use super::phrases::tied;

/// Ranks that a line is labeled with; of more, the rest is counted.
const NAMED_RANKS: usize = 3;

/// Chains that the alternative text tells one by one.
const TOLD_CHAINS: usize = 5;

/// The handoff chains, with only the systems and flows that take part; what the title is about stands out, the rest is gray.
#[must_use]
pub fn handoffs(analysis: &Analysis<'_>) -> Diagram {
    let whole = whole(analysis);
    let hot = match message::work(analysis).hot {
        hot if hot.is_empty() => heaviest(&whole),
        hot => hot,
    };
    focused(whole, &hot)
}

/// The manual lines that take most hours, at most three.
fn heaviest(diagram: &Diagram) -> Vec<String> {
    let mut manual: Vec<&Edge> = diagram.edges.iter().filter(|edge| edge.weight > 0.0).collect();
    manual.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    manual.into_iter().take(HEAVIEST).map(|edge| edge.id.clone()).collect()
}

/// Lines that stand out where the title is about none.
const HEAVIEST: usize = 3;

/// All of it with all words.
///
/// Every step has the ranks of its chains (by likely cost); a manual one is labeled with what it carries, its own hours
/// and cost, and is as thick as its hours. Automated steps of a chain are drawn plain, so that a chain hangs together.
/// Lines and boxes come in the order of the ranks, then by id.
fn whole(analysis: &Analysis<'_>) -> Diagram {
    let stack = analysis.stack;
    let elements = Elements::of(analysis);
    let ranked = ranked_flows(analysis);
    let message = message::work(analysis);
    let edges: Vec<Edge> = ranked.iter().map(|step| edge(stack, &elements, step)).collect();
    let systems = systems(stack, &ranked);
    let nodes: Vec<Node> = systems.iter().map(|ix| unframed(elements.system(*ix))).collect();
    let title = message.title;
    let alt = alternative(analysis, &title);
    Diagram {
        title,
        subtitle: subtitle(analysis),
        source: elements.source(),
        alt,
        clusters: Vec::new(),
        nodes,
        edges,
        meanings: vec![
            (Mark::Style(Style::Automated), "Automated step of a chain"),
            (Mark::EdgeEmphasis(EdgeEmphasis::Strong), "Costs most"),
            (Mark::EdgeEmphasis(EdgeEmphasis::Receded), "Other step of a handoff"),
            (Mark::Emphasis(Emphasis::Receded), "Takes part in another handoff"),
            (Mark::Weight, "Thicker: more hours a year"),
            (Mark::Key, "Number: rank of its chain in the key"),
        ],
        ..Diagram::default()
    }
}

/// A flow with its part in the chains.
struct Step {
    flow: FlowIx,
    /// Places of its chains in the ranking, from 1.
    ranks: Vec<usize>,
    /// What it carries in those chains; all that it carries, where it is in none.
    data: Vec<DataIx>,
}

/// The steps of all chains and the handoffs that are in none (between carriers that only feed each other), by best
/// rank, then id.
fn ranked_flows(analysis: &Analysis<'_>) -> Vec<Step> {
    let mut steps: BTreeMap<FlowIx, (Vec<usize>, Vec<DataIx>)> = BTreeMap::new();
    for (at, chain) in analysis.handoffs().chains.iter().enumerate() {
        for flow in &chain.steps {
            let (ranks, data) = steps.entry(*flow).or_default();
            ranks.push(at + 1);
            data.extend(&chain.data);
        }
    }
    for (flow, _) in &analysis.handoffs().steps {
        steps.entry(*flow).or_insert_with(|| (Vec::new(), analysis.stack.flow(*flow).data.clone()));
    }
    let step = |(flow, (ranks, mut data)): (FlowIx, (Vec<usize>, Vec<DataIx>))| {
        data.sort_unstable();
        data.dedup();
        Step { flow, ranks, data }
    };
    let mut steps: Vec<Step> = steps.into_iter().map(step).collect();
    steps.sort_by_key(|step| (step.ranks.first().copied().unwrap_or(usize::MAX), step.flow));
    steps
}

fn edge(stack: &Stack, elements: &Elements<'_>, step: &Step) -> Edge {
    let mut edge = elements.flow(step.flow);
    let ranks: Vec<String> = step.ranks.iter().take(NAMED_RANKS).map(ToString::to_string).collect();
    let more = match step.ranks.len().saturating_sub(NAMED_RANKS) {
        0 => String::new(),
        more => format!(" +{more}"),
    };
    if !ranks.is_empty() {
        edge.rank = format!("{}{more}", ranks.join(", "));
    }
    if let Some(first) = edge.label.first_mut() {
        *first = objects(stack, &step.data);
    }
    if edge.style != Style::Manual {
        return edge;
    }
    // The hours that the line has by itself give way to hours with cost.
    edge.label.pop();
    match elements.effort(step.flow) {
        Some(effort) => {
            let hours = work(effort).likely;
            match effort.cost {
                Some(cost) => {
                    edge.label.push(hours_a_year(hours));
                    edge.price = tied(&spoken(stack.currency.as_deref(), cost.likely.0));
                }
                None => edge.label.push(format!("{} · cost not known", hours_a_year(hours))),
            }
            edge.weight = hours.0;
        }
        None => edge.label.push("hours and cost not known".to_owned()),
    }
    edge
}

/// The box of a system with its domain in words: frames would tear apart the chains that this picture is about.
fn unframed(mut node: Node) -> Node {
    if let Some(domain) = node.cluster.take() {
        node.caption = if node.caption == domain { domain } else { format!("{} · {domain}", node.caption) };
    }
    node
}

/// Every system that a line ends at, in the order of the lines.
fn systems(stack: &Stack, steps: &[Step]) -> Vec<SystemIx> {
    let mut seen = vec![false; stack.systems.len()];
    let ends = steps.iter().map(|step| stack.flow(step.flow)).flat_map(|flow| [flow.from, flow.to]);
    ends.filter(|ix| !std::mem::replace(&mut seen[ix.at()], true)).collect()
}

/// What it costs and how sure that is, what the ranks are, and what is not said.
fn subtitle(analysis: &Analysis<'_>) -> String {
    let handoffs = analysis.handoffs();
    let mut parts = Vec::new();
    let total = handoffs.total;
    if let Some(cost) = total.cost.filter(|_| !handoffs.steps.is_empty()) {
        let has_rework = total.error_hours.is_some_and(|hours| hours.high.0 > 0.0);
        let rework = if has_rework { ", rework included" } else { "" };
        let sum = sum(analysis.stack, total.without_cost > 0, cost.likely);
        parts.push(format!("{sum} a year{}{rework}", spread(cost)));
    } else if total.hours.is_some() && !handoffs.steps.is_empty() {
        parts.push("cost not known: no hourly_rate is stated".to_owned());
    }
    match handoffs.chains.len() {
        0 => {}
        1 => parts.push("one chain".to_owned()),
        n => {
            // A line of a chain of several costs less than the chain that its number ranks.
            let is_carried = |flow: &&FlowIx| analysis.stack.flow(**flow).is_manual();
            let has_several = handoffs.chains.iter().any(|chain| chain.steps.iter().filter(is_carried).count() > 1);
            let own = if has_several { ", lines have their own part" } else { "" };
            parts.push(format!("numbers rank the {n} chains by cost{own}"));
        }
    }
    if !handoffs.cut_short.is_empty() {
        parts.push(format!("not all chains of {} are listed", objects(analysis.stack, &handoffs.cut_short)));
    }
    let standby = analysis.stack.live_flows().filter(|(_, flow)| flow.is_manual() && flow.is_standby).count();
    if standby > 0 {
        parts.push(format!("{} not counted", counted(standby, "manual standby flow", "manual standby flows")));
    }
    parts.join(" · ")
}

fn spread(cost: Range<Money>) -> String {
    let (low, high) = (grouped(cost.low.0), grouped(cost.high.0));
    if low == high { String::new() } else { format!(" ({low} to {high})") }
}

fn alternative(analysis: &Analysis<'_>, title: &str) -> String {
    let mut text = format!("{title}.");
    for (at, chain) in analysis.handoffs().chains.iter().take(TOLD_CHAINS).enumerate() {
        text.push_str(&format!(" {}. {}.", at + 1, told(analysis.stack, chain)));
    }
    match analysis.handoffs().chains.len().saturating_sub(TOLD_CHAINS) {
        0 => {}
        more => text.push_str(&format!(" And {}.", counted(more, "more chain", "more chains"))),
    }
    text
}

fn told(stack: &Stack, chain: &Chain) -> String {
    let (from, to) = (&stack.system(chain.from).name, &stack.system(chain.to).name);
    let cost = chain.effort.map_or("hours not known".to_owned(), |effort| {
        let cost = effort.cost.map_or("cost not known".to_owned(), |cost| money(stack, cost.likely));
        format!("{}, {cost}", hours_a_year(work(effort).likely))
    });
    format!("{} from {from} to {to}: {cost}", objects(stack, &chain.data))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{MIXED, seen};
    use super::*;

    #[test]
    fn title_and_lines_agree_with_the_totals() {
        seen(MIXED, |analysis| {
            let diagram = whole(analysis);
            let total = analysis.handoffs().total;
            // 26 and 52 hours of runs and 52 * 2 * 0.5 * 10 / 60 to fix, then 5.
            let by_hand = 26.0 + 52.0 + 52.0 / 6.0 + 5.0;
            assert!((total.work().expect("it is known").likely.0 - by_hand).abs() < 1e-9);
            let drawn: f64 = diagram.edges.iter().map(|edge| edge.weight).sum();
            assert!((drawn - by_hand).abs() < 1e-9);
            assert_eq!(
                diagram.title,
                "Two manual flows with Draft cause 95% of the manual work: USD 5,200 of USD 5,500 a year"
            );
            assert!(diagram.subtitle.starts_with("USD 5,500 a year, rework included"), "{}", diagram.subtitle);
            let labels: Vec<String> =
                diagram.edges.iter().map(|edge| format!("{} / {}", edge.words().join(" / "), edge.price)).collect();
            assert_eq!(
                labels,
                [
                    "1 · Draft / 26 h a year / USD\u{a0}1,600",
                    "1 · Draft / 61 h a year / USD\u{a0}3,600",
                    "2 · Lead / 5 h a year / USD\u{a0}300"
                ]
            );
            let nodes: Vec<&str> = diagram.nodes.iter().map(|node| node.id.as_str()).collect();
            assert_eq!(nodes, ["ai", "sheet", "map", "crm"]);
        });
    }

    #[test]
    fn a_chain_shows_its_automated_steps_too() {
        let text = MIXED.replace(
            "to: map, data: [draft], mechanism: export-import",
            "to: map, data: [draft], mechanism: file-drop",
        );
        let styles = seen(&text, |analysis| handoffs(analysis).edges.iter().map(|edge| edge.style).collect::<Vec<_>>());
        assert_eq!(styles, [Style::Manual, Style::Automated, Style::Manual]);
    }
}
