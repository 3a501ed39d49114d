//! The story that the deck tells: in short, where we stand, then what holds the stack there first, the plan, what it changes, what to
//! decide; all else in the appendix.

mod appendix;
mod compare;
mod links;
mod next;
mod notes;
mod tables;
mod titles;

pub use compare::compared_deck;

use crate::report::facts::plan::Ended;
use crate::report::facts::{Report, StackOverview};
use crate::report::say::{counted, days, spoken};
use crate::report::story::{self, Medium, Part, Picture, figures, summary};
use crate::report::tables::Table;
use sinew_draw::Paper;
use sinew_draw::deck::{Body, Deck, Slide};
use sinew_draw::layout::{Headline, headline};
use sinew_draw::scene::Scene;
use sinew_draw::theme::Theme;

/// Large figures of the summary.
const FIGURES: usize = 3;

/// Fewest rows of a table that has a slide to itself.
const FEWEST: usize = 5;

/// A view with its place in the story.
#[derive(Debug)]
pub struct Chapter<'a> {
    /// The view: `stage`, `landscape`, `handoffs`, `failure`, `roadmap` or `target`.
    pub view: &'a str,
    /// The picture that fills the body of the slide.
    pub picture: &'a Picture,
}

/// What is not told yet: tables in the order of the story, and the slides of pictures.
struct Left<'a> {
    report: &'a Report,
    source: String,
    tables: Vec<Table>,
    chapters: &'a [Chapter<'a>],
}

impl Left<'_> {
    /// The slides of a picture; of one on several the first, but for the plan, which is told whole.
    fn picture(&self, view: &str) -> Vec<Slide> {
        let told = if view == "roadmap" { usize::MAX } else { 1 };
        self.scenes(view).iter().take(told).map(|scene| picture(self.report, view, scene)).collect()
    }

    /// Its further slides.
    fn details(&self, view: &str) -> Vec<Slide> {
        let told = if view == "roadmap" { usize::MAX } else { 1 };
        let slide = |scene| Slide { id: String::new(), ..picture(self.report, view, scene) };
        self.scenes(view).iter().skip(told).map(slide).collect()
    }

    fn scenes(&self, view: &str) -> &[Scene] {
        let chapter = self.chapters.iter().find(|chapter| chapter.view == view);
        chapter.map(|chapter| chapter.picture.slides()).unwrap_or_default()
    }

    /// Takes a table that has rows.
    fn take(&mut self, id: &str) -> Option<Table> {
        let at = self.tables.iter().position(|table| table.id == id && !table.rows.is_empty())?;
        Some(self.tables.remove(at))
    }

    /// Tables beneath each other, titled by the first.
    fn tables(&self, tables: &[Table], so_what: &str) -> Option<Slide> {
        let (first, rest) = tables.split_first()?;
        let mut shown = vec![(String::new(), tables::shown(first))];
        shown.extend(rest.iter().map(|table| (titles::title(self.report, table), tables::shown(table))));
        Some(Slide {
            title: titles::title(self.report, first),
            body: Body::Tables(shown, so_what.to_owned()),
            source: self.source.clone(),
            notes: tables.iter().flat_map(tables::notes).collect(),
            ..Slide::default()
        })
    }

    fn so_what(&self, view: &str) -> &str {
        let message = self.report.messages.as_ref().and_then(|all| all.get(view));
        message.map_or("", |message| &message.so_what)
    }
}

