//! One published limit of a product.

use schemars::JsonSchema;
use serde::Serialize;

use super::product::{ProductId, Source};
use super::words::{Environment, QuotaKind, Unit};

/// The period of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Window {
    /// As written: `20s`, `1d`, `24h-rolling`.
    pub text: String,
    /// Length in seconds; a month counts 30 days and a year 365.
    pub seconds: u64,
    /// Whether it slides with the clock instead of starting anew.
    pub rolling: bool,
}

impl Window {
    /// Seconds of a day.
    pub const DAY: u64 = 86_400;

    /// Reads `NUMBER UNIT`, unit one of `s`, `min`, `h`, `d`, `mo`, `y`, with `-rolling`
    /// behind it or not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (length, rolling) = match text.strip_suffix("-rolling") {
            Some(length) => (length, true),
            None => (text, false),
        };
        let digits = length.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = length.split_at(digits);
        let unit = match unit {
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => Self::DAY,
            "mo" => 30 * Self::DAY,
            "y" => 365 * Self::DAY,
            _ => return None,
        };
        let seconds = number.parse::<u64>().ok()?.checked_mul(unit)?;
        (seconds > 0).then(|| Self { text: text.to_owned(), seconds, rolling })
    }
}

/// A limit as its vendor (or someone about it) publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quota {
    /// The product that is limited.
    pub product: ProductId,
    /// The part of the product that is limited: `rest` is the general interface,
    /// `rest-write`, `bulk-import`, `connector-load` and the like are narrower.
    pub interface: String,
    /// What is limited: calls, records in one call, size, age.
    pub kind: QuotaKind,
    /// The number; absent where a limit exists that the vendor does not publish.
    pub limit: Option<u64>,
    /// What the number counts.
    pub unit: Unit,
    /// Period, where there is one.
    pub window: Option<Window>,
    /// What shares the limit: org, instance, account, user, token, request.
    pub scope: Option<String>,
    /// Edition that has this number; absent where none was named.
    pub plan: Option<String>,
    /// Production, or a test account.
    pub environment: Environment,
    /// The other end, for the limits and costs of one connector.
    pub with: Option<ProductId>,
    /// Formula and exceptions, in the words of the data file.
    pub notes: Option<String>,
    /// Where it was read.
    pub source: Source,
}
