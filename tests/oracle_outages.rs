//! Failure analysis of whole stacks against a deliberately naive evaluation of the definitions: remove, and recompute
//! the fixpoint from nothing. The evaluation here shares nothing with the library but the stack that was read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::analysis::outages::joint_outage;
use sinew::analysis::{Component, Fact};
use sinew::model::{DataIx, Flow, FlowStatus, ProcessIx, Requirement, Stack, Status, SystemIx, read};
use sinew::source::{Source, render};

use crate::support::random_stack::{cases, json_of, stack_shape};

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
        Component::Flow(ix) => stack.flow(ix).availability,
        Component::Team(ix) => stack.team(ix).availability,
    };
    range.map(|range| range.likely.0)
}

proptest! {
    #![proptest_config(cases(500))]

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
    #![proptest_config(cases(500))]

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
