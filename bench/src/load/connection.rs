//! One kept connection.

use anyhow::{Result, bail};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::answer::{self, Answer};

/// An ordinary browser. It takes no compression, so that servers are compared, not compressors.
const BROWSER: &str = "Host: 127.0.0.1\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
    Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
    Accept-Language: en-US,en;q=0.5\r\n";

/// A connection that sends a request and waits for its answer.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a request and reads its whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection in the middle of an answer");
            }
            if let Some(answer) = answer::parse(&self.buffer)? {
                if answer.body.end != self.buffer.len() {
                    bail!("there are bytes after the end of an answer");
                }
                if answer.closes {
                    bail!("the server closed a connection that was to be kept (status {})", answer.status);
                }
                return Ok(answer);
            }
        }
    }

    /// The body of the last answer.
    pub fn body(&self, answer: &Answer) -> &[u8] {
        &self.buffer[answer.body.clone()]
    }

    /// A field of the last answer's head.
    pub fn field(&self, answer: &Answer, name: &str) -> Option<&str> {
        answer::field(std::str::from_utf8(&self.buffer[..answer.head]).ok()?, name)
    }
}

/// A browser asking for a page, with the token of a session when it is signed in.
pub fn get(path: &str, session: Option<&str>) -> Vec<u8> {
    let mut request = asking(path);
    cookie(&mut request, session);
    request.extend_from_slice(b"\r\n");
    request
}

/// A guest's browser asking for a page through a proxy that says where the guest is.
pub fn get_from(path: &str, from: std::net::Ipv4Addr) -> Vec<u8> {
    let mut request = asking(path);
    request.extend_from_slice(format!("X-Forwarded-For: {from}\r\n\r\n").as_bytes());
    request
}

fn asking(path: &str) -> Vec<u8> {
    let mut request = Vec::with_capacity(512);
    for part in ["GET ", path, " HTTP/1.1\r\n", BROWSER] {
        request.extend_from_slice(part.as_bytes());
    }
    request
}

/// A signed-in browser sending a form; a script of ours when it wants JSON back.
pub fn form(path: &str, session: &str, json: bool, fields: &str) -> Vec<u8> {
    let browser = if json { BROWSER.replace("Accept: text/html", "Accept: application/json, text/html") } else { BROWSER.to_owned() };
    let mut request = format!(
        "POST {path} HTTP/1.1\r\n{browser}Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n",
        fields.len()
    )
    .into_bytes();
    cookie(&mut request, Some(session));
    request.extend_from_slice(b"\r\n");
    request.extend_from_slice(fields.as_bytes());
    request
}

/// A guest's browser sending a form through a proxy that says where the guest is.
pub fn form_from(path: &str, from: std::net::Ipv4Addr, fields: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\n{BROWSER}Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: {from}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{fields}",
        fields.len()
    )
    .into_bytes()
}

fn cookie(request: &mut Vec<u8>, session: Option<&str>) {
    if let Some(token) = session {
        for part in ["Cookie: ", web::door::SESSION_COOKIE, "=", token, "\r\n"] {
            request.extend_from_slice(part.as_bytes());
        }
    }
}
