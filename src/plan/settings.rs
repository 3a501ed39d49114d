//! How a plan is made: what the caller says, else the stack file, else a documented default.

use sinew_order::{DaysPerWeek, Weeks};

use crate::analysis::Assumption;
use crate::analysis::handoffs::{self, is_handoff};
use crate::catalog::words::words;
use crate::model::{Duration, Money, Quantity, Range, Stack, TimeUnit};

/// Person-days of integration work a week, where nobody says: one person.
const CAPACITY: f64 = 5.0;

/// Weeks of a year, in which amounts a year are counted within the horizon.
pub const WEEKS_A_YEAR: f64 = 52.0;

/// How far gains count, where nobody says: the year for which budgets are made. Shorter, and nothing that takes a
/// quarter to build could earn its cost; longer, and gains count that nobody will hold the plan to.
const HORIZON: Duration = Duration { amount: 1.0, unit: TimeUnit::Year };

/// Length of a wave, where nobody says.
const WAVE: Duration = Duration { amount: 1.0, unit: TimeUnit::Quarter };

/// What a person-day costs where neither a day rate nor an hourly rate is stated.
const DAY_RATE: f64 = 680.0;

/// Hours of a person-day.
const HOURS_A_DAY: f64 = 8.0;

words! {
    /// What a plan counts gains and costs in.
    Unit {
        /// Money.
        Money = "money",
        /// Hours of work: no rate says what an hour costs. Gains are hours saved, a person-day costs eight.
        Hours = "hours",
    }
}

/// Samples over all ranges, unless asked otherwise: from seed to seed the tenth and ninetieth percentile then move by about
/// a twenty-fifth of the distance between them.
pub const DEFAULT_SAMPLES: usize = 300;

/// A stage that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The one above today's.
    Next,
    /// This one, 1 to 5.
    Number(u8),
}

/// Rules whose findings are obligations, where nobody says.
pub const OBLIGATIONS: [&str; 3] = ["personal-data-to-ai", "unreviewed-content", "unsupplied-need"];

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
    /// The stage that the plan must reach; `None` leaves it to the stack file.
    pub reach: Option<Stage>,
    /// Whether the way to each higher stage is looked for, beside the plan.
    pub frontier: bool,
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
            reach: None,
            frontier: true,
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
    /// What gains and costs are counted in.
    pub unit: Unit,
    /// How much of that a unit of money is: 1, or the hours that it pays at the day rate.
    pub of_money: f64,
    /// What a person-day of integration work costs, in the unit.
    pub day_rate: Range<Money>,
    /// Rules whose findings are planned for whatever that pays; sorted.
    pub obligations: Vec<&'static str>,
    /// Whether the stack names them, or none.
    pub has_own_obligations: bool,
    /// The stage that the plan must reach.
    pub reach: Option<Stage>,
    /// Which of them are defaults.
    pub defaults: Vec<Assumption>,
}

fn weeks(length: Duration) -> Weeks {
    Weeks(length.hours().0 / TimeUnit::Week.hours())
}

/// Hours where no rate prices any work by hand of which the figures are known; without such work, where nothing says what money is
/// worth here.
fn unit_of(stack: &Stack) -> Unit {
    let by_hand = stack.flows.iter().filter(|flow| is_handoff(stack, flow));
    let mut known = by_hand.filter_map(|flow| handoffs::effort(stack, flow)).peekable();
    let is_without = match known.peek() {
        Some(_) => known.all(|effort| effort.cost.is_none()),
        None => !(has_rate(stack) || has_money(stack)),
    };
    if is_without { Unit::Hours } else { Unit::Money }
}

/// Whether anything says what work costs: by the hour, by the person-day, or all that there is for it.
fn has_rate(stack: &Stack) -> bool {
    let plan = &stack.plan;
    let of_plan = plan.day_rate.is_some() || plan.budget.is_some();
    of_plan || stack.hourly_rate.is_some() || stack.teams.iter().any(|team| team.hourly_rate.is_some())
}

/// Whether anything is stated in money that a plan could earn.
fn has_money(stack: &Stack) -> bool {
    let worth = stack.flows.iter().any(|flow| flow.rated.value.is_some());
    worth || stack.processes.iter().any(|process| process.outage_cost.is_some())
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
        let reach = options.reach.or(stated.reach.and_then(|stage| Some(Stage::Number(u8::try_from(stage).ok()?))));
        let obligations = stated.obligations.clone().unwrap_or_else(|| OBLIGATIONS.to_vec());
        let has_own_obligations = stated.obligations.is_some();
        let mut budget = options.budget.or(stated.budget.map(|budget| budget.likely.0));
        if budget.is_none() {
            defaults.push(Assumption::words("plan.budget", "no limit", Vec::new()));
        }
        if unit_of(stack) == Unit::Hours {
            let rate = stated.day_rate.map_or(DAY_RATE, |rate| rate.likely.0);
            let of_money = HOURS_A_DAY / rate.max(f64::MIN_POSITIVE);
            if stated.day_rate.is_none() && budget.take().is_some() {
                let words = "not kept to: no rate says what a person-day costs";
                defaults.push(Assumption::words("plan.budget", words, Vec::new()));
            }
            if stated.day_rate.is_none() && has_money(stack) {
                // Only to weigh what is stated in money against hours.
                defaults.push(Assumption::number("plan.day_rate", DAY_RATE, Vec::new()));
            }
            return Self {
                capacity: DaysPerWeek(capacity),
                horizon,
                wave,
                budget: budget.map(|money| sinew_order::Money(money * of_money)),
                unit: Unit::Hours,
                of_money,
                day_rate: Range::exact(Money(HOURS_A_DAY)),
                obligations,
                has_own_obligations,
                reach,
                defaults,
            };
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
        let unit = Unit::Money;
        Self {
            capacity,
            horizon,
            wave,
            budget,
            unit,
            of_money: 1.0,
            day_rate,
            obligations,
            has_own_obligations,
            reach,
            defaults,
        }
    }
}
