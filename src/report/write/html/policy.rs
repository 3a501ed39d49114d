//! The content security policy: this page runs its own script, wears its own style, and fetches nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The policy of a page with exactly this style and this script, given as what stands between the tags.
///
/// Both are named by their hash (Content Security Policy Level 3, section 2.3.1): a script that came in by any other
/// way would not run, and no request of any kind may leave the page.
pub(super) fn policy(style: &str, script: &str) -> String {
    let (style, script) = (hash(style), hash(script));
    format!("default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'")
}

/// The policy of a page with exactly this style and no script.
pub(super) fn policy_without_script(style: &str) -> String {
    format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", hash(style))
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_specification() {
        // The example of Content Security Policy Level 2, section 4.2.5: `alert('Hello, world.');`.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }
}
