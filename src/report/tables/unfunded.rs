//! What could be built and is not in the plan.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::Report;
use crate::report::say::a_year;

/// The table: what is nearest to breaking even comes first; `None` where no plan was asked for.
#[must_use]
pub fn unfunded(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let hours = plan.is_in_hours();
    let columns = vec![
        Column::new("gap", "Gap", Kind::Words).on_slides(),
        Column::new("option", "Cheapest option", Kind::Words).on_slides(),
        Column::new("days", "Effort, person-days", Kind::Days).on_slides(),
        if hours {
            Column::new("value", "Hours known to be saved a year", Kind::Hours)
        } else {
            Column::new("value", a_year("Known value", currency), Kind::Money)
        },
        if hours {
            Column::new("breaks_even", "Breaks even at, hours a year", Kind::Hours).on_slides()
        } else {
            Column::new("breaks_even", a_year("Breaks even at", currency), Kind::Money).on_slides()
        },
        Column::new("why_not", "Why not", Kind::Words).on_slides(),
    ];
    let rows = plan.unfunded.iter().map(|one| {
        // What can never be repaid in time has the largest number there is.
        let breaks_even = Some(one.breaks_even_at()).filter(|amount| *amount < f64::MAX);
        Row {
            id: format!("{}:{}", one.item, one.about),
            cells: vec![
                Cell::text(&one.about),
                Cell::name(&one.item, &one.title),
                Cell::range(Some(one.effort)),
                if one.known() > 0.0 { Cell::number(Some(one.known())) } else { Cell::NotKnown },
                breaks_even.map_or(Cell::Missing("not in time"), |amount| Cell::number(Some(amount))),
                one.why_not.map_or(Cell::NothingToJudge, |why| Cell::text(why.words())),
            ],
            ..Row::default()
        }
    });
    let table = Table::new("unfunded", "Not in the plan", ["gap", "gaps"], columns);
    Some(Table {
        title: format!(
            "Not in the plan: the cheapest option for each gap, and the {} at which it breaks even",
            if hours { "hours" } else { "value" }
        ),
        empty: "No option was left out.".into(),
        rows: rows.collect(),
        most: Some(12),
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn an_option_says_what_it_would_have_to_be_worth() {
        let mut report = tiny();
        report.plan.as_mut().unwrap().unfunded[1].pays_from = Some(f64::MAX.into());
        let table = unfunded(&report).unwrap();
        let columns = ["days", "value", "breaks_even", "why_not"];
        assert_eq!(words(&table, 0, &columns), ["1 (0.5 to 2)", "not known", "481", "value not known"]);
        assert_eq!(words(&table, 1, &["breaks_even"]), ["not in time"]);
    }
}
