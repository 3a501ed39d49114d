//! Components that speak of one system: a bot and the planner behind it, and addresses of one host.

use std::collections::BTreeMap;

use super::components::{Component, Says};
use super::endpoint::Address;
use crate::import::recognise::Named;

/// Gives components that speak of one system the same name for it.
pub(super) fn unite(components: &mut [Component]) {
    agents(components);
    hosts(components);
}

/// A planner is the bot that names it, whose version does, or that is called as it is: `Care_Agent_v2` as `Care_Agent`.
fn agents(components: &mut [Component]) {
    let (mut bots, mut behind) = (BTreeMap::new(), BTreeMap::new());
    for component in &*components {
        let name = component.name.to_lowercase();
        match &component.says {
            Says::Agent { named: Some(named), planners } if component.kind == "Bot" => {
                behind.extend(planners.iter().map(|planner| (planner.clone(), name.clone())));
                bots.insert(name, named.clone());
            }
            Says::Version { of, planners } => {
                behind.extend(planners.iter().map(|planner| (planner.clone(), of.clone())));
            }
            _ => {}
        }
    }
    for component in components.iter_mut().filter(|component| component.kind != "Bot") {
        let name = component.name.to_lowercase();
        let called = [behind.get(&name).map(String::as_str), Some(name.as_str()), unversioned(&name)];
        if let (Says::Agent { named, .. }, Some(bot)) =
            (&mut component.says, called.into_iter().flatten().find_map(|name| bots.get(name)))
        {
            *named = Some(bot.clone());
        }
    }
}

/// A name without the version that it ends in.
fn unversioned(name: &str) -> Option<&str> {
    let (stem, version) = name.rsplit_once("_v")?;
    (!version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())).then_some(stem)
}

/// Of a host that is no product's, all components mean one system: it is called as the first of them by name calls it.
fn hosts(components: &mut [Component]) {
    let mut first: BTreeMap<String, (String, Named)> = BTreeMap::new();
    for component in &mut *components {
        let name = component.name.clone();
        let Some(Address::System(named, host)) = address(&mut component.says) else { continue };
        if named.is_unknown() && !is_of_many(host) {
            let held = first.entry(host.clone()).or_insert_with(|| (name.clone(), named.clone()));
            if name < held.0 {
                *held = (name, named.clone());
            }
        }
    }
    for component in components {
        let Some(Address::System(named, host)) = address(&mut component.says) else { continue };
        if let (true, Some((_, one))) = (named.is_unknown(), first.get(host)) {
            named.clone_from(one);
        }
    }
}

fn address(says: &mut Says) -> Option<&mut Address> {
    match says {
        Says::Credential { address, .. }
        | Says::Site { address, .. }
        | Says::Service { address, .. }
        | Says::Message { address, .. } => Some(address),
        _ => None,
    }
}

/// Whether many services that have nothing to do with each other answer at a host.
fn is_of_many(host: &str) -> bool {
    host.ends_with(".googleapis.com") || host.starts_with("s3") && host.ends_with("amazonaws.com")
}

#[cfg(test)]
mod tests {
    use super::unversioned;

    #[test]
    fn a_version_is_a_number_behind_a_v() {
        assert_eq!(unversioned("care_agent_v12"), Some("care_agent"));
        assert_eq!([unversioned("care_agent"), unversioned("care_v"), unversioned("a_vx")], [None; 3]);
    }
}
