//! LikeC4's language: elements within each other, and relations between them.

use std::collections::{BTreeMap, BTreeSet};

use super::what;
use crate::import::boxes::{Arrow, Drawing, End, Heads, Lost, Shape, Sheet, Style, What};
use crate::import::cursor::{Cursor, Token};
use crate::import::joined::Part;
use crate::import::problem::Fault;

/// The sign of a model: a block of its language, with what such a block holds.
pub(super) fn sign(text: &str) -> Option<&'static str> {
    let head = text.char_indices().nth(100_000).map_or(text, |(end, _)| &text[..end]);
    let begins = |word: &str| {
        head.lines()
            .any(|line| line.trim_start().strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with('{')))
    };
    let first = head.lines().map(str::trim).find(|line| {
        !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*") && !line.starts_with('*')
    })?;
    let is_block = ["specification", "model", "views", "deployment", "global", "import"]
        .iter()
        .any(|word| first.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '{'])));
    match is_block {
        true if begins("specification") => Some("specification {"),
        true if begins("model") => Some("model {"),
        _ => None,
    }
}

/// Blocks within each other.
const NESTED: usize = 100;

const SIGNS: [&str; 12] = ["]->", "<->", "->", "<-", "-[", "{", "}", "=", ";", ",", ":", "#"];
const ENDS: [char; 8] = ['{', '}', '=', ';', ',', ':', '[', ']'];

/// An element of the whole project.
struct Element {
    path: String,
    kind: String,
    title: String,
    description: Option<String>,
    technology: Option<String>,
    owner: Option<String>,
    is_person: bool,
    part: usize,
}

struct Relation {
    from: String,
    to: String,
    scope: String,
    title: String,
    technology: Option<String>,
    heads: Heads,
    part: usize,
    line: usize,
}

#[derive(Default)]
struct Project {
    elements: Vec<Element>,
    places: BTreeMap<String, usize>,
    /// Elements by their last name; `None` where several have it.
    names: BTreeMap<String, Option<usize>>,
    relations: Vec<Relation>,
    kinds: BTreeSet<String>,
    persons: BTreeSet<String>,
    left: Vec<(usize, Fault)>,
}

#[derive(Clone, PartialEq, Eq)]
enum Block {
    Top,
    Specification,
    /// The kind of elements that is specified.
    Kind(String),
    /// Elements stand here; the element that they stand in, by its path.
    Model(String),
    /// Keys and values of an element.
    Metadata(String),
    Style(String),
    Skipped,
}

