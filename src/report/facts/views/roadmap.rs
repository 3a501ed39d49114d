//! The roadmap: what is built when, in which order, what must come before what, and what it is worth.

use crate::analysis::Analysis;
use crate::model::{ItemKind, Stack};
use crate::plan::making::effort_of;
use crate::plan::owner::{day, owner};
use crate::plan::settings::Unit;
use crate::plan::{Options, Plan, PlanItem};
use crate::report::facts::message::roadmap_title;
use crate::report::facts::plan::{Plan as Shown, Unfunded};
use crate::report::say::{Bound, Figure, counted, days, grouped, listed};
use sinew_draw::{Arrangement, Axis, Bar, Cluster, Diagram, Edge, Emphasis, Mark, Node, Role, Style};
use sinew_order::Weeks;

use super::elements::{Elements, some};
use super::phrases::capital;

/// The items of `plan` as numbered bars on their weeks, with kind, effort, owner and value, in frames by wave, and arrows from what is
/// needed to what needs it. Items come in the order in which they are built, and that is their number.
#[must_use]
pub fn roadmap(analysis: &Analysis<'_>, plan: &Plan) -> Diagram {
    let roadmap = Roadmap { plan, stack: analysis.stack, currency: analysis.stack.currency.as_deref() };
    let left_open = Shown::of(analysis.stack, plan, &Options::default()).unfunded;
    let (title, subtitle) = (roadmap.title(), roadmap.subtitle(left_open.len()));
    let mut clusters: Vec<Cluster> =
        plan.items.chunk_by(|a, b| a.wave == b.wave).map(|wave| roadmap.cluster(wave)).collect();
    let mut nodes: Vec<Node> = plan.items.iter().enumerate().map(|(at, item)| roadmap.node(at, item)).collect();
    if plan.items.len() < FEW && !left_open.is_empty() {
        // Where little is built, what would have to be known to build more is what there is to say.
        clusters.push(Cluster {
            id: OPEN.to_owned(),
            name: format!(
                "Not in the plan · the {} at which it breaks even",
                if roadmap.is_in_hours() { "hours" } else { "value" }
            ),
        });
        nodes.extend(left_open.iter().take(GAPS - plan.items.len()).map(|one| roadmap.gap(one)));
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
        axis: roadmap.axis(),
        arrangement: Arrangement::Gantt,
        meanings: vec![(Mark::Emphasis(Emphasis::Ghost), "Not in the plan")],
        ..Diagram::default()
    }
}

/// What items gain a year: at least so much where one ends flows without figures; `None` where nothing is known of it.
fn gain(items: &[PlanItem]) -> Option<Figure> {
    let known: f64 = items.iter().map(|item| item.value.likely).sum();
    let is_least = items.iter().any(|item| item.unknown > 0);
    (known > 0.0).then(|| Figure::least_if(is_least, known))
}

/// Items below which gaps are shown as well, and rows of both.
const FEW: usize = 5;
const GAPS: usize = 8;

/// Weeks of which the axis knows the day.
const WEEKS: f64 = 600.0;

/// The frame of gaps.
const OPEN: &str = "open";

struct Roadmap<'a> {
    plan: &'a Plan,
    stack: &'a Stack,
    currency: Option<&'a str>,
}

