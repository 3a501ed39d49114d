//! Why no picture came out.

/// Why no picture came out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The renderer refused the drawing.
    #[error("cannot draw the picture: {0}")]
    Drawing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No picture of that size can be held, or it could not be encoded.
    #[error("cannot write the picture: {0}")]
    Encoding(#[source] Box<dyn std::error::Error + Send + Sync>),
}
