//! Tables read back from Markdown, pages and slides, without a look at what wrote them.

use sinew::report::say::Line;
use sinew::source::is_invisible;

use crate::html::words;

/// Headings and cells.
pub(super) struct Grid {
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A line without its looks.
pub(super) fn said(line: &Line) -> String {
    line.pieces().iter().map(|(_, piece)| piece.as_str()).collect()
}

/// Words and numbers without the marks between them and around words of the file, and without what nobody sees or what
/// stands for it.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let is_seen =
        |c: &char| c.is_whitespace() || !is_invisible(*c) && *c != '\u{fffd}' && !('\u{2400}'..'\u{2426}').contains(c);
    let text: String = text.chars().filter(is_seen).filter(|c| *c != '`').collect();
    let bare = |word: &str| word.trim_matches(['(', ')', ',', ';', '/', '▲', '■', '✓']).to_owned();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Whether `found` says what `meant` says; a long text may end in `…`.
pub(super) fn same(found: &str, meant: &str) -> bool {
    let (found, meant) = (tokens(found).concat(), tokens(meant).concat());
    let is_cut = |shown: &str| shown.chars().count() >= 40 && meant.starts_with(shown);
    found == meant || found.strip_suffix('…').is_some_and(is_cut)
}

/// The tables of a Markdown document, in order.
pub(super) fn markdown(text: &str) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    let mut is_in = false;
    for line in text.lines() {
        match line.strip_prefix('|') {
            Some(row) if is_in => {
                let grid = grids.last_mut().unwrap();
                if !row.contains("---") {
                    grid.rows.push(cells(row));
                }
            }
            Some(row) => grids.push(Grid { headings: cells(row), rows: Vec::new() }),
            None => {}
        }
        is_in = line.starts_with('|');
    }
    grids
}

/// The entries of its lists: the head of each, and the lines below it.
pub(super) fn entries(text: &str) -> Vec<(String, Vec<String>)> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("- ") {
            entries.push((unescaped(head), Vec::new()));
        } else if let Some(detail) = line.strip_prefix("  - ") {
            entries.last_mut().unwrap().1.push(unescaped(detail));
        }
    }
    entries
}

/// The cells of a row, which bars part that no backslash escapes.
fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_escaped) = (Vec::new(), String::new(), false);
    for c in row.chars() {
        if c == '|' && !is_escaped {
            cells.push(unescaped(std::mem::take(&mut cell).trim()));
            continue;
        }
        is_escaped = c == '\\' && !is_escaped;
        cell.push(c);
    }
    cells
}

/// Markdown as it is shown.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let fence = rest.len() - rest.trim_start_matches('`').len();
        if fence > 0 {
            let (code, after) = rest[fence..].split_once(&rest[..fence]).unwrap();
            out.push_str(&code.replace("\\|", "|"));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().unwrap();
                out.push(escaped);
                rest = &rest[escaped.len_utf8()..];
            }
            '*' => {}
            _ => out.push(c),
        }
    }
    out.replace("&#64;", "@").replace("&#58;", ":").replace("&#46;", ".")
}

/// A row of a page's table: the id of what it is about, its cells, and what is told beneath it.
pub(super) struct PageRow {
    pub(super) id: String,
    pub(super) cells: Vec<String>,
    pub(super) details: Vec<(String, String)>,
}

/// The headings and rows of the table with this id, its totals last and without an id; none where the page has no such
/// table.
pub(super) fn page(html: &str, id: &str) -> Option<(Vec<String>, Vec<PageRow>)> {
    let (_, table) = html.split_once(&format!("<table id=\"{id}-table\""))?;
    let (table, _) = table.split_once("</table>")?;
    let (head, body) = table.split_once("</thead>")?;
    let headings = elements(head, &["th"]).into_iter().map(|(_, words)| shown(words)).collect();
    let mut rows: Vec<PageRow> = Vec::new();
    for (tag, row) in elements(body, &["tr"]) {
        if tag.contains("class=\"details\"") {
            let names = elements(row, &["dt"]).into_iter().map(|(_, words)| shown(words));
            let said = elements(row, &["dd"]).into_iter().map(|(_, words)| shown(words));
            rows.last_mut().unwrap().details = names.zip(said).collect();
        } else {
            let id = words::attribute(tag, "data-id").unwrap_or_default();
            let cells = elements(row, &["td", "th"]).into_iter().map(|(_, words)| shown(words)).collect();
            rows.push(PageRow {
                id: words::words(&format!("<p>{id}</p>")).trim().to_owned(),
                cells,
                details: Vec::new(),
            });
        }
    }
    Some((headings, rows))
}

/// The text of a cell. What counts the rest of a list is none of its words.
fn shown(cell: &str) -> String {
    let mut cell = cell.to_owned();
    while let (Some(from), Some(to)) = (cell.find("<summary>"), cell.find("</summary>")) {
        cell.replace_range(from..to + "</summary>".len(), "");
    }
    words::words(&format!("<p>{cell}</p>"))
}

/// The elements of these names, none within another, each with its tag.
fn elements<'h>(html: &'h str, names: &[&str]) -> Vec<(&'h str, &'h str)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let name = after.split([' ', '>']).next().unwrap_or_default();
        if names.contains(&name) {
            let (tag, inside) = after.split_once('>').unwrap();
            let (inside, after) = inside.split_once(&format!("</{name}>")).unwrap();
            found.push((tag, inside));
            rest = after;
        }
    }
    found
}

/// What the slides with these headings show in their rows, and their notes.
pub(super) fn slides(text: &str, headings: &[&str]) -> Option<(Vec<String>, String)> {
    let head = headings.join(" | ");
    let (mut rows, mut notes, mut is_found) = (Vec::new(), String::new(), false);
    for slide in text.split("\n# Slide ") {
        let (body, said) = slide.split_once("\nNotes:\n").unwrap_or((slide, ""));
        let mut lines = body.lines().skip_while(|line| !same(line, &head) || line.is_empty());
        if lines.next().is_some() {
            is_found = true;
            rows.extend(lines.take_while(|line| !line.is_empty()).map(str::to_owned));
            notes.push_str(said);
        }
    }
    is_found.then_some((rows, notes))
}

#[test]
fn what_was_escaped_is_read_as_it_was() {
    let grids =
        markdown("# x\n\n| \\# | A \\| b |\n| ---: | --- |\n| 1 | **not met** `a\\|b`, &#64;c |\n\n| B |\n| --- |\n");
    assert_eq!(grids.len(), 2);
    assert_eq!(grids[0].headings, ["#", "A | b"]);
    assert_eq!(grids[0].rows, [["1", "not met a|b, @c"]]);
    assert!(same("12 8 to 20", "12 (8 to 20)") && !same("13 8 to 20", "12 (8 to 20)"));
}
