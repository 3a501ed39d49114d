//! What is wrong with a workbook is said by cell, all at once, with what to write instead.

use std::io::Cursor;

use sinew::source::Level;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{read, said};

const SYSTEMS: &str = "System,Product,Kind,Status,Id\nSalesforce,,,,\nMarketo,,,,\nWordPress,,,,\n";
const FLOWS: &str = "From,To,Data,How,Done by,How often,Minutes,Id\n";

fn flows(rows: &str) -> String {
    format!("{FLOWS}{rows}")
}

#[test]
fn a_name_is_enough_of_a_system_and_new_data_and_teams_are_added() {
    let rows = flows(
        "Salesforce,Marketo,Lead; Outcome,Native connector,,288/day,,\nMarketo,WordPress,Draft,copy & paste,Content,2x per week,~15,\n",
    );
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    let stack = opened.reading.stack.as_ref().expect("it is a stack");
    let ids: Vec<&str> = stack.flows.iter().map(|flow| flow.id.as_str()).collect();
    assert_eq!(ids, ["marketo->wordpress:draft", "salesforce->marketo:lead,outcome"]);
    assert_eq!(stack.systems[0].facts.product.as_ref().map(|product| product.as_str()), Some("marketo-engage"));
    assert_eq!(stack.flows[0].runs.map(|runs| runs.likely.0), Some(104.0));
    let said = said(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    assert!(said.contains("Flows!C2: `Lead`, `Outcome` and `Draft` have no row on Data"), "{said}");
    assert!(said.contains("Flows!E3: `Content` has no row on Teams, and is taken as a new team"), "{said}");
}

/// Where Settings names no currency, that of the cells is taken and told; an amount in another is refused at its cell.
#[test]
fn the_currency_of_the_cells_is_read_and_two_are_told() {
    let settings = "Setting,Value,Meaning\nHourly rate,$85,\n";
    let systems =
        |cost: &str| format!("System,Product,Owner,Contract cost\nMarketo,Marketo,Ops,{cost}\nDrift,Drift,Ops,\n");
    for (cost, amount) in [("$120k", 120_000.0), ("120000 USD", 120_000.0), ("4800", 4_800.0)] {
        let systems = systems(cost);
        let sheets = [("Settings", settings), ("Systems", systems.as_str()), ("Flows", FLOWS)];
        let opened = read(&sheets);
        let stack = opened.reading.stack.as_ref().expect("it is a stack");
        assert_eq!(stack.currency.as_deref(), Some("USD"), "{cost}");
        let cost = stack.systems.iter().find_map(|system| system.contract.cost).unwrap();
        assert_eq!(cost.likely.0, amount);
        assert!(
            said(&sheets)
                .contains("no currency is stated: USD is taken from this cell\n          --> stack:Settings!B2"),
            "{}",
            said(&sheets)
        );
    }
    let euros = systems("85 €");
    let told = said(&[("Settings", settings), ("Systems", euros.as_str()), ("Flows", FLOWS)]);
    assert!(told.contains("Systems!D2") && told.contains("is not in USD, the currency of the stack"), "{told}");
    let stated = "Setting,Value,Meaning\nCurrency,EUR,\n";
    let told = said(&[("Settings", stated), ("Systems", euros.as_str()), ("Flows", FLOWS)]);
    assert!(!told.contains("no currency is stated") && !told.contains("is not in"), "{told}");
}

#[test]
fn wrong_cells_are_told_all_at_once() {
    let rows = flows(
        "Salesfroce,Marketo,Lead,Native connector,,,,\n\
         Marketo,WordPress,Draft,Copy and past,Content,often,soon,\n\
         Marketo,,Draft,API,,,,\n\
         Marketo,Nowhere,Draft,API,,,2026-10-20,\n",
    );
    let systems =
        "System,Product,Kind,Status,Id\nSalesforce,,,,\nMarketo,,Robot,,\nWordPress,,,Piloot,\nMarketo,,,,\n,,CRM,,x\n";
    let said = said(&[("Systems", systems), ("Flows", &rows)]);
    for expected in [
        "Flows!A2: There is no system `Salesfroce`; did you mean `Salesforce`?",
        "Flows!D3: Unknown mechanism `Copy and past`; write `Copy and paste`",
        "Flows!B4",
        "the row has no `To`",
        "Flows!B5: There is no system `Nowhere`; add a row for it on Systems, or pick one that is there",
        "Systems!D4: Unknown status of a system `Piloot`; did you mean `Pilot`?",
        "two rows of Systems are called `Marketo`",
        "Systems!A5",
        "the row has no `System`",
        "Flows!F3",
        "Flows!G3",
    ] {
        assert!(said.to_lowercase().contains(&expected.to_lowercase()), "{expected}\n\n{said}");
    }
}

/// Ids stand in a column that is folded away, and that of a name without Latin letters says nothing.
#[test]
fn warnings_name_what_the_cells_name() {
    let systems =
        "System,Product,Kind,Status,Id\nSalesforce,,,,\nMarketo,,,,\n受付,,CRM,,\nEventliste (Excel),Excel,,,\n";
    let rows = flows(
        "Salesforce,Marketo,Neue Leads,API,,1/day,,\nEventliste (Excel),Marketo,Gäste,Copy and paste,,1/day,5,\n",
    );
    // Only where processes are stated is it known what is used.
    let said = said(&[("Systems", systems), ("Flows", &rows), ("Processes", "Process,Id\nLeadvergabe,\n")]);
    for expected in [
        "nothing touches `受付`",
        "`Neue Leads` arrives at `Marketo` and is used nowhere there",
        "flow `Eventliste (Excel) → Marketo: Gäste` has no performer",
        "handoff `Eventliste (Excel) → Marketo: Gäste` has no hourly rate",
    ] {
        assert!(said.contains(expected), "{expected}\n\n{said}");
    }
    for id in ["`system`", "`neue-leads`", "`eventliste", "`marketo`"] {
        assert!(!said.contains(id), "{id}\n\n{said}");
    }
}

/// A point before three digits stands between thousands in some places, and before decimals in others.
#[test]
fn an_amount_that_may_be_a_thousand_times_as_much_is_asked_about() {
    let settings = "Setting,Value,Meaning\nCurrency,€,\n";
    let cost =
        |cost: &str| format!("System,Product,Owner,Contract cost\nMarketo,Marketo,Ops,{cost}\nDrift,Drift,Ops,\n");
    let systems = cost("48.000 €");
    let told = said(&[("Settings", settings), ("Systems", &systems), ("Flows", FLOWS)]);
    assert!(told.contains("write `EUR`") && !told.contains("\"EUR\""), "{told}");
    let stated = "Setting,Value,Meaning\nCurrency,EUR,\n";
    let told = said(&[("Settings", stated), ("Systems", &systems), ("Flows", FLOWS)]);
    assert!(told.contains("`48.000 €` is 48 or 48000"), "{told}");
    assert!(told.contains("write `48000` where the point stands between thousands, or `48` where"), "{told}");
    for (text, amount) in [("48000 €", 48_000.0), ("48", 48.0), ("48.50 €", 48.5), ("1.250.000 €", 1_250_000.0)] {
        let systems = cost(text);
        let opened = read(&[("Settings", stated), ("Systems", &systems), ("Flows", FLOWS)]);
        let stack = opened.reading.stack.as_ref().unwrap_or_else(|| panic!("{text}: {:?}", opened.reading.problems));
        assert_eq!(stack.systems.iter().find_map(|system| system.contract.cost).unwrap().likely.0, amount, "{text}");
    }
}

#[test]
fn replacements_applied_to_the_letter_leave_no_error() {
    let rows = flows("Salesfroce,Marketo,Lead,Nativ connector,,1/wek,,\n");
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    let mut cells: Vec<String> =
        "Salesfroce,Marketo,Lead,Nativ connector,,1/wek,,".split(',').map(str::to_owned).collect();
    let mut fixed = 0;
    for problem in opened.reading.problems.iter().filter(|problem| problem.level == Level::Error) {
        let fix = problem.fixes.first().unwrap_or_else(|| panic!("no replacement: {problem:?}"));
        for (span, text) in &fix.edits {
            let column = opened.source.position(span.start as usize).column as usize;
            let old = &opened.source.text()[span.start as usize..span.end as usize];
            cells[column - 1] = cells[column - 1].replace(old, text);
            fixed += 1;
        }
    }
    assert_eq!(fixed, 3);
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{}\n", cells.join(","))))]);
    assert!(opened.reading.stack.is_some(), "{cells:?}: {:#?}", opened.reading.problems);
}

#[test]
fn a_file_that_somebody_carries_is_no_scheduled_one_and_a_list_of_data_is_apart() {
    let rows = |performer: &str| {
        flows(&format!(
            "Salesforce,Marketo,Lead,upload,{performer},weekly,10,\nMarketo,WordPress,\"Lead, Score\",API,,,,\nMarketo,Salesforce,\"Won, or lost\",API,,,,\n"
        ))
    };
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &rows("Content"))]);
    let stack = opened.reading.stack.as_ref().expect("it is a stack");
    let ids: Vec<&str> = stack.flows.iter().map(|flow| flow.id.as_str()).collect();
    assert_eq!(
        ids,
        ["marketo->salesforce:won-or-lost", "marketo->wordpress:lead,score", "salesforce->marketo:lead"],
        "what nobody else names stays one name"
    );
    assert!(stack.flows[2].is_manual());
    let told = said(&[("Systems", SYSTEMS), ("Flows", &rows(""))]);
    assert!(told.contains("`upload` is not one mechanism but several"), "{told}");
}

