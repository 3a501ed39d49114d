//! The frontier view: what each higher stage takes, as steps that rise from today's plan.

use sinew_draw::{Arrangement, Cluster, Diagram, Emphasis, Mark, Node, Role};

use super::elements::Elements;
use super::phrases::capital;
use crate::analysis::Analysis;
use crate::analysis::stage::STAGES;
use crate::plan::Plan;
use crate::plan::owner::date;
use crate::plan::reach::{Reached, Way};
use crate::plan::settings::Unit;
use crate::report::say::{self, criterion as criterion_name, days, items_and_days};

/// Criteria that a step names before the rest is counted.
const NAMED: usize = 5;

/// One frame for the plan and one for each higher stage: what the plan is worth then, its price, by when, and the criteria that it
/// meets or lacks. `plan` is that of `analysis`; at stage 5 there is only the plan.
#[must_use]
pub fn frontier(analysis: &Analysis<'_>, plan: &Plan) -> Diagram {
    let said = |amount: f64| match plan.settings.unit {
        Unit::Money => say::money(analysis.stack.currency.as_deref(), amount),
        Unit::Hours => say::hours(amount),
    };
    // What the search says of other plans is a difference to what it says of this one.
    let beside = |net: f64| said(plan.balance.net() + net - plan.net_value.0);
    let stage = plan.before.standing.stage;
    let mut clusters = vec![Cluster { id: "plan".into(), name: format!("{stage} {}: the plan", name(stage)) }];
    let mut nodes = vec![node("plan", "value", beside(plan.plain.net_value), "net value", Emphasis::default())];
    nodes.push(node("plan", "work", days(plan.plain.days), "of work", Emphasis::default()));
    for way in &plan.ways {
        let id = format!("stage-{}", way.stage);
        clusters.push(Cluster { id: id.clone(), name: format!("{} {}", way.stage, name(way.stage)) });
        nodes.extend(step(plan, way, &id, [&said, &beside]));
    }
    let (title, subtitle) = (title(plan, &said), subtitle(plan));
    let alt = format!("{title}. {subtitle}");
    let source = Elements::of(analysis).source();
    let meanings = vec![
        (Mark::Role(Role::Step), "What it comes to"),
        (Mark::Emphasis(Emphasis::Met), "Reached, or met with it"),
        (Mark::Emphasis(Emphasis::NotMet), "Nothing is known"),
        (Mark::Emphasis(Emphasis::NotKnown), "Reached if verified"),
    ];
    let arrangement = Arrangement::Ladder;
    Diagram { title, subtitle, source, alt, clusters, nodes, arrangement, meanings, ..Diagram::default() }
}

fn name(stage: u8) -> String {
    STAGES.iter().find(|(number, _)| *number == stage).map_or_else(String::new, |(_, name)| capital(name))
}

fn node(frame: &str, id: &str, name: String, caption: &str, emphasis: Emphasis) -> Node {
    Node {
        id: format!("{frame}:{id}"),
        name,
        caption: caption.to_owned(),
        cluster: Some(frame.to_owned()),
        role: Role::Step,
        emphasis,
        ..Node::default()
    }
}

/// The boxes of one stage.
fn step(plan: &Plan, way: &Way, frame: &str, [said, beside]: [&dyn Fn(f64) -> String; 2]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let emphasis = match way.reached {
        Reached::Yes => Emphasis::Met,
        Reached::IfVerified => Emphasis::NotKnown,
        Reached::No => Emphasis::NotMet,
    };
    if let Some(price) = way.price {
        nodes.push(node(frame, "value", beside(way.net_value), "net value", emphasis));
        let less = if price.net_value < 0.5 { "no price".to_owned() } else { format!("-{}", said(price.net_value)) };
        nodes.push(node(frame, "price", less, "against the plan", Emphasis::default()));
        let met = way.met_at();
        let day = met.and_then(|finish| date(&plan.target, finish)).map(|day| day.to_string());
        nodes.extend(day.map(|day| node(frame, "date", day, "met by", Emphasis::default())));
        let [items, work] = items_and_days(way.done(None), way.done(met));
        nodes.push(node(frame, "work", work, &items, Emphasis::default()));
    } else {
        let why = if way.is_settled { "no way is known" } else { "not settled" };
        nodes.push(node(frame, "value", "Not reached".to_owned(), why, emphasis));
    }
    // What is new at this stage: the criteria that the one below does not ask for.
    let below = plan.ways.iter().find(|other| other.stage + 1 == way.stage);
    let is_new = |id: &&str| below.is_none_or(|below| below.criteria.iter().all(|(known, _)| known != id));
    let lost: Vec<&str> = way.unreachable.iter().map(|(id, _)| *id).collect();
    let met = way.criteria.iter().map(|(id, _)| *id).filter(|id| !lost.contains(id)).filter(is_new);
    let all = lost
        .iter()
        .map(|id| (*id, Emphasis::NotMet, "nothing known"))
        .chain(met.map(|id| (id, Emphasis::Met, "met with it")));
    let all: Vec<(&str, Emphasis, &str)> =
        all.filter(|(_, emphasis, _)| *emphasis == Emphasis::NotMet || way.price.is_some()).collect();
    let shown = if all.len() > NAMED { NAMED - 1 } else { NAMED };
    for (id, emphasis, words) in all.iter().take(shown) {
        nodes.push(node(frame, id, capital(&criterion_name(id)), words, *emphasis));
    }
    if all.len() > shown {
        nodes.push(node(frame, "more", format!("{} more", all.len() - shown), "criteria", Emphasis::default()));
    }
    nodes
}

/// What the next stage takes, in one line.
fn title(plan: &Plan, said: &dyn Fn(f64) -> String) -> String {
    let Some(way) = plan.ways.first() else { return "Stage 5: nothing is above it".to_owned() };
    match way.price {
        Some(price) => {
            let cost = match price.net_value {
                amount if amount < 0.5 => "costs nothing more than the plan".to_owned(),
                amount => format!("costs {} of net value", said(amount)),
            };
            let more = if price.days > 0.05 { format!(" and {}", days(price.days)) } else { String::new() };
            let verified = if way.reached == Reached::IfVerified { ", if verified" } else { "" };
            format!("Stage {} {cost}{more}{verified}", way.stage)
        }
        None if !way.is_settled => format!("Whether stage {} can be reached is not settled", way.stage),
        None if way.smallest.is_some() => format!("Stage {} does not fit into budget, capacity and horizon", way.stage),
        None => format!("Stage {} cannot be planned yet", way.stage),
    }
}

fn subtitle(plan: &Plan) -> String {
    let weeks = say::weeks(plan.settings.horizon.0);
    format!("What the plan is worth within {weeks}, and with each higher stage")
}
