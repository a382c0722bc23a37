//! From working copy to readers and back: publishing, scheduling, review, removal.
//!
//! None of these changes the working copy's words, so none changes its version: whoever has it open can go on writing.

use db::{Tx, params};
use people::{
    AccountId,
    pictures::{self, Place, Shown},
    recordings::{self, Recording},
    site::Licence,
};
use serde::{Deserialize, Serialize};
use talk::{
    PostId,
    posts::{self, Visibility},
    revisions,
};
use text::markdown::Own;
use web::{Error, Problems};

use super::{
    content::Content,
    draft::{self, Draft, DraftState, Saved},
    effects::shelves_of,
    reading::{self, Status},
    shelving, told,
};
use crate::{albums, sections};

/// The job that publishes a scheduled story.
#[derive(Debug, Serialize, Deserialize)]
pub struct Publication {
    /// Which story.
    pub story: PostId,
}

impl jobs::Job for Publication {
    const KIND: &'static str = "publication";
}

/// The job that tells the rooms above that readers see a story anew, or no longer. They ask the story itself what it is
/// now, so several changes may be told as one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Changed {
    /// Which story.
    pub story: PostId,
    /// The shelves it stood on before or stands on now.
    #[serde(default)]
    pub shelves: Vec<i64>,
}

impl jobs::Job for Changed {
    const KIND: &'static str = "story.changed";
}

impl Changed {
    /// The key under which the job waits: whoever writes what nobody needs to be told of takes it back.
    pub fn key(story: PostId) -> String {
        format!("story.changed:{story}")
    }
}

fn tell(tx: &mut Tx, story: PostId, mut shelves: Vec<i64>, now: i64) -> Result<(), db::Error> {
    shelves.extend(shelves_of(tx, story)?);
    shelves.sort_unstable();
    shelves.dedup();
    jobs::enqueue_unique(tx, &Changed::key(story), &Changed { story, shelves }, now).map(drop)
}

/// Tells the rooms above that the name of an author has changed in every story of theirs that readers see.
pub fn tell_of_author(tx: &mut Tx, author: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "select s.id from post_authors a join stories s on s.id = a.post_id where a.account_id = $1 and s.listed_at is not null";
    for story in tx.all(sql, params![author], |row| row.get(0))? {
        tell(tx, story, Vec::new(), now)?;
    }
    Ok(())
}

pub(super) fn key(story: PostId) -> String {
    format!("publication:{story}")
}

/// Begins a story.
pub fn create(tx: &mut Tx, author: AccountId, content: &Content, now: i64) -> Result<PostId, Error> {
    let story = posts::insert(tx, "story", author, now)?;
    let json = serde_json::to_string(content).map_err(Error::broken)?;
    draft::put(tx, story, 1, &json, DraftState::Draft, None, author, now)?;
    set_byline(tx, story, author, content)?;
    Ok(story)
}

/// Saves the working copy made from version `base`; see [`Saved`]. Until a story is published its co-authors are those
/// of the working copy, so that they can open it. A later date moves a scheduled publication with it.
pub fn save(tx: &mut Tx, story: PostId, base: i64, content: &Content, by: AccountId, now: i64) -> Result<Saved, Error> {
    let current = draft::open(tx, story)?;
    save_over(tx, current, base, content, by, now)
}

/// [`save`] for a caller who has opened the working copy in this unit.
pub fn save_over(tx: &mut Tx, current: Draft, base: i64, content: &Content, by: AccountId, now: i64) -> Result<Saved, Error> {
    let mut saved_as = Draft { content: content.clone(), ..current.clone() };
    let saved = draft::save(tx, current, base, content, by, now)?;
    if let Saved::Newest(version) = &saved {
        if *version != saved_as.version && saved_as.state == DraftState::Clean {
            saved_as.state = DraftState::Draft;
        }
        saved_as.version = *version;
        settle(tx, &saved_as, by, now)?;
    }
    Ok(saved)
}

/// Makes a kept copy the newest version, as [`save`] does with new words.
pub fn take_up(tx: &mut Tx, story: PostId, copy: i64, base: i64, by: AccountId, now: i64) -> Result<Saved, Error> {
    let saved = draft::take_up(tx, story, copy, base, by, now)?;
    let draft = draft::open(tx, story)?;
    settle(tx, &draft, by, now)?;
    Ok(saved)
}

