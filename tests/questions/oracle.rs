//! An oracle that answers in the text, plans the stack that reads anew, and builds the plan chosen now item by item.

use proptest::prelude::*;
use serde_json::{Value, json};
use sinew::analysis::stage::standing;
use sinew::model::asking::{Answer, Question};
use sinew::model::outline::Outline;
use sinew::plan::building::Site;
use sinew::plan::effort::sum;
use sinew::plan::problem::is_buildable;
use sinew::plan::settings::Unit;
use sinew::plan::value::{Account, Change};

use super::*;
use crate::judgement::stacks::stack;
use crate::plan::random::priced;
use crate::support::random_stack::{StackShape, cases, stack_shape};

/// A random stack with prices, of which some figures are gone and some are guesses.
fn with_holes(shape: &StackShape, bits: u32) -> Value {
    let mut file: Value = serde_json::from_str(&priced(shape)).unwrap();
    for (at, flow) in file["flows"].as_array_mut().unwrap().iter_mut().enumerate() {
        let flow = flow.as_object_mut().unwrap();
        match (bits >> (at * 3 % 30)) & 7 {
            0 => drop(flow.remove("runs")),
            1 => drop(flow.remove("minutes")),
            2 => drop(flow.insert("basis".into(), json!({ "guessed": ["runs", "minutes"] }))),
            3 => drop(flow.insert("basis".into(), json!({ "guessed": ["mechanism"] }))),
            4 => drop(flow.remove("performer")),
            _ => {}
        }
        // Runs that are answered are not held against a busiest time.
        flow.remove("peak");
    }
    file
}

/// The file with an answer written into it, keys and marks of guesses, without any help of the program.
fn answered(file: &Value, question: &Question, answer: &Answer) -> Value {
    let mut file = file.clone();
    let ids: Vec<&str> = question.entries().collect();
    let keys: Vec<&str> = question.keys().collect();
    if question.is_existence() && answer.values[0] == "no" {
        let is_other = |one: &Value| !ids.contains(&one["id"].as_str().unwrap());
        file["flows"].as_array_mut().unwrap().retain(is_other);
        return file;
    }
    let value = |text: &str| -> Value {
        let words = text.trim_matches('"');
        match words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some("") => json!([]),
            Some(inner) => inner.split(", ").collect(),
            None => json!(words),
        }
    };
    let write = |entry: &mut Value| {
        for (key, text) in keys.iter().zip(&answer.values) {
            if !question.is_existence() {
                let place = key.split('.').fold(&mut *entry, |place, part| &mut place[part]);
                *place = value(text);
            }
            if let Some(guessed) = entry["basis"]["guessed"].as_array_mut() {
                guessed.retain(|word| word != key);
            }
            if entry["basis"].is_null() {
                entry.as_object_mut().unwrap().remove("basis");
            }
        }
    };
    match question.list {
        "settings" => write(&mut file),
        "flows" => {
            let all = file["flows"].as_array_mut().unwrap().iter_mut();
            all.filter(|one| ids.contains(&one["id"].as_str().unwrap())).for_each(write);
        }
        list => ids.iter().for_each(|id| write(&mut file[list][*id])),
    }
    file
}

/// What `items` gain in this order under the answer of which `plan` is the plan, each stack built and analyzed.
fn gained(stack: &Stack, plan: &Plan, items: &[String]) -> f64 {
    let analysis = Analysis::of(stack);
    let site = Site::of(&analysis, &plan.links);
    let runs = |process: &str| stack.find_process(process).is_some_and(|ix| analysis.runs(ix));
    let all = &plan.candidates.all;
    let horizon = plan.settings.horizon.0;
    let (mut time, mut net, mut worth) = (0.0, 0.0, 0.0);
    let (mut before, mut built) = (Account::of(&analysis, &runs), Vec::new());
    for id in items {
        let Some(next) = all.iter().find(|one| one.id == *id && is_buildable(all, one)) else { continue };
        let effort = sum(&next.effort).likely.max(0.001);
        let finish = time + effort / plan.settings.capacity.0;
        let needs =
            next.needs.iter().all(|need| built.iter().any(|one: &&sinew::plan::candidates::Candidate| one.id == *need));
        if finish > horizon || !needs {
            continue;
        }
        time = finish;
        built.push(next);
        let target = site.build(&built);
        let after = Account::of(&Analysis::of(&target.stack), &runs);
        let now = site.worth(&target);
        let gain = Change::between(&before, &after, now - worth, &plan.settings).total();
        let running = if plan.settings.unit == Unit::Money { sum(&next.running).likely } else { 0.0 };
        net += (gain - running) * (horizon - finish) / 52.0 - effort * plan.settings.day_rate.likely.0;
        (before, worth) = (after, now);
    }
    net
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.items.iter().map(|item| plan.candidate(item).id.clone()).collect()
}

