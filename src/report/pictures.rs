//! A diagram in each of the formats it can be drawn in, as names and bytes.

use super::diagram::{Diagram, dot, layout, mermaid, png, scene::Scene, svg, theme::Theme};
use super::file::File;

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// The graph for Graphviz; positions are Graphviz's.
    Dot,
    /// Slides with real text, positions our own.
    Svg,
    /// The graph for wikis that draw Mermaid.
    Mermaid,
    /// The same slides as pixels, twice the size of the slide in points.
    Png,
}

impl PictureFormat {
    /// All formats with the ending of their files.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Dot, "dot"), (Self::Svg, "svg"), (Self::Mermaid, "mmd"), (Self::Png, "png")];

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, ending)| ending)
    }
}

/// Pixels for a point in PNG files.
const SCALE: f32 = 2.0;

/// A diagram laid out once, to be drawn in several formats.
#[derive(Clone, Debug)]
pub struct Picture {
    diagram: Diagram,
    slides: Vec<Scene>,
}

impl Picture {
    /// Lays `diagram` out.
    #[must_use]
    pub fn of(diagram: Diagram) -> Self {
        let slides = layout::layout(&diagram);
        Self { diagram, slides }
    }

    /// The slides that it takes; one, unless it is too large to be legible on one.
    #[must_use]
    pub fn slides(&self) -> &[Scene] {
        &self.slides
    }

    /// Its files in `format`, called `name.ending`; of several slides the second is `name-2.ending`, and so on.
    ///
    /// # Errors
    /// Where a slide cannot be drawn as pixels.
    pub fn files(&self, name: &str, format: PictureFormat, theme: &Theme) -> Result<Vec<File>, png::PngError> {
        let ending = format.ending();
        if format == PictureFormat::Dot {
            return Ok(vec![File::new(format!("{name}.{ending}"), dot::dot(&self.diagram))]);
        }
        if format == PictureFormat::Mermaid {
            return Ok(vec![File::new(format!("{name}.{ending}"), mermaid::mermaid(&self.diagram, theme))]);
        }
        let numbered = |at: usize| if at == 0 { String::new() } else { format!("-{}", at + 1) };
        let draw = |(at, slide): (usize, &Scene)| {
            let bytes = match format {
                PictureFormat::Png => png::png(slide, theme, SCALE)?,
                _ => svg::svg(slide, theme).into_bytes(),
            };
            Ok(File::new(format!("{name}{}.{ending}", numbered(at)), bytes))
        };
        self.slides.iter().enumerate().map(draw).collect()
    }
}
