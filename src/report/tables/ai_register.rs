//! The AI register: who answers for each AI tool, what was reviewed, what stops without it.

use super::outages::LISTS_ARE_CUT;
use super::table::and_more;
use super::{Cell, Column, Kind, Row, Shape, Table, Tone};
use crate::report::facts::register::{HumanReview, Row as Tool, VendorReview};
use crate::report::facts::{Names, Report};
use crate::report::say::{Line, a_year};

/// The table, by id; `None` where the register was not asked for.
#[must_use]
pub fn ai_register(report: &Report) -> Option<Table> {
    let tools = report.ai_register.as_deref()?;
    let is_cut = tools.iter().any(|tool| !tool.left_out.is_empty());
    let table = Table::new("ai_register", "AI register", ["AI tool", "AI tools"], columns(report));
    Some(Table {
        title: "AI tools: owner, reviews, contract, and what stops without them".into(),
        empty: "The stack has no AI tool.".into(),
        rows: tools.iter().map(|tool| row(report, tool)).collect(),
        notes: if is_cut { vec![Line::of(LISTS_ARE_CUT)] } else { Vec::new() },
        shape: Shape::Entries(1),
        ..table
    })
}

fn columns(report: &Report) -> Vec<Column> {
    vec![
        Column::new("tool", "AI tool", Kind::Words).on_slides().leading_to(&["outages"]),
        Column::new("status", "Status", Kind::Words).on_slides(),
        Column::new("ends", "Ends", Kind::Date).detail(),
        Column::new("replaced_by", "Replaced by", Kind::Words).detail(),
        Column::new("vendor", "Vendor", Kind::Words),
        Column::new("depends_on", "Depends on", Kind::Words),
        Column::new("underlying", "Underlying vendors", Kind::Words).detail(),
        Column::new("owner", "Owner", Kind::Words).on_slides(),
        Column::new("budget_owner", "Budget owner", Kind::Words),
        Column::new("security_review", "Security review", Kind::Date),
        Column::new("vendor_review", "Vendor review", Kind::Words).on_slides(),
        Column::new("reviewed", "Vendor reviewed", Kind::Date).detail(),
        Column::new("due", "Next vendor review", Kind::Date).detail(),
        Column::new("renews", "Contract renews", Kind::Date),
        Column::new("cost", a_year("Contract", report.stack.currency.as_deref()), Kind::Money).summed(),
        Column::new("quality", "Quality standard", Kind::Words),
        Column::new("human_review", "Human review", Kind::Words).on_slides(),
        Column::new("with_review", "Flows with review", Kind::Words).detail(),
        Column::new("without_review", "Flows without review", Kind::Words).detail(),
        Column::new("runbook", "Runbook", Kind::Words),
        Column::new("standby", "Standby", Kind::Words),
        Column::new("stops", "Stops without it", Kind::Words).on_slides(),
        Column::new("degrades", "On standby without it", Kind::Words),
    ]
}

/// What stands in for the tool: flows, and what is made elsewhere meanwhile.
fn standby(tool: &Tool, names: &Names) -> Cell {
    let flows = tool.fallback.standby_flows.iter().map(|id| Cell::name(id, names.component(id)));
    let made = tool.fallback.standby_makes.iter();
    let made = made.map(|one| Cell::text(format!("{} made at {}", names.data(&one.data), names.system(&one.at))));
    let more = rest(tool, &["standby_flows", "standby_makes"]);
    match Cell::list(flows.chain(made).chain(more)) {
        Cell::Empty => Cell::Missing("none"),
        cell => cell,
    }
}

/// What takes the tool down, and of what one is enough.
fn depends_on(tool: &Tool, names: &Names) -> Cell {
    let surely = tool.depends_on.iter().map(|id| Cell::name(id, names.component(id)));
    let any = tool.depends_on_any.iter().map(|any| {
        let any: Vec<String> = any.iter().map(|id| names.component(id)).collect();
        Cell::text(any.join(" or "))
    });
    Cell::list(surely.chain(any).chain(rest(tool, &["depends_on", "depends_on_any"])))
}

