//! Edits: what they would change, and the drafts of them that a person applies.

use std::fs;

use serde_json::{Value, json};

use super::{call, desk, example};
use crate::support::binary::{err, folder, out, run};

#[test]
fn what_edits_would_change_and_the_draft_of_them_agree_and_nothing_is_written() {
    let folder = folder("mcp-edits");
    let path = folder.join("fernwood.yaml");
    let text = fs::read_to_string(example("tiny")).unwrap();
    fs::write(&path, &text).unwrap();
    let desk = desk(std::slice::from_ref(&path));
    let edits = json!({
        "retire": ["draft-to-site"],
        "change": { "HubSpot": { "owner": "founders", "notes": "kept: yes" }, "draft-to-newsletter": { "minutes": [1, 2, 3] } },
        "add": {
            "systems": { "zapier": { "product": "zapier", "owner": "dana" } },
            "flows": [{ "from": "chatgpt", "to": "wordpress", "data": "draft", "mechanism": "ipaas", "through": "zapier" }],
        },
        "plan": { "horizon": "52w" },
    });
    let what_if = call(&desk, "what_if", json!({ "edits": edits }));
    assert!(!what_if.is_error, "{}", what_if.text);
    let draft = call(&desk, "draft_edit", json!({ "edits": edits }));
    assert!(!draft.is_error, "{}", draft.text);
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "nothing is written");
    let diff: Vec<&str> =
        draft.structured["answer"]["diff"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    fs::write(folder.join("edits.diff"), diff.join("\n") + "\n").unwrap();
    let removed: Vec<&&str> = diff.iter().filter(|line| line.starts_with('-') && !line.starts_with("---")).collect();
    assert!(removed.iter().all(|line| !line.contains('#')), "comments stay: {removed:?}");
    // Whoever applies the diff has the stack that `what_if` spoke of.
    let patched = applied(&text, &diff);
    let new = folder.join("new.yaml");
    fs::write(&new, patched).unwrap();
    let told = run(&["diff", path.to_str().unwrap(), new.to_str().unwrap(), "--format", "json"]);
    let wanted: Value = serde_json::from_str(out(&told)).unwrap_or_else(|_| panic!("{}", err(&told)));
    let (found, wanted) = (&what_if.structured["answer"], &wanted);
    for key in ["changed", "stage", "handoffs", "single_points"] {
        assert_eq!(found[key], wanted[key], "{key}");
    }
    let ids = |of: &Value, key: &str| -> Vec<String> {
        of["findings"][key].as_array().unwrap().iter().map(|one| one["id"].to_string()).collect()
    };
    for key in ["fixed", "void", "new"] {
        assert_eq!(ids(found, key), ids(wanted, key), "{key}");
    }
    assert!(!ids(found, "fixed").is_empty() || !ids(found, "void").is_empty(), "{found:#}");
}

/// `text` with the hunks of a unified diff applied.
fn applied(text: &str, diff: &[&str]) -> String {
    let old: Vec<&str> = text.lines().collect();
    let (mut new, mut at) = (Vec::new(), 0);
    for line in diff.iter().skip(2) {
        if let Some(head) = line.strip_prefix("@@ -") {
            let start: usize = head.split([',', ' ']).next().unwrap().parse().unwrap();
            new.extend(&old[at..start - 1]);
            at = start - 1;
        } else if let Some(added) = line.strip_prefix('+') {
            new.push(added);
        } else {
            assert_eq!(&line[1..], old[at], "the diff fits");
            if line.starts_with(' ') {
                new.push(old[at]);
            }
            at += 1;
        }
    }
    new.extend(&old[at..]);
    new.join("\n") + "\n"
}