/// The drawing of each part: its own relations, between the elements of all.
pub(super) fn drawings(parts: &[Part<'_>]) -> Vec<(Drawing, Vec<Fault>)> {
    let mut project = Project::default();
    // Kinds first: a model may stand before its specification, and in another file.
    for (at, part) in parts.iter().enumerate() {
        Reader { project: &mut project, part: at, is_first: true }.read(part.text);
    }
    for (at, part) in parts.iter().enumerate() {
        Reader { project: &mut project, part: at, is_first: false }.read(part.text);
    }
    (0..parts.len()).map(|part| project.drawing(part)).collect()
}

struct Reader<'p> {
    project: &'p mut Project,
    part: usize,
    is_first: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let mut cursor = Cursor::new(text);
        let mut blocks = vec![Block::Top];
        let mut next = next_token(&mut cursor);
        while let Some((token, line)) = next {
            let block = blocks.last().cloned().unwrap_or(Block::Top);
            // What stands at this place, and the block that a brace after it opens.
            let mut opens = Block::Skipped;
            let mut ahead = None;
            match (&block, token) {
                (_, Token::Sign("}")) => drop(blocks.pop()),
                (_, Token::Sign("{")) => blocks.push(Block::Skipped),
                (Block::Top, Token::Word(word)) => {
                    opens = match word.as_str() {
                        "specification" => Block::Specification,
                        "model" if !self.is_first => Block::Model(String::new()),
                        _ => Block::Skipped,
                    };
                    ahead = self.open(&mut cursor, &mut blocks, opens.clone(), true);
                }
                (Block::Specification, Token::Word(word)) => {
                    if word == "element"
                        && let Some((Token::Word(kind), _)) = next_token(&mut cursor)
                    {
                        self.project.kinds.insert(kind.clone());
                        opens = Block::Kind(kind);
                    }
                    ahead = self.open(&mut cursor, &mut blocks, opens.clone(), false);
                }
                (Block::Kind(kind), Token::Word(word)) if word == "style" => {
                    ahead = self.open(&mut cursor, &mut blocks, Block::Kind(kind.clone()), false);
                }
                (Block::Kind(kind), Token::Word(word)) if word == "shape" => {
                    if let Some((Token::Word(shape), _)) = next_token(&mut cursor)
                        && shape == "person"
                    {
                        self.project.persons.insert(kind.clone());
                    }
                }
                (Block::Model(within), token) => {
                    let within = within.clone();
                    ahead = self.model(&mut cursor, &mut blocks, &within, token, line);
                }
                (Block::Style(path), Token::Word(word)) if word == "shape" => {
                    if let Some((Token::Word(shape), _)) = next_token(&mut cursor)
                        && shape == "person"
                        && let Some(at) = self.project.places.get(path)
                    {
                        self.project.elements[*at].is_person = true;
                    }
                }
                (Block::Metadata(path), Token::Word(key)) => {
                    let (value, after) = texts(&mut cursor, 1);
                    if let (Some(at), Some(value)) = (self.project.places.get(path), value.first())
                        && matches!(key.to_lowercase().as_str(), "owner" | "team" | "owned_by" | "ownedby")
                    {
                        self.project.elements[*at].owner = Some(value.clone());
                    }
                    ahead = after;
                }
                _ => {}
            }
            if blocks.len() > NESTED {
                let fault = Fault::new("too-deep", format!("blocks are nested more than {NESTED} deep"));
                let fault = Fault { line: Some(line), ..fault.help("look for a brace that is never closed") };
                if !self.is_first {
                    self.project.left.push((self.part, fault));
                }
                return;
            }
            next = ahead.or_else(|| next_token(&mut cursor));
        }
    }

    /// Opens a block if a brace is ahead; else gives back what is. `named` passes a name before the brace.
    fn open(
        &mut self,
        cursor: &mut Cursor<'_>,
        blocks: &mut Vec<Block>,
        block: Block,
        named: bool,
    ) -> Option<(Token, usize)> {
        let mut next = next_token(cursor);
        if named && matches!(next, Some((Token::Text(_), _))) {
            next = next_token(cursor);
        }
        match next {
            Some((Token::Sign("{"), _)) => {
                blocks.push(block);
                None
            }
            other => other,
        }
    }

    fn model(
        &mut self,
        cursor: &mut Cursor<'_>,
        blocks: &mut Vec<Block>,
        within: &str,
        token: Token,
        line: usize,
    ) -> Option<(Token, usize)> {
        let word = match token {
            Token::Word(word) => word,
            Token::Sign(sign @ ("->" | "-[" | "<->" | "<-")) => {
                return self.relation(cursor, within, "this".to_owned(), sign, line);
            }
            Token::Sign("#") => {
                // A tag.
                return next_token(cursor).filter(|(token, _)| !matches!(token, Token::Word(_)));
            }
            _ => return None,
        };
        match word.as_str() {
            "extend" => {
                let Some((Token::Word(path), _)) = next_token(cursor) else { return None };
                let found = self.project.find(&path, within).map(|at| self.project.elements[at].path.clone());
                return self.open(cursor, blocks, Block::Model(found.unwrap_or(path)), false);
            }
            "metadata" => return self.open(cursor, blocks, Block::Metadata(within.to_owned()), false),
            "style" => return self.open(cursor, blocks, Block::Style(within.to_owned()), false),
            "link" | "icon" | "navigateTo" | "import" => {
                cursor.rest_of_line();
                return None;
            }
            "title" | "description" | "technology" | "summary" | "notation" | "notes" if !self.is_element(cursor) => {
                let (found, after) = texts(cursor, 1);
                if let (Some(at), Some(text)) = (self.project.places.get(within).copied(), found.into_iter().next()) {
                    let element = &mut self.project.elements[at];
                    match word.as_str() {
                        "title" => element.title = text,
                        "description" | "summary" => element.description = Some(text),
                        "technology" => element.technology = Some(text),
                        _ => {}
                    }
                }
                return after;
            }
            _ => {}
        }
        match next_token(cursor) {
            Some((Token::Sign("="), _)) => match next_token(cursor) {
                Some((Token::Word(kind), _)) => self.element(cursor, blocks, within, &word, &kind),
                other => other,
            },
            Some((Token::Sign(sign @ ("->" | "-[" | "<->" | "<-")), _)) => {
                self.relation(cursor, within, word, sign, line)
            }
            Some((Token::Word(second), _)) if second.starts_with('.') => {
                // `a .kind b`: a relation of that kind.
                match next_token(cursor) {
                    Some((Token::Word(to), _)) => self.related(cursor, within, word, to, Heads::Forward, line),
                    other => other,
                }
            }
            // `kind name 'Title'`.
            Some((Token::Word(name), _)) if self.project.kinds.contains(&word) => {
                self.element(cursor, blocks, within, &name, &word)
            }
            other => other,
        }
    }

    /// Whether a word that may be a key is the name of an element: `=` is ahead.
    fn is_element(&self, cursor: &Cursor<'_>) -> bool {
        let mut ahead = cursor.clone();
        ahead.blank(false, true);
        ahead.rest().starts_with('=') || ahead.rest().starts_with("->")
    }

    fn element(
        &mut self,
        cursor: &mut Cursor<'_>,
        blocks: &mut Vec<Block>,
        within: &str,
        name: &str,
        kind: &str,
    ) -> Option<(Token, usize)> {
        let (mut found, after) = texts(cursor, 4);
        found.resize(4, String::new());
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let path = if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") };
        let at = self.project.elements.len();
        self.project.elements.push(Element {
            path: path.clone(),
            kind: kind.to_owned(),
            title: some(&found[0]).unwrap_or_else(|| name.to_owned()),
            description: some(&found[1]),
            technology: some(&found[2]),
            owner: None,
            is_person: false,
            part: self.part,
        });
        self.project.places.insert(path.clone(), at);
        self.project.names.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(at));
        self.block_after(blocks, after, Block::Model(path))
    }

    fn block_after(
        &mut self,
        blocks: &mut Vec<Block>,
        after: Option<(Token, usize)>,
        block: Block,
    ) -> Option<(Token, usize)> {
        match after {
            Some((Token::Sign("{"), _)) => {
                blocks.push(block);
                None
            }
            other => other,
        }
    }

    fn relation(
        &mut self,
        cursor: &mut Cursor<'_>,
        within: &str,
        from: String,
        sign: &str,
        line: usize,
    ) -> Option<(Token, usize)> {
        let mut heads = match sign {
            "<->" => Heads::Both,
            "<-" => Heads::Backward,
            _ => Heads::Forward,
        };
        if sign == "-[" {
            // `-[kind]->`
            loop {
                match next_token(cursor) {
                    Some((Token::Sign("]->"), _)) => break,
                    Some((Token::Word(word), _)) if word != "]" => {}
                    Some((Token::Word(_) | Token::Sign("->"), _)) => break,
                    other => return other,
                }
            }
            heads = Heads::Forward;
        }
        match next_token(cursor) {
            Some((Token::Word(to), _)) => self.related(cursor, within, from, to, heads, line),
            other => other,
        }
    }

    fn related(
        &mut self,
        cursor: &mut Cursor<'_>,
        within: &str,
        from: String,
        to: String,
        heads: Heads,
        line: usize,
    ) -> Option<(Token, usize)> {
        let (found, after) = texts(cursor, 3);
        // `'title' 'technology'`, or `'title' 'description' 'technology'`.
        let technology = found.get(found.len().saturating_sub(1).max(1)).filter(|text| !text.is_empty()).cloned();
        let title = found.first().cloned().unwrap_or_default();
        let part = self.part;
        self.project.relations.push(Relation {
            from,
            to,
            scope: within.to_owned(),
            title,
            technology,
            heads,
            part,
            line,
        });
        match after {
            Some((Token::Sign("{"), _)) => self.relation_block(cursor),
            other => other,
        }
    }

    /// Reads the block of a relation to its end: title and technology may stand in it.
    fn relation_block(&mut self, cursor: &mut Cursor<'_>) -> Option<(Token, usize)> {
        let mut depth = 1;
        while depth > 0 {
            let (token, _) = next_token(cursor)?;
            match token {
                Token::Sign("{") => depth += 1,
                Token::Sign("}") => depth -= 1,
                Token::Word(word) if depth == 1 && matches!(word.as_str(), "technology" | "title") => {
                    let (found, after) = texts(cursor, 1);
                    if let (Some(relation), Some(text)) = (self.project.relations.last_mut(), found.into_iter().next())
                    {
                        match word.as_str() {
                            "title" => relation.title = text,
                            _ => relation.technology = Some(text),
                        }
                    }
                    match after {
                        Some((Token::Sign("}"), _)) => depth -= 1,
                        Some((Token::Sign("{"), _)) => depth += 1,
                        _ => {}
                    }
                }
                Token::Word(word) if word == "link" => {
                    cursor.rest_of_line();
                }
                _ => {}
            }
        }
        None
    }
}

