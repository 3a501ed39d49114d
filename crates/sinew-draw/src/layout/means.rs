//! What laying out a picture is given beside the picture.

use super::arranged::Arrangements;
use super::work::Budget;

/// What laying out a picture may take, and what was arranged before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) budget: Budget,
    pub(super) known: &'a Arrangements,
}
