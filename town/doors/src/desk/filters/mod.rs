//! Filters and the front porch on the desk: what posts are looked through for, which are read before they appear, and a box that says
//! what would become of a text. Whoever moderates sees and tries them; whoever manages the site changes them.

mod pages;
mod routes;

pub(super) use routes::routes;
