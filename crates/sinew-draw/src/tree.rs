//! Scene to the renderer's tree, with the fonts that come with the program.

use std::sync::{Arc, LazyLock};

use resvg::usvg::{Options, Tree, fontdb};

use crate::render::RenderError;
use crate::scene::Scene;
use crate::svg::svg;
use crate::theme::Theme;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// The scene as a tree of shapes. System fonts are never used, so that every machine draws the same bytes.
pub(crate) fn tree(scene: &Scene, theme: &Theme) -> Result<Tree, RenderError> {
    let options = Options { font_family: "Noto Sans".into(), fontdb: Arc::clone(&FONTS), ..Options::default() };
    Tree::from_str(&svg(scene, theme), &options).map_err(|e| RenderError::Drawing(e.into()))
}