impl Roadmap<'_> {
    /// An amount of what the plan counts.
    fn said(&self, amount: f64) -> String {
        self.said_of(Figure::new(amount, Bound::Value))
    }

    fn said_of(&self, figure: Figure) -> String {
        match self.plan.settings.unit {
            Unit::Money => figure.money(self.currency),
            Unit::Hours => figure.hours(),
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
        if let Some(gain) = gain(wave) {
            let word = if self.is_in_hours() { "saves" } else { "worth" };
            parts.push(format!("{word} {} a year", self.said_of(gain)));
        }
        Cluster { id: frame(number), name: parts.join(" · ") }
    }

    fn node(&self, at: usize, item: &PlanItem) -> Node {
        let candidate = self.plan.candidate(item);
        let effort = effort_of(candidate).0;
        let range =
            if effort.low < effort.high { format!(" ({})", spread(effort.low, effort.high)) } else { String::new() };
        let mut account = Vec::new();
        if let Some(gain) = gain(std::slice::from_ref(item)) {
            account.push(format!("{} a year", self.said_of(gain)));
        }
        account.push(weeks(item.start.0, item.finish.0));
        let mut notes = vec![account.join(" · ")];
        notes.extend(self.ends(item));
        let owner = owner(self.stack, &self.plan.candidates, candidate);
        let owner = owner.map(|team| format!(" · {}", self.stack.team(team).name)).unwrap_or_default();
        Node {
            id: candidate.id.clone(),
            name: candidate.title.clone(),
            caption: format!("{} · {}{range}{owner}", capital(candidate.kind.as_str()), days(effort.likely)),
            bar: Some(self.bar(at, item)),
            cluster: Some(frame(item.wave)),
            role: Role::Step,
            badge: (at + 1).to_string(),
            notes,
            tooltip: candidate.why.join("; "),
            ..Node::default()
        }
    }

    /// When it is built, and what it is worth.
    fn bar(&self, at: usize, item: &PlanItem) -> Bar {
        let candidate = self.plan.candidate(item);
        let is_duty = self.plan.obligations.items.contains(&item.candidate);
        let role = match candidate.kind {
            ItemKind::Verify => Role::Check,
            _ if is_duty => Role::Duty,
            _ => Role::Work,
        };
        let needing: Vec<usize> = (0..self.plan.items.len())
            .filter(|other| self.plan.candidate(&self.plan.items[*other]).needs.contains(&candidate.id))
            .collect();
        let closes = self.plan.closes.get(&at).map_or(0, Vec::len);
        let figure = match (gain(std::slice::from_ref(item)), role, needing.as_slice()) {
            (Some(gain), ..) => self.spoken(gain),
            (_, Role::Check, _) => "to find out".to_owned(),
            (_, _, [one]) => format!("for item {}", one + 1),
            (_, _, [_, ..]) => format!("for {} items", needing.len()),
            (_, Role::Duty, _) => "must be done".to_owned(),
            _ if closes > 0 => counted(closes, "criterion", "criteria"),
            _ => "none known".to_owned(),
        };
        Bar {
            start: item.start.0,
            finish: item.finish.0,
            role,
            words: days(effort_of(candidate).0.likely),
            worth: item.value.likely.max(0.0),
            figure,
        }
    }

    /// An amount as it is said: `USD 53k`, `470 h`.
    fn spoken(&self, figure: Figure) -> String {
        match self.plan.settings.unit {
            Unit::Money => figure.spoken(self.currency),
            Unit::Hours => format!("{} h", figure.grouped()),
        }
    }

    /// The days on which weeks begin, and the waves.
    fn axis(&self) -> Axis {
        let weeks = self.plan.items.iter().map(|item| item.finish.0).fold(0.0, f64::max).ceil().min(WEEKS) as usize;
        let day_of = |week: usize| day(self.stack, Weeks(week as f64)).map(|day| day.strftime("%-d %b").to_string());
        let days: Option<Vec<String>> = (0..weeks).map(day_of).collect();
        let length = self.plan.settings.wave.0;
        let wave = |items: &[PlanItem]| {
            let number = items[0].wave;
            let worth = gain(items).map(|gain| format!(" · {} a year", self.spoken(gain))).unwrap_or_default();
            let name = format!("Wave {number} · {}{worth}", counted(items.len(), "item", "items"));
            (name, length * (number - 1) as f64, length * number as f64)
        };
        Axis {
            days: days.unwrap_or_default(),
            spans: self.plan.items.chunk_by(|a, b| a.wave == b.wave).map(wave).collect(),
            worth: if self.is_in_hours() { "saves a year" } else { "worth a year" }.to_owned(),
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

    fn title(&self) -> String {
        let (count, work) = (self.plan.items.len(), self.days(&self.plan.items));
        let worth = self.said(self.plan.balance.net());
        roadmap_title(count, work, &worth, self.plan.settings.horizon.0, self.is_in_hours())
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
            let why = match self.plan.settings.budget {
                Some(_) => "no budget, no gain, or value not known",
                None => "no gain, or value not known",
            };
            parts.push(format!("{words}: {why}"));
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
