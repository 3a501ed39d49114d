//! `sinew plan`: what to build, in which order, and what does it buy?

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::{Opened, StackFile};
use super::write::write_file;
use crate::analysis::Analysis;
use crate::ask::{self, planned, positive_length, stage_to_reach};
use crate::model::{Duration, capacity};
use crate::plan::settings::{DEFAULT_SAMPLES, Stage};
use crate::plan::{self, Options, target::target};
use crate::report::story::explained;

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
    #[arg(long, value_name = "DURATION", value_parser = positive_length)]
    horizon: Option<Duration>,
    /// Length of a wave, such as `1q`
    #[arg(long, value_name = "DURATION", value_parser = positive_length)]
    wave: Option<Duration>,
    /// Item that must not be in the plan; may be repeated
    #[arg(long, value_name = "ITEM")]
    without: Vec<String>,
    /// Item that must be in the plan; may be repeated
    #[arg(long, value_name = "ITEM")]
    with: Vec<String>,
    /// Stage that the plan must reach, 2 to 5, or `next` for the one above today's
    #[arg(long, value_name = "STAGE", value_parser = stage_to_reach)]
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
        let report = match self.what_if {
            true => ask::what_if(&analysis, &plan, &options)?,
            false => ask::plan(&analysis, &plan, &options),
        };
        self.format.print(&report, self.length)
    }

    fn explain(&self, opened: &Opened, analysis: &Analysis<'_>, plan: &plan::Plan, id: &str) -> Result<(), Failure> {
        let explanation = ask::explanation(analysis, &opened.source, plan, id)?;
        self.format.print_either(
            || explained(&explanation),
            || ask::plan(analysis, plan, &self.options()).with_explanation(explanation.clone()),
        )
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

fn days_a_week(text: &str) -> Result<f64, String> {
    capacity(text).map(|days| days.0)
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
