use std::{
    convert::Infallible,
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body, routing::get};
use bytes::Bytes;
use testkit::{Reply, Web};
use tokio::sync::Semaphore;

use super::fetcher;
use crate::{Asking, Error, Limits};

fn asking(bytes: u64) -> Asking {
    Asking::get("http://blog.example/").within(Limits::of_bytes(bytes))
}

#[tokio::test]
async fn one_byte_too_many_is_too_many() {
    let web = Web::open();
    web.serve("http://blog.example/", Reply::of("text/plain", vec![b'a'; 1000]));
    let fetcher = fetcher(&web, &["blog.example"]);
    assert_eq!(fetcher.ask(asking(1000)).await.unwrap().body.len(), 1000);
    assert!(matches!(fetcher.ask(asking(999)).await, Err(Error::TooLarge(999))));
}

#[tokio::test]
async fn bytes_are_counted_after_decompression() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(&vec![0; 10 << 20]).unwrap();
    let zipped = zip.finish().unwrap();
    assert!(zipped.len() < 20_000);
    let web = Web::open();
    web.serve("http://blog.example/", Reply::of("text/plain", zipped).header("content-encoding", "gzip"));
    let fetcher = fetcher(&web, &["blog.example"]);
    assert!(matches!(fetcher.ask(asking(1 << 20)).await, Err(Error::TooLarge(_))));
    let whole = fetcher.ask(asking(10 << 20)).await.unwrap();
    assert_eq!((whole.body.len(), whole.headers.get("content-encoding")), (10 << 20, None));
}

/// A body that never ends: this many bytes at once, then as many again as often as somebody reads.
fn endless(bytes: usize) -> Body {
    let part = Bytes::from(vec![b'a'; bytes]);
    Body::from_stream(parts(move || Some(part.clone())))
}

/// The parts that a function gives, then silence.
fn parts(next: impl FnMut() -> Option<Bytes> + Send + 'static) -> impl futures_core::Stream<Item = Result<Bytes, Infallible>> + Send {
    Parts(Box::new(next))
}

struct Parts(Box<dyn FnMut() -> Option<Bytes> + Send>);

impl futures_core::Stream for Parts {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        match (self.0)() {
            Some(part) => std::task::Poll::Ready(Some(Ok(part))),
            None => std::task::Poll::Pending,
        }
    }
}

#[tokio::test]
async fn an_endless_answer_ends_at_the_limit() {
    let web = Web::of(Router::new().route("/", get(|| async { endless(4096) })));
    assert!(matches!(fetcher(&web, &["blog.example"]).ask(asking(100_000)).await, Err(Error::TooLarge(100_000))));
}

#[tokio::test]
async fn silence_is_left_after_a_while_and_so_is_a_trickle() {
    let silent = || async {
        let mut first = Some(Bytes::from_static(b"a"));
        Body::from_stream(parts(move || first.take()))
    };
    let web = Web::of(Router::new().route("/", get(silent)));
    let limits = Limits { idle: Duration::from_millis(50), ..Limits::default() };
    let left = fetcher(&web, &["blog.example"]).ask(Asking::get("http://blog.example/").within(limits)).await;
    assert!(matches!(left, Err(Error::TooSlow(after)) if after == limits.idle), "{left:?}");

    let web = Web::of(Router::new().route("/", get(|| async { endless(1) })));
    let limits = Limits { total: Duration::from_millis(50), bytes: u64::MAX, ..Limits::default() };
    let left = fetcher(&web, &["blog.example"]).ask(Asking::get("http://blog.example/").within(limits)).await;
    assert!(matches!(left, Err(Error::TooSlow(after)) if after == limits.total), "{left:?}");
}

#[tokio::test]
async fn a_host_is_asked_two_things_at_a_time() {
    let (running, most, go) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let (counted, highest, gate) = (Arc::clone(&running), Arc::clone(&most), Arc::clone(&go));
    let page = move || async move {
        highest.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        gate.acquire().await.unwrap().forget();
        counted.fetch_sub(1, Ordering::SeqCst);
        "done"
    };
    let web = Web::of(Router::new().route("/", get(page)));
    let fetcher = fetcher(&web, &["blog.example"]);
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let fetcher = fetcher.clone();
        asked.spawn(async move { fetcher.get("http://blog.example/").await.unwrap().text() });
    }
    while running.load(Ordering::SeqCst) < 2 {
        tokio::task::yield_now().await;
    }
    go.add_permits(8);
    assert_eq!(asked.join_all().await.len(), 8);
    assert_eq!(most.load(Ordering::SeqCst), 2);
}
