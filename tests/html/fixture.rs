//! Pages of example stacks with their real analysis, plan and pictures.

use std::sync::OnceLock;

use serde_json::Value;
use sinew::report::html::{Page, Picture, html};
use sinew::report::story::{self, Medium};
use sinew::report::{Look, Part, Report, files};
use sinew_draw::Diagram;
use sinew_draw::layout::layout;
use sinew_draw::theme::Theme;

use crate::support::planned::Planned;

/// Everything a page is made of.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) report: Report,
    pub(crate) pictures: Vec<Picture>,
}

impl Fixture {
    /// The example of an enterprise with five AI tools.
    pub(crate) fn enterprise() -> Self {
        // Planned and laid out once for all tests.
        static MADE: OnceLock<Fixture> = OnceLock::new();
        let text = include_str!("../../examples/stacks/stage-3-marketo-enterprise.yaml");
        MADE.get_or_init(|| Self::of(text)).clone()
    }

    /// A smaller example.
    pub(crate) fn scale_up() -> Self {
        static MADE: OnceLock<Fixture> = OnceLock::new();
        let text = include_str!("../../examples/stacks/hubspot-scale-up.yaml");
        MADE.get_or_init(|| Self::of(text)).clone()
    }

    /// The page that a report of an example writes.
    pub(crate) fn written() -> String {
        let text = include_str!("../../examples/stacks/hubspot-scale-up.yaml");
        let look = Look::of(Theme::light());
        let sources = Planned::shared(text).sources();
        let files = files(&sources, &[Part::Page], &look, &|_| ()).expect("the example can be drawn");
        let page = files.into_iter().next().expect("a page");
        String::from_utf8(page.bytes).expect("the page is text")
    }

    /// A small stack of which every name is an attack.
    pub(crate) fn hostile() -> Self {
        let long = "long ".repeat(1_980);
        Self::of(&HOSTILE.replace("LONG", long.trim()))
    }

    /// A stack without pictures, which take most of the time.
    pub(crate) fn undrawn(text: &str) -> Self {
        Self { report: Planned::shared(text).report.clone(), pictures: Vec::new() }
    }

    fn of(text: &str) -> Self {
        let picture = |(id, title, diagram): (&str, &str, Diagram)| Picture {
            id: id.into(),
            title: title.into(),
            scenes: layout(&diagram),
        };
        let planned = Planned::shared(text);
        Self {
            report: planned.report.clone(),
            pictures: planned.sources().pictures().into_iter().map(picture).collect(),
        }
    }

    pub(crate) fn page(&self) -> String {
        let (light, dark) = (Theme::light(), Theme::dark());
        html(&Page {
            report: &self.report,
            story: &story::told(&self.report, Medium::Page),
            pictures: &self.pictures,
            theme: &light,
            dark: Some(&dark),
        })
    }

    /// What report.json says.
    pub(crate) fn json(&self) -> Value {
        serde_json::to_value(&self.report).expect("a report can be written")
    }
}

/// What a hostile name looks like.
pub(crate) const EVIL: &str = "</script><img src=x onerror=alert(1)>\"'&<!--";

const HOSTILE: &str = r#"
sinew: 1
name: "</script><img src=x onerror=alert(1)>\"'&<!-- LONG"
hourly_rate: 50
currency: "<b>\u202e"
teams:
  t: { name: "</script><img src=x onerror=alert(1)>\"'&<!--", people: 1 }
systems:
  a: { kind: ai-content, name: "</script><img src=x onerror=alert(1)>\"'&<!--", owner: t, domain: "</option><script>alert(2)</script>", makes: [d] }
  b: { kind: cms, name: "LONG", domain: "שלום \u202e evil" }
data:
  d: { name: "]]><svg onload=alert(3)>" }
flows:
  - { from: a, to: b, data: d, mechanism: copy-paste, performer: t, runs: 10/week, minutes: 30 }
processes:
  p: { name: "</title></style><script>alert(4)</script>", needs: [{ data: d, at: b }], outage_cost: 10 }
"#;
