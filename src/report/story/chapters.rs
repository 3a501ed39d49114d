//! The one list of what is told, in which order, and in which media.

use super::{Chapter, Item, Part, baseline, findings, ledger, message, outage, plan, questions, reach, stage, summary};
use super::{Medium, Medium::Deck, Medium::Document, Medium::Page, Medium::Terminal, Medium::Workbook};
use crate::report::facts::Report;
use crate::report::say::{Line, listed};
use crate::report::tables::{self, Cell, Table};

/// What a chapter tells.
enum Tells {
    Sentences(fn(&Report) -> Vec<Line>),
    Items(fn(&Report) -> Vec<Item>),
    Table(fn(&Report) -> Option<Table>),
    Picture(&'static str),
}

/// A chapter with its parts and the media that show each.
struct Entry {
    id: &'static str,
    heading: &'static str,
    tells: &'static [(Tells, &'static [Medium])],
}

const ALL: &[Medium] = &Medium::ALL;
const DRAWN: &[Medium] = &[Page, Deck];
/// Those without pictures.
const READ: &[Medium] = &[Document, Terminal];
/// Those in which one reads on.
const TEXT: &[Medium] = &[Page, Document, Terminal];
/// All but slides, which have no room for it.
const LONG: &[Medium] = &[Page, Document, Workbook, Terminal];

const CHAPTERS: &[Entry] = &[
    Entry { id: "summary", heading: "Summary", tells: &[(Tells::Sentences(summary::sentences), ALL)] },
    Entry {
        id: "stage",
        heading: "Where we stand",
        tells: &[
            (Tells::Sentences(stage::sentences), TEXT),
            (Tells::Picture("stage"), DRAWN),
            (Tells::Items(stage::open_criteria), &[Document, Terminal]),
            (Tells::Table(tables::criteria), LONG),
        ],
    },
    Entry {
        id: "landscape",
        heading: "The stack",
        tells: &[(Tells::Sentences(message::landscape), READ), (Tells::Picture("landscape"), DRAWN)],
    },
    Entry {
        id: "handoffs",
        heading: "Handoffs",
        tells: &[
            (Tells::Sentences(message::handoffs), READ),
            (Tells::Picture("handoffs"), DRAWN),
            (Tells::Table(tables::handoffs), ALL),
            (Tells::Table(tables::steps), &[Workbook]),
        ],
    },
    Entry {
        id: "outages",
        heading: "What breaks if it fails",
        tells: &[
            (Tells::Sentences(message::failure), READ),
            (Tells::Picture("failure"), DRAWN),
            (Tells::Items(outage::details), TEXT),
            (Tells::Table(tables::outages), ALL),
            (Tells::Table(tables::processes), LONG),
        ],
    },
    Entry {
        id: "findings",
        heading: "Findings",
        tells: &[
            (Tells::Sentences(findings::sentences), TEXT),
            (Tells::Table(tables::findings), LONG),
            (Tells::Sentences(baseline::sentences), TEXT),
            (Tells::Table(tables::baseline_change), LONG),
        ],
    },
    Entry {
        id: "plan",
        heading: "The plan",
        tells: &[
            (Tells::Sentences(plan::sentences), TEXT),
            (Tells::Table(tables::what_if), ALL),
            (Tells::Picture("roadmap"), DRAWN),
            (Tells::Table(tables::plan_items), ALL),
            (Tells::Table(tables::money), ALL),
            (Tells::Picture("target"), DRAWN),
            (Tells::Table(tables::before_after), ALL),
            (Tells::Table(tables::left_out), &[Page, Deck, Document, Workbook]),
            (Tells::Sentences(plan::uncertainty), ALL),
            (Tells::Table(tables::uncertainty), ALL),
            (Tells::Table(tables::unfunded), ALL),
            (Tells::Table(tables::unverified), ALL),
            (Tells::Table(tables::unsolved), ALL),
            (Tells::Table(tables::options), &[Page, Workbook]),
            (Tells::Items(plan::explanation), TEXT),
        ],
    },
    Entry {
        id: "reach",
        heading: "The way to the next stage",
        tells: &[
            (Tells::Sentences(reach::sentences), TEXT),
            (Tells::Picture("frontier"), DRAWN),
            (Tells::Table(tables::way), ALL),
            (Tells::Table(tables::frontier), ALL),
        ],
    },
    Entry {
        id: "register",
        heading: "AI tools and automation",
        tells: &[
            (Tells::Table(tables::ai_register), ALL),
            (Tells::Table(tables::ai_use), LONG),
            (Tells::Sentences(ledger::sentences), TEXT),
            (Tells::Table(tables::ledger), LONG),
        ],
    },
    Entry { id: "calls", heading: "Calls and limits", tells: &[(Tells::Table(tables::calls), LONG)] },
    Entry { id: "structure", heading: "Structure", tells: &[(Tells::Table(tables::structure), LONG)] },
    Entry {
        id: "questions",
        heading: "Open questions",
        tells: &[
            (Tells::Items(questions::first), &[Terminal]),
            (Tells::Table(tables::questions), &[Page, Document, Deck, Workbook]),
            (Tells::Sentences(questions::more), LONG),
        ],
    },
    Entry { id: "pictures", heading: "Pictures", tells: &[(Tells::Table(tables::pictures), ALL)] },
    Entry { id: "assumptions", heading: "Assumptions", tells: &[(Tells::Table(tables::assumptions), ALL)] },
];

