//! The `sinew` binary: arguments in, exit code out.

fn main() {}
