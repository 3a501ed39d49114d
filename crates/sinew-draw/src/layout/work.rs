//! Work, counted: what the searches of a picture look at. A picture ends with a number, never with a clock, so that the same
//! diagram gives the same slides on every machine.

use std::sync::atomic::{AtomicU64, Ordering};

/// What one picture may take, or several together.
///
/// Every part of a picture has its share, by the number of its boxes and lines, whichever is laid out first. A part that
/// has used up its work is arranged by the first way that fits instead of the best of many; what is left of one that has
/// used up its slides is not drawn. Where there are fewer slides than parts, the parts that matter most have one: those with
/// most boxes that stand out, then most hours by hand, then most lines. The picture says what became of it ([`Gap`](super::Gap)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Comparisons of lines, groups and places by which slides of parts are arranged.
    pub work: u64,
    /// Slides of parts.
    pub slides: usize,
}

impl Budget {
    /// What a picture has unless something else is said: enough for stacks of a few hundred systems and chains of two
    /// thousand, which are drawn as without a bound.
    pub const PICTURE: Budget = Budget { work: 3_000_000_000, slides: 150 };

    /// What all pictures of a report have together where they are large: each slide is drawn in every format.
    pub const REPORT: Budget = Budget { work: 4_000_000_000, slides: 120 };

    /// What is left of it after so much.
    pub(super) fn after(self, spent: Budget) -> Budget {
        Budget { work: self.work.saturating_sub(spent.work), slides: self.slides.saturating_sub(spent.slides) }
    }

    /// An even share for each of so many, none of which is more than a picture has by itself.
    pub(super) fn each_of(self, count: usize) -> Budget {
        let count = count.max(1);
        Budget {
            work: (self.work / count as u64).min(Budget::PICTURE.work),
            slides: (self.slides / count).min(Budget::PICTURE.slides),
        }
    }

    /// The share of a part that weighs `weight` of `all`, one of `parts`: at least a slide.
    pub(super) fn share(self, weight: usize, all: usize, parts: usize) -> Budget {
        let of = |whole: u64| (u128::from(whole) * weight as u128 / all.max(1) as u128) as u64;
        let spare = self.slides.saturating_sub(parts) as u64;
        Budget { work: of(self.work), slides: 1 + of(spare) as usize }
    }
}

/// Comparisons made so far; several threads may count at once, and their sum does not depend on who was first.
#[derive(Debug, Default)]
pub(super) struct Work(AtomicU64);

impl Work {
    pub(super) fn add(&self, comparisons: usize) {
        self.add_all(comparisons as u64);
    }

    /// Counts what was counted elsewhere.
    pub(super) fn add_all(&self, comparisons: u64) {
        self.0.fetch_add(comparisons, Ordering::Relaxed);
    }

    pub(super) fn spent(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pictures_leave_is_for_those_after_them() {
        let whole = Budget { work: 1_000, slides: 10 };
        let left = whole.after(Budget { work: 100, slides: 1 });
        assert_eq!(left.each_of(2), Budget { work: 450, slides: 4 });
        assert_eq!(left.after(Budget { work: 2_000, slides: 20 }).each_of(0), Budget { work: 0, slides: 0 });
        assert_eq!(Budget { work: u64::MAX, slides: 10_000 }.each_of(1), Budget::PICTURE);
    }

    #[test]
    fn shares_are_no_more_than_the_whole_and_every_part_has_a_slide() {
        let whole = Budget { work: 1_000, slides: 10 };
        let shares = [1, 5, 14].map(|weight| whole.share(weight, 20, 3));
        assert!(shares.iter().map(|share| share.work).sum::<u64>() <= 1_000);
        assert!(shares.iter().map(|share| share.slides).sum::<usize>() <= 10);
        assert_eq!(shares.map(|share| share.slides), [1, 2, 5]);
        assert_eq!(Budget { work: 0, slides: 0 }.share(1, 2, 2), Budget { work: 0, slides: 1 });
    }
}
