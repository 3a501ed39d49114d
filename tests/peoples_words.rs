//! What people write in place of the words and figures of a stack file: read where it can mean one thing only, asked
//! about where it can mean several, and never replaced by a hint that says something else.

use sinew::catalog::{Catalog, Lookup};
use sinew::model::{Flow, Mechanism, Range, Reading, Status, read};
use sinew::source::{Diagnostic, Source};

fn read_text(text: String) -> Reading {
    read(&Source::new("stack.yaml", text))
}

/// A stack with one flow that states `keys`.
fn with_flow(keys: &str) -> Reading {
    read_text(format!(
        "sinew: 1\ncurrency: USD\nhourly_rate: 60\nteams: {{ ops: {{}} }}\nsystems: {{ a: {{ kind: crm }}, b: {{ kind: cms }}, zapier: {{ product: zapier }} }}\n\
         data: {{ lead: {{}} }}\nflows:\n  - {{ from: a, to: b, data: lead, {keys} }}\n"
    ))
}

fn flow(keys: &str) -> Flow {
    let reading = with_flow(keys);
    reading.stack.unwrap_or_else(|| panic!("{keys}: {:#?}", reading.problems)).flows.remove(0)
}

fn problem(reading: &Reading) -> &Diagnostic {
    reading.problems.iter().find(|problem| problem.level == sinew::source::Level::Error).expect("there is an error")
}

/// What may be written instead of what is wrong, with when it is right.
fn instead(keys: &str) -> Vec<(String, String)> {
    let reading = with_flow(keys);
    let fixes = &problem(&reading).fixes;
    fixes.iter().map(|fix| (fix.edits[0].1.clone(), fix.when.clone())).collect()
}

fn exact(value: f64) -> [f64; 3] {
    [value; 3]
}

#[test]
fn how_often_is_read_as_people_say_it() {
    for (said, expected) in [
        ("weekly", exact(52.0)),
        ("daily", exact(260.0)),
        ("2x per week", exact(104.0)),
        ("40 per week", exact(2_080.0)),
        ("5/wk", exact(260.0)),
        ("~5/week", exact(260.0)),
        ("every 15 min", exact(8_320.0)),
        ("1/15min", exact(8_320.0)),
        // An hour of a person is a working hour: eight a day on 260 days.
        ("1/hour", exact(2_080.0)),
        ("4-8/week", [208.0, 312.0, 416.0]),
        ("2–3 per week", [104.0, 130.0, 156.0]),
    ] {
        let Range { low, likely, high } =
            flow(&format!("mechanism: copy-paste, performer: ops, runs: {said}")).runs.unwrap();
        assert_eq!([low.0, likely.0, high.0], expected, "{said}");
    }
    let automated = flow("mechanism: api, runs: every 15 min").runs.unwrap();
    assert_eq!(automated.likely.0, 35_040.0, "a machine works on 365 days of 24 hours");
}

#[test]
fn the_mean_of_two_values_is_marked_as_a_guess() {
    let flow = flow(
        "mechanism: copy-paste, performer: ops, runs: 4-8/week, minutes: \"10-20\", review: { by: ops }, records: 5",
    );
    assert_eq!(flow.remarks.guessed(), ["minutes", "runs"]);
    let stated =
        with_flow("mechanism: copy-paste, runs: 4-8/week, basis: { from: Ana, guessed: [data] }").stack.unwrap();
    let basis = stated.flows[0].remarks.basis.as_ref().unwrap();
    assert_eq!((basis.guessed.join(" "), basis.from.as_deref()), ("data runs".into(), Some("Ana")));
    let text = "sinew: 1\nhourly_rate: 80-90\nteams: { ops: { people: 2 }, agency: { hourly_rate: 50-60 } }\n\
                systems: { a: { kind: crm, contract: { cost: 1-2k } } }\n";
    let stack = read_text(text.into()).stack.unwrap();
    assert_eq!(stack.hourly_rate.unwrap().likely.0, 85.0);
    // The file itself is no entry: what is guessed there is nobody else's guess.
    assert_eq!(stack.teams[0].remarks.guessed(), ["hourly_rate"]);
    assert!(stack.teams[1].remarks.guessed().is_empty());
    assert_eq!(stack.systems[0].remarks.guessed(), ["contract.cost"]);
    assert_eq!(stack.systems[0].contract.cost.unwrap().likely.0, 1_500.0);
}

