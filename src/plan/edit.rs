//! Changes to a stack: what building an item does to the file, and the stack that comes of it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::analysis::Fact;
use crate::analysis::absence::Absence;
use crate::catalog::{Catalog, StatedFacts};
use crate::model::{
    Count, DataIx, Flow, FlowId, FlowIx, FlowStatus, Hours, Making, Mechanism, Minutes, Peak, PerYear, Range, Rated,
    Requirement, Review, Run, Seldom, Stack, System, SystemId, SystemIx, TeamIx, is_flow_id, tell_apart,
};
use crate::source::Span;

use super::measure::Measure;
use super::pace::Pace;

/// A system on the way of a new flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hop {
    /// One that the stack has.
    There(SystemIx),
    /// One that another item adds, by the id that it gets.
    Added(String),
}

/// A flow that an item builds.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFlow {
    /// The source, by index in the stack that is edited.
    pub from: SystemIx,
    /// The target, by index in the stack that is edited.
    pub to: SystemIx,
    /// The objects carried, at least one.
    pub data: Vec<DataIx>,
    /// How the flow moves them; manual for a fallback.
    pub mechanism: Mechanism,
    /// Middleware in the stack, or about to be adopted.
    pub through: Option<Hop>,
    /// Who performs it, where it is manual.
    pub performer: Option<TeamIx>,
    /// How often a year.
    pub runs: Option<Range<PerYear>>,
    /// Runs of its busiest day.
    pub peak: Option<Peak>,
    /// Minutes of one run, where it is manual.
    pub minutes: Option<Range<Minutes>>,
    /// Records of a run.
    pub records: Option<Range<Count>>,
    /// Time from source to target.
    pub delay: Option<Range<Hours>>,
    /// The review on its way.
    pub review: Option<Review>,
    /// Whether it only stands by.
    pub is_standby: bool,
}

/// One change to the stack.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A product of the catalog joins the stack under an id.
    AddSystem {
        /// Id that the new system gets.
        id: String,
        /// Id of the product in the catalog.
        product: String,
    },
    /// A flow is built. Its id is that of the item, with a number where the item builds several.
    AddFlow(Box<NewFlow>),
    /// A flow carries more.
    ExtendFlow(FlowIx, Vec<DataIx>),
    /// A planned flow goes live.
    MakeLive(FlowIx),
    /// A flow runs at another pace. Of several for one flow the one with the shortest delay holds.
    Pace(FlowIx, Pace),
    /// A flow calls the bulk interfaces of its ends.
    Bulk(FlowIx),
    /// Something is decided, written or reviewed.
    Measure(Measure),
    /// What these flows carry is reviewed as part of the flow of work.
    Review(Vec<FlowIx>, Option<TeamIx>),
    /// A team of one becomes a team of two.
    SecondPerson(TeamIx),
    /// A team makes an object at a system while other supplies fail.
    MakeByHand(SystemIx, DataIx, TeamIx),
    /// A second system of the same kind joins the stack under an id; whatever cannot run without the first runs on either.
    SecondVendor(SystemIx, String),
}

/// The edits of one item under its id.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The item; new flows are called after it.
    pub item: &'a str,
    /// Changes to the stack, in the order applied.
    pub edits: &'a [Edit],
}

/// A stack after its changes.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The stack after all edits, sorted like one that was read.
    pub stack: Stack,
    /// New flows, each with the item that builds it, by id.
    pub built_by: BTreeMap<String, String>,
    /// Flows that stand by for what was taken out of a handoff that carries other objects on, by id, each with the handoff.
    pub split_from: BTreeMap<String, FlowIx>,
}

/// Objects that are taken out of handoffs: sorted, at least one each.
pub type Replaced = BTreeMap<FlowIx, Vec<DataIx>>;

