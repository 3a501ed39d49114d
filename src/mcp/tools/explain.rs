//! What does a rule mean, or how did the numbers of an item of the plan come about?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::analysis::{Analysis, RULES, rules};
use crate::ask::{self, Refused, known_rule, planned};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::plan::Options;
use crate::report::plan::Explanation;
use crate::report::story::{self, explained};

pub(super) const TOOL: Tool = Tool {
    name: "explain",
    title: "Explain a rule or an item",
    about: "With `rule`: what the rule means, how it is computed, how to fix what it finds, how to accept it. With `item`: how each \
            number of an item of the plan came about, down to lines of the file. Without either: all rules.",
    input: input::<Asked>,
    answer: of::<Explained>,
    is_of_stack: false,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The rule, such as `single-point-of-failure`.
    rule: Option<String>,
    /// The item, by the id that the plan gave it.
    item: Option<String>,
    /// The stack of the item: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
}

/// A rule, an item of a plan, or all rules.
#[derive(Serialize, JsonSchema)]
struct Explained {
    sinew: u32,
    /// All rules, where none was asked for.
    rules: Vec<RuleOf>,
    /// The page of the rule in Markdown, line by line.
    page: Vec<String>,
    /// The numbers of the item.
    item: Option<Explanation>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rule")]
struct RuleOf {
    /// Its id.
    id: &'static str,
    /// How severe its findings are where nothing moves that.
    severity: &'static str,
    /// What it means, in one sentence.
    summary: &'static str,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let mut explained = Explained { sinew: 1, rules: Vec::new(), page: Vec::new(), item: None };
    match (&asked.rule, &asked.item) {
        (Some(_), Some(_)) => {
            Err(Trouble::from(Refused::because("`rule` and `item` are two questions")).instead("ask one of them"))
        }
        (Some(rule), None) => {
            let hint =
                |why| Trouble::from(Refused::because(why)).instead("`explain` without arguments lists all rules");
            let rule = known_rule(rule).map_err(hint)?;
            let page = rules::find(&rule).map(|rule| rule.page).unwrap_or_default();
            explained.page = page.lines().map(str::to_owned).collect();
            Ok(Answer::told(json_of(&explained), page.to_owned()))
        }
        (None, Some(item)) => item_of(desk, asked.stack.as_deref(), item, explained),
        (None, None) => {
            explained.rules = RULES
                .iter()
                .map(|rule| RuleOf { id: rule.id, severity: rule.severity.as_str(), summary: rule.summary })
                .collect();
            Ok(Answer::of(json_of(&explained), story::rules()))
        }
    }
}

fn item_of(desk: &Desk, stack: Option<&str>, item: &str, mut all: Explained) -> Result<Answer, Trouble> {
    let (_, opened) = desk.open(stack)?;
    let analysis = Analysis::of(&opened.stack);
    let plan = planned(&analysis, &Options { samples: 0, ..Options::default() })?;
    let explanation = ask::explanation(&analysis, &opened.source, &plan, item)
        .map_err(|refused| Trouble::from(refused).instead("`plan` gives the ids of its items"))?;
    let document = explained(&explanation);
    all.item = Some(explanation);
    Ok(Answer::of(json_of(&all), document))
}
