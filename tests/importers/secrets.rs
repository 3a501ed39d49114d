//! What must never come out of an import: a secret is planted in every field that may hold one, and looked for in
//! everything that an import writes or says: the stack, the reports, the file for the next import, the diff of an import
//! into a stack file, and what is said where that cannot be.

use std::io::Write;

use serde_json::{Value, json};
use sinew::edit::unified_diff;
use sinew::import::{Gone, Import, Imported, Options, Unmerged};
use sinew::source::Source;

use super::imported;

/// Everything that an import shows.
fn shown(imported: &Imported) -> String {
    let report = serde_json::to_string(&imported.report).unwrap();
    format!("{}\n{}\n{report}\n{}", imported.stack, imported.report.text(), imported.base.text())
}

/// Everything that an import of `bytes` into stack files shows: one that takes it, and one whose anchors do not.
fn shown_of_merge(name: &str, bytes: &[u8]) -> String {
    let import = || {
        let mut import = Import::new(Options::default());
        import.file(name, bytes, true);
        import
    };
    let source = Source::new("stack.yaml", "sinew: 1\n".to_owned());
    let merged = import().into_stack(&source, None, Gone::Listed, "stack.yaml").unwrap();
    let diff = unified_diff("stack.yaml", source.text(), &merged.stack);
    assert!(diff.contains("+flows:"), "{diff}");
    let report = serde_json::to_string(&merged.report).unwrap();
    let shared = merged.stack.replacen("systems:", "systems: &all", 1).replacen("product:", "x-product:", 1);
    let shared = shared.replacen("x-product:", "kind: other\n    x-product:", 1);
    let shared = Source::new("stack.yaml", shared);
    let refused = match import().into_stack(&shared, None, Gone::Listed, "stack.yaml") {
        Err(Unmerged::Refused(refused)) => format!("{refused:?}"),
        other => panic!("{other:?}\n{}", shared.text()),
    };
    assert!(refused.contains("anchor"), "{refused}");
    format!("{diff}\n{report}\n{}\n{}\n{refused}", merged.report.text(), merged.base.text())
}

/// Imports `value` and asserts that none of the planted secrets is shown, and that a flow was made.
fn keeps(value: &Value, fields: &[&str]) {
    let text = value.to_string();
    let planted = text.matches("SECRET").count();
    assert!(planted >= 5, "{planted}");
    let imported = imported(&[("ana@example.com.json", text.as_bytes())], Options::default());
    let shown = format!("{}\n{}", shown(&imported), shown_of_merge("ana@example.com.json", text.as_bytes()));
    assert!(imported.stack.contains("flows:"), "{shown}");
    for line in shown.lines() {
        let lower = line.to_lowercase();
        assert!(!lower.contains("secret") && !lower.contains("ana@") && !lower.contains("170 123"), "{line}");
    }
    for field in fields {
        let left = imported.report.left_out.iter().find(|left| left.field == *field);
        assert!(left.is_some_and(|left| left.count > 0), "{field}: {:?}", imported.report.left_out);
    }
}

