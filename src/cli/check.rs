//! `sinew check`: is the file valid, and which findings stand?

use clap::{Args, ValueEnum};

use super::exit::Failure;
use super::format::Format;
use super::stack::StackFile;
use crate::analysis::{Analysis, Finding, RULES, Severity, rules};
use crate::report::{Report, finding};
use crate::source::nearest;

/// Check a stack file and list its findings
#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    stack: StackFile,
    /// Fail (exit code 1) if a finding of this rule stands; may be repeated
    #[arg(long, value_name = "RULE", value_parser = known_rule)]
    deny: Vec<String>,
    /// Fail (exit code 1) if a finding of this severity or a graver one stands
    #[arg(long, value_name = "SEVERITY")]
    deny_severity: Option<Denied>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// The mildest severity that is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// Only high
    High,
    /// Medium and high
    Medium,
    /// All findings
    Low,
}

impl Denied {
    fn severity(self) -> Severity {
        match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
        }
    }
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        let found = opened.findings(&analysis);
        let findings = Some(finding::findings(&found, &opened.source));
        self.format.print(&Report { findings, ..Report::about(&analysis) })?;
        if found.iter().any(|finding| self.denies(finding)) { Err(Failure::Denied) } else { Ok(()) }
    }

    fn denies(&self, finding: &Finding) -> bool {
        let by_rule = self.deny.iter().any(|rule| rule == finding.rule);
        // Severities come gravest first.
        let by_severity = self.deny_severity.is_some_and(|denied| finding.severity <= denied.severity());
        !finding.is_accepted && (by_rule || by_severity)
    }
}

/// The id of a rule, or why it is none.
pub(super) fn known_rule(id: &str) -> Result<String, String> {
    if rules::find(id).is_some() {
        return Ok(id.to_owned());
    }
    Err(match nearest(id, RULES.iter().map(|rule| rule.id)) {
        Some(near) => format!("there is no such rule; did you mean `{near}`?"),
        None => "there is no such rule; `sinew explain` lists them".into(),
    })
}
