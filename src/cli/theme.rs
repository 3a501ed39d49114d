//! The colors that a command draws in: a theme by name, or a theme file.

use std::path::PathBuf;

use clap::Args;
use sinew_draw::theme::Theme;

use super::console::say;
use super::exit::Failure;
use super::stack::{StackFile, tally};
use crate::report::theme_file;
use crate::source::render;

/// Which theme.
#[derive(Args, Debug)]
pub(super) struct ThemeOption {
    /// Colors: `light`, `dark` or a theme file
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: PathBuf,
}

impl ThemeOption {
    /// The theme; problems of its file are said like those of a stack file, and are bound by the size that `stack` may
    /// have.
    pub(super) fn open(&self, stack: &StackFile) -> Result<Theme, Failure> {
        match self.theme.to_str() {
            Some("light") => return Ok(Theme::light()),
            Some("dark") => return Ok(Theme::dark()),
            _ => {}
        }
        let source = stack.regular_beside(&self.theme)?;
        let reading = theme_file::read(&source);
        let problems = render(&source, &reading.problems, true);
        match reading.theme {
            Some(theme) => {
                say(&problems);
                Ok(theme)
            }
            None => Err(Failure::Input(format!("{problems}{}", tally(source.name(), &reading.problems)))),
        }
    }

    /// The file that it is read from, if it is.
    #[cfg(feature = "watch")]
    pub(super) fn file(&self) -> Option<&std::path::Path> {
        let is_named = ["light", "dark"].iter().any(|name| self.theme.as_os_str() == *name);
        (!is_named).then_some(&self.theme)
    }
}
