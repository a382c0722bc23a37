//! Views: counted at the door, written here once a second.

use people::Town;
use std::time::Duration;
use tokio::sync::watch;
use web::Tag;

use crate::posts;

/// The tag of a post's page.
pub fn tag(post: i64) -> Tag {
    Tag("post", post)
}

/// Posts counted in one unit of writing. In a busy second thousands wait, and nobody's save should wait behind all of them.
const AT_ONCE: usize = 500;

/// Writes the views that wait. When the database will not take them they wait on.
pub async fn flush(town: &Town) {
    for views in town.audience.take().chunks(AT_ONCE) {
        let written = views.to_vec();
        match town.db.write(move |tx| posts::add_views(tx, &written)).await {
            Ok(()) => town.pages.changed(&views.iter().map(|(post, _)| tag(*post)).collect::<Vec<_>>()),
            Err(error) => {
                tracing::warn!(%error, "views could not be written yet");
                town.audience.put_back(views);
            }
        }
    }
}

/// Writes views once a second until told to stop, and one last time then.
pub async fn keep_writing(town: Town, mut stop: watch::Receiver<bool>) {
    while tokio::time::timeout(Duration::from_secs(1), told(&mut stop)).await.is_err() {
        flush(&town).await;
    }
    flush(&town).await;
}

async fn told(stop: &mut watch::Receiver<bool>) {
    // Nobody left who could tell is the same.
    let _ = stop.wait_for(|stopping| *stopping).await;
}

#[cfg(test)]
mod tests;
