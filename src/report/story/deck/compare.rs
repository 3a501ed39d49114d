//! Scenarios beside today, on one slide.

use sinew_draw::deck::{Body, Deck, Slide};
use sinew_draw::theme::Theme;

use super::tables::{shown, words};
use super::titles::fitting;
use crate::report::facts::compare::{Comparison, Figures};
use crate::report::say::{hours, money, percent};
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
    };
    Deck {
        title: title(comparison),
        author: String::new(),
        day: comparison.stack.as_of.clone().unwrap_or_default(),
        theme: theme.clone(),
        slides: vec![slide],
    }
}

/// What the slide says: the scenario whose plan is worth most, where one stands out and all are counted alike.
fn claim(comparison: &Comparison) -> String {
    let plain = title(comparison);
    let net = |column: &Figures| column.plan.net_value.or(column.plan.net_hours).map_or(0.0, |net| net.get());
    let counted = |column: &Figures| (column.plan.counted_in, column.plan.horizon_weeks.get().to_bits());
    if comparison.columns().any(|column| counted(column) != counted(&comparison.today)) {
        return plain;
    }
    let best = comparison.scenarios.iter().reduce(|a, b| if net(&b.figures) > net(&a.figures) { b } else { a });
    let Some(best) = best.filter(|best| net(&best.figures) > net(&comparison.today)) else { return plain };
    let said = |column: &Figures| match column.plan.net_value {
        Some(value) => money(comparison.stack.currency.as_deref(), value.get()),
        None => hours(net(column)),
    };
    let (then, now) = (said(&best.figures), said(&comparison.today));
    let gap = best.figures.plan.gap;
    let gap = if gap > 0.0 { format!(", to within {}", percent(gap)) } else { String::new() };
    fitting(&[
        format!("“{}” leaves most to gain by its plan: {then} net, today's stack {now}{gap}", best.name),
        format!("“{}”: a plan worth {then} net, today's stack {now}", best.name),
        plain,
    ])
}
