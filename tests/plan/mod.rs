//! Plans of whole stacks: what they claim is what another analysis of the target finds, and what they promise not to do
//! they do not do.

mod answer;
mod balance;
mod cores;
mod covering;
mod measures;
mod middleware;
mod order;
mod pace;
mod partway;
pub(crate) mod random;
mod ranges;
mod reach;
mod replacement;
mod unverified;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::json;
use sinew::analysis::lineage::personal_objects;
use sinew::analysis::{Analysis, Finding, Severity};
use sinew::model::write::write;
use sinew::model::{DataIx, Flow, Stack, Status, SystemIx, read};
use sinew::plan::building::Site;
use sinew::plan::candidates::{Candidate, Subject};
use sinew::plan::edit::{Edit, Hop};
use sinew::plan::link::LinkIx;
use sinew::plan::making::effort_of;
use sinew::plan::measure::Measure;
use sinew::plan::problem::is_buildable;
use sinew::plan::target::target;
use sinew::plan::trace::explain;
use sinew::plan::value::{Account, Change};
use sinew::plan::{Options, Plan};
use sinew::report;
use sinew::source::{Source, render};
use sinew_order::Index;
use sinew_order::uncertainty::Quantiles;

use crate::support::random_stack::{StackShape, cases, json_of, stack_shape};

const EXAMPLES: [&str; 6] =
    ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "adobe-near-stage-4", "messy-45", "two-models"];

fn stack_of(name: &str, text: &str) -> Stack {
    let source = Source::new(name, text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}\n{text}", render(&source, &reading.problems, false)))
}

