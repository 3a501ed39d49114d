//! A validated stack as the text of a stack file, complete: reading it gives the same stack, up to places.

use super::stack::Stack;
use super::table::{Pairs, pair, pairs};

/// `stack` as a stack file. Every key that the stack states is written, and none that it does not; quantities are
/// written such that reading gives the same number to the last bit, in the unit in which people say them.
#[must_use]
pub fn write(stack: &Stack) -> String {
    lines(&pairs(&stack.ids(), stack))
}

/// The keys of a whole stack file as its text.
pub(super) fn lines(keys: &Pairs) -> String {
    let mut out = String::new();
    for (key, value) in keys {
        pair(&mut out, 0, key, value);
    }
    out
}
