//! From the workbook of a person who never saw a stack file to the report with slides, without a hand on YAML.

use std::fs;
use std::sync::LazyLock;

use super::books;
use crate::support::binary::{code, err, folder, run};

/// Reads the report of the workbook called `name`, written by two commands.
fn report(name: &str, bytes: &[u8]) -> serde_json::Value {
    let folder = folder(&format!("first-report-{name}"));
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(path("book.xlsx"), bytes).unwrap();
    let output = run(&["import", &path("book.xlsx"), "-o", &path("stack.yaml")]);
    assert_eq!(code(&output), 0, "{name}: {}", err(&output));
    let output = run(&["report", &path("stack.yaml"), "-o", &path("out")]);
    assert_eq!(code(&output), 0, "{name}: {}", err(&output));
    let slides = fs::read(folder.join("out/slides.pptx")).unwrap();
    assert!(slides.starts_with(b"PK") && slides.len() > 20_000, "{name}: {} bytes", slides.len());
    serde_json::from_slice(&fs::read(folder.join("out/report.json")).unwrap()).unwrap()
}

/// The reports of the three workbooks, by name; written once for all tests.
pub(super) static REPORTS: LazyLock<Vec<(&str, serde_json::Value)>> =
    LazyLock::new(|| books::all().map(|(name, bytes)| (name, report(name, &bytes))).collect());

#[test]
fn three_workbooks_of_people_give_reports_with_slides_and_plans() {
    for (name, report) in REPORTS.iter() {
        let count = |list: &str| report[list].as_array().unwrap_or_else(|| panic!("{name}: {list}")).len();
        assert!(count("findings") >= 5, "{name}: {}", count("findings"));
        let items = report["plan"]["items"].as_array().unwrap().len();
        // The second has manual handoffs between products that the catalog joins.
        if *name == "02-product-led" {
            assert!(items >= 1, "{name}: {}", report["plan"]);
        }
        eprintln!("{name}: {} findings, {items} items", count("findings"));
    }
}
