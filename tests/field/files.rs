//! Files as other programs and other countries write them.

use std::fs;

use super::{errors, reading, said, stack};
use crate::support::binary::{code, err, folder, out, run};

#[test]
fn yaml_is_read_as_its_second_version_says() {
    // No is no boolean, 010 is ten and 12:30:45 no number of seconds.
    let stack = stack(
        "sinew: 1
name: no
as_of: 2026-11-21
hourly_rate: 010
systems:
  no: { kind: crm, name: NO, domain: off }
  007: { kind: bi, name: 0o17, domain: 1e3 }
  1.10: { kind: cms, name: 12:30:45, audience_facing: true }
  2026-11-21: { kind: dam, name: ~, makes: [{ data: y }] }
data: { y: { name: yes } }
flows: [{ from: no, to: 007, data: y, mechanism: api }, { from: 007, to: 1.10, data: y, mechanism: api }]
",
    );
    let named: Vec<(&str, &str)> =
        stack.systems.iter().map(|system| (system.id.as_str(), system.name.as_str())).collect();
    assert_eq!(named, [("007", "0o17"), ("1.10", "12:30:45"), ("2026-11-21", "2026 11 21"), ("no", "NO")]);
    assert_eq!((stack.name.as_str(), stack.hourly_rate.unwrap().likely.0), ("no", 10.0));
    assert_eq!(stack.data[0].name, "yes");
}

#[test]
fn anchors_blocks_and_a_version_line_are_yaml() {
    let text = "sinew: 1
hourly_rate: &rate 50
teams: { ops: { people: 2, hourly_rate: *rate } }
systems: { a: { kind: crm }, b: { kind: bi } }
data: { d: {} }
flows: [{ from: a, to: b, data: d, mechanism: export-import, performer: ops, runs: 1/week, minutes: &m [10, 15, 20] }]
";
    assert_eq!(super::report(text)["handoff_totals"]["cost"]["likely"], 650.0);
    let folded = stack(
        "sinew: 1\nname: >\n  A folded name\n  over two lines\nsystems:\n  a:\n    kind: crm\n    name: |\n      Literal\n      block\ndata: { ? d : {} }\n",
    );
    assert_eq!(
        (folded.name.as_str(), folded.systems[0].name.as_str()),
        ("A folded name over two lines", "Literal block")
    );
    assert!(errors("%YAML 1.1\n---\nsinew: 1\nsystems: { a: { kind: crm } }\n...\n").is_empty());
}

#[test]
fn json_with_comments_and_commas_is_told_where_they_are() {
    let text = "{\n  // what the team calls it\n  \"sinew\": 1,\n  \"name\": \"JSON with comments\", /* block */\n  \"systems\": { \"a\": { \"kind\": \"crm\" }, }\n}\n";
    let folder = folder("field-json");
    let path = folder.join("stack.json").display().to_string();
    fs::write(&path, text).unwrap();
    let output = run(&["check", &path]);
    assert_eq!(code(&output), 2);
    for says in ["2:3, 4:33: JSON has no comments; remove it", "5:38: A comma too many"] {
        assert!(err(&output).contains(says), "{}", err(&output));
    }
    // A tab in a name becomes a space.
    fs::write(&path, "{ \"sinew\": 1, \"name\": \"tab:\\tinside\", \"systems\": { \"a\": { \"kind\": \"crm\" } } }")
        .unwrap();
    let output = run(&["check", &path, "--format", "json"]);
    assert!(out(&output).contains("\"tab: inside\""), "{}", err(&output));
}

#[test]
fn a_byte_order_mark_and_any_line_end_are_read() {
    let windows =
        "\u{feff}sinew: 1\r\nname: Windows\r\nsystems:\r\n  a: { kind: crm, runbook: \"C:\\\\docs\\\\a.md\" }\r\n";
    let folder = folder("field-line-ends");
    for (name, text) in
        [("crlf.yaml", windows), ("cr only ü.yaml", "sinew: 1\rname: old mac\rsystems:\r  a: { kind: crm }\r")]
    {
        let path = folder.join(name).display().to_string();
        fs::write(&path, text).unwrap();
        let output = run(&["check", &path]);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
    }
}

#[test]
fn what_is_no_utf_8_is_said_with_its_place() {
    let folder = folder("field-encodings");
    let utf16: Vec<u8> = "\u{feff}sinew: 1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, place) in [(utf16.as_slice(), "line 1, column 1"), (b"sinew: 1\nname: B\xfcro\n", "line 2, column 8")] {
        let path = folder.join("stack.yaml").display().to_string();
        fs::write(&path, bytes).unwrap();
        let output = run(&["check", &path]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(place) && err(&output).contains("save the file as UTF-8"), "{}", err(&output));
    }
    assert_eq!(code(&run(&["check", &folder.display().to_string()])), 2, "a folder is no file");
    assert_eq!(code(&run(&["check", &folder.join("none.yaml").display().to_string()])), 2, "there is none");
}

