//! `sinew explain`: what does a rule mean, and how is its finding mended or accepted?

use clap::Args;

use super::check::known_rule;
use super::console;
use super::exit::Failure;
use crate::analysis::{RULES, rules};
use crate::report::document::{Block, Column, Line, Table};

/// Explain a rule: what it means, how to mend what it finds, how to accept it
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// The rule; without it, all rules are listed
    #[arg(value_name = "RULE", value_parser = known_rule)]
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self.rule.as_deref().and_then(rules::find) {
            Some(rule) => console::result(rule.page),
            None => console::document(&list()),
        }
    }
}

fn list() -> Vec<Block> {
    let mut table = Table::new(["rule", "severity", "holds when"].map(Column::text));
    for rule in RULES {
        table.push([Line::code(rule.id), Line::of(rule.severity.as_str()), Line::of(rule.summary)]);
    }
    vec![Block::Table(table)]
}
