//! Texts that are compared by their words alone.

/// The words of `text`, which `gap` characters separate, with one space between them and none at the ends.
pub(crate) fn folded(text: &str, gap: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(gap).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
