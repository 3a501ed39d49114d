//! Projects of Salesforce against truth that was written by hand before the rules were, and what holds of each of them.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sinew::import::{FORMATS, Gone, Import, Imported, Options};
use sinew::model::read;
use sinew::source::Source;

use super::imported;
use super::truth::{Comparison, Score, said, stack, truth};
use crate::support::counted::counted;
use crate::support::mutation::{mutate, one};
use crate::support::random_stack::cases;

const PROJECTS: [&str; 4] = ["marketing", "mdapi", "npsp", "purealoe"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/samples/salesforce")
}

/// Every file of a project, by its name within it.
fn project(name: &str) -> Vec<(String, Vec<u8>)> {
    let root = folder().join(name);
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(files.len() >= 6, "{name}");
    files
}

/// The import of a folder.
fn walked(files: &[(String, Vec<u8>)]) -> Import {
    let mut import = Import::new(Options::default());
    import.folder(Some("project"));
    for (name, bytes) in files {
        import.file(name, bytes, false);
    }
    import.folder(None);
    import
}

/// Templates of pages lie beside the components: they are counted, and nothing is wrong with the project.
#[test]
fn templates_of_pages_are_only_counted() {
    let before = of("purealoe").report;
    let mut files = project("purealoe");
    let page = |name: &str, text: &str| (format!("force-app/lwc/{name}"), text.as_bytes().to_vec());
    files.push(page("a/a.html", "<template>\n<div onclick={go}></div>\n</template>\n"));
    files.push(page("b/b.html", "<!DOCTYPE html>\n<html></html>\n"));
    files.push(page("c/index", "<html><body></body></html>\n"));
    files.push(page("d/d.page", "<apex:page>\n<a b></a>\n</apex:page>\n"));
    files.push(page("e/e.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>\n"));
    let after = walked(&files).finish("stack.yaml").report;
    assert_eq!(after.diagnostics.len(), before.diagnostics.len(), "{}", after.text());
    assert_eq!(after.files_not_read, before.files_not_read + 5);
    // An export that is damaged is told of.
    files.push(page("f/f.drawio.svg", "<svg content='&lt;mxfile>'\n"));
    files.push(page("g/g.json", "<html>\n"));
    assert_eq!(walked(&files).finish("stack.yaml").report.diagnostics.len(), before.diagnostics.len() + 2);
}

fn of(name: &str) -> Imported {
    walked(&project(name)).finish("stack.yaml")
}

fn component(kind: &str, body: &str) -> Vec<u8> {
    format!("<{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">{body}</{kind}>").into_bytes()
}

/// The lines of the flow between these ends.
fn flow<'i>(imported: &'i Imported, from: &str, to: &str) -> &'i str {
    let start = format!("  - from: {from}\n    to: {to}\n");
    let at = imported.stack.find(&start).unwrap_or_else(|| panic!("{from} -> {to}\n{}", imported.stack));
    let rest = &imported.stack[at..];
    &rest[..rest[4..].find("\n  - ").map_or(rest.len(), |end| end + 5)]
}

#[test]
fn projects_give_the_systems_and_flows_that_are_in_them() {
    let (mut found, mut products) = (Comparison::default(), Score::default());
    for name in PROJECTS {
        let imported = of(name);
        assert!(imported.report.inputs.iter().all(|input| input.format == "salesforce"), "{name}");
        assert!(imported.report.diagnostics.is_empty(), "{:?}", imported.report.diagnostics);
        assert_eq!(imported.report.files_not_read, 0, "{name}");
        let mut said = said(&stack(&imported), "");
        let truth = truth(&folder().join(format!("{name}.truth")), &mut said);
        found.add(name, &said, &truth);
        for product in said.products.symmetric_difference(&truth.products) {
            found.complaints.push(format!("{name}: product {product}, true {}", truth.products.contains(product)));
        }
        products.count(&said.products, &truth.products);
    }
    let Comparison { flows, systems, complaints } = found;
    let all = complaints.join("\n");
    eprintln!("salesforce: flows {flows:?}, systems {systems:?}, products {products:?}\n{all}");
    assert!(flows.precision() >= 0.90 && flows.recall() >= 0.90, "{flows:?}\n{all}");
    assert!(systems.precision() >= 0.95 && systems.recall() >= 0.95, "{systems:?}\n{all}");
    assert!(products.precision() >= 1.0 && products.recall() >= 0.95, "{products:?}\n{all}");
}

