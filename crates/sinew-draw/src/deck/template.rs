//! A company's own presentation as the ground of a deck: its masters, layouts and theme, read with
//! bounds, without its slides.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::Paper;
use crate::scene::Rect;

use super::package::{Package, Part, REL, Relationship, relationships_name};
use super::palette::{self, Scheme};
use super::presentation::{Presentation, presentation_type};
use super::skeleton::{Layout, Stage};
use super::xml::emu;

mod error;
mod layout;
mod read;
mod scheme;

pub use error::TemplateError;
use error::{LARGEST, MOST};
pub(super) use layout::Drawn;
use read::{attribute, children, relationships, types};

/// Masters, layouts and theme of a presentation, ready to put slides on.
#[derive(Debug, Clone)]
pub struct Template {
    parts: BTreeMap<String, Part>,
    stage: Stage,
    kept: Vec<Relationship>,
    head: String,
    masters: String,
    notes_list: String,
    handouts: String,
    sizes: String,
    rest: String,
    notes_master: Option<String>,
}

impl Template {
    /// Most bytes that a template may have, packed and unpacked: 64 MiB.
    pub const LARGEST: u64 = LARGEST;

    /// Reads a .pptx or .potx file.
    ///
    /// Its slides, notes, comments and properties are left out; what masters and layouts use stays.
    ///
    /// # Errors
    /// Where it is no presentation, is larger than can be held, has a document type, a part twice or elements nested too
    /// deep, or has no layout.
    pub fn read(bytes: &[u8]) -> Result<Template, TemplateError> {
        let files = unpack(bytes)?;
        let types = types(&files)?;
        let start = relationships(&files, "")?;
        if start.iter().any(|r| r.kind.starts_with("http://purl.oclc.org/ooxml/")) {
            return Err(TemplateError::Strict);
        }
        let main = start
            .into_iter()
            .find(|r| r.kind == format!("{REL}/officeDocument"))
            .ok_or_else(|| TemplateError::Missing("its main part".into()))?
            .target;
        let text = read::text(&files, &main)?;
        let (root, pieces) = children(&main, text)?;
        if !root.starts_with("<p:presentation") || !root.contains("xmlns:p=") || !root.contains("xmlns:r=") {
            let why = "it is not the main part of a presentation".into();
            return Err(TemplateError::Malformed { part: main, why });
        }
        let piece = |name: &str| pieces.get(name).cloned().unwrap_or_default();
        let used = ["slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles", "font"];
        let kept: Vec<Relationship> = relationships(&files, &main)?
            .into_iter()
            .filter(|r| used.iter().any(|kind| r.kind == format!("{REL}/{kind}")) && !r.external)
            .filter(|r| r.kind == format!("{REL}/slideMaster") || files.contains_key(&r.target))
            .collect();
        let parts = closure(&files, &types, &kept)?;
        let stage = stage(&files, &parts, &kept, &piece("sldSz"), &main)?;
        let notes_master = kept.iter().find(|r| r.kind == format!("{REL}/notesMaster")).map(|r| r.target.clone());
        let (w, h) = super::notes::PAGE;
        let notes_size = match piece("notesSz") {
            size if size.is_empty() => format!("<p:notesSz cx=\"{}\" cy=\"{}\"/>", emu(w), emu(h)),
            size => size,
        };
        let has_handouts = kept.iter().any(|r| r.kind == format!("{REL}/handoutMaster"));
        let masters = piece("sldMasterIdLst");
        if masters.is_empty() {
            return Err(TemplateError::Missing("a slide master".into()));
        }
        Ok(Template {
            parts,
            stage,
            kept,
            head: format!("{}{root}", super::xml::HEAD),
            masters,
            notes_list: if notes_master.is_some() { piece("notesMasterIdLst") } else { String::new() },
            handouts: if has_handouts { piece("handoutMasterIdLst") } else { String::new() },
            sizes: piece("sldSz") + &notes_size,
            rest: piece("embeddedFontLst") + &piece("kinsoku") + &piece("defaultTextStyle"),
            notes_master,
        })
    }

    /// What pictures are laid out for, to stand on its slides as they are.
    #[must_use]
    pub fn paper(&self) -> Paper {
        let (width, height) = self.stage.size;
        let room = self.stage.only.room;
        // What hangs on the lower edge has to stay clear of the links beneath it.
        let room = Rect { h: room.h - 4.0, ..room };
        Paper { width, height, room, has_title: false, least: Paper::SHOWN }
    }

