//! The roadmap: waves side by side, what is built in each in which order, and what must come before what.

use crate::analysis::Analysis;
use crate::plan::making::effort_of;
use crate::plan::settings::Unit;
use crate::plan::{Options, Plan, PlanItem};
use crate::report::facts::plan::{Plan as Shown, Unfunded};
use crate::report::say::{counted, days, grouped, hours, listed, money};
use sinew_draw::{Arrangement, Cluster, Diagram, Edge, Emphasis, Mark, Node, Role, Style};

use super::elements::{Elements, some};
use super::phrases::{capital, spelled};

/// The items of `plan` as numbered cards in their waves, with effort, value and weeks, and arrows from what is needed to
/// what needs it. Items come in the order in which they are built, and that is their number.
#[must_use]
pub fn roadmap(analysis: &Analysis<'_>, plan: &Plan) -> Diagram {
    let roadmap = Roadmap { plan, currency: analysis.stack.currency.as_deref() };
    let left_open = Shown::of(analysis.stack, plan, &Options::default()).unfunded;
    let (title, subtitle) = (roadmap.title(), roadmap.subtitle(left_open.len()));
    let mut clusters: Vec<Cluster> =
        plan.items.chunk_by(|a, b| a.wave == b.wave).map(|wave| roadmap.cluster(wave)).collect();
    let mut nodes: Vec<Node> = plan.items.iter().enumerate().map(|(at, item)| roadmap.node(at, item)).collect();
    if plan.items.is_empty() && !left_open.is_empty() {
        // Where nothing is built, what would have to be known to build something is all there is to say.
        clusters.push(Cluster {
            id: OPEN.to_owned(),
            name: format!(
                "Not in the plan · the {} at which it breaks even",
                if roadmap.is_in_hours() { "hours" } else { "value" }
            ),
        });
        nodes.extend(left_open.iter().take(GAPS).map(|one| roadmap.gap(one)));
    }
    let alt = alternative(&title, &subtitle, &nodes);
    Diagram {
        title,
        subtitle,
        source: Elements::of(analysis).source(),
        alt,
        clusters,
        nodes,
        edges: plan.items.iter().flat_map(|item| roadmap.needs(item)).collect(),
        arrangement: Arrangement::Board,
        meanings: vec![(Mark::Emphasis(Emphasis::Ghost), "Not in the plan")],
        ..Diagram::default()
    }
}

/// Gaps that are shown where nothing is built.
const GAPS: usize = 12;

/// The frame of gaps.
const OPEN: &str = "open";

struct Roadmap<'a> {
    plan: &'a Plan,
    currency: Option<&'a str>,
}

