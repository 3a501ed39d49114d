//! What is in the way after some candidates are built: found by building them and analyzing what comes of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pool::{Pool, Set};
use crate::analysis::rules::{self, unreviewed_content, unsupplied_need};
use crate::analysis::stage::{Obstacle, RULES_IN_THE_WAY, Unreviewed, standing};
use crate::analysis::{Analysis, Finding, Rule};
use crate::plan::building::Site;
use crate::plan::candidates::Candidate;
use crate::plan::covering::Trials;
use crate::plan::edit::Edit;

/// What asks for something to be gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asker {
    /// A finding, by id.
    Finding(String),
    /// A criterion, with the first stage that asks for it.
    Criterion(u8, &'static str),
}

/// One thing in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    pub(super) asker: Asker,
    pub(super) obstacle: Obstacle,
}

/// Flows up to which each trial counts as one, however much is built.
const FEW_FLOWS: usize = 500;

/// What one set of candidates leaves.
#[derive(Debug)]
pub(super) struct Left {
    pub(super) things: BTreeSet<Thing>,
    unreviewed: Unreviewed,
}

impl Left {
    /// Whether the thing is still in the way.
    pub(super) fn has(&self, thing: &Thing) -> bool {
        match &thing.obstacle {
            Obstacle::Named(_) => self.things.contains(thing),
            Obstacle::Way { tool, steps } => {
                self.unreviewed.has(tool, steps, matches!(thing.asker, Asker::Criterion(..)))
            }
        }
    }
}

/// Whoever says what sets of candidates leave.
pub(super) trait Looks {
    /// What is in the way after `set` of `pool` is built; `None` where no trial is left.
    fn left(&mut self, pool: &Pool, set: &Set) -> Option<Arc<Left>>;
}

/// What is in the way of what: what sets of candidates leave depends on nothing else, whoever looks.
pub(super) struct Sight<'a> {
    site: &'a Site<'a>,
    /// The rules whose findings are obligations, with whether a finding of today is one.
    obligations: Vec<&'static Rule>,
    /// The findings of today that are obligations, by id.
    standing: BTreeSet<String>,
}

/// Builds sets of candidates and looks at what is in the way then. A set is built once.
pub(super) struct Judge<'a> {
    sight: Arc<Sight<'a>>,
    known: Known,
    /// What was looked at before it was asked for; it is counted when it is.
    ahead: Known,
    trials: Trials,
    /// Whether what it builds counts for what the plan took.
    counts: bool,
}

/// What sets leave.
pub(super) type Known = BTreeMap<Set, Arc<Left>>;

impl Looks for Judge<'_> {
    fn left(&mut self, pool: &Pool, set: &Set) -> Option<Arc<Left>> {
        if let Some(known) = self.known.get(set) {
            return Some(Arc::clone(known));
        }
        if !self.trials.take(self.sight.cost(pool, set)) {
            return None;
        }
        if self.counts && !set.is_empty() {
            self.sight.site.count();
        }
        let left = self.ahead.remove(set).unwrap_or_else(|| Arc::new(self.sight.look_at(pool, set)));
        self.known.insert(set.clone(), Arc::clone(&left));
        Some(left)
    }
}

impl<'a> Judge<'a> {
    /// For the findings called `standing`, of `obligations`, and all criteria.
    pub(super) fn of(
        site: &'a Site<'a>,
        obligations: Vec<&'static Rule>,
        standing: BTreeSet<String>,
        trials: Trials,
    ) -> Self {
        let sight = Arc::new(Sight { site, obligations, standing });
        Self { sight, known: Known::new(), ahead: Known::new(), trials, counts: true }
    }

