//! What could be built once something is found out.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::Report;
use crate::report::say::a_year;

/// The table: what is worth most for each person-day of finding out comes first; `None` where no plan was asked for.
#[must_use]
pub fn unverified(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let value = if plan.is_in_hours() {
        Column::new("value", "Hours saved a year", Kind::Hours)
    } else {
        Column::new("value", a_year("Value", currency), Kind::Money)
    };
    let columns = vec![
        Column::new("item", "Item", Kind::Words).on_slides(),
        Column::new("verify", "Check first", Kind::Words).on_slides(),
        Column::new("add", "Then add to the file", Kind::Words),
        value.on_slides(),
        Column::new("days", "Effort, person-days", Kind::Days).on_slides(),
        Column::new("running", a_year("Running cost", currency), Kind::Money),
        Column::new("verify_days", "Effort to check, person-days", Kind::Days),
        Column::new("gap", "Gap", Kind::Words),
        Column::new("why", "What is assumed", Kind::Words).detail(),
    ];
    let rows = plan.unverified.iter().map(|one| {
        let titles: Vec<&str> = one.verify.iter().map(|check| check.title.as_str()).collect();
        let lines: Vec<String> =
            one.verify.iter().map(|check| format!("`{}` at `{}`", check.add, check.system)).collect();
        let gain = one.gain().filter(|gain| gain.high.get() > 0.0);
        Row {
            id: one.id.clone(),
            cells: vec![
                Cell::name(&one.id, &one.title),
                Cell::texts(&titles),
                Cell::texts(&lines),
                gain.map_or(Cell::NotKnown, |gain| Cell::range(Some(gain))),
                Cell::range(Some(one.effort)),
                Cell::range(Some(one.running_cost)),
                Cell::range(Some(one.verify_effort)),
                Cell::text(&one.about),
                Cell::texts(&one.why),
            ],
            ..Row::default()
        }
    });
    let table = Table::new("unverified", "To verify", ["option", "options"], columns);
    Some(Table {
        title: "Verify, then build: not in the value of the plan".into(),
        empty: "No option waits for something to be found out.".into(),
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
    fn an_option_says_what_to_check_first_and_the_line_to_add() {
        let table = unverified(&tiny()).unwrap();
        let rows: Vec<Vec<String>> =
            (0..table.rows.len()).map(|at| words(&table, at, &["item", "verify", "add"])).collect();
        let found =
            rows.iter().find(|row| row[0].contains("Draft from ChatGPT")).expect("ChatGPT has no known interface");
        assert_eq!(found[1], "Find out how records get in and out of ChatGPT");
        assert!(found[2].contains("interfaces: [rest]") && found[2].contains("chatgpt"), "{found:?}");
    }
}
