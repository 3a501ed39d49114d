//! By which road a failure reaches a process, and on which standby flows a process then runs.

use std::collections::BTreeSet;

use crate::analysis::{Cause, Component, Meaning, Supply};
use crate::model::{FlowIx, ProcessIx, Stack, SystemIx};
use sinew_graph::and_or::{FactIx, LabelIx, RuleIx};
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::IxSet;
use sinew_graph::reasons::{Losses, Reason, Step};

use super::outages::failed_labels;
use super::words::grouped;

/// Why one process stops: from what failed to the process, one sentence a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Road {
    /// The process that stops, at the end of the steps.
    pub process: ProcessIx,
    /// The steps, the failure first; the shortest chain of reasons there is.
    pub steps: Vec<String>,
    /// The components that the steps name, and the systems of their facts.
    pub touched: BTreeSet<Component>,
}

/// How a chain is told that is longer than there is room for.
fn steps_between(left_out: usize) -> String {
    format!("{} steps in between are not told here", grouped(left_out as f64))
}

/// The roads to the first of `processes`, in at most `room` sentences together: of a longer one the first and the last steps
/// are told, with the number of those in between, in half of what room is left. None for the processes after the first for
/// which four sentences are too many.
#[must_use]
pub fn roads_within(
    stack: &Stack,
    supply: &Supply,
    components: &[Component],
    processes: &[ProcessIx],
    mut room: usize,
) -> Vec<Road> {
    let derivation = Derivation::new(supply.with_standby());
    let losses = Losses::new(&derivation, &failed_labels(supply, components.iter().copied()));
    let teller = Teller { stack, supply };
    let mut roads = Vec::new();
    for process in processes {
        if room < 4 {
            break;
        }
        let chain = losses.chain(supply.runs(*process));
        let shown = if chain.len() <= room { chain.len() } else { (room / 2).max(4) - 1 };
        let (first, last) = (shown.div_ceil(2), shown / 2);
        let mut steps: Vec<String> = chain[..first].iter().map(|step| teller.sentence(step)).collect();
        if shown < chain.len() {
            steps.push(steps_between(chain.len() - shown));
        }
        steps.extend(chain[chain.len() - last..].iter().map(|step| teller.sentence(step)));
        let told = chain.iter().take(first).chain(chain.iter().rev().take(last));
        let touched = told.flat_map(|step| touched(supply, step)).collect();
        room = room.saturating_sub(steps.len());
        if !steps.is_empty() {
            roads.push(Road { process: *process, steps, touched });
        }
    }
    roads
}

/// The shortest chain of reasons for each of `processes` that the failure of `components` takes down, in that order.
#[must_use]
pub fn roads(stack: &Stack, supply: &Supply, components: &[Component], processes: &[ProcessIx]) -> Vec<Road> {
    roads_within(stack, supply, components, processes, usize::MAX)
}

/// Something that stands by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standby {
    /// A standby flow.
    Flow(FlowIx),
    /// A standby entry of what a system makes, by its number.
    Making(SystemIx, usize),
}

/// For each of `processes` the standby flows and the standby `makes` by which it runs while `components` have failed; none
/// where it does not run, or needs none. Flows first, each by id. They are those of one proof, which leans on no standby where what
/// is in regular use does; others may do as well.
#[must_use]
pub fn standby_in_use(
    stack: &Stack,
    supply: &Supply,
    components: &[Component],
    processes: &[ProcessIx],
) -> Vec<Vec<Standby>> {
    if processes.is_empty() {
        return Vec::new();
    }
    let failed = failed_labels(supply, components.iter().copied());
    let after = Derivation::new(supply.with_standby()).least_fixpoint(&failed);
    let regular = Derivation::new(supply.without_standby()).least_fixpoint(&failed);
    let graph = supply.with_standby().graph();
    let in_use = |process: &ProcessIx| {
        let mut open = vec![supply.runs(*process)];
        let mut seen = IxSet::new();
        let mut used = BTreeSet::new();
        while let Some(fact) = open.pop() {
            // What still holds by regular use needs no standby, nor does anything that it rests on.
            if regular.holds(fact) || !seen.insert(fact) {
                continue;
            }
            let Some(rule) = after.witness(fact) else { continue };
            match supply.causes()[rule] {
                Cause::Delivered(flow) if stack.flow(flow).is_standby => {
                    used.insert(Standby::Flow(flow));
                }
                Cause::Made(at, entry) if stack.system(at).makes[entry].is_standby => {
                    used.insert(Standby::Making(at, entry));
                }
                _ => {}
            }
            open.extend(graph.body(rule));
        }
        used.into_iter().collect()
    };
    processes.iter().map(in_use).collect()
}

