//! How each data object comes to be available at each system: the stack as an AND/OR graph.
//!
//! Facts are data objects at systems, systems that are up, and processes that run; rules are the supplies; labels are
//! the components that can fail. `docs/theory.md` gives the definitions.

use std::collections::HashSet;

use super::absence::Absence;
use super::deliveries::Fact;
use crate::model::{Flow, FlowIx, ProcessIx, Requirement, Stack, SystemIx, TeamIx};
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx, RuleIx};
use sinew_graph::ix::{IxSet, IxVec};
use sinew_graph::view::View;

/// Anything that can fail. Systems come before flows, and flows before teams; each sorted by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// A live system; retired ones cannot fail.
    System(SystemIx),
    /// A live flow, standby flows included.
    Flow(FlowIx),
    /// A team of one that performs a live manual flow, or makes an object at a live system.
    Team(TeamIx),
}

/// What a fact of the graph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A data object available at a system.
    Available(Fact),
    /// A system that depends on others is up.
    Up(SystemIx),
    /// At least one of the alternatives on which the system stands is up; the number is that of the entry in its
    /// `depends_on`.
    AnyUp(SystemIx, usize),
    /// At least one of the alternatives of a need holds.
    AnyOf(ProcessIx),
    /// All needs of a process hold.
    Runs(ProcessIx),
}

/// What a rule of the graph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The system makes the object; the number is that of the entry in its `makes`.
    Made(SystemIx, usize),
    /// A flow delivers the object.
    Delivered(FlowIx),
    /// The system counts as the object's origin.
    Assumed(SystemIx),
    /// Systems that must be up, alternatives and needs: nothing that the stack file calls a supply.
    Structure,
}

/// The supplies of a stack.
#[derive(Clone, Debug)]
pub struct Supply {
    graph: AndOrGraph,
    components: IxVec<LabelIx, Component>,
    meanings: IxVec<FactIx, Meaning>,
    causes: IxVec<RuleIx, Cause>,
    regular: IxSet<RuleIx>,
    facts: Vec<Fact>,
    up: Vec<Option<FactIx>>,
    runs: Vec<FactIx>,
    origins: Vec<Fact>,
}

impl Supply {
    /// The supplies of `stack` today, standby flows included. Linear in the file but for sorting.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        Builder::new(stack).build()
    }

    /// The graph with standby flows and standby `makes`.
    #[must_use]
    pub fn with_standby(&self) -> View<'_> {
        View::whole(&self.graph)
    }

    /// The graph without standby flows and standby `makes`.
    #[must_use]
    pub fn without_standby(&self) -> View<'_> {
        View::with_rules(&self.graph, &self.regular)
    }

    /// Whether anything stands by, so that the two views differ.
    #[must_use]
    pub fn has_standby(&self) -> bool {
        self.regular.len() < self.causes.len()
    }

    /// The component of each label.
    #[must_use]
    pub fn components(&self) -> &IxVec<LabelIx, Component> {
        &self.components
    }

    /// The label of `component`, where it is one that can fail.
    #[must_use]
    pub fn label(&self, component: Component) -> Option<LabelIx> {
        self.components.as_slice().binary_search(&component).ok().map(LabelIx::new)
    }

    /// What each fact of the graph stands for.
    #[must_use]
    pub fn meanings(&self) -> &IxVec<FactIx, Meaning> {
        &self.meanings
    }

    /// What each rule of the graph stands for.
    #[must_use]
    pub fn causes(&self) -> &IxVec<RuleIx, Cause> {
        &self.causes
    }

    /// The graph's fact for a data object at a system; `None` where nothing speaks of it.
    #[must_use]
    pub fn fact(&self, fact: Fact) -> Option<FactIx> {
        self.facts.binary_search(&fact).ok().map(FactIx::new)
    }

    /// The graph's fact for a process that runs.
    #[must_use]
    pub fn runs(&self, process: ProcessIx) -> FactIx {
        self.runs[process.at()]
    }

    /// The graph's fact for a system that is up; `None` where it depends on no other.
    #[must_use]
    pub fn up(&self, system: SystemIx) -> Option<FactIx> {
        self.up[system.at()]
    }

    /// Assumed origins, by system and object.
    #[must_use]
    pub fn assumed_origins(&self) -> &[Fact] {
        &self.origins
    }
}

