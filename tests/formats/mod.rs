//! Laws that all formats of a report keep, read back from what was written, for all examples and golden stacks with
//! their plans.
#![cfg(all(feature = "pptx", feature = "xlsx"))]

mod agree;
mod lists;
mod named;
mod numbers;
mod read;
mod sheets;

use std::sync::OnceLock;

use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::model;
use sinew::plan::{Options, Plan};
use sinew::report::{Look, Part, Report, Sources, files, json};
use sinew::source::Source;
use sinew_draw::theme::Theme;

use crate::support::dump;
use crate::support::golden::listed;

/// A stack as every format tells it.
struct Told {
    name: String,
    report: Report,
    json: Value,
    markdown: String,
    page: String,
    book: Vec<u8>,
    slides: String,
}

impl Told {
    fn of(name: String, text: String) -> Self {
        let source = Source::new("stack.yaml", text);
        let stack = model::read(&source).stack.unwrap();
        let analysis = Analysis::of(&stack);
        let findings = analysis.findings();
        let options = Options { samples: 20, ..Options::default() };
        let plan = Plan::of(&analysis, &options).unwrap();
        let shown = sinew::report::Plan::of(&stack, &plan, &options);
        let report = Report::of(&analysis, &findings, &source).with_plan(shown);
        let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report };
        let parts = [Part::Markdown, Part::Page, Part::Workbook, Part::Slides];
        let made = files(&sources, &parts, &Look::of(Theme::light()), &|_| ()).unwrap();
        let bytes = |part: Part| made.iter().find(|file| file.path == part.name()).unwrap().bytes.clone();
        let text = |part: Part| String::from_utf8(bytes(part)).unwrap();
        Self {
            json: serde_json::from_str(&json(&report)).unwrap(),
            // Without the marks that keep names from right to left in their place.
            markdown: text(Part::Markdown).replace('\u{200e}', ""),
            page: text(Part::Page),
            book: bytes(Part::Workbook),
            slides: dump::slides(bytes(Part::Slides)),
            report,
            name,
        }
    }
}

/// All stacks, each made once for all laws.
fn all() -> &'static [Told] {
    static MADE: OnceLock<Vec<Told>> = OnceLock::new();
    MADE.get_or_init(|| {
        let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
        let paths = listed("examples/stacks", "yaml").into_iter().chain(golden);
        let told = paths.map(|path| Told::of(path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        // One that nobody prices: its plan counts hours.
        told.chain([Told::of("no rate".to_owned(), crate::plan_in_hours::STACK.to_owned())]).collect()
    })
}

/// The example of an enterprise in Stage 3.
fn enterprise() -> &'static Told {
    all().iter().find(|told| told.name.ends_with("stage-3-marketo-enterprise.yaml")).unwrap()
}
