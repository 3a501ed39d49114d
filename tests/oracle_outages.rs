//! Failure analysis of whole stacks against a deliberately naive evaluation of the definitions: remove, and recompute
//! the fixpoint from nothing. The evaluation here shares nothing with the library but the stack that was read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::analysis::outages::joint_outage;
use sinew::analysis::{Component, Fact};
use sinew::model::{DataIx, Flow, FlowStatus, ProcessIx, Requirement, Stack, Status, SystemIx, read};
use sinew::source::{Source, render};

use crate::support::random_stack::{StackShape, cases, json_of, stack_shape};

fn stack_of(text: &str) -> Stack {
    let source = Source::new("random.json", text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}\n{text}", render(&source, &reading.problems, false)))
}

/// One world: which components have failed, and whether standby flows are used.
struct World<'s> {
    stack: &'s Stack,
    failed: BTreeSet<Component>,
    with_standby: bool,
}

impl World<'_> {
    fn is_up(&self, system: SystemIx) -> bool {
        let entry = self.stack.system(system);
        !matches!(entry.status, Status::Planned | Status::Retired)
            && !self.failed.contains(&Component::System(system))
            && entry.depends_on.iter().all(|any| any.iter().any(|needed| self.is_up(*needed)))
    }

    fn works(&self, at: usize, flow: &Flow) -> bool {
        let flow_ix = sinew::model::FlowIx::new(at);
        let in_use = flow.status == FlowStatus::Live && (self.with_standby || !flow.is_standby);
        let in_use = in_use && !self.failed.contains(&Component::Flow(flow_ix));
        in_use
            && [flow.from, flow.to].iter().chain(&flow.through).all(|system| self.is_up(*system))
            && !(flow.is_manual() && flow.performer.is_some_and(|team| self.failed.contains(&Component::Team(team))))
    }

    /// The least fixpoint, from nothing, in rounds.
    fn facts(&self) -> BTreeSet<(SystemIx, DataIx)> {
        let origins = assumed_origins(self.stack);
        let mut facts = BTreeSet::new();
        loop {
            let before = facts.len();
            for (ix, system) in self.stack.all_systems().filter(|(ix, _)| self.is_up(*ix)) {
                for making in &system.makes {
                    let is_away = making.by.is_some_and(|team| self.failed.contains(&Component::Team(team)));
                    if is_away || (making.is_standby && !self.with_standby) {
                        continue;
                    }
                    if making.from.iter().all(|data| facts.contains(&(ix, *data))) {
                        facts.insert((ix, making.data));
                    }
                }
            }
            facts.extend(origins.iter().filter(|(at, _)| self.is_up(*at)));
            for (at, flow) in self.stack.flows.iter().enumerate() {
                if self.works(at, flow) {
                    for data in &flow.data {
                        if facts.contains(&(flow.from, *data)) {
                            facts.insert((flow.to, *data));
                        }
                    }
                }
            }
            if facts.len() == before {
                return facts;
            }
        }
    }

    fn running(&self) -> BTreeSet<ProcessIx> {
        let facts = self.facts();
        let mut running = BTreeSet::new();
        loop {
            let before = running.len();
            for (ix, process) in self.stack.all_processes() {
                let holds = |one: &Requirement| match one {
                    Requirement::Data(need) => facts.contains(&(need.at, need.data)),
                    Requirement::Process(need) => running.contains(&need.process),
                };
                if process.needs.iter().all(|any| any.iter().any(holds)) {
                    running.insert(ix);
                }
            }
            if running.len() == before {
                return running;
            }
        }
    }
}

fn assumed_origins(stack: &Stack) -> Vec<(SystemIx, DataIx)> {
    let mut origins = Vec::new();
    for (at, system) in stack.all_systems() {
        for (data, _) in stack.all_data() {
            let live = || stack.flows.iter().filter(|flow| stack.is_live(flow) && flow.data.contains(&data));
            let leaves = live().any(|flow| flow.from == at);
            let arrives = live().any(|flow| flow.to == at);
            let made = system.makes.iter().any(|making| making.data == data);
            // What a flow brought that is off, or that a retired system takes part in, is no origin.
            let has_ended = |flow: &Flow| {
                let retired = |ix: &SystemIx| stack.system(*ix).status == Status::Retired;
                match flow.status {
                    FlowStatus::Live => [flow.from, flow.to].iter().chain(&flow.through).any(retired),
                    FlowStatus::Planned => false,
                    FlowStatus::Off => true,
                }
            };
            let came = |flow: &Flow| flow.to == at && flow.data.contains(&data) && has_ended(flow);
            if leaves && !arrives && !made && !stack.flows.iter().any(came) {
                origins.push((at, data));
            }
        }
    }
    origins
}