#[test]
fn a_figure_of_another_country_is_one_error_with_the_figure() {
    let text = "sinew: 1
hourly_rate: 1.250,50
teams: { ops: { people: 2 } }
systems: { a: { kind: crm }, b: { kind: bi } }
data: { d: {} }
flows: [{ from: a, to: b, data: d, mechanism: export-import, performer: ops, runs: 3/day, minutes: 1_000, value: \"20 000\" }]
";
    assert_eq!(errors(text), ["bad-number"], "no second error of a missing rate: {}", said(text));
    assert!(said(text).contains("write `1250.50`"), "{}", said(text));
    let right = stack(&text.replace("1.250,50", "1250.50"));
    assert_eq!(
        (right.flows[0].run.minutes.unwrap().likely.0, right.flows[0].rated.value.unwrap().likely.0),
        (1_000.0, 20_000.0)
    );
}

#[test]
fn files_of_others_are_named_for_what_they_are() {
    let folder = folder("field-foreign");
    for (name, text, what) in [
        (
            "calm.json",
            "{ \"$schema\": \"https://calm.finos.org/release/1.0/meta/calm.json\", \"nodes\": [ { \"unique-id\": \"a\", \"node-type\": \"service\", \"name\": \"A\", \"description\": \"x\" } ], \"relationships\": [] }",
            "CALM",
        ),
        ("m.mmd", "flowchart LR\n A[CRM] --> B[BI]\n", "Mermaid"),
        ("s.csv", "system,owner,kind\nSalesforce,ops,crm\n", "table"),
        (
            "t.yaml",
            "threagile_version: 1.0.0\ntitle: Portal\ntechnical_assets:\n  Web: { id: web, type: process }\n",
            "Threagile",
        ),
        ("w.dsl", "workspace {\n model {\n  a = softwareSystem \"A\"\n }\n}\n", "Structurizr"),
        ("x.drawio", "<mxfile><diagram name=\"x\">7VhN</diagram></mxfile>", "draw.io"),
    ] {
        let path = folder.join(name).display().to_string();
        fs::write(&path, text).unwrap();
        let output = run(&["check", &path]);
        assert_eq!(code(&output), 2, "{name}");
        let said = err(&output);
        assert!(said.contains(what) && said.contains("not a stack file") && said.contains("= help: "), "{said}");
        assert!(!said.contains("choose from"), "no list of our keys: {said}");
    }
}

/// The first bytes of a workbook are those of a zip archive.
#[test]
#[cfg(feature = "xlsx")]
fn a_workbook_is_named_for_what_it_is() {
    let stack = stack("sinew: 1\nsystems: { a: { kind: crm } }\n");
    let analysis = sinew::analysis::Analysis::of(&stack);
    let bytes = sinew::report::xlsx::xlsx(&sinew::report::Report::about(&analysis)).unwrap();
    let folder = folder("field-workbook");
    for name in ["plan.xlsx", "stack.yaml"] {
        let path = folder.join(name).display().to_string();
        fs::write(&path, &bytes).unwrap();
        let said = run(&["check", &path]);
        assert_eq!(code(&said), 2);
        assert!(err(&said).contains("workbook") && !err(&said).contains("UTF-8"), "{}", err(&said));
    }
}

#[test]
fn a_file_that_says_nothing_but_its_version_is_valid() {
    for text in ["sinew: 1\n", "sinew: 1\nname: One system\nsystems:\n  sf: { product: salesforce-sales-cloud }\n"] {
        assert!(errors(text).is_empty());
        let codes: Vec<&str> = reading(text).problems.iter().map(|problem| problem.code).collect();
        assert!(codes == ["empty-stack"] || codes == ["lone-system"], "it is asked about: {codes:?}");
        // No AI tool is no AI tool joined: nothing is shown as met.
        let report = super::report(text);
        let met = report["stage"]["criteria"].as_array().unwrap().iter().filter(|one| one["state"] == "met");
        assert_eq!(met.count(), 0, "{:#}", report["stage"]["criteria"]);
    }
}

#[test]
fn one_standard_input_is_one_file() {
    let output = run(&["diff", "-", "-"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("standard input"), "{}", err(&output));
}

/// A full disk is a failure of the machine, not of the input, and nothing half written stays.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let folder = folder("field-full");
    let path = folder.join("stack.yaml").display().to_string();
    fs::write(&path, "sinew: 1\nsystems: { a: { kind: crm } }\n").unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = crate::support::binary::sinew(&["diagram", &path, "landscape"]).stdout(full).output().unwrap();
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("error: cannot write to standard output"), "{}", err(&output));
}
