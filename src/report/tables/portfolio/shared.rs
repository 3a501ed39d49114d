//! Vendors and products that several stacks of a portfolio use.

use crate::report::facts::portfolio::{NamedProcess, Portfolio, Shared, SharedKind, Use};
use crate::report::say::{Amount, Bound, Line, counted, money, per_hour};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// A row a vendor or product: who uses it, and what stops without it. What stops in most stacks comes first.
#[must_use]
pub fn shared(portfolio: &Portfolio) -> Table {
    let columns = vec![
        Column::new("without", "If it is down", Kind::Words).on_slides(),
        Column::new("kind", "Kind", Kind::Words),
        Column::new("used", "Used by", Kind::Words).on_slides(),
        Column::new("stops", "Stacks that stop", Kind::Words).on_slides(),
        Column::new("processes", "Processes that stop", Kind::Words).on_slides(),
        Column::new("standby", "Processes on standby", Kind::Words),
        Column::new("cost", per_hour("Cost", portfolio.currency()), Kind::Money).on_slides(),
        Column::new("unknown", "Not known", Kind::Words),
    ];
    let table = Table::new("portfolio_shared", "Shared", ["vendor or product", "vendors and products"], columns);
    let note = "All live systems of a vendor or product in a stack fail together. Vendors are the same where their names are; a vendor under two \
                names is two.";
    Table {
        title: "What several stacks share, and what stops if it is down".into(),
        empty: "No vendor or product is in use in more than one stack.".into(),
        rows: portfolio.shared.iter().map(|one| row(one, portfolio.has_several_currencies())).collect(),
        notes: if portfolio.shared.is_empty() { Vec::new() } else { vec![Line::of(note)] },
        most: Some(30),
        ..table
    }
}

/// `is_mixed`: money needs its currency beside it.
fn row(shared: &Shared, is_mixed: bool) -> Row {
    let stacks = || shared.stacks.iter();
    let names = |keep: &dyn Fn(&Use) -> bool| Cell::list(stacks().filter(|one| keep(one)).map(name));
    let stops = match names(&|one| !one.processes_down.is_empty()) {
        // Of stacks without a process nobody knows.
        Cell::Empty if shared.unknown > 0 => Cell::NotKnown,
        Cell::Empty => Cell::text("none"),
        cell => cell,
    };
    let processes = |of: fn(&Use) -> &[NamedProcess]| {
        let told = |one: &Use| {
            let names: Vec<&str> = of(one).iter().map(|process| process.name.as_str()).collect();
            Cell::text(format!("{}: {}", one.stack, names.join(", ")))
        };
        Cell::list(stacks().filter(|one| !of(one).is_empty()).map(told))
    };
    Row {
        id: shared.id.clone(),
        cells: vec![
            Cell::name(&shared.id, &shared.name),
            Cell::text(match shared.kind {
                SharedKind::Vendor => "vendor",
                SharedKind::Product => "product",
            }),
            names(&|_| true),
            stops,
            processes(|one| &one.processes_down),
            processes(|one| &one.processes_degraded),
            cost(shared, is_mixed),
            Cell::list(stacks().filter_map(unknown)),
        ],
        ..Row::default()
    }
}

fn name(one: &Use) -> Cell {
    Cell::name(&one.stack, &one.stack)
}

/// The cost of all stacks; where they count in several currencies that of each.
fn cost(shared: &Shared, is_mixed: bool) -> Cell {
    match shared.cost_per_hour.map(|cost| cost.get()) {
        Some(cost) if is_mixed => {
            let least = if shared.cost_at_least { "at least " } else { "" };
            return Cell::text(format!("{least}{}", money(shared.currency.as_deref(), cost)));
        }
        Some(cost) => {
            let bound = if shared.cost_at_least { Bound::AtLeast } else { Bound::Value };
            return Cell::Amount(Amount { bound, ..Amount::of(cost) });
        }
        None => {}
    }
    if shared.stops == 0 && shared.unknown == 0 {
        return Cell::NothingToJudge;
    }
    let known = shared.stacks.iter().filter_map(|one| {
        let cost = one.cost_per_hour.filter(|cost| cost.get() > 0.0)?;
        let least = if one.cost_unknown.is_empty() { "" } else { "at least " };
        Some(Cell::text(format!("{}: {least}{}", one.stack, money(one.currency(), cost.get()))))
    });
    match Cell::list(known.filter(|_| shared.currencies() > 1)) {
        Cell::Empty => Cell::NotKnown,
        cell => cell,
    }
}

/// What is not known of one stack.
fn unknown(one: &Use) -> Option<Cell> {
    let count = one.cost_unknown.len();
    let words = match (one.has_processes, count) {
        (false, _) => "what stops: the file names no process".to_owned(),
        (true, 0) => return None,
        (true, count) => format!("cost of {}", counted(count, "process", "processes")),
    };
    Some(Cell::text(format!("{}: {words}", one.stack)))
}