/// What follows from new words.
fn settle(tx: &mut Tx, draft: &Draft, by: AccountId, now: i64) -> Result<(), Error> {
    let story = draft.story;
    if reading::status_of(tx, story)? == Some(Status::Hidden) {
        let author = tx.one("select author_id from posts where id = $1", params![story], |row| row.get(0))?;
        set_byline(tx, story, author, &draft.content)?;
    }
    let later = draft.content.dated.filter(|at| draft.state == DraftState::Scheduled && *at > now && draft.publish_at != Some(*at));
    if let Some(at) = later {
        jobs::enqueue_unique(tx, &key(story), &Publication { story }, at)?;
        move_to(tx, draft, DraftState::Scheduled, Some(at), by, now)?;
    }
    Ok(())
}

fn set_byline(tx: &mut Tx, story: PostId, author: AccountId, content: &Content) -> Result<Vec<AccountId>, db::Error> {
    let mut byline = vec![author];
    for coauthor in &content.coauthors {
        if !byline.contains(coauthor) {
            byline.push(*coauthor);
        }
    }
    posts::set_authors(tx, story, &byline)?;
    Ok(byline)
}

/// Publishes the working copy: a revision, the rendered story, its shelves. `correction` is the public note when the
/// change corrects something. Publishing again what readers see already (a form sent twice) is no change.
///
/// # Errors
/// `Invalid` when something is missing that a published story needs.
pub fn publish(tx: &mut Tx, story: PostId, correction: Option<&str>, by: AccountId, now: i64) -> Result<(), Error> {
    let draft = draft::open(tx, story)?;
    let content = &draft.content;
    let mut problems = Problems::default();
    content.check_publishable(&mut problems);
    let tree = sections::all(tx)?;
    let Some(section) = content.section.filter(|section| tree.get(*section).is_some()) else {
        problems.add("section", "That section no longer exists. Choose another.");
        return Err(problems.into());
    };
    problems.or(())?;
    if is_published_as(tx, &draft, correction)? {
        return Ok(());
    }

    let before = shelves_of(tx, story)?;
    let json = serde_json::to_string(content).map_err(Error::broken)?;
    let number = revisions::insert(tx, story, by, &json, correction, now)?;
    revisions::shows(tx, story, number, &content.media_keys())?;
    let (author, first_published) = tx.one("select author_id, published_at from posts where id = $1", params![story], |row| {
        Ok((row.get::<AccountId>(0)?, row.get::<Option<i64>>(1)?))
    })?;
    let listed_at = content.dated.map(|dated| dated.min(now)).or(first_published).unwrap_or(now);
    tx.run(
        "update posts set visibility = $2, published_at = $3, updated_at = $4, deleted_at = null where id = $1",
        params![story, Visibility::Public.name(), listed_at, now],
    )?;
    write_story(tx, story, content, section, Some(listed_at))?;
    let byline = set_byline(tx, story, author, content)?;
    shelving::gather(tx, story, content, now)?;
    shelving::shelve(tx, story, section, &byline, listed_at)?;
    draft::put(tx, story, draft.version, "", DraftState::Clean, None, by, now)?;
    jobs::cancel(tx, &key(story))?;
    if first_published.is_none() {
        told::out(tx, story, listed_at, now)?;
    }
    Ok(tell(tx, story, before, now)?)
}

/// Whether readers see exactly this already, with this correction (or none is asked for).
fn is_published_as(tx: &mut Tx, draft: &Draft, correction: Option<&str>) -> Result<bool, Error> {
    if draft.state != DraftState::Clean || reading::status_of(tx, draft.story)? != Some(Status::Published) {
        return Ok(false);
    }
    let Some(latest) = revisions::latest(tx, draft.story)? else { return Ok(false) };
    Ok(correction.is_none() || latest.correction.as_deref() == correction)
}

