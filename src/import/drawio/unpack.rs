//! The pages of a drawing, unpacked within bounds.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::import::problem::Fault;
use crate::import::xml::{self, Element};

/// Bytes of one unpacked page: 64 MiB.
const PAGE: u64 = 64 << 20;
/// Bytes of all unpacked pages of a file: 256 MiB.
const ALL: u64 = 256 << 20;
/// Chunks of a picture that are looked at.
const CHUNKS: usize = 10_000;

/// Named pages, each the root of its cells.
pub(super) type Pages = Vec<(String, Element)>;

/// The pages of a text that holds a drawing.
pub(super) fn text(text: &str) -> (Pages, Vec<Fault>) {
    match xml::parse(text) {
        Ok(root) => pages(&root),
        Err(fault) => (Vec::new(), vec![fault]),
    }
}

/// The pages of a drawing, and what is wrong with those that cannot be read.
pub(super) fn pages(root: &Element) -> (Pages, Vec<Fault>) {
    if root.local() == "mxGraphModel" {
        return (vec![(String::new(), root.clone())], Vec::new());
    }
    let (mut pages, mut faults, mut unpacked) = (Vec::new(), Vec::new(), 0);
    for (at, diagram) in root.all("diagram").enumerate() {
        let name = diagram.attribute("name").map_or_else(|| format!("Page-{}", at + 1), str::to_owned);
        if let Some(model) = diagram.all("mxGraphModel").next() {
            pages.push((name, model.clone()));
            continue;
        }
        match page(&diagram.text, &mut unpacked) {
            Ok(model) => pages.push((name, model)),
            Err(fault) => faults.push(Fault { line: Some(diagram.line), ..fault }),
        }
    }
    (pages, faults)
}

/// A page that is deflated, in base64, and encoded like an address.
fn page(packed: &str, unpacked: &mut u64) -> Result<Element, Fault> {
    let broken = || {
        Fault::new("broken-page", "a page of the drawing cannot be unpacked")
            .help("open the drawing, and save it once more; `Properties`, `Compressed` off keeps pages readable")
    };
    let packed: String = packed.chars().filter(|c| !c.is_whitespace()).collect();
    if packed.is_empty() {
        return Ok(Element::default());
    }
    let bytes = STANDARD.decode(&packed).or_else(|_| STANDARD_NO_PAD.decode(&packed)).map_err(|_| broken())?;
    let most = PAGE.min(ALL.saturating_sub(*unpacked));
    let inflated = inflate(|| DeflateDecoder::new(bytes.as_slice()), most)
        .map_err(|is_large| if is_large { large() } else { broken() })?;
    *unpacked += inflated.len() as u64;
    let text = String::from_utf8(inflated).map_err(|_| broken())?;
    let text = decoded(&text).ok_or_else(broken)?;
    xml::parse(&text).map_err(|fault| Fault { line: None, ..fault })
}

fn large() -> Fault {
    Fault::new("zip-bomb", "a page of the drawing unpacks to more than 64 MiB, or all of them to more than 256 MiB")
        .help("open the drawing, and import the pages that you trust")
}

