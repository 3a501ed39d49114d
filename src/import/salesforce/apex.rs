//! What the text of a class or trigger calls. The code is not understood: names of credentials, addresses, methods and
//! objects are looked for where they stand as text.

use std::collections::BTreeSet;

use crate::import::http;

/// Names and addresses of one class; what is more is not looked at.
const MOST: usize = 200;
/// Bytes of a query that are looked at.
const QUERY: usize = 4_000;

/// What a class calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Calls {
    /// Names of credentials, in lower case.
    pub(super) credentials: BTreeSet<String>,
    /// Hosts that stand there as text.
    pub(super) hosts: BTreeSet<String>,
    /// Whether it gives something: posts, puts or patches.
    pub(super) gives: bool,
    /// Whether it asks for something.
    pub(super) asks: bool,
    /// The objects that it selects, as they are written.
    pub(super) objects: BTreeSet<String>,
    /// Platform events that it listens to, in lower case.
    pub(super) events: BTreeSet<String>,
    /// Whether others call it as a service.
    pub(super) is_service: bool,
}

/// What the text of a class or trigger calls; of a test nothing.
pub(super) fn calls(text: &str) -> Calls {
    let code = without_comments(text);
    let lower = code.to_ascii_lowercase();
    let first = lower.find("class").unwrap_or(lower.len());
    if lower[..first].contains("@istest") {
        return Calls::default();
    }
    let mut calls = Calls { is_service: lower.contains("@restresource"), ..Calls::default() };
    for (at, sign) in lower.match_indices("callout:").take(MOST) {
        let name = word(&lower[at + sign.len()..]);
        if !name.is_empty() {
            calls.credentials.insert(name.to_owned());
        }
    }
    for (at, _) in lower.match_indices("https://").chain(lower.match_indices("http://")).take(MOST) {
        calls.hosts.extend(http::host(&lower[at..]));
    }
    // A class without a call may hold an address as any other text.
    if !["http", "webservicecallout", "setendpoint"].iter().any(|sign| lower.contains(sign)) {
        calls.hosts.clear();
    }
    let has =
        |verb: &str| lower.contains(&format!("setmethod('{verb}')")) || lower.contains(&format!("httpverb.{verb}"));
    calls.gives = ["post", "put", "patch"].iter().any(|verb| has(verb));
    calls.asks = has("get");
    for (at, sign) in lower.match_indices("[select ").take(MOST) {
        let mut end = lower.len().min(at + QUERY);
        while !lower.is_char_boundary(end) {
            end -= 1;
        }
        end = lower[at..end].find(']').map_or(end, |length| at + length);
        let query = &lower[at + sign.len()..end];
        // A query of related records stands in brackets: the last `from` of the outer query names the object.
        let mut depth = 0_usize;
        let mut outer = None;
        for (place, c) in query.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                'f' if depth == 0 && outer.is_none() && is_from(query, place) => outer = Some(place),
                _ => {}
            }
        }
        if let Some(place) = outer {
            let start = at + sign.len() + place + "from".len();
            let object = word(code[start..end].trim_start());
            if !object.is_empty() {
                calls.objects.insert(object.to_owned());
            }
        }
    }
    if let Some(at) = lower.find("trigger ") {
        let object = lower[at..].find(" on ").map(|on| word(lower[at + on + 4..].trim_start()));
        calls.events.extend(object.filter(|object| object.ends_with("__e")).map(str::to_owned));
    }
    calls
}

fn is_from(query: &str, at: usize) -> bool {
    let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    query[at..].starts_with("from")
        && at > 0
        && is_space(query.as_bytes().get(at - 1))
        && is_space(query.as_bytes().get(at + 4))
}

/// The letters, digits and underscores at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

/// Code without what stands in comments; texts in quotes stay as they are.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = letters.next() {
        match (c, letters.peek()) {
            ('\\', Some(_)) if is_quoted => {
                code.push(c);
                code.extend(letters.next());
                continue;
            }
            ('\'', _) => is_quoted = !is_quoted,
            // A text ends with its line.
            ('\n', _) => is_quoted = false,
            ('/', Some('/')) if !is_quoted => {
                while letters.next_if(|c| *c != '\n').is_some() {}
                continue;
            }
            ('/', Some('*')) if !is_quoted => {
                letters.next();
                let mut before = ' ';
                for c in letters.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
                code.push(' ');
                continue;
            }
            _ => {}
        }
        code.push(c);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::{calls, without_comments};

    #[test]
    fn names_methods_and_objects_are_found_where_they_are_code() {
        let text = "public class A { // callout:Not_This\n void a() { r.setEndpoint('callout:CRM_Api/v1'); r.setMethod('POST');\n\
            x = [SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE a = 1]; y = 'https://api.example.com/x//y'; } }";
        let calls = calls(text);
        assert!(calls.credentials.iter().eq(["crm_api"]) && calls.objects.iter().eq(["Account"]), "{calls:?}");
        assert!(calls.gives && !calls.asks && calls.hosts.iter().eq(["api.example.com"]), "{calls:?}");
    }

    #[test]
    fn a_test_calls_nothing_and_comments_are_no_code() {
        let text = "@IsTest\nprivate class A { String a = 'callout:CRM'; }";
        assert_eq!(calls(text), super::Calls::default());
        assert_eq!(without_comments("a /* b */ 'c // d' // e\nf"), "a   'c // d' \nf");
        assert_eq!(without_comments("a /*"), "a  ");
        let event = "trigger T on Order_Sent__e (after insert) { }";
        assert!(calls(event).events.contains("order_sent__e"));
    }
}
