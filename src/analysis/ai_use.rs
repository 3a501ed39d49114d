//! What registers of regulators ask of each AI tool and a graph answers: which data reach it, on which ways, who gets what
//! leaves it, where people review that, and whether content gets to an audience. It judges no law.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Analysis;
use super::arrivals::{Arrivals, way_in_brief, why_personal};
use super::calendar::has_security_review;
use crate::analysis::Fact;
use crate::analysis::lineage::{Lineage, Personal, Step, begin, personal_objects};
use crate::catalog::Kind;
use crate::catalog::words::words;
use crate::model::{DataIx, Flow, FlowIx, ProcessIx, Stack, SystemIx};
use sinew_graph::shortest::ShortestPaths;

words! {
    /// Whether a data object is personal, as far as the file says.
    IsPersonal {
        /// The file says so.
        Stated = "stated",
        /// It is made of personal data, and nothing says otherwise.
        Derived = "derived",
        /// The file says that it is not.
        No = "no",
        /// The file does not say.
        NotKnown = "not-known",
    }
}

/// A data object at a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub data: DataIx,
    /// Whether it is personal.
    pub is_personal: IsPersonal,
    /// The flow with which its shortest way there ends; `None` where the tool makes it.
    pub flow: Option<FlowIx>,
    /// Of personal data: how it gets there, from where it originates, and why it counts as personal.
    pub way: Option<String>,
}

/// Whether content that is at the tool gets to where customers see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// Whether it does; `None` where the file does not say enough.
    pub reaches: Option<bool>,
    /// Where customers see it; by id.
    pub at: Vec<SystemIx>,
    /// The shortest way to one of these.
    pub way: Option<String>,
    /// Whether a way to one of these has no review on it; `None` where no way is known.
    pub is_unreviewed: Option<bool>,
}

/// What the graph answers of one AI tool. Nothing is in the lists of a tool that is not live.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tool.
    pub system: SystemIx,
    /// What flows bring to it or through it and what it makes; by id.
    pub data: Vec<Held>,
    /// Other systems that what is at the tool reaches, also through what is made of it; those that depend on the tool, and what
    /// is at these reaches; by id.
    pub consumers: Vec<SystemIx>,
    /// Processes that need any of that where it is; by id.
    pub processes: Vec<ProcessIx>,
    /// Live flows on these ways on which people review; by id.
    pub review_points: Vec<FlowIx>,
    /// Whether customers see content that was at the tool.
    pub audience: Audience,
    /// When its security was reviewed, at the latest on the day of the file.
    pub security_review: Option<Date>,
    /// When its vendor was, likewise.
    pub vendor_review: Option<Date>,
}

/// Every AI tool of `analysis`, planned and retired ones too, by id. What comes in and leaves again under one id counts as
/// what leaves it. For each tool linear in the deliveries, but for a logarithm.
#[must_use]
pub fn ai_use(analysis: &Analysis<'_>) -> Vec<Row> {
    let stack = analysis.stack;
    let tools: Vec<SystemIx> = stack.all_systems().filter(|(_, system)| system.is_ai()).map(|(ix, _)| ix).collect();
    if tools.is_empty() {
        return Vec::new();
    }
    let holding = Holding::of(analysis);
    tools.into_iter().map(|tool| row(analysis, &holding, tool)).collect()
}

/// What is at each AI tool.
struct Holding<'s> {
    personal: BTreeMap<DataIx, Personal>,
    arrivals: Arrivals<'s>,
    arriving: BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>>,
    /// What live flows bring whose origin is not known, with the first of these.
    of_unknown_origin: BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>>,
    /// What live flows end with at each tool, and at what depends on one.
    into: BTreeMap<SystemIx, BTreeSet<DataIx>>,
    /// Live flows through each of these.
    through: BTreeMap<SystemIx, Vec<FlowIx>>,
    /// The live systems that name each system under `depends_on`.
    named_by: BTreeMap<SystemIx, Vec<SystemIx>>,
}

impl<'s> Holding<'s> {
    fn of(analysis: &Analysis<'s>) -> Self {
        let stack = analysis.stack;
        let is_tool = |system: SystemIx| stack.system(system).is_ai();
        let mut named_by: BTreeMap<SystemIx, Vec<SystemIx>> = BTreeMap::new();
        for (ix, system) in stack.live_systems() {
            system.named_dependencies().for_each(|needed| named_by.entry(needed).or_default().push(ix));
        }
        let tools = stack.live_systems().map(|(ix, _)| ix).filter(|ix| is_tool(*ix));
        let asked = above(&named_by, tools);
        let arrivals = Arrivals::of(analysis, &|_| true);
        let arriving = arrivals.at(&is_tool);
        let mut of_unknown_origin: BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>> = BTreeMap::new();
        let mut into: BTreeMap<SystemIx, BTreeSet<DataIx>> = BTreeMap::new();
        let mut through: BTreeMap<SystemIx, Vec<FlowIx>> = BTreeMap::new();
        for (ix, flow) in stack.live_flows() {
            if asked.contains(&flow.to) {
                into.entry(flow.to).or_default().extend(&flow.data);
            }
            for system in flow.through.iter().filter(|system| asked.contains(system)) {
                through.entry(*system).or_default().push(ix);
            }
            for tool in std::iter::once(flow.to).chain(flow.through.iter().copied()).filter(|system| is_tool(*system)) {
                let known = arriving.get(&tool);
                for data in flow.data.iter().filter(|data| known.is_none_or(|known| !known.contains_key(data))) {
                    of_unknown_origin.entry(tool).or_default().entry(*data).or_insert(ix);
                }
            }
        }
        Self { personal: personal_objects(stack), arrivals, arriving, of_unknown_origin, into, through, named_by }
    }

