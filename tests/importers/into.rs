//! A stack file that people have edited is brought up to date: what changed in the inputs is taken, what hands changed
//! stands, and no byte is touched that is not part of an edit.

use sinew::import::{Base, EntryReport, Gone, Import, Merged, Options, Unmerged};
use sinew::source::Source;

/// A workflow that looks for deals every so many minutes and tells them.
pub(super) fn workflow(name: &str, minutes: u32, to: &str) -> String {
    format!(
        r#"{{ "name": "{name}", "id": "{name}", "active": true, "nodes": [
  {{ "name": "Clock", "type": "n8n-nodes-base.scheduleTrigger", "typeVersion": 1,
     "parameters": {{ "rule": {{ "interval": [{{ "field": "minutes", "minutesInterval": {minutes} }}] }} }} }},
  {{ "name": "Deals", "type": "n8n-nodes-base.hubspot", "typeVersion": 2, "parameters": {{ "resource": "deal", "operation": "getAll" }} }},
  {{ "name": "Say", "type": "n8n-nodes-base.{to}", "typeVersion": 2, "parameters": {{ "text": "={{{{ $json.name }}}}", "operation": "create" }} }} ],
  "connections": {{ "Clock": {{ "main": [[{{ "node": "Deals", "type": "main", "index": 0 }}]] }},
                    "Deals": {{ "main": [[{{ "node": "Say", "type": "main", "index": 0 }}]] }} }} }}"#
    )
}

fn import(files: &[(&str, &str)]) -> Import {
    let mut import = Import::new(Options { as_of: Some("2026-11-20".parse().unwrap()), ..Options::default() });
    for (name, text) in files {
        import.file(name, text.as_bytes(), true);
    }
    import
}

fn merged_as(text: &str, base: Option<&Base>, files: &[(&str, &str)], gone: Gone) -> Merged {
    let source = Source::new("stack.yaml", text.to_owned());
    import(files).into_stack(&source, base, gone, "stack.yaml").unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

fn merged(text: &str, base: Option<&Base>, files: &[(&str, &str)]) -> Merged {
    merged_as(text, base, files, Gone::Listed)
}

fn entry<'m>(merged: &'m Merged, name: &str) -> &'m EntryReport {
    let found = merged.report.entries.iter().find(|entry| entry.entry == name);
    found.unwrap_or_else(|| panic!("{name}: {:#?}", merged.report.entries))
}

/// A stack file as a person keeps it, with what the first import of `deals.json` left.
fn kept() -> (String, Base) {
    let first = import(&[("deals.json", &workflow("Deals", 5, "slack"))]).finish("stack.yaml");
    let hand = "\
# Our stack, kept by hand since October
sinew: 1
hourly_rate: 80   # Finance
as_of: 2026-11-01

systems:
  hubspot: { product: hubspot }   # the CRM
  n8n:
    product: n8n
    basis: { from: deals.json, at: \"Deals: Say\", seen: 2026-11-20, key: \"product:n8n\" }
  slack: { product: slack }

data:
  deal: {}

flows:
  - { from: hubspot, to: slack, data: [deal], mechanism: ipaas, through: n8n, runs: 20/day }  # Ana counted
# the end
";
    (hand.to_owned(), first.base)
}

#[test]
fn the_twelfth_example_to_the_letter() {
    let (hand, base) = kept();
    let merged = merged(&hand, Some(&base), &[("deals.json", &workflow("Deals", 15, "slack"))]);
    assert_eq!(merged.stack, hand);
    let flow = entry(&merged, "flow hubspot->slack:deal");
    assert_eq!(flow.state, "conflict");
    let text = merged.report.text();
    let line = "conflict: flow hubspot->slack:deal: runs: yours 20/day, input 96/day, before 288/day\n";
    assert!(text.contains(line), "{text}");
    // Told once: the inputs have not changed since.
    let again = super::into::merged(&hand, Some(&merged.base), &[("deals.json", &workflow("Deals", 15, "slack"))]);
    assert_eq!((again.stack, entry_state(&again.report.entries)), (hand, "kept"));
    assert_eq!(again.base, merged.base);
}

fn entry_state(entries: &[EntryReport]) -> &'static str {
    entries.iter().find(|entry| entry.entry.starts_with("flow")).unwrap().state
}

