//! What is shown of an analysed stack, and the formats that show it.

pub mod diagram;
//! What sinew says, in the formats it says it in.

pub mod open_psa;
