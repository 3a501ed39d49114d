//! Questions about the whole file, systems, teams and processes.

use super::answers::{AnswersFrom, choice, spread, three};
use super::flows::teams;
use super::{Ask, Question};
use crate::model::{Stack, Status, TeamIx};
use crate::source::Span;

fn question(
    [list, entry]: [&'static str; 2],
    key: &str,
    ask: String,
    example: &str,
    of: Option<TeamIx>,
    place: Span,
) -> Question {
    let asks = vec![Ask { key: key.to_owned(), ask: ask.clone(), example: example.to_owned() }];
    let entry = entry.to_owned();
    let (answers, from) = (Vec::new(), AnswersFrom::Choice);
    Question { list, entry, asks, ask, of, is_guess: false, answers, from, place }
}

impl Question {
    fn of_entry(mut self, id: &str) -> Self {
        self.entry = id.to_owned();
        self
    }

    fn with_spread(mut self, stack: &Stack) -> Self {
        let key = self.asks[0].key.clone();
        if let Some((ends, from)) = spread(stack, &key) {
            (self.answers, self.from) = (three(&[(&key, ends)]), from);
        }
        self
    }

    fn with_choice(mut self, words: &[String]) -> Self {
        self.answers = choice(words);
        self
    }
}

/// What is not known of the whole file.
pub(super) fn settings(stack: &Stack) -> Vec<Question> {
    let place = Span::default();
    let has_work = stack
        .live_flows()
        .any(|(_, flow)| flow.is_manual() && !flow.is_standby && stack.rate(flow.performer).is_none());
    let has_ai = stack.live_systems().any(|(_, system)| system.is_ai());
    let is_dated = has_ai || stack.systems.iter().any(|system| system.contract.renews.is_some());
    let ask =
        |key: &str, words: &str, example: &str| question(["settings", ""], key, words.to_owned(), example, None, place);
    let mut all = Vec::new();
    if stack.hourly_rate.is_none() && has_work {
        let words = "What does an hour of manual work cost, all included? Without it no cost is known.";
        all.push(ask("hourly_rate", words, "85").with_spread(stack));
    }
    if stack.as_of.is_none() && is_dated {
        all.push(ask("as_of", "As of which day does all this hold? Without it no date is judged.", "2026-11-21"));
    }
    if !has_ai {
        return all;
    }
    let practices = &stack.practices;
    let known = |is_known: bool, key: &str, words: &str, example: &str| {
        (!is_known).then(|| ask(key, words, example).with_choice(&[example.to_owned()]))
    };
    all.extend(known(
        practices.ai_policy.is_some(),
        "practices.ai_policy.covers",
        "Is there an AI policy, and does it cover acceptable use, data privacy and the review of outputs?",
        "[acceptable-use, data-privacy, output-review]",
    ));
    all.extend(known(
        practices.evaluation_framework.is_some(),
        "practices.evaluation_framework.covers",
        "By which framework are AI tools evaluated, and what does it cover?",
        "[data-governance, decision-protocol, integration-feasibility, security-review]",
    ));
    all.extend(known(
        practices.vendor_review_cadence.is_some(),
        "practices.vendor_review_cadence",
        "How often are vendors of AI tools reviewed?",
        "90d",
    ));
    all.extend(known(
        practices.quality_standards.is_some(),
        "practices.quality_standards",
        "Where are the quality standards for what AI makes?",
        "docs/quality.md",
    ));
    all.extend(known(
        practices.resilience_plan.is_some(),
        "practices.resilience_plan",
        "Where is the plan for days on which an AI tool does not work?",
        "docs/offline.md",
    ));
    all
}

/// What is not known of systems, teams and processes.
pub(super) fn entries(stack: &Stack) -> Vec<Question> {
    let mut all = Vec::new();
    for (_, system) in stack.live_systems() {
        let (id, name) = (system.id.as_str(), &system.name);
        let ask = |key: &str, words: String, example: &str| {
            question(["systems", ""], key, words, example, system.owner, system.place).of_entry(id)
        };
        if system.availability.is_none() {
            all.push(
                ask("availability", format!("How much of the year does {name} work?"), "99.9%").with_spread(stack),
            );
        }
        if !system.is_ai() {
            continue;
        }
        if system.owner.is_none() {
            all.push(ask("owner", format!("Who owns {name}?"), "a team").with_choice(&teams(stack)));
        }
        if system.security_review.is_none() {
            all.push(ask("security_review", format!("When was the security of {name} reviewed?"), "2026-03-02"));
        }
        let is_production = matches!(system.status, Status::Production | Status::PhasingOut);
        if is_production && system.budget_owner.is_none() {
            let words = format!("Whose budget pays for {name}?");
            all.push(ask("budget_owner", words, "Office of the CMO").with_choice(&["the CMO".to_owned()]));
        }
        if is_production && system.runbook.is_none() {
            let words = format!("Where does it stand what people do while {name} does not work?");
            let path = format!("docs/{id}-offline.md");
            all.push(ask("runbook", words, &path).with_choice(std::slice::from_ref(&path)));
        }
    }
    for process in stack.processes.iter().filter(|process| process.outage_cost.is_none()) {
        let words = format!("What does an hour without {} cost?", process.name);
        let one = question(["processes", ""], "outage_cost", words, "1200", process.owner, process.place);
        all.push(one.of_entry(process.id.as_str()).with_spread(stack));
    }
    for (_, team) in stack.all_teams().filter(|(ix, team)| team.people.is_none() && is_needed(stack, *ix)) {
        let words = format!("How many people are in {}?", team.name);
        let one = question(["teams", ""], "people", words, "4", None, team.place);
        all.push(one.of_entry(team.id.as_str()).with_choice(&["1".to_owned(), "3".to_owned()]));
    }
    all
}

/// Whether something depends on how many people a team has: it performs a flow, or owns a system.
fn is_needed(stack: &Stack, team: TeamIx) -> bool {
    let performs = stack.live_flows().any(|(_, flow)| flow.is_manual() && flow.performer == Some(team));
    performs || stack.live_systems().any(|(_, system)| system.owner == Some(team))
}
