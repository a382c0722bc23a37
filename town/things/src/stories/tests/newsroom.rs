//! A newsroom with an author, an editor and a section.

use people::{
    site,
    testing::{Actor, TestTown, test_site},
};
use std::future::Future;
use talk::{Cursor, PostId};
use testkit::{Kind, Page};

use crate::{
    sections::{self, Colour, NewSection, SectionId},
    stories::{self, Card, Draft},
};

/// 2 minutes and a bit.
pub const SOON: i64 = 130_000;
pub const DAY: i64 = 24 * 60 * 60 * 1000;

pub struct Newsroom {
    pub town: TestTown,
    /// An author.
    pub ana: Actor,
    /// An editor.
    pub ed: Actor,
    pub section: SectionId,
}

/// Makes a section at the top, or in another one.
pub fn a_section(town: &TestTown, name: &str, parent: Option<SectionId>) -> SectionId {
    let new =
        NewSection { name: name.into(), slug: text::slug(name), description: String::new(), colour: Colour::Teal, parent, position: 0 };
    let now = town.town.now();
    town.town.db.write_now(move |tx| sections::insert(tx, &new, now)).unwrap()
}

impl Newsroom {
    pub fn new(kind: Kind) -> Self {
        let town = TestTown::new(kind, crate::routes().merge(talk::routes()).merge(people::routes()), sections::links);
        Self {
            ana: town.actor("Ana Duarte", "author"),
            ed: town.actor("Ed Park", "editor"),
            section: a_section(&town, "City Hall", None),
            town,
        }
    }

    /// From now on editors read every story first.
    pub fn require_review(self) -> Self {
        let site = site::Site { review_required: true, ..test_site() };
        self.town.town.db.write_now(move |tx| site::save(tx, &site, 0)).unwrap();
        self.town.reload();
        self
    }

    /// A story that is only begun.
    pub async fn begun(&self, by: &Actor) -> PostId {
        // Only untouched stories begun a moment ago are taken up again.
        self.town.pass(11_000);
        let begun = by.client.post("/stories", &[]).await;
        let address = begun.assert_status(303).location();
        address.split('/').nth(2).unwrap().parse().unwrap()
    }

    /// Opens the form, fills in these fields, presses the button that they name (`do`).
    pub async fn write(&self, by: &Actor, story: PostId, changes: &[(&str, &str)]) -> Page {
        let page = by.client.get(&format!("/stories/{story}/edit")).await;
        page.assert_status(200);
        by.client.submit(&page, "form#story", changes).await
    }

    /// A draft that lacks nothing.
    pub async fn draft(&self, by: &Actor, headline: &str) -> PostId {
        let story = self.begun(by).await;
        let section = self.section.to_string();
        let words = [("headline", headline), ("body", "The council met.\n\nIt voted."), ("section", &section), ("do", "save")];
        self.write(by, story, &words).await.assert_status(303);
        story
    }

    /// A story that readers see.
    pub async fn published(&self, by: &Actor, headline: &str) -> PostId {
        let story = self.draft(by, headline).await;
        self.write(by, story, &[("do", "publish")]).await.assert_status(303);
        story
    }

    /// Saves as the editor's script does.
    pub async fn autosave(&self, by: &Actor, story: PostId, fields: &[(&str, &str)]) -> Page {
        let script = by.client.clone().with_header("accept", "application/json");
        script.post(&format!("/stories/{story}/draft"), fields).await
    }

    pub fn opened(&self, story: PostId) -> Draft {
        self.town.town.db.read_now(move |tx| stories::open_draft(tx, story)).unwrap()
    }

    pub fn shelf(&self, owner: i64) -> Vec<Card> {
        self.town.town.db.read_now(move |tx| stories::on_shelf(tx, owner, Cursor::NEWEST, 50)).unwrap()
    }

    /// Headlines of everything that readers see, the newest first.
    pub fn listed(&self) -> Vec<String> {
        let cards = self.town.town.db.read_now(|tx| stories::cards(tx, Cursor::NEWEST, 50)).unwrap();
        cards.into_iter().map(|card| card.headline).collect()
    }

    /// Runs the publication of a story as the queue does when its time comes.
    pub fn publish_due(&self, story: PostId) -> impl Future<Output = anyhow::Result<()>> + use<> {
        stories::publish_due(self.town.town.clone(), stories::Publication { story })
    }

    /// What a guest sees at the story's address.
    pub async fn read(&self, story: PostId) -> Page {
        let guest = self.town.guest();
        let page = guest.get(&format!("/stories/{story}")).await;
        if page.status.is_redirection() { guest.follow(&page).await } else { page }
    }
}
