//! Addresses that an org calls, as systems.

use crate::catalog::{Expected, Space};
use crate::import::clean::LeftOut;
use crate::import::http;
use crate::import::recognise::{self, Meaning, Named, in_words};

/// Hosts that only take: what calls them gives something.
const ONLY_TAKE: [&str; 8] = [
    "hooks.slack.com",
    "hooks.zapier.com",
    "hook.make.com",
    "webhook.office.com",
    "outlook.office.com",
    "hook.integromat.com",
    "hook.eu1.make.com",
    "hook.us1.make.com",
];

/// What an address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Another system, by its host.
    System(Named, String),
    /// Salesforce itself, or the machine of whoever wrote it.
    Own,
    /// There is none, or it is put together only when it is called.
    None,
}

/// The org itself.
pub(super) fn org() -> Named {
    match recognise::recognise(Space::Host, "salesforce.com") {
        Meaning::System(named) => named,
        Meaning::BuiltIn => recognise::unknown("Salesforce"),
    }
}

/// What `address` means; `label` is how people call it.
pub(super) fn address(address: Option<&str>, label: &str, left_out: &mut LeftOut) -> Address {
    let Some(address) = address.filter(|address| !address.is_empty()) else { return Address::None };
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let is_more = rest.trim_end_matches('/').contains(['/', '?', '#', '@']);
    left_out.count("path of an address", usize::from(is_more));
    let is_own = rest.starts_with("localhost") || rest.starts_with("127.");
    let Some(host) = http::host(address).filter(|host| host.contains('.')) else {
        return if is_own { Address::Own } else { Address::None };
    };
    let Meaning::System(mut named) = recognise::recognise(Space::Host, &host) else { return Address::Own };
    if named.key == org().key || is_salesforce(&host) {
        return Address::Own;
    }
    if named.is_unknown() {
        let is_rented = recognise::is_rented(&host)
            || host.ends_with(".amazonaws.com")
            || host.ends_with(".googleapis.com") && host != "maps.googleapis.com"
            || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let label = left_out.clean(label);
        named = match recognise::tool(&label, Expected::Text) {
            Some(known) if known.key != org().key && known.guess.is_none() => {
                Named { guess: Some("the component is called so; its host is not known"), ..known }
            }
            _ if host == "maps.googleapis.com" => recognise::unknown("Google Maps"),
            _ if is_rented && !label.is_empty() => recognise::unknown(&spoken(&label)),
            _ => {
                let name = left_out.clean(&named.name);
                match recognise::tool(&name, Expected::Tool) {
                    Some(known) if known.key != org().key && known.guess.is_none() => {
                        Named { guess: Some("its host is called so"), ..known }
                    }
                    _ => recognise::unknown(&name),
                }
            }
        };
    }
    if named.name.is_empty() { Address::None } else { Address::System(named, host) }
}

/// The system that people call `label`, where nothing else says what it is.
pub(super) fn called(label: &str, left_out: &mut LeftOut) -> Option<Named> {
    let label = left_out.clean(label);
    let words = spoken(&label);
    let known = [&label, &words].into_iter().find_map(|label| recognise::tool(label, Expected::Tool));
    match known {
        Some(named) if named.key == org().key => None,
        Some(named) => Some(named),
        None => Some(words).filter(|words| !words.is_empty()).map(|words| recognise::unknown(&words)),
    }
}

/// A label as people write it: one that is an identifier, `PAInventory`, as words.
fn spoken(label: &str) -> String {
    if label.contains(' ') { label.to_owned() } else { in_words(label) }
}

fn is_salesforce(host: &str) -> bool {
    const ENDS: [&str; 9] = [
        "salesforce.com",
        "force.com",
        "salesforce-sites.com",
        "site.com",
        "documentforce.com",
        "visualforce.com",
        "salesforce-scrt.com",
        "sfdc.net",
        "lightning.com",
    ];
    ENDS.iter().any(|end| host == *end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether whatever is called at this host can only be given something.
pub(super) fn only_takes(host: &str) -> bool {
    ONLY_TAKE.iter().any(|end| host == *end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of `api.einstein.ai` nothing was known, though the catalog has Einstein.
    #[test]
    fn a_host_that_is_called_as_a_product_is_that_as_a_guess() {
        let named = |host: &str| match address(Some(host), "", &mut LeftOut::default()) {
            Address::System(named, _) => (named.product, named.guess.is_some()),
            Address::Own | Address::None => panic!("{host}"),
        };
        assert_eq!(named("https://api.einstein.ai"), (Some("agentforce".to_owned()), true));
        assert_eq!(named("https://api.our-own-service.io"), (None, false));
    }
}
