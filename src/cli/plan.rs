//! `sinew plan`: what to build, in which order, and what does it buy?

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::{Opened, StackFile};
use super::write::write_file;
use crate::analysis::Analysis;
use crate::model::{Duration, capacity, duration};
use crate::plan::settings::{DEFAULT_SAMPLES, Stage};
use crate::plan::trace::explain;
use crate::plan::{self, Options, target::target};
use crate::report::plan::{Explanation, WhatIf};
use crate::report::story::explained;
use crate::report::{self, Report, json};
use crate::source::nearest;

/// Plan which integrations to build, in which order, and what they are worth
///
/// Settings not given here come from `plan` in the stack file, else from defaults, which the output lists. Name items by
/// the ids in the plan.
#[derive(Args, Debug)]
pub(super) struct Plan {
    #[command(flatten)]
    stack: StackFile,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    length: Length,
    /// Write the target stack to this file, as a stack file
    #[arg(long, value_name = "FILE")]
    target: Option<PathBuf>,
    /// Capacity for integration work in person-days, such as `5d/week`
    #[arg(long, value_name = "RATE", value_parser = days_a_week)]
    capacity: Option<f64>,
    /// Maximum spend on work and running cost within the horizon
    #[arg(long, value_name = "MONEY", value_parser = money)]
    budget: Option<f64>,
    /// Time within which gains count, such as `26w`
    #[arg(long, value_name = "DURATION", value_parser = length)]
    horizon: Option<Duration>,
    /// Length of a wave, such as `1q`
    #[arg(long, value_name = "DURATION", value_parser = length)]
    wave: Option<Duration>,
    /// Item that must not be in the plan; may be repeated
    #[arg(long, value_name = "ITEM")]
    without: Vec<String>,
    /// Item that must be in the plan; may be repeated
    #[arg(long, value_name = "ITEM")]
    with: Vec<String>,
    /// Stage that the plan must reach, 2 to 5, or `next` for the one above today's
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    reach: Option<Stage>,
    /// Show what the other options change, compared with the plan without them
    #[arg(long)]
    what_if: bool,
    /// Show how each number of an item is computed, down to lines of the stack file
    #[arg(long, value_name = "ITEM", conflicts_with = "what_if")]
    explain: Option<String>,
    /// Random seed of the simulations
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of simulations over all ranges; 0 for none
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SAMPLES, value_parser = samples)]
    samples: usize,
}

/// More samples than this tell nothing more.
const MOST_SAMPLES: usize = 100_000;

impl Plan {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.is_json()
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        let options = self.options();
        let mut plan = planned(&analysis, &options)?;
        if let Some(path) = &self.target {
            plan.target.catalogs = opened.catalogs_from(path.parent().unwrap_or(Path::new("")));
            write_file(path, target(&plan).as_bytes())?;
        }
        if let Some(id) = &self.explain {
            return self.explain(&opened, &analysis, &plan, id);
        }
        let mut shown = report::Plan::of(&opened.stack, &plan, &options);
        if self.what_if {
            let usual = Options { seed: self.seed, samples: 0, ..Options::default() };
            let usual = report::Plan::of(&opened.stack, &planned(&analysis, &usual)?, &usual);
            shown.what_if = Some(WhatIf::between(&usual, &shown));
        }
        self.format.print(&Report::about(&analysis).with_plan(shown), self.length)
    }

    fn explain(&self, opened: &Opened, analysis: &Analysis<'_>, plan: &plan::Plan, id: &str) -> Result<(), Failure> {
        let unverified = plan.candidates.unverified.iter().map(|one| &one.candidate);
        let all = || plan.candidates.all.iter().chain(unverified.clone());
        let Some(candidate) = all().find(|one| one.id == id) else {
            let near = nearest(id, all().map(|one| one.id.as_str()));
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Input(format!("error: no plan item `{id}`{help}\n")));
        };
        let lines = explain(analysis, plan, candidate);
        let explanation = Explanation::of(&opened.stack, &opened.source, id, &candidate.title, &lines);
        self.format.print_either(&explained(&explanation), || {
            let shown = report::Plan::of(&opened.stack, plan, &self.options());
            json(&Report::about(analysis).with_plan(shown).with_explanation(explanation.clone()))
        })
    }

    fn options(&self) -> Options {
        Options {
            capacity: self.capacity,
            horizon: self.horizon,
            budget: self.budget,
            wave: self.wave,
            with: self.with.clone(),
            without: self.without.clone(),
            seed: self.seed,
            samples: self.samples,
            reach: self.reach,
            ..Options::default()
        }
    }
}

/// The plan, or why there is none.
pub(super) fn planned(analysis: &Analysis<'_>, options: &Options) -> Result<plan::Plan, Failure> {
    plan::Plan::of(analysis, options).map_err(|error| Failure::Input(format!("error: {error}\n")))
}

fn days_a_week(text: &str) -> Result<f64, String> {
    capacity(text).map(|days| days.0)
}

fn length(text: &str) -> Result<Duration, String> {
    let length = duration(text)?;
    if length.amount == 0.0 { Err("expected a duration above 0, such as `26w`".into()) } else { Ok(length) }
}

/// A stage that a plan can be asked to reach.
pub(super) fn stage(text: &str) -> Result<Stage, String> {
    match text.parse::<u8>() {
        Ok(number) if (2..=5).contains(&number) => Ok(Stage::Number(number)),
        _ if text == "next" => Ok(Stage::Next),
        _ => Err("expected a stage from 2 to 5, or `next`".into()),
    }
}

fn money(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(amount) if amount.is_finite() && (0.0..=crate::model::MAX_AMOUNT).contains(&amount) => Ok(amount),
        _ => Err("expected an amount of money, such as `80000`".into()),
    }
}

fn samples(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(count) if count <= MOST_SAMPLES => Ok(count),
        _ => Err(format!("expected a whole number up to {MOST_SAMPLES}")),
    }
}
