//! MP3: frames of MPEG audio between tags. ID3v2 stands before them, ID3v1 and APE behind.

use super::file::Window;
use super::{Found, Parsed, Problem};
use crate::{Words, words::tidy};

/// Bytes of an ID3v2 tag that are looked at for words: they stand before the cover picture.
const TAG: usize = 1 << 20;
/// How far behind the tags the first frame may stand.
const SEARCH: usize = 64 << 10;

/// One frame's header (ISO/IEC 11172-3 §2.4.1.3, 13818-3).
pub(super) struct Frame {
    bytes: usize,
    samples: u32,
    rate: u32,
    bits: u32,
    mono: bool,
    low: bool,
}

/// The frame of layer III whose header this is.
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    const BITS: [[u32; 15]; 2] = [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    let &[first, second, third, fourth] = bytes.get(..4)? else { return None };
    let version = second >> 3 & 3;
    if first != 0xFF || second & 0xE0 != 0xE0 || version == 1 || second >> 1 & 3 != 1 {
        return None;
    }
    let low = version != 3;
    let bits = *BITS[usize::from(low)].get(usize::from(third >> 4)).filter(|bits| **bits > 0)?;
    let rate = [44_100, 48_000, 32_000].get(usize::from(third >> 2 & 3))? >> if version == 2 { 1 } else { u32::from(version == 0) * 2 };
    let samples = if low { 576 } else { 1152 };
    let bytes = (samples / 8 * bits * 1000 / rate + u32::from(third >> 1 & 1)) as usize;
    Some(Frame { bytes, samples, rate, bits: bits * 1000, mono: fourth >> 6 == 3, low })
}

pub(super) fn clean(file: &mut Window) -> Parsed {
    let (mut at, mut words) = (0, Words::default());
    // Some programs put one tag before another.
    for _ in 0..8 {
        let head = file.peek(at, 10)?;
        let Some(size) = head.starts_with(b"ID3").then(|| syncsafe(&head[6..])).flatten() else { break };
        let end = at + 10 + u64::from(size) + if head[5] & 0x10 != 0 { 10 } else { 0 };
        if end > file.len() {
            return Err(Problem::Broken);
        }
        if words == Words::default() {
            words = from_tag(head[3], &file.peek(at + 10, (size as usize).min(TAG))?);
        }
        // A tag of nothing but padding; unsynchronisation, extended header and footer are gone with it.
        file.write(at, &[b'I', b'D', b'3', head[3].clamp(3, 4), 0, 0])?;
        file.write(at + 6, &head[6..10])?;
        file.fill(at + 10, end, 0)?;
        at = end;
    }
    trailing(file, at)?;
    let start = file.peek(at, SEARCH)?;
    let (offset, first) = (0..start.len())
        .find_map(|offset| {
            let found = frame(&start[offset..])?;
            // One header may be chance; a second where the first one says is none.
            let next = start.get(offset + found.bytes..);
            (next.is_none_or(|next| next.len() < 4 || frame(next).is_some())).then_some((offset, found))
        })
        .ok_or(if at > 0 { Problem::Broken } else { Problem::Unknown })?;
    // What stands between tag and first frame belongs to neither.
    file.fill(at, at + offset as u64, 0)?;
    let duration_ms = duration(&start[offset..], &first, file.len() - at - offset as u64);
    Ok(Found { ending: "mp3", duration_ms: Some(duration_ms), words, ..Found::default() })
}

