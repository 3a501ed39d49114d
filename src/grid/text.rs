//! Bytes as text, whatever program saved them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file and the name of its encoding; nothing where the bytes are no text.
///
/// A byte order mark decides; without one every second byte being zero is UTF-16, what is UTF-8 is that, and everything
/// else is Windows-1252, in which Excel saves CSV files in western Europe and America.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    let (encoding, start) = Encoding::for_bom(bytes).unwrap_or_else(|| (by_content(bytes), 0));
    let (text, has_errors) = encoding.decode_without_bom_handling(&bytes[start..]);
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}');
    // A lone control character is a slip of some program; several are no text.
    let odd = text.chars().filter(|c| !is_text(*c)).take(text.len() / 1_000 + 2).count();
    let is_readable = !text.contains('\0') && odd <= text.len() / 1_000 && !(has_errors && encoding != WINDOWS_1252);
    is_readable.then(|| (text.into_owned(), encoding.name()))
}

fn by_content(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(4_096)];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    // Nine of ten: letters of western languages have one byte that is zero.
    if half >= 2 && zeros(1) * 10 > half * 9 && zeros(0) * 10 < half {
        UTF_16LE
    } else if half >= 2 && zeros(0) * 10 > half * 9 && zeros(1) * 10 < half {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn files_of_excel_and_of_others_are_read() {
        let utf16 = |order: fn(u16) -> [u8; 2]| "Größe;€".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        for (bytes, text, name) in [
            ("Größe;€".as_bytes().to_vec(), "Größe;€", "UTF-8"),
            (b"\xef\xbb\xbfa;b".to_vec(), "a;b", "UTF-8"),
            (b"Gr\xf6\xdfe;\x80".to_vec(), "Größe;€", "windows-1252"),
            ([b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(), "Größe;€", "UTF-16LE"),
            ([b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(), "Größe;€", "UTF-16BE"),
            ("name,tool\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), "name,tool\n", "UTF-16LE"),
        ] {
            assert_eq!(decode(&bytes), Some((text.to_owned(), name)));
        }
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }
}