fn next_token(cursor: &mut Cursor<'_>) -> Option<(Token, usize)> {
    cursor.blank(false, true);
    let line = cursor.line();
    // A word ends before an arrow: `a->b`.
    let rest = cursor.rest();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
    let token = match end > 0 && rest[end..].starts_with("->") {
        true => Token::Word(cursor.advance(end).to_owned()),
        false => cursor.token(&SIGNS, &ENDS)?,
    };
    Some((token, line))
}

/// The texts that are ahead, up to `most`, and the token after them.
fn texts(cursor: &mut Cursor<'_>, most: usize) -> (Vec<String>, Option<(Token, usize)>) {
    let mut found = Vec::new();
    loop {
        match next_token(cursor) {
            Some((Token::Text(text), _)) if found.len() < most => found.push(text),
            Some((Token::Sign(":"), _)) if found.is_empty() => {}
            other => return (found, other),
        }
    }
}

impl Project {
    /// The element that a name means, seen from the element `scope`.
    fn find(&self, name: &str, scope: &str) -> Option<usize> {
        if matches!(name, "this" | "it") {
            return self.places.get(scope).copied();
        }
        let mut outer = Some(scope);
        while let Some(path) = outer.filter(|path| !path.is_empty()) {
            if let Some(at) = self.places.get(&format!("{path}.{name}")) {
                return Some(*at);
            }
            outer = path.rsplit_once('.').map(|(outer, _)| outer);
        }
        let by_path = self.places.get(name).copied();
        by_path.or_else(|| self.names.get(name).copied().flatten()).or_else(|| {
            // `frontend.api`, where `frontend` itself stands in something.
            let (first, rest) = name.split_once('.')?;
            let at = self.names.get(first).copied().flatten()?;
            self.places.get(&format!("{}.{rest}", self.elements[at].path)).copied()
        })
    }

