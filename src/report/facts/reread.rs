//! An earlier report, read from its JSON: what is common to all that take one.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::report::facts::Report;
use crate::source::visible;

/// Why a text is no report of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAReport {
    /// It is not what a report looks like; why, with line and column.
    Unlike(String),
    /// It is another file that is known, named with its article.
    Another(&'static str),
    /// It is a report of another version.
    Version(String),
}

impl fmt::Display for NotAReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlike(why) => write!(f, "expected a report of sinew in JSON: {}", visible(why)),
            Self::Another(what) => write!(f, "expected a report of sinew, found {what}"),
            Self::Version(version) => {
                write!(f, "the report has version {}, expected version {}", visible(version), Report::VERSION)
            }
        }
    }
}

/// What tells other files of JSON from a report.
#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Shape {
    sinew: Option<Version>,
    findings: Option<IgnoredAny>,
    runs: Option<IgnoredAny>,
    systems: Option<IgnoredAny>,
    old: Option<IgnoredAny>,
}

/// Any number; which one is judged later.
#[derive(Deserialize)]
#[serde(transparent)]
struct Version(f64);

/// As much of the report in `text` as `T` wants; all other keys may be there.
pub(super) fn reread<T: DeserializeOwned>(text: &str) -> Result<T, NotAReport> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().chars().next() {
        None => return Err(NotAReport::Another("an empty file")),
        Some('{') => {}
        Some('[') => return Err(NotAReport::Another("a list")),
        Some('<') => return Err(NotAReport::Another("a page or a picture")),
        Some(_) if text.lines().any(|line| line.starts_with("sinew:")) => {
            return Err(NotAReport::Another("a stack file"));
        }
        Some(_) => {}
    }
    let shape: Shape = serde_json::from_str(text).map_err(|error| unlike(&error))?;
    let another = [
        (shape.runs.is_some(), "findings in SARIF"),
        (shape.systems.is_some() && shape.findings.is_none(), "a stack file"),
        (shape.old.is_some(), "the answer of `sinew diff`"),
        (shape.sinew.is_none(), "JSON of something else: it has no key `sinew`"),
    ];
    if let Some((_, what)) = another.into_iter().find(|(is_it, _)| *is_it) {
        return Err(NotAReport::Another(what));
    }
    let version = shape.sinew.map_or(0.0, |version| version.0);
    if version != f64::from(Report::VERSION) {
        return Err(NotAReport::Version(version.to_string()));
    }
    serde_json::from_str(text).map_err(|error| unlike(&error))
}

/// What the reader of JSON says, in the words of those who do not write programs.
fn unlike(error: &serde_json::Error) -> NotAReport {
    const WORDS: [(&str, &str); 9] = [
        ("invalid type: sequence", "found a list"),
        ("invalid type: map", "found a mapping"),
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("expected a sequence", "expected a list"),
        ("expected a map", "expected a mapping"),
        ("expected a boolean", "expected true or false"),
        ("expected f64", "expected a number"),
        ("invalid length", "wrong length"),
    ];
    NotAReport::Unlike(WORDS.iter().fold(error.to_string(), |text, (theirs, ours)| text.replace(theirs, ours)))
}
