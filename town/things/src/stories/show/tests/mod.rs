#![allow(clippy::unwrap_used)]

mod address;
mod context;
mod freshness;
mod head;
mod order;
mod reviews;
mod social;

use people::testing::{Actor, TestTown};
use talk::PostId;
use testkit::Kind;
use web::Tag;

use crate::{
    sections::{self, Colour, NewSection, SectionId},
    stories::{self, Content, Source, Work},
};

/// A town with a tree of two sections and an author.
struct Newsroom {
    town: TestTown,
    ana: Actor,
    /// A section in another.
    section: SectionId,
}

impl Newsroom {
    fn new(kind: Kind) -> Self {
        let town = TestTown::new(kind, crate::routes().merge(talk::routes()), sections::links);
        let ana = town.actor("Ana Duarte", "author");
        let section = town.town.db.write_now(|tx| {
            let city = sections::insert(tx, &section("City Hall", "city-hall", Colour::Clay, None), 0)?;
            sections::insert(tx, &section("Water", "water", Colour::Teal, Some(city)), 0)
        });
        Self { town, ana, section: section.unwrap() }
    }

    /// Everything a story can have, but no picture.
    fn content(&self) -> Content {
        Content {
            headline: "Council votes tonight".into(),
            standfirst: "Nine months of hearings end at the dais.".into(),
            body: "Five members *decide* who pays.\n\n## The pipe\n\nIt is eleven miles long.".into(),
            section: Some(self.section),
            topics: vec!["WaterLine".into(), "Council".into()],
            place: "Mesa Verde Springs".into(),
            work: Work::Analysis,
            sources: vec![
                Source { title: "The minutes".into(), url: "https://www.records.example/minutes".into() },
                Source { title: "A talk with the engineer".into(), url: String::new() },
            ],
            ..Content::default()
        }
    }

    fn publish(&self, content: &Content) -> PostId {
        let (content, author, now) = (content.clone(), self.ana.id, self.town.town.now());
        let published = self.town.town.db.write_now(move |tx| {
            let story = stories::create(tx, author, &content, now)?;
            stories::publish(tx, story, None, author, now)?;
            Ok::<_, web::Error>(story)
        });
        published.unwrap()
    }

    /// Publishes again with other words, and tells the pages as the writing room does.
    fn publish_again(&self, story: PostId, content: &Content, correction: Option<&'static str>) {
        let (content, author, now) = (content.clone(), self.ana.id, self.town.town.now());
        let published = self.town.town.db.write_now(move |tx| {
            let base = stories::open_draft(tx, story)?.version;
            stories::save(tx, story, base, &content, author, now)?;
            stories::publish(tx, story, correction, author, now)
        });
        published.unwrap();
        self.changed(story);
    }

    fn changed(&self, story: PostId) {
        self.town.town.pages.changed(&[talk::views::tag(story.get()), sections::tag(self.section), Tag("listing", 0)]);
    }
}

fn section(name: &str, slug: &str, colour: Colour, parent: Option<SectionId>) -> NewSection {
    NewSection { name: name.into(), slug: slug.into(), description: String::new(), colour, parent, position: 0 }
}
