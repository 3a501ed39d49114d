//! The files that the page hands out: what `sinew report` would write of the stack as it is shown.

use std::sync::Arc;

use super::keeper::{Opened, Wrong};
use crate::analysis::Analysis;
use crate::ask::planned;
use crate::plan::Options;
use crate::plan::questions::{Budget, ranked};
use crate::report::question::{self, Places};
use crate::report::{self, Look, Part, Report, Sources, files};
use sinew_draw::stood::Stood;
use sinew_draw::theme::Theme;

/// What can be handed out: the name of the file, and its part of a report.
pub(super) const EXPORTS: &[(&str, Part, &str)] = &[
    #[cfg(feature = "pptx")]
    ("slides.pptx", Part::Slides, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    #[cfg(feature = "xlsx")]
    ("plan.xlsx", Part::Workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("target.yaml", Part::Target, "application/yaml"),
    ("report.html", Part::Page, "text/html; charset=utf-8"),
];

/// The bytes of one of [`EXPORTS`], with the whole plan; boxes stand where they do on the page of the report.
pub(super) fn export(opened: &Opened, part: Part, stood: Option<&Arc<Stood>>) -> Result<Vec<u8>, Wrong> {
    let analysis = Analysis::of(&opened.stack);
    let findings = analysis.findings();
    let options = Options::default();
    let mut plan = planned(&analysis, &options)?;
    plan.target.catalogs = opened.catalogs.clone();
    let shown = report::Plan::of(&opened.stack, &plan, &options);
    let asked = ranked(&analysis, &plan, &options, &Budget::default());
    let places = Places { source: &opened.source, cells: &opened.cells };
    let questions = question::first(&analysis, Some(&plan), &asked, places, question::OF_REPORT);
    let report = Report::of(&analysis, &findings, &opened.source).with_plan(shown).with_questions(questions);
    let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood };
    let made = files(&sources, &[part], &Look::of(Theme::light()), &|_| ());
    let files = made.map_err(|error| Wrong::because(error.to_string()))?;
    files.into_iter().next().map(|file| file.bytes).ok_or_else(|| Wrong::because("nothing was made"))
}