#[test]
fn what_only_the_inputs_changed_is_taken_where_it_stands() {
    let (hand, base) = kept();
    let hand = hand.replace("runs: 20/day", "runs: 288/day");
    let merged = merged(&hand, Some(&base), &[("deals.json", &workflow("Deals", 15, "slack"))]);
    assert_eq!(merged.stack, hand.replace("runs: 288/day", "runs: 96/day"));
    assert_eq!(entry(&merged, "flow hubspot->slack:deal").state, "updated");
}

#[test]
fn new_entries_stand_at_the_end_of_their_list_like_their_neighbors() {
    let (hand, base) = kept();
    let files = [("deals.json", &*workflow("Deals", 5, "slack")), ("more.json", &*workflow("More", 60, "acmeTool"))];
    let once = merged(&hand, Some(&base), &files);
    let expected = hand
        .replace(
            "  slack: { product: slack }\n",
            "  slack: { product: slack }\n  # imported 2026-11-20 from more.json\n  acme: { kind: other, name: Acme, basis: { from: more.json, at: \"More: Say\", seen: 2026-11-20, guessed: [kind], key: \"name:acme\" } }\n",
        )
        .replace(
            "  # Ana counted\n",
            "  # Ana counted\n  # imported 2026-11-20 from more.json\n  - { from: hubspot, to: acme, data: [deal], mechanism: ipaas, through: n8n, runs: 24/day, basis: { from: more.json, at: \"More: Say\", seen: 2026-11-20, key: \"n8n:More/Deals/Say\" } }\n",
        )
        // The platform is found in both.
        .replace("from: deals.json, at: \"Deals: Say\",", "from: \"deals.json and 1 more\", at: \"Deals: Say; More: Say\",");
    assert_eq!(once.stack, expected);
    assert_eq!(entry(&once, "flow hubspot->acme:deal").state, "new");
    // A question about it stands at its line.
    let place = &once.report.questions.iter().find(|question| question.id == "kind:acme").unwrap().place;
    let line: usize = place.rsplit(':').next().unwrap().parse().unwrap();
    assert!(once.stack.lines().nth(line - 1).unwrap().contains("acme:"), "{place}");
    let again = merged(&once.stack, Some(&once.base), &files);
    assert_eq!((again.stack, again.base), (once.stack.clone(), once.base.clone()));
    let mut other_way = files;
    other_way.reverse();
    let other = merged(&hand, Some(&base), &other_way);
    assert_eq!((other.stack, other.base), (once.stack, once.base));
}

#[test]
fn what_a_hand_took_out_stays_out_and_is_told() {
    let (hand, base) = kept();
    let hand =
        hand.lines().filter(|line| !line.contains("Ana counted")).map(|line| format!("{line}\n")).collect::<String>();
    let hand = hand.replace("flows:\n", "flows: []\n");
    let same = merged(&hand, Some(&base), &[("deals.json", &workflow("Deals", 5, "slack"))]);
    let flow = entry(&same, "flow hubspot->slack:deal");
    assert_eq!((&same.stack, flow.state, flow.why.as_deref()), (&hand, "kept", Some("taken out by hand")));
    let changed = merged(&hand, Some(&base), &[("deals.json", &workflow("Deals", 15, "slack"))]);
    let flow = entry(&changed, "flow hubspot->slack:deal");
    assert_eq!((&changed.stack, flow.state, flow.conflicts.len()), (&hand, "conflict", 1));
    // A system that was taken out is not brought back by a new flow.
    let hand = hand.replace("  slack: { product: slack }\n", "");
    let back = workflow("Back", 5, "slack").replace("deal", "contact");
    let kept = merged(&hand, Some(&base), &[("back.json", &back), ("deals.json", &workflow("Deals", 5, "slack"))]);
    assert!(!kept.stack.contains("slack"), "{}", kept.stack);
    let why = entry(&kept, "flow hubspot->slack:contact").why.clone().unwrap();
    assert_eq!(why, "it names system `slack`, which was taken out by hand");
}

