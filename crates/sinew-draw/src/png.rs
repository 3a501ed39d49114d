//! Scene to PNG.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};

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
    pixmap.fill(Color::WHITE);
    resvg::render(&tree(scene, theme, fonts)?, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encode(&pixmap).map_err(|e| RenderError::Encoding(e.into()))
}

/// The picture without filters and with the fastest compression: a report holds dozens of pictures, and of large areas of one
/// color this takes an eighth of the time that makes them a third smaller.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    // On a ground that nothing shows through, colors are as they were drawn.
    let pixels = pixmap.data().chunks_exact(4);
    let mut colors = vec![0; pixels.len() * 3];
    colors.chunks_exact_mut(3).zip(pixels).for_each(|(color, pixel)| color.copy_from_slice(&pixel[..3]));
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colors)?;
    writer.finish()?;
    Ok(bytes)
}