/// Puts steps into words.
struct Teller<'a> {
    stack: &'a Stack,
    supply: &'a Supply,
}

impl Teller<'_> {
    fn component(&self, label: LabelIx) -> Component {
        self.supply.components()[label]
    }

    /// What a component is called; a flow, which has no name, by the systems that it joins.
    fn name(&self, label: LabelIx) -> String {
        match self.component(label) {
            Component::System(ix) => self.stack.system(ix).name.to_string(),
            Component::Team(ix) => self.stack.team(ix).name.to_string(),
            Component::Flow(ix) => self.flow(ix),
        }
    }

    fn flow(&self, ix: FlowIx) -> String {
        let flow = self.stack.flow(ix);
        format!("{} → {}", self.stack.system(flow.from).name, self.stack.system(flow.to).name)
    }

    fn fact(&self, fact: FactIx) -> String {
        match self.supply.meanings()[fact] {
            Meaning::Available(fact) => {
                format!("{} at {}", self.stack.data_object(fact.data).name, self.stack.system(fact.at).name)
            }
            Meaning::Up(system) => self.stack.system(system).name.to_string(),
            Meaning::AnyUp(system, entry) => {
                let any = self.stack.system(system).depends_on[entry].iter();
                any.map(|ix| self.stack.system(*ix).name.as_str()).collect::<Vec<_>>().join(" or ")
            }
            Meaning::AnyOf(process) => format!("any of the alternatives of {}", self.stack.process(process).name),
            Meaning::Runs(process) => self.stack.process(process).name.to_string(),
        }
    }

    fn sentence(&self, step: &Step) -> String {
        let fact = self.fact(step.fact);
        let others = match step.supplies {
            0 | 1 => String::new(),
            2 => "; its other supply is lost too".to_owned(),
            more => format!("; its {} other supplies are lost too", more - 1),
        };
        let meaning = self.supply.meanings()[step.fact];
        match (meaning, step.reason) {
            (Meaning::Up(_), Reason::PlaceFailed { .. }) => format!("{fact} has failed"),
            (_, Reason::PlaceFailed { label }) => format!("{} has failed, and with it {fact}", self.name(label)),
            (Meaning::Up(_), Reason::SupplyFailed { label, .. }) => {
                format!("{fact} is down: it depends on {}, which has failed", self.name(label))
            }
            (Meaning::Up(_), Reason::NeedLost { need, .. }) => {
                format!("{fact} is down: it depends on {}", self.fact(need))
            }
            (Meaning::Runs(_), Reason::NeedLost { need, .. }) => format!("{fact} stops: it needs {}", self.fact(need)),
            (Meaning::AnyOf(_), Reason::NeedLost { need, .. }) => {
                format!("{fact} is lost with {}{others}", self.fact(need))
            }
            (Meaning::AnyUp(..), Reason::SupplyFailed { label, .. }) => {
                format!("{} has failed, and what could stand in for it is down too", self.name(label))
            }
            (Meaning::AnyUp(..), Reason::NeedLost { need, .. }) => {
                format!("{} is down, and so is what could stand in for it", self.fact(need))
            }
            (_, Reason::SupplyFailed { rule, label }) => {
                format!("{fact} is lost: {}{others}", self.supply_failed(rule, label))
            }
            (_, Reason::NeedLost { rule, need }) => {
                format!("{fact} is lost: {}{others}", self.supply_lost(rule, need))
            }
        }
    }

    /// What of a supply has failed.
    fn supply_failed(&self, rule: RuleIx, label: LabelIx) -> String {
        let failed = self.name(label);
        match (self.supply.causes()[rule], self.component(label)) {
            (Cause::Delivered(_), Component::Flow(_)) => format!("the flow {failed} has failed"),
            (Cause::Delivered(flow), Component::Team(_)) => {
                format!("{} is done by {failed}, who is away", self.flow(flow))
            }
            (Cause::Made(at, _), Component::Team(_)) => {
                format!("it is made at {} by {failed}, who is away", self.stack.system(at).name)
            }
            (Cause::Delivered(flow), _) => {
                format!("{} runs through {failed}, which has failed", self.flow(flow))
            }
            _ => format!("{failed} has failed"),
        }
    }

    /// How a supply is lost with what it needs: an object, or a system that is up.
    fn supply_lost(&self, rule: RuleIx, need: FactIx) -> String {
        let is_system = matches!(self.supply.meanings()[need], Meaning::Up(_));
        let need = self.fact(need);
        match (self.supply.causes()[rule], is_system) {
            (Cause::Delivered(flow), true) => format!("{} needs {need}, which is down", self.flow(flow)),
            (Cause::Delivered(flow), false) => format!("{} carries {need}", self.flow(flow)),
            (_, true) => format!("{need} is down"),
            (Cause::Made(..), false) => format!("it is made of {need}"),
            _ => format!("it needs {need}"),
        }
    }
}

