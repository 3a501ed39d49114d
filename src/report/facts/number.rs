//! Numbers as a report writes them.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::{self, Quantity};

/// A finite number, rounded to a millionth, so that the order of a sum never shows; never minus zero.
///
/// In JSON a whole number stands without a point.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, JsonSchema)]
#[schemars(transparent)]
pub struct Number(f64);

impl Number {
    /// Beyond this, a double holds no millionths and stays as it is.
    const FINE: f64 = 9.0e9;

    /// The number as a float.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        let rounded = if number.abs() < Self::FINE { (number * 1e6).round() / 1e6 } else { number };
        // Adding zero turns minus zero into zero.
        Self(rounded + 0.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_whole = self.0.fract() == 0.0 && self.0.abs() < Self::FINE;
        if is_whole { serializer.serialize_i64(self.0 as i64) } else { serializer.serialize_f64(self.0) }
    }
}

/// A quantity as low, likely and high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// The smallest value to be expected.
    pub low: Number,
    /// The likeliest value, between the two ends.
    pub likely: Number,
    /// The largest value to be expected.
    pub high: Number,
}

impl<T: Quantity> From<model::Range<T>> for Range {
    fn from(range: model::Range<T>) -> Self {
        let number = |quantity: T| Number::from(quantity.amount());
        Self { low: number(range.low), likely: number(range.likely), high: number(range.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_and_minus_zero_do_not_show() {
        let written = |number: f64| serde_json::to_string(&Number::from(number)).unwrap();
        assert_eq!(written(0.1 + 0.2), "0.3");
        assert_eq!(written(-1e-17), "0");
        assert_eq!(written(12.0), "12");
        assert_eq!(written(123_456_789.123_456_7), "123456789.123457");
        assert_eq!(written(1e45), "1e+45");
    }
}