impl Roadmap<'_> {
    /// An amount of what the plan counts.
    fn said(&self, amount: f64) -> String {
        match self.plan.settings.unit {
            Unit::Money => money(self.currency, amount),
            Unit::Hours => hours(amount),
        }
    }

    fn is_in_hours(&self) -> bool {
        self.plan.settings.unit == Unit::Hours
    }

    fn days(&self, items: &[PlanItem]) -> f64 {
        items.iter().map(|item| effort_of(self.plan.candidate(item)).0.likely).sum()
    }

    /// `Wave 1 · weeks 1 to 13 · 34 days of work · USD 120,000 a year`.
    fn cluster(&self, wave: &[PlanItem]) -> Cluster {
        let number = wave[0].wave;
        let weeks = self.plan.settings.wave.0;
        let (first, last) = (weeks * (number - 1) as f64 + 1.0, weeks * number as f64);
        let mut parts = vec![
            format!("Wave {number}"),
            format!("weeks {} to {}", grouped(first), grouped(last)),
            format!("{} of work", days(self.days(wave))),
        ];
        let value: f64 = wave.iter().map(|item| item.value.likely).sum();
        if value > 0.0 {
            let word = if self.is_in_hours() { "saves" } else { "worth" };
            parts.push(format!("{word} {} a year", self.said(value)));
        }
        Cluster { id: frame(number), name: parts.join(" · ") }
    }

    fn node(&self, at: usize, item: &PlanItem) -> Node {
        let candidate = self.plan.candidate(item);
        let effort = effort_of(candidate).0;
        let range =
            if effort.low < effort.high { format!(" ({})", spread(effort.low, effort.high)) } else { String::new() };
        let mut account = Vec::new();
        if item.value.likely > 0.0 {
            account.push(format!("{} a year", self.said(item.value.likely)));
        }
        account.push(weeks(item.start.0, item.finish.0));
        let mut notes = vec![account.join(" · ")];
        notes.extend(self.ends(item));
        Node {
            id: candidate.id.clone(),
            name: candidate.title.clone(),
            caption: format!("{} · {}{range}", capital(candidate.kind.as_str()), days(effort.likely)),
            cluster: Some(frame(item.wave)),
            role: Role::Step,
            badge: (at + 1).to_string(),
            notes,
            tooltip: candidate.why.join("; "),
            ..Node::default()
        }
    }

    /// `Removes 1 handoff chain and 3 findings`.
    fn ends(&self, item: &PlanItem) -> Option<String> {
        let is_finding = |id: &&String| self.plan.before.findings.iter().any(|finding| finding.id == **id);
        let findings = item.removes.iter().filter(is_finding).count();
        let chains = item.removes.len() - findings;
        let parts = [some(chains, "handoff chain", "handoff chains"), some(findings, "finding", "findings")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("Removes {}", listed(&parts)))
    }

    /// What the plan leaves open, as a card.
    fn gap(&self, gap: &Unfunded) -> Node {
        let pays = gap.breaks_even_at();
        let known = gap.known();
        let known = if known > 0.0 { format!("; {} known", self.said(known)) } else { String::new() };
        let pays = if pays >= f64::MAX {
            "cannot break even in time".to_owned()
        } else {
            format!("breaks even at {} a year{known}", self.said(pays))
        };
        Node {
            id: gap.item.clone(),
            name: gap.title.clone(),
            caption: days(gap.effort.likely.get()),
            cluster: Some(OPEN.to_owned()),
            role: Role::Step,
            emphasis: Emphasis::Ghost,
            notes: vec![pays],
            ..Node::default()
        }
    }

    /// An arrow from each item that `item` needs and that is built.
    fn needs(&self, item: &PlanItem) -> impl Iterator<Item = Edge> {
        let candidate = self.plan.candidate(item);
        let built = candidate.needs.iter().filter_map(|need| self.plan.find(need).map(|found| (need, found)));
        built.map(|(need, found)| Edge {
            id: format!("{need} {}", candidate.id),
            from: need.clone(),
            to: candidate.id.clone(),
            style: Style::Need,
            tooltip: format!("{} needs {}", candidate.title, self.plan.candidate(found).title),
            ..Edge::default()
        })
    }

    /// `Ten items in 35 days of work are worth USD 339,400 within 104 weeks`.
    fn title(&self) -> String {
        let weeks = grouped(self.plan.settings.horizon.0);
        let (are, items) = match self.plan.items.len() {
            0 => return format!("No option breaks even within {weeks} weeks"),
            1 => ("is", "one item".to_owned()),
            n => ("are", format!("{} items", spelled(n))),
        };
        let work = days(self.days(&self.plan.items));
        let worth = self.said(self.plan.balance.net());
        if self.is_in_hours() {
            let save = if self.plan.items.len() == 1 { "saves" } else { "save" };
            return capital(&format!("{items} in {work} of work {save} {worth} within {weeks} weeks"));
        }
        capital(&format!("{items} in {work} of work {are} worth {worth} within {weeks} weeks"))
    }

    /// How sure that is, and what the picture does not show.
    fn subtitle(&self, left_open: usize) -> String {
        let mut parts = Vec::new();
        if !self.plan.items.is_empty() {
            parts.push(match self.plan.settings.unit {
                Unit::Money => "after work and running cost".to_owned(),
                Unit::Hours => "after the hours of the work; without an hourly rate no cost is known".to_owned(),
            });
            let gap = self.plan.solution.gap();
            parts.push(if gap > 0.0 {
                format!("at most {:.1}% more is possible", gap * 100.0)
            } else {
                "no other choice or order of the options is worth more".to_owned()
            });
        }
        if left_open > 0 {
            let words = counted(left_open, "gap is not in the plan", "gaps are not in the plan");
            let why =
                if self.plan.settings.budget.is_some() { "over budget or no known gain" } else { "no known gain" };
            parts.push(format!("{words}, {why}"));
        }
        capital(&parts.join(" · "))
    }
}

fn frame(wave: usize) -> String {
    format!("wave-{wave}")
}

/// `2 to 6`, in days.
fn spread(low: f64, high: f64) -> String {
    let number = |number: f64| days(number).split(' ').next().unwrap_or_default().to_owned();
    format!("{} to {}", number(low), number(high))
}

/// The calendar weeks that work falls into, the first being 1.
fn weeks(start: f64, finish: f64) -> String {
    // What ends with a week has no part of the next.
    let (first, last) = (start.floor() + 1.0, (finish - 1e-9).ceil().max(start.floor() + 1.0));
    if first == last {
        format!("week {}", grouped(first))
    } else {
        format!("weeks {} to {}", grouped(first), grouped(last))
    }
}

/// Items that the alternative text tells one by one.
const TOLD: usize = 8;

fn alternative(title: &str, subtitle: &str, nodes: &[Node]) -> String {
    let mut text = format!("{title}. Roadmap: {subtitle}.");
    for node in nodes.iter().take(TOLD) {
        text.push_str(&format!(" {}. {}: {}.", node.badge, node.name, node.notes.join(", ")));
    }
    match nodes.len().saturating_sub(TOLD) {
        0 => {}
        more => text.push_str(&format!(" And {}.", counted(more, "more item", "more items"))),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_from_one() {
        assert_eq!(weeks(0.0, 0.4), "week 1");
        assert_eq!(weeks(0.4, 1.0), "week 1");
        assert_eq!(weeks(0.4, 1.2), "weeks 1 to 2");
        assert_eq!(weeks(2.0, 2.0), "week 3");
    }
}
