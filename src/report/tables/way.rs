//! The way to the next stage, item by item.

use super::{Cell, Column, Kind, Row, Shape, Table};
use crate::report::facts::Report;
use crate::report::facts::plan::{Reached, WayStep};
use crate::report::say::{Line, criterion};

/// The table; `None` where no plan was asked for, and where nothing on the way is known.
#[must_use]
pub fn way(report: &Report) -> Option<Table> {
    let next = report.plan.as_ref()?.next_reach().filter(|next| !next.steps.is_empty())?;
    let columns = vec![
        Column::new("order", "#", Kind::Count).on_slides(),
        Column::new("item", "What is built", Kind::Words).on_slides().leading_to(&["plan_items"]),
        Column::new("owner", "Owner", Kind::Words).on_slides(),
        Column::new("date", "Done by", Kind::Date).on_slides(),
        Column::new("days", "Effort, person-days", Kind::Days).on_slides(),
        Column::new("closes", "Criteria met with it", Kind::Words).on_slides(),
        Column::new("in_plan", "In the plan", Kind::Words).on_slides(),
        Column::new("verified", "Verified", Kind::Words),
        Column::new("kind", "Kind", Kind::Words).detail(),
        Column::new("start", "Start, week", Kind::Weeks).detail(),
        Column::new("finish", "Finish, week", Kind::Weeks).detail(),
    ];
    let row = |(at, step): (usize, &WayStep)| Row {
        id: step.item.clone(),
        cells: vec![
            Cell::count(at + 1),
            Cell::name(&step.item, &step.title),
            match &step.owner {
                Some(id) => Cell::name(id, report.stack.names.team(id)),
                None => Cell::Missing("no owner"),
            },
            step.date.as_ref().map_or(Cell::NotKnown, Cell::text),
            Cell::range(Some(step.effort)),
            Cell::texts(&step.closes.iter().map(|id| criterion(id)).collect::<Vec<_>>()),
            Cell::yes(step.in_plan),
            if step.verified { Cell::Yes } else { Cell::text("to be verified") },
            Cell::text(step.kind.as_str().replace('-', " ")),
            Cell::number(Some(step.start.get())),
            Cell::number(Some(step.finish.get())),
        ],
        ..Row::default()
    };
    let table = Table::new("way", "Way to the next stage", ["item", "items"], columns);
    let notes = match next.unreachable.is_empty() {
        true => Vec::new(),
        false => vec![Line::of(format!(
            "These items meet what can be met of stage {}; what is missing for the rest stands above.",
            next.stage
        ))],
    };
    Some(Table {
        title: match next.reached {
            Reached::No => {
                format!("Stage {} is not reached: what of it can be built, by when, and by whom", next.stage)
            }
            Reached::Yes | Reached::IfVerified => {
                format!("The way to stage {}: what to build, by when, and by whom", next.stage)
            }
        },
        rows: next.steps.iter().enumerate().map(row).collect(),
        notes,
        shape: Shape::Grid,
        most: Some(30),
        ..table
    })
}
