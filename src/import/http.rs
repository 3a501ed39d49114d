//! Requests to addresses: which host, whether they read or write, and of what.

use super::roles::{self, Role};

/// The host of an address, where it stands there as text: `=https://api.example.com/v1/{{ $json.id }}` has one. Hosts of
/// the machine itself are none.
pub(super) fn host(address: &str) -> Option<String> {
    let address = address.trim_start_matches('=').trim_start();
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => ("https", address),
    };
    if !scheme.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end =
        rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '@' | ':' | '_'))).unwrap_or(rest.len());
    // What follows a host is a path; a host that goes on with a variable is not known.
    if rest[end..].starts_with(['{', '$', '<', '%']) {
        return None;
    }
    let authority = rest[..end].rsplit('@').next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let is_own = matches!(host.as_str(), "localhost" | "0.0.0.0" | "host.docker.internal") || host.starts_with("127.");
    let is_name = host.contains('.') || (address.contains("://") && !host.is_empty());
    (is_name && !is_own && host.len() <= 253).then_some(host)
}

/// What a request does: by its method, unless its path ends in what reads.
pub(super) fn role(method: &str, address: &str) -> Role {
    match method.trim_start_matches('=').to_uppercase().as_str() {
        "GET" | "HEAD" | "OPTIONS" => Role::Read,
        _ if path(address).last().is_some_and(|last| reads(last)) => Role::Read,
        _ => Role::Write,
    }
}

fn reads(segment: &str) -> bool {
    let words = roles::words(segment);
    let has = |word: &str| words.iter().any(|known| known == word);
    has("search") || has("query") || has("read") || has("list") || has("busy") || has("lookup")
}

/// What the path of an address is about: its last word in the plural, in the singular.
pub(super) fn object(address: &str) -> Option<String> {
    let is_word =
        |part: &&str| part.len() > 3 && part.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-'));
    path(address)
        .into_iter()
        .rev()
        .find(|part| is_word(part) && roles::singular(part) != **part)
        .map(|part| roles::singular(part).replace('_', "-"))
}

/// The parts of the path that stand there as text.
fn path(address: &str) -> Vec<&str> {
    let behind = address.split_once("://").map_or(address, |(_, rest)| rest);
    let behind = behind.split(['?', '#']).next().unwrap_or_default();
    behind.split('/').skip(1).filter(|part| !part.is_empty() && !part.contains('{')).collect()
}

/// The app that credentials are for: `hubspotOAuth2Api` is `hubspot`.
pub(super) fn app_of_credentials(kind: &str) -> Option<String> {
    const ENDS: [&str; 10] = [
        "OAuth2Api",
        "OAuth2",
        "OAuth1Api",
        "TokenApi",
        "AppToken",
        "ServiceAccountApi",
        "PrivateApi",
        "CloudApi",
        "Api",
        "Credential",
    ];
    let app = ENDS.iter().find_map(|end| kind.strip_suffix(end))?;
    (!app.is_empty()).then(|| app.to_owned())
}

/// The host that code calls, if it calls one by an address that stands there as text.
pub(super) fn host_in_code(code: &str) -> Option<String> {
    const CALLS: [&str; 7] = ["fetch(", "axios", "httpRequest", "requests.", "urlopen", "request(", "UrlFetchApp"];
    if !CALLS.iter().any(|call| code.contains(call)) {
        return None;
    }
    code.match_indices("https://").chain(code.match_indices("http://")).find_map(|(at, _)| host(&code[at..]))
}

#[cfg(test)]
mod tests {
    use super::{Role, app_of_credentials, host, host_in_code, object, role};

    #[test]
    fn a_host_is_one_only_where_it_is_written_out() {
        for (address, expected) in [
            ("https://api.hubapi.com/crm/v3/objects/deals", Some("api.hubapi.com")),
            ("=https://ana:pw@API.example.com:8443/{{ $json.id }}", Some("api.example.com")),
            ("http://qdrant:6333/collections", Some("qdrant")),
            ("api.example.com/v1", Some("api.example.com")),
            ("={{ $json.url }}", None),
            ("https://{{ $json.host }}/x", None),
            ("https://eu-{{ $json.zone }}.example.com", None),
            ("http://localhost:5678/webhook", None),
            ("", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
        assert_eq!(host_in_code("await fetch('https://api.example.com/x')").as_deref(), Some("api.example.com"));
        assert_eq!(host_in_code("const link = 'https://example.com/'"), None);
    }

    #[test]
    fn a_post_that_searches_reads() {
        assert_eq!(role("POST", "https://a.example/crm/line_items/batch/read"), Role::Read);
        assert_eq!(role("PATCH", "https://a.example/leads/{{ $json.id }}"), Role::Write);
        assert_eq!(role("=GET", "https://a.example/leads"), Role::Read);
        assert_eq!(object("https://a.example/v3/objects/line_items/batch/create").as_deref(), Some("line-item"));
        assert_eq!(app_of_credentials("hubspotOAuth2Api").as_deref(), Some("hubspot"));
    }
}