#[test]
fn minutes_and_money_take_their_units() {
    for (said, expected) in [
        ("1h", exact(60.0)),
        ("10min", exact(10.0)),
        ("20 mins", exact(20.0)),
        ("~15", exact(15.0)),
        ("10-20", [10.0, 15.0, 20.0]),
        ("15–20 min", [15.0, 17.5, 20.0]),
        ("[10, 20]", [10.0, 15.0, 20.0]),
        ("[10min, 1h, 2h]", [10.0, 60.0, 120.0]),
        ("ten", exact(10.0)),
    ] {
        let Range { low, likely, high } =
            flow(&format!("mechanism: copy-paste, performer: ops, minutes: {said}")).run.minutes.unwrap();
        assert_eq!([low.0, likely.0, high.0], expected, "{said}");
    }
    for (said, expected) in [("1.2k", 1_200.0), ("USD 1.2k", 1_200.0), ("\"USD 1,200\"", 1_200.0), ("$2k/mo", 24_000.0)]
    {
        let value = flow(&format!("mechanism: copy-paste, performer: ops, value: {said}")).rated.value.unwrap();
        assert_eq!(value.likely.0, expected, "{said}");
    }
}

#[test]
fn mechanisms_are_read_in_any_case_and_in_peoples_words() {
    for (said, expected) in [
        ("API", Mechanism::Api),
        ("Copy-paste", Mechanism::CopyPaste),
        ("copy and paste", Mechanism::CopyPaste),
        ("copy/paste", Mechanism::CopyPaste),
        ("reverse etl", Mechanism::ReverseEtl),
        ("Reverse ETL", Mechanism::ReverseEtl),
        ("re-key", Mechanism::Rekeying),
        ("typed", Mechanism::Rekeying),
        ("nightly file", Mechanism::FileDrop),
        ("Webhook", Mechanism::Webhook),
        ("email", Mechanism::Message),
    ] {
        assert_eq!(flow(&format!("mechanism: {said}, performer: ops")).mechanism, expected, "{said}");
    }
    let recipe = flow("mechanism: Zapier");
    assert_eq!(
        (recipe.mechanism, recipe.through.len()),
        (Mechanism::Ipaas, 1),
        "it runs through the system of that name"
    );
    let stated = flow("mechanism: ipaas");
    assert!(stated.through.is_empty());
}

#[test]
fn not_known_is_the_same_as_absent() {
    for said in ["\"?\"", "TBD", "tbd", "unknown", "n/a"] {
        let flow = flow(&format!(
            "mechanism: copy-paste, performer: {said}, runs: {said}, minutes: {said}, delay: {said}, status: {said}"
        ));
        assert!(
            flow.performer.is_none() && flow.runs.is_none() && flow.run.minutes.is_none() && flow.run.delay.is_none()
        );
        assert!(!flow.is_planned());
    }
    // A required key has to be known.
    assert_eq!(problem(&with_flow("mechanism: TBD")).code, "unknown-word");
    // What has the name is what is named.
    let reading = read_text(
        "sinew: 1\nteams: { unknown: {} }\nsystems: { a: { kind: crm, owner: unknown, name: TBD } }\n".into(),
    );
    let stack = reading.stack.unwrap();
    assert!(stack.systems[0].owner.is_some());
    assert_ne!(stack.systems[0].name, "TBD");
}

#[test]
fn what_could_mean_two_things_is_asked_with_a_replacement_for_each() {
    let words = |keys| instead(keys).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    let csv = instead("mechanism: csv, performer: ops");
    assert_eq!(csv[0], ("export-import".into(), "if a person does it".into()));
    assert_eq!(csv[1], ("file-drop".into(), "if no person does it".into()));
    assert_eq!(words("mechanism: sync"), ["native", "ipaas", "api"]);
    assert_eq!(words("mechanism: manual"), ["copy-paste", "export-import", "rekeying", "message"]);
    assert_eq!(words("mechanism: api, runs: bi-weekly"), ["26/year", "2/week"]);
    assert_eq!(words("mechanism: api, delay: 5 business days"), ["7d", "5d"]);
    assert_eq!(words("mechanism: api, delay: 3m"), ["3min", "3mo"]);
    assert_eq!(words("mechanism: api, value: \"1.250,50\""), ["1250.50"]);
    assert_eq!(words("mechanism: api, availability: 99.9"), ["99.9%"]);
    assert_eq!(words("mechanism: api, standby: maybe"), ["true", "false"]);
    let help = problem(&with_flow("mechanism: csv")).advice().unwrap();
    assert_eq!(help, "write `export-import` if a person does it, or `file-drop` if no person does it");
}

