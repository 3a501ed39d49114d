//! What to build, in which order, and what does it buy?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input, reported};
use crate::ask::{self, Refused, planned, positive_length, stage_to_reach};
use crate::mcp::answer::Answer;
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;
use crate::model::{MAX_AMOUNT, capacity};
use crate::plan::Options;

pub(super) const TOOL: Tool = Tool {
    name: "plan",
    title: "Plan what to build first",
    about: "Which integrations to build, in which order, and what they are worth: items in waves with effort, value, payback and \
            what each removes; what is left out and why; what each higher stage takes. `explain` with `item` shows how the numbers \
            of an item came about.",
    input: input::<Asked>,
    answer: || of_report(&["plan"]),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// Stage that the plan must reach: `2` to `5`, or `next` for the one above today's.
    reach: Option<Reach>,
    /// Items that must be in the plan, by the ids that an earlier plan gave them.
    #[serde(default)]
    with: Vec<String>,
    /// Items that must not be in the plan.
    #[serde(default)]
    without: Vec<String>,
    /// Maximum spend on work and running cost within the horizon, in the currency of the stack.
    #[schemars(range(min = 0))]
    budget: Option<f64>,
    /// Capacity for the work in person-days, such as `5d/week`.
    capacity: Option<String>,
    /// Time within which gains count, such as `26w`.
    horizon: Option<String>,
    /// Whether to show what these options change, compared with the plan without them.
    #[serde(default)]
    compared: bool,
}

/// A stage as a number or a word.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Reach {
    Number(u8),
    Word(String),
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let options = options(&asked).map_err(Refused::because)?;
    let hint = |refused: Refused| Trouble::from(refused).instead("`plan` without options gives the ids of all items");
    reported(desk, asked.stack.as_deref(), |_, analysis, _| {
        let plan = planned(analysis, &options).map_err(hint)?;
        Ok(match asked.compared {
            true => ask::what_if(analysis, &plan, &options)?,
            false => ask::plan(analysis, &plan, &options),
        })
    })
}

fn options(asked: &Asked) -> Result<Options, String> {
    let named = |key: &'static str| move |why: String| format!("`{key}`: {why}");
    let reach = asked.reach.as_ref().map(|reach| match reach {
        Reach::Number(number) => stage_to_reach(&number.to_string()),
        Reach::Word(word) => stage_to_reach(word.trim()),
    });
    let budget = asked.budget.map(|amount| match (0.0..=MAX_AMOUNT).contains(&amount) {
        true => Ok(amount),
        false => Err("expected an amount of money, such as `80000`".to_owned()),
    });
    Ok(Options {
        reach: reach.transpose().map_err(named("reach"))?,
        budget: budget.transpose().map_err(named("budget"))?,
        capacity: asked.capacity.as_deref().map(capacity).transpose().map_err(named("capacity"))?.map(|days| days.0),
        horizon: asked.horizon.as_deref().map(positive_length).transpose().map_err(named("horizon"))?,
        with: asked.with.clone(),
        without: asked.without.clone(),
        ..Options::default()
    })
}
