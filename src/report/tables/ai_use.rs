//! AI tools as registers of regulators ask for them: purpose, role, data, consumers, reviews, audience, oversight.

use super::outages::LISTS_ARE_CUT;
use super::table::and_more;
use super::{Cell, Column, Kind, Row, Shape, Table, Tone};
use crate::report::facts::ai_use::{Data, IsPersonal, Row as Tool};
use crate::report::facts::{Names, Report};
use crate::report::say::Line;

/// The table, by id; `None` where it was not asked for. No slide shows it: its columns are ranked for the page, where the others stand
/// below each row.
#[must_use]
pub fn ai_use(report: &Report) -> Option<Table> {
    let tools = report.ai_use.as_deref()?;
    let columns = vec![
        Column::new("tool", "AI tool", Kind::Words).on_slides(),
        Column::new("status", "Status", Kind::Words),
        Column::new("vendor", "Vendor", Kind::Words),
        Column::new("purpose", "Intended purpose", Kind::Words).on_slides(),
        Column::new("users", "Users", Kind::Words).on_slides(),
        Column::new("role", "Role", Kind::Words).on_slides(),
        Column::new("personal", "Personal data", Kind::Words).on_slides(),
        Column::new("way", "How personal data gets there", Kind::Words),
        Column::new("other", "Other data", Kind::Words),
        Column::new("consumers", "Systems downstream", Kind::Words).on_slides(),
        Column::new("processes", "Processes downstream", Kind::Words),
        Column::new("reviews", "Human review at", Kind::Words).on_slides(),
        Column::new("audience", "Content reaches an audience", Kind::Words).on_slides(),
        Column::new("audience_at", "Seen at", Kind::Words),
        Column::new("audience_way", "Way to the audience", Kind::Words),
        Column::new("owner", "Owner", Kind::Words),
        Column::new("oversight", "Oversight", Kind::Words).on_slides(),
        Column::new("security_review", "Last security review", Kind::Date),
        Column::new("vendor_review", "Last vendor review", Kind::Date),
        Column::new("evidence", "Evidence", Kind::Words),
    ];
    let table = Table::new("ai_use", "AI use", ["AI tool", "AI tools"], columns);
    let is_cut = tools.iter().any(|tool| !tool.left_out.is_empty());
    let notes = [NO_VERDICT].into_iter().chain(is_cut.then_some(LISTS_ARE_CUT));
    Some(Table {
        title: "AI tools: purpose, role, data, people who review, audience and oversight".into(),
        empty: "There is nothing for a register of AI tools.".into(),
        rows: tools.iter().map(|tool| row(&report.stack.names, tool)).collect(),
        notes: if tools.is_empty() { Vec::new() } else { notes.map(Line::of).collect() },
        shape: Shape::Entries(1),
        ..table
    })
}

/// What the table does not say.
const NO_VERDICT: &str = "What the stack file says and its graph shows. It does not judge what the law asks of a tool.";

