//! From a deck to the parts of a package: slides, notes, presentation, properties.

use super::model::{Body, Deck, Slide};
use super::package::{Package, Part};
use super::presentation::Presentation;
use super::shapes::{Ids, TextBox, TextRun, slide_number, title};
use super::skeleton::{Layout, Stage, TREE, TYPE};
use super::template::Template;
use super::xml::{HEAD, NAMESPACES, asset, emu, words as safe};
use super::{fit, notes, scene, skeleton, stacked, table, words};
use crate::scene::{Anchor, Owner, Point, Rect, Scene};
use crate::text::{clean, ellipsize, width};

/// Size of the source line.
const SMALL: f64 = 10.0;

/// One slide as it will be written: its layout, its shapes.
struct Page<'d> {
    layout: &'d Layout,
    shapes: String,
    notes: Vec<String>,
}

/// All parts of the deck.
pub(super) fn package(deck: &Deck, template: Option<&Template>) -> Package {
    let mut package = Package::default();
    let (stage, mut presentation) = match template {
        Some(template) => template.add(&mut package),
        None => {
            let (stage, master) = skeleton::add(&mut package, &deck.theme);
            (stage, Presentation::own(&master))
        }
    };
    let notes_master = match &presentation.notes_master {
        Some(part) => part.clone(),
        None => {
            let part = notes::add_master(&mut package, &deck.theme);
            let id = presentation.part.relate("notesMaster", &part);
            presentation.notes_list =
                format!("<p:notesMasterIdLst><p:notesMasterId r:id=\"{id}\"/></p:notesMasterIdLst>");
            part
        }
    };
    let mut list = String::new();
    for (i, page) in pages(deck, &stage).into_iter().enumerate() {
        let name = format!("ppt/slides/slide{}.xml", i + 1);
        let notes_name = format!("ppt/notesSlides/notesSlide{}.xml", i + 1);
        let xml = format!(
            "{HEAD}<p:sld {NAMESPACES} xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:a16=\"http://schemas.microsoft.com/office/drawing/2014/main\"><p:cSld>{TREE}{}</p:spTree></p:cSld><p:clrMapOvr>\
             {}</p:clrMapOvr></p:sld>",
            page.shapes, page.layout.colors
        );
        let mut part = Part::new(&format!("{TYPE}.slide+xml"), xml).leading_to("slideLayout", &page.layout.part);
        if !page.notes.is_empty() {
            part.relate("notesSlide", &notes_name);
            package.parts.insert(notes_name, notes::page(&notes_master, &name, &page.notes));
        }
        let id = presentation.part.relate("slide", &name);
        list.push_str(&format!("<p:sldId id=\"{}\" r:id=\"{id}\"/>", 256 + i));
        package.parts.insert(name, part);
    }
    package.parts.insert("ppt/presentation.xml".into(), presentation.written(&list));
    package.parts.insert("docProps/core.xml".into(), core(deck));
    package.parts.insert("docProps/app.xml".into(), app());
    package
}

/// The slides of the deck as pages, long ones dealt to several.
fn pages<'d>(deck: &Deck, stage: &'d Stage) -> Vec<Page<'d>> {
    let mut out: Vec<Page<'d>> = Vec::new();
    let lone = [Slide {
        title: deck.title.clone(),
        body: Body::Opening(Vec::new()),
        source: String::new(),
        notes: Vec::new(),
    }];
    let slides = if deck.slides.is_empty() { &lone[..] } else { &deck.slides };
    for slide in slides {
        match &slide.body {
            Body::Opening(lines) => out.push(opening(slide, lines, stage)),
            Body::Scene(scene) => out.push(picture(slide, scene, stage, out.len() + 1)),
            Body::Table(table) => {
                let pages = table::pages(table, &stage.only.room, &stage.only.palette);
                let sheet = Sheet { stage, slide, layout: &stage.only, count: pages.len() };
                for (part, page) in pages.into_iter().enumerate() {
                    out.push(sheet.page(part, out.len() + 1, |ids| page(ids)));
                }
            }
            Body::Tables(tables, so_what) => {
                let sheet = Sheet { stage, slide, layout: &stage.only, count: 1 };
                let draw = |ids: &mut Ids| stacked::xml(ids, tables, so_what, &stage.only.room, &stage.only.palette);
                out.push(sheet.page(0, out.len() + 1, draw));
            }
            Body::Words(sentences) => {
                let pages = words::pages(sentences, &stage.content.room);
                let sheet = Sheet { stage, slide, layout: &stage.content, count: pages.len() };
                for (part, (size, sentences)) in pages.into_iter().enumerate() {
                    let draw = |ids: &mut Ids| sentences_shape(ids, &sentences, size, &stage.content);
                    out.push(sheet.page(part, out.len() + 1, draw));
                }
            }
        }
    }
    out
}

fn opening<'d>(slide: &Slide, lines: &[String], stage: &'d Stage) -> Page<'d> {
    let layout = &stage.opening;
    let ids = &mut Ids::new();
    let mut shapes = title(ids, layout, &slide.title, None);
    match layout.text {
        Some(idx) => shapes.push_str(&text_placeholder(ids, "subTitle", idx, &words::paragraphs(lines, None))),
        None => shapes.push_str(&sentences_shape(ids, lines, 18.0, layout)),
    }
    Page { layout, shapes, notes: slide.notes.clone() }
}

