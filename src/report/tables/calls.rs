//! The ledger of calls: each limit of each system, and what is spent of it.

use super::{Amount, Bound, Cell, Column, Kind, Row, Shape, Table, Tone};
use crate::report::facts::Report;
use crate::report::facts::calls::{Account, Caller};
use crate::report::say::{Figure, Line, counted, grouped};

/// The table, by system and limit; `None` where calls were not asked for.
#[must_use]
pub fn calls(report: &Report) -> Option<Table> {
    let all = report.calls.as_deref()?;
    let columns = vec![
        Column::new("system", "System", Kind::Words).on_slides(),
        Column::new("limit", "Limit", Kind::Words).on_slides(),
        Column::new("quota", "Accepts", Kind::Count).on_slides(),
        Column::new("used", "Used", Kind::Count).on_slides(),
        Column::new("share", "Share", Kind::Share),
        Column::new("kept", "Kept", Kind::Words).on_slides(),
        Column::new("by", "Who calls", Kind::Words),
        Column::new("source", "Limit read at", Kind::Words).detail(),
    ];
    let table = Table::new("calls", "Calls", ["limit", "limits"], columns);
    Some(Table {
        title: "Calls on each system within its busiest day or moment, and the limits for them".into(),
        empty: "No flow calls a system of which a limit is known.".into(),
        rows: all.iter().map(|account| row(report, account)).collect(),
        notes: notes(all),
        shape: Shape::Entries(2),
        ..table
    })
}

fn row(report: &Report, account: &Account) -> Row {
    let names = &report.stack.names;
    let used = used(account);
    let of_quota = |used: Amount| {
        let part = |calls: f64| calls / account.quota as f64;
        Amount { low: part(used.low), likely: part(used.likely), high: part(used.high), ..used }
    };
    let share = used.filter(|_| account.quota > 0).map(of_quota);
    let kept = match (account.is_over(), account.judged) {
        (true, _) => Cell::Word("over".to_owned(), Tone::Bad),
        (false, true) => Cell::Word("yes".to_owned(), Tone::Good),
        (false, false) => Cell::NotKnown,
    };
    let mut about = vec![account.system.clone()];
    about.extend(account.by.iter().map(|caller| caller.flow.clone()));
    about.dedup();
    Row {
        id: format!("{}:{}:{}", account.system, account.limit, account.window),
        about,
        cells: vec![
            Cell::name(&account.system, names.system(&account.system)),
            Cell::text(account.words()),
            Cell::count(account.quota as usize),
            used.map_or(Cell::NotKnown, Cell::Amount),
            share.map_or(Cell::NotKnown, Cell::Amount),
            kept,
            Cell::list(account.by.iter().map(|caller| Cell::text(who(report, caller)))),
            Cell::text(&account.source),
        ],
        ..Row::default()
    }
}

/// What is spent: the number where it is known, `at most` so many where these are not too many, `at least` so many where these
/// are, and else between both; nothing where nothing is known.
fn used(account: &Account) -> Option<Amount> {
    let least = account.used.map(|used| used.get());
    let most = account.at_most.map(|most| most.get());
    let bounded = |number: f64, bound| Amount { bound, ..Amount::of(number) };
    match (least, most) {
        _ if !account.at_least => least.map(Amount::of),
        (least, Some(most)) if !account.is_over() && account.judged => {
            Some(Amount { low: least.unwrap_or_default(), ..bounded(most, Bound::AtMost) })
        }
        (Some(least), Some(most)) if !account.is_over() => {
            Some(Amount { high: most, ..bounded(least, Bound::Between) })
        }
        (Some(least), _) => Some(bounded(least, Bound::AtLeast)),
        (None, _) => None,
    }
}

/// `Shop → CRM: order, write: 14,400`.
fn who(report: &Report, caller: &Caller) -> String {
    let flow = report.stack.names.component(&caller.flow);
    let what = if caller.connector { "looking for changes".to_owned() } else { caller.kind.to_string() };
    let why = caller.missing.as_ref().map(|missing| format!(", {missing} is not stated")).unwrap_or_default();
    let least = caller.at_least.get();
    match (caller.calls, caller.at_most) {
        (Some(calls), _) => format!("{flow}, {what}: {}", grouped(calls.get())),
        (None, Some(most)) => format!("{flow}, {what}: {} to {}{why}", grouped(least), grouped(most.get())),
        (None, None) if least > 0.0 => {
            format!("{flow}, {what}: {}{why}", Figure::least_if(true, least).grouped())
        }
        (None, None) => format!("{flow}, {what}: not known{why}"),
    }
}

/// How many limits could not be judged.
fn notes(all: &[Account]) -> Vec<Line> {
    let open = all.iter().filter(|account| !account.judged).count();
    if open == 0 {
        return Vec::new();
    }
    let words =
        format!("{} not judged: what is missing stands beside who calls.", counted(open, "limit is", "limits are"));
    vec![Line::of(words)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{report_of, words};

    #[test]
    fn each_limit_says_who_calls_and_how_much_of_it() {
        let report = report_of(
            "sinew: 1
systems:
  crm: { kind: crm, name: CRM, quotas: { daily_calls: 1000, window: { calls: 100, seconds: 20 } } }
  shop: { kind: erp, name: Shop }
data: { order: { name: Order } }
flows: [{ id: hook, from: shop, to: crm, data: order, mechanism: webhook, runs: 250/day }]
",
        );
        let table = calls(&report).unwrap();
        let keys = ["system", "limit", "quota", "used", "share", "kept", "by", "source"];
        let day = ["CRM", "Calls a day", "1,000", "250", "25%", "yes", "Shop → CRM: Order, event: 250", "stated"];
        assert_eq!(words(&table, 0, &keys), day);
        let by = "Shop → CRM: Order, event: 1 to 250, peak is not stated";
        let window = ["CRM", "Calls in 20s", "100", "1 to 250", "1% to 250%", "not known", by, "stated"];
        assert_eq!(words(&table, 1, &keys), window);
        let note: String = table.notes[0].pieces().iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(note, "1 limit is not judged: what is missing stands beside who calls.");
    }
}
