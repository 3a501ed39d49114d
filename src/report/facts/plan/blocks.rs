//! The plan as a document.

use super::{Item, Plan, Standing, Unfunded};
use crate::analysis::words::{counted, grouped};
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::facts::StackOverview;
use crate::report::facts::assumption;
use crate::report::say::document::{Block, Column, Item as Entry, Line, Look, Table};

/// Rows of what is not built before the rest is counted.
const SHOWN: usize = 12;

/// Reasons for each of what nothing is known for; the JSON has all.
const REASONS: usize = 2;

/// The plan: its sum first, then waves, before and after, doubts, and what is left.
#[must_use]
pub fn blocks(stack: &StackOverview, plan: &Plan) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Line::of("The plan")), Block::Paragraph(Line::of(headline(stack, plan)))];
    if let Some(what_if) = &plan.what_if {
        blocks.extend(what_if.blocks(stack));
    }
    blocks.extend(waves(stack, plan));
    blocks.push(Block::Heading(Line::of("Before and after")));
    blocks.push(Block::Table(before_and_after(stack, plan)));
    if !plan.introduces.is_empty() {
        let words = format!("New in the target: {}", plan.introduces.join(", "));
        blocks.push(Block::Paragraph(Line::of(words)));
    }
    blocks.extend(doubts(stack, plan));
    blocks.extend(unfunded(stack, plan));
    if !plan.unsolved.is_empty() {
        blocks.push(Block::Heading(Line::of("What nothing is known for")));
        let entry = |one: &super::Unsolved| Entry {
            head: Line::of(&one.about),
            details: one.why.iter().take(REASONS).map(Line::of).collect(),
        };
        blocks.push(Block::Items(plan.unsolved.iter().take(SHOWN).map(entry).collect()));
        blocks.extend(more(plan.unsolved.len()));
    }
    blocks.extend(assumption::blocks(&plan.assumptions));
    blocks
}

fn more(count: usize) -> Option<Block> {
    let rest = count.saturating_sub(SHOWN);
    (rest > 0).then(|| Block::Paragraph(Line::of(format!("and {rest} more"))))
}

fn money(stack: &StackOverview, amount: f64) -> String {
    crate::report::say::money(stack.currency.as_deref(), amount)
}

fn headline(stack: &StackOverview, plan: &Plan) -> String {
    let horizon = grouped(plan.horizon_weeks.get());
    if plan.items.is_empty() {
        return format!("Nothing that is known to pay for itself within {horizon} weeks.");
    }
    let days: f64 = plan.items.iter().map(|item| item.effort.likely.get()).sum();
    let proof = match plan.gap {
        gap if gap <= 0.0 => "no other choice or order of these options is worth more".to_owned(),
        gap => format!(
            "at most {} more could be found, {:.1} %",
            money(stack, plan.bound.get() - plan.net_value.get()),
            gap * 100.0
        ),
    };
    format!(
        "{} in {} of work are worth {} within {horizon} weeks, after {} for work and running cost; {proof}.",
        counted(plan.items.len(), "item", "items"),
        counted(days.round() as usize, "day", "days"),
        money(stack, plan.net_value.get()),
        money(stack, plan.spent.get()),
    )
}

fn short(range: Range) -> String {
    let word = |number: Number| {
        let number = number.get();
        if number == 0.0 || number.abs() >= 9.95 { grouped(number) } else { format!("{number:.1}") }
    };
    let (low, likely, high) = (word(range.low), word(range.likely), word(range.high));
    if low == high { likely } else { format!("{likely} ({low} to {high})") }
}

fn waves(stack: &StackOverview, plan: &Plan) -> Vec<Block> {
    let mut blocks = Vec::new();
    for wave in plan.items.chunk_by(|a, b| a.wave == b.wave) {
        let number = wave[0].wave;
        let ends = plan.wave_weeks.get() * number as f64;
        blocks.push(Block::Heading(Line::of(format!("Wave {number}, to week {}", grouped(ends)))));
        blocks.push(Block::Items(wave.iter().map(|item| entry(stack, item)).collect()));
    }
    blocks
}

