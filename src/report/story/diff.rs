//! What changed between two stacks, kind by kind.

use super::{Chapter, Document, Part};
use crate::report::facts::diff::Diff;
use crate::report::say::Line;
use crate::report::tables::{Table, diff as tables};

/// The changes; kinds without any are left out.
#[must_use]
pub fn changes(diff: &Diff) -> Document {
    let (old, new) = (&diff.old.name, &diff.new.name);
    let title = if old == new { format!("{new}: what changed") } else { format!("From {old} to {new}: what changed") };
    let title = Some(Line::of(title));
    if !diff.changed {
        let lead = vec![Line::of("Nothing changed that counts for the results.")];
        return Document { title, lead, ..Document::default() };
    }
    let all = [
        tables::figures(diff),
        tables::entries("systems", "Systems", &diff.systems),
        tables::entries("flows", "Flows", &diff.flows),
        tables::findings(diff),
        tables::single_points(diff),
        tables::criteria(diff),
    ];
    let chapter = |table: Table| Chapter::of(table.id, table.name, vec![Part::Table(table)]);
    let chapters = all.into_iter().filter(|table| !table.rows.is_empty()).map(chapter).collect();
    Document { title, lead: Vec::new(), chapters }
}