/// Unpacks at most `most` bytes; the error tells whether there are more. What is too much is unpacked into nothing first, so
/// that it takes no memory.
fn inflate<R: Read>(from: impl Fn() -> R, most: u64) -> Result<Vec<u8>, bool> {
    let length = std::io::copy(&mut from().take(most + 1), &mut std::io::sink()).map_err(|_| false)?;
    if length > most {
        return Err(true);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    from().take(length).read_to_end(&mut bytes).map_err(|_| false)?;
    Ok(bytes)
}

/// A text encoded like an address, `%3C` for `<`; itself where it is not.
fn decoded(text: &str) -> Option<String> {
    if text.trim_start().starts_with('<') {
        return Some(text.to_owned());
    }
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1).zip(bytes.get(at + 2)).filter(|_| bytes[at] == b'%');
        match pair.and_then(|(high, low)| Some(hex(*high)? << 4 | hex(*low)?)) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// What an SVG picture holds in `content`.
pub(super) fn of_svg(root: &Element) -> Option<String> {
    drawing_text(root.attribute("content")?)
}

/// A text that is a drawing: as it is, encoded like an address, or in base64.
fn drawing_text(text: &str) -> Option<String> {
    let is_drawing = |text: &str| {
        let text = text.trim_start();
        text.starts_with("<mxfile") || text.starts_with("<mxGraphModel")
    };
    let text = text.trim();
    if is_drawing(text) {
        return Some(text.to_owned());
    }
    if text.starts_with("%3C") || text.starts_with("%3c") {
        return decoded(text).filter(|text| is_drawing(text));
    }
    let bytes = STANDARD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    decoded(&text).filter(|text| is_drawing(text))
}

/// What a PNG picture holds in a text chunk (`tEXt`, `zTXt`, `iTXt`) called `mxfile` or `mxGraphModel`.
pub(super) fn of_png(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    for _ in 0..CHUNKS {
        let (length, after) = rest.split_at_checked(4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let (kind, after) = after.split_at_checked(4)?;
        let (data, after) = after.split_at_checked(length)?;
        if let Some(text) = chunk(kind, data) {
            return Some(text);
        }
        rest = after.get(4..)?;
    }
    None
}

fn chunk(kind: &[u8], data: &[u8]) -> Option<String> {
    let end = data.iter().position(|byte| *byte == 0)?;
    let (key, value) = (&data[..end], &data[end + 1..]);
    if !matches!(key, b"mxfile" | b"mxGraphModel") {
        return None;
    }
    let unpacked = |packed: &[u8]| {
        // draw.io itself writes without the header that the format asks for.
        inflate(|| ZlibDecoder::new(packed), PAGE).or_else(|_| inflate(|| DeflateDecoder::new(packed), PAGE)).ok()
    };
    let text = match kind {
        b"tEXt" => value.to_vec(),
        b"zTXt" => unpacked(value.get(1..)?)?,
        b"iTXt" => {
            let (is_packed, rest) = (value.first()? == &1, value.get(2..)?);
            let mut parts = rest.splitn(3, |byte| *byte == 0);
            let text = parts.nth(2)?;
            if is_packed { unpacked(text)? } else { text.to_vec() }
        }
        _ => return None,
    };
    let text = String::from_utf8(text).ok()?;
    drawing_text(&text.replace('+', " ")).or_else(|| drawing_text(&text))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    const MODEL: &str = "<mxGraphModel><root><mxCell id=\"0\"/></root></mxGraphModel>";

    fn encoded(text: &str) -> String {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    }

    fn deflated(text: &str) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn png(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(kind);
        bytes.extend(data);
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn pages_and_pictures_are_unpacked() {
        let packed = STANDARD.encode(deflated(&encoded(MODEL)));
        let (pages, faults) =
            text(&format!("<mxfile><diagram name='A'>{packed}</diagram><diagram>x</diagram></mxfile>"));
        assert_eq!((pages.len(), pages[0].0.as_str(), pages[0].1.local()), (1, "A", "mxGraphModel"));
        assert_eq!(faults[0].code, "broken-page");

        let file = format!("<mxfile><diagram>{MODEL}</diagram></mxfile>");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(encoded(&file).as_bytes()).unwrap();
        let key = |key: &str, rest: &[u8]| [key.as_bytes(), b"\0", rest].concat();
        for (kind, data) in [
            (b"tEXt", key("mxfile", encoded(&file).as_bytes())),
            (b"zTXt", key("mxGraphModel", &[b"\0", zlib.finish().unwrap().as_slice()].concat())),
            (b"zTXt", key("mxGraphModel", &[b"\0", deflated(&encoded(&file)).as_slice()].concat())),
            (b"iTXt", key("mxfile", &[b"\0\0\0\0", file.as_bytes()].concat())),
        ] {
            assert_eq!(of_png(&png(kind, &data)).as_deref(), Some(file.as_str()), "{kind:?}");
        }
        assert_eq!(of_png(&png(b"tEXt", b"Software\0x")), None);
        assert_eq!(of_png(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt"), None);
    }

    #[test]
    fn a_page_that_grows_without_end_is_refused() {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let block = vec![b' '; 1 << 20];
        for _ in 0..66 {
            encoder.write_all(&block).unwrap();
        }
        let packed = STANDARD.encode(encoder.finish().unwrap());
        let (pages, faults) = text(&format!("<mxfile><diagram>{packed}</diagram></mxfile>"));
        assert_eq!((pages.len(), faults[0].code), (0, "zip-bomb"));
    }
}
