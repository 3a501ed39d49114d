//! `sinew catalog`: what is known of products, and how two can be joined?

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;

use super::exit::Failure;
use super::format::Format;
use super::own_catalog::{CatalogOption, checked};
use crate::ask;
use crate::catalog::{Catalog, Connector, Product, Quota};
use crate::report::story::catalog;

/// Look up products, and how data can get from one to another
#[derive(Args, Debug)]
pub(super) struct LookUp {
    #[command(subcommand)]
    question: Question,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", global = true)]
    format: Format,
    /// Day on which the facts are judged; default: the newest date in the catalog
    #[arg(long, value_name = "DATE", global = true)]
    as_of: Option<Date>,
    #[command(flatten)]
    catalog: CatalogOption,
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
    /// List the facts that are old or undated, most used first
    Stale,
    /// Check catalog files of your own by the rules of the catalog
    Check {
        /// Catalog file, or folder with products.csv, connectors.csv, quotas.csv, suites.csv or names.csv
        #[arg(value_name = "DIR")]
        folder: PathBuf,
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
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.is_json()
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let own = self.catalog.open()?;
        let known: &Catalog = &own.catalog;
        let as_of = self.as_of.unwrap_or(known.edition());
        match &self.question {
            Question::List => self.format.print_either(|| catalog::list(known), || known.products()),
            Question::Show { product } => {
                let product = ask::product(known, product)?;
                let shown = Shown {
                    product,
                    suites: known.suites_of(&product.id).map(|suite| suite.name.as_str()).collect(),
                    quotas: known.quotas_of(&product.id).collect(),
                    connectors: known.connectors_of(&product.id).collect(),
                };
                self.format.print_either(|| catalog::show(known, product, as_of), || &shown)
            }
            Question::Route { from, to } => {
                let (from, to) = (ask::product(known, from)?, ask::product(known, to)?);
                let routes = known.route_on(&from.into(), &to.into(), as_of);
                self.format.print_either(|| catalog::route(from, to, &routes, as_of), || &routes)
            }
            Question::Stale => {
                let facts = known.stale(as_of);
                self.format.print_either(|| catalog::stale(&facts, as_of), || &facts)
            }
            Question::Check { folder } => {
                let rows = checked(folder)?.rows;
                let [all, without_page, without_date] = rows;
                let json =
                    serde_json::json!({ "rows": all, "without_page": without_page, "without_date": without_date });
                self.format.print_either(|| catalog::checked(rows), || &json)
            }
        }
    }
}
