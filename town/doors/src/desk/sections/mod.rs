//! Sections on the desk: the tree, adding, changing, moving, removing to a successor.

mod pages;
mod routes;

pub(super) use routes::routes;
