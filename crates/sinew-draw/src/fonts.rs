//! What PNG and PDF are drawn with: the embedded font, and for letters that it lacks other fonts, given as files or
//! found on the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use resvg::usvg::{FontResolver, Options, fontdb};
use ttf_parser::Face;

use crate::scene::Scene;

/// The family of the embedded font.
const FAMILY: &str = "Noto Sans";

static OWN: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(without_classes(notosans::REGULAR_TTF));
    fonts.load_font_data(without_classes(notosans::BOLD_TTF));
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The font without its own classes of glyphs: it calls the backtick, the acute and the diaeresis that stand alone marks,
/// so that they are drawn over the next letter. Without the table, classes follow from Unicode, as OpenType says. The name
/// of the table is changed to one that keeps the directory sorted.
fn without_classes(font: &[u8]) -> Vec<u8> {
    let mut font = font.to_vec();
    let tables = font.get(4..6).map_or(0, |count| usize::from(count[0]) << 8 | usize::from(count[1]));
    for table in 0..tables {
        let at = 12 + 16 * table;
        if font.get(at..at + 4) == Some(b"GDEF") {
            font[at + 3] = b'G';
        }
    }
    font
}

/// Fonts for letters that the embedded one lacks.
#[derive(Debug)]
enum Others {
    /// These and no others; the embedded font is among them. In the order given.
    Fixed(Arc<fontdb::Database>),
    /// Those of the machine, read when the first letter asks for them.
    Machine(OnceLock<Arc<fontdb::Database>>),
}

/// The embedded font, and what stands in for letters that it lacks.
///
/// [`Fonts::substitutes`] says what another font drew, and what no font has.
#[derive(Debug)]
pub struct Fonts {
    others: Others,
    /// The face for each letter that the embedded font lacks, by weight; none where no font has it.
    chosen: Mutex<BTreeMap<(char, bool), Option<fontdb::ID>>>,
}

/// Letters that the embedded font lacks, of all scenes drawn so far.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Substitutes {
    /// Letters by the family that drew them.
    pub by_family: BTreeMap<String, BTreeSet<char>>,
    /// Letters that no font has: an empty box is drawn for each.
    pub missing: BTreeSet<char>,
    /// Whether fonts of the machine were asked, so that another machine may draw other bytes.
    pub is_of_machine: bool,
}

/// A file that holds no font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a font: expected a TrueType or OpenType file, or a collection of them")]
pub struct NoFont;

