//! Findings in SARIF 2.1.0, the form in which code hosts and editors take them.
//!
//! The format: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 27 March 2020.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::baseline::Change;
use super::finding::Finding;
use super::json_text;
use crate::analysis::acceptance::acceptance_of;
use crate::analysis::{self, Analysis, RULES, Rule, Severity};
use crate::source::Source;

/// `found`, the findings of `analysis`, and how they are `shown` in a report, as a SARIF log with a line end. `change`
/// tells which are new since a baseline; what is no longer found is left out, as readers of SARIF would show it.
///
/// # Panics
/// Where `shown` are not the same findings in the same order.
#[must_use]
pub fn sarif(
    analysis: &Analysis<'_>,
    found: &[analysis::Finding],
    shown: &[Finding],
    change: Option<&Change>,
    source: &Source,
) -> String {
    assert_eq!(found.len(), shown.len(), "every finding is shown");
    let new: Option<BTreeSet<&str>> = change.map(|change| change.new.iter().map(String::as_str).collect());
    let uri = uri(source.name());
    let results = found.iter().zip(shown).map(|(found, shown)| {
        let mut result = result(shown, &uri);
        // Either all results of a run tell of suppressions or none does; an empty list means that there is none.
        let suppressions = acceptance_of(analysis.stack, found).map(|row| {
            let mut suppression = json!({ "kind": "inSource", "status": "accepted" });
            if let Some(why) = &row.why {
                suppression["justification"] = why.as_str().into();
            }
            suppression
        });
        result["suppressions"] = suppressions.into_iter().collect();
        if let Some(new) = &new {
            let state = if new.contains(shown.id.as_str()) { "new" } else { "unchanged" };
            result["baselineState"] = state.into();
        }
        result
    });
    let driver = json!({
        "name": "sinew",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
    });
    json_text(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "artifacts": [{ "location": { "uri": uri }, "roles": ["analysisTarget"] }],
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    }))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding, uri: &str) -> Value {
    let place = &finding.location;
    let text = format!("{}\n\n{}", finding.message, finding.evidence.join("\n"));
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri, "index": 0 },
                "region": {
                    "startLine": place.line,
                    "startColumn": place.column,
                    "endLine": place.end_line,
                    "endColumn": place.end_column,
                },
            },
            "logicalLocations": finding.subjects.iter().map(|id| json!({ "name": id })).collect::<Vec<_>>(),
        }],
        // Ids hold no line numbers: they stay when the file is edited elsewhere.
        "partialFingerprints": { "sinewFindingId/v1": finding.id },
        "properties": { "cost": finding.cost, "evidence": finding.evidence },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = index.into();
    }
    result
}

/// A path as a relative reference (RFC 3986), or as a `file` URI where it is absolute.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    } else if path.as_bytes().get(1..3) == Some(b":/") {
        out.push_str("file:///");
    }
    for byte in path.bytes() {
        // A colon in the first part of a relative reference would begin a scheme, so colons are not kept anywhere.
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references_that_lead_to_the_file() {
        assert_eq!(uri("./a b/stäck.yaml"), "a%20b/st%C3%A4ck.yaml");
        assert_eq!(uri("/tmp/x#1.yaml"), "file:///tmp/x%231.yaml");
        assert_eq!(uri("C:\\stacks\\x.yaml"), "file:///C%3A/stacks/x.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        assert_eq!(uri("a:b"), "a%3Ab");
    }
}
