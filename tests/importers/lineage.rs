//! dbt, OpenLineage and Backstage: systems, flows and products against truth that was written by hand before the rules were.

use std::fs;

use sinew::import::{Gone, Import, Imported, Options};
use sinew::source::Source;

use super::truth::{Comparison, Score, said, stack, truth, truth_of};
use super::{imported, samples};

/// Each format with how many files have truth, and the least precision and recall of flows.
pub(super) const FORMATS: [(&str, usize, f64, f64); 3] =
    [("dbt", 6, 0.95, 0.90), ("openlineage", 8, 0.95, 0.90), ("backstage", 7, 0.90, 0.70)];

#[test]
fn lineage_and_catalogs_give_the_flows_that_they_tell() {
    let mut bad = Vec::new();
    for (format, least, precision, recall) in FORMATS {
        let (mut found, mut products, mut files) = (Comparison::default(), Score::default(), 0);
        for path in samples(format) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let imported = imported(&[(name, &fs::read(&path).unwrap())], Options::default());
            assert!(imported.report.inputs.iter().all(|input| input.format == format), "{name}");
            assert_eq!(imported.report.inputs.len(), 1, "{name}: {:?}", imported.report.diagnostics);
            assert!(imported.report.diagnostics.is_empty(), "{name}: {:?}", imported.report.diagnostics);
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
        eprintln!("{}", complaints.join("\n"));
        assert!(files >= least, "{format}: {files} files with truth");
        let is_good = flows.precision() >= precision
            && flows.recall() >= recall
            && systems.precision() >= 0.95
            && systems.recall() >= 0.95
            && products.precision() >= 1.0
            && products.recall() >= 0.95;
        if !is_good {
            bad.push(format!("{format}: flows {flows:?}, systems {systems:?}, products {products:?}"));
            bad.extend(complaints);
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

fn one(name: &str, text: &str) -> Imported {
    imported(&[(name, text.as_bytes())], Options::default())
}

fn sample(format: &str, name: &str) -> Imported {
    let path = samples(format).into_iter().find(|path| path.ends_with(name)).unwrap();
    imported(&[(name, &fs::read(path).unwrap())], Options::default())
}

/// The lines of an entry of a flow between these ends.
fn flow(imported: &Imported, from: &str, to: &str) -> String {
    let start = format!("from: {from}\n    to: {to}\n");
    let at = imported.stack.find(&start).unwrap_or_else(|| panic!("{from} -> {to}\n{}", imported.stack));
    let rest = &imported.stack[at..];
    rest[..rest.find("\n  - ").unwrap_or(rest.len())].to_owned()
}

fn asks(imported: &Imported) -> Vec<&str> {
    imported.report.questions.iter().map(|question| question.ask.as_str()).collect()
}

#[test]
fn a_manifest_says_what_loads_what_and_how_fresh_it_is() {
    let imported = sample("dbt", "revenue.json");
    let marketo = flow(&imported, "marketo-engage", "snowflake");
    for part in ["data: [marketo]\n", "mechanism: etl\n", "through: fivetran\n", "delay: 12h", "Tables: activity, lead"]
    {
        assert!(marketo.contains(part), "{part}\n{marketo}");
    }
    assert!(marketo.contains("guessed: [delay]"), "{marketo}");
    let sheet = flow(&imported, "google-sheets", "snowflake");
    assert!(sheet.contains("data: [target-accounts]\n") && sheet.contains("mechanism: export-import\n"), "{sheet}");
    assert!(sheet.contains("guessed: [mechanism]"), "{sheet}");
    let asked = "Who carries target accounts from Google Sheets to Snowflake, how often, and how long does it take?";
    assert!(asks(&imported).contains(&asked), "{:?}", asks(&imported));
    let looker = flow(&imported, "snowflake", "looker");
    assert!(looker.contains("data: [pipeline-dashboard]\n") && looker.contains("mechanism: native\n"), "{looker}");
    let back = flow(&imported, "snowflake", "salesforce-sales-cloud");
    assert!(back.contains("mechanism: reverse-etl\n") && back.contains("through: hightouch\n"), "{back}");
    assert!(imported.stack.contains("\nteams:\n  pricing-team:\n    name: \"Pricing team\"\n"), "{}", imported.stack);
    assert!(imported.stack.contains("  revenue-operations:\n"), "{}", imported.stack);
    for secret in ["ana", "Ana", "example.com", "PASSWORD", "token", "/dashboards"] {
        assert!(!imported.stack.contains(secret), "{secret}\n{}", imported.stack);
    }
}

#[test]
fn the_warehouse_of_a_folder_of_yaml_is_that_of_its_project() {
    let growth =
        fs::read_to_string(samples("dbt").into_iter().find(|path| path.ends_with("growth.yml")).unwrap()).unwrap();
    let project = "name: growth\nversion: '1.0'\nconfig-version: 2\nprofile: acme\nmodel-paths: [models]\n";
    let profiles = "acme:\n  target: prod\n  outputs:\n    prod:\n      type: bigquery\n      password: PLANTED\n";
    let other = "other:\n  target: x\n  outputs:\n    x:\n      type: redshift\n";
    let files = [
        ("a/models/growth.yml", growth.as_str()),
        ("a/dbt_project.yml", project),
        ("a/profiles.yml", profiles),
        ("b/profiles.yml", other),
    ];
    let mut files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let first = imported(&files, Options::default());
    flow(&first, "hubspot", "bigquery");
    assert!(!first.stack.contains("redshift") && !first.stack.contains("PLANTED"), "{}", first.stack);
    assert!(!asks(&first).iter().any(|ask| ask.contains("Which warehouse")), "{:?}", asks(&first));
    files.reverse();
    assert_eq!(imported(&files, Options::default()).stack, first.stack);
    let alone = one("growth.yml", &growth);
    assert!(asks(&alone).iter().any(|ask| ask.contains("Which warehouse does dbt work in?")), "{:?}", asks(&alone));
}

#[test]
fn macros_and_code_of_a_manifest_are_read_past() {
    let path = samples("dbt").into_iter().find(|path| path.ends_with("revenue.json")).unwrap();
    let text = fs::read_to_string(path).unwrap();
    let many: Vec<String> = (0..20_000)
        .map(|at| format!("\"macro.x.m{at}\": {{ \"macro_sql\": \"{}\" }}", "select 1 ".repeat(60)))
        .collect();
    let large = text.replace("\"macros\": {", &format!("\"macros\": {{ {},", many.join(",")));
    assert!(large.len() > 11 << 20);
    assert_eq!(one("revenue.json", &large).stack, one("revenue.json", &text).stack);
    let newer = text.replace("manifest/v12.json", "manifest/v13.json");
    let newer = one("revenue.json", &newer);
    assert_eq!(newer.report.diagnostics[0].code, "newer-version");
    flow(&newer, "marketo-engage", "snowflake");
    let cut = one("revenue.json", &text[..text.len() / 2]);
    assert_eq!((cut.report.inputs.len(), cut.report.diagnostics[0].code), (0, "not-json"));
}

#[test]
fn what_a_project_computes_is_not_shown_as_it_is_written() {
    let text = "version: 2\nsources:\n  - name: marketo\n    loader: \"{{ env_var('LOADER', 'SECRET1') }}\"\n    schema: \"{{ var('x', 'SECRET2') }}\"\n    tables: [{ name: lead }]\nexposures:\n  - name: board\n    label: \"{{ env_var('SECRET3') }}\"\n    type: dashboard\n    url: \"{{ env_var('SECRET4') }}\"\n    owner: { name: \"{{ env_var('SECRET5') }}\" }\n    depends_on: [ref('x')]\n";
    let imported = one("models.yml", text);
    flow(&imported, "marketo-engage", "warehouse");
    let all = format!("{}{}", imported.stack, serde_json::to_string(&imported.report).unwrap());
    assert!(!all.contains("SECRET") && !all.contains("env_var"), "{all}");
    let left_out = imported.report.left_out.iter().find(|field| field.field == "expression").map(|field| field.count);
    assert_eq!(left_out, Some(4), "{:?}", imported.report.left_out);
}

#[test]
fn exposures_without_a_tool_are_asked_about() {
    let text = "version: 2\nexposures:\n  - name: board_report\n    type: dashboard\n    owner: { email: a@example.com }\n    depends_on: [ref('x')]\n  - name: ad_audiences\n    type: application\n    url: https://app.hightouch.com/x\n    depends_on: [ref('x')]\n";
    let imported = one("exposures.yml", text);
    let asks = asks(&imported);
    assert!(asks.contains(&"Which tool shows \"Board Report\"?"), "{asks:?}");
    assert!(asks.contains(&"Which system does Hightouch bring \"Ad Audiences\" to?"), "{asks:?}");
    flow(&imported, "warehouse", "bi-tool");
    flow(&imported, "warehouse", "hightouch");
}

#[test]
fn runs_of_a_job_are_counted_where_three_were_meant() {
    let imported = sample("openlineage", "nightly.jsonl");
    let orders = flow(&imported, "postgresql-shop-db", "amazon-s3");
    assert!(orders.contains("data: [public-orders]\n") && orders.contains("runs: 1/day\n"), "{orders}");
    let loaded = flow(&imported, "amazon-s3", "snowflake");
    assert!(loaded.contains("data: [shop-orders]\n") && !loaded.contains("runs:"), "{loaded}");
    assert!(imported.stack.contains("name: \"PostgreSQL shop-db\""), "{}", imported.stack);
    assert!(asks(&imported).iter().any(|ask| ask.contains("mail.weekly_digest")), "{:?}", asks(&imported));
    assert_eq!((imported.report.inputs[0].units["events"], imported.report.inputs[0].units["jobs"]), (9, 6));
}

#[test]
fn events_of_several_files_are_those_of_one_job() {
    let read = r#"{"eventType":"START","eventTime":"2026-11-16T02:00:01Z","job":{"namespace":"n","name":"j"},"inputs":[{"namespace":"mysql://shop:3306","name":"shop.orders"}],"outputs":[]}"#;
    let written = r#"{"eventType":"COMPLETE","eventTime":"2026-11-16T02:00:09Z","job":{"namespace":"n","name":"j"},"inputs":[],"outputs":[{"namespace":"bigquery","name":"a.b.orders"}]}"#;
    let files = [("1.json", read.as_bytes()), ("2.json", written.as_bytes())];
    let first = imported(&files, Options::default());
    flow(&first, "mysql", "bigquery");
    assert_eq!(imported(&[files[1], files[0]], Options::default()).stack, first.stack);
    let lines = format!("{read}\nnot json\n{written}\n");
    let damaged = one("x.jsonl", &lines);
    flow(&damaged, "mysql", "bigquery");
    assert_eq!((damaged.report.diagnostics[0].code, damaged.report.diagnostics[0].line), ("not-json", Some(2)));
}

#[test]
fn an_entity_says_who_owns_what_and_what_it_depends_on() {
    let imported = sample("backstage", "revenue-platform.yaml");
    let router = imported.stack.find("\n  lead-router:\n").unwrap();
    let router = &imported.stack[router..router + 600];
    for part in [
        "name: \"Lead router\"\n",
        "owner: revenue-operations\n",
        "domain: Revenue\n",
        "depends_on: [feature-flags, leads-db, routing-topic]",
    ] {
        assert!(router.contains(part), "{part}\n{router}");
    }
    for part in ["status: phasing-out", "status: pilot", "people: 2", "name: \"Web team\""] {
        assert!(imported.stack.contains(part), "{part}\n{}", imported.stack);
    }
    assert!(flow(&imported, "leads-db", "lead-router").contains("guessed: ["), "{}", imported.stack);
    assert!(!flow(&imported, "lead-router", "website").contains("guessed: [flow"), "{}", imported.stack);
    assert!(
        asks(&imported).iter().any(|ask| ask.contains("provides the API \"billing-api\"")),
        "{:?}",
        asks(&imported)
    );
    for secret in ["cy.chen", "Cy Chen", "ana.lopez", "example.com", "token"] {
        assert!(!imported.stack.contains(secret), "{secret}\n{}", imported.stack);
    }
}

#[test]
fn entities_of_several_files_find_each_other_and_cycles_are_cut() {
    let entity = |name: &str, spec: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\nspec: {{ type: service, {spec} }}\n"
        )
    };
    let a = entity("a", "providesApis: [x], dependsOn: ['component:b']");
    let b = entity("b", "consumesApis: ['api:default/x'], dependsOn: ['component:default/c']");
    let c = entity("c", "dependsOn: ['component:a']");
    let files = [("a.yaml", a.as_bytes()), ("b.yaml", b.as_bytes()), ("c.yaml", c.as_bytes())];
    let first = imported(&files, Options::default());
    flow(&first, "a", "b");
    stack(&first);
    let back = [files[2], files[1], files[0]];
    assert_eq!(imported(&back, Options::default()).stack, first.stack);
    assert!(asks(&first).iter().any(|ask| ask.contains("depend on each other")), "{:?}", asks(&first));
}

#[test]
fn entities_of_one_name_in_two_namespaces_are_two_and_of_one_id_are_one() {
    let entity = |namespace: &str, description: &str| {
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: agent, namespace: {namespace}, description: {description} }}\nspec: {{ type: service, consumesApis: ['api:eu/leads'] }}\n"
        )
    };
    let api = "---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: leads, namespace: eu }\nspec: { type: openapi }\n";
    let text = [entity("eu", "first"), entity("us", "second"), entity("us", "third"), api.to_owned()].concat();
    let imported = one("catalog-info.yaml", &text);
    for part in ["  agent-eu:\n", "  agent-us:\n", "name: \"agent (us)\"", "notes: second"] {
        assert!(imported.stack.contains(part), "{part}\n{}", imported.stack);
    }
    flow(&imported, "leads", "agent-eu");
    flow(&imported, "leads", "agent-us");
    assert!(!asks(&imported).iter().any(|ask| ask.contains("is right")), "{:?}", asks(&imported));
}

