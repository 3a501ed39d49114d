//! Which findings stand?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input, reported};
use crate::analysis::Severity;
use crate::ask::{self, Refused, known_rule};
use crate::mcp::answer::Answer;
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;

pub(super) const TOOL: Tool = Tool {
    name: "check",
    title: "List the findings",
    about: "What the rules find in a stack: single points of failure, manual handoffs, dead ends, missing owners, reviews and \
            runbooks, with severity, evidence, yearly cost and the line of the file. `explain` says what a rule means.",
    input: input::<Asked>,
    answer: || of_report(&["findings", "questions", "questions_left_out", "questions_table"]),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// Findings of this rule only, such as `single-point-of-failure`.
    rule: Option<String>,
    /// Findings of this severity or higher.
    severity: Option<AtLeast>,
    /// Findings about this entry only: a system, flow, team or data object, by its id.
    about: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum AtLeast {
    High,
    Medium,
    Low,
}

impl AtLeast {
    fn severity(self) -> Severity {
        match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
        }
    }
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let rule = asked.rule.as_deref().map(known_rule).transpose();
    let rule = rule
        .map_err(|why| Trouble::from(Refused::because(why)).instead("`explain` without arguments lists all rules"))?;
    reported(desk, asked.stack.as_deref(), |opened, analysis, all| {
        let about = asked.about.as_deref().map(|name| ask::entry(&opened.stack, name)).transpose()?;
        let mut report = ask::check(analysis, all, &opened.source, &opened.cells);
        if let Some(findings) = &mut report.findings {
            findings.retain(|finding| {
                let is_of_rule = rule.as_deref().is_none_or(|rule| finding.rule == rule);
                // Severities come most severe first.
                let is_severe = asked.severity.is_none_or(|least| finding.severity <= least.severity());
                let is_about = about.as_ref().is_none_or(|id| finding.subjects.iter().any(|subject| subject == id));
                is_of_rule && is_severe && is_about
            });
        }
        Ok(report)
    })
}
