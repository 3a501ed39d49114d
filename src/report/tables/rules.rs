//! The rules that there are.

use super::{Cell, Column, Kind, Row, Table, severity};
use crate::report::facts::RULES;

/// The table, in the order in which the rules are applied.
#[must_use]
pub fn rules() -> Table {
    let columns = vec![
        Column::new("rule", "Rule", Kind::Words),
        Column::new("severity", "Severity", Kind::Words),
        Column::new("holds_when", "Holds when", Kind::Words),
    ];
    let rows = RULES.iter().map(|rule| Row {
        id: rule.id.to_owned(),
        cells: vec![Cell::Code(rule.id.to_owned()), severity(rule.severity), Cell::text(rule.summary)],
        ..Row::default()
    });
    Table { rows: rows.collect(), ..Table::new("rules", "Rules", ["rule", "rules"], columns) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::words;

    #[test]
    fn every_rule_has_a_row() {
        let table = rules();
        assert_eq!(table.rows.len(), RULES.len());
        assert_eq!(words(&table, 0, &["rule", "severity"]), [RULES[0].id, RULES[0].severity.as_str()]);
    }
}
