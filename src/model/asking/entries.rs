//! Questions about systems, teams and processes.

use super::Question;
use super::plausible::Plausible;
use crate::catalog::Kind;
use crate::model::{Stack, Status, System, SystemIx};

/// A day to write as an example: that of the stack, where it has one.
pub(super) fn day(stack: &Stack) -> String {
    stack.as_of.map_or_else(|| "2026-11-21".to_owned(), |day| day.to_string())
}

/// What is not known of systems, teams and processes.
pub(super) fn questions(plausible: &Plausible<'_>) -> Vec<Question> {
    let stack = plausible.stack;
    let mut all = Vec::new();
    for (ix, _) in stack.live_systems() {
        of_system(plausible, ix, &mut all);
    }
    for process in &stack.processes {
        let one = |key: &str, words: String, example: &str| Question {
            entry: process.id.to_string(),
            name: process.name.to_string(),
            of: process.owner,
            place: process.place,
            ..Question::of_key("processes", key, words, example)
        };
        if process.owner.is_none() {
            all.push(one("owner", format!("Who owns {}?", process.name), "a team").with_choice(&plausible.teams));
        }
        if process.outage_cost.is_none() {
            let words = format!("What does an hour without {} cost?", process.name);
            all.push(one("outage_cost", words, "1200").with_spread(plausible));
        }
    }
    for (ix, team) in stack.all_teams().filter(|(ix, team)| team.people.is_none() && plausible.is_busy(*ix)) {
        let words = format!("How many people are in {}?", team.name);
        let one = Question {
            entry: team.id.to_string(),
            name: team.name.to_string(),
            of: Some(ix),
            place: team.place,
            ..Question::of_key("teams", "people", words, "4")
        };
        all.push(one.with_choice(&["1", "3"]));
    }
    all
}

fn of_system(plausible: &Plausible<'_>, ix: SystemIx, all: &mut Vec<Question>) {
    let stack = plausible.stack;
    let system = stack.system(ix);
    let (id, name) = (system.id.as_str(), &system.name);
    let one = |key: &str, words: String, example: &str| Question {
        entry: id.to_owned(),
        name: name.to_string(),
        of: system.owner,
        place: system.place,
        ..Question::of_key("systems", key, words, example)
    };
    if system.availability.is_none() {
        all.push(
            one("availability", format!("How much of the year does {name} work?"), "99.9%").with_spread(plausible),
        );
    }
    if system.owner.is_none() && !system.is_carrier() {
        all.push(one("owner", format!("Who owns {name}?"), "a team").with_choice(&plausible.teams));
    }
    if system.facts.interfaces.is_none() && plausible.is_carried(ix) {
        let words = format!("How do records get in and out of {name}, other than by hand?");
        all.push(one("interfaces", words, "[rest]").with_choice(&["[]", "[rest]"]));
    }
    if system.is_ai() {
        of_ai_tool(stack, system, one, all);
    }
}

/// What an AI tool lacks where it is in regular use.
fn of_ai_tool(stack: &Stack, system: &System, one: impl Fn(&str, String, &str) -> Question, all: &mut Vec<Question>) {
    let (id, name) = (system.id.as_str(), &system.name);
    let dated = |key: &str, words: String| {
        let question = one(key, words, &day(stack));
        // Without a day of the stack nobody can say which days are plausible.
        stack.as_of.map_or(question.clone(), |day| question.with_choice(&[day.to_string()]))
    };
    if system.security_review.is_none() {
        all.push(dated("security_review", format!("When was the security of {name} reviewed?")));
    }
    if system.status == Status::Pilot && system.pilot.as_ref().is_none_or(|pilot| pilot.decide_by.is_none()) {
        all.push(dated("pilot.decide_by", format!("By when is it decided whether {name} stays?")));
    }
    if !system.is_in_production() {
        return;
    }
    if system.vendor_review.last.is_none() {
        all.push(dated("vendor_review.last", format!("When was the vendor of {name} last reviewed?")));
    }
    if system.contract.renews.is_none() {
        all.push(one("contract.renews", format!("When does the contract for {name} renew?"), &day(stack)));
    }
    if system.budget_owner.is_none() {
        let words = format!("Whose budget pays for {name}?");
        all.push(one("budget_owner", words, "\"Office of the CMO\"").with_choice(&["\"Office of the CMO\""]));
    }
    let path = |about: &str| format!("docs/{id}-{about}.md");
    if system.runbook.is_none() {
        let words = format!("Where does it stand what people do while {name} does not work?");
        all.push(one("runbook", words, &path("offline")).with_choice(&[path("offline")]));
    }
    let makes_content = |system: &System| {
        let content = |data| stack.data_object(data).is_content();
        system.makes.iter().any(|making| content(making.data) || making.model.is_some())
    };
    if system.quality_standard.is_none() && (makes_content(system) || system.facts.kind == Kind::AiScoring) {
        let words = format!("Where is the standard that the output of {name} must meet?");
        all.push(one("quality_standard", words, &path("quality")).with_choice(&[path("quality")]));
    }
}
