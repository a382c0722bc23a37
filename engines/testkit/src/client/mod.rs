//! A browser-less client over an axum router: what a browser does at the level of requests.
//!
//! It keeps cookies, sends the headers that a browser sends from a page of the same origin,
//! fills in forms from the page they are on, uploads files, and follows redirects when told.
//! Nothing crosses a network.

mod cookies;
mod form;
mod landmarks;
mod multipart;
mod page;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::header::{self, HeaderName, HeaderValue};
use http::{Method, Request};
use http_body_util::BodyExt;
use tower::ServiceExt;

pub use form::Form;
pub use multipart::Attachment;
pub use page::Page;

use cookies::Cookies;

/// What the client says it is, until [`Client::as_agent`].
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// An address of the documentation range, so that no rule about loopback applies.
const ADDRESS: &str = "192.0.2.10:50000";
const ORIGIN: &str = "http://site.test";
/// As many as browsers follow before they give up.
const MAX_REDIRECTS: usize = 20;

/// One browser. A clone is another tab of it: it shares the cookies and may differ in headers.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: Arc<Mutex<Cookies>>,
    origin: String,
    agent: String,
    address: SocketAddr,
    extra: Vec<(HeaderName, Option<HeaderValue>)>,
}

impl Client {
    /// A browser without cookies, in front of this router (with its state applied).
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookies: Arc::default(),
            origin: ORIGIN.to_owned(),
            agent: AGENT.to_owned(),
            address: ADDRESS.parse().expect("the address above is one"),
            extra: Vec::new(),
        }
    }

    /// Another person's browser in front of the same router: no cookies, nothing else changed.
    pub fn another(&self) -> Self {
        Self { cookies: Arc::default(), ..self.clone() }
    }

    /// Says it is this user agent.
    pub fn as_agent(mut self, agent: &str) -> Self {
        agent.clone_into(&mut self.agent);
        self
    }

    /// Comes from this peer: `"198.51.100.7:4000"`, or without a port.
    ///
    /// # Panics
    /// When it is no address.
    pub fn from_address(mut self, address: &str) -> Self {
        let with_port = || address.parse().map(|ip| SocketAddr::new(ip, 50000));
        self.address = address.parse().or_else(|_| with_port()).expect("an IP address, with or without a port");
        self
    }

    /// Visits the site at this origin, `https://name[:port]`; the default is `http://site.test`.
    pub fn at_origin(mut self, origin: &str) -> Self {
        origin.trim_end_matches('/').clone_into(&mut self.origin);
        self
    }

    /// Sends this header with every request, in place of what the client would send.
    ///
    /// # Panics
    /// When name or value cannot be a header's.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let value = value.parse().expect("a header value");
        self.extra.push((name.parse().expect("a header name"), Some(value)));
        self
    }

    /// Leaves out a header that the client would send, as old browsers do with `sec-fetch-site`.
    ///
    /// # Panics
    /// When the name cannot be a header's.
    pub fn without_header(mut self, name: &str) -> Self {
        self.extra.push((name.parse().expect("a header name"), None));
        self
    }

    /// The value of a cookie that the site has set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().value(name).map(str::to_owned)
    }

    /// Puts a cookie into the jar, for all paths.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar().set(name, value, "/");
    }

    /// Clears the jar, as closing a private window does.
    pub fn forget_cookies(&self) {
        *self.jar() = Cookies::default();
    }

    /// Opens a page. `path` may have a query; a fragment is not sent.
    pub async fn get(&self, path: &str) -> Page {
        self.send(request(Method::GET, path, None, Body::empty())).await
    }

    /// Asks for the headers of a page only.
    pub async fn head(&self, path: &str) -> Page {
        self.send(request(Method::HEAD, path, None, Body::empty())).await
    }

    /// Posts fields as a form does (`application/x-www-form-urlencoded`).
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(fields).expect("pairs of strings can be encoded");
        self.send(request(Method::POST, path, Some(form::URLENCODED), body)).await
    }

    /// Posts JSON text.
    pub async fn post_json(&self, path: &str, json: &serde_json::Value) -> Page {
        self.send(request(Method::POST, path, Some("application/json"), json.to_string())).await
    }

    /// Posts fields and files as `multipart/form-data`.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[Attachment]) -> Page {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let (mime, body) = multipart::encode(&fields, files);
        self.send(request(Method::POST, path, Some(&mime), body)).await
    }

    /// Fills in a form of the page and presses its button. `css` finds the form; `changes` are the
    /// fields to fill in, all others keep the value the page gave them. A change that names a
    /// button and its value presses that button, otherwise the first one is pressed.
    ///
    /// # Panics
    /// When there is no such form, or it has no such field, option or button.
    pub async fn submit(&self, page: &Page, css: &str, changes: &[(&str, &str)]) -> Page {
        let mut form = page.form(css);
        form.fill(changes);
        self.submit_form(&form).await
    }

    /// Sends a form that was filled in by hand.
    pub async fn submit_form(&self, form: &Form) -> Page {
        self.send(form.request()).await
    }

    /// Follows a redirect, and those it leads to, with GET, to the page where they end.
    ///
    /// # Panics
    /// When the page is no redirect, leads to another origin, or they never end.
    #[track_caller]
    pub fn follow(&self, page: &Page) -> impl Future<Output = Page> + use<> {
        let (client, first) = (self.clone(), client_path(&self.origin, &page.location()));
        async move {
            let mut path = first;
            for _ in 0..MAX_REDIRECTS {
                let page = client.get(&path).await;
                if !page.status.is_redirection() || page.status == http::StatusCode::NOT_MODIFIED {
                    return page;
                }
                path = client_path(&client.origin, &page.location());
            }
            panic!("more than {MAX_REDIRECTS} redirects, the last to {path}");
        }
    }

    /// Sends any request, adding what it lacks of what a browser sends.
    ///
    /// # Panics
    /// When the body of the answer breaks off.
    pub async fn send(&self, mut request: Request<Body>) -> Page {
        self.dress(&mut request);
        let path = request.uri().path().to_owned();
        let address = request.uri().to_string();
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        self.jar().store(&parts.headers, &path);
        let body = body.collect().await.expect("the answer's body is whole").to_bytes();
        Page { address, status: parts.status, headers: parts.headers, body }
    }

    /// The headers of a browser that acts from a page of the same origin.
    fn dress(&self, request: &mut Request<Body>) {
        request.extensions_mut().insert(ConnectInfo(self.address));
        let posts = !matches!(*request.method(), Method::GET | Method::HEAD);
        let cookies = self.jar().header(request.uri().path());
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        let usual = [
            (header::HOST, Some(host)),
            (header::USER_AGENT, Some(self.agent.as_str())),
            (header::ACCEPT, Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")),
            (header::ACCEPT_LANGUAGE, Some("en-US,en;q=0.5")),
            (header::COOKIE, cookies.as_deref()),
            (header::ORIGIN, posts.then_some(self.origin.as_str())),
            (HeaderName::from_static("sec-fetch-site"), Some("same-origin")),
            (HeaderName::from_static("sec-fetch-mode"), Some("navigate")),
            (HeaderName::from_static("sec-fetch-dest"), Some("document")),
        ];
        let headers = request.headers_mut();
        for (name, value) in usual {
            if let Some(value) = value.filter(|_| !headers.contains_key(&name)) {
                headers.insert(name, value.parse().expect("these can be header values"));
            }
        }
        for (name, value) in &self.extra {
            match value {
                Some(value) => headers.insert(name, value.clone()),
                None => headers.remove(name),
            };
        }
    }

    fn jar(&self) -> MutexGuard<'_, Cookies> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request to a path of the site; what a browser adds comes with [`Client::send`].
fn request(method: Method, path: &str, mime: Option<&str>, body: impl Into<Body>) -> Request<Body> {
    let path = path.split('#').next().unwrap_or_default();
    let mut request = Request::builder().method(method).uri(path);
    if let Some(mime) = mime {
        request = request.header(header::CONTENT_TYPE, mime);
    }
    request.body(body.into()).unwrap_or_else(|error| panic!("{path:?} is no path to ask for: {error}"))
}

/// The path and query of a redirect's target on this origin.
#[track_caller]
fn client_path(origin: &str, location: &str) -> String {
    let path = location.strip_prefix(origin).unwrap_or(location);
    assert!(path.starts_with('/') && !path.starts_with("//"), "a redirect away from the site, to {location:?}");
    path.to_owned()
}
