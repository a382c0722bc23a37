//! The library: the pictures, audio and video of an author, and a page for each.
//!
//! In an author's library is what they uploaded, and what they hold of others' ([`people::uses`]): the same file is kept once,
//! whoever brings it. What is uploaded here or described here stays until its author takes it out. Editors look into everybody's.
//! What a published page shows cannot be taken out; everything else can, and can be put back while its file is there.

mod asked;
mod item;
mod page_of_one;
mod pages;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
