//! The ways in which data can get from one product to another without a person.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::connector::Connector;
use super::facts::ProductFacts;
use super::links::Leg;
use super::lookup::Catalog;
use super::product::ProductId;
use super::route_api::{ApiRoute, Unverified};
use super::words::{Confidence, ConnectorKind, Direction, Latency, words};

words! {
    /// How a route joins two products. The order is the order of the answer: from what is
    /// ready to what has to be built, and last what is no feed.
    RouteKind {
        /// One documented connector of the pair, in this direction.
        Native = "native",
        /// An iPaaS has ready modules for both.
        Recipe = "recipe",
        /// A reverse-ETL tool reads the one and writes the other.
        ReverseEtl = "reverse-etl",
        /// An ETL tool loads the one into the other, which stores tables.
        Etl = "etl",
        /// An ETL tool reads the one and writes into the other, a business tool.
        EtlWrite = "etl-write",
        /// An event hub takes from the one and gives to the other.
        EventHub = "event-hub",
        /// Code between two programming interfaces.
        Api = "api",
        /// An AI agent's tool or a job trigger: the two are joined, but nothing flows by itself.
        Assisted = "assisted",
    }
}

/// One connector on a route, in the direction in which it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// The product that the data leaves on this leg.
    pub from: ProductId,
    /// The product that the data reaches on this leg.
    pub to: ProductId,
    /// The evidence: mechanism, builder, constraints, source.
    pub connector: Connector,
}

/// One way to join two products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Route {
    /// The kind of route, which is the first key of the order.
    pub kind: RouteKind,
    /// The product between the two, where there is one.
    pub via: Option<ProductId>,
    /// The weakest support among the facts that the route needs; absent where the stack
    /// file alone vouches for it.
    pub confidence: Option<Confidence>,
    /// The slowest published freshness on the way; absent where a leg publishes none.
    pub latency: Option<Latency>,
    /// The connectors: one, or for a hub all that lead into it and then all that lead out.
    pub steps: Vec<Step>,
    /// The interfaces of a route of kind `api`.
    pub api: Option<ApiRoute>,
}

/// What is known of the ways from one product to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Routes {
    /// Where data comes from; absent for a custom product.
    pub from: Option<ProductId>,
    /// Where data goes to.
    pub to: Option<ProductId>,
    /// By kind, then confidence (best first), then the hub's id, then the data file's order.
    pub routes: Vec<Route>,
    /// Direct connectors that carry data only the other way.
    pub opposite: Vec<Step>,
    /// What is not known and would have to be looked up. A missing connector stands here:
    /// nothing in the catalog says that there is none.
    pub unverified: Vec<Unverified>,
}

impl Routes {
    /// Whether some way is known by which data flows by itself.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.routes.iter().any(|r| r.kind != RouteKind::Assisted)
    }

    /// The routes of one kind.
    pub fn of_kind(&self, kind: RouteKind) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(move |r| r.kind == kind)
    }
}

/// What two connectors through one hub amount to, if they fit together.
///
/// The hub must be the one that does the work. Objects that an ETL tool reads go into a
/// warehouse and nowhere else, unless it has a destination of its own for a business tool: Segment documents its object
/// sources so, and the same holds for Fivetran and for Workato's pipelines. A tool that takes tables of a warehouse needs
/// a destination that takes them: one for events takes no rows.
fn through_hub(hub: &ProductId, into: &Connector, out: &Connector, stores: bool) -> Option<RouteKind> {
    use ConnectorKind as K;
    let own = |c: &Connector| c.built_by == *hub;
    match (into.kind, out.kind) {
        (K::IpaasModule, K::IpaasModule) if own(into) && own(out) => Some(RouteKind::Recipe),
        (K::BiAction | K::EventDestination, K::IpaasModule) if own(out) => Some(RouteKind::Recipe),
        (K::ReverseEtlSource, K::ReverseEtl) if own(into) => Some(RouteKind::ReverseEtl),
        (K::EtlSource, K::EtlDestination | K::WarehouseSync) if own(into) && stores => Some(RouteKind::Etl),
        (K::EtlSource, K::EtlDestination) if own(into) => Some(RouteKind::EtlWrite),
        (K::EventSource | K::BiAction | K::ReverseEtl, K::EventDestination | K::WarehouseSync) => {
            Some(RouteKind::EventHub)
        }
        _ => None,
    }
}

fn step(from: &ProductId, to: &ProductId, connector: &Connector) -> Step {
    Step { from: from.clone(), to: to.clone(), connector: connector.clone() }
}