/// The system of the step's fact, the flow of its supply, and the component that failed.
pub(super) fn touched(supply: &Supply, step: &Step) -> Vec<Component> {
    let mut touched = Vec::new();
    match supply.meanings()[step.fact] {
        Meaning::Available(fact) => touched.push(Component::System(fact.at)),
        Meaning::Up(system) | Meaning::AnyUp(system, _) => touched.push(Component::System(system)),
        Meaning::AnyOf(_) | Meaning::Runs(_) => {}
    }
    let (rule, label) = match step.reason {
        Reason::PlaceFailed { label } => (None, Some(label)),
        Reason::SupplyFailed { rule, label } => (Some(rule), Some(label)),
        Reason::NeedLost { rule, .. } => (Some(rule), None),
    };
    touched.extend(label.map(|label| supply.components()[label]));
    if let Some(Cause::Delivered(flow)) = rule.map(|rule| supply.causes()[rule]) {
        touched.push(Component::Flow(flow));
    }
    touched
}

#[cfg(test)]
mod tests {
    use super::{Standby, roads, roads_within, standby_in_use};
    use crate::analysis::{Analysis, Component};
    use crate::model::trial::stack_of;
    use crate::model::{ProcessIx, Stack};

    const STACK: &str = "sinew: 1
teams: { solo: { name: Kim, people: 1 } }
systems:
  crm: { kind: crm, name: CRM, makes: [lead] }
  bus: { kind: ipaas, name: Bus }
  mailer: { kind: marketing-automation, name: Mailer }
  ads: { kind: ads, name: Ads }
data: { lead: {} }
flows:
  - { id: through-bus, from: crm, to: mailer, data: lead, mechanism: ipaas, through: bus }
  - { id: by-hand, from: crm, to: ads, data: lead, mechanism: rekeying, performer: solo }
processes:
  mail: { name: Mail, needs: [{ data: lead, at: mailer }] }
  campaign: { name: Campaign, needs: [{ data: lead, at: ads }] }
";

