//! `sinew completions` and `sinew man`: what shells and the manual want.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::exit::Failure;
use super::{Arguments, console};

/// Print the completion script of a shell
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "sinew", &mut script);
        console::result(&String::from_utf8_lossy(&script))
    }
}

/// Print the manual page
#[derive(Args, Debug)]
pub(super) struct Man {}

impl Man {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut page = Vec::new();
        clap_mangen::Man::new(Arguments::command())
            .render(&mut page)
            .map_err(|cause| Failure::Environment { doing: "make the manual page".into(), cause })?;
        console::result(&String::from_utf8_lossy(&page))
    }
}
