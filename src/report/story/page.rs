//! A report as a document: the parts that are there, in the order in which a person wants them.

use crate::report::facts::Report;
use crate::report::facts::assumption;
use crate::report::facts::finding;
use crate::report::facts::handoff;
use crate::report::facts::ledger;
use crate::report::facts::outage;
use crate::report::facts::plan;
use crate::report::facts::process;
use crate::report::facts::register;
use crate::report::say::document::{Block, Item, Line};
use crate::report::story::summary;

/// The report as a document, for any format that is read by people.
#[must_use]
pub fn page(report: &Report) -> Vec<Block> {
    let mut page = report.stack.blocks();
    let is_whole = report.findings.is_some() && report.handoffs.is_some();
    if is_whole {
        let sentences = summary(report).into_iter().map(|words| Item { head: Line::of(words), details: Vec::new() });
        page.push(Block::Items(sentences.collect()));
    }
    if let Some(stage) = &report.stage {
        page.extend(stage.blocks());
    }
    if let Some(findings) = &report.findings {
        page.extend(finding::blocks(&report.stack, findings));
    }
    if let Some(change) = &report.baseline {
        page.extend(change.blocks(report.findings.as_deref().unwrap_or_default()));
    }
    if let Some(handoffs) = &report.handoffs {
        page.extend(handoff::blocks(&report.stack, handoffs, report.handoff_totals.as_ref()));
    }
    if let Some(outages) = &report.outages {
        match outages.as_slice() {
            // One that was asked about by name is told in full.
            [one] if one.reasons.is_some() => page.extend(outage::details(&report.stack, one)),
            all => page.extend(outage::blocks(&report.stack, all)),
        }
    }
    if let Some(processes) = &report.processes {
        page.extend(process::blocks(&report.stack, processes));
    }
    if let Some(structure) = &report.structure {
        page.extend(structure.blocks());
    }
    if let Some(ledger) = &report.ledger {
        page.extend(ledger::blocks(&report.stack, ledger));
    }
    if let Some(register) = &report.ai_register {
        page.extend(register::blocks(&report.stack, register));
    }
    if let Some(plan) = &report.plan {
        page.extend(plan::blocks(&report.stack, plan));
    }
    if let Some(assumptions) = &report.assumptions {
        page.extend(assumption::blocks(assumptions));
    }
    page
}