impl Tells {
    /// The part, as far as the report has it.
    fn part(&self, report: &Report) -> Option<Part> {
        match self {
            Self::Sentences(of) => Some(of(report)).filter(|lines| !lines.is_empty()).map(Part::Sentences),
            Self::Items(of) => Some(of(report)).filter(|items| !items.is_empty()).map(Part::Items),
            Self::Table(of) => of(report).map(Part::Table),
            Self::Picture(view) => Some(Part::Picture(view)),
        }
    }
}

/// What `medium` tells of `report`, in order. A chapter of which the report has no part is left out; pictures stand in
/// every story, and who has none of a view leaves it out.
#[must_use]
pub fn chapters(report: &Report, medium: Medium) -> Vec<Chapter> {
    let chapter = |entry: &Entry| {
        let shown = entry.tells.iter().filter(|(_, media)| media.contains(&medium));
        Chapter::of(entry.id, entry.heading, shown.filter_map(|(tells, _)| tells.part(report)).collect())
    };
    CHAPTERS.iter().map(chapter).filter(|chapter| !chapter.parts.is_empty()).collect()
}

/// All tables that the report has, with the media that show them, in the order of the story.
#[must_use]
pub fn all_tables(report: &Report) -> Vec<(Table, &'static [Medium])> {
    let tells = CHAPTERS.iter().flat_map(|entry| entry.tells);
    let table = |(tells, media): &(Tells, &'static [Medium])| match tells {
        Tells::Table(of) => of(report).map(|table| (table, *media)),
        _ => None,
    };
    tells.filter_map(table).collect()
}

/// What the report has and `medium` does not show, as sentences that name the file that has it.
#[must_use]
pub fn left_out(report: &Report, medium: Medium) -> Vec<Line> {
    let mut by_file: Vec<(&str, Vec<String>)> = Vec::new();
    let tables = all_tables(report);
    for (table, media) in &tables {
        if table.rows.is_empty() || media.contains(&medium) {
            continue;
        }
        let has = [Workbook, Page, Document].into_iter().find(|other| media.contains(other));
        let file = has.map_or("report.json", Medium::file);
        let name = table.name.to_owned();
        match by_file.iter_mut().find(|(other, _)| *other == file) {
            Some((_, names)) => names.push(name),
            None => by_file.push((file, vec![name])),
        }
    }
    let lines = by_file.into_iter().map(|(file, names)| format!("Not shown here, but in {file}: {}.", listed(&names)));
    lines.chain(narrowed(&tables, medium)).map(Line::of).collect()
}

