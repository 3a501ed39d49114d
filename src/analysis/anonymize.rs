//! The same stack for strangers' eyes: names, owners and texts masked, ids neutral, money scaled or masked.
//!
//! The graph, the products, the dates and the amounts of work stay, so the findings are the same up to names, and to severities that follow from masked
//! costs.

use std::collections::BTreeMap;

use super::{Analysis, Chain};
use crate::catalog::{Kind, SharedCatalog};
use crate::model::{Acceptance, Accepted, Mask, Maskable, Masker, Money, Name, SeverityCosts, Stack};

/// What becomes of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amounts {
    /// Every amount is multiplied by this factor, and with them the costs at which severities move, so that findings
    /// keep their severity. It hides amounts from a reader, not from one who knows one of them: the default thresholds,
    /// scaled, give the factor away.
    Scaled(f64),
    /// Every amount above nothing becomes 1, and no cost moves a severity any more: nothing of the money is left.
    Masked,
}

/// What becomes of what the table of keys says is to be masked.
struct Neutral {
    amounts: Amounts,
    /// Per word, the texts that it stands for; what they become once all are known.
    labels: BTreeMap<&'static str, BTreeMap<String, String>>,
    is_collecting: bool,
}

impl Masker for Neutral {
    fn hides_money(&self) -> bool {
        self.amounts == Amounts::Masked
    }

    fn money(&mut self, amount: f64) -> f64 {
        match self.amounts {
            Amounts::Scaled(factor) => amount * factor,
            Amounts::Masked => f64::from(amount > 0.0),
        }
    }

    fn text(&mut self, text: &mut String) {
        *text = MASK.to_owned();
    }

    fn label(&mut self, word: &'static str, text: &mut String) {
        let labels = self.labels.entry(word).or_default();
        if self.is_collecting {
            labels.insert(text.clone(), String::new());
        } else if let Some(label) = labels.get(text) {
            text.clone_from(label);
        }
    }
}

impl Neutral {
    /// Numbers the texts behind labels in their order.
    fn of(stack: &Stack, amounts: Amounts) -> Self {
        let mut neutral = Self { amounts, labels: BTreeMap::new(), is_collecting: true };
        stack.clone().mask(Mask::Within, &mut neutral);
        for (word, labels) in &mut neutral.labels {
            let count = labels.len();
            labels.values_mut().enumerate().for_each(|(at, label)| *label = numbered(word, at, count));
        }
        Self { is_collecting: false, ..neutral }
    }
}

/// `stack` without what tells whose it is.
///
/// Ids become `system-01`, `team-1` and so on, numbered in the order of the ids that they replace, so that everything
/// sorted by id keeps its order; each flow gets an id of its own. Names become the kind and a number. What becomes of
/// all else is said by the mask of each key in the table of keys. Products of the program's catalog stay, since what is found rests on them;
/// those that it does not know are masked. Of catalog files of one's own nothing is named: kinds, interfaces and limits that
/// they say are stated in the copy, connectors are left out. Places are those of the original file: write the stack and read it again for
/// its own.
#[must_use]
pub fn anonymized(stack: &Stack, amounts: Amounts) -> Stack {
    let mut masked = stack.clone();
    masked.systems.iter_mut().for_each(|system| stack.catalog.state_own_limits(&mut system.facts));
    masked.mask(Mask::Within, &mut Neutral::of(stack, amounts));
    masked.catalog = SharedCatalog::default();
    masked.name = "Anonymous stack".to_owned();
    if amounts == Amounts::Masked {
        masked.severity = SeverityCosts { high: Money(crate::model::MAX_AMOUNT), low: Money(0.0) };
    }
    rename(&mut masked);
    masked.accept = acceptances(stack, &masked);
    masked
}

/// Stands for text that was there.
const MASK: &str = "masked";

