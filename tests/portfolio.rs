//! `sinew portfolio`: several stacks, what they share, and files that cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::ask::{Member, portfolio, together};
use sinew::report::diagnosis::Diagnosis;
use sinew::report::portfolio::{Portfolio, SharedKind};
use sinew::report::schema::portfolio_schema;
use sinew::report::story::told_together;
use sinew::report::{csv, html, json_text, tables};
use sinew_draw::theme::Theme;

use crate::judgement::stacks::stack;
use crate::support::binary::{code, err, folder, out, run, sinew};
use crate::support::golden::{assert_fresh, compare, project};

fn of(texts: &[(&str, &str)]) -> Portfolio {
    let members = texts.iter().map(|(file, text)| Member { file: (*file).to_owned(), stack: Ok(stack(text)) });
    portfolio(members.collect())
}

const EXAMPLES: [&str; 5] = [
    "examples/stacks/tiny.yaml",
    "examples/stacks/stage-3-marketo-enterprise.yaml",
    "tests/diagnostics/twelve-faults.yaml",
    "examples/stacks/two-models.yaml",
    "tests/golden/04-hostile-names/stack.yaml",
];

#[test]
fn the_examples_say_the_same_as_before_and_a_broken_one_stops_no_other() {
    let mut stale = Vec::new();
    let kept = project().join("tests/golden-portfolio");
    for (format, file) in [("text", "portfolio.txt"), ("markdown", "portfolio.md"), ("csv", "portfolio.csv")] {
        let output = run(&[&["portfolio", "--all", "--format", format], &EXAMPLES[..]].concat());
        assert_eq!(code(&output), 2, "one of the files is broken: {}", err(&output));
        assert!(err(&output).contains("twelve-faults.yaml: 20 errors"), "{}", err(&output));
        compare(&kept.join(file), out(&output), &mut stale);
    }
    // Who sees the table alone sees that a stack is missing, and why.
    let table = run(&[&["portfolio", "--format", "csv"], &EXAMPLES[..]].concat());
    let lines: Vec<&str> = out(&table).lines().collect();
    assert!(lines[0].ends_with(",File,Error"), "{}", lines[0]);
    let broken: Vec<&&str> = lines.iter().filter(|line| line.contains("twelve-faults.yaml")).collect();
    let [row] = broken[..] else { panic!("one row") };
    assert!(row.contains("not known") && row.contains("line ") && row.contains("errors more"), "{row}");
    assert_eq!(lines.len(), 1 + EXAMPLES.len());
    let folder = folder("portfolio-examples");
    let page = folder.join("portfolio.html");
    let output = run(&[&["portfolio", "-o", page.to_str().unwrap()], &EXAMPLES[..]].concat());
    assert_eq!((code(&output), out(&output)), (2, ""));
    compare(&kept.join("page.txt"), &crate::html::words::words(&fs::read_to_string(page).unwrap()), &mut stale);
    assert_fresh(&stale);
}

#[test]
fn json_keeps_its_schema_and_is_whole_where_every_file_is_broken() {
    let validator = jsonschema::validator_for(&portfolio_schema()).unwrap();
    let broken = ["tests/diagnostics/twelve-faults.yaml", "no/such.yaml"];
    for files in [&EXAMPLES[..], &EXAMPLES[..1], &broken] {
        let output = run(&[&["portfolio", "--format", "json"], files].concat());
        let answer: Value = serde_json::from_str(out(&output)).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let unread = answer["unreadable"].as_array().unwrap();
        let number = |list: &str| answer[list].as_array().unwrap().len();
        assert_eq!(number("stacks") + unread.len(), files.len());
        assert_eq!(code(&output), if unread.is_empty() { 0 } else { 2 });
        assert!(unread.iter().all(|file| !file["diagnostics"].as_array().unwrap().is_empty()));
    }
}

/// One core or many: the same bytes.
#[cfg(target_os = "linux")]
#[test]
fn any_number_of_cores_gives_the_same_bytes() {
    let arguments = [&["portfolio", "--format", "json"], &EXAMPLES[..]].concat();
    let many = sinew(&arguments).output().unwrap();
    let one = std::process::Command::new("taskset")
        .args(["-c", "0", env!("CARGO_BIN_EXE_sinew")])
        .args(&arguments)
        .current_dir(project())
        .output();
    // util-linux is on every Debian; elsewhere two runs have to do.
    let one = one.unwrap_or_else(|_| sinew(&arguments).output().unwrap());
    assert!(!many.stdout.is_empty() && many.stdout == one.stdout);
}

