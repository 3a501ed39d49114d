//! What the relaxation asks for: the requirements, and what meeting them brings with it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::ItemIx;
use crate::scaled::{Scaled, sorted};

/// Items that others need for which a requirement is asked again.
const MOST_NEEDED: usize = 4;

/// One of `any` in each plan that holds `where_all`.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Sorted.
    pub(crate) any: Vec<ItemIx>,
    pub(crate) where_all: Vec<ItemIx>,
    /// Whether it is met before anything else begins.
    pub(crate) first: bool,
}

/// The requirements, and each again with items replaced by something that they need: what is met by an item is met with all that
/// this needs. No plan that meets the requirements breaks these; they make the bound see what meeting them takes.
pub(crate) fn asked(scaled: &Scaled) -> Vec<Asked> {
    let given = scaled.requirements.iter();
    let mut asked: Vec<Asked> =
        given.map(|one| Asked { any: one.any.clone(), where_all: one.where_all.clone(), first: one.first }).collect();
    for one in &scaled.requirements {
        let mut needed: BTreeMap<ItemIx, usize> = BTreeMap::new();
        for &a in one.any.iter().flat_map(|&i| &scaled.ancestors[i]) {
            *needed.entry(a).or_default() += 1;
        }
        let mut by_use: Vec<ItemIx> = needed.keys().copied().collect();
        by_use.sort_by_key(|a| (Reverse(needed[a]), *a));
        by_use.truncate(MOST_NEEDED);
        let one_replaced = by_use.iter().map(|&a| vec![a]);
        for by in one_replaced.chain((by_use.len() > 1).then(|| by_use.clone())) {
            let replaced =
                |&i: &ItemIx| by.iter().copied().find(|a| scaled.ancestors[i].binary_search(a).is_ok()).unwrap_or(i);
            let any = sorted(&one.any.iter().map(replaced).collect::<Vec<_>>());
            asked.push(Asked { any, where_all: one.where_all.clone(), first: one.first });
        }
    }
    asked
}