/// `word-07`, with as many digits as `count` needs, so that the order of the numbers is that of the ids.
fn numbered(word: &str, at: usize, count: usize) -> String {
    let width = count.to_string().len();
    format!("{word}-{:0width$}", at + 1)
}

/// Gives everything a neutral id and name.
fn rename(masked: &mut Stack) {
    macro_rules! named_by_place {
        ($($list:ident $word:literal;)*) => {$(
            let count = masked.$list.len();
            for (at, entry) in masked.$list.iter_mut().enumerate() {
                let id = numbered($word, at, count);
                entry.name = Name::in_words(&id);
                entry.id = id.as_str().into();
            }
        )*};
    }
    named_by_place! { teams "team"; data "data"; processes "process"; }
    let count = masked.systems.len();
    let mut of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    for (at, system) in masked.systems.iter_mut().enumerate() {
        let number = of_kind.entry(system.facts.kind).or_default();
        *number += 1;
        system.id = numbered("system", at, count).into();
        system.name = format!("{} {number}", system.facts.kind.display_name()).into();
    }
    let count = masked.flows.len();
    for (at, flow) in masked.flows.iter_mut().enumerate() {
        flow.id = numbered("flow", at, count).into();
        flow.has_own_id = true;
    }
}

/// The acceptances with their new names. A row whose subject or finding there is not has nothing to name and is left out.
fn acceptances(stack: &Stack, masked: &Stack) -> Vec<Acceptance> {
    if stack.accept.is_empty() {
        return Vec::new();
    }
    let subjects = new_ids(stack, masked);
    let (before, after) = (Analysis::of(stack), Analysis::of(masked));
    let findings = new_finding_ids(&before, &after);
    let mut rows = Vec::new();
    for (row, masked) in stack.accept.iter().zip(&masked.accept) {
        let what: Vec<Accepted> = match &row.what {
            Accepted::Subject { rule, subject } => {
                let subjects = subjects.get(subject.as_str()).into_iter().flatten();
                subjects.map(|subject| Accepted::Subject { rule: rule.clone(), subject: subject.clone() }).collect()
            }
            Accepted::Finding(id) => findings.get(id).map(|id| Accepted::Finding(id.clone())).into_iter().collect(),
        };
        rows.extend(what.into_iter().map(|what| Acceptance { what, ..masked.clone() }));
    }
    rows
}

/// The new id of each finding. Everything keeps its order, so findings stand in the same places; those about handoff
/// chains, of which one pair of systems may have several, are found by their steps.
fn new_finding_ids(before: &Analysis<'_>, after: &Analysis<'_>) -> BTreeMap<String, String> {
    let chain_id = |chain: &Chain| format!("manual-handoff:{}", chain.id);
    let places = before.findings().into_iter().zip(after.findings());
    let mut ids: BTreeMap<String, String> = places.map(|(before, after)| (before.id, after.id)).collect();
    let steps = after.handoffs().chains.iter().map(|chain| (&chain.steps, chain_id(chain)));
    let by_steps: BTreeMap<_, String> = steps.collect();
    for chain in &before.handoffs().chains {
        if let Some(id) = by_steps.get(&chain.steps) {
            ids.insert(chain_id(chain), id.clone());
        }
    }
    ids
}

/// The new ids of each old one: a process may share its id with a system, flow or team.
fn new_ids(stack: &Stack, masked: &Stack) -> BTreeMap<String, Vec<String>> {
    let ids = |stack: &Stack| -> Vec<String> {
        let systems = stack.systems.iter().map(|system| system.id.to_string());
        let teams = stack.teams.iter().map(|team| team.id.to_string());
        let flows = stack.flows.iter().map(|flow| flow.id.to_string());
        let processes = stack.processes.iter().map(|process| process.id.to_string());
        systems.chain(teams).chain(flows).chain(processes).collect()
    };
    let mut by_old: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (old, new) in ids(stack).into_iter().zip(ids(masked)) {
        by_old.entry(old).or_default().push(new);
    }
    by_old
}
