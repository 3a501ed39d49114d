//! Counts as numbers to measure with.

/// `count` as a real number; exact, as nothing here is counted beyond 2^53.
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}
