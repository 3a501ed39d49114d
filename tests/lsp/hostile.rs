//! Whatever is said, in whatever order: an answer, and never a panic.

use serde_json::{Value, json};

use super::STACK;
use super::client::Client;

const URI: &str = "file:///somewhere/stack.yaml";

fn quiet(said: &str) {
    assert!(!said.contains("panicked"), "{said}");
}

/// Says goodbye: the program ends as it should, and complained of nothing.
fn ends_well(client: Client) {
    let (status, said) = client.end();
    assert!(status.success());
    quiet(&said);
}

#[test]
fn requests_have_their_time() {
    let mut client = Client::silent();
    assert_eq!(client.refusal("textDocument/hover", json!({})).0, -32002);
    client.open(URI, STACK);
    client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(client.refusal("initialize", json!({})).0, -32600);
    assert_eq!(
        client.refusal("textDocument/hover", json!({ "textDocument": { "uri": URI } })).0,
        -32602,
        "it was opened too early"
    );
    client.ask("shutdown", Value::Null);
    assert_eq!(client.refusal("textDocument/hover", json!({})).0, -32600);
    client.tell("exit", Value::Null);
    let (status, said) = client.gone();
    assert_eq!(status.code(), Some(0));
    quiet(&said);
}

#[test]
fn who_leaves_without_goodbye_is_code_1() {
    let mut client = Client::new();
    client.tell("exit", Value::Null);
    assert_eq!(client.gone().0.code(), Some(1));
    assert_eq!(Client::new().gone().0.code(), Some(1), "the stream just ends");
}

#[test]
fn what_is_no_message_is_answered_and_the_next_one_too() {
    let mut client = Client::new();
    for body in [
        "{",
        "[]",
        "7",
        "null",
        "\"x\"",
        "{}",
        "{\"id\":[1],\"method\":7}",
        "{\"id\":null,\"method\":\"textDocument/hover\"}",
    ] {
        client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        let answer = client.wait(|message| message["id"].is_null() && message.get("error").is_some());
        assert!([-32700, -32600].contains(&answer["error"]["code"].as_i64().unwrap()), "{body}: {answer}");
    }
    client.raw(b"Content-Length: lots\r\n\r\nNonsense: 1\r\n\r\n");
    client.wait(|message| message["error"]["code"] == -32700);
    assert_eq!(client.refusal("workspace/everything", Value::Null).0, -32601);
    assert_eq!(
        client.refusal("textDocument/formatting", json!({ "textDocument": { "uri": URI } })).0,
        -32601,
        "it is left alone"
    );
    client.tell("telemetry/event", json!([1]));
    client.tell("$/setTrace", json!({ "value": "off" }));
    ends_well(client);
}

#[test]
fn parameters_of_any_shape_are_answered() {
    let methods =
        ["completion", "hover", "definition", "references", "prepareRename", "rename", "codeAction", "documentSymbol"];
    let mut client = Client::new();
    client.open(URI, STACK);
    let odd = [
        json!(null),
        json!([]),
        json!(7),
        json!({ "textDocument": 3 }),
        json!({ "textDocument": { "uri": "file:///other.yaml" } }),
    ];
    let uri = json!({ "uri": URI });
    let places = [
        json!({ "line": -1, "character": 0 }),
        json!({ "line": 1e300, "character": "x" }),
        json!({ "line": 4_000_000_000u64, "character": 4_000_000_000u64 }),
        json!(u64::MAX),
    ];
    for method in
        methods.map(|method| format!("textDocument/{method}")).iter().map(String::as_str).chain(["codeAction/resolve"])
    {
        for params in &odd {
            let id = client.request(method, params.clone());
            assert_eq!(client.answer(id)["error"]["code"], -32602, "{method} {params}");
        }
        for place in &places {
            let range = json!({ "start": place, "end": place });
            let id = client
                .request(method, json!({ "textDocument": uri, "position": place, "range": range, "newName": "x y" }));
            client.answer(id);
        }
    }
    client.tell("textDocument/didOpen", json!({ "textDocument": { "uri": 7, "text": [] } }));
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": uri, "contentChanges": [{ "range": 7, "text": "x" }, 3, null] }),
    );
    client.tell("textDocument/didChange", json!({ "textDocument": uri, "contentChanges": "all" }));
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": uri }));
    assert!(symbols.to_string().contains("mailer"), "nonsense changed nothing");
    ends_well(client);
}

#[test]
fn every_text_is_answered_at_every_place() {
    let mut client = Client::new();
    client.open(URI, "sinew: 1");
    let texts = [
        "sinew: 1\nsystems:\n  a: &x { kind: crm }\n  b: *x\n  c: { <<: *x, owner: }\n",
        "sinew: 1\nflows:\n  - - - {\n",
        "sinew: 1\r\nteams: {\"a\": {}, 'b': {name: \"\\u202e\"}}\r\nflows: [{from: a, to: [a, b], data: }]",
        "\u{feff}sinew: 1\nteams:\n  ops: { people: 1 }\n",
        "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": ",
        "sinew: 1\naccept:\n  - { id: \"a:b->c:d\" }\n  - { id: \":\" }\n  - { rule: x, subject: }\n",
        "sinew: 1\nnotes: |\n  a: b\n\t- x",
    ];
    for (version, text) in texts.iter().enumerate() {
        client.change(URI, version as i64 + 2, text);
        for (line, words) in text.split('\n').enumerate() {
            for character in 0..=words.encode_utf16().count() {
                let place = json!({ "line": line, "character": character });
                for method in ["completion", "hover", "definition", "references", "prepareRename"] {
                    client.ask(
                        &format!("textDocument/{method}"),
                        json!({ "textDocument": { "uri": URI }, "position": place }),
                    );
                }
                let range = json!({ "start": place, "end": place });
                client.ask("textDocument/codeAction", json!({ "textDocument": { "uri": URI }, "range": range }));
                client.request(
                    "textDocument/rename",
                    json!({ "textDocument": { "uri": URI }, "position": place, "newName": "new" }),
                );
            }
        }
    }
    ends_well(client);
}

#[test]
fn a_huge_document_and_a_bomb_of_aliases_do_no_harm() {
    let mut client = Client::new();
    let huge = format!("sinew: 1\nnotes: {}\n", "x".repeat(5 << 20));
    client.open(URI, &huge);
    client.problems(URI, |_| true);
    let nested = format!("sinew: 1\nteams: {}\n", "[".repeat(200_000));
    client.change(URI, 2, &nested);
    assert!(!client.problems(URI, |all| !all.is_empty()).is_empty());
    let place = json!({ "line": 1, "character": 150_000 });
    client.ask("textDocument/completion", json!({ "textDocument": { "uri": URI }, "position": place }));
    let bomb = include_str!("../diagnostics/alias-bomb.yaml");
    client.change(URI, 3, bomb);
    client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    ends_well(client);
}

#[test]
fn what_is_taken_back_is_answered_as_taken_back_or_answered() {
    let mut client = Client::new();
    client.open(URI, STACK);
    let params = json!({ "textDocument": { "uri": URI } });
    // All in one piece, so that the last message is there before the first is answered.
    let mut all = Vec::new();
    for id in 100..160 {
        let body = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params })
            .to_string();
        all.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    }
    let body = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 159 } }).to_string();
    all.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    client.raw(&all);
    for id in 100..159 {
        assert!(client.answer(id)["result"].is_array());
    }
    let last = client.answer(159);
    assert!(last["error"]["code"] == -32800 || last["result"].is_array(), "{last}");
    assert!(client.end().0.success());
}
