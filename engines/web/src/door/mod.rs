//! The door: every request comes in and every answer goes out here, once.
//!
//! In: who is asking (behind which proxy), pages kept for guests answered at once, requests forged by other sites
//! turned away. Out: errors drawn as pages or JSON, `ETag` and 304, compression, caching rules, security headers.

mod incoming;
mod outgoing;
mod panics;
mod serve;
#[cfg(test)]
mod tests;
mod tls;

pub use incoming::{ClientAddress, Trusted};
pub use serve::{Stop, serve};
pub use tls::Certificate;

use axum::Router;
use axum::body::Body;
use http::{HeaderValue, Method, Request, Response, header};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tower::ServiceExt as _;

use crate::{
    Error, ErrorPage,
    audience::{Audience, Reader},
    live::Live,
    pages::Pages,
};

/// The cookie that makes a request a member's. Requests with it are never answered from the pages kept for guests.
pub const SESSION_COOKIE: &str = "session";
/// No page takes longer; uploads over slow lines do.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_FOR_UPLOADS: Duration = Duration::from_secs(300);

/// Draws the page around an error for a browser.
pub type DrawError = dyn Fn(&ErrorPage) -> String + Send + Sync;

/// What stands between the network and the rooms.
pub struct Door {
    /// Every room.
    pub router: Router,
    /// Pages for guests.
    pub pages: Arc<Pages>,
    /// Who has seen what.
    pub audience: Arc<Audience>,
    /// Open streams.
    pub live: Arc<Live>,
    /// Proxies whose word on the client's address is taken.
    pub trusted: Trusted,
    /// Whether people reach the site over HTTPS: adds `Strict-Transport-Security`.
    pub secure: bool,
    /// Milliseconds since 1970.
    pub now: Box<dyn Fn() -> i64 + Send + Sync>,
    /// Draws error pages.
    pub draw_error: Box<DrawError>,
}

impl Door {
    /// Answers one request from this peer.
    pub async fn answer(&self, mut request: Request<Body>, peer: SocketAddr) -> Response<Body> {
        let head_only = request.method() == Method::HEAD;
        if head_only {
            // The rooms draw the page, so that its head is the one that GET would get (RFC 9110 §9.3.2).
            *request.method_mut() = Method::GET;
        }
        let response = self.whole_answer(request, peer, head_only).await;
        if head_only { outgoing::without_body(response) } else { response }
    }

    async fn whole_answer(&self, mut request: Request<Body>, peer: SocketAddr, head_only: bool) -> Response<Body> {
        let address = self.trusted.client(peer.ip(), request.headers());
        if let Some(answer) = self.kept_page(&request, address, head_only) {
            return answer;
        }
        request.extensions_mut().insert(ClientAddress(address));
        let ask = Ask::of(&request, address, &self.pages, head_only);
        let mut response = match incoming::same_site(&request) {
            Ok(()) => self.ask_the_rooms(request).await,
            Err(error) => axum::response::IntoResponse::into_response(error),
        };
        self.draw_if_error(&ask, &mut response);
        self.go_out(&ask, response).await
    }

    /// A page kept for guests, if this is a guest asking for one.
    fn kept_page(&self, request: &Request<Body>, address: IpAddr, head_only: bool) -> Option<Response<Body>> {
        if request.method() != Method::GET || has_session(request) {
            return None;
        }
        let kept = self.pages.get(request.uri().path_and_query()?.as_str())?;
        if let Some(subject) = kept.subject.filter(|_| !head_only) {
            self.count_view(subject, address, request.headers());
        }
        Some(outgoing::kept(&kept, request.headers(), self.secure))
    }

    async fn ask_the_rooms(&self, request: Request<Body>) -> Response<Body> {
        let upload = matches!(*request.method(), Method::POST | Method::PATCH | Method::PUT);
        let patience = if upload { PATIENCE_FOR_UPLOADS } else { PATIENCE };
        match tokio::time::timeout(patience, panics::caught(self.router.clone().oneshot(request))).await {
            Ok(Ok(Ok(response))) => response,
            Ok(Ok(Err(never))) => match never {},
            Ok(Err(panic)) => axum::response::IntoResponse::into_response(Error::broken(panic)),
            Err(_) => axum::response::IntoResponse::into_response(Error::Busy),
        }
    }

    fn draw_if_error(&self, ask: &Ask, response: &mut Response<Body>) {
        outgoing::say_plain_refusals_well(response);
        let Some(page) = response.extensions().get::<ErrorPage>().cloned() else { return };
        if page.status == http::StatusCode::UNAUTHORIZED && !ask.wants_json {
            let next: String = url::form_urlencoded::byte_serialize(ask.address.as_bytes()).collect();
            let next = if ask.method == Method::GET { format!("/sign-in?next={next}") } else { "/sign-in".into() };
            *response = crate::html::see_other(&next);
            return;
        }
        let (kind, body) = if ask.wants_json {
            ("application/json", outgoing::error_json(&page))
        } else {
            ("text/html; charset=utf-8", (self.draw_error)(&page))
        };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(body);
    }

    fn count_view(&self, subject: i64, address: IpAddr, headers: &http::HeaderMap) {
        if incoming::is_prefetch(headers) {
            return;
        }
        self.audience.saw(subject, &Reader::of(address, headers), (self.now)());
    }
}

fn has_session(request: &Request<Body>) -> bool {
    crate::cookies::read(request.headers(), SESSION_COOKIE).is_some()
}

/// What is remembered of a request after the rooms have consumed it.
struct Ask {
    /// GET for HEAD, too.
    method: Method,
    head_only: bool,
    address: String,
    guest: bool,
    wants_json: bool,
    client: IpAddr,
    headers: http::HeaderMap,
    born: crate::pages::Epoch,
}

impl Ask {
    fn of(request: &Request<Body>, client: IpAddr, pages: &Pages, head_only: bool) -> Self {
        Self {
            method: request.method().clone(),
            head_only,
            address: request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str).to_owned(),
            guest: !has_session(request),
            wants_json: incoming::wants_json(request.headers()),
            client,
            headers: request.headers().clone(),
            born: pages.begin(),
        }
    }
}