#[test]
fn no_hint_moves_a_figure() {
    // Each was once answered with a number that meant something else.
    for keys in [
        "runs: 5 parrots",
        "minutes: 1 fortnight",
        "records: 3 dozen",
        "value: 1.2x",
        "value: EUR 1200",
        "records: 50 batches",
    ] {
        let reading = with_flow(&format!("mechanism: api, {keys}"));
        let problem = problem(&reading);
        assert!(problem.fixes.is_empty(), "{keys}: {:?}", problem.fixes);
        let help = problem.help.as_deref().unwrap_or_default();
        assert!(
            !["`5`", "`1`", "`3`", "`1.2`", "`1200`", "`50`"].iter().any(|word| help.contains(word)),
            "{keys}: {help}"
        );
    }
}

#[test]
fn no_hint_names_another_product_or_status() {
    let catalog = Catalog::builtin();
    for said in [
        "Salesforce Marketing Cloud Engagement Suite",
        "Sisense",
        "Wrike",
        "Intercom",
        "Google Drive",
        "Brave",
        "Segmint",
        "Canva",
        "Notion",
        "Calendly",
        "Teams",
        "Outlook",
        "Loom",
        "Figma",
    ] {
        // A name that is known needs no hint.
        let is_known = catalog.find(said) != Lookup::Unknown;
        assert!(is_known || catalog.near_miss(said).is_none(), "{said}");
    }
    for (said, meant) in [
        ("Marketto", "Marketo"),
        ("HubSpto", "HubSpot"),
        ("Outreach.io", "Outreach"),
        ("salesfroce", "Salesforce"),
        ("jaspr", "Jasper"),
    ] {
        assert!(
            catalog.near_miss(said).is_some_and(|near| near.to_lowercase().contains(&meant.to_lowercase())),
            "{said}: {:?}",
            catalog.near_miss(said)
        );
    }
    for said in ["Segmint", "Wrike", "Brave", "Our own tool", "Content hub of ours"] {
        let is_known = catalog.find(said) != Lookup::Unknown;
        assert!(is_known || catalog.perhaps(said).is_none(), "{said}: {:?}", catalog.perhaps(said));
    }
    // One letter is another, or a slip of the first word of a name: it may be a product of one's own, so that it is only asked about.
    for (said, meant) in [("Salesforse", "Salesforce"), ("Hubspott", "HubSpot"), ("Contentfull", "Contentful")] {
        assert_eq!(catalog.perhaps(said).map(str::to_lowercase), Some(meant.to_lowercase()), "{said}");
        let text = format!("sinew: 1\nsystems: {{ a: {{ product: {said} }} }}\n");
        let reading = read_text(text);
        assert!(problem(&reading).help.as_deref().is_some_and(|help| help.starts_with("did you mean `")), "{said}");
    }
    let own = problem(&read_text("sinew: 1\nsystems: { a: { product: Salesforse } }\n".into())).clone();
    assert_eq!(own.only_fix(), None, "a kind in place of its product is nobody's only meaning");
    for status in ["retiring", "being phased", "gone soon"] {
        let reading = read_text(format!("sinew: 1\nsystems: {{ a: {{ kind: crm, status: {status} }} }}\n"));
        let fixes = reading.problems.iter().flat_map(|problem| &problem.fixes).count();
        assert_eq!(fixes, 0, "{status}: {:?}", reading.problems);
        assert!(
            reading.problems.iter().all(|problem| !problem
                .help
                .as_deref()
                .unwrap_or_default()
                .contains("did you mean"))
        );
    }
    let unofficial = read_text("sinew: 1\nsystems: { a: { kind: crm, status: unofficial } }\n".into()).stack.unwrap();
    assert_eq!(unofficial.systems[0].status, Status::AdHoc);
    for kind in ["gifting", "core system"] {
        let reading = read_text(format!("sinew: 1\nsystems: {{ a: {{ kind: {kind} }} }}\n"));
        assert_eq!(problem(&reading).fixes[0].edits[0].1, "other", "{kind}: what no kind fits is of another kind");
    }
}

#[test]
fn dates_and_flags_are_read_where_they_mean_one_thing() {
    let reading =
        read_text("sinew: 1\nas_of: 26/11/2026\nsystems: { a: { kind: crm, ai: yes, audience_facing: No } }\n".into());
    let stack = reading.stack.unwrap();
    assert_eq!(stack.as_of.unwrap().to_string(), "2026-11-26");
    assert!(stack.systems[0].is_ai() && !stack.systems[0].is_audience_facing());
    let reading = read_text("sinew: 1\nas_of: 03/04/2026\n".into());
    assert_eq!(problem(&reading).fixes.len(), 2);
}
