//! Long sums, four numbers at a time: each addition waits for the one before it, and a processor does four at once.

/// The sum of all numbers.
pub(crate) fn sum(numbers: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, rest) = numbers.as_chunks::<4>();
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, number)| *sum += number);
    }
    sums.iter().sum::<f64>() + rest.iter().sum::<f64>()
}

/// The sum of what `of` makes of each pair; the second list may be longer.
pub(crate) fn sum_of_pairs(one: &[f64], other: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, rest) = one.as_chunks::<4>();
    for (one, other) in fours.iter().zip(other.as_chunks::<4>().0) {
        sums.iter_mut().zip(one).zip(other).for_each(|((sum, one), other)| *sum += of(*one, *other));
    }
    let rest = rest.iter().zip(&other[4 * fours.len()..]);
    sums.iter().sum::<f64>() + rest.map(|(one, other)| of(*one, *other)).sum::<f64>()
}

/// Each number becomes the sum of those up to it, less `fixed` and less `each` for every number before it.
pub(crate) fn sums_up_to(numbers: &mut [f64], fixed: f64, each: f64) {
    let (mut sum, mut off) = (0.0, fixed);
    let (fours, rest) = numbers.as_chunks_mut::<4>();
    for four in fours {
        let [a, b, c, d] = *four;
        let (ab, cd) = (a + b, c + d);
        *four = [sum + a - off, sum + ab - (off + each), sum + (ab + c) - (off + 2.0 * each), 0.0];
        sum += ab + cd;
        four[3] = sum - (off + 3.0 * each);
        off += 4.0 * each;
    }
    for number in rest {
        sum += *number;
        *number = sum - off;
        off += each;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_one_number_after_the_other_whatever_the_length() {
        for length in 0..14 {
            let numbers: Vec<f64> = (0..length).map(|at| f64::from(at * at % 7) - 2.5).collect();
            let others: Vec<f64> = (0..length + 3).map(|at| f64::from(at) / 2.0).collect();
            assert_eq!(sum(&numbers), numbers.iter().sum::<f64>());
            let pairs: f64 = numbers.iter().zip(&others).map(|(one, other)| one * other).sum();
            assert_eq!(sum_of_pairs(&numbers, &others, |one, other| one * other), pairs);
            let mut known = 0.0;
            let step = |(at, number): (usize, &f64)| {
                known += number;
                known - (3.0 + 0.5 * at as f64)
            };
            let expected: Vec<f64> = numbers.iter().enumerate().map(step).collect();
            let mut found = numbers.clone();
            sums_up_to(&mut found, 3.0, 0.5);
            assert_eq!(found, expected);
        }
    }
}