#[test]
fn every_component_is_taken_merged_or_dropped() {
    for (name, least) in [("marketing", 28), ("mdapi", 9), ("npsp", 11), ("purealoe", 10)] {
        let report = of(name).report;
        let sum = |of: fn(&sinew::import::Input) -> usize| report.inputs.iter().map(of).sum::<usize>();
        let components = sum(|input| input.units["components"]);
        assert_eq!(components, sum(|input| input.taken + input.merged + input.dropped), "{name}");
        assert!(components >= least, "{name}: {components}");
        assert_eq!(report.dropped.iter().map(|group| group.count).sum::<usize>(), sum(|input| input.dropped), "{name}");
        assert!(report.dropped.iter().all(|group| group.why.len() > 10), "{name}");
    }
}

#[test]
fn code_and_flows_say_which_way_and_what_only_allows_is_a_guess() {
    let imported = of("marketing");
    let hubspot = flow(&imported, "salesforce-sales-cloud", "hubspot");
    assert!(hubspot.contains("data: [lead]") && hubspot.contains("mechanism: api\n"), "{hubspot}");
    assert!(hubspot.contains("guessed: [status, data]"), "{hubspot}");
    let zoom = flow(&imported, "zoom-webinars", "salesforce-sales-cloud");
    assert!(zoom.contains("guessed: [status, data]") && zoom.contains("ZoomAttendees"), "{zoom}");
    assert!(!imported.stack.contains("  - from: salesforce-sales-cloud\n    to: zoom-webinars\n"));
    let kits = flow(&imported, "salesforce-sales-cloud", "brightpost");
    assert!(kits.contains("data: [sample-request]") && kits.contains("runs: 1/day  # \"Daily\""), "{kits}");
    let dialer = flow(&imported, "salesforce-sales-cloud", "ringlead-dialer");
    assert!(dialer.contains("mechanism: webhook\n") && dialer.contains("x-fields: \"Email, Id, Status\""), "{dialer}");
    assert!(!dialer.contains("guessed"), "{dialer}");
    let off = flow(&imported, "salesforce-sales-cloud", "eloqua");
    assert!(off.contains("status: planned\n"), "{off}");
    let package = flow(&imported, "docusign", "salesforce-sales-cloud");
    for key in ["flow", "from", "to", "data"] {
        assert!(package.contains(key) && package.contains("mechanism: native\n"), "{package}");
    }
    let asks: Vec<&str> = imported.report.questions.iter().map(|question| question.ask.as_str()).collect();
    for part in ["Clearbit, what, and which way", "Kit_Sent__e", "fonts.typenet.com", "Marketo Engage"] {
        assert!(asks.iter().any(|ask| ask.contains(part)), "{part}: {asks:#?}");
    }
    assert!(!imported.stack.contains("oldsms") && !imported.stack.contains("typenet"), "{}", imported.stack);
}

#[test]
fn a_class_that_does_both_makes_two_flows_and_a_test_none() {
    let credential = component("NamedCredential", "<endpoint>https://api.hubapi.com</endpoint>");
    let meta = component("ApexClass", "");
    let class = |code: &str| {
        let files = [
            ("a/HubSpot.namedCredential", credential.clone()),
            ("a/Sync.cls", code.as_bytes().to_vec()),
            ("a/Sync.cls-meta.xml", meta.clone()),
        ];
        walked(&files.map(|(name, bytes)| (name.to_owned(), bytes))).finish("stack.yaml")
    };
    let both = class("class Sync { r.setEndpoint('callout:HubSpot/a'); r.setMethod('PUT'); s.setMethod('GET'); }");
    flow(&both, "salesforce-sales-cloud", "hubspot");
    flow(&both, "hubspot", "salesforce-sales-cloud");
    let test = class("@isTest class Sync { r.setEndpoint('callout:HubSpot/a'); r.setMethod('GET'); }");
    assert!(
        flow(&test, "salesforce-sales-cloud", "hubspot").contains("guessed: [from, to, data, flow]"),
        "{}",
        test.stack
    );
    let stranger = class("class Sync { r.setEndpoint('callout:Elsewhere/a'); r.setMethod('GET'); }");
    assert!(
        stranger.report.questions.iter().any(|question| question.ask.contains("class Sync call")),
        "{}",
        stranger.stack
    );
}

