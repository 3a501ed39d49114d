//! What the stage, the plan and the questions come to: what to do next.

use std::collections::BTreeMap;

use super::beside::numbered;
use super::gap::{Ends, items};
use super::{Message, Takeaway};
use crate::report::facts::Report;
use crate::report::facts::plan::{Reach, Reached};
use crate::report::facts::stage::{Constraint, STAGES};
use crate::report::say::{self, capital, counted, criterion, days, spelled, spelled_of, spoken, uncapital};

/// Criteria and questions that are looked at.
const CRITERIA: usize = 3;
const QUESTIONS: usize = 5;

/// What is open for the next stage, with the items that close it, and what the stage takes.
pub(super) fn stage(report: &Report) -> Option<Message> {
    let stage = report.stage.as_ref()?;
    let title = stage_title(stage.stage, stage.constraint, stage.next.len());
    let ends = Ends::of(report);
    let next = ends.and_then(|ends| ends.plan.reach.iter().find(|reach| reach.stage == stage.stage + 1));
    let closing = |(at, id): (usize, &&'static str)| {
        let text = ends.zip(next).map(|(ends, next)| closed_by(ends, next, id));
        Takeaway { number: (at + 1).to_string(), head: capital(&criterion(id)), text: text.unwrap_or_default() }
    };
    let takeaways = stage.next.iter().take(CRITERIA).enumerate().map(closing).collect();
    let so_what = ends.zip(next).map(|(ends, next)| way(ends, next)).unwrap_or_default();
    Some(Message { title, takeaways, so_what, ..Message::default() })
}

/// `Write the AI policy, item 5.`
fn closed_by(ends: Ends<'_>, next: &Reach, id: &str) -> String {
    if let Some(gap) = next.unreachable.iter().find(|gap| gap.criterion == id) {
        return format!("Nothing closes it: {}.", gap.missing);
    }
    let closing = next.criteria.iter().find(|one| one.id == id).map_or(&[][..], |one| one.items.as_slice());
    let place = |id: &String| ends.plan.items.iter().position(|item| item.id == *id);
    let places: Vec<usize> = closing.iter().filter_map(place).collect();
    let missing = closing.len() - places.len();
    match (places.len(), missing) {
        (0, 0) => String::new(),
        (_, 0) => format!("{} of the plan.", capital(&items(&places))),
        (0, more) => format!("{} that the plan leaves out.", capital(&counted(more, "item", "items"))),
        (_, more) => format!("{} of the plan, and {more} that it leaves out.", capital(&items(&places))),
    }
}

/// What the next stage takes against the plan without it.
fn way(ends: Ends<'_>, next: &Reach) -> String {
    let stage = next.stage;
    match next.reached {
        Reached::No if !next.settled => format!("Whether a plan reaches stage {stage} was not settled."),
        Reached::No => match next.unreachable.first() {
            Some(gap) => format!("No plan reaches stage {stage} yet: {}.", gap.missing),
            None => format!("No plan reaches stage {stage} within budget, capacity and horizon as they are."),
        },
        Reached::Yes | Reached::IfVerified => {
            let by = next.date.as_ref().map(|day| format!(" by {day}")).unwrap_or_default();
            let check =
                if next.reached == Reached::IfVerified { ", if what is to be verified turns out so" } else { "" };
            let price = next.price.map(|price| {
                let less = price.net_value.or(price.net_hours).map_or(0.0, crate::report::facts::Number::get);
                match (less, price.days.get()) {
                    (less, more) if less < 0.5 && more < 0.05 => "no more than the plan".to_owned(),
                    (less, more) if less < 0.5 => format!("{} more than the plan, at no price", days(more)),
                    (less, more) if more < 0.05 => format!("{} less net value", ends.said(less)),
                    (less, more) => format!("{} more than the plan and {} less net value", days(more), ends.said(less)),
                }
            });
            let price = price.map(|price| format!(": {price}")).unwrap_or_default();
            if let Some(more) = next.besides(ends.plan.items.len()) {
                let named = match more.as_slice() {
                    [one] => format!(" ({})", uncapital(&one.title)),
                    _ => String::new(),
                };
                let items = spelled_of(more.len(), "item", "items");
                return format!("Stage {stage}{by} takes the plan and {items} more{named}{price}{check}.");
            }
            let [items, work] = next.takes();
            format!("Stage {stage}{by} takes {items} and {work}{price}{check}.")
        }
    }
}