/// Everything that building some items does.
#[derive(Clone, Copy, Debug)]
pub struct Edits<'a> {
    /// What each item does; the order makes no difference.
    pub changes: &'a [Change<'a>],
    /// What only stands by from now on.
    pub replaced: &'a Replaced,
    /// Planned flows that are dropped, because something else is built in their place.
    pub superseded: &'a BTreeSet<FlowIx>,
    /// Systems that count as origins of objects today. The target says that they make them, as a guess.
    pub origins: &'a [Fact],
}

/// What becomes of `stack` with `edits`.
#[must_use]
pub fn edited(stack: &Stack, edits: Edits<'_>) -> Edited {
    let Edits { changes, replaced, superseded, origins } = edits;
    let mut target = stack.clone();
    for edit in changes.iter().flat_map(|change| change.edits) {
        change_in_place(&mut target, edit);
    }
    set_paces(&mut target, changes);
    let mut split_from = BTreeMap::new();
    let mut taken = Taken::by(stack);
    for (flow, objects) in replaced {
        if let Some(copy) = take_out(&mut target, *flow, objects, &mut taken) {
            split_from.insert(copy, *flow);
        }
    }
    let names = add_systems(&mut target, changes);
    taken.ids.extend(names.added.keys().cloned());
    taken.ids.extend(second_vendors(changes).map(|(_, id)| id.to_owned()));
    let mut added: Vec<Flow> = Vec::new();
    let mut built_by = BTreeMap::new();
    for change in changes {
        let flows = new_flows(change, &names, &mut taken);
        built_by.extend(flows.iter().map(|flow| (flow.id.to_string(), change.item.to_owned())));
        added.extend(flows);
    }
    let superseded: BTreeSet<&FlowId> = superseded.iter().map(|ix| &stack.flow(*ix).id).collect();
    // Those of the stack are sorted already; of large stacks the few that are new are put between them.
    added.extend(target.flows.drain(stack.flows.len()..));
    if !superseded.is_empty() {
        target.flows.retain(|flow| !superseded.contains(&flow.id));
    }
    merge_by(&mut target.flows, added, |a, b| a.id.cmp(&b.id));
    let origins: BTreeSet<Fact> = origins.iter().copied().chain(new_origins(stack, changes)).collect();
    keep_origins(&mut target, origins.into_iter().map(|fact| Fact { at: names.of(fact.at), ..fact }));
    Edited { stack: target, built_by, split_from }
}

