//! Every color on a slide is one of the theme, and a dark master gets light text.

use sinew_draw::deck::{Deck, Template, pptx, pptx_on};
use sinew_draw::theme::Theme;

use super::package::Opened;
use super::template::company;
use super::{MIDDLE, check, story};

/// What slides say of colors: how many name the theme's.
fn named(opened: &Opened) -> usize {
    let mut named = 0;
    for (name, slide) in opened.slides() {
        for other in ["srgbClr", "sysClr", "prstClr", "scrgbClr", "hslClr"] {
            assert!(slide.all(other).is_empty(), "{name} has a color that is not the theme's: {other}");
        }
        named += slide.all("schemeClr").len();
    }
    named
}

#[test]
fn every_color_of_a_slide_is_the_themes() {
    for theme in [Theme::light(), Theme::dark()] {
        let opened = check(&pptx(&Deck { theme, ..story(&MIDDLE) }));
        assert!(named(&opened) > 200);
    }
    let template = Template::read(&company(|_, text| Some(text))).unwrap();
    assert!(named(&check(&pptx_on(&story(&MIDDLE), &template))) > 200);
}

/// What becomes of a part, by its name.
type Change = Box<dyn Fn(&str, String) -> String>;

/// The first color of the first heading of a table, and the background behind it as the master has it.
fn ink(opened: &Opened) -> String {
    let rows =
        opened.slides().find_map(|(_, slide)| slide.first("tbl")?.first("tr").map(|row| row.all("rPr"))).unwrap();
    rows[0].first("schemeClr").unwrap().attribute("val").to_owned()
}

#[test]
fn a_dark_master_is_known_by_what_slides_stand_on() {
    let navy = "<a:solidFill><a:srgbClr val=\"0B1F3A\"/></a:solidFill>";
    let bg1 = "<a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>";
    let is_master = |name: &str| name == "ppt/slideMasters/slideMaster1.xml";
    let plain = |text: String| text.replace("bg1=\"dk1\" tx1=\"lt1\"", "bg1=\"lt1\" tx1=\"dk1\"");
    let cover = "<p:sp><p:nvSpPr><p:cNvPr id=\"90\" name=\"Cover\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"12192000\" cy=\"6858000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill>\
         <a:srgbClr val=\"0B1F3A\"/></a:solidFill></p:spPr></p:sp>";
    // Dark text on a light ground is what each maps; what differs is the ground that slides then stand on.
    let templates: [(&str, &str, Change); 4] = [
        ("white", "tx1", Box::new(move |name, text| if is_master(name) { plain(text) } else { text })),
        (
            "a dark background",
            "bg1",
            Box::new(move |name, text| if is_master(name) { plain(text).replacen(bg1, navy, 1) } else { text }),
        ),
        (
            "a dark shape over all of it",
            "bg1",
            Box::new(move |name, text| {
                if is_master(name) {
                    plain(text).replacen("</p:grpSpPr>", &format!("</p:grpSpPr>{cover}"), 1)
                } else {
                    text
                }
            }),
        ),
        // Text and ground are mapped the other way round.
        (
            "a layout with a mapping of its own",
            "tx1",
            Box::new(move |name, text| {
                if is_master(name) {
                    return plain(text);
                }
                let own = "<a:overrideClrMapping bg1=\"dk1\" tx1=\"lt1\" bg2=\"dk2\" tx2=\"lt2\" accent1=\"accent1\" accent2=\"accent2\" \
                 accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";
                let is_layout = name.starts_with("ppt/slideLayouts/slideLayout");
                if is_layout { text.replace("<a:masterClrMapping/>", own) } else { text }
            }),
        ),
    ];
    for (what, slot, change) in templates {
        let bytes = company(|name, text| Some(change(name, text)));
        let template = Template::read(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let opened = check(&pptx_on(&story(&MIDDLE), &template));
        named(&opened);
        assert_eq!(ink(&opened), slot, "{what}");
        let overrides = opened.slides().filter(|(_, slide)| slide.first("overrideClrMapping").is_some()).count();
        assert_eq!(overrides > 0, what.contains("mapping"), "{what}");
    }
}
