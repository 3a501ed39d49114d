//! Names of the criteria of maturity: each says what is met where it is met.

/// Names that say more than the id does.
const NAMES: [(&str, &str); 15] = [
    ("policy-data-privacy", "policy on data privacy"),
    ("policy-acceptable-use", "policy on acceptable use"),
    ("policy-output-review", "policy on output review"),
    ("owned-ai-tool", "AI tool with an owner"),
    ("production-ai-tool", "AI tool in production"),
    ("evaluation-security-review", "evaluation of security"),
    ("evaluation-data-governance", "evaluation of data governance"),
    ("evaluation-integration-feasibility", "evaluation of integration"),
    ("no-ai-silo", "automated flow for each AI tool"),
    ("no-missing-feedback", "feedback loops closed"),
    ("no-handoff-of-ai-output", "AI output moves automatically"),
    ("no-unreviewed-content", "AI content reviewed"),
    ("no-bolted-on-review", "review built into the flow"),
    ("ai-tools-joined", "AI tools connected"),
    ("models-look-after-themselves", "models retrain automatically"),
];

/// What a criterion is called: `feedback loops closed`; the words of its id where these are good enough.
#[must_use]
pub fn criterion(id: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == id) {
        return (*name).to_owned();
    }
    let word = |word: &str| match word {
        "ai" => "AI".to_owned(),
        "bi" => "BI".to_owned(),
        word => word.to_owned(),
    };
    id.split('-').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_negation() {
        assert_eq!(criterion("ai-insight-in-bi"), "AI insight in BI");
        assert!(NAMES.iter().all(|(_, name)| !name.starts_with("no ")));
    }
}