fn components(stack: &Stack) -> BTreeSet<Component> {
    let systems = stack.all_systems().filter(|(_, system)| system.is_live()).map(|(ix, _)| Component::System(ix));
    let live = || stack.all_flows().filter(|(_, flow)| stack.is_live(flow));
    let flows = live().map(|(ix, _)| Component::Flow(ix));
    let performers = live().filter(|(_, flow)| flow.is_manual()).filter_map(|(_, flow)| flow.performer);
    let live_systems = stack.systems.iter().filter(|system| system.is_live());
    let makers = live_systems.flat_map(|system| &system.makes).filter_map(|making| making.by);
    let teams = performers.chain(makers).filter(|team| stack.team(*team).people == Some(1)).map(Component::Team);
    systems.chain(flows).chain(teams).collect()
}

fn world<'s>(stack: &'s Stack, failed: &[Component], with_standby: bool) -> World<'s> {
    World { stack, failed: failed.iter().copied().collect(), with_standby }
}

/// Everything that a naive reader would say of the failure of `failed`.
#[derive(Debug, PartialEq)]
struct Naive {
    down: BTreeSet<ProcessIx>,
    degraded: BTreeSet<ProcessIx>,
    lost: BTreeSet<(SystemIx, DataIx)>,
    systems_down: BTreeSet<SystemIx>,
    starved: BTreeSet<SystemIx>,
}

fn naive(stack: &Stack, failed: &[Component]) -> Naive {
    let (before, after) = (world(stack, &[], true), world(stack, failed, true));
    let (regular_before, regular_after) = (world(stack, &[], false), world(stack, failed, false));
    let (ran, runs) = (before.running(), after.running());
    let lost: BTreeSet<_> = before.facts().difference(&after.facts()).copied().collect();
    let regular_runs = regular_after.running();
    Naive {
        down: ran.difference(&runs).copied().collect(),
        degraded: regular_before
            .running()
            .into_iter()
            .filter(|process| !regular_runs.contains(process) && runs.contains(process))
            .collect(),
        systems_down: stack
            .all_systems()
            .map(|(ix, _)| ix)
            .filter(|ix| before.is_up(*ix) && !after.is_up(*ix))
            .collect(),
        starved: lost.iter().map(|(at, _)| *at).filter(|at| after.is_up(*at)).collect(),
        lost,
    }
}

fn reported(outage: &sinew::analysis::Outage) -> Naive {
    Naive {
        down: outage.processes_down.iter().copied().collect(),
        degraded: outage.processes_degraded.iter().copied().collect(),
        lost: outage.facts_lost.iter().map(|Fact { at, data }| (*at, *data)).collect(),
        systems_down: outage.systems_down.iter().copied().collect(),
        starved: outage.systems_starved.iter().copied().collect(),
    }
}

/// Minimal cut sets to `order` by trying every set.
fn naive_cut_sets(stack: &Stack, all: &[Component], process: ProcessIx, order: usize) -> BTreeSet<Vec<Component>> {
    let runs = |failed: &[Component]| world(stack, failed, true).running().contains(&process);
    let mut minimal: BTreeSet<Vec<Component>> = BTreeSet::new();
    if !runs(&[]) {
        return minimal;
    }
    let mut level: Vec<Vec<Component>> = vec![vec![]];
    for _ in 0..order {
        let mut next = Vec::new();
        for set in level {
            for component in all.iter().filter(|component| set.last().is_none_or(|last| *component > last)) {
                let larger = [&set[..], &[*component]].concat();
                if minimal.iter().any(|small| small.iter().all(|one| larger.contains(one))) {
                    continue;
                }
                if runs(&larger) {
                    next.push(larger);
                } else {
                    minimal.insert(larger);
                }
            }
        }
        level = next;
    }
    minimal
}

/// The availability of every process by adding up all worlds of the components that can fail.
fn naive_availability(stack: &Stack, uncertain: &[(Component, f64)]) -> BTreeMap<ProcessIx, f64> {
    let mut sums: BTreeMap<ProcessIx, f64> = stack.all_processes().map(|(ix, _)| (ix, 0.0)).collect();
    for bits in 0..1u32 << uncertain.len() {
        let is_down = |at: usize| bits >> at & 1 == 1;
        let failed: Vec<Component> = (0..uncertain.len()).filter(|at| is_down(*at)).map(|at| uncertain[at].0).collect();
        let chance = |(at, (_, up)): (usize, &(Component, f64))| if is_down(at) { 1.0 - up } else { *up };
        let chance: f64 = uncertain.iter().enumerate().map(chance).product();
        if chance > 0.0 {
            for process in world(stack, &failed, true).running() {
                *sums.entry(process).or_default() += chance;
            }
        }
    }
    sums
}