/// Which tables running text shows with fewer columns than the workbook. The notes of a slide name each column.
fn narrowed(tables: &[(Table, &'static [Medium])], medium: Medium) -> Option<String> {
    let is_narrowed = |table: &Table| {
        let is_used = |at: usize| table.rows.iter().any(|row| row.cells[at] != Cell::Empty);
        table.columns.iter().enumerate().any(|(at, column)| column.rank > medium.rank() && is_used(at))
    };
    let tables = tables.iter().filter(|(table, media)| media.contains(&medium) && is_narrowed(table));
    let names: Vec<String> = tables.map(|(table, _)| table.name.to_owned()).collect();
    let is_said = medium != Deck && !names.is_empty();
    is_said.then(|| format!("With more columns in {}: {}.", Workbook.file(), listed(&names)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::story::{further_views, story_views};
    use crate::report::tables::sample::{acme, report_of};

    #[test]
    fn every_table_is_told_somewhere_and_is_whole() {
        let report = report_of(include_str!("../../../examples/stacks/stage-3-marketo-enterprise.yaml"));
        let mut ids = BTreeSet::new();
        for (table, media) in all_tables(&report) {
            assert!(!media.is_empty(), "{} is told nowhere", table.id);
            assert!(ids.insert(table.id), "{} is told twice", table.id);
            assert!(table.name.len() <= 31 && !table.columns.is_empty(), "{}", table.id);
            let is_on_slides = table.columns.iter().any(|column| column.rank == tables::Rank::Slide);
            assert!(is_on_slides || !media.contains(&Deck), "{}", table.id);
            let keys: BTreeSet<&str> = table.columns.iter().map(|column| column.key).collect();
            assert_eq!(keys.len(), table.columns.len(), "{}: keys are unique", table.id);
            for formula in table.columns.iter().filter_map(|column| column.formula) {
                let named = formula.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
                named.for_each(|key| assert!(keys.contains(key), "{}: {formula}", table.id));
            }
            for row in table.rows.iter().chain(&table.foot) {
                assert_eq!(row.cells.len(), table.columns.len(), "{}: {}", table.id, row.id);
            }
            let rows: BTreeSet<&str> = table.rows.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(rows.len(), table.rows.len(), "{}: ids of rows are unique", table.id);
        }
        assert!(ids.len() >= 15, "{ids:?}");
    }

    /// Slides, and the whole window of the page, have a list of their own.
    #[test]
    fn every_picture_that_a_deck_tells_is_on_a_slide() {
        let report = report_of(include_str!("../../../examples/stacks/stage-3-marketo-enterprise.yaml"));
        let picture = |(tells, media): &(Tells, &[Medium])| match tells {
            Tells::Picture(view) => media.contains(&Deck).then_some(*view),
            _ => None,
        };
        let told: BTreeSet<&str> = CHAPTERS.iter().flat_map(|entry| entry.tells).filter_map(picture).collect();
        let shown: BTreeSet<&str> = story_views(&report).into_iter().chain(further_views(&report)).collect();
        assert_eq!(told, shown);
    }

    #[test]
    fn a_medium_says_where_to_find_what_it_does_not_tell() {
        let report = acme();
        let said = |medium| -> String {
            left_out(&report, medium).iter().flat_map(Line::pieces).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(
            said(Document),
            "Not shown here, but in plan.xlsx: Steps and Options considered.With more columns in plan.xlsx: Stage, Handoffs, \
             Outages, Processes, Findings, Plan, Uncertainty, To verify, Way to the next stage, AI register, Calls, \
             Questions and Assumptions."
        );
        assert!(said(Deck).contains("Findings"), "{}", said(Deck));
        assert_eq!(said(Workbook), "");
    }
}
