use std::sync::{Arc, Barrier};
use std::time::Duration;

use image::ImageFormat;

use super::samples::{file, red_blue};
use crate::{Limits, Refused, Workers};

/// Bytes that hold a worker until the test lets go: it reads them only after the barrier.
struct Held(Arc<Barrier>, std::sync::atomic::AtomicUsize);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        // The first look is the caller's, at the size; the second is the worker's.
        if self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 1 {
            self.0.wait();
        }
        b"not a picture"
    }
}

fn held(barrier: &Arc<Barrier>) -> Held {
    Held(Arc::clone(barrier), 0.into())
}

#[tokio::test]
async fn a_picture_is_processed_away_from_the_caller() {
    let workers = Workers::new(1).unwrap();
    let picture = workers.process(file(&red_blue(80, 40), ImageFormat::Png)).await.unwrap();
    assert_eq!((picture.width, picture.height), (80, 40));
    assert_eq!(workers.process(&b"<html>"[..]).await, Err(Refused::UnknownFormat));
}

#[tokio::test]
async fn a_full_queue_says_so_at_once_and_recovers() {
    let workers = Workers::new(1).unwrap();
    let barrier = Arc::new(Barrier::new(2));
    let mut waiting = vec![tokio::spawn({
        let (workers, bytes) = (workers.clone(), held(&barrier));
        async move { workers.process(bytes).await }
    })];
    // One is in work or first in the queue, sixteen fit behind it; the eighteenth cannot.
    let mut busy = false;
    for _ in 0..18 {
        let workers = workers.clone();
        waiting.push(tokio::spawn(async move { workers.process(&b"text"[..]).await }));
        tokio::task::yield_now().await;
    }
    tokio::task::spawn_blocking(move || barrier.wait()).await.unwrap();
    for answer in waiting {
        busy |= answer.await.unwrap() == Err(Refused::Busy);
    }
    assert!(busy);
    assert_eq!(workers.process(&b"text"[..]).await, Err(Refused::UnknownFormat));
}

#[tokio::test]
async fn what_is_held_is_bounded_in_bytes() {
    let limits = Limits { bytes: 60 << 20, ..Limits::default() };
    let workers = Workers::with(1, limits, Duration::from_secs(30)).unwrap();
    let barrier = Arc::new(Barrier::new(2));
    let first = tokio::spawn({
        let (workers, bytes) = (workers.clone(), held(&barrier));
        async move { workers.process(bytes).await }
    });
    let second = tokio::spawn({
        let workers = workers.clone();
        async move { workers.process(vec![0; 60 << 20]).await }
    });
    tokio::task::yield_now().await;
    assert_eq!(workers.process(vec![0; 5 << 20]).await, Err(Refused::Busy));
    tokio::task::spawn_blocking(move || barrier.wait()).await.unwrap();
    assert_eq!(first.await.unwrap(), Err(Refused::UnknownFormat));
    assert_eq!(second.await.unwrap(), Err(Refused::UnknownFormat));
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let workers = Workers::with(1, Limits::default(), Duration::ZERO).unwrap();
    let barrier = Arc::new(Barrier::new(2));
    assert_eq!(workers.process(held(&barrier)).await, Err(Refused::TooSlow));
}

#[tokio::test]
async fn a_file_too_large_is_not_even_queued() {
    let workers = Workers::new(1).unwrap();
    let refused = workers.process(vec![0; 40_000_001]).await.unwrap_err();
    assert!(matches!(refused, Refused::TooLarge { .. }));
}
