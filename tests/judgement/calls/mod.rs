//! The ledger of calls.

mod by_hand;
mod definition;
