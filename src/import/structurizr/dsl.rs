//! Structurizr's DSL: elements, groups and relationships; nothing in it is run or fetched.

use std::collections::{BTreeMap, BTreeSet};

use super::statement::{Statement, statements};
use crate::import::boxes::{Arrow, Drawing, End, Lost, Shape, Sheet, Style, What};
use crate::import::joined::{Part, Spare, beside};
use crate::import::problem::Fault;

/// Files that one workspace includes, each counted as often as it is.
const INCLUDES: usize = 200;
/// Blocks within each other.
const NESTED: usize = 100;
/// Files that include each other in a row.
const DEEP: usize = 20;

/// The sign of a workspace.
pub(super) fn sign(text: &str) -> Option<&'static str> {
    // What stands before it: comments, and constants.
    let head = text.char_indices().nth(20_000).map_or(text, |(end, _)| &text[..end]);
    let first = head.lines().map(str::trim_start).find(|line| line.split([' ', '{']).next() == Some("workspace"))?;
    let begins = head.find(first)?;
    let before = head[..begins].lines().map(str::trim).filter(|line| !line.is_empty());
    let mut in_comment = false;
    for line in before {
        let is_comment = in_comment || line.starts_with("//") || line.starts_with('#') || line.starts_with("/*");
        if line.starts_with("/*") || in_comment {
            in_comment = !line.contains("*/");
        }
        if !is_comment && !line.starts_with('!') {
            return None;
        }
    }
    head[begins..].contains(['{', '\n']).then_some("workspace")
}

/// The drawing of a workspace, and what is wrong with it.
pub(super) fn drawing(part: &Part<'_>, parts: &[Part<'_>], spare: &mut Spare) -> (Drawing, Vec<Fault>) {
    let mut reader = Reader {
        parts,
        spare,
        sheet: Sheet::default(),
        faults: Vec::new(),
        told: BTreeSet::new(),
        names: BTreeMap::new(),
        paths: Vec::new(),
        relations: Vec::new(),
        constants: BTreeMap::new(),
        archetypes: BTreeMap::new(),
        blocks: Vec::new(),
        included: 0,
    };
    reader.file(part.file.name, part.text, 0, false);
    reader.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Where elements may stand, and the element or group that they stand in.
    Model(Option<usize>),
    /// Owner and the like of an element.
    Properties(Option<usize>),
    Archetypes,
    /// What runs where: its relationships are counted.
    Deployment,
    Skipped,
}

struct Reader<'a, 'b> {
    parts: &'a [Part<'a>],
    spare: &'b mut Spare,
    sheet: Sheet,
    faults: Vec<Fault>,
    told: BTreeSet<String>,
    /// Elements by their names in lower case, plain and with those that they stand in.
    names: BTreeMap<String, usize>,
    paths: Vec<String>,
    /// Relationships, with the element that they stand in.
    relations: Vec<Relation>,
    constants: BTreeMap<String, String>,
    archetypes: BTreeMap<String, String>,
    blocks: Vec<Block>,
    included: usize,
}

struct Relation {
    from: String,
    to: String,
    scope: Option<usize>,
    words: Vec<String>,
    technology: Option<String>,
    line: usize,
}

fn is_arrow(word: &str) -> bool {
    word == "->" || word.starts_with("--") && word.ends_with("->")
}

impl Reader<'_, '_> {
    fn relation(&mut self, words: &[String], line: usize) {
        let arrow = words.iter().position(|word| is_arrow(word)).unwrap_or_default();
        let from = if arrow == 0 { "this".to_owned() } else { words[arrow - 1].clone() };
        let Some(to) = words.get(arrow + 1) else { return };
        let scope = self.scope();
        let technology = words.get(arrow + 3).cloned().filter(|text| !text.is_empty());
        self.relations.push(Relation {
            from,
            to: to.clone(),
            scope,
            words: words.get(arrow + 2).cloned().into_iter().collect(),
            technology: technology.or_else(|| {
                words[arrow].strip_prefix("--").and_then(|rest| rest.strip_suffix("->")).map(str::to_owned)
            }),
            line,
        });
    }

    fn scope(&self) -> Option<usize> {
        self.blocks.iter().rev().find_map(|block| match block {
            Block::Model(Some(at)) if self.sheet.shapes[*at].what != What::Group => Some(*at),
            _ => None,
        })
    }

    /// Reads a file; of one that is only built upon, elements count and relationships do not.
    fn file(&mut self, name: &str, text: &str, depth: usize, is_base: bool) {
        let before = self.relations.len();
        for statement in statements(text) {
            match statement {
                Statement::Close => drop(self.blocks.pop()),
                Statement::Line { words, line, opens } => {
                    let words: Vec<String> = words.iter().map(|word| self.with_constants(word)).collect();
                    let block = self.line(name, &words, line, depth);
                    if opens {
                        if self.blocks.len() == NESTED {
                            let message = format!("blocks are nested more than {NESTED} deep");
                            self.fault("too-deep", line, message, "look for a brace that is never closed");
                            return;
                        }
                        self.blocks.push(block);
                    }
                }
            }
        }
        if is_base {
            self.relations.truncate(before);
        }
    }