/// What readers see of a story: made from its newest revision, whenever that changes or comes in.
pub(super) fn write_story(
    tx: &mut Tx,
    story: PostId,
    content: &Content,
    section: sections::SectionId,
    listed_at: Option<i64>,
) -> Result<(), Error> {
    let known = Known::of(tx, &content.picture_keys(), &content.body)?;
    let body_html = render(&content.body, &known);
    albums::set_embeds(tx, story, &albums::ids_in(&content.body))?;
    let picture = content.picture.as_ref().filter(|picture| known.picture(&picture.key).is_some());
    let lead = picture.cloned().unwrap_or_default();
    let sources = serde_json::to_string(&content.sources).map_err(Error::broken)?;
    let usual = people::site::Site::language_in(tx)?;
    tx.run(
        "insert into stories (id, section_id, headline, slug, standfirst, body_html, words, work, place, sources,
           picture, picture_caption, picture_credit, picture_alt, listed_at, language, licence)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (id) do update set section_id = excluded.section_id, headline = excluded.headline, slug = excluded.slug,
           standfirst = excluded.standfirst, body_html = excluded.body_html, words = excluded.words, work = excluded.work,
           place = excluded.place, sources = excluded.sources, picture = excluded.picture, picture_caption = excluded.picture_caption,
           picture_credit = excluded.picture_credit, picture_alt = excluded.picture_alt, listed_at = excluded.listed_at,
           language = excluded.language, licence = excluded.licence",
        params![
            story,
            section,
            &content.headline,
            slug(&content.headline),
            &content.standfirst,
            &body_html,
            text::markdown::words(&content.body),
            content.work.name(),
            &content.place,
            &sources,
            picture.map(|picture| picture.key.as_str()),
            &lead.caption,
            &lead.credit,
            &lead.alt,
            listed_at,
            content.language_or(&usual),
            content.licence.map(Licence::name)
        ],
    )?;
    Ok(())
}

/// The readable part of the address. A headline of one word must not take the address of a story's other pages.
pub(super) fn slug(headline: &str) -> String {
    const TAKEN: [&str; 10] =
        ["draft", "drafts", "edit", "history", "numbers", "preview", "publication", "removal", "sharing", "submission"];
    let slug = text::slug(headline);
    if TAKEN.contains(&slug.as_str()) { format!("{slug}-story") } else { slug }
}

/// How wide the column of text is, for browsers that choose among widths.
const COLUMN: Place = Place { sizes: "(min-width: 46rem) 42rem, 100vw", first: false };

/// What a body shows that is here.
pub(super) struct Known {
    pictures: Vec<pictures::Picture>,
    recordings: Vec<Recording>,
    albums: albums::Cards,
}

impl Known {
    /// Looks up the pictures with these keys, and the recordings and albums that the body names.
    pub fn of(tx: &mut Tx, keys: &[String], body: &str) -> Result<Self, Error> {
        let recordings: Vec<String> = super::content::recordings_in(body).take(MAX_RECORDINGS).collect();
        Ok(Self {
            pictures: pictures::find_all(tx, keys)?,
            recordings: recordings::find_all(tx, &recordings)?,
            albums: albums::Cards::of(tx, body)?,
        })
    }

    /// The picture with this key.
    pub fn picture(&self, key: &str) -> Option<&pictures::Picture> {
        self.pictures.iter().find(|picture| picture.key == key)
    }
}

/// Players of one story; a page with more does not load on a phone.
const MAX_RECORDINGS: usize = 100;

/// A body as readers see it, with the pictures, recordings and albums we have.
pub(super) fn render(body: &str, known: &Known) -> String {
    text::markdown::render(body, &|asked| match asked {
        Own::Line(address) => known.albums.html(address),
        Own::Picture(address, words) => {
            if let Some(key) = recordings::key_in(address) {
                let recording = known.recordings.iter().find(|recording| recording.key == key)?;
                return Some(recording.markup(words).into_string());
            }
            let picture = known.picture(pictures::key_in(address)?)?;
            Some(Shown::of(picture, words).markup(COLUMN).into_string())
        }
    })
}

/// Renders a published story again, because something that it shows has changed.
pub fn draw_anew(tx: &mut Tx, story: PostId) -> Result<(), Error> {
    let Some(published) = revisions::latest(tx, story)? else { return Ok(()) };
    let content: Content = serde_json::from_str(&published.content).map_err(Error::broken)?;
    let known = Known::of(tx, &content.picture_keys(), &content.body)?;
    tx.run("update stories set body_html = $2 where id = $1", params![story, &render(&content.body, &known)])?;
    Ok(())
}

/// A body as the editor reads it: every picture and recording by the address that the body names, once and plainly, whether it is here
/// or not; an album as any other card. What readers see has more to it (a blur, widths, a player), which the editor would have to
/// guess its way back from.
pub(super) fn render_for_editing(body: &str) -> String {
    text::markdown::render(body, &|asked| match asked {
        Own::Line(address) => albums::card_for_editing(address),
        Own::Picture(..) => None,
    })
}

fn move_to(tx: &mut Tx, draft: &Draft, state: DraftState, publish_at: Option<i64>, by: AccountId, now: i64) -> Result<(), Error> {
    let json = serde_json::to_string(&draft.content).map_err(Error::broken)?;
    Ok(draft::put(tx, draft.story, draft.version, &json, state, publish_at, by, now)?)
}

