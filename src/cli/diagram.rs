//! `sinew diagram`: one picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::console::{self, say};
use super::exit::Failure;
#[cfg(any(feature = "pdf", feature = "png"))]
use super::fonts::{FontOption, letters};
use super::layout::LayoutOption;
use super::stack::StackFile;
use super::theme::ThemeOption;
use super::write::{to_file, write_file, write_files};
use crate::analysis::Analysis;
use crate::ask::{View, picture};
use crate::report::pictures::{Picture, PictureFormat};
use crate::report::story::lacking;
use crate::report::{File, Look};

/// Draw one picture of a stack
///
/// DOT goes to standard output unless a file is named. All but Mermaid are slides of 13.33 by 7.5 inches, laid out by sinew
/// itself; `dot -Tpng` draws them as they are. A stack too large for one legible slide gets several: the second file is called
/// `NAME-2`, a PDF has one page each, and standard output has the first.
#[derive(Args, Debug)]
pub(super) struct Diagram {
    #[command(flatten)]
    stack: StackFile,
    /// What to show
    #[arg(value_name = "VIEW")]
    view: View,
    /// Component that fails, for the view `outage`; may be repeated
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    /// Last wave of the plan that is done, for the view `target`; without it all are
    #[arg(long, value_name = "NUMBER")]
    wave: Option<usize>,
    /// Formats, separated by commas [default: from the output file name, else dot]
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<DiagramFormat>,
    /// Leave the layout of DOT to Graphviz: one graph with everything, however large
    #[arg(long)]
    free: bool,
    /// File to write; with several formats or slides, all files take its name and their own extension
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    theme: ThemeOption,
    #[cfg(any(feature = "pdf", feature = "png"))]
    #[command(flatten)]
    fonts: FontOption,
    #[command(flatten)]
    layout: LayoutOption,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum DiagramFormat {
    /// For Graphviz
    Dot,
    /// Slides with real text
    Svg,
    /// For wikis that draw Mermaid
    #[value(alias = "mmd")]
    Mermaid,
    /// Slides as pixels
    #[cfg(feature = "png")]
    Png,
    /// Slides as pages of one file
    #[cfg(feature = "pdf")]
    Pdf,
}

/// Views in which each system of the stack has its place.
const SHOWING_ALL: [View; 4] = [View::Landscape, View::Failure, View::Outage, View::Target];

impl DiagramFormat {
    fn picture(self) -> PictureFormat {
        match self {
            Self::Dot => PictureFormat::Dot,
            Self::Svg => PictureFormat::Svg,
            Self::Mermaid => PictureFormat::Mermaid,
            #[cfg(feature = "png")]
            Self::Png => PictureFormat::Png,
            #[cfg(feature = "pdf")]
            Self::Pdf => PictureFormat::Pdf,
        }
    }
}

impl Diagram {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let formats = self.formats()?;
        if self.free && !formats.contains(&DiagramFormat::Dot) {
            return Err(Failure::Input("error: `--free` needs `--format dot`\n".into()));
        }
        if self.layout.is_given() && !SHOWING_ALL.contains(&self.view) {
            return Err(Failure::Input(
                "error: `--layout` needs a view of the whole stack: `landscape`, `failure`, `outage` or `target`\n"
                    .into(),
            ));
        }
        let opened = self.stack.open()?;
        let look = Look::of(self.theme.open(&self.stack)?);
        #[cfg(any(feature = "pdf", feature = "png"))]
        let look = Look { fonts: self.fonts.open()?, ..look };
        let analysis = Analysis::of(&opened.stack);
        let picture = self.picture(&analysis)?;
        let stood = self.layout.open(&self.stack, &opened.stack)?;
        let picture = match &stood {
            Some(stood) => Picture::of(picture.diagram().clone().standing_in(Some(Arc::clone(stood)))),
            None => picture,
        };
        let mut files = Vec::new();
        for format in formats.iter().copied() {
            let drawn = picture.files(&self.name(), self.drawn_as(format), &look);
            files.extend(drawn.map_err(Failure::drawing)?);
        }
        self.deliver(&files)?;
        // Mermaid and free DOT have everything, and no slides are laid out for them.
        let has_slides =
            |format: &DiagramFormat| !matches!(self.drawn_as(*format), PictureFormat::FreeDot | PictureFormat::Mermaid);
        if formats.iter().any(has_slides) {
            picture.lacking(&self.name()).iter().for_each(|one| say(&format!("{}\n", lacking(one))));
            say(&self.layout.told(stood.as_deref(), picture.stood()));
        }
        #[cfg(any(feature = "pdf", feature = "png"))]
        say(&letters(&look.fonts));
        Ok(())
    }

    fn drawn_as(&self, format: DiagramFormat) -> PictureFormat {
        match format.picture() {
            PictureFormat::Dot if self.free => PictureFormat::FreeDot,
            other => other,
        }
    }

    fn formats(&self) -> Result<Vec<DiagramFormat>, Failure> {
        if !self.format.is_empty() {
            let mut formats = self.format.clone();
            formats.sort_unstable();
            formats.dedup();
            return Ok(formats);
        }
        let Some(ending) = to_file(self.output.as_ref()).and_then(Path::extension) else {
            return Ok(vec![DiagramFormat::Dot]);
        };
        let ending = ending.to_string_lossy().to_lowercase();
        DiagramFormat::from_str(&ending, true).map(|format| vec![format]).map_err(|_| {
            Failure::Input(format!(
                "error: expected a picture format, found `.{ending}`; choose one with `--format dot`, `svg`, `png` or `pdf`\n"
            ))
        })
    }

    fn picture(&self, analysis: &Analysis<'_>) -> Result<Picture, Failure> {
        let is_outage = self.view == View::Outage;
        if is_outage == self.without.is_empty() {
            let words = if is_outage {
                "error: the view `outage` needs `--without ID`: the component that fails\n"
            } else {
                "error: `--without` needs the view `outage`\n"
            };
            return Err(Failure::Input(words.into()));
        }
        if self.wave.is_some() && self.view != View::Target {
            return Err(Failure::Input("error: `--wave` needs the view `target`\n".into()));
        }
        Ok(picture(analysis, self.view, &self.without, self.wave)?)
    }

    /// The name of the files, without folder and ending.
    fn name(&self) -> String {
        let stem = to_file(self.output.as_ref()).and_then(Path::file_stem);
        stem.map_or_else(|| "diagram".to_owned(), |stem| stem.to_string_lossy().into_owned())
    }

    fn deliver(&self, files: &[File]) -> Result<(), Failure> {
        match (to_file(self.output.as_ref()), files) {
            (Some(path), [one]) => {
                write_file(path, &one.bytes)?;
                say(&format!("wrote {}\n", path.display()));
                Ok(())
            }
            (Some(path), several) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                write_files(folder, several, |path: &Path| say(&format!("wrote {}\n", path.display())))
            }
            (None, [one]) => console::bytes(&one.bytes),
            // Graphviz draws one graph to a file.
            (None, [first, rest @ ..]) if files.iter().all(|file| file.path.ends_with(".dot")) => {
                console::bytes(&first.bytes)?;
                let count = rest.len() + 1;
                say(&format!(
                    "this is slide 1 of {count}; `--output FILE` writes all of them, and `--free` one graph with everything\n"
                ));
                Ok(())
            }
            (None, several) => {
                let words = format!("error: there are {} files to write; name one with `--output`\n", several.len());
                Err(Failure::Input(words))
            }
        }
    }
}
