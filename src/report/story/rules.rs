//! The rules that there are.

use super::{Chapter, Document, Part};
use crate::report::tables;

/// All rules with default severity and what they find.
#[must_use]
pub fn rules() -> Document {
    let chapter = Chapter::of("rules", "", vec![Part::Table(tables::rules())]);
    Document { chapters: vec![chapter], ..Document::default() }
}
