//! Where an answer ends (RFC 9112 §6).

use anyhow::{Context as _, Result, bail};
use std::ops::Range;

/// An answer that lies whole in a connection's buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where its body lies; of a chunked one with the marks of its chunks.
    pub body: Range<usize>,
    /// Where its head ends.
    pub head: usize,
    /// Whether the server closes the connection after it.
    pub closes: bool,
}

/// How the length of a body is told.
enum Framing {
    Length(usize),
    Chunked,
}

/// The answer at the beginning of `bytes`, once it is there whole.
///
/// # Errors
/// When these bytes are no HTTP/1.1 answer with a stated length.
pub fn parse(bytes: &[u8]) -> Result<Option<Answer>> {
    let Some(head) = find(bytes, b"\r\n\r\n").map(|at| at + 4) else { return Ok(None) };
    let text = std::str::from_utf8(&bytes[..head - 2]).context("the head of an answer is no text")?;
    let status = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).context("no HTTP/1.1 answer")?.parse()?;
    let closes = field(text, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    let body = match framing(text, status)? {
        Framing::Length(length) => (bytes.len() >= head + length).then_some(head..head + length),
        Framing::Chunked => chunks(&bytes[head..])?.map(|length| head..head + length),
    };
    Ok(body.map(|body| Answer { status, body, head, closes }))
}

/// A field of a head, whatever the case of its name.
pub fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split("\r\n").skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn framing(head: &str, status: u16) -> Result<Framing> {
    if status < 200 || matches!(status, 204 | 304) {
        return Ok(Framing::Length(0));
    }
    if field(head, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        return Ok(Framing::Chunked);
    }
    match field(head, "content-length") {
        Some(length) => Ok(Framing::Length(length.parse().context("Content-Length is no number")?)),
        None => bail!("an answer without a length cannot be told from the next one"),
    }
}

/// How many bytes a chunked body takes, once it is there whole (RFC 9112 §7.1). Trailers are not used here.
fn chunks(bytes: &[u8]) -> Result<Option<usize>> {
    let mut at = 0;
    loop {
        let Some(line) = find(&bytes[at..], b"\r\n") else { return Ok(None) };
        let size = std::str::from_utf8(&bytes[at..at + line])?.split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size.trim(), 16).context("a chunk without a size")?;
        at += line + 2 + size + 2;
        if at > bytes.len() {
            return Ok(None);
        }
        if size == 0 {
            return Ok(Some(at));
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_length_is_waited_for_to_the_last_byte() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1";
        for end in 0..43 {
            assert_eq!(parse(&whole[..end]).unwrap(), None, "{end} bytes");
        }
        let answer = parse(whole).unwrap().unwrap();
        assert_eq!((answer.status, &whole[answer.body], answer.closes), (200, &b"hello"[..], false));
    }

    #[test]
    fn an_answer_without_a_body_ends_with_its_head() {
        let answer = parse(b"HTTP/1.1 304 Not Modified\r\nETag: W/\"1\"\r\nConnection: close\r\n\r\n").unwrap().unwrap();
        assert_eq!((answer.status, answer.body.len(), answer.closes), (304, 0, true));
    }

    #[test]
    fn chunks_are_followed_to_the_empty_one() {
        let whole = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\n no\r\n0\r\n\r\n";
        for end in 0..whole.len() {
            assert_eq!(parse(&whole[..end]).unwrap(), None, "{end} bytes");
        }
        assert_eq!(parse(whole).unwrap().unwrap().body.end, whole.len());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in ["SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"] {
            assert!(parse(bytes.as_bytes()).is_err(), "{bytes}");
        }
    }
}
