//! What misled somebody who used the program for the first time, each fault with its smallest input and the right answer.

use serde_json::Value;

use super::{entry, errors, found, reading, report, said, stack, words};
use crate::support::binary::{code, err, out, sinew};

/// The answer to `arguments` about `text` on standard input.
fn asked(arguments: &[&str], text: &str) -> std::process::Output {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut child =
        sinew(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Processes that stop stand above what stops nothing, whether or not a cost is known.
#[test]
fn what_stops_a_process_stands_above_what_stops_nothing() {
    let text = "sinew: 1
systems:
  writer: { kind: ai-content, makes: [{ data: draft }] }
  website: { kind: cms, audience_facing: true }
  crm: { kind: crm, makes: [{ data: lead }] }
  bi: { kind: bi }
data: { draft: {}, lead: {} }
flows:
  - { id: publish, from: writer, to: website, data: draft, mechanism: api }
  - { id: copy, from: crm, to: bi, data: lead, mechanism: etl }
processes: { campaign-launch: { needs: [{ data: draft, at: website }] } }
";
    let report = report(text);
    let stops: Vec<usize> = report["outages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outage| outage["processes_down"].as_array().unwrap().len())
        .collect();
    assert_eq!(stops, [1, 1, 1, 0, 0, 0]);
    assert!(entry(&report["outages"], "components", "website")["cost_per_hour"].is_null(), "not known is not 0");
    let shown = asked(&["outage", "-"], text);
    for name in ["Writer", "Website", "Writer → Website: Draft"] {
        assert!(out(&shown).contains(name), "{}", out(&shown));
    }
}

/// Never reviewed is not in time, no standard stated is not met, and nobody's availability is not 100%.
#[test]
fn what_nobody_stated_is_never_shown_as_good() {
    let text = "sinew: 1
as_of: 2026-11-21
systems: { gpt: { kind: ai-content, owner: ops, makes: [{ data: draft }] }, web: { kind: cms, audience_facing: true } }
teams: { ops: {} }
data: { draft: { content: true } }
flows: [{ from: gpt, to: web, data: draft, mechanism: copy-paste, performer: ops }]
processes: { launch: { needs: [{ data: draft, at: web }] } }
";
    let report = report(text);
    let state = |id: &str| entry(&report["stage"]["criteria"], "id", id)["state"].as_str().unwrap().to_owned();
    assert_eq!(state("reviews-on-time"), "not-known");
    assert_ne!(state("tool-quality-standards"), "met");
    assert!(entry(&report["processes"], "id", "launch")["availability"].is_null());
    let register = entry(&report["ai_register"], "system", "gpt").to_string();
    assert!(!register.contains("in time") && !register.contains("on time"), "{register}");
    let criteria = report["stage"]["criteria"].to_string();
    for double in ["no no-", "not no"] {
        assert!(!criteria.contains(double), "{criteria}");
    }
}

/// A hint never moves a figure by a factor, and never names another vendor's product or another status.
#[test]
fn a_hint_followed_to_the_letter_plants_nothing_wrong() {
    let flow = |keys: &str| {
        format!(
            "sinew: 1\nteams: {{ ops: {{}} }}\nsystems: {{ a: {{ kind: crm }}, b: {{ kind: cms }} }}\ndata: {{ lead: {{}} }}\nflows: [{{ from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, {keys} }}]\nprocesses: {{ p: {{ needs: [{{ data: lead, at: b }}], outage_cost: 1.2k }} }}\n"
        )
    };
    let read = stack(&flow("minutes: 1h"));
    assert_eq!(read.flows[0].run.minutes.unwrap().likely.0, 60.0);
    assert_eq!(read.processes[0].outage_cost.unwrap().likely.0, 1_200.0);
    for (said_so, not) in [
        ("systems: { a: { kind: crm, status: retiring } }", "`retired`"),
        ("systems: { a: { kind: consent } }", "ai-content"),
        ("systems: { a: { kind: crm, rate: 5 } }", "`name`"),
        ("systems: { a: { kind: crm, tool: 5 } }", "`to`"),
        ("systems: { a: { product: Salesforce Marketing Cloud Engagement } }", "Adobe"),
        ("systems: { a: { product: Sisense Fusion } }", "6sense"),
        ("systems: { a: { product: Wrikee } }", "Writer"),
        ("systems: { a: { product: Intercomm } }", "Integromat"),
    ] {
        let said = said(&format!("sinew: 1\n{said_so}\n"));
        assert!(!said.contains(not), "{said}");
    }
    // How often, how many go wrong, or what an hour costs.
    let said = said(&flow("rate: 3"));
    assert!(said.contains("unknown-key") && !said.contains("`runs`"), "{said}");
}

/// Words of every whiteboard are read, or answered with the exact word.
#[test]
fn the_words_of_a_whiteboard_are_read_or_told_exactly() {
    let flow = |keys: &str| {
        format!(
            "sinew: 1\nhourly_rate: 60\nteams: {{ ops: {{}} }}\nsystems: {{ a: {{ kind: crm }}, b: {{ kind: bi }}, c: {{ kind: bi }}, zapier: {{ product: zapier }} }}\ndata: {{ lead: {{}} }}\nflows: [{{ from: a, to: b, data: lead, performer: ops, {keys} }}]\n"
        )
    };
    for keys in [
        "runs: weekly",
        "runs: daily",
        "runs: 40 per week",
        "runs: 4-8/week",
        "runs: ~5/week",
        "runs: 5/wk",
        "runs: TBD",
        "runs: \"?\"",
        "minutes: 10-20",
        "minutes: 10min",
        "minutes: [10, 15]",
    ] {
        assert!(errors(&flow(&format!("mechanism: copy-paste, {keys}"))).is_empty(), "{keys}");
    }
    for (keys, writes) in [
        ("mechanism: csv", "write `export-import` if a person does it, or `file-drop` if no person does it"),
        ("mechanism: sync", "`native`"),
        ("mechanism: manual", "`copy-paste`"),
        ("mechanism: api, frequency: weekly", "write `runs`"),
        ("mechanism: api, direction: both", "remove `direction: both`, and add the flow back"),
    ] {
        assert!(said(&flow(keys)).contains(writes), "{}", said(&flow(keys)));
    }
    for mechanism in ["zapier", "API", "Copy-paste"] {
        assert!(errors(&flow(&format!("mechanism: {mechanism}"))).is_empty(), "{mechanism}");
    }
    let both = flow("mechanism: api").replace("to: b", "to: [b, c]");
    assert_eq!(stack(&both).flows.len(), 2, "a list of targets is a flow for each");
    for text in ["sinew: 1\ndata:\n  lead: {}\n  score\n", "sinew: 1\nsystems: { a: { kind: crm, owner: ? } }\n"] {
        let said = said(text);
        for word in ["simple key", "implicit", "flow mapping"] {
            assert!(!said.contains(word), "{said}");
        }
    }
}

/// The column of an error is right on a long line.
#[test]
fn a_column_is_right_however_long_the_line_is() {
    for far in [110, 121, 131, 151, 181, 281] {
        let head = format!("systems: {{ a: {{ name: {}, kind: ", "x".repeat(far));
        let text = format!("sinew: 1\n{head}zzz }} }}\n");
        let place = format!("stack.yaml:2:{}\n", head.len() + 1);
        assert!(said(&text).contains(&place), "{place}: {}", said(&text));
    }
}

/// The same product twice: told apart wherever it is named.
#[test]
fn two_systems_of_one_name_are_told_apart() {
    let text = "sinew: 1
hourly_rate: 60
teams: { ops: {} }
systems: { mk-emea: { product: marketo }, mk-na: { product: marketo } }
data: { lead: {} }
flows: [{ from: mk-emea, to: mk-na, data: lead, mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 30 }]
";
    assert_eq!(
        found(text, "manual-handoff"),
        ["people carry Lead from Marketo (mk-emea) to Marketo (mk-na) by hand: 26 hours a year, 1,560"]
    );
    let one = asked(&["outage", "-", "--without", "Marketo"], text);
    assert_eq!(code(&one), 2);
    assert!(err(&one).contains("name one by its id: `mk-emea`, `mk-na`"), "{}", err(&one));
    for name in ["mk-na", "Marketo (mk-na)", "marketo (MK-NA)"] {
        assert_eq!(code(&asked(&["outage", "-", "--without", name], text)), 0, "{name}");
    }
    // The only one is found by every name of its product.
    let single = text.replace("mk-na: { product: marketo }", "mk-na: { kind: bi }");
    for name in ["Marketo", "Adobe Marketo Engage"] {
        assert_eq!(code(&asked(&["outage", "-", "--without", name], &single)), 0, "{name}");
    }
}

/// Systems that stand alone and data that is used nowhere are asked about.
#[test]
fn lone_systems_and_unused_data_are_questions() {
    let text = "sinew: 1
systems: { marketo: { product: marketo, makes: [{ data: lead }] }, on24: { product: on24 }, terminus: { kind: abm } }
data: { lead: {}, event-list: {} }
flows: [{ from: on24, to: marketo, data: event-list, mechanism: native }, { from: marketo, to: on24, data: lead, mechanism: native }]
processes: { follow-up: { needs: [{ data: lead, at: on24 }] } }
";
    let problems = reading(text).problems;
    let told: Vec<(&str, &str)> = problems.iter().map(|one| (one.code, one.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("lone-system", "nothing touches `terminus`"),
            ("unused-arrival", "`event-list` arrives at `marketo` and is used nowhere there")
        ]
    );
    assert!(said(text).contains("`makes: [{ data: …, from: … }]`"));
    // What the question is about, answered.
    let answered = text
        .replace("makes: [{ data: lead }]", "makes: [{ data: lead, from: event-list }]")
        .replace("kind: abm", "kind: abm, status: retired");
    assert!(reading(&answered).problems.is_empty(), "{}", said(&answered));
    // People can write content too: without the tool the process runs on.
    let people = "sinew: 1
teams: { content: { people: 4 } }
systems: { gpt: { kind: ai-content, makes: [{ data: page }] }, cms: { kind: cms, makes: [{ data: page, by: content }] } }
data: { page: {} }
flows: [{ from: gpt, to: cms, data: page, mechanism: api }]
processes: { launch: { needs: [{ data: page, at: cms }] } }
";
    assert!(words(&entry(&report(people)["outages"], "components", "gpt")["processes_down"]).is_empty());
}

/// Without `name:` a slide says words, and no ids.
#[test]
fn what_has_no_name_is_called_by_its_id_in_words() {
    let stack = stack(
        "sinew: 1\nteams: { sales-ops: {} }\nsystems: { eu-crm: { kind: crm }, sf: { product: salesforce } }\ndata: { event-list: {} }\nprocesses: { event-follow-up: { needs: [{ data: event-list, at: sf }] } }\n",
    );
    let names = [
        &stack.teams[0].name,
        &stack.systems[0].name,
        &stack.systems[1].name,
        &stack.data[0].name,
        &stack.processes[0].name,
    ];
    assert_eq!(names.map(ToString::to_string), ["Sales ops", "EU CRM", "Salesforce", "Event list", "Event follow up"]);
    // A file that is written anew says no name that nobody gave.
    assert!(!sinew::model::write::write(&stack).lines().skip(2).any(|line| line.contains("name:")));
}

/// Tables in a pipe are as wide as they are, whatever the shell's `COLUMNS` says.
#[test]
fn a_table_in_a_pipe_breaks_no_word() {
    for columns in [None, Some("40"), Some("200")] {
        let mut command = sinew(&["catalog", "list"]);
        if let Some(columns) = columns {
            command.env("COLUMNS", columns);
        }
        let output = command.output().unwrap();
        assert!(out(&output).lines().any(|line| line.contains("adobe-customer-journey-analytics")), "{columns:?}");
        assert!(out(&output).contains("marketing-automation"), "{columns:?}");
    }
}

/// The small things.
#[test]
fn help_answers_and_messages_are_short() {
    let help = sinew(&["help", "check"]).output().unwrap();
    assert_eq!((code(&help), out(&help).contains("--deny-severity")), (0, true));
    let text = "sinew: 1\nas_of: 2026-11-21\ncurrency: USD\nhourly_rate: 60\nteams: { ops: {} }\nsystems: { a: { kind: ai-content, makes: [{ data: d }] }, b: { kind: cms } }\ndata: { d: {} }\nflows: [{ from: a, to: b, data: d, mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 30 }]\n";
    let answer = asked(&["check", "-"], text);
    assert!(
        out(&answer).contains("`--all` shows everything") || out(&answer).matches("In the stack file").count() <= 5
    );
    let markdown = asked(&["check", "-", "--format", "markdown"], text);
    assert!(out(&markdown).contains("`owner` is not stated") && !out(&markdown).contains("\\`"), "{}", out(&markdown));
    let json: Value = serde_json::from_slice(&asked(&["check", "-", "--format", "json"], text).stdout).unwrap();
    assert_eq!(json["stack"]["systems"], 2);
}

/// The plan is empty because nobody knows the interfaces: that is said, with what to type, and nothing is called done.
#[test]
fn work_that_has_no_verified_solution_is_said_with_what_to_check() {
    let text = "sinew: 1
currency: USD
hourly_rate: 90
teams: { sales: { people: 8 } }
systems: { granola: { kind: ai-content, name: Granola, makes: [{ data: notes }] }, crm: { product: salesforce } }
data: { notes: {} }
flows: [{ from: granola, to: crm, data: notes, mechanism: copy-paste, performer: sales, runs: 80/week, minutes: 6 }]
processes: { deals: { needs: [{ data: notes, at: crm }] } }
";
    let json: Value = serde_json::from_slice(&asked(&["plan", "-", "--format", "json"], text).stdout).unwrap();
    let gap = &json["plan"]["unsolved"][0];
    assert_eq!(gap["about"], "handoff: Notes from Granola to Salesforce");
    assert!(gap["why"].to_string().contains("state them at `granola`, such as `interfaces: [rest]`"), "{gap}");
    assert_eq!((words(&gap["check"]), words(&gap["steps"])), (vec!["granola"], vec!["granola->crm:notes"]));
    // 80 x 52 x 6 min at 90.
    let says = "Work by hand of USD 37,440 a year has no verified solution; check the interfaces of Granola first.";
    let asked_for = asked(&["plan", "-"], text);
    let terminal = out(&asked_for).replace('\n', " ");
    let first = "Work by hand has no verified solution; check the interfaces of Granola first.";
    assert!(terminal.contains(first), "{terminal}");
    let folder = crate::support::binary::folder("field-no-way");
    let stack = folder.join("stack.yaml");
    std::fs::write(&stack, text).unwrap();
    let out = folder.join("out").display().to_string();
    let wrote =
        crate::support::binary::run(&["report", &stack.display().to_string(), "-o", &out, "--only", "report.md"]);
    assert_eq!(code(&wrote), 0, "{}", err(&wrote));
    let markdown = std::fs::read_to_string(folder.join("out/report.md")).unwrap();
    assert!(markdown.contains(says), "{markdown}");
    assert!(!markdown.contains("pay for itself"), "{markdown}");
    // The line that it asks for, added: there is a way.
    let known = text.replace("name: Granola,", "name: Granola, interfaces: [rest],");
    let json: Value = serde_json::from_slice(&asked(&["plan", "-", "--format", "json"], &known).stdout).unwrap();
    assert_eq!(json["plan"]["items"].as_array().unwrap().len(), 1, "{:#}", json["plan"]["unsolved"]);
}

/// The most expensive handoff and the outage that stops most come first, whatever the severity of their findings.
#[test]
fn the_summary_names_what_costs_most_and_what_stops_most() {
    let text = "sinew: 1
currency: USD
hourly_rate: 75
teams: { ops: { people: 6 } }
systems:
  gpt: { kind: ai-content, makes: [{ data: article }] }
  web: { kind: cms, audience_facing: true }
  issue: { kind: support, makes: [{ data: list }] }
  map: { kind: marketing-automation }
data: { article: {}, list: {} }
flows:
  - { from: gpt, to: web, data: article, mechanism: copy-paste, performer: ops, runs: 10/month, minutes: 30 }
  - { from: issue, to: map, data: list, mechanism: rekeying, performer: ops, runs: 6/week, minutes: 60 }
processes:
  launch: { needs: [{ data: list, at: map }, { data: article, at: web }] }
  news: { needs: [{ data: list, at: map }] }
";
    let report = report(text);
    assert_eq!(report["findings"][0]["rule"], "manual-handoff", "an AI output by hand is the more severe finding");
    assert_eq!(report["summary"]["handoff"], "issue->map:list");
    assert_eq!(report["summary"]["outage"], "issue");
    let said = report["summary"]["sentences"].to_string();
    assert!(said.contains("List from Issue to Map") && said.contains("Issue: Launch and News stop"), "{said}");
}

/// The page that a reader opens first says what is needed to build.
#[test]
fn the_first_page_says_which_rust_is_needed() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(&format!("Rust {version} or newer")), "{version}");
}

/// Half of the simulations do not break even within the horizon: the range ended at the likely value.
#[test]
fn a_break_even_that_may_not_come_has_no_high_end() {
    let text = "sinew: 1
hourly_rate: 85
currency: USD
teams: { ops: { people: 4 } }
systems: { cvent: { product: cvent }, sf: { product: salesforce } }
data: { regs: {} }
flows: [{ from: cvent, to: sf, data: regs, mechanism: rekeying, performer: ops, runs: 1/week, minutes: 65 }]
plan: { day_rate: 900 }
";
    let json: Value = serde_json::from_slice(&asked(&["plan", "-", "--format", "json"], text).stdout).unwrap();
    let weeks = &json["plan"]["items"][0]["payback_weeks"];
    assert!(weeks["p10"].is_number() && weeks["p90"].is_null(), "{weeks}");
    let told = asked(&["plan", "-"], text);
    let likely = format!("{:.0}", weeks["likely"].as_f64().unwrap());
    assert!(
        out(&told).contains(&format!("weeks after start: {likely} (")) && out(&told).contains(" or more)"),
        "{told:?}"
    );
}

/// A stage that no plan reaches was told after a hundred lines that read as a success.
#[test]
fn a_stage_that_is_not_reached_is_said_first() {
    let stack = "examples/stacks/messy-45.yaml";
    let told = crate::support::binary::run(&["plan", stack, "--reach", "5"]);
    let at = |words: &str| out(&told).find(words).unwrap_or_else(|| panic!("{words}: {}", out(&told)));
    assert!(at("Stage 5 (AI-native) cannot be planned yet") < at("What to build, in this order"));
    assert!(at("What follows is the best plan without it.") < at("What to build, in this order"));
    let reached = crate::support::binary::run(&["plan", stack, "--reach", "2"]);
    assert!(!out(&reached).contains("What follows is the best plan"), "{}", out(&reached));
}
