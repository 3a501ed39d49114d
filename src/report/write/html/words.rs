//! Words as markup: names and sentences of the user keep their own direction, and long ones are shortened.

use maud::{Markup, html};
use sinew_draw::direction::pieces;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::report::say::{Line, Look};

/// Letters of a name that are shown; names may have ten thousand.
const NAME: usize = 90;

/// Letters of a sentence that are shown.
const SENTENCE: usize = 700;

/// A name of the user's: a long one is shortened, in full where one points at it.
pub(super) fn name(words: &str) -> Markup {
    isolated(words, NAME)
}

/// A sentence that may hold names of the user's: as [`name`], with more room. It runs from left to right with whatever
/// name it begins, and a figure after a name stays there.
pub(super) fn sentence(words: &str) -> Markup {
    isolated(words, SENTENCE)
}

/// A line of which each piece has its look.
pub(super) fn line(line: &Line) -> Markup {
    html! {
        @for (look, words) in line.pieces() {
            @match look {
                Look::Plain => (sentence(words)),
                Look::Code => code { (words) },
                Look::Quoted => code { (words) },
                Look::Strong => strong { (sentence(words)) },
                Look::Muted => span.muted { (sentence(words)) },
                Look::High => span.high { (sentence(words)) },
                Look::Medium => span.medium { (sentence(words)) },
                Look::Low => span.low { (sentence(words)) },
            }
        }
    }
}

/// A sentence of ours that may hold names of the user's, its words of the stack file told apart.
pub(super) fn told(words: &str) -> Markup {
    let told = Line::told(words);
    if told.pieces().len() == 1 { sentence(words) } else { line(&told) }
}

fn isolated(words: &str, most: usize) -> Markup {
    let short = cut(words, most);
    let pieces = pieces(short.as_deref().unwrap_or(words));
    html! {
        bdi title=[short.as_ref().map(|_| words)] {
            @for (is_run, piece) in &pieces {
                @if *is_run && pieces.len() > 1 { bdi { (piece) } } @else { (piece) }
            }
        }
    }
}

/// A name as it is shown where there is no place for markup.
pub(super) fn shortened(words: &str) -> String {
    cut(words, NAME).unwrap_or_else(|| words.to_owned())
}

/// The beginning of words that have more than `most` letters, none of them torn; nothing where they have not.
fn cut(words: &str, most: usize) -> Option<String> {
    let (end, _) = words.grapheme_indices(true).nth(most)?;
    Some(format!("{}…", words[..end].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_shortened_and_kept_in_full() {
        // A letter of two code points counts as one and is not torn.
        let long = "e\u{301}".repeat(NAME + 1);
        let short = "e\u{301}".repeat(NAME);
        assert_eq!(name(&long).into_string(), format!("<bdi title=\"{long}\">{short}…</bdi>"));
        assert_eq!(name(&short).into_string(), format!("<bdi>{short}</bdi>"));
        assert_eq!(name("\"<i>").into_string(), "<bdi>&quot;&lt;i&gt;</bdi>");
        assert_eq!(sentence("to שלום 43").into_string(), "<bdi>to <bdi>שלום</bdi> 43</bdi>");
        assert_eq!(name("שלום").into_string(), "<bdi>שלום</bdi>");
    }

    #[test]
    fn each_piece_of_a_line_has_its_look() {
        let said = Line::of("Give ").and_code("runs").and_looking(Look::High, "now");
        assert_eq!(
            line(&said).into_string(),
            "<bdi>Give </bdi><code>runs</code><span class=\"high\"><bdi>now</bdi></span>"
        );
    }
}
