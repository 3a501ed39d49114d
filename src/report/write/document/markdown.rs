//! A document as Markdown (CommonMark with the tables of GitHub), every piece of text escaped.

use super::block::{Block, Grid};
use super::layout::blocks;
use crate::report::say::{Line, Look};
use crate::report::story::{Document, Item};
use crate::source::visible;
use sinew_draw::direction::kept_in_place;

/// The document as Markdown. It ends with one line end unless it is empty.
#[must_use]
pub fn markdown(document: &Document) -> String {
    written(&blocks(document))
}

fn written(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(line) => format!("# {}\n", text(line)),
        Block::Heading(line) => format!("## {}\n", text(line)),
        Block::Paragraph(line) => format!("{}\n", text(line)),
        Block::Items(items) => items.iter().map(item).collect(),
        Block::Grid(grid) => rows(grid),
    }
}

fn item(item: &Item) -> String {
    let mut out = format!("- {}\n", text(&item.head));
    for detail in &item.details {
        out.push_str(&format!("  - {}\n", text(detail)));
    }
    out
}

fn rows(grid: &Grid) -> String {
    let mut out = String::new();
    let mut row = |cells: Vec<String>| out.push_str(&format!("| {} |\n", cells.join(" | ")));
    row(grid.columns.iter().map(|(heading, _)| escaped(heading, true)).collect());
    let ruler = |is_number: bool| if is_number { "---:" } else { "---" }.to_owned();
    row(grid.columns.iter().map(|(_, is_number)| ruler(*is_number)).collect());
    for cells in &grid.rows {
        row(cells.iter().map(text).collect());
    }
    out
}

fn text(line: &Line) -> String {
    let mut out = String::new();
    for (look, piece) in line.pieces() {
        let at_start = out.is_empty();
        match look {
            _ if piece.trim().is_empty() => out.push_str(&visible(piece)),
            Look::Code => out.push_str(&code(piece)),
            Look::Quoted => out.push_str(&code(piece)),
            Look::Plain | Look::Muted => out.push_str(&escaped(piece, at_start)),
            Look::Strong | Look::High | Look::Medium | Look::Low => {
                out.push_str(&format!("**{}**", escaped(piece.trim(), true)));
            }
        }
    }
    out
}

/// A code span: fenced by more backticks than it holds; a bar would end a table cell even there.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// `text` so that it shows as it is: no markup, no HTML, no link made of it, nobody mentioned.
fn escaped(text: &str, at_start: bool) -> String {
    let text = visible(text);
    let text = kept_in_place(&text);
    let mut out = String::with_capacity(text.len() + 8);
    let (mut before, mut leads) = (' ', at_start);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '&' | '!' | '$' => out.extend(['\\', c]),
            // Within a word an underscore is text.
            '_' if !(before.is_alphanumeric() && after.is_alphanumeric()) => out.extend(['\\', c]),
            '@' => out.push_str("&#64;"),
            // `https://` and `www.` would become links by themselves.
            ':' if after == '/' => out.push_str("&#58;"),
            '.' if out.to_ascii_lowercase().ends_with("www") => out.push_str("&#46;"),
            '#' | '>' | '-' | '+' | '=' if leads => out.extend(['\\', c]),
            '.' | ')' if at_start && after == ' ' && is_number(&out) => out.extend(['\\', c]),
            _ => out.push(c),
        }
        leads &= matches!(c, ' ' | '#' | '>' | '-' | '+' | '=');
        before = c;
    }
    out
}

fn is_number(out: &str) -> bool {
    let digits = out.trim_start();
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_markup() {
        let shown = |name: &str| written(&[Block::Paragraph(Line::of(name))]);
        assert_eq!(shown("a|b"), "a\\|b\n");
        assert_eq!(shown("# a"), "\\# a\n");
        assert_eq!(shown("1. a"), "1\\. a\n");
        assert_eq!(shown("1.5"), "1.5\n");
        assert_eq!(shown("- a - b"), "\\- a - b\n");
        assert_eq!(shown("<img onerror=x>"), "\\<img onerror=x>\n");
        assert_eq!(shown("a_b _c_"), "a_b \\_c\\_\n");
        assert_eq!(shown("see https://x or @me"), "see https&#58;//x or &#64;me\n");
        assert_eq!(shown("a\u{202e}b\u{1b}[31m"), "a�b␛\\[31m\n");
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(code("a->b"), "`a->b`");
        assert_eq!(code("a``b|"), "```a``b\\|```");
        assert_eq!(code("`"), "`` ` ``");
    }
}
