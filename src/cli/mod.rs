//! The command line: arguments to questions, answers to streams and files.
//!
//! The only room that opens files, prints, or looks at the terminal.

mod anonymize;
mod catalog;
mod check;
mod columns;
mod compare;
mod completions;
mod console;
mod diagram;
mod diff;
mod exit;
mod explain;
mod export;
mod fix;
mod folder;
#[cfg(any(feature = "pdf", feature = "png"))]
mod fonts;
mod foreign;
mod format;
mod handoffs;
mod import;
mod init;
mod into;
mod layout;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "mcp")]
mod mcp;
mod outage;
mod own_catalog;
mod plan;
mod portfolio;
mod questions;
mod reference;
mod register;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod stack;
mod stage;
mod theme;
mod timings;
#[cfg(feature = "watch")]
mod watch;
mod workbook;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::{Failure, Machine};
pub use init::STARTER;
#[cfg(feature = "mcp")]
pub use mcp::shelf;
pub use reference::reference;

/// Compute the integration architecture of a marketing-operations stack
///
/// A stack file lists your systems, the data that flows between them and the processes that need it. sinew finds the manual
/// handoffs and what they cost, what breaks when something fails, and what to build first.
#[derive(Parser, Debug)]
#[command(name = "sinew", version, propagate_version = true, disable_help_subcommand = false)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Init(init::Init),
    Import(import::ImportFiles),
    Export(export::Export),
    Check(check::Check),
    Handoffs(handoffs::Handoffs),
    Outage(outage::Outage),
    Stage(stage::Stage),
    Diagram(diagram::Diagram),
    Diff(diff::Diff),
    Compare(compare::Compare),
    Anonymize(anonymize::Anonymize),
    Plan(plan::Plan),
    Questions(questions::Questions),
    Register(register::Register),
    Portfolio(portfolio::Portfolio),
    Report(report::WriteReport),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    Catalog(catalog::LookUp),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Mcp),
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let (machine, outcome) = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => (arguments.command.machine(), arguments.command.run()),
        Err(error) => {
            // Help that nobody reads to its end is no failure.
            let _ = error.print();
            if error.use_stderr()
                && let Some(machine) = asked_for(&arguments)
            {
                let words = error.render().to_string();
                let call = Failure::Input(words.split("\n\n").next().unwrap_or_default().to_owned());
                let _ = call.for_programs(machine).map(|text| console::result(&text));
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::say(&failure.to_string());
            let for_programs = machine.and_then(|machine| failure.for_programs(machine));
            match for_programs.map(|text| console::result(&text)) {
                Some(Err(unwritten)) => unwritten.code(),
                _ => failure.code(),
            }
        }
    }
}

/// The form for programs that a call asks for which is wrong otherwise.
fn asked_for(arguments: &[OsString]) -> Option<Machine> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let behind = words.windows(2).filter(|pair| pair[0] == "--format").map(|pair| pair[1]);
    let joined = words.iter().filter_map(|word| word.strip_prefix("--format="));
    behind.chain(joined).find_map(|format| match format {
        "json" => Some(Machine::Json),
        "sarif" => Some(Machine::Sarif),
        _ => None,
    })
}

impl Command {
    /// The form for programs in which it is to answer, if it is.
    fn machine(&self) -> Option<Machine> {
        let is_json = match self {
            Self::Check(command) => return command.machine(),
            Self::Handoffs(command) => command.is_json(),
            Self::Outage(command) => command.is_json(),
            Self::Stage(command) => command.is_json(),
            Self::Plan(command) => command.is_json(),
            Self::Questions(command) => command.is_json(),
            Self::Register(command) => command.is_json(),
            Self::Portfolio(command) => command.is_json(),
            Self::Diff(command) => command.is_json(),
            Self::Compare(command) => command.is_json(),
            Self::Catalog(command) => command.is_json(),
            Self::Init(_) | Self::Import(_) | Self::Export(_) | Self::Diagram(_) | Self::Anonymize(_) => false,
            Self::Report(_) | Self::Explain(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => false,
            #[cfg(feature = "serve")]
            Self::Serve(_) => false,
            #[cfg(feature = "mcp")]
            Self::Mcp(_) => false,
            #[cfg(feature = "lsp")]
            Self::Lsp(_) => false,
        };
        is_json.then_some(Machine::Json)
    }

    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Init(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Handoffs(command) => command.run(),
            Self::Outage(command) => command.run(),
            Self::Stage(command) => command.run(),
            Self::Diagram(command) => command.run(),
            Self::Diff(command) => command.run(),
            Self::Compare(command) => command.run(),
            Self::Anonymize(command) => command.run(),
            Self::Plan(command) => command.run(),
            Self::Questions(command) => command.run(),
            Self::Register(command) => command.run(),
            Self::Portfolio(command) => command.run(),
            Self::Report(command) => command.run(),
            #[cfg(feature = "serve")]
            Self::Serve(command) => command.run(),
            Self::Catalog(command) => command.run(),
            #[cfg(feature = "mcp")]
            Self::Mcp(command) => command.run(),
            #[cfg(feature = "lsp")]
            Self::Lsp(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}
