//! Scenes to PDF: a page each, text that can be selected and searched, a bookmark and an alternative text for each page.

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::fonts::Fonts;
use crate::render::RenderError;
use crate::scene::Scene;
use crate::theme::Theme;
use crate::tree::tree;

/// The scenes as one PDF of 13.33 by 7.5 inches a page, with `title` as its title. Same scenes, theme and fonts,
/// same bytes: the properties carry no time.
///
/// # Errors
/// Where there is no scene, a scene cannot be drawn, or the file cannot be put together.
pub fn pdf(title: &str, scenes: &[Scene], theme: &Theme, fonts: &Fonts) -> Result<Vec<u8>, RenderError> {
    let mut document = Document::new();
    let (mut outline, mut tags) = (Outline::new(), TagTree::new());
    for (at, scene) in scenes.iter().enumerate() {
        let drawing = tree(scene, theme, fonts)?;
        let refused = || RenderError::Drawing(format!("a page of {} by {} points", scene.width, scene.height).into());
        let (w, h) = (scene.width as f32, scene.height as f32);
        let size = Size::from_wh(w, h).ok_or_else(refused)?;
        let mut page = document.start_page_with(PageSettings::from_wh(w, h).ok_or_else(refused)?);
        let mut surface = page.surface();
        let content = surface.start_tagged(ContentTag::Other);
        let drawn = surface.draw_svg(&drawing, size, SvgSettings::default());
        surface.end_tagged();
        surface.finish();
        page.finish();
        drawn.ok_or_else(refused)?;
        tags.push(TagGroup::with_children(Tag::Figure(Some(scene.alt.clone())), vec![content.into()]));
        outline.push_child(OutlineNode::new(scene.title.clone(), XyzDestination::new(at, Point::from_xy(0.0, 0.0))));
    }
    document.set_metadata(Metadata::new().title(title.to_owned()).language("en".to_owned()));
    document.set_outline(outline);
    document.set_tag_tree(tags);
    document.finish().map_err(|e| RenderError::Encoding(format!("{e:?}").into()))
}
