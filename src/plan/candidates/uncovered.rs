//! Findings for which nothing can be built, and what is missing: none is silently absent.

use std::collections::BTreeSet;

use sinew_order::List;

use crate::analysis::Finding;
use crate::analysis::words::listed;
use crate::plan::gap::{GapIx, is_asked};
use crate::plan::problem::is_buildable;

use super::candidate::{Candidate, Candidates, Missing, Subject};
use super::context::Context;

/// Of the findings that have to be answered those that no candidate serves which can be built, and of which nothing else
/// says yet what is missing. `answers` holds for each finding what a candidate for it is for; `found` is sorted.
pub(super) fn missing(
    context: &Context<'_>,
    gaps: &List<GapIx, Finding>,
    answers: &List<GapIx, Vec<Subject>>,
    found: &Candidates,
) -> Vec<Missing> {
    let mut known: BTreeSet<Subject> = found.missing.iter().map(|one| one.subject).collect();
    for one in found.all.iter().filter(|one| is_buildable(&found.all, one)) {
        known.extend(one.subjects.iter().filter(|subject| one.does_all_of(**subject)));
    }
    let is_open =
        |(at, gap): &(GapIx, &Finding)| is_asked(gap) && !answers[*at].iter().any(|subject| known.contains(subject));
    let open = gaps.enumerate().filter(is_open);
    open.map(|(at, gap)| {
        let mut why = why(context, gap);
        why.extend(obstacles(&found.all, &answers[at]));
        Missing { subject: Subject::Gap(at), why, unknown: Vec::new() }
    })
    .collect()
}

/// Why what was thought of cannot be built, each reason once.
fn obstacles(all: &[Candidate], subjects: &[Subject]) -> BTreeSet<String> {
    let serving = all.iter().filter(|one| one.subjects.iter().any(|subject| subjects.contains(subject)));
    serving.flat_map(|one| &one.obstacles).cloned().collect()
}

/// What is missing for a finding of this rule.
fn why(context: &Context<'_>, gap: &Finding) -> Vec<String> {
    let stack = context.stack();
    let (first, objects) = (gap.subjects[0].as_str(), listed(&gap.data));
    let flows: Vec<&str> = gap.flows.iter().map(|ix| stack.flow(*ix).id.as_str()).collect();
    let going = stack.find_system(first).filter(|ix| stack.system(*ix).is_phasing_out());
    vec![match gap.rule {
        "missing-feedback" if let Some(tool) = going => context.words_of_end(tool),
        "manual-handoff" => handoff(context, gap),
        // The evidence says for each need what would supply it.
        "unsupplied-need" => return gap.evidence.clone(),
        "file-relay" => format!("no flow past {first} takes the place of {}", listed(&flows)),
        "repeated-entry" => format!("nothing takes the place of {}", listed(&flows)),
        "dead-end-output" => format!(
            "nothing says where {objects} is used: add the flow that carries it away, or the process that needs it"
        ),
        "single-point-of-failure" => {
            "not looked at: only the single points of failure that cost most an hour were considered".to_owned()
        }
        "common-dependency" => format!(
            "only a second system beside {first} would help: for one of those that depend on it, state it as \
             `{{ any_of: [{first}, another] }}` under `depends_on`"
        ),
        "ai-silo" => format!(
            "nothing says what {first} should be connected to: add the flow by which people use it, or one of \
             `status: planned`"
        ),
        "missing-feedback" => format!("no other system has {objects} without a person: add where it comes from"),
        "stale-feed" => format!(
            "no shorter interval of {} alone is enough: what is made or done by hand on the way takes too long, or comes as \
             it happens",
            listed(&flows)
        ),
        "quota-overrun" => format!(
            "the calls of {} come from {}: neither bulk jobs nor fewer runs of more records are known to be enough; move only \
             what changed, or buy a larger limit and state it under `quotas`",
            first,
            listed(&flows)
        ),
        "no-owner" => format!("the file names no team: add it under `teams`, and state `owner` at {first}"),
        "unwatched-flow" => {
            format!("the file names no team: add it under `teams`, and state `watched_by` at {}", listed(&flows))
        }
        "competing-writers" => format!(
            "whichever system is the `master` of {objects}, values from elsewhere reach it by {}: stop these, or let them \
             bring proposals as an object of their own",
            listed(&flows)
        ),
        _ => "nothing is known that a plan could build for it".to_owned(),
    }]
}

/// Why no way is looked for in place of a chain.
fn handoff(context: &Context<'_>, gap: &Finding) -> String {
    let analysis = context.analysis;
    let id = gap.id.strip_prefix("manual-handoff:");
    let chain = analysis.handoffs().chains.iter().find(|chain| Some(chain.id.as_str()) == id);
    let name = |ix| context.name(ix);
    match chain {
        Some(chain) if chain.from == chain.to => format!(
            "it ends at {} where it began: what people do on the way has to move into a system first",
            name(chain.to)
        ),
        Some(chain) if chain.comes_back(analysis.stack) => {
            format!(
                "it comes back to {}, where it was before: what people do on the way has to move into a system first",
                name(chain.to)
            )
        }
        _ => "not looked at: only the most expensive handoffs were considered".to_owned(),
    }
}