/// What goes into the plan and what comes of it, and what becomes of the stage.
pub(super) fn roadmap(report: &Report) -> Option<Message> {
    let ends = Ends::of(report)?;
    let plan = ends.plan;
    let said = plan.said(report.stack.currency.as_deref(), plan.net());
    let title =
        roadmap_title(plan.items.len(), plan.effort.likely.get(), &said, plan.horizon_weeks.get(), plan.is_in_hours());
    if plan.items.is_empty() {
        let nearest = plan.unfunded.iter().find(|one| one.breaks_even_at() < f64::MAX);
        let nearest = nearest.map(|one| {
            format!("Closest: {} breaks even at {} a year.", uncapital(&one.title), ends.said(one.breaks_even_at()))
        });
        return Some(Message { title, so_what: nearest.unwrap_or_default(), ..Message::default() });
    }
    let spent = plan.spent.map(|spent| spoken(report.stack.currency.as_deref(), spent.get()));
    let spent = spent.map(|spent| format!(" and {spent}")).unwrap_or_default();
    let least = plan.at_least();
    let gained = plan.gained().map(|gained| format!(", {least}{} a year back", ends.said(gained))).unwrap_or_default();
    let invested = format!("{}{spent} in{gained}.", capital(&days(plan.effort.likely.get())));
    let (today, then) = (plan.before.stage, plan.after.stage);
    let open = report.stage.iter().flat_map(|stage| &stage.next);
    let open: Vec<&&str> = open.collect();
    let closed = open.iter().filter(|id| plan.after.criteria_met.iter().any(|met| met == **id)).count();
    let stage = match (then > today, open.len(), closed) {
        (true, ..) => format!(" Stage {then} instead of {today}."),
        (_, 0, _) => String::new(),
        (_, 1, _) => format!(" Stage {today} stays: its open criterion does not close."),
        (_, all, 0) => format!(" Stage {today} stays: none of {} open criteria closes.", spelled(all)),
        (_, all, 1) => format!(" Stage {today} stays: one of {} open criteria closes.", spelled(all)),
        (_, all, some) => format!(" Stage {today} stays: {} of {} open criteria close.", spelled(some), spelled(all)),
    };
    Some(Message { title, so_what: format!("{invested}{stage}"), ..Message::default() })
}

/// Whom to ask first, and what an answer decides.
pub(super) fn questions(report: &Report) -> Option<Message> {
    let questions = report.questions.as_deref().filter(|all| !all.is_empty())?;
    let first = questions.len().min(QUESTIONS);
    let answers = capital(&spelled_of(first, "answer", "answers"));
    let all = questions.len() + report.questions_left_out.unwrap_or(0);
    // A slide shows as many as it has room for, so that the title counts all of them.
    let title = match all - first {
        0 => format!("{answers} would leave nothing open"),
        _ => format!("{} questions are open, those that matter most first", capital(&spelled(all))),
    };
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    let whom = |at: &crate::report::facts::question::Question| at.of_name.clone();
    let names: Vec<Option<String>> = questions[..first].iter().map(whom).collect();
    names.iter().flatten().for_each(|name| *by.entry(name).or_default() += 1);
    let most = by.into_iter().rev().max_by_key(|(_, count)| *count);
    let ask = most.map(|(name, count)| match (count, first) {
        (1, 1) => format!("Ask {name}."),
        (1, _) => match names.first().cloned().flatten() {
            Some(first) => format!("Ask {first} first: the first question is theirs."),
            None => format!("Ask {name} first: one of the first {} questions is theirs.", spelled(first)),
        },
        (count, all) => format!("Ask {name} first: {} of the first {} are theirs.", spelled(count), spelled(all)),
    });
    let deciding = questions.iter().filter(|question| question.stages.is_some()).count();
    let decides = match deciding {
        0 => String::new(),
        1 => " One answer alone can change the stage.".to_owned(),
        some => format!(" {} answers can each change the stage alone.", capital(&spelled(some))),
    };
    let so_what = format!("{}{decides}", ask.unwrap_or_default()).trim().to_owned();
    let takeaways = numbered(questions.iter().map(|question| question.ask.clone()));
    Some(Message { title, takeaways, so_what, ..Message::default() })
}

/// `Stage 3 of 5: integration architecture blocks stage 4; five criteria to meet`, of the stage, what holds it, and how many criteria
/// the next one lacks.
#[must_use]
pub(in crate::report::facts) fn stage_title(stage: u8, constraint: Option<Constraint>, lacking: usize) -> String {
    let at = format!("Stage {stage} of {}", STAGES.len());
    match constraint {
        None => format!("{at}: AI-native"),
        Some(Constraint::Entry) => {
            let next = STAGES.get(usize::from(stage)).map_or("the next stage", |(_, name)| name);
            format!("{at}: entry to {next} not met")
        }
        Some(constraint) => {
            let open = match lacking {
                0 => String::new(),
                n => format!("; {}", spelled_of(n, "criterion to meet", "criteria to meet")),
            };
            let (name, verb) = match constraint {
                Constraint::Policy => ("gaps in the AI policy".to_owned(), "block"),
                other => (other.as_str().replace('-', " "), "blocks"),
            };
            format!("{at}: {name} {verb} stage {}{open}", stage + 1)
        }
    }
}

/// `Ten items in 35 days of work are worth USD 339,400 within 104 weeks`, of items, person-days, what they are worth in words, and weeks.
#[must_use]
pub(in crate::report::facts) fn roadmap_title(
    count: usize,
    work: f64,
    worth: &str,
    weeks: f64,
    in_hours: bool,
) -> String {
    let weeks = say::weeks(weeks);
    let items = match count {
        0 => return format!("The plan builds nothing within {weeks}"),
        1 => "one item".to_owned(),
        n => format!("{} items", spelled(n)),
    };
    let are = match (in_hours, count) {
        (true, 1) => "saves",
        (true, _) => "save",
        (false, 1) => "is worth",
        (false, _) => "are worth",
    };
    capital(&format!("{items} in {} of work {are} {worth} within {weeks}", days(work)))
}
