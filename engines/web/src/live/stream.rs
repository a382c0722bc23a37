//! One client's stream: what waits for it, and the body of its answer.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderValue, header};
use hyper::body::Frame;
use std::{
    collections::VecDeque,
    convert::Infallible,
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use super::{Listener, Live, WAITING, message};
use crate::pages::Tag;

/// What a client is told that lost events: to look for itself.
const BEHIND: &str = "behind";

/// What waits for one client.
pub(crate) struct Mailbox {
    pub id: u64,
    pub reader: i64,
    pub session: Option<i64>,
    pub address: IpAddr,
    /// What they want to see as it stands, then what they follow.
    pub tags: Box<[Tag]>,
    feeds: usize,
    inbox: Mutex<Inbox>,
}

#[derive(Default)]
struct Inbox {
    waiting: VecDeque<Bytes>,
    waker: Option<Waker>,
    ended: bool,
}

impl Mailbox {
    pub fn new(id: u64, listener: Listener, address: IpAddr) -> Self {
        let Listener { reader, session, mut tags, feeds, .. } = listener;
        let followed = feeds.len();
        tags.extend(feeds);
        Self { id, reader, session, address, tags: tags.into(), feeds: followed, inbox: Mutex::default() }
    }

    /// What they follow.
    pub fn feeds(&self) -> &[Tag] {
        &self.tags[self.tags.len() - self.feeds..]
    }

    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has an event wait for the client. Where too many wait already, all of them are dropped, and it is told so.
    pub fn put(&self, bytes: &Bytes, event: u64) {
        let mut inbox = self.inbox();
        if inbox.ended {
            return;
        }
        if inbox.waiting.len() >= WAITING {
            inbox.waiting = VecDeque::from([message(Some(event), Some(BEHIND), "")]);
        } else {
            inbox.waiting.push_back(bytes.clone());
        }
        inbox.wake();
    }

    /// Has the client see that the stream is alive, if nothing else waits for it.
    pub fn stay(&self, alive: &Bytes) {
        let mut inbox = self.inbox();
        if inbox.waiting.is_empty() && !inbox.ended {
            inbox.waiting.push_back(alive.clone());
            inbox.wake();
        }
    }

    pub fn end(&self) {
        let mut inbox = self.inbox();
        inbox.ended = true;
        inbox.waiting = VecDeque::new();
        inbox.wake();
    }
}

impl Inbox {
    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// A client's stream. It ends when it is dropped.
pub struct Stream {
    live: Arc<Live>,
    mailbox: Arc<Mailbox>,
}

impl Stream {
    pub(super) fn new(live: Arc<Live>, mailbox: Arc<Mailbox>) -> Self {
        Self { live, mailbox }
    }

    /// Tells this client alone something, such as how things stand now.
    pub fn say(&self, data: &str) {
        self.mailbox.put(&message(None, None, data), 0);
    }

    /// Tells this client that it missed something that nobody knows any more.
    pub fn say_behind(&self) {
        self.mailbox.put(&message(None, Some(BEHIND), ""), 0);
    }
}

impl Stream {
    /// What waits for the client now, without waiting for more; `None` at its end. For tests and commands.
    pub fn heard_now(&mut self) -> Option<String> {
        heard(Pin::new(self))
    }
}

/// The same of the body of an answer.
pub fn heard_now(mut body: Body) -> String {
    heard(Pin::new(&mut body)).unwrap_or_default()
}

fn heard<B: hyper::body::Body<Data = Bytes>>(mut body: Pin<&mut B>) -> Option<String> {
    let mut text = String::new();
    loop {
        match body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(Ok(frame))) => {
                text.push_str(&frame.into_data().map(|data| String::from_utf8_lossy(&data).into_owned()).unwrap_or_default());
            }
            Poll::Ready(_) => return None,
            Poll::Pending => return Some(text),
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.live.leave(&self.mailbox);
    }
}

impl hyper::body::Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let mut inbox = self.mailbox.inbox();
        if let Some(bytes) = inbox.waiting.pop_front() {
            if inbox.waiting.is_empty() {
                // An idle stream holds no memory for events.
                inbox.waiting = VecDeque::new();
            }
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if inbox.ended {
            return Poll::Ready(None);
        }
        inbox.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl IntoResponse for Stream {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::new(self));
        let head = response.headers_mut();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Proxies that gather answers before they pass them on (nginx) must not do so here.
        head.insert("x-accel-buffering", HeaderValue::from_static("no"));
        response
    }
}

#[cfg(test)]
impl Stream {
    pub(super) fn mailbox_len(&self) -> usize {
        self.mailbox.inbox().waiting.len()
    }
}
