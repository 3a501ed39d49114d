//! The offline pages as files.

use super::document::markdown;
use super::file::File;
use crate::report::facts::offline::Page;
use crate::report::story::offline::offline;

/// The pages as files `offline/<id>.md`.
#[must_use]
pub fn files(pages: &[Page]) -> Vec<File> {
    pages.iter().map(|page| File::new(format!("offline/{}.md", page.system), markdown(&offline(page)))).collect()
}
