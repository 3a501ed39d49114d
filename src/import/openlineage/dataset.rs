//! Which system a dataset is in: by the scheme and the host of its namespace.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalog::{Kind, Space};
use crate::import::clean::{LeftOut, slug};
use crate::import::json::text;
use crate::import::recognise::{self, Meaning, Named, recognise};

/// A dataset by its place and its name; both are fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dataset {
    pub(super) namespace: String,
    pub(super) name: String,
}

/// Schemes that are called otherwise than their products.
const SCHEMES: [(&str, &str); 14] = [
    ("abfs", "azure blob storage"),
    ("abfss", "azure blob storage"),
    ("dbfs", "databricks"),
    ("gs", "google cloud storage"),
    ("mssql", "sql server"),
    ("postgres", "postgresql"),
    ("redshift", "amazon redshift"),
    ("s3", "amazon s3"),
    ("s3a", "amazon s3"),
    ("s3n", "amazon s3"),
    ("sqlserver", "sql server"),
    ("unitycatalog", "databricks"),
    ("wasb", "azure blob storage"),
    ("wasbs", "azure blob storage"),
];

/// Schemes of the standard whose products the catalog does not have; data is kept in all of them.
const STORES: [(&str, &str); 14] = [
    ("arn:aws:glue", "AWS Glue Data Catalog"),
    ("awsathena", "Amazon Athena"),
    ("azurecosmos", "Azure Cosmos DB"),
    ("azurekusto", "Azure Data Explorer"),
    ("cassandra", "Apache Cassandra"),
    ("crate", "CrateDB"),
    ("db2", "IBM Db2"),
    ("druid", "Apache Druid"),
    ("hive", "Apache Hive"),
    ("iceberg", "Apache Iceberg"),
    ("oceanbase", "OceanBase"),
    ("presto", "Presto"),
    ("spanner", "Google Cloud Spanner"),
    ("trino", "Trino"),
];

impl Dataset {
    /// A dataset as an event names it.
    pub(super) fn read(value: &Value, left_out: &mut LeftOut) -> Option<Self> {
        let namespace = left_out.name(text(value, "namespace")?);
        let name = text(value, "name").unwrap_or_default();
        let name = if name.contains('/') && !name.contains("://") {
            // A path with dates in it looks like a token, which each of its parts may be.
            let parts: Vec<String> = name.split('/').map(|part| left_out.name(part)).collect();
            parts.join("/")
        } else {
            left_out.name(name)
        };
        Some(Self { namespace, name })
    }

    /// The id of the object that it holds: the last two parts of a table's name, the folder of files that are numbered.
    pub(super) fn object(&self) -> String {
        let is_path = self.name.contains('/');
        let parts: Vec<&str> = if is_path {
            self.name.split('/').map(without_ending).filter(|part| !is_number(part)).collect()
        } else {
            without_ending(&self.name).split('.').collect()
        };
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        slug(&parts[parts.len().saturating_sub(2)..].join(" "), "records")
    }
}

/// A name of a file without what says how it is written.
fn without_ending(name: &str) -> &str {
    const ENDINGS: [&str; 9] = [".csv", ".json", ".jsonl", ".parquet", ".avro", ".orc", ".gz", ".txt", ".xlsx"];
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Whether a part of a path only tells one file from the next: a date, a number, `part-0001`, `year=2026`.
fn is_number(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let is_partition = part.split_once('=').is_some() || part.starts_with("part-");
    is_partition || digits > 0 && digits >= letters
}

/// What stands before `://`.
fn scheme(namespace: &str) -> Option<(&str, &str)> {
    namespace.split_once("://")
}

/// The systems of all namespaces. Of several databases of one product each is a system of its own.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By namespace: the system, and what it is called beside others of its product.
    systems: BTreeMap<String, (Named, Option<String>)>,
}

impl Places {
    /// The systems of all these namespaces.
    pub(super) fn of<'n>(namespaces: impl Iterator<Item = &'n str>) -> Self {
        let all: BTreeSet<&str> = namespaces.collect();
        let named: Vec<(&str, Named)> = all.into_iter().map(|namespace| (namespace, product(namespace))).collect();
        let (mut of_product, mut hosts) = (BTreeMap::new(), BTreeMap::new());
        for (namespace, named) in &named {
            *of_product.entry(named.key.clone()).or_insert(0_usize) += 1;
            let host = host(namespace);
            let with_label: &mut BTreeSet<&str> = hosts.entry((named.key.clone(), label(host))).or_default();
            with_label.insert(host);
        }
        let place = |namespace: &str, named: Named| {
            let host = host(namespace);
            // The first label of a host, where that tells all of them apart.
            let is_clear = hosts.get(&(named.key.clone(), label(host))).is_none_or(|hosts| hosts.len() < 2);
            let place = if is_clear { label(host) } else { host };
            if place.is_empty() || of_product.get(&named.key).is_none_or(|all| *all < 2) {
                return (named, None);
            }
            let called = format!("{} {place}", named.name);
            let name = if named.product.is_some() { named.name } else { called.clone() };
            (Named { key: format!("{}@{}", named.key, slug(place, "place")), name, ..named }, Some(called))
        };
        let systems = named.into_iter().map(|(namespace, named)| (namespace.to_owned(), place(namespace, named)));
        Self { systems: systems.collect() }
    }

    /// The system of a namespace, and what it is called beside others of its product.
    pub(super) fn system(&self, namespace: &str) -> (Named, Option<String>) {
        self.systems.get(namespace).cloned().unwrap_or_else(|| (product(namespace), None))
    }
}