/// Every vendor and product that two examples use, looked up stack by stack, and what stops by the question about named systems.
#[test]
fn what_is_shared_is_what_brute_force_finds() {
    let names = ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "two-models", "adobe-near-stage-4"];
    let text = |name: &str| fs::read_to_string(project().join(format!("examples/stacks/{name}.yaml"))).unwrap();
    let stacks: Vec<_> = names.map(|name| (name.to_owned(), stack(&text(name)))).into();
    let members = stacks.iter().map(|(file, stack)| Member { file: file.clone(), stack: Ok(stack.clone()) });
    let answer = portfolio(members.collect());
    assert!(answer.shared.len() > 5, "{} shared", answer.shared.len());

    let mut used: BTreeMap<(bool, String), BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for (_, stack) in &stacks {
        for system in stack.systems.iter().filter(|system| system.is_live()) {
            let keys = [
                system.facts.vendor.as_ref().map(|vendor| (true, vendor.to_lowercase())),
                system.facts.product.as_ref().map(|id| (false, id.as_str().to_owned())),
            ];
            for key in keys.into_iter().flatten() {
                let of_stack = used.entry(key).or_default().entry(stack.name.as_str()).or_default();
                of_stack.push(system.id.to_string());
            }
        }
    }
    let vendors: BTreeSet<String> = used
        .iter()
        .filter(|((is_vendor, _), of)| *is_vendor && of.len() > 1)
        .map(|((_, name), _)| name.clone())
        .collect();
    let found: BTreeSet<String> =
        answer.shared.iter().filter(|one| one.kind == SharedKind::Vendor).map(|one| one.name.to_lowercase()).collect();
    assert_eq!(found, vendors);

    for shared in &answer.shared {
        for one in &shared.stacks {
            let (_, stack) = stacks.iter().find(|(_, stack)| stack.name == one.stack).unwrap();
            let report = together(&Analysis::of(stack), &one.systems).unwrap();
            let outage = &report.outages.as_ref().unwrap()[0];
            let down: Vec<&str> = one.processes_down.iter().map(|process| process.id.as_str()).collect();
            assert_eq!(down, outage.processes_down.iter().map(|id| &**id).collect::<Vec<_>>(), "{}", shared.id);
            assert_eq!(one.cost_per_hour, outage.cost_per_hour, "{}", shared.id);
        }
        let stops = shared.stacks.iter().filter(|one| !one.processes_down.is_empty()).count();
        assert_eq!(stops, shared.stops, "{}", shared.id);
        let all: BTreeSet<&str> = shared.stacks.iter().map(|one| one.stack.as_str()).collect();
        let is_it = |(key, of): &(&(bool, String), &BTreeMap<&str, Vec<String>>)| {
            key.0 == (shared.kind == SharedKind::Vendor)
                && of.len() > 1
                && shared.stacks.iter().all(|one| of.get(one.stack.as_str()).is_some_and(|ids| *ids == one.systems))
        };
        let (_, of) = used.iter().find(is_it).unwrap_or_else(|| panic!("{}: nothing like it is used", shared.id));
        assert_eq!(of.keys().copied().collect::<BTreeSet<_>>(), all, "{}", shared.id);
    }
    // A product that is missing says no more than its vendor.
    let missing = used.iter().filter(|((is_vendor, _), of)| !is_vendor && of.len() > 1).filter(|(_, of)| {
        !answer.shared.iter().any(|one| {
            one.kind == SharedKind::Product
                && one.stacks.iter().all(|one| of.get(one.stack.as_str()) == Some(&one.systems))
        })
    });
    for ((_, product), of) in missing {
        let is_told = answer.shared.iter().filter(|one| one.kind == SharedKind::Vendor).any(|vendor| {
            vendor
                .stacks
                .iter()
                .all(|one| of.get(one.stack.as_str()).is_some_and(|ids| ids.iter().all(|id| one.systems.contains(id))))
        });
        assert!(is_told, "{product} is shared, and neither it nor its vendor is told");
    }
}

/// A stack with one vendor under everything.
fn client(name: &str, money: &str, process: &str) -> String {
    format!(
        "sinew: 1\nname: {name}\n{money}data: {{ d: {{}} }}\nsystems:\n  a: {{ kind: crm, vendor: Acme, makes: [d] }}\n  b: {{ kind: bi, vendor: acme }}\n\
         flows: [{{ id: f, from: a, to: b, data: d, mechanism: api }}]\n{process}"
    )
}

