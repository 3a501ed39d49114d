//! Foreign text made fit to be written down: no secrets, no addresses of persons, nothing that drives a terminal.

use std::collections::BTreeMap;

use crate::source::{in_ids, is_invisible};

/// The longest text, in characters; what is longer is cut.
const LONGEST: usize = 10_000;
/// The longest name of which keys and lists are made, in characters.
const LONGEST_NAME: usize = 400;

/// What was left out, by field, and how often; never what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut(BTreeMap<String, usize>);

impl LeftOut {
    /// Counts `count` more values of `field`.
    pub(super) fn count(&mut self, field: &str, count: usize) {
        if count > 0 {
            *self.0.entry(field.to_owned()).or_default() += count;
        }
    }

    /// Every field with its count, by name.
    pub(super) fn into_counts(self) -> impl Iterator<Item = (String, usize)> {
        self.0.into_iter()
    }

    /// `text` as it may be written into a stack file or a report: one line, without invisible characters, e-mail
    /// addresses, phone numbers and what looks like a token; of an address on the web only scheme and host stay.
    pub(super) fn clean(&mut self, text: &str) -> String {
        let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let line: String = line.chars().filter(|c| !is_invisible(*c)).take(LONGEST).collect();
        let all: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let mut words = Vec::new();
        for word in self.without_secrets(&all) {
            words.extend(self.word(&word));
        }
        self.without_phones(&words).join(" ")
    }

    /// `text` as [`Self::clean`] gives it, cut where it is too long for a name: keys and lists are made of several.
    pub(super) fn name(&mut self, text: &str) -> String {
        let clean = self.clean(text);
        match clean.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => {
                self.count("end of a long name", 1);
                clean[..end].trim_end().to_owned()
            }
            None => clean,
        }
    }

    /// The name of a file as [`Self::clean`] gives it, folder by folder, so that one which looks like a token takes no other
    /// with it. Empty where nothing of the whole name is left.
    pub(super) fn path(&mut self, path: &str) -> String {
        let parts: Vec<String> = path.split('/').map(|part| self.clean(part)).collect();
        if parts.iter().all(String::is_empty) {
            return String::new();
        }
        let shown = path.split('/').zip(parts).map(|(was, part)| match part.is_empty() && !was.trim().is_empty() {
            true => "…".to_owned(),
            false => part,
        });
        shown.collect::<Vec<_>>().join("/")
    }

    /// A word without what may not be shown; `None` where nothing of it is left.
    fn word(&mut self, word: &str) -> Option<String> {
        if let Some(at) = word.find("://") {
            let end = word[at + 3..].find(['/', '?', '#']).map_or(word.len(), |end| at + 3 + end);
            let authority = &word[at + 3..end];
            let host = authority.rsplit('@').next().unwrap_or(authority);
            if end < word.len() || host.len() < authority.len() {
                self.count("path of an address", 1);
            }
            return Some(format!("{}{host}", &word[..at + 3]));
        }
        if is_mail_address(word) {
            self.count("e-mail address", 1);
            return None;
        }
        if is_token(word) {
            self.count("token", 1);
            return None;
        }
        Some(word.to_owned())
    }

    /// `words` without what stands behind a word that names a secret: `password=…`, `pw: …`, `API key: …`.
    fn without_secrets(&mut self, words: &[&str]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        let mut is_secret = None;
        for word in words {
            if let Some(is_surely) = is_secret.take()
                && (is_surely || is_no_word(word))
            {
                self.count("secret", 1);
                continue;
            }
            let sign = word.find([':', '=']).filter(|at| !word[*at..].starts_with("://"));
            let named = sign.and_then(|at| {
                let before = kept.last().map_or("", String::as_str);
                Some((names_secret(before, &word[..at])?, at + 1))
            });
            match named {
                Some((is_surely, end)) if end == word.len() => {
                    is_secret = Some(is_surely);
                    kept.push((*word).to_owned());
                }
                Some((is_surely, end)) if is_surely || is_no_word(&word[end..]) => {
                    self.count("secret", 1);
                    kept.push(word[..end].to_owned());
                }
                _ => kept.push((*word).to_owned()),
            }
        }
        kept
    }

    /// `words` without runs of them that are a phone number.
    fn without_phones(&mut self, words: &[String]) -> Vec<String> {
        let mut kept = Vec::new();
        let mut at = 0;
        while at < words.len() {
            // Most words are none that a phone number has.
            let run = words[at..].iter().take(6).take_while(|word| word.chars().all(is_of_phone)).count();
            let longest = (at + 1..=at + run).rev().find(|end| is_phone(&words[at..*end]));
            match longest {
                Some(end) => {
                    self.count("phone number", 1);
                    at = end;
                }
                None => {
                    kept.push(words[at].clone());
                    at += 1;
                }
            }
        }
        kept
    }
}

