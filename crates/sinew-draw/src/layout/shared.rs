//! Pictures that share a budget: those of one report.

use super::arranged::Arrangements;
use super::laid::Laid;
use super::means::Means;
use super::one::{Standing, laid_out, within_places};
use super::work::Budget;
use crate::parallel::in_order;
use crate::{Arrangement, Diagram};

/// Boxes and lines of all pictures together up to which each has the budget of a picture to itself.
const FEW: usize = 3_000;

/// The slides of each of `diagrams`, in their order. Where they are large, they share `budget`: the smallest is laid out first
/// and may take an even share, and what it leaves is for the others. What is `known` is not arranged again, nor what two of them
/// share. `begun` is told the place of each when it is begun.
#[must_use]
pub fn together(
    diagrams: &[&Diagram],
    budget: Budget,
    known: Option<&Arrangements>,
    begun: &(dyn Fn(usize) + Sync),
) -> Vec<Laid> {
    let own = Arrangements::default();
    let means = |budget: Budget| Means { budget, known: known.unwrap_or(&own) };
    let weight = |diagram: &Diagram| match diagram.arrangement {
        Arrangement::Network => diagram.nodes.len() + diagram.edges.len(),
        // One slide, or as many as there are items.
        Arrangement::Ladder | Arrangement::Gantt => 0,
    };
    let mut order: Vec<usize> = (0..diagrams.len()).collect();
    order.sort_by_key(|at| (weight(diagrams[*at]), *at));
    let is_small = diagrams.iter().map(|diagram| weight(diagram)).sum::<usize>() <= FEW;
    let mut laid: Vec<(usize, Laid)> = if is_small {
        // What others stand as comes first.
        let (own, shared): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|at| diagrams[*at].stands_as.is_none());
        let mut laid = in_order(&own, |at| {
            begun(*at);
            (*at, laid_out(diagrams[*at], means(budget.each_of(1))))
        });
        let of_base = |at: usize| {
            let base = diagrams[at].stands_as.as_deref()?;
            let (_, laid) = laid.iter().find(|(other, _)| diagrams[*other] == base)?;
            Some(Standing::beside(base, laid.stood.as_ref()))
        };
        let following = in_order(&shared, |at| {
            begun(*at);
            let laid = match of_base(*at) {
                Some(standing) => within_places(diagrams[*at], standing, means(budget.each_of(1))),
                None => laid_out(diagrams[*at], means(budget.each_of(1))),
            };
            (*at, laid)
        });
        laid.extend(following);
        laid
    } else {
        let mut left = budget;
        let one = |(done, at): (usize, usize)| {
            begun(at);
            let laid = laid_out(diagrams[at], means(left.each_of(diagrams.len() - done)));
            left = left.after(laid.spent);
            (at, laid)
        };
        order.into_iter().enumerate().map(one).collect()
    };
    laid.sort_by_key(|(at, _)| *at);
    laid.into_iter().map(|(_, laid)| laid).collect()
}
