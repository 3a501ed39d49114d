//! The work of people who review what flows bring: told apart from handoffs, since review is meant to stay.

use crate::model::{Figure, FlowIx, Hours, Range, Stack};

/// The reviews of a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviews {
    /// Hours of all reviews that have figures; `None` where there are reviews and none has.
    pub hours: Figure<Hours>,
    /// The flows whose review has no figures, by id.
    pub unknown: Vec<FlowIx>,
}

impl Reviews {
    /// The reviews of the live flows of `stack`, manual and automated, standby flows left out.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let reviewed = stack.live_flows().filter(|(_, flow)| flow.review.is_some() && !flow.is_standby);
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for (ix, flow) in reviewed {
            match flow.review_hours() {
                Some(hours) => known.push(hours),
                None => unknown.push(ix),
            }
        }
        let is_known = !known.is_empty() || unknown.is_empty();
        Self { hours: is_known.then(|| known.into_iter().sum::<Range<Hours>>()), unknown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    const STACK: &str = "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms }, c: { kind: cms } }
data: { d: {} }
flows:
  - { id: by-hand, from: a, to: b, data: d, mechanism: copy-paste, runs: 120, minutes: 60, review: { minutes: [5, 10, 15] } }
  - { id: by-itself, from: a, to: b, data: d, mechanism: api, runs: 60, review: { minutes: 2 } }
  - { id: spare, from: a, to: b, data: d, mechanism: api, runs: 60, standby: true, review: { minutes: 2 } }
";

    #[test]
    fn manual_and_automated_reviews_add_up() {
        let reviews = Reviews::of(&stack_of(STACK));
        // 120 x 5, 10 and 15 minutes, and 60 x 2 minutes.
        assert_eq!(reviews.hours, Some(Range { low: Hours(12.0), likely: Hours(22.0), high: Hours(32.0) }));
        assert!(reviews.unknown.is_empty());
    }

    #[test]
    fn reviews_without_figures_are_listed_and_never_nothing() {
        let stack = stack_of(
            &STACK
                .replace("minutes: [5, 10, 15]", "by: t")
                .replace("minutes: 2 }", "by: t }")
                .replace("systems:", "teams: { t: {} }\nsystems:"),
        );
        let reviews = Reviews::of(&stack);
        assert_eq!((reviews.hours, reviews.unknown.len()), (None, 2));
        let none = Reviews::of(&stack_of(
            &STACK.replace(", review: { minutes: [5, 10, 15] }", "").replace(", review: { minutes: 2 }", ""),
        ));
        assert_eq!(none, Reviews { hours: Some(Range::exact(Hours(0.0))), unknown: Vec::new() });
    }
}
