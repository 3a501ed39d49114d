//! The pictures with what can be done to them: tabs, filters, the way to the target, and what falls.

use super::field::{ids, list, number, words};
use super::palette::Palette;
use super::write::Html;
use super::{Page, Picture};

/// The section of the pictures. Controls are hidden until the script shows them: without it they would do nothing.
pub(super) fn pictures(html: &mut Html, page: &Page<'_>, palette: &mut Palette<'_>) {
    html.open("section", &[("id", "stack"), ("aria-labelledby", "stack-head")]);
    html.element("h2", &[("id", "stack-head")], "The stack");
    html.within("div", &[("class", "bar controls"), ("hidden", "")], |html| {
        filters(html, page);
        waves(html, page);
    });
    html.element("p", &[("id", "shown"), ("role", "status"), ("class", "status controls"), ("hidden", "")], "");
    if !page.pictures.is_empty() {
        let tabs =
            [("id", "tabs"), ("class", "tabs controls"), ("role", "group"), ("aria-label", "Picture"), ("hidden", "")];
        html.element("div", &tabs, "");
        page.pictures.iter().for_each(|picture| write_picture(html, picture, palette));
    }
    outage_panel(html, page);
    html.close("section");
    html.line();
}

fn write_picture(html: &mut Html, picture: &Picture, palette: &mut Palette<'_>) {
    html.open("figure", &[("class", "picture"), ("data-picture", &picture.id), ("data-title", &picture.title)]);
    html.element("figcaption", &[], &picture.title);
    for scene in &picture.scenes {
        html.line();
        let frame = [
            ("class", "slide"),
            ("data-title", scene.title.as_str()),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", scene.title.as_str()),
        ];
        html.within("div", &frame, |html| html.markup(&palette.draw(scene)));
    }
    html.close("figure");
    html.line();
}

fn filters(html: &mut Html, page: &Page<'_>) {
    html.open("form", &[("id", "filters"), ("class", "filters"), ("role", "search"), ("aria-label", "Filters")]);
    let mut rules: Vec<&str> = list(page.report, "findings").iter().map(|finding| words(finding, "rule")).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<(&str, &str)> = rules.into_iter().map(|rule| (rule, rule)).collect();
    let domains: Vec<(&str, &str)> = page.names.domains().into_iter().map(|domain| (domain, domain)).collect();
    let processes: Vec<(&str, &str)> = list(page.report, "processes")
        .iter()
        .map(|process| words(process, "id"))
        .map(|id| (id, page.names.process(id)))
        .collect();
    choice(html, "rule", "Rule", "All rules", &rules);
    choice(html, "domain", "Domain", "All domains", &domains);
    choice(html, "process", "Process", "All processes", &processes);
    html.element("button", &[("type", "reset"), ("class", "quiet")], "Clear filters");
    html.close("form");
}

/// A drop-down list; none where there is nothing to choose.
fn choice(html: &mut Html, id: &'static str, label: &str, all: &str, options: &[(&str, &str)]) {
    if options.is_empty() {
        return;
    }
    html.within("label", &[], |html| {
        html.element("span", &[], label);
        html.within("select", &[("id", id), ("name", id)], |html| {
            // An attribute without a value has the empty one.
            html.element("option", &[("value", "")], all);
            for (value, name) in options {
                let short = super::write::shortened(name);
                html.element("option", &[("value", value)], short.as_deref().unwrap_or(name));
            }
        });
    });
}

/// The way from today to the target, where there is a plan.
fn waves(html: &mut Html, page: &Page<'_>) {
    let last = last_wave(page);
    if last == 0 {
        return;
    }
    let last = last.to_string();
    html.within("div", &[("class", "waves")], |html| {
        html.element("label", &[("for", "wave")], "From today to target");
        html.within("div", &[("class", "track")], |html| {
            html.element("span", &[("aria-hidden", "true")], "Today");
            let slider = [
                ("type", "range"),
                ("id", "wave"),
                ("min", "0"),
                ("max", last.as_str()),
                ("step", "1"),
                ("value", "0"),
            ];
            html.open("input", &slider);
            html.element("span", &[("aria-hidden", "true")], "Target");
        });
        html.element("output", &[("id", "wave-words"), ("for", "wave")], "Today");
    });
}

/// The last wave of the plan; 0 without a plan.
pub(super) fn last_wave(page: &Page<'_>) -> u64 {
    let items = page.report.get("plan").map_or(&[][..], |plan| list(plan, "items"));
    // A wave is a small whole number; what is not is no wave.
    items.iter().filter_map(|item| number(item, "wave")).map(|wave| wave.clamp(0.0, 999.0) as u64).max().unwrap_or(0)
}

/// Where the script says what falls.
fn outage_panel(html: &mut Html, page: &Page<'_>) {
    if list(page.report, "outages").is_empty() {
        return;
    }
    html.open(
        "div",
        &[
            ("id", "outage"),
            ("class", "outage controls"),
            ("role", "region"),
            ("aria-labelledby", "outage-head"),
            ("hidden", ""),
        ],
    );
    html.within("div", &[("class", "outage-top")], |html| {
        html.element("h3", &[("id", "outage-head")], "What falls?");
        choice(html, "pick", "Take offline", "Choose a system", &failing_systems(page));
        html.element("button", &[("type", "button"), ("id", "several"), ("aria-pressed", "false")], "Several together");
        html.element("button", &[("type", "button"), ("id", "restore"), ("hidden", "")], "All up again");
    });
    html.element("p", &[("id", "outage-words"), ("role", "status")], "");
    html.element("div", &[("id", "outage-lists"), ("class", "lists")], "");
    html.close("div");
}

/// The systems that the report has an outage of, by name.
fn failing_systems<'a>(page: &Page<'a>) -> Vec<(&'a str, &'a str)> {
    let outages = list(page.report, "outages").iter().map(|outage| ids(outage, "components"));
    let systems = outages.filter_map(|components| match components[..] {
        [one] if page.names.systems.contains_key(one) => Some((one, page.names.system(one))),
        _ => None,
    });
    let mut systems: Vec<(&str, &str)> = systems.collect();
    systems.sort_by(|(a, x), (b, y)| x.to_lowercase().cmp(&y.to_lowercase()).then(a.cmp(b)));
    systems
}