fn picture<'d>(slide: &Slide, picture: &Scene, stage: &'d Stage, number: usize) -> Page<'d> {
    let layout = &stage.only;
    let ids = &mut Ids::new();
    let (rect, size) = fit::title_place(picture);
    let size = if width(&clean(&slide.title), size, true) > 2.0 * rect.w { 16.0 } else { size };
    let mut shapes = if stage.is_own {
        title(ids, layout, &slide.title, Some((&rect, size, layout.palette.strong)))
            + &scene::shapes(picture, &layout.palette, ids)
    } else {
        let is_titled = picture.texts.iter().any(|text| text.owner == Owner::Title);
        let is_made_for_it = (picture.width, picture.height) == stage.size && !is_titled;
        let fitted = (!is_made_for_it).then(|| fit::fitted(picture, &layout.room));
        title(ids, layout, &slide.title, None)
            + &scene::shapes(fitted.as_ref().unwrap_or(picture), &layout.palette, ids)
    };
    shapes.push_str(&slide_number(ids, layout.number, number));
    let mut notes = slide.notes.clone();
    notes.push(picture.alt.clone());
    notes.retain(|n| !n.is_empty());
    Page { layout, shapes, notes }
}

/// A slide that is dealt to `count` pages of one layout.
#[derive(Clone, Copy)]
struct Sheet<'a, 'd> {
    stage: &'d Stage,
    slide: &'a Slide,
    layout: &'d Layout,
    count: usize,
}

impl<'d> Sheet<'_, 'd> {
    /// One page with title, what `draw` draws, source and number; which `part` of several it is goes into the title.
    fn page(self, part: usize, number: usize, draw: impl FnOnce(&mut Ids) -> String) -> Page<'d> {
        let Sheet { stage, slide, layout, count } = self;
        let ids = &mut Ids::new();
        let heading =
            if count > 1 { format!("{} ({} of {count})", slide.title, part + 1) } else { slide.title.clone() };
        let mut shapes = title(ids, layout, &heading, None);
        shapes.push_str(&draw(ids));
        let source = clean(&slide.source);
        if !source.is_empty() {
            let (w, h) = stage.size;
            let (right, base) =
                if stage.is_own { (w - 26.0, h - 14.0) } else { (layout.room.right(), layout.room.bottom() + 10.0) };
            let text = ellipsize(&source, SMALL, false, layout.room.w);
            let lines = &[TextRun { text, size: SMALL, bold: false, color: layout.palette.muted }];
            let at = Point { x: right, y: base.min(h - 3.0) };
            let source = TextBox { name: "Source", at, width: layout.room.w, anchor: Anchor::End, lines };
            shapes.push_str(&source.xml(ids));
        }
        shapes.push_str(&slide_number(ids, layout.number, number));
        let notes = if part == 0 { slide.notes.clone() } else { Vec::new() };
        Page { layout, shapes, notes }
    }
}

/// Sentences in the layout's text placeholder, or in a text box where it has none.
fn sentences_shape(ids: &mut Ids, sentences: &[String], size: f64, layout: &Layout) -> String {
    let paragraphs = words::paragraphs(sentences, Some(size));
    match layout.text {
        Some(idx) => text_placeholder(ids, "", idx, &paragraphs),
        None => {
            let Rect { x, y, w, h } = layout.room;
            format!(
                "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Text\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>\
                 <a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
                 <a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
                ids.next(),
                emu(x),
                emu(y),
                emu(w),
                emu(h),
                if paragraphs.is_empty() { "<a:p/>" } else { &paragraphs }
            )
        }
    }
}

fn text_placeholder(ids: &mut Ids, kind: &str, idx: u32, paragraphs: &str) -> String {
    let kind = if kind.is_empty() { String::new() } else { format!("type=\"{kind}\" ") };
    let paragraphs = if paragraphs.is_empty() { "<a:p><a:endParaRPr lang=\"en-US\"/></a:p>" } else { paragraphs };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Text\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {kind}idx=\"{idx}\"/>\
         </p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>",
        ids.next()
    )
}

/// The document's properties; the day of the facts stands for the clock.
fn core(deck: &Deck) -> Part {
    let digits = |range: std::ops::Range<usize>| deck.day.get(range).and_then(|d| d.parse::<u32>().ok());
    let is_day = deck.day.len() == 10
        && deck.day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
        && digits(5..7).is_some_and(|m| (1..=12).contains(&m))
        && digits(8..10).is_some_and(|d| (1..=31).contains(&d));
    let day = if is_day { deck.day.as_str() } else { "1980-01-01" };
    let when = |tag: &str| format!("<dcterms:{tag} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{tag}>");
    let xml = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>{}{}</cp:coreProperties>",
        safe(&deck.title),
        safe(&deck.author),
        when("created"),
        when("modified")
    );
    Part::new("application/vnd.openxmlformats-package.core-properties+xml", xml)
}

fn app() -> Part {
    let xml = asset(include_str!("../../assets/deck/app.xml"));
    Part::new("application/vnd.openxmlformats-officedocument.extended-properties+xml", xml)
}
