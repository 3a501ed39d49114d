//! What comes of a stack when some of the candidates are built: which handoffs they make superfluous, and the target.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::model::{Flow, FlowIx, Money, Range, Stack};

use super::candidates::{Candidate, Subject};
use super::edit::{Change, Edit, edited};
use super::link::{Link, links_of_steps};

/// A stack with its links, ready to be built upon.
pub struct Site<'a> {
    /// The stack, analysed.
    pub analysis: &'a Analysis<'a>,
    /// Its links.
    pub links: &'a [Link],
    /// For each handoff that can be removed the links on which it hangs.
    pub hangs_on: BTreeMap<FlowIx, Vec<usize>>,
}

/// What happens to a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trace {
    /// The item builds it.
    Built(String),
    /// The item makes it carry more, or makes it live.
    Changed(String),
    /// The items take its place; it only stands by.
    Replaced(Vec<String>),
}

impl std::fmt::Display for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Built(item) => write!(f, "item {item}"),
            Self::Changed(item) => write!(f, "changed by item {item}"),
            Self::Replaced(items) => write!(f, "stands by since item {}", items.join(", ")),
        }
    }
}

/// What some candidates together do.
#[derive(Clone, Debug)]
pub struct Built {
    /// The stack as it will be.
    pub stack: Stack,
    /// New flows, each with the item that builds it, by id.
    pub built_by: BTreeMap<String, String>,
    /// Handoffs that only stand by from now on.
    pub retired: BTreeSet<FlowIx>,
    /// Links that data takes by itself now.
    pub covered: BTreeSet<usize>,
}

impl<'a> Site<'a> {
    /// The site of an analysed stack.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>, links: &'a [Link]) -> Self {
        Self { analysis, links, hangs_on: links_of_steps(analysis, links) }
    }

    /// Builds `candidates`. A handoff is retired when every chain of which it is a step is covered; it stays as a
    /// standby flow, because people can still do it, and what only stands by takes no hours.
    #[must_use]
    pub fn build(&self, candidates: &[&Candidate]) -> Built {
        let link = |subject: &Subject| if let Subject::Link(at) = subject { Some(*at) } else { None };
        let covered: BTreeSet<usize> =
            candidates.iter().flat_map(|candidate| candidate.subjects.iter().filter_map(link)).collect();
        let is_gone = |links: &[usize]| links.iter().all(|at| covered.contains(at));
        let retired: BTreeSet<FlowIx> =
            self.hangs_on.iter().filter(|(_, links)| is_gone(links)).map(|(step, _)| *step).collect();
        let live: BTreeSet<FlowIx> = candidates
            .iter()
            .flat_map(|candidate| &candidate.edits)
            .filter_map(|edit| if let Edit::MakeLive(flow) = edit { Some(*flow) } else { None })
            .collect();
        let planned = covered.iter().flat_map(|at| self.links[*at].planned.iter().copied());
        let superseded: BTreeSet<FlowIx> = planned.filter(|flow| !live.contains(flow)).collect();
        let changes: Vec<Change<'_>> =
            candidates.iter().map(|candidate| Change { item: &candidate.id, edits: &candidate.edits }).collect();
        let edited = edited(self.analysis.stack, &changes, &retired, &superseded);
        Built { stack: edited.stack, built_by: edited.built_by, retired, covered }
    }

    /// For every flow of the target that the items build, extend or replace, by id: what happens to it.
    #[must_use]
    pub fn traces(&self, candidates: &[&Candidate], built: &Built) -> BTreeMap<String, Trace> {
        let stack = self.analysis.stack;
        let id = |ix: FlowIx| stack.flow(ix).id.to_string();
        let mut traces: BTreeMap<String, Trace> = BTreeMap::new();
        traces.extend(built.built_by.iter().map(|(flow, item)| (flow.clone(), Trace::Built(item.clone()))));
        for candidate in candidates {
            for edit in &candidate.edits {
                if let Edit::ExtendFlow(flow, _) | Edit::MakeLive(flow) = edit {
                    traces.insert(id(*flow), Trace::Changed(candidate.id.clone()));
                }
            }
        }
        for flow in &built.retired {
            let serves =
                |one: &&&Candidate| self.hangs_on[flow].iter().any(|at| one.subjects.contains(&Subject::Link(*at)));
            let items = candidates.iter().filter(serves).map(|one| one.id.clone()).collect();
            traces.insert(id(*flow), Trace::Replaced(items));
        }
        traces
    }

    /// The flows whose `value` is earned once they, or what they were planned for, run by themselves.
    #[must_use]
    pub fn worths(&self) -> Vec<(FlowIx, Range<Money>, Vec<usize>)> {
        let stack = self.analysis.stack;
        let handoffs = self.hangs_on.iter().map(|(flow, links)| (*flow, links.clone()));
        let planned = self.links.iter().enumerate();
        let planned = planned.flat_map(|(at, link)| link.planned.iter().map(move |flow| (*flow, vec![at])));
        let valued = |(ix, links): (FlowIx, Vec<usize>)| {
            let flow: &Flow = stack.flow(ix);
            Some((ix, flow.value?, links))
        };
        handoffs.chain(planned).filter_map(valued).collect()
    }

    /// What `built` earns a year beyond hours, errors and outages.
    #[must_use]
    pub fn worth(&self, built: &Built) -> f64 {
        let all = self.worths();
        let earned = all.iter().filter(|(_, _, links)| links.iter().all(|at| built.covered.contains(at)));
        earned.map(|(_, value, _)| value.likely.0).sum()
    }
}
