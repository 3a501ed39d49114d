//! What a platform or a person adds to the name of a product, and how to take it off.

use super::super::lookup::normalise;
use super::Space;

/// Words at the end of a name that say little about which product is meant: editions, environments, regions, legal
/// forms. Not `AI`: Salesforce and its AI are two products.
const SAYS_LITTLE: &[&str] = &[
    "account",
    "apac",
    "api",
    "app",
    "application",
    "basic",
    "business",
    "cloud",
    "co",
    "com",
    "connector",
    "corp",
    "corporation",
    "crm",
    "dev",
    "emea",
    "enterprise",
    "eu",
    "free",
    "global",
    "gmbh",
    "inc",
    "instance",
    "integration",
    "io",
    "latam",
    "legacy",
    "limited",
    "live",
    "llc",
    "ltd",
    "na",
    "new",
    "old",
    "online",
    "org",
    "platform",
    "plus",
    "premium",
    "prod",
    "production",
    "pro",
    "qa",
    "saas",
    "sandbox",
    "sbx",
    "software",
    "staging",
    "standard",
    "starter",
    "system",
    "tenant",
    "test",
    "tool",
    "trigger",
    "uat",
    "uk",
    "us",
    "usa",
    "workspace",
];

/// Words before or behind a source's name in a data project that say who loaded it or that it is unchanged.
const SAYS_LOADED: &[&str] = &["raw", "src", "source", "fivetran", "airbyte", "stitch", "base", "landing"];

/// The ending that a text has before a marker, or the whole text.
fn before<'a>(text: &'a str, marker: &str) -> &'a str {
    text.split(marker).next().unwrap_or(text)
}

/// The text without the first of the endings that it has.
fn without_end<'a>(text: &'a str, endings: &[&str]) -> &'a str {
    endings.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text)
}

/// The text without the first of the beginnings that it has.
fn without_start<'a>(text: &'a str, beginnings: &[&str]) -> &'a str {
    beginnings.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text)
}

/// The text without a version at its end: `GoogleMailV2`.
fn without_version(text: &str) -> &str {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits.len() == text.len() { text } else { digits.strip_suffix('V').unwrap_or(text) }
}

/// The normalised forms of a word, the most literal first: as it is, and without what its platform adds.
pub(super) fn keys(space: Space, word: &str) -> Vec<String> {
    let forms: Vec<&str> = match space {
        Space::N8n => {
            let node = word.rsplit('.').next().unwrap_or(word);
            let bare = without_end(node, &["Trigger", "Tool"]);
            vec![node, bare]
        }
        Space::Zapier => {
            let api = without_end(before(word, "@"), &["CLIAPI", "DevAPI", "API"]);
            vec![api, without_version(api)]
        }
        Space::Make => {
            let app = before(word, ":");
            let app = before(app.strip_prefix("app#").unwrap_or(app), "@");
            vec![app]
        }
        Space::Workato => vec![word, without_end(word, &["_secondary"])],
        Space::Singer => {
            let tap = before(without_start(word, &["tap-", "target-"]), "--");
            vec![tap]
        }
        Space::Airbyte => {
            vec![without_start(word, &["source-", "destination-", "source_", "destination_"])]
        }
        Space::SalesforcePackage => vec![word, before(word, "__")],
        Space::Mcp => {
            let name = word.rsplit('/').next().unwrap_or(word);
            let name = without_start(name, &["mcp-server-", "server-", "mcp-"]);
            vec![name, without_end(name, &["-mcp-server", "-mcp", "-server", "_mcp"])]
        }
        Space::Host | Space::Dbt | Space::Plain => vec![word],
    };
    let mut keys: Vec<String> = forms.into_iter().map(normalise).filter(|key| !key.is_empty()).collect();
    keys.dedup();
    keys
}