fn text_of(name: &str) -> String {
    let path = format!("{}/examples/stacks/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn example(name: &str) -> Stack {
    stack_of(name, &text_of(name))
}

fn quick() -> Options {
    Options { samples: 0, frontier: false, ..Options::default() }
}

/// All examples with their plans, made once.
static PLANNED: LazyLock<Vec<(&str, Stack, Plan)>> = LazyLock::new(|| {
    let all = EXAMPLES.into_iter().map(|name| (name, example(name)));
    all.map(|(name, stack)| (name, stack.clone(), planned(&stack, &quick()))).collect()
});

fn planned(stack: &Stack, options: &Options) -> Plan {
    Plan::of(&Analysis::of(stack), options).unwrap()
}

/// What an option needs first is another option, named once.
fn check_needs(plan: &Plan) {
    let ids: BTreeSet<&str> = plan.candidates.all.iter().map(|one| one.id.as_str()).collect();
    for candidate in plan.candidates.all.iter() {
        let needs: BTreeSet<&str> = candidate.needs.iter().map(String::as_str).collect();
        assert_eq!(needs.len(), candidate.needs.len(), "{} needs {:?}", candidate.id, candidate.needs);
        assert!(!needs.contains(candidate.id.as_str()) && needs.is_subset(&ids), "{} needs {needs:?}", candidate.id);
    }
}

/// The plan applied item by item and analyzed anew each time.
fn check_value(stack: &Stack, plan: &Plan) {
    let analysis = Analysis::of(stack);
    let site = Site::of(&analysis, &plan.links);
    let runs = |process: &str| stack.find_process(process).is_some_and(|ix| analysis.runs(ix));
    let mut before = Account::of(&analysis, &runs);
    let (mut worth, mut earned) = (0.0, 0.0);
    for count in 1..=plan.items.len() {
        let built: Vec<_> = plan.items[..count].iter().map(|item| plan.candidate(item)).collect();
        let built = site.build(&built);
        let after = Account::of(&Analysis::of(&built.stack), &runs);
        let now = site.worth(&built);
        let change = Change::between(&before, &after, now - worth, &plan.settings);
        let item = &plan.items[count - 1];
        for (claimed, found) in [
            (item.change.handoffs, change.handoffs),
            (item.change.worth, change.worth),
            (item.change.outages_removed, change.outages_removed),
            (item.change.outages_added, change.outages_added),
            (item.value.likely, change.total()),
        ] {
            assert!((claimed - found).abs() < 0.01, "{}: {claimed} claimed, {found} found", plan.candidate(item).id);
        }
        earned += change.total() * (plan.settings.horizon.0 - item.finish.0) / 52.0;
        (before, worth) = (after, now);
    }
    // Work is counted in thousandths of a day and money in cents.
    let net = earned - plan.solution.plan.spent.0;
    let allowed = 1.0 + net.abs() * 1e-3;
    assert!((net - plan.net_value.0).abs() < allowed, "{net} by analysis, {} claimed", plan.net_value.0);
}

/// Nothing that could not fail before can now, and nothing that ran by itself needs standby flows.
fn check_resilience(stack: &Stack, plan: &Plan) {
    let ran: BTreeMap<&str, bool> = plan.before.availability.iter().map(|of| (of.process.as_str(), of.runs)).collect();
    for (component, processes) in &plan.after.single_points {
        let known = plan.before.single_points.get(component);
        for process in processes.iter().filter(|ix| ran[plan.target.process(**ix).id.as_str()]) {
            assert!(known.is_some_and(|known| known.contains(process)), "{component} of {process:?} is new");
        }
    }
    assert!(plan.items.iter().all(|item| item.change.outages_added == 0.0));
    let (before, after) = (Analysis::of(stack), Analysis::of(&plan.target));
    for (old, new) in before.resilience().iter().zip(after.resilience()) {
        assert!(!new.is_degraded || old.is_degraded || !old.runs, "{:?} needs standby flows now", new.process);
        assert!(new.runs || !old.runs);
    }
}

/// What an item carries nobody carries by hand any more in regular use; what no item carries is carried as it was; and
/// whatever could be carried by hand still can.
fn check_handoffs(stack: &Stack, plan: &Plan) {
    let target = &plan.target;
    let name = |ix| target.find_data(stack.data_object(ix).id.as_str()).unwrap();
    let mut claimed: BTreeSet<DataIx> = BTreeSet::new();
    for candidate in plan.items.iter().map(|item| plan.candidate(item)) {
        for subject in &candidate.subjects {
            let Subject::Link(at) = subject else { continue };
            let link = &plan.links[*at];
            claimed.extend(link.data.iter().copied().filter(|data| !candidate.leaves.contains(&(*at, *data))));
            let ends = [link.from, link.to].map(|ix| stack.system(ix).id.as_str());
            for data in link.data.iter().filter(|data| !candidate.leaves.contains(&(*at, **data))) {
                let by_hand = |flow: &Flow| {
                    let flow_ends = [flow.from, flow.to].map(|ix| target.system(ix).id.as_str());
                    flow.is_manual() && !flow.is_standby && flow_ends == ends && flow.data.contains(&name(*data))
                };
                let still = target.live_flows().find(|(_, flow)| by_hand(flow));
                assert!(still.is_none(), "{} carries {:?}, and so does {}", candidate.id, data, still.unwrap().1.id);
            }
        }
    }
    for (_, flow) in stack.live_flows().filter(|(_, flow)| flow.is_manual()) {
        let same = target.find_flow(flow.id.as_str()).map(|ix| target.flow(ix)).unwrap();
        for data in &flow.data {
            let is_kept = same.data.contains(&name(*data)) && same.is_standby == flow.is_standby;
            assert!(is_kept || claimed.contains(data), "nothing carries {data:?} of {}", flow.id);
            let ends = |stack: &Stack, flow: &Flow| [flow.from, flow.to].map(|ix| stack.system(ix).id.to_string());
            let can = |other: &Flow| {
                other.is_manual() && other.data.contains(&name(*data)) && ends(target, other) == ends(stack, flow)
            };
            assert!(target.live_flows().any(|(_, other)| can(other)), "{} can no longer carry {data:?}", flow.id);
        }
        // What stays is done as often as before, whatever was taken out of it.
        assert!(same.is_standby || (same.runs, same.run.minutes) == (flow.runs, flow.run.minutes));
    }
}

/// Personal data flows to an AI tool only after its security review.
fn check_reviews(stack: &Stack, plan: &Plan) {
    let personal = personal_objects(stack);
    let mut reviewed: BTreeSet<_> =
        stack.all_systems().filter(|(_, system)| system.security_review.is_some()).map(|(ix, _)| ix).collect();
    for item in &plan.items {
        for edit in &plan.candidate(item).edits {
            let (to, data) = match edit {
                Edit::Measure(Measure::SecurityReview(system)) => {
                    reviewed.insert(*system);
                    continue;
                }
                Edit::AddFlow(flow) => (flow.to, flow.data.clone()),
                Edit::ExtendFlow(flow, data) => (stack.flow(*flow).to, data.clone()),
                Edit::MakeLive(flow) => (stack.flow(*flow).to, stack.flow(*flow).data.clone()),
                _ => continue,
            };
            let is_personal = data.iter().any(|data| personal.contains_key(data));
            let is_safe = !stack.system(to).is_ai() || !is_personal || reviewed.contains(&to);
            assert!(is_safe, "{} brings personal data to {}", plan.candidate(item).id, stack.system(to).id);
        }
    }
}

/// The live systems that a flow is built on, with what it carries by itself.
fn built_on(stack: &Stack, edit: &Edit) -> (Vec<SystemIx>, Vec<DataIx>) {
    match edit {
        Edit::AddFlow(flow) => {
            let through = match flow.through {
                Some(Hop::There(ix)) => Some(ix),
                _ => None,
            };
            let by_itself = if flow.mechanism.is_manual() { Vec::new() } else { flow.data.clone() };
            ([flow.from, flow.to].into_iter().chain(through).collect(), by_itself)
        }
        Edit::ExtendFlow(flow, data) => (stack.flow(*flow).systems().collect(), data.clone()),
        Edit::MakeLive(flow) => (stack.flow(*flow).systems().collect(), stack.flow(*flow).data.clone()),
        _ => Default::default(),
    }
}

/// Nothing is built on an undecided pilot, and no content that an AI tool makes travels by itself before the policy covers the
/// review of outputs.
fn check_what_comes_first(stack: &Stack, plan: &Plan) {
    let policy = stack.practices.ai_policy.as_ref();
    let mut has_policy = policy.is_some_and(|policy| policy.covers.contains(&"output-review"));
    let mut decided: BTreeSet<SystemIx> = BTreeSet::new();
    let is_ai_content = |data: &DataIx| {
        let mut tools = stack.live_systems().filter(|(_, system)| system.is_ai());
        let is_made = tools.any(|(_, tool)| tool.makes.iter().any(|making| making.data == *data));
        stack.data_object(*data).is_content() && is_made
    };
    for candidate in plan.items.iter().map(|item| plan.candidate(item)) {
        for edit in &candidate.edits {
            match edit {
                Edit::Measure(Measure::Policy) => has_policy = true,
                Edit::Measure(Measure::Decision(system)) => drop(decided.insert(*system)),
                _ => {}
            }
            let (systems, data) = built_on(stack, edit);
            for ix in systems {
                let is_open =
                    matches!(stack.system(ix).status, Status::Pilot | Status::AdHoc) && !decided.contains(&ix);
                assert!(!is_open, "{} is built on {}, which is undecided", candidate.id, stack.system(ix).id);
            }
            let is_free = has_policy || !data.iter().any(is_ai_content);
            assert!(is_free, "{} automates AI content before the policy", candidate.id);
        }
    }
}

/// No finding of high or medium severity, and no handoff, is silently absent: it has a candidate that can be built, or the
/// plan says what is missing; and where it stands in the target, the report of the plan lists it.
fn check_answers(stack: &Stack, plan: &Plan) {
    let shown = report::Plan::of(stack, plan, &quick());
    let lists = shown.unfunded.iter().map(|one| &one.findings).chain(shown.unsolved.iter().map(|one| &one.findings));
    let told: BTreeSet<&str> = lists.flatten().map(String::as_str).collect();
    let is_asked = |finding: &Finding| finding.severity != Severity::Low || finding.rule == "manual-handoff";
    let after = plan.after.findings.iter().filter(|finding| is_asked(finding));
    let after: BTreeSet<&str> = after.map(|finding| finding.id.as_str()).collect();
    assert!(shown.unsolved.iter().all(|one| !one.why.is_empty() && one.why.iter().all(|why| !why.is_empty())));
    for (at, gap) in plan.gaps.enumerate() {
        if !is_asked(gap) {
            continue;
        }
        let subjects = &plan.answers[at];
        let all = &plan.candidates.all;
        let serves = |one: &&Candidate| subjects.iter().any(|subject| one.does_all_of(*subject));
        let has_candidate = all.iter().filter(serves).any(|one| is_buildable(all, one));
        let has_reason =
            plan.candidates.missing.iter().any(|one| subjects.contains(&one.subject) && !one.why.is_empty());
        assert!(has_candidate || has_reason, "{} has neither a candidate nor what is missing", gap.id);
        let id = gap.id.as_str();
        assert!(!after.contains(id) || told.contains(id), "{id} stands in the target and is listed nowhere");
    }
    for candidate in &plan.candidates.all {
        let known = |need: &String| plan.candidates.all.iter().any(|one| one.id == *need);
        assert!(candidate.needs.iter().all(known), "{} needs what is no candidate", candidate.id);
    }
}

/// The target file is a stack file, and the stack that was analyzed.
fn check_target(plan: &Plan) {
    let text = target(plan);
    let again = stack_of("target.yaml", &text);
    assert_eq!(write(&again), write(&plan.target));
    let (old, new) = (Analysis::of(&plan.target), Analysis::of(&again));
    assert_eq!(old.handoffs().total, new.handoffs().total);
    for item in &plan.items {
        assert!(text.contains(&plan.candidate(item).id));
    }
}

fn check(stack: &Stack, options: &Options) -> Plan {
    let plan = planned(stack, options);
    check_plan(stack, options, &plan);
    plan
}

fn check_plan(stack: &Stack, options: &Options, plan: &Plan) {
    check_value(stack, plan);
    check_needs(plan);
    check_resilience(stack, plan);
    check_handoffs(stack, plan);
    check_reviews(stack, plan);
    check_what_comes_first(stack, plan);
    check_answers(stack, plan);
    unverified::check_unverified(stack, plan);
    check_target(plan);
    assert!(plan.solution.bound.0 >= plan.net_value.0 - 0.01);
    // What is asked for, and what must not stay open, may cost more than it earns.
    let is_free = options.with.is_empty() && plan.obligations.items.is_empty();
    assert!(!is_free || plan.net_value.0 >= -0.01);
    let analysis = Analysis::of(stack);
    assert!(plan.candidates.all.iter().all(|candidate| !explain(&analysis, plan, candidate).is_empty()));
}

#[test]
fn the_plans_of_all_examples_hold_what_they_claim() {
    for (name, stack, plan) in PLANNED.iter() {
        check_plan(stack, &quick(), plan);
        assert_eq!(plan.solution.gap(), 0.0, "{name}: proved");
        assert!(["tiny", "two-models"].contains(name) || !plan.items.is_empty(), "{name} has something to build");
    }
}

#[test]
fn the_same_seed_gives_the_same_answer_to_the_byte() {
    let stack = example("stage-3-marketo-enterprise");
    let options = Options { samples: 12, ..Options::default() };
    let json = |plan: &Plan| report::json_text(&report::Plan::of(&stack, plan, &options));
    let plan = planned(&stack, &options);
    assert_eq!(json(&plan), json(&planned(&stack, &options)));
    let other = planned(&stack, &Options { seed: 2, ..options.clone() });
    assert_ne!(other.uncertainty.unwrap().net_value, plan.uncertainty.unwrap().net_value);
}

#[test]
fn what_is_asked_for_is_built_and_what_is_not_wanted_is_not() {
    let stack = example("stage-3-marketo-enterprise");
    let usual = planned(&stack, &quick());
    let first = usual.candidate(&usual.items[0]).id.clone();
    let without = check(&stack, &Options { without: vec![first.clone()], ..quick() });
    assert!(without.find(&first).is_none() && without.net_value < usual.net_value);
    let unfunded = "governance:second-person:rev-analyst".to_owned();
    let with = check(&stack, &Options { with: vec![unfunded.clone()], ..quick() });
    assert!(with.find(&unfunded).is_some() && with.net_value <= usual.net_value);
    let poor = check(&stack, &Options { budget: Some(5_000.0), ..quick() });
    assert!(poor.solution.plan.spent.0 <= 5_000.0 && poor.items.len() < usual.items.len());
    let wrong = Plan::of(&Analysis::of(&stack), &Options { with: vec![format!("{first}x")], ..quick() });
    assert!(matches!(wrong, Err(sinew::plan::PlanError::UnknownName { near: Some(near), .. }) if near == first));
}

#[test]
fn an_item_is_named_by_its_title_as_well_as_by_its_id() {
    let stack = example("hubspot-scale-up");
    let usual = planned(&stack, &quick());
    let first = usual.candidate(&usual.items[0]);
    let without = planned(&stack, &Options { without: vec![first.title.to_uppercase()], ..quick() });
    assert!(without.find(&first.id).is_none());
    let with = planned(&stack, &Options { with: vec![first.title.to_uppercase()], ..quick() });
    assert!(with.find(&first.id).is_some());
    // One that no plan has unless it is asked for.
    let is_left_out = |one: &&Candidate| one.is_feasible() && usual.find(&one.id).is_none();
    let unwanted = usual.candidates.all.iter().find(is_left_out).unwrap();
    let with = planned(&stack, &Options { with: vec![unwanted.title.to_uppercase()], ..quick() });
    assert!(with.find(&unwanted.id).is_some(), "{}", unwanted.id);
}
