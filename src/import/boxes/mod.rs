//! Boxes and arrows, whichever tool drew them: what readers of drawings and of C4 models make, and flows are made of.
//!
//! A reader says what each shape is as far as its format states it, and how each arrow is to be read. Everything else is
//! decided here, once for all of them: which product a label names, what is part of what, who is a person, what an
//! arrow carries and how.

mod asks;
mod ends;
mod flows;
mod how;
mod label;
mod moved;
mod name;
mod people;
mod sentence;
mod shapes;
mod words;

pub(super) use flows::draft;
pub(super) use people::is_personal_name;

/// A drawing or model as a reader found it.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) sheets: Vec<Sheet>,
}

/// One page, diagram or model. Places within are those of its own lists.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its name, which stands before places; empty where the file has one sheet.
    pub(super) name: String,
    pub(super) shapes: Vec<Shape>,
    pub(super) arrows: Vec<Arrow>,
    /// Arrows that the reader itself had to drop.
    pub(super) dropped: Vec<Lost>,
    /// What else nobody can know of this sheet: the name of the question, and the question.
    pub(super) asks: Vec<(String, String)>,
}

/// An arrow that says nothing of systems: what it is, where, and why it gives nothing.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) what: &'static str,
    pub(super) at: String,
    pub(super) why: &'static str,
}

/// What a format says that a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A box: a system, unless its label is that of a person or things stand in it.
    Plain,
    /// A system, whatever its label.
    System,
    /// A part of what it stands in; a system only where it names another product, or stands in nothing.
    Part,
    /// A person or a team.
    Person,
    /// Something that other shapes stand in.
    Group,
    /// A decision or a point where arrows meet: what comes in goes on.
    Junction,
    /// Text, a legend, a place where things run: no system.
    Note,
}

/// A shape.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// What the format calls it.
    pub(super) id: String,
    /// The lines of its label.
    pub(super) lines: Vec<String>,
    pub(super) what: What,
    /// The shape that it stands in.
    pub(super) within: Option<usize>,
    /// Names of pictures and symbols, which count where the label says nothing.
    pub(super) hints: Vec<String>,
    pub(super) facts: Facts,
}

/// What a format states of a shape besides.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) owner: Option<String>,
    pub(super) description: Option<String>,
    pub(super) technology: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) vendor: Option<String>,
    pub(super) status: Option<String>,
}

/// Where an arrow ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    At(usize),
    /// Beside a shape that it is not joined to.
    Near(usize),
    Nowhere,
}

/// The heads of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    Forward,
    Backward,
    Both,
    Neither,
}

/// How the words of an arrow are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A label beside an arrow that shows where data goes.
    Label,
    /// A sentence whose subject is where the arrow begins: who calls, not where data goes.
    Sentence,
    /// One of messages in order of time; whether it is a reply.
    Message { is_reply: bool },
}

/// An arrow.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    /// What the format calls it; empty where it has no name for it.
    pub(super) id: String,
    /// Where it stands, within its sheet.
    pub(super) at: String,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) heads: Heads,
    /// Its label, with its lines.
    pub(super) label: String,
    /// How it is done, where the format has a place for that.
    pub(super) technology: Option<String>,
    /// Who does it, where the format has a place for that.
    pub(super) performer: Option<String>,
    /// Minutes of one run, where the format has a place for that.
    pub(super) minutes: Option<f64>,
    pub(super) style: Style,
}

impl Shape {
    pub(super) fn new(id: impl Into<String>, what: What, label: &str) -> Self {
        let lines = label.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect();
        Self { id: id.into(), lines, what, within: None, hints: Vec::new(), facts: Facts::default() }
    }
}

impl Arrow {
    pub(super) fn new(id: impl Into<String>, from: End, to: End, label: &str, style: Style) -> Self {
        Self {
            id: id.into(),
            at: String::new(),
            from,
            to,
            heads: Heads::Forward,
            label: label.to_owned(),
            technology: None,
            performer: None,
            minutes: None,
            style,
        }
    }
}

impl Sheet {
    /// Whether its name says that it shows what is still to be.
    fn is_planned(&self) -> bool {
        let name = self.name.to_lowercase().replace(['-', '_'], " ");
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words
            .iter()
            .any(|word| matches!(*word, "target" | "tobe" | "future" | "planned" | "vision" | "roadmap" | "soll"))
            || words.windows(2).any(|pair| pair == ["to", "be"])
    }
}
