//! Writing the demo town into an empty database: one transaction, so that it is there whole or not at all.

use anyhow::Context as _;
use db::Tx;
use doors::front::Arrangement;
use people::{
    AccountId,
    accounts::{self, NewAccount},
    connections::ShownTo,
    joining::Mode,
    pictures::{self, Picture, Words},
    profiles::{self, Fact, Told},
    site::{self, Site},
};
use std::collections::HashMap;
use talk::PostId;
use things::{
    albums,
    sections::{self, NewSection, SectionId},
    stories::{self, LeadPicture},
};
use web::Error;

use super::{
    SIGN_INS,
    content::{Content, State, Story},
    contexts, email,
    gallery::Gallery,
    organizations, reactions, readers, reports, reviews, square, talks, ties,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The paper is older than its oldest story.
const FOUNDED_MS: i64 = 900 * DAY_MS;
/// Corrections come within hours.
const CORRECTED_MS: i64 = 5 * 60 * 60 * 1000;

/// What the transaction needs besides the content.
pub(super) struct Loading<'a> {
    pub content: &'a Content,
    pub gallery: &'a Gallery,
    /// Hash of the password that everybody knows.
    pub hash: &'a str,
    pub now: i64,
}

impl Loading<'_> {
    /// Writes everything.
    pub(super) fn write(&self, tx: &mut Tx) -> Result<(), Error> {
        let people = self.people(tx)?;
        let sections = self.sections(tx).map_err(broken)?;
        let mut numbers = HashMap::new();
        for story in &self.content.stories {
            let id = self.story(tx, story, &people, &sections).map_err(|error| in_story(story.number, error))?;
            numbers.insert(story.number, id);
        }
        self.read(tx, &numbers)?;
        self.albums(tx, &people)?;
        let notes = square::write(self, tx, &people)?;
        talks::write(self, tx, &people, (&numbers, &notes))?;
        reviews::write(self, tx, &people, &numbers)?;
        contexts::write(self, tx, &people, &numbers)?;
        organizations::write(self, tx, &people)?;
        let told = self.content.people.iter().map(|person| known(&people, &person.handle)).collect::<Result<Vec<_>, _>>()?;
        let slugs = self.content.sections.iter().map(|section| known(&sections, &section.slug)).collect::<Result<Vec<_>, _>>()?;
        ties::tie(tx, &told, &slugs, self.now)?;
        reactions::write(tx, &told, self.now)?;
        reports::write(tx, (&told, known(&people, SIGN_INS[0])?), self.now)?;
        self.arrange(tx, &people, &sections, &numbers)?;
        let of = &self.content.site;
        let site = Site {
            name: of.name.clone(),
            tagline: of.tagline.clone(),
            sentence: of.footer.clone(),
            place: of.place.clone(),
            time_zone: of.time_zone.clone(),
            language: of.language.clone(),
            joining: Mode::Open,
            ..Site::nameless()
        };
        Ok(site::create(tx, &site, self.now - FOUNDED_MS)?)
    }

    fn people(&self, tx: &mut Tx) -> Result<HashMap<String, AccountId>, Error> {
        let (mut ids, since) = (HashMap::new(), self.now - FOUNDED_MS);
        for person in &self.content.people {
            let handle = text::handle::parse(&person.handle).map_err(|words| Error::broken(format!("{}: {words}", person.handle)))?;
            let new = NewAccount { handle, name: person.name.clone(), email: Some(email(&person.handle)), level: person.level.clone() };
            let hash = SIGN_INS.contains(&person.handle.as_str()).then_some(self.hash);
            let id = accounts::insert(tx, &new, hash, since)?;
            accounts::save_profile(tx, id, &person.name, &person.bio, since)?;
            profiles::tell(tx, id, &Told { fact: Fact::Place, value: person.home.clone(), shown_to: ShownTo::Public })?;
            if let Some(picture) = self.gallery.get(None, person.portrait) {
                pictures::insert(tx, picture, id, since)?;
                accounts::set_picture(tx, id, Some(&picture.key), since)?;
            }
            ids.insert(person.handle.clone(), id);
        }
        Ok(ids)
    }

    fn sections(&self, tx: &mut Tx) -> anyhow::Result<HashMap<String, SectionId>> {
        let mut ids: HashMap<String, SectionId> = HashMap::new();
        for section in &self.content.sections {
            let parent =
                section.parent.as_ref().map(|slug| ids.get(slug).copied().with_context(|| format!("no section {slug} before this")));
            let new = NewSection {
                name: section.name.clone(),
                slug: section.slug.clone(),
                description: section.description.clone(),
                colour: section.colour()?,
                parent: parent.transpose()?,
                position: section.order,
            };
            let id = sections::insert(tx, &new, self.now - FOUNDED_MS).map_err(crate::open::broken)?;
            ids.insert(section.slug.clone(), id);
        }
        Ok(ids)
    }

    fn story(
        &self,
        tx: &mut Tx,
        story: &Story,
        people: &HashMap<String, AccountId>,
        sections: &HashMap<String, SectionId>,
    ) -> Result<PostId, Error> {
        let author = known(people, &story.head.author)?;
        let at = self.now - story.head.age_ms().map_err(broken)?;
        let mut content = self.content_of(tx, story, author, people, sections)?;
        let right = content.body.clone();
        content.body = self.gallery.hang(&story.body_before(0)).0;
        let id = stories::create(tx, author, &content, at)?;
        match story.head.state {
            State::Draft => {}
            State::Submitted => stories::submit(tx, id, author, at)?,
            State::Scheduled => {
                let ahead = story.head.ahead_ms().map_err(broken)?;
                stories::schedule(tx, id, self.now + ahead, author, self.now)?;
            }
            State::Published => {
                stories::publish(tx, id, None, author, at)?;
                self.correct(tx, story, id, &content, &right, (author, at))?;
            }
        }
        Ok(id)
    }

    fn content_of(
        &self,
        tx: &mut Tx,
        story: &Story,
        author: AccountId,
        people: &HashMap<String, AccountId>,
        sections: &HashMap<String, SectionId>,
    ) -> Result<stories::Content, Error> {
        let head = &story.head;
        let (body, inside) = self.gallery.hang(&story.body);
        let lead = head.picture.as_ref().and_then(|picture| Some((picture, self.gallery.get(Some(&picture.scene), picture.seed)?)));
        if let Some((told, painted)) = lead {
            let line = |words: &str| words.to_owned();
            let words = Words { name: line(&told.scene), alt: line(&told.alt), caption: line(&told.caption), credit: line(&told.credit) };
            pictures::insert(tx, &Picture { words, ..painted.clone() }, author, self.now)?;
        }
        for picture in inside {
            pictures::insert(tx, picture, author, self.now)?;
        }
        let lead = lead.map(|(told, picture)| LeadPicture {
            key: picture.key.clone(),
            caption: told.caption.clone(),
            credit: told.credit.clone(),
            alt: told.alt.clone(),
        });
        Ok(stories::Content {
            headline: head.headline.clone(),
            standfirst: head.standfirst.clone(),
            body,
            section: Some(known(sections, &head.section)?),
            topics: head.topics.clone(),
            place: head.place.clone(),
            coauthors: head.coauthors.iter().map(|handle| known(people, handle)).collect::<Result<_, _>>()?,
            work: head.work().map_err(broken)?,
            language: String::new(),
            sources: head.sources.clone(),
            picture: lead,
            dated: None,
            licence: None,
        })
    }

    /// An album holds the pictures over its stories.
    fn albums(&self, tx: &mut Tx, people: &HashMap<String, AccountId>) -> Result<(), Error> {
        for album in &self.content.albums {
            let of = |number: &u32| self.content.stories.iter().find(|story| story.number == *number)?.head.picture.as_ref();
            let leads = album.stories.iter().filter_map(of);
            let keys: Vec<String> =
                leads.filter_map(|lead| self.gallery.get(Some(&lead.scene), lead.seed)).map(|picture| picture.key.clone()).collect();
            let at = self.now - album.age_ms().map_err(broken)?;
            albums::bring(tx, known(people, &album.author)?, (&album.title, &album.description), &keys, at)?;
        }
        Ok(())
    }

    /// Publishes each correction, the first one first.
    fn correct(
        &self,
        tx: &mut Tx,
        story: &Story,
        id: PostId,
        wrong: &stories::Content,
        right: &str,
        (author, at): (AccountId, i64),
    ) -> Result<(), Error> {
        for (index, correction) in story.head.corrections.iter().enumerate() {
            let when = at + ((self.now - at) / 2).min(CORRECTED_MS) + i64::try_from(index).unwrap_or(0);
            let last = index + 1 == story.head.corrections.len();
            let body = if last { right.to_owned() } else { self.gallery.hang(&story.body_before(index + 1)).0 };
            let base = stories::open_draft(tx, id)?.version;
            stories::save(tx, id, base, &stories::Content { body, ..wrong.clone() }, author, when)?;
            stories::publish(tx, id, Some(&correction.note), author, when)?;
        }
        Ok(())
    }

    fn read(&self, tx: &mut Tx, numbers: &HashMap<u32, PostId>) -> Result<(), Error> {
        let mut read = Vec::new();
        for story in self.content.stories.iter().filter(|story| story.head.state == State::Published) {
            let published_at = self.now - story.head.age_ms().map_err(broken)?;
            let words = i64::try_from(story.body.split_whitespace().count()).unwrap_or(i64::MAX);
            read.push(readers::Read { post: known_number(numbers, story.number)?, published_at, views: story.head.views, words });
        }
        let zone = jiff::tz::TimeZone::get(&self.content.site.time_zone).map_err(Error::broken)?;
        Ok(readers::write(tx, &read, self.now, &zone)?)
    }

    fn arrange(
        &self,
        tx: &mut Tx,
        people: &HashMap<String, AccountId>,
        sections: &HashMap<String, SectionId>,
        numbers: &HashMap<u32, PostId>,
    ) -> Result<(), Error> {
        let front = &self.content.front;
        let arrangement = Arrangement {
            lead: numbers.get(&front.lead).copied(),
            row: front.row.iter().filter_map(|number| numbers.get(number).copied()).collect(),
            strands: front.strands.iter().map(|slug| known(sections, slug)).collect::<Result<_, _>>()?,
        };
        doors::front::save(tx, &arrangement, known(people, SIGN_INS[1])?, self.now)
    }
}

pub(super) fn known_number(all: &HashMap<u32, PostId>, number: u32) -> Result<PostId, Error> {
    all.get(&number).copied().ok_or_else(|| Error::broken(format!("story {number} was not written")))
}

pub(super) fn known<T: Copy>(all: &HashMap<String, T>, name: &str) -> Result<T, Error> {
    all.get(name).copied().ok_or_else(|| Error::broken(format!("“{name}” is named, but not described")))
}

#[allow(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
pub(super) fn broken(error: anyhow::Error) -> Error {
    Error::broken(format!("{error:#}"))
}

fn in_story(number: u32, error: Error) -> Error {
    Error::broken(format!("demo story {number}: {:#}", crate::open::broken(error)))
}
