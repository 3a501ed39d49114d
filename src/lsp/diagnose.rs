//! Problems of the reader, and findings as hints.

use serde_json::{Value, json};

use super::document::Document;
use crate::analysis::Finding;
use crate::source::{Diagnostic, Level, visible};

/// Everything that is shown of a document.
pub(super) fn diagnostics(document: &Document) -> Vec<Value> {
    let problems = document.problems.iter().map(|problem| of_problem(document, problem));
    let hints = document.findings().iter().filter(|finding| !finding.is_accepted);
    problems.chain(hints.map(|finding| of_finding(document, finding))).collect()
}

fn of_problem(document: &Document, problem: &Diagnostic) -> Value {
    let help = problem.advice().map(|help| format!("\nhelp: {}", visible(&help))).unwrap_or_default();
    let related: Vec<Value> = problem
        .related
        .iter()
        .map(|(span, words)| {
            json!({ "location": { "uri": document.uri, "range": document.line_range(*span) }, "message": visible(words) })
        })
        .collect();
    json!({
        "range": document.line_range(problem.span),
        "severity": match problem.level { Level::Error => 1, Level::Warning => 2 },
        "code": problem.code,
        "source": "sinew",
        "message": format!("{}{help}", visible(&problem.message)),
        "relatedInformation": related,
    })
}

fn of_finding(document: &Document, finding: &Finding) -> Value {
    json!({
        "range": document.line_range(finding.place),
        "severity": 4,
        "code": finding.rule,
        "source": "sinew",
        "message": format!("{} ({})", visible(&finding.message), finding.severity.as_str()),
        "data": { "finding": finding.id },
    })
}
