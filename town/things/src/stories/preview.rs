//! A working copy as the story that readers would see.

use db::{Tx, params};
use people::{AccountId, accounts, pictures::Shown, site::Site};
use talk::{
    Counts,
    topics::{Topic, TopicId},
};
use web::Error;

use super::{
    content::Content,
    draft::Draft,
    lifecycle,
    reading::{Card, Story},
};
use crate::sections::{self, Colour, SectionId};

/// The story that publishing this working copy now would show. What it lacks yet is left empty.
pub(super) fn story(tx: &mut Tx, draft: &Draft, now: i64) -> Result<Story, Error> {
    let content = &draft.content;
    let known = lifecycle::Known::of(tx, &content.picture_keys(), &content.body)?;
    let lead = content.picture.clone().unwrap_or_default();
    Ok(Story {
        label: String::new(),
        card: card(tx, draft, &known, now)?,
        body_html: lifecycle::render(&content.body, &known),
        sources: content.sources.clone(),
        place: content.place.clone(),
        caption: lead.caption,
        credit: lead.credit,
        authors: authors(tx, draft)?,
        topics: topics(content),
        corrections: talk::revisions::corrections_of(tx, draft.story)?,
        revisions: 0,
        updated_at: now,
        licence: content.licence,
        contexts: 0,
    })
}

fn card(tx: &mut Tx, draft: &Draft, known: &lifecycle::Known, now: i64) -> Result<Card, Error> {
    let content = &draft.content;
    let section = match content.section {
        Some(section) => sections::all(tx)?.get(section).cloned(),
        None => None,
    };
    let (published_at, counts) =
        tx.one("select p.published_at, c.views, c.comments, c.likes, c.reviews from posts p join post_counts c on c.post_id = p.id where p.id = $1", params![draft.story], |row| {
            let counts = Counts { views: row.get(1)?, comments: row.get(2)?, likes: row.get(3)?, reviews: row.get(4)? };
            Ok((row.get::<Option<i64>>(0)?, counts))
        })?;
    let author = authors(tx, draft)?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(Card {
        id: draft.story,
        headline: content.headline.clone(),
        slug: lifecycle::slug(&content.headline),
        standfirst: content.standfirst.clone(),
        work: content.work,
        words: i64::try_from(text::markdown::words(&content.body)).unwrap_or(i64::MAX),
        published_at: content.dated.or(draft.publish_at).or(published_at).unwrap_or(now),
        counts,
        section: section.as_ref().map_or(SectionId::new(0), |section| section.id),
        section_name: section.as_ref().map_or_else(|| "No section yet".to_owned(), |section| section.name.clone()),
        section_slug: section.as_ref().map(|section| section.slug.clone()).unwrap_or_default(),
        section_colour: section.map_or(Colour::Slate, |section| section.colour),
        author,
        picture: picture(content, known),
        language: content.language_or(&Site::language_in(tx)?).to_owned(),
    })
}

fn picture(content: &Content, known: &lifecycle::Known) -> Option<Shown> {
    let lead = content.picture.as_ref()?;
    let picture = known.picture(&lead.key)?;
    Some(Shown::of(picture, &lead.alt))
}

fn authors(tx: &mut Tx, draft: &Draft) -> Result<Vec<accounts::Author>, Error> {
    let first: AccountId = tx.one("select author_id from posts where id = $1", params![draft.story], |row| row.get(0))?;
    let mut authors = Vec::new();
    for id in [first].into_iter().chain(draft.content.coauthors.iter().copied().filter(|coauthor| *coauthor != first)) {
        authors.extend(accounts::by_id(tx, id)?.map(|account| account.author()));
    }
    Ok(authors)
}

fn topics(content: &Content) -> Vec<Topic> {
    let parsed = content.topics.iter().filter_map(|topic| text::topic::parse(topic));
    parsed.map(|topic| Topic { id: TopicId::new(0), name: topic.name, key: topic.key }).collect()
}
