//! The structural view: where the picture would fall apart, and how much runs through middleware.

use super::super::field::{ids, list, number, words};
use super::super::table::components;
use super::{Html, Page};
use crate::report::say::{counted, grouped};

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("structure").is_some_and(|structure| !structure.is_null())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let Some(structure) = page.report.get("structure") else { return };
    html.element(
        "p",
        &[],
        "How the systems hang together as a mere network, whatever the flows carry. What a failure takes away stands above.",
    );
    html.within("dl", &[("class", "terms")], |html| {
        term(html, "Articulation points", &components(page.names, &ids(structure, "articulation_points")));
        term(html, "Bridges", &components(page.names, &ids(structure, "bridges")));
        let share = list(structure, "middleware_share").iter().map(|of| {
            let flows = counted(number(of, "flows").unwrap_or(0.0).max(0.0) as usize, "flow", "flows");
            let share = grouped(number(of, "share").unwrap_or(0.0) * 100.0);
            format!("{}: {flows}, {share}% of all", page.names.system(words(of, "system")))
        });
        term(html, "Through middleware", &share.collect::<Vec<_>>());
    });
}

fn term(html: &mut Html, head: &str, names: &[String]) {
    html.element("dt", &[], head);
    html.within("dd", &[], |html| {
        if names.is_empty() {
            html.text("none");
        }
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                html.text("; ");
            }
            html.name(name);
        }
    });
}
