//! Prices and shares of the relaxation, and what its sequences did under them.

use std::rc::Rc;

use crate::index::{ItemIx, List};
use crate::scaled::Scaled;

/// Prices and shares. Every value of them gives a valid bound, as long as per way and cell the worths of the parts and the
/// claim add up to what the benefit is worth.
#[derive(Debug, Clone)]
pub(crate) struct Duals {
    /// Per item, in cent-ticks: price of building it once; negative only for what is forced in.
    pub(crate) price: List<ItemIx, f64>,
    /// Per requirement, in cent-ticks: price of not meeting it.
    pub(crate) required: Vec<f64>,
    /// Cent-ticks per cent-tick of budget.
    pub(crate) budget: f64,
    /// Per part and cell, in cent-ticks: what the cell is worth when the part is finished before it.
    pub(crate) worth: Rc<Vec<f64>>,
    /// Per benefit and cell, in cent-ticks: price of earning it.
    pub(crate) claim: Rc<Vec<f64>>,
}

/// What the last sequences did on average.
#[derive(Debug)]
pub(crate) struct Averages {
    /// Per item: how often it was built.
    pub(crate) count: List<ItemIx, f64>,
    /// Per item: how often it was built while something that goes first was open.
    pub(crate) count_first: List<ItemIx, f64>,
    /// Per part and cell: how often it was finished before.
    pub(crate) finished: Vec<f64>,
    pub(crate) spent: f64,
}

impl Averages {
    pub(crate) fn new(scaled: &Scaled, cells: usize) -> Self {
        let none = List::like(&scaled.out, 0.0);
        Self { count: none.clone(), count_first: none, finished: vec![0.0; cells], spent: 0.0 }
    }
}
