//! Pictures by the renderer: why none came out, and the common ground of PNG and PDF.

#[cfg(any(feature = "pdf", feature = "png"))]
mod tree;

#[cfg(any(feature = "pdf", feature = "png"))]
pub(super) use tree::tree;

/// Why no picture came out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderError {
    /// The renderer refused the drawing.
    Drawing(String),
    /// No picture of that size can be held, or it could not be encoded.
    Encoding(String),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RenderError::Drawing(why) => write!(f, "cannot draw the picture: {why}"),
            RenderError::Encoding(why) => write!(f, "cannot write the picture: {why}"),
        }
    }
}

impl std::error::Error for RenderError {}
