//! What several tests share: random stacks and graphs, golden files, the program itself.

pub(crate) mod any_stack;
pub(crate) mod asking;
pub(crate) mod binary;
#[cfg(feature = "pptx")]
#[path = "../../crates/sinew-draw/tests/deck/companies.rs"]
#[allow(dead_code, reason = "the crate of the decks has more use for it")]
pub(crate) mod companies;
pub(crate) mod counted;
#[cfg(all(feature = "pptx", feature = "xlsx"))]
pub(crate) mod dump;
pub(crate) mod golden;
#[path = "../../crates/sinew-draw/tests/graphviz.rs"]
#[allow(dead_code, reason = "the crate of the pictures has more use for it")]
pub(crate) mod graphviz;
pub(crate) mod judge;
pub(crate) mod mutation;
#[cfg(feature = "pptx")]
#[path = "../../crates/sinew-draw/tests/deck/package.rs"]
#[allow(dead_code, reason = "the crate of the decks has more use for it")]
pub(crate) mod package;
pub(crate) mod planned;
#[path = "../../crates/sinew-graph/tests/random_graphs.rs"]
pub(crate) mod random_graphs;
pub(crate) mod random_stack;
pub(crate) mod reading;
pub(crate) mod shuffle;

#[path = "../../benches/support/dice.rs"]
mod dice;
#[path = "../../benches/support/domains.rs"]
pub(crate) mod domains;
#[path = "../../benches/support/shapes.rs"]
pub(crate) mod shapes;
