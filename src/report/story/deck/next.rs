//! What is asked for: what to decide, the way to the next stage, the next steps, and what would make all of it certain.

use std::collections::BTreeSet;

use sinew_draw::deck::{Body, Cell, Column, Slide, Table as Shown};

use super::titles::fitting;
use super::{FEWEST, Left, links, tables};
use crate::report::facts::Report;
use crate::report::facts::plan::Item;
use crate::report::say::{capital, counted, criterion, days, listed, spelled, spelled_of, spoken};

/// Items of the plan, and questions, that are next.
const ITEMS: usize = 6;
const QUESTIONS: usize = 4;

/// Criteria that a title names.
const NAMED: usize = 3;

/// A table of words.
fn table(heads: &[&str], rows: Vec<Vec<String>>) -> Shown {
    let column = |name: &&str| Column { name: (*name).to_owned(), is_number: false };
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
    Shown { columns: heads.iter().map(column).collect(), rows, rest: Some(tables::REST.to_owned()), beyond: 0 }
}

fn team(report: &Report, id: Option<&String>) -> String {
    id.map_or_else(|| "no owner named".to_owned(), |id| report.stack.names.team(id).to_owned())
}

/// The teams that items are up to: the name of one, behind `before`, or how many they are; `None` where no item names one.
fn owners(report: &Report, items: &[Item], before: &str) -> Option<String> {
    let teams: BTreeSet<&String> = items.iter().filter_map(|item| item.owner.as_ref()).collect();
    let first = teams.first()?;
    Some(match teams.len() {
        1 => format!("{before}{}", report.stack.names.team(first)),
        many => counted(many, "owner", "owners"),
    })
}

