//! LibreOffice opens the workbook, where it is installed; says so where it is not.
#![cfg(feature = "xlsx")]

use std::path::Path;
use std::process::Command;

use sinew::analysis::Analysis;
use sinew::plan::{Options, Plan};
use sinew::report::Report;
use sinew::report::xlsx::{Cell, Column, Kind, Sheet, sheets, workbook};
use sinew::source::Source;

/// The output of a program, or `None` where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The pages of `file` as LibreOffice prints it, or `None` without LibreOffice or pdfinfo.
fn pages(folder: &Path, file: &str) -> Option<usize> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let (to, from) = (folder.to_str()?.to_owned(), folder.join(file).to_str()?.to_owned());
    run("soffice", &[&profile, "--headless", "--convert-to", "pdf", "--outdir", &to, &from])?;
    let pdf = folder.join(file).with_extension("pdf");
    assert!(pdf.exists(), "LibreOffice renders {file}");
    let said = run("pdfinfo", &[pdf.to_str()?])?;
    said.lines().find_map(|l| l.strip_prefix("Pages:")).map(|n| n.trim().parse().expect("a number"))
}

#[test]
fn libreoffice_renders_the_workbook() {
    let folder = std::env::temp_dir().join(format!("sinew-office-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let sheet = Sheet {
        name: "Plan".into(),
        title: "Plan".into(),
        facts: Vec::new(),
        columns: vec![Column::new("What", Kind::Text), Column::summed("Hours", Kind::Hours)],
        rows: vec![vec![Cell::from("=1+1"), Cell::Number(3.5)]],
    };
    std::fs::write(folder.join("plan.xlsx"), workbook("", "", &[sheet]).unwrap()).unwrap();
    match pages(&folder, "plan.xlsx") {
        Some(book) => assert_eq!(book, 1),
        None => eprintln!("skipped: soffice or pdfinfo is not installed"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The sheets of an example with its plan, some cells of its summary changed, as LibreOffice computes them anew; `None`
/// without LibreOffice. The results written beside the formulas stay the old ones.
fn recomputed(folder: &Path, report: &Report, changed: &[(&str, f64)]) -> Option<String> {
    let mut sheets = sheets(report);
    for (name, value) in changed {
        let fact = sheets[0].facts.iter_mut().find(|fact| fact.name == Some(name)).unwrap();
        fact.value = Cell::Number(*value);
    }
    // It computes on opening only where it is told to.
    let user = folder.join("profile/user");
    std::fs::create_dir_all(&user).unwrap();
    std::fs::write(user.join("registrymodifications.xcu"), RECOMPUTE).unwrap();
    std::fs::write(folder.join("changed.xlsx"), workbook("", "", &sheets).unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let format = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,1";
    let (to, from) = (folder.to_str()?, folder.join("changed.xlsx"));
    run("soffice", &[&profile, "--headless", "--convert-to", format, "--outdir", to, from.to_str()?])?;
    let written = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let csv = written.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "csv")).unwrap();
    Some(std::fs::read_to_string(csv).unwrap())
}

const RECOMPUTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

#[test]
fn totals_follow_what_a_reader_changes() {
    let folder = std::env::temp_dir().join(format!("sinew-recomputed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let source = Source::new("stack.yaml", include_str!("../examples/stacks/hubspot-scale-up.yaml").to_owned());
    let stack = sinew::model::read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let options = Options { samples: 0, ..Options::default() };
    let plan = sinew::report::Plan::of(&stack, &Plan::of(&analysis, &options).unwrap(), &options);
    let report = Report::of(&analysis, &[], &source).with_plan(plan.clone());
    let first = &sheets(&report)[0];
    let lever = |name: &str| match first.facts.iter().find(|fact| fact.name == Some(name)).unwrap().value {
        Cell::Number(number) => number,
        _ => panic!("{name} is no number"),
    };
    let (hour, day) = (lever("hourly_rate"), lever("day_rate"));
    let changed = [("hourly_rate", 2.0 * hour), ("day_rate", 3.0 * day), ("effort_share", 1.5)];
    if let Some(csv) = recomputed(&folder, &report, &changed) {
        let total = |label: &str| -> f64 {
            let line = csv.lines().find(|line| line.trim_matches('"').starts_with(label)).unwrap();
            line.split('\t').nth(1).unwrap().parse().unwrap_or_else(|_| panic!("{line}"))
        };
        // By hand: chains at the usual rate cost twice as much, others as before.
        let cost = |times: f64| -> f64 {
            let one = |handoff: &sinew::report::Handoff| {
                let likely = |range: Option<sinew::report::Range>| range.map_or(0.0, |range| range.likely.get());
                let hours = likely(handoff.hours) + likely(handoff.error_hours);
                let is_usual = hours > 0.0 && (likely(handoff.cost) / hours - hour).abs() < 1e-3;
                likely(handoff.cost) * if is_usual { times } else { 1.0 }
            };
            report.handoffs.iter().flatten().map(one).sum()
        };
        let close = |label: &str, expected: f64| {
            assert!((total(label) - expected).abs() < 1.0, "{label}: {} is not {expected}", total(label));
        };
        assert!(cost(2.0) > cost(1.0) + 1.0);
        close("Handoff chains: cost", cost(2.0));
        let work = |item: &sinew::report::plan::Item| item.effort.likely.get() * day * 3.0 * 1.5;
        close("Plan: cost of the work", plan.items.iter().map(work).sum());
        let ratio = cost(2.0) / cost(1.0);
        let worth = |item: &sinew::report::plan::Item| {
            let of_handoffs = item.value_of.handoffs.get();
            let yearly = of_handoffs * ratio + item.value.likely.get() - of_handoffs - item.running_cost.likely.get();
            yearly * (plan.horizon_weeks.get() - 1.5 * item.finish.get()).max(0.0) / 52.0 - work(item)
        };
        close("Plan: worth within the horizon", plan.items.iter().map(worth).sum());
    } else {
        eprintln!("skipped: soffice is not installed");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
