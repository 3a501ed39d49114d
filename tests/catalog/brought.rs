//! Catalog files that a stack or a call brings, as a user runs the program: named where they decide, refused at their
//! place, kept by targets and by nobody who should not have them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::binary::{code, err, folder, out, sinew};

const PRODUCTS: &str = "id,name,vendor,category,interfaces,source_date\n\
    acme-crm,Acme CRM,Acme,crm,rest-read;rest-write,2026-10-01\n\
    acme-mailer,Acme Mailer,Acme,marketing-automation,rest-read;rest-write,2026-10-01\n";
const CONNECTORS: &str = "from_id,to_id,direction,kind,built_by,data,source_date\n\
    acme-crm,acme-mailer,one-way,native-push,acme-crm,leads,2026-10-01\n";
const QUOTAS: &str = "product_id,interface,kind,limit_value,unit,window,scope,source_date\n\
    acme-crm,rest,rate-daily,100,calls,1d,account,2026-10-01\n";
const STACK: &str = "sinew: 1
as_of: 2026-11-21
hourly_rate: 80
currency: USD
catalog: own
teams: { ops: { people: 3 } }
systems:
  crm: { product: acme crm, owner: ops, makes: [lead] }
  mailer: { product: acme-mailer, owner: ops }
  bi: { product: tableau, owner: ops }
data: { lead: {} }
flows:
  - { id: export, from: crm, to: mailer, data: lead, mechanism: export-import, performer: ops, runs: 1/day, minutes: 60, records: 10 }
  - { id: news, from: crm, to: bi, data: lead, mechanism: api, runs: 200/day, records: 1 }
";

