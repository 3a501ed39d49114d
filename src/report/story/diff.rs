//! What changed between two stacks, kind by kind.

use super::{Chapter, Document, Part};
use crate::report::facts::diff::{Diff, Moves};
use crate::report::say::Line;
use crate::report::tables::{Table, diff as tables};

/// Entries that are asked about before the rest is counted.
const ASKED: usize = 5;

/// The changes, kind by kind; kinds without any are left out.
#[must_use]
pub fn changes(diff: &Diff) -> Document {
    let (old, new) = (&diff.old.name, &diff.new.name);
    let title = if old == new { format!("{new}: what changed") } else { format!("From {old} to {new}: what changed") };
    let title = Some(Line::of(title));
    let mut lead = Vec::new();
    if !diff.changed {
        lead.push(Line::of("Nothing changed: the two files state the same, and all results are equal."));
    } else if diff.figures.is_empty() {
        lead.push(Line::of("The file changed, and no figure moved."));
    } else {
        let many = many_of;
        let moving = diff.changes.iter().filter(|change| change.moved == Moves::Figures).count();
        let by = match moving {
            0 => "by none of them alone".to_owned(),
            some if some == diff.changes.len() => String::new(),
            some => format!("by {some} of them"),
        };
        let by = if by.is_empty() { by } else { format!(", {by}") };
        lead.push(Line::of(format!(
            "{} in the file; {} moved{by}.",
            many(diff.changes.len(), "difference", "differences"),
            many(tables::moved(diff).rows.len(), "figure", "figures"),
        )));
    }
    if !diff.renamed.is_empty() {
        let renamed: Vec<String> = diff.renamed.iter().map(|one| format!("{} is now {}", one.old, one.new)).collect();
        lead.push(Line::of(format!("Renamed: {}.", renamed.join(", "))));
    }
    if !diff.perhaps_renamed.is_empty() {
        let mut line = Line::of("Removed and added, or renamed? ");
        for (at, one) in diff.perhaps_renamed.iter().take(ASKED).enumerate() {
            line = if at > 0 { line.and("; ") } else { line };
            line = line
                .and(format!("{} ", one.kind))
                .and_code(&one.old)
                .and(" and ")
                .and_code(&one.new)
                .and(": if they are one, write ");
            line = line.and_code(&format!("was: {}", one.old)).and(" at the new one");
        }
        let more = diff.perhaps_renamed.len().saturating_sub(ASKED);
        lead.push(if more > 0 { line.and(format!("; and {more} more.")) } else { line.and(".") });
    }
    if diff.untried > 0 {
        lead.push(Line::of(format!(
            "{} of the differences were not tried alone, as the stacks are large: what they moved is not told apart.",
            diff.untried
        )));
    }
    if diff.unplanned > 0 {
        let open: Vec<&str> =
            diff.figures.iter().filter(|figure| figure.untried > 0).map(|figure| figure.path.as_str()).collect();
        if !open.is_empty() {
            let of = diff.changes.iter().filter(|change| change.key.as_deref() != Some("id")).count();
            lead.push(Line::of(format!(
                "A plan is much work: {} of the {of} differences were tried without one. The {} of the plan that moved may be moved \
                 by these too.",
                diff.unplanned,
                many_of(open.len(), "figure", "figures")
            )));
        }
    }
    let tables = [
        tables::figures(diff),
        tables::changes(diff),
        tables::findings(diff),
        tables::single_points(diff),
        tables::criteria(diff),
        tables::moved(diff),
        tables::without_effect(diff),
    ];
    let chapter = |table: Table| Chapter::of(table.id, table.name, vec![Part::Table(table)]);
    let is_told = |table: &Table| diff.changed && !table.rows.is_empty();
    let chapters = tables.into_iter().filter(is_told).map(chapter).collect();
    Document { title, lead, chapters, rest: "the JSON has them" }
}

fn many_of(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
