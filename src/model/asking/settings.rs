//! Questions about the whole file: rate, day, practices.

use super::Question;
use super::entries::day;
use super::plausible::Plausible;
use crate::model::Stack;

/// What is not known of the whole file.
pub(super) fn questions(plausible: &Plausible<'_>) -> Vec<Question> {
    let stack = plausible.stack;
    let has_work = stack
        .live_flows()
        .any(|(_, flow)| flow.is_manual() && !flow.is_standby && stack.rate(flow.performer).is_none());
    let has_ai = stack.live_systems().any(|(_, system)| system.is_ai());
    let is_dated = has_ai || stack.systems.iter().any(|system| system.contract.renews.is_some());
    let ask = |key: &str, words: &str, example: &str| Question::of_key("settings", key, words.to_owned(), example);
    let mut all = Vec::new();
    if stack.hourly_rate.is_none() && has_work {
        let words = "What does an hour of manual work cost, all included? Without it no cost is known.";
        all.push(ask("hourly_rate", words, "85").with_spread(plausible));
    }
    if stack.as_of.is_none() && is_dated {
        let words = "As of which day does all this hold? Without it no date is judged.";
        all.push(ask("as_of", words, &day(stack)));
    }
    if stack.processes.is_empty() {
        let words = "Which processes must run, and which data do they need where? Without one it is not known what a failure stops.";
        all.push(ask("processes", words, &process(stack)));
    }
    if !has_ai {
        return all;
    }
    let practices = &stack.practices;
    let rows = [
        (
            practices.ai_policy.is_some(),
            "practices.ai_policy.covers",
            "Is there an AI policy, and does it cover acceptable use, data privacy and the review of outputs?",
            "[acceptable-use, data-privacy, output-review]",
        ),
        (
            practices.evaluation_framework.is_some(),
            "practices.evaluation_framework.covers",
            "By which framework are AI tools evaluated, and what does it cover?",
            "[data-governance, decision-protocol, integration-feasibility, security-review]",
        ),
        (
            practices.vendor_review_cadence.is_some(),
            "practices.vendor_review_cadence",
            "How often are vendors of AI tools reviewed?",
            "90d",
        ),
        (
            practices.quality_standards.is_some(),
            "practices.quality_standards",
            "Where are the quality standards for what AI makes?",
            "docs/quality.md",
        ),
        (
            practices.resilience_plan.is_some(),
            "practices.resilience_plan",
            "Where is the plan for days on which an AI tool does not work?",
            "docs/offline.md",
        ),
    ];
    let open = rows.into_iter().filter(|(is_known, ..)| !is_known);
    all.extend(open.map(|(_, key, words, example)| ask(key, words, example).with_choice(&[example])));
    all
}

/// A process as an example: one that needs what the first live flow brings, or what the first system makes.
fn process(stack: &Stack) -> String {
    let flow = stack.live_flows().find_map(|(_, flow)| Some((*flow.data.first()?, flow.to)));
    let made = || stack.live_systems().find_map(|(ix, system)| Some((system.makes.first()?.data, ix)));
    let (data, at) = match flow.or_else(made) {
        Some((data, at)) => (stack.data_object(data).id.as_str(), stack.system(at).id.as_str()),
        None => ("lead", "crm"),
    };
    format!("{{ weekly-report: {{ needs: [{{ data: {data}, at: {at} }}] }} }}")
}