/// Whether the header of a column says that secrets stand below it.
pub(super) fn is_header_of_secrets(header: &str) -> bool {
    let outside = header.split(['(', '[']).next().unwrap_or_default();
    let mut words = outside
        .split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | ':'))
        .filter(|word| !word.is_empty())
        .rev();
    let last = words.next().unwrap_or_default();
    names_secret(words.next().unwrap_or_default(), last).is_some()
}

/// Whether a word before `:` or `=` names a secret, and if so whether whatever stands behind it is one: a `token` may also be
/// spoken of.
fn names_secret(before: &str, word: &str) -> Option<bool> {
    const SURELY: [&str; 12] = [
        "password",
        "passwords",
        "passwd",
        "passwort",
        "passphrase",
        "pwd",
        "pw",
        "kennwort",
        "contraseña",
        "motdepasse",
        "mdp",
        "passcode",
    ];
    const PERHAPS: [&str; 11] = [
        "secret",
        "token",
        "apikey",
        "accesstoken",
        "clientsecret",
        "secretkey",
        "apitoken",
        "apisecret",
        "pin",
        "credentials",
        "pass",
    ];
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let last = word.rsplit(['/', '(', '"']).next().unwrap_or(word);
    let plain = letters(last);
    if SURELY.contains(&plain.as_str()) || (plain == "passe" && letters(before) == "de") {
        return Some(true);
    }
    let is_key =
        plain == "key" && ["api", "access", "secret", "private", "license"].contains(&letters(before).as_str());
    (is_key || PERHAPS.contains(&plain.as_str())).then_some(false)
}

/// Whether a word is none of a language: it has digits, or capitals behind small letters.
fn is_no_word(word: &str) -> bool {
    let has_hump = word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase());
    word.len() >= 4 && (has_hump || word.bytes().any(|b| b.is_ascii_digit()))
}

