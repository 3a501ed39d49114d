//! `report.html`: one page with pictures, tables and a small script, complete in itself.
//!
//! Everything that can be read is in the markup, so that the page is whole without its script, on paper and for a
//! screen reader; the script adds pointing, filtering, sorting and the question "what if this were offline", which it
//! answers from the outages in the report and never by working one out. `docs/formats/html.md` has the page in full.
//! Nothing here knows how a stack is analyzed, which words stand in a table, or how a number is written.

mod cell;
mod chapter;
mod data;
mod embed;
mod head;
mod ladder;
mod leaf;
mod palette;
mod paper;
mod picture;
mod policy;
mod table;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use sinew_draw::scene::Scene;
use sinew_draw::theme::Theme;

use crate::report::facts::Report;
use crate::report::story::{Chapter, Document};
use crate::source::visible;
pub use leaf::leaf;
use palette::Palette;
use sinew_draw::direction::MARK;

/// All that the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What `report.json` says: names, and what the script answers from.
    pub report: &'a Report,
    /// What is told; the chapter called `summary` stands in the head.
    pub story: &'a Document,
    /// The pictures, in the order of their tabs.
    pub pictures: &'a [Picture],
    /// Colors of the page and its pictures.
    pub theme: &'a Theme,
    /// Colors for readers who prefer dark pages; without them the page is light for all.
    pub dark: Option<&'a Theme>,
}

/// One view of the stack, on one slide or several.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The view: letters, digits and hyphens. `target` is shown at the end of the way from today to the target.
    pub id: String,
    /// The words on its tab.
    pub title: String,
    /// Its slides, the first of which the tab opens with.
    pub scenes: Vec<Scene>,
}

/// The page as one HTML document. Same page, same bytes.
#[must_use]
pub fn html(page: &Page<'_>) -> String {
    let mut palette = Palette::new(page.theme, page.dark);
    let body = readable(body(page, &mut palette));
    let style = format!("{}{}", palette.rules(), STYLE);
    let html = markup! {
        (DOCTYPE) "\n"
        html lang="en" { (head_element(page, &style)) "\n" (body) "\n" }
        "\n"
    };
    html.into_string()
}

/// The items and tables of a story without pictures, for a page that shows them beside others.
#[must_use]
pub fn fragment(story: &Document) -> String {
    let body = markup! {
        @for chapter in &story.chapters {
            @if !chapter.heading.is_empty() { h3 { (chapter.heading) } }
            @for part in &chapter.parts { (chapter::alone(part)) }
        }
    };
    readable(body).into_string()
}

/// The style sheet, without colors: those are the theme's.
const STYLE: &str =
    concat!(include_str!("style/page.css"), include_str!("style/pictures.css"), include_str!("style/print.css"));

/// One function, of which each file is a part: what is declared in one is known to all.
const SCRIPT: &str = concat!(
    include_str!("script/names.js"),
    include_str!("script/outage.js"),
    include_str!("script/pictures.js"),
    include_str!("script/near.js"),
    include_str!("script/pointing.js"),
    include_str!("script/filters.js"),
    include_str!("script/tables.js"),
    include_str!("script/steps.js"),
    include_str!("script/tabs.js"),
    include_str!("script/zoom.js"),
    include_str!("script/card.js"),
    include_str!("script/search.js"),
    include_str!("script/present.js"),
    include_str!("script/address.js"),
    include_str!("script/start.js"),
);

fn head_element(page: &Page<'_>, style: &str) -> Markup {
    markup! {
        head {
            meta charset="utf-8";
            // The policy quotes its words; there is nothing of a user's in it.
            meta http-equiv="Content-Security-Policy" content=(policy::policy(style, SCRIPT));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            "\n"
            title { (visible(&head::title(page))) }
            "\n"
            style { (PreEscaped(style)) }
        }
    }
}

fn body(page: &Page<'_>, palette: &mut Palette<'_>) -> Markup {
    markup! {
        body {
            a.skip href="#content" { "Skip to the content" }
            (head::head(page))
            main #content tabindex="-1" { @for one in told(page) { (chapter::chapter(one, page, palette)) } }
            (paper::left_out(page.story))
            footer { "Made by sinew from the stack file alone. This page holds all its data and loads nothing from any server." }
            "\n"
            script #data type="application/json" { (PreEscaped(embed::embedded(&data::Data::of(page.report)))) }
            "\n"
            script { (PreEscaped(SCRIPT)) }
        }
    }
}

/// The chapters that stand below the head.
fn told<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Chapter> {
    page.story.chapters.iter().filter(|chapter| chapter.id != SUMMARY && chapter.parts.iter().any(chapter::is_shown))
}

/// The chapter of the sentences that come first.
const SUMMARY: &str = "summary";

/// The markup with every character that would turn the direction of text, or cannot be seen, made visible, wherever it
/// stands. Line ends are the page's own.
fn readable(markup: Markup) -> Markup {
    // Words of pictures are clean but for marks of ours that keep names from right to left in their place.
    let shown = |line: &str| {
        let (before, words) = line.split_at(line.find("<text ").unwrap_or(line.len()));
        visible(before) + &words.split(MARK).map(visible).collect::<Vec<_>>().join(MARK)
    };
    let lines: Vec<String> = markup.into_string().split('\n').map(shown).collect();
    PreEscaped(lines.join("\n"))
}
