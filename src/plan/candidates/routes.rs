//! All kinds of candidate that carry a link by one route.

use super::adoption::Adoption;
use super::candidate::Candidate;
use super::context::{Context, Question};
use super::{api, extend, native, planned, recipe, reverse_etl};

/// The candidates that carry all objects of a link by one route.
pub(super) fn by_one_route(context: &Context<'_>, question: &Question<'_>, adoptions: &[Adoption]) -> Vec<Candidate> {
    let mut options = planned::candidates(context, question);
    options.extend(extend::candidates(context, question));
    options.extend(native::candidates(context, question));
    options.extend(recipe::candidates(context, question, adoptions));
    options.extend(reverse_etl::candidates(context, question, adoptions));
    options.extend(api::candidates(context, question));
    options
}
