//! What is written reads as what was written.

use proptest::prelude::*;
use sinew::model::shape::{Key, STACK};
use sinew::model::write::write;
use sinew::source::Source;

use crate::judgement::random_stack::{Dice, stack_text};
use crate::judgement::stacks::{files, stack, without_places};

fn assert_round_trip(text: &str) {
    let before = stack(text);
    let written = write(&before);
    let after = stack(&written);
    assert_eq!(without_places(&before), without_places(&after), "{written}");
    assert_eq!(write(&after), written, "writing is settled after one round");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
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
        assert!(
            written.contains(&format!("{}: ", key.name)) || written.contains(&format!("{}:\n", key.name)),
            "{}",
            key.name
        );
    }
}

/// All keys of `keys` and within them.
fn collect(keys: &'static [Key], out: &mut Vec<&'static Key>) {
    for key in keys {
        out.push(key);
        key.takes.within().into_iter().for_each(|below| collect(below, out));
    }
}