    /// Every way in which a supply can fail says which supply, and what of it.
    #[test]
    fn a_road_says_what_has_failed_and_of_which_supply() {
        let stack = stack_of(STACK);
        let analysis = Analysis::of(&stack);
        let system = |id: &str| Component::System(stack.find_system(id).unwrap());
        let flow = |id: &str| Component::Flow(stack.find_flow(id).unwrap());
        let team = Component::Team(stack.find_team("solo").unwrap());
        let told = |component: Component, process: &str| {
            let process = stack.find_process(process).unwrap();
            let roads = roads(&stack, &analysis.supply, &[component], &[process]);
            roads[0].steps.join(" / ")
        };
        let all = [
            told(flow("through-bus"), "mail"),
            told(system("bus"), "mail"),
            told(team, "campaign"),
            told(system("crm"), "mail"),
        ];
        let wanted = [
            "Lead at Mailer is lost: the flow CRM → Mailer has failed / Mail stops: it needs Lead at Mailer",
            "Lead at Mailer is lost: CRM → Mailer runs through Bus, which has failed / Mail stops: it needs Lead at Mailer",
            "Lead at Ads is lost: CRM → Ads is done by Kim, who is away / Campaign stops: it needs Lead at Ads",
            "CRM has failed, and with it Lead at CRM / Lead at Mailer is lost: CRM → Mailer carries Lead at CRM / \
             Mail stops: it needs Lead at Mailer",
        ];
        assert_eq!(all, wanted);
    }

    /// The road from a component to the only process.
    fn steps_from(stack: &Stack, component: Component) -> Vec<String> {
        roads(stack, &Analysis::of(stack).supply, &[component], &[ProcessIx::new(0)]).remove(0).steps
    }

    #[test]
    fn what_a_team_makes_is_lost_with_the_team_and_a_flow_with_what_it_runs_on() {
        let stack = stack_of(
            "sinew: 1
teams: { solo: { name: Kim, people: 1 } }
systems:
  cloud: { kind: other, name: Cloud }
  crm: { kind: crm, name: CRM, makes: [{ data: lead, by: solo }] }
  bus: { kind: ipaas, name: Bus, depends_on: cloud }
  mailer: { kind: marketing-automation, name: Mailer }
data: { lead: {} }
flows: [{ from: crm, to: mailer, data: lead, mechanism: ipaas, through: bus }]
processes: { mail: { name: Mail, needs: [{ data: lead, at: mailer }] } }
",
        );
        let made = steps_from(&stack, Component::Team(stack.find_team("solo").unwrap()));
        assert_eq!(made[0], "Lead at CRM is lost: it is made at CRM by Kim, who is away");
        let through = steps_from(&stack, Component::System(stack.find_system("cloud").unwrap()));
        assert_eq!(through[1], "Lead at Mailer is lost: CRM → Mailer needs Bus, which is down");
    }

    #[test]
    fn what_is_made_is_lost_with_what_it_is_made_of_and_with_what_its_system_runs_on() {
        let stack = stack_of(
            "sinew: 1
systems:
  cloud: { kind: other, name: Cloud }
  crm: { kind: crm, name: CRM, makes: [brief] }
  tool: { kind: ai-content, name: Tool, depends_on: cloud, makes: [{ data: draft, from: brief }] }
data: { brief: {}, draft: {} }
flows: [{ id: feed, from: crm, to: tool, data: brief, mechanism: api }]
processes: { mail: { name: Mail, needs: [{ data: draft, at: tool }] } }
",
        );
        let feed = steps_from(&stack, Component::Flow(stack.find_flow("feed").unwrap()));
        assert_eq!(feed[1], "Draft at Tool is lost: it is made of Brief at Tool");
        let cloud = steps_from(&stack, Component::System(stack.find_system("cloud").unwrap()));
        assert_eq!(cloud[1], "Draft at Tool is lost: Tool is down");
    }

