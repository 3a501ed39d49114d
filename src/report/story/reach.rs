//! The way to a higher stage in sentences.

use crate::report::facts::Report;
use crate::report::facts::plan::Reached;
use crate::report::facts::plan::{Plan, Reach};
use crate::report::say::{Line, days, listed};
use crate::report::tables::{frontier_missing as missing, unmet};

/// Items that have to be found out before, before the rest is counted.
const NAMED: usize = 3;

/// How the next stage is reached, by when and at what price, or what stands in its way.
pub(crate) fn sentences(report: &Report) -> Vec<Line> {
    let Some(plan) = &report.plan else { return Vec::new() };
    let Some(reach) = plan.next_reach() else {
        return match plan.asked_stage {
            Some(asked) => vec![Line::of(format!("The stack is at stage {asked} or higher already."))],
            None => Vec::new(),
        };
    };
    let mut lines = vec![Line::of(headline(report, plan, reach))];
    if reach.reached == Reached::No {
        lines.extend(missing(report, plan, reach).into_iter().map(Line::of));
    }
    lines
}

/// The answer in one sentence or two.
#[must_use]
pub fn headline(report: &Report, plan: &Plan, reach: &Reach) -> String {
    let stage = format!("Stage {} ({})", reach.stage, reach.name);
    match reach.reached {
        Reached::No if !reach.settled => {
            format!("Whether a plan reaches stage {} was not settled: the search ended before.", reach.stage)
        }
        Reached::No if !reach.unreachable.is_empty() => {
            format!("{stage} cannot be planned yet: for {} no solution is known.", unmet(reach))
        }
        Reached::No if !reach.conflict.is_empty() => {
            format!("No plan reaches stage {} ({}): its criteria cannot be met together.", reach.stage, reach.name)
        }
        Reached::No => format!("{stage} does not fit into budget, capacity and horizon as they are set."),
        Reached::Yes | Reached::IfVerified => {
            let by = reach.date.as_ref().map(|day| format!(" by {day}")).unwrap_or_default();
            let price = price(report, plan, reach);
            let [items, work] = reach.takes();
            let how = format!("{stage} is reached{by} with {items} and {work} of work");
            match to_verify(reach) {
                None => format!("{how}. {price}"),
                Some(first) => format!("{how}, if what has to be verified turns out so: {first}. {price}"),
            }
        }
    }
}

/// What the stage takes against the plan that need not reach it.
fn price(report: &Report, plan: &Plan, reach: &Reach) -> String {
    let Some(price) = reach.price else { return String::new() };
    let amount = price.net_value.or(price.net_hours).map_or(0.0, crate::report::facts::Number::get);
    let more = price.days.get();
    let less = match amount {
        amount if amount < 0.5 => "no net value".to_owned(),
        amount => plan.said(report.stack.currency.as_deref(), amount),
    };
    let time = match more {
        more if more.abs() < 0.05 => "no more work".to_owned(),
        more if more > 0.0 => format!("{} more of work", days(more)),
        more => format!("{} less of work", days(-more)),
    };
    format!("The price against the best plan without it: {less}, {time}.")
}

fn to_verify(reach: &Reach) -> Option<String> {
    let checks = reach.steps.iter().filter(|step| step.kind == crate::model::ItemKind::Verify);
    let titles: Vec<String> = checks.map(|step| step.title.clone()).collect();
    let first = titles.iter().take(NAMED).cloned().collect::<Vec<_>>();
    match (reach.reached, titles.len()) {
        (Reached::IfVerified, 0) => Some("see the items to be verified".to_owned()),
        (Reached::IfVerified, count) if count > NAMED => {
            Some(format!("{}, and {} more", listed(&first), count - NAMED))
        }
        (Reached::IfVerified, _) => Some(listed(&first)),
        _ => None,
    }
}