#[test]
fn a_guess_that_was_confirmed_is_the_hands() {
    let silent = workflow("Deals", 5, "slack").replace("\"active\": true,", "");
    let first = import(&[("deals.json", &silent)]).finish("stack.yaml");
    assert!(first.stack.contains("status: live") && first.stack.contains("guessed: [status]"), "{}", first.stack);
    let hand = first.stack.replace("guessed: [status], ", "");
    let off = silent.replace("\"id\"", "\"active\": false, \"id\"");
    let merged = merged(&hand, Some(&first.base), &[("deals.json", &off)]);
    assert_eq!(merged.stack, hand);
    let conflict = &entry(&merged, "flow hubspot->slack:deal").conflicts[0];
    assert_eq!(
        (conflict.key.as_str(), conflict.yours.as_deref(), conflict.input.as_deref()),
        ("status", Some("live"), Some("planned"))
    );
    // Not confirmed, it follows the inputs, and is no guess any more.
    let taken = super::into::merged(&first.stack, Some(&first.base), &[("deals.json", &off)]);
    assert!(taken.stack.contains("status: planned") && !taken.stack.contains("guessed: [status]"), "{}", taken.stack);
}

#[test]
fn without_a_file_of_the_last_import_only_what_is_missing_is_filled() {
    let (hand, _) = kept();
    let merged = merged(&hand, None, &[("deals.json", &workflow("Deals", 15, "slack"))]);
    let line = "runs: 20/day, basis: { from: deals.json, at: \"Deals: Say\", seen: 2026-11-20, key: \"n8n:Deals/Deals/Say\" } }  # Ana counted\n";
    assert!(merged.stack.contains(line), "{}", merged.stack);
    let flow = entry(&merged, "flow hubspot->slack:deal");
    assert_eq!((flow.state, flow.kept.len(), flow.kept[0].key.as_str()), ("kept", 1, "runs"));
    // A flow of a person that says nothing of its status is live, whatever the inputs say.
    let off = workflow("Deals", 15, "slack").replace("\"active\": true", "\"active\": false");
    assert!(!super::into::merged(&hand, None, &[("deals.json", &off)]).stack.contains("planned"));
}

#[test]
fn entries_are_known_again_by_what_they_are() {
    let files = [("deals.json", &*workflow("Deals", 15, "slack"))];
    let hand = "\
sinew: 1
hourly_rate: 80
systems:
  crm: { product: HubSpot }
  chat: { kind: messaging, name: SLACK }
  bus: { product: n8n }
data: { deal: {}, contact: {} }
flows:
  - { from: crm, to: chat, data: [contact, deal], mechanism: api, runs: 5/day }
";
    let once = merged(hand, None, &files);
    let states: Vec<(&str, &str)> =
        once.report.entries.iter().map(|entry| (entry.entry.as_str(), entry.state)).collect();
    assert!(states.iter().all(|(_, state)| *state != "new"), "{states:?}");
    assert!(
        once.stack.contains("{ from: crm, to: chat, data: [contact, deal], mechanism: api, runs: 5/day, through: bus,"),
        "{}",
        once.stack
    );
    // Renamed by hand after that: known by its key.
    let renamed = once.stack.replace("crm", "our-crm");
    let again = merged(&renamed, Some(&once.base), &files);
    assert_eq!(again.stack, renamed);
    // Two that fit: none is taken, and it is asked.
    let two = hand.replace("  chat:", "  crm-eu: { product: hubspot }\n  chat:");
    let asked = merged(&two, None, &files);
    assert!(asked.stack.contains("\n  hubspot: {"), "{}", asked.stack);
    let question = asked.report.questions.iter().find(|question| question.id == "same:system:hubspot").unwrap();
    assert!(question.ask.contains("`crm` or `crm-eu`"), "{}", question.ask);
}

