//! Random numbers from an explicit seed, and ranges low, likely, high.
//!
//! Only `+ - * /` and integer operations are used, which give the same bits on every machine.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// `SplitMix64`: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. Period 2^64.
#[derive(Debug, Clone)]
pub struct Random(SplitMix64);

impl Random {
    /// The stream of an assumption: its numbers depend on the seed and its id, not on what else is assumed.
    #[must_use]
    pub fn stream(seed: u64, id: &str) -> Self {
        // FNV-1a (Fowler, Noll, Vo), 64 bits.
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let own = SplitMix64::seed_from_u64(hash).next_u64();
        Self(SplitMix64::seed_from_u64(own ^ seed))
    }

    /// Uniform in `0..1`, a multiple of 2^-53.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least value that can occur.
    pub low: f64,
    /// The mode of the distribution, between the ends.
    pub likely: f64,
    /// The greatest value that can occur.
    pub high: f64,
}

impl Range {
    /// Mean by PERT: (low + 4 likely + high) / 6 (Malcolm, Roseboom, Clark, Fazar 1959).
    #[must_use]
    pub fn mean(self) -> f64 {
        (self.low + 4.0 * self.likely + self.high) / 6.0
    }

    /// One PERT sample, always by six numbers of the stream.
    ///
    /// PERT is the beta distribution on `low..high` with parameters a = 1 + 4 (likely - low) / (high - low) and
    /// 6 - a. With a whole, beta(a, 6 - a) is the a-th smallest of five uniform numbers; for other a the two
    /// neighbors are mixed so that the mean is that of PERT exactly. The variance is above that of the beta
    /// distribution by f (1 - f) (high - low)^2 / 42, f the fraction of a: less than 0.6 % of (high - low)^2. No logarithm or power is needed, whose last bits differ
    /// between machines. Where `low <= likely <= high` does not hold, the likely value is returned.
    pub fn sample(self, random: &mut Random) -> f64 {
        let mut uniform = [random.unit(), random.unit(), random.unit(), random.unit(), random.unit()];
        let choice = random.unit();
        let width = self.high - self.low;
        if !(width > 0.0 && (self.low..=self.high).contains(&self.likely)) {
            return self.likely;
        }
        uniform.sort_unstable_by(f64::total_cmp);
        // Counted from 0: the smallest of five at `likely == low`, the greatest at `likely == high`.
        let place = 4.0 * (self.likely - self.low) / width;
        let below = place.floor();
        let order = below as usize + usize::from(choice < place - below);
        self.low + width * uniform[order.min(4)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix64::seed_from_u64(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn samples_stay_inside_and_have_the_mean_of_pert() {
        for likely in [0.0, 1.0, 3.3, 8.0, 10.0] {
            let range = Range { low: 0.0, likely, high: 10.0 };
            let mut random = Random::stream(7, "effort");
            let samples: Vec<f64> = (0..20_000).map(|_| range.sample(&mut random)).collect();
            let mean = samples.iter().sum::<f64>() / 20_000.0;
            let variance = samples.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20_000.0;
            let a = 1.0 + 4.0 * likely / 10.0;
            let beta = a * (6.0 - a) / (36.0 * 7.0) * 100.0;
            assert!(samples.iter().all(|x| (0.0..=10.0).contains(x)));
            assert!((mean - range.mean()).abs() < 0.06, "{likely}: {mean}");
            assert!(variance > 0.95 * beta && variance < 1.05 * beta + 0.6, "{likely}: {variance} for {beta}");
        }
    }

    #[test]
    fn a_range_of_one_point_is_that_point_and_uses_as_many_numbers() {
        let (mut a, mut b) = (Random::stream(1, "a"), Random::stream(1, "a"));
        assert_eq!(Range { low: 2.0, likely: 2.0, high: 2.0 }.sample(&mut a), 2.0);
        Range { low: 0.0, likely: 2.0, high: 3.0 }.sample(&mut b);
        assert_eq!(a.unit(), b.unit());
    }
}
