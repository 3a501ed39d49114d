//! Persons among boxes: known by the words of their names.

/// Words that end the name of a person or a team.
const ENDS: [&str; 63] = [
    "team",
    "teams",
    "rep",
    "reps",
    "manager",
    "managers",
    "analyst",
    "analysts",
    "specialist",
    "specialists",
    "coordinator",
    "agency",
    "agencies",
    "staff",
    "people",
    "user",
    "users",
    "admin",
    "admins",
    "sdr",
    "sdrs",
    "bdr",
    "bdrs",
    "ae",
    "aes",
    "csm",
    "csms",
    "marketer",
    "marketers",
    "seller",
    "sellers",
    "intern",
    "freelancer",
    "freelancers",
    "editor",
    "editors",
    "designer",
    "designers",
    "cmo",
    "ceo",
    "cfo",
    "cro",
    "vp",
    "person",
    "department",
    "dept",
    "engineer",
    "engineers",
    "developer",
    "developers",
    "consultant",
    "coaches",
    "broker",
    "brokers",
    "trainer",
    "accountant",
    "recruiter",
    "operator",
    "director",
    "founder",
    "copywriter",
    "executive",
    "executives",
];

/// Departments, which are people where a box has no other words.
const DEPARTMENTS: [&str; 26] = [
    "sales",
    "marketing",
    "finance",
    "legal",
    "hr",
    "mops",
    "marketing ops",
    "marketing operations",
    "sales ops",
    "sales operations",
    "revops",
    "revenue operations",
    "rev ops",
    "customer success",
    "ops",
    "operations",
    "it",
    "demand gen",
    "demand generation",
    "field marketing",
    "product marketing",
    "content marketing",
    "sales team",
    "executives",
    "leadership",
    "everyone",
];

/// Those who buy, which end the name of a person and stand outside.
const CUSTOMERS: [&str; 10] =
    ["customer", "customers", "client", "clients", "visitor", "visitors", "prospect", "prospects", "buyer", "buyers"];

/// Others who stand outside: what they do is no work of the company.
const OUTSIDE: [&str; 24] = [
    "registrant",
    "registrants",
    "subscriber",
    "subscribers",
    "guest",
    "guests",
    "attendee",
    "attendees",
    "applicant",
    "citizen",
    "student",
    "patient",
    "passenger",
    "shopper",
    "shoppers",
    "consumer",
    "consumers",
    "public",
    "owner",
    "lead",
    "leads",
    "recipient",
    "recipients",
    "partner",
];

/// What ends in such a word and is a thing all the same.
const THINGS: [&str; 14] = [
    "teams",
    "microsoft teams",
    "tag manager",
    "google tag manager",
    "campaign manager",
    "ads manager",
    "ad manager",
    "asset manager",
    "experience manager",
    "content manager",
    "api manager",
    "business manager",
    "task manager",
    "event manager",
];

fn ends_name(word: &str) -> bool {
    ENDS.contains(&word) || CUSTOMERS.contains(&word)
}

fn stands_outside(word: &str) -> bool {
    OUTSIDE.contains(&word) || CUSTOMERS.contains(&word)
}

/// Whether a box of this name is a person or a team, where the format does not say what it is.
pub(super) fn is_person(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ");
    if words.is_empty() || words.len() > 6 || THINGS.iter().any(|thing| joined.ends_with(thing)) {
        return false;
    }
    DEPARTMENTS.contains(&joined.as_str()) || words.last().is_some_and(|last| ends_name(last))
}

/// Whether a person of this name stands outside the company.
pub(super) fn is_outside(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(stands_outside) && !lower.ends_with("team")
}

/// Words of the names of roles besides those that end them.
const ROLES: [&str; 22] = [
    "ops",
    "marketing",
    "sales",
    "data",
    "content",
    "web",
    "event",
    "events",
    "demand",
    "finance",
    "support",
    "product",
    "growth",
    "digital",
    "revenue",
    "field",
    "account",
    "campaign",
    "brand",
    "business",
    "lead",
    "head",
];

/// Whether a name is that of one person: two or three words with capitals, none of which is of a role.
pub(in crate::import) fn is_personal_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '.'))
    };
    let lower = name.to_lowercase();
    let is_role = |word: &str| ROLES.contains(&word) || ends_name(word) || stands_outside(word);
    (2..=3).contains(&words.len())
        && words.iter().all(is_name)
        && !lower.split(|c: char| !c.is_alphanumeric()).any(is_role)
        && !is_person(name)
}

#[cfg(test)]
mod tests {
    use super::{is_outside, is_person, is_personal_name};

    #[test]
    fn persons_are_known_by_their_names() {
        for name in ["Sales team", "SDR", "Marketing Ops", "Content editors", "Website visitor", "Users & Coaches"] {
            assert!(is_person(name), "{name}");
        }
        for name in ["Google Tag Manager", "Microsoft Teams", "HubSpot", "Customer data", "Salesforce", "User API", ""]
        {
            assert!(!is_person(name), "{name}");
        }
        assert!(is_personal_name("Ana Lopez") && !is_personal_name("Field marketing") && !is_personal_name("SDR Lead"));
        assert!(is_outside("Personal Banking Customer") && !is_outside("Customer success team"));
    }
}
