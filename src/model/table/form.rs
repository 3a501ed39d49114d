//! What a form is, and what is known while a file is read.

use super::names::Tables;
use super::written::Written;
use crate::source::{Diagnostics, Node};

/// What is known while a file is read.
#[derive(Default)]
pub(crate) struct Context {
    /// The ids to which the file can refer.
    pub(in crate::model) tables: Tables,
    /// What was wrong or odd so far.
    pub(in crate::model) problems: Diagnostics,
    /// How many days a year has for a rate a day.
    pub(in crate::model) year_days: f64,
}

/// How values of type `T` stand in a file.
pub(crate) trait Form<T> {
    /// What `node` says; nothing where it is broken, which has been reported.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<T>;

    /// `value` such that reading gives it back; references as ids.
    fn write(&self, value: &T, ids: &Tables) -> Written;
}