fn entry(stack: &StackOverview, item: &Item) -> Entry {
    let muted = |words: String| Line::looking(Look::Muted, words);
    let mut account = vec![format!("{} days", short(item.effort))];
    if item.value.likely.get() > 0.0 {
        account.push(format!("{} a year", money(stack, item.value.likely.get())));
    }
    if item.running_cost.likely.get() > 0.0 {
        account.push(format!("{} a year to run", money(stack, item.running_cost.likely.get())));
    }
    if let Some(weeks) = item.payback_weeks.likely {
        account.push(format!("repaid {} weeks after its start", grouped(weeks.get())));
    }
    account.push(format!("weeks {:.1} to {:.1}", item.start.get(), item.finish.get()));
    if let Some(share) = item.wave_share {
        account.push(format!("keeps its wave in {:.0} % of samples", share * 100.0));
    }
    let mut details = vec![muted(account.join("; "))];
    if !item.needs.is_empty() {
        details.push(muted(format!("after {}", item.needs.join(", "))));
    }
    if !item.removes.is_empty() {
        details.push(muted(format!("removes {}", item.removes.join(", "))));
    }
    if !item.introduces.is_empty() {
        details.push(muted(format!("brings {}", item.introduces.join(", "))));
    }
    details.extend(item.departs_from_wsjf.iter().map(|why| muted(format!("not where Smith's rule puts it: {why}"))));
    Entry { head: Line::of(&item.title).and(" ").and_code(&item.id), details }
}

fn before_and_after(stack: &StackOverview, plan: &Plan) -> Table {
    let mut table = Table::new([Column::text(""), Column::number("today"), Column::number("with the plan")]);
    let mut row = |name: String, value: &dyn Fn(&Standing) -> String| {
        table.push([Line::of(name), Line::of(value(&plan.before)), Line::of(value(&plan.after))]);
    };
    row("work by hand a year".to_owned(), &Standing::hours_in_words);
    row("its cost a year".to_owned(), &|one| money(stack, one.cost.likely.get()));
    row("handoff chains".to_owned(), &|one| one.handoffs.to_string());
    row("of them AI output".to_owned(), &|one| one.ai_handoffs.to_string());
    row("AI silos".to_owned(), &|one| one.ai_silos.to_string());
    row("model feedback closed".to_owned(), &|one| one.loops_closed.to_string());
    row("loops open".to_owned(), &|one| one.loops_open.to_string());
    row("single points of failure".to_owned(), &|one| one.single_points.len().to_string());
    row("known outage cost a year".to_owned(), &|one| money(stack, one.outage_cost.get()));
    row("maturity stage".to_owned(), &|one| one.stage.to_string());
    row("criteria met".to_owned(), &|one| one.criteria_met.len().to_string());
    row("findings".to_owned(), &|one| one.findings.values().sum::<usize>().to_string());
    for process in plan.before.availability.keys() {
        row(format!("availability of {}", stack.names.process(process)), &|one| {
            one.availability.get(process).map_or_else(String::new, |of| percent(of.low, of.high))
        });
    }
    table
}

fn percent(low: f64, high: f64) -> String {
    let word = |share: f64| format!("{:.3} %", share * 100.0);
    if low == high { word(low) } else { format!("{} to {}", word(low), word(high)) }
}

fn doubts(stack: &StackOverview, plan: &Plan) -> Vec<Block> {
    let Some(found) = &plan.uncertainty else { return Vec::new() };
    let words = format!(
        "In {} samples the net value is between {} and {} in eight of ten, and above nothing in {:.0} %.",
        found.samples,
        money(stack, found.net_value.p10.get()),
        money(stack, found.net_value.p90.get()),
        found.positive_share * 100.0
    );
    let mut blocks = vec![Block::Heading(Line::of("How sure that is")), Block::Paragraph(Line::of(words))];
    if !found.tornado.is_empty() {
        let columns = [
            Column::text("what moves it most"),
            Column::number("range"),
            Column::number("net value at the low end"),
            Column::number("at the high end"),
        ];
        let mut table = Table::new(columns);
        for swing in found.tornado.iter().take(3) {
            table.push([
                Line::code(&swing.key),
                Line::of(format!("{} to {}", swing.range.low.get(), swing.range.high.get())),
                Line::of(money(stack, swing.at_low.get())),
                Line::of(money(stack, swing.at_high.get())),
            ]);
        }
        blocks.push(Block::Table(table));
    }
    blocks
}

fn unfunded(stack: &StackOverview, plan: &Plan) -> Vec<Block> {
    if plan.unfunded.is_empty() {
        return Vec::new();
    }
    let columns = [
        Column::text("left open"),
        Column::text("least work"),
        Column::number("days"),
        Column::number("known value a year"),
        Column::number("pays from"),
    ];
    let mut table = Table::new(columns);
    let row = |one: &Unfunded| {
        let pays = if one.pays_from.get() >= f64::MAX { "never".to_owned() } else { money(stack, one.pays_from.get()) };
        [
            Line::of(&one.about),
            Line::code(&one.item),
            Line::of(short(one.effort)),
            Line::of(money(stack, one.value.get())),
            Line::of(pays),
        ]
    };
    plan.unfunded.iter().take(SHOWN).for_each(|one| table.push(row(one)));
    let mut blocks = vec![Block::Heading(Line::of("What the plan leaves open")), Block::Table(table)];
    blocks.extend(more(plan.unfunded.len()));
    blocks
}
