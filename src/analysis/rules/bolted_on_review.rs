#![doc = include_str!("../../../docs/rules/bolted-on-review.md")]

use super::Rule;
use crate::analysis::words::{flow_name, listed};
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::Flow;

pub(super) const RULE: Rule = Rule {
    id: "bolted-on-review",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "content is reviewed beside the flow of work instead of within it",
    page: include_str!("../../../docs/rules/bolted-on-review.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    analysis.stack.live_flows().filter_map(|(_, flow)| finding(analysis, flow)).collect()
}

fn finding(analysis: &Analysis<'_>, flow: &Flow) -> Option<Finding> {
    let stack = analysis.stack;
    let review = flow.review.as_ref().filter(|review| review.embedded == Some(false))?;
    let content = flow.data.iter().map(|data| stack.data_object(*data)).filter(|data| data.is_content());
    let (ids, names): (Vec<&str>, Vec<&str>) = content.map(|data| (data.id.as_str(), data.name.as_str())).unzip();
    if names.is_empty() {
        return None;
    }
    let (from, to) = (stack.system(flow.from), stack.system(flow.to));
    let by = review.by.map(|team| format!(" by {}", stack.team(team).name)).unwrap_or_default();
    let statement = Statement {
        subjects: vec![flow.id.to_string(), from.id.to_string(), to.id.to_string()],
        message: format!(
            "the review{by} of {} on its way from {} to {} is not part of the flow: it can be skipped",
            listed(&names),
            from.name,
            to.name
        ),
        evidence: vec![format!("{} ({}), review embedded: false", flow_name(stack, flow), flow.mechanism.as_str(),)],
        cost: None,
        place: review.place,
    };
    let ends = [&from.id, &to.id].map(|id| Place::one(EntryKind::System, id));
    Some(
        Finding::new(RULE.id, RULE.severity, flow.id.as_str(), statement)
            .known_by(ends.into())
            .of_data(ids)
            .shown_by(stack.find_flow(flow.id.as_str())),
    )
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn only_a_review_of_content_stated_not_to_be_embedded() {
        let stack = |content: bool, embedded: &str| {
            format!(
                "sinew: 1\ndata: {{ draft: {{ content: {content} }} }}\nsystems: {{ a: {{ kind: cms }}, b: {{ kind: dam }} }}
flows: [{{ id: f, from: a, to: b, data: draft, mechanism: api, review: {{ {embedded} }} }}]\n"
            )
        };
        assert_eq!(subjects("bolted-on-review", &stack(true, "embedded: false")), ["f"]);
        for (content, embedded) in [(true, "embedded: true"), (true, ""), (false, "embedded: false")] {
            assert_eq!(subjects("bolted-on-review", &stack(content, embedded)), [] as [&str; 0]);
        }
    }
}
