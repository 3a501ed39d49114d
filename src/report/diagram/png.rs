//! Scene to PNG, by way of its SVG, with the fonts that come with the program.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::scene::Scene;
use super::svg::svg;
use super::theme::Theme;

/// Why no picture came out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PngError {
    /// The renderer refused the drawing.
    Drawing(String),
    /// No picture of that size can be held, or it could not be encoded.
    Encoding(String),
}

impl std::fmt::Display for PngError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PngError::Drawing(why) => write!(f, "cannot draw the picture: {why}"),
            PngError::Encoding(why) => write!(f, "cannot write the picture: {why}"),
        }
    }
}

impl std::error::Error for PngError {}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// The scene as a PNG of `scale` pixels a point; 2 gives 1920 by 1080.
///
/// System fonts are never used, so that every machine draws the same bytes.
///
/// # Errors
/// Where the scale is not a usable one, or memory for the picture cannot be had.
pub fn png(scene: &Scene, theme: &Theme, scale: f32) -> Result<Vec<u8>, PngError> {
    let options = Options { font_family: "Noto Sans".into(), fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(&svg(scene, theme), &options).map_err(|e| PngError::Drawing(e.to_string()))?;
    let side = |points: f64| (points * f64::from(scale)).round().clamp(0.0, 20_000.0) as u32;
    let mut pixmap = Pixmap::new(side(scene.width), side(scene.height))
        .ok_or_else(|| PngError::Encoding(format!("a scale of {scale} gives no picture")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| PngError::Encoding(e.to_string()))
}
