//! `sinew diff`: what changed between two stack files?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console;
use super::exit::Failure;
use super::format::{Format, Length};
use super::own_catalog::CatalogOption;
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::report::document::markdown;
use crate::report::pictures::{Picture, PictureFormat};
use crate::report::story::{Document, changes};
use crate::report::{Look, diff, views};
use crate::source::Source;
use sinew_draw::theme::Theme;

/// Show what changed between two stack files
///
/// Every key of every entry is compared, and every computed figure, with the change that moved it: each change is tried
/// alone. Entries are matched by id, and by `was` in the new file where one has another id.
#[derive(Args, Debug)]
pub(super) struct Diff {
    /// Old stack file; `-` reads standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// New stack file; `-` reads standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
    #[command(flatten)]
    length: Length,
    /// Output format; `sinew schema diff` describes the JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema diff` describes it
    Json,
    /// For documents, with a Mermaid picture of the change
    Markdown,
    /// One picture of the change: added, removed, changed
    Svg,
}

impl Diff {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format == DiffFormat::Json
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let [old, new] =
            [&self.old, &self.new].map(|path| StackFile::new(path.clone(), self.max_bytes, self.catalog.clone()));
        if old.is_stdin() && new.is_stdin() {
            return Err(Failure::Input("error: standard input cannot be both stack files\n".into()));
        }
        // Everything that is wrong is said at once, in either file.
        let (old, new) = match (old.open(), new.open()) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(Failure::Input(old)), Err(Failure::Input(new))) => return Err(Failure::Input(old + &new)),
            (Err(Failure::Unreadable(mut old)), Err(Failure::Unreadable(new))) => {
                old.extend(new);
                return Err(Failure::Unreadable(old));
            }
            (Err(failure), _) | (_, Err(failure)) => return Err(failure),
        };
        let diff = diff::Diff::of((&old.stack, &old.source), (&new.stack, &new.source));
        let picture = || {
            let aligned = crate::analysis::aligned(&old.stack, &new.stack);
            Picture::of(views::change(&Analysis::of(&aligned.stack), &Analysis::of(&new.stack), &diff))
        };
        let document = || changes(&diff);
        match self.format {
            DiffFormat::Text => Format::Text.print_either(|| self.length.of(document()), || &diff),
            DiffFormat::Json => console::json(&diff),
            DiffFormat::Markdown => {
                let picture =
                    picture().one(PictureFormat::Mermaid, &Look::of(Theme::light())).map_err(Failure::drawing)?;
                let fence = format!("\n```mermaid\n{}\n```\n", picture.trim_end());
                let fence = if diff.changed { fence } else { String::new() };
                // Who reviews a change sees the picture before the long list of figures.
                let mut first = document();
                let at = first.chapters.iter().position(|chapter| chapter.id == "moved");
                let chapters = first.chapters.split_off(at.unwrap_or(first.chapters.len()));
                let rest = Document { title: None, lead: Vec::new(), chapters, rest: first.rest };
                let rest = if rest.chapters.is_empty() { String::new() } else { format!("\n{}", markdown(&rest)) };
                console::result(&format!("{}{fence}{rest}", markdown(&first)))
            }
            DiffFormat::Svg => {
                let picture = picture().one(PictureFormat::Svg, &Look::of(Theme::light())).map_err(Failure::drawing)?;
                console::result(&picture)
            }
        }
    }
}
