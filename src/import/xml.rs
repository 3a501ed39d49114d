//! Foreign XML: read within bounds into elements. Nothing is resolved but the five entities and characters by number.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::problem::Fault;

/// Elements within each other.
const DEPTH: usize = 200;
/// Elements and attributes of one file.
const PARTS: usize = 1_000_000;
/// Attributes of one element: each is compared with those before it.
const ATTRIBUTES: usize = 1_000;

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name as it is written, with its prefix.
    pub(super) name: String,
    /// Attributes in the order of the file, with their prefixes.
    pub(super) attributes: Vec<(String, String)>,
    /// Elements within, in the order of the file.
    pub(super) children: Vec<Element>,
    /// Text that stands directly in it, without space at both ends.
    pub(super) text: String,
    /// Line of its start tag, from 1.
    pub(super) line: usize,
}

impl Element {
    /// Its name without a prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// The attribute of that name, prefix and all, if it is there and not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The elements within that have the name, whatever their prefix.
    pub(super) fn all<'e>(&'e self, local: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.local() == local)
    }

    /// The text of the first element of that name within, if it is not empty.
    pub(super) fn text_of<'e>(&'e self, local: &'e str) -> Option<&'e str> {
        self.all(local).map(|child| child.text.as_str()).find(|text| !text.is_empty())
    }

    /// Itself and every element below it, in the order of the file.
    pub(super) fn walk(&self) -> impl Iterator<Item = &Element> {
        let mut ahead = vec![self];
        std::iter::from_fn(move || {
            let next = ahead.pop()?;
            ahead.extend(next.children.iter().rev());
            Some(next)
        })
    }
}

/// Reads `text`, or says where it is no XML, too deep or too large. A document type that only names itself is passed
/// over; one that declares anything is refused.
pub(super) fn parse(text: &str) -> Result<Element, Fault> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut parts = 0;
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            broken(&error.to_string(), lines.of(at))
        })?;
        let line = lines.of(start);
        match event {
            Event::Start(tag) => {
                if open.len() == DEPTH {
                    return Err(at(line, "too-deep", &format!("elements are nested more than {DEPTH} deep"))
                        .help("look for an element that is never closed"));
                }
                open.push(element(&tag, line, &mut parts)?);
            }
            Event::Empty(tag) => {
                let element = element(&tag, line, &mut parts)?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(words) => add(&words, &mut open),
            Event::CData(words) => add(&words, &mut open),
            Event::GeneralRef(name) => add(&resolved(&name, line)?, &mut open),
            Event::DocType(declared) if declared.contains('[') => {
                return Err(at(line, "document-type", "the file declares entities or elements of its own")
                    .help("export it without `<!DOCTYPE ... [ ... ]>`"));
            }
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    match (root, open.pop()) {
        (Some(root), None) => Ok(root),
        (_, Some(open)) => {
            Err(broken(&format!("`<{}>` of line {} is not closed", open.name, open.line), lines.of(text.len())))
        }
        (None, None) => Err(broken("there is no element", 1)),
    }
}

fn element(tag: &BytesStart<'_>, line: usize, parts: &mut usize) -> Result<Element, Fault> {
    let mut attributes = Vec::new();
    *parts += 1;
    for attribute in tag.attributes() {
        if attributes.len() == ATTRIBUTES {
            return Err(at(line, "too-large", &format!("an element has more than {ATTRIBUTES} attributes"))
                .help("export the file again, and leave it as the tool wrote it"));
        }
        let attribute = attribute.map_err(|error| broken(&error.to_string(), line))?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| {
            at(line, "unknown-entity", "an attribute uses an entity beyond the five of XML")
                .help("write the character itself")
        })?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        *parts += 1;
    }
    if *parts > PARTS {
        return Err(at(line, "too-large", &format!("the file has more than {PARTS} elements and attributes"))
            .help("import a part of it"));
    }
    Ok(Element { name: tag.name().as_ref().to_owned(), attributes, line, ..Element::default() })
}

fn close(mut element: Element, open: &mut [Element], root: &mut Option<Element>) {
    let trimmed = element.text.trim();
    if trimmed.len() < element.text.len() {
        element.text = trimmed.to_owned();
    }
    match open.last_mut() {
        Some(outer) => outer.children.push(element),
        // Of several roots, which XML does not allow, the first stands.
        None => drop(root.get_or_insert(element)),
    }
}

fn add(words: &str, open: &mut [Element]) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

fn resolved(name: &BytesRef<'_>, line: usize) -> Result<String, Fault> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Ok(character.to_string());
    }
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => Ok(text.to_owned()),
        None => Err(at(line, "unknown-entity", "the text uses an entity beyond the five of XML")
            .help("write the character itself")),
    }
}

fn at(line: usize, code: &'static str, message: &str) -> Fault {
    Fault { line: Some(line), ..Fault::new(code, message) }
}

fn broken(message: &str, line: usize) -> Fault {
    at(line, "not-xml", &format!("this is not XML: {message}"))
        .help("export the file again, and leave it as the tool wrote it; nothing of this file was read")
}

/// Lines of places that only go forward.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> usize {
        let place = place.min(self.text.len());
        if let Some(passed) = self.text.as_bytes().get(self.at..place) {
            self.line += passed.iter().filter(|byte| **byte == b'\n').count();
            self.at = place;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_names_attributes_text_and_lines() {
        let root =
            parse("<?xml version=\"1.0\"?>\n<a:top x='1 &lt; 2'>\n  <b>one &amp; &#50;</b>\n  <b/>\n</a:top>").unwrap();
        assert_eq!((root.local(), root.attribute("x"), root.line), ("top", Some("1 < 2"), 2));
        assert_eq!(root.text_of("b"), Some("one & 2"));
        assert_eq!(root.all("b").map(|child| child.line).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(root.walk().map(|element| element.name.as_str()).collect::<Vec<_>>(), ["a:top", "b", "b"]);
    }

    #[test]
    fn what_is_damaged_has_its_line() {
        for (text, code, line) in [
            ("<a>\n<b>\n</a>", "not-xml", 3),
            ("<a>\n", "not-xml", 2),
            ("<a>\n&nbsp;</a>", "unknown-entity", 2),
            ("<a x='&e;'/>", "unknown-entity", 1),
            ("<!DOCTYPE a [<!ENTITY e 'x'>]>\n<a>&e;</a>", "document-type", 1),
            ("<!-- nothing -->", "not-xml", 1),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!((fault.code, fault.line), (code, Some(line)), "{text}: {fault:?}");
        }
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(parse(&deep(DEPTH)).is_ok());
        assert_eq!(parse(&deep(DEPTH + 1)).unwrap_err().code, "too-deep");
        assert_eq!(parse(&format!("<a>{}</a>", "<b/>".repeat(PARTS))).unwrap_err().code, "too-large");
    }

    #[test]
    fn a_document_type_without_declarations_is_passed_over() {
        let text = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>";
        assert_eq!(parse(text).unwrap().name, "svg");
    }
}
