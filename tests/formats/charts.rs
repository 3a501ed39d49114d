//! The charts of the workbook draw cells that hold figures of report.json, in order, and the Gantt colors the weeks of the
//! plan; both read back from the XML of the file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use quick_xml::escape::unescape;
use serde_json::Value;

use super::quantities::at;
use super::{Told, all};

/// Most marks of a chart.
const MOST: usize = 12;

/// A file inside the workbook.
pub(super) fn part(told: &Told, name: &str) -> Option<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(&told.book)).unwrap();
    let mut xml = String::new();
    package.by_name(name).ok()?.read_to_string(&mut xml).unwrap();
    Some(xml)
}

/// The charts, each as its XML.
fn charts(told: &Told) -> Vec<String> {
    (1..).map_while(|number| part(told, &format!("xl/charts/chart{number}.xml"))).collect()
}

/// What stands between two marks.
pub(super) fn between<'x>(xml: &'x str, from: &str, to: &str) -> Vec<&'x str> {
    xml.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// Row and column of a cell, counted from 0: `$B$12`.
pub(super) fn cell(place: &str) -> (u32, u32) {
    let bare = place.replace('$', "");
    let letters = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let column = letters.bytes().fold(0, |sum, letter| 26 * sum + u32::from(letter - b'A') + 1);
    (bare[letters.len()..].parse::<u32>().unwrap() - 1, column - 1)
}

/// The cells of a reference to the sheet of chart data: `'Chart data'!$B$5:$B$16`.
fn cells(data: &Range<Data>, reference: &str) -> Vec<Data> {
    let places = reference.strip_prefix("'Chart data'!").unwrap_or_else(|| panic!("{reference}"));
    let (from, to) = places.split_once(':').unwrap_or((places, places));
    let (from, to) = (cell(from), cell(to));
    assert!(from.1 == to.1 && from.0 <= to.0, "{reference} is one column");
    (from.0..=to.0).map(|row| data.get_value((row, from.1)).cloned().unwrap_or_default()).collect()
}

/// How the cells of a reference to the sheet of chart data show their numbers.
fn formats(told: &Told, reference: &str) -> Vec<String> {
    let book = part(told, "xl/workbook.xml").unwrap();
    let number = between(&book, "<sheet ", ">").iter().position(|sheet| sheet.contains("\"Chart data\"")).unwrap() + 1;
    let sheet = part(told, &format!("xl/worksheets/sheet{number}.xml")).unwrap();
    let styles = part(told, "xl/styles.xml").unwrap();
    let within = |xml: &str, key: &str| unescape(between(xml, &format!("{key}=\""), "\"")[0]).unwrap().into_owned();
    let codes: BTreeMap<String, String> = between(&styles, "<numFmt ", "/>")
        .iter()
        .map(|format| (within(format, "numFmtId"), within(format, "formatCode")))
        .collect();
    let of_style: Vec<String> = between(between(&styles, "<cellXfs", "</cellXfs>")[0], "<xf ", ">")
        .iter()
        .map(|style| codes.get(&within(style, "numFmtId")).cloned().unwrap_or_else(|| "General".to_owned()))
        .collect();
    let (from, to) = reference.split_once('!').unwrap().1.split_once(':').unwrap();
    let column = from.trim_start_matches('$').split('$').next().unwrap();
    (cell(from).0..=cell(to).0)
        .map(|row| {
            let found = between(&sheet, &format!("<c r=\"{column}{}\"", row + 1), ">");
            of_style[within(found[0], " s").parse::<usize>().unwrap()].clone()
        })
        .collect()
}

/// The series of a chart: name, names of the marks, amounts.
fn series(told: &Told, data: &Range<Data>, chart: &str) -> Vec<(String, Vec<String>, Vec<f64>)> {
    let one = |xml: &&str| {
        let found: Vec<&str> = ["<c:tx>", "<c:cat>", "<c:val>"]
            .into_iter()
            .map(|from| between(between(xml, from, "</c:cat>").first().unwrap(), "<c:f>", "</c:f>")[0])
            .collect();
        let words = |reference: &str| cells(data, reference).iter().map(ToString::to_string).collect::<Vec<_>>();
        let amounts: Vec<f64> = cells(data, found[2]).iter().map(|cell| cell.as_f64().unwrap()).collect();
        // The same is kept in the chart, for whoever computes nothing.
        let kept = |from: &str, to: &str| -> Vec<String> {
            let values = between(between(xml, from, to).first().unwrap(), "<c:v>", "</c:v>");
            values.into_iter().map(|value| unescape(value).unwrap().into_owned()).collect()
        };
        assert_eq!(kept("<c:cat>", "</c:cat>"), words(found[1]));
        let numbers: Vec<f64> = kept("<c:val>", "</c:val>").iter().map(|value| value.parse().unwrap()).collect();
        assert!(
            numbers.len() == amounts.len() && numbers.iter().zip(&amounts).all(|(a, b)| near(*a, *b)),
            "{numbers:?}"
        );
        let kept = between(xml, "<c:val>", "</c:val>")[0];
        let common = unescape(between(kept, "<c:formatCode>", "</c:formatCode>")[0]).unwrap();
        let shown: Vec<String> = between(kept, "<c:pt ", ">")
            .into_iter()
            .map(|point| {
                let own = between(point, "formatCode=\"", "\"");
                own.first().map_or(common.to_string(), |own| unescape(own).unwrap().into_owned())
            })
            .collect();
        assert_eq!(shown, formats(told, found[2]));
        (words(found[0]).concat(), words(found[1]), amounts)
    };
    between(chart, "<c:ser>", "</c:ser>").iter().map(one).collect()
}

