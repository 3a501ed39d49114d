//! The legend: every mark a diagram uses and none other, each with its words.

use crate::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Role, Style};

/// One line of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LegendEntry {
    /// The mark, drawn as a sample.
    pub mark: Mark,
    /// What the mark means, as the legend says it.
    pub words: &'static str,
    /// How a line of it works that is shown as a sample: where lines of different kinds have the mark, as the first of them.
    pub line: Style,
    /// What is said of that line.
    pub emphasis: EdgeEmphasis,
}

impl LegendEntry {
    /// The entry that explains `mark` in `diagram`.
    pub(crate) fn of(diagram: &Diagram, mark: Mark) -> LegendEntry {
        let first = |is: &dyn Fn(&Edge) -> bool| diagram.edges.iter().find(|edge| is(edge)).map(|edge| edge.style);
        let line = match mark {
            Mark::Style(style) => Some(style),
            Mark::EdgeEmphasis(emphasis) => first(&|edge| edge.emphasis == emphasis && !is_gray_need(edge)),
            Mark::Weight => first(&|edge| edge.weight > 0.0),
            Mark::Role(_) | Mark::Emphasis(_) | Mark::Key | Mark::Guess => None,
        };
        let of_style = |style| diagram.edges.iter().filter(move |edge| edge.style == style);
        let emphasis = match mark {
            // Where all of them are gray, so is the sample.
            Mark::Style(style) if of_style(style).count() > 0 && of_style(style).all(is_gray_need) => {
                EdgeEmphasis::Receded
            }
            Mark::EdgeEmphasis(emphasis) => emphasis,
            _ => EdgeEmphasis::Normal,
        };
        LegendEntry { mark, words: meaning(diagram, mark), line: line.unwrap_or_default(), emphasis }
    }
}

