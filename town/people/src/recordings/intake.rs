//! Taking a recording in.

use std::path::Path;

use media::Cleaned;
use web::Error;

use super::{Kind, Recording, Words, insert};
use crate::{
    AccountId, Town,
    pictures::{self, MAX_NAME, MAX_WORDS, storing_failed},
};

/// Takes a recording in from a file that may be changed: blanks what names places, devices and people, stores it, notes it
/// with the words that were written into it. What is noted of one that was here before is what comes back.
///
/// # Errors
/// Words that say what is wrong with the file and what to do.
pub async fn accept(town: &Town, owner: AccountId, file: &Path, name: &str) -> Result<Recording, String> {
    let path = file.to_owned();
    let cleaned = tokio::task::spawn_blocking(move || -> Result<_, String> {
        let file = std::fs::File::options().read(true).write(true).open(path).map_err(|error| storing_failed(&error))?;
        let cleaned = media::clean(&file).map_err(|refused| refused.to_string())?;
        file.sync_all().map_err(|error| storing_failed(&error))?;
        Ok(cleaned)
    });
    let cleaned = cleaned.await.map_err(|error| error.to_string())??;
    let now = town.now();
    let recording = noted(&cleaned, owner, name, now);
    pictures::expect(town, &recording.key).await?;
    town.media.put_file(&recording.key, file).await.map_err(|error| storing_failed(&error))?;
    let kept = town
        .db
        .write(move |tx| -> Result<_, db::Error> {
            insert(tx, &recording, owner, now)?;
            Ok(super::find(tx, &recording.key)?.unwrap_or_else(|| recording.clone()))
        })
        .await;
    kept.map_err(|error: db::Error| Error::from(error).words())
}

fn noted(cleaned: &Cleaned, owner: AccountId, name: &str, now: i64) -> Recording {
    let cut = |text: &str, max: usize| text.chars().take(max).collect::<String>();
    let told = &cleaned.words;
    Recording {
        key: cleaned.name.clone(),
        kind: if cleaned.video { Kind::Video } else { Kind::Audio },
        content_type: cleaned.content_type.to_owned(),
        bytes: i64::try_from(cleaned.bytes).unwrap_or(i64::MAX),
        duration_ms: cleaned.duration_ms.and_then(|duration| i64::try_from(duration).ok()),
        width: cleaned.width.map(i64::from),
        height: cleaned.height.map(i64::from),
        words: Words {
            name: cut(&text::clean_line(name), MAX_NAME),
            title: cut(&told.title, MAX_NAME),
            caption: cut(&told.caption, MAX_WORDS),
            credit: cut(&told.credit, MAX_WORDS),
        },
        poster: None,
        owner: Some(owner),
        created_at: now,
        removed_at: None,
    }
}
