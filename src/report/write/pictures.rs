//! A diagram in each of the formats it can be drawn in, as names and bytes.

use super::file::File;
use super::files::Look;
use crate::report::story::Picture;
#[cfg(feature = "pdf")]
use sinew_draw::pdf;
#[cfg(feature = "png")]
use sinew_draw::png;
use sinew_draw::{dot, mermaid, render::RenderError, svg};

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// The same slides for Graphviz, every position pinned.
    Dot,
    /// The graph for Graphviz, which arranges it.
    FreeDot,
    /// Slides with real text, positions our own.
    Svg,
    /// The graph for wikis that draw Mermaid.
    Mermaid,
    /// The same slides as pixels, twice the size of the slide in points.
    #[cfg(feature = "png")]
    Png,
    /// The same slides as pages of one file.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl PictureFormat {
    /// All formats with the ending of their files, but for what has the ending of another.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Dot, "dot"),
        (Self::Svg, "svg"),
        (Self::Mermaid, "mmd"),
        #[cfg(feature = "png")]
        (Self::Png, "png"),
        #[cfg(feature = "pdf")]
        (Self::Pdf, "pdf"),
    ];

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        let like = if self == Self::FreeDot { Self::Dot } else { self };
        Self::ALL.iter().find(|(format, _)| *format == like).map_or("", |(_, ending)| ending)
    }

    /// Whether each slide is a file of its own; else one file has all of the picture.
    #[must_use]
    pub fn is_by_slide(self) -> bool {
        match self {
            Self::Dot | Self::Svg => true,
            Self::FreeDot | Self::Mermaid => false,
            #[cfg(feature = "png")]
            Self::Png => true,
            #[cfg(feature = "pdf")]
            Self::Pdf => false,
        }
    }
}

/// Pixels for a point in PNG files.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;

impl Picture {
    /// Its files in `format`, called `name.ending`; of several slides the second is `name-2.ending`, and so on, but for
    /// PDF, which has them all in one file.
    ///
    /// # Errors
    /// Where a slide cannot be drawn.
    pub fn files(&self, name: &str, format: PictureFormat, look: &Look) -> Result<Vec<File>, RenderError> {
        let count = if format.is_by_slide() { self.slides().len() } else { 1 };
        (0..count).map(|at| self.file(name, format, at, look)).collect()
    }

    /// One of these files, by its place among them.
    ///
    /// # Errors
    /// Where the slide cannot be drawn.
    pub fn file(&self, name: &str, format: PictureFormat, at: usize, look: &Look) -> Result<File, RenderError> {
        let theme = &look.theme;
        let slide = || &self.slides()[at];
        let bytes = match format {
            PictureFormat::Dot => dot::pinned(slide(), theme).into_bytes(),
            PictureFormat::FreeDot => dot::dot(self.diagram()).into_bytes(),
            PictureFormat::Mermaid => mermaid::mermaid(self.diagram(), theme).into_bytes(),
            PictureFormat::Svg => svg::svg(slide(), theme).into_bytes(),
            #[cfg(feature = "png")]
            PictureFormat::Png => png::png(slide(), theme, &look.fonts, SCALE)?,
            #[cfg(feature = "pdf")]
            PictureFormat::Pdf => pdf::pdf(&self.diagram().title, self.slides(), theme, &look.fonts)?,
        };
        let number = if format.is_by_slide() { numbered(at) } else { String::new() };
        Ok(File::new(format!("{name}{number}.{}", format.ending()), bytes))
    }

    /// The picture as one text, for standard output: of several slides the first, which is the overview.
    ///
    /// # Errors
    /// Where it cannot be drawn.
    pub fn one(&self, format: PictureFormat, look: &Look) -> Result<String, RenderError> {
        let files = self.files("picture", format, look)?;
        Ok(files.into_iter().next().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default())
    }
}

/// What tells the files of several slides apart.
fn numbered(at: usize) -> String {
    if at == 0 { String::new() } else { format!("-{}", at + 1) }
}
