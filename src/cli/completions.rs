//! `sinew completions` and `sinew man`: what shells and the manual want.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::exit::Failure;
use super::{Arguments, console};
use crate::source::{nearest, visible};

/// Print a completion script for a shell
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

/// Print a manual page
#[derive(Args, Debug)]
pub(super) struct Man {
    /// The command; without it, the page of `sinew` itself
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut root = Arguments::command();
        root.build();
        let page = match &self.command {
            None => root,
            Some(name) => root.find_subcommand(name).cloned().ok_or_else(|| no_command(&root, name))?,
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page)
            .render(&mut text)
            .map_err(|cause| Failure::Environment { doing: "make the manual page".into(), cause })?;
        console::result(&String::from_utf8_lossy(&text))
    }
}

fn no_command(root: &clap::Command, name: &str) -> Failure {
    let near = nearest(name, root.get_subcommands().map(clap::Command::get_name));
    let help =
        near.map_or_else(|| "`sinew --help` lists the commands".into(), |near| format!("did you mean `{near}`?"));
    Failure::Input(format!("error: there is no command `{}`\n  = help: {help}\n", visible(name)))
}