#[test]
fn n8n_keeps_credentials_data_and_addresses_to_itself() {
    let value = json!({
        "name": "Sync for ana@example.com sk-live-SECRET123456", "id": "sk-SECRET1234567890",
        "meta": { "instanceId": "SECRET1" }, "pinData": { "Read": [{ "json": { "x": "SECRET2" } }] },
        "staticData": { "x": "SECRET3" },
        "nodes": [
            { "name": "Read", "type": "n8n-nodes-base.googleSheets", "typeVersion": 4, "webhookId": "SECRET4",
              "parameters": { "sheetName": { "cachedResultName": "Leads +49 170 1234567" }, "documentId": "SECRET5" },
              "credentials": { "googleApi": { "id": "SECRET6", "name": "SECRET7" } } },
            { "name": "Send eyJSECRETaGVsbG8x.eyJ0", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4,
              "parameters": { "method": "POST", "url": "https://ana:SECRET8@api.example.com/SECRET9?key=SECRET10",
                              "jsonBody": "={{ $json.a }} SECRET11", "headers": { "Authorization": "SECRET12" } } },
            { "name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "parameters": { "jsCode": "const k = 'SECRET13'" } }
        ],
        "connections": { "Read": { "main": [[{ "node": "Send eyJSECRETaGVsbG8x.eyJ0", "type": "main", "index": 0 },
                                             { "node": "SECRETxoxb-1234567890123 gone", "type": "main", "index": 0 }]] } }
    });
    // A name of a node that is missing is shown, so it is cleaned like any other.
    let value: Value = serde_json::from_str(&value.to_string().replace("SECRETxoxb", "xoxb-SECRET")).unwrap();
    keeps(
        &value,
        &[
            "credentials",
            "pinData",
            "staticData",
            "webhookId",
            "meta.instanceId",
            "e-mail address",
            "phone number",
            "token",
        ],
    );
}

#[test]
fn zapier_keeps_accounts_parameters_and_code_to_itself() {
    let value = json!({ "metadata": { "version": 2 }, "zaps": [{ "id": 1, "title": "Leads of ana@example.com", "status": "on",
        "account_id": "SECRET1", "customuser_id": "SECRET2",
        "nodes": {
            "1": { "id": 1, "parent_id": null, "selected_api": "TypeformCLIAPI@2.0.0", "type_of": "read", "action": "new_entry",
                   "authentication_id": "SECRET3", "account_id": "SECRET4", "params": { "form": "SECRET5" } },
            "2": { "id": 2, "parent_id": 1, "selected_api": "CodeCLIAPI@1.0.1", "type_of": "write", "action": "python",
                   "params": { "code": "SECRET6", "data": { "x": "{{1__a}}" } } },
            "3": { "id": 3, "parent_id": 2, "selected_api": "SlackCLIAPI@1.0.0", "type_of": "write", "action": "channel_message",
                   "customuser_id": "SECRET7", "params": { "text": "{{2__x}} SECRET8", "channel": "SECRET9" },
                   "meta": { "parammap": { "channel": "SECRET10" } } }
        } }] });
    keeps(&value, &["authentication_id", "account_id", "customuser_id", "e-mail address"]);
}

#[test]
fn make_keeps_connections_and_restored_labels_to_itself() {
    let value = json!({ "name": "Call +49 170 1234567", "flow": [
        { "id": 1, "module": "hubspotcrm:watchContacts", "parameters": { "__IMTCONN__": "SECRET1" },
          "metadata": { "restore": { "parameters": { "__IMTCONN__": { "label": "SECRET2 of ana@example.com" } } } } },
        { "id": 2, "module": "http:ActionSendData", "mapper": { "url": "https://api.example.com/SECRET3", "method": "post",
          "data": "{{1.email}} SECRET4", "headers": [{ "name": "Authorization", "value": "SECRET5" }] },
          "metadata": { "restore": { "x": "SECRET6" } } },
        { "id": 3, "module": "slack:CreateMessage", "mapper": { "text": "{{1.email}} SECRET7", "channelId": "SECRET8" } } ] });
    keeps(&value, &["__IMTCONN__", "metadata.restore", "phone number"]);
}

#[test]
fn workato_keeps_accounts_and_inputs_to_itself() {
    let pill = r##"#{_dp('{"pill_type":"output","provider":"salesforce","line":"opp","path":["Name"]}')} SECRET1"##;
    let value = json!({ "name": "Deals of ana@example.com", "code": { "number": 0, "keyword": "trigger", "provider": "salesforce",
        "name": "updated_sobject", "as": "opp", "input": { "sobject_name": "Opportunity", "token": "SECRET2" },
        "block": [{ "number": 1, "keyword": "action", "provider": "slack", "name": "post_message", "as": "msg",
                    "input": { "message": pill, "channel": "SECRET3" }, "comment": "SECRET4" }] },
        "config": [{ "provider": "salesforce", "account_id": { "zip_name": "SECRET5.connection.json", "name": "SECRET6" } },
                   { "provider": "slack", "account_id": null, "zip_name": "SECRET7" }] });
    keeps(&value, &["account_id", "zip_name", "e-mail address"]);
}

#[test]
fn a_package_keeps_connections_and_names_of_its_entries_to_itself() {
    let recipe = json!({ "name": "Deals", "code": { "number": 0, "keyword": "trigger", "provider": "salesforce",
        "name": "updated_sobject", "as": "opp", "input": { "sobject_name": "Opportunity" },
        "block": [{ "number": 1, "keyword": "action", "provider": "slack", "name": "post_message", "as": "msg",
                    "input": { "message": "x", "token": "SECRET1" } }] } });
    let connection = json!({ "name": "SECRET2", "provider": "salesforce", "input": { "password": "SECRET3", "username": "ana@example.com" } });
    let package = |entries: &[(&str, String)]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in entries {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let bytes = package(&[
        ("ana@example.com/deals.recipe.json", recipe.to_string()),
        ("sk-live-SECRET4567890.connection.json", connection.to_string()),
    ]);
    let whole = imported(&[("package.zip", &bytes)], Options::default());
    assert_eq!(whole.report.files_not_read, 1, "{:?}", whole.report.diagnostics);
    let mut all = format!("{}\n{}", shown(&whole), shown_of_merge("package.zip", &bytes));
    let bomb = package(&[("sk-live-SECRET4567890 of ana@example.com.json", " ".repeat(80 << 20))]);
    let refused = imported(&[("package.zip", &bomb)], Options::default());
    assert_eq!(refused.report.diagnostics[0].code, "zip-bomb");
    all.push_str(&shown(&refused));
    for secret in ["SECRET", "ana@"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
}

#[test]
fn dbt_keeps_code_addresses_and_owners_to_itself() {
    let value = json!({
        "metadata": { "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "adapter_type": "snowflake",
                      "env": { "DBT_ENV_SECRET_X": "SECRET1" }, "user_id": "SECRET2", "project_name": "acme" },
        "nodes": { "model.acme.a": { "resource_type": "model", "name": "a", "raw_code": "SECRET3", "compiled_code": "SECRET4" } },
        "sources": { "source.acme.marketo.lead": { "source_name": "marketo", "name": "lead", "loader": "fivetran",
                     "meta": { "owner": "ana@example.com", "key": "SECRET5" }, "database": "SECRET6",
                     "columns": { "a": { "description": "SECRET7" } } } },
        "exposures": { "exposure.acme.x": { "name": "x", "type": "dashboard", "label": "Pipeline of ana@example.com +49 170 1234567",
                       "url": "https://ana:SECRET8@acme.looker.com/SECRET9?key=SECRET10",
                       "owner": { "name": "ana@example.com", "email": "ana@example.com" },
                       "description": "sk-live-SECRET123456", "meta": { "x": "SECRET11" } } },
        "macros": { "macro.x": { "macro_sql": "SECRET12" } }
    });
    keeps(&value, &["e-mail of an owner", "path of an address", "e-mail address"]);
}

#[test]
fn openlineage_keeps_code_settings_and_addresses_to_itself() {
    let value = json!([{ "eventType": "COMPLETE", "eventTime": "2026-11-16T02:00:00Z", "producer": "https://x/SECRET1",
        "run": { "runId": "SECRET2", "facets": { "spark_properties": { "x": "SECRET3" }, "environmentVariables": { "x": "SECRET4" },
                 "errorMessage": { "message": "SECRET5" }, "airflow": { "x": "SECRET6" } } },
        "job": { "namespace": "of ana@example.com", "name": "load sk-live-SECRET123456",
                 "facets": { "sql": { "query": "SECRET7" }, "sourceCode": { "sourceCode": "SECRET8" },
                             "ownership": { "owners": [{ "name": "ana@example.com" }] } } },
        "inputs": [{ "namespace": "postgres://ana:SECRET9@db.example.com:5432/SECRET10", "name": "public.leads",
                     "facets": { "dataSource": { "uri": "jdbc:x?password=SECRET11" } } }],
        "outputs": [{ "namespace": "snowflake://acme", "name": "RAW.LEADS", "facets": { "schema": { "fields": [{ "name": "SECRET12" }] } } }] }]);
    keeps(
        &value,
        &["sql", "spark_properties", "environmentVariables", "e-mail address", "path of an address", "token"],
    );
}

#[test]
fn backstage_keeps_persons_definitions_and_annotations_to_itself() {
    let entity = |kind: &str, name: &str, spec: Value| {
        json!({ "apiVersion": "backstage.io/v1alpha1", "kind": kind,
                "metadata": { "name": name, "annotations": { "x/y": "SECRET1" }, "links": [{ "url": "https://x/SECRET2" }] }, "spec": spec })
    };
    let value = json!([
        entity(
            "Component",
            "salesforce",
            json!({ "type": "saas", "owner": "user:default/boss", "providesApis": ["deals-api"] })
        ),
        entity(
            "Component",
            "shop",
            json!({ "type": "service", "owner": "ana@example.com", "consumesApis": ["deals-api"] })
        ),
        entity("API", "deals-api", json!({ "type": "openapi", "definition": "SECRET3", "owner": "group:sales" })),
        entity(
            "Group",
            "sales",
            json!({ "type": "team", "members": ["ana@example.com", "SECRET4"], "profile": { "email": "ana@example.com" } })
        ),
        entity(
            "User",
            "SECRET5",
            json!({ "profile": { "displayName": "SECRET6", "email": "ana@example.com" }, "memberOf": ["sales"] })
        ),
    ]);
    keeps(
        &value,
        &["name of a person", "member of a group", "definition of an API", "annotation", "owner that is a person"],
    );
}

#[test]
fn an_error_shows_nothing_of_the_file() {
    for text in [
        r#"{ "token": "SECRET", "nodes": [ {{SECRET}} ] }"#,
        r#"{ "token": "SECRET" }"#,
        "SECRET,a,b\n1,2,3\n",
        "<!doctype html><title>SECRET</title>",
    ] {
        let imported = imported(&[("a.json", text.as_bytes())], Options::default());
        assert_eq!(imported.report.diagnostics.len(), 1, "{text}");
        assert!(!shown(&imported).contains("SECRET"), "{text}");
    }
}

#[test]
fn passwords_in_notes_and_columns_of_secrets_do_not_come_out() {
    let text = "Tool,Owner,Notes,Admin password,Admin\nSalesforce,Ops,\"pw: Hunter2!x, ask Ops\",geheim77,Tom Ray\nSlack,Ops,password=secret123,,\n";
    let imported = imported(&[("tools.csv", text.as_bytes())], Options::default());
    let all = format!("{}{}", imported.stack, serde_json::to_string(&imported.report).unwrap());
    for secret in ["Hunter2", "secret123", "geheim77", "Tom Ray"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    assert!(imported.stack.contains("notes: \"pw: ask Ops\""), "{}", imported.stack);
    let text = imported.report.text();
    assert!(
        text.contains("left out: 2 values of secret") && text.contains("left out: 1 value of column of secrets"),
        "{text}"
    );
}
