//! What an answer does beside money: to the stage, and to the findings.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Asked;
use crate::analysis::stage::{Standing, standing};
use crate::analysis::{Analysis, Finding};
use crate::model::asking::Question;
use crate::model::outline::Outline;
use crate::plan::situation::Situation;

/// Keys that move amounts and no finding: rules and criteria ask what there is, not how much of it.
fn is_amount(analysis: &Analysis<'_>, question: &Question) -> bool {
    let stack = analysis.stack;
    let is_by_hand = |id: &str| stack.find_flow(id).is_some_and(|ix| stack.flow(ix).is_manual());
    question.keys().all(|key| match key {
        "minutes" | "review.minutes" | "hourly_rate" | "outage_cost" | "availability" => true,
        // Those of automated flows count against limits.
        "runs" | "records" => question.entries().all(is_by_hand),
        _ => false,
    })
}

/// Whether an answer could move the stack to another stage, as far as the key tells: what is stated under these keys meets
/// criteria and unmeets none.
fn can_change_stage(question: &Question, today: &Standing) -> bool {
    if question.is_guess {
        return true;
    }
    let meets = |is_met: &dyn Fn(&str) -> bool| today.next.iter().all(|id| is_met(id));
    match question.asks[0].key.as_str() {
        "practices.ai_policy.covers" => meets(&|id| id.starts_with("policy-")),
        "practices.evaluation_framework.covers" => meets(&|id| id.starts_with("evaluation-")),
        "practices.vendor_review_cadence" => meets(&|id| id == "vendor-review-cadence"),
        "practices.quality_standards" => meets(&|id| id == "quality-standards"),
        "practices.resilience_plan" => meets(&|id| id == "resilience-plan"),
        // Each meets one criterion at most.
        "runbook" | "budget_owner" | "quality_standard" | "vendor_review.last" | "owner" => today.next.len() < 2,
        "availability" | "contract.renews" | "interfaces" | "people" | "performer" | "pilot.decide_by"
        | "review.minutes" | "runs" | "security_review" | "watched_by" => false,
        _ => true,
    }
}

/// Looks at stage and findings under each answer to the questions, as far as `left` entries of stacks allow: first at those
/// that could move the stage. `today` is what the analyzed stack is.
pub(super) fn judge(analysis: &Analysis<'_>, today: &Situation, all: &mut [Asked], mut left: usize) {
    let stage = today.standing.stage;
    let outline = Outline::of(analysis.stack);
    let known: BTreeSet<&str> = today.findings.iter().map(|finding| finding.id.as_str()).collect();
    let entries = analysis.stack.count_entries().max(1);
    for asked in all.iter_mut() {
        if is_amount(analysis, &asked.question) {
            (asked.stages, asked.findings) = (Some((stage, stage)), Some(0));
        } else if !can_change_stage(&asked.question, &today.standing) {
            asked.stages = Some((stage, stage));
        }
    }
    for comes_second in [false, true] {
        let is_open = |asked: &&mut Asked| asked.findings.is_none() && asked.stages.is_some() == comes_second;
        let mut is_within = |asked: &&mut Asked| {
            let work = entries * asked.question.answers.len();
            let is_within = work > 0 && work <= left;
            left -= if is_within { work } else { 0 };
            is_within
        };
        let looked_at: Vec<&mut Asked> = all.iter_mut().filter(|asked| is_open(asked) && is_within(asked)).collect();
        looked_at.into_par_iter().for_each(|asked| {
            if let Some((stages, findings)) = moves(&outline, &asked.question, stage, &known) {
                (asked.stages, asked.findings) = (Some(stages), Some(findings));
            }
        });
    }
}

/// The lowest and the highest stage, and how many findings appear or vanish; `None` where an answer makes no valid stack.
fn moves(outline: &Outline, question: &Question, today: u8, known: &BTreeSet<&str>) -> Option<((u8, u8), usize)> {
    let (mut lowest, mut highest) = (today, today);
    let mut moved: BTreeSet<String> = BTreeSet::new();
    for answer in &question.answers {
        let stack = question.under(outline, answer)?;
        let analysis = Analysis::of(&stack);
        let findings: Vec<Finding> = analysis.findings();
        let stage = standing(&analysis, &findings).stage;
        (lowest, highest) = (lowest.min(stage), highest.max(stage));
        let now: BTreeSet<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        moved.extend(known.symmetric_difference(&now).map(|id| (*id).to_owned()));
    }
    Some(((lowest, highest), moved.len()))
}
