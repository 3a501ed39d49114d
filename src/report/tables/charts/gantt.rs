//! The plan on weeks: which item takes which weeks, as the inputs have it.

use crate::model::ItemKind;
use crate::report::facts::Report;
use crate::report::tables::{Cell, Column, Gantt, Kind, Row, Table};

/// Fewest and most weeks that have a column: a plan may take a quarter longer and still be seen whole.
const WEEKS: (usize, usize) = (8, 104);

/// The items of the plan with their weeks; `None` where nothing is built.
#[must_use]
pub fn gantt(report: &Report) -> Option<Gantt> {
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty())?;
    let columns = vec![
        Column::new("order", "#", Kind::Count),
        Column::new("item", "What is built", Kind::Words).leading_to(&["plan_items"]),
        Column::new("kind", "Kind", Kind::Words),
        Column::new("owner", "Owner", Kind::Words),
        Column::new("start", "Start, week", Kind::Weeks),
        Column::new("finish", "Finish, week", Kind::Weeks),
    ];
    let rows = plan.items.iter().enumerate().map(|(at, item)| Row {
        id: item.id.clone(),
        cells: vec![
            Cell::count(at + 1),
            Cell::name(&item.id, &item.title),
            Cell::text(item.kind.as_str().replace('-', " ")),
            match &item.owner {
                Some(id) => Cell::name(id, report.stack.names.team(id)),
                None => Cell::Missing("no owner"),
            },
            Cell::number(Some(item.start.get())),
            Cell::number(Some(item.finish.get())),
        ],
        // By number and not by row, so that sorting the plan changes nothing.
        formulas: ["item", "kind", "owner", "start", "finish"]
            .map(|key| (key, format!("INDEX(plan_items_{key},MATCH({{order}},plan_items_order,0))")))
            .into(),
        ..Row::default()
    });
    let last = plan.items.iter().map(|item| item.finish.get()).fold(0.0, f64::max);
    let end = (last - TOLERANCE).ceil().max(0.0);
    let weeks = ((end * 1.25).ceil() as usize).clamp(WEEKS.0, WEEKS.1);
    let items = Table {
        title: "When each item is built".into(),
        rows: rows.collect(),
        ..Table::new("gantt", "Gantt", ["item", "items"], columns)
    };
    let hatched = ("kind", ItemKind::Verify.as_str());
    Some(Gantt { items, weeks, day: report.stack.as_of.clone(), headline: headline(end, weeks), hatched })
}

/// A week that an item takes only so small a part of is none of its weeks: noise of a sum.
pub const TOLERANCE: f64 = 0.001;

/// When the plan ends, and whether all of it is seen.
fn headline(end: f64, weeks: usize) -> (String, String) {
    let beyond = if end > weeks as f64 {
        format!("; it goes on after week {weeks}, where this sheet ends")
    } else {
        String::new()
    };
    let last = format!("ROUNDUP(MAX(plan_items_finish)-{TOLERANCE},0)");
    let formula = format!(
        "\"The plan ends in week \"&{last}&IF({last}>{weeks},\"; it goes on after week {weeks}, where this sheet ends\",\"\")"
    );
    (format!("The plan ends in week {end}{beyond}"), formula)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn items_have_the_weeks_of_the_plan() {
        let report = acme();
        let found = gantt(&report).unwrap();
        let plan = report.plan.as_ref().unwrap();
        assert_eq!(found.items.rows.len(), plan.items.len());
        let last = plan.items.last().unwrap().finish.get();
        assert!(found.weeks as f64 >= last);
        assert_eq!(found.headline.0, format!("The plan ends in week {}", last.ceil()));
        assert_eq!(words(&found.items, 0, &["order", "kind"])[0], "1");
    }

    #[test]
    fn what_is_beyond_the_last_week_is_said() {
        let mut report = acme();
        report.plan.as_mut().unwrap().items[0].finish = 300.0.into();
        let found = gantt(&report).unwrap();
        assert_eq!(found.weeks, WEEKS.1);
        let said = "The plan ends in week 300; it goes on after week 104, where this sheet ends";
        assert_eq!(found.headline.0, said);
        report.plan.as_mut().unwrap().items.clear();
        assert!(gantt(&report).is_none());
    }
}