impl Fonts {
    /// The embedded font alone: the same bytes on every machine, an empty box for each letter that it lacks.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(Others::Fixed(Arc::clone(&OWN)))
    }

    /// The embedded font, then those of the machine.
    #[must_use]
    pub fn of_machine() -> Self {
        Self::new(Others::Machine(OnceLock::new()))
    }

    fn new(others: Others) -> Self {
        Self { others, chosen: Mutex::default() }
    }

    /// The embedded font, then the fonts of this file, after those of files given before: the machine's are not asked, so
    /// the bytes are the same on every machine.
    ///
    /// # Errors
    /// Where the file holds no font.
    pub fn and_file(self, bytes: Vec<u8>) -> Result<Self, NoFont> {
        let mut fonts = match self.others {
            Others::Fixed(fonts) => fonts,
            Others::Machine(_) => Arc::clone(&OWN),
        };
        let before = fonts.len();
        Arc::make_mut(&mut fonts).load_font_data(bytes);
        if fonts.len() == before { Err(NoFont) } else { Ok(Self::new(Others::Fixed(fonts))) }
    }

    /// Which fonts stood in for the embedded one in what was drawn so far.
    #[must_use]
    pub fn substitutes(&self) -> Substitutes {
        let chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told =
            Substitutes { is_of_machine: matches!(self.others, Others::Machine(_)), ..Substitutes::default() };
        for ((letter, _), face) in chosen.iter() {
            match face.and_then(|id| self.all().face(id)).map(family) {
                Some(family) => _ = told.by_family.entry(family.to_owned()).or_default().insert(*letter),
                None => _ = told.missing.insert(*letter),
            }
        }
        told
    }

    /// How `scene` is drawn with these fonts.
    pub(crate) fn options(&self, scene: &Scene) -> Options<'_> {
        let own = Options { font_family: FAMILY.into(), fontdb: Arc::clone(&OWN), ..Options::default() };
        let mut lacks = false;
        for text in &scene.texts {
            for letter in text.text.chars().filter(|letter| !is_silent(*letter) && !own_has(*letter)) {
                lacks = true;
                self.choose(letter, text.bold);
            }
        }
        if !lacks {
            return own;
        }
        let select = |letter: char, tried: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>| {
            let is_bold = tried.first().and_then(|id| fonts.face(*id)).is_some_and(|face| face.weight.0 >= 600);
            self.choose(letter, is_bold).filter(|id| !tried.contains(id))
        };
        let resolver = FontResolver { select_fallback: Box::new(select), ..FontResolver::default() };
        Options { fontdb: Arc::clone(self.all()), font_resolver: resolver, ..own }
    }

    /// Every font that may be drawn with.
    fn all(&self) -> &Arc<fontdb::Database> {
        match &self.others {
            Others::Fixed(fonts) => fonts,
            Others::Machine(fonts) => fonts.get_or_init(|| {
                let mut fonts = (**OWN).clone();
                fonts.load_system_fonts();
                Arc::new(fonts)
            }),
        }
    }

    /// The face that draws `letter`, asked once.
    fn choose(&self, letter: char, is_bold: bool) -> Option<fontdb::ID> {
        let fonts = self.all();
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        *chosen.entry((letter, is_bold)).or_insert_with(|| {
            let having = fonts.faces().skip(OWN.len()).filter(|face| has(fonts, face.id, letter));
            match self.others {
                // The order of the files decides, within them the weight.
                Others::Fixed(_) => having.min_by_key(|face| is_bold != (face.weight.0 >= 600)).map(|face| face.id),
                Others::Machine(_) => having.min_by(|a, b| rank(a, is_bold).cmp(&rank(b, is_bold))).map(|face| face.id),
            }
        })
    }
}

/// The order in which fonts of a machine are taken, whatever the order in which its folders list them: relatives of the
/// embedded font first, those that look unlike it last.
fn rank(face: &fontdb::FaceInfo, is_bold: bool) -> impl Ord + '_ {
    let family = family(face);
    let is_relative = family.starts_with(FAMILY);
    let is_unlike = face.monospaced || face.style != fontdb::Style::Normal || family.contains("Serif");
    let is_other_weight = is_bold != (face.weight.0 >= 600);
    let is_narrow = face.stretch != fontdb::Stretch::Normal;
    (!is_relative, is_unlike, is_narrow, family, is_other_weight, face.weight.0, &face.post_script_name, face.index)
}

fn family(face: &fontdb::FaceInfo) -> &str {
    face.families.first().map_or(face.post_script_name.as_str(), |(name, _)| name)
}

fn has(fonts: &fontdb::Database, id: fontdb::ID, letter: char) -> bool {
    let asked = |data: &[u8], index| Face::parse(data, index).is_ok_and(|face| face.glyph_index(letter).is_some());
    fonts.with_face_data(id, asked).unwrap_or(false)
}

fn own_has(letter: char) -> bool {
    OWN.faces().next().is_some_and(|face| has(&OWN, face.id, letter))
}

