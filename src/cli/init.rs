//! `sinew init`: a stack file or a workbook to start from.

use std::path::PathBuf;

use clap::Args;

use super::console::{result, say};
use super::exit::Failure;
use super::own_catalog::CatalogOption;
use super::write::{keep, quoted, write_file};

/// The starter file: valid, without findings that are wrong, and with every section in it.
pub const STARTER: &str = include_str!("starter.yaml");

/// Write a commented stack file, or a workbook, to start from
#[derive(Args, Debug)]
pub(super) struct Init {
    /// File to write: YAML, or a workbook where it ends in `.xlsx`; `-` prints it
    #[arg(value_name = "FILE", default_value = "stack.yaml")]
    file: PathBuf,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    catalog: CatalogOption,
}

impl Init {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.file.as_os_str() == "-" {
            return result(STARTER);
        }
        let shown = self.file.display();
        keep(&self.file, self.force, &format!("sinew init {} --force", quoted(&self.file)))?;
        if self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            write_file(&self.file, &self.blank()?)?;
            say(&format!(
                "wrote {shown}\n\nFill in Systems and Flows; the first sheet says how. Then `sinew report {shown} -o out`.\n"
            ));
            return Ok(());
        }
        write_file(&self.file, STARTER.as_bytes())?;
        say(&format!(
            "wrote {shown}\n\nMake it yours, and look at it with `sinew check {shown}`.\n\
             Editors complete and check it with `sinew schema stack > stack.schema.json` beside it.\n"
        ));
        Ok(())
    }

    /// The workbook without rows.
    #[cfg(feature = "xlsx")]
    fn blank(&self) -> Result<Vec<u8>, Failure> {
        crate::workbook::blank(&self.catalog.open()?.catalog).map_err(Failure::drawing)
    }

    #[cfg(not(feature = "xlsx"))]
    fn blank(&self) -> Result<Vec<u8>, Failure> {
        Err(Failure::Input(
            "error: this build writes no workbooks\n  = help: `sinew init stack.yaml` writes a stack file; or build with the feature `xlsx`\n".into(),
        ))
    }
}
