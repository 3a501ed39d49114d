//! Scene to PNG.

use std::cell::RefCell;

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
    CANVAS.with_borrow_mut(|canvas| canvas.png(scene, theme, fonts, scale))
}

thread_local! {
    /// That of the pictures drawn before on the same thread.
    static CANVAS: RefCell<Canvas> = RefCell::default();
}

/// Room for pixels, used again for one picture after the other: a system takes as long to hand out fifteen megabytes as a
/// slide takes to be drawn on them.
#[derive(Default)]
struct Canvas {
    pixmap: Option<Pixmap>,
    colors: Vec<u8>,
}

impl Canvas {
    fn png(&mut self, scene: &Scene, theme: &Theme, fonts: &Fonts, scale: f32) -> Result<Vec<u8>, RenderError> {
        let side = |points: f64| (points * f64::from(scale)).round().clamp(0.0, 20_000.0) as u32;
        let (width, height) = (side(scene.width), side(scene.height));
        let fits = |pixmap: &Pixmap| (pixmap.width(), pixmap.height()) == (width, height);
        let pixmap = self.pixmap.take().filter(fits).or_else(|| Pixmap::new(width, height));
        let pixmap =
            pixmap.ok_or_else(|| RenderError::Encoding(format!("a scale of {scale} gives no picture").into()))?;
        let pixmap = self.pixmap.insert(pixmap);
        pixmap.fill(Color::WHITE);
        resvg::render(&tree(scene, theme, fonts)?, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        encode(pixmap, &mut self.colors).map_err(|e| RenderError::Encoding(e.into()))
    }
}

/// The picture without filters and with the fastest compression: a report holds dozens of pictures, and of large areas of one
/// color this takes an eighth of the time that makes them a third smaller. `colors` is room for what is packed.
fn encode(pixmap: &Pixmap, colors: &mut Vec<u8>) -> Result<Vec<u8>, EncodingError> {
    // On a ground that nothing shows through, colors are as they were drawn.
    let pixels = pixmap.data().chunks_exact(4);
    colors.resize(pixels.len() * 3, 0);
    colors.chunks_exact_mut(3).zip(pixels).for_each(|(color, pixel)| color.copy_from_slice(&pixel[..3]));
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(colors)?;
    writer.finish()?;
    Ok(bytes)
}
