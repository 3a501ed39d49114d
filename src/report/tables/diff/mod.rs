//! The tables of what changed between two stacks.

mod criteria;
mod entries;
mod figures;
mod findings;
mod single_points;

pub use criteria::criteria;
pub use entries::entries;
pub use figures::figures;
pub use findings::findings;
pub use single_points::single_points;
