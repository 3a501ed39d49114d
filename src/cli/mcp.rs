//! `sinew mcp`: the questions for assistants.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::exit::{Failure, source_name};
use super::own_catalog::CatalogOption;
use super::stack::{CellOf, Opened, StackFile, regular};
use crate::mcp::{Desk, Shelf, Shelved, Trouble, serve};
use crate::model::{Reading, ScenarioReading};
use crate::source::Source;

/// Answer assistants over the Model Context Protocol, on standard input and output
///
/// A client such as Claude, VS Code or Cursor starts this command and calls its tools: findings, handoffs, outages, stage, plan,
/// what-if, questions and more, for the stacks that are named here. Each file is read again for each question. Nothing is
/// written, and nothing is fetched. In the configuration of a client, `sinew` is the command, and `mcp` and the files are its
/// arguments.
#[derive(Args, Debug)]
pub(super) struct Mcp {
    /// Stack files in YAML or JSON, or workbooks; only these are read
    #[arg(value_name = "STACK")]
    stacks: Vec<PathBuf>,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
}

impl Mcp {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut wrong = String::new();
        for path in &self.stacks {
            if path.as_os_str() == "-" {
                wrong.push_str("error: standard input is for the client; name files\n");
            } else if let Err(cause) = std::fs::metadata(path) {
                wrong.push_str(&format!("error: cannot read {}: {cause}\n", path.display()));
            } else if let Err(failure) = regular(path) {
                wrong.push_str(&failure.to_string());
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::Input(wrong));
        }
        let failed = |cause| Failure::Environment { doing: "serve".into(), cause };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(failed)?;
        let desk = Desk::new(Arc::new(files(&self.stacks, self.max_bytes, &self.catalog)));
        let served = runtime.block_on(serve(desk, tokio::io::stdin(), tokio::io::stdout()));
        // What is still computed has nobody who waits for it.
        runtime.shutdown_background();
        served.map_err(failed)
    }
}

/// The stacks in these files.
fn files(paths: &[PathBuf], max_bytes: usize, catalog: &CatalogOption) -> Files {
    let names: Vec<String> = paths.iter().map(|path| source_name(path)).collect();
    let files = paths.iter().map(|path| StackFile::new(path.clone(), max_bytes, catalog.clone())).collect();
    Files { shelved: Shelved::all(&names), files }
}

/// The stacks in these files, as `sinew mcp` serves them; for programs that call its tools without the protocol.
#[must_use]
pub fn shelf(paths: &[PathBuf]) -> Arc<dyn Shelf> {
    Arc::new(files(paths, Source::MAX_BYTES, &CatalogOption::default()))
}

struct Files {
    shelved: Vec<Shelved>,
    files: Vec<StackFile>,
}

impl Shelf for Files {
    fn stacks(&self) -> &[Shelved] {
        &self.shelved
    }

    fn open(&self, at: usize) -> Result<crate::mcp::Opened, Trouble> {
        let (opened, warnings) = self.files[at].read().map_err(|failure| trouble(&failure))?;
        let cells = opened.cells_of_workbook();
        let Opened { source, stack, .. } = opened;
        Ok(crate::mcp::Opened { source, stack, warnings, cells })
    }

    fn cells(&self, opened: &crate::mcp::Opened) -> CellOf {
        let is_workbook = !opened.cells.is_empty();
        if is_workbook { opened.cells.clone() } else { crate::workbook::cells_of_export(&opened.stack) }
    }

    fn read_text(&self, at: usize, text: &Source) -> Result<Reading, Trouble> {
        let of_call = self.files[at].catalogs_of_call().map_err(|failure| trouble(&failure))?;
        Ok(self.files[at].read_text(text, &of_call))
    }

    fn scenario(&self, at: usize, opened: &crate::mcp::Opened, scenario: &Source) -> Result<ScenarioReading, Trouble> {
        self.files[at].scenario_of((&opened.source, &opened.stack), scenario).map_err(|failure| trouble(&failure))
    }
}

fn trouble(failure: &Failure) -> Trouble {
    Trouble { text: failure.plain(), diagnosis: failure.diagnosis() }
}
