//! Going out and coming back.

use std::{net::IpAddr, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Method, StatusCode, header};
use reqwest::{Client, Response, redirect::Policy};
use url::{Host, Url};

use crate::{
    answer::Answer,
    asking::{Asking, Limits},
    crowd::Crowd,
    error::Error,
    is_public,
    names::{Pins, Public},
};

/// Redirects followed; browsers follow 20, honest sites need two.
const MAX_REDIRECTS: usize = 5;
/// Bytes of an address that are worth a question.
const MAX_ADDRESS: usize = 4096;
/// To open a connection.
const CONNECTING: Duration = Duration::from_secs(10);
/// A connection nobody uses is closed after this.
const KEPT: Duration = Duration::from_secs(15);

/// Goes out to the public web. A clone is the same one.
#[derive(Clone)]
pub struct Fetcher(Arc<Inner>);

struct Inner {
    client: Client,
    pins: Pins,
    crowd: Crowd,
}

impl Fetcher {
    /// One that says it is `agent`: a name, and in brackets where to read about it.
    ///
    /// # Errors
    /// When the agent cannot be a header, or TLS cannot be set up.
    pub fn new(agent: &str) -> std::io::Result<Self> {
        Self::with_pins(agent, Pins::default())
    }

    /// The same, with names that lead where somebody wrote down.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn with_pins(agent: &str, pins: Pins) -> std::io::Result<Self> {
        let agent = HeaderValue::from_str(agent).map_err(std::io::Error::other)?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls().map_err(std::io::Error::other)?)
            .dns_resolver(Arc::new(Public(pins.clone())))
            .user_agent(agent)
            .redirect(Policy::none())
            // A proxy would resolve names for us, past the guard.
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECTING)
            .pool_idle_timeout(KEPT)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(std::io::Error::other)?;
        Ok(Self(Arc::new(Inner { client, pins, crowd: Crowd::default() })))
    }

    /// What is at this address, within the limits of a page.
    ///
    /// # Errors
    /// As [`Fetcher::ask`].
    pub async fn get(&self, url: &str) -> Result<Answer, Error> {
        self.ask(Asking::get(url)).await
    }

    /// Asks, follows redirects, and gives back what came, whatever its status.
    ///
    /// A form is sent again where a redirect says so (307, 308); after any other it becomes a question, as in browsers.
    ///
    /// # Errors
    /// [`Error`] says why nothing came.
    pub async fn ask(&self, asking: Asking) -> Result<Answer, Error> {
        let limits = asking.limits;
        let asked = tokio::time::timeout(limits.total, self.follow(asking));
        asked.await.unwrap_or(Err(Error::TooSlow(limits.total)))
    }

    async fn follow(&self, mut asking: Asking) -> Result<Answer, Error> {
        let mut url = self.address(&asking.url)?;
        for _ in 0..=MAX_REDIRECTS {
            let host = url.host_str().unwrap_or_default().to_owned();
            let _place = self.0.crowd.enter(&host).await;
            let response = self.send(&host, &url, &asking).await?;
            let next = if asking.follows { self.redirect(&url, &response)? } else { None };
            let Some(next) = next else {
                return read(&host, url, response, asking.limits).await;
            };
            if !matches!(response.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT)
                && asking.method == Method::POST
            {
                (asking.method, asking.body) = (Method::GET, None);
            }
            url = next;
        }
        Err(Error::Redirects(MAX_REDIRECTS))
    }

    async fn send(&self, host: &str, url: &Url, asking: &Asking) -> Result<Response, Error> {
        let mut request = self.0.client.request(asking.method.clone(), url.clone()).header(header::ACCEPT, asking.accept);
        for (name, value) in &asking.headers {
            request = request.header(*name, value);
        }
        if let Some((kind, body)) = &asking.body {
            request = request.header(header::CONTENT_TYPE, kind).body(body.clone());
        }
        match tokio::time::timeout(CONNECTING + asking.limits.idle, request.send()).await {
            Ok(sent) => sent.map_err(|error| Error::from_client(host, &error)),
            Err(_) => Err(Error::TooSlow(CONNECTING + asking.limits.idle)),
        }
    }

    fn redirect(&self, from: &Url, response: &Response) -> Result<Option<Url>, Error> {
        let followed = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        let Some(to) = response.headers().get(header::LOCATION).filter(|_| followed) else { return Ok(None) };
        let to = String::from_utf8_lossy(to.as_bytes());
        let joined = from.join(&to).map_err(|_| Error::Address(to.chars().take(200).collect()))?;
        self.address(joined.as_str()).map(Some)
    }

    /// An address we go to. Names are judged when they are resolved; numbers are judged here, as nobody resolves them.
    fn address(&self, typed: &str) -> Result<Url, Error> {
        let refused = || Error::Address(typed.chars().take(200).collect());
        let mut url = Url::parse(typed.trim()).ok().filter(|_| typed.len() <= MAX_ADDRESS).ok_or_else(refused)?;
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(refused());
        }
        url.set_fragment(None);
        let (number, name) = match url.host().ok_or_else(refused)? {
            Host::Ipv4(number) => (Some(IpAddr::V4(number)), number.to_string()),
            Host::Ipv6(number) => (Some(IpAddr::V6(number)), number.to_string()),
            Host::Domain(name) => (None, name.to_owned()),
        };
        if number.is_some_and(|number| !is_public(number)) {
            return Err(Error::NotPublic(name));
        }
        if !matches!(url.port_or_known_default(), Some(80 | 443)) && self.0.pins.get(&name).is_none() {
            return Err(refused());
        }
        Ok(url)
    }
}

/// Reads the body as it comes, and stops at the first byte too many or the first silence too long.
async fn read(host: &str, url: Url, mut response: Response, limits: Limits) -> Result<Answer, Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    if response.content_length().is_some_and(|stated| stated > limits.bytes) {
        return Err(Error::TooLarge(limits.bytes));
    }
    let mut body = BytesMut::new();
    while let Some(part) = part(host, &mut response, limits.idle).await? {
        if body.len() as u64 + part.len() as u64 > limits.bytes {
            return Err(Error::TooLarge(limits.bytes));
        }
        body.extend_from_slice(&part);
    }
    Ok(Answer { status, url, headers, body: body.freeze() })
}

async fn part(host: &str, response: &mut Response, idle: Duration) -> Result<Option<Bytes>, Error> {
    match tokio::time::timeout(idle, response.chunk()).await {
        Ok(part) => part.map_err(|error| Error::from_client(host, &error)),
        Err(_) => Err(Error::TooSlow(idle)),
    }
}

/// The roots that browsers trust, and the one crypto library of the house.
fn tls() -> Result<rustls::ClientConfig, rustls::Error> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