    fn with_constants(&self, word: &str) -> String {
        let mut word = word.to_owned();
        if word.contains("${") {
            for (name, value) in self.constants.iter().take(100) {
                if word.len() < 10_000 {
                    word = word.replace(&format!("${{{name}}}"), value);
                }
            }
        }
        word
    }

    /// Takes in a line; the block that it opens, if it opens one.
    fn line(&mut self, file: &str, words: &[String], line: usize, depth: usize) -> Block {
        let place = self.blocks.last().copied().unwrap_or(Block::Model(None));
        let within = match place {
            Block::Model(within) => within,
            Block::Properties(owner) => {
                self.property(owner, words);
                return Block::Skipped;
            }
            Block::Archetypes => {
                if let [name, sign, base, ..] = words
                    && sign == "="
                {
                    self.archetypes.insert(name.to_lowercase(), base.to_lowercase());
                }
                return Block::Skipped;
            }
            Block::Deployment => {
                if words.iter().any(|word| is_arrow(word)) {
                    self.sheet.dropped.push(Lost {
                        what: "relationship of a deployment",
                        at: format!("line {line}"),
                        why: "it is between places where systems run",
                    });
                }
                return Block::Deployment;
            }
            Block::Skipped => return Block::Skipped,
        };
        if words.iter().any(|word| is_arrow(word)) {
            let named = words.get(1).is_some_and(|word| word == "=");
            self.relation(if named { &words[2..] } else { words }, line);
            return Block::Skipped;
        }
        let (name, words) = match words {
            [name, sign, rest @ ..] if sign == "=" && !rest.is_empty() => (Some(name.as_str()), rest),
            all => (None, all),
        };
        let Some(keyword) = words.first().map(|word| word.to_lowercase()) else { return Block::Skipped };
        let keyword = self.archetypes.get(&keyword).cloned().unwrap_or(keyword);
        let word = |at: usize| words.get(at).map(String::as_str).filter(|word| !word.is_empty());
        match keyword.as_str() {
            "workspace" => {
                if word(1) == Some("extends")
                    && let Some(base) = word(2)
                {
                    self.extend(file, base, line, depth);
                }
                Block::Model(None)
            }
            "model" => Block::Model(None),
            "group" | "enterprise" => Block::Model(Some(self.element(name, What::Group, word(1), within))),
            "person" => self.described(name, What::Person, words, within, None),
            "softwaresystem" | "element" => self.described(name, What::System, words, within, None),
            "container" | "component" => self.described(name, What::Part, words, within, word(3)),
            "!extend" | "!ref" | "!element" => {
                let found = word(1).and_then(|reference| self.find(reference, None));
                found.map_or(Block::Skipped, |at| Block::Model(Some(at)))
            }
            "description" | "technology" | "url" | "tags" | "tag" | "perspectives" => {
                if let (Some(at), Some(text)) = (within, word(1)) {
                    let facts = &mut self.sheet.shapes[at].facts;
                    match keyword.as_str() {
                        "description" => facts.description = Some(text.to_owned()),
                        "technology" => facts.technology = Some(text.to_owned()),
                        _ => {}
                    }
                }
                Block::Skipped
            }
            "properties" => Block::Properties(within),
            "archetypes" => Block::Archetypes,
            "deploymentenvironment" | "deploymentnode" | "infrastructurenode" => Block::Deployment,
            "!include" => {
                if let Some(path) = word(1) {
                    self.include(file, path, line, depth);
                }
                Block::Skipped
            }
            "!const" | "!constant" | "!var" => {
                if let (Some(name), Some(value)) = (word(1), word(2)) {
                    self.constants.insert(name.to_owned(), value.to_owned());
                }
                Block::Skipped
            }
            "!script" | "!plugin" => {
                self.fault("not-run", line, format!("`{keyword}` is not run"), "add by hand what it would have made");
                Block::Skipped
            }
            _ => Block::Skipped,
        }
    }

    fn described(
        &mut self,
        name: Option<&str>,
        what: What,
        words: &[String],
        within: Option<usize>,
        technology: Option<&str>,
    ) -> Block {
        let text = |at: usize| words.get(at).filter(|word| !word.is_empty()).cloned();
        let at = self.element(name, what, text(1).as_deref(), within);
        let facts = &mut self.sheet.shapes[at].facts;
        facts.description = text(2);
        facts.technology = technology.map(str::to_owned);
        Block::Model(Some(at))
    }

    fn element(&mut self, name: Option<&str>, what: What, title: Option<&str>, within: Option<usize>) -> usize {
        let outer = self.scope().map(|at| self.paths[at].clone());
        let own = name.unwrap_or_default().to_lowercase();
        let path = match outer.filter(|outer| !outer.is_empty()) {
            Some(outer) => format!("{outer}.{own}"),
            None => own.clone(),
        };
        let at = self.sheet.shapes.len();
        let title = title.or(name).unwrap_or("unnamed");
        let id = if path.is_empty() { title.to_owned() } else { path.clone() };
        let mut shape = Shape::new(id, what, title);
        shape.within = within;
        self.sheet.shapes.push(shape);
        if !own.is_empty() {
            self.names.entry(own).or_insert(at);
            self.names.insert(path.clone(), at);
        }
        self.paths.push(path);
        at
    }

