//! Where stories are written: the pages of authors and editors.
//!
//! One form holds a story, and every button of it saves first: [`saving`] reads the form, checks it against the database
//! and saves it as the newest version, or beside it when somebody else was faster. What breaks a limit comes back with
//! the person's words in the form. The browser's editor saves by itself through the same address and gets JSON.
//!
//! The history of a published story is open to everyone; all else here is for those who may write on the story.

mod changes;
mod drafts;
mod fields;
mod history;
mod pages;
mod publication;
mod saving;
mod start;
mod store;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use people::Town;

/// One picture, the form's text, and what multipart adds to them.
const MAX_BODY: usize = web::form::MAX_FILE + web::form::MAX_TEXT + 1024 * 1024;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/stories", post(start::create))
        .route("/stories/{id}/draft", post(drafts::save))
        .route("/stories/{id}/submission", post(publication::submit))
        .route("/stories/{id}/publication", post(publication::publish))
        // Those above carry a whole story; they read it only when its sender may write.
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .route("/write", get(start::index))
        .route("/stories/{id}/edit", get(drafts::edit))
        .route("/stories/{id}/drafts/{copy}", get(drafts::show_copy).post(drafts::take_up))
        .route("/stories/{id}/drafts/{copy}/removal", post(drafts::discard))
        .route("/stories/{id}/preview", get(drafts::preview))
        .route("/stories/{id}/submission/remove", post(publication::return_to_author))
        .route("/stories/{id}/publication/remove", post(publication::unpublish))
        .route("/stories/{id}/removal", post(publication::remove))
        .route("/stories/{id}/removal/undo", post(publication::restore))
        .route("/stories/{id}/history", get(history::index))
        .route("/stories/{id}/history/{number}", get(history::show))
}
