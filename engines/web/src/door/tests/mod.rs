//! The door with small rooms behind it, asked as browsers ask.
#![allow(clippy::unwrap_used)]

mod answers;
mod errors;
mod guests;
mod sockets;
mod tls;
mod views;

use axum::{Router, body::Body, extract::State, routing::get};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use maud::html;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{Door, Trusted};
use crate::{Cacheable, Pages, Tag, audience::Audience};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const STORY: Tag = Tag("story", 7);

/// A door, and how often its rooms were asked.
struct Site {
    door: Arc<Door>,
    drawings: Arc<AtomicU64>,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Site {
    fn new(rooms: Router<Arc<AtomicU64>>) -> Self {
        let drawings = Arc::new(AtomicU64::new(0));
        let door = Door {
            router: rooms.with_state(Arc::clone(&drawings)),
            pages: Arc::new(Pages::new(1 << 20)),
            audience: Arc::new(Audience::default()),
            live: Arc::default(),
            trusted: Trusted::default(),
            secure: true,
            now: Box::new(|| 1_000),
            draw_error: Box::new(|page| format!("<h1>{}</h1><p>{}", page.title, page.words)),
        };
        Self { door: Arc::new(door), drawings }
    }

    /// One story at `/story`, kept for guests; its words change with every drawing.
    fn of_one_story() -> Self {
        Self::new(Router::new().route("/story", get(story)))
    }

    async fn ask(&self, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(address).header("user-agent", FIREFOX);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer = SocketAddr::from(([192, 0, 2, 1], 4000));
        let (head, body) = self.door.answer(request.body(Body::from(body.to_owned())).unwrap(), peer).await.into_parts();
        Answer { status: head.status, headers: head.headers, body: axum::body::to_bytes(body, usize::MAX).await.unwrap() }
    }

    async fn get(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, address, headers, "").await
    }

    fn drawn(&self) -> u64 {
        self.drawings.load(Ordering::Relaxed)
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

async fn story(State(drawings): State<Arc<AtomicU64>>) -> axum::response::Response {
    let number = drawings.fetch_add(1, Ordering::Relaxed) + 1;
    let page = html! { h1 { "Drawing " (number) } p { (long()) } };
    crate::kept(page, Cacheable { tags: vec![STORY], fresh_for: Duration::from_secs(60), subject: Some(7) })
}

/// Long enough to be worth compressing.
fn long() -> String {
    "The creek rose in the night and fell by noon. ".repeat(80)
}
