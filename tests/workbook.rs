//! The workbook opened again: values, formulas with their results, names, hostile words.
#![cfg(feature = "xlsx")]

use std::io::Cursor;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::report::Report;
use sinew::report::xlsx::{Cell, Column, Kind, Sheet, workbook, xlsx};
use sinew::source::Source;

const STACK: &str = "\
sinew: 1
name: Acme
as_of: 2026-11-21
currency: EUR
hourly_rate: 50
error_minutes: 12
data: {leads: {}, spend: {}}
systems:
  cvent: {kind: crm, makes: [leads]}
  tracker: {kind: spreadsheet, makes: [spend]}
  crm: {kind: crm}
flows:
  - {id: a, from: cvent, to: tracker, data: leads, mechanism: export-import, runs: 52/year, minutes: 60, error_rate: 0.1}
  - {id: b, from: tracker, to: crm, data: spend, mechanism: export-import, runs: 12/year, minutes: 30}
";

fn report(text: &str) -> Report {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = sinew::model::read(&source);
    let stack = reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let analysis = Analysis::of(&stack);
    Report::of(&analysis, &[], &source)
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("calamine opens it")
}

#[test]
fn handoffs_are_live() {
    let report = report(STACK);
    let bytes = xlsx(&report).unwrap();
    assert_eq!(bytes, xlsx(&report).unwrap(), "same report, same bytes");
    let mut book = open(bytes);
    let sheets = ["Summary", "Handoffs", "Outages", "Findings", "Stage", "AI register", "Assumptions"];
    assert_eq!(book.sheet_names(), sheets);
    let names: Vec<String> = book.defined_names().iter().map(|(name, place)| format!("{name} {place}")).collect();
    for name in ["hourly_rate", "work_share", "mending_share"] {
        assert!(names.iter().any(|n| n.starts_with(name) && n.contains("'Summary'!$B$")), "{names:?}");
    }
    let values = book.worksheet_range("Handoffs").unwrap();
    let formulas = book.worksheet_formula("Handoffs").unwrap();
    let cost = values.rows().nth(3).unwrap().iter().position(|c| c.to_string().starts_with("Cost")).unwrap();
    let number = |row: usize| values.get((row, cost)).unwrap().as_f64().unwrap();
    let formula = |row: u32, column: u32| formulas.get_value((row, column)).cloned().unwrap_or_default();
    let totals = report.handoff_totals.as_ref().unwrap();
    assert!((number(2) - totals.cost.likely.get()).abs() < 0.01, "no step is shared, so the rows add up to the total");
    assert_eq!(formula(2, cost as u32), "SUBTOTAL(109,J5:J6)");
    assert_eq!(formula(4, cost as u32), "(G5*work_share+H5*mending_share)*I5");
    assert_eq!(formula(4, cost as u32 - 1), "hourly_rate");
    let handoffs = report.handoffs.as_ref().unwrap();
    for (row, handoff) in handoffs.iter().enumerate() {
        assert!((number(4 + row) - handoff.cost.unwrap().likely.get()).abs() < 0.01);
    }
}

