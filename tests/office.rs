//! LibreOffice opens the workbook and computes it anew: what is written beside a formula is what it comes to, and the
//! totals follow the inputs. Without it they are not tried, as `support/judge.rs` says.
#![cfg(feature = "xlsx")]

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use sinew::report::Report;
use sinew::report::story;
use sinew::report::tables::{Amount, Cell};
use sinew::report::xlsx::book;

use crate::support::judge::judge;
use crate::workbook::report;

const STAGE_3: &str = include_str!("../examples/stacks/stage-3-marketo-enterprise.yaml");
const SCALE_UP: &str = include_str!("../examples/stacks/hubspot-scale-up.yaml");

/// It computes on opening only where it is told to.
const RECOMPUTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Whether LibreOffice is there to judge `what`.
pub(crate) fn has_judge(what: &str) -> bool {
    judge("soffice", what).is_some()
}

/// A folder of its own, gone with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sinew-{name}-{}", std::process::id()));
        let user = folder.join("profile/user");
        std::fs::create_dir_all(&user).unwrap();
        std::fs::write(user.join("registrymodifications.xcu"), RECOMPUTE).unwrap();
        Self(folder)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Runs the program `Main` of this module of Basic.
    pub(crate) fn run_macro(&self, module: &str) {
        let profile = format!("-env:UserInstallation=file://{}/profile", self.0.display());
        let run = |arguments: &[&str]| {
            let output = Command::new("soffice").arg(&profile).arg("--headless").args(arguments).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        // The first start of a profile writes a module of its own, which is replaced.
        run(&["--terminate_after_init"]);
        let basic = self.0.join("profile/user/basic/Standard");
        std::fs::create_dir_all(&basic).unwrap();
        let escaped = module.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let module = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n\
             <script:module xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" \
             script:language=\"StarBasic\">{escaped}</script:module>\n"
        );
        std::fs::write(basic.join("Module1.xba"), module).unwrap();
        run(&["--norestore", "macro:///Standard.Module1.Main"]);
    }

    /// The file that LibreOffice makes of `bytes`.
    fn converted(&self, bytes: &[u8], to: &str) -> PathBuf {
        let (from, out) = (self.0.join("book.xlsx"), self.0.join("out"));
        std::fs::write(&from, bytes).unwrap();
        let profile = format!("-env:UserInstallation=file://{}/profile", self.0.display());
        let run = |path: &Path| path.to_str().unwrap().to_owned();
        let arguments =
            [profile, "--headless".into(), "--convert-to".into(), to.into(), "--outdir".into(), run(&out), run(&from)];
        let output = Command::new("soffice").args(arguments).output().unwrap();
        let made = out.join("book").with_extension(to);
        assert!(made.exists(), "LibreOffice makes {to} of it: {}", String::from_utf8_lossy(&output.stderr));
        made
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The workbook of `report` with some inputs changed. The results written beside formulas stay the old ones.
fn changed(report: &Report, inputs: &[(&str, f64)]) -> Vec<u8> {
    let mut told = story::workbook(report);
    for (key, value) in inputs {
        let mut facts = told.summary.parts.iter_mut().flat_map(|(_, facts)| facts);
        let fact =
            facts.find(|fact| fact.key == *key && fact.is_input()).unwrap_or_else(|| panic!("{key} is no input"));
        fact.value = Cell::Amount(Amount::of(*value));
    }
    book(&told).unwrap()
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).expect("calamine opens it")
}

/// The sheets as LibreOffice computes them.
fn recomputed(name: &str, bytes: &[u8]) -> Book {
    let folder = Folder::of(name);
    open(std::fs::read(folder.converted(bytes, "xlsx")).unwrap())
}

/// What stands beside a label of the summary.
fn figure(book: &mut Book, label: &str) -> f64 {
    let values = book.worksheet_range("Summary").unwrap();
    let row = values.rows().find(|row| row[0].to_string().starts_with(label)).unwrap_or_else(|| panic!("{label}"));
    row[1].as_f64().unwrap_or_else(|| panic!("{label}: {row:?}"))
}

#[test]
fn what_is_written_beside_a_formula_is_what_it_comes_to() {
    if !has_judge("the results that the workbook carries") {
        return;
    }
    for (name, text) in [("scale-up", SCALE_UP), ("stage-3", STAGE_3)] {
        let bytes = changed(&report(text), &[]);
        let (mut ours, mut theirs) = (open(bytes.clone()), recomputed(name, &bytes));
        let mut count = 0;
        for sheet in ours.sheet_names() {
            let (found, expected) = (ours.worksheet_range(&sheet).unwrap(), theirs.worksheet_range(&sheet).unwrap());
            let formulas = ours.worksheet_formula(&sheet).unwrap();
            let start = formulas.start().unwrap_or_default();
            for (row, column, formula) in formulas.used_cells() {
                let at = (start.0 + row as u32, start.1 + column as u32);
                let (found, expected) = (found.get_value(at), expected.get_value(at));
                let place = format!("{name} {sheet} {at:?}: {formula}");
                let (Some(found), Some(expected)) = (found, expected) else {
                    panic!("{place} is {found:?}, computed {expected:?}");
                };
                match (found.as_f64(), expected.as_f64()) {
                    (Some(found), Some(expected)) => {
                        let is_close = (found - expected).abs() <= 1e-4 * expected.abs().max(1.0);
                        assert!(is_close, "{place} is written as {found} and comes to {expected}");
                    }
                    _ => assert_eq!(found.to_string(), expected.to_string(), "{place}"),
                }
                count += 1;
            }
        }
        assert!(count > 50, "{name}: {count} formulas");
    }
}

