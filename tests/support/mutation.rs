//! Files with bytes changed, taken out, put in, doubled and cut off.

use proptest::prelude::*;
use proptest::sample::Index;

/// One change: where, with which byte, and how.
pub(crate) type Change = (Index, u8, u8);

/// A change of any kind.
pub(crate) fn one() -> impl Strategy<Value = Change> {
    (any::<Index>(), any::<u8>(), 0..6_u8)
}

/// Up to seven changes.
pub(crate) fn some() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(one(), 1..8)
}

/// Makes the changes one after another. One of `signs`, which mean something in the format, keeps a file readable more often
/// than any byte.
pub(crate) fn mutate(bytes: &mut Vec<u8>, changes: &[Change], signs: &[u8]) {
    for (at, byte, how) in changes {
        if bytes.is_empty() {
            return;
        }
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = *byte,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, *byte),
            3 => bytes[at] = signs[usize::from(*byte) % signs.len()],
            4 => {
                let piece = bytes[at..bytes.len().min(at + usize::from(*byte))].to_vec();
                bytes.splice(at..at, piece);
            }
            // Most files say nothing any more once they are cut off near their begin.
            _ if *byte < 64 => bytes.truncate(at),
            _ => bytes[at] = b' ',
        }
    }
}