#[test]
fn a_copied_row_is_a_new_flow_or_told() {
    let original = "Salesforce,Marketo,Lead,API,,,,salesforce->marketo:lead\n";
    let copy = "Salesforce,WordPress,Lead,API,,,,salesforce->marketo:lead\n";
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{original}{copy}")))]);
    assert_eq!(opened.reading.stack.map(|stack| stack.flows.len()), Some(2));
    let said = said(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{original}{original}")))]);
    assert!(said.contains("error[copied-row]: the row is a copy of another one"), "{said}");
    assert!(said.contains("stack:Flows!H3") && said.contains("stack:Flows!H2"), "{said}");
    assert!(said.contains("change From, To or Data to make it an entry of its own, or remove the row"), "{said}");
}

#[test]
fn a_copied_system_is_a_new_one_once_it_has_another_name() {
    let systems = "System,Product,Kind,Id\nSalesforce,,,crm\nSalesforce (EMEA),Salesforce,,crm\n";
    let opened = read(&[("Systems", systems), ("Flows", FLOWS)]);
    let stack = opened.reading.stack.expect("it is a stack");
    let ids: Vec<&str> = stack.systems.iter().map(|system| system.id.as_str()).collect();
    assert_eq!(ids, ["crm", "salesforce-emea"]);
}

#[test]
fn headings_that_are_near_to_ours_or_missing_are_told() {
    let said = said(&[
        ("Systems", "System,Kindd,Domain\nSalesforce,CRM,Sales\n"),
        ("Flows", "From,Too,How\nSalesforce,x,API\n"),
        ("_sinew", "sinew workbook,1\n"),
    ]);
    for expected in [
        "error[unknown-heading]",
        "Systems!B1",
        "no column of Systems is called `Kindd`; did you mean `Kind`?",
        "Flows has no column `Data`",
        "add the heading `Data` to row 1",
    ] {
        assert!(said.to_lowercase().contains(&expected.to_lowercase()), "{expected}\n\n{said}");
    }
}

#[test]
fn own_columns_are_kept_and_titles_above_the_headings_are_no_harm() {
    let systems = "Our stack,,\n,,\nSystem,Kind,Cost center\nSalesforce,CRM,4711\n";
    let opened = read(&[("Systems", systems), ("Flows", FLOWS), ("_sinew", "sinew workbook,1\n")]);
    let stack = opened.reading.stack.expect("it is a stack");
    let written = sinew::model::write::write(&stack);
    assert!(written.contains("x-cost-center: 4711"), "{written}");
    let place = opened.source.place(stack.systems[0].place.start as usize);
    assert_eq!(place, "Systems!A4");
}

#[test]
fn findings_and_warnings_point_at_cells() {
    let rows = flows("Salesforce,Marketo,Lead,Copy and paste,,3/week,15,\n");
    let settings = "Setting,Value,Meaning,Key\nName of the stack,Acme,,name\nHourly rate,,,hourly_rate\n";
    let said = said(&[("Settings", settings), ("Systems", SYSTEMS), ("Flows", &rows)]);
    assert!(said.contains("stack:Settings!B3") && said.contains("fill in the hourly rate on Settings"), "{said}");
    assert!(said.contains("stack:Flows!E2") && said.contains("`Done by`"), "{said}");
}

#[test]
fn another_version_and_sheets_of_ones_own_are_told() {
    let told =
        said(&[("Systems", SYSTEMS), ("Flows", FLOWS), ("Budget", "a,b\n1,2\n"), ("_sinew", "sinew workbook,7\n")]);
    assert!(told.contains("the workbook has format version `7`"), "{told}");
    assert!(told.contains("warning[sheet-not-read]") && told.contains("`Budget`"), "{told}");
}

/// A folder of CSV files, gone with the test.
fn folder_of(test: &str, sheets: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = crate::support::binary::folder(test).join("book");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in sheets {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
    folder
}

#[test]
fn programs_are_given_sheet_row_and_column_and_the_whole_cell() {
    let rows = flows("Salesforce,Marketo,Lead,Native connector,,,,\nMarketo,Salesforce; WordPres,Lead,API,,,,\n");
    let folder = folder_of("spreadsheet-programs", &[("Systems", SYSTEMS), ("Flows", &rows)]);
    let output = crate::support::binary::run(&["check", folder.to_str().unwrap(), "--format", "json"]);
    assert_eq!(crate::support::binary::code(&output), 2);
    let told: serde_json::Value = serde_json::from_str(crate::support::binary::out(&output)).unwrap();
    let error = told["diagnostics"].as_array().unwrap().iter().find(|one| one["level"] == "error").unwrap();
    let place = &error["location"];
    assert_eq!((&place["sheet"], &place["line"], &place["column"]), (&"Flows".into(), &3.into(), &2.into()), "{error}");
    let edit = &error["fixes"][0]["edits"][0];
    assert_eq!((&edit["sheet"], &edit["text"]), (&"Flows".into(), &"Salesforce; WordPress".into()), "{error}");
}

#[test]
fn a_workbook_is_imported_alone_or_with_others_and_a_folder_without_one_is_named() {
    let rows = flows("Salesforce,Marketo,Lead,Native connector,,,,\n");
    let folder = folder_of("spreadsheet-import", &[("Systems", SYSTEMS), ("Flows", &rows)]);
    let run = |arguments: &[&str]| {
        let output = crate::support::binary::run(arguments);
        let said = format!("{}{}", crate::support::binary::out(&output), crate::support::binary::err(&output));
        (crate::support::binary::code(&output), said)
    };
    let book = folder.to_str().unwrap();
    let (code, said) = run(&["import", book]);
    assert!(code == 0 && said.contains("  salesforce:\n") && said.contains("[workbook]: 4 rows; 4 taken"), "{said}");
    assert_eq!(run(&["import", book]), run(&["import", "workbook", book]));
    assert_eq!(run(&["import", book]), run(&["import", "--from", "workbook", book]));
    let (code, said) = run(&["import", book, book]);
    assert!(code == 0 && said.contains("book (2) [workbook]: 4 rows") && !said.contains("conflict"), "{said}");
    let (code, said) = run(&["import", "--from", "workbook", folder.join("Flows.csv").to_str().unwrap()]);
    assert!(code == 2 && said.contains("Flows.csv is not a workbook of sinew"), "{said}");
    let (code, said) = run(&["check", folder.parent().unwrap().to_str().unwrap()]);
    assert!(code == 2 && said.contains("is a folder without a stack in CSV files"), "{said}");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_blank_workbook_is_written_and_checked() {
    let folder = crate::support::binary::folder("spreadsheet-blank");
    std::fs::create_dir_all(&folder).unwrap();
    let book = folder.join("stack.xlsx");
    let book = book.to_str().unwrap();
    let run = |arguments: &[&str]| crate::support::binary::code(&crate::support::binary::run(arguments));
    assert_eq!(run(&["init", book]), 0);
    assert_eq!(run(&["init", book]), 2, "what is there stays");
    assert_eq!(run(&["check", book]), 0);
    let again = folder.join("again.xlsx");
    let again = again.to_str().unwrap();
    assert_eq!(run(&["export", book, "-o", again]), 0);
    let output = crate::support::binary::run(&["export", book, "-o", again]);
    let said = crate::support::binary::err(&output).to_owned();
    let help = format!("overwrite it: `sinew export {book} -o {again} --force`");
    assert!(crate::support::binary::code(&output) == 2 && said.contains(&help), "{said}");
    assert_eq!(run(&["export", book, "-o", again, "--force"]), 0);
    assert_eq!(run(&["export", again, "-o", again]), 0, "its own workbook is written back");
    let tables = folder.join("tables");
    std::fs::create_dir_all(&tables).unwrap();
    let tables = tables.to_str().unwrap();
    assert_eq!(run(&["export", book, "-o", tables, "--format", "csv"]), 0, "an empty folder is there to be filled");
    // What an answer may look like is no line of a stack file.
    let shown = std::fs::read_dir(tables).unwrap().map(|file| file.unwrap().path());
    let shown = shown.filter(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('_'));
    let shown: String = shown.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(shown.contains("Campaign launch") && !shown.contains('{'), "{shown}");
    assert_eq!(run(&["export", book, "-o", tables, "--format", "csv"]), 2);
    assert_eq!(run(&["export", tables, "-o", tables, "--format", "csv"]), 0);
    assert_eq!(run(&["export", book, "-o", folder.join("again.doc").to_str().unwrap()]), 2);
}

#[cfg(feature = "xlsx")]
#[test]
fn products_of_ones_own_are_offered_and_empty_columns_are_folded() {
    use calamine::{Reader as _, Xlsx};

    let folder = crate::support::binary::folder("spreadsheet-own-catalog");
    let path = |name: &str| folder.join(name).display().to_string();
    std::fs::write(path("own.csv"), "id,name,vendor,category\nacme-crm,Acme CRM,Acme,crm\n").unwrap();
    let products = |book: &str| -> Vec<String> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(book).unwrap())).unwrap();
        let lists = book.worksheet_range("Lists").unwrap();
        let column = lists.rows().next().unwrap().iter().position(|head| *head == "Product").unwrap();
        lists.rows().skip(1).map(|row| row[column].to_string()).filter(|name| !name.is_empty()).collect()
    };
    let run = |arguments: &[&str]| crate::support::binary::code(&crate::support::binary::run(arguments));
    assert_eq!(run(&["init", &path("plain.xlsx")]), 0);
    assert_eq!(run(&["init", &path("own.xlsx"), "--catalog", &path("own.csv")]), 0);
    let (plain, own) = (products(&path("plain.xlsx")), products(&path("own.xlsx")));
    assert!(plain.len() > 400 && own.contains(&"Acme CRM".to_owned()) && !plain.contains(&"Acme CRM".to_owned()));
    // A stack file that names its catalog has it in the workbook too.
    std::fs::write(path("s.yaml"), "sinew: 1\ncatalog: own.csv\nsystems: { a: { kind: crm, availability: 99% } }\n")
        .unwrap();
    assert_eq!(run(&["export", &path("s.yaml"), "-o", &path("s.xlsx")]), 0);
    assert_eq!(products(&path("s.xlsx")), own);
    // Columns of which nothing is stated are folded, and one that has something is not.
    let mut archive = ZipArchive::new(std::fs::File::open(path("s.xlsx")).unwrap()).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet3.xml").unwrap(), &mut sheet).unwrap();
    let folded: Vec<(u32, u32)> = sheet
        .split("<col ")
        .filter(|column| column.contains("hidden=\"1\""))
        .map(|column| {
            let number = |key: &str| column.split(key).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            (number("min=\""), number("max=\""))
        })
        .collect();
    let book = sinew::workbook::csv(&crate::judgement::stacks::stack("sinew: 1\nsystems: { a: { kind: crm } }\n"));
    let systems = book.iter().find(|file| file.name == "Systems.csv").unwrap();
    let heads = &super::laws::csv_rows(&systems.bytes)[0];
    let is_folded = |head: &str| {
        let at = u32::try_from(heads.iter().position(|one| one == head).unwrap()).unwrap() + 1;
        folded.iter().any(|(min, max)| (*min..=*max).contains(&at))
    };
    assert!(is_folded("Runbook") && is_folded("Window calls"), "{folded:?}");
    assert!(!is_folded("Availability") && !is_folded("Owner") && !is_folded("System"), "{folded:?}");
}