/// Systems that are up when nothing fails: live, and of each of their dependencies one system is up. Linear in what
/// systems depend on.
#[must_use]
pub fn systems_up_today(stack: &Stack) -> Vec<bool> {
    // Each dependency of a system, with how many of its alternatives are left.
    let mut left: Vec<(usize, usize)> = Vec::new();
    let mut named_by: Vec<Vec<usize>> = vec![Vec::new(); stack.systems.len()];
    for (ix, system) in stack.all_systems() {
        for any in &system.depends_on {
            any.iter().for_each(|needed| named_by[needed.at()].push(left.len()));
            left.push((ix.at(), any.len()));
        }
    }
    let mut up = vec![true; stack.systems.len()];
    let mut down: Vec<usize> = (0..up.len()).filter(|at| !stack.systems[*at].is_live()).collect();
    while let Some(at) = down.pop() {
        if std::mem::replace(&mut up[at], false) {
            for dependency in &named_by[at] {
                let (system, alternatives) = &mut left[*dependency];
                *alternatives -= 1;
                if *alternatives == 0 {
                    down.push(*system);
                }
            }
        }
    }
    up
}

/// Facts that count as origins because something carries them on and nothing brings them or did: by system and object.
#[must_use]
pub fn assumed_origins(stack: &Stack) -> Vec<Fact> {
    let makes = |fact: &Fact| stack.system(fact.at).makes.iter().any(|making| making.data == fact.data);
    // What a flow brought that is no longer used does not begin there.
    let ended = stack.flows.iter().filter(|flow| Absence::of(stack, flow).is_some_and(Absence::has_ended));
    let brought = ended.flat_map(|flow| flow.data.iter().map(|data| Fact { at: flow.to, data: *data }));
    let brought: HashSet<Fact> = brought.collect();
    let [mut leaving, arriving] = [|flow: &Flow| flow.from, |flow: &Flow| flow.to].map(|end| {
        let flows = stack.live_flows().map(|(_, flow)| flow);
        let facts = flows.flat_map(|flow| flow.data.iter().map(move |data| Fact { at: end(flow), data: *data }));
        let mut facts: Vec<Fact> = facts.collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    });
    leaving.retain(|fact| arriving.binary_search(fact).is_err() && !makes(fact) && !brought.contains(fact));
    leaving
}

struct Builder<'s> {
    stack: &'s Stack,
    is_up: Vec<bool>,
    supply: Supply,
    standby_rules: Vec<RuleIx>,
}

impl<'s> Builder<'s> {
    fn new(stack: &'s Stack) -> Self {
        let components: IxVec<LabelIx, Component> = components(stack).into();
        let supply = Supply {
            graph: AndOrGraph::new(components.len()),
            components,
            meanings: IxVec::default(),
            causes: IxVec::default(),
            regular: IxSet::new(),
            facts: facts(stack),
            up: vec![None; stack.systems.len()],
            runs: Vec::new(),
            origins: assumed_origins(stack),
        };
        Self { stack, is_up: systems_up_today(stack), supply, standby_rules: Vec::new() }
    }

    fn build(mut self) -> Supply {
        self.places_and_facts();
        self.systems();
        self.makings();
        self.flows();
        self.processes();
        let mut regular = IxSet::all(self.supply.causes.len());
        self.standby_rules.iter().for_each(|rule| regular.remove(*rule));
        self.supply.regular = regular;
        self.supply
    }

    /// One place for each system, and one without labels for what is not at a system.
    fn places_and_facts(&mut self) {
        for (ix, _) in self.stack.all_systems() {
            let label = self.supply.label(Component::System(ix));
            self.supply.graph.add_place(label);
        }
        self.supply.graph.add_place([]);
        for at in 0..self.supply.facts.len() {
            let fact = self.supply.facts[at];
            self.add_fact(place_of(fact.at), Meaning::Available(fact));
        }
    }

    fn add_fact(&mut self, place: PlaceIx, meaning: Meaning) -> FactIx {
        self.supply.meanings.push(meaning);
        self.supply.graph.add_fact(place)
    }

    fn add_rule(&mut self, head: FactIx, body: &[FactIx], labels: &[LabelIx], cause: Cause) -> RuleIx {
        self.supply.causes.push(cause);
        self.supply.graph.add_rule(head, body.iter().copied(), labels.iter().copied())
    }

    /// Systems that depend on others are facts of their own, so that a chain of dependencies costs its length and not
    /// its square.
    fn systems(&mut self) {
        let dependent =
            |(_, system): &(SystemIx, &crate::model::System)| system.is_live() && !system.depends_on.is_empty();
        let dependent: Vec<SystemIx> = self.stack.all_systems().filter(dependent).map(|(ix, _)| ix).collect();
        for ix in &dependent {
            self.supply.up[ix.at()] = Some(self.add_fact(place_of(*ix), Meaning::Up(*ix)));
        }
        for ix in dependent {
            let Some(head) = self.supply.up[ix.at()].filter(|_| self.is_up[ix.at()]) else { continue };
            let (mut body, mut labels) = (Vec::new(), Vec::new());
            for entry in 0..self.stack.system(ix).depends_on.len() {
                self.require_one_up(ix, entry, &mut body, &mut labels);
            }
            self.add_rule(head, &body, &labels, Cause::Structure);
        }
    }

