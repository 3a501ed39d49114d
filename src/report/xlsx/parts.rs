//! The parts of a report as sheets.

use super::super::assumption::Value;
use super::super::{Finding, Handoff, Number, Range, Report, summary};
use super::sheet::{Cell, Column, Fact, Kind, Sheet};

/// The sheets of `report`.
pub(super) fn sheets(report: &Report) -> Vec<Sheet> {
    let handoffs = report.handoffs.as_deref().unwrap_or_default();
    let base = usual_rate(handoffs);
    let mut sheets = vec![overview(report, base)];
    if report.handoffs.is_some() {
        sheets.push(handoff_sheet(handoffs, base, report.stack.currency.as_deref()));
    }
    sheets.extend(report.findings.as_deref().map(|all| finding_sheet(all, report.stack.currency.as_deref())));
    sheets.extend(report.assumptions.as_deref().map(|all| {
        Sheet {
            name: "Assumptions".into(),
            title: "What the stack file does not say, and what was taken for it".into(),
            facts: Vec::new(),
            columns: vec![
                Column::new("Assumed", Kind::Text),
                Column::new("Number", Kind::Number),
                Column::new("Words", Kind::Text),
                Column::new("Used by", Kind::Text),
                Column::new("Uses", Kind::Count),
            ],
            rows: all
                .iter()
                .map(|a| {
                    let (number, words) = match &a.value {
                        Value::Number(number) => (Cell::Number(number.get()), Cell::Empty),
                        Value::Words(words) => (Cell::Empty, Cell::Text(words.clone())),
                    };
                    let uses = Cell::Number(a.used_by.len() as f64);
                    vec![Cell::Text(a.key.clone()), number, words, Cell::Text(a.used_by.join(", ")), uses]
                })
                .collect(),
        }
    }));
    sheets
}

/// `EUR a year`, or `cost a year`.
fn money(what: &str, currency: Option<&str>) -> String {
    match currency {
        Some(currency) => format!("{what}, {currency} a year"),
        None => format!("{what} a year"),
    }
}

fn overview(report: &Report, base: f64) -> Sheet {
    let stack = &report.stack;
    let count = |label: &str, n: usize| Fact {
        label: label.into(),
        value: Cell::Number(n as f64),
        kind: Kind::Count,
        note: String::new(),
        name: None,
    };
    let mut facts: Vec<Fact> = ["By hand", "Gravest", "First"]
        .into_iter()
        .zip(summary(report))
        .map(|(label, sentence)| Fact::words(label, sentence))
        .collect();
    facts.extend(stack.as_of.as_ref().map(|day| Fact::words("As of", day)));
    facts.extend([
        count("Systems", stack.systems),
        count("Flows", stack.flows),
        count("Data objects", stack.data),
        count("Processes", stack.processes),
    ]);
    if report.handoffs.is_some() {
        facts.extend(levers(base, stack.currency.as_deref()));
    }
    if let Some(totals) = &report.handoff_totals {
        let fact = |label: &str, number: Number, kind| Fact {
            label: label.into(),
            value: Cell::Number(number.get()),
            kind,
            note: "as computed, each step once; does not move with the cells to change".into(),
            name: None,
        };
        facts.push(fact("Handoffs: hours of work a year", totals.hours.likely, Kind::Hours));
        facts.push(fact("Handoffs: hours to mend a year", totals.error_hours.likely, Kind::Hours));
        facts.push(fact(&money("Handoffs: cost", stack.currency.as_deref()), totals.cost.likely, Kind::Money));
    }
    Sheet { name: "Summary".into(), title: stack.name.clone(), facts, columns: Vec::new(), rows: Vec::new() }
}

/// The cells that a reader may change; formulas of the sheet of handoffs refer to them.
fn levers(base: f64, currency: Option<&str>) -> [Fact; 3] {
    let lever = |label: String, value, kind, name, note: &str| Fact {
        label,
        value: Cell::Number(value),
        kind,
        note: note.into(),
        name: Some(name),
    };
    let rate = currency.map_or("Hourly rate".into(), |c| format!("Hourly rate, {c}"));
    [
        lever(rate, base, Kind::Number, "hourly_rate", "change it: handoffs at this rate follow"),
        lever(
            "Work by hand, of today's".into(),
            1.0,
            Kind::Share,
            "work_share",
            "change it: 50 % where each run takes half",
        ),
        lever(
            "Mending, of today's".into(),
            1.0,
            Kind::Share,
            "mending_share",
            "change it: 50 % where half the errors stay",
        ),
    ]
}

