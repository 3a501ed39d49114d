//! Where each stack of a portfolio stands.

use super::unreadable::wrong_with;
use crate::report::facts::compare::Figures;
use crate::report::facts::plan::Reached;
use crate::report::facts::portfolio::{First, NextStage, Portfolio, Row as Stack};
use crate::report::facts::{Number, Range};
use crate::report::say::{Amount, Bound, Line, a_year, counted, in_currency, per_hour, plain};
use crate::report::tables::before_after::known;
use crate::report::tables::{Cell, Column, Kind, Row, Table, Tone};

/// A row a stack, in the order of the call.
#[must_use]
pub fn stacks(portfolio: &Portfolio) -> Table {
    let currency = portfolio.currency();
    let mut columns = vec![Column::new("stack", "Stack", Kind::Words).on_slides()];
    if portfolio.has_several_currencies() {
        columns.push(Column::new("currency", "Currency", Kind::Words).on_slides());
    }
    columns.extend([
        Column::new("stage", "Stage", Kind::Words).on_slides(),
        Column::new("hours", "Hours a year by hand", Kind::Hours).on_slides(),
        Column::new("cost", a_year("Cost of that", currency), Kind::Money).on_slides(),
        Column::new("worst", "Worst single outage", Kind::Words).on_slides(),
        Column::new("worst_cost", per_hour("Cost of that", currency), Kind::Money).on_slides(),
        Column::new("first", "Build first", Kind::Words).on_slides(),
        Column::new("worth", a_year("Worth of that", currency), Kind::Money).on_slides(),
        Column::new("next", "Next stage", Kind::Words).on_slides(),
        Column::new("price", in_currency("Price of that", currency), Kind::Money).on_slides(),
        Column::new("days", "Person-days more for it", Kind::Days).detail(),
        Column::new("file", "File", Kind::Words).detail(),
    ]);
    let table = Table::new("portfolio", "Stacks", ["stack", "stacks"], columns);
    Table {
        title: "Where each stack stands".into(),
        empty: "No stack could be read.".into(),
        rows: portfolio.stacks.iter().map(|stack| row(portfolio, stack)).collect(),
        notes: notes(portfolio),
        is_answer: true,
        ..table
    }
}

/// The same with a row for each file that could not be read, and what is wrong with it in a column of its own: for programs, which see
/// no table but this one.
#[must_use]
pub fn files(portfolio: &Portfolio) -> Table {
    let mut table = stacks(portfolio);
    table.columns.push(Column::new("error", "Error", Kind::Words));
    table.rows.iter_mut().for_each(|row| row.cells.push(Cell::Empty));
    let broken = portfolio.unreadable.iter().enumerate().map(|(at, file)| {
        let cell = |column: &Column| match column.key {
            "stack" | "file" => Cell::text(file.file.as_str()),
            "error" => wrong_with(file),
            _ => Cell::NotKnown,
        };
        Row {
            id: format!("{}:{}", at + 1, file.file),
            cells: table.columns.iter().map(cell).collect(),
            ..Row::default()
        }
    });
    let broken: Vec<Row> = broken.collect();
    table.rows.extend(broken);
    table
}

fn notes(portfolio: &Portfolio) -> Vec<Line> {
    if portfolio.stacks.is_empty() {
        return Vec::new();
    }
    let price = "The price of the next stage is what the best plan that reaches it is worth less than the best plan, within the horizon of \
                 each stack. A figure is “at least” so much where a part of it is not known.";
    let currencies = "Money is in the currency of each stack, and never added up over several.";
    let several = portfolio.has_several_currencies().then(|| Line::of(currencies));
    std::iter::once(Line::of(price)).chain(several).collect()
}

fn row(portfolio: &Portfolio, stack: &Stack) -> Row {
    let Figures { standing, worst_outage, .. } = &stack.figures;
    // The likely values: ranges below each other would hide what differs.
    let likely = |range: Option<Range>, unknown: usize| {
        // That a file names no work by hand does not say that there is none.
        if standing.handoffs == 0 {
            return Cell::text("none stated");
        }
        let amount = known(range, unknown).map(|one| Amount { bound: one.bound, ..Amount::of(one.likely) });
        amount.map_or(Cell::NotKnown, Cell::Amount)
    };
    let worst = match worst_outage {
        Some(worst) => {
            Cell::text(format!("{}: {}", worst.name, counted(worst.processes, "process stops", "processes stop")))
        }
        None if stack.processes == 0 => Cell::NotKnown,
        None => Cell::text("none stops a process"),
    };
    let worst_cost = match worst_outage {
        Some(worst) => {
            let bound = if worst.cost_unknown > 0 { Bound::AtLeast } else { Bound::Value };
            let cost = worst.cost_per_hour.map(|cost| Amount { bound, ..Amount::of(cost.get()) });
            cost.map_or(Cell::NotKnown, Cell::Amount)
        }
        None if stack.processes == 0 => Cell::NotKnown,
        None => Cell::NothingToJudge,
    };
    let next = stack.next_stage.as_ref();
    let currency = Cell::or_missing(stack.currency.as_deref(), "not stated");
    let mut cells = vec![Cell::name(&stack.file, &stack.name)];
    cells.extend(portfolio.has_several_currencies().then_some(currency));
    cells.extend([
        Cell::text(format!("{} {}", standing.stage, stack.stage_name)),
        likely(standing.hours, standing.hours_unknown),
        likely(standing.cost, standing.cost_unknown),
        worst,
        worst_cost,
        stack.first.as_ref().map_or(Cell::text("nothing pays"), |first| Cell::text(&first.title)),
        stack.first.as_ref().map_or(Cell::NothingToJudge, worth),
        next.map_or(Cell::text("none is higher"), next_stage),
        next.map_or(Cell::NothingToJudge, price),
        next.map_or(Cell::NothingToJudge, |next| {
            next.days.map_or(Cell::NothingToJudge, |days| Cell::number(Some(days.get())))
        }),
        Cell::Code(stack.file.clone()),
    ]);
    Row { id: stack.name.clone(), cells, ..Row::default() }
}

/// What the first item earns, or saves where the plan counts hours; one that only meets an obligation earns nothing.
fn worth(first: &First) -> Cell {
    match (first.value, first.hours) {
        (Some(value), _) => Cell::Amount(Amount::of(value.likely.get())),
        (None, Some(hours)) => in_hours(hours.likely),
        (None, None) => Cell::NotKnown,
    }
}

fn next_stage(next: &NextStage) -> Cell {
    let name = format!("{} {}", next.stage, next.name);
    match (next.reached, next.settled) {
        (Reached::Yes, _) => Cell::text(name),
        (Reached::IfVerified, _) => Cell::Word(format!("{name}, if verified"), Tone::Fair),
        (Reached::No, true) if next.unreachable > 0 => {
            let open = counted(next.unreachable, "criterion", "criteria");
            Cell::Word(format!("{name}: not reached, as nothing known meets {open}"), Tone::Bad)
        }
        (Reached::No, true) => Cell::Word(format!("{name}: not reached"), Tone::Bad),
        (Reached::No, false) => Cell::Word(format!("{name}: not settled"), Tone::Fair),
    }
}

fn price(next: &NextStage) -> Cell {
    match (next.net_value, next.net_hours) {
        (Some(money), _) => Cell::Amount(Amount::of(money.get())),
        (None, Some(hours)) => in_hours(hours),
        // No plan reaches it, so it has no price.
        (None, None) => Cell::NothingToJudge,
    }
}

/// Hours in a column of money.
fn in_hours(hours: Number) -> Cell {
    Cell::text(format!("{} hours", plain(Kind::Hours, hours.get())))
}
