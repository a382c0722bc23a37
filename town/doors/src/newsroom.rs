//! What the tests of the doors begin with: a town with sections, an author, and stories dated as a test wants them.

#![allow(clippy::unwrap_used)]

use db::params;
use people::testing::{Actor, TestTown};
use talk::PostId;
use testkit::Kind;
use things::{
    sections::{self, Colour, NewSection, SectionId},
    stories::{self, Content},
};
use web::Tag;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

pub struct Newsroom {
    pub town: TestTown,
    pub ana: Actor,
    /// At the top.
    pub city: SectionId,
    /// In the first.
    pub water: SectionId,
    /// At the top.
    pub arts: SectionId,
}

impl Newsroom {
    pub fn new(kind: Kind) -> Self {
        let routes = crate::routes().merge(things::routes()).merge(talk::routes()).merge(people::routes());
        let town = TestTown::new(kind, routes, sections::links);
        let ana = town.actor("Ana Duarte", "author");
        let made = town.town.db.write_now(|tx| {
            let city = sections::insert(tx, &section("City Hall", "city-hall", None, 1), 0)?;
            let water = sections::insert(tx, &section("Water", "water", Some(city), 1), 0)?;
            Ok::<_, web::Error>((city, water, sections::insert(tx, &section("Arts", "arts", None, 2), 0)?))
        });
        let (city, water, arts) = made.unwrap();
        town.reload();
        Self { town, ana, city, water, arts }
    }

    /// The same with old addresses behind its rooms.
    pub fn with_old_addresses(kind: Kind) -> Self {
        let mut news = Self::new(kind);
        let routes = crate::routes().merge(things::routes()).merge(talk::routes()).merge(people::routes());
        news.town.refit(crate::old_addresses::behind(routes, &news.town.town));
        news
    }

    /// Publishes a story, so many milliseconds ago.
    pub fn story(&self, headline: &str, section: SectionId, age: i64) -> PostId {
        self.publish(&content(headline, section), age)
    }

    pub fn publish(&self, content: &Content, age: i64) -> PostId {
        let (author, now) = (self.ana.id, self.town.town.now());
        let content = Content { dated: Some(now - age), ..content.clone() };
        let published = self.town.town.db.write_now(move |tx| {
            let story = stories::create(tx, author, &content, now - age)?;
            stories::publish(tx, story, None, author, now - age)?;
            Ok::<_, web::Error>(story)
        });
        self.changed();
        published.unwrap()
    }

    pub fn correct(&self, story: PostId, note: &str) {
        let (note, author, now) = (note.to_owned(), self.ana.id, self.town.town.now());
        let corrected = self.town.town.db.write_now(move |tx| stories::publish(tx, story, Some(&note), author, now));
        corrected.unwrap();
        self.town.town.pages.changed(&[talk::views::tag(story.get()), crate::cards::CORRECTIONS, crate::cards::LISTING]);
    }

    pub fn unpublish(&self, story: PostId) {
        let (author, now) = (self.ana.id, self.town.town.now());
        self.town.town.db.write_now(move |tx| stories::unpublish(tx, story, author, now)).unwrap();
        self.changed();
    }

    pub fn count(&self, story: PostId, views: i64) {
        self.town
            .town
            .db
            .write_now(move |tx| tx.run("update post_counts set views = $2 where post_id = $1", params![story, views]))
            .unwrap();
        self.town.town.pages.changed(&[talk::views::tag(story.get())]);
    }

    /// What the writing room says after a story was listed or unlisted.
    pub fn changed(&self) {
        self.town.town.pages.changed(&[crate::cards::LISTING, Tag("front", 0)]);
    }

    /// Lists so many stories, a minute apart, without the ceremony of writing them.
    pub fn fill(&self, count: i64) {
        let now = self.town.town.now();
        self.fill_at(count, move |number| now - number * 60_000);
    }

    /// The same at times of one's own: the story's number, from 1, gives its time.
    pub fn fill_at(&self, count: i64, time: impl Fn(i64) -> i64 + Send + 'static) {
        let (author, section) = (self.ana.id, self.arts);
        let written = self.town.town.db.write_now(move |tx| {
            for number in 1..=count {
                let (story, at) = (PostId::new(number), time(number));
                tx.run(
                    "insert into posts (id, kind, author_id, visibility, created_at, updated_at, published_at) values ($1, 'story', $2, 'public', $3, $3, $3)",
                    params![story, author, at],
                )?;
                tx.run("insert into post_counts (post_id) values ($1)", params![story])?;
                tx.run(
                    "insert into stories (id, section_id, headline, slug, standfirst, body_html, words, work, place, sources, picture_caption, picture_credit, picture_alt, listed_at)
                     values ($1, $2, $3, 'story', '', '', 1, 'news', '', '[]', '', '', '', $4)",
                    params![story, section, format!("Story {number}"), at],
                )?;
                tx.run("insert into post_authors (post_id, account_id, position) values ($1, $2, 0)", params![story, author])?;
                for shelf in [section.get(), author.get()] {
                    tx.run("insert into shelves (owner_id, listed_at, post_id) values ($1, $2, $3)", params![shelf, at, story])?;
                }
            }
            Ok::<_, db::Error>(())
        });
        written.unwrap();
        self.changed();
    }
}

pub fn section(name: &str, slug: &str, parent: Option<SectionId>, position: i64) -> NewSection {
    let description = format!("All about {name}.");
    NewSection { name: name.into(), slug: slug.into(), description, colour: Colour::Sage, parent, position }
}

pub fn content(headline: &str, section: SectionId) -> Content {
    Content {
        headline: headline.into(),
        standfirst: "A sentence under it.".into(),
        body: "Words.".into(),
        section: Some(section),
        ..Content::default()
    }
}
