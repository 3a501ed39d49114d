//! The page: the picture and the report, and beside them the rail in which the stack is edited. Its script is small modules,
//! its style one file; both are in the program.

use maud::{DOCTYPE, Markup, html};

/// The page runs its own modules and asks nobody but this server; the report stands in a frame of its own.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; \
                                 base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The report names its script and style by their hashes in its own policy; nobody else may frame it.
pub(super) const REPORT_POLICY: &str = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

const ASSETS: &[(&str, &str, &str)] = &[
    ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
    ("start.js", JS, include_str!("assets/start.js")),
    ("server.js", JS, include_str!("assets/server.js")),
    ("dom.js", JS, include_str!("assets/dom.js")),
    ("typing.js", JS, include_str!("assets/typing.js")),
    ("forms.js", JS, include_str!("assets/forms.js")),
    ("entry.js", JS, include_str!("assets/entry.js")),
    ("lists.js", JS, include_str!("assets/lists.js")),
    ("board.js", JS, include_str!("assets/board.js")),
    ("scenarios.js", JS, include_str!("assets/scenarios.js")),
    ("present.js", JS, include_str!("assets/present.js")),
];

const JS: &str = "text/javascript; charset=utf-8";

/// One of the files that the page consists of.
pub(super) fn asset(name: &str) -> Option<(&'static str, &'static str)> {
    ASSETS.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| (*kind, *text))
}

/// The page without anything of a stack: its script asks for that.
pub(super) fn shell() -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { "sinew" }
                link rel="icon" href="assets/icon.svg";
                link rel="stylesheet" href="assets/style.css";
                script type="module" src="assets/start.js" {}
            }
            body {
                (rail())
                main {
                    header.board {
                        div.line { h1 #title {} p #file.file {} }
                        dl #figures.figures {}
                        p #since.since role="status" aria-live="polite" {}
                        ul #plan.plan hidden {}
                    }
                    div #wrong.wrong role="alert" hidden {}
                    div.tabs role="tablist" aria-label="What is shown" {
                        (tab("picture", "Picture", true)) (tab("report", "Report", false)) (tab("compare", "Scenarios", false))
                        span.room {}
                        button #present type="button" { "Present " kbd { "F" } }
                        (exports())
                    }
                    section #picture-view.view role="tabpanel" aria-labelledby="tab-picture" { div #picture.picture tabindex="0" role="region" aria-label="Picture of the stack" {} }
                    section #report-view.view role="tabpanel" aria-labelledby="tab-report" hidden {}
                    section #compare-view.view role="tabpanel" aria-labelledby="tab-compare" hidden { div #compare.compare {} }
                    (flow())
                }
                dialog #stage aria-label="Presentation" {}
                noscript { p.wrong { "This page needs its script." } }
            }
        }
    };
    page.into_string()
}

fn tab(id: &str, words: &str, is_shown: bool) -> Markup {
    html! {
        button #{ "tab-" (id) } type="button" role="tab" aria-controls={ (id) "-view" } aria-selected=(is_shown) data-view=(id) { (words) }
    }
}

fn exports() -> Markup {
    html! {
        span.exports {
            @for (name, ..) in super::export::EXPORTS {
                a.button href={ "export/" (name) } download=(name) { @match *name {
                    "slides.pptx" => "Deck",
                    "plan.xlsx" => "Workbook",
                    "target.yaml" => "Target",
                    _ => "Page",
                } }
            }
        }
    }
}

/// A field with the words above it.
fn field(name: &str, words: &str, list: &str, hint: &str) -> Markup {
    html! {
        label { span { (words) } input name=(name) data-list=(list) placeholder=(hint) autocomplete="off" spellcheck="false"; }
    }
}

fn rail() -> Markup {
    html! {
        aside #rail aria-label="Editing" {
            p #read-only.note hidden {}
            div.history {
                button #undo type="button" disabled { "Undo" } button #redo type="button" disabled { "Redo" }
                span #saved.saved role="status" {}
            }
            (form("system", "s", "Add a system", &html! {
                (field("name", "Name or product", "products", "HubSpot"))
                (field("kind", "Kind, if the catalog does not know it", "kinds", ""))
                div.pair { (field("owner", "Owner", "teams", "team or person")) (field("domain", "Domain", "", "Marketing")) }
            }))
            (form("process", "p", "Add a process", &html! {
                (field("name", "Name", "", "Lead routing"))
                (field("needs", "Needs", "needs", "leads at Salesforce, visits at Analytics"))
                div.pair { (field("owner", "Owner", "teams", "")) (field("cost", "Cost per hour down", "", "500")) }
            }))
            section #change-box {
                h2 { "Change" kbd { "E" } }
                label { span { "System, flow, team, process; empty for the stack itself" }
                    input #change-find data-list="entries" autocomplete="off" spellcheck="false"; }
                div #change.keys {}
            }
            section { h2 { "Questions" kbd { "Q" } } ol #questions.list {} }
            section { h2 { "Findings" kbd { "A" } } ol #findings.list {} }
            section {
                h2 { "Scenarios" }
                label { span { "Edits go to" } select #scenario {} }
                (form("scenario", "", "", &html! { (field("name", "Start a scenario", "", "Without middleware")) }))
            }
            p.note { "Tab goes on, Enter adds. Keys outside of fields: " kbd { "S" } kbd { "F" } " present, " kbd { "L" } " flow, " kbd { "P" } kbd { "E" } kbd { "Q" } kbd { "A" } ", " kbd { "Ctrl Z" } }
        }
    }
}

/// The line in which flows are typed, one after the other.
fn flow() -> Markup {
    form(
        "flow",
        "l",
        "Flow",
        &html! {
            (field("from", "From", "systems", "")) (field("what", "What", "data", "leads, …")) (field("to", "To", "systems", ""))
            (field("how", "How", "mechanisms", "copy-paste")) (field("who", "Who", "teams", ""))
            (field("runs", "How often", "", "5/week")) (field("minutes", "Minutes", "", "20"))
        },
    )
}

fn form(id: &str, key: &str, words: &str, fields: &Markup) -> Markup {
    html! {
        form #{ "add-" (id) } data-form=(id) novalidate {
            @if !words.is_empty() { h2 { (words) kbd { (key.to_uppercase()) } } }
            (fields)
            p.error role="alert" hidden {}
            button type="submit" { @if id == "scenario" { "Start" } @else { "Add" } }
        }
    }
}
