//! Plans of random stacks hold what they claim.

use super::*;

/// A random stack with the figures that a plan needs.
pub(crate) fn priced(shape: &StackShape) -> String {
    let mut file: serde_json::Value = serde_json::from_str(&json_of(shape)).unwrap();
    file["data"]["d0"]["personal"] = json!(true);
    // Content of an AI tool that may not travel before the policy, and systems that are on trial.
    if let Some(second) = file["data"].get_mut("d1") {
        second["content"] = json!(true);
    }
    for system in file["systems"].as_object_mut().unwrap().values_mut().step_by(3) {
        let system = system.as_object_mut().unwrap();
        system.entry("status").or_insert(json!("pilot"));
    }
    for (at, system) in file["systems"].as_object_mut().unwrap().values_mut().enumerate() {
        if at % 4 != 3 {
            system["interfaces"] = json!(["rest"]);
        }
    }
    for (at, flow) in file["flows"].as_array_mut().unwrap().iter_mut().enumerate() {
        flow["runs"] = json!([10 * at + 200, 20 * at + 600, 30 * at + 1000]);
        flow["minutes"] = json!([20, 60, 120]);
        flow["value"] = json!(500 * (at % 3));
        let flow = flow.as_object_mut().unwrap();
        ["minutes_per_record", "records", "error_rate"].into_iter().for_each(|key| drop(flow.remove(key)));
    }
    // Rates of a quadrillion are refused, and no plan is made of them.
    for team in file["teams"].as_object_mut().unwrap().values_mut() {
        team.as_object_mut().unwrap().remove("hourly_rate");
    }
    file.to_string()
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn plans_of_random_stacks_hold_what_they_claim(shape in stack_shape()) {
        let stack = stack_of("random.json", &priced(&shape));
        check(&stack, &Options { samples: 2, ..Options::default() });
    }
}

/// The random stacks above are no idle ones: many have items, some of them only after a measure, and findings without an
/// option.
#[test]
fn many_random_stacks_have_something_to_build() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut busy, mut decided, mut allowed, mut missing, mut unverified) = (0, 0, 0, 0, 0);
    for _ in 0..120 {
        let shape = stack_shape().new_tree(&mut runner).unwrap().current();
        let plan = planned(&stack_of("random.json", &priced(&shape)), &quick());
        let has = |id: &str| plan.items.iter().any(|item| plan.candidate(item).id.starts_with(id));
        busy += usize::from(!plan.items.is_empty());
        decided += usize::from(has("governance:pilot-decision:"));
        allowed += usize::from(has("governance:policy"));
        missing += usize::from(plan.candidates.missing.iter().any(|one| matches!(one.subject, Subject::Gap(_))));
        unverified += usize::from(!plan.candidates.unverified.is_empty());
    }
    assert!(unverified > 10, "{unverified} of 120");
    assert!(busy > 20 && decided > 5 && allowed > 0 && missing > 20, "{busy} {decided} {allowed} {missing} of 120");
}
