//! The first visit: a new member shows a face, says where in town they are, and follows a few sections and people, all in one
//! form. Nothing of it has to be done, and all of it can be done later elsewhere; whoever comes again finds what is not done yet.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;