    /// Puts the template's parts into `package`.
    pub(super) fn add(&self, package: &mut Package) -> (Stage, Presentation) {
        package.parts.extend(self.parts.clone());
        let mut part = Part::new(&presentation_type(), Vec::new());
        part.relationships.clone_from(&self.kept);
        let presentation = Presentation {
            part,
            head: self.head.clone(),
            masters: self.masters.clone(),
            notes_list: self.notes_list.clone(),
            handouts: self.handouts.clone(),
            sizes: self.sizes.clone(),
            rest: self.rest.clone(),
            notes_master: self.notes_master.clone(),
        };
        (self.stage.clone(), presentation)
    }
}

/// All files of the archive by name, within the bounds.
fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, TemplateError> {
    // An OLE compound file: what Office makes of encrypted presentations and of .ppt.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(TemplateError::Locked);
    }
    if bytes.len() as u64 > LARGEST {
        return Err(TemplateError::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(TemplateError::NotAnArchive)?;
    let listed = listed(bytes);
    if archive.len() > MOST || listed > MOST {
        return Err(TemplateError::TooLarge);
    }
    // The archive holds one entry for each name.
    if listed > archive.len() {
        return Err(TemplateError::Twice(first_twice(bytes).unwrap_or_default()));
    }
    let mut files = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(TemplateError::NotAnArchive)?;
        let name = file.name().map_err(TemplateError::NotAnArchive)?.trim_start_matches('/').to_owned();
        if file.is_dir() || name.is_empty() || name.len() > 1_000 {
            continue;
        }
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(TemplateError::Twice(name));
        }
        let mut held = Vec::new();
        // What the directory says of sizes is not trusted: at most one byte more than allowed is unpacked.
        file.take(left + 1).read_to_end(&mut held).map_err(|e| TemplateError::NotAnArchive(e.into()))?;
        let size = held.len() as u64;
        if size > left {
            return Err(TemplateError::TooLarge);
        }
        left -= size;
        files.insert(name, held);
    }
    Ok(files)
}

/// How many entries the directory of an archive lists, those of one name included; 0 where it has no end.
fn listed(bytes: &[u8]) -> usize {
    const END: &[u8] = b"PK\x05\x06";
    // The end stands in the last 22 bytes and before a comment of at most 64 kB.
    let tail = &bytes[bytes.len().saturating_sub(22 + 0xffff)..];
    let at = tail.windows(END.len()).rposition(|four| four == END);
    let count = at.and_then(|at| tail.get(at + 10..at + 12));
    count.map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// The first name that the directory of an archive lists again.
fn first_twice(bytes: &[u8]) -> Option<String> {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let mut seen = BTreeSet::new();
    let entries = bytes.windows(ENTRY.len()).enumerate().filter(|(_, four)| *four == ENTRY);
    for (at, _) in entries {
        let length = bytes.get(at + 28..at + 30)?;
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        let name = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + length)?).into_owned();
        if !seen.insert(name.clone()) {
            return Some(name);
        }
    }
    None
}

/// A picture of nothing, in the place of one that is not there.
const BLANK: &str = "ppt/media/sinewBlank.png";

fn is_slide(r: &Relationship) -> bool {
    ["slide", "notesSlide"].iter().any(|kind| r.kind == format!("{REL}/{kind}"))
}

/// The parts that `from` leads to, near and far, slides and their notes left out.
fn closure(
    files: &BTreeMap<String, Vec<u8>>,
    types: &read::Types,
    from: &[Relationship],
) -> Result<BTreeMap<String, Part>, TemplateError> {
    // What slides cannot do without; all else that leads to nothing is a picture that nobody sees, or left out, as Office opens
    // such files too.
    let is_needed =
        |r: &Relationship| ["slideMaster", "slideLayout", "theme"].iter().any(|kind| r.kind == format!("{REL}/{kind}"));
    let is_there = |r: &Relationship| r.external || files.contains_key(&r.target);
    let mut open: Vec<String> = from.iter().filter(|r| is_needed(r) || is_there(r)).map(|r| r.target.clone()).collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut parts = BTreeMap::new();
    while let Some(name) = open.pop() {
        let Some(bytes) = files.get(&name) else {
            return Err(TemplateError::Missing(format!("the part `{name}`")));
        };
        if name.to_ascii_lowercase().ends_with(".xml") {
            read::elements(&name, read::text(files, &name)?, |_| ())?;
        }
        let mut part = Part::new(&types.of(&name), bytes.clone());
        if files.contains_key(&relationships_name(&name)) {
            part.relationships = relationships(files, &name)?;
        }
        for r in part.relationships.iter_mut().filter(|r| !is_there(r) && r.kind == format!("{REL}/image")) {
            r.target = BLANK.into();
            let blank = || Part::new("image/png", include_bytes!("../../assets/deck/blank.png").as_slice());
            parts.entry(BLANK.into()).or_insert_with(blank);
            seen.insert(BLANK.into());
        }
        let leads_out = |r: &Relationship| r.target == BLANK || is_needed(r) || is_slide(r) || is_there(r);
        part.relationships.retain(leads_out);
        for r in part.relationships.iter_mut().filter(|r| !r.external) {
            if is_slide(r) {
                // A jump to one of the slides that are left out leads to the first one.
                r.kind = format!("{REL}/slide");
                r.target = "ppt/slides/slide1.xml".into();
            } else if seen.insert(r.target.clone()) {
                open.push(r.target.clone());
            }
        }
        parts.insert(name, part);
    }
    Ok(parts)
}

