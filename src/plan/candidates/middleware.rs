//! Middleware: adopt a product that many links can share.

use std::collections::BTreeMap;

use crate::analysis::Chain;
use crate::analysis::words::counted;
use crate::catalog::{Kind as ProductKind, ProductId, RouteKind};
use crate::model::ItemKind;
use crate::plan::effort::{self, Load};

use super::adoption::Adoption;
use super::candidate::{Candidate, Subject};
use super::context::{Context, Question};
use super::{extend, planned, reverse_etl};
use crate::plan::edit::Edit;

/// Products of each kind that are considered: the market offers many that do the same, and the plan is to choose what
/// to build, not what to buy.
const MOST: usize = 2;

/// The products that reach the links that cost most, of those for which the stack has nothing but code of one's own; ties go to
/// those that reach more links, then to the first product's id.
pub(super) fn adoptions(context: &Context<'_>, questions: &[Question<'_>]) -> Vec<Adoption> {
    let mut reach: BTreeMap<(RouteKind, ProductId), (usize, f64)> = BTreeMap::new();
    let is_there = |product: &ProductId| !context.of_product(product).is_empty();
    for question in questions.iter().filter(|question| is_open(context, question, &is_there)) {
        let cost: f64 = context.chains(question.link).filter_map(Chain::cost).map(|cost| cost.likely.0).sum();
        let reverse = reverse_etl::routes(context, question).into_iter().map(|(_, route)| route);
        let routes = question.routes.of_kind(RouteKind::Recipe).cloned().chain(reverse);
        let mut products: Vec<(RouteKind, ProductId)> =
            routes.filter_map(|route| Some((route.kind, route.via?))).filter(|(_, via)| !is_there(via)).collect();
        products.sort_unstable();
        products.dedup();
        for product in products {
            let entry = reach.entry(product).or_default();
            entry.0 += 1;
            entry.1 += cost;
        }
    }
    let mut ranked: Vec<((RouteKind, ProductId), (usize, f64))> = reach.into_iter().collect();
    ranked.sort_by(|(a, (links_a, cost_a)), (b, (links_b, cost_b))| {
        cost_b.total_cmp(cost_a).then(links_b.cmp(links_a)).then_with(|| a.cmp(b))
    });
    let mut chosen: Vec<Adoption> = Vec::new();
    for ((kind, product), (links, _)) in ranked {
        let serves = |kind| context.catalog().product(product.as_str()).is_some_and(|row| row.kind == kind);
        let is_tool = serves(ProductKind::Ipaas) || serves(ProductKind::ReverseEtl);
        if is_tool && chosen.iter().filter(|one| one.kind == kind).count() < MOST {
            chosen.extend(adoption(context, kind, &product, links));
        }
    }
    chosen
}

/// Whether nothing in the stack joins the ends but code of one's own.
fn is_open(context: &Context<'_>, question: &Question<'_>, is_there: &dyn Fn(&ProductId) -> bool) -> bool {
    let routes = &question.routes;
    let by_tool = |kind| routes.of_kind(kind).any(|route| route.via.as_ref().is_some_and(is_there));
    routes.of_kind(RouteKind::Native).next().is_none()
        && !by_tool(RouteKind::Recipe)
        && !by_tool(RouteKind::Etl)
        && !by_tool(RouteKind::EtlWrite)
        && !reverse_etl::routes(context, question).iter().any(|(_, route)| route.via.as_ref().is_some_and(is_there))
        && extend::candidates(context, question).is_empty()
        && planned::candidates(context, question).is_empty()
}

fn adoption(context: &Context<'_>, kind: RouteKind, product: &ProductId, links: usize) -> Option<Adoption> {
    let row = context.catalog().product(product.as_str())?;
    let stack = context.stack();
    let is_taken =
        |id: &str| stack.find_system(id).is_some() || stack.find_team(id).is_some() || stack.find_flow(id).is_some();
    let numbered = (2_u32..).map(|n| format!("{product}-{n}"));
    let id = std::iter::once(product.to_string()).chain(numbered).find(|id| !is_taken(id))?;
    let name = row.short_name.as_ref().unwrap_or(&row.name).clone();
    let source = row.source.cited();
    Some(Adoption { product: product.clone(), name, id, kind, links, source })
}

pub(super) fn candidates(context: &Context<'_>, adoptions: &[Adoption]) -> Vec<Candidate> {
    let one = |adoption: &Adoption| Candidate {
        id: adoption.item(),
        kind: ItemKind::Middleware,
        title: format!("Adopt {}", adoption.name),
        subjects: vec![Subject::Enabler],
        leaves: Vec::new(),
        needs: Vec::new(),
        edits: vec![Edit::AddSystem { id: adoption.id.clone(), product: adoption.product.to_string() }],
        effort: effort::effort(context.stack(), ItemKind::Middleware, Load::default()),
        running: effort::running_cost(context.stack(), ItemKind::Middleware),
        confidence: None,
        why: vec![format!(
            "it reaches both ends of {} ({})",
            counted(adoption.links, "open link", "open links"),
            adoption.source
        )],
        obstacles: Vec::new(),
        quotas: Vec::new(),
        is_ai_output: false,
    };
    adoptions.iter().map(one).collect()
}
