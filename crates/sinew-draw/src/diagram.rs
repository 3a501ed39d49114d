//! A diagram: what is drawn and why it is drawn so, before anything has a position.

use std::sync::Arc;

use crate::aside::Aside;
use crate::paper::Paper;
use crate::stood::Stood;

/// A picture without positions. Order is part of the value: clusters, nodes and edges are
/// drawn, numbered and listed in the order given, so whoever builds one sorts by a stated key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// The message, one sentence: "Nine handoffs cost 1,140 hours a year".
    pub title: String,
    /// What the title rests on, one line beneath it; empty for none.
    pub subtitle: String,
    /// Where the facts come from: stack name and date; drawn at the foot; empty for none.
    pub source: String,
    /// Alternative text for those who cannot see the picture; empty to have one made.
    pub alt: String,
    /// Frames that nodes are drawn in (domains, mostly).
    pub clusters: Vec<Cluster>,
    /// Boxes, in the order of the view.
    pub nodes: Vec<Node>,
    /// Lines between boxes, in the order of the view.
    pub edges: Vec<Edge>,
    /// How slides arrange it.
    pub arrangement: Arrangement,
    /// What marks mean here, where that is more than the legend's own words say.
    pub meanings: Vec<(Mark, &'static str)>,
    /// What those can do that are ringed or outlined, such as `can stop a process`: an overview counts them so. Empty where none
    /// are counted.
    pub points: &'static str,
    /// The weeks and waves that bars stand on, where there are bars.
    pub axis: Axis,
    /// What is said beside the picture.
    pub aside: Aside,
    /// What its slides are laid out for.
    pub paper: Paper,
    /// The picture that this one shows again with something else said: boxes of both stand in the places that they have there.
    pub stands_as: Option<Arc<Diagram>>,
    /// The places of an earlier picture of much the same boxes: those that it had stand there, where that leaves room for lines.
    pub stands_in: Option<Arc<Stood>>,
}

/// How slides arrange a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Wherever lines are short and cross little.
    #[default]
    Network,
    /// Frames as steps that rise from left to right, in their order, boxes in theirs; lines and boxes outside of frames
    /// are not drawn.
    Ladder,
    /// A row for each box, in their order, with its [bar](Node::bar) on an axis of weeks and what it is worth; lines from bar to
    /// bar. Frames are not drawn.
    Gantt,
}

/// The axis of time of bars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// The day on which each week begins, from the first; empty where days are not known.
    pub days: Vec<String>,
    /// Spans of weeks with a name, in order: from, to.
    pub spans: Vec<(String, f64, f64)>,
    /// What the figures at the right are.
    pub worth: String,
}

/// Work on an axis of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Weeks from the start of the axis.
    pub start: f64,
    /// Weeks from the start of the axis, not before the start.
    pub finish: f64,
    /// How it is drawn: [`Role::Work`], [`Role::Duty`] or [`Role::Check`].
    pub role: Role,
    /// What stands in the bar where it has room; may be empty.
    pub words: String,
    /// What it is worth, at least 0; only the ratio to the largest matters.
    pub worth: f64,
    /// The same in words, or what there is to say instead.
    pub figure: String,
}

/// A frame with a name, drawn around its nodes. One without nodes is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cluster {
    /// Unique among clusters, stable from run to run.
    pub id: String,
    /// What the frame is headed with.
    pub name: String,
}

