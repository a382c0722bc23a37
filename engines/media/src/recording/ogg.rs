//! Ogg with Vorbis or Opus (RFC 3533, RFC 7845, Vorbis I §4.2). The second packet of each stream is the comment: it
//! becomes one long empty name of a vendor, of the same length, and its pages get new checksums.

use std::collections::HashMap;

use super::file::Window;
use super::{Found, Parsed, Problem};
use crate::{Words, words::tidy};

/// Streams one after the other or beside each other.
const STREAMS: usize = 64;
/// Bytes of one comment; with a cover picture it may have some megabytes.
const COMMENT: usize = 16 << 20;
/// Bytes of a page's header with all its segments.
const HEADER: usize = 27 + 255;

/// What has been seen of one stream.
struct Stream {
    vorbis: bool,
    /// Samples a second.
    rate: u64,
    /// Samples at the beginning that are not played.
    skipped: u64,
    /// Packets that have ended.
    packets: u32,
    /// The comment so far, and where its bytes lie.
    comment: Vec<u8>,
    places: Vec<(u64, usize)>,
    /// Pages that hold a part of it.
    pages: Vec<(u64, usize)>,
    samples: u64,
}

pub(super) fn clean(file: &mut Window) -> Parsed {
    let (mut at, mut streams): (u64, HashMap<u32, Stream>) = (0, HashMap::new());
    let mut found = Found { ending: "ogg", ..Found::default() };
    let mut played = 0;
    while at < file.len() {
        let head = file.peek(at, HEADER)?;
        if head.get(..4) != Some(b"OggS") || head.len() < 27 {
            return Err(Problem::Broken);
        }
        let count = usize::from(head[26]);
        let segments = head.get(27..27 + count).ok_or(Problem::Broken)?;
        let content = at + 27 + count as u64;
        let size: usize = segments.iter().map(|length| usize::from(*length)).sum();
        if content + size as u64 > file.len() {
            return Err(Problem::Broken);
        }
        let serial = u32::from_le_bytes([head[14], head[15], head[16], head[17]]);
        if head[5] & 2 != 0 {
            if streams.len() >= STREAMS {
                return Err(Problem::Broken);
            }
            let stream = begin(&file.read(content, size.min(64))?).ok_or(Problem::Unknown)?;
            if let Some(before) = streams.insert(serial, stream) {
                played += before.length();
            }
        }
        let stream = streams.get_mut(&serial).ok_or(Problem::Broken)?;
        let granule = u64::from_le_bytes([head[6], head[7], head[8], head[9], head[10], head[11], head[12], head[13]]);
        if granule != u64::MAX {
            stream.samples = granule;
        }
        if stream.packets < 2 {
            page(file, stream, (at, content, size), segments, &mut found.words)?;
        }
        at = content + size as u64;
    }
    if streams.values().any(|stream| stream.packets < 2) {
        return Err(Problem::Broken);
    }
    found.duration_ms = Some(played + streams.values().map(Stream::length).max().unwrap_or(0));
    Ok(found)
}

impl Stream {
    fn length(&self) -> u64 {
        (u128::from(self.samples.saturating_sub(self.skipped)) * 1000 / u128::from(self.rate)) as u64
    }
}

/// What the first packet says.
fn begin(packet: &[u8]) -> Option<Stream> {
    let (vorbis, rate, skipped) = if packet.starts_with(b"\x01vorbis") {
        (true, u32::from_le_bytes(packet.get(12..16)?.try_into().ok()?), 0)
    } else if packet.starts_with(b"OpusHead") {
        (false, 48_000, u16::from_le_bytes(packet.get(10..12)?.try_into().ok()?))
    } else {
        return None;
    };
    (rate > 0).then(|| Stream {
        vorbis,
        rate: u64::from(rate),
        skipped: u64::from(skipped),
        packets: 0,
        comment: Vec::new(),
        places: Vec::new(),
        pages: Vec::new(),
        samples: 0,
    })
}

/// Takes in a page while the comment has not ended. Segments of 255 bytes go on in the next (RFC 3533 §5).
fn page(
    file: &mut Window,
    stream: &mut Stream,
    (at, content, size): (u64, u64, usize),
    segments: &[u8],
    words: &mut Words,
) -> Result<(), Problem> {
    let (mut place, mut holds) = (content, false);
    for length in segments {
        let length = usize::from(*length);
        if stream.packets == 1 && length > 0 {
            if stream.comment.len() + length > COMMENT {
                return Err(Problem::Broken);
            }
            stream.comment.extend(file.read(place, length)?);
            stream.places.push((place, length));
            holds = true;
        }
        place += length as u64;
        if length < 255 {
            stream.packets += 1;
            if stream.packets == 2 {
                break;
            }
        }
    }
    if holds {
        stream.pages.push((at, (content - at) as usize + size));
    }
    if stream.packets == 2 {
        blank(file, stream, words)?;
    }
    Ok(())
}

fn blank(file: &mut Window, stream: &mut Stream, words: &mut Words) -> Result<(), Problem> {
    let mark: &[u8] = if stream.vorbis { b"\x03vorbis" } else { b"OpusTags" };
    let comment = std::mem::take(&mut stream.comment);
    if !comment.starts_with(mark) {
        return Err(Problem::Broken);
    }
    if *words == Words::default() {
        *words = read(&comment[mark.len()..]);
    }
    // Mark, length of the vendor, vendor, no comments, and in Vorbis a bit that ends it.
    let around = mark.len() + 8 + usize::from(stream.vorbis);
    let vendor = comment.len().checked_sub(around).ok_or(Problem::Broken)?;
    let mut empty = mark.to_vec();
    empty.extend(u32::try_from(vendor).map_err(|_| Problem::Broken)?.to_le_bytes());
    empty.resize(empty.len() + vendor, b' ');
    empty.extend([0; 4]);
    if stream.vorbis {
        empty.push(1);
    }
    let mut rest = &empty[..];
    for (place, length) in stream.places.drain(..) {
        let (part, after) = rest.split_at(length.min(rest.len()));
        file.write(place, part)?;
        rest = after;
    }
    for (at, size) in stream.pages.drain(..) {
        let mut whole = file.read(at, size)?;
        whole[22..26].fill(0);
        file.write(at + 22, &checksum(&whole).to_le_bytes())?;
    }
    Ok(())
}

/// Names and values as `TITLE=…`.
fn read(comment: &[u8]) -> Words {
    let number = |at: usize| comment.get(at..at.checked_add(4)?).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let (mut words, mut at) = (Words::default(), 4 + number(0).unwrap_or(0) as usize);
    let count = number(at).unwrap_or(0).min(1_000);
    at += 4;
    for _ in 0..count {
        let Some(length) = number(at) else { break };
        let Some(text) = comment.get(at + 4..(at + 4).saturating_add(length as usize)) else { break };
        at += 4 + length as usize;
        let text = String::from_utf8_lossy(text);
        let Some((name, value)) = text.split_once('=') else { continue };
        match name.to_ascii_uppercase().as_str() {
            "TITLE" => words.title = tidy(value),
            "ARTIST" => words.credit = tidy(value),
            "DESCRIPTION" => words.caption = tidy(value),
            _ => {}
        }
    }
    words
}

/// CRC-32 with the polynomial 04C11DB7, unreflected, from zero (RFC 3533 §6).
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte) << 24, |crc, _| if crc >> 31 == 1 { crc << 1 ^ 0x04C1_1DB7 } else { crc << 1 })
    })
}
