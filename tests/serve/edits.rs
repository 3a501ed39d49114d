//! Edits of the file: what is written, what is refused, who comes second, and what a power cut leaves.

use std::fs;

use serde_json::{Value, json};

use super::served::{Served, stack};
use crate::support::binary::{folder, run};

fn system(name: &str) -> Value {
    json!({ "edit": { "do": "add-system", "name": name } })
}

/// The numbers and words of the board.
fn since(state: &Value) -> Vec<&str> {
    state["since"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

#[test]
fn a_stack_grows_from_an_empty_file_edit_by_edit() {
    let served = Served::of("serve-grow", "# Ours, drawn up on a Tuesday.\n");
    assert_eq!(served.state()["wrong"], Value::Null);
    served.act(&json!({ "edit": { "do": "set", "key": "name", "value": "Fernwood: Tea #1" } }));
    served.act(&json!({ "edit": { "do": "set", "key": "hourly_rate", "value": "60" } }));
    served.act(&json!({ "edit": { "do": "add-system", "name": "HubSpot", "owner": "Dana" } }));
    served.act(&json!({ "edit": { "do": "add-system", "name": "Our site", "kind": "cms", "domain": "Web" } }));
    let state = served.act(&json!({ "edit": {
        "do": "add-flow", "from": "our site", "what": "Newsletter reader, visits", "to": "hubspot", "how": "Copy paste", "who": "dana", "runs": "2/week", "minutes": "30",
    } }));
    // Two runs of half an hour a week.
    assert!(
        since(&state).contains(&"52 hours a year by hand, not known before")
            || since(&state).contains(&"+52 hours a year by hand"),
        "{state}"
    );
    served.act(&json!({ "edit": { "do": "add-process", "name": "Newsletter", "needs": "newsletter reader at HubSpot", "owner": "Dana", "cost": "20" } }));
    assert_eq!(
        served.text(),
        "# Ours, drawn up on a Tuesday.\nsinew: 1\nname: \"Fernwood: Tea #1\"\nhourly_rate: 60\n\n\
         teams:\n  dana:\n    name: Dana\n\n\
         systems:\n  hubspot:\n    product: hubspot\n    owner: dana\n  our-site:\n    kind: cms\n    name: Our site\n    domain: Web\n\n\
         data:\n  newsletter-reader:\n    name: Newsletter reader\n  visits:\n    name: visits\n\n\
         flows:\n  - from: our-site\n    to: hubspot\n    data: [newsletter-reader, visits]\n    mechanism: copy-paste\n    performer: dana\n    runs: 2/week\n    minutes: 30\n\n\
         processes:\n  newsletter:\n    name: Newsletter\n    owner: dana\n    needs: [{ data: newsletter-reader, at: hubspot }]\n    outage_cost: 20\n"
    );
    let output = run(&["check", served.file.to_str().unwrap()]);
    assert!(output.status.success());
}

#[test]
fn each_edit_keeps_the_rest_and_goes_back_and_forth() {
    let text = fs::read_to_string("examples/stacks/tiny.yaml").unwrap();
    let served = Served::of("serve-each", &text);
    let mut texts = vec![served.text()];
    for (act, line) in [
        (
            json!({ "edit": { "do": "set", "entry": "draft-to-site", "key": "minutes", "value": "[15, 25, 40]" } }),
            "    minutes: [15, 25, 40]",
        ),
        (
            json!({ "edit": { "do": "set", "entry": "Slack", "key": "owner", "value": "Dana (marketing)" } }),
            "owner: dana, domain: Files",
        ),
        (
            json!({ "edit": { "do": "set", "entry": "numbers", "key": "runbook", "value": "docs/numbers.md" } }),
            "runbook: docs/numbers.md",
        ),
        (
            json!({ "edit": { "do": "set", "entry": "draft-to-site", "key": "performer", "value": "" } }),
            "    mechanism: copy-paste\n    runs:",
        ),
        (json!({ "edit": { "do": "retire", "entry": "slack" } }), "status: retired"),
        (
            json!({ "edit": { "do": "accept", "finding": "manual-handoff:draft-to-site", "why": "It ends in May: \"we\" know" } }),
            "why: ",
        ),
        (json!({ "edit": { "do": "set", "entry": "", "key": "currency", "value": "EUR" } }), "currency: EUR"),
    ] {
        let state = served.act(&act);
        let now = served.text();
        assert!(now.contains(line), "{act}: {line} is not in\n{now}");
        assert!(now.contains("# What runs by itself.") && now.contains("# Fernwood Tea"), "comments stay");
        assert!(state["undo"].is_string());
        texts.push(now);
    }
    for before in texts.iter().rev().skip(1) {
        served.act(&json!("undo"));
        assert_eq!(served.text(), *before);
    }
    assert!(served.refused(&json!("undo")).contains("nothing to undo"));
    for after in texts.iter().skip(1) {
        served.act(&json!("redo"));
        assert_eq!(served.text(), *after);
    }
    assert!(served.refused(&json!("redo")).contains("nothing to do again"));
}

#[test]
fn what_moved_is_said_as_diff_says_it() {
    let served = Served::of("serve-moved", &fs::read_to_string("examples/stacks/tiny.yaml").unwrap());
    let before = served.text();
    let state =
        served.act(&json!({ "edit": { "do": "set", "entry": "draft-to-site", "key": "minutes", "value": "80" } }));
    // Three runs a week of an hour more: 156 hours, 60 each.
    assert!(since(&state).contains(&"+156 hours a year by hand"), "{state}");
    assert!(since(&state).contains(&"+USD 9,360 a year"), "{state}");
    let old = served.file.with_file_name("old.yaml");
    fs::write(&old, before).unwrap();
    let diff = run(&["diff", old.to_str().unwrap(), served.file.to_str().unwrap(), "--format", "json"]);
    let diff: Value = serde_json::from_slice(&diff.stdout).unwrap();
    let sum = |side: &str| {
        ["hours", "error_hours"].iter().filter_map(|key| diff["handoffs"][side][key]["likely"].as_f64()).sum::<f64>()
    };
    assert!((sum("new") - sum("old") - 156.0).abs() < 0.5, "{} {}", sum("new"), sum("old"));
    let plan = served.until(|state| state["plan"]["version"] == state["version"]);
    assert!(!plan["plan"]["sentences"].as_array().unwrap().is_empty(), "{plan}");
}

#[test]
fn keys_within_keys_and_mappings_are_typed_as_in_a_file() {
    let text = "sinew: 1\nsystems:\n  a: { kind: crm, contract: { cost: 12000 } }\n  b: { kind: cms }\ndata: { lead:, visit: }\nflows:\n  - { id: x, from: a, to: b, data: lead, mechanism: copy-paste }\n";
    let served = Served::of("serve-within", text);
    let entry: Value = serde_json::from_str(&served.get("entry?id=a").text()).unwrap();
    let of = |key: &str| entry["keys"].as_array().unwrap().iter().find(|one| one["key"] == key).cloned();
    assert_eq!(of("contract.cost").unwrap()["value"], json!("12000"));
    assert!(of("contract.renews").unwrap()["value"].is_null() && of("contract").is_none());
    served.act(&json!({ "edit": { "do": "set", "entry": "a", "key": "contract.cost", "value": "9000" } }));
    served.act(&json!({ "edit": { "do": "set", "entry": "", "key": "plan.horizon", "value": "26w" } }));
    // As the page offers it for where an object comes from.
    let makes = "[{ data: lead }, { data: visit, from: [lead] }]";
    served.act(&json!({ "edit": { "do": "answer", "entry": "a", "values": [["makes", makes]] } }));
    served.act(&json!({ "edit": { "do": "set", "entry": "x", "key": "minutes", "value": "10, 20, 40" } }));
    let text = served.text();
    for part in ["cost: 9000", "horizon: 26w", "data: visit", "minutes: [10, 20, 40]"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        served
            .refused(&json!({ "edit": { "do": "set", "entry": "a", "key": "makes", "value": "{ data: lead" } }))
            .contains("write it as in a file")
    );
}

#[test]
fn figures_stand_in_the_panel_as_the_file_has_them() {
    let text = "sinew: 1\nhourly_rate: 60 EUR\nsystems:\n  a: { kind: crm, availability: 99.9%, contract: { cost: 12k } }\n  b: { kind: cms }\ndata: { lead: }\nteams: { ops: }\nflows:\n  - { id: x, from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, runs: 35/week, minutes: [10, 20, 40] }\n";
    let served = Served::of("serve-figures", text);
    let value = |id: &str, key: &str| {
        let entry: Value = serde_json::from_str(&served.get(&format!("entry?id={id}")).text()).unwrap();
        let keys = entry["keys"].as_array().unwrap();
        keys.iter().find(|one| one["key"] == key).map(|one| one["value"].clone()).unwrap()
    };
    for (id, key, shown) in [
        ("x", "runs", "35/week"),
        ("x", "minutes", "10, 20, 40"),
        ("x", "data", "lead"),
        ("x", "performer", "ops"),
        ("a", "availability", "99.9%"),
        ("a", "contract.cost", "12k"),
        ("", "hourly_rate", "60 EUR"),
    ] {
        assert_eq!(value(id, key), json!(shown), "{key}");
    }
    assert!(value("x", "records").is_null());
    served.act(&json!({ "edit": { "do": "set", "entry": "x", "key": "runs", "value": "twice a week" } }));
    assert_eq!(value("x", "runs"), json!("twice a week"));
}

#[test]
fn what_was_retired_can_be_brought_back() {
    let served = Served::of("serve-restore", &fs::read_to_string("examples/stacks/tiny.yaml").unwrap());
    let before = served.text();
    let can = |id: &str| {
        let entry: Value = serde_json::from_str(&served.get(&format!("entry?id={id}")).text()).unwrap();
        [entry["can"]["retire"].as_bool().unwrap(), entry["can"]["restore"].as_bool().unwrap()]
    };
    let back = |id: &str| json!({ "edit": { "do": "restore", "entry": id } });
    for id in ["slack", "draft-to-site"] {
        assert_eq!(can(id), [true, false]);
        served.act(&json!({ "edit": { "do": "retire", "entry": id } }));
        assert_eq!(can(id), [false, true]);
        let state = served.act(&back(id));
        assert!(state["what"].as_str().unwrap().starts_with("Brought back "), "{state}");
        assert_eq!(served.text(), before);
    }
    assert_eq!(can("dana"), [false, false]);
    // In a scenario, which of two goes back.
    served.act(&json!({ "start": "Less" }));
    let file = served.file.with_file_name("stack.less.scenario.yaml");
    served.act(&json!({ "edit": { "do": "retire", "entry": "slack" } }));
    served.act(&json!({ "edit": { "do": "retire", "entry": "numbers" } }));
    assert_eq!(can("slack"), [false, true]);
    served.act(&back("slack"));
    assert_eq!(can("slack"), [true, false]);
    let scenario = fs::read_to_string(&file).unwrap();
    assert!(!scenario.contains("slack") && scenario.contains("numbers"), "{scenario}");
    served.act(&back("numbers"));
    assert!(!fs::read_to_string(&file).unwrap().contains("retire"));
    // What goes is not changed as well, and what the stack has retired may go again.
    served.act(&json!({ "edit": { "do": "set", "entry": "slack", "key": "notes", "value": "soon" } }));
    served.act(&json!({ "edit": { "do": "retire", "entry": "slack" } }));
    let scenario = fs::read_to_string(&file).unwrap();
    assert!(scenario.contains("retire") && !scenario.contains("soon"), "{scenario}");
    served.act(&back("slack"));
    // What the stack has retired is used again in the scenario alone.
    served.act(&json!({ "go": "" }));
    served.act(&json!({ "edit": { "do": "retire", "entry": "slack" } }));
    served.act(&json!({ "go": "less" }));
    assert_eq!(can("slack"), [false, true]);
    served.act(&back("slack"));
    assert_eq!(can("slack"), [true, false]);
    assert!(served.text().contains("status: retired"));
    served.act(&json!({ "edit": { "do": "retire", "entry": "slack" } }));
    assert_eq!(can("slack"), [false, true]);
}

#[test]
fn questions_are_answered_and_guesses_confirmed() {
    let text = "sinew: 1\nhourly_rate: 50\nsystems:\n  a: { kind: cms, makes: [d] }\n  b: { kind: crm }\ndata:\n  d:\nflows:\n  # By Ann.\n  - { id: x, from: a, to: b, data: d, mechanism: copy-paste, runs: 100, minutes: 30, basis: { guessed: [runs, minutes] } }\n  - { id: y, from: b, to: a, data: d, mechanism: message }\n";
    let served = Served::of("serve-answers", text);
    let state = served.state();
    let asked: Vec<(&str, &Value)> = state["board"]["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["entry"].as_str().unwrap(), one))
        .collect();
    let of_y = asked
        .iter()
        .find(|(entry, one)| *entry == "y" && one["keys"].to_string().contains("minutes"))
        .expect("a question about y")
        .1;
    let values: Vec<Value> = of_y["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| json!([key, if key == "runs" { "2/week" } else { "10" }]))
        .collect();
    served.act(&json!({ "edit": { "do": "answer", "entry": "y", "values": values } }));
    assert!(served.text().contains("minutes: 10"), "{}", served.text());
    served.act(&json!({ "edit": { "do": "confirm", "entry": "x", "key": "runs" } }));
    assert!(served.text().contains("guessed: [minutes]"), "{}", served.text());
    // An answer from who knows is no guess any more.
    served.act(&json!({ "edit": { "do": "answer", "entry": "x", "values": [["minutes", "35"]] } }));
    assert!(
        served.text().contains("minutes: 35") && !served.text().contains("guessed: [minutes]"),
        "{}",
        served.text()
    );
    assert!(served.text().contains("  # By Ann.\n"), "{}", served.text());
    assert!(
        served
            .refused(&json!({ "edit": { "do": "confirm", "entry": "x", "key": "runs" } }))
            .contains("not marked as a guess")
    );
}

#[test]
fn what_cannot_be_is_refused_with_what_to_write() {
    let served = Served::of("serve-refused", &fs::read_to_string("examples/stacks/tiny.yaml").unwrap());
    let flow = |from: &str, how: &str, runs: &str| json!({ "edit": { "do": "add-flow", "from": from, "what": "draft", "to": "Slack", "how": how, "runs": runs } });
    for (act, words) in [
        (system("Hubspott Inc Foo"), "say what kind"),
        (system("Adobe Experience Cloud"), "several products"),
        (system("Slack"), "`slack` is there already"),
        (system(" "), "what is the system called"),
        (system("???"), "kind"),
        (
            json!({ "edit": { "do": "add-system", "name": "Null", "kind": "cms" } }),
            "`Null` means something else in a stack file",
        ),
        (
            json!({ "edit": { "do": "set", "entry": "slack", "key": "availability", "value": "high" } }),
            "write a percentage such as `99.9%`",
        ),
        (flow("Hubspto", "api", ""), "no system `Hubspto`"),
        (flow("HubSpot", "by pigeon", ""), "pigeon"),
        (flow("HubSpot", "copy-paste", "often"), "often"),
        (flow("", "api", ""), "where from"),
        (
            json!({ "edit": { "do": "set", "entry": "slack", "key": "owner", "value": "Ann, Bob" } }),
            "`Ann, Bob` names several",
        ),
        (
            json!({ "edit": { "do": "add-process", "name": "P", "needs": "draft in WordPress" } }),
            "`lead at Salesforce`",
        ),
        (json!({ "edit": { "do": "set", "entry": "draft-to-site", "key": "minuts", "value": "3" } }), "minuts"),
        (
            json!({ "edit": { "do": "set", "entry": "nobody", "key": "minutes", "value": "3" } }),
            "there is no entry `nobody`",
        ),
        (json!({ "edit": { "do": "retire", "entry": "dana" } }), "only these can be retired"),
        (json!({ "edit": { "do": "accept", "finding": "no-such-rule:x", "why": "y" } }), "no rule"),
        (json!({ "edit": { "do": "accept", "finding": "manual-handoff:x", "why": " " } }), "say why"),
    ] {
        let said = served.refused(&act);
        assert!(said.contains(words), "{act}: {said}");
    }
    // Words that would be something else in YAML stay words.
    served.act(&json!({ "edit": { "do": "add-system", "name": "x: { y } # \"z\" \u{202e}", "kind": "cms" } }));
    assert!(run(&["check", served.file.to_str().unwrap()]).status.success(), "{}", served.text());
}

#[test]
fn a_name_that_two_systems_have_is_told_apart_by_their_ids() {
    let text = "sinew: 1\nsystems:\n  a: { product: hubspot }\n  b: { product: hubspot }\n  c: { kind: cms }\ndata: { lead: }\nflows: []\n";
    let served = Served::of("serve-twins", text);
    let flow =
        |from: &str| json!({ "edit": { "do": "add-flow", "from": from, "what": "lead", "to": "c", "how": "api" } });
    let said = served.refused(&flow("HubSpot"));
    assert!(said.contains("more than one") && said.contains("by its id"), "{said}");
    served.act(&flow("b"));
    assert!(served.text().contains("from: b"), "{}", served.text());
}

#[test]
fn who_comes_second_gets_the_new_state_and_loses_nothing() {
    let served = Served::of("serve-stale", "sinew: 1\nsystems:\n  a: { kind: crm }\n");
    let seen = served.state()["hash"].as_str().unwrap().to_owned();
    assert_eq!(served.act_on(&seen, &system("HubSpot")).status, 200);
    let second = served.act_on(&seen, &system("Marketo"));
    assert_eq!(second.status, 409, "{}", second.text());
    let second = second.json();
    assert!(second["text"].as_str().unwrap().contains("nothing is lost"), "{second}");
    assert!(second["state"]["board"]["names"].to_string().contains("HubSpot"), "the new state comes with it");
    // The same edit on the new state.
    assert_eq!(served.act_on(second["state"]["hash"].as_str().unwrap(), &system("Marketo")).status, 200);
    assert!(served.text().contains("hubspot") && served.text().contains("marketo"), "{}", served.text());
}

#[test]
fn two_servers_of_one_file_lose_nothing_of_each_other() {
    let file = stack("serve-two", "sinew: 1\nsystems:\n  a: { kind: crm }\n");
    let both = [Served::file(&file, &[]), Served::file(&file, &[])];
    std::thread::scope(|scope| {
        for (who, served) in both.iter().enumerate() {
            scope.spawn(move || {
                for at in 0..12 {
                    let act = json!({ "edit": { "do": "add-system", "name": format!("s{who}x{at}"), "kind": "cms" } });
                    let mut seen = served.state()["hash"].as_str().unwrap().to_owned();
                    loop {
                        let answer = served.act_on(&seen, &act);
                        if answer.status == 200 {
                            break;
                        }
                        assert_eq!(answer.status, 409, "{}", answer.text());
                        seen = answer.json()["state"]["hash"].as_str().unwrap().to_owned();
                    }
                }
            });
        }
    });
    let text = fs::read_to_string(&file).unwrap();
    for who in 0..2 {
        for at in 0..12 {
            assert!(text.contains(&format!("s{who}x{at}:")), "s{who}x{at} is lost:\n{text}");
        }
    }
}

#[test]
fn a_change_from_elsewhere_is_never_undone_here() {
    let served = Served::of("serve-elsewhere", "sinew: 1\nsystems:\n  a: { kind: crm }\n");
    served.act(&system("HubSpot"));
    let theirs = format!("{}# by hand\n", served.text());
    fs::write(&served.file, &theirs).unwrap();
    let state = served.until(|state| state["what"] == "The file was changed elsewhere");
    assert_eq!(state["undo"], Value::Null);
    assert!(served.refused(&json!("undo")).contains("nothing to undo"));
    assert_eq!(served.text(), theirs);
}

#[test]
fn a_broken_file_shows_its_errors_with_lines_and_keeps_the_last_picture() {
    let good = "sinew: 1\nname: Good\nsystems:\n  a: { kind: crm }\n  b: { kind: cms }\n";
    let served = Served::of("serve-broken", good);
    served.until(|state| state["picture"] != json!(0));
    fs::write(&served.file, good.replace("kind: cms", "kind: cmz")).unwrap();
    let state = served.until(|state| !state["wrong"].is_null());
    let problem = &state["wrong"]["problems"][0];
    assert_eq!(problem["location"]["line"], json!(5), "{state}");
    assert!(problem["message"].to_string().contains("cmz"), "{problem}");
    assert_eq!(state["board"]["title"], json!("Good"));
    assert!(served.get("picture").text().contains("<svg"));
    assert!(served.refused(&system("HubSpot")).contains("the file has errors"));
    fs::remove_file(&served.file).unwrap();
    served.until(|state| state["wrong"].to_string().contains("cannot read"));
    let now = served.state();
    let refused = served.act_on(now["hash"].as_str().unwrap(), &system("HubSpot")).json();
    assert!(refused["text"].as_str().unwrap().contains("nothing is written until it is there again"), "{refused}");
    let gone = served.act_on(state["hash"].as_str().unwrap(), &system("HubSpot"));
    assert_eq!(gone.status, 409, "{}", gone.text());
    assert!(gone.json()["state"]["wrong"]["text"].as_str().unwrap().contains("cannot read"), "{}", gone.text());
    fs::write(&served.file, good).unwrap();
    served.until(|state| state["wrong"].is_null());
    served.act(&system("HubSpot"));
}

#[test]
fn a_file_that_may_not_be_written_is_not() {
    let text = "sinew: 1\nsystems:\n  a: { kind: crm }\n";
    let served = Served::of("serve-locked", text);
    let mut rights = fs::metadata(&served.file).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&served.file, rights).unwrap();
    assert!(served.refused(&system("HubSpot")).contains("is read-only"));
    assert_eq!(served.text(), text);
}

#[test]
fn a_power_cut_in_the_middle_of_edits_leaves_the_file_whole_and_no_leftovers() {
    let file = stack("serve-cut", "sinew: 1\nsystems:\n  a: { kind: crm }\n");
    let mut known = 0;
    for round in 0..6 {
        let mut served = Served::file(&file, &[]);
        let (port, token) = (served.port, served.token.clone());
        let seen = served.state()["hash"].as_str().unwrap().to_owned();
        let act = json!({ "seen": seen, "act": { "edit": { "do": "add-system", "name": format!("r{round}"), "kind": "cms" } } }).to_string();
        let request = format!(
            "POST /{token}/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{act}",
            act.len()
        );
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(3 * round));
        served.kill();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("sinew: 1\n") && text.ends_with('\n'), "{text}");
        assert!(run(&["check", file.to_str().unwrap()]).status.success(), "{text}");
        let now = text.matches("kind: cms").count();
        assert!(now == known || now == known + 1, "{text}");
        known = now;
    }
    // What a killed run leaves is gone with the next start; what is not ours stays.
    let folder = file.parent().unwrap();
    let (left, other) = (folder.join(".stack.yaml.12345.tmp"), folder.join(".other.yaml.1.tmp"));
    fs::write(&left, "half").unwrap();
    fs::write(&other, "theirs").unwrap();
    let _served = Served::file(&file, &[]);
    assert!(!left.exists() && other.exists());
}

#[test]
fn a_workbook_and_a_read_only_page_are_shown_and_say_why_they_are_not_edited() {
    let folder = folder("serve-workbook");
    let book = folder.join("stack.xlsx");
    let output = run(&["export", "examples/stacks/tiny.yaml", "-o", book.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let before = fs::read(&book).unwrap();
    let served = Served::file(&book, &[]);
    let state = served.state();
    assert!(state["read_only"].as_str().unwrap().contains("workbook"), "{state}");
    assert_eq!(state["board"]["title"], json!("Fernwood Tea"));
    let answer = served.act_on(state["hash"].as_str().unwrap(), &system("Marketo"));
    assert_eq!(answer.status, 422);
    assert!(answer.json()["text"].as_str().unwrap().contains("spreadsheet program"));
    assert_eq!(fs::read(&book).unwrap(), before);

    let served = Served::file(&stack("serve-read-only", "sinew: 1\nsystems:\n  a: { kind: crm }\n"), &["--read-only"]);
    assert!(served.refused(&system("HubSpot")).contains("--read-only"));
}

#[test]
fn names_in_any_letters_have_ids() {
    let served = Served::of("serve-letters", "sinew: 1\nname: A\n");
    for name in ["Équipe Übung", "顧客", "在庫"] {
        served.act(&json!({ "edit": { "do": "add-system", "name": name, "kind": "crm", "owner": "東京" } }));
    }
    let text = served.text();
    for line in ["  equipe-uebung:", "  system:", "  system-2:", "  team:"] {
        assert_eq!(text.lines().filter(|one| *one == line).count(), 1, "{line}: {text}");
    }
    assert_eq!(text.matches("owner: team").count(), 3, "{text}");
}