fn row(names: &Names, tool: &Tool) -> Row {
    let stated = |words: &Option<String>| Cell::or_missing(words.as_deref(), "not stated");
    let team =
        |id: &Option<String>| id.as_deref().map_or(Cell::Missing("not stated"), |id| Cell::name(id, names.team(id)));
    let more = |key: &str| tool.left_out.get(key);
    // Of a tool that is not live the graph says nothing.
    let of_graph = |cell: Cell| if tool.live { cell } else { Cell::NotKnown };
    let or_none = |cell: Cell| if cell == Cell::Empty { Cell::Word("none known".into(), Tone::Plain) } else { cell };
    let mut about = vec![tool.system.clone()];
    about.extend(tool.owner.iter().chain(&tool.oversight).cloned());
    about.extend(tool.consumers.iter().chain(&tool.audience.at).cloned());
    about.extend(tool.processes.iter().map(|id| id.to_string()));
    about.sort_unstable();
    about.dedup();
    Row {
        id: tool.system.clone(),
        about,
        cells: vec![
            Cell::name(&tool.system, names.system(&tool.system)),
            Cell::text(tool.status),
            tool.vendor.as_deref().map_or(Cell::NotKnown, Cell::text),
            stated(&tool.purpose),
            stated(&tool.users),
            tool.role.map_or(Cell::Missing("not stated"), |role| Cell::text(role.as_str())),
            of_graph(personal(names, tool)),
            of_graph(ways(tool)),
            of_graph(other(names, tool)),
            of_graph(or_none(Cell::names_and_more(&tool.consumers, more("consumers"), |id| names.component(id)))),
            of_graph(or_none(Cell::names_and_more(&tool.processes, more("processes"), |id| {
                names.process(id).to_owned()
            }))),
            of_graph(reviews(names, tool)),
            audience(tool),
            Cell::names_and_more(&tool.audience.at, more("at"), |id| names.component(id)),
            tool.audience.way.as_deref().map_or(Cell::Empty, Cell::text),
            team(&tool.owner),
            team(&tool.oversight),
            stated(&tool.last_review.security),
            stated(&tool.last_review.vendor),
            stated(&tool.evidence),
        ],
        ..Row::default()
    }
}

fn is_personal(data: &&Data) -> bool {
    matches!(data.personal, IsPersonal::Stated | IsPersonal::Derived)
}

/// The personal data at a tool; where there is none, whether that is known.
fn personal(names: &Names, tool: &Tool) -> Cell {
    let found = tool.data.iter().filter(is_personal).map(|data| Cell::name(&data.id, names.data(&data.id)));
    let found = Cell::list(found.chain(rest(tool)));
    let is_open = tool.data.is_empty() || tool.data.iter().any(|data| data.personal == IsPersonal::NotKnown);
    match found {
        Cell::Empty if is_open => Cell::NotKnown,
        Cell::Empty => Cell::Word("none".into(), Tone::Plain),
        cell => cell,
    }
}

fn ways(tool: &Tool) -> Cell {
    Cell::list(tool.data.iter().filter_map(|data| data.way.as_deref()).map(Cell::text).chain(rest(tool)))
}

/// All other data at a tool, with what the file does not say of it.
fn other(names: &Names, tool: &Tool) -> Cell {
    let others = tool.data.iter().filter(|data| !is_personal(data)).map(|data| {
        let name = names.data(&data.id);
        let is_open = data.personal == IsPersonal::NotKnown;
        Cell::name(&data.id, if is_open { format!("{name} (not known whether personal)") } else { name.to_owned() })
    });
    match Cell::list(others.chain(rest(tool))) {
        Cell::Empty if tool.data.is_empty() => Cell::NotKnown,
        Cell::Empty => Cell::Word("none".into(), Tone::Plain),
        cell => cell,
    }
}

/// `and 20 more`, where the list of data is cut.
fn rest(tool: &Tool) -> Option<Cell> {
    tool.left_out.get("data").map(|more| Cell::Text(and_more(*more)))
}

fn reviews(names: &Names, tool: &Tool) -> Cell {
    match Cell::names_and_more(&tool.review_points, tool.left_out.get("review_points"), |id| names.component(id)) {
        Cell::Empty if tool.consumers.is_empty() => Cell::Word("nothing is known to leave it".into(), Tone::Plain),
        Cell::Empty => Cell::Missing("none"),
        cell => cell,
    }
}

fn audience(tool: &Tool) -> Cell {
    let word = |words: &str, tone| Cell::Word(words.to_owned(), tone);
    match (tool.audience.reaches, tool.audience.unreviewed) {
        (None, _) => Cell::NotKnown,
        (Some(false), _) => word("no", Tone::Plain),
        (Some(true), Some(false)) => word("yes, reviewed first", Tone::Plain),
        (Some(true), Some(true)) => word("yes, not always reviewed", Tone::Bad),
        (Some(true), None) => word("yes", Tone::Plain),
    }
}
