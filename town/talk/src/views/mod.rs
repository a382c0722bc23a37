//! Views: noticed at the door, on the disk within a second, counted there at once or, when very many different posts
//! are read, as soon as it is quieter.
//!
//! Every counted view changes a row. In a busy second thousands of them lie on thousands of pages, and writing those
//! every second would keep the disk from everything else. So a busy second's views are noted as one row, and several
//! seconds' worth are counted together in the order of the posts: each page is then written once and not many times.

mod batches;
mod counting;
#[cfg(test)]
mod tests;

pub use counting::Counter;

use people::Town;
use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout_at},
};
use web::Tag;

/// The tag of a post's page.
pub fn tag(post: i64) -> Tag {
    Tag("post", post)
}

/// Views wait in memory for so long at most.
const EVERY: Duration = Duration::from_secs(1);
/// Between two parts of a counting, so that no save waits behind all of it.
const PAUSE: Duration = Duration::from_millis(10);

/// Writes views once a second until told to stop, and one last time then.
pub async fn keep_writing(town: Town, mut stop: watch::Receiver<bool>) {
    let mut counter = Counter::new(town);
    loop {
        let next = Instant::now() + EVERY;
        counter.flush().await;
        while Instant::now() + PAUSE < next && counter.count_part().await {
            sleep_until(Instant::now() + PAUSE).await;
        }
        if timeout_at(next, told(&mut stop)).await.is_ok() {
            break;
        }
    }
    counter.flush().await;
}

async fn told(stop: &mut watch::Receiver<bool>) {
    // Nobody left who could tell is the same.
    let _ = stop.wait_for(|stopping| *stopping).await;
}
