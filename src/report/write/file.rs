//! A file to be written, as a name and bytes.

/// One file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path within the folder of the report: names made of ids, separated by `/`.
    pub path: String,
    /// The content, complete and final.
    pub bytes: Vec<u8>,
}

impl File {
    /// The file at `path` with these contents.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}
