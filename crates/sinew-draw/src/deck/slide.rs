//! From a deck to the parts of a package: slides, notes, presentation, properties.

use super::model::{Body, Deck, Slide};
use super::package::{Package, Part};
use super::presentation::Presentation;
use super::shapes::{Ids, TextBox, TextRun, slide_number, title};
use super::skeleton::{Layout, Stage, TREE, TYPE};
use super::template::Template;
use super::xml::{HEAD, NAMESPACES, asset, emu, words as safe};
use super::{fit, links, notes, scene, sections, skeleton, stacked, table, titles, words};
use crate::scene::{Anchor, Owner, Point, Rect, Scene};
use crate::text::{clean, ellipsize, width};

/// Size of the source line.
const SMALL: f64 = 10.0;

/// One slide as it will be written: its layout, its shapes, and what of the deck it shows.
struct Page<'a, 'd> {
    slide: &'a Slide,
    layout: &'d Layout,
    ids: Ids,
    shapes: String,
    notes: Vec<String>,
}

/// Draws a slide once its title and number are known.
type Draw<'a> = Box<dyn FnOnce(&str, usize) -> Page<'a, 'a> + 'a>;

/// One slide before that.
struct Draft<'a> {
    title: &'a str,
    draw: Draw<'a>,
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
    let lone = [Slide { title: deck.title.clone(), body: Body::Opening(Vec::new()), ..Slide::default() }];
    let slides = if deck.slides.is_empty() { &lone[..] } else { &deck.slides };
    let pages = pages(slides, &stage);
    let name = |at: usize| format!("ppt/slides/slide{}.xml", at + 1);
    // The id that the presentation has for a slide.
    let number = |at: usize| 256 + u32::try_from(at).expect("a deck has fewer slides than that");
    let targets: Vec<&str> = pages.iter().map(|page| page.slide.id.as_str()).collect();
    let sections = {
        let mut begun: Option<&Slide> = None;
        let mut begins = |slide| !begun.replace(slide).is_some_and(|last| std::ptr::eq(last, slide));
        let names = pages.iter().map(|page| if begins(page.slide) { page.slide.section.as_str() } else { "" });
        sections::of((0..).map(number).zip(names))
    };
    let mut list = String::new();
    for (at, mut page) in pages.into_iter().enumerate() {
        let (name_here, notes_name) = (name(at), format!("ppt/notesSlides/notesSlide{}.xml", at + 1));
        let mut part = Part::new(&format!("{TYPE}.slide+xml"), Vec::new()).leading_to("slideLayout", &page.layout.part);
        if !page.notes.is_empty() {
            part.relate("notesSlide", &notes_name);
            package.parts.insert(notes_name, notes::page(&notes_master, &name_here, &page.notes));
        }
        let drawn = page.slide.links.iter().filter_map(|link| {
            let to = targets.iter().position(|id| !id.is_empty() && *id == link.to).filter(|to| *to != at)?;
            links::Drawn::of(&link.words, || part.relate("slide", &name(to)))
        });
        let drawn: Vec<links::Drawn> = drawn.collect();
        let place = links_place(page.slide, drawn.len(), &stage);
        page.shapes.push_str(&links::shapes(&mut page.ids, &drawn, place, &stage, page.layout));
        let xml = format!(
            "{HEAD}<p:sld {NAMESPACES} xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:a16=\"http://schemas.microsoft.com/office/drawing/2014/main\"><p:cSld>{TREE}{}</p:spTree></p:cSld><p:clrMapOvr>\
             {}</p:clrMapOvr></p:sld>",
            page.shapes, page.layout.colors
        );
        part.bytes = xml.into_bytes();
        let id = presentation.part.relate("slide", &name_here);
        list.push_str(&format!("<p:sldId id=\"{}\" r:id=\"{id}\"/>", number(at)));
        package.parts.insert(name_here, part);
    }
    let presentation = presentation.written(&list, &sections::extension(&sections));
    package.parts.insert("ppt/presentation.xml".into(), presentation);
    package.parts.insert("docProps/core.xml".into(), core(deck));
    package.parts.insert("docProps/app.xml".into(), app());
    package
}

/// Where so many links of a slide stand: several at the foot, where no legend does, as they would crowd the title.
fn links_place(slide: &Slide, count: usize, stage: &Stage) -> links::Place {
    let has_legend = |scene: &Scene| scene.texts.iter().any(|text| text.owner == Owner::Legend);
    match &slide.body {
        _ if !stage.is_own => links::Place::Beneath,
        Body::Scene(scene) if count > 1 && !has_legend(scene) => links::Place::Foot,
        _ => links::Place::Aloft,
    }
}

/// The slides of the deck as pages, long ones dealt to several, each with a title of its own.
fn pages<'a>(slides: &'a [Slide], stage: &'a Stage) -> Vec<Page<'a, 'a>> {
    let drafts: Vec<Draft<'a>> = slides.iter().flat_map(|slide| drafts(slide, stage)).collect();
    let titles = titles::distinct(drafts.iter().map(|draft| draft.title.to_owned()).collect());
    let numbered = drafts.into_iter().zip(titles).zip(1..);
    numbered.map(|((draft, title), number)| (draft.draw)(&title, number)).collect()
}

