//! `report.html`: one page with pictures, tables and a small script, complete in itself.
//!
//! Everything that can be read is in the markup, so that the page is whole without its script, on paper and for a
//! screen reader; the script adds pointing, filtering, sorting and the question "what if this were offline", which it
//! answers from the outages in the report and never by reckoning of its own. `docs/formats/html.md` has the page in
//! full. Nothing here knows how a stack is analysed.

mod embed;
mod field;
mod palette;
mod parts;
mod picture;
mod policy;
mod table;
mod write;

use serde_json::Value;

use crate::report::facts::Report;
use palette::Palette;
use sinew_draw::scene::Scene;
use sinew_draw::theme::Theme;
use write::Html;

pub use crate::report::facts::{FlowName, Names, SystemName};

/// All that the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What `report.json` says; a part that is not there is left out of the page.
    pub report: &'a Value,
    /// The sentences that come first.
    pub summary: &'a [String],
    /// What the ids in the report stand for.
    pub names: &'a Names,
    /// The pictures, in the order of their tabs.
    pub pictures: &'a [Picture],
    /// Colours of the page and its pictures.
    pub theme: &'a Theme,
    /// Colours for readers who prefer dark pages; without them the page is light for all.
    pub dark: Option<&'a Theme>,
}

/// One view of the stack, on one slide or several.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The view: letters, digits and hyphens. `target` is shown at the end of the way from today to the target.
    pub id: String,
    /// The words on its tab.
    pub title: String,
    /// Its slides.
    pub scenes: Vec<Scene>,
}

/// What `report.json` says, as a value that [`Page`] reads.
///
/// # Panics
/// Never: reports have text for keys and nothing that cannot be written.
#[must_use]
pub fn report_value(report: &Report) -> Value {
    serde_json::to_value(report).expect("reports have text for keys and nothing that can fail")
}

/// The page as one HTML document. Same page, same bytes.
#[must_use]
pub fn html(page: &Page<'_>) -> String {
    let mut palette = Palette::new(page.theme, page.dark);
    let mut body = Html::default();
    write_body(&mut body, page, &mut palette);
    let style = format!("{}{}", palette.rules(), STYLE);
    let mut html = Html::default();
    html.markup("<!DOCTYPE html>\n");
    html.open("html", &[("lang", "en")]);
    html.within("head", &[], |html| write_head(html, page, &style));
    html.line();
    html.markup(&body.into_text());
    html.close("html");
    html.line();
    html.into_text()
}

/// The style sheet, without colours: those are the theme's.
const STYLE: &str = include_str!("page.css");

/// The script.
const SCRIPT: &str = include_str!("page.js");

fn write_head(html: &mut Html, page: &Page<'_>, style: &str) {
    html.open("meta", &[("charset", "utf-8")]);
    html.open(
        "meta",
        &[("http-equiv", "Content-Security-Policy"), ("content", policy::policy(style, SCRIPT).as_str())],
    );
    html.open("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.open("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    html.line();
    html.element("title", &[], &parts::stack_name(page));
    html.line();
    html.within("style", &[], |html| html.markup(style));
}

fn write_body(html: &mut Html, page: &Page<'_>, palette: &mut Palette<'_>) {
    html.within("body", &[], |html| {
        html.element("a", &[("class", "skip"), ("href", "#content")], "Skip to the content");
        parts::header(html, page);
        html.within("main", &[("id", "content"), ("tabindex", "-1")], |html| {
            let (first, rest) = parts::ALL.split_at(parts::BEFORE_PICTURES);
            first.iter().for_each(|part| (part.write)(html, page));
            picture::pictures(html, page, palette);
            rest.iter().for_each(|part| (part.write)(html, page));
        });
        parts::footer(html);
        html.line();
        html.within("script", &[("type", "application/json"), ("id", "data")], |html| {
            html.markup(&embed::embedded(&parts::data(page)));
        });
        html.line();
        html.within("script", &[], |html| html.markup(SCRIPT));
    });
    html.line();
}
