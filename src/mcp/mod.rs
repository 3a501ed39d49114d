//! The questions for assistants: a server of the Model Context Protocol, read-only.
//!
//! It asks the same questions as the command line and answers with the same reports and words. It opens nothing: whoever
//! starts it brings the stacks as a [`Shelf`], and the two ends of the stream.

mod answer;
mod cut;
mod desk;
mod lines;
mod prompts;
mod resources;
mod schema;
mod server;
mod shelf;
mod skill;
mod tools;
mod trouble;

pub use desk::{Desk, Embedded, Reply};
pub use schema::tools_schema;
pub use server::serve;
pub use shelf::{Opened, Shelf, Shelved};
pub use skill::{guide, llms, skill};
pub use trouble::Trouble;

/// Bytes of one message to the server; a longer one is refused and passed over.
pub const LONGEST_MESSAGE: usize = 4 << 20;