/// A box with name, caption, icon and emphasis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Node {
    /// Unique among nodes, stable from run to run (the stack's own id).
    pub id: String,
    /// The name, in bold.
    pub name: String,
    /// A smaller line beneath the name ("CRM · Salesforce"); empty for none.
    pub caption: String,
    /// Id of the cluster it is drawn in; `None` or an unknown id is drawn outside of all frames.
    pub cluster: Option<String>,
    /// What it is gathered with where it is in no cluster and the diagram is too large for one slide ("Sales"); empty for nothing.
    pub family: String,
    /// What the box stands for, which gives shape, icon and color.
    pub role: Role,
    /// What this picture says about it.
    pub emphasis: Emphasis,
    /// Short words set off at its right ("3", "wave 2"); empty for none.
    pub badge: String,
    /// What it costs, where the picture is about that ("USD 1.2k an hour"): light on a filled badge beneath its words; empty for none.
    pub price: String,
    /// Further small lines beneath the caption ("owner unknown"); never dropped for lack of room.
    pub notes: Vec<String>,
    /// What a reader sees when pointing at it; empty for none.
    pub tooltip: String,
    /// When the work is done that it stands for, on an axis of time.
    pub bar: Option<Bar>,
    /// Its step in the reading direction: boxes of lower steps stand further left, where lines allow it.
    pub step: Option<u8>,
    /// Its layer: boxes of lower layers stand further up, where lines allow it.
    pub layer: Option<u8>,
    /// Whether it is a guess that it is there, so that its name ends in [`GUESS`], which the legend then explains.
    pub is_guess: bool,
}

/// A line from one box to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edge {
    /// Unique among edges, stable from run to run (the stack's own id).
    pub id: String,
    /// Id of the node it leaves; an edge of which an end is unknown is not drawn.
    pub from: String,
    /// Id of the node it enters; may be the same node.
    pub to: String,
    /// The boxes that it passes on its way, in their order: it is drawn from each to the next. Its label says `via NAME` of
    /// those that the diagram lacks.
    pub stops: Vec<Stop>,
    /// What it is labeled with, one string a line; empty for no label.
    pub label: Vec<String>,
    /// What it costs, where the picture is about that ("USD 77k"): light on a filled badge beneath its label; empty for none.
    pub price: String,
    /// How the flow works, which gives dash and color.
    pub style: Style,
    /// What this picture says about it.
    pub emphasis: EdgeEmphasis,
    /// How much it carries (hours a year, say), at least 0; the line is drawn thicker with it.
    /// 0 for a plain line; only the ratio to the largest in the diagram matters.
    pub weight: f64,
    /// Hours a year that it takes, 0 for none or not known. Not drawn: an overview names the heaviest by it.
    pub hours: f64,
    /// What a reader sees when pointing at it (the evidence); empty for none.
    pub tooltip: String,
    /// The place in a ranking that the whole picture speaks of ("3", "3, 9"): drawn before its label, and in place of a
    /// number of the layout's own where the label stands in the key; empty for none.
    pub rank: String,
    /// Whether it rests on a guess: a question mark behind the first line of its label, and where it has none, alone.
    pub is_guess: bool,
}

/// A box on the way of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stop {
    /// Id of the node.
    pub id: String,
    /// What it is called where the diagram lacks it.
    pub name: String,
}

/// What a box stands for; each has a shape, an icon and a color of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// A system with no special part.
    #[default]
    System,
    /// The system of record of some data object.
    SystemOfRecord,
    /// A system that is built on AI.
    AiTool,
    /// A spreadsheet, messaging tool or file share that relays data between people.
    Carrier,
    /// iPaaS, ETL, reverse ETL and the like.
    Middleware,
    /// A process that needs data at systems.
    Process,
    /// A team that owns or performs something.
    Team,
    /// A whole domain with its systems inside, on an overview.
    Domain,
    /// A criterion, a stage, a plan item: a step of an argument rather than a thing.
    Step,
    /// A bar of work that is done for what it is worth.
    Work,
    /// A bar of work that is done whatever it is worth.
    Duty,
    /// A bar of what has to be found out first: hatched.
    Check,
}

impl Role {
    /// Radius in points of the corners of a box whose shape is a rounded rectangle.
    #[must_use]
    pub fn corner(self) -> f64 {
        match self {
            Self::Process => 10.0,
            Self::AiTool => 8.0,
            Self::Team | Self::Step => 1.0,
            Self::Work | Self::Duty | Self::Check => 2.0,
            _ => 4.0,
        }
    }
}

