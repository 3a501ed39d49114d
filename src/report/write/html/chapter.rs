//! A chapter of the story as a section.

use maud::{Markup, html};

use super::palette::Palette;
use super::words::line;
use super::{Page, ladder, paper, picture, table};
use crate::report::story::{Chapter, Item, Part};
use crate::report::tables::Table;

pub(super) fn chapter(chapter: &Chapter, page: &Page<'_>, palette: &mut Palette<'_>) -> Markup {
    let head = format!("{}-head", chapter.id);
    let screen = (!paper::has_chapter(chapter)).then_some(paper::SCREEN);
    let has_ladder = chapter.parts.contains(&Part::Picture(STAGES));
    html! {
        section id=(chapter.id) class=[screen] aria-labelledby=(head) {
            h2 id=(head) { (chapter.heading) }
            @for one in &chapter.parts {
                @match one {
                    // The ladder says it in short, and the pictures are to be seen at once.
                    Part::Table(of) if has_ladder => (folded(of)),
                    _ => (part(one, page, palette)),
                }
            }
        }
        "\n"
    }
}

/// A table behind a click.
fn folded(of: &Table) -> Markup {
    let [_, many] = of.unit;
    html! { details.screen { summary { (of.title) " (" (of.rows.len()) " " (many) ")" } (table::table(of)) } }
}

/// Whether a part shows anything in its own place.
pub(super) fn is_shown(part: &Part) -> bool {
    !matches!(part, Part::Picture(view) if *view != FIRST)
}

fn part(part: &Part, page: &Page<'_>, palette: &mut Palette<'_>) -> Markup {
    match part {
        Part::Sentences(lines) => html! { @for one in lines { p { (line(one)) } } },
        Part::Items(items) => html! { ul { @for one in items { (item(one)) } } },
        Part::Table(one) => table::table(one),
        Part::Picture(FIRST) => picture::pictures(page, palette),
        Part::Picture(STAGES) => html! { @if let Some(stage) = &page.report.stage { (ladder::ladder(stage)) } },
        Part::Picture(_) => html! {},
    }
}

/// A part that needs nothing of a page: pictures are left out.
pub(super) fn alone(part: &Part) -> Markup {
    match part {
        Part::Sentences(lines) => html! { @for one in lines { p { (line(one)) } } },
        Part::Items(items) => html! { ul { @for one in items { (item(one)) } } },
        Part::Table(one) => table::table(one),
        Part::Picture(_) => html! {},
    }
}

/// The view that is told as a ladder of words, beside its tab.
const STAGES: &str = "stage";

/// The view in whose place all pictures stand, so that what is offline or filtered is seen in each of them.
const FIRST: &str = "landscape";

pub(super) fn item(item: &Item) -> Markup {
    html! {
        li {
            (line(&item.head))
            @if !item.details.is_empty() { ul.plain { @for one in &item.details { li { (line(one)) } } } }
        }
    }
}