/// What an hour of a handoff costs, work and mending alike.
fn rate(handoff: &Handoff) -> Option<f64> {
    let likely = |range: Option<Range>| range.map(|r| r.likely.get());
    let hours = likely(handoff.hours)? + likely(handoff.error_hours)?;
    let rate = likely(handoff.cost)? / hours;
    // Costs and hours are rounded to millionths; a rate carries no more than six digits of them.
    (hours > 0.0 && rate.is_finite()).then(|| (rate * 1e4).round() / 1e4)
}

/// The rate of most handoffs; the smallest of equally frequent ones; 0 where none is known.
fn usual_rate(handoffs: &[Handoff]) -> f64 {
    let mut rates: Vec<f64> = handoffs.iter().filter_map(rate).collect();
    rates.sort_by(f64::total_cmp);
    let mut best = (0, 0.0);
    for run in rates.chunk_by(|a, b| a == b) {
        if run.len() > best.0 {
            best = (run.len(), run[0]);
        }
    }
    best.1
}

fn handoff_sheet(handoffs: &[Handoff], base: f64, currency: Option<&str>) -> Sheet {
    let columns = vec![
        Column::new("Data", Kind::Text),
        Column::new("From", Kind::Text),
        Column::new("To", Kind::Text),
        Column::new("Steps", Kind::Text),
        Column::new("By", Kind::Text),
        Column::new("AI output", Kind::Text),
        Column::summed("Hours of work a year", Kind::Hours),
        Column::summed("Hours to mend a year", Kind::Hours),
        Column::new("Hourly rate", Kind::Number),
        Column::summed(money("Cost", currency), Kind::Money),
        Column::new(money("At least", currency), Kind::Money),
        Column::new(money("At most", currency), Kind::Money),
        Column::new("Id", Kind::Text),
    ];
    let likely = |range: Option<Range>| Cell::from(range.map(|r| r.likely.get()));
    let row = |h: &Handoff| {
        let rate = rate(h);
        let rate_cell = match rate {
            Some(rate) if rate == base => Cell::Formula { formula: "=hourly_rate".into(), result: rate },
            rate => rate.into(),
        };
        let cost = match (rate, h.hours, h.error_hours) {
            (Some(rate), Some(hours), Some(mend)) => Cell::Formula {
                formula: "=({6}*work_share+{7}*mending_share)*{8}".into(),
                result: (hours.likely.get() + mend.likely.get()) * rate,
            },
            _ => likely(h.cost),
        };
        vec![
            Cell::Text(h.data.clone()),
            Cell::Text(h.from.clone()),
            Cell::Text(h.to.clone()),
            Cell::Text(h.steps.join(", ")),
            Cell::Text(h.performers.join(", ")),
            Cell::from(if h.ai_output { "yes" } else { "" }),
            likely(h.hours),
            likely(h.error_hours),
            rate_cell,
            cost,
            h.cost.map(|r| r.low.get()).into(),
            h.cost.map(|r| r.high.get()).into(),
            Cell::Text(h.id.clone()),
        ]
    };
    Sheet {
        name: "Handoffs".into(),
        title: "Handoff chains; totals are of the rows shown, and a step of several chains counts in each".into(),
        facts: Vec::new(),
        columns,
        rows: handoffs.iter().map(row).collect(),
    }
}

fn finding_sheet(findings: &[Finding], currency: Option<&str>) -> Sheet {
    let row = |f: &Finding| {
        vec![
            Cell::from(f.severity.as_str()),
            Cell::Text(f.rule.clone()),
            Cell::Text(f.message.clone()),
            Cell::Text(f.subjects.join(", ")),
            f.cost.map(Number::get).into(),
            Cell::from(if f.accepted { "yes" } else { "" }),
            Cell::Text(f.evidence.join("\n")),
            Cell::Text(f.location.to_string()),
            Cell::Text(f.id.clone()),
        ]
    };
    Sheet {
        name: "Findings".into(),
        title: "Findings, gravest first".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("Severity", Kind::Text),
            Column::new("Rule", Kind::Text),
            Column::new("Finding", Kind::Text),
            Column::new("Subjects", Kind::Text),
            Column::new(money("Cost", currency), Kind::Money),
            Column::new("Accepted", Kind::Text),
            Column::new("Evidence", Kind::Text),
            Column::new("Place", Kind::Text),
            Column::new("Id", Kind::Text),
        ],
        rows: findings.iter().map(row).collect(),
    }
}
