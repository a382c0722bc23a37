//! WebM: elements of EBML (RFC 8794, RFC 9559). `Tags`, `Attachments` and what else names people and devices become `Void`.

use super::file::Window;
use super::{Found, Parsed, Problem};
use crate::{Words, words::tidy};

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const SCALE: u32 = 0x002A_D7B1;
const DURATION: u32 = 0x4489;
const TITLE: u32 = 0x7BA9;
const WRITER: u32 = 0x5741;
const FILE_NAMES: [u32; 3] = [0x7384, 0x003C_83AB, 0x003E_83BB];
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const TRACK_NAME: u32 = 0x536E;
const VIDEO: u32 = 0xE0;
const WIDTH: u32 = 0xB0;
const HEIGHT: u32 = 0xBA;
const CLUSTER: u32 = 0x1F43_B675;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
const CHECKSUM: u32 = 0xBF;
const VOID: u32 = 0xEC;
/// Elements of a file; one of several hours has some 100,000 on the two outer levels.
const ELEMENTS: u32 = 2_000_000;

/// An element's head.
struct Element {
    id: u32,
    start: u64,
    content: u64,
    /// `None` when the file does not say, as live recordings do.
    end: Option<u64>,
}

fn element(file: &mut Window, at: u64, within: u64) -> Result<Element, Problem> {
    let head = file.peek(at, 12)?;
    let first = *head.first().ok_or(Problem::Broken)?;
    let letters = first.leading_zeros() as usize + 1;
    if letters > 4 {
        return Err(Problem::Broken);
    }
    let id = head.get(..letters).ok_or(Problem::Broken)?.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let size = *head.get(letters).ok_or(Problem::Broken)?;
    let width = size.leading_zeros() as usize + 1;
    let digits = head.get(letters..letters + width).filter(|_| width <= 8).ok_or(Problem::Broken)?;
    let value = digits.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte)) & ((1 << (7 * width)) - 1);
    let content = at + (letters + width) as u64;
    if value == (1 << (7 * width)) - 1 {
        return Ok(Element { id, start: at, content, end: None });
    }
    let end = content.checked_add(value).filter(|end| *end <= within).ok_or(Problem::Broken)?;
    Ok(Element { id, start: at, content, end: Some(end) })
}

pub(super) fn clean(file: &mut Window) -> Parsed {
    let all = file.len();
    let head = element(file, 0, all)?;
    let end = head.end.filter(|end| head.id == EBML && end - head.content < 4096).ok_or(Problem::Broken)?;
    let mut kind = Vec::new();
    each(file, head.content, end, &mut |file, inner, end| {
        if inner.id == DOC_TYPE {
            kind = file.peek(inner.content, (end - inner.content).min(16) as usize)?;
        }
        Ok(())
    })?;
    if kind.iter().position(|byte| *byte == 0).map_or(&kind[..], |end| &kind[..end]) != b"webm" {
        return Err(Problem::Unknown);
    }
    let segment = element(file, end, all)?;
    if segment.id != SEGMENT {
        return Err(Problem::Broken);
    }
    let mut seen = Seen { scale: 1_000_000, ..Seen::default() };
    inside_segment(file, segment.content, segment.end.unwrap_or(all), &mut seen)?;
    if let Some(end) = segment.end {
        // Nothing of the film stands behind its segment.
        file.cut(end)?;
    }
    if !seen.tracks {
        return Err(Problem::Broken);
    }
    let duration_ms = seen.duration.filter(|units| units.is_finite() && *units > 0.0).map(|units| (units * seen.scale as f64 / 1e6) as u64);
    Ok(Found { ending: "webm", video: seen.video, duration_ms, size: seen.size, words: seen.words })
}

#[derive(Default)]
struct Seen {
    scale: u64,
    duration: Option<f64>,
    tracks: bool,
    video: bool,
    size: Option<(u32, u32)>,
    words: Words,
}

fn inside_segment(file: &mut Window, from: u64, to: u64, seen: &mut Seen) -> Result<(), Problem> {
    let mut at = from;
    for _ in 0..ELEMENTS {
        if at >= to {
            return Ok(());
        }
        let found = element(file, at, to)?;
        let Some(end) = found.end else {
            // Only clusters may not know their end; what follows are their blocks, then the next cluster.
            if found.id != CLUSTER {
                return Err(Problem::Broken);
            }
            at = found.content;
            continue;
        };
        match found.id {
            INFO => info(file, &found, end, seen)?,
            TRACKS => tracks(file, &found, end, seen)?,
            TAGS => {
                tags(file, &found, end, seen)?;
                void(file, &found, end)?;
            }
            ATTACHMENTS | CHECKSUM | VOID => void(file, &found, end)?,
            _ => {}
        }
        at = end;
    }
    Err(Problem::Broken)
}

type Visit<'v> = &'v mut dyn FnMut(&mut Window, &Element, u64) -> Result<(), Problem>;