/// What the next stage asks for, by which item, whose and when, above the AI tools that it is about.
pub(super) fn decisions(left: &mut Left<'_>) -> Option<Slide> {
    let report = left.report;
    let stage = report.stage.as_ref().filter(|stage| !stage.next.is_empty())?;
    let next = report.plan.as_ref().and_then(|plan| plan.reach.iter().find(|reach| reach.stage == stage.stage + 1));
    let row = |id: &&'static str| {
        let wants = stage.criteria.iter().find(|one| one.id == *id).map_or("", |one| one.wants);
        let closing = next.and_then(|next| next.criteria.iter().find(|one| one.id == *id));
        let last = closing.and_then(|one| one.items.last());
        let step = last.and_then(|id| next?.steps.iter().find(|step| step.item == *id));
        let missing = next.and_then(|next| next.unreachable.iter().find(|gap| gap.criterion == *id));
        vec![
            capital(&criterion(id)),
            wants.to_owned(),
            match (step, missing) {
                (Some(step), _) => step.title.clone(),
                (None, Some(gap)) => format!("nothing known: {}", gap.missing),
                (None, None) => "no item known".to_owned(),
            },
            step.map_or_else(String::new, |step| team(report, step.owner.as_ref())),
            step.and_then(|step| step.date.clone()).unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = stage.next.iter().map(row).collect();
    let names: Vec<String> = stage.next.iter().map(|id| criterion(id)).collect();
    let number = stage.stage + 1;
    let short =
        capital(&format!("{} for stage {number}", spelled_of(names.len(), "thing to decide", "things to decide")));
    let title = match names.len() {
        0..=NAMED => fitting(&[format!("To decide for stage {number}: {}", listed(&names)), short]),
        _ => short,
    };
    let heads = ["Criterion", "What it asks for", "What closes it", "Owner", "Done by"];
    let mut shown = vec![(String::new(), table(&heads, rows))];
    let mut notes = Vec::new();
    if let Some(register) = left.take("ai_register") {
        notes.extend(tables::notes(&register));
        shown.push((super::titles::title(report, &register), tables::shown(&register)));
    }
    let so_what = left.so_what("stage").to_owned();
    Some(Slide { title, body: Body::Tables(shown, so_what), source: left.source.clone(), notes, ..Slide::default() })
}

/// The way to the next stage, where it takes more than the plan, and what each higher stage takes.
pub(super) fn way(left: &mut Left<'_>) -> Option<Slide> {
    let plan = left.report.plan.as_ref()?;
    let next = plan.next_reach()?;
    let is_more = next.steps.iter().any(|step| !step.in_plan);
    let way = left.tables.iter().find(|table| table.id == "way").map_or(0, |table| table.rows.len());
    let all = left.tables.iter().find(|table| table.id == "frontier").map_or(0, |table| table.rows.len());
    if !is_more || way + all < FEWEST {
        return None;
    }
    let mut shown = vec![left.take("way")?];
    if way <= FEWEST {
        shown.extend(left.take("frontier"));
    }
    left.tables(&shown, left.so_what("stage"))
}

/// The first items of the plan and the first questions, each with its owner and day.
pub(super) fn steps(left: &Left<'_>) -> Option<Slide> {
    let report = left.report;
    let plan = report.plan.as_ref();
    let items = plan.map_or(&[][..], |plan| plan.items.as_slice());
    let questions = report.questions.as_deref().unwrap_or_default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let by = |item: &Item| item.date.clone().unwrap_or_else(|| format!("week {}", item.finish.get().ceil()));
    // A row that counts the rest takes the room of one item.
    let named = if items.len() > ITEMS + 1 { ITEMS } else { items.len() };
    for item in &items[..named] {
        let work = days(item.effort.likely.get());
        rows.push(vec![item.title.clone(), team(report, item.owner.as_ref()), by(item), work]);
    }
    let rest = &items[named..];
    if let Some(last) = rest.iter().max_by(|one, other| one.finish.get().total_cmp(&other.finish.get())) {
        let work = days(rest.iter().map(|item| item.effort.likely.get()).sum());
        let all = format!("The other {} items of the plan", spelled(rest.len()));
        rows.push(vec![all, owners(report, rest, "").unwrap_or_else(|| team(report, None)), by(last), work]);
    }
    let room = ITEMS + QUESTIONS - rows.len();
    for question in questions.iter().take(room.min(if rows.is_empty() { ITEMS } else { QUESTIONS })) {
        let whom = question.of_name.clone().unwrap_or_else(|| "no owner named".to_owned());
        rows.push(vec![format!("Answer: {}", question.ask), whom, "before the plan".to_owned(), String::new()]);
    }
    if rows.is_empty() {
        return None;
    }
    let title = plan.filter(|_| !items.is_empty()).map_or_else(
        || "Next: answer what the plan lacks".to_owned(),
        |plan| {
            let spent =
                plan.spent.map(|spent| format!(" and {}", spoken(report.stack.currency.as_deref(), spent.get())));
            let who = owners(report, items, "owner ").unwrap_or_else(|| "no owner is named yet".to_owned());
            let last = items.iter().filter_map(|item| item.date.as_ref()).max();
            let done = last.map(|day| format!(", done by {day}")).unwrap_or_default();
            let work = days(plan.effort.likely.get());
            let short = format!("Decide today: {work}{}, {who}", spent.unwrap_or_default());
            fitting(&[format!("{short}{done}"), short])
        },
    );
    let notes = vec!["The items are those of the plan in its order; the questions those that matter most.".to_owned()];
    let shown = table(&["Next step", "Who", "By when", "Effort"], rows);
    let so_what = left.so_what("roadmap").to_owned();
    Some(Slide {
        title,
        body: Body::Tables(vec![(String::new(), shown)], so_what),
        source: left.source.clone(),
        notes,
        id: links::STEPS.to_owned(),
        ..Slide::default()
    })
}

/// The questions that matter most, above what the figures take for granted.
pub(super) fn certainty(left: &mut Left<'_>) -> Option<Slide> {
    let mut tables: Vec<_> = left.take("questions").into_iter().collect();
    // The title promises so many answers, so they have the slide to themselves.
    if tables.first().is_none_or(|questions| questions.rows.len() < FEWEST) {
        tables.extend(left.take("assumptions"));
    }
    left.tables(&tables, left.so_what("questions"))
}
