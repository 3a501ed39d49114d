//! The words of a page, as a person reads them from top to bottom.

/// Elements that begin and end a line.
const LINES: [&str; 22] = [
    "address",
    "button",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "header",
    "li",
    "nav",
    "option",
    "output",
    "p",
    "section",
    "summary",
];

/// Elements whose text nobody reads: pictures have golden files of their own.
const SKIPPED: [&str; 4] = ["head", "script", "style", "svg"];

/// The text of `html`, one line for each paragraph, entry or row, cells separated by ` | `. What is said to screen readers
/// only stands in brackets. The page is the program's own, in which every `<` begins a tag.
pub(crate) fn words(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some((text, tag, after)) = next_tag(rest) {
        page.text(text);
        rest = match SKIPPED.iter().find(|name| name_of(tag) == **name) {
            Some(name) => after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after),
            None => after,
        };
        page.tag(tag);
    }
    page.end_line();
    page.lines.join("\n") + "\n"
}

/// The text before the next tag, what stands between its brackets, and what comes after.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let (text, after) = html.split_once('<')?;
    let (tag, after) = after.split_once('>')?;
    Some((text, tag, after))
}

fn name_of(tag: &str) -> &str {
    tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default()
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
    cells: usize,
    is_in_row: bool,
}

impl Page {
    fn text(&mut self, text: &str) {
        let text = plain(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_apart = text.starts_with(char::is_whitespace) || words.is_empty() && !text.is_empty();
        if is_apart && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        self.line.push_str(&words.join(" "));
        if !words.is_empty() && text.ends_with(char::is_whitespace) {
            self.line.push(' ');
        }
    }

    fn tag(&mut self, tag: &str) {
        match (tag.starts_with('/'), name_of(tag)) {
            (is_end, "tr") => {
                self.end_line();
                (self.is_in_row, self.cells) = (!is_end, 0);
            }
            (false, "td" | "th") => {
                if self.cells > 0 {
                    self.line = format!("{} | ", self.line.trim_end());
                }
                self.cells += 1;
            }
            (_, name) if LINES.contains(&name) => {
                // A row is one line: what would be lines of a cell are separated by a stroke.
                if !self.is_in_row {
                    self.end_line();
                } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push_str(" / ");
                }
            }
            _ => {}
        }
        if let Some(label) = attribute(tag, "aria-label") {
            self.line.push_str(&format!("[{}] ", plain(label)));
            if !self.is_in_row {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim().trim_end_matches('/').trim_end();
        if !line.is_empty() {
            self.lines.push(line.to_owned());
        }
    }
}

/// The value of an attribute of a tag, as it is written.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// Text without its escapes.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn words_stand_in_lines_and_cells() {
    let html = "<html><head><title>x</title></head><body><h1><bdi>A &lt; B</bdi></h1><nav aria-label=\"Contents\"><a>One</a> \
                <a>Two</a></nav><table><tr><th>No.</th><th>Name</th></tr>\n<tr><td>1</td><th><bdi>x</bdi>, <bdi>y</bdi></th></tr>\
                <tr><td colspan=\"2\"><dl><div><dt>Why</dt><dd>So <code>it</code> is.</dd></div></dl></td></tr></table>\
                <script>no</script></body></html>";
    assert_eq!(words(html), "A < B\n[Contents]\nOne Two\nNo. | Name\n1 | x, y\nWhy / So it is.\n");
}
