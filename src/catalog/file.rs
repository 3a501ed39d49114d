//! The data files: their names, their columns, and by which of these a row is known.

use super::words::words;

words! {
    /// One of the data files.
    DataFile {
        /// Products with what is known of each.
        Products = "products.csv",
        /// Documented connectors between two products.
        Connectors = "connectors.csv",
        /// Published limits.
        Quotas = "quotas.csv",
        /// Names under which several products are sold.
        Suites = "suites.csv",
        /// What others call a product.
        Names = "names.csv",
    }
}

impl DataFile {
    /// Its columns, in the order of the file.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Products => &[
                "id",
                "name",
                "short_name",
                "vendor",
                "aliases",
                "category",
                "secondary_categories",
                "ai_class",
                "ai_confidence",
                "status",
                "interfaces",
                "interfaces_absent",
                "api_can_write",
                "sla_uptime_pct",
                "sla_scope",
                "sla_source_url",
                "status_page_url",
                "source_url",
                "source_date",
                "confidence",
                "notes",
            ],
            Self::Connectors => &[
                "from_id",
                "to_id",
                "direction",
                "kind",
                "built_by",
                "maintained_by",
                "data",
                "latency_class",
                "latency_text",
                "constraints",
                "source_url",
                "source_date",
                "confidence",
                "read_in",
            ],
            Self::Quotas => &[
                "product_id",
                "interface",
                "kind",
                "limit_value",
                "unit",
                "window",
                "scope",
                "plan",
                "environment",
                "with_id",
                "notes",
                "source_url",
                "source_date",
                "confidence",
                "read_in",
            ],
            Self::Suites => {
                &["name", "aliases", "vendor", "members", "notes", "source_url", "source_date", "confidence"]
            }
            Self::Names => &["space", "word", "meaning", "label"],
        }
    }

    /// The columns that every row fills, and that say what it is about.
    #[must_use]
    pub const fn key(self) -> &'static [&'static str] {
        match self {
            Self::Products => &["id"],
            Self::Connectors => &["from_id", "to_id"],
            Self::Quotas => &["product_id", "interface", "kind"],
            Self::Suites => &["name"],
            Self::Names => &["space", "word"],
        }
    }

    /// The columns that tell rows with the same key apart.
    #[must_use]
    pub const fn apart(self) -> &'static [&'static str] {
        match self {
            Self::Connectors => &["kind", "built_by"],
            Self::Quotas => &["unit", "window", "scope", "plan", "environment", "with_id"],
            Self::Products | Self::Suites | Self::Names => &[],
        }
    }

    /// The column that tells rows apart which are the same in all of these.
    pub(super) const fn last_resort(self) -> Option<&'static str> {
        match self {
            Self::Connectors => Some("data"),
            Self::Quotas => Some("notes"),
            Self::Products | Self::Suites | Self::Names => None,
        }
    }

    /// The text that is compiled in, header line first.
    pub(super) const fn builtin(self) -> &'static str {
        match self {
            Self::Products => include_str!("data/products.csv"),
            Self::Connectors => include_str!("data/connectors.csv"),
            Self::Quotas => include_str!("data/quotas.csv"),
            Self::Suites => include_str!("data/suites.csv"),
            Self::Names => include_str!("data/names.csv"),
        }
    }

    /// Where a column stands.
    pub(super) fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| *column == name)
    }
}
