//! MP4 and M4A: boxes (ISO/IEC 14496-12).
//!
//! `udta`, `meta` and `uuid` carry the place (`©xyz`, `loci`, the mdta keys of phones), the maker and the model: they become
//! `free`, and zeros. So do tracks of timed metadata, in which action cameras write the place ten times a second, together with their
//! samples in `mdat`.

use super::file::Window;
use super::{Found, Parsed, Problem};
use crate::boxes::{self, Inner};
use crate::{Words, words::tidy};

/// The index of a film of several hours takes some megabytes.
const INDEX: u64 = 64 << 20;
/// Boxes on the outermost level; a film in fragments has two for each of some seconds.
const BOXES: u32 = 200_000;
/// Samples of one track of metadata.
const SAMPLES: u64 = 4_000_000;
/// Tracks that are looked at and heard, or read as subtitles. Every other kind goes.
const KEPT: [&[u8; 4]; 7] = [b"vide", b"soun", b"subt", b"sbtl", b"text", b"clcp", b"tmcd"];
const PERSONAL: [&[u8; 4]; 4] = [b"udta", b"meta", b"uuid", b"XMP_"];

pub(super) fn clean(file: &mut Window) -> Parsed {
    let (mut found, mut at, mut index) = (Found::default(), 0, false);
    for _ in 0..BOXES {
        if at == file.len() {
            break;
        }
        let head = file.peek(at, 16)?;
        let size = u64::from(u32::from_be_bytes(head.get(..4).and_then(|four| four.try_into().ok()).ok_or(Problem::Broken)?));
        let kind: [u8; 4] = head.get(4..8).and_then(|four| four.try_into().ok()).ok_or(Problem::Broken)?;
        let (header, size) = match size {
            0 => (8, file.len() - at),
            1 => (16, u64::from_be_bytes(head.get(8..16).and_then(|eight| eight.try_into().ok()).ok_or(Problem::Broken)?)),
            size => (8, size),
        };
        let end = at.checked_add(size).filter(|end| size >= header && *end <= file.len()).ok_or(Problem::Broken)?;
        match &kind {
            b"moov" | b"moof" => {
                if size > INDEX {
                    return Err(Problem::Broken);
                }
                let mut bytes = file.read(at, size as usize)?;
                let outer = Inner { kind, start: 0, content: header as usize, end: size as usize };
                if &kind == b"moov" {
                    index = true;
                    found.words = words(&bytes, &outer);
                    film(&bytes, &outer, &mut found);
                }
                let mut samples = Vec::new();
                blank(&mut bytes, &outer, &mut samples, 0)?;
                file.write(at, &bytes)?;
                for (from, to) in samples {
                    file.fill(from, to, 0)?;
                }
            }
            kind if PERSONAL.contains(&kind) => {
                file.write(at + 4, b"free")?;
                file.fill(at + header, end, 0)?;
            }
            // Padding may hold what an editor left there.
            b"free" | b"skip" => file.fill(at + header, end, 0)?,
            _ => {}
        }
        at = end;
    }
    if !index || at != file.len() {
        return Err(Problem::Broken);
    }
    found.ending = if found.video { "mp4" } else { "m4a" };
    Ok(found)
}

/// Blanks what is personal in an index and below; collects where the samples of its tracks of metadata lie.
fn blank(bytes: &mut [u8], outer: &Inner, samples: &mut Vec<(u64, u64)>, depth: u8) -> Result<(), Problem> {
    const PARENTS: [&[u8; 4]; 7] = [b"trak", b"mdia", b"minf", b"stbl", b"traf", b"mvex", b"edts"];
    let children: Vec<Inner> = boxes::inside(bytes, outer.content, outer.end).collect();
    // Rests that are no box are nothing a player reads.
    let last = children.last().map_or(outer.content, |last| last.end);
    bytes[last..outer.end].fill(0);
    for child in children {
        let foreign = &child.kind == b"trak" && handler(bytes, &child).is_some_and(|kind| !KEPT.contains(&&kind));
        if foreign {
            collect(bytes, &child, samples)?;
        }
        if foreign || PERSONAL.contains(&&child.kind) || matches!(&child.kind, b"free" | b"skip") {
            bytes[child.start + 4..child.start + 8].copy_from_slice(b"free");
            bytes[child.content..child.end].fill(0);
        } else if PARENTS.contains(&&child.kind) && depth < 8 {
            blank(bytes, &child, samples, depth + 1)?;
        } else if &child.kind == b"hdlr" {
            // The handler's name: "GoPro AVC", "Core Media Video".
            bytes.get_mut(child.content + 24..child.end).into_iter().for_each(|name| name.fill(0));
        } else if &child.kind == b"stsd" {
            compressors(bytes, &child);
        }
    }
    Ok(())
}

/// The compressor's name in descriptions of video (§12.1.3): 32 bytes that name the camera.
fn compressors(bytes: &mut [u8], stsd: &Inner) {
    let entries: Vec<Inner> = boxes::inside(bytes, stsd.content + 8, stsd.end).collect();
    for entry in entries.iter().filter(|entry| matches!(&entry.kind, b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"av01" | b"vp09" | b"mp4v")) {
        let name = entry.content + 42..entry.content + 74;
        if name.end <= entry.end {
            bytes[name].fill(0);
        }
    }
}