/// The entries for exactly the marks that `diagram` uses, in the order of [`Mark`]: boxes, what is
/// said of boxes, lines, what is said of lines, thickness, guesses. [`Mark::Key`] is not among them.
#[must_use]
pub fn legend(diagram: &Diagram) -> Vec<LegendEntry> {
    let mut marks: Vec<Mark> = Vec::new();
    for node in &diagram.nodes {
        // Boxes with a verdict are criteria, and their marks say so.
        if !matches!(node.emphasis, Emphasis::Met | Emphasis::NotMet | Emphasis::NotKnown | Emphasis::NothingToJudge) {
            marks.push(Mark::Role(node.role));
        }
        // One sample for single points, gray ones or not: their outline is what counts.
        let emphasis = if node.emphasis == Emphasis::RecededPoint { Emphasis::Point } else { node.emphasis };
        if emphasis != Emphasis::Normal {
            marks.push(Mark::Emphasis(emphasis));
        }
    }
    if diagram.nodes.iter().any(|node| node.is_guess) || diagram.edges.iter().any(|edge| edge.is_guess) {
        marks.push(Mark::Guess);
    }
    for edge in &diagram.edges {
        marks.push(Mark::Style(edge.style));
        if edge.emphasis != EdgeEmphasis::Normal && !is_gray_need(edge) {
            marks.push(Mark::EdgeEmphasis(edge.emphasis));
        }
        if edge.weight > 0.0 {
            marks.push(Mark::Weight);
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks.into_iter().map(|mark| LegendEntry::of(diagram, mark)).collect()
}

/// Whether a line is one of those between a system and what it runs on or an item and what comes before it, and recedes: it is gray
/// like flows that recede, but is none.
fn is_gray_need(edge: &Edge) -> bool {
    edge.emphasis == EdgeEmphasis::Receded && !edge.style.is_flow()
}

/// The same as slides show it: boxes say themselves what they are, but for who has the last word on data, and for bars; and flows that
/// are gray are of one kind.
pub(crate) fn on_slides(diagram: &Diagram) -> Vec<LegendEntry> {
    let is_told = |mark: &Mark| match mark {
        Mark::Role(role @ (Role::SystemOfRecord | Role::Work | Role::Duty | Role::Check)) => {
            diagram.nodes.iter().any(|node| node.role == *role && !node.emphasis.is_receded())
        }
        Mark::Role(_) => false,
        Mark::Style(style) => {
            let is_other = |edge: &Edge| edge.emphasis == EdgeEmphasis::Receded && !is_gray_need(edge);
            diagram.edges.iter().any(|edge| edge.style == *style && !is_other(edge))
        }
        _ => true,
    };
    legend(diagram).into_iter().filter(|entry| is_told(&entry.mark)).collect()
}

/// What a mark means in `diagram`.
#[must_use]
pub fn meaning(diagram: &Diagram, mark: Mark) -> &'static str {
    diagram.meanings.iter().find(|(of, _)| *of == mark).map_or_else(|| words(mark), |(_, words)| *words)
}

/// What a mark means, in the words of the glossary.
#[must_use]
pub fn words(mark: Mark) -> &'static str {
    match mark {
        Mark::Role(Role::System) => "System",
        Mark::Role(Role::SystemOfRecord) => "System of record",
        Mark::Role(Role::AiTool) => "AI tool",
        Mark::Role(Role::Carrier) => "Spreadsheet, chat or files",
        Mark::Role(Role::Middleware) => "Middleware",
        Mark::Role(Role::Process) => "Process",
        Mark::Role(Role::Team) => "Team",
        Mark::Role(Role::Domain) => "Domain",
        Mark::Role(Role::Step) => "Item of the plan",
        Mark::Role(Role::Work) => "Built for what it is worth",
        Mark::Role(Role::Duty) => "Must be done",
        Mark::Role(Role::Check) => "To find out first",
        Mark::Emphasis(Emphasis::Normal) => "As is",
        Mark::Emphasis(Emphasis::Ringed) => "Single point of failure",
        Mark::Emphasis(Emphasis::RingedDashed) => "Single point of failure, covered",
        Mark::Emphasis(Emphasis::Point | Emphasis::RecededPoint) => "Single point of failure as well",
        Mark::Emphasis(Emphasis::Lost) => "Lost",
        Mark::Emphasis(Emphasis::Receded) => "For orientation",
        Mark::Emphasis(Emphasis::New) => "New",
        Mark::Emphasis(Emphasis::Ghost) => "Removed",
        Mark::Emphasis(Emphasis::Met) => "Met",
        Mark::Emphasis(Emphasis::NotMet) => "Not met",
        Mark::Emphasis(Emphasis::NotKnown) => "Not known",
        Mark::Emphasis(Emphasis::NothingToJudge) => "Nothing to judge",
        Mark::Style(Style::Automated) => "Automated flow",
        Mark::Style(Style::Manual) => "Manual flow",
        Mark::Style(Style::Standby) => "Standby flow",
        Mark::Style(Style::Planned) => "Planned flow",
        Mark::Style(Style::New) => "New flow",
        Mark::Style(Style::Ghost) => "Flow removed",
        Mark::Style(Style::Need) => "Must come before",
        Mark::Style(Style::DependsOn) => "Depends on",
        Mark::EdgeEmphasis(EdgeEmphasis::Normal) => "Flow",
        Mark::EdgeEmphasis(EdgeEmphasis::Strong) => "Flow the title is about",
        Mark::EdgeEmphasis(EdgeEmphasis::Lost) => "Flow lost",
        Mark::EdgeEmphasis(EdgeEmphasis::Receded) => "Other flow",
        Mark::Weight => "Thicker: more hours",
        Mark::Key => "Number: entry in the key",
        Mark::Guess => "A guess, to be confirmed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Node;

    #[test]
    fn the_legend_has_the_marks_used_and_none_other() {
        let mut d = Diagram::default();
        assert!(legend(&d).is_empty());
        d.nodes.push(Node { role: Role::AiTool, ..Node::default() });
        d.nodes.push(Node { role: Role::AiTool, emphasis: Emphasis::Ringed, ..Node::default() });
        d.edges.push(Edge { style: Style::Manual, weight: 2.0, ..Edge::default() });
        let marks: Vec<Mark> = legend(&d).into_iter().map(|e| e.mark).collect();
        assert_eq!(
            marks,
            [Mark::Role(Role::AiTool), Mark::Emphasis(Emphasis::Ringed), Mark::Style(Style::Manual), Mark::Weight]
        );
    }

    #[test]
    fn dependencies_that_recede_are_not_among_other_flows() {
        let edge = |style, emphasis| Edge { style, emphasis, ..Edge::default() };
        let needs = edge(Style::DependsOn, EdgeEmphasis::Receded);
        let mut d = Diagram { edges: vec![needs], ..Diagram::default() };
        let marks = |d: &Diagram| {
            on_slides(d).into_iter().map(|entry| (entry.mark, entry.line, entry.emphasis)).collect::<Vec<_>>()
        };
        let gray = (Mark::Style(Style::DependsOn), Style::DependsOn, EdgeEmphasis::Receded);
        assert_eq!(marks(&d), [gray]);
        d.edges.push(edge(Style::Manual, EdgeEmphasis::Receded));
        let other = (Mark::EdgeEmphasis(EdgeEmphasis::Receded), Style::Manual, EdgeEmphasis::Receded);
        assert_eq!(marks(&d), [gray, other]);
        d.edges.push(edge(Style::DependsOn, EdgeEmphasis::Normal));
        let dark = (Mark::Style(Style::DependsOn), Style::DependsOn, EdgeEmphasis::Normal);
        assert_eq!(marks(&d), [dark, other]);
    }
}
