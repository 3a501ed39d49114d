//! Findings in SARIF 2.1.0, the form in which code hosts and editors take them.
//!
//! The format: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 27 March 2020.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::report::facts::baseline::Change;
use crate::report::facts::diagnosis::{Diagnosis, Problem};
use crate::report::facts::finding::Finding;
use crate::report::facts::{RULES, Rule, Severity};
use crate::report::write::json_text;
use crate::source::Source;

/// Findings as a SARIF log with a line end. `change` tells which are new since a baseline; what is no longer found is
/// left out, as readers of SARIF would show it.
#[must_use]
pub fn sarif(findings: &[Finding], change: Option<&Change>, source: &Source) -> String {
    let changed = change.map(|change| [&change.new, &change.worse].map(|ids| ids.iter().collect::<BTreeSet<_>>()));
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let uri = uri(source.name());
    let results = findings.iter().map(|finding| {
        let mut result = result(finding, &uri);
        // Findings that share a fingerprint are told apart by their order, as readers show one of each.
        let nth = alike.entry(finding.fingerprint.to_string()).or_default();
        *nth += 1;
        let place = if *nth == 1 { String::new() } else { format!("#{nth}") };
        result["partialFingerprints"] = json!({ "sinewFingerprint/v2": format!("{}{place}", finding.fingerprint) });
        // Either all results of a run tell of suppressions or none does; an empty list means that there is none.
        let suppressions = finding.accepted.then(|| {
            let mut suppression = json!({ "kind": "inSource", "status": "accepted" });
            if let Some(why) = &finding.accepted_because {
                suppression["justification"] = why.as_str().into();
            }
            suppression
        });
        result["suppressions"] = suppressions.into_iter().collect();
        if let Some([new, worse]) = &changed {
            let state = match &finding.id {
                id if new.contains(id) => "new",
                id if worse.contains(id) => "updated",
                _ => "unchanged",
            };
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

/// What is wrong with a file that could not be read, as a SARIF log with a line end.
#[must_use]
pub fn sarif_of(diagnosis: &Diagnosis) -> String {
    let results: Vec<Value> = diagnosis.diagnostics.iter().map(problem).collect();
    json_text(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sinew",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
            } },
            "invocations": [{ "executionSuccessful": false, "exitCode": 2 }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn problem(problem: &Problem) -> Value {
    let help = problem.help.as_deref().map(|help| format!("\n\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": problem.code,
        "level": problem.level,
        "message": { "text": format!("{}{help}", problem.message) },
    });
    let Some(place) = &problem.location else { return result };
    let uri = uri(&place.file);
    result["locations"] = json!([{
        "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        },
    }]);
    let fixes: Vec<Value> = problem
        .fixes
        .iter()
        .map(|fix| {
            let replacements: Vec<Value> = fix
                .edits
                .iter()
                .map(|edit| {
                    json!({
                        "deletedRegion": {
                            "startLine": edit.line,
                            "startColumn": edit.column,
                            "endLine": edit.end_line,
                            "endColumn": edit.end_column,
                        },
                        "insertedContent": { "text": edit.text },
                    })
                })
                .collect();
            json!({
                "description": { "text": if fix.when.is_empty() { "the exact change" } else { fix.when.as_str() } },
                "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": replacements }],
            })
        })
        .collect();
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
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
