//! What takes longer than an edit: the picture and the plan, and of the plan the page of the report. Each has a thread of its own
//! and is made of the newest state, so that none waits for another; what is overtaken is left where it is.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::keeper::Opened;
use super::kept::Kept;
use crate::analysis::Analysis;
use crate::ask::planned;
use crate::plan::questions::by_year;
use crate::plan::{Options, Plan};
use crate::report::question::{self, Places};
use crate::report::{self, Look, Part, Pictures, Report, Sources, files_with, summary, views};
use sinew_draw::layout::Budget;
use sinew_draw::stood::Stood;
use sinew_draw::theme::Theme;

/// A stack that waits to be drawn and planned.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) version: u64,
    pub(super) opened: Arc<Opened>,
}

/// A plan of which a page waits to be made.
struct Planned {
    job: Job,
    plan: Plan,
}

/// The newest of what waits; nobody wants an older one.
struct Newest<T> {
    waiting: Mutex<Option<T>>,
    woken: Condvar,
}

/// What waits for each of the threads.
#[derive(Default)]
pub(super) struct Queue {
    pictures: Newest<Job>,
    plans: Newest<Job>,
    pages: Newest<Planned>,
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

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), woken: Condvar::new() }
    }
}

impl<T> Newest<T> {
    fn push(&self, one: T) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(one);
        self.woken.notify_one();
    }

    fn is_overtaken(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn next(&self) -> T {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match waiting.take() {
                Some(one) => return one,
                None => waiting = self.woken.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Queue {
    pub(super) fn push(&self, job: Job) {
        self.pictures.push(job.clone());
        self.plans.push(job);
    }
}

/// Likely values: a room waits for no simulations. The files that are handed out have them.
fn options() -> Options {
    Options { samples: 0, ..Options::default() }
}

/// Works for ever; `told` gets each result with the version of the state that it is of.
pub(super) fn work(queue: &Queue, told: impl Fn(u64, Made) + Sync) {
    let told = &told;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // The picture has all of a slide to itself, those of the report leave room for what is said beside them.
            let mut kept = Kept::default();
            loop {
                let Job { version, opened } = queue.pictures.next();
                if let Some(svg) = kept.drawn(&views::landscape(&Analysis::of(&opened.stack))) {
                    told(version, Made::Picture(svg));
                }
            }
        });
        scope.spawn(move || {
            // Pictures of pages are laid out on one core, so that the next plan has another.
            let pool = ThreadPoolBuilder::new().num_threads(1).build().ok();
            let mut kept = Kept::default();
            loop {
                let planned = queue.pages.next();
                let is_overtaken = || queue.pages.is_overtaken() || queue.plans.is_overtaken();
                if let Some(made) = page(&planned, &mut kept, pool.as_ref(), &is_overtaken) {
                    told(planned.job.version, made);
                }
            }
        });
        loop {
            let job = queue.plans.next();
            match plan(&job.opened) {
                Ok((plan, sentences)) => {
                    told(job.version, Made::Plan(sentences));
                    queue.pages.push(Planned { job, plan });
                }
                Err(why) => told(job.version, Made::NoPlan(why)),
            }
        }
    });
}

/// The plan of a stack and what it comes to, or why there is none.
fn plan(opened: &Opened) -> Result<(Plan, Vec<String>), String> {
    let analysis = Analysis::of(&opened.stack);
    let options = options();
    let plan = planned(&analysis, &options).map_err(|refused| refused.0.trim().to_owned())?;
    let shown = report::Plan::of(&opened.stack, &plan, &options);
    let report = Report::of(&analysis, &analysis.findings(), &opened.source).with_plan(shown);
    Ok((plan, summary(&report)))
}

/// The page of a plan, or why it cannot be made; none where it is overtaken.
fn page(
    planned: &Planned,
    kept: &mut Kept,
    pool: Option<&ThreadPool>,
    is_overtaken: &dyn Fn() -> bool,
) -> Option<Made> {
    let Planned { job: Job { opened, .. }, plan } = planned;
    let analysis = &Analysis::of(&opened.stack);
    kept.judge(&views::landscape(analysis));
    let findings = analysis.findings();
    let shown = report::Plan::of(&opened.stack, plan, &options());
    let places = Places { source: &opened.source, cells: &opened.cells };
    let questions = question::first(analysis, Some(plan), &by_year(analysis), places, question::OF_REPORT);
    let report = Report::of(analysis, &findings, &opened.source).with_plan(shown).with_questions(questions);
    if is_overtaken() {
        return None;
    }
    let sources = Sources { analysis, findings: &findings, plan, report: &report, stood: kept.stood.as_ref() };
    let laid_out = || Pictures::of(&sources, &[Part::Page], Budget::REPORT, Some(&kept.known), &|_| ());
    let pictures = match pool {
        Some(pool) => pool.install(laid_out),
        None => laid_out(),
    };
    kept.known.forget_unused();
    if is_overtaken() {
        return None;
    }
    let stands = pictures.stood().cloned().map(Arc::new);
    let report = report.clone().with_pictures(pictures.lacking(), pictures.layout());
    let sources = Sources { report: &report, ..sources };
    match files_with(&sources, &pictures, &[Part::Page], &Look::of(Theme::light()), &|_| ()) {
        Ok(files) => files.into_iter().next().map(|page| {
            kept.stood.clone_from(&stands);
            Made::Page(String::from_utf8_lossy(&page.bytes).into_owned(), stands)
        }),
        Err(error) => Some(Made::NoPlan(error.to_string())),
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