#[test]
fn an_input_that_is_not_named_now_says_what_it_said() {
    let (a, b) = (workflow("A", 60, "slack"), workflow("B", 60, "slack"));
    let both = import(&[("a.json", &a), ("b.json", &b)]).finish("stack.yaml");
    assert!(both.stack.contains("runs: 48/day"), "{}", both.stack);
    // One of two that say the same as before moves nothing, though alone it would say half.
    let one = merged(&both.stack, Some(&both.base), &[("a.json", &a)]);
    assert_eq!((&one.stack, &one.base), (&both.stack, &both.base));
    assert!(one.report.entries.iter().all(|entry| entry.state == "same"), "{:?}", one.report.entries);
    // What it says anew cannot be told from what the other says: it is reported.
    let moved = merged(&both.stack, Some(&both.base), &[("a.json", &workflow("A", 15, "slack"))]);
    assert_eq!(moved.stack, both.stack);
    assert_eq!(entry(&moved, "flow hubspot->slack:deal").state, "conflict");
    // Nothing of the other is gone.
    let other = workflow("A", 60, "airtable");
    let left = merged(&both.stack, Some(&both.base), &[("a.json", &other)]);
    assert!(left.report.entries.iter().all(|entry| entry.state != "gone"), "{:?}", left.report.entries);
    let none = merged(&left.stack, Some(&left.base), &[("a.json", &other), ("b.json", &other)]);
    let gone: Vec<&str> =
        none.report.entries.iter().filter(|entry| entry.state == "gone").map(|entry| entry.entry.as_str()).collect();
    assert_eq!(gone, ["system slack", "flow hubspot->slack:deal"]);
    assert_eq!(none.stack.matches("slack").count(), left.stack.matches("slack").count());
    let deleted = merged_as(&left.stack, Some(&left.base), &[("a.json", &other), ("b.json", &other)], Gone::Deleted);
    assert!(!deleted.stack.contains("slack"), "{}", deleted.stack);
    let retired = merged_as(&left.stack, Some(&left.base), &[("a.json", &other), ("b.json", &other)], Gone::Retired);
    assert!(retired.stack.contains("status: retired") && retired.stack.contains("status: off"), "{}", retired.stack);
}

#[test]
fn what_something_else_names_is_not_taken_out() {
    let (hand, base) = kept();
    let hand =
        hand.replace("# the end", "  - { from: slack, to: hubspot, data: [deal], mechanism: copy-paste }\n# the end");
    let elsewhere = workflow("Other", 5, "airtable");
    let merged = merged_as(&hand, Some(&base), &[("deals.json", &elsewhere)], Gone::Deleted);
    assert!(merged.stack.contains("  slack: { product: slack }\n"), "{}", merged.stack);
    assert!(!merged.stack.contains("Ana counted") && merged.stack.contains("copy-paste"), "{}", merged.stack);
    let why = entry(&merged, "system slack").why.clone().unwrap();
    assert_eq!(why, "left, as flow slack->hubspot:deal names it");
}

#[test]
fn a_step_that_sends_elsewhere_now_keeps_what_a_hand_wrote_about_it() {
    let (hand, base) = kept();
    let files = [("deals.json", &*workflow("Deals", 5, "airtable"))];
    let once = merged(&hand, Some(&base), &files);
    let line = "  - { from: hubspot, to: airtable, data: [deal], mechanism: ipaas, through: n8n, runs: 20/day }  # Ana counted\n";
    assert!(once.stack.contains(line) && once.stack.contains("  slack: { product: slack }\n"), "{}", once.stack);
    assert_eq!(entry(&once, "system slack").state, "gone");
    let again = merged(&once.stack, Some(&once.base), &files);
    assert_eq!((again.stack, again.base), (once.stack, once.base));
}

#[test]
fn facts_that_two_inputs_state_differently_are_a_conflict_and_order_does_not_matter() {
    let (hand, base) = kept();
    let files = [("deals.json", &*workflow("Deals", 5, "slack")), ("more.json", &*workflow("More", 5, "slack"))];
    let once = merged(&hand.replace("20/day", "288/day"), Some(&base), &files);
    // What adds up is no conflict.
    assert!(once.stack.contains("runs: 576/day"), "{}", once.stack);
    assert!(!once.report.has_conflicts());
}

#[test]
fn anchors_and_merge_keys_that_an_edit_would_touch_are_an_error_that_prints_it() {
    let (hand, base) = kept();
    let shared = hand
        .replace("sinew: 1\n", "sinew: 1\nx-flow: &often { runs: 288/day }\n")
        .replace("runs: 20/day }", "<<: *often }");
    let source = Source::new("stack.yaml", shared.clone());
    let import_now = || import(&[("deals.json", &workflow("Deals", 15, "slack"))]);
    let Err(Unmerged::Refused(refused)) = import_now().into_stack(&source, Some(&base), Gone::Listed, "x") else {
        panic!("it was merged")
    };
    assert!(refused.why.contains("merge key"), "{refused:?}");
    assert!(refused.edits.iter().any(|edit| edit.contains("runs: 96/day")), "{refused:?}");
    let same =
        import(&[("deals.json", &workflow("Deals", 5, "slack"))]).into_stack(&source, Some(&base), Gone::Listed, "x");
    assert_eq!(same.unwrap().stack, shared);
    let broken = Source::new("stack.yaml", "sinew: 1\nsystems: { a: { knd: crm } }\n".to_owned());
    assert!(
        matches!(import_now().into_stack(&broken, None, Gone::Listed, "x"), Err(Unmerged::Stack(problems)) if !problems.is_empty())
    );
}