/// The words of a name; what stands in brackets is left out. Platforms write several words as one (`hubspotSandbox`).
fn parts(space: Space, word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut small) = (0_usize, false);
    for c in word.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let hump = space != Space::Plain && small && c.is_uppercase();
        if depth > 0 || !c.is_alphanumeric() || hump {
            parts.push(String::new());
        }
        if let (0, true, Some(last)) = (depth, c.is_alphanumeric(), parts.last_mut()) {
            last.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn says_little(part: &str) -> bool {
    let version = part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    version || SAYS_LITTLE.contains(&part)
}

/// The normalised forms of a word without its brackets, and without the words at its end that say little, one fewer at a time.
pub(super) fn shorter(space: Space, word: &str) -> impl Iterator<Item = String> {
    let literal = keys(space, word);
    let mut left = parts(space, word);
    if space == Space::Dbt {
        left.retain(|part| !SAYS_LOADED.contains(&part.as_str()));
    }
    if left.first().is_some_and(|part| part == "the") {
        left.remove(0);
    }
    let mut forms = vec![left.concat()];
    while left.len() > 1 && left.last().is_some_and(|part| says_little(part)) {
        left.pop();
        forms.push(left.concat());
    }
    forms.into_iter().filter(move |form| !form.is_empty() && !literal.contains(form))
}

/// Every way to read a name as a vendor and the rest, both normalised: `Atlassian Jira`.
pub(super) fn splits(word: &str) -> impl Iterator<Item = (String, String)> {
    let parts = parts(Space::Plain, word);
    (1..parts.len()).map(move |at| (parts[..at].concat(), parts[at..].concat()))
}

/// Whether the words before a name are its vendor: the whole name or the first word of it (`Dealfront`, `Clari`).
pub(super) fn is_vendor(stated: &str, vendor: &str) -> bool {
    normalise(vendor) == stated || parts(Space::Plain, vendor).first().is_some_and(|first| first == stated)
}

/// The host of an address, lower case: without scheme, user, port and path. Nothing where there is no dot.
pub(super) fn host(word: &str) -> Option<String> {
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let rest = rest.rsplit('@').next().unwrap_or(rest);
    let host = before(rest, ":").trim_matches('.').to_ascii_lowercase();
    host.contains('.').then_some(host)
}

/// Whether two words differ in one letter: one more, one less, another one, or two neighbours swapped.
pub(super) fn is_one_off(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 4 || one == other {
        return false;
    }
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    // Whole letters: bytes may be alike within two that differ.
    let same = (0..=same).rev().find(|at| one.is_char_boundary(*at) && other.is_char_boundary(*at)).unwrap_or_default();
    let (one, other) = (&one[same..], &other[same..]);
    let after = |word: &str| word.chars().next().map_or(0, char::len_utf8);
    let (rest_of_one, rest_of_other) = (&one[after(one)..], &other[after(other)..]);
    if rest_of_one == rest_of_other || rest_of_one == other || one == rest_of_other {
        return true;
    }
    match (two(one), two(other)) {
        (Some((a, b, rest)), Some((c, d, other))) => a == d && b == c && rest == other,
        _ => false,
    }
}

/// The first two letters and the rest.
fn two(word: &str) -> Option<(char, char, &str)> {
    let mut letters = word.chars();
    Some((letters.next()?, letters.next()?, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Space, host, is_one_off, keys, parts, shorter};

    #[test]
    fn what_a_platform_adds_is_taken_off() {
        assert_eq!(keys(Space::N8n, "n8n-nodes-base.hubspotTrigger"), ["hubspottrigger", "hubspot"]);
        assert_eq!(keys(Space::Zapier, "GoogleMailV2CLIAPI@2.1.0"), ["googlemailv2", "googlemail"]);
        assert_eq!(keys(Space::Zapier, "Office365API"), ["office365"]);
        assert_eq!(keys(Space::Make, "app#crm@2:watch"), ["crm"]);
        assert_eq!(keys(Space::Singer, "tap-salesforce--meltanolabs"), ["salesforce"]);
        assert_eq!(keys(Space::Airbyte, "destination-snowflake"), ["snowflake"]);
        assert_eq!(keys(Space::SalesforcePackage, "mkto_si__Score"), ["mktosiscore", "mktosi"]);
        assert_eq!(keys(Space::Mcp, "@modelcontextprotocol/server-github"), ["github"]);
        assert_eq!(keys(Space::Plain, " !"), Vec::<String>::new());
    }

    #[test]
    fn words_that_say_little_are_taken_off_one_by_one() {
        let of = |space, word| shorter(space, word).collect::<Vec<String>>();
        assert_eq!(of(Space::Plain, "HubSpot EU (prod)"), ["hubspoteu", "hubspot"]);
        assert_eq!(of(Space::Plain, "The Slack"), ["slack"]);
        assert_eq!(of(Space::Plain, "Cloud"), Vec::<String>::new());
        assert_eq!(of(Space::Plain, "Salesforce AI"), Vec::<String>::new());
        assert_eq!(of(Space::N8n, "hubspotSandboxV2"), ["hubspotsandbox", "hubspot"]);
        assert_eq!(of(Space::Dbt, "raw_marketo"), ["marketo"]);
        assert_eq!(parts(Space::Plain, "a(b]c)d"), ["a", "c", "d"]);
    }

    #[test]
    fn an_address_has_a_host() {
        assert_eq!(host("https://u:p@ABC.mktorest.com:443/rest?x=a@b").as_deref(), Some("abc.mktorest.com"));
        assert_eq!(host("hubspot.com.").as_deref(), Some("hubspot.com"));
        assert_eq!(host("localhost:5678"), None);
        assert_eq!(host(""), None);
    }

    #[test]
    fn one_letter_off_is_a_distance_of_one() {
        let words: Vec<String> =
            ["", "a", "ä", "ab", "ba", "äb", "bä", "abc", "acb", "bac", "cab", "abä", "abcd", "bbcd", "äöü", "öäü"]
                .map(str::to_owned)
                .to_vec();
        for one in &words {
            for other in &words {
                assert_eq!(is_one_off(one, other), strsim::osa_distance(one, other) == 1, "{one} {other}");
            }
        }
    }
}
