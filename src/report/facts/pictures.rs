//! What the pictures of a report lack.

use schemars::JsonSchema;
use serde::Serialize;

/// What the slides of one picture lack, because the pictures of the report have used up what they may take together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Picture")]
pub struct Lacking {
    /// The picture: the name of its files in `diagrams/`.
    pub picture: String,
    /// How many slides it has.
    pub slides: usize,
    /// How many of them are arranged by the first way that fits instead of the best of many.
    pub slides_in_haste: usize,
    /// How many systems it is about.
    pub systems: usize,
    /// How many flows it is about.
    pub flows: usize,
    /// Systems that are on no slide, by id.
    pub systems_on_no_slide: Vec<String>,
    /// How many flows are on no slide.
    pub flows_on_no_slide: usize,
    /// How many of these are by hand.
    pub by_hand_on_no_slide: usize,
}
