//! `sinew catalog`: what is known of products, and how two can be joined?

use clap::{Args, Subcommand};
use serde::Serialize;

use super::exit::Failure;
use super::format::Format;
use crate::catalog::{Catalog, Connector, Lookup, Product, ProductId, Quota};
use crate::report::json_text;
use crate::report::story::catalog;
use crate::source::visible;

/// Look up products, and how data can get from one to another
#[derive(Args, Debug)]
pub(super) struct LookUp {
    #[command(subcommand)]
    question: Question,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", global = true)]
    format: Format,
}

#[derive(Subcommand, Debug)]
enum Question {
    /// List all products
    List,
    /// Show what is known about one product, with sources
    Show {
        /// Product: id, name or alias
        #[arg(value_name = "PRODUCT")]
        product: String,
    },
    /// Show the ways in which data can get from one product to another
    Route {
        /// Product that data comes from: id, name or alias
        from: String,
        /// Product that data goes to: id, name or alias
        to: String,
    },
}

/// A product with everything that hangs on it.
#[derive(Serialize)]
struct Shown<'a> {
    product: &'a Product,
    suites: Vec<&'a str>,
    quotas: Vec<&'a Quota>,
    connectors: Vec<&'a Connector>,
}

impl LookUp {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let known = Catalog::builtin();
        match &self.question {
            Question::List => self.format.print_either(&catalog::list(known), || json_text(&known.products())),
            Question::Show { product } => {
                let product = find(known, product)?;
                let shown = Shown {
                    product,
                    suites: known.suites_of(&product.id).map(|suite| suite.name.as_str()).collect(),
                    quotas: known.quotas_of(&product.id).collect(),
                    connectors: known.connectors_of(&product.id).collect(),
                };
                self.format.print_either(&catalog::show(known, product), || json_text(&shown))
            }
            Question::Route { from, to } => {
                let (from, to) = (find(known, from)?, find(known, to)?);
                let routes = known.route(&from.into(), &to.into());
                self.format.print_either(&catalog::route(from, to, &routes), || json_text(&routes))
            }
        }
    }
}

/// The product of this name, or what to write instead.
fn find<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Product, Failure> {
    let help = match catalog.find(name) {
        Lookup::Product(product) => return Ok(product),
        Lookup::Suite(suite) => {
            let members: Vec<&str> = suite.members.iter().map(ProductId::as_str).collect();
            format!("the name stands for several products: {}", members.join(", "))
        }
        Lookup::Unknown => match catalog.near_miss(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "`sinew catalog list` shows all products; a stack file can use any other product with `kind`".into()
            }
        },
    };
    Err(Failure::Input(format!("error: no product named `{}` in the catalog\n  = help: {help}\n", visible(name))))
}
