//! Counts as numbers to measure with, and as people read them.

/// `count` as a real number; exact, as nothing here is counted beyond 2^53.
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

/// The digits of a whole number with a comma before each three.
#[must_use]
pub(crate) fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}
