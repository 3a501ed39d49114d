//! `sinew serve`: the stack on a page of this machine, where a room draws it up together.
//!
//! The file is the only state. Every edit is a small change of it through [`edit`](crate::edit), and what comes of it is
//! computed by the same questions as everywhere. This room opens no files: a [`Keeper`] reads and writes them.

mod asked;
mod board;
mod export;
mod guard;
mod history;
mod http;
mod keeper;
mod kept;
mod page;
mod room;
mod scenario;
mod typed;
mod work;

pub use guard::Guard;
pub use http::serve;
pub(crate) use keeper::hash;
pub use keeper::{File, Keeper, Kept, Opened, Unkept, Wrong};
pub use room::Room;
