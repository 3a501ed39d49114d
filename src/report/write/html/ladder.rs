//! The ladder of stages.

use maud::{Markup, html};

use crate::report::facts::Stage;
use crate::report::story::{Rung, Step, ladder as rungs};

pub(super) fn ladder(stage: &Stage) -> Markup {
    html! { ol.ladder { @for one in &rungs(stage) { (rung(one)) } } }
}

fn rung(rung: &Rung) -> Markup {
    let class = match rung.step {
        Step::Reached => "reached",
        Step::Here(_) => "now",
        Step::Ahead => "ahead",
    };
    let here = match &rung.step {
        Step::Here(words) => Some(words),
        Step::Reached | Step::Ahead => None,
    };
    html! {
        li class=(class) aria-current=[here.map(|_| "step")] {
            span.rung { "Stage " (rung.stage) } " "
            strong { (rung.name) } " "
            @if let Some(criteria) = &rung.criteria { span.count { (criteria) } " " }
            @if let Some(words) = here { span.here { (words) } }
        }
    }
}
