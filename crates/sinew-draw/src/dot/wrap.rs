//! Long names in lines that a box can hold.

/// Columns of a letter: two for those of East Asian scripts and for pictures, one for all else.
fn columns(letter: char) -> usize {
    match u32::from(letter) {
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F => 2,
        0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `text` in lines of at most `columns` columns, broken between words where there are any, and shortened with an
/// ellipsis after `lines` of them. Text that fits on one line is not touched.
pub(super) fn wrapped(text: &str, most: usize, lines: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, most) {
            if out.len() > lines {
                break;
            }
            match out.last_mut() {
                Some(line) if width(line) + 1 + width(piece) <= most => {
                    line.push(' ');
                    line.push_str(piece);
                }
                _ => out.push(piece.to_owned()),
            }
        }
    }
    if out.len() > lines {
        out.truncate(lines);
        if let Some(last) = out.last_mut() {
            while width(last) + 1 > most {
                last.pop();
            }
            last.push('…');
        }
    }
    out.join("\n")
}

/// `word` in pieces of at most `most` columns.
fn pieces(word: &str, most: usize) -> Vec<&str> {
    let (mut pieces, mut begin, mut used) = (Vec::new(), 0, 0);
    for (at, letter) in word.char_indices() {
        if used + columns(letter) > most && at > begin {
            pieces.push(&word[begin..at]);
            (begin, used) = (at, 0);
        }
        used += columns(letter);
    }
    pieces.push(&word[begin..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_between_words_and_end_in_an_ellipsis() {
        assert_eq!(wrapped("two  words", 10, 2), "two  words");
        assert_eq!(wrapped("one two three", 7, 2), "one two\nthree");
        assert_eq!(wrapped("one two three four", 7, 2), "one two\nthree…");
        assert_eq!(wrapped(&"x".repeat(10_000), 8, 2), "xxxxxxxx\nxxxxxxx…");
        assert_eq!(wrapped("日本語日本語", 4, 9), "日本\n語日\n本語");
        assert_eq!(wrapped("", 4, 2), "");
    }
}
