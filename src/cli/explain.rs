//! `sinew explain`: what does a rule mean, and how is its finding fixed or accepted?

use clap::Args;

use super::console;
use super::exit::Failure;
use crate::analysis::rules;
use crate::ask::known_rule;
use crate::report::story;

/// Explain a rule: what it means, how to fix what it finds, how to accept it
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
            None => console::document(&story::rules()),
        }
    }
}
