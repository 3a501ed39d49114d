//! What a form is, and what is known while a file is read.

use super::names::Tables;
use super::written::Written;
use crate::model::form::Calendar;
use crate::source::{Diagnostics, Node};

/// What is known while a file is read.
#[derive(Default)]
pub(crate) struct Context {
    /// The ids to which the file can refer.
    pub(in crate::model) tables: Tables,
    /// What was wrong or odd so far.
    pub(in crate::model) problems: Diagnostics,
    /// What a day and an hour mean in a rate.
    pub(in crate::model) calendar: Calendar,
    /// The currency of all money, where the file states one.
    pub(in crate::model) currency: Option<String>,
    /// Whether the value read last rests on a guess: the mean of two values that were said.
    pub(in crate::model) has_guessed: bool,
    /// Whether an hourly rate was stated and could not be read.
    pub(in crate::model) has_broken_rate: bool,
    /// The keys of the entry that is being read whose values rest on guesses.
    pub(in crate::model) guessed: Vec<String>,
}

/// How values of type `T` stand in a file.
pub(crate) trait Form<T> {
    /// What `node` says; nothing where it is broken, which has been reported.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<T>;

    /// `value` such that reading gives it back; references as ids.
    fn write(&self, value: &T, ids: &Tables) -> Written;
}
