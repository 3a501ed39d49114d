//! `sinew lsp`: stack files in an editor.

use std::io::{BufReader, stdin, stdout};
use std::path::Path;

use clap::Args;

use super::exit::Failure;
use super::own_catalog::CatalogOption;
use crate::lsp::{Ended, Library, serve};
use crate::model::{Reading, read_bringing};
use crate::source::Source;

/// Help with stack files in an editor, over the Language Server Protocol on standard input and output
///
/// An editor starts this command. It then shows what is wrong with a stack file as it is typed and what the rules find,
/// completes keys, ids and products, says what a system stops and what a flow costs, renames ids everywhere, and offers
/// fixes. docs/editors.md has the set-up of VS Code, Neovim, Helix, Zed and JetBrains.
#[derive(Args, Debug)]
pub(super) struct Lsp {
    /// What most editors add to the command; nothing else is spoken anyway
    #[arg(long, hide = true)]
    stdio: bool,
    #[command(flatten)]
    catalog: CatalogOption,
}

impl Lsp {
    pub(super) fn run(self) -> Result<(), Failure> {
        let of_call = self.catalog.sources()?;
        let library = Files { catalog: self.catalog, of_call };
        let served = serve(Box::new(library), BufReader::new(stdin()), stdout());
        match served {
            Ok(Ended::Orderly) => Ok(()),
            // The protocol wants 1 where the client did not say goodbye.
            Ok(Ended::Abruptly) => Err(Failure::Denied),
            Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
            Err(cause) => Err(Failure::Environment { doing: "answer the editor".into(), cause }),
        }
    }
}

/// Catalog files, on the disk of the editor.
struct Files {
    catalog: CatalogOption,
    of_call: Vec<Source>,
}

impl Library for Files {
    fn read(&self, path: &str, source: &Source) -> Reading {
        read_bringing(source, |named| self.catalog.bring(Path::new(path), named, &self.of_call).1)
    }
}