    /// How it looks.
    pub(super) fn sight(&self) -> &Arc<Sight<'a>> {
        &self.sight
    }

    /// What is built upon.
    pub(super) fn site(&self) -> &'a Site<'a> {
        self.sight.site
    }

    /// Trials that are left.
    pub(super) fn trials_left(&self) -> usize {
        self.trials.left()
    }

    /// All that is known without another look: what was counted, and what was not yet.
    pub(super) fn known(&self) -> [&Known; 2] {
        [&self.known, &self.ahead]
    }

    /// One that knows the same, and what it builds counts for nothing.
    pub(super) fn uncounted(&self) -> Self {
        let (known, ahead) = (self.known.clone(), self.ahead.clone());
        Self { sight: Arc::clone(&self.sight), known, ahead, trials: self.trials.clone(), counts: false }
    }

    /// All that it looked at.
    pub(super) fn into_known(self) -> Vec<Known> {
        vec![self.known, self.ahead]
    }

    /// Remembers what was looked at ahead.
    pub(super) fn remember(&mut self, ahead: Known) {
        self.ahead.extend(ahead);
    }
}

impl Sight<'_> {
    /// What is in the way after `set` of `pool` is built.
    pub(super) fn look_at(&self, pool: &Pool, set: &Set) -> Left {
        if set.is_empty() {
            return self.look(self.site.analysis);
        }
        let built: Vec<&Candidate> = set.iter().map(|ix| pool.get(*ix)).collect();
        self.look(&Analysis::of(&self.site.build_ahead(&built).stack))
    }

    /// How many trials building `set` counts as: in a large stack one that is so many times as large as today's takes so many times as long.
    pub(super) fn cost(&self, pool: &Pool, set: &Set) -> usize {
        let flows = self.site.analysis.stack.flows.len();
        if flows <= FEW_FLOWS {
            return 1;
        }
        let edits = set.iter().flat_map(|ix| &pool.get(*ix).edits);
        let added = edits.filter(|edit| matches!(edit, Edit::AddFlow(_))).count();
        1 + added / flows
    }

    fn look(&self, analysis: &Analysis<'_>) -> Left {
        let rules = RULES_IN_THE_WAY.iter().filter_map(|id| rules::find(id));
        let findings: Vec<Finding> = rules.flat_map(|rule| (rule.find)(analysis)).collect();
        let mut things = BTreeSet::new();
        for criterion in standing(analysis, &findings).criteria.into_iter().filter(|one| one.holds_back()) {
            let asker = Asker::Criterion(criterion.asked_by(), criterion.id);
            things.extend(criterion.obstacles.into_iter().map(|obstacle| Thing { asker: asker.clone(), obstacle }));
        }
        for rule in &self.obligations {
            things.extend(self.obligation(analysis, rule));
        }
        Left { things, unreviewed: Unreviewed::of(analysis) }
    }

    /// What is left of the findings of one rule that are obligations.
    fn obligation(&self, analysis: &Analysis<'_>, rule: &Rule) -> Vec<Thing> {
        let stack = analysis.stack;
        let found = (rule.find)(analysis).into_iter().filter(|finding| self.standing.contains(&finding.id));
        let of = |finding: Finding| -> Vec<Thing> {
            // Part by part where it has parts: what takes one of them away does so by itself.
            let obstacles = match rule.id {
                "unreviewed-content" => {
                    let tool = stack.find_system(&finding.subjects[0]);
                    let paths = tool.map(|tool| unreviewed_content::paths(analysis, tool)).unwrap_or_default();
                    let ends =
                        paths.iter().filter(|path| stack.system(path.target()).id.as_str() == finding.subjects[1]);
                    ends.map(|path| Obstacle::way(analysis, path)).collect()
                }
                "unsupplied-need" => {
                    let process = stack.find_process(&finding.subjects[0]);
                    process.map_or_else(Vec::new, |ix| unsupplied_need::obstacles(analysis, stack.process(ix)))
                }
                _ => vec![Obstacle::named(&[])],
            };
            let asker = Asker::Finding(finding.id);
            obstacles.into_iter().map(|obstacle| Thing { asker: asker.clone(), obstacle }).collect()
        };
        found.flat_map(of).collect()
    }
}