/// Whether a letter shows nothing by itself, such as a joiner or the choice of a variant.
fn is_silent(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
        || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layout;
    use crate::theme::Theme;
    use crate::tree::tree;
    use crate::{Diagram, Node};

    fn scene(name: &str) -> Scene {
        let node = Node { id: "a".into(), name: name.into(), ..Node::default() };
        layout(&Diagram { title: "One".into(), nodes: vec![node], ..Diagram::default() }).remove(0)
    }

    fn drawn(name: &str, fonts: &Fonts) -> Substitutes {
        tree(&scene(name), &Theme::light(), fonts).expect("drawable");
        fonts.substitutes()
    }

    #[test]
    fn letters_that_no_font_has_are_kept() {
        let told = drawn("顧客 CRM", &Fonts::embedded());
        assert_eq!(told.missing, BTreeSet::from(['客', '顧']));
        assert!(told.by_family.is_empty() && !told.is_of_machine);
        for name in ["CRM", "Größe “x” → ½ €", "Склад", "Αθήνα", "a\u{200d}\u{fe0f}"] {
            assert_eq!(drawn(name, &Fonts::embedded()), Substitutes::default(), "{name}");
        }
    }

    #[test]
    fn a_file_that_holds_no_font_is_refused() {
        for bytes in [&b""[..], b"PK", b"OTTO", &notosans::REGULAR_TTF[..40]] {
            assert_eq!(Fonts::embedded().and_file(bytes.to_vec()).err(), Some(NoFont), "{} bytes", bytes.len());
        }
        assert!(Fonts::of_machine().and_file(notosans::REGULAR_TTF.to_vec()).is_ok());
    }

    #[test]
    fn a_given_font_stands_in() {
        let fonts = Fonts::embedded().and_file(only('顧', 'Ω')).expect("a font");
        let told = drawn("顧客", &fonts);
        assert_eq!(told.missing, BTreeSet::from(['客']));
        assert_eq!(told.by_family, BTreeMap::from([(FAMILY.to_owned(), BTreeSet::from(['顧']))]));
        assert!(!told.is_of_machine);
        let shape = |text: &str, bold, fonts: &Fonts| text_box(text, bold, fonts).width();
        assert_eq!(shape("顧", true, &fonts), shape("Ω", true, &Fonts::embedded()), "drawn by the given font");
        assert_ne!(shape("顧", true, &fonts), shape("顧", true, &Fonts::embedded()), "not the empty box");
    }

    /// The embedded bold font with one letter, which has the shape of `like`.
    fn only(letter: char, like: char) -> Vec<u8> {
        let mut font = notosans::BOLD_TTF.to_vec();
        let glyph = Face::parse(&font, 0).ok().and_then(|face| face.glyph_index(like)).expect("a glyph");
        let at = font.len() as u32;
        // A character map of one segment (format 12) for the whole of Unicode.
        let head: [&[u8]; 3] = [&[0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12], &[0, 12, 0, 0], &28_u32.to_be_bytes()];
        let group = [0, 1, u32::from(letter), u32::from(letter), u32::from(glyph.0)];
        let map = [head.concat(), group.iter().flat_map(|number| number.to_be_bytes()).collect()].concat();
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        let record = (0..tables).map(|table| 12 + 16 * table).find(|at| &font[*at..*at + 4] == b"cmap").expect("a map");
        font[record + 8..record + 12].copy_from_slice(&at.to_be_bytes());
        font[record + 12..record + 16].copy_from_slice(&(map.len() as u32).to_be_bytes());
        font.extend(map);
        font
    }

    /// The room that a text takes.
    fn text_box(text: &str, bold: bool, fonts: &Fonts) -> resvg::usvg::Rect {
        let mut scene = scene("a");
        scene.texts.truncate(1);
        scene.texts[0].text = text.to_owned();
        scene.texts[0].bold = bold;
        let weight = if bold { 700 } else { 400 };
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'><text font-size='50' y='60' font-weight='{weight}'>{text}</text></svg>"
        );
        let tree = resvg::usvg::Tree::from_str(&svg, &fonts.options(&scene)).expect("drawable");
        tree.root().children()[0].bounding_box()
    }

    /// They were drawn over the letter that follows, without room of their own.
    #[test]
    fn marks_that_stand_alone_take_their_room() {
        let width = |text: &str| text_box(text, false, &Fonts::embedded()).width();
        for mark in ['`', '´', '¨', '^', '~'] {
            assert!(width(&format!("a{mark}a")) > width("aa") * 1.25, "{mark}");
        }
        assert!(width("e\u{301}a") < width("ea") * 1.05, "an accent stands over its letter");
    }
}
