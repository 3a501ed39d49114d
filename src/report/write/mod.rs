//! The formats: story, tables and pictures in, bytes out. Nothing is opened here.

mod csv;
pub mod document;
mod file;
mod files;
pub mod html;
mod json;
pub mod offline;
pub mod open_psa;
pub mod pictures;
pub mod sarif;
pub mod theme_file;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use self::csv::csv;
pub use file::File;
pub use files::{FilesError, Look, Part, Pictures, Place, Take, Told, files, files_to, files_with};
pub use json::{json, json_text, write_json};
