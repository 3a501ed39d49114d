//! The sheet that says how to fill in the others. It is never read.

use super::columns::sheets;
use super::vocabulary::label;
use crate::catalog::Kind;
use crate::model::Mechanism;

/// A line of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// What the sheet is.
    Title(String),
    /// A sentence across the page.
    Text(String),
    /// What a part is about.
    Heading(String),
    /// Headings of a small table.
    Head(Vec<String>),
    /// A row of it.
    Row(Vec<String>),
    /// A gap.
    Gap,
}

/// What each mechanism means to whoever fills in a row.
const HOW: [(&str, &str); 12] = [
    ("copy-paste", "By hand: a person copies from one window and pastes into another."),
    ("export-import", "By hand: a person exports a file and imports it elsewhere."),
    ("rekeying", "By hand: a person types it again."),
    ("message", "By hand: a person sends it by mail or chat."),
    ("native", "By itself: a connector that is built into one of the two products."),
    ("api", "By itself: code of your own that calls an interface."),
    ("webhook", "By itself: the source pushes events."),
    ("ipaas", "By itself: a recipe of Zapier, Make, Workato, n8n and the like; name it under Through."),
    ("etl", "By itself: a pipeline into a warehouse."),
    ("reverse-etl", "By itself: from the warehouse back into a tool."),
    ("file-drop", "By itself: files are put down and picked up by schedule."),
    ("embedded", "By itself: AI inside the platform that uses what it makes."),
];

const STATUS: [(&str, &str); 6] = [
    ("production", "In regular use; so is a system whose status is left empty."),
    ("pilot", "On trial, until somebody decides."),
    ("ad-hoc", "Somebody uses it, and nobody decided so."),
    ("planned", "Not there yet."),
    ("phasing-out", "In regular use, and on its way out."),
    ("retired", "No longer in use."),
];

const FIGURES: [(&str, &str); 8] = [
    ("How often", "3/week · 2/day · monthly · every 2 weeks · 4 / 5 / 8/week"),
    ("Minutes", "15 · 1h30 · 10 / 15 / 25 for low, likely and high"),
    ("Error rate, Availability", "4% · 99.9%"),
    ("Delay, Max age, Tolerates", "15min · 4h · 1d · 2w"),
    ("Dates", "2026-11-21"),
    ("Money", "24000, in the currency on Settings; contracts a year, outages an hour"),
    ("Several in one cell", "Lead; Outcome"),
    ("Not known", "Leave the cell empty. Nothing is taken for zero or for good."),
];

/// The lines of the guide.
pub(super) fn lines() -> Vec<Line> {
    let text = |text: &str| Line::Text(text.to_owned());
    let row = |cells: &[&str]| Line::Row(cells.iter().map(|cell| (*cell).to_owned()).collect());
    let head = |cells: &[&str]| Line::Head(cells.iter().map(|cell| (*cell).to_owned()).collect());
    let heading = |text: &str| Line::Heading(text.to_owned());
    let mut all = vec![
        Line::Title("Your stack, one row at a time".to_owned()),
        text(
            "1. On Systems, list what holds or transforms data, spreadsheets included. A name is enough to begin with.",
        ),
        text(
            "2. On Flows, write one row for each way in which data goes from one system to another. Ask: and who does that?",
        ),
        text("3. On Settings, fill in what an hour of work costs. Then run: sinew report stack.xlsx -o out"),
        text(
            "Columns with dark headings must be filled in; leave gray ones as they are. What you do not know, leave empty.",
        ),
        text(
            "Cells in italics on pale ground are guesses: change one, or take its word off the column Guessed, to confirm it.",
        ),
        text(
            "Columns with nothing in them are folded away; a click on the + above them shows them. Columns of your own, to the right of ours, are kept. Comments and colors of your own are not.",
        ),
        Line::Gap,
        heading("Three flows, as an example"),
        head(&["From", "To", "Data", "How", "Done by", "How often", "Minutes"]),
        row(&["Marketo", "Salesforce", "Lead", "Native connector", "", "288/day", ""]),
        row(&["Jasper", "WordPress", "Content draft", "Copy and paste", "Content", "40/week", "10 / 15 / 25"]),
        row(&["ON24", "Marketo", "Attendee list", "Export and import a file", "Events", "2/month", "45"]),
        Line::Gap,
        heading("How data moves"),
        head(&["How", "It means"]),
    ];
    let known = |word: &&&str| Mechanism::parse(word).is_some();
    let meaning = |(word, means): &(&str, &str)| Line::Row(vec![label(word), (*means).to_owned()]);
    all.extend(HOW.iter().filter(|(word, _)| known(&word)).map(meaning));
    all.extend([Line::Gap, heading("How far the use of a system has come"), head(&["Status", "It means"])]);
    all.extend(STATUS.iter().map(meaning));
    all.extend([Line::Gap, heading("How to write figures"), head(&["Column", "For example"])]);
    all.extend(FIGURES.iter().map(|(word, means)| row(&[word, means])));
    let kinds: Vec<String> = Kind::ALL.iter().map(|kind| super::vocabulary::label_in(&[], kind.as_str())).collect();
    all.extend([Line::Gap, heading("Kinds of system"), Line::Text(format!("{}.", kinds.join(", ")))]);
    for sheet in sheets() {
        all.extend([Line::Gap, heading(sheet.name), text(sheet.about)]);
        if !sheet.columns.is_empty() {
            all.push(head(&["Column", "It means"]));
        }
        for column in &sheet.columns {
            let needed = if column.is_needed { "Needed. " } else { "" };
            all.push(Line::Row(vec![column.heading.clone(), format!("{needed}{}", column.doc.replace('`', ""))]));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    #[test]
    fn every_word_is_explained() {
        assert!(Mechanism::ALL.iter().all(|one| HOW.iter().any(|(word, _)| *word == one.as_str())));
        assert!(Status::ALL.iter().all(|one| STATUS.iter().any(|(word, _)| *word == one.as_str())));
    }
}