#[test]
fn the_plan_computes() {
    let source = Source::new("stack.yaml", include_str!("../examples/stacks/hubspot-scale-up.yaml").to_owned());
    let stack = sinew::model::read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let options = sinew::plan::Options { samples: 0, ..sinew::plan::Options::default() };
    let made = sinew::plan::Plan::of(&analysis, &options).unwrap();
    let plan = sinew::report::Plan::of(&stack, &made, &options);
    assert!(!plan.items.is_empty());
    let report = Report::of(&analysis, &[], &source).with_plan(plan.clone());
    let mut book = open(xlsx(&report).unwrap());
    assert_eq!(book.sheet_names()[..3], ["Summary", "Plan", "Before and after"]);
    let (values, formulas) = (book.worksheet_range("Plan").unwrap(), book.worksheet_formula("Plan").unwrap());
    // Title, blank, total, heading, then the items.
    let head: Vec<String> = values.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
    let column =
        |name: &str| head.iter().position(|one| one.starts_with(name)).unwrap_or_else(|| panic!("{name}: {head:?}"));
    let number = |row: usize, name: &str| values.get((row, column(name))).unwrap().as_f64().unwrap();
    for (at, item) in plan.items.iter().enumerate() {
        assert_eq!(values.get((4 + at, column("What"))).unwrap(), &Data::String(item.title.clone()));
        assert_eq!(number(4 + at, "Order"), (at + 1) as f64);
        assert!((number(4 + at, "Days likely") - item.effort.likely.get()).abs() < 1e-6);
        assert!((number(4 + at, "Finish") - item.finish.get()).abs() < 1e-6);
        for computed in ["Worth,", "Cost of the work", "Start", "Finish", "Worth within"] {
            let at = (4 + at as u32, column(computed) as u32);
            assert!(formulas.get_value(at).is_some_and(|formula| !formula.is_empty()), "{computed} is computed");
        }
    }
    // The sum of the column is the net value of the plan: the arithmetic of the sheet is that of the plan.
    assert!((number(2, "Worth within") - plan.net_value.get()).abs() < 1.0, "{}", number(2, "Worth within"));
    let defined: Vec<String> = book.defined_names().iter().map(|(name, _)| name.clone()).collect();
    for name in ["day_rate", "effort_share", "capacity", "horizon_weeks", "plan_days", "plan_worth", "outage_costs"] {
        assert!(defined.iter().any(|one| one == name), "{name}: {defined:?}");
    }
    let outages = book.worksheet_formula("Outages").unwrap();
    assert!(outages.rows().flatten().any(|formula| formula == "F5*G5" || formula.ends_with("*G6")), "hours times cost");
}

#[test]
fn a_report_without_anything_is_a_workbook() {
    let mut book = open(xlsx(&report("sinew: 1\nname: Empty\n")).unwrap());
    let range = book.worksheet_range("Handoffs").unwrap();
    assert!(range.rows().flatten().any(|c| *c == Data::String("None.".into())));
    open(workbook("", "", &[]).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a cell comes back as the same words, never as a formula.
    #[test]
    fn hostile_words_stay_words(texts in prop::collection::vec("[=+@|-]cmd\\|'/C calc'!A0|_x0041_|\\PC{0,60}|[\\x00-\\x1f]{0,6}a", 1..6), name in "\\PC{0,40}") {
        let sheet = |name: &str| Sheet {
            name: name.into(),
            title: texts[0].clone(),
            facts: Vec::new(),
            columns: vec![Column::new(texts[0].clone(), Kind::Text), Column::summed(texts[0].clone(), Kind::Hours)],
            rows: texts.iter().map(|t| vec![Cell::Text(format!("{t}.")), Cell::Number(f64::NAN)]).collect(),
        };
        let mut book = open(workbook(&name, &name, &[sheet(&name), sheet(&name)]).unwrap());
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            let formulas = book.worksheet_formula(&sheet).unwrap();
            prop_assert!(formulas.rows().flatten().all(|f| f.is_empty() || f.starts_with("SUBTOTAL(109,B")));
            // Title, blank, total, heading.
            let words: Vec<String> =
                (0..texts.len()).map(|i| range.get_value((4 + i as u32, 0)).map_or_else(String::new, ToString::to_string)).collect();
            for (word, text) in words.iter().zip(&texts) {
                let kept: Vec<String> = format!("{text}.").split('\n').map(sinew_draw::text::clean).collect();
                prop_assert_eq!(word, &kept.join("\n"));
            }
        }
    }

    #[test]
    fn long_words_are_cut_not_refused(count in 32_000_usize..34_000) {
        let rows = vec![vec![Cell::Text("ä".repeat(count))]];
        let sheet = Sheet { name: "S".into(), title: String::new(), facts: Vec::new(), columns: vec![Column::new("A", Kind::Text)], rows };
        open(workbook("", "", &[sheet]).unwrap());
    }
}
