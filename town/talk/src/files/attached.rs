//! Pictures and a recording on their way into a post.

use axum::extract::{FromRequest as _, Request};
use db::Tx;
use http::header;
use people::{
    AccountId, Caller, Town, Viewer,
    pictures::{self, MAX_WORDS, Picture, Shown},
    recordings,
    uploads::{self, Family, Several},
    uses,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use web::{Error, Form, Problems, Result};

/// Files of one form for each that a post may hold: what is too many is said in words.
const MOST_SENT: usize = 2;

/// A picture as it stands in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its key.
    pub key: String,
    /// What it shows, for those who cannot see it (WCAG 1.1.1).
    pub alt: String,
}

/// What a form brought: its words, keys of its files, and why others stayed outside.
#[derive(Debug)]
pub struct Brought {
    /// Its words.
    pub form: Form,
    /// Keys of the files that came with it.
    pub came: Vec<String>,
    /// What is wrong with those that did not.
    pub problems: Problems,
}

/// Reads a form that may carry files, at most twice as many as its post may hold. Of whoever sends some it is asked first whether they
/// may, and which are taken from them (`takes`); who sends words alone is asked with what becomes of them.
///
/// # Errors
/// When the form cannot be read, or is too large; what `takes` answers.
pub async fn brought(
    town: &Town,
    caller: &Caller,
    takes: fn(&Viewer) -> Result<&'static [Family]>,
    most: usize,
    request: Request,
) -> Result<Brought> {
    let multipart = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if !multipart {
        let form = Form::from_request(request, town).await?;
        return Ok(Brought { form, came: Vec::new(), problems: Problems::default() });
    }
    let viewer = town.viewer(caller).await?;
    let (me, takes) = (viewer.must_be_member()?.id, takes(&viewer)?);
    let (Several { taken, refused, .. }, form) = uploads::with_words(town, me, takes, request, most * MOST_SENT).await?;
    let mut problems = Problems::default();
    for (name, words) in refused {
        problems.add("file", format!("“{name}”: {words}"));
    }
    Ok(Brought { form, came: taken.iter().map(|taken| taken.key().to_owned()).collect(), problems })
}

/// The files of a form: of each picture `picture` (its key) and `alt-KEY`, without those in `without`; keys of what `came` with it last.
/// `what` is what holds them: “A post”.
pub fn parse(form: &Form, came: &[String], (what, most): (&str, usize), problems: &mut Problems) -> (Vec<Attached>, Option<String>) {
    let (mut pictures, mut recording): (Vec<Attached>, _) = (Vec::new(), None);
    let without: Vec<&str> = form.all("without").collect();
    let keys = form.all("picture").chain(came.iter().map(String::as_str));
    for key in keys.filter(|key| !without.contains(key)) {
        if recordings::is_key(key) {
            if recording.replace(key.to_owned()).is_some_and(|other| other != key) {
                problems.add("file", format!("{what} holds one recording. Take one of them out."));
            }
        } else if media::is_key(key) && pictures.iter().all(|known| known.key != key) {
            let alt = text::clean_line(form.text(&format!("alt-{key}")));
            if alt.chars().count() > MAX_WORDS {
                problems.add("pictures", format!("Use at most {MAX_WORDS} characters for what a picture shows."));
            }
            pictures.push(Attached { key: key.to_owned(), alt });
        }
    }
    if pictures.len() > most {
        problems.add("pictures", format!("{what} holds at most {most} pictures. Take some out."));
    }
    if recording.is_some() && !pictures.is_empty() {
        problems.add("pictures", format!("{what} holds pictures or a recording. Take one of them out."));
    }
    (pictures, recording)
}

/// Whether somebody may put these files into a post: they brought them, keep them in their library, or have them there already.
///
/// # Errors
/// `Invalid` when one is nothing of theirs.
pub fn must_be_usable(tx: &mut Tx, by: AccountId, keys: &[String], standing: &[String]) -> Result<(), Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let pictures = pictures::find_all(tx, keys)?;
    let recordings = recordings::find_all(tx, keys)?;
    let owned = |key: &String| {
        pictures.iter().any(|picture| picture.key == *key && picture.owner == Some(by))
            || recordings.iter().any(|recording| recording.key == *key && recording.owner == Some(by))
    };
    for key in keys {
        let here = pictures.iter().any(|picture| picture.key == *key) || recordings.iter().any(|recording| recording.key == *key);
        let usable = here && (standing.contains(key) || owned(key) || uses::is_held(tx, by.get(), key)? || uploads::brought(tx, key, by)?);
        if !usable {
            return Err(Error::invalid("pictures", "One of the files is not here any more. Choose it again."));
        }
    }
    Ok(())
}

/// Those of these pictures that are here, in this order, with no words: a form has them.
///
/// # Errors
/// When the database does not answer.
pub fn shown(tx: &mut Tx, keys: &[String]) -> Result<Vec<Shown>, db::Error> {
    let found = pictures::find_all(tx, keys)?;
    let one = |key: &String| found.iter().find(|picture| picture.key == *key).map(|picture| Shown::of(picture, ""));
    Ok(keys.iter().filter_map(one).collect())
}

/// Hangs the pictures that are here: of each post those that it holds, and the place for them. One question for all of them, none where
/// there are no pictures.
///
/// # Errors
/// When the database does not answer.
pub fn hang(tx: &mut Tx, all: Vec<(&[Attached], &mut Vec<Shown>)>) -> Result<(), db::Error> {
    let mut keys: Vec<String> = all.iter().flat_map(|(attached, _)| attached.iter().map(|one| one.key.clone())).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(());
    }
    let found: HashMap<String, Picture> =
        pictures::find_all(tx, &keys)?.into_iter().map(|picture| (picture.key.clone(), picture)).collect();
    for (attached, shown) in all {
        *shown = attached.iter().filter_map(|one| Some(Shown::of(found.get(&one.key)?, &one.alt))).collect();
    }
    Ok(())
}

/// Keeps those of these pictures that are here.
///
/// # Errors
/// When the database does not answer.
pub fn keep_here(tx: &mut Tx, attached: &mut Vec<Attached>) -> Result<(), db::Error> {
    if attached.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = attached.iter().map(|one| one.key.clone()).collect();
    let found = pictures::find_all(tx, &keys)?;
    attached.retain(|one| found.iter().any(|picture| picture.key == one.key));
    Ok(())
}

/// Pictures as a column of their post keeps them; nothing for none.
pub fn to_keep(pictures: &[Attached]) -> String {
    // Strings can always be written.
    if pictures.is_empty() { String::new() } else { serde_json::to_string(pictures).unwrap_or_default() }
}

/// The pictures of such a column.
pub fn kept(column: &str) -> Vec<Attached> {
    if column.is_empty() { Vec::new() } else { serde_json::from_str(column).unwrap_or_default() }
}

/// What changed of the files of a post, in words: `keys` are all of its files, of which `pictures` have words.
pub fn changes(before: Option<(&[String], &[Attached])>, (keys, pictures): (&[String], &[Attached])) -> Option<String> {
    let count = i64::try_from(keys.len()).unwrap_or(0);
    let shows = || {
        if pictures.len() == keys.len() {
            text::count(count, "picture", "pictures")
        } else {
            text::count(count, "picture or recording", "pictures and recordings")
        }
    };
    let Some((known, described)) = before else { return (count > 0).then(|| format!("With {}.", shows())) };
    if known == keys {
        return (described != pictures).then(|| "The words on its pictures were changed.".to_owned());
    }
    Some(if count == 0 { "Its pictures were taken out.".into() } else { format!("Its pictures were changed: now {}.", shows()) })
}
