//! What people do to a workbook beside filling it in: columns get other headings, sheets go, cells lose their formats.

use sinew::source::Level;
use sinew::workbook::{Absent, CsvFile, bring, csv};

use super::{read, read_csv, said};
use crate::judgement::stacks::stack;

const STACK: &str = "sinew: 1
name: A
hourly_rate: 60
teams: { ops: { people: 2 }, content: { people: 3 } }
systems: { a: { kind: crm, domain: Web }, b: { kind: cms } }
data: { lead: {} }
flows: [{ from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 10 }]
";

/// The files of the stack, where one text stands for another in the sheet `name`.
fn with(name: &str, old: &str, new: &str) -> Vec<CsvFile> {
    let mut files = csv(&stack(STACK));
    let file = files.iter_mut().find(|file| file.name == format!("{name}.csv")).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains(old), "{text}");
    file.bytes = text.replacen(old, new, 1).into_bytes();
    files
}

fn told(files: &[CsvFile]) -> String {
    let opened = read_csv("stack", files).unwrap().unwrap();
    sinew::source::render(&opened.source, &opened.reading.problems, false)
}

#[test]
fn a_heading_in_other_words_is_read_and_told() {
    let files = with("Flows", "Done by", "Wer");
    let said = told(&files);
    assert!(
        said.contains("`Wer` is read as the column `Done by` of Flows") && said.contains("stack:Flows!F1"),
        "{said}"
    );
    assert!(!said.contains("no performer") && !said.contains("column-gone"), "{said}");
    let opened = read_csv("stack", &files).unwrap().unwrap();
    let source = sinew::source::Source::new("stack.yaml", STACK.to_owned());
    let brought = bring(&opened, &source, Absent::Listed).unwrap();
    assert!(brought.text == STACK, "{}", brought.text);
    let german = "Von,Nach,Daten,Wie,Wer,Wie oft,Dauer\nA,B,Lead,API,,,\n";
    let said =
        super::said(&[("Systems", "System,Kind\nA,CRM\nB,CMS\n"), ("Flows", german), ("_sinew", "sinew workbook,1\n")]);
    assert!(!said.contains("error") && said.contains("7 headings in other words than ours"), "{said}");
}

#[test]
fn a_column_or_sheet_that_is_gone_is_told_with_what_was_in_it() {
    let said = told(&with("Teams", "People", "Zahl der Leute hier"));
    let gone = "Teams has no column `People` any more, which was exported with 2 filled cells";
    assert!(
        said.contains(gone) && said.contains("if `Zahl der Leute hier` is that column, call it `People` again"),
        "{said}"
    );
    let mut files = csv(&stack(STACK));
    files.retain(|file| file.name != "Flows.csv");
    let said = told(&files);
    assert!(said.contains("the sheet `Flows` is gone, which was exported with 1 row"), "{said}");
    assert!(said.contains("stack:Flows!A1"), "{said}");
    for (sheet, rows) in [("Settings", "2 rows"), ("Needs", "1 row"), ("Makes", "1 row"), ("Accepted", "1 row")] {
        let text = STACK.replace("b: { kind: cms }", "b: { kind: cms, makes: [{ data: lead }] }")
            + "processes: { p: { needs: [{ data: lead, at: b }] } }\naccept: [{ rule: no-owner, subject: b }]\n";
        let mut files = csv(&stack(&text));
        files.retain(|file| file.name != format!("{sheet}.csv"));
        let said = told(&files);
        assert!(said.contains(&format!("the sheet `{sheet}` is gone, which was exported with {rows}")), "{said}");
    }
    let untouched = told(&csv(&stack(STACK)));
    assert!(!untouched.contains("gone"), "{untouched}");
}

#[test]
fn figures_that_lost_their_format_are_asked_about_with_what_to_write() {
    let systems = "System,Kind,Contract renews\nA,CRM,46477\nB,CMS,\n";
    let flows = "From,To,Data,How,Done by,How often,Records,Minutes\nA,B,Lead,Copy and paste,Ops,２/week,1.000,15\n";
    let said = said(&[("Systems", systems), ("Flows", flows), ("_sinew", "sinew workbook,1\n")]);
    assert!(said.contains("found `46477`, which is how spreadsheets keep 2027-03-31"), "{said}");
    assert!(said.contains("`1.000` is 1 or 1000") && said.contains("Flows!G2"), "{said}");
    assert!(!said.contains("bad-rate"), "{said}");
}

#[test]
fn ids_of_names_in_any_letters_can_be_read() {
    let systems = "System,Kind,Owner\nÉquipe & Größe,CRM,Müller\n顧客,CMS,\n在庫,ERP,\n";
    let opened = read(&[("Systems", systems), ("Flows", "From,To,Data,How\n"), ("_sinew", "sinew workbook,1\n")]);
    let stack = opened.reading.stack.unwrap();
    let ids: Vec<&str> = stack.systems.iter().map(|system| system.id.as_str()).collect();
    assert_eq!(ids, ["equipe-groesse", "system", "system-2"]);
    assert_eq!(stack.teams[0].id.as_str(), "mueller");
}

