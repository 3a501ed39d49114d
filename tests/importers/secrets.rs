//! What must never come out of an import: a secret is planted in every field that may hold one, and looked for.

use serde_json::{Value, json};
use sinew::import::{Imported, Options};

use super::imported;

/// Everything that an import shows.
fn shown(imported: &Imported) -> String {
    format!("{}\n{}\n{}", imported.stack, imported.report.text(), serde_json::to_string(&imported.report).unwrap())
}

/// Imports `value` and asserts that none of the planted secrets is shown, and that a flow was made.
fn keeps(value: &Value, fields: &[&str]) {
    let text = value.to_string();
    let planted = text.matches("SECRET").count();
    assert!(planted >= 5, "{planted}");
    let imported = imported(&[("ana@example.com.json", text.as_bytes())], Options::default());
    let shown = shown(&imported);
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