/// A folder with a stack and what it brings.
fn stack(test: &str) -> std::path::PathBuf {
    let folder = folder(test);
    fs::create_dir_all(folder.join("own")).unwrap();
    fs::write(folder.join("own/products.csv"), PRODUCTS).unwrap();
    fs::write(folder.join("own/connectors.csv"), CONNECTORS).unwrap();
    fs::write(folder.join("own/quotas.csv"), QUOTAS).unwrap();
    fs::write(folder.join("stack.yaml"), STACK).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    sinew(arguments).current_dir(folder).output().unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    assert!(matches!(code(&output), 0 | 1), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn rows_of_ones_own_are_named_where_they_decide() {
    let folder = stack("catalog-named");
    // A product's kind and interfaces, among what is taken for granted.
    let handoffs = json(&folder, &["handoffs", "stack.yaml", "--format", "json"]);
    let own: Vec<&Value> =
        handoffs["assumptions"].as_array().unwrap().iter().filter(|one| one["key"] == "catalog").collect();
    assert_eq!(own.len(), 2);
    assert_eq!(
        own[0]["value"],
        "own/products.csv:2 says id, name, vendor, category, interfaces, source_date of Acme CRM"
    );
    assert_eq!(own[0]["used_by"], serde_json::json!(["crm"]));
    // What the file states itself no row decides.
    let stated = STACK.replace("{ product: acme crm,", "{ product: acme crm, kind: cdp, interfaces: [rest],");
    fs::write(folder.join("stated.yaml"), stated).unwrap();
    let stated = json(&folder, &["handoffs", "stated.yaml", "--format", "json"]);
    let rows =
        stated["assumptions"].as_array().unwrap().iter().filter(|one| one["used_by"] == serde_json::json!(["crm"]));
    let rows: Vec<&Value> = rows.filter(|one| one["key"] == "catalog").map(|one| &one["value"]).collect();
    assert_eq!(rows, ["own/products.csv:2 says id, name, vendor, source_date of Acme CRM"]);
    // A limit in the ledger of calls.
    let check = run(&folder, &["check", "stack.yaml", "--all"]);
    assert_eq!(code(&check), 0, "{}", err(&check));
    assert!(out(&check).contains("quota-overrun") || out(&check).contains("more calls"), "{}", out(&check));
    // A route of the plan: JSON, text and Markdown.
    let plan = json(&folder, &["plan", "stack.yaml", "--format", "json", "--samples", "0"]);
    let item = &plan["plan"]["items"][0];
    assert_eq!(item["kind"], "native");
    assert!(item["why"][0].as_str().unwrap().contains("(own/connectors.csv:2)"), "{}", item["why"]);
    for format in ["text", "markdown"] {
        let plan = run(&folder, &["plan", "stack.yaml", "--all", "--format", format, "--samples", "0"]);
        assert!(out(&plan).contains("own/connectors.csv:2"), "{format}: {}", out(&plan));
    }
    let explained = run(&folder, &["plan", "stack.yaml", "--explain", item["id"].as_str().unwrap()]);
    assert!(out(&explained).contains("own/connectors.csv:2"), "{}", out(&explained));
    // The catalog itself.
    let shown = run(&folder, &["catalog", "show", "Acme CRM", "--catalog", "own"]);
    assert!(out(&shown).contains("own/products.csv:2 (id, name, vendor, category, interfaces, source_date)"));
    assert!(out(&shown).contains("own/quotas.csv:2") && out(&shown).contains("own/connectors.csv:2"));
    let shown = json(&folder, &["catalog", "show", "hubspot", "--catalog", "own", "--format", "json"]);
    assert!(shown["product"]["source"].get("own").is_none(), "what nobody touched is as it was");
    let routes =
        json(&folder, &["catalog", "route", "acme-crm", "acme-mailer", "--catalog", "own", "--format", "json"]);
    let own = &routes["routes"][0]["steps"][0]["connector"]["source"]["own"][0];
    assert_eq!((&own["file"], &own["line"]), (&Value::from("own/connectors.csv"), &Value::from(2)));
    let list = run(&folder, &["catalog", "list", "--catalog", "own"]);
    assert!(out(&list).contains("Your row") && out(&list).contains("own/products.csv:2"));
    let checked = run(&folder, &["catalog", "check", "own"]);
    assert!(out(&checked).contains("4 rows, and nothing is wrong with them."), "{}", out(&checked));
}

#[test]
fn the_ledger_of_a_report_names_the_row_of_a_limit_in_every_part() {
    let folder = stack("catalog-report");
    let written = run(
        &folder,
        &["report", "stack.yaml", "-o", "out/deep", "--only", "report.json,report.md,report.html,target.yaml"],
    );
    assert_eq!(code(&written), 0, "{}", err(&written));
    let read = |name: &str| fs::read_to_string(folder.join("out/deep").join(name)).unwrap();
    let report: Value = serde_json::from_str(&read("report.json")).unwrap();
    let calls = report["calls"].as_array().unwrap().iter().find(|one| one["system"] == "crm").unwrap();
    assert_eq!((&calls["source"], &calls["quota"]), (&Value::from("own/quotas.csv:2"), &Value::from(100)));
    for part in ["report.md", "report.html"] {
        for place in ["own/quotas.csv:2", "own/connectors.csv:2", "own/products.csv:2"] {
            assert!(read(part).contains(place), "{part}: {place}");
        }
    }
    // The target names the files as they are seen from where it stands.
    assert!(read("target.yaml").contains("\ncatalog: [\"../../own\"]\n"), "{}", read("target.yaml"));
    let target = run(&folder, &["check", "out/deep/target.yaml"]);
    assert_eq!(code(&target), 0, "{}", err(&target));
    assert!(!err(&target).contains("catalog"), "{}", err(&target));
}

#[test]
fn a_target_brings_what_the_call_brought() {
    let folder = stack("catalog-target");
    fs::write(folder.join("bare.yaml"), STACK.replace("catalog: own\n", "")).unwrap();
    let plan = run(&folder, &["plan", "bare.yaml", "--catalog", "own", "--target", "target.yaml", "--samples", "0"]);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    assert!(fs::read_to_string(folder.join("target.yaml")).unwrap().contains("\ncatalog: [own]\n"));
    assert_eq!(code(&run(&folder, &["check", "target.yaml"])), 0);
    // Without it nobody knows the products.
    let unknown = run(&folder, &["check", "bare.yaml"]);
    assert_eq!(code(&unknown), 2);
    assert!(err(&unknown).contains("`acme-mailer,acme-mailer,,` (id,name,vendor,category)"), "{}", err(&unknown));
}

#[test]
fn the_row_that_an_unknown_name_gives_makes_it_known() {
    let folder = folder("catalog-row");
    let shown = run(&folder, &["catalog", "show", "Acme Router"]);
    assert_eq!(code(&shown), 2);
    let lines: Vec<&str> = err(&shown).lines().collect();
    let at = lines.iter().position(|line| *line == "id,name,vendor,category").unwrap();
    assert_eq!(lines[at + 1], "acme-router,Acme Router,,");
    let filled = lines[at + 1].replacen(",,", ",Acme,ipaas", 1);
    fs::write(folder.join("own.csv"), format!("{}\n{filled}\n", lines[at])).unwrap();
    let known = run(&folder, &["catalog", "show", "Acme Router", "--catalog", "own.csv"]);
    assert_eq!(code(&known), 0, "{}", err(&known));
    assert!(out(&known).contains("own.csv:2"));
    fs::write(
        folder.join("stack.yaml"),
        "sinew: 1\ncatalog: own.csv\nsystems: { r: { product: Acme Router, makes: [d] } }\ndata: { d: {} }\n",
    )
    .unwrap();
    let check = run(&folder, &["check", "stack.yaml"]);
    assert_eq!((code(&check), err(&check).contains("unknown-product")), (0, false), "{}", err(&check));
}

#[test]
fn the_call_counts_before_the_stack_and_a_file_is_read_once() {
    let folder = stack("catalog-call");
    fs::write(folder.join("mine.csv"), "product_id,interface,kind,limit_value\nacme-crm,rest,rate-daily,1000000\n")
        .unwrap();
    // All else of the row is that of the stack's.
    let output = run(&folder, &["check", "stack.yaml", "--catalog", "mine.csv"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(!out(&output).contains("quota-overrun"), "{}", out(&output));
    let both = run(&folder, &["check", "stack.yaml", "--catalog", "own"]);
    assert_eq!(code(&both), 0, "{}", err(&both));
}

#[test]
fn what_is_wrong_is_said_at_once_and_at_its_place() {
    let folder = stack("catalog-wrong");
    fs::write(folder.join("own/products.csv"), PRODUCTS.replace(",crm,", ",crn,")).unwrap();
    fs::write(folder.join("bad.csv"), "a,b\n1,2\n").unwrap();
    let text = STACK
        .replace("catalog: own", "catalog: [own, no-such.csv, bad.csv, /dev/null]")
        .replace("runs: 1/day", "runs: often");
    fs::write(folder.join("stack.yaml"), text).unwrap();
    let output = run(&folder, &["check", "stack.yaml"]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    for expected in [
        "error[catalog-row]: `crn` is not a valid category",
        "own/products.csv:2:24",
        "help: did you mean `crm`?",
        "`no-such.csv` cannot be read",
        "`/dev/null` is a device or a pipe",
        "bad.csv is not a file of a catalog",
        "error[bad-rate]",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // The row that is broken makes no second error of the product that it would have made known.
    assert!(!said.contains("unknown-product") && !said.contains("there is no product"), "{said}");
    let answer = run(&folder, &["check", "stack.yaml", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let files: Vec<&str> =
        answer["diagnostics"].as_array().unwrap().iter().filter_map(|one| one["location"]["file"].as_str()).collect();
    assert!(files.contains(&"own/products.csv") && files.contains(&"stack.yaml"), "{files:?}");
    // The same of what the call names.
    let call = run(&folder, &["catalog", "list", "--catalog", "no-such.csv"]);
    assert_eq!(code(&call), 2);
    assert!(err(&call).starts_with("error: no-such.csv cannot be read"), "{}", err(&call));
    let large = fs::File::create(folder.join("large.csv")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    let call = run(&folder, &["catalog", "list", "--catalog", "large.csv"]);
    assert!(err(&call).contains("has more than 16 MiB"), "{}", err(&call));
}

#[test]
fn an_anonymous_copy_names_neither_file_nor_product_and_finds_the_same() {
    let folder = stack("catalog-anonymous");
    let copy = run(&folder, &["anonymize", "stack.yaml", "-o", "copy.yaml"]);
    assert_eq!(code(&copy), 0, "{}", err(&copy));
    let text = fs::read_to_string(folder.join("copy.yaml")).unwrap();
    for secret in ["own/", "[own", "csv", "acme", "Acme", "catalog"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(err(&copy).contains("connectors"), "{}", err(&copy));
    let rules = |file: &str| -> Vec<String> {
        let check = json(&folder, &["check", file, "--format", "json"]);
        let mut rules: Vec<String> =
            check["findings"].as_array().unwrap().iter().map(|one| one["rule"].to_string()).collect();
        rules.sort();
        rules
    };
    assert_eq!(rules("stack.yaml"), rules("copy.yaml"));
}

#[test]
fn a_difference_of_catalogs_is_a_change_of_its_key() {
    let folder = stack("catalog-diff");
    fs::create_dir_all(folder.join("new/own")).unwrap();
    for name in ["products.csv", "connectors.csv", "quotas.csv"] {
        fs::copy(folder.join("own").join(name), folder.join("new/own").join(name)).unwrap();
    }
    fs::copy(folder.join("stack.yaml"), folder.join("new/stack.yaml")).unwrap();
    let same = json(&folder, &["diff", "stack.yaml", "new/stack.yaml", "--format", "json"]);
    assert_eq!(same["changed"], Value::from(false), "{}", same["changes"]);
    fs::write(folder.join("new/own/quotas.csv"), QUOTAS.replace(",100,", ",900,")).unwrap();
    let diff = json(&folder, &["diff", "stack.yaml", "new/stack.yaml", "--format", "json"]);
    let change = &diff["changes"][0];
    assert_eq!(change["id"], "catalog");
    assert!(change["old"].as_str().unwrap().contains("limit_value `100`"), "{change}");
    assert!(change["new"].as_str().unwrap().contains("limit_value `900`"), "{change}");
    assert_eq!(change["moved"], "figures");
    // Other files are a change of the key, and so are none.
    let text = STACK
        .replace("catalog: own\n", "")
        .replace("acme crm", "acme-crm, kind: crm")
        .replace("product: acme-mailer", "product: acme-mailer, kind: marketing-automation");
    fs::write(folder.join("bare.yaml"), text).unwrap();
    let diff = json(&folder, &["diff", "stack.yaml", "bare.yaml", "--format", "json"]);
    let change = diff["changes"].as_array().unwrap().iter().find(|one| one["id"] == "catalog").unwrap();
    assert!(change["old"].as_str().unwrap().starts_with("[own]"), "{change}");
    assert_eq!(change["new"], Value::Null);
}

#[test]
fn an_import_knows_products_of_ones_own_and_names_the_file() {
    let folder = stack("catalog-import");
    let flow = r#"{ "name": "Leads", "active": true, "nodes": [
        { "name": "New", "type": "n8n-nodes-base.acmeCrmTrigger", "parameters": {} },
        { "name": "Add", "type": "n8n-nodes-base.acmeMailer", "parameters": { "operation": "create", "resource": "contact" } }
    ], "connections": { "New": { "main": [[{ "node": "Add", "type": "main", "index": 0 }]] } } }"#;
    fs::write(folder.join("flow.json"), flow).unwrap();
    let imported = run(&folder, &["import", "flow.json", "-o", "out.yaml", "--catalog", "own"]);
    assert_eq!(code(&imported), 0, "{}", err(&imported));
    let text = fs::read_to_string(folder.join("out.yaml")).unwrap();
    assert!(text.contains("catalog: [own]\n") && text.contains("product: acme-crm\n"), "{text}");
    assert_eq!(code(&run(&folder, &["check", "out.yaml"])), 0);
}