/// The sign that a format shows is that of the currency, as in a text.
#[cfg(feature = "xlsx")]
#[test]
fn the_currency_of_formats_is_that_of_the_amounts() {
    let book = |currency: &str, format: &str| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let format = rust_xlsxwriter::Format::new().set_num_format(format);
        let settings = book.add_worksheet().set_name("Settings").unwrap();
        for (row, (label, value)) in [("Setting", "Value"), ("Currency", currency)].into_iter().enumerate() {
            settings.write(u32::try_from(row).unwrap(), 0, label).unwrap();
            settings.write(u32::try_from(row).unwrap(), 1, value).unwrap();
        }
        settings.write(2, 0, "Hourly rate").unwrap();
        settings.write_with_format(2, 1, 72.5, &format).unwrap();
        let systems = book.add_worksheet().set_name("Systems").unwrap();
        for (column, heading) in ["System", "Contract cost"].into_iter().enumerate() {
            systems.write(0, u16::try_from(column).unwrap(), heading).unwrap();
        }
        systems.write(1, 0, "Marketo").unwrap();
        systems.write_with_format(1, 1, 48_000, &format).unwrap();
        let flows = book.add_worksheet().set_name("Flows").unwrap();
        for (column, heading) in ["From", "To", "Data", "How"].into_iter().enumerate() {
            flows.write(0, u16::try_from(column).unwrap(), heading).unwrap();
        }
        super::read_spreadsheet("stack.xlsx", &book.save_to_buffer().unwrap()).unwrap().unwrap()
    };
    let stack = book("", "#,##0.00 [$€-407]").reading.stack.unwrap();
    assert_eq!(stack.currency.as_deref(), Some("EUR"));
    assert_eq!(stack.systems[0].contract.cost.unwrap().likely.0, 48_000.0);
    let stack = book("USD", "\"$\"#,##0.00").reading.stack.unwrap();
    assert_eq!(stack.hourly_rate.unwrap().likely.0, 72.5);
    let opened = book("GBP", "#,##0.00 [$€-407]");
    let said = sinew::source::render(&opened.source, &opened.reading.problems, false);
    assert!(opened.reading.stack.is_none() && said.contains("Systems!B2: `48000 €` is not in GBP"), "{said}");
}

/// A heading in other words and the hidden sheet lost, as where sheets are copied: it was no workbook any more, and its settings were dropped.
#[test]
fn most_headings_are_enough_where_the_settings_are_there() {
    let stack = stack(
        "sinew: 1\ncurrency: EUR\nhourly_rate: 72.5\nsystems: { a: { kind: crm }, b: { kind: cms } }\ndata: { lead: {} }\nflows: [{ from: a, to: b, data: lead, mechanism: api }]\n",
    );
    let book = |systems: (&str, &str), flows: (&str, &str), without: &[&str]| -> Vec<CsvFile> {
        let kept = csv(&stack).into_iter().filter(|file| !without.contains(&file.name.as_str()));
        let edited = kept.map(|file| {
            let text = String::from_utf8(file.bytes).unwrap();
            let bytes = match file.name.as_str() {
                "Systems.csv" => text.replacen(systems.0, systems.1, 1),
                "Flows.csv" => text.replacen(flows.0, flows.1, 1),
                _ => text,
            };
            CsvFile { name: file.name, bytes: bytes.into_bytes() }
        });
        edited.collect()
    };
    let lost = ["_sinew.csv"];
    let same = ("", "");
    for (systems, flows) in [
        (("System,", "System name,"), same),
        (same, ("From,To,Data,How", "From,To,Data,Mechanism")),
        (("System,", "System name,"), ("From,To,Data,How", "Source,To,Data,Mechanism")),
    ] {
        let opened = read_csv("stack", &book(systems, flows, &lost)).unwrap().expect("it is a workbook");
        let read = opened.reading.stack.unwrap_or_else(|| panic!("{:#?}", opened.reading.problems));
        assert_eq!(read.hourly_rate.map(|rate| rate.likely.0), Some(72.5));
        assert_eq!((read.systems.len(), read.flows.len()), (2, 1));
    }
    // A column that nothing stands for is one error, and what follows from it is none.
    let opened =
        read_csv("stack", &book(("System,", "Notes of ours,"), same, &lost)).unwrap().expect("it is a workbook");
    let errors: Vec<&str> = opened
        .reading
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(errors, ["Systems has no column `System`"]);
    let opened = read_csv("stack", &book(("System,", "Sytsem,"), same, &lost)).unwrap().expect("it is a workbook");
    let errors = opened.reading.problems.iter().filter(|problem| problem.level == Level::Error).count();
    assert_eq!(errors, 1, "{:#?}", opened.reading.problems);
    // Without its settings a folder of such tables may be anybody's.
    let without = ["_sinew.csv", "Settings.csv"];
    assert!(read_csv("stack", &book(("System,", "System name,"), same, &without)).unwrap().is_none());
}