    /// What sets out from `system`: what is made there or brought there, and what runs through it.
    fn leaving(&self, analysis: &Analysis<'_>, system: SystemIx) -> (BTreeSet<DataIx>, &[FlowIx]) {
        let mut there = made(analysis, system);
        there.extend(self.into.get(&system).into_iter().flatten());
        (there, self.through.get(&system).map_or(&[][..], Vec::as_slice))
    }

    fn held(&self, stack: &Stack, data: DataIx, flow: Option<FlowIx>, is_known: bool) -> Held {
        let is_personal = match (self.personal.get(&data), stack.data_object(data).personal) {
            (Some(Personal::Stated), _) => IsPersonal::Stated,
            (Some(Personal::Derived { .. }), _) => IsPersonal::Derived,
            (None, Some(_)) => IsPersonal::No,
            (None, None) => IsPersonal::NotKnown,
        };
        let name = &stack.data_object(data).name;
        let way = self.personal.contains_key(&data).then(|| {
            let way = match flow {
                Some(last) if is_known => self.arrivals.described_briefly(data, last),
                Some(last) => format!("{name}: origin not known, {} brings it", from_to(stack, last)),
                None => format!("{name}: made there"),
            };
            way + &why_personal(stack, &self.personal, data)
        });
        Held { data, is_personal, flow, way }
    }

    /// What is at `tool`: what flows bring, and what it makes where no flow brings it; by object.
    fn at(&self, analysis: &Analysis<'_>, tool: SystemIx) -> Vec<Held> {
        let stack = analysis.stack;
        let mut all: BTreeMap<DataIx, Held> = BTreeMap::new();
        for (by_tool, is_known) in [(&self.arriving, true), (&self.of_unknown_origin, false)] {
            let of_tool = by_tool.get(&tool).into_iter().flatten();
            all.extend(of_tool.map(|(data, flow)| (*data, self.held(stack, *data, Some(*flow), is_known))));
        }
        for data in made(analysis, tool) {
            all.entry(data).or_insert_with(|| self.held(stack, data, None, true));
        }
        all.into_values().collect()
    }
}

/// `from` and the systems that stand on these, as `named_by` has it: directly or through others, also as one of several.
fn above(named_by: &BTreeMap<SystemIx, Vec<SystemIx>>, from: impl IntoIterator<Item = SystemIx>) -> BTreeSet<SystemIx> {
    let mut found: BTreeSet<SystemIx> = from.into_iter().collect();
    let mut open: Vec<SystemIx> = found.iter().copied().collect();
    while let Some(ix) = open.pop() {
        let more = named_by.get(&ix).into_iter().flatten().copied();
        open.extend(more.filter(|system| found.insert(*system)));
    }
    found
}

/// `CRM -> Scorer`.
fn from_to(stack: &Stack, flow: FlowIx) -> String {
    let flow = stack.flow(flow);
    format!("{} -> {}", stack.system(flow.from).name, stack.system(flow.to).name)
}

/// What comes into being at `tool`, by itself or by people, or counts as originating there.
fn made(analysis: &Analysis<'_>, tool: SystemIx) -> BTreeSet<DataIx> {
    let origins = analysis.supply.assumed_origins();
    let first = origins.partition_point(|origin| origin.at < tool);
    let assumed = origins[first..].iter().take_while(|origin| origin.at == tool).map(|origin| origin.data);
    let stated = analysis.stack.system(tool).makes.iter().map(|making| making.data);
    stated.chain(assumed).collect()
}