    /// Adds what must hold for an entry of what `system` depends on. What is down today is no alternative.
    fn require_one_up(&mut self, system: SystemIx, entry: usize, body: &mut Vec<FactIx>, labels: &mut Vec<LabelIx>) {
        let any = &self.stack.system(system).depends_on[entry];
        let alternatives: Vec<SystemIx> = any.iter().copied().filter(|needed| self.is_up[needed.at()]).collect();
        if let [only] = alternatives.as_slice() {
            return self.require_up(*only, body, labels);
        }
        let head = self.add_fact(PlaceIx::new(self.stack.systems.len()), Meaning::AnyUp(system, entry));
        for needed in alternatives {
            let (mut body, mut labels) = (Vec::new(), Vec::new());
            self.require_up(needed, &mut body, &mut labels);
            self.add_rule(head, &body, &labels, Cause::Structure);
        }
        body.push(head);
    }

    /// Adds what must hold for `system` to be up: its fact where it has one, else its label.
    fn require_up(&self, system: SystemIx, body: &mut Vec<FactIx>, labels: &mut Vec<LabelIx>) {
        match self.supply.up[system.at()] {
            Some(fact) => body.push(fact),
            None => labels.extend(self.supply.label(Component::System(system))),
        }
    }

    fn fact(&self, at: SystemIx, data: crate::model::DataIx) -> FactIx {
        self.supply.fact(Fact { at, data }).expect("every object that the stack names at a system is a fact")
    }

    fn makings(&mut self) {
        let stack = self.stack;
        for (ix, system) in stack.all_systems() {
            if !self.is_up[ix.at()] {
                continue;
            }
            for (entry, making) in system.makes.iter().enumerate() {
                let mut body: Vec<FactIx> = making.from.iter().map(|data| self.fact(ix, *data)).collect();
                body.extend(self.supply.up[ix.at()]);
                let head = self.fact(ix, making.data);
                let team = making.by.and_then(|team| self.supply.label(Component::Team(team)));
                let labels: Vec<LabelIx> = team.into_iter().collect();
                let rule = self.add_rule(head, &body, &labels, Cause::Made(ix, entry));
                if making.is_standby {
                    self.standby_rules.push(rule);
                }
            }
        }
        for origin in self.supply.origins.clone() {
            if self.is_up[origin.at.at()] {
                let body: Vec<FactIx> = self.supply.up[origin.at.at()].into_iter().collect();
                let head = self.fact(origin.at, origin.data);
                self.add_rule(head, &body, &[], Cause::Assumed(origin.at));
            }
        }
    }

    fn flows(&mut self) {
        for (ix, flow) in self.stack.live_flows() {
            let touched = [flow.from, flow.to].into_iter().chain(flow.through.iter().copied());
            if !touched.into_iter().all(|system| self.is_up[system.at()]) {
                continue;
            }
            // The source's state is that of the fact delivered; the target's own label is that of its place.
            let (mut common, mut labels) = (Vec::new(), Vec::new());
            labels.extend(self.supply.label(Component::Flow(ix)));
            common.extend(self.supply.up[flow.to.at()]);
            for system in &flow.through {
                self.require_up(*system, &mut common, &mut labels);
            }
            if let Some(team) = flow.performer.filter(|_| flow.is_manual()) {
                labels.extend(self.supply.label(Component::Team(team)));
            }
            for data in &flow.data {
                let mut body = vec![self.fact(flow.from, *data)];
                body.extend(&common);
                let head = self.fact(flow.to, *data);
                let rule = self.add_rule(head, &body, &labels, Cause::Delivered(ix));
                if flow.is_standby {
                    self.standby_rules.push(rule);
                }
            }
        }
    }

    /// Processes are facts first, since they may need each other.
    fn processes(&mut self) {
        let stack = self.stack;
        let nowhere = PlaceIx::new(stack.systems.len());
        for (ix, _) in stack.all_processes() {
            let runs = self.add_fact(nowhere, Meaning::Runs(ix));
            self.supply.runs.push(runs);
        }
        for (ix, process) in stack.all_processes() {
            let mut body = Vec::with_capacity(process.needs.len());
            for alternatives in &process.needs {
                let facts: Vec<FactIx> = alternatives.iter().map(|one| self.required(one)).collect();
                if let [only] = facts.as_slice() {
                    body.push(*only);
                    continue;
                }
                let any = self.add_fact(nowhere, Meaning::AnyOf(ix));
                for fact in facts {
                    self.add_rule(any, &[fact], &[], Cause::Structure);
                }
                body.push(any);
            }
            self.add_rule(self.supply.runs[ix.at()], &body, &[], Cause::Structure);
        }
    }

