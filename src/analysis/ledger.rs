//! The automation ledger: every flow and every AI output as automated, reviewed by a person or manual, with what fails
//! when it does, who watches it and who owns it.

use super::Analysis;
use super::lineage::outputs;
use crate::analysis::{Component, Fact};
use crate::model::{DataIx, Figure, Flow, FlowIx, Hours, ProcessIx, Stack, SystemIx, TeamIx, WatchedBy};

/// What the failure of a component does to processes. Both lists by id, and disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Harm {
    /// Processes that it takes down.
    pub down: Vec<ProcessIx>,
    /// Processes that then run only with standby flows.
    pub degraded: Vec<ProcessIx>,
}

impl Harm {
    /// What the failure of `component` does, from the outage analysis; nothing where it cannot fail.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, component: Component) -> Self {
        if analysis.supply.label(component).is_none() {
            return Self::default();
        }
        let outage = analysis.outage_of(component);
        Self { down: outage.processes_down.clone(), degraded: outage.processes_degraded.clone() }
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A live flow, standby flows included.
    Flow(FlowIx),
    /// An object that a live AI tool makes or counts as the origin of, at that tool.
    Output(Fact),
}

/// How much of it people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// It runs without a person, from begin to end.
    Automated,
    /// It runs by itself, and a person reviews what it brings.
    Reviewed,
    /// A person performs it.
    Manual,
}

impl Mode {
    /// The word of the ledger in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::Reviewed => "reviewed",
            Self::Manual => "manual",
        }
    }
}

/// Who or what would notice that it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Watcher {
    /// A team, as the file states.
    Team(TeamIx),
    /// Nobody, as the file states.
    Nobody,
    /// A review on the way; by a team, where it is named.
    Review(Option<TeamIx>),
    /// The drift monitor of the model at this system.
    DriftMonitor(SystemIx),
}

/// One row of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub entry: Entry,
    /// How much of it people do.
    pub mode: Mode,
    /// Whether it is used only when others fail.
    pub is_standby: bool,
    /// What its failure does; that of the tool, for an AI output.
    pub harm: Harm,
    /// What watches it, as stated, else as its review and models tell; `None` where nothing is known of it.
    pub watcher: Option<Watcher>,
    /// Hours a year of its review: 0 where a flow has none; `None` where they are not known, and for AI outputs.
    pub review_hours: Figure<Hours>,
    /// Who answers for it: who performs a manual flow; of an automated one who owns the first middleware that it runs
    /// through, else its source; of an AI output who owns the tool.
    pub owner: Option<TeamIx>,
}

/// The ledger of `analysis`: flows by id, then AI outputs by system and object. `harm` tells what the failure of a
/// component does: [`Harm::of`], or a cheaper answer where it is not asked for.
#[must_use]
pub fn ledger(analysis: &Analysis<'_>, harm: &dyn Fn(Component) -> Harm) -> Vec<Row> {
    let stack = analysis.stack;
    let flows = stack.live_flows().map(|(ix, flow)| Row {
        entry: Entry::Flow(ix),
        mode: mode_of(flow),
        is_standby: flow.is_standby,
        harm: harm(Component::Flow(ix)),
        watcher: watcher_of(stack, flow),
        review_hours: flow.review_hours(),
        owner: owner_of(stack, flow),
    });
    let mut rows: Vec<Row> = flows.collect();
    for (at, tool) in stack.live_systems().filter(|(_, system)| system.is_ai()) {
        for data in outputs(analysis, at) {
            let fact = Fact { at, data };
            rows.push(Row {
                entry: Entry::Output(fact),
                mode: output_mode(analysis, fact),
                is_standby: false,
                harm: harm(Component::System(at)),
                watcher: drift_monitor(stack, fact).or_else(|| output_review(analysis, fact)),
                review_hours: None,
                owner: tool.owner,
            });
        }
    }
    rows
}

fn mode_of(flow: &Flow) -> Mode {
    match (flow.is_manual(), flow.review) {
        (true, _) => Mode::Manual,
        (false, Some(_)) => Mode::Reviewed,
        (false, None) => Mode::Automated,
    }
}

/// An output is manual if a person carries it away anywhere, and reviewed if it leaves by reviewed flows only; what never
/// leaves is automated. Standby flows do not count.
fn output_mode(analysis: &Analysis<'_>, fact: Fact) -> Mode {
    let flows = analysis.regular.out_of(fact);
    let modes = || flows.iter().map(|delivery| mode_of(analysis.stack.flow(delivery.flow)));
    if modes().any(|mode| mode == Mode::Manual) {
        Mode::Manual
    } else if !flows.is_empty() && modes().all(|mode| mode == Mode::Reviewed) {
        Mode::Reviewed
    } else {
        Mode::Automated
    }
}

fn output_review(analysis: &Analysis<'_>, fact: Fact) -> Option<Watcher> {
    let flows = analysis.regular.out_of(fact);
    let reviews = flows.iter().map(|delivery| analysis.stack.flow(delivery.flow).review);
    let reviews: Option<Vec<_>> = reviews.collect();
    // Only if no way out escapes it.
    reviews?.first().map(|review| Watcher::Review(review.by))
}

fn watcher_of(stack: &Stack, flow: &Flow) -> Option<Watcher> {
    let at = |data: &DataIx| Fact { at: flow.from, data: *data };
    let stated = flow.watched_by.map(|by| match by {
        WatchedBy::Team(team) => Watcher::Team(team),
        WatchedBy::Nobody => Watcher::Nobody,
    });
    let review = flow.review.map(|review| Watcher::Review(review.by));
    stated.or(review).or_else(|| flow.data.iter().find_map(|data| drift_monitor(stack, at(data))))
}

fn drift_monitor(stack: &Stack, fact: Fact) -> Option<Watcher> {
    let makings = stack.system(fact.at).makes.iter().filter(|making| making.data == fact.data);
    let mut models = makings.filter_map(|making| making.model.as_ref());
    models.any(|model| model.drift_monitor == Some(true)).then_some(Watcher::DriftMonitor(fact.at))
}

fn owner_of(stack: &Stack, flow: &Flow) -> Option<TeamIx> {
    if flow.is_manual() {
        return flow.performer;
    }
    let middleware = flow.through.iter().find_map(|ix| stack.system(*ix).owner);
    middleware.or(stack.system(flow.from).owner)
}
