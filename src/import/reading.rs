//! What a reader is given, and what it makes of it.

use std::collections::BTreeMap;

use super::chain::Workflow;
use super::draft::Draft;
use super::problem::Fault;
use super::table::HeaderMap;

/// A file, or an entry of an archive, as readers see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'f> {
    /// Its place in the list of inputs.
    pub(super) input: usize,
    /// Its name as reports have it.
    pub(super) name: &'f str,
    /// Its name without folders and ending.
    pub(super) stem: &'f str,
    /// What was said of columns of tables.
    pub(super) map: &'f HeaderMap,
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Chains of steps, which may call those of other files.
    pub(super) workflows: Vec<Workflow>,
    /// Entries that need no other file.
    pub(super) draft: Draft,
    /// What else is counted of it, beside its leaves: workflows, pages, sheets.
    pub(super) units: BTreeMap<&'static str, usize>,
    /// Columns of a table that nothing reads.
    pub(super) own_columns: Vec<String>,
    /// What is wrong with it.
    pub(super) faults: Vec<Fault>,
}
