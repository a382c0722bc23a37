//! Notes are written, read by whom they are for, changed, removed, pinned, passed on and quoted.
#![allow(clippy::unwrap_used)]

mod comments;
mod comments_pictured;
mod comments_raced;
mod context;
mod covers;
mod drafts;
mod files;
mod limits;
mod links;
mod moving;
mod takedown;
mod writing;

use people::{
    pictures::{self, Picture},
    testing::{Actor, TestTown},
};
use talk::PostId;
use testkit::{Client, Kind, Page};

/// A town square with three members in it.
pub(crate) struct Square {
    pub town: TestTown,
    pub rosa: Actor,
    pub sam: Actor,
    pub ana: Actor,
}

impl Square {
    pub fn new(kind: Kind) -> Self {
        let routes = crate::routes().merge(talk::routes()).merge(people::routes());
        let town = TestTown::new(kind, routes, |_| Ok(Vec::new()));
        let [rosa, sam, ana] = ["Rosa Ito", "Sam Park", "Ana Duarte"].map(|name| town.actor(name, "member"));
        Self { town, rosa, sam, ana }
    }

    /// Fills in the composer and presses its button.
    pub async fn compose(&self, by: &Actor, fields: &[(&str, &str)]) -> Page {
        let page = by.client.get("/notes/new").await;
        page.assert_status(200).assert_landmarks();
        by.client.submit(&page, "form#compose", fields).await
    }

    /// Posts a note and answers its id.
    pub async fn post(&self, by: &Actor, fields: &[(&str, &str)]) -> PostId {
        let posted = self.compose(by, fields).await;
        let address = posted.assert_status(303).location();
        address.rsplit_once("#note-").unwrap().1.parse().unwrap()
    }

    /// What somebody sees at the note's own address.
    pub async fn read(&self, client: &Client, id: PostId) -> Page {
        let lead = client.get(&format!("/notes/{id}")).await;
        if lead.status.is_redirection() { client.get(&lead.location()).await } else { lead }
    }

    /// A picture that somebody has uploaded.
    pub fn picture(&self, of: &Actor, number: u8) -> String {
        let key = format!("{number:032x}-1080");
        let (owner, picture) = (of.id, Picture { key: key.clone(), width: 1080, height: 720, ..Picture::default() });
        self.town.town.db.write_now(move |tx| pictures::insert(tx, &picture, owner, 0)).unwrap();
        key
    }
}
