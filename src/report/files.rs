//! Everything that a report writes, as names and bytes; nothing is written here.

use super::document::markdown;
use super::{Report, json, page};

/// One file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path within the folder of the report: names made of ids, parted by `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    /// The file at `path` with these contents.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// The files that show `report`.
#[must_use]
pub fn files(report: &Report) -> Vec<File> {
    vec![File::new("report.json", json(report)), File::new("report.md", markdown(&page(report)))]
}
