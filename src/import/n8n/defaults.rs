//! What an n8n node does where its file does not say: n8n writes only what differs from the default of the node's version.

use std::sync::LazyLock;

/// What a version of a node does with a resource by default.
#[derive(Clone, Debug)]
pub(super) struct Default {
    node: String,
    from_version: f64,
    /// What it works on; empty where the node has no such choice.
    pub(super) resource: String,
    /// What it does with it.
    pub(super) operation: String,
    is_default: bool,
    /// Whether it writes the fields of the item without naming them.
    pub(super) takes_item: bool,
}

static ROWS: LazyLock<Vec<Default>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("defaults.csv").as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("the table is constant and the tests read it");
        Default {
            node: row[0].to_owned(),
            from_version: row[1].parse().expect("the table is constant and the tests read it"),
            resource: row[2].to_owned(),
            operation: row[3].to_owned(),
            is_default: &row[4] == "yes",
            takes_item: &row[5] == "yes",
        }
    });
    rows.collect()
});

/// What `node` does in this version; with the resource that the file states, or its own.
pub(super) fn of(node: &str, version: f64, resource: Option<&str>) -> Option<&'static Default> {
    let fits = |row: &&Default| row.node == node && row.from_version <= version;
    let wanted = |row: &&Default| match resource {
        Some(resource) => row.resource == resource,
        None => row.is_default,
    };
    ROWS.iter().filter(fits).filter(wanted).max_by(|a, b| a.from_version.total_cmp(&b.from_version))
}

/// Whether the table knows the node at all.
pub(super) fn knows(node: &str) -> bool {
    ROWS.iter().any(|row| row.node == node)
}

/// Whether this version of the node writes the fields of the item without naming them, whatever the resource.
pub(super) fn takes_item(node: &str, version: f64) -> bool {
    of(node, version, None).is_some_and(|row| row.takes_item)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, of, takes_item};

    #[test]
    fn a_default_is_that_of_the_version() {
        assert_eq!(of("hubspot", 1.0, None).unwrap().resource, "deal");
        assert_eq!(of("hubspot", 2.1, None).unwrap().resource, "contact");
        assert_eq!(of("hubspot", 2.0, Some("contact")).unwrap().operation, "upsert");
        assert!(of("nobody", 1.0, None).is_none());
        assert!(takes_item("airtable", 1.0) && !takes_item("airtable", 2.1));
    }

    #[test]
    fn every_node_has_one_default_a_version() {
        for row in ROWS.iter() {
            let same = |other: &&super::Default| {
                other.node == row.node && other.from_version == row.from_version && other.is_default
            };
            assert_eq!(ROWS.iter().filter(same).count(), 1, "{}", row.node);
        }
    }
}
