//! Which tool an exposure is in, and through what it gets its data.

use super::project::Exposure;
use crate::catalog::{Kind, Space};
use crate::import::recognise::{self, Meaning, Named, recognise};
use crate::model::Mechanism;

/// Where the data of an exposure goes.
pub(super) struct Target {
    pub(super) to: Named,
    pub(super) through: Option<Named>,
    pub(super) mechanism: Mechanism,
    /// Why the mechanism is a guess.
    pub(super) guess: Option<&'static str>,
    /// What is not said: the destination of a sync, the tool of a dashboard.
    pub(super) asks: Option<&'static str>,
    /// Whether the exposure is a system of its own.
    pub(super) is_own: bool,
}

/// The target of an exposure of `warehouse`.
pub(super) fn target(exposure: &Exposure, warehouse: &Named) -> Target {
    let mentioned = mentioned(exposure, warehouse);
    let kind = |named: &Named| recognise::kind(named);
    let is_middleware = |named: &&Named| kind(named).is_some_and(Kind::is_middleware);
    let shows = matches!(exposure.is.as_str(), "dashboard" | "notebook" | "analysis");
    let through = mentioned.iter().find(is_middleware).filter(|_| !shows || mentioned.len() == 1).cloned();
    let others: Vec<&Named> = mentioned.iter().filter(|named| !is_middleware(named)).collect();
    let is_bi = |named: &&Named| matches!(kind(named), Some(Kind::Bi | Kind::Analytics));
    let other = if through.is_some() {
        others.iter().find(|named| !is_bi(named)).copied()
    } else if shows {
        others.iter().find(|named| is_bi(named)).or(others.first()).copied()
    } else {
        others.first().copied()
    };
    let target =
        |to: Named, mechanism, guess| Target { to, through: None, mechanism, guess, asks: None, is_own: false };
    match (other, through) {
        (Some(other), Some(through)) => {
            Target { through: Some(through), ..target(other.clone(), Mechanism::ReverseEtl, None) }
        }
        (None, Some(through)) => Target { asks: Some("destination"), ..target(through, Mechanism::ReverseEtl, None) },
        (Some(other), None) if shows || is_bi(&other) => target(other.clone(), Mechanism::Native, None),
        (Some(other), None) => {
            target(other.clone(), Mechanism::ReverseEtl, Some("the exposure does not say what carries it"))
        }
        (None, None) if shows => shown(exposure),
        (None, None) => {
            let name =
                if exposure.label.is_empty() { recognise::in_words(name(exposure)) } else { exposure.label.clone() };
            let why = "the exposure does not say what carries it";
            Target { is_own: true, ..target(recognise::unknown(&name), Mechanism::Api, Some(why)) }
        }
    }
}

/// A dashboard in a tool that is not named: its host is what is known.
fn shown(exposure: &Exposure) -> Target {
    let by_host = Some(exposure.host.as_str()).filter(|host| !host.is_empty()).map(|host| recognise(Space::Host, host));
    let (name, asks) = match by_host {
        Some(Meaning::System(named)) => (named.name, None),
        _ => ("BI tool".to_owned(), Some("tool")),
    };
    let why = "it shows a dashboard or a notebook";
    let to = Named { kind: Some(Kind::Bi), guess: Some(why), ..recognise::unknown(&name) };
    Target { to, through: None, mechanism: Mechanism::Native, guess: None, asks, is_own: false }
}

/// Every tool that the exposure names, the surest first: address, tags, name, description.
fn mentioned(exposure: &Exposure, warehouse: &Named) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut add = |named: Named| {
        if named.key != warehouse.key && !found.iter().any(|known| known.key == named.key) {
            found.push(named);
        }
    };
    if let Meaning::System(named) = recognise(Space::Host, &exposure.host)
        && !named.is_unknown()
    {
        add(named);
    }
    for tag in &exposure.tags {
        recognise::sure(tag).into_iter().for_each(&mut add);
    }
    let words = name(exposure).replace(['_', '-'], " ");
    for text in [exposure.label.as_str(), &words, &exposure.description] {
        recognise::mentioned_in(text).into_iter().for_each(&mut add);
    }
    found
}

/// The name without what only says that it is an exposure.
pub(super) fn name(exposure: &Exposure) -> &str {
    let name = exposure.name.as_str();
    ["_exposure", "_exposures"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}
