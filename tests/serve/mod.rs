//! `sinew serve`: requests by hand, pages in a browser, and load. Only this machine's own address is used.

mod attacks;
mod edits;
mod load;
mod page;
mod scenarios;
mod served;
