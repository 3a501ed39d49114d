//! The one place where text becomes DOT: every identifier and value is quoted here.
//!
//! The printer of the syntax tree quotes and escapes nothing by itself, and an unquoted name can be a keyword, a
//! second statement or markup. A quoted string is never read as markup; but backslashes in it call for a node's name or
//! an alignment, and entities such as `&lt;` are replaced, so both are escaped. Lines of several looks are markup of ours
//! ([`rich`]) around escaped words.

use std::fmt::Write as _;

use graphviz_rust::dot_structures::{Attribute, Id};

use crate::scene::Anchor;
use crate::theme::{Color, hex};

/// One line of a label with its own look.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) bold: bool,
    /// In points.
    pub(super) size: f64,
    /// `None` for that of the label.
    pub(super) color: Option<Color>,
}

/// Bytes of a label of several looks above which it is set plain: Graphviz 2 reads no markup above 16,384 bytes, and markup
/// cannot be taken apart.
const MOST_MARKUP: usize = 12_000;

/// Lines of several looks, centred.
pub(super) fn rich(lines: &[Words<'_>]) -> Id {
    let each =
        lines.iter().flat_map(|line| line.text.split('\n').map(|text| marked_up(&Words { text, ..line.clone() })));
    let out = each.collect::<Vec<String>>().join("<BR/>");
    let plain: Vec<&str> = lines.iter().map(|line| line.text).collect();
    html(&out).unwrap_or_else(|| text(&plain.join("\n")))
}

/// Lines of several looks above and beneath one on a filled badge, centred.
pub(super) fn badged(above: &[Words<'_>], badge: &Words<'_>, fill: Color, beneath: &[Words<'_>]) -> Id {
    let row = |lines: &[Words<'_>]| -> String {
        let each = lines.iter().flat_map(|line| line.text.split('\n').map(|text| Words { text, ..line.clone() }));
        let all: Vec<String> = each.map(|line| marked_up(&line)).collect();
        if all.is_empty() { String::new() } else { format!("<TR><TD>{}</TD></TR>", all.join("<BR/>")) }
    };
    let plain = "BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\"";
    let markup = format!(
        "<TABLE {plain} CELLPADDING=\"0\">{}<TR><TD><TABLE {plain} CELLPADDING=\"2\" STYLE=\"ROUNDED\" BGCOLOR=\"{}\">\
         <TR><TD>&nbsp;{}&nbsp;</TD></TR></TABLE></TD></TR>{}</TABLE>",
        row(above),
        hex(fill),
        marked_up(badge),
        row(beneath)
    );
    let words = || above.iter().chain([badge]).map(|line| line.text).collect::<Vec<&str>>().join("\n");
    html(&markup).unwrap_or_else(|| text(&words()))
}

/// A line within a width in points, at the side that it is hung at. A label of Graphviz is as wide as its words.
pub(super) fn hung(line: &Words<'_>, anchor: Anchor, width: f64) -> Id {
    let side = match anchor {
        Anchor::Start => "LEFT",
        Anchor::Middle => "CENTER",
        Anchor::End => "RIGHT",
    };
    let table = format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\"><TR><TD ALIGN=\"{side}\" WIDTH=\"{width:.0}\">{}\
         </TD></TR></TABLE>",
        marked_up(line)
    );
    html(&table).unwrap_or_else(|| text(line.text))
}

fn html(markup: &str) -> Option<Id> {
    (!markup.is_empty() && markup.len() <= MOST_MARKUP).then(|| Id::Html(format!("<{markup}>")))
}

fn marked_up(line: &Words<'_>) -> String {
    let color = line.color.map(|color| format!(" COLOR=\"{}\"", hex(color))).unwrap_or_default();
    let (bold, light) = if line.bold { ("<B>", "</B>") } else { ("", "") };
    // Markup without any letter is none to Graphviz.
    let words = if line.text.is_empty() { " ".to_owned() } else { markup(line.text) };
    format!("<FONT POINT-SIZE=\"{}\"{color}>{bold}{words}{light}</FONT>", points(line.size))
}

/// `text` as words within markup.
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Graphviz 2 takes it for the beginning of an end where it stands alone.
            ']' => out.push_str("&#93;"),
            '\\' => out.push_str(r"\\"),
            letter if is_unprintable(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// Points to a hundredth.
pub(super) fn points(points: f64) -> String {
    let text = format!("{points:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `text` as it stands, each line of it ended by `end` (`\n` centres a line, `\l` sets it to the left); the last one
/// only where it is not centred.
fn escaped(text: &str, end: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut begin = 0;
    for letter in text.chars() {
        part(&mut out, &mut begin);
        match letter {
            '\n' => {
                out.push('\\');
                out.push(end);
            }
            '\\' => out.push_str(r"\\"),
            '"' => out.push_str("\\\""),
            '&' => out.push_str("&amp;"),
            letter if is_unprintable(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    if end != 'n' && !out.is_empty() {
        out.push('\\');
        out.push(end);
    }
    out
}

/// Bytes of a quoted string after which a new one begins.
const PART: usize = 4_096;

/// Ends the quoted string and adds another to it where it is getting long: Graphviz 2 reads none above 16,384 bytes.
/// Between two letters only, so that no escape is torn; one letter may still grow to a few bytes more.
fn part(out: &mut String, begin: &mut usize) {
    if out.len() - *begin >= PART {
        out.push_str("\" + \"");
        *begin = out.len();
    }
}

/// Control characters, and what XML has no place for: Graphviz writes text into SVG unseen.
fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

fn quoted(escaped: &str) -> Id {
    Id::Escaped(format!("\"{escaped}\""))
}

/// Text with centred lines.
pub(super) fn text(text: &str) -> Id {
    quoted(&escaped(text, 'n'))
}

/// Text that is shown on pointing. Graphviz 2.43 undoes backslashes there twice, and what it undoes once too often may
/// be taken for a node's name; where it is undone once only, a backslash shows as two.
pub(super) fn tooltip(text: &str) -> Id {
    quoted(&escaped(text, 'n').replace(r"\\", r"\\\\"))
}

/// Text with lines set to the left.
pub(super) fn left(text: &str) -> Id {
    quoted(&escaped(text, 'l'))
}

/// The name of a node or cluster: `id` with whatever is special anywhere written as `!` and hexadecimal digits.
/// Different ids have different names, and none begins with `!l`, which is for the legend.
pub(super) fn name(id: &str) -> Id {
    let mut out = String::with_capacity(id.len());
    let mut begin = 0;
    for letter in id.chars() {
        part(&mut out, &mut begin);
        if matches!(letter, '!' | '\\' | '"' | '&') || is_unprintable(letter) {
            let _ = write!(out, "!{:02X}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    quoted(&out)
}

/// `key=value` for a value that is quoted already.
pub(super) fn named(key: &str, value: Id) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), value)
}

pub(super) fn set(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dot_would_read_as_more_than_text_is_escaped() {
        let printed = |id: Id| match id {
            Id::Escaped(text) => text,
            other => panic!("not quoted: {other:?}"),
        };
        assert_eq!(printed(text(r#"say "hi""#)), r#""say \"hi\"""#);
        assert_eq!(printed(text(r"C:\N")), r#""C:\\N""#);
        assert_eq!(printed(text("a\nb")), r#""a\nb""#);
        assert_eq!(printed(tooltip("\\\"\\\\\n")), r#""\\\\\"\\\\\\\\\n""#);
        assert_eq!(printed(left("a\nb")), r#""a\lb\l""#);
        assert_eq!(printed(left("")), r#""""#);
        assert_eq!(printed(text("&lt;\0\u{7}")), "\"&amp;lt;\u{fffd}\u{fffd}\"");
        assert_eq!(printed(name("a\\\"!&\n")), "\"a!5C!22!21!26!0A\"");
    }
}
