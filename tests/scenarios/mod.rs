//! Scenarios: the stack that comes of one is the stack with the edits typed in, and everything wrong with one is said at once.

mod command;
mod errors;
mod laws;
mod origins;

use sinew::model::{Scenario, ScenarioReading, Stack, not_opened, read, read_scenario};
use sinew::report::compare::Comparison;
use sinew::source::{Source, render};

/// The scenario `file` of the stack `text`, read.
fn reading(stack: &str, file: &str) -> ScenarioReading {
    let [source, file] =
        [("stack.yaml", stack), ("scenario.yaml", file)].map(|(name, text)| Source::new(name, text.to_owned()));
    let base = read(&source);
    let stack = base.stack.unwrap_or_else(|| panic!("{}", render(&source, &base.problems, false)));
    read_scenario(&file, (&source, &stack), &base.problems, &mut not_opened)
}

/// The same where nothing is wrong with it.
fn edited(stack: &str, file: &str) -> (Scenario, Stack) {
    let found = reading(stack, file);
    let problems = render(&found.source, &found.problems, false);
    (found.scenario, found.stack.unwrap_or_else(|| panic!("{problems}")))
}

/// The comparison of the stack `text` with these scenarios.
fn comparison(text: &str, files: &[&str]) -> Comparison {
    let stack = read(&Source::new("stack.yaml", text.to_owned())).stack.unwrap();
    let scenario = |(at, file): (usize, &&str)| {
        let (scenario, stack) = edited(text, file);
        (format!("{at}.yaml"), scenario, stack)
    };
    Comparison::of(&stack, &files.iter().enumerate().map(scenario).collect::<Vec<_>>()).unwrap()
}

const HALDEN: &str = include_str!("../../examples/stacks/stage-3-marketo-enterprise.yaml");
const ONE_TOOL: &str = include_str!("../../examples/scenarios/one-writing-tool.yaml");
const SECOND_MODEL: &str = include_str!("../../examples/scenarios/second-model.yaml");