fn by_code(api: ApiRoute, confidence: Option<Confidence>) -> Route {
    Route { kind: RouteKind::Api, via: None, confidence, latency: None, steps: Vec::new(), api: Some(api) }
}

impl Catalog {
    /// All ways known from one product to another, as old as the catalog is. See [`Catalog::route_on`].
    #[must_use]
    pub fn route(&self, from: &ProductFacts, to: &ProductFacts) -> Routes {
        self.route_on(from, to, self.edition())
    }

    /// All ways known from one product to another, with the confidence that they have on a day: one step less for a
    /// fact that is undated or older than a year, and for a connector that volunteers keep working.
    #[must_use]
    pub fn route_on(&self, from: &ProductFacts, to: &ProductFacts, as_of: Date) -> Routes {
        let mut routes = Vec::new();
        let mut opposite = Vec::new();
        let mut unverified = Vec::new();
        if let (Some(a), Some(b)) = (&from.product, &to.product) {
            routes.extend(self.direct(a, b, as_of));
            routes.extend(self.hubs(a, (b, to.kind.stores_tables()), as_of));
            opposite = self.only_back(a, b);
        }
        if !routes.iter().any(|r| r.kind == RouteKind::Native) {
            unverified.push(Unverified::NoConnectorKnown);
        }
        match self.api_route(from, to, as_of) {
            Ok((api, confidence)) => routes.push(by_code(api, confidence)),
            Err(reasons) => unverified.extend(reasons),
        }
        // Stable, so that equal keys keep the order of the data file.
        routes.sort_by(|x, y| (x.kind, x.confidence, &x.via).cmp(&(y.kind, y.confidence, &y.via)));
        Routes { from: from.product.clone(), to: to.product.clone(), routes, opposite, unverified }
    }

    /// One route for each connector of the pair.
    fn direct(&self, from: &ProductId, to: &ProductId, as_of: Date) -> Vec<Route> {
        let route = |leg: Leg<'_>| {
            let c = leg.connector();
            let builder = Some(&c.built_by).filter(|b| *b != from && *b != to);
            let kind = match builder {
                _ if !c.kind.moves_records() => RouteKind::Assisted,
                Some(_) => RouteKind::Recipe,
                None => RouteKind::Native,
            };
            Route {
                kind,
                via: builder.cloned(),
                confidence: Some(c.confidence(as_of)),
                latency: c.latency,
                steps: vec![step(from, to, c)],
                api: None,
            }
        };
        self.carrying(from, to).map(route).collect()
    }

    fn only_back(&self, from: &ProductId, to: &ProductId) -> Vec<Step> {
        let back = self.carrying(to, from).map(|leg| leg.connector());
        back.filter(|c| c.direction == Direction::OneWay).map(|c| step(to, from, c)).collect()
    }

    /// One route for each hub and kind, with every connector that takes part in it. `stores`: the target keeps tables.
    fn hubs(&self, from: &ProductId, (to, stores): (&ProductId, bool), as_of: Date) -> Vec<Route> {
        let mut legs: BTreeMap<(RouteKind, &ProductId), [Vec<&Connector>; 2]> = BTreeMap::new();
        for leg in self.outgoing(from) {
            let hub = leg.far;
            if hub == from || hub == to {
                continue;
            }
            for out in self.carrying(hub, to) {
                let (into, out) = (leg.connector(), out.connector());
                if let Some(kind) = through_hub(hub, into, out, stores) {
                    let [ins, outs] = legs.entry((kind, hub)).or_default();
                    for (leg, connector) in [(ins, into), (outs, out)] {
                        if !leg.contains(&connector) {
                            leg.push(connector);
                        }
                    }
                }
            }
        }
        let route = |((kind, hub), [ins, outs]): ((RouteKind, &ProductId), [Vec<&Connector>; 2])| {
            let first = ins.iter().map(|c| step(from, hub, c));
            let second = outs.iter().map(|c| step(hub, to, c));
            let confidence = |leg: &[&Connector]| leg.iter().map(|c| c.confidence(as_of)).min();
            let latency = |leg: &[&Connector]| leg.iter().filter_map(|c| c.latency).min();
            Route {
                kind,
                via: Some(hub.clone()),
                confidence: confidence(&ins).max(confidence(&outs)),
                latency: latency(&ins).zip(latency(&outs)).map(|(a, b)| a.max(b)),
                steps: first.chain(second).collect(),
                api: None,
            }
        };
        legs.into_iter().map(route).collect()
    }
}
