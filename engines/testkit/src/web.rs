//! Other people's web: a server on loopback that answers for any host, and remembers what it was asked.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::sync::oneshot;

/// A web of as many hosts as a test names, all served at one loopback address. Gone when it is dropped.
pub struct Web {
    address: SocketAddr,
    known: Arc<Mutex<Known>>,
    _stop: oneshot::Sender<()>,
}

#[derive(Default)]
struct Known {
    replies: HashMap<String, Reply>,
    asked: Vec<Asked>,
}

/// What an address of the web answers.
#[derive(Clone, Debug)]
pub struct Reply {
    status: StatusCode,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

/// What the web was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// GET, POST, …
    pub method: Method,
    /// `http://host/path?query`
    pub url: String,
    /// Whatever was said beside it.
    pub headers: HeaderMap,
    /// What was sent.
    pub body: String,
}

impl Reply {
    /// 200 with a page.
    pub fn html(body: &str) -> Self {
        Self::of("text/html; charset=utf-8", body.to_owned())
    }

    /// 200 with anything.
    pub fn of(kind: &str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, headers: vec![("content-type", kind.to_owned())], body: body.into() }
    }

    /// Nothing but a status.
    ///
    /// # Panics
    /// When it is none.
    pub fn empty(status: u16) -> Self {
        Self { status: StatusCode::from_u16(status).expect("a status"), headers: Vec::new(), body: Bytes::new() }
    }

    /// A redirect with 302.
    pub fn redirect(to: &str) -> Self {
        Self::empty(302).header("location", to)
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

impl Default for Web {
    fn default() -> Self {
        Self::open()
    }
}

impl Web {
    /// A web of which every address is 404 until [`Web::serve`] says otherwise.
    pub fn open() -> Self {
        let known: Arc<Mutex<Known>> = Arc::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&known));
        Self { known, ..Self::of(router) }
    }

    /// A web that is this router, for tests of what no reply can say: silence, floods, broken answers.
    ///
    /// # Panics
    /// When nothing can listen on loopback.
    pub fn of(router: Router) -> Self {
        let (ready, address) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        // A runtime of its own: tests have one each, which ends before the next begins.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
                ready.send(listener.local_addr().expect("an address")).expect("somebody waits for it");
                let serving = IntoFuture::into_future(axum::serve(listener, router));
                tokio::select! { _ = serving => {}, _ = stopped => {} }
            });
        });
        let address = address.recv().expect("the web listens");
        Self { address, known: Arc::default(), _stop: stop }
    }

    /// Where it listens: what names must be led to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Has `http://host/path` answer this from now on.
    pub fn serve(&self, url: &str, reply: Reply) {
        self.known().replies.insert(url.to_owned(), reply);
    }

    /// What was asked since the last time, the earliest first.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.known().asked)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(known): State<Arc<Mutex<Known>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let url = format!("http://{host}{}", parts.uri);
    let asked = Asked { method: parts.method, url, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() };
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let reply = known.replies.get(&asked.url).cloned().unwrap_or_else(|| Reply::empty(404));
    known.asked.push(asked);
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).expect("headers that a test wrote")
}
