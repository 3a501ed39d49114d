//! Names of things in a stack file, and their places in the stack's lists.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The longest id, in characters.
pub const MAX_ID: usize = 100;

/// Whether `text` may be the id of a system, team, data object or process: letters, digits, `.`, `_` and `-`, begun by
/// a letter or digit, at most [`MAX_ID`] characters, and neither `.` nor `..`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && text.len() <= MAX_ID
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether `text` may be the id of a flow: as [`is_id`], with `->`, `:` and `,` allowed too. The default of a flow that
/// states none is made of other ids and may be longer.
#[must_use]
pub fn is_flow_id(text: &str) -> bool {
    // An arrow is one sign, whose head stands nowhere else.
    let is_sign = |at: usize, byte: u8| match byte {
        b'.' | b'_' | b'-' | b':' | b',' => true,
        b'>' => at > 0 && text.as_bytes()[at - 1] == b'-',
        other => other.is_ascii_alphanumeric(),
    };
    text.len() <= MAX_ID
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().enumerate().all(|(at, byte)| is_sign(at, byte))
}

macro_rules! ids {
    ($($id:ident $ix:ident $what:literal;)*) => {$(
        #[doc = concat!("The id of ", $what, ", as the stack file writes it.")]
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(Arc<str>);

        impl $id {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $id {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $id {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl Borrow<str> for $id {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[doc = concat!("The place of ", $what, " in the stack's list, which is sorted by id.")]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $ix(pub u32);

        impl $ix {
            /// The place as a list index.
            #[must_use]
            pub fn at(self) -> usize {
                self.0 as usize
            }

            /// The place at list index `at`.
            ///
            /// # Panics
            /// Past 2^32, which no stack file can reach: it is bounded to 4 GiB.
            #[must_use]
            pub fn new(at: usize) -> Self {
                Self(u32::try_from(at).expect("a stack has fewer than 2^32 entries"))
            }
        }
    )*};
}

ids! {
    SystemId SystemIx "a system";
    TeamId TeamIx "a team";
    DataId DataIx "a data object";
    FlowId FlowIx "a flow";
    ProcessId ProcessIx "a process";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_file_names_and_flow_ids_may_hold_arrows() {
        assert!(is_id("6sense") && is_id("a.b_c-d"));
        assert!(!is_id("") && !is_id("..") && !is_id("-a") && !is_id("a/b") && !is_id("ä") && !is_id(&"a".repeat(101)));
        assert!(is_flow_id("jasper->wordpress:draft,image") && is_flow_id("a-b"));
        assert!(!is_flow_id("a>b") && !is_flow_id("->a") && !is_flow_id("a b"));
    }
}