/// The host of a namespace, the first of several; empty where it has none.
fn host(namespace: &str) -> &str {
    let authority = scheme(namespace).map_or("", |(_, authority)| authority);
    let is_end = |c: char| matches!(c, '/' | ':' | ',');
    authority.split(is_end).next().unwrap_or_default().trim_matches('.')
}

/// The first label of a host; an address of numbers is named in full.
fn label(host: &str) -> &str {
    let is_number = host.chars().all(|c| c.is_ascii_digit() || c == '.');
    if is_number { host } else { host.split('.').next().unwrap_or_default() }
}

/// What a namespace is a place of.
fn product(namespace: &str) -> Named {
    let word = scheme(namespace).map_or(namespace, |(scheme, _)| scheme).to_lowercase();
    if word == "file" {
        return Named { kind: Some(Kind::FileShare), ..recognise::unknown("Files") };
    }
    if word == "hdfs" {
        return Named { kind: Some(Kind::FileShare), ..recognise::unknown("HDFS") };
    }
    let store = |(scheme, _): &&(&str, &str)| word == *scheme || word.starts_with(&format!("{scheme}:"));
    if let Some((_, name)) = STORES.iter().find(store) {
        return Named { kind: Some(Kind::Warehouse), ..recognise::unknown(name) };
    }
    let known = SCHEMES.iter().find(|(scheme, _)| *scheme == word).map_or(word.as_str(), |(_, product)| product);
    // A namespace that is only a name is one's own word: what it contains says nothing of products.
    let found = match recognise(Space::Dbt, known) {
        Meaning::System(named) if !named.is_unknown() => Some(named),
        _ => None,
    };
    let by_host = || match recognise(Space::Host, host(namespace)) {
        Meaning::System(named) => Some(named),
        Meaning::BuiltIn => None,
    };
    let by_host = matches!(word.as_str(), "http" | "https").then(by_host).flatten();
    let name = if scheme(namespace).is_some() { word.clone() } else { namespace.to_owned() };
    by_host.or(found).unwrap_or_else(|| recognise::unknown(&recognise::in_words(&name)))
}

#[cfg(test)]
mod tests {
    use super::{Dataset, Places};

    #[test]
    fn places_of_one_product_are_told_apart_by_as_little_as_is_clear() {
        let namespaces = [
            "postgres://shop.eu.example.com:5432",
            "postgres://crm.eu.example.com:5432",
            "mysql://10.0.0.1:3306",
            "mysql://10.0.0.2:3306",
            "hive://a.example.com:10000",
            "hive://a.example.org:10000",
            "trino://only:8080",
            "arn:aws:glue:eu-central-1:123456789012",
            "kafka://b1:9092,b2:9092",
            "orders",
        ];
        let places = Places::of(namespaces.into_iter());
        let said: Vec<String> = namespaces
            .iter()
            .map(|namespace| {
                let (named, called) = places.system(namespace);
                called.unwrap_or(named.name)
            })
            .collect();
        assert_eq!(
            said,
            [
                "PostgreSQL shop",
                "PostgreSQL crm",
                "MySQL 10.0.0.1",
                "MySQL 10.0.0.2",
                "Apache Hive a.example.com",
                "Apache Hive a.example.org",
                "Trino",
                "AWS Glue Data Catalog",
                "Apache Kafka",
                "Orders",
            ]
        );
    }

    #[test]
    fn objects_are_called_as_tables_and_folders_are() {
        for (name, object) in [
            ("shop.public.orders", "public-orders"),
            ("shop/orders/2026/11/16/part-0001.parquet", "shop-orders"),
            ("copied.csv", "copied"),
            ("/tmp/outputs/1729097570970", "tmp-outputs"),
            ("year=2026/month=11/x.json", "x"),
            ("", "records"),
        ] {
            let dataset = Dataset { namespace: String::new(), name: name.to_owned() };
            assert_eq!(dataset.object(), object, "{name}");
        }
    }
}