/// Whether a word holds an e-mail address, perhaps in brackets or quotes.
fn is_mail_address(word: &str) -> bool {
    let mut parts = word.split('@');
    let (Some(before), Some(after), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'))
        && after.starts_with(char::is_alphanumeric)
        && after.contains('.')
}

/// Whether a word holds what looks like a key or password: a known prefix, or twenty letters and digits in a row with
/// at least three digits among them.
pub(super) fn is_token(word: &str) -> bool {
    const PREFIXES: [&str; 12] =
        ["sk-", "sk_", "pk_", "rk_", "xox", "AKIA", "ASIA", "eyJ", "pat-", "pat_", "ghp_", "Bearer:"];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/' | '=');
    let has_digits = |text: &str, least: usize| text.bytes().filter(u8::is_ascii_digit).count() >= least;
    let prefixed = word.split(|c: char| !is_part(c)).any(|run| {
        run.split(['=', '/']).any(|part| {
            PREFIXES.iter().any(|prefix| part.starts_with(prefix)) && part.len() >= 12 && has_digits(part, 1)
        })
    });
    prefixed
        || word
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')))
            .any(|run| run.len() >= 20 && has_digits(run, 3) && run.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// Whether a phone number may have this sign.
fn is_of_phone(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '/')
}

/// Whether words in a row are a phone number: 10 to 15 digits in groups, or 8 and more behind a plus; a date is none.
fn is_phone(words: &[String]) -> bool {
    let text = words.join(" ");
    let digits: Vec<usize> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).map(str::len).collect();
    let total: usize = digits.iter().sum();
    let shape = text.chars().all(|c| is_of_phone(c) || c == ' ');
    let is_date = digits.len() >= 3 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2;
    let least = if text.starts_with('+') || text.starts_with("(+") { 8 } else { 10 };
    shape && !is_date && digits.len() > usize::from(least == 10) && (least..=15).contains(&total)
}

/// `text` as an id: lower case letters and digits with single hyphens between, at most 60 characters; `fallback` where
/// nothing of it is left.
pub(super) fn slug(text: &str, fallback: &str) -> String {
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match in_ids(c) {
            Some(plain) => id.push_str(plain),
            None if c.is_ascii_alphanumeric() => id.push(c),
            None if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            None => {}
        }
        if id.len() >= 60 {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { fallback.to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{LeftOut, is_header_of_secrets, is_token, slug};

    #[test]
    fn names_lose_what_nobody_else_may_read_and_nothing_more() {
        let mut left = LeftOut::default();
        for (text, clean) in [
            ("Mail to ana.lopez+x@example.com now", "Mail to now"),
            ("Call +49 170 1234567 or (555) 123-4567", "Call or"),
            ("On 2026-11-20 10:15, list 12246", "On 2026-11-20 10:15, list 12246"),
            ("see https://ana:pw@api.example.com/v1?key=1 there", "see https://api.example.com there"),
            ("key xoxb-123456789012-abc and AKIAABCDEFGH1234", "key and"),
            ("5f4dcc3b5aa765d61d8327deb882cf99", ""),
            ("a\u{202e}b\u{1b}[2J\nc", "ab[2J c"),
            ("GoogleSheetsCreateManyRowsInOneCall V2", "GoogleSheetsCreateManyRowsInOneCall V2"),
        ] {
            assert_eq!(left.clean(text), clean, "{text}");
        }
        let counts: Vec<(String, usize)> = left.into_counts().collect();
        let expected = [("e-mail address", 1), ("path of an address", 1), ("phone number", 2), ("token", 3)]
            .map(|(a, b)| (a.to_owned(), b));
        assert_eq!(counts, expected);
    }

    #[test]
    fn what_stands_behind_the_name_of_a_secret_is_left_out() {
        let mut left = LeftOut::default();
        for (text, clean) in [
            ("password=secret123", "password="),
            ("login: admin / pw: Hunter2!x, call Tom", "login: admin / pw: call Tom"),
            ("user/password: admin", "user/password:"),
            ("Passwort: geheim", "Passwort:"),
            ("mot de passe : azerty", "mot de passe : azerty"),
            ("mot de passe: azerty", "mot de passe:"),
            ("API key: ab12-cd34", "API key:"),
            ("api_key=ab12cd", "api_key="),
            ("token: refreshed daily", "token: refreshed daily"),
            ("Key: lead id", "Key: lead id"),
            ("Passes: 12 a week", "Passes: 12 a week"),
        ] {
            assert_eq!(left.clean(text), clean, "{text}");
        }
        assert_eq!(left.into_counts().collect::<Vec<_>>(), [("secret".to_owned(), 7)]);
        assert!(
            is_header_of_secrets("Admin password")
                && is_header_of_secrets("API key")
                && is_header_of_secrets("api_token")
        );
        assert!(
            !is_header_of_secrets("Key system")
                && !is_header_of_secrets("Primary key")
                && !is_header_of_secrets("Pass rate of forms")
        );
    }

    #[test]
    fn a_folder_that_looks_like_a_token_takes_no_other_with_it() {
        let mut left = LeftOut::default();
        let hidden = "5f4dcc3b5aa765d61d8327deb882cf99";
        assert_eq!(left.path(&format!("app/{hidden}/pages/A.html")), "app/…/pages/A.html");
        assert_eq!(left.path("/a b/c.csv"), "/a b/c.csv");
        assert_eq!((left.path(hidden), left.path("")), (String::new(), String::new()));
    }

    #[test]
    fn a_word_with_a_hyphen_is_no_token_and_ids_are_plain() {
        assert!(!is_token("sk-learn") && !is_token("outbound-campaign-2026") && is_token("sk-live-4eC39HqLyjWD"));
        assert_eq!(slug("Größe (m²) & Mörtel's", "x"), "groesse-m-moertels");
        assert_eq!(slug("日本", "x"), "x");
    }
}