/// Which layouts slides are put on, and the room they leave.
fn stage(
    files: &BTreeMap<String, Vec<u8>>,
    parts: &BTreeMap<String, Part>,
    kept: &[Relationship],
    size: &str,
    main: &str,
) -> Result<Stage, TemplateError> {
    let side =
        |key| attribute(size, key).and_then(|v| v.parse::<i64>().ok()).filter(|v| (914_400..=51_206_400).contains(v));
    let (Some(w), Some(h)) = (side("cx"), side("cy")) else {
        return Err(TemplateError::Malformed { part: main.into(), why: "its slides have no usable size".into() });
    };
    let size = (w as f64 / 12_700.0, h as f64 / 12_700.0);
    let mut found: Vec<Found<'_>> = Vec::new();
    for master in kept.iter().filter(|r| r.kind == format!("{REL}/slideMaster")) {
        let drawn_master = Drawn::of(&master.target, read::text(files, &master.target)?)?;
        let Some(part) = parts.get(&master.target) else { continue };
        for r in part.relationships.iter().filter(|r| r.kind == format!("{REL}/slideLayout")) {
            let drawn = Drawn::of(&r.target, read::text(files, &r.target)?)?;
            found.push(Found {
                part: r.target.clone(),
                drawn,
                master: drawn_master.clone(),
                on: (&master.target, part),
            });
        }
    }
    let layout = |kind: &str, name: &str| {
        let by_kind = found.iter().find(|l| l.drawn.kind == kind);
        by_kind.or_else(|| found.iter().find(|l| l.drawn.name.eq_ignore_ascii_case(name)))
    };
    let with_title = |l: &&Found<'_>| l.drawn.title().is_some();
    // Placeholders that a slide does not fill are not shown, so that any layout with a title will do; without one the
    // slides place their titles themselves.
    let plain = found.iter().filter(with_title).min_by_key(|l| (l.drawn.title() == Some("ctrTitle"), l.drawn.texts()));
    let only = layout("titleOnly", "Title Only").filter(with_title).or(plain).or_else(|| found.first());
    let Some(only) = only else { return Err(TemplateError::NoLayout) };
    let only = only.layout(files, size, None)?;
    let content = layout("obj", "Title and Content").filter(with_title);
    let content = content.and_then(|l| l.drawn.text("").map(|idx| l.layout(files, size, Some(idx))));
    let opening = layout("title", "Title Slide").filter(with_title);
    let opening = opening.map(|l| l.layout(files, size, l.drawn.text("subTitle")));
    Ok(Stage {
        size,
        is_own: false,
        opening: opening.unwrap_or_else(|| Ok(only.clone()))?,
        content: content.unwrap_or_else(|| Ok(only.clone()))?,
        only,
    })
}

/// A layout as it is found: its part, and its master's name and part.
struct Found<'p> {
    part: String,
    drawn: Drawn,
    master: Drawn,
    on: (&'p str, &'p Part),
}

impl Found<'_> {
    fn layout(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        size: (f64, f64),
        text: Option<u32>,
    ) -> Result<Layout, TemplateError> {
        let (name, master) = self.on;
        let theme = master.relationships.iter().find(|r| r.kind == format!("{REL}/theme"));
        let theme = theme.map(|r| read::text(files, &r.target)).transpose()?.unwrap_or_default();
        let drawn = |part| read::text(files, part).map(|xml| (part, xml));
        let (scheme, colors) = Scheme::of(theme, drawn(name)?, drawn(&self.part)?, size)?;
        let title = self.drawn.title();
        Ok(Layout {
            part: self.part.clone(),
            title: title.unwrap_or("title"),
            own_title: title.is_none().then(|| self.drawn.title_place(&self.master, size)),
            text,
            number: self.drawn.number(),
            room: self.drawn.room(&self.master, size),
            palette: palette::on(&scheme),
            colors,
        })
    }
}
