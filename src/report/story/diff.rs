//! What changed between two stacks, kind by kind.

use super::{Chapter, Document, Part};
use crate::report::facts::diff::{Diff, Moves};
use crate::report::say::Line;
use crate::report::tables::{Table, diff as tables};

/// The changes, all of them or the first of each kind; kinds without any are left out.
#[must_use]
pub fn changes(diff: &Diff, all: bool) -> Document {
    let (old, new) = (&diff.old.name, &diff.new.name);
    let title = if old == new { format!("{new}: what changed") } else { format!("From {old} to {new}: what changed") };
    let title = Some(Line::of(title));
    let mut lead = Vec::new();
    if !diff.changed {
        lead.push(Line::of("Nothing changed: the two files state the same, and all results are equal."));
    } else if diff.figures.is_empty() {
        lead.push(Line::of("The file changed, and no figure moved."));
    } else {
        let many = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
        let moving = diff.changes.iter().filter(|change| change.moved == Moves::Figures).count();
        lead.push(Line::of(format!(
            "{} in the file; {} moved, by {} of them.",
            many(diff.changes.len(), "difference", "differences"),
            many(diff.figures.len(), "figure", "figures"),
            moving
        )));
    }
    if !diff.renamed.is_empty() {
        let renamed: Vec<String> = diff.renamed.iter().map(|one| format!("{} is now {}", one.old, one.new)).collect();
        lead.push(Line::of(format!("Renamed: {}.", renamed.join(", "))));
    }
    if diff.untried > 0 {
        lead.push(Line::of(format!(
            "{} of the differences were not tried alone, as the stacks are large: what they moved is not told apart.",
            diff.untried
        )));
    }
    let tables = [
        tables::figures(diff),
        tables::changes(diff),
        tables::findings(diff),
        tables::single_points(diff),
        tables::criteria(diff),
        tables::moved(diff, all),
        tables::without_effect(diff),
    ];
    let chapter = |table: Table| Chapter::of(table.id, table.name, vec![Part::Table(table)]);
    let is_told = |table: &Table| diff.changed && !table.rows.is_empty();
    let chapters = tables.into_iter().filter(is_told).map(chapter).collect();
    Document { title, lead, chapters }
}
