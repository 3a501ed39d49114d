//! The published limits of a product.

use jiff::civil::Date;

use crate::catalog::Quota;
use crate::report::say::grouped;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, in the order of the catalog, with the confidence and the age of each on a day.
#[must_use]
pub fn limits(quotas: &[&Quota], as_of: Date) -> Table {
    let columns = vec![
        Column::new("interface", "Interface", Kind::Words),
        Column::new("limit", "Limit", Kind::Words),
        Column::new("unit", "Unit", Kind::Words),
        Column::new("edition", "Edition", Kind::Words),
        Column::new("confidence", "Confidence", Kind::Words),
        Column::new("age", "Age", Kind::Words),
    ];
    let row = |(at, quota): (usize, &&Quota)| {
        let window = quota.window.as_ref().map(|window| format!(" / {}", window.text)).unwrap_or_default();
        let limit = quota.limit.map(|limit| Cell::Text(format!("{}{window}", grouped(limit as f64))));
        Row {
            id: at.to_string(),
            cells: vec![
                Cell::text(&quota.interface),
                limit.unwrap_or(Cell::Missing("not published")),
                Cell::text(quota.unit.as_str()),
                Cell::text(quota.plan.as_deref().unwrap_or("")),
                Cell::text(quota.confidence_on(as_of).as_str()),
                Cell::text(quota.age(as_of).as_str()),
            ],
            ..Row::default()
        }
    };
    let table = Table::new("limits", "Limits", ["limit", "limits"], columns);
    let table = Table { rows: quotas.iter().enumerate().map(row).collect(), ..table };
    super::with_own(table, quotas.iter().map(|quota| &quota.source))
}
