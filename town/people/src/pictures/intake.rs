//! Taking a picture in.

use bytes::Bytes;
use media::Processed;
use web::Error;

use super::{Picture, Words, insert};
use crate::{AccountId, Town, removals, uploads};

/// Takes a picture in: decodes it within bounds on the picture threads, stores its widths, notes it with the words that were
/// written into its file. What is noted of a picture that was here before is what comes back.
///
/// # Errors
/// Words that say what is wrong with the file and what to do.
pub async fn accept(town: &Town, owner: AccountId, bytes: Bytes) -> Result<Picture, String> {
    town.limits.upload.by(&owner.get()).map_err(|error| error.words())?;
    uploads::must_fit(town, owner, bytes.len() as u64).await.map_err(|error| error.words())?;
    note(town, owner, bytes, "").await
}

/// The same for what has been counted already, with the name of the file.
pub(crate) async fn note(town: &Town, owner: AccountId, bytes: Bytes, name: &str) -> Result<Picture, String> {
    let processed = town.painters.process(bytes).await.map_err(|refused| refused.to_string())?;
    let now = town.now();
    let picture = Picture {
        key: processed.key.clone(),
        width: i64::from(processed.width),
        height: i64::from(processed.height),
        colour: processed.colour.clone(),
        blur: processed.blur.clone(),
        bytes: processed.variants.iter().map(|variant| variant.bytes.len() as i64).sum(),
        words: Words::read(&processed.words, name),
        owner: Some(owner),
        created_at: now,
        ..Picture::default()
    };
    expect(town, &picture.key).await?;
    keep(&town.media, &processed).await.map_err(|error| storing_failed(&error))?;
    let kept = town
        .db
        .write(move |tx| -> Result<_, db::Error> {
            insert(tx, &picture, owner, now)?;
            Ok(super::find(tx, &picture.key)?.unwrap_or_else(|| picture.clone()))
        })
        .await;
    kept.map_err(|error: db::Error| Error::from(error).words())
}

/// Says that files with this key are about to be stored, so that they are removed again should they stay without a row.
pub(crate) async fn expect(town: &Town, key: &str) -> Result<(), String> {
    let (key, now) = (key.to_owned(), town.now());
    let expected = town.db.write(move |tx| removals::expect(tx, &key, now)).await;
    if expected.map_err(|error: db::Error| Error::from(error).words())? { Ok(()) } else { Err(removals::GOING.into()) }
}

/// Puts all files of a picture into the store.
///
/// # Errors
/// As the store gives them.
pub async fn keep(store: &media::Store, processed: &Processed) -> std::io::Result<()> {
    for variant in &processed.variants {
        store.put(&variant.name, variant.bytes.clone()).await?;
    }
    Ok(())
}

/// The same for commands, which do not wait but block. On a thread of its own, so that it may be called from anywhere.
///
/// # Errors
/// As the store gives them, or when there is no thread.
pub fn keep_now(store: &media::Store, processed: &Processed) -> std::io::Result<()> {
    let work = || tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(keep(store, processed));
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|_| Err(std::io::Error::other("storing a picture failed")))
}

pub(crate) fn storing_failed(error: &std::io::Error) -> String {
    tracing::error!(%error, "a file could not be stored");
    if error.kind() == std::io::ErrorKind::StorageFull {
        "The disk of this site is full, so the file was not kept. Please tell the people who run it.".into()
    } else {
        "The file could not be stored. Please try again.".into()
    }
}
