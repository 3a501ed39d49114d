//! The `sinew` binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    sinew::cli::run(std::env::args_os())
}
