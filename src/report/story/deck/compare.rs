//! Scenarios beside today, on one slide.

use sinew_draw::deck::{Body, Deck, Slide};
use sinew_draw::theme::Theme;

use super::tables::{shown, words};
use super::titles::fitting;
use crate::report::facts::compare::{Compared, Comparison, Figures};
use crate::report::say::money;
use crate::report::story::compare::{edits, title};
use crate::report::tables::compare::scenarios;

/// The deck of one slide: the figures of today and of each scenario; its notes say what each scenario is.
#[must_use]
pub fn compared_deck(comparison: &Comparison, theme: &Theme) -> Deck {
    let table = scenarios(comparison);
    let mut notes: Vec<String> = Vec::new();
    for one in &comparison.scenarios {
        let why = one.why.as_ref().map(|why| format!(" {why}")).unwrap_or_default();
        notes.push(format!("{}:{why} {}", one.name, edits(one)));
    }
    notes.extend(table.notes.iter().map(words));
    let day = comparison.stack.as_of.as_ref().map(|day| format!(", as of {day}")).unwrap_or_default();
    let slide = Slide {
        title: claim(comparison),
        body: Body::Table(shown(&table)),
        source: format!("Source: {}{day}", comparison.stack.name),
        notes,
        ..Slide::default()
    };
    Deck {
        title: title(comparison),
        author: String::new(),
        day: comparison.stack.as_of.clone().unwrap_or_default(),
        theme: theme.clone(),
        slides: vec![slide],
    }
}

/// What the slide says: the scenario that saves most of what is known of each year, where one saves anything.
fn claim(comparison: &Comparison) -> String {
    let plain = title(comparison);
    let saved = |one: &Compared| {
        let cost = |column: &Figures| Some(column.standing.cost?.likely.get());
        let contracts = &one.contracts;
        let is_known = contracts.saved_unknown.is_empty() && contracts.added_unknown.is_empty();
        let by_hand = cost(&comparison.today)? - cost(&one.figures)?;
        is_known.then(|| by_hand + contracts.saved.likely.get() - contracts.added.likely.get())
    };
    let all = comparison.scenarios.iter().filter_map(|one| Some((one, saved(one)?)));
    let Some((best, saved)) = all.reduce(|a, b| if b.1 > a.1 { b } else { a }).filter(|(_, saved)| *saved >= 0.5)
    else {
        return plain;
    };
    let amount = money(comparison.stack.currency.as_deref(), saved);
    fitting(&[
        format!("“{}” saves {amount} a year of work by hand and contracts", best.name),
        format!("“{}” saves {amount} a year", best.name),
        plain,
    ])
}