    fn property(&mut self, owner: Option<usize>, words: &[String]) {
        let (Some(at), [key, value, ..]) = (owner, words) else { return };
        if matches!(key.to_lowercase().as_str(), "owner" | "team" | "system owner" | "business owner" | "owned by") {
            self.sheet.shapes[at].facts.owner = Some(value.clone());
        }
    }

    fn include(&mut self, file: &str, path: &str, line: usize, depth: usize) {
        let found = self.spare.find(file, path);
        if path.contains("://") {
            let help = "download it, and import it together with the workspace";
            self.fault("not-fetched", line, "`!include` names an address, and nothing is fetched".to_owned(), help);
            return;
        }
        let more = self.parts.iter().find(|part| beside(file, path).as_deref() == Some(part.file.name));
        if found.is_empty() && more.is_none() {
            let help = "import the folder that holds both files";
            self.fault("not-included", line, "`!include` names a file that is not among the inputs".to_owned(), help);
            return;
        }
        if let Some(part) = more {
            let (name, text) = (part.file.name.to_owned(), part.text.to_owned());
            self.included_file(&name, &text, line, depth, true);
        }
        for name in found {
            let Some(text) = self.spare.texts.get(&name).cloned() else { continue };
            self.spare.used.insert(name.clone());
            self.included_file(&name, &text, line, depth, false);
        }
    }

    fn included_file(&mut self, name: &str, text: &str, line: usize, depth: usize, is_base: bool) {
        self.included += 1;
        if depth >= DEEP || self.included > INCLUDES {
            let message = format!("files include each other more than {DEEP} deep, or more than {INCLUDES} times");
            self.fault("too-deep", line, message, "look for a file that includes itself");
            return;
        }
        self.file(name, text, depth + 1, is_base);
    }

    fn extend(&mut self, file: &str, base: &str, line: usize, depth: usize) {
        let wanted = beside(file, base);
        let part = self.parts.iter().find(|part| wanted.as_deref() == Some(part.file.name));
        match part {
            Some(part) => {
                let (name, text) = (part.file.name.to_owned(), part.text.to_owned());
                let outer = std::mem::take(&mut self.blocks);
                self.included_file(&name, &text, line, depth, true);
                self.blocks = outer;
            }
            None => self.fault(
                "not-included",
                line,
                "`workspace extends` names a workspace that is not among the inputs".to_owned(),
                "import it together with this one; nothing is fetched",
            ),
        }
    }

    fn fault(&mut self, code: &'static str, line: usize, message: String, help: &str) {
        if self.told.insert(format!("{code} {message}")) {
            self.faults.push(Fault { line: Some(line), ..Fault::new(code, message).help(help) });
        }
    }

    /// The element that a name means, seen from where it stands.
    fn find(&self, name: &str, scope: Option<usize>) -> Option<usize> {
        let name = name.to_lowercase();
        if name == "this" {
            return scope;
        }
        if let Some(scope) = scope {
            let mut path = self.paths[scope].as_str();
            loop {
                if let Some(at) = self.names.get(&format!("{path}.{name}")) {
                    return Some(*at);
                }
                let Some((outer, _)) = path.rsplit_once('.') else { break };
                path = outer;
            }
        }
        self.names.get(&name).copied()
    }

    fn finish(mut self) -> (Drawing, Vec<Fault>) {
        for relation in std::mem::take(&mut self.relations) {
            let ends = [&relation.from, &relation.to].map(|name| self.find(name, relation.scope));
            let label = relation.words.first().map_or("", String::as_str);
            let names = format!("{} -> {}", self.shown(ends[0], &relation.from), self.shown(ends[1], &relation.to));
            let (Some(from), Some(to)) = (ends[0], ends[1]) else {
                let gone = if ends[0].is_none() { &relation.from } else { &relation.to };
                let message = format!("`{}` is not defined", gone.chars().take(80).collect::<String>());
                self.fault("unknown-element", relation.line, message, "define it, or import the file that does");
                self.sheet.dropped.push(Lost {
                    what: "relationship",
                    at: names,
                    why: "one of its ends is not defined",
                });
                continue;
            };
            let mut arrow = Arrow::new(names.clone(), End::At(from), End::At(to), label, Style::Sentence);
            arrow.at = names;
            arrow.technology = relation.technology;
            self.sheet.arrows.push(arrow);
        }
        (Drawing { sheets: vec![self.sheet] }, self.faults)
    }

    fn shown(&self, at: Option<usize>, name: &str) -> String {
        match at.map(|at| self.sheet.shapes[at].lines.join(" ")) {
            Some(title) if !title.is_empty() => title,
            _ => name.chars().take(80).collect(),
        }
    }
}
