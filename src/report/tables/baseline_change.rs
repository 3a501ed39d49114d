//! What changed since the baseline.

use super::{Cell, Column, Kind, Row, Table, Tone, severity};
use crate::report::facts::baseline::Earlier;
use crate::report::facts::{Finding, Report};

/// The table: new findings, then more severe, fixed, void and accepted ones; `None` where no baseline was given.
#[must_use]
pub fn baseline_change(report: &Report) -> Option<Table> {
    let change = report.baseline.as_ref()?;
    let columns = vec![
        Column::new("change", "Change", Kind::Words).on_slides(),
        Column::new("severity", "Severity", Kind::Words).on_slides(),
        Column::new("id", "Finding", Kind::Words).on_slides(),
        Column::new("message", "What it says", Kind::Words).on_slides(),
    ];
    let find = |id: &String| report.findings.iter().flatten().find(|finding| finding.id == *id);
    let row = |word: &str, tone: Tone, severity: Cell, id: &str, message: &str| Row {
        id: format!("{word}:{id}"),
        cells: vec![Cell::Word(word.to_owned(), tone), severity, Cell::Code(id.to_owned()), Cell::text(message)],
        ..Row::default()
    };
    let now = |ids: &[String], word: &'static str, tone: Tone| -> Vec<Row> {
        let one = |finding: &Finding| row(word, tone, severity(finding.severity), &finding.id, &finding.message);
        ids.iter().filter_map(find).map(one).collect()
    };
    let mut rows = now(&change.new, "new", Tone::Bad);
    rows.extend(now(&change.worse, "more severe", Tone::Bad));
    let gone = |list: &[Earlier], word: &'static str, tone: Tone| -> Vec<Row> {
        let one = |earlier: &Earlier| row(word, tone, Cell::text(&earlier.severity), &earlier.id, &earlier.message);
        list.iter().map(one).collect()
    };
    rows.extend(gone(&change.fixed, "fixed", Tone::Good));
    rows.extend(gone(&change.void, "no longer judged", Tone::Plain));
    rows.extend(now(&change.accepted, "accepted", Tone::Plain));
    let table = Table::new("baseline_change", "Since the baseline", ["change", "changes"], columns);
    Some(Table {
        title: "Findings that changed since the baseline".into(),
        empty: "No finding changed.".into(),
        rows,
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::facts::baseline::{Baseline, Change};
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn what_is_new_and_what_is_fixed_is_told() {
        let mut report = tiny();
        let gone = |id: &str| {
            let fingerprint = "file-relay/system:gone";
            let earlier = format!(
                r#"{{ "sinew": 1, "stack": {{ "ids": [] }}, "findings": [
                    {{ "id": "{id}", "fingerprint": "{fingerprint}", "severity": "low", "message": "it was" }}] }}"#
            );
            Baseline::parse(&earlier).unwrap().findings().to_vec()
        };
        let new = vec![report.findings.as_ref().unwrap()[0].id.clone()];
        report.baseline = Some(Change { new, fixed: gone("mended"), void: gone("gone"), ..Change::default() });
        let table = baseline_change(&report).unwrap();
        assert_eq!(words(&table, 0, &["change", "severity"]), ["new", "high"]);
        assert_eq!(words(&table, 1, &["change", "severity", "id", "message"]), ["fixed", "low", "mended", "it was"]);
        assert_eq!(words(&table, 2, &["change", "id"]), ["no longer judged", "gone"]);
    }
}
