//! What is shown of an analysed stack, and the formats that show it.

pub mod diagram;
pub mod open_psa;