/// The deck of `report` with its pictures. What holds the stack at its stage comes first: what to decide at the first two stages,
/// handoffs at the third, what can fail from the fourth on. What is not needed for that, and what has no room, stands in the appendix.
/// The summary is laid out for `paper`.
#[must_use]
pub fn deck(report: &Report, chapters: &[Chapter<'_>], theme: &Theme, paper: &Paper) -> Deck {
    let parts = story::chapters(report, Medium::Deck).into_iter().flat_map(|chapter| chapter.parts);
    let tables = parts.filter_map(|part| match part {
        Part::Table(table) => Some(tables::stopping(report, table)),
        // The summary has a slide of its own, pictures have their places, and the simulations a title.
        Part::Sentences(_) | Part::Items(_) | Part::Picture(_) => None,
    });
    let mut left = Left { report, source: source(&report.stack), tables: tables.collect(), chapters };
    let [summary, story, appendix] = links::SECTIONS;
    let mut slides = links::section(summary, vec![opening(report), in_short(report, &left.source, paper)]);
    slides.extend(links::section(story, told(&mut left)));
    let rest = appendix::slides(left);
    if !rest.is_empty() {
        slides.extend(links::section(appendix, vec![appendix::divider()]));
        slides.extend(rest);
    }
    links::lead(&mut slides);
    Deck {
        title: report.stack.name.clone(),
        author: String::new(),
        day: report.stack.as_of.clone().unwrap_or_default(),
        theme: theme.clone(),
        slides,
    }
}

/// The story between summary and appendix.
fn told(left: &mut Left<'_>) -> Vec<Slide> {
    let report = left.report;
    let mut slides = Vec::new();
    let stage = report.stage.as_ref().map_or(3, |stage| stage.stage);
    for view in story::story_views(report) {
        if view == "roadmap"
            && let Some(table) = left.take("what_if")
        {
            slides.extend(left.tables(&[table], ""));
        }
        slides.extend(left.picture(view));
        match view {
            "stage" if stage <= 2 => slides.extend(next::decisions(left)),
            "roadmap" => slides.extend(next::way(left)),
            _ => {}
        }
    }
    slides.extend(next::steps(left));
    slides.extend(next::certainty(left));
    slides
}

fn opening(report: &Report) -> Slide {
    let stack = &report.stack;
    let day = stack.as_of.as_ref().map(|day| format!(", as of {day}")).unwrap_or_default();
    let size = format!(
        "{}, {}, {}",
        counted(stack.systems, "system", "systems"),
        counted(stack.flows, "flow", "flows"),
        counted(stack.processes, "process", "processes")
    );
    Slide {
        title: stack.name.clone(),
        body: Body::Opening(vec![
            "Where the stack stands, what it costs, and what to build first".to_owned(),
            size + &day,
        ]),
        notes: std::iter::once("Every figure is computed from the stack file; report.json has them all.".to_owned())
            .chain(story::left_out(report, Medium::Deck).iter().map(tables::words))
            .collect(),
        ..Slide::default()
    }
}

/// The executive summary: three large figures, what they rest on, what to fund.
fn in_short(report: &Report, source: &str, paper: &Paper) -> Slide {
    let title = claim(report).unwrap_or_else(|| "In short".to_owned());
    let large = figures(report).into_iter().take(FIGURES);
    let mut words = summary(report);
    // The last sentence says what to fund first.
    let ask = if words.len() > 1 { words.pop().unwrap_or_default() } else { String::new() };
    let scene = headline(&Headline {
        title: title.clone(),
        source: source.to_owned(),
        figures: large.map(|one| (one.figure, format!("{}: {}", one.heading, one.note))).collect(),
        words,
        ask,
        paper: Paper { least: Paper::SHOWN, ..*paper },
    });
    let mut notes: Vec<String> = summary(report);
    let standing = report.findings.iter().flatten().filter(|finding| !finding.accepted).count();
    notes.push(format!("{}; report.md lists all.", counted(standing, "open finding", "open findings")));
    if let Some(cost) = report.handoff_totals.as_ref().and_then(|totals| totals.cost) {
        let (low, high) = (cost.low.get(), cost.high.get());
        notes.push(format!(
            "Cost of manual work a year: {} to {}.",
            money(&report.stack, low),
            money(&report.stack, high)
        ));
    }
    Slide { title, body: Body::Scene(Box::new(scene)), notes, id: links::SUMMARY.to_owned(), ..Slide::default() }
}

/// `51 days of work end 82% of the manual work and bring back USD 142k a year`.
fn claim(report: &Report) -> Option<String> {
    let stage = report.stage.as_ref().map(|stage| format!("Stage {} of 5", stage.stage));
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty());
    let Some(plan) = plan else {
        let why = report.plan.as_ref().map_or("there is no plan yet", crate::report::facts::plan::Plan::why_nothing);
        return stage.map(|stage| format!("{stage}, and {why}"));
    };
    let work = days(plan.effort.likely.get());
    let hours = plan.before.hours.zip(plan.after.hours);
    let ended = hours.map(|(today, then)| Ended::of([today.likely.get(), then.likely.get()], plan.hours_unknown()));
    let ended = ended.filter(|ended| ended.of > 0.0 && ended.hours >= 0.005 * ended.of);
    let ended = ended.map(|ended| ended.in_short(false));
    let gained = plan.gained().filter(|gained| *gained >= 0.5 && !plan.is_in_hours());
    let said = |gained| format!("{}{}", plan.at_least(), spoken(report.stack.currency.as_deref(), gained));
    let gained = gained.map(|gained| format!("bring back {} a year", said(gained)));
    let parts: Vec<String> = [ended, gained].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{work} of work {}", parts.join(" and ")))
}

