//! The table of processes: what each depends on.

use serde_json::Value;

use super::super::field::{ids, is, list, number, words};
use super::super::table::{Cell, Column, Row, Table, components, owned};
use super::{Html, Page};

pub(super) fn is_there(page: &Page<'_>) -> bool {
    !list(page.report, "processes").is_empty()
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let table = Table {
        id: "process-table",
        caption: "What each process depends on".into(),
        unit: ["process", "processes"],
        columns: vec![
            Column::words("Process"),
            Column::words("Runs today"),
            Column::number("Availability"),
            Column::names("Single points of failure"),
            Column::names("Covered by standby"),
            Column::names("Pairs that stop it"),
            Column::names("Availability not known"),
        ],
        rows: list(page.report, "processes").iter().map(|process| row(page, process)).collect(),
        foot: None,
    };
    table.write(html);
    let note = "Availability counts what states none as always up; the last column names the systems and teams for which \
                that matters. A pair stops the process only if both fail together.";
    html.element("p", &[("class", "note")], note);
}

fn row(page: &Page<'_>, process: &Value) -> Row {
    let id = words(process, "id");
    let named = |key| components(page.names, &ids(process, key));
    let (order, runs, class) = match (is(process, "runs"), is(process, "degraded")) {
        (true, false) => ("0", "yes", "tag good"),
        (true, true) => ("1", "on standby", "tag warn"),
        (false, _) => ("2", "no", "tag bad"),
    };
    let sets = list(process, "cut_sets").iter().filter_map(Value::as_array);
    let sets: Vec<Vec<&str>> = sets.map(|set| set.iter().filter_map(Value::as_str).collect()).collect();
    let pairs = sets.iter().filter(|set| set.len() == 2);
    let pairs: Vec<String> = pairs.map(|set| components(page.names, set).join(" with ")).collect();
    let mut about: Vec<&str> = vec![id];
    about.extend(ids(process, "single_points"));
    about.extend(ids(process, "covered_points"));
    about.extend(sets.iter().flatten());
    Row {
        id: id.to_owned(),
        about: owned(&about),
        cells: vec![
            Cell::name(page.names.process(id)),
            Cell::sorted_by(order, |html| html.element("span", &[("class", class)], runs)),
            availability(process),
            Cell::names(&named("single_points")),
            Cell::names(&named("covered_points")),
            Cell::names(&pairs),
            Cell::names(&named("unknown_availability")),
        ],
        ..Row::default()
    }
}

fn availability(process: &Value) -> Cell {
    let bounds = process.get("availability").and_then(|of| Some((number(of, "low")?, number(of, "high")?)));
    match bounds {
        None => Cell::number(None, "not known"),
        Some((low, high)) => Cell::sorted_by(low.to_string(), |html| {
            let words = if percent(low) == percent(high) {
                percent(low)
            } else {
                format!("{} to {}", percent(low), percent(high))
            };
            html.text(&words);
        }),
    }
}

/// A share as a percentage, with the nines that tell it from the next.
fn percent(share: f64) -> String {
    let text = format!("{:.3}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_keep_their_nines() {
        assert_eq!(percent(0.999), "99.9%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.123_456), "12.346%");
    }
}
