//! The one list of what is told, in which order, and in which media.

use super::{Chapter, Item, Part, baseline, findings, ledger, outage, plan, stage, summary};
use super::{Medium, Medium::Deck, Medium::Document, Medium::Page, Medium::Terminal, Medium::Workbook};
use crate::report::facts::Report;
use crate::report::say::{Line, listed};
use crate::report::tables::{self, Table};

/// What a chapter tells.
enum Tells {
    /// Running text.
    Sentences(fn(&Report) -> Vec<Line>),
    /// A list.
    Items(fn(&Report) -> Vec<Item>),
    /// A table.
    Table(fn(&Report) -> Option<Table>),
    /// A picture.
    Picture(&'static str),
}

/// A chapter with its parts and the media that show each.
struct Entry {
    id: &'static str,
    heading: &'static str,
    tells: &'static [(Tells, &'static [Medium])],
}

const ALL: &[Medium] = &Medium::ALL;
/// Those with pictures.
const DRAWN: &[Medium] = &[Page, Deck];
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
    Entry { id: "landscape", heading: "The stack", tells: &[(Tells::Picture("landscape"), DRAWN)] },
    Entry {
        id: "handoffs",
        heading: "Handoffs",
        tells: &[
            (Tells::Picture("handoffs"), DRAWN),
            (Tells::Table(tables::handoffs), ALL),
            (Tells::Table(tables::steps), &[Workbook]),
        ],
    },
    Entry {
        id: "outages",
        heading: "What breaks if it fails",
        tells: &[
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
            (Tells::Picture("target"), DRAWN),
            (Tells::Table(tables::before_after), ALL),
            (Tells::Sentences(plan::introduces), TEXT),
            (Tells::Sentences(plan::uncertainty), ALL),
            (Tells::Table(tables::uncertainty), ALL),
            (Tells::Table(tables::unfunded), ALL),
            (Tells::Table(tables::unsolved), ALL),
            (Tells::Table(tables::options), &[Page, Workbook]),
            (Tells::Items(plan::explanation), TEXT),
        ],
    },
    Entry {
        id: "register",
        heading: "AI tools and automation",
        tells: &[
            (Tells::Table(tables::ai_register), ALL),
            (Tells::Sentences(ledger::sentences), TEXT),
            (Tells::Table(tables::ledger), LONG),
        ],
    },
    Entry { id: "structure", heading: "Structure", tells: &[(Tells::Table(tables::structure), LONG)] },
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
    for (table, media) in all_tables(report) {
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
    by_file
        .into_iter()
        .map(|(file, names)| Line::of(format!("Not shown here, but in {file}: {}.", listed(&names))))
        .collect()
}
