//! Fewer calls: bulk jobs, or runs of more records at a longer interval, for a limit that is overrun.

use std::collections::BTreeSet;

use sinew_order::List;

use crate::analysis::Finding;
use crate::analysis::calls::{Account, CallKind, accounts};
use crate::analysis::freshness::{ages, staleness};
use crate::analysis::words::grouped;
use crate::model::{FlowIx, Mechanism, Stack, SystemIx};
use crate::plan::edit::{Change, Edit, Edits, Replaced, edited};
use crate::plan::gap::GapIx;
use crate::plan::pace::{Pace, USUAL, every};
use crate::source::Figure;

use super::candidate::{Candidate, Subject};
use super::context::Context;

/// Flows of one limit of which a change is looked for: those that make most calls.
const MOST_FLOWS: usize = 8;

/// Flows that are looked at for all limits together.
const MOST_WORK: usize = 4_000_000;

/// Bulk jobs or fewer runs for each finding about calls that they would settle.
pub(super) fn candidates(context: &Context<'_>, gaps: &List<GapIx, Finding>) -> Vec<Candidate> {
    let stack = context.stack();
    let mut left = MOST_WORK;
    let over = gaps.enumerate().filter(|(_, gap)| gap.rule == "quota-overrun");
    let systems = over.filter_map(|(at, gap)| Some((stack.find_system(&gap.subjects[0])?, at)));
    systems.filter_map(|(system, at)| candidate(context, system, Subject::Gap(at), &mut left)).collect()
}

fn candidate(context: &Context<'_>, system: SystemIx, subject: Subject, left: &mut usize) -> Option<Candidate> {
    let stack = context.stack();
    let callers = callers(stack, system);
    let bulk = callers.iter().filter(|ix| has_bulk(stack, **ix)).map(|ix| Edit::Bulk(*ix));
    let title = |how: &str| format!("Call {} {how}", context.name(system));
    let found =
        first_enough(stack, system, &bulk.collect::<Vec<_>>(), left).map(|edits| (title("in bulk jobs"), edits));
    let (title, edits) = found.or_else(|| {
        // The shortest interval that is enough.
        USUAL.iter().find_map(|hours| {
            let slower = |ix: &FlowIx| Some(Edit::Pace(*ix, Pace::at_most_every(stack.flow(*ix), *hours)?));
            let all: Vec<Edit> = callers.iter().filter_map(slower).collect();
            let edits = first_enough(stack, system, &all, left)?;
            keeps_ages(context, &edits).then(|| (title(&format!("{} with more at a time", every(*hours))), edits))
        })
    })?;
    let after = built(stack, &edits);
    let of =
        |stack: &Stack| -> Vec<Account> { accounts(stack).into_iter().filter(|one| one.system == system).collect() };
    let (before, after) = (of(stack), of(&after));
    let mut why: Vec<String> = before
        .iter()
        .filter(|one| one.is_over())
        .map(|one| {
            let later =
                after.iter().find(|other| (other.limit.kind, other.limit.period) == (one.limit.kind, one.limit.period));
            let said = |account: &Account| Figure::least_if(account.is_at_least(), account.used()).grouped();
            let left = later.map_or("0".to_owned(), said);
            let (used, unit, quota) = (said(one), one.limit.unit(), grouped(one.limit.quota as f64));
            format!("{used} {unit} are {left} then; it accepts {quota}")
        })
        .collect();
    why.push("the same records travel, more of them in a call".to_owned());
    Some(context.faster((context.id(system), subject), (title, edits, why)))
}

/// The flows that spend most of the limits of `system` that are overrun, most first; events and tasks are one a record
/// however many come at a time.
fn callers(stack: &Stack, system: SystemIx) -> Vec<FlowIx> {
    let mut found = Vec::new();
    for account in accounts(stack).into_iter().filter(|one| one.system == system && one.is_over()) {
        let batched = account.by.iter().filter(|share| matches!(share.charge.kind, CallKind::Read | CallKind::Write));
        let own = batched.filter(|share| share.charge.connector.is_none()).take(MOST_FLOWS);
        found.extend(own.map(|share| share.charge.flow));
    }
    let mut seen = BTreeSet::new();
    found.retain(|flow| seen.insert(*flow));
    found
}

/// Whether the flow could call its ends by bulk jobs: those of middleware are the middleware's choice.
fn has_bulk(stack: &Stack, ix: FlowIx) -> bool {
    let flow = stack.flow(ix);
    flow.mechanism == Mechanism::Api && flow.through.is_empty()
}

/// The fewest of `edits`, from the first on, with which no limit of `system` is overrun; `None` too where no more may be
/// looked at.
fn first_enough(stack: &Stack, system: SystemIx, edits: &[Edit], left: &mut usize) -> Option<Vec<Edit>> {
    for count in 1..=edits.len() {
        *left = left.checked_sub(stack.flows.len())?;
        let accounts = accounts(&built(stack, &edits[..count]));
        if !accounts.iter().any(|one| one.system == system && one.is_over()) {
            return Some(edits[..count].to_vec());
        }
    }
    None
}

fn built(stack: &Stack, edits: &[Edit]) -> Stack {
    let changes = [Change { item: "item", edits }];
    let (replaced, superseded) = (Replaced::new(), BTreeSet::new());
    edited(stack, Edits { changes: &changes, replaced: &replaced, superseded: &superseded, origins: &[] }).stack
}

/// Whether nothing that is needed is too old with these edits that is not today.
fn keeps_ages(context: &Context<'_>, edits: &[Edit]) -> bool {
    let (analysis, stack) = (context.analysis, context.stack());
    let slower = built(stack, edits);
    let today = ages(analysis, |ix| stack.flow(ix).hours_on_the_way());
    let then = ages(analysis, |ix| slower.flow(ix).hours_on_the_way());
    let mut needs = stack.processes.iter().flat_map(|process| process.data_needs());
    needs.all(|need| staleness(analysis, &then, need).is_none() || staleness(analysis, &today, need).is_some())
}
