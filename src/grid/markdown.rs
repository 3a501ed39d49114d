//! Tables of Markdown: a row between vertical bars, below it a row of dashes.

use super::bounds::{Budget, SHEETS, too_many_sheets};
use super::{At, Book, Cell, Refusal, Sheet};

/// Whether a page has a table of at least two columns.
pub(super) fn has_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    lines.windows(2).any(|two| begins(two[0], two[1]))
}

/// Every table of a page as a sheet, called by the heading above it; rows are the lines of the page.
pub(super) fn open(text: &str) -> Result<Book, Refusal> {
    let (mut sheets, mut budget) = (Vec::<Sheet>::new(), Budget::new());
    let lines: Vec<&str> = text.lines().collect();
    let (mut heading, mut at) = (String::new(), 0);
    let mut fenced: Option<&str> = None;
    while at < lines.len() {
        let line = lines[at].trim();
        let fence = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence));
        match (fenced, fence) {
            (None, Some(fence)) => fenced = Some(fence),
            (Some(open), Some(fence)) if open == fence => fenced = None,
            _ => {}
        }
        if let Some(words) = line.strip_prefix('#').filter(|_| fenced.is_none()) {
            heading = words.trim_matches(['#', ' ']).to_owned();
        }
        if fenced.is_some() || at + 1 >= lines.len() || !begins(lines[at], lines[at + 1]) {
            at += 1;
            continue;
        }
        if sheets.len() == SHEETS {
            return Err(too_many_sheets(sheets.len() + 1));
        }
        let mut sheet = Sheet { is_headed: true, ..Sheet::named(&free(&heading, &sheets)) };
        let mut row = at;
        while row < lines.len() && lines[row].contains('|') {
            if row != at + 1 {
                for (column, text) in (0..).zip(cells(lines[row])) {
                    if let Some(cell) = Cell::text(&text) {
                        let at = At { row: u32::try_from(row).unwrap_or(u32::MAX), column };
                        budget.put(&mut sheet, at, cell)?;
                    }
                }
            }
            row += 1;
        }
        sheets.push(sheet);
        at = row;
    }
    Ok(Book { what: "a page with tables", sheets, ..Book::default() })
}

/// The heading as a name that no other table of the page has.
fn free(heading: &str, sheets: &[Sheet]) -> String {
    let named = if heading.is_empty() { "Table" } else { heading };
    let is_free = |name: &String| sheets.iter().all(|sheet| sheet.name != *name);
    let one = Some(named.to_owned()).filter(|name| is_free(name));
    one.unwrap_or_else(|| {
        let numbered = (2..).map(|number| format!("{named} {number}"));
        numbered.into_iter().find(is_free).unwrap_or_default()
    })
}

fn begins(header: &str, dashes: &str) -> bool {
    let dashes = dashes.trim();
    let is_rule = dashes.contains('-')
        && dashes.contains('|')
        && dashes.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'));
    is_rule && cells(header).len() >= 2 && cells(header).len() == cells(dashes).len()
}

/// The cells of a row; a vertical bar behind a backslash or within code belongs to its cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let (mut cells, mut cell, mut code) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    let mut ended = false;
    while let Some(c) = letters.next() {
        ended = false;
        match c {
            '\\' if letters.peek() == Some(&'|') => cell.extend(letters.next()),
            '`' => {
                code = !code;
                cell.push(c);
            }
            '|' if !code => {
                cells.push(std::mem::take(&mut cell));
                ended = true;
            }
            c => cell.push(c),
        }
    }
    if !ended {
        cells.push(cell);
    }
    cells.iter().map(|cell| plain(cell)).collect()
}

/// A cell without the marks of its type face; line breaks as such.
fn plain(cell: &str) -> String {
    let text = cell.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
    let mut text = text.trim();
    for mark in ["**", "__", "~~", "`", "*"] {
        let inner = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        text = inner.filter(|inner| !inner.is_empty() && !inner.contains(mark)).unwrap_or(text);
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_a_page_is_a_sheet_with_the_lines_of_the_page() {
        let page = "# Stack\n\nText | with a bar\n\n| Tool | Owner |\n|---|:---:|\n| **Clay** | Ops \\| Rev |\n| `a|b` | |\n\n\
                    ```\n| no | table |\n|---|---|\n```\n## Flows\nfrom | to\n--- | ---\nA | B\n\n| x | y |\n|--|--|\n| 1 | 2 |\n";
        let book = open(page).unwrap();
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Stack", "Flows", "Flows 2"]);
        let text =
            |sheet: usize, row, column| book.sheets[sheet].cell(At { row, column }).map(|cell| cell.text.as_str());
        assert_eq!(text(0, 4, 0), Some("Tool"));
        assert_eq!((text(0, 6, 0), text(0, 6, 1)), (Some("Clay"), Some("Ops | Rev")));
        assert_eq!((text(0, 7, 0), text(0, 7, 1)), (Some("a|b"), None));
        assert_eq!(text(1, 16, 1), Some("B"));
        assert!(has_table(page) && !has_table("a | b\nc | d\n") && !has_table("- a\n- b\n---\n"));
    }
}
