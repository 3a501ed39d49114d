//! What the register of AI tools asks of a tool that no graph shows: what it is for, for whom, and who oversees it.

use super::System;
use super::seldom::Unstated;
use crate::catalog::words::words;
use crate::model::form::{Text, id_of, one_of};
use crate::model::id::TeamIx;
use crate::model::table::{Context, Fields, Mapping, mapping, quoted};
use crate::source::Diagnostic;
use crate::source::words::listed;

mapping! {
    /// What an AI tool is used for, by whom, in which role, and who oversees it.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct AiUse = "a system" {
        purpose: Option<String> = may, Text::Word, Text, "What it is meant to do, of an AI tool: one sentence.";
        users: Option<String> = may, Text::Word, Text, "Who works with it or is spoken to by it, of an AI tool.";
        role: Option<Role> = may, one_of::<Role>("role"), Keep,
            "What the company is to it, of an AI tool, in the words of the EU AI Act.";
        oversight: Option<TeamIx> = may, id_of::<TeamIx>(), Name,
            "The team that oversees it, of an AI tool: that may stop it and overrule what it makes.";
        evidence: Option<String> = may, Text::Word, Text,
            "Where assessments, tests and instructions are, of an AI tool: paths or links.";
    }
}

impl Unstated for AiUse {
    fn unstated() -> &'static Self {
        static NONE: AiUse = AiUse { purpose: None, users: None, role: None, oversight: None, evidence: None };
        &NONE
    }
}

words! {
    /// What a company is to an AI tool.
    Role {
        /// It has the tool developed and puts it on the market or into use under its own name.
        Provider = "provider",
        /// It uses the tool under its authority.
        Deployer = "deployer",
        /// It uses a tool of its own.
        ProviderAndDeployer = "provider-and-deployer",
        /// It brings the tool of a provider elsewhere into the market.
        Importer = "importer",
        /// It makes the tool available, and is neither provider nor importer.
        Distributor = "distributor",
        /// It sells a product of its own with the tool in it.
        ProductManufacturer = "product-manufacturer",
        /// It acts for a provider elsewhere.
        AuthorizedRepresentative = "authorized-representative",
    }
}

/// Warns of keys that only an AI tool has, at a system that is not one: no register shows them.
pub(super) fn warn_of_others(system: &System, fields: &Fields<'_, '_>, cx: &mut Context) {
    if system.is_ai() {
        return;
    }
    let stated: Vec<_> = AiUse::KEYS.iter().filter_map(|key| Some((key.name, fields.get(key.name)?))).collect();
    let Some((_, first)) = stated.first() else { return };
    let names: Vec<String> = stated.iter().map(|(name, _)| quoted(name)).collect();
    let named = listed(&names);
    let (verb, them) = if names.len() == 1 { ("is", "the key") } else { ("are", "the keys") };
    let message = format!("{named} {verb} for AI tools, and {} is not one", quoted(system.id.as_str()));
    cx.problems.push(
        Diagnostic::warning("not-an-ai-tool", first.span, message)
            .help(format!("write `ai: true` at the system if it is an AI tool, or remove {them}")),
    );
}