fn descend<'b>(bytes: &'b [u8], from: &Inner, path: &[&[u8; 4]]) -> Option<(&'b [u8], Inner)> {
    let mut current = Inner { kind: from.kind, start: from.start, content: from.content, end: from.end };
    for kind in path {
        current = boxes::first(bytes, kind, current.content, current.end)?;
    }
    Some((&bytes[current.content..current.end], current))
}

fn handler(bytes: &[u8], trak: &Inner) -> Option<[u8; 4]> {
    let (content, _) = descend(bytes, trak, &[b"mdia", b"hdlr"])?;
    content.get(8..12)?.try_into().ok()
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_be_bytes)
}

/// Where a track's samples lie in the file (§8.7: `stsz`, `stsc`, `stco` or `co64`).
fn collect(bytes: &[u8], trak: &Inner, samples: &mut Vec<(u64, u64)>) -> Result<(), Problem> {
    let Some((_, stbl)) = descend(bytes, trak, &[b"mdia", b"minf", b"stbl"]) else { return Ok(()) };
    let table = |kind: &[u8; 4]| descend(bytes, &stbl, &[kind]).map(|(content, _)| content);
    let (Some(sizes), Some(runs)) = (table(b"stsz"), table(b"stsc")) else { return Ok(()) };
    let (chunks, wide) = match (table(b"stco"), table(b"co64")) {
        (Some(chunks), _) => (chunks, false),
        (_, Some(chunks)) => (chunks, true),
        _ => return Ok(()),
    };
    let (same, count) = (number(sizes, 4).unwrap_or(0), u64::from(number(sizes, 8).unwrap_or(0)));
    if count > SAMPLES {
        return Err(Problem::Broken);
    }
    let (mut sample, mut run) = (0_usize, 0_usize);
    for chunk in 0..number(chunks, 4).unwrap_or(0) as usize {
        let Some(mut at) = (if wide { long(chunks, 8 + chunk * 8) } else { number(chunks, 8 + chunk * 4).map(u64::from) }) else { break };
        // The run that begins at the next chunk takes over there.
        while number(runs, 8 + (run + 1) * 12).is_some_and(|first| first as usize <= chunk + 1) {
            run += 1;
        }
        let each = number(runs, 12 + run * 12).unwrap_or(0);
        let begin = at;
        for _ in 0..each {
            if sample as u64 >= count {
                break;
            }
            let size = if same > 0 { same } else { number(sizes, 12 + sample * 4).unwrap_or(0) };
            at = at.saturating_add(u64::from(size));
            sample += 1;
        }
        samples.push((begin, at));
    }
    Ok(())
}

/// Length, size and kind of the film.
fn film(bytes: &[u8], moov: &Inner, found: &mut Found) {
    if let Some((head, _)) = descend(bytes, moov, &[b"mvhd"]) {
        let told = if head.first() == Some(&1) {
            number(head, 20).zip(long(head, 24))
        } else {
            number(head, 12).zip(number(head, 16).map(u64::from))
        };
        found.duration_ms = told
            .filter(|(scale, units)| *scale > 0 && *units > 0)
            .map(|(scale, units)| (u128::from(units) * 1000 / u128::from(scale)) as u64);
    }
    for trak in boxes::inside(bytes, moov.content, moov.end).filter(|child| &child.kind == b"trak") {
        if handler(bytes, &trak) != Some(*b"vide") {
            continue;
        }
        found.video = true;
        let Some((head, _)) = descend(bytes, &trak, &[b"tkhd"]) else { continue };
        let matrix = if head.first() == Some(&1) { 52 } else { 40 };
        let (Some(width), Some(height)) = (number(head, matrix + 36), number(head, matrix + 40)) else { continue };
        // 16.16 numbers; a matrix whose first value is zero turns by a quarter.
        let turned = number(head, matrix) == Some(0);
        let (width, height) = (width >> 16, height >> 16);
        if width > 0 && height > 0 {
            found.size = Some(if turned { (height, width) } else { (width, height) });
        }
    }
}

/// Title, artist and description as players write them (`udta/meta/ilst`).
fn words(bytes: &[u8], moov: &Inner) -> Words {
    let Some((_, meta)) = descend(bytes, moov, &[b"udta", b"meta"]) else { return Words::default() };
    let Some(list) = boxes::first(bytes, b"ilst", meta.content + 4, meta.end) else { return Words::default() };
    let mut words = Words::default();
    for item in boxes::inside(bytes, list.content, list.end) {
        let Some(data) = boxes::first(bytes, b"data", item.content, item.end) else { continue };
        let Some(text) = bytes.get(data.content + 8..data.end).and_then(|text| std::str::from_utf8(text).ok()) else { continue };
        match &item.kind {
            b"\xA9nam" => words.title = tidy(text),
            b"\xA9ART" => words.credit = tidy(text),
            b"desc" => words.caption = tidy(text),
            _ => {}
        }
    }
    words
}