#[test]
fn a_stack_in_json_stays_json() {
    let hand = "{\n  \"sinew\": 1,\n  \"hourly_rate\": 80,\n  \"systems\": {\n    \"hubspot\": {\n      \"product\": \"hubspot\"\n    }\n  },\n  \"data\": { \"deal\": {} }\n}\n";
    let source = Source::new("stack.json", hand.to_owned());
    let files = [("deals.json", &*workflow("Deals", 15, "slack"))];
    let once = import(&files).into_stack(&source, None, Gone::Listed, "stack.json").unwrap();
    let value: serde_json::Value =
        serde_json::from_str(&once.stack).unwrap_or_else(|error| panic!("{error}\n{}", once.stack));
    assert_eq!(value["flows"][0]["runs"], "96/day");
    assert!(once.stack.starts_with("{\n  \"sinew\": 1,\n  \"hourly_rate\": 80,\n  \"systems\": {\n    \"hubspot\": {\n      \"product\": \"hubspot\","), "{}", once.stack);
    let source = Source::new("stack.json", once.stack.clone());
    let again = import(&files).into_stack(&source, Some(&once.base), Gone::Listed, "stack.json").unwrap();
    assert_eq!(again.stack, once.stack);
}

/// A drawing says that something flows, and hardly ever how or what: it adds no second flow, takes nothing back and asks nothing
/// that the stack file says.
#[test]
fn a_drawing_that_only_guesses_is_in_conflict_with_nothing() {
    let table = "From,To,What,Method,Who,How often,Minutes\nClay,Salesforce,Accounts,manual CSV,Ana,weekly,45\nDrift,Marketo,Chat leads,Webhook,,,\nMarketo,Salesforce,Leads,native,,,\n";
    let drawn = "flowchart LR\n  C[Clay] -->|manual CSV| S[Salesforce]\n  D[Drift chat] -->|Chat leads| M[Marketo]\n  M --> S\n";
    let first = import(&[("flows.csv", table)]).finish("stack.yaml");
    let merged = merged(&first.stack, Some(&first.base), &[("flow.mmd", drawn)]);
    let flows = |text: &str| text.matches("\n  - from: ").count();
    assert_eq!((flows(&first.stack), flows(&merged.stack)), (3, 3), "{}", merged.stack);
    assert!(merged.report.entries.iter().all(|entry| entry.conflicts.is_empty()), "{:#?}", merged.report.entries);
    let asks: Vec<&str> = merged.report.questions.iter().map(|question| question.ask.as_str()).collect();
    assert!(!asks.iter().any(|ask| ask.contains("Clay") || ask.contains("What goes")), "{asks:?}");
    // Another input that states something else is in conflict as before.
    let other = "From,To,What,Method\nDrift,Marketo,Chat leads,API\n";
    let merged = self::merged(&first.stack, Some(&first.base), &[("other.csv", other)]);
    assert!(merged.report.entries.iter().any(|entry| !entry.conflicts.is_empty()), "{:#?}", merged.report.entries);
}

/// The day of the call is what `seen` says of new entries, and was kept back from the file itself.
#[test]
fn the_day_of_the_call_is_that_of_a_file_without_one() {
    let text = "sinew: 1\nhourly_rate: 80\nsystems:\n  crm: { product: hubspot }\n";
    let files = [("deals.json", &*workflow("Deals", 5, "slack"))];
    let first = merged(text, None, &files);
    assert!(first.stack.starts_with("sinew: 1\nhourly_rate: 80\nas_of: 2026-11-20\n"), "{}", first.stack);
    let dated = text.replace("systems:", "as_of: 2026-10-01\nsystems:");
    let second = merged(&dated, None, &files);
    assert!(
        second.stack.contains("\nas_of: 2026-10-01\n") && !second.stack.contains("as_of: 2026-11-20"),
        "{}",
        second.stack
    );
}
