//! The pictures with what can be done to them: tabs, filters, the way to the target, and what goes down.

use maud::{Markup, PreEscaped, html};

use super::palette::Palette;
use super::words::shortened;
use super::{Page, Picture, paper};
use crate::report::facts::{Names, Report};

/// What stands below the heading of the pictures. Controls are hidden until the script shows them: without it they
/// would do nothing.
pub(super) fn pictures(page: &Page<'_>, palette: &mut Palette<'_>) -> Markup {
    html! {
        div.bar.controls hidden { (filters(page.report)) (waves(page.report)) }
        p #shown.status.controls role="status" hidden {}
        @if !page.pictures.is_empty() {
            p #keys.keys.controls hidden { (KEYS) }
            div.tools-bar.controls hidden { (search()) (lens()) }
            div #tabs.tabs.controls role="group" aria-label="Picture" hidden {}
            div #pictures.pictures { @for picture in page.pictures { (figure(picture, palette)) } }
        }
        @if has_outages(page.report) { (outage_panel(page.report)) }
    }
}

/// How a picture is used.
const KEYS: &str = "Point at a box to see what it is joined to; click a box or a line for its card, and take it offline \
                    there. Zoom with Ctrl or ⌘ and the wheel, or pinch; drag to move. Keyboard: Tab into the picture, \
                    arrow keys from box to box, Enter opens the card, + − 0 zoom, / searches.";

/// Where a name leads to its place in the picture.
fn search() -> Markup {
    html! {
        div.find role="search" aria-label="Names" {
            label for="find" { "Search" }
            input #find type="text" role="combobox" aria-expanded="false" aria-controls="hits" aria-autocomplete="list"
                autocomplete="off" spellcheck="false" placeholder="/ system, flow, process or team";
            ul #hits.hits role="listbox" aria-label="Names found" hidden {}
            p #hits-words.unseen role="status" {}
        }
    }
}

/// How closely a picture is looked at, and the story in a window of its own.
fn lens() -> Markup {
    html! {
        div.lens role="group" aria-label="Zoom" {
            button #zoom-in type="button" { "Zoom in" }
            button #zoom-out type="button" { "Zoom out" }
            button #zoom-off type="button" { "Whole picture" }
        }
        button #present type="button" { "Present" }
    }
}

fn figure(picture: &Picture, palette: &mut Palette<'_>) -> Markup {
    html! {
        figure.picture.screen[!paper::has_view(&picture.id)] data-picture=(picture.id) data-title=(picture.title) {
            figcaption { (picture.title) }
            @for (at, scene) in picture.scenes.iter().enumerate() {
                "\n"
                div.slide.screen[at > 0] data-title=(scene.title) tabindex="0" role="region" aria-label=(scene.title) {
                    (PreEscaped(palette.draw(scene)))
                }
            }
        }
        "\n"
    }
}

fn filters(report: &Report) -> Markup {
    let names = &report.stack.names;
    let mut rules: Vec<&str> = report.findings.iter().flatten().map(|finding| finding.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<(&str, &str)> = rules.into_iter().map(|rule| (rule, rule)).collect();
    let domains: Vec<(&str, &str)> = names.domains().into_iter().map(|domain| (domain, domain)).collect();
    let processes = report.processes.iter().flatten().map(|one| (one.id.as_str(), names.process(&one.id)));
    html! {
        form #filters.filters role="search" aria-label="Filters" {
            (choice("rule", "Rule", "All rules", &rules))
            (choice("domain", "Domain", "All domains", &domains))
            (choice("process", "Process", "All processes", &processes.collect::<Vec<_>>()))
            button.quiet type="reset" { "Clear filters" }
        }
    }
}

/// A drop-down list; none where there is nothing to choose.
fn choice(id: &str, label: &str, all: &str, options: &[(&str, &str)]) -> Markup {
    html! {
        @if !options.is_empty() {
            label {
                span { (label) }
                select id=(id) name=(id) {
                    option value="" { (all) }
                    @for (value, name) in options { option value=(value) { (shortened(name)) } }
                }
            }
        }
    }
}

/// The way from today to the target, where there is a plan.
fn waves(report: &Report) -> Markup {
    let last = report.plan.iter().flat_map(|plan| &plan.items).map(|item| item.wave).max().unwrap_or(0);
    html! {
        @if last > 0 {
            div.waves {
                label for="wave" { "From today to the target" }
                input #wave type="range" min="0" max=(last) step="1" value="0";
                div #ticks.ticks {}
                output #wave-words for="wave" { "Today" }
            }
        }
    }
}

fn has_outages(report: &Report) -> bool {
    report.outages.as_ref().is_some_and(|all| !all.is_empty())
}

/// Where the script says what goes down.
fn outage_panel(report: &Report) -> Markup {
    html! {
        div #outage.outage.controls role="region" aria-labelledby="outage-head" hidden {
            div.outage-top {
                h3 #outage-head { "What goes down?" }
                (choice("pick", "Take offline", "Choose a system", &failing_systems(report)))
                button #several type="button" aria-pressed="false" { "Several together" }
                button #restore type="button" hidden { "Bring everything back" }
            }
            p #outage-words role="status" {}
            div #outage-lists.lists {}
        }
    }
}

/// The systems that the report has an outage of, by name.
fn failing_systems(report: &Report) -> Vec<(&str, &str)> {
    let names: &Names = &report.stack.names;
    let systems = report.outages.iter().flatten().filter_map(|outage| match &outage.components[..] {
        [one] if names.systems.contains_key(&**one) => Some((&**one, names.system(one))),
        _ => None,
    });
    let mut systems: Vec<(&str, &str)> = systems.collect();
    systems.sort_by(|(a, x), (b, y)| x.to_lowercase().cmp(&y.to_lowercase()).then(a.cmp(b)));
    systems
}
