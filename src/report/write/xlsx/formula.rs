//! Formulas of tables as a spreadsheet reads them: columns become cells, names stay.

use std::collections::BTreeSet;

pub(super) fn letters(column: u16) -> String {
    let letter = char::from(b'A' + (column % 26) as u8).to_string();
    if column < 26 { letter } else { letters(column / 26 - 1) + &letter }
}

/// `C5`; rows and columns count from 0.
pub(super) fn place(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The formula with each `{key}` made the cell of that column in `row`; none where a column is not there.
pub(super) fn placed(formula: &str, row: u32, column_of: impl Fn(&str) -> Option<u16>) -> Option<String> {
    let mut out = String::from("=");
    let mut rest = formula;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&place(row, column_of(key)?));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// The keys of columns that a formula names, in order.
pub(super) fn keys(formula: &str) -> impl Iterator<Item = &str> {
    formula.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(key, _)| key))
}

/// Adds the words of a formula that can be names of the workbook.
pub(super) fn names_in(formula: &str, names: &mut BTreeSet<String>) {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    names.extend(formula.split(|c| !is_part(c)).filter(|word| word.contains('_')).map(str::to_owned));
}

/// The name of a column for formulas of other sheets: `plan_days`.
pub(super) fn name_of(table: &str, key: &str) -> String {
    format!("{table}_{key}").replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_cells_of_the_row() {
        let column_of = |key: &str| ["hours", "rate"].iter().position(|known| *known == key).map(|at| at as u16 + 25);
        assert_eq!(placed("{hours} * {rate} * work_share", 4, column_of).unwrap(), "=Z5 * AA5 * work_share");
        assert_eq!(placed("{cost} * 2", 4, column_of), None);
        assert_eq!(placed("{hours", 4, column_of), None);
        assert_eq!(keys("{a} + {b}/c_d").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn names_are_found_in_formulas() {
        let mut names = BTreeSet::new();
        names_in("SUMIF(plan_order,\"<=\"&{order},plan_days)*effort_share", &mut names);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["effort_share", "plan_days", "plan_order"]);
        assert_eq!(name_of("before-after", "today"), "before_after_today");
    }
}
