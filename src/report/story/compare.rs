//! Scenarios beside today: what each is, and how it compares.

use super::{Chapter, Document, Item, Part};
use crate::report::facts::compare::{Compared, Comparison};
use crate::report::say::{Line, listed, spelled_of};
#[cfg(feature = "xlsx")]
use crate::report::tables::Summary;
use crate::report::tables::compare::{findings, scenarios};

/// Ids that are named before the rest is counted.
const NAMED: usize = 8;

/// The comparison as a document.
#[must_use]
pub fn compared(comparison: &Comparison) -> Document {
    let chapters = vec![
        Chapter::of("scenarios", "", vec![Part::Items(comparison.scenarios.iter().map(item).collect())]),
        Chapter::of("figures", "Side by side", vec![Part::Table(scenarios(comparison))]),
        Chapter::of("findings", "Findings against today", vec![Part::Table(findings(comparison))]),
    ];
    Document { title: Some(Line::of(title(comparison))), chapters, rest: "the JSON has them", ..Document::default() }
}

/// `Acme: today and two scenarios`.
pub(super) fn title(comparison: &Comparison) -> String {
    let count = spelled_of(comparison.scenarios.len(), "scenario", "scenarios");
    format!("{}: today and {count}", comparison.stack.name)
}

/// A scenario with why and its edits.
fn item(one: &Compared) -> Item {
    let why = one.why.iter().map(|why| Line::told(why));
    Item { head: Line::strong(&one.name), details: why.chain(std::iter::once(Line::told(&edits(one)))).collect() }
}

/// `Retires jasper; adds azure-openai; changes marketo (owner); sets horizon of the plan.`
pub(super) fn edits(one: &Compared) -> String {
    let ids = |all: &[String]| -> String {
        let (named, more) = (&all[..all.len().min(NAMED)], all.len().saturating_sub(NAMED));
        if more > 0 { format!("{} and {more} more", named.join(", ")) } else { listed(named) }
    };
    let mut parts = Vec::new();
    if !one.retired.is_empty() {
        parts.push(format!("retires {}", ids(&one.retired)));
    }
    if !one.added.is_empty() {
        parts.push(format!("adds {}", ids(&one.added)));
    }
    if !one.changed.is_empty() {
        let changed = |change: &crate::report::facts::compare::Changed| match change.keys.as_slice() {
            [] => change.id.clone(),
            keys => format!("{} ({})", change.id, keys.join(", ")),
        };
        parts.push(format!("changes {}", ids(&one.changed.iter().map(changed).collect::<Vec<_>>())));
    }
    if !one.settings.is_empty() {
        parts.push(format!("plans with another {}", ids(&one.settings)));
    }
    if parts.is_empty() {
        return "Changes nothing.".into();
    }
    format!("{}.", crate::report::say::capital(&parts.join("; ")))
}

/// The comparison as a workbook: what each scenario is, and a sheet for each table.
#[cfg(feature = "xlsx")]
#[must_use]
pub fn compared_workbook(comparison: &Comparison) -> super::Workbook {
    let mut sentences = Vec::new();
    for one in &comparison.scenarios {
        let why = one.why.as_ref().map(|why| format!(" {why}")).unwrap_or_default();
        sentences.push(Line::told(&format!("{}:{why} {}", one.name, edits(one))));
    }
    let notes = vec![Line::of(
        "Every figure is computed from the stack file and the scenario files; nothing follows an input here.",
    )];
    super::Workbook {
        day: comparison.stack.as_of.clone().unwrap_or_default(),
        summary: Summary { title: title(comparison), sentences, parts: Vec::new(), notes },
        tables: vec![scenarios(comparison), findings(comparison)],
        ..super::Workbook::default()
    }
}
