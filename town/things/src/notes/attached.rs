//! Pictures and a recording on their way into a note.

use db::Tx;
use people::{
    AccountId,
    pictures::{self, MAX_WORDS},
    recordings, uploads, uses,
};
use serde::{Deserialize, Serialize};
use web::{Error, Form, Problems};

use super::note::MAX_PICTURES;

/// A picture as it stands in a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its key.
    pub key: String,
    /// What it shows, for those who cannot see it (WCAG 1.1.1).
    pub alt: String,
}

/// The files of a form, those that `came` with it last.
pub(super) fn parse(form: &Form, came: &[String], problems: &mut Problems) -> (Vec<Attached>, Option<String>) {
    let (mut pictures, mut recording): (Vec<Attached>, _) = (Vec::new(), None);
    let without: Vec<&str> = form.all("without").collect();
    let keys = form.all("picture").chain(came.iter().map(String::as_str));
    for key in keys.filter(|key| !without.contains(key)) {
        if recordings::is_key(key) {
            if recording.replace(key.to_owned()).is_some_and(|other| other != key) {
                problems.add("file", "A post holds one recording. Take one of them out.");
            }
        } else if media::is_key(key) && pictures.iter().all(|known| known.key != key) {
            let alt = text::clean_line(form.text(&format!("alt-{key}")));
            if alt.chars().count() > MAX_WORDS {
                problems.add("pictures", format!("Use at most {MAX_WORDS} characters for what a picture shows."));
            }
            pictures.push(Attached { key: key.to_owned(), alt });
        }
    }
    if pictures.len() > MAX_PICTURES {
        problems.add("pictures", format!("A post holds at most {MAX_PICTURES} pictures. Take some out."));
    }
    if recording.is_some() && !pictures.is_empty() {
        problems.add("pictures", "A post holds pictures or a recording. Take one of them out.");
    }
    (pictures, recording)
}

/// Whether somebody may put these files into a note: they brought them, keep them in their library, or have them there already.
///
/// # Errors
/// `Invalid` when one is nothing of theirs.
pub(super) fn must_be_usable(tx: &mut Tx, by: AccountId, keys: &[String], standing: &[String]) -> Result<(), Error> {
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