/// `and 20 more`, where lists under these keys are cut.
fn rest(tool: &Tool, keys: &[&'static str]) -> Option<Cell> {
    let more: usize = keys.iter().filter_map(|key| tool.left_out.get(key)).sum();
    (more > 0).then(|| Cell::Text(and_more(more)))
}

fn row(report: &Report, tool: &Tool) -> Row {
    let names = &report.stack.names;
    let flow = |id: &str| names.component(id);
    let process = |id: &str| names.process(id).to_owned();
    let known = |words: &Option<String>| words.as_deref().map_or(Cell::NotKnown, Cell::text);
    let owner = tool.owner.as_deref().map_or(Cell::Missing("no owner"), |id| Cell::name(id, names.team(id)));
    let mut about = vec![tool.system.clone()];
    about.extend(tool.owner.clone());
    about.extend(tool.depends_on.iter().chain(tool.depends_on_any.iter().flatten()).cloned());
    about.extend(tool.breaks.iter().chain(&tool.degrades).map(|id| id.to_string()));
    Row {
        id: tool.system.clone(),
        about,
        without: vec![tool.system.clone()],
        cells: vec![
            Cell::name(&tool.system, names.system(&tool.system)),
            Cell::text(tool.status),
            tool.ends.as_deref().map_or(Cell::Empty, Cell::text),
            tool.replaced_by.as_deref().map_or(Cell::Empty, |id| Cell::name(id, names.system(id))),
            known(&tool.vendor),
            depends_on(tool, names),
            Cell::list(tool.underlying_vendors.iter().map(Cell::text).chain(rest(tool, &["underlying_vendors"]))),
            owner,
            Cell::or_missing(tool.budget_owner.as_deref(), "no budget owner"),
            known(&tool.security_review),
            vendor_review(&tool.vendor_review),
            last_review(&tool.vendor_review),
            tool.vendor_review.due.as_deref().map_or(Cell::Empty, Cell::text),
            known(&tool.contract.renews),
            Cell::range(tool.contract.cost),
            match (&tool.quality_standard, tool.output_to_check) {
                (None, false) => Cell::NothingToJudge,
                (standard, _) => Cell::or_missing(standard.as_deref(), "none"),
            },
            human_review(&tool.human_review),
            Cell::names(&tool.human_review.reviewed, flow),
            Cell::names(&tool.human_review.unreviewed, flow),
            Cell::or_missing(tool.fallback.runbook.as_deref(), "none"),
            standby(tool, names),
            Cell::names_and_more(&tool.breaks, tool.left_out.get("breaks"), process),
            Cell::names_and_more(&tool.degrades, tool.left_out.get("degrades"), process),
        ],
        ..Row::default()
    }
}

fn vendor_review(review: &VendorReview) -> Cell {
    match (review.overdue, &review.due, &review.last) {
        (Some(true), Some(due), _) => Cell::Word(format!("overdue since {due}"), Tone::Bad),
        (Some(true), None, _) => Cell::Word("overdue: never done".into(), Tone::Bad),
        (_, Some(due), Some(last)) => Cell::Word(format!("{last}, next by {due}"), Tone::Good),
        (_, _, last) => last.as_deref().map_or(Cell::NotKnown, Cell::text),
    }
}

/// The day of the last review. Where one is due and none is stated there was none; else nobody knows.
fn last_review(review: &VendorReview) -> Cell {
    match (&review.last, review.overdue) {
        (Some(day), _) => Cell::text(day),
        (None, Some(true)) => Cell::Missing("none"),
        (None, _) => Cell::NotKnown,
    }
}

fn human_review(review: &HumanReview) -> Cell {
    let (reviewed, all) = (review.reviewed.len(), review.reviewed.len() + review.unreviewed.len());
    match (reviewed, all) {
        (_, 0) => Cell::Word("no output leaves it".into(), Tone::Plain),
        (0, _) => Cell::Word("none".into(), Tone::Bad),
        (some, all) if some == all => Cell::Word("on every flow".into(), Tone::Good),
        (some, all) => Cell::Word(format!("on {some} of {all} flows"), Tone::Fair),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_tool_says_what_is_missing() {
        let table = ai_register(&tiny()).unwrap();
        let keys = ["tool", "vendor", "owner", "budget_owner", "renews", "human_review", "runbook", "stops"];
        let row = [
            "ChatGPT",
            "OpenAI",
            "Dana (marketing)",
            "no budget owner",
            "not known",
            "none",
            "none",
            "Weekly newsletter",
        ];
        assert_eq!(words(&table, 0, &keys), row);
    }

    #[test]
    fn reviews_are_in_time_overdue_or_never_done() {
        let review = |last: Option<&str>, due: Option<&str>, overdue| {
            vendor_review(&VendorReview { last: last.map(str::to_owned), due: due.map(str::to_owned), overdue })
        };
        assert_eq!(review(None, None, Some(true)), Cell::Word("overdue: never done".into(), Tone::Bad));
        assert_eq!(review(Some("a"), Some("b"), Some(true)), Cell::Word("overdue since b".into(), Tone::Bad));
        assert_eq!(review(Some("a"), Some("b"), Some(false)), Cell::Word("a, next by b".into(), Tone::Good));
        // The criterion of reviews on time is not known then either.
        assert_eq!(review(None, None, None), Cell::NotKnown);
        let last = |overdue| last_review(&VendorReview { last: None, due: None, overdue });
        assert_eq!([last(Some(true)), last(None)], [Cell::Missing("none"), Cell::NotKnown]);
    }
}
