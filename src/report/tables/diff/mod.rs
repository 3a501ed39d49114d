//! The tables of what changed between two stacks.

mod criteria;
mod entries;
mod figures;
mod findings;
mod moved;
mod single_points;
mod words;

pub use criteria::criteria;
pub use entries::{changes, without_effect};
pub use figures::figures;
pub use findings::findings;
pub use moved::moved;
pub use single_points::single_points;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{diff_of, words};

    const OLD: &str = include_str!("../../../../tests/golden/02-one-handoff/stack.yaml");

    #[test]
    fn a_handoff_that_is_automated_changes_flow_findings_and_hours() {
        let manual = "copy-paste, performer: content, runs: 12/week, minutes: [10, 15, 25], error_rate: 4%";
        assert!(OLD.contains(manual));
        let diff = diff_of(OLD, &OLD.replacen(manual, "native", 1));
        let changes = changes(&diff);
        let keys: Vec<String> = (0..changes.rows.len()).map(|at| words(&changes, at, &["key"]).concat()).collect();
        let keys: Vec<String> = keys.into_iter().filter(|key| key != "performer").collect();
        assert_eq!(keys, ["mechanism", "runs", "minutes", "error_rate"]);
        assert_eq!(words(&changes, 0, &["change", "now"]), ["changed", "native"]);
        let moved = moved(&diff);
        let hours = moved.rows.iter().position(|row| row.id == "handoff_totals.hours").expect("hours moved");
        assert!(words(&moved, hours, &["by"])[0].contains("mechanism of "), "{:?}", words(&moved, hours, &["by"]));
        let found = findings(&diff);
        assert!((0..found.rows.len()).any(|at| words(&found, at, &["change"]) == ["fixed"]));
        let figures = figures(&diff);
        let hours = figures.rows.iter().position(|row| row.id == "hours").expect("hours are told");
        assert_ne!(words(&figures, hours, &["before"]), ["0"]);
        assert_eq!(words(&figures, hours, &["now"]), ["0"]);
        assert_eq!(criteria(&diff).rows.len(), diff.stage.criteria.len());
        assert_eq!(single_points(&diff).rows.len(), diff.single_points.len());
    }
}
