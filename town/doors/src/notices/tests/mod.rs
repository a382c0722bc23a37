//! Members are told what concerns them, by the ways they chose, and only what they may see.
#![allow(clippy::unwrap_used)]

mod letters;
mod pages;
mod push;
mod staff;
mod table;

use jobs::Queue;
use people::{
    notices::{Digest, Letter},
    testing::Actor,
};
use talk::PostId;
use testkit::Page;
use things::{polls::Closed, stories::Out};

use super::ToAll;
use crate::newsroom::Newsroom;

/// Runs the jobs of this room that are due.
pub(super) async fn work(news: &Newsroom) {
    let town = news.town.town.clone();
    let (closing, out, all, one, digest, clock) = (town.clone(), town.clone(), town.clone(), town.clone(), town.clone(), town.clone());
    let queue = Queue::builder(town.db.clone())
        .clock(move || clock.now())
        .on(move |_, closed: Closed| things::polls::tell_closed(closing.clone(), closed))
        .on(move |_, job: Out| things::stories::tell_out(out.clone(), job))
        .on(move |_, part: ToAll| super::tell_all(all.clone(), part))
        .on(move |_, letter: Letter| super::mail_one(one.clone(), letter))
        .on(move |_, gathered: Digest| super::mail_digest(digest.clone(), gathered))
        .build();
    queue.run_due().await;
}

/// Posts a note and answers its id.
pub(super) async fn post(by: &Actor, fields: &[(&str, &str)]) -> PostId {
    let posted = by.client.post("/notes", fields).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

pub(super) async fn notices(of: &Actor) -> Page {
    let page = of.client.get("/notifications").await;
    page.assert_status(200);
    page
}

/// What the page says happened, the latest first.
pub(super) async fn told(of: &Actor) -> Vec<String> {
    notices(of).await.select_text(".notice-words a").into_iter().map(|words| words.trim_start_matches("New: ").to_owned()).collect()
}

/// What the bell counts.
pub(super) async fn counted(of: &Actor) -> String {
    of.client.get("/saved").await.attr("#unread", "data-count").unwrap()
}
