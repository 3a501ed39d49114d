//! Findings that the stack file accepts, and acceptances that fit nothing.

use super::finding::Finding;
use super::rules::RULES;
use crate::model::{Acceptance, Accepted, Stack};
use crate::source::{Diagnostic, nearest};

/// The first acceptance of the file that holds for `finding` today. One with an `until` holds through that day of `as_of`;
/// without `as_of` no day has come and it holds.
#[must_use]
pub fn acceptance_of<'s>(stack: &'s Stack, finding: &Finding) -> Option<&'s Acceptance> {
    stack.accept.iter().find(|row| holds_today(stack, row) && matches(row, finding))
}

fn holds_today(stack: &Stack, row: &Acceptance) -> bool {
    match (stack.as_of, row.until) {
        (Some(today), Some(until)) => today <= until,
        _ => true,
    }
}

fn matches(row: &Acceptance, finding: &Finding) -> bool {
    match &row.what {
        Accepted::Subject { rule, subject } => rule == finding.rule && finding.subjects.contains(subject),
        Accepted::Finding(id) => *id == finding.id,
    }
}

/// Errors of acceptances that name no rule or no subject that there is, by place. They are errors of the file, and
/// found here because only this room knows the rules.
#[must_use]
pub fn unknown_words(stack: &Stack) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for row in &stack.accept {
        let rule = match &row.what {
            Accepted::Subject { rule, .. } => rule.as_str(),
            Accepted::Finding(id) => id.split(':').next().unwrap_or_default(),
        };
        if !RULES.iter().any(|known| known.id == rule) {
            let near = nearest(rule, RULES.iter().map(|rule| rule.id));
            let problem = Diagnostic::error("unknown-rule", row.rule_place, format!("there is no rule `{rule}`"));
            problems.push(match near {
                Some(_) => problem.nearest(near),
                None => problem.help("`sinew explain` lists the rules"),
            });
        }
        if let Accepted::Subject { subject, .. } = &row.what {
            let known = || subjects(stack);
            if !known().any(|id| id == subject) {
                let near = nearest(subject, known());
                let message = format!("no system, team, process or flow `{subject}` in the stack");
                let problem = Diagnostic::error("unknown-subject", row.subject_place, message);
                problems.push(match near {
                    Some(_) => problem.nearest(near),
                    None => problem.help("name a system, team, process or flow by its id"),
                });
            }
        }
    }
    problems
}

fn subjects(stack: &Stack) -> impl Iterator<Item = &str> {
    let systems = stack.systems.iter().map(|system| system.id.as_str());
    let teams = stack.teams.iter().map(|team| team.id.as_str());
    let processes = stack.processes.iter().map(|process| process.id.as_str());
    let flows = stack.flows.iter().map(|flow| flow.id.as_str());
    systems.chain(teams).chain(processes).chain(flows)
}

/// Warnings of acceptances that match none of `findings`, by place; one past its day is told so.
#[must_use]
pub fn idle_rows(stack: &Stack, findings: &[Finding]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for row in &stack.accept {
        let fits = findings.iter().filter(|finding| matches(row, finding)).count();
        if fits == 0 {
            problems.push(
                Diagnostic::warning("idle-acceptance", row.place, "this acceptance matches no finding today")
                    .help("remove it if the problem is fixed"),
            );
        } else if let Some(until) = row.until.filter(|_| !holds_today(stack, row)) {
            problems.push(
                Diagnostic::warning("expired-acceptance", row.place, format!("this acceptance ended on {until}"))
                    .help("fix the finding, or accept it again with a later date"),
            );
        }
    }
    problems
}
