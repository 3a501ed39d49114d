//! Laws that all formats of a report keep, read back from what was written, for all examples and golden stacks with
//! their plans.
#![cfg(all(feature = "pptx", feature = "xlsx"))]

mod agree;
mod charts;
mod lists;
mod messages;
mod named;
mod numbers;
mod quantities;
mod read;
mod sheets;
mod within;

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;
use sinew::report::{Look, Part, Pictures, Report, Sources, files_with, json};
use sinew_draw::layout::Budget;
use sinew_draw::theme::Theme;

use crate::support::golden::listed;
use crate::support::planned::Planned;
use crate::support::reading::read_by_people;

/// A stack as every format tells it.
pub(crate) struct Told {
    pub(crate) name: String,
    /// All that people read, with the file that it is in: pages for when something is down, and the pictures, too.
    pub(crate) read: Vec<(String, String)>,
    report: Report,
    json: Value,
    markdown: String,
    page: String,
    book: Vec<u8>,
    slides: String,
}

impl Told {
    /// Of a stack by name and text, with pictures that may take so much.
    fn of((name, text, budget): &(String, String, Budget)) -> Self {
        let planned = Planned::shared(text);
        let sources = planned.sources();
        let parts = [Part::Markdown, Part::Page, Part::Offline, Part::Workbook, Part::Slides];
        let pictures = Pictures::of(&sources, &parts, *budget, None, &|_| ());
        let report = planned.report.clone().with_pictures(pictures.lacking(), pictures.layout());
        let sources = Sources { report: &report, ..sources };
        let look = Look::of(Theme::light());
        let made = files_with(&sources, &pictures, &parts, &look, &|_| ()).unwrap();
        let read = read_by_people(&made, &pictures, &look);
        let bytes = |part: Part| made.iter().find(|file| file.path == part.name()).unwrap().bytes.clone();
        let text = |part: Part| String::from_utf8(bytes(part)).unwrap();
        Self {
            json: serde_json::from_str(&json(&report)).unwrap(),
            // Without the marks that keep names from right to left in their place.
            markdown: text(Part::Markdown).replace('\u{200e}', ""),
            page: text(Part::Page),
            book: bytes(Part::Workbook),
            slides: read.iter().find(|(path, _)| path == Part::Slides.name()).unwrap().1.clone(),
            read,
            report,
            name: name.clone(),
        }
    }
}

/// All stacks, each made once for all laws.
pub(crate) fn all() -> &'static [Told] {
    static MADE: OnceLock<Vec<Told>> = OnceLock::new();
    MADE.get_or_init(|| {
        let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
        let paths = listed("examples/stacks", "yaml").into_iter().chain(golden);
        let read =
            |path: PathBuf| (path.display().to_string(), std::fs::read_to_string(&path).unwrap(), Budget::REPORT);
        let mut stacks: Vec<(String, String, Budget)> = paths.map(read).collect();
        // One that nobody prices: its plan counts hours.
        stacks.push(("no rate".to_owned(), crate::plan_in_hours::STACK.to_owned(), Budget::REPORT));
        // Pictures that have used up what they may take lack something, which every format says.
        let text = include_str!("../../examples/stacks/messy-45.yaml").to_owned();
        stacks.push(("messy-45 on few slides".into(), text, Budget { work: 0, slides: 1 }));
        // The tests of the other threads wait for these: two at a time.
        let halves: Vec<Vec<Told>> = std::thread::scope(|scope| {
            let half = |odd: usize| stacks.iter().skip(odd).step_by(2).map(Told::of).collect();
            let other = scope.spawn(move || half(1));
            vec![half(0), other.join().unwrap()]
        });
        halves.into_iter().flatten().collect()
    })
}

/// The example of an enterprise in Stage 3.
fn enterprise() -> &'static Told {
    all().iter().find(|told| told.name.ends_with("stage-3-marketo-enterprise.yaml")).unwrap()
}