    #[test]
    fn of_a_long_road_both_ends_are_told_in_half_of_the_room_and_what_is_between_is_counted() {
        let systems = (1..=11).map(|at| format!("  s{at}: {{ kind: crm }}\n"));
        let flows = (1..=11).map(|at| format!("  - {{ from: s{}, to: s{at}, data: lead, mechanism: api }}\n", at - 1));
        let stack = stack_of(&format!(
            "sinew: 1
systems:
  s0: {{ kind: crm, makes: [lead] }}
{}data: {{ lead: {{}} }}
flows:
{}processes:
  long: {{ name: Long, needs: [{{ data: lead, at: s11 }}] }}
  short: {{ name: Short, needs: [{{ data: lead, at: s2 }}] }}
  third: {{ name: Third, needs: [{{ data: lead, at: s1 }}] }}
",
            systems.collect::<String>(),
            flows.collect::<String>()
        ));
        let analysis = Analysis::of(&stack);
        let first = Component::System(stack.find_system("s0").unwrap());
        let processes = ["long", "short", "third"].map(|id| stack.find_process(id).unwrap());
        // Thirteen steps, four and three.
        let told = roads_within(&stack, &analysis.supply, &[first], &processes, 10);
        let steps: Vec<Vec<&str>> = told.iter().map(|road| road.steps.iter().map(String::as_str).collect()).collect();
        assert_eq!(steps.iter().map(Vec::len).collect::<Vec<_>>(), [5, 4]);
        assert!(steps[0][0].starts_with("S0 has failed"), "{:?}", steps[0]);
        assert!(steps[0][1].starts_with("Lead at S1 is lost"), "{:?}", steps[0]);
        assert_eq!(steps[0][2], "9 steps in between are not told here");
        assert!(steps[0][3].starts_with("Lead at S11 is lost"), "{:?}", steps[0]);
        assert!(steps[0][4].starts_with("Long stops"), "{:?}", steps[0]);
    }

    #[test]
    fn what_runs_on_standby_is_told_without_the_regular_flows() {
        let stack = stack_of(
            "sinew: 1
teams: { ops: { people: 2 } }
systems: { crm: { kind: crm, makes: [lead, page] }, mailer: { kind: marketing-automation } }
data: { lead: {}, page: {} }
flows:
  - { id: sync, from: crm, to: mailer, data: lead, mechanism: api }
  - { id: by-hand, from: crm, to: mailer, data: lead, mechanism: rekeying, performer: ops, standby: true }
  - { id: pages, from: crm, to: mailer, data: page, mechanism: api }
processes: { mail: { needs: [{ data: lead, at: mailer }, { data: page, at: mailer }] } }
",
        );
        let analysis = Analysis::of(&stack);
        let flow = |id: &str| stack.find_flow(id).unwrap();
        let failed = [Component::Flow(flow("sync"))];
        let used = standby_in_use(&stack, &analysis.supply, &failed, &[ProcessIx::new(0)]);
        assert_eq!(used, [[Standby::Flow(flow("by-hand"))]]);
    }

    #[test]
    fn nobody_does_by_hand_what_still_runs_by_itself() {
        // The page has a standby flow as well, whose id comes before that of the flow that runs, and does not go through the bus.
        let stack = stack_of(
            "sinew: 1
teams: { ops: { people: 2 } }
systems:
  crm: { kind: crm, makes: [lead, page] }
  bus: { kind: ipaas }
  mailer: { kind: marketing-automation }
data: { lead: {}, page: {} }
flows:
  - { id: lead-sync, from: crm, to: mailer, data: lead, mechanism: ipaas, through: bus }
  - { id: lead-by-hand, from: crm, to: mailer, data: lead, mechanism: rekeying, performer: ops, standby: true }
  - { id: page-by-hand, from: crm, to: mailer, data: page, mechanism: rekeying, performer: ops, standby: true }
  - { id: page-sync, from: crm, to: mailer, data: page, mechanism: api }
processes: { mail: { needs: [{ data: lead, at: mailer }, { data: page, at: mailer }] } }
",
        );
        let analysis = Analysis::of(&stack);
        let in_use = |failed: &str| {
            let failed = [Component::System(stack.find_system(failed).unwrap())];
            standby_in_use(&stack, &analysis.supply, &failed, &[ProcessIx::new(0)]).remove(0)
        };
        assert_eq!(in_use("bus"), [Standby::Flow(stack.find_flow("lead-by-hand").unwrap())]);
        assert_eq!(in_use("crm"), []);
    }
}