fn availability(stack: &Stack, component: Component) -> Option<f64> {
    let range = match component {
        Component::System(ix) => stack.system(ix).availability,
        Component::Flow(ix) => stack.flow(ix).rated.availability,
        Component::Team(ix) => stack.team(ix).availability,
    };
    range.map(|range| range.likely.0)
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn every_single_failure_is_what_removing_the_component_gives(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let analysis = Analysis::of(&stack);
        let outages = analysis.outages();
        let named: BTreeSet<Component> = outages.iter().flat_map(|outage| outage.components.iter().copied()).collect();
        prop_assert_eq!(&named, &components(&stack));
        for outage in outages {
            prop_assert_eq!(reported(outage), naive(&stack, &outage.components), "{:?}", outage.components);
        }
        let ran = world(&stack, &[], true).running();
        let ran_regular = world(&stack, &[], false).running();
        for found in analysis.resilience() {
            prop_assert_eq!(found.runs, ran.contains(&found.process));
            prop_assert_eq!(found.is_degraded, ran.contains(&found.process) && !ran_regular.contains(&found.process));
        }
    }

    #[test]
    fn joint_failures_are_what_removing_all_gives_and_more_failures_bring_nothing_up(
        shape in stack_shape(),
        picks in prop::collection::vec(0..64usize, 1..4),
    ) {
        let stack = stack_of(&json_of(&shape));
        let analysis = Analysis::of(&stack);
        let all: Vec<Component> = components(&stack).into_iter().collect();
        prop_assume!(!all.is_empty());
        let failed: BTreeSet<Component> = picks.iter().map(|pick| all[pick % all.len()]).collect();
        let failed: Vec<Component> = failed.into_iter().collect();
        let joint = joint_outage(&stack, &analysis.supply, &failed);
        prop_assert_eq!(reported(&joint), naive(&stack, &failed));
        for component in &failed {
            let single = analysis.outage_of(*component);
            prop_assert!(single.processes_down.iter().all(|process| joint.processes_down.contains(process)));
            prop_assert!(single.facts_lost.iter().all(|fact| joint.facts_lost.contains(fact)));
        }
    }

    #[test]
    fn whatever_the_failure_of_a_flow_takes_down_that_of_its_target_does_too(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let analysis = Analysis::of(&stack);
        for (ix, flow) in stack.live_flows() {
            let by_flow = analysis.outage_of(Component::Flow(ix));
            let by_target = analysis.outage_of(Component::System(flow.to));
            prop_assert!(by_flow.processes_down.iter().all(|process| by_target.processes_down.contains(process)));
        }
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn cut_sets_and_points_are_those_that_trying_every_set_finds(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let analysis = Analysis::of(&stack);
        let all: Vec<Component> = components(&stack).into_iter().collect();
        for found in analysis.resilience() {
            let expected = naive_cut_sets(&stack, &all, found.process, 2);
            let sets: BTreeSet<Vec<Component>> = found.cut_sets.iter().cloned().collect();
            prop_assert_eq!(&sets, &expected);
            let single: Vec<Component> = expected.iter().filter(|set| set.len() == 1).map(|set| set[0]).collect();
            prop_assert_eq!(&found.single_points, &single);
            let orders: Vec<(usize, &Vec<Component>)> = found.cut_sets.iter().map(|set| (set.len(), set)).collect();
            prop_assert!(orders.is_sorted());
        }
    }

    #[test]
    fn availability_is_the_sum_over_all_worlds(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let stated = |component: Component| availability(&stack, component).map(|up| (component, up));
        let uncertain: Vec<(Component, f64)> = components(&stack).into_iter().filter_map(stated).collect();
        prop_assume!(uncertain.len() <= 10);
        let analysis = Analysis::of(&stack);
        let expected = naive_availability(&stack, &uncertain);
        for found in analysis.resilience() {
            prop_assert!(found.is_exact);
            prop_assert!((found.availability.low - expected[&found.process]).abs() < 1e-9,
                "{} and {}", found.availability.low, expected[&found.process]);
            prop_assert!(found.availability.high - found.availability.low < 1e-9);
        }
    }

    #[test]
    fn with_all_origins_declared_one_more_flow_takes_nothing_down(shape in stack_shape(), at in 0..12usize) {
        // Declaring the assumed origins first: otherwise a new flow can end an assumption.
        let text = json_of(&shape);
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let whole = stack_of(&text);
        for (system, data) in assumed_origins(&whole) {
            let makes = file["systems"][whole.system(system).id.as_str()]["makes"].as_array_mut().unwrap();
            makes.push(serde_json::json!({ "data": whole.data_object(data).id.as_str() }));
        }
        let flows = file["flows"].as_array().unwrap().clone();
        prop_assume!(!flows.is_empty());
        let mut fewer = file.clone();
        fewer["flows"].as_array_mut().unwrap().remove(at % flows.len());
        // What the smaller file would assume and the larger one not is declared too, in both.
        let small = stack_of(&fewer.to_string());
        for (system, data) in assumed_origins(&small) {
            for file in [&mut file, &mut fewer] {
                let makes = file["systems"][small.system(system).id.as_str()]["makes"].as_array_mut().unwrap();
                makes.push(serde_json::json!({ "data": small.data_object(data).id.as_str() }));
            }
        }
        let (large, small) = (stack_of(&file.to_string()), stack_of(&fewer.to_string()));
        let (large, small) = (Analysis::of(&large), Analysis::of(&small));
        for (ix, process) in small.stack.all_processes() {
            prop_assert!(!small.runs(ix) || large.runs(ix), "{}", process.id);
        }
    }
}

/// What the outages of `stack` are expected to cost, from all worlds: bounds of the sum, and the processes that are not in
/// it. A component that matters and states no availability may be down any time: then only the lower end holds.
fn naive_outage_cost(stack: &Stack) -> (Option<[Option<f64>; 2]>, Vec<String>) {
    let all: Vec<Component> = components(stack).into_iter().collect();
    let failed =
        |bits: u32| -> Vec<Component> { (0..all.len()).filter(|at| bits >> at & 1 == 1).map(|at| all[at]).collect() };
    let running: Vec<BTreeSet<ProcessIx>> =
        (0..1u32 << all.len()).map(|bits| world(stack, &failed(bits), true).running()).collect();
    let up: Vec<Option<f64>> = all.iter().map(|one| availability(stack, *one)).collect();
    // Components without a stated availability are up in the worlds that are added up.
    let chance = |bits: u32| -> f64 {
        let of = |at: usize| match (bits >> at & 1 == 1, up[at]) {
            (true, up) => 1.0 - up.unwrap_or(1.0),
            (false, up) => up.unwrap_or(1.0),
        };
        (0..all.len()).map(of).product()
    };
    let mut sum = [Some(0.0), Some(0.0)];
    let mut unknown = Vec::new();
    for (ix, process) in stack.all_processes() {
        // A component matters where some failures take the process down and the same ones without it do not.
        let matters = |at: usize| {
            let mut others = (0..1u32 << all.len()).filter(|bits| bits >> at & 1 == 0);
            others.any(|bits| running[bits as usize].contains(&ix) && !running[(bits | 1 << at) as usize].contains(&ix))
        };
        let mattering: Vec<usize> = (0..all.len()).filter(|at| matters(*at)).collect();
        let is_known = mattering.is_empty() || mattering.iter().any(|at| up[*at].is_some());
        let is_open = mattering.iter().any(|at| up[*at].is_none() && !matches!(all[*at], Component::Flow(_)));
        let down: f64 = (0..1u32 << all.len()).filter(|bits| !running[*bits as usize].contains(&ix)).map(chance).sum();
        match process.outage_cost.map(|cost| cost.likely.0) {
            Some(0.0) => {}
            Some(cost) if is_known => {
                let hours = down * 8_760.0;
                sum[0] = sum[0].map(|sum| sum + hours * cost);
                sum[1] = sum[1].filter(|_| !is_open).map(|sum| sum + hours * cost);
            }
            _ => unknown.push(process.id.to_string()),
        }
    }
    let is_none = !unknown.is_empty() && unknown.len() == stack.processes.len();
    ((!is_none).then_some(sum), unknown)
}

/// What is wrong with what is shown of the outage cost of `stack`, if anything is.
fn wrong_cost(stack: &Stack, shown: &serde_json::Value) -> Option<String> {
    let (sum, unknown) = naive_outage_cost(stack);
    // Without a process it is not known what a failure stops.
    let sum = sum.filter(|_| stack.all_processes().next().is_some());
    let found: Vec<&str> =
        shown["outage_cost_unknown"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let near = |found: &serde_json::Value, expected: Option<f64>| match (found.as_f64(), expected) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-5 * b.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    };
    let cost = &shown["outage_cost"];
    let is_right = found == unknown
        && match sum {
            None => cost.is_null(),
            Some([low, high]) => !cost.is_null() && near(&cost["low"], low) && near(&cost["high"], high),
        };
    (!is_right).then(|| format!("{cost}, {found:?} for {sum:?}, {unknown:?}"))
}

proptest! {
    #![proptest_config(cases(36))]

    /// Both columns of before and after: today's stack, and the target as it stands.
    #[test]
    fn the_outage_cost_of_a_stack_is_that_of_all_its_worlds_before_and_after(
        shape in stack_shape(),
        costs in prop::collection::vec(prop::option::weighted(0.7, 0..4_000u32), 4),
        keeps in 0..8u8,
    ) {
        let shape = small(shape);
        let text = crate::three_values::partly_stated(&crate::plan::random::priced(&shape), &costs, keeps);
        let stack = stack_of(&text);
        let analysis = Analysis::of(&stack);
        let options = sinew::plan::Options { samples: 0, frontier: false, ..sinew::plan::Options::default() };
        let plan = sinew::plan::Plan::of(&analysis, &options).unwrap();
        let shown = serde_json::to_value(sinew::report::Plan::of(&stack, &plan, &options)).unwrap();
        prop_assert_eq!(wrong_cost(&stack, &shown["before"]), None, "before: {}", text);
        if components(&plan.target).len() <= 12 {
            prop_assert_eq!(wrong_cost(&plan.target, &shown["after"]), None, "after: {}", text);
        }
    }
}

/// A shape of few components, of which every set can be tried.
fn small(mut shape: StackShape) -> StackShape {
    shape.systems = 2 + shape.systems % 3;
    shape.flows.truncate(4);
    shape
}

/// The stacks above have figures, bounds and gaps, and plans that change them.
#[test]
fn many_random_stacks_have_an_outage_cost_of_each_kind() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let costs = prop::collection::vec(prop::option::weighted(0.7, 0..4_000u32), 4);
    let stacks = (stack_shape(), costs, 0..8u8);
    let [mut exact, mut at_least, mut null, mut unknown, mut moved] = [0; 5];
    for _ in 0..200 {
        let (shape, costs, keeps) = stacks.new_tree(&mut runner).unwrap().current();
        let stack = stack_of(&crate::three_values::partly_stated(&crate::plan::random::priced(&shape), &costs, keeps));
        let analysis = Analysis::of(&stack);
        let options = sinew::plan::Options { samples: 0, frontier: false, ..sinew::plan::Options::default() };
        let plan = sinew::plan::Plan::of(&analysis, &options).unwrap();
        let shown = serde_json::to_value(sinew::report::Plan::of(&stack, &plan, &options)).unwrap();
        let cost = &shown["before"]["outage_cost"];
        exact += usize::from(cost["high"].as_f64().is_some_and(|high| high > 0.0));
        at_least += usize::from(!cost.is_null() && cost["high"].is_null());
        null += usize::from(cost.is_null());
        unknown += usize::from(!shown["before"]["outage_cost_unknown"].as_array().unwrap().is_empty());
        moved += usize::from(cost != &shown["after"]["outage_cost"]);
        if [exact, at_least, null, unknown, moved].iter().all(|count| *count >= 5) {
            return;
        }
    }
    panic!("{:?}", [exact, at_least, null, unknown, moved]);
}