/// Sets the time at which the working copy will be published.
pub fn schedule(tx: &mut Tx, story: PostId, at: i64, by: AccountId, now: i64) -> Result<(), Error> {
    let draft = draft::open(tx, story)?;
    let mut problems = Problems::default();
    draft.content.check_publishable(&mut problems);
    if at <= now {
        problems.add("published_at", "That time has passed. Choose one in the future, or publish at once.");
    }
    problems.or(())?;
    jobs::enqueue_unique(tx, &key(story), &Publication { story }, at)?;
    move_to(tx, &draft, DraftState::Scheduled, Some(at), by, now)
}

/// Publishes a story whose time has come. Nothing happens when it was taken back meanwhile.
pub fn publish_scheduled(tx: &mut Tx, story: PostId, now: i64) -> Result<bool, Error> {
    let draft = draft::open(tx, story)?;
    let due = draft.state == DraftState::Scheduled && draft.publish_at.is_some_and(|at| at <= now);
    let Some(by) = draft.by.as_ref().filter(|_| due) else { return Ok(false) };
    publish(tx, story, None, by.id, now)?;
    Ok(true)
}

/// Hands the working copy to the editors.
pub fn submit(tx: &mut Tx, story: PostId, by: AccountId, now: i64) -> Result<(), Error> {
    let draft = draft::open(tx, story)?;
    let mut problems = Problems::default();
    draft.content.check_publishable(&mut problems);
    problems.or(())?;
    move_to(tx, &draft, DraftState::Submitted, None, by, now)
}

/// Gives a submitted or scheduled working copy back to its author. Nothing happens to any other.
pub fn return_to_author(tx: &mut Tx, story: PostId, by: AccountId, now: i64) -> Result<(), Error> {
    let draft = draft::open(tx, story)?;
    if !matches!(draft.state, DraftState::Submitted | DraftState::Scheduled) {
        return Ok(());
    }
    jobs::cancel(tx, &key(story))?;
    move_to(tx, &draft, DraftState::Draft, None, by, now)
}

/// Gives back a scheduled working copy that cannot be published, in the name of whoever saved it last.
pub(super) fn give_back(tx: &mut Tx, story: PostId, now: i64) -> Result<(), Error> {
    match draft::open(tx, story)?.by {
        Some(by) => return_to_author(tx, story, by.id, now),
        None => Ok(()),
    }
}

/// Takes a published story off the site. Its words become a working copy again.
pub fn unpublish(tx: &mut Tx, story: PostId, by: AccountId, now: i64) -> Result<(), Error> {
    if reading::status_of(tx, story)? != Some(Status::Published) {
        return Ok(());
    }
    let draft = draft::open(tx, story)?;
    tx.run("update posts set visibility = $2, updated_at = $3 where id = $1", params![story, Visibility::OnlyMe.name(), now])?;
    unlist(tx, story, now)?;
    jobs::cancel(tx, &key(story))?;
    move_to(tx, &draft, DraftState::Draft, None, by, now)
}

fn unlist(tx: &mut Tx, story: PostId, now: i64) -> Result<(), db::Error> {
    tx.run("update stories set listed_at = null where id = $1", params![story])?;
    let before = shelves_of(tx, story)?;
    posts::unshelve(tx, story)?;
    tell(tx, story, before, now)
}

/// Removes a story; it can be restored for 30 days. What was scheduled or handed in is a draft when it comes back.
pub fn remove(tx: &mut Tx, story: PostId, by: AccountId, now: i64) -> Result<(), Error> {
    if posts::remove(tx, story, now)? {
        return_to_author(tx, story, by, now)?;
        unlist(tx, story, now)?;
    }
    Ok(())
}

/// Restores a removed story as it was: published again if it was published.
pub fn restore(tx: &mut Tx, story: PostId, now: i64) -> Result<(), Error> {
    if !posts::restore(tx, story, now)? {
        return Err(Error::Gone);
    }
    let published = tx.first(
        "select p.published_at, s.section_id from posts p join stories s on s.id = p.id where p.id = $1 and p.visibility = 'public'",
        params![story],
        |row| Ok((row.get::<i64>(0)?, row.get::<sections::SectionId>(1)?)),
    )?;
    let Some((listed_at, section)) = published else { return Ok(()) };
    tx.run("update stories set listed_at = $2 where id = $1", params![story, listed_at])?;
    let authors: Vec<AccountId> = posts::authors_of(tx, story)?.iter().map(|author| author.id).collect();
    shelving::shelve(tx, story, section, &authors, listed_at)?;
    Ok(tell(tx, story, Vec::new(), now)?)
}
