//! Small stacks for unit tests, from text.

use super::{Stack, read};
use crate::source::Source;

/// The stack of `text`, which is a valid file.
pub(crate) fn stack_of(text: &str) -> Stack {
    let reading = read(&Source::new("stack.yaml", text.to_owned()));
    reading.stack.unwrap_or_else(|| panic!("{:?}\n{text}", reading.problems))
}
