//! How sure the plan is.

use schemars::JsonSchema;
use serde::Serialize;

use crate::plan;
use crate::plan::settings::Unit;
use crate::report::facts::Number;
use crate::report::facts::Range;

/// How sure the plan is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Uncertainty {
    /// Where the random numbers begin.
    pub seed: u64,
    /// Number of simulations drawn over all ranges.
    pub samples: usize,
    /// Net value: one sample in ten is below, the median, one in ten is above; null where the plan counts hours.
    pub net_value: Option<Quantiles>,
    /// The same of the net hours; null where the plan counts money.
    pub net_hours: Option<Quantiles>,
    /// Share of the samples in which the plan is worth more than nothing.
    pub positive_share: f64,
    /// The assumptions that move the net value most, by how far.
    pub tornado: Vec<Swing>,
}

impl Uncertainty {
    /// The quantiles of what the plan counts.
    #[must_use]
    pub fn net(&self) -> Option<Quantiles> {
        self.net_value.or(self.net_hours)
    }
}

/// Low, middle and high of the simulated values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantiles {
    /// Ten percent of simulations are below this.
    pub p10: Number,
    /// Half of the simulations are below this.
    pub p50: Number,
    /// Ninety percent of simulations are below this.
    pub p90: Number,
}

/// What one assumption does to the net value, all others likely.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Swing {
    /// The assumption: a key of the stack file, or a flow and its key.
    pub key: String,
    /// Low and high end between which it was moved.
    pub range: Range,
    /// Net value at its low end, or net hours where the plan counts these.
    pub at_low: Number,
    /// Net value at its high end, or net hours.
    pub at_high: Number,
}

/// Assumptions that are named.
const TORNADO: usize = 10;

pub(super) fn uncertainty(
    plan: &plan::Plan,
    found: &sinew_order::uncertainty::Uncertainty,
    options: &plan::Options,
) -> Uncertainty {
    let swing = |swing: &sinew_order::uncertainty::Swing| {
        let assumption = &plan.ranges[swing.assumption];
        let of = assumption.range;
        Swing {
            key: assumption.id.clone(),
            range: Range { low: of.low.into(), likely: of.likely.into(), high: of.high.into() },
            at_low: swing.at_low.0.into(),
            at_high: swing.at_high.0.into(),
        }
    };
    let quantiles = Quantiles {
        p10: found.net_value.p10.0.into(),
        p50: found.net_value.p50.0.into(),
        p90: found.net_value.p90.0.into(),
    };
    Uncertainty {
        seed: options.seed,
        samples: found.samples,
        net_value: (plan.settings.unit == Unit::Money).then_some(quantiles),
        net_hours: (plan.settings.unit == Unit::Hours).then_some(quantiles),
        positive_share: found.positive_share,
        tornado: found.tornado.iter().filter(|swing| swing.width().0 > 0.0).take(TORNADO).map(swing).collect(),
    }
}
