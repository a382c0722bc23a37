//! Levels on the desk: one table of what each may do and how much of it, a page for each level, and making and removing them.
//!
//! Nobody gives away what they may not do themselves, and the highest level keeps what would lock everybody out. What a level
//! may not do is gone from its pages at the next click: the table is in memory, and read again after every change.

mod one;
mod pages;
mod table;

use ::people::Town;
use axum::Router;

pub(super) fn routes() -> Router<Town> {
    Router::new().merge(table::routes()).merge(one::routes())
}