fn list(json: &Value, path: &str) -> Vec<Value> {
    at(json, path).as_array().cloned().unwrap_or_default()
}

/// The amounts above nothing, greatest first, with what each is of.
fn ranked(entries: &[Value], path: &str, id: impl Fn(&Value) -> String) -> Vec<(String, f64)> {
    let amount = |entry: &Value| Some((id(entry), at(entry, path).as_f64().filter(|amount| *amount > 0.0)?));
    let mut found: Vec<(String, f64)> = entries.iter().filter_map(amount).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}

#[test]
fn charts_draw_the_figures_of_the_report_and_none_is_there_for_nothing() {
    let (mut drawn, mut bounds) = ([0; 3], 0);
    for told in all() {
        let (json, names) = (&told.json, &told.report.stack.names);
        let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
        let charts = charts(told);
        assert_eq!(charts.is_empty(), !book.sheet_names().contains(&"Dashboard".to_owned()), "{}", told.name);
        let data = if charts.is_empty() { Range::empty() } else { book.worksheet_range("Chart data").unwrap() };
        let find = |mark: &str| charts.iter().find(|chart| chart.contains(mark));
        // Work by hand: cost, or hours where no cost is known; a step without figures is no column.
        let steps = list(json, "handoff_totals.steps");
        let of = |path: &str| ranked(&steps, path, |step| step["flow"].as_str().unwrap().to_owned());
        let path = if of("cost.likely").is_empty() { "work_hours.likely" } else { "cost.likely" };
        let expected = of(path);
        let chart = find("<c:lineChart>");
        assert_eq!(chart.is_some(), expected.len() > 1, "{}", told.name);
        if let Some(chart) = chart {
            let series = series(told, &data, chart);
            let all: f64 = steps.iter().filter_map(|step| at(step, path).as_f64()).sum();
            assert_eq!(series[0].1.len(), expected.len().min(MOST), "{}", told.name);
            let mut sum = 0.0;
            for (at, (flow, amount)) in expected.iter().take(MOST).enumerate() {
                sum += amount;
                let (name, found, share) = (&series[0].1[at], series[0].2[at], series[1].2[at]);
                assert!(near(found, *amount) && near(share, sum / all), "{}: {name}: {found}, {share}", told.name);
                let said = sinew_draw::text::clean(&names.component(flow));
                let is_tie = expected.iter().filter(|(_, other)| other == amount).count() > 1;
                assert!(is_tie || *name == said, "{}: {name} is {said}", told.name);
            }
            drawn[0] += 1;
        }
        // Before and after: the parts that are known on both sides.
        let account = list(json, "plan.money");
        let of = |step: &str, key: &str| account.iter().find(|row| row["step"] == step)?[key].as_f64();
        if let Some(chart) = find("<c:grouping val=\"stacked\"/>") {
            for (name, columns, amounts) in series(told, &data, chart) {
                assert_eq!(columns, ["Today", "With the plan"]);
                let step = match name.as_str() {
                    "Work by hand" => "by-hand",
                    "Running what is built" => "running-cost",
                    _ => "outages",
                };
                let hours = list(json, "plan.hours");
                let of_hours = |key: &str| hours.iter().find(|row| row["step"] == step)?[key].as_f64();
                let of = |key: &str| of(step, key).or_else(|| of_hours(key));
                let today = if step == "running-cost" { Some(0.0) } else { of("today") };
                assert_eq!([Some(amounts[0]), Some(amounts[1])], [today, of("with_plan")], "{}: {name}", told.name);
            }
            drawn[1] += 1;
        } else {
            let is_known = |step| of(step, "today").zip(of(step, "with_plan")).is_some_and(|(a, b)| a + b > 0.0);
            assert!(!["by-hand", "outages"].into_iter().any(is_known), "{}", told.name);
        }
        // Outages: what is not known is no bar, and counted.
        let outages = list(json, "outages");
        let components = |outage: &Value| {
            let ids = list(outage, "components");
            ids.iter().map(|id| names.component(id.as_str().unwrap())).collect::<Vec<_>>().join(", ")
        };
        let expected = ranked(&outages, "expected_cost", components);
        let chart = find("<c:barDir val=\"bar\"/>");
        assert_eq!(chart.is_some(), expected.len() > 1, "{}", told.name);
        if let Some(chart) = chart {
            let series = series(told, &data, chart);
            assert_eq!(series[0].1.len(), expected.len().min(MOST), "{}", told.name);
            for ((_, amount), found) in expected.iter().zip(&series[0].2) {
                // What is known in part is rounded down.
                assert!(near(*found, *amount) || near(*found, amount.floor()), "{}: {found}", told.name);
            }
            for name in &series[0].1 {
                assert!(expected.iter().any(|(known, _)| sinew_draw::text::clean(known) == *name), "{name}");
            }
            drawn[2] += 1;
        }
        for chart in &charts {
            assert!(chart.contains("<c:title>"), "{}", told.name);
            bounds += chart.matches("&quot;at least &quot;").count();
        }
        let drawings = part(told, "xl/drawings/drawing1.xml").unwrap_or_default();
        assert_eq!(
            drawings.matches(" descr=\"").count(),
            charts.len(),
            "{}: each chart has words for those who hear it",
            told.name
        );
    }
    assert!(drawn.into_iter().all(|count| count > 4) && bounds > 4, "{drawn:?}, {bounds} bounds");
}

