//! Looks on the desk: the site's colours, its logo and icon, and its own links in the bar and the footer.

mod menus;
mod pages;
mod pictures;
mod routes;

use ::people::Town;
use axum::Router;

pub(super) fn routes() -> Router<Town> {
    Router::new().merge(routes::routes()).merge(pictures::routes()).merge(menus::routes())
}
