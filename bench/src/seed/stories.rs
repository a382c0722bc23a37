//! Stories as publishing leaves them: the post, the story, its revision, its working copy, its byline, topics, shelves.

use db::{Tx, params};
use std::ops::Range;
use things::stories::{Content, LeadPicture, Source, Work};

use super::{
    AUTHORS, DRAFTS, people_rows,
    pool::{self, Body},
    rows,
};
use crate::dice::Dice;

const BODIES: usize = 400;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A story ready to be stored.
pub struct Drawn {
    published_at: i64,
    content: Content,
    json: String,
    sources: String,
    slug: String,
    html: String,
    words: usize,
    section: usize,
    authors: Vec<usize>,
    topics: Vec<usize>,
    views: i64,
    corrected: bool,
}

/// Draws stories.
pub struct Press {
    dice: Dice,
    bodies: Vec<Body>,
    first_at: i64,
}

impl Press {
    /// For so many stories, the last of which is published now.
    pub fn new(size: usize) -> Self {
        let mut dice = Dice::new(size as u64);
        let bodies = pool::bodies(&mut dice, BODIES);
        Self { dice, bodies, first_at: super::now() - size as i64 * rows::BETWEEN_STORIES_MS }
    }

    /// The stories of these places.
    pub fn draw(&mut self, places: Range<usize>) -> Vec<Drawn> {
        places.map(|number| self.story(number)).collect()
    }

    fn story(&mut self, number: usize) -> Drawn {
        let dice = &mut self.dice;
        let published_at = self.first_at + number as i64 * rows::BETWEEN_STORIES_MS;
        let section = dice.skewed(people_rows::SECTIONS);
        let mut authors = vec![dice.below(AUTHORS)];
        if dice.once_in(10) {
            authors.push((authors[0] + 1) % AUTHORS);
        }
        let mut topics: Vec<usize> = (0..1 + dice.below(3)).map(|_| dice.skewed(people_rows::TOPICS)).collect();
        topics.sort_unstable();
        topics.dedup();
        let body = dice.of(&self.bodies);
        let content = Content {
            headline: pool::headline(dice, number),
            standfirst: pool::sentence(dice),
            body: body.source.clone(),
            section: Some(rows::section(section)),
            topics: topics.iter().map(|topic| format!("topic{topic}")).collect(),
            place: pool::place(dice.below(pool::PLACES)),
            coauthors: authors.iter().skip(1).map(|author| rows::account(*author)).collect(),
            work: *dice.of(&Work::ALL),
            sources: sources(dice),
            picture: dice.once_in(10).then(|| picture(number)),
            ..Content::default()
        };
        Drawn {
            published_at,
            json: serde_json::to_string(&content).unwrap_or_default(),
            sources: serde_json::to_string(&content.sources).unwrap_or_default(),
            slug: text::slug(&content.headline),
            html: body.html.clone(),
            words: body.words,
            content,
            section,
            authors,
            topics,
            views: dice.skewed(20_000) as i64,
            corrected: dice.once_in(200),
        }
    }
}

fn sources(dice: &mut Dice) -> Vec<Source> {
    let source =
        |number: usize| Source { title: format!("Minutes of meeting {number}"), url: format!("https://longmesa.example/minutes/{number}") };
    (0..dice.below(3)).map(|_| source(dice.below(10_000))).collect()
}

fn picture(number: usize) -> LeadPicture {
    LeadPicture {
        key: format!("{number:032x}-1280"),
        caption: "The wash in the evening.".into(),
        credit: "Robin Person".into(),
        alt: "A dry river bed with long shadows".into(),
    }
}

/// Stores them, table by table, so that each tail of an index is touched once.
pub fn store(tx: &mut Tx, stories: &[Drawn]) -> Result<(), db::Error> {
    for story in stories {
        posts(tx, story)?;
        story_row(tx, story)?;
        revisions(tx, story)?;
    }
    let mut topics: Vec<_> =
        stories.iter().flat_map(|story| story.topics.iter().enumerate().map(|(at, topic)| (*topic, story.published_at, at))).collect();
    topics.sort_unstable();
    for (topic, at, position) in topics {
        let sql = "insert into post_topics (post_id, topic_id, position) values ($1, $2, $3)";
        tx.run(sql, params![rows::story(at), rows::topic(topic), position as i64])?;
    }
    let mut shelves: Vec<_> = stories.iter().flat_map(|story| owners(story).into_iter().map(|owner| (owner, story.published_at))).collect();
    shelves.sort_unstable();
    for (owner, at) in shelves {
        tx.run("insert into shelves (owner_id, listed_at, post_id) values ($1, $2, $3)", params![owner, at, rows::story(at)])?;
    }
    Ok(())
}

