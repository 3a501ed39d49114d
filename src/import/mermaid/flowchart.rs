//! Flowcharts: nodes, chains of arrows, and subgraphs.

use std::collections::BTreeMap;

use super::node::{self, Node};
use super::plain;
use crate::import::boxes::{Arrow, End, Shape, Sheet, Style, What};
use crate::import::cursor::Cursor;

/// Arrows that one statement such as `a & b & c --> d & e` makes.
const FAN: usize = 400;

/// Reads the lines of a flowchart, the first of which is line `first` of its file.
pub(super) fn read(body: &str, first: usize) -> Sheet {
    let mut reader = Reader { sheet: Sheet::default(), places: BTreeMap::new(), open: Vec::new(), first };
    let mut cursor = Cursor::new(body);
    // What says the kind and the direction.
    cursor.while_is(|c| !matches!(c, '\n' | ';'));
    loop {
        cursor.while_is(|c| c.is_whitespace() || c == ';');
        if cursor.rest().is_empty() {
            return reader.sheet;
        }
        let before = cursor.rest().len();
        reader.statement(&mut cursor);
        if cursor.rest().len() == before {
            // What is no statement is passed over.
            cursor.rest_of_line();
            cursor.eat("\n");
        }
    }
}

struct Reader {
    sheet: Sheet,
    places: BTreeMap<String, usize>,
    /// Subgraphs that are open.
    open: Vec<usize>,
    first: usize,
}

impl Reader {
    fn statement(&mut self, cursor: &mut Cursor<'_>) {
        let rest = cursor.rest();
        let word: &str = rest.split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
        match word {
            _ if rest.starts_with("%%") => {
                cursor.rest_of_line();
            }
            "subgraph" => self.subgraph(cursor),
            "end" => {
                cursor.advance(word.len());
                self.open.pop();
            }
            "direction" | "classDef" | "class" | "style" | "linkStyle" | "click" | "accTitle" | "accTitle:"
            | "accDescr" | "accDescr:" | "title" => {
                cursor.while_is(|c| c != '\n');
            }
            _ => self.chain(cursor),
        }
    }

    fn subgraph(&mut self, cursor: &mut Cursor<'_>) {
        cursor.advance("subgraph".len());
        cursor.spaces();
        let line = cursor.rest_of_line().trim().trim_end_matches(';');
        let line = line.split("%%").next().unwrap_or_default().trim();
        let (id, title) = match line.find('[') {
            Some(at) if line.ends_with(']') => {
                let title = line[at + 1..line.len() - 1].trim_matches(['[', ']', '(', ')']);
                (line[..at].trim(), title.trim().trim_matches('"'))
            }
            _ => (line.trim_matches('"'), line.trim_matches('"')),
        };
        let at = self.place(id, What::Group, &plain(title));
        self.sheet.shapes[at].what = What::Group;
        self.sheet.shapes[at].lines = plain(title).lines().map(str::to_owned).collect();
        // A subgraph stands where it is opened, wherever it was named before.
        self.sheet.shapes[at].within = self.open.last().copied().filter(|outer| *outer != at);
        self.open.push(at);
    }

    /// `a & b -->|label| c --> d`.
    fn chain(&mut self, cursor: &mut Cursor<'_>) {
        let Some(mut from) = self.group(cursor) else { return };
        while let Some(line) = node::line(cursor) {
            let at = self.first + cursor.line() - 1;
            cursor.while_is(char::is_whitespace);
            let Some(to) = self.group(cursor) else { return };
            let label = plain(&line.label);
            let mut made = 0;
            for one in &from {
                for other in &to {
                    made += 1;
                    if made > FAN {
                        continue;
                    }
                    let name = |place: usize| self.sheet.shapes[place].lines.join(" ");
                    let id = format!("{}->{}", self.sheet.shapes[*one].id, self.sheet.shapes[*other].id);
                    let mut arrow = Arrow::new(id, End::At(*one), End::At(*other), &label, Style::Label);
                    arrow.at = format!("line {at}, {} to {}", name(*one), name(*other));
                    arrow.heads = line.heads;
                    self.sheet.arrows.push(arrow);
                }
            }
            from = to;
        }
    }

    /// Nodes with `&` between them.
    fn group(&mut self, cursor: &mut Cursor<'_>) -> Option<Vec<usize>> {
        let mut all = vec![self.node(&node::node(cursor)?)];
        loop {
            let mut ahead = cursor.clone();
            ahead.spaces();
            if !ahead.eat("&") {
                return Some(all);
            }
            ahead.while_is(char::is_whitespace);
            *cursor = ahead;
            match node::node(cursor) {
                Some(node) => all.push(self.node(&node)),
                None => return Some(all),
            }
        }
    }

