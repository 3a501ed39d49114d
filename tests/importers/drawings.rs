//! Drawings and C4 models: systems, flows and products against truth that was written by hand before the rules were.

use std::fs;

use sinew::import::{FORMATS, Imported, Options};

use super::truth::{Comparison, Score, said, stack, truth, truth_of};
use super::{imported, samples};

/// Formats of drawings, each with how many files have truth.
const DRAWINGS: [(&str, usize); 8] = [
    ("archimate", 3),
    ("drawio", 5),
    ("vsdx", 3),
    ("lucid", 3),
    ("mermaid", 4),
    ("structurizr", 4),
    ("likec4", 3),
    ("calm", 3),
];

#[test]
fn drawings_give_the_flows_that_are_drawn() {
    let mut bad = Vec::new();
    for (format, least) in DRAWINGS {
        let (mut found, mut products, mut files) = (Comparison::default(), Score::default(), 0);
        for path in samples(format).into_iter().filter(|path| truth_of(path).exists()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let imported = imported(&[(name, &fs::read(&path).unwrap())], Options::default());
            assert!(imported.report.inputs.iter().all(|input| input.format == format), "{name}");
            assert_eq!(imported.report.inputs.len(), 1, "{name}: {:?}", imported.report.diagnostics);
            let mut said = said(&stack(&imported), "");
            let truth = truth(&truth_of(&path), &mut said);
            files += 1;
            found.add(name, &said, &truth);
            for product in said.products.symmetric_difference(&truth.products) {
                found.complaints.push(format!("{name}: product {product}, true {}", truth.products.contains(product)));
            }
            products.count(&said.products, &truth.products);
        }
        let Comparison { flows, systems, complaints } = found;
        eprintln!("{format}: {files} files, flows {flows:?}, systems {systems:?}, products {products:?}");
        assert!(files >= least, "{format}: {files} files with truth");
        let is_good = flows.precision() >= 0.90
            && flows.recall() >= 0.85
            && systems.precision() >= 0.95
            && systems.recall() >= 0.95
            && products.precision() >= 1.0
            && products.recall() >= 0.95;
        eprintln!("{}", complaints.join("\n"));
        if !is_good {
            bad.push(format!("{format}: flows {flows:?}, systems {systems:?}, products {products:?}"));
            bad.extend(complaints);
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// The lines of an entry of a flow between these ends.
fn flow(imported: &Imported, from: &str, to: &str) -> String {
    let start = format!("  - from: {from}\n    to: {to}\n");
    let at = imported.stack.find(&start).unwrap_or_else(|| panic!("{from} -> {to}\n{}", imported.stack));
    let rest = &imported.stack[at..];
    let end = rest[4..].find("\n  - ").map_or(rest.len(), |end| end + 5);
    rest[..end].to_owned()
}

#[test]
fn a_person_between_two_systems_performs_one_flow() {
    let drawing = r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
      <mxCell id="a" value="Marketo" style="rounded=0;html=1;" vertex="1" parent="1"><mxGeometry width="120" height="60" as="geometry"/></mxCell>
      <mxCell id="b" value="Sales team" style="shape=umlActor;" vertex="1" parent="1"><mxGeometry x="200" width="30" height="60" as="geometry"/></mxCell>
      <mxCell id="c" value="Salesforce" style="rounded=0;html=1;" vertex="1" parent="1"><mxGeometry x="400" width="120" height="60" as="geometry"/></mxCell>
      <mxCell id="1a" value="weekly list by mail" style="html=1;" edge="1" parent="1" source="a" target="b"><mxGeometry relative="1" as="geometry"/></mxCell>
      <mxCell id="1b" value="types in" style="html=1;" edge="1" parent="1" source="b" target="c"><mxGeometry relative="1" as="geometry"/></mxCell>
    </root></mxGraphModel>"#;
    let imported = imported(&[("a.drawio", drawing.as_bytes())], Options::default());
    let flow = flow(&imported, "marketo-engage", "salesforce-sales-cloud");
    assert!(flow.contains("\n    data: [list]"), "{flow}");
    assert!(flow.contains("\n    mechanism: rekeying\n"), "{flow}");
    assert!(flow.contains("\n    performer: sales-team\n"), "{flow}");
    assert!(flow.contains("\n    runs: 1/week"), "{flow}");
    assert!(flow.contains("guessed: [data, mechanism]") || flow.contains("guessed: [mechanism, data]"), "{flow}");
    assert!(imported.stack.contains("\nteams:\n  sales-team:\n    name: \"Sales team\"\n"), "{}", imported.stack);
    assert_eq!(imported.stack.matches("\n  - from:").count(), 1, "{}", imported.stack);
}

#[test]
fn who_reads_is_given_what_is_read() {
    let workspace = "workspace {\n model {\n  crm = softwareSystem \"CRM\"\n  dwh = softwareSystem \"DWH\"\n  crm -> dwh \"reads customer data from\" \"JDBC\"\n }\n}\n";
    let imported = imported(&[("w.dsl", workspace.as_bytes())], Options::default());
    let flow = flow(&imported, "dwh", "crm");
    assert!(flow.contains("\n    data: [customer-data]"), "{flow}");
    assert!(flow.contains("\n    mechanism: api\n"), "{flow}");
    assert!(flow.contains("guessed: [from, to]"), "{flow}");
}

#[test]
fn what_is_included_is_read_within_the_input_only() {
    let workspace = "workspace {\n model {\n  !include model/systems.dsl\n  !include https://example.com/x.dsl\n  !include ../../etc/x.dsl\n  !plugin com.example.Run\n  a -> b \"Sends orders to\"\n  a -> gone \"Sends\"\n }\n}\n";
    let systems = "a = softwareSystem \"Shopify\"\nb = softwareSystem \"NetSuite\"\nb -> a \"Sends stock to\"\n";
    let files = [("workspace.dsl", workspace), ("model/systems.dsl", systems)];
    for files in [files, [files[1], files[0]]] {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let imported = imported(&files, Options::default());
        flow(&imported, "shopify", "netsuite");
        flow(&imported, "netsuite", "shopify");
        let codes: Vec<&str> = imported.report.diagnostics.iter().map(|problem| problem.code).collect();
        assert_eq!(
            codes,
            ["not-fetched", "not-included", "not-run", "unknown-element"],
            "{:?}",
            imported.report.diagnostics
        );
        assert_eq!(imported.report.inputs[0].units["relations"], 3);
    }
}

#[test]
fn a_model_of_several_files_is_one() {
    let specification = "specification {\n  element system\n}\nmodel {\n  crm = system 'HubSpot'\n}\n";
    let relations = "model {\n  dwh = system 'Snowflake'\n  crm -> dwh 'sends contacts to'\n  crm -> nowhere 'x'\n}\n";
    let files: [(&str, &[u8]); 2] = [("b.c4", relations.as_bytes()), ("a.c4", specification.as_bytes())];
    let imported = imported(&files, Options::default());
    flow(&imported, "hubspot", "snowflake");
    assert_eq!(imported.report.diagnostics.len(), 1, "{:?}", imported.report.diagnostics);
    assert_eq!(imported.report.diagnostics[0].code, "unknown-element");
}

#[test]
fn target_pages_are_planned_and_loose_ends_are_asked_about() {
    let path = samples("drawio").into_iter().find(|path| path.ends_with("marketing-stack.drawio")).unwrap();
    let imported = imported(&[("stack.drawio", &fs::read(path).unwrap())], Options::default());
    assert!(flow(&imported, "snowflake", "hightouch").contains("status: planned"));
    assert!(!flow(&imported, "on24", "marketo-engage").contains("planned"));
    let system = imported.stack.find("\n  hightouch:\n").unwrap();
    assert!(imported.stack[system..].split("\n    ").take(6).any(|line| line.contains("status: planned")));
    let asks: Vec<&str> = imported.report.questions.iter().map(|question| question.ask.as_str()).collect();
    assert!(asks.iter().any(|ask| ask.contains("\"spend\" from \"LinkedIn Ads\"")), "{asks:?}");
    assert!(asks.iter().any(|ask| ask.contains("\"Airbyte / Fivetran\"")), "{asks:?}");
    assert!(
        asks.iter()
            .any(|ask| ask.contains("Sales team") && ask.contains("how long") || ask.contains("take Sales team")),
        "{asks:?}"
    );
    assert!(imported.stack.contains("domain: \"Demand generation\""), "{}", imported.stack);
    assert!(!imported.stack.contains("ana.lopez") && !imported.stack.contains("abc123"), "{}", imported.stack);
}

#[test]
fn keys_of_shapes_and_arrows_are_read_as_tables_are() {
    let drawing = r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
      <object id="a" label="ON24" Owner="Events team" Status="retiring" vendor="ON24 Inc"><mxCell vertex="1" parent="1"/></object>
      <UserObject id="b" label="Marketo" domain="Campaigns"><mxCell vertex="1" parent="1"/></UserObject>
      <object id="e" label="see wiki" data="attendees" How="CSV upload" Frequency="2x per week" Who="Marketing Ops" minutes="15"><mxCell edge="1" parent="1" source="a" target="b"/></object>
    </root></mxGraphModel>"#;
    let imported = imported(&[("a.drawio", drawing.as_bytes())], Options::default());
    let flow = flow(&imported, "on24", "marketo-engage");
    for part in [
        "data: [attendees]",
        "mechanism: export-import\n",
        "performer: marketing-ops\n",
        "runs: 2/week",
        "minutes: 15\n",
    ] {
        assert!(flow.contains(&format!("\n    {part}")), "{part}\n{flow}");
    }
    assert!(!flow.contains("guessed"), "{flow}");
    for part in ["owner: events-team\n", "domain: Campaigns\n", "vendor: \"ON24 Inc\"\n"] {
        assert!(imported.stack.contains(part), "{part}\n{}", imported.stack);
    }
    stack(&imported);
}

#[test]
fn what_is_silent_is_a_drawing_or_a_model_and_one_label_is_said_once() {
    let why = |name: &str, text: &str| -> Vec<String> {
        let imported = imported(&[(name, text.as_bytes())], Options::default());
        let guesses = imported.report.entries.iter().flat_map(|entry| &entry.guessed);
        guesses.map(|guess| guess.why.clone()).filter(|why| why.contains("does not say")).collect()
    };
    let drawn = why("a.mmd", "flowchart LR\n  Marketo --> Salesforce\n");
    let model = why(
        "a.dsl",
        "workspace {\n model {\n  a = softwareSystem \"Marketo\"\n  b = softwareSystem \"Salesforce\"\n  a -> b\n }\n}\n",
    );
    assert!(drawn.len() >= 2 && drawn.iter().all(|why| why.starts_with("the drawing ")), "{drawn:?}");
    assert!(model.len() >= 2 && model.iter().all(|why| why.starts_with("the model ")), "{model:?}");
    // A person between two systems: the label of both arrows is one.
    let both = "flowchart LR\n  m[Marketo] -->|weekly list by mail| t([Sales team])\n  t -->|weekly list by mail| s[Salesforce]\n";
    let imported = imported(&[("a.mmd", both.as_bytes())], Options::default());
    assert_eq!(imported.stack.matches("weekly list by mail").count(), 1, "{}", imported.stack);
}

#[test]
fn of_an_input_from_which_nothing_came_no_rate_is_asked() {
    let imported = imported(&[("a.mmd", b"flowchart LR\n")], Options::default());
    assert!(imported.report.questions.is_empty(), "{:?}", imported.report.questions);
}

#[test]
fn every_guess_of_a_drawing_says_why() {
    for (format, _) in DRAWINGS {
        assert!(FORMATS.iter().any(|known| known.id == format));
        for path in samples(format) {
            let imported = imported(&[("x", &fs::read(&path).unwrap())], Options::default());
            for entry in &imported.report.entries {
                assert!(entry.guessed.iter().all(|guess| guess.why.len() > 10), "{}: {entry:?}", path.display());
            }
        }
    }
}

#[test]
fn a_decision_that_leads_back_to_the_same_system_is_no_flow() {
    let text = "flowchart LR\n a[HubSpot] -->|leads| d{Known?}\n d -->|yes| b[HubSpot]\n d -->|no| c[Clearbit]\n";
    let imported = imported(&[("a.mmd", text.as_bytes())], Options::default());
    flow(&imported, "hubspot", "clearbit");
    assert_eq!(stack(&imported).all_flows().len(), 1, "{}", imported.stack);
}

#[test]
fn who_is_named_before_a_verb_of_hands_does_it_and_a_plan_is_planned() {
    let text =
        "flowchart LR\n  C[Excel list] -->|Anna copies contacts| D[Mailchimp]\n  D -->|planned: deals| F[Slack]\n";
    let imported = imported(&[("m.mmd", text.as_bytes())], Options::default());
    let lines: Vec<&str> = imported.stack.lines().map(str::trim).collect();
    for line in [
        "kind: spreadsheet",
        "mechanism: copy-paste",
        "performer: anna",
        "data: [contacts]  # \"Anna copies contacts\"",
        "status: planned",
    ] {
        assert!(lines.contains(&line), "{line}: {}", imported.stack);
    }
    assert!(!imported.stack.contains("planned:\n"), "{}", imported.stack);
}
