//! Several stacks beside each other: where each stands, and what they share.

use super::{Chapter, Document, Part};
use crate::report::facts::portfolio::{Portfolio, Shared};
use crate::report::say::{Line, capital, spelled_of};
#[cfg(feature = "xlsx")]
use crate::report::tables::Summary;
use crate::report::tables::portfolio as tables;

/// The portfolio as a document.
#[must_use]
pub fn told_together(portfolio: &Portfolio) -> Document {
    let mut chapters = vec![
        Chapter::of("stacks", "Stacks", vec![Part::Table(tables::stacks(portfolio))]),
        Chapter::of("shared", "What they share", vec![Part::Table(tables::shared(portfolio))]),
    ];
    let unreadable = tables::unreadable(portfolio);
    chapters.extend(unreadable.map(|table| Chapter::of("unreadable", "Not read", vec![Part::Table(table)])));
    Document { title: Some(Line::of(title(portfolio))), lead: lead(portfolio), chapters, rest: "the JSON has them" }
}

/// `Portfolio: three stacks`.
fn title(portfolio: &Portfolio) -> String {
    format!("Portfolio: {}", spelled_of(portfolio.stacks.len(), "stack", "stacks"))
}

/// What could not be read, and what stops most.
fn lead(portfolio: &Portfolio) -> Vec<Line> {
    let unread = portfolio.unreadable.len();
    let unread = (unread > 0).then(|| {
        let is = if unread == 1 { "is" } else { "are" };
        format!("{} could not be read and {is} in no figure.", capital(&spelled_of(unread, "file", "files")))
    });
    let first = portfolio.shared.first().filter(|one| one.stops > 0).map(worst);
    unread.into_iter().chain(first).map(Line::of).collect()
}

/// `Salesforce is used by four stacks; without it three of them stop.`
fn worst(shared: &Shared) -> String {
    let (used, stops) = (shared.stacks.len(), shared.stops);
    let which = if stops == used {
        "each of them has a process that stops".to_owned()
    } else {
        let has = if stops == 1 { "has" } else { "have" };
        format!("{} {has} a process that stops", spelled_of(stops, "stack", "stacks"))
    };
    let open = match shared.unknown {
        0 => String::new(),
        some => format!("; of {} that is not known", spelled_of(some, "stack", "stacks")),
    };
    format!("{} is used by {}; without it {which}{open}.", shared.name, spelled_of(used, "stack", "stacks"))
}

/// The portfolio as a workbook: a sheet for each table.
#[cfg(feature = "xlsx")]
#[must_use]
pub fn portfolio_workbook(portfolio: &Portfolio) -> super::Workbook {
    // The day of a workbook is the last of those of its stacks.
    let day = portfolio.stacks.iter().filter_map(|row| row.as_of.clone()).max();
    let mut all = vec![tables::stacks(portfolio), tables::shared(portfolio)];
    all.extend(tables::unreadable(portfolio));
    let notes = vec![Line::of("Every figure is computed from the stack files; nothing follows an input here.")];
    super::Workbook {
        day: day.unwrap_or_default(),
        summary: Summary { title: title(portfolio), sentences: lead(portfolio), parts: Vec::new(), notes },
        tables: all,
        ..super::Workbook::default()
    }
}