fn row(analysis: &Analysis<'_>, holding: &Holding<'_>, tool: SystemIx) -> Row {
    let stack = analysis.stack;
    let system = stack.system(tool);
    let is_past = |day: &Date| stack.as_of.is_none_or(|today| *day <= today);
    let blank = Row {
        system: tool,
        data: Vec::new(),
        consumers: Vec::new(),
        processes: Vec::new(),
        review_points: Vec::new(),
        audience: Audience::default(),
        security_review: system.security_review.filter(|_| has_security_review(stack, system)),
        vendor_review: system.vendor_review.last.filter(is_past),
    };
    if !system.is_live() {
        return blank;
    }
    let data = holding.at(analysis, tool);
    let (there, through) = holding.leaving(analysis, tool);
    let sources = Sources { tool, there: &there, through };
    let everything = |sources: &Sources<'_>| sources.facts(stack, &|_| true, &|_| true);
    let own = everything(&sources);
    let reached = ways(analysis, &own, &|_| true, &|_| true);
    // What depends on the tool works with it, and so does all that comes from there.
    let mut dependents = above(&holding.named_by, [tool]);
    dependents.remove(&tool);
    let mut with_dependents: BTreeSet<Fact> = own.into_iter().collect();
    for system in &dependents {
        let (there, through) = holding.leaving(analysis, *system);
        with_dependents.extend(everything(&Sources { tool: *system, there: &there, through }));
    }
    let downstream: Vec<Fact> = with_dependents.into_iter().collect();
    let downstream = ways(analysis, &downstream, &|_| true, &|_| true);
    let mut consumers: BTreeSet<SystemIx> = downstream.reached().map(|fact| fact.at).collect();
    consumers.append(&mut dependents);
    consumers.remove(&tool);
    let needs_one = |process: ProcessIx| {
        stack.process(process).data_needs().any(|need| downstream.reaches(Fact { at: need.at, data: need.data }))
    };
    let reviews = stack.live_flows().filter(|(ix, flow)| {
        let carries = flow.data.iter().any(|data| reached.reaches(Fact { at: flow.from, data: *data }));
        flow.review.is_some() && (carries || through.contains(ix))
    });
    Row {
        consumers: consumers.into_iter().collect(),
        processes: stack.all_processes().map(|(ix, _)| ix).filter(|ix| needs_one(*ix)).collect(),
        review_points: reviews.map(|(ix, _)| ix).collect(),
        audience: audience(analysis, &sources),
        data,
        ..blank
    }
}

/// Where what is at a tool sets out from.
struct Sources<'a> {
    tool: SystemIx,
    /// What is made at the tool or brought to it.
    there: &'a BTreeSet<DataIx>,
    /// Flows that run through the tool: what they carry sets out from where they end.
    through: &'a [FlowIx],
}

impl Sources<'_> {
    /// Whether nothing is known to be at the tool or to run through it.
    fn is_empty(&self) -> bool {
        self.there.is_empty() && self.through.is_empty()
    }

    /// The facts of objects that `is_wanted` lets in, in order; of flows through the tool those that `follows` lets in.
    fn facts(&self, stack: &Stack, is_wanted: &dyn Fn(DataIx) -> bool, follows: &dyn Fn(&Flow) -> bool) -> Vec<Fact> {
        let passed = self.through.iter().map(|ix| stack.flow(*ix)).filter(|flow| follows(flow));
        let passed = passed.flat_map(|flow| flow.data.iter().map(|data| Fact { at: flow.to, data: *data }));
        let there = self.there.iter().map(|data| Fact { at: self.tool, data: *data });
        let facts: BTreeSet<Fact> = there.chain(passed).filter(|fact| is_wanted(fact.data)).collect();
        facts.into_iter().collect()
    }
}

fn ways(
    analysis: &Analysis<'_>,
    sources: &[Fact],
    follows: &dyn Fn(&Flow) -> bool,
    becomes: &dyn Fn(DataIx) -> bool,
) -> ShortestPaths<Fact, Step> {
    Lineage::new(analysis.stack, analysis.deliveries(), follows, becomes).from(sources.iter().copied())
}

fn audience(analysis: &Analysis<'_>, sources: &Sources<'_>) -> Audience {
    let stack = analysis.stack;
    let is_content = |data: DataIx| stack.data_object(data).is_content();
    let content = sources.facts(stack, &is_content, &|_| true);
    if content.is_empty() {
        // A tool of which nothing is known, or that is there to make content, may do so unseen.
        let is_open = sources.is_empty() || stack.system(sources.tool).facts.kind == Kind::AiContent;
        return Audience { reaches: (!is_open).then_some(false), ..Audience::default() };
    }
    let reached = ways(analysis, &content, &|_| true, &is_content);
    let shown: Vec<Fact> = reached.reached().filter(|fact| stack.system(fact.at).is_audience_facing()).collect();
    let nearest = shown.iter().filter_map(|fact| Some((*fact, reached.path_to(*fact)?)));
    let Some((end, steps)) = nearest.min_by_key(|(_, steps)| steps.len()) else {
        let is_open = reached.reached().any(|fact| stack.system(fact.at).audience_facing.is_none());
        return Audience { reaches: (!is_open).then_some(false), ..Audience::default() };
    };
    let is_unreviewed = |flow: &Flow| flow.review.is_none();
    let first = sources.facts(stack, &is_content, &is_unreviewed);
    let unreviewed = ways(analysis, &first, &is_unreviewed, &is_content);
    let at: BTreeSet<SystemIx> = shown.iter().map(|fact| fact.at).collect();
    Audience {
        reaches: Some(true),
        at: at.into_iter().collect(),
        way: Some(way_in_brief(stack, begin(stack, &steps, end), &steps)),
        is_unreviewed: Some(shown.iter().any(|fact| unreviewed.reaches(*fact))),
    }
}