/// Two systems of which each stops the process: an hour in which both are down costs once. Added up one at a time, they
/// would cost 8,760 × 100 × (0.5 + 0.5), which is every hour of the year.
#[test]
fn an_hour_with_two_failures_costs_once() {
    let stack = stack_of(
        &serde_json::json!({
            "sinew": 1,
            "hourly_rate": 50,
            "systems": {
                "a": { "kind": "crm", "availability": 0.5, "makes": ["d"] },
                "b": { "kind": "cms", "availability": 0.5 },
            },
            "data": { "d": {} },
            "flows": [{ "id": "f", "from": "a", "to": "b", "data": "d", "mechanism": "api" }],
            "processes": { "p": { "needs": [{ "data": "d", "at": "b" }], "outage_cost": 100 } },
        })
        .to_string(),
    );
    let analysis = Analysis::of(&stack);
    let options = sinew::plan::Options::default();
    let plan = sinew::plan::Plan::of(&analysis, &options).unwrap();
    let shown = serde_json::to_value(sinew::report::Plan::of(&stack, &plan, &options)).unwrap();
    assert_eq!(shown["before"]["outage_cost"], serde_json::json!({ "low": 657_000, "high": 657_000 }));
    let single: f64 = analysis.outages().iter().filter_map(|outage| outage.expected_cost).map(|cost| cost.0).sum();
    assert!((single - 876_000.0).abs() < 1e-6);
}
