//! Decks on a company's own file, and files that are none.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use proptest::prelude::*;
use sinew_draw::Paper;
use sinew_draw::deck::{Deck, Template, TemplateError, pptx, pptx_on};
use sinew_draw::layout::layout;
use sinew_draw::scene::Rect;
use sinew_draw::theme::Theme;
use zip::write::SimpleFileOptions;

use crate::diagrams;
use crate::judge::valid;

use super::{MIDDLE, SMALL, check, story};

/// A deck of ours as if it were a company's file, its parts as `change` leaves them.
pub(super) fn company(change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    super::companies::changed(&OURS, change)
}

static OURS: LazyLock<Vec<u8>> = LazyLock::new(|| pptx(&Deck { theme: Theme::dark(), ..story(&SMALL) }));

/// Templates as companies have them.
pub(super) fn companies() -> [(&'static str, Vec<u8>); 5] {
    super::companies::companies(&OURS)
}

#[test]
fn slides_stand_on_the_companys_layouts() {
    let mark = |name: &str, text: String| {
        Some(if name.contains("theme1") { text.replace("typeface=\"Arial\"", "typeface=\"Acme Sans\"") } else { text })
    };
    let template = Template::read(&company(mark)).unwrap();
    let story = story(&MIDDLE);
    let bytes = pptx_on(&story, &template);
    let opened = check(&bytes);
    assert_eq!(opened.slides().count(), 6, "only our slides are in it");
    assert_eq!(bytes, pptx_on(&story, &template));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let theme = std::io::read_to_string(archive.by_name("ppt/theme/theme1.xml").unwrap()).unwrap();
    assert!(theme.contains("Acme Sans"));
}

#[test]
fn decks_on_templates_are_valid() {
    for (what, bytes) in companies() {
        let template = Template::read(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let bytes = pptx_on(&story(&MIDDLE), &template);
        assert_eq!(check(&bytes).slides().count(), 6, "{what}");
        valid(&format!("{}.pptx", what.replace(' ', "-")), &bytes);
    }
}

/// The picture has the room that the layout leaves, and its type is not made smaller for that.
#[test]
fn pictures_are_laid_out_for_the_body_of_the_layout() {
    for (what, bytes) in companies() {
        let template = Template::read(&bytes).unwrap();
        let paper = template.paper();
        let slides = layout(&diagrams::realistic(9).in_type(Paper::SHOWN).on(&paper));
        for scene in &slides {
            let room = paper.room.grown(3.0);
            let rects = scene.frames.iter().map(|frame| frame.rect).chain(scene.boxes.iter().map(|shape| shape.rect));
            for rect in rects.chain(scene.texts.iter().map(|text| text.rect)) {
                assert!(room.contains(&rect), "{what}: {rect:?} is beyond {room:?}");
            }
        }
        let far = |of: fn(&Rect) -> f64| slides[0].boxes.iter().map(|shape| of(&shape.rect)).fold(0.0, f64::max);
        let (wide, high) = (far(Rect::right) - paper.room.x, far(Rect::bottom) - paper.room.y);
        let used = (wide / paper.room.w).max(high / paper.room.h);
        assert!(used > 0.75, "{what}: {wide:.0} by {high:.0} points of {:?} are used", paper.room);
        let opened = check(&pptx_on(&story(&slides), &template));
        for (name, slide) in opened.slides().skip(3) {
            for run in slide.all("rPr") {
                let size: i64 = run.attribute("sz").parse().unwrap_or(1_000);
                assert!(size >= 1_000, "{what}: {name} has type of {size} hundredths of a point");
            }
        }
    }
    let room = |name: &str| {
        let (_, bytes) = companies().into_iter().find(|(what, _)| *what == name).unwrap();
        Template::read(&bytes).unwrap().paper().room
    };
    assert!(room("4 to 3").right() < 720.0 - 30.0);
    let (logo, plain) = (room("a dark master"), room("their own file"));
    assert!(logo.right() <= 840.0 || logo.bottom() <= 456.0, "the logo keeps its place: {logo:?}");
    assert!(plain.right() > 900.0 && plain.bottom() > 480.0, "{plain:?}");
}

/// Companies call their layouts what they like, have one of them, or none with a title.
#[test]
fn any_layout_will_do() {
    let foreign = |text: String| {
        let text = text.replace("type=\"titleOnly\"", "").replace("name=\"Title Only\"", "name=\"Nur Titel\"");
        text.replace("type=\"obj\"", "").replace("name=\"Title and Content\"", "name=\"Inhalt\"")
    };
    let no_title =
        |text: String| text.replace("type=\"title\"", "type=\"pic\"").replace("type=\"ctrTitle\"", "type=\"pic\"");
    let one = |name: &str, text: String| {
        let is_master = name == "ppt/slideMasters/_rels/slideMaster1.xml.rels";
        let others = |line: &str| line.contains("slideLayout1.xml") || line.contains("slideLayout3.xml");
        let kept = |line: &str| {
            if is_master && others(line) { line.replace("/slideLayout\"", "/tags\"") } else { line.into() }
        };
        Some(foreign(text.split_inclusive("/>").map(kept).collect()))
    };
    let blank = |name: &str, text: String| one(name, text).map(no_title);
    let story = story(&MIDDLE);
    for (what, bytes) in [
        ("foreign names", company(|_, text| Some(foreign(text)))),
        ("one layout", company(one)),
        ("no title on any layout", company(|_, text| Some(no_title(text)))),
        ("one layout without a title", company(blank)),
    ] {
        let template = Template::read(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let opened = check(&pptx_on(&story, &template));
        assert_eq!(opened.slides().count(), 6, "{what}");
        for (name, slide) in opened.slides() {
            let shapes = slide.all("sp");
            let titles =
                shapes.iter().filter(|shape| shape.all("ph").iter().any(|ph| ph.attribute("type").contains("itle")));
            let title = titles.clone().next().unwrap_or_else(|| panic!("{what}: {name} has no title"));
            // Where the layout has no place for it, the slide says where it stands.
            assert_eq!(title.first("off").is_some(), what.contains("title"), "{what}: {name}");
        }
    }
}

#[test]
fn what_a_template_lacks_is_said() {
    let without_layout = company(|name, text| {
        let is_master = name == "ppt/slideMasters/_rels/slideMaster1.xml.rels";
        Some(if is_master { text.replace("/slideLayout\"", "/tags\"") } else { text })
    });
    let error = Template::read(&without_layout).unwrap_err();
    assert_eq!(error.to_string(), "the template has no layout; slides need one, with a title if possible");
    let without_theme = company(|name, text| (!name.contains("theme1")).then_some(text));
    let error = Template::read(&without_theme).unwrap_err();
    assert!(matches!(&error, TemplateError::Missing(what) if what == "the part `ppt/theme/theme1.xml`"), "{error}");
    assert!(matches!(Template::read(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]), Err(TemplateError::Locked)));
    assert!(matches!(Template::read(b"PK"), Err(TemplateError::NotAnArchive(_))));
    let broken = company(|name, text| Some(if name.ends_with("slideLayout2.xml") { "<p:a".into() } else { text }));
    assert!(matches!(Template::read(&broken), Err(TemplateError::Malformed { .. })));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![0_u8; 1 << 20];
    out.start_file("ppt/bomb.bin", SimpleFileOptions::default()).unwrap();
    for _ in 0..65 {
        out.write_all(&zeros).unwrap();
    }
    let bytes = out.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let error = Template::read(&bytes).unwrap_err();
    assert!(matches!(error, TemplateError::TooLarge));
    assert_eq!(error.to_string(), "the template has more than 64 MiB, packed or unpacked, or more than 10000 files");
}

/// What stands before an archive is no part of it, but has to be held too.
#[test]
fn a_file_that_is_too_large_is_refused_though_little_is_in_it() {
    let whole = company(|_, text| Some(text));
    let before = |bytes: u64| {
        let mut file = vec![0_u8; usize::try_from(bytes).unwrap()];
        file.extend(&whole);
        Template::read(&file)
    };
    assert!(before(1 << 20).is_ok());
    assert!(matches!(before(Template::LARGEST), Err(TemplateError::TooLarge)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// A damaged template is an error or a template, never a panic; what is read makes a deck.
    #[test]
    fn damage_is_survived(cuts in prop::collection::vec((0_usize..4000, "[<>/\"a-z&0-9 ]{0,6}"), 1..4), part in 0_usize..12) {
        let count = std::cell::Cell::new(0);
        let bytes = company(|_, mut text| {
            let at = count.get();
            count.set(at + 1);
            if at == part {
                for (place, with) in &cuts {
                    let from = (0..=place % text.len().max(1)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                    let to = (from + with.len()..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
                    text.replace_range(from.min(to)..to, with);
                }
            }
            Some(text)
        });
        if let Ok(template) = Template::read(&bytes) {
            let _ = pptx_on(&story(&SMALL), &template);
        }
    }
}

#[test]
fn what_readers_of_the_deck_refuse_is_refused_at_once() {
    let in_layout = |what: &'static str, into: &'static str| {
        company(move |name, text| {
            Some(if name.ends_with("slideLayout2.xml") { text.replacen(what, into, 1) } else { text })
        })
    };
    let with_type = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><p:sldLayout";
    let error = Template::read(&in_layout("<p:sldLayout", with_type)).unwrap_err().to_string();
    assert!(error.contains("slideLayout2.xml") && error.contains("<!DOCTYPE"), "{error}");
    let deep = company(|name, text| {
        let nested = format!("{}{}</p:sldMaster>", "<a:x>".repeat(500), "</a:x>".repeat(500));
        Some(if name.ends_with("slideMaster1.xml") { text.replace("</p:sldMaster>", &nested) } else { text })
    });
    let error = Template::read(&deep).unwrap_err().to_string();
    assert!(error.contains("slideMaster1.xml") && error.contains("more than 200 deep"), "{error}");
}

#[test]
fn a_part_that_is_there_twice_is_refused_and_named() {
    // Two names of one length, of which the second becomes the first in both directories of the archive.
    let whole = company(|_, text| Some(text));
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let file = archive.by_index(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let text = std::io::read_to_string(file).unwrap();
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.start_file("ppt/theme/themeX.xml", SimpleFileOptions::default()).unwrap();
    let mut bytes = out.finish().unwrap().into_inner();
    let (from, to) = (b"ppt/theme/themeX.xml", b"ppt/theme/theme1.xml");
    let places: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, w)| w == from).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    let error = Template::read(&bytes).unwrap_err().to_string();
    assert!(error.contains("`ppt/theme/theme1.xml` twice"), "{error}");
    // Office takes names for equal whose letters differ in case only.
    let cased = company(|_, text| Some(text));
    let mut out = zip::ZipWriter::new_append(Cursor::new(cased)).unwrap();
    out.start_file("PPT/theme/Theme1.xml", SimpleFileOptions::default()).unwrap();
    assert!(matches!(Template::read(&out.finish().unwrap().into_inner()), Err(TemplateError::Twice(_))));
}
