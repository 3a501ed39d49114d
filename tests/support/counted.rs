//! What a piece of work takes, counted: it depends neither on the machine nor on what else runs there.

use allocation_counter::AllocationInfo;

/// What `work` gives, with the memory that its thread took meanwhile: pieces in all, and bytes at once.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, AllocationInfo) {
    let mut given = None;
    let taken = allocation_counter::measure(|| given = Some(work()));
    (given.expect("the work was done"), taken)
}

/// Pieces of memory that `work` takes for `small` things and for eight times as many: no more than eight times as many
/// pieces, and half of that again for tables that grow.
pub(crate) fn grows_in_step(what: &str, small: usize, work: impl Fn(usize)) {
    let few = counted(|| work(small)).1.count_total;
    let many = counted(|| work(small * 8)).1.count_total;
    assert!(many < few * 12, "{what}: {few} and {many} pieces of memory");
}
