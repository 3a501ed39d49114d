//! What takes longer than an edit: the picture, then the plan, then the page of the report. Always of the newest state; one
//! that is overtaken is left where it is.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::keeper::Opened;
use super::kept::Kept;
use crate::analysis::Analysis;
use crate::ask::planned;
use crate::plan::Options;
use crate::plan::questions::by_year;
use crate::report::question::{self, Places};
use crate::report::{self, Look, Part, Pictures, Report, Sources, files_with, summary, views};
use sinew_draw::layout::Budget;
use sinew_draw::stood::Stood;
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
    /// The page of the report, and where the boxes of its pictures stand.
    Page(String, Option<Arc<Stood>>),
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
    // The picture has all of a slide to itself, those of the report leave room for what is said beside them.
    let (mut picture, mut report) = (Kept::default(), Kept::default());
    loop {
        let Job { version, opened } = queue.next();
        let analysis = Analysis::of(&opened.stack);
        let landscape = views::landscape(&analysis);
        report.judge(&landscape);
        if let Some(svg) = picture.drawn(&landscape) {
            told(version, Made::Picture(svg));
        }
        if queue.is_overtaken() {
            continue;
        }
        let stood = report.stood.clone();
        let told = |made: Made| {
            if let Made::Page(_, stood) = &made {
                report.stood.clone_from(stood);
            }
            told(version, made);
        };
        planning(queue, &opened, &analysis, stood.as_ref(), told);
    }
}

fn planning(
    queue: &Queue,
    opened: &Opened,
    analysis: &Analysis<'_>,
    stood: Option<&Arc<Stood>>,
    mut told: impl FnMut(Made),
) {
    // Likely values: a room waits for no simulations. The files that are handed out have them.
    let options = Options { samples: 0, ..Options::default() };
    let plan = match planned(analysis, &options) {
        Ok(plan) => plan,
        Err(refused) => return told(Made::NoPlan(refused.0.trim().to_owned())),
    };
    if queue.is_overtaken() {
        return;
    }
    let findings = analysis.findings();
    let shown = report::Plan::of(&opened.stack, &plan, &options);
    let places = Places { source: &opened.source, cells: &opened.cells };
    let questions = question::first(analysis, Some(&plan), &by_year(analysis), places, question::OF_REPORT);
    let report = Report::of(analysis, &findings, &opened.source).with_plan(shown).with_questions(questions);
    told(Made::Plan(summary(&report)));
    if queue.is_overtaken() {
        return;
    }
    let sources = Sources { analysis, findings: &findings, plan: &plan, report: &report, stood };
    let pictures = Pictures::of(&sources, &[Part::Page], Budget::REPORT, &|_| ());
    if queue.is_overtaken() {
        return;
    }
    let stands = pictures.stood().cloned().map(Arc::new);
    let report = report.clone().with_pictures(pictures.lacking(), pictures.layout());
    let sources = Sources { report: &report, ..sources };
    let files = files_with(&sources, &pictures, &[Part::Page], &Look::of(Theme::light()), &|_| ());
    match files.map(|files| files.into_iter().next()) {
        Ok(Some(page)) => told(Made::Page(String::from_utf8_lossy(&page.bytes).into_owned(), stands)),
        Ok(None) => {}
        Err(error) => told(Made::NoPlan(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The example with these lines as its first systems.
    fn opened(systems: &str) -> Arc<Opened> {
        let text = include_str!("../../examples/stacks/stage-3-marketo-enterprise.yaml");
        let text = text.replacen("systems:\n", &format!("systems:\n{systems}"), 1);
        let source = crate::source::Source::new("stack.yaml", text);
        let stack = crate::model::read(&source).stack.unwrap();
        Arc::new(Opened { source, stack, warnings: Vec::new(), cells: BTreeMap::new(), catalogs: Vec::new() })
    }

    /// Where boxes stand on the pages that are made of these states, one after the other.
    fn pages(states: &[Arc<Opened>]) -> Vec<Arc<Stood>> {
        let queue = Arc::new(Queue::default());
        let (sender, made) = std::sync::mpsc::channel();
        let working = Arc::clone(&queue);
        // It works for ever, and ends with the tests.
        std::thread::spawn(move || {
            work(&working, |_, made| {
                if let Made::Page(_, stood) = made {
                    let _ = sender.send(stood.unwrap());
                }
            });
        });
        let page = |(version, opened): (u64, &Arc<Opened>)| {
            queue.push(Job { version, opened: Arc::clone(opened) });
            made.recv().unwrap()
        };
        (1..).zip(states).map(page).collect()
    }

    #[test]
    fn systems_stand_on_the_page_of_the_report_where_they_stood_before_an_edit() {
        let more = opened(
            "  notes: { product: notion, domain: Marketing }\n  forms: { product: typeform, domain: Marketing }\n",
        );
        let pages_of_both = pages(&[opened(""), Arc::clone(&more)]);
        let [before, after] = &pages_of_both[..] else { panic!("{}", pages_of_both.len()) };
        assert_eq!((before.boxes.len(), after.boxes.len()), (19, 21));
        assert_eq!(after.moved(before), Vec::<&str>::new());
        // By itself it is arranged otherwise: the line above can fail.
        assert!(!pages(&[more])[0].moved(before).is_empty());
    }
}
