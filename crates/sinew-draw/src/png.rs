//! Scene to PNG.

use resvg::tiny_skia::{Pixmap, Transform};

use crate::fonts::Fonts;
use crate::render::RenderError;
use crate::scene::Scene;
use crate::theme::Theme;
use crate::tree::tree;

/// The scene as a PNG of `scale` pixels a point; 2 gives 1920 by 1080.
///
/// # Errors
/// Where the scale is not a usable one, or memory for the picture cannot be had.
pub fn png(scene: &Scene, theme: &Theme, fonts: &Fonts, scale: f32) -> Result<Vec<u8>, RenderError> {
    let side = |points: f64| (points * f64::from(scale)).round().clamp(0.0, 20_000.0) as u32;
    let mut pixmap = Pixmap::new(side(scene.width), side(scene.height))
        .ok_or_else(|| RenderError::Encoding(format!("a scale of {scale} gives no picture").into()))?;
    resvg::render(&tree(scene, theme, fonts)?, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| RenderError::Encoding(e.into()))
}