fn posts(tx: &mut Tx, story: &Drawn) -> Result<(), db::Error> {
    let (id, at, author) = (rows::story(story.published_at), story.published_at, rows::account(story.authors[0]));
    tx.run(
        "insert into posts (id, kind, author_id, visibility, created_at, updated_at, published_at) values ($1, 'story', $2, 'public', $3, $3, $3)",
        params![id, author, at],
    )?;
    tx.run("insert into post_counts (post_id, views) values ($1, $2)", params![id, story.views])?;
    for (position, author) in story.authors.iter().enumerate() {
        let sql = "insert into post_authors (post_id, account_id, position) values ($1, $2, $3)";
        tx.run(sql, params![id, rows::account(*author), position as i64])?;
    }
    Ok(())
}

fn story_row(tx: &mut Tx, story: &Drawn) -> Result<(), db::Error> {
    let lead = story.content.picture.clone();
    if let Some(lead) = &lead {
        tx.run(
            "insert into pictures (key, account_id, width, height, variants, colour, created_at) values ($1, $2, 1280, 853, '[640,1280]', '#a08060', $3)",
            params![&lead.key, rows::account(story.authors[0]), story.published_at],
        )?;
    }
    let (key, lead) = (lead.as_ref().map(|lead| lead.key.clone()), lead.unwrap_or_default());
    tx.run(
        "insert into stories (id, section_id, headline, slug, standfirst, body_html, words, work, place, sources,
           picture, picture_caption, picture_credit, picture_alt, listed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            rows::story(story.published_at),
            rows::section(story.section),
            &story.content.headline,
            &story.slug,
            &story.content.standfirst,
            &story.html,
            story.words as i64,
            story.content.work.name(),
            &story.content.place,
            &story.sources,
            key.as_deref(),
            &lead.caption,
            &lead.credit,
            &lead.alt,
            story.published_at
        ],
    )?;
    Ok(())
}

fn revisions(tx: &mut Tx, story: &Drawn) -> Result<(), db::Error> {
    let (id, author) = (rows::story(story.published_at), rows::account(story.authors[0]));
    let last = if story.corrected { 2 } else { 1 };
    for number in 1..=last {
        let correction = (number == 2).then_some("An earlier version gave the wrong day for the meeting.");
        tx.run(
            "insert into revisions (id, post_id, number, account_id, content, correction, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
            params![
                rows::revision(story.published_at, number),
                id,
                number,
                author,
                &story.json,
                correction,
                story.published_at + (number - 1) * 60_000
            ],
        )?;
    }
    tx.run(
        "insert into drafts (story_id, version, content, state, publish_at, updated_by, updated_at) values ($1, 2, '', 'clean', null, $2, $3)",
        params![id, author, story.published_at],
    )?;
    Ok(())
}

/// The shelves a story stands on: sections from its own upward, authors, topics.
fn owners(story: &Drawn) -> Vec<i64> {
    let mut owners = Vec::with_capacity(8);
    let mut next = Some(story.section);
    while let Some(section) = next {
        owners.push(rows::section(section).get());
        next = people_rows::parent(section);
    }
    owners.extend(story.authors.iter().map(|author| rows::account(*author).get()));
    owners.extend(story.topics.iter().map(|topic| rows::topic(*topic).get()));
    owners
}

/// A draft for each of the first writers.
pub fn drafts(tx: &mut Tx) -> Result<(), db::Error> {
    let now = super::now() - DAY_MS;
    let mut dice = Dice::new(4);
    let bodies = pool::bodies(&mut dice, 50);
    for place in 0..DRAFTS {
        let (id, author) = (rows::draft(place), rows::account(place));
        let content = Content { headline: pool::headline(&mut dice, place), body: dice.of(&bodies).source.clone(), ..Content::default() };
        let json = serde_json::to_string(&content).unwrap_or_default();
        tx.run(
            "insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, 'story', $2, 'only_me', $3, $3)",
            params![id, author, now],
        )?;
        tx.run("insert into post_counts (post_id) values ($1)", params![id])?;
        tx.run("insert into post_authors (post_id, account_id, position) values ($1, $2, 0)", params![id, author])?;
        tx.run(
            "insert into drafts (story_id, version, content, state, publish_at, updated_by, updated_at) values ($1, 1, $2, 'draft', null, $3, $4)",
            params![id, &json, author, now],
        )?;
    }
    Ok(())
}