#[test]
fn drafts_of_every_shape_read_as_what_was_asked_for() {
    let folder = folder("mcp-drafts");
    let json = "{\n  \"sinew\": 1,\n  \"systems\": { \"a\": { \"kind\": \"crm\" }, \"b\": { \"kind\": \"cms\" } },\n  \"data\": { \"o\": {} },\n  \
                \"flows\": [\n    { \"from\": \"a\", \"to\": \"b\", \"data\": \"o\", \"mechanism\": \"api\" }\n  ]\n}\n";
    let yaml = "sinew: 1 # ours\nsystems:\n  a: { kind: crm }\n  b: # two\n    kind: cms\n  c: { kind: cms }\ndata: { o: }\nflows:\n  - from: a # one\n    to: b\n    \
                data: o\n    mechanism: api\n  - { from: b, to: [a, c], data: o, mechanism: webhook }\n";
    fs::write(folder.join("one.json"), json).unwrap();
    fs::write(folder.join("two.yaml"), yaml).unwrap();
    fs::write(folder.join("three.yaml"), "sinew: 1\nsystems: { a: { kind: crm } }\n").unwrap();
    let desk = desk(&["one.json", "two.yaml", "three.yaml"].map(|name| folder.join(name)));
    for stack in ["one", "two"] {
        for edits in [
            json!({ "change": { "b": { "kind": "bi", "notes": "a: b" }, "o": { "content": true } } }),
            json!({ "retire": ["a"] }),
            json!({ "change": { "a->b:o": { "mechanism": "etl", "to": "a2" } }, "add": { "systems": { "a2": { "kind": "bi" } } } }),
            json!({ "add": { "teams": { "t": { "people": 1 } }, "processes": { "p": { "needs": [{ "data": "o", "at": "b" }] } } } }),
            json!({ "plan": { "horizon": "26w", "efforts": { "api": [1, 2, 3] } } }),
        ] {
            let reply = call(&desk, "draft_edit", json!({ "stack": stack, "edits": edits }));
            assert!(!reply.is_error, "{stack} {edits}: {}", reply.text);
            assert!(!reply.structured["answer"]["diff"].as_array().unwrap().is_empty(), "{stack} {edits}");
        }
    }
    // Whatever style a file is written in: nothing but these edits comes of it, else the tool refuses.
    let examples =
        ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "adobe-near-stage-4", "two-models", "messy-45"];
    let others = self::desk(&examples.map(example));
    for stack in examples {
        let found = call(&others, "find", json!({ "stack": stack, "kind": "system" }));
        let id = found.structured["answer"]["entries"][0]["id"].as_str().unwrap();
        for edits in [
            json!({ "change": { id: { "notes": "x: \"y\" # z", "domain": null } } }),
            json!({
                "add": {
                    "systems": { "z1": { "kind": "crm" }, "z2": { "kind": "cms" } },
                    "data": { "z": {} },
                    "flows": [{ "from": "z1", "to": "z2", "data": "z", "mechanism": "api" }],
                },
                "plan": { "horizon": "26w" },
            }),
        ] {
            let reply = call(&others, "draft_edit", json!({ "stack": stack, "edits": edits }));
            assert!(!reply.is_error, "{stack} {edits}: {}", reply.text);
            assert!(reply.structured["answer"]["diff"].as_array().unwrap().len() > 3, "{stack} {edits}");
        }
    }
    let shared = call(&desk, "draft_edit", json!({ "stack": "two", "edits": { "retire": ["b->c:o"] } }));
    assert!(shared.is_error && shared.text.contains("stands in one entry with others"), "{}", shared.text);
    let none = json!({ "stack": "three", "edits": { "add": { "data": { "o": {} }, "systems": { "b": { "kind": "cms" } }, "flows": [{ "from": "a", "to": "b", "data": "o", "mechanism": "api" }] } } });
    let reply = call(&desk, "draft_edit", none);
    assert!(!reply.is_error, "{}", reply.text);
    let same =
        call(&desk, "draft_edit", json!({ "stack": "three", "edits": { "change": { "a": { "kind": "crm" } } } }));
    assert!(
        same.structured["answer"]["diff"].as_array().unwrap().is_empty() && same.text.contains("says so already"),
        "{}",
        same.text
    );
}
