//! Which few steps take most of the work by hand.
//!
//! It counts steps and not handoffs, which share steps: only then do the shares come to the whole.

use super::MOST;
use crate::report::facts::Report;
use crate::report::facts::handoff::Step;
use crate::report::say::{Line, a_year, counted, spelled_of};
use crate::report::tables::chart::place_of;
use crate::report::tables::{Cell, Chart, Column, Form, Kind, Paint, Row, Series, Table};

/// The share of the work that the headline asks for.
const MUCH: f64 = 0.8;

/// What is drawn of a step.
struct Measure {
    /// The name of the column with all amounts.
    column: &'static str,
    kind: Kind,
    heading: String,
    /// What the amounts add up to, in words.
    whole: &'static str,
    of: fn(&Step) -> Option<f64>,
}

/// Columns of cost, most expensive first, and a line of the cumulated share; hours where no cost is known.
pub(super) fn pareto(report: &Report) -> Option<Chart> {
    let steps = &report.handoff_totals.as_ref()?.steps;
    let measure = measure(report, steps);
    let mut ranked: Vec<(&Step, f64)> = steps.iter().filter_map(|step| Some((step, (measure.of)(step)?))).collect();
    let all: f64 = ranked.iter().map(|(_, amount)| amount).sum();
    ranked.retain(|(_, amount)| *amount > 0.0);
    // The order of the rows stands where amounts are equal, as in the formulas.
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    if ranked.len() < 2 {
        return None;
    }
    let shown = &ranked[..ranked.len().min(MOST)];
    let mut sum = 0.0;
    let rows = shown.iter().enumerate().map(|(at, (step, amount))| {
        sum += amount;
        let name = Cell::name(&step.flow, report.stack.names.component(&step.flow));
        let place = steps.iter().position(|other| other.flow == step.flow).map_or(0, |at| at + 1);
        Row {
            id: step.flow.clone(),
            cells: vec![
                Cell::count(at + 1),
                name,
                Cell::number(Some(*amount)),
                Cell::number(Some(sum / all)),
                Cell::count(place),
            ],
            formulas: formulas(measure.column),
            ..Row::default()
        }
    });
    let rows: Vec<Row> = rows.collect();
    let unknown = steps.iter().filter(|step| (measure.of)(step).is_none()).count();
    Some(Chart {
        names: "what",
        series: vec![Series::of("amount", Paint::ByHand), Series { key: "share", paint: Paint::Plain, is_share: true }],
        form: Form::Columns,
        headline: headline(&measure, &rows, ranked.len(), unknown),
        axis: measure.heading.clone(),
        notes: notes(shown.len(), ranked.len(), unknown),
        from: "Steps",
        data: Table { title: measure.heading.clone(), rows, ..table(&measure) },
    })
}

fn measure(report: &Report, steps: &[Step]) -> Measure {
    let has_cost = steps.iter().any(|step| step.cost.is_some_and(|cost| cost.likely.get() > 0.0));
    if has_cost {
        Measure {
            column: "steps_cost",
            kind: Kind::Money,
            heading: a_year("Cost of work by hand", report.stack.currency.as_deref()),
            whole: "cost of work by hand",
            of: |step| step.cost.map(|cost| cost.likely.get()),
        }
    } else {
        Measure {
            column: "steps_together",
            kind: Kind::Hours,
            heading: "Hours of work by hand a year, rework included".to_owned(),
            whole: "hours of work by hand",
            of: |step| step.work_hours.map(|hours| hours.likely.get()),
        }
    }
}

fn table(measure: &Measure) -> Table {
    let columns = vec![
        Column::new("rank", "#", Kind::Count),
        Column::new("what", "What is done by hand", Kind::Words),
        Column::new("amount", measure.heading.clone(), measure.kind),
        Column::new("share", "Cumulated share", Kind::Share),
        Column::new("place", "Row of the sheet Steps", Kind::Count),
    ];
    Table::new("pareto", "Pareto", ["step", "steps"], columns)
}

fn formulas(column: &str) -> Vec<(&'static str, String)> {
    vec![
        ("what", "INDEX(steps_flow,{place})".to_owned()),
        ("amount", format!("LARGE({column},{{rank}})")),
        ("share", format!("SUMIF(pareto_rank,\"<=\"&{{rank}},pareto_amount)/SUM({column})")),
        ("place", place_of(column, "pareto_amount", "pareto_rank")),
    ]
}

/// How few steps take how much.
fn headline(measure: &Measure, rows: &[Row], all: usize, unknown: usize) -> (String, String) {
    let shares: Vec<f64> = rows.iter().filter_map(|row| row.cells[3].amount()).map(|share| share.likely).collect();
    let few = (shares.iter().filter(|share| **share < MUCH).count() + 1).min(shares.len());
    let percent = (100.0 * shares[few - 1]).round();
    let known = if unknown > 0 { "known " } else { "" };
    let whole = format!("{known}{}", measure.whole);
    let count = format!("MIN(COUNTIF(pareto_share,\"<{MUCH}\")+1,{})", rows.len());
    let formula = format!(
        "{count}&\" of \"&COUNTIF({},\">0\")&IF({count}=1,\" steps takes \",\" steps take \")&ROUND(100*INDEX(pareto_share,{count}),0)&\"% of the {whole}\"",
        measure.column
    );
    let take = if few == 1 { "takes" } else { "take" };
    (format!("{few} of {all} steps {take} {percent}% of the {whole}"), formula)
}

fn notes(shown: usize, all: usize, unknown: usize) -> Vec<Line> {
    let mut notes = Vec::new();
    if shown < all {
        notes.push(Line::of(format!(
            "The first {shown} of {}; the sheet Steps has them.",
            counted(all, "step", "steps")
        )));
    }
    if unknown > 0 {
        let (are, figures) = if unknown == 1 { ("is", "has no figures") } else { ("are", "have no figures") };
        let more = spelled_of(unknown, "step", "steps");
        let more = crate::report::say::capital(&more);
        notes.push(Line::of(format!("{more} {figures} and {are} not drawn.")));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn shares_come_to_the_whole_and_the_headline_counts_the_few() {
        let chart = pareto(&tiny()).unwrap();
        let keys = ["rank", "what", "amount", "share"];
        let last = chart.data.rows.len() - 1;
        assert_eq!(words(&chart.data, last, &["share"]), ["100%"]);
        assert_eq!(words(&chart.data, 0, &keys)[2..], ["3,120", "35%"]);
        assert!(chart.headline.0.ends_with("% of the cost of work by hand"), "{}", chart.headline.0);
        let amounts: Vec<f64> = chart.data.rows.iter().map(|row| row.cells[2].amount().unwrap().likely).collect();
        assert!(amounts.windows(2).all(|pair| pair[0] >= pair[1]), "{amounts:?}");
    }

    #[test]
    fn steps_without_figures_are_counted_and_not_drawn() {
        let mut report = tiny();
        let steps = &mut report.handoff_totals.as_mut().unwrap().steps;
        let all = steps.len();
        steps[0].cost = None;
        let chart = pareto(&report).unwrap();
        assert_eq!(chart.data.rows.len(), all - 1);
        assert!(chart.headline.0.contains("% of the known cost"), "{}", chart.headline.0);
        assert_eq!(chart.notes[0].text(), "One step has no figures and is not drawn.");
        report.handoff_totals.as_mut().unwrap().steps.truncate(1);
        assert!(pareto(&report).is_none(), "one step without figures is nothing to draw");
    }
}