    fn drawing(&self, part: usize) -> (Drawing, Vec<Fault>) {
        let mut sheet = Sheet::default();
        let mut faults: Vec<Fault> =
            self.left.iter().filter(|(of, _)| *of == part).map(|(_, fault)| fault.clone()).collect();
        let relations: Vec<(&Relation, Option<usize>, Option<usize>)> = self
            .relations
            .iter()
            .filter(|relation| relation.part == part)
            .map(|relation| {
                (relation, self.find(&relation.from, &relation.scope), self.find(&relation.to, &relation.scope))
            })
            .collect();
        // Elements of this part, and those of others that it speaks of, with what they stand in.
        let mut wanted: BTreeSet<usize> =
            (0..self.elements.len()).filter(|at| self.elements[*at].part == part).collect();
        wanted.extend(relations.iter().flat_map(|(_, from, to)| [*from, *to]).flatten());
        for at in wanted.clone() {
            let mut path = self.elements[at].path.as_str();
            while let Some((outer, _)) = path.rsplit_once('.') {
                wanted.extend(self.places.get(outer));
                path = outer;
            }
        }
        let holders: BTreeSet<&str> =
            self.elements.iter().filter_map(|inner| Some(inner.path.rsplit_once('.')?.0)).collect();
        let shown: BTreeMap<usize, usize> = wanted.iter().enumerate().map(|(place, at)| (*at, place)).collect();
        for at in &wanted {
            let element = &self.elements[*at];
            let outer = element.path.rsplit_once('.').and_then(|(outer, _)| self.places.get(outer));
            let is_person = element.is_person || self.persons.contains(&element.kind);
            let mut kind = what(&element.kind, is_person, outer.is_some());
            let is_leaf = kind == What::Group && !holders.contains(element.path.as_str());
            if is_leaf {
                kind = What::System;
            }
            let mut shape = Shape::new(element.path.clone(), kind, &element.title);
            shape.within = outer.and_then(|outer| shown.get(outer)).copied();
            shape.facts.description = element.description.clone();
            shape.facts.technology = element.technology.clone();
            shape.facts.owner = element.owner.clone();
            sheet.shapes.push(shape);
        }
        let mut told = BTreeSet::new();
        for (relation, from, to) in relations {
            let title = |at: Option<usize>, name: &str| {
                at.map_or_else(|| name.chars().take(80).collect(), |at| self.elements[at].title.clone())
            };
            let at = format!("{} -> {}", title(from, &relation.from), title(to, &relation.to));
            let (Some(from), Some(to)) = (from, to) else {
                let gone = if from.is_none() { &relation.from } else { &relation.to };
                if told.insert(gone) {
                    let message = format!("`{}` is not defined", gone.chars().take(80).collect::<String>());
                    faults.push(
                        Fault { line: Some(relation.line), ..Fault::new("unknown-element", message) }
                            .help("import the file that defines it together with this one"),
                    );
                }
                sheet.dropped.push(Lost { what: "relation", at, why: "one of its ends is not defined" });
                continue;
            };
            let mut arrow =
                Arrow::new(at.clone(), End::At(shown[&from]), End::At(shown[&to]), &relation.title, Style::Sentence);
            arrow.at = at;
            arrow.heads = relation.heads;
            arrow.technology.clone_from(&relation.technology);
            if relation.heads == Heads::Backward {
                (arrow.from, arrow.to) = (arrow.to, arrow.from);
            }
            sheet.arrows.push(arrow);
        }
        (Drawing { sheets: vec![sheet] }, faults)
    }
}