    fn node(&mut self, node: &Node) -> usize {
        let is_known = self.places.contains_key(&node.id);
        let label = node.label.as_deref().map(plain).filter(|label| !label.is_empty());
        let at = self.place(&node.id, node.what, label.as_deref().unwrap_or(&node.id));
        let shape = &mut self.sheet.shapes[at];
        if let Some(label) = label.filter(|_| shape.what != What::Group) {
            shape.lines = label.lines().map(str::to_owned).collect();
            shape.what = node.what;
        }
        let open = self.open.last().copied().filter(|open| *open != at);
        if !is_known || self.sheet.shapes[at].within.is_none() && self.sheet.shapes[at].what != What::Group {
            self.sheet.shapes[at].within = open;
        }
        at
    }

    fn place(&mut self, id: &str, what: What, label: &str) -> usize {
        if let Some(at) = self.places.get(id) {
            return *at;
        }
        let at = self.sheet.shapes.len();
        self.places.insert(id.to_owned(), at);
        self.sheet.shapes.push(Shape::new(id, what, label));
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::boxes::Heads;

    fn arrows(text: &str) -> Vec<String> {
        let sheet = read(&format!("graph LR\n{text}"), 1);
        let name = |end: End| match end {
            End::At(at) => sheet.shapes[at].lines.join("/"),
            _ => "?".to_owned(),
        };
        let shown = sheet.arrows.iter().map(|arrow| {
            let heads = match arrow.heads {
                Heads::Forward => ">",
                Heads::Backward => "<",
                Heads::Both => "<>",
                Heads::Neither => "-",
            };
            format!("{} {heads} {} {}", name(arrow.from), name(arrow.to), arrow.label.replace('\n', "/"))
                .trim()
                .to_owned()
        });
        shown.collect()
    }

    #[test]
    fn arrows_of_every_form_are_read() {
        for (text, expected) in [
            ("a --> b", vec!["a > b"]),
            ("a-->b-->c", vec!["a > b", "b > c"]),
            ("a --- b", vec!["a - b"]),
            ("a -->|x y| b", vec!["a > b x y"]),
            ("a -- x y --> b", vec!["a > b x y"]),
            ("a -. x .-> b; c ==> d", vec!["a > b x", "c > d"]),
            ("a == x ==> b", vec!["a > b x"]),
            ("a <--> b", vec!["a <> b"]),
            ("a <-->|x| b", vec!["a <> b x"]),
            ("a & b --> c & d", vec!["a > c", "a > d", "b > c", "b > d"]),
            ("a-.->b", vec!["a > b"]),
            ("a[\"A (x)<br/>y\"] --> b((B))", vec!["A (x)/y > B"]),
            ("my-node --> x.y", vec!["my-node > x.y"]),
            ("a o--o b", vec!["a > b"]),
            ("a --x b", vec!["a > b"]),
            ("a ----> b", vec!["a > b"]),
            ("a@{ shape: cyl, label: \"Big, Query\" } --> b:::warm", vec!["Big, Query > b"]),
            ("a -->|\"x <br> (y)\"| b[N]", vec!["a > N x /(y)"]),
            ("a e1@--> b", vec!["a > b"]),
            ("click a \"https://x.example\" _blank\nstyle a fill:#f9f\na-->b", vec!["a > b"]),
            ("%% a --> c\na --> b %% late", vec!["a > b"]),
            ("a --> b\n  --> c", vec!["a > b"]),
        ] {
            assert_eq!(arrows(text), expected, "{text}");
        }
    }

    #[test]
    fn nodes_stand_in_the_subgraph_that_first_names_them() {
        let sheet =
            read("flowchart LR\nsubgraph one [One here]\n a --> b\nend\nsubgraph Two words\n c\n a\nend\none --> c", 1);
        let at = |id: &str| sheet.shapes.iter().position(|shape| shape.id == id).unwrap();
        assert_eq!(sheet.shapes[at("one")].lines, ["One here"]);
        assert_eq!(sheet.shapes[at("a")].within, Some(at("one")));
        assert_eq!(sheet.shapes[at("c")].within, Some(at("Two words")));
        assert_eq!(sheet.arrows.len(), 2);
    }
}
