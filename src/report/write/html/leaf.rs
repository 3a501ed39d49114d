//! A document as a page of its own, without pictures and without a script: tables, sentences and lists.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sinew_draw::theme::Theme;

use super::palette::Palette;
use super::words::{line, shortened};
use super::{STYLE, chapter, policy, readable, table};
use crate::report::say::Line;
use crate::report::story::{Chapter, Document, Part};
use crate::source::visible;

/// The document as one page that holds everything and loads nothing. Same document, same bytes.
#[must_use]
pub fn leaf(document: &Document, theme: &Theme, dark: Option<&Theme>) -> String {
    let style = format!("{}{STYLE}", Palette::new(theme, dark).rules());
    let title = document.title.as_ref().map(words).unwrap_or_default();
    let page = html! {
        (DOCTYPE) "\n"
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy_without_script(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                "\n"
                title { (visible(&title)) }
                "\n"
                style { (PreEscaped(&style)) }
            }
            "\n"
            (readable(body(document, &title)))
            "\n"
        }
        "\n"
    };
    page.into_string()
}

fn body(document: &Document, title: &str) -> Markup {
    html! {
        body {
            a.skip href="#content" { "Skip to the content" }
            header {
                h1 { bdi title=(title) { (shortened(title)) } }
                @for one in &document.lead { p { (line(one)) } }
            }
            "\n"
            main #content tabindex="-1" { @for one in &document.chapters { (section(one)) } }
            footer { "Made by sinew from the stack files alone. This page holds all its data and loads nothing from any server." }
        }
    }
}

fn section(of: &Chapter) -> Markup {
    let head = format!("{}-head", of.id);
    html! {
        section id=(of.id) aria-labelledby=(head) {
            h2 id=(head) { (of.heading) }
            @for part in &of.parts {
                @match part {
                    Part::Sentences(lines) => { @for one in lines { p { (line(one)) } } },
                    Part::Items(items) => ul { @for one in items { (chapter::item(one)) } },
                    Part::Table(one) => (table::whole(one)),
                    Part::Picture(_) => {},
                }
            }
        }
        "\n"
    }
}

fn words(line: &Line) -> String {
    line.pieces().iter().map(|(_, piece)| piece.as_str()).collect()
}
