//! The findings of an earlier report, read from its JSON.

use std::collections::HashSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::analysis::{EntryKind, Fingerprint, Renames};
use crate::model::Stack;
use crate::source::visible;

use super::reread::{NotAReport, reread};

/// The findings of an earlier report, and the systems of its stack.
#[derive(Clone, Debug)]
pub struct Baseline {
    systems: Vec<String>,
    findings: Vec<Earlier>,
}

/// A finding as an earlier report has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "EarlierFinding")]
#[serde(expecting = "a finding")]
pub struct Earlier {
    /// Id of the finding in the earlier report.
    pub id: String,
    /// What it is known by in a later report.
    #[serde(serialize_with = "text", deserialize_with = "fingerprint")]
    #[schemars(with = "String")]
    pub fingerprint: Fingerprint,
    /// The severity in the earlier report.
    pub severity: String,
    /// The sentence in the earlier report.
    pub message: String,
    #[serde(default, skip_serializing)]
    pub(super) data: Vec<String>,
    #[serde(default, skip_serializing)]
    pub(super) processes: Vec<String>,
    #[serde(default, skip_serializing)]
    pub(super) cost: Option<f64>,
    #[serde(default, skip_serializing, rename = "accepted")]
    pub(super) is_accepted: bool,
}

fn text<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fingerprint)
}

fn fingerprint<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fingerprint, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|()| serde::de::Error::custom(format!("expected the fingerprint of a finding, found `{text}`")))
}

/// As much of a report as a baseline needs.
#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Shape {
    stack: Option<Overview>,
    findings: Option<Vec<Earlier>>,
}

#[derive(Deserialize)]
#[serde(expecting = "what the report says of its stack")]
struct Overview {
    ids: Option<Vec<String>>,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineError {
    /// It is no report of ours.
    NotAReport(NotAReport),
    /// It is a report without findings.
    NoFindings,
    /// It is a report whose findings have no fingerprints: an earlier sinew wrote it.
    TooOld,
    /// It is a report on a stack that has no system in common with this one; some of the systems there.
    AnotherStack(Vec<String>),
}

/// How a baseline is written.
const WRITE_ONE: &str = "write one with `sinew check STACK --format json`, or take `report.json` of `sinew report`";

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReport(why) => write!(f, "{why}; {WRITE_ONE}"),
            Self::NoFindings => write!(f, "the report has no findings; {WRITE_ONE}"),
            Self::TooOld => write!(
                f,
                "an earlier sinew wrote this report: its findings cannot be told apart; {WRITE_ONE}, from the stack file \
                 as it was then"
            ),
            Self::AnotherStack(there) => {
                let there: Vec<String> = there.iter().map(|id| format!("`{}`", visible(id))).collect();
                write!(
                    f,
                    "the report is about another stack: none of its systems is in this one (there: {}). If they were \
                     renamed, say so here: `was: OLD-ID`",
                    there.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// The baseline in `text`, a report in JSON.
    ///
    /// # Errors
    /// Where `text` is no report, is one of another version, or has no findings.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let shape: Shape = reread(text).map_err(refused)?;
        let findings = shape.findings.ok_or(BaselineError::NoFindings)?;
        let systems = shape.stack.and_then(|stack| stack.ids).ok_or(BaselineError::TooOld)?;
        Ok(Self { systems, findings })
    }

    /// The findings of the report, in its order.
    #[must_use]
    pub fn findings(&self) -> &[Earlier] {
        &self.findings
    }

    /// The baseline in the ids that `stack` has now, by what `was` says there.
    ///
    /// # Errors
    /// Where it is about another stack: both have systems, and none is in both.
    pub fn for_stack(mut self, stack: &Stack) -> Result<Self, BaselineError> {
        let had = self.entries();
        let renames = Renames::of(stack, |kind, id| had.contains(&(kind, id)));
        let now = |kind: EntryKind, ids: &mut Vec<String>| {
            ids.iter_mut().for_each(|id| *id = renames.id_now(kind, id));
            ids.sort_unstable();
            ids.dedup();
        };
        now(EntryKind::System, &mut self.systems);
        for finding in &mut self.findings {
            finding.fingerprint = finding.fingerprint.renamed(|kind, id| renames.new_id(kind, id));
            now(EntryKind::Data, &mut finding.data);
            now(EntryKind::Process, &mut finding.processes);
        }
        let is_known = |id: &String| stack.find_system(id).is_some();
        if self.systems.is_empty() || stack.systems.is_empty() || self.systems.iter().any(is_known) {
            return Ok(self);
        }
        Err(BaselineError::AnotherStack(self.systems.iter().take(3).cloned().collect()))
    }

    /// What its stack had; of what is no system only what a finding names.
    fn entries(&self) -> HashSet<(EntryKind, &str)> {
        let mut all: HashSet<_> = self.systems.iter().map(|id| (EntryKind::System, id.as_str())).collect();
        for finding in &self.findings {
            all.extend(finding.fingerprint.entries());
            all.extend(finding.data.iter().map(|id| (EntryKind::Data, id.as_str())));
            all.extend(finding.processes.iter().map(|id| (EntryKind::Process, id.as_str())));
        }
        all
    }
}

/// What is missing in each finding, where it is that.
fn refused(why: NotAReport) -> BaselineError {
    match why {
        NotAReport::Unlike(text) if text.contains("missing field `fingerprint`") => BaselineError::TooOld,
        NotAReport::Unlike(text) => {
            BaselineError::NotAReport(NotAReport::Unlike(text.replace("missing field", "a finding lacks")))
        }
        why => BaselineError::NotAReport(why),
    }
}