/// What one side of a rule comes to at a cell: `$E6`, `G$5-1+0.001`, for the first cell of the rule's area moved by so much.
fn side(sheet: &Range<Data>, text: &str, (down, right): (u32, u32)) -> f64 {
    let (first, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let (row, column) = cell(first);
    let fixed = (first[1..].contains('$'), first.starts_with('$'));
    let place = (if fixed.0 { row } else { row + down }, if fixed.1 { column } else { column + right });
    let value = sheet.get_value(place).and_then(Data::as_f64).unwrap_or_else(|| panic!("{text} at {place:?}"));
    let numbers = rest.replace('-', " -").replace('+', " +");
    value + numbers.split_whitespace().map(|number| number.parse::<f64>().unwrap()).sum::<f64>()
}

/// Whether a rule of comparisons holds.
fn holds(sheet: &Range<Data>, rule: &str, by: (u32, u32)) -> bool {
    let inside = rule.strip_prefix("AND(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_else(|| panic!("{rule}"));
    inside.split(',').all(|one| {
        if let Some((a, b)) = one.split_once('<') {
            side(sheet, a, by) < side(sheet, b, by)
        } else if let Some((a, b)) = one.split_once('>') {
            side(sheet, a, by) > side(sheet, b, by)
        } else {
            let (place, word) = one.split_once('=').unwrap();
            let (row, column) = cell(place);
            sheet
                .get_value((row + by.0, column))
                .is_some_and(|found| *found == Data::String(word.trim_matches('"').into()))
        }
    })
}

#[test]
fn the_gantt_colors_the_weeks_of_each_item() {
    let (mut colored, mut plans) = (0, 0);
    for told in all() {
        let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
        let items = list(&told.json, "plan.items");
        let Some(number) = book.sheet_names().iter().position(|name| name == "Gantt") else {
            assert!(items.is_empty(), "{}", told.name);
            continue;
        };
        let sheet = book.worksheet_range("Gantt").unwrap();
        let xml = part(told, &format!("xl/worksheets/sheet{}.xml", number + 1)).unwrap();
        let area = between(&xml, "<conditionalFormatting sqref=\"", "\"")[0];
        let rules: Vec<String> = between(&xml, "<formula>", "</formula>")
            .iter()
            .map(|rule| rule.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""))
            .collect();
        let (from, to) = area.split_once(':').unwrap();
        let (from, to) = (cell(from), cell(to));
        assert_eq!((to.0 - from.0 + 1) as usize, items.len(), "{}", told.name);
        for (down, item) in (0..).zip(&items) {
            let (start, finish) = (item["start"].as_f64().unwrap(), item["finish"].as_f64().unwrap());
            let is_checked = item["kind"] == "verify";
            for right in 0..=to.1 - from.1 {
                let week = f64::from(right) + 1.0;
                let found: Vec<bool> = rules.iter().map(|rule| holds(&sheet, rule, (down, right))).collect();
                let busy = start < week - 0.001 && finish > week - 1.0 + 0.001;
                assert_eq!(found, [busy && is_checked, busy], "{}, {}, week {week}", told.name, item["id"]);
                colored += usize::from(busy);
            }
        }
        plans += 1;
    }
    assert!(plans > 5 && colored > 50, "{colored} weeks of {plans} plans");
}
