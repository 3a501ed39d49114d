//! What changed since an earlier report, as far as findings go: the gate of a pull request.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::analysis::Severity;
use crate::report::facts::Report;
use crate::report::facts::finding::Finding;
use crate::source::visible;

/// The findings of an earlier report.
#[derive(Clone, Debug)]
pub struct Baseline {
    findings: Vec<Earlier>,
}

/// A finding as an earlier report has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "EarlierFinding")]
pub struct Earlier {
    /// Id of the finding, `rule:subject`, which a later report is matched by.
    pub id: String,
    /// The severity in the earlier report.
    pub severity: String,
    /// The sentence in the earlier report.
    pub message: String,
    #[serde(default, skip_serializing)]
    accepted: bool,
}

/// As much of a report as a baseline needs; all other keys may be there.
#[derive(Deserialize)]
struct Shape {
    sinew: u32,
    findings: Option<Vec<Earlier>>,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineError {
    /// It is no report in JSON; why, with line and column.
    NotAReport(String),
    /// It is a report of another version.
    Version(u32),
    /// It is a report without findings.
    NoFindings,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReport(why) => write!(f, "expected a report in JSON: {}", visible(why)),
            Self::Version(version) => {
                write!(f, "the report has version {version}; expected version {}", Report::VERSION)
            }
            Self::NoFindings => {
                f.write_str("the report has no findings; write one with `sinew check --format json` or `sinew report`")
            }
        }
    }
}

impl std::error::Error for BaselineError {}

/// What changed since the baseline. A finding that is accepted does not stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Findings that stand now and did not then, by id, in the order of the report. One whose acceptance has ended is
    /// among them.
    pub new: Vec<String>,
    /// Those that stand now as they did then.
    pub unchanged: Vec<String>,
    /// Of the unchanged ones, those whose severity is higher now.
    pub graver: Vec<String>,
    /// Those that stood then and are accepted now.
    pub accepted: Vec<String>,
    /// Those that stood then and are not found any more, in the order of the baseline.
    pub fixed: Vec<Earlier>,
}

impl Baseline {
    /// The baseline in `text`, a report in JSON.
    ///
    /// # Errors
    /// Where `text` is no report, is one of another version, or has no findings.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let shape: Shape = serde_json::from_str(text).map_err(|error| BaselineError::NotAReport(error.to_string()))?;
        if shape.sinew != Report::VERSION {
            return Err(BaselineError::Version(shape.sinew));
        }
        Ok(Self { findings: shape.findings.ok_or(BaselineError::NoFindings)? })
    }

    /// What changed since, when `now` is what is found today.
    #[must_use]
    pub fn change(&self, now: &[Finding]) -> Change {
        let stood = self.findings.iter().filter(|earlier| !earlier.accepted);
        let stood: BTreeMap<&str, &Earlier> = stood.map(|earlier| (earlier.id.as_str(), earlier)).collect();
        let found: BTreeSet<&str> = now.iter().map(|finding| finding.id.as_str()).collect();
        let ids = |wanted: &dyn Fn(&Finding) -> bool| -> Vec<String> {
            now.iter().filter(|finding| wanted(finding)).map(|finding| finding.id.clone()).collect()
        };
        let stood_then = |finding: &Finding| stood.get(finding.id.as_str()).copied();
        let mut told = BTreeSet::new();
        let gone = self.findings.iter().filter(|earlier| !earlier.accepted && !found.contains(earlier.id.as_str()));
        Change {
            new: ids(&|finding| !finding.accepted && stood_then(finding).is_none()),
            unchanged: ids(&|finding| !finding.accepted && stood_then(finding).is_some()),
            graver: ids(&|finding| {
                !finding.accepted && stood_then(finding).is_some_and(|earlier| is_graver(finding.severity, earlier))
            }),
            accepted: ids(&|finding| finding.accepted && stood_then(finding).is_some()),
            // A baseline that names one twice is told it once.
            fixed: gone.filter(|earlier| told.insert(earlier.id.as_str())).cloned().collect(),
        }
    }
}

/// Whether `severity` is higher than the one then; of an unknown word nothing can be said.
fn is_graver(severity: Severity, earlier: &Earlier) -> bool {
    let then = Severity::ALL.iter().find(|(_, word)| *word == earlier.severity);
    then.is_some_and(|(then, _)| severity < *then)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::facts::Location;

    fn finding(id: &str, severity: Severity, accepted: bool) -> Finding {
        Finding {
            id: id.into(),
            rule: "r".into(),
            severity,
            subjects: vec!["s".into()],
            message: "m".into(),
            evidence: vec!["e".into()],
            cost: None,
            location: Location { file: "f".into(), line: 1, column: 1, end_line: 1, end_column: 2 },
            plan_items: None,
            accepted,
            accepted_because: None,
        }
    }

    #[test]
    fn every_way_from_then_to_now_has_its_list() {
        let text = r#"{ "sinew": 1, "more": [1], "findings": [
            { "id": "stays", "severity": "low", "message": "m", "accepted": false, "rule": "r" },
            { "id": "worse", "severity": "low", "message": "m" },
            { "id": "gone", "severity": "high", "message": "was" },
            { "id": "gone", "severity": "high", "message": "was" },
            { "id": "ended", "severity": "high", "message": "m", "accepted": true },
            { "id": "gone-accepted", "severity": "high", "message": "m", "accepted": true },
            { "id": "settled", "severity": "high", "message": "m" } ] }"#;
        let now = [
            finding("worse", Severity::High, false),
            finding("ended", Severity::High, false),
            finding("fresh", Severity::Medium, false),
            finding("fresh-accepted", Severity::Medium, true),
            finding("settled", Severity::Medium, true),
            finding("stays", Severity::Low, false),
        ];
        let change = Baseline::parse(text).unwrap().change(&now);
        assert_eq!(change.new, ["ended", "fresh"]);
        assert_eq!(change.unchanged, ["worse", "stays"]);
        assert_eq!(change.graver, ["worse"]);
        assert_eq!(change.accepted, ["settled"]);
        let fixed: Vec<&str> = change.fixed.iter().map(|earlier| earlier.id.as_str()).collect();
        assert_eq!(fixed, ["gone"]);
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_a_reason() {
        let refused = |text: &str| Baseline::parse(text).unwrap_err();
        assert!(matches!(refused("{"), BaselineError::NotAReport(why) if why.contains("line 1")));
        assert!(matches!(refused(&"[".repeat(100_000)), BaselineError::NotAReport(_)));
        assert!(matches!(refused(r#"{ "sinew": 1, "findings": [ { "id": 3 } ] }"#), BaselineError::NotAReport(_)));
        assert_eq!(refused(r#"{ "sinew": 2, "findings": [] }"#), BaselineError::Version(2));
        assert_eq!(refused(r#"{ "sinew": 1 }"#), BaselineError::NoFindings);
    }
}