/// Cuts off the tags behind the last frame: ID3v1 (128 bytes), its enhancement, APEv2 and Lyrics3.
fn trailing(file: &mut Window, from: u64) -> Result<(), Problem> {
    for _ in 0..8 {
        let end = file.len();
        let tail = |file: &mut Window, back: u64| -> std::io::Result<Vec<u8>> {
            if end - from < back { Ok(Vec::new()) } else { file.peek(end - back, 32) }
        };
        let cut = if tail(file, 128)?.starts_with(b"TAG") {
            128
        } else if tail(file, 227)?.starts_with(b"TAG+") {
            227
        } else if let Some(footer) = Some(tail(file, 32)?).filter(|footer| footer.starts_with(b"APETAGEX")) {
            let number = |at: usize| u32::from_le_bytes([footer[at], footer[at + 1], footer[at + 2], footer[at + 3]]);
            u64::from(number(12)).max(32) + if number(20) >> 31 == 1 { 32 } else { 0 }
        } else if let Some(footer) = Some(tail(file, 15)?).filter(|footer| footer.get(6..15) == Some(b"LYRICS200")) {
            std::str::from_utf8(&footer[..6]).ok().and_then(|size| size.parse::<u64>().ok()).ok_or(Problem::Broken)? + 15
        } else {
            return Ok(());
        };
        if cut > end - from {
            return Err(Problem::Broken);
        }
        file.cut(end - cut)?;
    }
    Ok(())
}

/// By the count of frames that a VBR file carries in its first (Xing, VBRI), else by its rate of bits.
fn duration(start: &[u8], first: &Frame, bytes: u64) -> u64 {
    let side = match (first.low, first.mono) {
        (false, false) => 32,
        (false, true) | (true, false) => 17,
        (true, true) => 9,
    };
    let number = |at: usize| start.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let xing = start.get(4 + side..8 + side).is_some_and(|mark| mark == b"Xing" || mark == b"Info");
    let frames = if xing && number(8 + side).is_some_and(|flags| flags & 1 == 1) {
        number(12 + side)
    } else if start.get(36..40) == Some(b"VBRI") {
        number(50)
    } else {
        None
    };
    match frames {
        Some(frames) => u64::from(frames) * u64::from(first.samples) * 1000 / u64::from(first.rate),
        None => bytes * 8 * 1000 / u64::from(first.bits),
    }
}

/// Seven bits a byte (ID3v2.4 §6.2).
fn syncsafe(bytes: &[u8]) -> Option<u32> {
    let four = bytes.get(..4).filter(|four| four.iter().all(|byte| *byte < 128))?;
    Some(four.iter().fold(0, |number, byte| number << 7 | u32::from(*byte)))
}

fn from_tag(version: u8, tag: &[u8]) -> Words {
    let (mut words, mut at) = (Words::default(), 0);
    let (letters, header) = if version == 2 { (3, 6) } else { (4, 10) };
    while let Some(head) = tag.get(at..at + header).filter(|head| head[0] != 0) {
        let size = match version {
            2 => Some(u32::from_be_bytes([0, head[3], head[4], head[5]])),
            3 => Some(u32::from_be_bytes([head[4], head[5], head[6], head[7]])),
            _ => syncsafe(&head[4..8]),
        };
        let Some(content) = size.and_then(|size| tag.get(at + header..at + header + size as usize)) else { break };
        match &head[..letters] {
            b"TIT2" | b"TT2" => words.title = text(content),
            b"TPE1" | b"TP1" => words.credit = text(content),
            b"TIT3" | b"TT3" => words.caption = text(content),
            _ => {}
        }
        at += header + content.len();
    }
    words
}

/// The first text of a frame (ID3v2.4 §4.2): a byte for the encoding, then letters up to a zero.
fn text(content: &[u8]) -> String {
    let Some((encoding, rest)) = content.split_first() else { return String::new() };
    let wide = |big: bool| {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|two| if big { u16::from_be_bytes([two[0], two[1]]) } else { u16::from_le_bytes([two[0], two[1]]) })
            .collect();
        String::from_utf16_lossy(&units)
    };
    let text = match encoding {
        0 => rest.iter().map(|byte| char::from(*byte)).collect(),
        1 => wide(rest.starts_with(&[0xFE, 0xFF])),
        2 => wide(true),
        _ => String::from_utf8_lossy(rest).into_owned(),
    };
    tidy(text.trim_start_matches('\u{feff}').split('\0').next().unwrap_or_default())
}