fn picture(report: &Report, view: &str, scene: &Scene) -> Slide {
    Slide {
        title: scene.title.clone(),
        body: Body::Scene(Box::new(scene.clone())),
        notes: notes::notes(report, view),
        id: view.to_owned(),
        ..Slide::default()
    }
}

fn source(stack: &StackOverview) -> String {
    match &stack.as_of {
        Some(day) => format!("Source: {}, as of {day}", stack.name),
        None => format!("Source: {}", stack.name),
    }
}

fn money(stack: &StackOverview, amount: f64) -> String {
    crate::report::say::money(stack.currency.as_deref(), amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, tiny};
    use sinew_draw::{Diagram, Node};

    /// The titles of the slides of a stack at a stage, in order.
    fn titles(stage: u8) -> Vec<String> {
        let mut report = acme();
        report.stage.as_mut().expect("acme has a stage").stage = stage;
        let views = ["landscape", "handoffs", "failure", "stage", "roadmap", "target", "frontier"];
        let picture = |view: &&str| {
            let nodes = vec![Node { id: "a".into(), ..Node::default() }];
            Picture::of(Diagram { title: format!("the {view}"), nodes, ..Diagram::default() })
        };
        let pictures: Vec<Picture> = views.iter().map(picture).collect();
        let chapters: Vec<Chapter<'_>> =
            views.iter().zip(&pictures).map(|(view, picture)| Chapter { view, picture }).collect();
        deck(&report, &chapters, &Theme::light(), &Paper::default())
            .slides
            .into_iter()
            .map(|slide| slide.title)
            .collect()
    }

    #[test]
    fn no_slide_of_tables_has_fewer_than_five_rows_of_content() {
        for report in [acme(), tiny()] {
            let slides = deck(&report, &[], &Theme::light(), &Paper::default()).slides;
            let tables = slides.iter().filter_map(|slide| match &slide.body {
                Body::Tables(tables, so_what) => Some((&slide.title, tables, so_what)),
                _ => None,
            });
            let mut seen = 0;
            for (title, tables, so_what) in tables {
                let rows: usize = tables.iter().map(|(_, table)| table.rows.len()).sum();
                let rows = rows + usize::from(!so_what.is_empty());
                assert!(rows >= 5, "{title}: {rows} rows");
                seen += 1;
            }
            assert!(seen >= 3, "{seen} slides of tables");
        }
    }

    #[test]
    fn what_holds_the_stack_comes_first_and_the_whole_stack_last() {
        for (stage, order) in [
            (1, ["the stage", "handoffs", "failure"]),
            (3, ["the stage", "handoffs", "failure"]),
            (4, ["the stage", "failure", "handoffs"]),
        ] {
            let titles = titles(stage);
            let place = |title: &str| {
                titles.iter().position(|one| one == title).unwrap_or_else(|| panic!("{title}: {titles:?}"))
            };
            let [first, second, third] = order.map(|view| place(&format!("the {}", view.trim_start_matches("the "))));
            assert!(first < second && second < third, "{titles:?}");
            let appendix = place("Appendix");
            assert!(third < place("the roadmap") && place("the roadmap") < place("the target"), "{titles:?}");
            assert!(place("the target") < appendix && appendix < place("the landscape"), "{titles:?}");
            assert!((7..=11).contains(&(appendix - 1)), "{appendix} slides before the appendix: {titles:?}");
            assert_eq!(
                stage <= 2,
                titles.iter().any(|title| title.contains("to decide") || title.contains("To decide"))
            );
        }
    }
}