const PRICED: &str = "processes: { sell: { name: Selling, needs: [{ data: d, at: b }], outage_cost: 100 } }\n";
const UNPRICED: &str = "processes: { sell: { name: Selling, needs: [{ data: d, at: b }] } }\n";

#[test]
fn costs_of_all_stacks_add_up_only_as_far_as_they_are_known_and_in_one_currency() {
    let shared = |second: (&str, &str)| {
        let texts = [client("One", "currency: USD\n", PRICED), client("Two", second.0, second.1)];
        let answer = of(&[("1.yaml", &texts[0]), ("2.yaml", &texts[1])]);
        assert_eq!(answer.shared.len(), 1);
        answer.shared.into_iter().next().unwrap()
    };
    let cost = |shared: &sinew::report::portfolio::Shared| shared.cost_per_hour.map(|cost| cost.get());
    let both = shared(("currency: USD\n", PRICED));
    // Two stacks that lose 100 an hour each.
    assert_eq!((cost(&both), both.cost_at_least, both.stops, both.unknown), (Some(200.0), false, 2, 0));
    let one = shared(("currency: USD\n", UNPRICED));
    assert_eq!((cost(&one), one.cost_at_least, one.stops), (Some(100.0), true, 2));
    let silent = shared(("currency: USD\n", ""));
    assert_eq!((cost(&silent), silent.cost_at_least, silent.stops, silent.unknown), (Some(100.0), true, 1, 1));
    let other = shared(("currency: EUR\n", PRICED));
    assert_eq!((cost(&other), other.stops), (None, 2));
}

#[test]
fn what_nobody_states_is_never_shown_as_good() {
    let bare = [client("One", "", ""), client("Two", "", "")];
    let answer = of(&[("1.yaml", &bare[0]), ("2.yaml", &bare[1])]);
    let table = tables::portfolio::shared(&answer);
    let text = csv(&table);
    let row = text.lines().nth(1).unwrap();
    assert_eq!(
        row,
        "Acme,vendor,\"One, Two\",not known,,,not known,One: what stops: the file names no process; Two: what stops: the file names no process"
    );
    let stacks = csv(&tables::portfolio::stacks(&answer));
    let row = stacks.lines().nth(1).unwrap();
    assert!(row.contains("1 ad hoc,none stated,none stated,not known,not known"), "{stacks}");
}

#[test]
fn stacks_of_one_name_are_told_apart_by_their_files() {
    let text = client("Acme", "", PRICED);
    let answer = of(&[("a/stack.yaml", &text), ("b/stack.yaml", &text), ("c.yaml", &client("Other", "", PRICED))]);
    let names: Vec<&str> = answer.stacks.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Acme (a/stack.yaml)", "Acme (b/stack.yaml)", "Other"]);
    // A title that is what another title and its file come to.
    let sly = client("\"Acme (a.yaml)\"", "", PRICED);
    let answer = of(&[("x.yaml", &sly), ("a.yaml", &text), ("b.yaml", &text)]);
    let names: BTreeSet<&str> = answer.stacks.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let output = run(&["portfolio", EXAMPLES[0], EXAMPLES[3], EXAMPLES[0]]);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert!(err(&output).contains("tiny.yaml is named twice"), "{}", err(&output));
}

#[test]
fn hostile_names_stay_text_in_the_page_and_in_the_csv() {
    let evil = "\"=HYPERLINK(1)</td><script>alert(1)</script>\"";
    let texts = [client(evil, "", PRICED), client(evil, "", &PRICED.replace("Selling", evil))];
    let members = vec![
        Member { file: "<i>.yaml".into(), stack: Ok(stack(&texts[0])) },
        Member { file: "@b.yaml".into(), stack: Ok(stack(&texts[1])) },
        Member { file: "<b>c.yaml".into(), stack: Err(Diagnosis::without_place("error: <img src=x> is wrong")) },
    ];
    let answer = portfolio(members);
    let page = html::leaf(&told_together(&answer), &Theme::light(), Some(&Theme::dark()));
    for bad in ["<script", "<img", "<i>", "<b>"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;img src=x&gt; is wrong") && page.contains("default-src 'none'; style-src 'sha256-"));
    for table in [tables::portfolio::stacks(&answer), tables::portfolio::shared(&answer)] {
        let text = csv(&table);
        let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for field in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!field.starts_with(['=', '@', '+']), "{field}");
        }
    }
    assert!(json_text(&answer).contains("=HYPERLINK(1)"), "JSON has names as they are");
}