#[test]
fn totals_follow_what_a_reader_changes() {
    if !has_judge("the totals that follow the inputs of the workbook") {
        return;
    }
    let report = report(STAGE_3);
    let mut before = open(changed(&report, &[]));
    let (hour, day) = (figure(&mut before, "Hourly rate,"), figure(&mut before, "Cost of a person-day"));
    let inputs = [("hourly_rate", 2.0 * hour), ("day_rate", 3.0 * day), ("effort_share", 1.5), ("rework_share", 0.5)];
    let mut after = recomputed("changed", &changed(&report, &inputs));
    // What is rounded before it is added up may be off by half a unit for each row.
    let mut near = |label: &str, expected: f64, off: f64| {
        let found = figure(&mut after, label);
        assert!((found - expected).abs() <= off + 1e-6 * expected.abs().max(1.0), "{label}: {found} is not {expected}");
    };
    // By hand: half of the rework, and steps at the stack's rate cost twice as much.
    let totals = report.handoff_totals.as_ref().unwrap();
    let today = totals.cost.unwrap().likely.get();
    let cost: f64 = totals
        .steps
        .iter()
        .filter_map(|step| {
            let hours = step.hours?.likely.get() + 0.5 * step.error_hours?.likely.get();
            Some(hours * step.rate?.likely.get() * if step.has_own_rate { 1.0 } else { 2.0 })
        })
        .sum();
    assert!(cost > today * 1.05, "the rate of the stack matters");
    near("Cost of work by hand,", cost, 0.0);
    let ratio = cost / today;
    let plan = report.plan.as_ref().unwrap();
    let work = |item: &sinew::report::plan::Item| item.effort.likely.get() * day * 3.0 * 1.5;
    near("Cost of building the plan", plan.items.iter().map(work).sum(), 0.5);
    let net = |item: &sinew::report::plan::Item| {
        let of_handoffs = item.value_of.unwrap().handoffs.get();
        let yearly = of_handoffs * ratio + item.gain() - of_handoffs - item.running_cost.likely.get();
        yearly * (plan.horizon_weeks.get() - 1.5 * item.finish.get()).max(0.0) / 52.0 - work(item)
    };
    near("Net value of the plan", plan.items.iter().map(net).sum(), 2.5);
    // The same total wherever it stands.
    let handoffs = after.worksheet_range("Handoffs").unwrap();
    let is_total = |cell: &Data| cell.as_f64().is_some_and(|number| (number - cost).abs() < 0.01);
    assert!(handoffs.rows().take(6).flatten().any(is_total), "the total of the handoffs follows");
    let standing = after.worksheet_range("Before and after").unwrap();
    assert!(standing.rows().flatten().any(is_total), "today's cost follows");
    // The charts draw what follows, sorted again; the weeks of the items follow the effort.
    let mut costs: Vec<(f64, &str)> = totals
        .steps
        .iter()
        .filter_map(|step| {
            let hours = step.hours?.likely.get() + 0.5 * step.error_hours?.likely.get();
            let cost = hours * step.rate?.likely.get() * if step.has_own_rate { 1.0 } else { 2.0 };
            Some((cost, step.flow.as_str()))
        })
        .collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let order = |all: &[(f64, &str)]| all.iter().map(|(_, flow)| (*flow).to_owned()).collect::<Vec<_>>();
    let was: Vec<String> = totals.steps.iter().map(|step| step.flow.clone()).collect();
    assert_ne!(order(&costs), was, "the changed inputs change the order");
    let data = after.worksheet_range("Chart data").unwrap();
    let drawn: Vec<(String, f64)> = data
        .rows()
        .skip(4)
        .take(12.min(costs.len()))
        .map(|row| (row[1].to_string(), row[2].as_f64().unwrap()))
        .collect();
    for ((name, drawn), (cost, flow)) in drawn.iter().zip(&costs) {
        assert_eq!(*name, report.stack.names.component(flow), "{drawn}");
        assert!((drawn - cost).abs() < 0.01, "{name}: {drawn} is not {cost}");
    }
    let weeks = after.worksheet_range("Gantt").unwrap();
    for (row, item) in weeks.rows().skip(5).zip(&plan.items) {
        assert_eq!(row[1].to_string(), item.title);
        let finish = row[5].as_f64().unwrap();
        assert!((finish - 1.5 * item.finish.get()).abs() < 1e-6, "{}: {finish}", item.id);
    }
}

#[test]
fn libreoffice_prints_the_workbook() {
    let what = "the workbook on paper";
    if !has_judge(what) || judge("pdfinfo", what).is_none() {
        return;
    }
    let report = report(SCALE_UP);
    let folder = Folder::of("printed");
    let pdf = folder.converted(&changed(&report, &[]), "pdf");
    let said = Command::new("pdfinfo").arg(pdf).output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let pages = said.lines().find_map(|line| line.strip_prefix("Pages:")).map(|n| n.trim().parse::<usize>().unwrap());
    // Summary, Dashboard, Gantt and Chart data stand beside the tables.
    let sheets = story::workbook(&report).tables.len() + 4;
    assert!(pages.is_some_and(|pages| pages >= sheets && pages <= 4 * sheets), "{pages:?} pages of {sheets} sheets");
}
