//! The picture that other sites show with a link to a story: its headline in our own type, drawn when somebody first
//! asks, kept among the files of the site for a month.
//!
//! Its address carries a digest of all that it shows, so it may be kept for ever by whoever fetched it; a new headline,
//! section, byline, picture or nameplate makes a new address, and the old one leads there.

use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use db::{Tx, params};
use http::{HeaderValue, header};
use media::{Beside, CARD, Refused};
use people::{
    Caller, Town,
    accounts::Author,
    pictures::{self, Focus},
};
use std::io::ErrorKind;
use talk::PostId;
use web::{Error, Result, moved, token};

use crate::{
    sections::Colour,
    stories::{self, Story},
};

/// Counts up when cards are drawn another way.
const DRAWING: u8 = 1;
/// Authors named on it.
const NAMED: usize = 3;
/// How long a drawn picture is kept (milliseconds). Those who show it keep it themselves.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Files removed in one run.
const SWEPT: u32 = 500;
/// The name is the content's digest (RFC 8246).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What the picture of a story shows.
pub(super) struct Social<'a> {
    story: PostId,
    headline: &'a str,
    section: &'a str,
    colour: Colour,
    site: &'a str,
    byline: String,
    picture: Option<(&'a str, Focus)>,
}

impl<'a> Social<'a> {
    /// The one of a story on a site of this name.
    pub fn of(story: &'a Story, site: &'a str) -> Self {
        let card = &story.card;
        Self {
            story: card.id,
            headline: &card.headline,
            section: &card.section_name,
            colour: card.section_colour,
            site,
            byline: byline(&story.authors),
            picture: card.picture.as_ref().map(|shown| (shown.key.as_str(), shown.focus)),
        }
    }

    /// Its address, as a path.
    pub fn address(&self) -> String {
        format!("/stories/{}/social.jpg?{}", self.story, self.version())
    }

    fn version(&self) -> String {
        format!("v={}", &self.digest()[..12])
    }

    /// 32 hexadecimal digits of everything on it.
    fn digest(&self) -> String {
        let (picture, focus) = self.picture.unwrap_or(("", Focus::at(0, 0)));
        let shown = [self.headline, self.section, self.colour.name(), self.site, &self.byline, picture].join("\n");
        let digest = token::digest(&format!("{DRAWING} {} {} {} {shown}", self.story, focus.x, focus.y));
        token::hex(&digest[..16])
    }

    fn file(&self) -> String {
        format!("{}-{}.jpg", self.digest(), CARD.0)
    }

    async fn card(&self, town: &Town) -> media::Card {
        let picture = match self.picture {
            Some((key, focus)) => lead(town, key).await.map(|file| Beside { file, focus: (focus.x, focus.y) }),
            None => None,
        };
        media::Card {
            headline: self.headline.to_owned(),
            kicker: self.section.to_owned(),
            colour: self.colour.on_paper(),
            name: self.site.to_owned(),
            byline: self.byline.clone(),
            picture,
        }
    }
}

/// The lead picture's file; a picture that is not there is done without.
async fn lead(town: &Town, key: &str) -> Option<Bytes> {
    let (_, width) = key.split_once('-')?;
    let address = pictures::social_address(key);
    let read = town.media.read_picture(address.strip_prefix("/media/")?, width.parse().ok()?).await;
    read.map_err(|error| tracing::warn!(%error, key, "no file of a lead picture")).ok()
}

fn byline(authors: &[Author]) -> String {
    let names: Vec<&str> = authors.iter().take(NAMED).map(|author| author.name.as_str()).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some(_) if authors.len() > NAMED => format!("{} and others", names.join(", ")),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

pub(super) async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result {
    let id: PostId = id.parse().map_err(|_| Error::NotFound)?;
    let story = town.db.read(move |tx| stories::find(tx, id)).await?;
    let site = town.site();
    let social = Social::of(&story, &site.name);
    if query.as_deref() != Some(&social.version()) {
        return Ok(moved(&social.address()));
    }
    match town.media.read(&social.file()).await {
        Ok(file) => return Ok(answer(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Error::broken(error)),
    }
    town.limits.social.by_address(caller.address)?;
    match town.painters.draw(social.card(&town).await).await {
        Ok(drawn) => Ok(answer(keep(&town, social.file(), drawn.into()).await?)),
        Err(Refused::Busy | Refused::TooSlow) => Err(Error::Busy),
        // What cannot be drawn has at best a picture of its own.
        Err(_) => social.picture.map(|(key, _)| moved(&pictures::social_address(key))).ok_or(Error::NotFound),
    }
}

fn answer(file: Bytes) -> Response {
    let kind = HeaderValue::from_static("image/jpeg");
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER), (header::CONTENT_SECURITY_POLICY, policy)], file).into_response()
}

async fn keep(town: &Town, name: String, file: Bytes) -> Result<Bytes> {
    town.media.put(&name, file.clone()).await.map_err(Error::broken)?;
    let now = town.now();
    town.db.write(move |tx| note(tx, &name, now)).await?;
    Ok(file)
}

fn note(tx: &mut Tx, name: &str, now: i64) -> std::result::Result<(), db::Error> {
    tx.run(
        "insert into social_pictures (name, drawn_at) values ($1, $2) on conflict (name) do update set drawn_at = excluded.drawn_at",
        params![name, now],
    )?;
    Ok(())
}

/// Removes pictures that were drawn more than a month ago: a job of every day.
///
/// # Errors
/// When the database or the store does not answer; what is left is removed another day.
pub async fn sweep(town: Town) -> anyhow::Result<()> {
    let before = town.now() - KEPT_MS;
    let old: Vec<String> = town
        .db
        .read(move |tx| {
            let sql = "select name from social_pictures where drawn_at < $1 order by drawn_at limit $2";
            tx.all(sql, params![before, SWEPT], |row| row.get(0))
        })
        .await?;
    for name in old {
        let forgotten = name.clone();
        // The note goes first: a picture drawn meanwhile gets another, and at worst is drawn once more.
        town.db.write(move |tx| tx.run("delete from social_pictures where name = $1", params![&forgotten])).await?;
        town.media.remove(&name).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use people::AccountId;

    #[test]
    fn a_byline_names_three_at_most() {
        let author = |name: &str| Author { id: AccountId::new(1), handle: name.into(), name: name.into(), picture: None };
        for (names, line) in [
            (vec![], ""),
            (vec!["Ana"], "Ana"),
            (vec!["Ana", "Tom"], "Ana and Tom"),
            (vec!["Ana", "Tom", "Lou"], "Ana, Tom and Lou"),
            (vec!["Ana", "Tom", "Lou", "Kim"], "Ana, Tom, Lou and others"),
        ] {
            assert_eq!(byline(&names.into_iter().map(author).collect::<Vec<_>>()), line);
        }
    }
}