#[test]
fn the_catalogs_own_json_is_read_as_its_files_are() {
    let text = r#"[ { "apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": { "name": "shop" }, "spec": { "type": "service" }, "relations": [ { "type": "consumesApi", "targetRef": "api:default/stock" }, { "type": "ownedBy", "targetRef": "group:default/web" } ] },
      { "apiVersion": "backstage.io/v1alpha1", "kind": "API", "metadata": { "name": "stock" }, "spec": { "type": "openapi" }, "relations": [ { "type": "apiProvidedBy", "targetRef": "component:default/warehouse-service" } ] } ]"#;
    flow(&one("entities.json", text), "warehouse-service", "shop");
}

#[test]
fn a_second_import_of_lineage_changes_nothing() {
    for (format, ..) in FORMATS {
        for path in samples(format) {
            let bytes = fs::read(&path).unwrap();
            let import = || {
                let mut import = Import::new(Options::default());
                import.file("input", &bytes, true);
                import
            };
            let made = import().finish("stack.yaml");
            let source = Source::new("stack.yaml", made.stack.clone());
            let merged = import().into_stack(&source, Some(&made.base), Gone::Listed, "stack.yaml").unwrap();
            assert_eq!(merged.stack, made.stack, "{}", path.display());
            let states: Vec<&str> = merged.report.entries.iter().map(|entry| entry.state).collect();
            assert!(states.iter().all(|state| *state == "same"), "{}: {states:?}", path.display());
        }
    }
}
