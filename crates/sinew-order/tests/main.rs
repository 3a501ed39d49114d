//! The search against two exact methods that share no code with it.

#![allow(clippy::unwrap_used)]

mod closeness;
mod oracle;
mod random;
mod subsets;
