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
        Self { down: outage.processes_down.to_vec(), degraded: outage.processes_degraded.to_vec() }
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

/// Whether a column of a row has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It is stated, or follows from what is.
    Known,
    /// The question arises, and the file does not say.
    NotKnown,
    /// The question does not arise: there is nothing of the kind.
    NothingToJudge,
}

impl Answer {
    fn of<T>(value: Option<&T>) -> Self {
        if value.is_some() { Self::Known } else { Self::NotKnown }
    }

    fn unless(self, nothing: bool) -> Self {
        if nothing && self == Self::NotKnown { Self::NothingToJudge } else { self }
    }
}

/// Which columns of a row have an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// How much people do. Of an output that no flow carries away there is nothing to judge.
    pub mode: Answer,
    /// What its failure does. Nothing to judge where no process runs today.
    pub harm: Answer,
    /// Who watches. Nothing to judge where a person performs the flow, and of an output that nothing carries away.
    pub watcher: Answer,
    /// Hours of review. Nothing to judge where there is no review, and of an output, whose reviews are those of flows.
    pub review_hours: Answer,
    /// Who owns it, or performs it.
    pub owner: Answer,
}

/// One row of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub entry: Entry,
    /// How much of it people do; `None` for an output that no flow carries away.
    pub mode: Option<Mode>,
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
    /// Which of these have an answer.
    pub answers: Answers,
}

/// The ledger of `analysis`: flows by id, then AI outputs by system and object. `harm` tells what the failure of a
/// component does: [`Harm::of`], or a cheaper answer where it is not asked for.
#[must_use]
pub fn ledger(analysis: &Analysis<'_>, harm: &dyn Fn(Component) -> Harm) -> Vec<Row> {
    let stack = analysis.stack;
    let runs = stack.all_processes().any(|(ix, _)| analysis.runs(ix));
    let of_harm = if runs { Answer::Known } else { Answer::NothingToJudge };
    let flows = stack.live_flows().map(|(ix, flow)| {
        let (watcher, hours, owner) = (watcher_of(stack, flow), flow.review_hours(), owner_of(stack, flow));
        Row {
            entry: Entry::Flow(ix),
            mode: Some(mode_of(flow)),
            is_standby: flow.is_standby,
            harm: harm(Component::Flow(ix)),
            answers: Answers {
                mode: Answer::Known,
                harm: of_harm,
                watcher: Answer::of(watcher.as_ref()).unless(flow.is_manual()),
                review_hours: match flow.review() {
                    None => Answer::NothingToJudge,
                    Some(_) => Answer::of(hours.as_ref()),
                },
                owner: Answer::of(owner.as_ref()),
            },
            watcher,
            review_hours: hours,
            owner,
        }
    });
    let mut rows: Vec<Row> = flows.collect();
    for (at, tool) in stack.live_systems().filter(|(_, system)| system.is_ai()) {
        for data in outputs(analysis, at) {
            let fact = Fact { at, data };
            let mode = output_mode(analysis, fact);
            let watcher = drift_monitor(stack, fact).or_else(|| output_review(analysis, fact));
            rows.push(Row {
                entry: Entry::Output(fact),
                mode,
                is_standby: false,
                harm: harm(Component::System(at)),
                review_hours: None,
                owner: tool.owner,
                answers: Answers {
                    mode: Answer::of(mode.as_ref()).unless(true),
                    harm: of_harm,
                    watcher: Answer::of(watcher.as_ref()).unless(mode.is_none() && !has_model(stack, fact)),
                    review_hours: Answer::NothingToJudge,
                    owner: Answer::of(tool.owner.as_ref()),
                },
                watcher,
            });
        }
    }
    rows
}

fn mode_of(flow: &Flow) -> Mode {
    match (flow.is_manual(), flow.review()) {
        (true, _) => Mode::Manual,
        (false, Some(_)) => Mode::Reviewed,
        (false, None) => Mode::Automated,
    }
}

/// An output is manual if a person carries it away anywhere, and reviewed if it leaves by reviewed flows only; of what never
/// leaves there is nothing to say. Standby flows do not count.
fn output_mode(analysis: &Analysis<'_>, fact: Fact) -> Option<Mode> {
    let flows = analysis.regular().out_of(fact);
    let modes = || flows.iter().map(|delivery| mode_of(analysis.stack.flow(delivery.flow)));
    if flows.is_empty() {
        None
    } else if modes().any(|mode| mode == Mode::Manual) {
        Some(Mode::Manual)
    } else if modes().all(|mode| mode == Mode::Reviewed) {
        Some(Mode::Reviewed)
    } else {
        Some(Mode::Automated)
    }
}

/// Whether a model makes the object there: then a drift monitor would watch it.
fn has_model(stack: &Stack, fact: Fact) -> bool {
    stack.system(fact.at).makes.iter().any(|making| making.data == fact.data && making.model.is_some())
}

fn output_review(analysis: &Analysis<'_>, fact: Fact) -> Option<Watcher> {
    let flows = analysis.regular().out_of(fact);
    let reviews = flows.iter().map(|delivery| analysis.stack.flow(delivery.flow).review());
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
    let review = flow.review().map(|review| Watcher::Review(review.by));
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
