//! How can data get from one product to another?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::ask::product;
use crate::catalog::{Catalog, Routes};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::report::story::catalog;

pub(super) const TOOL: Tool = Tool {
    name: "route",
    title: "How to join two products",
    about: "The known ways in which data gets from one product to another, easiest first: native connectors, iPaaS recipes, reverse \
            ETL, APIs, each with its source. A way that is not listed may exist; nothing here says that there is none.",
    input: input::<Asked>,
    answer: of::<Routes>,
    is_of_stack: false,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Product that data comes from: id, name or alias.
    from: String,
    /// Product that data goes to.
    to: String,
    /// Stack whose own catalog files count as well; without it, the catalog of the program.
    stack: Option<String>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    match &asked.stack {
        Some(stack) => routes(&desk.open(Some(stack))?.1.stack.catalog, &asked),
        None => routes(Catalog::builtin(), &asked),
    }
}

fn routes(known: &Catalog, asked: &Asked) -> Result<Answer, Trouble> {
    let hint = |refused| {
        Trouble::from(refused).instead(
            "name products, such as `salesforce` and `marketo`; a system of a stack has its own under `product`",
        )
    };
    let (from, to) = (product(known, &asked.from).map_err(hint)?, product(known, &asked.to).map_err(hint)?);
    let day = known.edition();
    let routes = known.route_on(&from.into(), &to.into(), day);
    Ok(Answer::of(json_of(&routes), catalog::route(from, to, &routes, day)))
}