/// Systems that count as origins because of a flow that is built out of them, one that the file plans for the most part:
/// whatever else is built, what it carries begins there.
fn new_origins(stack: &Stack, changes: &[Change<'_>]) -> Vec<Fact> {
    let mut found = Vec::new();
    let mut begun: Vec<(SystemIx, &Vec<DataIx>)> = Vec::new();
    for edit in changes.iter().flat_map(|change| change.edits) {
        match edit {
            Edit::AddFlow(flow) => begun.push((flow.from, &flow.data)),
            Edit::ExtendFlow(flow, data) => begun.push((stack.flow(*flow).from, data)),
            Edit::MakeLive(flow) => begun.push((stack.flow(*flow).from, &stack.flow(*flow).data)),
            _ => {}
        }
    }
    let mut into: HashMap<SystemIx, Vec<&Flow>> = begun.iter().map(|(at, _)| (*at, Vec::new())).collect();
    for flow in &stack.flows {
        if let Some(flows) = into.get_mut(&flow.to) {
            flows.push(flow);
        }
    }
    for (at, data) in begun {
        let is_made = |data: DataIx| stack.system(at).makes.iter().any(|making| making.data == data);
        // What a flow brought that is no longer used does not begin there either.
        let counts = |flow: &Flow| Absence::of(stack, flow).is_none_or(Absence::has_ended);
        let is_brought = |data: DataIx| into[&at].iter().any(|flow| flow.data.contains(&data) && counts(flow));
        found.extend(
            data.iter().filter(|data| !is_made(**data) && !is_brought(**data)).map(|data| Fact { at, data: *data }),
        );
    }
    found
}

/// States what counts as an origin, so that no change to the stack can end it, and marks it as a guess.
pub(super) fn keep_origins(target: &mut Stack, origins: impl Iterator<Item = Fact>) {
    let made = |fact: &Fact| target.system(fact.at).makes.iter().any(|making| making.data == fact.data);
    let assumed: Vec<Fact> = origins.filter(|fact| !made(fact)).collect();
    for fact in assumed {
        target.systems[fact.at.at()].remarks.guess("makes");
        let makes = &mut target.systems[fact.at.at()].makes;
        makes.push(Making::origin_of(fact.data));
        Making::sort(makes);
    }
}

/// Takes `objects` out of a handoff. What is left is carried as before; what is taken out stands by: the handoff itself
/// where nothing is left, else a flow of its own, whose id is returned.
fn take_out(target: &mut Stack, flow: FlowIx, objects: &[DataIx], taken: &mut Taken<'_>) -> Option<String> {
    let handoff = &mut target.flows[flow.at()];
    if handoff.data.iter().all(|data| objects.contains(data)) {
        handoff.is_standby = true;
        // What having it automated is worth has been earned.
        handoff.rated = without_value(handoff);
        return None;
    }
    let id = handoff.id.to_string();
    let rated = without_value(handoff);
    let copy = Flow { data: objects.to_vec(), is_standby: true, has_own_id: true, rated, ..handoff.clone() };
    handoff.data.retain(|data| !objects.contains(data));
    // An id made of its objects would change with them.
    handoff.has_own_id |= is_flow_id(&id);
    let id = taken.fresh(&format!("{id}:standby"));
    target.flows.push(Flow { id: FlowId::from(id.as_str()), ..copy });
    Some(id)
}

fn without_value(flow: &Flow) -> Seldom<Rated> {
    Rated { value: None, ..(*flow.rated).clone() }.into()
}

fn change_in_place(target: &mut Stack, edit: &Edit) {
    match edit {
        Edit::ExtendFlow(flow, data) => {
            let flow = &mut target.flows[flow.at()];
            flow.data.extend(data);
            flow.data.sort_unstable();
            flow.data.dedup();
            // An id made of its objects would change with them.
            flow.has_own_id |= is_flow_id(flow.id.as_str());
        }
        Edit::MakeLive(flow) => target.flows[flow.at()].status = FlowStatus::Live,
        Edit::Measure(measure) => measure.apply(target),
        Edit::Review(flows, by) => {
            for flow in flows {
                let flow = &mut target.flows[flow.at()];
                let by = flow.review().and_then(|review| review.by).or(*by);
                let known = flow.review().unwrap_or(Review {
                    by,
                    embedded: None,
                    minutes: None,
                    delay: None,
                    place: flow.place,
                });
                flow.review = Some(Box::new(Review { by, embedded: Some(true), ..known }));
            }
        }
        Edit::SecondPerson(team) => target.teams[team.at()].people = Some(2),
        Edit::MakeByHand(system, data, team) => {
            let makes = &mut target.systems[system.at()].makes;
            makes.push(Making { by: Some(*team), is_standby: true, ..Making::origin_of(*data) });
            Making::sort(makes);
        }
        Edit::Bulk(flow) => target.flows[flow.at()].mechanism = Mechanism::Etl,
        Edit::AddSystem { .. } | Edit::AddFlow(_) | Edit::SecondVendor(..) | Edit::Pace(..) => {}
    }
}

fn set_paces(target: &mut Stack, changes: &[Change<'_>]) {
    let mut paces: BTreeMap<FlowIx, Pace> = BTreeMap::new();
    for edit in changes.iter().flat_map(|change| change.edits) {
        let Edit::Pace(flow, pace) = edit else { continue };
        let known = paces.entry(*flow).or_insert(*pace);
        if pace.delay.likely.0 < known.delay.likely.0 {
            *known = *pace;
        }
    }
    for (flow, pace) in paces {
        pace.apply(&mut target.flows[flow.at()]);
    }
}

/// The last number behind an id.
const LAST_NUMBER: u32 = 1_001;

/// The ids that systems, teams and flows have.
struct Taken<'s> {
    stack: &'s Stack,
    /// Those that the stack has not.
    ids: HashSet<String>,
    /// The lowest number that may be free behind each id, and that of ids that are only numbered: what is taken stays so.
    next: HashMap<String, u32>,
    next_plain: u32,
}

impl<'s> Taken<'s> {
    fn by(stack: &'s Stack) -> Self {
        Self { stack, ids: HashSet::new(), next: HashMap::new(), next_plain: 1 }
    }

    /// Whether the id was free; it is not from now on.
    fn insert(&mut self, id: &str) -> bool {
        let stack = self.stack;
        let is_there =
            stack.find_system(id).is_some() || stack.find_team(id).is_some() || stack.find_flow(id).is_some();
        !is_there && self.ids.insert(id.to_owned())
    }

    /// The item's id if it can be that of a flow and is free, else with a number, else one that is only numbered.
    fn fresh(&mut self, item: &str) -> String {
        // What is no id of a flow is none with a number either.
        if is_flow_id(item) {
            if self.insert(item) {
                return item.to_owned();
            }
            let from = self.next.get(item).copied().unwrap_or(2);
            for number in from..=LAST_NUMBER {
                let id = format!("{item}:{number}");
                if is_flow_id(&id) && self.insert(&id) {
                    self.next.insert(item.to_owned(), number + 1);
                    return id;
                }
            }
            self.next.insert(item.to_owned(), LAST_NUMBER + 1);
        }
        loop {
            let id = format!("plan-{}", self.next_plain);
            self.next_plain += 1;
            if self.insert(&id) {
                return id;
            }
        }
    }
}

/// Puts `added` between what is sorted by `order`, behind what is equal.
fn merge_by<T>(sorted: &mut Vec<T>, mut added: Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if added.is_empty() {
        return;
    }
    added.sort_by(&order);
    let mut rest = std::mem::replace(sorted, Vec::with_capacity(sorted.len() + added.len())).into_iter().peekable();
    for one in added {
        while let Some(before) = rest.next_if(|known| order(known, &one).is_le()) {
            sorted.push(before);
        }
        sorted.push(one);
    }
    sorted.extend(rest);
}

/// Systems that get a second one beside them, each with its id.
fn second_vendors<'c>(changes: &'c [Change<'_>]) -> impl Iterator<Item = (SystemIx, &'c str)> {
    changes
        .iter()
        .flat_map(|change| change.edits)
        .filter_map(|edit| if let Edit::SecondVendor(of, id) = edit { Some((*of, id.as_str())) } else { None })
}

/// Where every system of the old stack, and every added one, stands in the new list.
struct Names {
    there: Vec<SystemIx>,
    added: BTreeMap<String, SystemIx>,
}

impl Names {
    fn of(&self, ix: SystemIx) -> SystemIx {
        self.there[ix.at()]
    }
}

fn add_systems(target: &mut Stack, changes: &[Change<'_>]) -> Names {
    let wanted: BTreeMap<&str, &str> = changes
        .iter()
        .flat_map(|change| change.edits)
        .filter_map(|edit| match edit {
            Edit::AddSystem { id, product } => Some((id.as_str(), product.as_str())),
            _ => None,
        })
        .collect();
    let second: Vec<(SystemIx, &str)> = second_vendors(changes).collect();
    if wanted.is_empty() && second.is_empty() {
        return Names { there: target.all_systems().map(|(ix, _)| ix).collect(), added: BTreeMap::new() };
    }
    let old: Vec<SystemId> = target.systems.iter().map(|system| system.id.clone()).collect();
    let catalog = target.catalog.clone();
    let copies: Vec<System> = second.iter().map(|(of, id)| beside(&target.systems[of.at()], id)).collect();
    target.systems.extend(copies);
    target.systems.extend(wanted.iter().filter_map(|(id, product)| adopted(&catalog, id, product)));
    target.systems.sort_by(|a, b| a.id.cmp(&b.id));
    let find =
        |stack: &Stack, id: &str| stack.find_system(id).expect("every system is in the list that was made of it");
    let there = old.iter().map(|id| find(target, id.as_str())).collect();
    let added = wanted.keys().filter_map(|id| Some(((*id).to_owned(), target.find_system(id)?))).collect();
    let names = Names { there, added };
    rename(target, &names);
    tell_apart(target);
    for (of, id) in second {
        let (of, copy) = (names.of(of), find(target, id));
        for any in target.systems.iter_mut().flat_map(|system| &mut system.depends_on).filter(|any| **any == [of]) {
            any.push(copy);
            any.sort_unstable();
        }
    }
    names
}

/// A system of the same kind from somebody else: nothing more is known of it.
fn beside(first: &System, id: &str) -> System {
    let mut facts = first.facts.clone();
    (facts.product, facts.vendor) = (None, None);
    System::bare(id, format!("{} (second vendor)", first.name).into(), facts, Span::default())
}

/// A product of the catalog as a system. The availability that its vendor publishes is not stated for it: a promise is
/// no measurement, and an unknown stays unknown.
fn adopted(catalog: &Catalog, id: &str, product: &str) -> Option<System> {
    let stated = StatedFacts { product: Some(product.to_owned()), ..StatedFacts::default() };
    let facts = catalog.facts(&stated).ok()?;
    let name = facts.called().unwrap_or_else(|| facts.display_name()).to_owned().into();
    Some(System::bare(id, name, facts, Span::default()))
}

fn rename(target: &mut Stack, names: &Names) {
    for system in &mut target.systems {
        // An added system depends on nothing.
        for any in &mut system.depends_on {
            any.iter_mut().for_each(|ix| *ix = names.of(*ix));
            any.sort_unstable();
        }
        system.depends_on.sort_unstable();
        system.replaced_by = system.replaced_by.map(|ix| names.of(ix));
    }
    for flow in &mut target.flows {
        (flow.from, flow.to) = (names.of(flow.from), names.of(flow.to));
        flow.through.iter_mut().for_each(|ix| *ix = names.of(*ix));
        flow.through.sort_unstable();
    }
    target.data.iter_mut().for_each(|object| object.master = object.master.map(|ix| names.of(ix)));
    for requirement in target.processes.iter_mut().flat_map(|process| &mut process.needs).flatten() {
        if let Requirement::Data(need) = requirement {
            need.at = names.of(need.at);
        }
    }
}

fn new_flows(change: &Change<'_>, names: &Names, taken: &mut Taken<'_>) -> Vec<Flow> {
    let mut flows = Vec::new();
    for edit in change.edits {
        let Edit::AddFlow(new) = edit else { continue };
        let through = match &new.through {
            None => Vec::new(),
            Some(Hop::There(ix)) => vec![names.of(*ix)],
            // Without the item that adds the middleware there is no flow through it.
            Some(Hop::Added(id)) => match names.added.get(id) {
                Some(ix) => vec![*ix],
                None => continue,
            },
        };
        let id = taken.fresh(change.item);
        flows.push(Flow {
            id: FlowId::from(id),
            has_own_id: true,
            through,
            performer: new.performer,
            runs: new.runs,
            run: Run { peak: new.peak, minutes: new.minutes, records: new.records, delay: new.delay, ..Run::default() }
                .into(),
            review: new.review.map(Box::new),
            is_standby: new.is_standby,
            ..Flow::bare((names.of(new.from), names.of(new.to)), new.data.clone(), new.mechanism)
        });
    }
    flows
}

#[cfg(test)]
mod tests;