    fn required(&self, requirement: &Requirement) -> FactIx {
        match requirement {
            Requirement::Data(need) => self.fact(need.at, need.data),
            Requirement::Process(need) => self.supply.runs[need.process.at()],
        }
    }
}

/// One place for each system, by the same number.
fn place_of(system: SystemIx) -> PlaceIx {
    PlaceIx::new(system.at())
}

/// Every live system and flow, and every team of one that performs a live manual flow or makes an object; sorted.
fn components(stack: &Stack) -> Vec<Component> {
    let performs = |(_, flow): (FlowIx, &Flow)| flow.performer.filter(|_| flow.is_manual());
    let makes = stack.live_systems().flat_map(|(_, system)| &system.makes).filter_map(|making| making.by);
    let mut teams: Vec<TeamIx> =
        stack.live_flows().filter_map(performs).chain(makes).filter(|team| stack.team(*team).is_one_person()).collect();
    teams.sort_unstable();
    teams.dedup();
    let systems = stack.live_systems().map(|(ix, _)| Component::System(ix));
    let flows = stack.live_flows().map(|(ix, _)| Component::Flow(ix));
    systems.chain(flows).chain(teams.into_iter().map(Component::Team)).collect()
}

/// Every data object at a system of which the stack speaks; sorted, each once.
fn facts(stack: &Stack) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (at, system) in stack.all_systems() {
        for making in &system.makes {
            let feedback = making.model.iter().flat_map(|model| &model.feedback);
            let all = std::iter::once(&making.data).chain(&making.from).chain(feedback);
            facts.extend(all.map(|data| Fact { at, data: *data }));
        }
    }
    for (_, flow) in stack.live_flows() {
        for data in &flow.data {
            facts.extend([flow.from, flow.to].map(|at| Fact { at, data: *data }));
        }
    }
    for process in &stack.processes {
        facts.extend(process.data_needs().map(|need| Fact { at: need.at, data: need.data }));
    }
    facts.sort_unstable();
    facts.dedup();
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::trial::stack_of;

    const TWO_WAYS: &str = "sinew: 1
hourly_rate: 60
teams: { ana: { people: 1 }, ops: { people: 2 }, eve: { people: 1 } }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms }, c: { kind: bi } }
data: { d: {} }
flows:
  - { id: alone, from: a, to: c, data: d, mechanism: copy-paste, performer: ana }
  - { id: main, from: a, to: b, data: d, mechanism: api }
  - { id: spare, from: a, to: b, data: d, mechanism: copy-paste, performer: eve, standby: true }
processes:
  by-hand: { needs: [{ data: d, at: c }] }
  covered: { needs: [{ data: d, at: b }] }
";

    #[test]
    fn a_team_of_one_that_carries_a_flow_can_fail_with_it() {
        let stack = stack_of(TWO_WAYS);
        let analysis = Analysis::of(&stack);
        let teams = analysis.supply.components().iter().filter(|one| matches!(one, Component::Team(_)));
        let ids: Vec<&str> = teams.map(|one| crate::analysis::outages::component_id(&stack, *one)).collect();
        // Two people of a team do not fail together; who stands by alone can fail.
        assert_eq!(ids, ["ana", "eve"]);
        let down = |id: &str| -> Vec<String> {
            let team = Component::Team(stack.find_team(id).expect("it is in the stack"));
            let down = &analysis.outage_of(team).processes_down;
            down.iter().map(|process| stack.process(*process).id.to_string()).collect()
        };
        assert_eq!((down("ana"), down("eve")), (vec!["by-hand".to_owned()], Vec::new()));
    }

    #[test]
    fn a_standby_flow_supplies_what_fails_and_nothing_in_regular_use() {
        let stack = stack_of(TWO_WAYS);
        let analysis = Analysis::of(&stack);
        let main = Component::Flow(stack.find_flow("main").expect("it is in the stack"));
        let covered = stack.find_process("covered").expect("it is in the stack");
        let outage = analysis.outage_of(main);
        assert_eq!((outage.processes_down.as_ref(), outage.processes_degraded.as_ref()), (&[][..], &[covered][..]));
        // Without the main flow the process needs its standby flow with nothing failed.
        let without = stack_of(&TWO_WAYS.replace("mechanism: api", "mechanism: api, status: planned"));
        let analysis = Analysis::of(&without);
        let runs = analysis.supply.runs(without.find_process("covered").expect("it is in the stack"));
        assert!(analysis.today.holds(runs) && !analysis.today_regular.holds(runs));
    }
}
