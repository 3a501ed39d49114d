//! How a plan is made: what the caller says, else the stack file, else a documented default.

use sinew_order::{DaysPerWeek, Weeks};

use crate::analysis::Assumption;
use crate::model::{Duration, Money, Quantity, Range, Stack, TimeUnit};

/// Person-days of integration work a week, where nobody says: one person.
const CAPACITY: f64 = 5.0;

/// How far gains count, where nobody says: the year for which budgets are made. Shorter, and nothing that takes a
/// quarter to build could earn its cost; longer, and gains count that nobody will hold the plan to.
const HORIZON: Duration = Duration { amount: 1.0, unit: TimeUnit::Year };

/// Length of a wave, where nobody says.
const WAVE: Duration = Duration { amount: 1.0, unit: TimeUnit::Quarter };

/// What a person-day costs where neither a day rate nor an hourly rate is stated.
const DAY_RATE: f64 = 680.0;

/// Hours of a person-day.
const HOURS_A_DAY: f64 = 8.0;

/// Samples over all ranges, unless asked otherwise: from seed to seed the tenth and ninetieth percentile then move by about
/// a twenty-fifth of the distance between them.
pub const DEFAULT_SAMPLES: usize = 300;

/// What the caller asks for; `None` leaves it to the stack file.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Person-days a week; `None` leaves it to the stack file.
    pub capacity: Option<f64>,
    /// How far gains count.
    pub horizon: Option<Duration>,
    /// Most money for work and running cost within the horizon.
    pub budget: Option<f64>,
    /// Length of a wave.
    pub wave: Option<Duration>,
    /// Items that must be in the plan.
    pub with: Vec<String>,
    /// Items that must not.
    pub without: Vec<String>,
    /// Where random numbers begin.
    pub seed: u64,
    /// Samples over all ranges; 0 for none.
    pub samples: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            capacity: None,
            horizon: None,
            budget: None,
            wave: None,
            with: Vec::new(),
            without: Vec::new(),
            seed: 1,
            samples: DEFAULT_SAMPLES,
        }
    }
}

/// The settings of one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Work that gets done.
    pub capacity: DaysPerWeek,
    /// How far gains count.
    pub horizon: Weeks,
    /// Length of a wave.
    pub wave: Weeks,
    /// Most money for work and running cost within the horizon.
    pub budget: Option<sinew_order::Money>,
    /// What a person-day of integration work costs.
    pub day_rate: Range<Money>,
    /// Which of them are defaults.
    pub defaults: Vec<Assumption>,
}

fn weeks(length: Duration) -> Weeks {
    Weeks(length.hours().0 / TimeUnit::Week.hours())
}

impl Settings {
    /// The settings for a plan of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, options: &Options) -> Self {
        let mut defaults = Vec::new();
        let stated = &stack.plan;
        let capacity = options.capacity.or(stated.capacity.map(Quantity::amount)).unwrap_or_else(|| {
            defaults.push(Assumption::number("plan.capacity", CAPACITY, Vec::new()));
            CAPACITY
        });
        let mut length = |key: &str, asked: Option<Duration>, stated: Option<Duration>, default: Duration| {
            weeks(asked.or(stated).unwrap_or_else(|| {
                defaults.push(Assumption::words(key, default.to_string(), Vec::new()));
                default
            }))
        };
        let horizon = length("plan.horizon", options.horizon, stated.horizon, HORIZON);
        let wave = length("plan.wave", options.wave, stated.wave, WAVE);
        let budget = options.budget.or(stated.budget.map(|budget| budget.likely.0));
        if budget.is_none() {
            defaults.push(Assumption::words("plan.budget", "no limit", Vec::new()));
        }
        let day_rate = stated.day_rate.unwrap_or_else(|| {
            let rate = match stack.hourly_rate {
                Some(rate) => rate.map(|rate| Money(rate.0 * HOURS_A_DAY)),
                None => Range::exact(Money(DAY_RATE)),
            };
            defaults.push(Assumption::number("plan.day_rate", rate.likely.0, Vec::new()));
            rate
        });
        let (capacity, budget) = (DaysPerWeek(capacity), budget.map(sinew_order::Money));
        Self { capacity, horizon, wave, budget, day_rate, defaults }
    }
}
