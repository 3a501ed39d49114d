//! What takes longer than an edit: the picture, then the plan, then the page of the report. Always of the newest state; one
//! that is overtaken is left where it is.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::keeper::Opened;
use crate::analysis::Analysis;
use crate::ask::planned;
use crate::plan::Options;
use crate::plan::questions::by_year;
use crate::report::question::{self, Places};
use crate::report::{self, Look, Part, Pictures, Report, Sources, files_with, summary, views};
use sinew_draw::layout::{Budget, Places as Standing, within_places};
use sinew_draw::svg::svg_in_any_font;
use sinew_draw::theme::Theme;

/// A stack that waits to be drawn and planned.
pub(super) struct Job {
    pub(super) version: u64,
    pub(super) opened: Arc<Opened>,
}

/// The newest job; nobody wants an older one.
#[derive(Default)]
pub(super) struct Queue {
    newest: Mutex<Option<Job>>,
    woken: Condvar,
}

/// What was made of a state.
pub(super) enum Made {
    /// The picture of the stack.
    Picture(String),
    /// What the plan comes to, in sentences.
    Plan(Vec<String>),
    /// The page of the report.
    Page(String),
    /// Why there is no plan.
    NoPlan(String),
}

impl Queue {
    pub(super) fn push(&self, job: Job) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(job);
        self.woken.notify_one();
    }

    fn is_overtaken(&self) -> bool {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn next(&self) -> Job {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match newest.take() {
                Some(job) => return job,
                None => newest = self.woken.wait(newest).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Works for ever; `told` gets each result with the version of the state that it is of.
pub(super) fn work(queue: &Queue, told: impl Fn(u64, Made)) {
    // Boxes stay where they stood in the picture before.
    let mut standing: Option<Standing> = None;
    loop {
        let Job { version, opened } = queue.next();
        let analysis = Analysis::of(&opened.stack);
        let laid = within_places(&views::landscape(&analysis), standing.as_ref(), Budget::PICTURE);
        if let Some(first) = laid.slides.first() {
            told(version, Made::Picture(svg_in_any_font(first, &Theme::light())));
        }
        standing = laid.places.or(standing);
        if queue.is_overtaken() {
            continue;
        }
        planning(queue, version, &opened, &analysis, &told);
    }
}

fn planning(queue: &Queue, version: u64, opened: &Opened, analysis: &Analysis<'_>, told: &impl Fn(u64, Made)) {
    // Likely values: a room waits for no simulations. The files that are handed out have them.
    let options = Options { samples: 0, ..Options::default() };
    let plan = match planned(analysis, &options) {
        Ok(plan) => plan,
        Err(refused) => return told(version, Made::NoPlan(refused.0.trim().to_owned())),
    };
    if queue.is_overtaken() {
        return;
    }
    let findings = analysis.findings();
    let shown = report::Plan::of(&opened.stack, &plan, &options);
    let places = Places { source: &opened.source, cells: &opened.cells };
    let questions = question::first(analysis, Some(&plan), &by_year(analysis), places, question::OF_REPORT);
    let report = Report::of(analysis, &findings, &opened.source).with_plan(shown).with_questions(questions);
    told(version, Made::Plan(summary(&report)));
    if queue.is_overtaken() {
        return;
    }
    let sources = Sources { analysis, findings: &findings, plan: &plan, report: &report };
    let pictures = Pictures::of(&sources, &[Part::Page], Budget::REPORT, &|_| ());
    if queue.is_overtaken() {
        return;
    }
    let report = report.clone().with_pictures(pictures.lacking());
    let sources = Sources { report: &report, ..sources };
    let files = files_with(&sources, &pictures, &[Part::Page], &Look::of(Theme::light()), &|_| ());
    match files.map(|files| files.into_iter().next()) {
        Ok(Some(page)) => told(version, Made::Page(String::from_utf8_lossy(&page.bytes).into_owned())),
        Ok(None) => {}
        Err(error) => told(version, Made::NoPlan(error.to_string())),
    }
}
