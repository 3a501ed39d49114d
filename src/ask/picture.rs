//! One picture.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Deserialize;

use super::name::components;
use super::{Refused, planned};
use crate::analysis::Analysis;
use crate::plan::{Options, Plan};
use crate::report::pictures::Picture;
use crate::report::views;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// All systems in their domains, and every flow
    Landscape,
    /// Manual handoffs, ranked
    Handoffs,
    /// Single points of failure, and those covered by standby
    Failure,
    /// What goes down without the components in `--without`
    Outage,
    /// The five maturity stages: where the stack stands, and what blocks it
    Stage,
    /// The plan in waves
    Roadmap,
    /// The target stack, with new flows marked
    Target,
    /// What each higher stage takes, beside the plan
    Frontier,
}

/// The picture of `view`; `without` are the components that fail, of the view `outage` alone, and `wave` the last one that is
/// done, of the view `target` alone.
///
/// # Errors
/// Where a component or wave is not known, or no plan can be made.
pub fn picture(
    analysis: &Analysis<'_>,
    view: View,
    without: &[String],
    wave: Option<usize>,
) -> Result<Picture, Refused> {
    let plan = || planned(analysis, &Options::default());
    Ok(Picture::of(match view {
        View::Landscape => views::landscape(analysis),
        View::Handoffs => views::handoffs(analysis),
        View::Failure => views::failure(analysis),
        View::Frontier => views::frontier(analysis, &plan()?),
        View::Roadmap => views::roadmap(analysis, &plan()?),
        View::Target => {
            let plan = plan()?;
            match wave {
                Some(wave) => views::after_wave(analysis, &plan, known_wave(&plan, wave)?),
                None => views::target(analysis, &Analysis::of(&plan.target), &plan),
            }
        }
        View::Stage => views::stage(analysis, &analysis.findings()),
        View::Outage => views::outage(analysis, &components(analysis, without)?),
    }))
}

/// A wave that the plan has.
fn known_wave(plan: &Plan, wave: usize) -> Result<usize, Refused> {
    match plan.last_wave() {
        0 => Err(Refused::because("the plan builds nothing, so it has no waves")),
        last if (1..=last).contains(&wave) => Ok(wave),
        1 => Err(Refused::because(format!("there is no wave {wave}; the plan has only wave `1`"))),
        last => Err(Refused::because(format!("there is no wave {wave}; the plan has waves `1` to `{last}`"))),
    }
}
