//! The description of an external service: its host, and which operations give and which ask.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::roles::{self, Role};

/// Operations of one service; what is more is not looked at.
const MOST: usize = 5_000;

/// What a description says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Service {
    /// The address of the service.
    pub(super) address: Option<String>,
    /// Whether each operation gives something, by its name as flows write it.
    operations: BTreeMap<String, bool>,
}

/// Reads the description; one that is no JSON says nothing.
pub(super) fn service(schema: &str) -> Service {
    let Ok(schema) = crate::import::json::parse(schema) else { return Service::default() };
    let host = schema.get("host").and_then(Value::as_str).map(str::to_owned);
    let server = || Some(schema.get("servers")?.get(0)?.get("url")?.as_str()?.to_owned());
    let mut operations = BTreeMap::new();
    let paths = schema.get("paths").and_then(Value::as_object).into_iter().flatten();
    for (path, methods) in paths.take(MOST) {
        for (method, operation) in methods.as_object().into_iter().flatten().take(8) {
            let name = operation.get("operationId").and_then(Value::as_str);
            let name = name.map_or_else(|| format!("{method}{path}"), str::to_owned);
            let gives = match method.as_str() {
                "get" | "head" => false,
                _ => roles::role(&name) != Some(Role::Read),
            };
            operations.insert(plain(&name), gives);
        }
    }
    Service { address: host.or_else(server), operations }
}

impl Service {
    /// Whether the operation of that name gives something; where the description does not know it, by its words.
    pub(super) fn gives(&self, operation: &str) -> Option<bool> {
        let stated = self.operations.get(&plain(operation)).copied();
        stated.or_else(|| roles::role(operation).map(|role| role != Role::Read))
    }
}

/// Names of operations are made fit for Salesforce: only letters and digits count.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::service;

    #[test]
    fn operations_give_or_ask_by_their_method() {
        let one = service(
            r#"{"servers":[{"url":"https://a.example.com/v1"}],"paths":{"/o":{"get":{"operationId":"orders.list"},"post":{}},
                "/s":{"post":{"operationId":"search_orders"}}}}"#,
        );
        assert_eq!(one.address.as_deref(), Some("https://a.example.com/v1"));
        assert_eq!(
            (one.gives("ordersList"), one.gives("post_o"), one.gives("search_orders")),
            (Some(false), Some(true), Some(false))
        );
        assert_eq!((one.gives("sendKit"), one.gives("kit")), (Some(true), None));
        assert_eq!(service("no json"), super::Service::default());
    }
}
