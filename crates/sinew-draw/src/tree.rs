//! Scene to the renderer's tree.

use resvg::usvg::Tree;

use crate::fonts::Fonts;
use crate::render::RenderError;
use crate::scene::Scene;
use crate::svg::svg;
use crate::theme::Theme;

/// The scene as a tree of shapes.
pub(crate) fn tree(scene: &Scene, theme: &Theme, fonts: &Fonts) -> Result<Tree, RenderError> {
    Tree::from_str(&svg(scene, theme), &fonts.options(scene)).map_err(|e| RenderError::Drawing(e.into()))
}
