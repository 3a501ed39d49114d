//! Baselines and differences: what is the same finding, and what a change moves.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::binary::{code, err, folder, out, run};

/// A sheet between two systems, carried by one person, and a process that hangs on it.
pub(super) const BEFORE: &str = "sinew: 1
name: Rename
hourly_rate: 50
teams: { ops: { people: 1, name: Operations } }
systems:
  crm:   { product: salesforce-sales-cloud, name: Salesforce, domain: Sales }
  sheet: { kind: spreadsheet }
  bi:    { product: tableau }
data: { lead: {} }
flows:
  - { from: crm, to: sheet, data: lead, mechanism: export-import, performer: ops, runs: 1/week, minutes: 30 }
  - { from: sheet, to: bi, data: lead, mechanism: export-import, performer: ops, runs: 1/week, minutes: 30 }
processes:
  board: { needs: [ { data: lead, at: bi } ], outage_cost: 100 }
";

struct Compared {
    folder: PathBuf,
}

impl Compared {
    fn new(test: &str) -> Self {
        let folder = folder(&format!("field-{test}"));
        fs::write(folder.join("before.yaml"), BEFORE).unwrap();
        let compared = Self { folder };
        let report = run(&["check", &compared.path("before.yaml"), "--format", "json"]);
        fs::write(compared.folder.join("baseline.json"), &report.stdout).unwrap();
        compared
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn write(&self, text: &str) -> String {
        fs::write(self.folder.join("after.yaml"), text).unwrap();
        self.path("after.yaml")
    }

    /// New, worse, fixed and void findings of `text`, how many are unchanged, and the exit code of a gate that denies all.
    fn against_baseline(&self, text: &str) -> ([Vec<String>; 4], u64, i32) {
        let after = self.write(text);
        let baseline = self.path("baseline.json");
        let output = run(&["check", &after, "--baseline", &baseline, "--deny-severity", "low", "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
        let list = |key: &str| {
            let id = |one: &Value| one.as_str().unwrap_or_else(|| one["id"].as_str().unwrap()).to_owned();
            report["baseline"][key].as_array().unwrap().iter().map(id).collect()
        };
        let all = [list("new"), list("worse"), list("fixed"), list("void")];
        (all, report["baseline"]["unchanged"].as_u64().unwrap(), code(&output))
    }

    fn diff(&self, text: &str) -> Value {
        let after = self.write(text);
        let output = run(&["diff", &self.path("before.yaml"), &after, "--format", "json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
    }
}

const NONE: [Vec<String>; 4] = [const { Vec::new() }; 4];

#[test]
fn names_lines_order_and_ids_of_flows_make_no_finding_new() {
    let compared = Compared::new("same");
    for (what, text) in [
        ("names", BEFORE.replace("name: Salesforce,", "name: Salesforce CRM,").replace("Operations", "Ops")),
        ("lines", BEFORE.replace("systems:\n", &format!("{}systems:\n", "# a note\n".repeat(40)))),
        (
            "ids",
            BEFORE
                .replace("- { from: crm", "- { id: export, from: crm")
                .replace("- { from: sheet", "- { id: import, from: sheet"),
        ),
        ("order", {
            let mut lines: Vec<&str> = BEFORE.lines().collect();
            lines.swap(10, 11);
            lines.join("\n") + "\n"
        }),
    ] {
        assert_ne!(text, BEFORE, "{what}");
        assert_eq!(compared.against_baseline(&text), (NONE, 6, 0), "{what}");
    }
}

#[test]
fn an_object_more_is_a_finding_about_that_object_only() {
    let compared = Compared::new("object");
    let text = BEFORE.replace("data: { lead: {} }", "data: { lead: {}, score: {} }").replacen(
        "data: lead, mech",
        "data: [lead, score], mech",
        1,
    );
    let (changes, unchanged, code) = compared.against_baseline(&text);
    assert_eq!((changes[0].len(), unchanged, code), (1, 6, 1), "{changes:?}");
    assert!(changes[1..].iter().all(Vec::is_empty), "{changes:?}");
}

#[test]
fn a_system_that_was_called_otherwise_is_the_same() {
    let compared = Compared::new("renamed");
    let renamed =
        BEFORE.replace("from: crm", "from: sfdc").replace("  crm:   { product", "  sfdc: { was: crm, product");
    assert_eq!(compared.against_baseline(&renamed), (NONE, 6, 0));
    let diff = compared.diff(&renamed);
    assert_eq!(diff["changed"], false, "{diff:#}");
}

#[test]
fn what_runs_no_more_is_not_fixed() {
    let compared = Compared::new("removed");
    let lines: Vec<&str> = BEFORE.lines().filter(|line| !line.starts_with("  - {")).collect();
    let (changes, unchanged, code) = compared.against_baseline(&(lines.join("\n") + "\n"));
    assert_eq!((changes[0].as_slice(), unchanged, code), (&["unsupplied-need:board".to_owned()][..], 0, 1));
    assert!(changes[2].is_empty(), "a single point is not mended because its process is dead");
    assert_eq!(changes[3].len(), 6, "{changes:?}");
}

#[test]
fn a_file_that_is_no_report_is_no_baseline() {
    let folder = folder("field-no-baseline");
    let stack = folder.join("stack.yaml").display().to_string();
    fs::write(folder.join("stack.yaml"), BEFORE).unwrap();
    for text in ["[]", "{}", "7", "", "{ \"findings\": 3 }"] {
        let baseline = folder.join("baseline.json").display().to_string();
        fs::write(folder.join("baseline.json"), text).unwrap();
        let output = run(&["check", &stack, "--baseline", &baseline]);
        assert_eq!(code(&output), 2, "{text}");
        let words = err(&output);
        assert!(
            words.contains("baseline.json") && !words.contains("struct") && !words.contains("Shape"),
            "{text}: {words}"
        );
        assert!(out(&output).is_empty());
    }
}

/// Each moved the reports and was no difference once.
#[test]
fn whatever_moves_a_figure_is_a_difference() {
    let compared = Compared::new("moves");
    for (what, text) in [
        ("the cost of an outage", BEFORE.replace("outage_cost: 100", "outage_cost: 1000")),
        ("a currency", BEFORE.replace("name: Rename", "name: Rename\ncurrency: EUR")),
        ("personal data", BEFORE.replace("lead: {} }", "lead: { personal: true } }")),
        ("a budget", format!("{BEFORE}plan: {{ budget: 100 }}\n")),
        ("the rate of a team", BEFORE.replace("name: Operations", "name: Operations, hourly_rate: 90")),
    ] {
        let diff = compared.diff(&text);
        assert_eq!(diff["changed"], true, "{what}");
        assert_eq!(diff["changes"].as_array().unwrap().len(), 1, "{what}: {}", diff["changes"]);
    }
    let diff = compared.diff(&BEFORE.replace("name: Operations", "name: Operations, hourly_rate: 90"));
    let costs: Vec<&Value> =
        diff["figures"].as_array().unwrap().iter().filter(|one| one["path"] == "handoff_totals.cost.likely").collect();
    assert!(!costs.is_empty(), "{}", diff["figures"]);
    assert!(costs[0].to_string().contains("hourly_rate"), "it says what moved it: {}", costs[0]);
}