#[cfg(feature = "xlsx")]
#[test]
fn what_is_no_workbook_of_ours_is_refused_or_left_to_others() {
    use std::io::Write as _;

    use super::read_spreadsheet;

    let packed = |size: usize| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        archive.start_file("xl/workbook.xml", options).unwrap();
        archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        let zeros = vec![b'0'; 1 << 20];
        (0..size).for_each(|_| archive.write_all(&zeros).unwrap());
        archive.finish().unwrap().into_inner()
    };
    let bomb = packed(100);
    let (read, taken) = crate::support::counted::counted(|| read_spreadsheet("bomb.xlsx", &bomb));
    assert!(read.is_err(), "100 MiB out of some kilobytes");
    assert!(taken.bytes_max < 10_000_000, "{taken:?}");
    assert!(read_spreadsheet("broken.xlsx", b"PK\x03\x04 xl/workbook.xml").is_err());
    assert!(read_spreadsheet("stack.yaml", b"sinew: 1\n").unwrap().is_none());
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().set_name("a'b (c) & d").unwrap().write_string(0, 0, "Tool").unwrap();
    assert!(read_spreadsheet("other.xlsx", &other.save_to_buffer().unwrap()).unwrap().is_none());
}

/// Answers about a workbook spoke of `true`, `kind: other` and `needs:`, which no cell has.
#[test]
fn help_is_in_the_words_of_cells() {
    let systems = "System,Product,Kind,Audience facing,Id\nOur sheet,Googel Shets,,,\nOur writer,House of Words,,perhaps,\nMarketo,,Martech,,\n";
    let processes = "Process,Id\nForecast call,\n";
    let told = said(&[("Systems", systems), ("Flows", FLOWS), ("Processes", processes)]);
    for expected in [
        "did you mean `Google Sheets`?",
        "add `Other` under `Kind`",
        "expected `Yes` or `No`, found `perhaps`",
        "write `Yes` if it is so, or `No` if it is not",
        "process `Forecast call` has no needs",
        "add a row on Needs",
        "pick `Other` if none of the others fits, else one of the list",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    let lone = said(&[("Systems", "System,Id\nMarketo,\n"), ("Flows", FLOWS)]);
    assert!(lone.contains("comes out of it on Flows"), "{lone}");
    for yaml in ["`true`", "kind: other", "`needs:`", "forecast-call"] {
        assert!(!told.contains(yaml), "{yaml}\n{told}");
    }
}

/// `65 GBP/h` was an amount in USD: the sign stands before the time.
#[test]
fn another_currency_before_the_time_is_refused_at_its_cell() {
    let settings = "Setting,Value,Meaning\nCurrency,USD,\nHourly rate,65 GBP/h,\n";
    let systems = "System,Product,Contract cost\nMarketo,Marketo,2000 EUR/mo\n";
    let told = said(&[("Settings", settings), ("Systems", systems), ("Flows", FLOWS)]);
    for expected in ["`65 GBP/h` is not in USD", "`2000 EUR/mo` is not in USD", "Systems!C2"] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}
