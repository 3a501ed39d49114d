//! Text that may be shown: nothing in it drives a terminal or turns the direction of what stands beside it.

/// Whether `c` is a control character, a line or paragraph separator, or a mark that changes the direction of text.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// `text` with every [invisible](is_invisible) character replaced by its picture (`␛` for an escape) or by `�`; a tab
/// becomes a space.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        _ if is_invisible(c) => '�',
        _ => c,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_drives_a_terminal_becomes_a_picture_and_letters_stay() {
        assert_eq!(visible("a\tb\u{1b}[2J\u{9b}\u{202e}\u{2028}"), "a b␛[2J���");
        assert_eq!(visible("Łódź 日本 👩‍💻 שלום"), "Łódź 日本 👩‍💻 שלום");
    }
}
