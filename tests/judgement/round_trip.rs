//! What is written reads as what was written.

use proptest::prelude::*;
use sinew::model::shape::{Key, STACK};
use sinew::model::write::write;
use sinew::source::Source;

use crate::judgement::stacks::{files, stack, without_places};
use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

fn assert_round_trip(text: &str) {
    let before = stack(text);
    let written = write(&before);
    let after = stack(&written);
    assert_eq!(without_places(&before), without_places(&after), "{written}");
    assert_eq!(write(&after), written, "writing is settled after one round");
}

proptest! {
    #![proptest_config(cases(120))]
    #[test]
    fn random_stacks_come_back(seed: u64) {
        let text = stack_text(&mut Dice::new(seed));
        let reading = sinew::model::read(&Source::new("stack.yaml", text.clone()));
        // Two flows that chance made alike are refused, and nothing else is.
        let others: Vec<_> = reading.problems.iter().filter(|problem| {
            problem.level == sinew::source::Level::Error && problem.code != "duplicate-id"
        }).collect();
        prop_assert!(others.is_empty(), "{others:#?}\n{text}");
        prop_assume!(reading.stack.is_some());
        assert_round_trip(&text);
    }
}

#[test]
fn remarks_come_back_with_their_lines_and_what_they_look_like() {
    let text = "sinew: 1
x-own: &own { \"a key\": [1, \"1\", yes, ~, { deep: -1.5e3 }] }
x-name: 2026-11-21
systems:
  crm:
    kind: crm
    was: [old, older]
    x-number: 0x1F
    x-text: \"12\"
    x-no: no
    x-true: true
    x-empty:
    x-ünï \"q\": odd
    notes: |
      Ana counted in October.
      \ttabs, and  two spaces
    basis: { <<: *from, seen: 2026-11-20, guessed: crm }
"
    .replace("x-name:", "x-from: &from { from: a.xlsx, at: \"S!A1\" }\nx-name:")
    .replace("guessed: crm", "guessed: [system, kind, vendor_review.last]");
    assert_round_trip(&text);
    let written = write(&stack(&text));
    for line in [
        "    was: [old, older]",
        "    x-number: 0x1F",
        "    x-text: \"12\"",
        "    x-no: \"no\"",
        "    x-true: true",
        "    notes: \"Ana counted in October.\\n\\ttabs, and  two spaces\"",
        "    basis: { from: a.xlsx, at: \"S!A1\", seen: 2026-11-20, guessed: [kind, system, vendor_review.last] }",
        "x-own: { \"a key\": [1, \"1\", \"yes\", null, { deep: -1.5e3 }] }",
        "x-name: \"2026-11-21\"",
    ] {
        assert!(written.lines().any(|written| written == line), "{line}\n{written}");
    }
    assert!(!written.contains("x-empty"), "{written}");
}

#[test]
fn the_stage_stacks_and_examples_come_back() {
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        assert_round_trip(&std::fs::read_to_string(path).expect("listed files can be read"));
    }
}

#[test]
fn every_key_is_stated_by_some_random_stack_and_survives() {
    // The property above says nothing of keys that chance never states.
    let mut written = String::new();
    for seed in 0..60 {
        let reading = sinew::model::read(&Source::new("stack.yaml", stack_text(&mut Dice::new(seed))));
        written.extend(reading.stack.iter().map(write));
    }
    let mut keys = Vec::new();
    collect(STACK, &mut keys);
    for key in keys.into_iter().filter(|key| key.name != "$schema") {
        let names: &[&str] = if key.is_extra() { &["x-ticket", "x-own"] } else { &[key.name] };
        for name in names {
            let is_written = [": ", ":\n"].iter().any(|end| written.contains(&format!("{name}{end}")));
            assert!(is_written, "{name}");
        }
    }
}

/// All keys of `keys` and within them.
fn collect(keys: &'static [Key], out: &mut Vec<&'static Key>) {
    for key in keys {
        out.push(key);
        key.takes.within().into_iter().for_each(|below| collect(below, out));
    }
}