/// Whether a plan is bound by nothing that the oracle does not look at.
fn is_simple(plan: &Plan) -> bool {
    plan.settings.budget.is_none()
        && plan.solution.proved
        && plan.candidates.all.iter().all(|one| one.quotas.is_empty())
}

/// Holds every worth that was computed against the oracle, and counts how many there were, and how many above 0.
fn check(file: &Value) -> (usize, usize) {
    let stack = stack(&file.to_string());
    let plan = Plan::of(&Analysis::of(&stack), &quick()).unwrap();
    let (mut seen, mut above) = (0, 0);
    for one in asked(&stack, &Budget { plans: usize::MAX, moves: 0 }) {
        let Some(gain) = one.gain else { continue };
        assert!(gain >= 0.0, "{}: {gain}", one.question.id());
        let (mut expected, mut allowed) = (0.0, 0.5);
        for answer in &one.question.answers {
            let under = self::stack(&answered(file, &one.question, answer).to_string());
            let best = Plan::of(&Analysis::of(&under), &quick()).unwrap();
            if !is_simple(&best) {
                return (seen, above);
            }
            let now = gained(&under, &best, &ids(&plan));
            expected += answer.weight * (best.net_value.0 - now).max(0.0);
            // Work is counted in thousandths of a day and money in cents.
            allowed += answer.weight * (1.0 + 1e-4 * (best.net_value.0.abs() + now.abs()));
        }
        assert!((gain - expected).abs() <= allowed, "{}: {gain} claimed, {expected} expected", one.question.id());
        seen += 1;
        above += usize::from(gain > 1.0);
    }
    (seen, above)
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn a_worth_is_what_planning_from_scratch_under_each_answer_gains(shape in stack_shape(), bits: u32) {
        check(&with_holes(&shape, bits));
    }

    /// What is said of the stage and of findings is what reading, analyzing and judging the answered file gives: also of
    /// those that were not looked at because their keys cannot move it.
    #[test]
    fn stage_and_findings_move_as_they_are_said_to(shape in stack_shape(), bits: u32) {
        let file = with_holes(&shape, bits);
        let stack = stack(&file.to_string());
        let outline = Outline::of(&stack);
        let judged = |stack: &Stack| {
            let analysis = Analysis::of(stack);
            let findings = analysis.findings();
            let ids: std::collections::BTreeSet<String> = findings.iter().map(|one| one.id.clone()).collect();
            (standing(&analysis, &findings).stage, ids)
        };
        let (stage, known) = judged(&stack);
        for one in asked(&stack, &Budget { plans: 0, moves: usize::MAX }) {
            let under: Option<Vec<Stack>> =
                one.question.answers.iter().map(|answer| one.question.under(&outline, answer)).collect();
            let Some(under) = under else { continue };
            let all: Vec<_> = under.iter().map(judged).collect();
            let lowest = all.iter().map(|(stage, _)| *stage).chain([stage]).min().unwrap();
            let highest = all.iter().map(|(stage, _)| *stage).chain([stage]).max().unwrap();
            let id = one.question.id();
            prop_assert_eq!(one.stages.unwrap_or((stage, stage)), (lowest, highest), "{}", id);
            let moved: std::collections::BTreeSet<&String> =
                all.iter().flat_map(|(_, now)| known.symmetric_difference(now)).collect();
            if !one.question.answers.is_empty() {
                prop_assert_eq!(one.findings, Some(moved.len()), "{}: {:?}", id, moved);
            }
        }
    }
}

/// The random stacks above are no idle ones.
#[test]
fn many_random_stacks_have_questions_that_decide_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut seen, mut above) = (0, 0);
    for at in 0..25_u32 {
        let shape = stack_shape().new_tree(&mut runner).unwrap().current();
        let found = check(&with_holes(&shape, at.wrapping_mul(0x9E37_79B9)));
        (seen, above) = (seen + found.0, above + found.1);
        if seen > 25 && above >= 4 {
            return;
        }
    }
    panic!("{seen} with a worth, {above} above 0");
}

/// On every example the stage and the findings are said as they move.
#[test]
fn examples_move_as_they_are_said_to() {
    for name in ["tiny", "two-models"] {
        let path = format!("{}/examples/stacks/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let stack = stack(&std::fs::read_to_string(path).unwrap());
        let outline = Outline::of(&stack);
        let today = {
            let analysis = Analysis::of(&stack);
            standing(&analysis, &analysis.findings()).stage
        };
        for one in asked(&stack, &Budget { plans: 0, moves: usize::MAX }) {
            let stages: Vec<u8> = one
                .question
                .answers
                .iter()
                .map(|answer| {
                    let under = one.question.under(&outline, answer).unwrap();
                    let analysis = Analysis::of(&under);
                    standing(&analysis, &analysis.findings()).stage
                })
                .chain([today])
                .collect();
            let ends = (*stages.iter().min().unwrap(), *stages.iter().max().unwrap());
            assert_eq!(one.stages.unwrap_or((today, today)), ends, "{name}: {}", one.question.id());
        }
    }
}
