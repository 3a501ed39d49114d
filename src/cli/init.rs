//! `sinew init`: a stack file to start from.

use std::path::PathBuf;

use clap::Args;

use super::console::{result, say};
use super::exit::Failure;
use super::write::write_file;

/// The starter file: valid, without findings that are wrong, and with every section in it.
pub const STARTER: &str = include_str!("starter.yaml");

/// Write a commented stack file to start from
#[derive(Args, Debug)]
pub(super) struct Init {
    /// File to write; `-` prints it
    #[arg(value_name = "FILE", default_value = "stack.yaml")]
    file: PathBuf,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.file.as_os_str() == "-" {
            return result(STARTER);
        }
        let shown = self.file.display();
        // A dangling link is something too, and not ours to replace.
        if !self.force && self.file.symlink_metadata().is_ok() {
            return Err(Failure::Input(format!(
                "error: {shown} already exists\n  = help: choose another file, or overwrite it with `--force`\n"
            )));
        }
        write_file(&self.file, STARTER.as_bytes())?;
        say(&format!(
            "wrote {shown}\n\nMake it yours, and look at it with `sinew check {shown}`.\n\
             Editors complete and check it with `sinew schema stack > stack.schema.json` beside it.\n"
        ));
        Ok(())
    }
}