/// What a picture says about a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Emphasis {
    /// Drawn as its role or style is, no more.
    #[default]
    Normal,
    /// A single point of failure: a ring.
    Ringed,
    /// A single point of failure that is covered: a dashed ring.
    RingedDashed,
    /// A single point of failure beside the one that a picture is about: an outline in the color of rings.
    Point,
    /// It fails or is lost.
    Lost,
    /// Still there, but not what this picture is about.
    Receded,
    /// The same of a single point of failure.
    RecededPoint,
    /// Comes with the plan.
    New,
    /// Goes with the plan, or is shown for orientation only.
    Ghost,
    /// A criterion that is met: a tick.
    Met,
    /// A criterion that is not met: a cross.
    NotMet,
    /// A criterion of which nothing is known: dashed, with a question mark.
    NotKnown,
    /// A criterion for which there is nothing to judge: a dash.
    NothingToJudge,
}

impl Emphasis {
    /// The same where a picture is not about it.
    #[must_use]
    pub fn receded(self) -> Self {
        match self {
            Self::Normal => Self::Receded,
            Self::Point => Self::RecededPoint,
            other => other,
        }
    }

    /// Whether the picture is not about it.
    #[must_use]
    pub fn is_receded(self) -> bool {
        matches!(self, Self::Receded | Self::RecededPoint)
    }
}

/// How a flow works; each has a dash pattern and a color of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Style {
    /// Runs without a person.
    #[default]
    Automated,
    /// A person carries the data.
    Manual,
    /// Only when another fails.
    Standby,
    /// Does not exist yet.
    Planned,
    /// Comes with the plan.
    New,
    /// Goes with the plan.
    Ghost,
    /// No flow: what it leaves must be there before what it enters.
    Need,
    /// No flow: what it leaves does not run without what it enters.
    DependsOn,
}

impl Style {
    /// Whether it carries data, now or later; what does not is drawn, and counted with no flows.
    #[must_use]
    pub fn is_flow(self) -> bool {
        !matches!(self, Self::Need | Self::DependsOn)
    }
}

/// What a picture says about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum EdgeEmphasis {
    /// Drawn as its role or style is, no more.
    #[default]
    Normal,
    /// One of those the title is about.
    Strong,
    /// It fails or is lost.
    Lost,
    /// Still there, but not what this picture is about.
    Receded,
}

/// A mark that needs explaining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The look of a box, by what it stands for.
    Role(Role),
    /// What is said about a box; never `Normal`.
    Emphasis(Emphasis),
    /// The look of a line, by how it works.
    Style(Style),
    /// What is said about a line; never `Normal`.
    EdgeEmphasis(EdgeEmphasis),
    /// Lines of different thickness.
    Weight,
    /// A number on a line that stands for words in the key (added by the layout).
    Key,
    /// The question mark of a guess.
    Guess,
}

impl Edge {
    /// The same with those stops that are known; the others are named behind the first line of its label, if it has one.
    #[must_use]
    pub fn stopping_at(&self, is_known: impl Fn(&str) -> bool) -> Edge {
        let (stops, others): (Vec<&Stop>, Vec<&Stop>) = self.stops.iter().partition(|stop| is_known(&stop.id));
        let mut edge = Edge { stops: stops.into_iter().cloned().collect(), ..self.clone() };
        if !edge.label.is_empty() && !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|stop| stop.name.as_str()).collect();
            let (last, first) = names.split_last().map_or(("", &[][..]), |(last, first)| (*last, first));
            let names = if first.is_empty() { last.to_owned() } else { format!("{} and {last}", first.join(", ")) };
            edge.label.insert(1, format!("via {names}"));
        }
        edge
    }

    /// The boxes that it joins, from the first to the last, none of them twice in a row.
    #[must_use]
    pub fn way(&self) -> Vec<&str> {
        let stops = self.stops.iter().map(|stop| stop.id.as_str());
        let mut way = vec![self.from.as_str()];
        for id in stops.filter(|id| *id != self.to) {
            if way.last() != Some(&id) {
                way.push(id);
            }
        }
        // A line from a box to itself is one too.
        way.push(&self.to);
        way
    }

    /// The label with the rank before it, and with the question mark of a guess; one string a line.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut lines = self.label.clone();
        match lines.first_mut() {
            Some(first) if !self.rank.is_empty() => *first = format!("{} · {first}", self.rank),
            None if !self.rank.is_empty() => lines.push(self.rank.clone()),
            _ => {}
        }
        match lines.first_mut() {
            Some(first) if self.is_guess => first.push_str(GUESS),
            None if self.is_guess => lines.push(GUESS.trim_start().to_owned()),
            _ => {}
        }
        lines
    }
}

