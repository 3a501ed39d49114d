//! The sentences about a plan.

use crate::analysis::Component;
use crate::analysis::outages::component_id;
use crate::analysis::words::{grouped, listed};
use crate::model::{ProcessIx, Stack};
use crate::plan::candidates::{PointIx, Subject};
use crate::plan::problem::Origin;
use crate::plan::{self};
use crate::report::say::listed_few;
use sinew_order::departures::Reason;
use sinew_order::{BenefitIx, ItemIx};

/// Data objects that a gap names; of more, the rest is counted.
const NAMED: usize = 3;

/// What a subject is, for a person.
pub(super) fn subject(stack: &Stack, plan: &plan::Plan, subject: Subject) -> String {
    match subject {
        Subject::Link(at) => {
            let link = &plan.links[at];
            let data: Vec<&str> = link.data.iter().map(|ix| stack.data_object(*ix).name.as_str()).collect();
            let what = match (link.steps.is_empty(), link.loops.is_empty(), link.needs.is_empty()) {
                (false, _, _) => "handoff",
                (true, false, _) => "missing feedback",
                (true, true, false) => "unsupplied need",
                (true, true, true) => "planned flow",
            };
            let (from, to) = (&stack.system(link.from).name, &stack.system(link.to).name);
            format!("{what}: {} from {from} to {to}", listed_few(&data, NAMED))
        }
        Subject::Point(at) => {
            let point = &plan.points[at];
            let processes: Vec<&str> = point.processes.iter().map(|ix| stack.process(*ix).name.as_str()).collect();
            let component = match point.component {
                Component::System(ix) => stack.system(ix).name.to_string(),
                Component::Team(ix) => stack.team(ix).name.to_string(),
                Component::Flow(ix) => {
                    let flow = stack.flow(ix);
                    format!("{} → {}", stack.system(flow.from).name, stack.system(flow.to).name)
                }
            };
            format!("single point of failure: {component} of {}", listed(&processes))
        }
        Subject::Gap(at) => plan.gaps[at].message.clone(),
        Subject::Criterion(id) => {
            let criterion = plan.before.standing.criterion(id);
            let wants = criterion.map_or(id, |criterion| criterion.wants);
            format!("for stage {}: {wants}", plan.before.standing.stage + 1)
        }
        Subject::Enabler => "enabler".to_owned(),
    }
}

/// Whether the component of a point still takes a process down in the target.
pub(super) fn stands(stack: &Stack, plan: &plan::Plan, at: PointIx) -> bool {
    plan.after.single_points.contains_key(component_id(stack, plan.points[at].component))
}

/// What doing something about a subject is known to earn a year: the benefits that one of its own candidates earns.
pub(super) fn known_value(plan: &plan::Plan, subject: Subject) -> f64 {
    let serves = |item: &ItemIx| plan.candidates[plan.problem.items[*item]].subjects.contains(&subject);
    let gains = plan.problem.gains.iter().filter(|gain| gain.ways.iter().any(|way| way.iter().all(serves)));
    gains.map(|gain| gain.value.likely.0).sum()
}

/// Why an item is not where WSJF puts it.
pub(super) fn departures(plan: &plan::Plan, item: ItemIx) -> Vec<String> {
    let found = plan.departures.iter().find(|departure| departure.item == item);
    found
        .map(|departure| departure.reasons.iter().map(|reason| self::reason(plan, item, reason)).collect())
        .unwrap_or_default()
}

fn reason(plan: &plan::Plan, item: ItemIx, reason: &Reason) -> String {
    let ids =
        |items: &[ItemIx]| listed(&items.iter().map(|item| plan.instance.items[*item].id.as_str()).collect::<Vec<_>>());
    match reason {
        Reason::Enables { items } => format!("{} can only be built after it", ids(items)),
        Reason::Needs { items } => format!("it needs {} first", ids(items)),
        Reason::Shares { benefit, with } => {
            format!("it brings {} only together with {}", gain(plan, *benefit), ids(with))
        }
        Reason::MakesRoom { items } => {
            let place = |item: ItemIx| plan.items.iter().position(|placed| placed.item == item);
            let (ahead, behind): (Vec<ItemIx>, Vec<ItemIx>) =
                items.iter().partition(|other| place(**other) < place(item));
            let moved = [(ahead, "ahead of"), (behind, "behind")].into_iter().filter(|(items, _)| !items.is_empty());
            listed(&moved.map(|(items, where_to)| format!("{} moved {where_to} it", ids(&items))).collect::<Vec<_>>())
        }
        Reason::OtherOption { instead } => format!("{} brings the same value there", ids(instead)),
        Reason::Horizon => "it does not fit into the horizon there".to_owned(),
        Reason::Budget => "it does not fit into the budget there".to_owned(),
        Reason::Change { money } => format!("there it would change the net value by {}", grouped(money.0)),
        Reason::Forced => "it was requested with `--with`".to_owned(),
        Reason::Required => "the plan must hold it, or one like it".to_owned(),
    }
}

fn gain(plan: &plan::Plan, benefit: BenefitIx) -> String {
    match plan.problem.gains.get(benefit).map(|gain| &gain.origin) {
        Some(Origin::Outage(exposure)) => {
            let id = |process: &ProcessIx| plan.target.process(*process).id.as_str();
            let processes: Vec<&str> = exposure.processes.iter().map(id).collect();
            format!("standby for {} in {}", exposure.component, listed(&processes))
        }
        _ => "its benefit".to_owned(),
    }
}