/// Everything directly inside of an element.
fn each(file: &mut Window, from: u64, to: u64, visit: Visit) -> Result<(), Problem> {
    let mut at = from;
    while at < to {
        let found = element(file, at, to)?;
        let end = found.end.ok_or(Problem::Broken)?;
        visit(file, &found, end)?;
        at = end;
    }
    Ok(())
}

fn info(file: &mut Window, info: &Element, end: u64, seen: &mut Seen) -> Result<(), Problem> {
    each(file, info.content, end, &mut |file, inner, end| {
        match inner.id {
            SCALE => seen.scale = number(file, inner, end)?,
            DURATION => {
                let bytes = file.peek(inner.content, (end - inner.content).min(8) as usize)?;
                seen.duration = match bytes.len() {
                    4 => Some(f64::from(f32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))),
                    8 => bytes.try_into().ok().map(f64::from_be_bytes),
                    _ => None,
                };
            }
            TITLE => {
                let text = file.peek(inner.content, (end - inner.content).min(4096) as usize)?;
                seen.words.title = tidy(&String::from_utf8_lossy(&text));
                void(file, inner, end)?;
            }
            // Must be there, so it stays with nothing in it.
            WRITER => file.fill(inner.content, end, b' ')?,
            CHECKSUM | VOID => void(file, inner, end)?,
            id if FILE_NAMES.contains(&id) => void(file, inner, end)?,
            _ => {}
        }
        Ok(())
    })
}

fn tracks(file: &mut Window, tracks: &Element, end: u64, seen: &mut Seen) -> Result<(), Problem> {
    each(file, tracks.content, end, &mut |file, track, end| {
        if matches!(track.id, CHECKSUM | VOID) {
            return void(file, track, end);
        }
        if track.id != TRACK {
            return Ok(());
        }
        seen.tracks = true;
        each(file, track.content, end, &mut |file, inner, end| {
            match inner.id {
                TRACK_TYPE => seen.video |= number(file, inner, end)? == 1,
                TRACK_NAME | CHECKSUM | VOID => void(file, inner, end)?,
                VIDEO => {
                    let (mut width, mut height) = (0, 0);
                    each(file, inner.content, end, &mut |file, inner, end| {
                        match inner.id {
                            WIDTH => width = number(file, inner, end)?,
                            HEIGHT => height = number(file, inner, end)?,
                            _ => {}
                        }
                        Ok(())
                    })?;
                    seen.size =
                        u32::try_from(width).ok().zip(u32::try_from(height).ok()).filter(|(width, height)| *width > 0 && *height > 0);
                }
                _ => {}
            }
            Ok(())
        })
    })
}

/// Title and artist among the tags: `Tag/SimpleTag/{TagName, TagString}`.
fn tags(file: &mut Window, tags: &Element, end: u64, seen: &mut Seen) -> Result<(), Problem> {
    const SIMPLE: u32 = 0x67C8;
    let mut read = |file: &mut Window, simple: &Element, end: u64| {
        let (mut name, mut value) = (String::new(), String::new());
        each(file, simple.content, end, &mut |file, inner, end| {
            let mut text = || {
                file.peek(inner.content, (end - inner.content).min(4096) as usize).map(|text| String::from_utf8_lossy(&text).into_owned())
            };
            match inner.id {
                0x45A3 => name = text()?,
                0x4487 => value = text()?,
                _ => {}
            }
            Ok(())
        })?;
        match name.as_str() {
            "TITLE" if seen.words.title.is_empty() => seen.words.title = tidy(&value),
            "ARTIST" => seen.words.credit = tidy(&value),
            "DESCRIPTION" => seen.words.caption = tidy(&value),
            _ => {}
        }
        Ok(())
    };
    each(file, tags.content, end, &mut |file, tag, end| {
        each(file, tag.content, end, &mut |file, inner, end| if inner.id == SIMPLE { read(file, inner, end) } else { Ok(()) })
    })
}

fn number(file: &mut Window, element: &Element, end: u64) -> Result<u64, Problem> {
    let bytes = file.peek(element.content, (end - element.content).min(8) as usize)?;
    Ok(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// Makes an element nothing, of the same length (RFC 8794 §11.3.2).
fn void(file: &mut Window, element: &Element, end: u64) -> Result<(), Problem> {
    let length = end - element.start;
    let head: &[u8] = if length >= 9 {
        &[&[0xEC], &((length - 9) | 1 << 56).to_be_bytes()[..]].concat()
    } else {
        &[0xEC, 0x80 | u8::try_from(length.saturating_sub(2)).map_err(|_| Problem::Broken)?]
    };
    if length < head.len() as u64 {
        return Err(Problem::Broken);
    }
    file.write(element.start, head)?;
    Ok(file.fill(element.start + head.len() as u64, end, 0)?)
}
