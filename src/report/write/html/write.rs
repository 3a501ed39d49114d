//! Markup as text: every word of a user is escaped here, and names of elements and attributes are the program's own.

use crate::source::visible;
use sinew_draw::svg::escape;

/// Markup in the making.
///
/// Names of elements and attributes are literals of the program, so that no word of a user can become one.
#[derive(Debug, Default)]
pub(super) struct Html(String);

/// An attribute and its value.
pub(super) type Attribute<'a> = (&'static str, &'a str);

impl Html {
    /// The markup.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Opens an element.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            if !value.is_empty() {
                self.0.push_str("=\"");
                self.0.push_str(&escape(&visible(value)));
                self.0.push('"');
            }
        }
        self.0.push('>');
    }

    /// Closes an element.
    pub(super) fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// Ends a line of the source, for those who read it.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// Words, with what would turn the direction of text or cannot be seen made visible.
    pub(super) fn text(&mut self, words: &str) {
        self.0.push_str(&escape(&visible(words)));
    }

    /// An element with words in it.
    pub(super) fn element(&mut self, tag: &'static str, attributes: &[Attribute<'_>], words: &str) {
        self.open(tag, attributes);
        self.text(words);
        self.close(tag);
    }

    /// An element with what `inside` writes in it.
    pub(super) fn within(&mut self, tag: &'static str, attributes: &[Attribute<'_>], inside: impl FnOnce(&mut Self)) {
        self.open(tag, attributes);
        inside(self);
        self.close(tag);
    }

    /// Words of a user: a long one is shortened, in full where one points at it, and its direction stays its own.
    pub(super) fn name(&mut self, words: &str) {
        match shortened(words) {
            Some(short) => self.element("bdi", &[("title", words)], &short),
            None => self.element("bdi", &[], words),
        }
    }

    /// A sentence that may hold names of a user's: as [`Html::name`], with more room.
    pub(super) fn sentence(&mut self, words: &str) {
        match cut(words, SENTENCE) {
            Some(short) => self.element("bdi", &[("title", words)], &short),
            None => self.element("bdi", &[], words),
        }
    }

    /// Markup that the program itself has written and escaped.
    pub(super) fn markup(&mut self, markup: &str) {
        self.0.push_str(markup);
    }
}

/// Letters of a name that are shown; names may have ten thousand.
const SHOWN: usize = 90;

/// Letters of a sentence that are shown.
const SENTENCE: usize = 400;

/// The beginning of a name that is too long to be shown.
pub(super) fn shortened(words: &str) -> Option<String> {
    cut(words, SHOWN)
}

fn cut(words: &str, shown: usize) -> Option<String> {
    let (end, _) = words.char_indices().nth(shown)?;
    Some(format!("{}…", words[..end].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup() {
        let mut html = Html::default();
        html.element("p", &[("title", "\" onclick=\"x")], "</p><script>\u{202e}&");
        assert_eq!(html.into_text(), "<p title=\"&quot; onclick=&quot;x\">&lt;/p&gt;&lt;script&gt;\u{fffd}&amp;</p>");
    }

    #[test]
    fn long_names_are_shortened_and_kept_in_full() {
        let mut html = Html::default();
        html.name(&"é".repeat(SHOWN + 1));
        let text = html.into_text();
        assert!(text.contains(&format!("title=\"{}\"", "é".repeat(SHOWN + 1))));
        assert!(text.ends_with(&format!(">{}…</bdi>", "é".repeat(SHOWN))));
        assert_eq!(shortened(&"é".repeat(SHOWN)), None);
    }
}