/// What stands behind the words of a guess; the space does not end a line.
pub const GUESS: &str = "\u{a0}?";

impl Emphasis {
    /// Whether it is drawn as a mark in a corner of the box.
    #[must_use]
    pub fn has_corner_mark(self) -> bool {
        matches!(self, Self::Lost | Self::New | Self::Met | Self::NotMet | Self::NotKnown | Self::NothingToJudge)
    }
}

impl Diagram {
    /// The same with its boxes in the places that they have in `other`.
    #[must_use]
    pub fn standing_as(self, other: impl Into<Arc<Diagram>>) -> Self {
        Self { stands_as: Some(other.into()), ..self }
    }

    /// The same with its boxes in the places of an earlier picture, or those of what it stands as.
    #[must_use]
    pub fn standing_in(self, stood: Option<Arc<Stood>>) -> Self {
        match &self.stands_as {
            Some(base) => {
                let base = Diagram::clone(base).standing_in(stood);
                self.standing_as(base)
            }
            None => Self { stands_in: stood, ..self },
        }
    }

    /// The same with type of at least `least` points.
    #[must_use]
    pub fn in_type(self, least: f64) -> Diagram {
        Self { paper: Paper { least, ..self.paper }, ..self }
    }

    /// The same laid out for `paper` in type as large as before, and so is what it stands as.
    #[must_use]
    pub fn on(self, paper: &Paper) -> Diagram {
        let stands_as = self.stands_as.map(|base| Arc::new(Diagram::clone(&base).on(paper)));
        Self { paper: Paper { least: self.paper.least, ..*paper }, stands_as, ..self }
    }

    /// How many of its lines are flows.
    #[must_use]
    pub fn flows(&self) -> usize {
        self.edges.iter().filter(|edge| edge.style.is_flow()).count()
    }

    /// The alternative text: [`Diagram::alt`], or one made of title and counts where that is empty.
    #[must_use]
    pub fn alternative_text(&self) -> String {
        if !self.alt.is_empty() {
            return self.alt.clone();
        }
        let manual = self.edges.iter().filter(|e| e.style == Style::Manual).count();
        let mut text = self.title.clone();
        if !text.is_empty() && !text.ends_with(['.', '!', '?']) {
            text.push('.');
        }
        let mut parts = vec![counted(self.nodes.len(), "box", "boxes")];
        if !self.clusters.is_empty() {
            parts.push(counted(self.clusters.len(), "group", "groups"));
        }
        parts.push(counted(self.edges.len(), "line", "lines"));
        if manual > 0 {
            parts.push(format!("{manual} of them by hand"));
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str("Diagram of ");
        text.push_str(&parts.join(", "));
        text.push('.');
        text
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alternative_text_says_title_and_counts() {
        let mut d = Diagram { title: "All is well".into(), ..Diagram::default() };
        d.nodes.push(Node { id: "a".into(), ..Node::default() });
        d.edges.push(Edge { style: Style::Manual, ..Edge::default() });
        assert_eq!(d.alternative_text(), "All is well. Diagram of 1 box, 1 line, 1 of them by hand.");
        d.alt = "Own words".into();
        assert_eq!(d.alternative_text(), "Own words");
    }
}
