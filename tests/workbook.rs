//! The workbook opened again: formulas carry their results; hostile words stay words. That its cells say what the tables
//! say, `formats` holds.
#![cfg(feature = "xlsx")]

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use proptest::prelude::*;
use sinew::report::Report;
use sinew::report::say::Line;
use sinew::report::story::{self, Workbook};
use sinew::report::tables::{Amount, Bound, Cell, Column, Fact, Kind, Row, Summary, Table};
use sinew::report::xlsx::{workbook, xlsx};

use crate::support::golden::listed;
use crate::support::planned::Planned;
use crate::support::random_stack::cases;

/// The report of a stack with its plan.
pub(crate) fn report(text: &str) -> Report {
    Planned::shared(text).report.clone()
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("calamine opens it")
}

/// The stacks of all examples that are small enough to be planned in a moment, and of all golden files.
fn stacks() -> Vec<String> {
    let examples = ["tiny.yaml", "hubspot-scale-up.yaml", "stage-3-marketo-enterprise.yaml"];
    let examples = listed("examples/stacks", "yaml")
        .into_iter()
        .filter(move |path| examples.iter().any(|one| path.ends_with(one)));
    let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
    examples.chain(golden).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn there_is_one_total_of_the_work_by_hand_and_it_follows() {
    let report = report(include_str!("../examples/stacks/stage-3-marketo-enterprise.yaml"));
    let totals = report.handoff_totals.as_ref().unwrap();
    let steps: f64 = totals.steps.iter().filter_map(|step| step.cost).map(|cost| cost.likely.get()).sum();
    assert!((steps - totals.cost.unwrap().likely.get()).abs() < 0.01, "the steps add up to the total");
    let mut book = open(xlsx(&report).unwrap());
    let Workbook { summary, .. } = story::workbook(&report);
    let facts: Vec<&Fact> = summary.parts.iter().flat_map(|(_, facts)| facts).collect();
    let cost: Vec<&&Fact> = facts.iter().filter(|fact| fact.label.starts_with("Cost of work by hand,")).collect();
    let of_money: Vec<_> = cost.iter().filter(|fact| fact.kind == Kind::Money).collect();
    assert_eq!(of_money.len(), 1, "{cost:?}");
    assert_eq!(
        of_money[0].value,
        Cell::Linked(Amount { bound: Bound::Value, ..Amount::from(totals.cost.unwrap()) }, "SUM(steps_cost)".into())
    );
    // Every step is paid at a rate that can be changed, and every handoff adds up its steps.
    let formulas = book.worksheet_formula("Steps").unwrap();
    let costs = formulas
        .rows()
        .flatten()
        .filter(|formula| formula.contains("*work_share+") && formula.starts_with('('))
        .count();
    assert_eq!(costs, totals.steps.iter().filter(|step| step.cost.is_some()).count());
    let formulas = book.worksheet_formula("Handoffs").unwrap();
    let chains =
        formulas.rows().flatten().filter(|formula| formula.contains("steps_cost") && formula.starts_with("SUMIF"));
    assert_eq!(chains.count(), report.handoffs.iter().flatten().filter(|chain| chain.cost.is_some()).count());
    let after = book.worksheet_formula("Before and after").unwrap();
    assert!(after.rows().flatten().any(|formula| formula == "handoff_cost"));
}

#[test]
fn the_plan_computes() {
    let mut in_money = 0;
    for text in stacks() {
        let report = report(&text);
        let plan = report.plan.as_ref().unwrap();
        if plan.is_in_hours() {
            continue;
        }
        in_money += 1;
        let Workbook { tables, summary, .. } = story::workbook(&report);
        let items = tables.iter().find(|table| table.id == "plan_items").unwrap();
        let sum = |key: &str| -> f64 {
            let at = items.columns.iter().position(|column| column.key == key).unwrap();
            items.rows.iter().filter_map(|row| row.cells[at].amount()).map(|amount| amount.likely).sum()
        };
        // The arithmetic of the sheet is that of the plan.
        assert!((sum("worth") - plan.net()).abs() < 1.0, "{} {}", sum("worth"), plan.net());
        let fact = |key: &str| summary.parts.iter().flat_map(|(_, facts)| facts).find(|fact| fact.key == key);
        assert_eq!(fact("plan_value").is_some(), !plan.items.is_empty());
        if let Some(cost) = fact("plan_cost") {
            assert!((cost.value.amount().unwrap().likely - sum("work")).abs() < 0.01);
        }
    }
    assert!(in_money >= 5, "{in_money} plans in money");
}

/// Names that a spreadsheet could take for a formula, for markup, or for the end of a string.
#[test]
fn hostile_names_are_words_in_charts_weeks_links_and_lists() {
    let mut report = report(include_str!("../examples/stacks/stage-3-marketo-enterprise.yaml"));
    let hostile =
        ["=cmd|'/C calc'!A0", "\"&HYPERLINK(\"x\")&\"", "<c:f>Summary!A1</c:f>]]>&amp;", "'Plan'!A1", "#REF!", "TRUE"];
    let names = &mut report.stack.names;
    let systems = names.systems.values_mut().map(|system| &mut system.name);
    for (at, name) in systems.chain(names.teams.values_mut()).enumerate() {
        *name = format!(
            "{}{}",
            hostile[at % hostile.len()],
            if at < hostile.len() { String::new() } else { at.to_string() }
        );
    }
    for (item, name) in report.plan.as_mut().unwrap().items.iter_mut().zip(hostile) {
        item.title = name.to_owned();
    }
    let bytes = xlsx(&report).unwrap();
    crate::support::judge::valid("hostile.xlsx", &bytes);
    let mut book = open(bytes);
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        for formula in formulas.rows().flatten() {
            let is_ours = hostile.iter().all(|name| *name == "TRUE" || *name == "'Plan'!A1" || !formula.contains(name));
            assert!(is_ours && !formula.contains("HYPERLINK"), "{sheet}: {formula}");
        }
    }
    let weeks = book.worksheet_range("Gantt").unwrap();
    let shown: Vec<String> = weeks.rows().map(|row| row[1].to_string()).collect();
    for name in &hostile[..3] {
        assert!(shown.iter().any(|found| found == name), "{name}: {shown:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(32) })]

    /// Whatever stands in a cell comes back as the same words, never as a formula.
    #[test]
    fn hostile_words_stay_words(texts in prop::collection::vec("`[a-c ]{1,4}`[:. ]?|[=+@|-]cmd\\|'/C calc'!A0|_x0041_|\\PC{0,60}|[\\x00-\\x1f]{0,6}a", 1..6)) {
        let columns = vec![
            Column::new("a", texts[0].clone(), Kind::Words),
            Column::new("b", texts[0].clone(), Kind::Hours).summed(),
            Column::new("c", texts[0].clone(), Kind::Words),
        ];
        let row = |text: &String| Row {
            cells: vec![Cell::name("id", format!("{text}.")), Cell::number(Some(f64::NAN)), Cell::Text(format!("{text}."))],
            ..Row::default()
        };
        let table = Table { title: texts[0].clone(), rows: texts.iter().map(row).collect(), ..Table::new("t", "T", ["a", "b"], columns) };
        let summary = Summary { title: texts[0].clone(), sentences: vec![Line::of(&texts[0])], ..Summary::default() };
        let mut book = open(workbook(&texts[0], &summary, &[table]).unwrap());
        let range = book.worksheet_range("T").unwrap();
        let formulas = book.worksheet_formula("T").unwrap();
        prop_assert!(formulas.rows().flatten().all(|f| f.is_empty() || f.starts_with("SUBTOTAL(109,B")));
        // Title, blank, total, heading.
        for (at, text) in texts.iter().enumerate() {
            let word = |column| range.get_value((4 + at as u32, column)).map_or_else(String::new, ToString::to_string);
            let kept = |words: &str| words.split('\n').map(sinew_draw::text::clean).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(word(0), kept(&format!("{text}.")), "a name");
            // A sentence of ours says a key between backticks, and a cell has no look for it.
            prop_assert_eq!(word(2), kept(&Line::told(&format!("{text}.")).text()), "a sentence");
        }
    }

    #[test]
    fn long_words_are_cut_not_refused(count in 32_000_usize..34_000) {
        let rows = vec![Row { cells: vec![Cell::Text("ä".repeat(count))], ..Row::default() }];
        let table = Table { rows, ..Table::new("t", "T", ["a", "b"], vec![Column::new("a", "A", Kind::Words)]) };
        open(workbook("", &Summary::default(), &[table]).unwrap());
    }
}
