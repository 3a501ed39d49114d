//! Who may ask: only the page that this run has opened, from this machine.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};

/// What a request must have.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The first part of every path.
    token: String,
    /// The port that is listened to.
    port: u16,
}

/// Bytes of a request's body that are read.
pub(super) const LARGEST_BODY: usize = 64 << 10;

/// What every answer says: nothing from elsewhere, in no other page, kept by nobody.
pub(super) fn seal(headers: &mut HeaderMap, policy: &'static str) {
    let mut set = |name, value| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_FRAME_OPTIONS, "SAMEORIGIN");
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
}

impl Guard {
    /// A guard of the page at this port whose paths begin with `token`.
    #[must_use]
    pub fn new(token: String, port: u16) -> Self {
        Self { token, port }
    }

    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// What is asked for, behind the token; or why nobody is told.
    pub(super) fn admit<'p>(
        &self,
        method: &Method,
        path: &'p str,
        headers: &HeaderMap,
    ) -> Result<&'p str, (StatusCode, &'static str)> {
        let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?"));
        // A name of elsewhere that leads to this machine (DNS rebinding) is not this page.
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let is_host = |host: &str| hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        if headers.get_all(header::HOST).iter().count() != 1 || !text(header::HOST).is_some_and(is_host) {
            return Err((StatusCode::FORBIDDEN, "another host"));
        }
        let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(is_host);
        match text(header::ORIGIN) {
            Some(origin) if !is_own(origin) => return Err((StatusCode::FORBIDDEN, "another origin")),
            // A browser always says where an edit comes from.
            None if *method != Method::GET => return Err((StatusCode::FORBIDDEN, "no origin")),
            _ => {}
        }
        match headers.get("sec-fetch-site").map(|site| site.to_str().unwrap_or("?")) {
            None | Some("same-origin" | "none") => {}
            Some(_) => return Err((StatusCode::FORBIDDEN, "another site")),
        }
        let inside = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        match inside {
            Some((token, rest)) if is_same(token.as_bytes(), self.token.as_bytes()) => Ok(rest),
            _ => Err((StatusCode::FORBIDDEN, "not the address that `sinew serve` printed")),
        }
    }
}

/// Whether two texts are equal, in a time that does not tell where they differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, path: &str, pairs: &[(&'static str, &str)]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        Guard::new("abc".into(), 80).admit(method, path, &headers).ok().map(str::to_owned)
    }

    #[test]
    fn only_this_page_of_this_run_is_admitted() {
        let own = ("host", "127.0.0.1:80");
        let from = ("origin", "http://127.0.0.1:80");
        assert_eq!(asked(&Method::GET, "/abc/state", &[own]).as_deref(), Some("state"));
        assert_eq!(asked(&Method::POST, "/abc/edit", &[own, from]).as_deref(), Some("edit"));
        assert_eq!(asked(&Method::GET, "/abc/", &[("host", "LOCALHOST:80")]).as_deref(), Some(""));
        for (path, pairs) in [
            ("/abd/state", vec![own]),
            ("/abc", vec![own]),
            ("/ab/c/state", vec![own]),
            ("/abc/state", vec![]),
            ("/abc/state", vec![("host", "evil.example:80")]),
            ("/abc/state", vec![("host", "127.0.0.1")]),
            ("/abc/state", vec![own, own]),
            ("/abc/state", vec![own, ("origin", "http://evil.example")]),
            ("/abc/state", vec![own, ("origin", "null")]),
            ("/abc/state", vec![own, ("origin", "https://127.0.0.1:80")]),
            ("/abc/state", vec![own, ("sec-fetch-site", "cross-site")]),
            ("/abc/state", vec![own, ("sec-fetch-site", "same-site")]),
        ] {
            assert_eq!(asked(&Method::GET, path, &pairs), None, "{path} {pairs:?}");
        }
        assert_eq!(asked(&Method::POST, "/abc/edit", &[own]), None);
    }
}