/// What one slide takes.
fn drafts<'a>(slide: &'a Slide, stage: &'a Stage) -> Vec<Draft<'a>> {
    let draws: Vec<Draw<'a>> = match &slide.body {
        Body::Opening(lines) => vec![Box::new(move |title, _| opening(slide, title, lines, stage))],
        Body::Scene(scene) => vec![Box::new(move |title, number| picture(slide, title, scene, stage, number))],
        Body::Table(table) => {
            let pages = table::pages(table, &stage.only.room, &stage.only.palette).into_iter().enumerate();
            let sheet = Sheet { stage, slide, layout: &stage.only };
            pages
                .map(|(part, draw)| -> Draw<'a> {
                    Box::new(move |title, number| sheet.page(part, title, number, draw))
                })
                .collect()
        }
        Body::Tables(tables, so_what) => {
            let sheet = Sheet { stage, slide, layout: &stage.only };
            let draw = move |ids: &mut Ids| stacked::xml(ids, tables, so_what, &stage.only.room, &stage.only.palette);
            vec![Box::new(move |title, number| sheet.page(0, title, number, draw))]
        }
        Body::Words(sentences) => {
            let pages = words::pages(sentences, &stage.content.room).into_iter().enumerate();
            let sheet = Sheet { stage, slide, layout: &stage.content };
            pages
                .map(|(part, (size, sentences))| -> Draw<'a> {
                    let draw = move |ids: &mut Ids| sentences_shape(ids, &sentences, size, &stage.content);
                    Box::new(move |title, number| sheet.page(part, title, number, draw))
                })
                .collect()
        }
    };
    draws.into_iter().map(|draw| Draft { title: &slide.title, draw }).collect()
}

fn opening<'a>(slide: &'a Slide, said: &str, lines: &[String], stage: &'a Stage) -> Page<'a, 'a> {
    let layout = &stage.opening;
    let mut ids = Ids::new();
    let mut shapes = title(&mut ids, layout, said, None);
    match layout.text {
        Some(idx) => shapes.push_str(&text_placeholder(&mut ids, "subTitle", idx, &words::paragraphs(lines, None))),
        None => shapes.push_str(&sentences_shape(&mut ids, lines, 18.0, layout)),
    }
    Page { slide, layout, ids, shapes, notes: slide.notes.clone() }
}

fn picture<'a>(slide: &'a Slide, said: &str, picture: &Scene, stage: &'a Stage, number: usize) -> Page<'a, 'a> {
    let layout = &stage.only;
    let mut counter = Ids::new();
    let ids = &mut counter;
    let (rect, size) = fit::title_place(picture);
    let size = if width(&clean(said), size, true) > 2.0 * rect.w { 16.0 } else { size };
    let mut shapes = if stage.is_own {
        title(ids, layout, said, Some((&rect, size, layout.palette.strong)))
            + &scene::shapes(picture, &layout.palette, ids)
    } else {
        let is_titled = picture.texts.iter().any(|text| text.owner == Owner::Title);
        let is_made_for_it = (picture.width, picture.height) == stage.size && !is_titled;
        let fitted = (!is_made_for_it).then(|| fit::fitted(picture, &layout.room));
        title(ids, layout, said, None) + &scene::shapes(fitted.as_ref().unwrap_or(picture), &layout.palette, ids)
    };
    shapes.push_str(&slide_number(ids, layout.number, number));
    let mut notes = slide.notes.clone();
    notes.push(picture.alt.clone());
    notes.retain(|n| !n.is_empty());
    Page { slide, layout, ids: counter, shapes, notes }
}

/// A slide that is dealt to pages of one layout.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    stage: &'a Stage,
    slide: &'a Slide,
    layout: &'a Layout,
}

impl<'a> Sheet<'a> {
    /// Its page `part` with title, what `draw` draws, source and number.
    fn page(self, part: usize, said: &str, number: usize, draw: impl FnOnce(&mut Ids) -> String) -> Page<'a, 'a> {
        let Sheet { stage, slide, layout } = self;
        let mut counter = Ids::new();
        let ids = &mut counter;
        let mut shapes = title(ids, layout, said, None);
        shapes.push_str(&draw(ids));
        let source = clean(&slide.source);
        if !source.is_empty() {
            let (w, h) = stage.size;
            let (right, base, links) = if stage.is_own {
                (w - 26.0, h - 14.0, 0.0)
            } else {
                let links = links::taken(slide.links.iter().map(|link| link.words.as_str()), layout.room.w);
                (layout.room.right(), layout.room.bottom() + links::BENEATH, links)
            };
            let room = layout.room.w - links;
            let text = ellipsize(&source, SMALL, false, room);
            let lines = &[TextRun { text, size: SMALL, bold: false, color: layout.palette.muted }];
            let at = Point { x: right, y: base.min(h - 3.0) };
            let source = TextBox { name: "Source", at, width: room, anchor: Anchor::End, lines };
            shapes.push_str(&source.xml(ids));
        }
        shapes.push_str(&slide_number(ids, layout.number, number));
        let notes = if part == 0 { slide.notes.clone() } else { Vec::new() };
        Page { slide, layout, ids: counter, shapes, notes }
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