fn named(files: &[(&str, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect()
}

/// The names of all systems but the org.
fn systems(imported: &Imported) -> Vec<String> {
    let stack = stack(imported);
    let names = stack.all_systems().map(|(_, system)| system.name.to_string());
    names.filter(|name| !name.starts_with("Salesforce")).collect()
}

#[test]
fn a_bot_and_the_planner_behind_it_are_one_agent() {
    let bot = component("Bot", "<label>Care Service Agent</label>");
    let planner = |label: &str| component("GenAiPlannerBundle", &format!("<masterLabel>{label}</masterLabel>"));
    let version = component(
        "BotVersion",
        "<conversationDefinitionPlanners><genAiPlannerName>Care_Planner</genAiPlannerName></conversationDefinitionPlanners>",
    );
    for (what, planner_file) in [
        ("named as the bot", "genAiPlannerBundles/Care/Care.genAiPlannerBundle"),
        ("a version of it", "genAiPlannerBundles/Care_v2/Care_v2.genAiPlannerBundle"),
        ("named by a version of the bot", "genAiPlannerBundles/Care_Planner/Care_Planner.genAiPlannerBundle"),
    ] {
        let files = named(&[
            ("bots/Care/Care.bot-meta.xml", bot.clone()),
            ("bots/Care/v1.botVersion-meta.xml", version.clone()),
            (planner_file, planner("Care Agent")),
        ]);
        let imported = walked(&files).finish("stack.yaml");
        assert_eq!(systems(&imported), ["Care Service Agent"], "{what}");
        assert_eq!(stack(&imported).flows.len(), 1, "{what}");
    }
    let files = named(&[
        ("bots/Care/Care.bot-meta.xml", bot),
        ("genAiPlannerBundles/Sales/Sales.genAiPlannerBundle", planner("Sales Agent")),
    ]);
    assert_eq!(systems(&walked(&files).finish("stack.yaml")), ["Care Service Agent", "Sales Agent"], "two agents");
}

#[test]
fn a_host_is_asked_about_once() {
    let site = |url: &str| component("RemoteSiteSetting", &format!("<isActive>true</isActive><url>{url}</url>"));
    let credential = |url: &str, label: &str| {
        component("NamedCredential", &format!("<endpoint>{url}</endpoint><label>{label}</label>"))
    };
    for files in [
        named(&[
            ("remoteSiteSettings/Zip.remoteSite-meta.xml", site("https://api.postalcheck.net/zip")),
            ("remoteSiteSettings/Street.remoteSite-meta.xml", site("https://api.postalcheck.net/street")),
        ]),
        named(&[
            (
                "namedCredentials/A.namedCredential",
                credential("https://x1.execute-api.eu-west-1.amazonaws.com/a", "Prices"),
            ),
            (
                "namedCredentials/B.namedCredential",
                credential("https://x1.execute-api.eu-west-1.amazonaws.com/b", "Stock"),
            ),
        ]),
        named(&[
            ("namedCredentials/A.namedCredential", credential("https://api.hubapi.com/a", "HubSpot read")),
            ("namedCredentials/B.namedCredential", credential("https://api.hubapi.com/b", "HubSpot write")),
            ("remoteSiteSettings/Hub.remoteSite-meta.xml", site("https://api.hubapi.com")),
        ]),
    ] {
        let imported = walked(&files).finish("stack.yaml");
        assert_eq!(systems(&imported).len(), 1, "{}", imported.stack);
        let ids: Vec<&str> = imported.report.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids.iter().filter(|id| id.starts_with("uses:")).count(), 1, "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    }
    let sites = named(&[
        ("remoteSiteSettings/Zip.remoteSite-meta.xml", site("https://api.postalcheck.net/zip")),
        ("remoteSiteSettings/Street.remoteSite-meta.xml", site("https://api.postalcheck.net/street")),
    ]);
    let report = walked(&sites).finish("stack.yaml").report;
    assert!(report.questions.iter().any(|one| one.ask.contains("The remote sites Street, Zip only allow it.")));
}

#[test]
fn a_zip_a_folder_and_any_order_say_the_same() {
    for name in PROJECTS {
        let mut files = project(name);
        let one = walked(&files).finish("stack.yaml");
        files.reverse();
        let other = walked(&files).finish("stack.yaml");
        assert_eq!(one.stack, other.stack, "{name}");
        let report = |imported: &Imported| serde_json::to_string(&imported.report).unwrap();
        assert_eq!(report(&one), report(&other), "{name}");
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in &files {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let zipped = imported(&[("org.zip", &bytes)], Options::default());
        // A name with a colon stands in quotes.
        assert_eq!(zipped.stack.replace("org.zip:", "").replace('"', ""), one.stack.replace('"', ""), "{name}");
    }
}

#[test]
fn a_second_import_changes_nothing() {
    for name in PROJECTS {
        let files = project(name);
        let first = walked(&files).finish("stack.yaml");
        let source = Source::new("stack.yaml", first.stack.clone());
        let again = walked(&files).into_stack(&source, Some(&first.base), Gone::Listed, "stack.yaml").unwrap();
        assert_eq!(again.stack, first.stack, "{name}");
        let states: BTreeSet<&str> = again.report.entries.iter().map(|entry| entry.state).collect();
        assert_eq!(states, BTreeSet::from(["same"]), "{name}");
    }
}

#[test]
fn no_secret_of_a_component_comes_out() {
    let mail = "ana@example.com";
    let files: Vec<(String, Vec<u8>)> = [
        ("namedCredentials/HubSpot.namedCredential", component("NamedCredential", &format!(
            "<endpoint>https://ana:SECRET1@api.hubapi.com/SECRET2?key=SECRET3</endpoint><label>HubSpot {mail}</label>\
             <username>{mail}</username><password>SECRET4</password><oauthToken>SECRET5</oauthToken>\
             <awsAccessKey>SECRET6</awsAccessKey><certificate>SECRET7</certificate>\
             <namedCredentialParameters><parameterType>HttpHeader</parameterType><parameterValue>SECRET8</parameterValue></namedCredentialParameters>"))),
        ("externalCredentials/Token.externalCredential", component("ExternalCredential",
            "<externalCredentialParameters><parameterValue>SECRET9</parameterValue></externalCredentialParameters>")),
        ("connectedApps/Loader.connectedApp", component("ConnectedApp", &format!(
            "<label>Loader {mail} xoxb-SECRET-1234567890</label><contactEmail>{mail}</contactEmail><contactPhone>+49 170 1234567</contactPhone>\
             <oauthConfig><callbackUrl>https://SECRETa@loader.example.net/SECRETb</callbackUrl><consumerKey>SECRETc</consumerKey>\
             <consumerSecret>SECRETd</consumerSecret><scopes>Api</scopes></oauthConfig>"))),
        ("workflows/Lead.workflow", component("Workflow", &format!(
            "<outboundMessages><fullName>To_{mail}</fullName><endpointUrl>https://in.dialer.net/SECRETe?q=SECRETf</endpointUrl>\
             <fields>Id</fields><fields>{mail}</fields><integrationUser>{mail}</integrationUser></outboundMessages>"))),
        ("classes/Sync.cls", b"class Sync { String t = 'Bearer SECRETg'; r.setEndpoint('callout:HubSpot/SECRETh'); r.setMethod('POST'); }".to_vec()),
        ("classes/Sync.cls-meta.xml", component("ApexClass", "")),
        ("dataSources/Orders.dataSource", component("ExternalDataSource",
            "<endpoint>https://o.northwind.net/SECRETi</endpoint><customConfiguration>{\"k\":\"SECRETj\"}</customConfiguration><username>SECRETk</username>")),
        ("bad/ana@example.com.xml", b"<ConnectedApp xmlns=\"http://soap.sforce.com/2006/04/metadata\"><consumerKey>SECRETl".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into();
    let imported = walked(&files).finish("stack.yaml");
    let source = Source::new("stack.yaml", "sinew: 1\n".to_owned());
    let merged = walked(&files).into_stack(&source, None, Gone::Listed, "stack.yaml").unwrap();
    let report = |report: &sinew::import::ImportReport| serde_json::to_string(report).unwrap() + &report.text();
    let shown = [
        imported.stack.clone(),
        report(&imported.report),
        imported.base.text(),
        merged.stack.clone(),
        report(&merged.report),
        merged.base.text(),
    ]
    .join("\n");
    for line in shown.lines() {
        let lower = line.to_lowercase();
        assert!(!lower.contains("secret") || lower.contains("consumersecret"), "{line}");
        assert!(!lower.contains("ana@") && !lower.contains("170 123") && !lower.contains("example.com"), "{line}");
    }
    assert!(
        imported.stack.contains("to: hubspot\n") && imported.stack.contains("from: loader\n"),
        "{}",
        imported.stack
    );
    let left: BTreeSet<&str> = imported.report.left_out.iter().map(|left| left.field.as_str()).collect();
    for field in [
        "consumerKey",
        "consumerSecret",
        "username",
        "password",
        "contactEmail",
        "contactPhone",
        "certificate",
        "integrationUser",
        "parameterValue",
        "path of an address",
        "customConfiguration",
        "e-mail address",
        "token",
    ] {
        assert!(left.contains(field), "{field}: {left:?}");
    }
}

#[test]
fn texts_without_end_and_many_parts_are_read_once() {
    let named = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    for sign in
        ["callout:A ", "[SELECT ", "[SELECT a FROM ", "https://a.example.com/ ", "/*", "'", "( FROM ", "trigger "]
    {
        let text = format!("http {}", sign.repeat(900_000 / sign.len()));
        let files = [named("a.cls", text.into_bytes()), named("a.cls-meta.xml", component("ApexClass", ""))];
        let (report, taken) = counted(|| walked(&files).finish("stack.yaml").report);
        assert_eq!(report.inputs.len(), 1, "{sign}");
        assert!(taken.bytes_total < 50_000_000 && taken.bytes_max < 20_000_000, "{sign}: {taken:?}");
    }
    let many = |kind: &str, one: &str| component(kind, &one.repeat(20_000));
    let schema = format!("{{\"paths\":{{{}}}}}", vec!["\"/a\":{\"post\":{}}"; 20_000].join(",").replace('"', "&quot;"));
    let files = [
        named("a.flow", many("Flow", "<actionCalls><actionType>externalService</actionType><actionName>A.b</actionName></actionCalls>")),
        named("b.flow", many("Flow", "<recordCreates><inputReference>x</inputReference></recordCreates><variables><name>y</name></variables>")),
        named("L.workflow", component("Workflow", &format!(
            "{}{}",
            "<outboundMessages><fullName>A</fullName><endpointUrl>https://a.example.com</endpointUrl></outboundMessages>".repeat(2_000),
            "<rules><fullName>A</fullName><actions><name>A</name><type>OutboundMessage</type></actions></rules>".repeat(2_000)))),
        named("A.externalServiceRegistration", component("ExternalServiceRegistration", &format!("<schema>{schema}</schema>"))),
    ];
    let (report, taken) = counted(|| walked(&files).finish("stack.yaml").report);
    assert_eq!(report.inputs.len(), files.len());
    let bytes: u64 = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    assert!(taken.bytes_total < 100 * bytes && taken.bytes_max < 20 * bytes, "{bytes} bytes: {taken:?}");
}

proptest! {
    #![proptest_config(cases(60))]

    /// Bytes of some files of a project are changed: the import ends, and what it writes is a stack file.
    #[test]
    fn no_mutation_of_a_project_breaks_an_import(
        which in 0..PROJECTS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), one()), 1..12),
    ) {
        let mut files = project(PROJECTS[which]);
        for (file, change) in changes {
            let file = file.index(files.len());
            mutate(&mut files[file].1, &[change], b"<>/\"'&_:.0a-");
        }
        let imported = walked(&files).finish("stack.yaml");
        let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
        prop_assert!(reading.stack.is_some(), "{:?}\n{}", reading.problems, imported.stack);
        for input in &imported.report.inputs {
            let leaves = FORMATS.iter().find(|format| format.id == input.format).unwrap().leaves;
            prop_assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped);
        }
    }
}
