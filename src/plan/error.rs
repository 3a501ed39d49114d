//! Why there is no plan.

use std::fmt;

use sinew_order::OrderError;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// The items cannot be put in order.
    Order(OrderError),
    /// No candidate has this id.
    UnknownName {
        /// The id as it was asked for.
        item: String,
        /// The nearest id that there is.
        near: Option<String>,
    },
    /// Several candidates have this title.
    SeveralNamed {
        /// The title as it was asked for.
        item: String,
        /// The ids of those that have it.
        ids: Vec<String>,
    },
    /// A candidate is forced in that cannot be built.
    NotBuildable {
        /// The id as it was asked for.
        item: String,
        /// Why not; empty where something that it needs cannot be built.
        why: String,
    },
}

impl From<OrderError> for PlanError {
    fn from(error: OrderError) -> Self {
        Self::Order(error)
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(error) => error.fmt(f),
            Self::UnknownName { item, near: Some(near) } => {
                write!(f, "no plan item `{item}`; did you mean `{near}`?")
            }
            Self::SeveralNamed { item, ids } => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                write!(f, "`{item}` is the title of more than one plan item; name one by its id: {}", ids.join(", "))
            }
            Self::UnknownName { item, near: None } => write!(f, "no plan item `{item}`"),
            Self::NotBuildable { item, why } if why.is_empty() => {
                write!(f, "`{item}` cannot be built: what it needs cannot")
            }
            Self::NotBuildable { item, why } => write!(f, "`{item}` cannot be built: {why}"),
        }
    }
}

impl std::error::Error for PlanError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_built_says_why_where_it_is_known() {
        let said = |why: &str| PlanError::NotBuildable { item: "api:a:b".to_owned(), why: why.to_owned() }.to_string();
        assert_eq!(said("the quota is full"), "`api:a:b` cannot be built: the quota is full");
        assert_eq!(said(""), "`api:a:b` cannot be built: what it needs cannot");
    }
}
