//! Recordings made here byte by byte, with what phones, cameras and programs write into them.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use proptest::prelude::*;

use super::samples::contains;
use crate::recording::unguarded;
use crate::{Cleaned, Kind, Refused, clean, kind};

const PLACE: &[u8] = b"+33.9553-116.5017/";

fn on_disk(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn cleaned(bytes: &[u8]) -> (Result<Cleaned, Refused>, Vec<u8>) {
    let mut file = on_disk(bytes);
    let done = clean(&file);
    let mut after = Vec::new();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_to_end(&mut after).unwrap();
    (done, after)
}

fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], kind, content].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn track(handler: &[u8; 4], samples: &[u8]) -> Vec<u8> {
    let mut matrix = vec![0, 0x0001_0000, 0, 0xFFFF_0000, 0, 0, 0, 0, 0x4000_0000];
    matrix.extend([1280 << 16, 720 << 16]);
    let tkhd = [numbers(&[3, 0, 0, 1, 0, 5000, 0, 0, 0, 0]), numbers(&matrix)].concat();
    let hdlr = [numbers(&[0, 0]), handler.to_vec(), numbers(&[0, 0, 0]), b"GoPro MET\0".to_vec()].concat();
    let stbl = boxed(b"stbl", samples);
    let mdia = boxed(b"mdia", &[boxed(b"hdlr", &hdlr), boxed(b"minf", &stbl)].concat());
    boxed(b"trak", &[boxed(b"tkhd", &tkhd), mdia].concat())
}

/// A film of five seconds held upright, with the place in `udta`, in a key of `meta`, and ten times in a track of its own.
fn film() -> Vec<u8> {
    let ftyp = boxed(b"ftyp", b"isom\0\0\x02\0isomiso2mp41");
    let mdat = boxed(b"mdat", &[b"PICTURES", PLACE, b"MORE PICTURES", PLACE].concat());
    let content = u32::try_from(ftyp.len() + 8).unwrap();
    let (first, second) = (content + 8, content + 8 + 18 + 13);
    let tables = [
        boxed(b"stsz", &numbers(&[0, 18, 2])),
        boxed(b"stsc", &numbers(&[0, 1, 1, 1, 1])),
        boxed(b"stco", &numbers(&[0, 2, first, second])),
    ];
    let name = boxed(b"\xA9nam", &boxed(b"data", &[&numbers(&[1, 0])[..], b"The bell"].concat()));
    let list = boxed(b"meta", &[vec![0; 4], boxed(b"ilst", &name), boxed(b"keys", b"com.apple.quicktime.location.ISO6709")].concat());
    let udta = boxed(b"udta", &[boxed(b"\xA9xyz", PLACE), boxed(b"\xA9mod", b"Phone 12"), list].concat());
    let mvhd = boxed(b"mvhd", &numbers(&[0, 0, 0, 1000, 5000, 0]));
    let moov = boxed(b"moov", &[mvhd, track(b"vide", &[]), track(b"meta", &tables.concat()), udta].concat());
    let uuid = boxed(b"uuid", &[&[7; 16][..], b"xmp: Rosa's phone"].concat());
    [ftyp, mdat, moov, uuid].concat()
}

#[test]
fn a_film_keeps_its_pictures_and_loses_its_place() {
    let film = film();
    let (done, after) = cleaned(&film);
    let done = done.unwrap();
    assert_eq!((done.video, done.content_type, done.duration_ms), (true, "video/mp4", Some(5000)));
    assert_eq!((done.width, done.height), (Some(720), Some(1280)), "held upright");
    assert_eq!(done.words.title, "The bell");
    assert_eq!(after.len(), film.len(), "no place in the file moves");
    assert!(contains(&after, b"PICTURES") && contains(&after, b"MORE PICTURES"));
    for trace in [PLACE, b"Phone 12", b"location", b"Rosa", b"GoPro", b"udta", b"uuid"] {
        assert!(!contains(&after, trace), "{}", String::from_utf8_lossy(trace));
    }
    assert!(done.name.ends_with(".mp4") && crate::is_name(&done.name));
    assert_eq!(cleaned(&after).0.unwrap().name, done.name, "clean is clean");
}

#[test]
fn sound_alone_is_m4a_and_a_cut_film_is_refused() {
    let ftyp = boxed(b"ftyp", b"M4A \0\0\0\0");
    let mvhd = boxed(b"mvhd", &numbers(&[0, 0, 0, 44_100, 441_000, 0]));
    let sound = [ftyp.clone(), boxed(b"moov", &[mvhd, track(b"soun", &[])].concat()), boxed(b"mdat", b"sound")].concat();
    let done = cleaned(&sound).0.unwrap();
    assert_eq!((done.video, done.content_type, done.duration_ms), (false, "audio/mp4", Some(10_000)));
    let film = film();
    for kept in [20, 60, film.len() - 1] {
        assert_eq!(cleaned(&film[..kept]).0, Err(Refused::BrokenRecording), "{kept}");
    }
    assert_eq!(cleaned(&ftyp).0, Err(Refused::BrokenRecording), "no index, no film");
}

/// Ten frames of 128 kbit/s at 44.1 kHz between tags.
fn song() -> Vec<u8> {
    let frame = [&[0xFF, 0xFB, 0x90, 0x00][..], &[0; 413]].concat();
    let text = |id: &[u8; 4], text: &[u8]| [&id[..], &u32::try_from(text.len() + 1).unwrap().to_be_bytes(), &[0, 0, 3], text].concat();
    let frames = [text(b"TIT2", b"The bell"), text(b"TPE1", b"Rosa Delgado"), text(b"COMM", b"made at home"), vec![0; 20]].concat();
    let size = u32::try_from(frames.len()).unwrap();
    let head = [b"ID3\x03\0\0".to_vec(), vec![0, 0, (size >> 7) as u8, (size & 127) as u8]].concat();
    let old = [b"TAG".to_vec(), b"Rosa".to_vec(), vec![0; 121]].concat();
    [head, frames, frame.repeat(10), old].concat()
}

#[test]
fn an_mp3_is_read_and_its_tags_are_emptied() {
    let (done, after) = cleaned(&song());
    let done = done.unwrap();
    assert_eq!((done.video, done.content_type, done.duration_ms), (false, "audio/mpeg", Some(260)));
    assert_eq!((done.words.title.as_str(), done.words.credit.as_str()), ("The bell", "Rosa Delgado"));
    assert!(!contains(&after, b"Rosa") && !contains(&after, b"home") && !contains(&after, b"TAG"));
    assert_eq!(after.windows(4).filter(|window| *window == [0xFF, 0xFB, 0x90, 0x00]).count(), 10);
}

/// A page of an Ogg stream.
fn page(kind: u8, granule: u64, packet: &[u8]) -> Vec<u8> {
    let mut segments = vec![255; packet.len() / 255];
    segments.push((packet.len() % 255) as u8);
    let mut page = [b"OggS\0".to_vec(), vec![kind], granule.to_le_bytes().to_vec(), 7_u32.to_le_bytes().to_vec(), vec![0; 8]].concat();
    page.push(segments.len() as u8);
    page.extend(segments);
    page.extend(packet);
    let crc = checksum(&page);
    page[22..26].copy_from_slice(&crc.to_le_bytes());
    page
}

/// The same sum by division, bit by bit from the other side.
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = 0_u32;
    for bit in bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).chain([0; 32]) {
        let out = crc >> 31;
        crc = crc << 1 | u32::from(bit);
        if out == 1 {
            crc ^= 0x04C1_1DB7;
        }
    }
    crc
}

fn voice() -> Vec<u8> {
    let head = [b"OpusHead\x01\x01".to_vec(), 312_u16.to_le_bytes().to_vec(), vec![0; 7]].concat();
    let mut tags = b"OpusTags".to_vec();
    let texts = [format!("TITLE=The bell{}", " ".repeat(400)), "ARTIST=Rosa".into(), "LOCATION=33.9553,-116.5017".into()];
    for text in std::iter::once("recorder of Rosa's phone").chain(texts.iter().map(String::as_str)) {
        if text.starts_with("TITLE") {
            tags.extend(3_u32.to_le_bytes());
        }
        tags.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        tags.extend(text.bytes());
    }
    [page(2, 0, &head), page(0, 0, &tags), page(4, 96_312, b"sound")].concat()
}

#[test]
fn ogg_keeps_its_sound_and_valid_sums() {
    let (done, after) = cleaned(&voice());
    let done = done.unwrap();
    assert_eq!((done.content_type, done.duration_ms), ("audio/ogg", Some(2000)));
    assert_eq!((done.words.title.as_str(), done.words.credit.as_str()), ("The bell", "Rosa"));
    assert!(!contains(&after, b"Rosa") && !contains(&after, b"LOCATION") && contains(&after, b"sound"));
    let starts: Vec<usize> = (0..after.len() - 4).filter(|at| after[*at..].starts_with(b"OggS")).chain([after.len()]).collect();
    assert_eq!(starts.len(), 4);
    for pair in starts.windows(2) {
        let mut page = after[pair[0]..pair[1]].to_vec();
        let sum = page[22..26].to_vec();
        page[22..26].fill(0);
        assert_eq!(checksum(&page).to_le_bytes()[..], sum);
    }
}

#[test]
fn ogg_with_moving_pictures_is_not_taken() {
    assert_eq!(cleaned(&page(2, 0, b"\x80theora\x03\x02\x01")).0, Err(Refused::UnknownRecording));
}

fn ebml(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[0x40 | (content.len() >> 8) as u8, content.len() as u8], content].concat()
}

fn clip(doc_type: &[u8]) -> Vec<u8> {
    let info = [
        ebml(&[0x2A, 0xD7, 0xB1], &1_000_000_u32.to_be_bytes()),
        ebml(&[0x44, 0x89], &2500.0_f64.to_be_bytes()),
        ebml(&[0x7B, 0xA9], b"The bell"),
        ebml(&[0x57, 0x41], b"Rosa's phone"),
    ];
    let video = [ebml(&[0xB0], &[2, 128]), ebml(&[0xBA], &[1, 224])].concat();
    let track = ebml(&[0xAE], &[ebml(&[0x83], &[1]), ebml(&[0x53, 0x6E], b"Rosa's camera"), ebml(&[0xE0], &video)].concat());
    let simple = ebml(&[0x67, 0xC8], &[ebml(&[0x45, 0xA3], b"LOCATION"), ebml(&[0x44, 0x87], PLACE)].concat());
    let segment = [
        ebml(&[0x15, 0x49, 0xA9, 0x66], &info.concat()),
        ebml(&[0x16, 0x54, 0xAE, 0x6B], &track),
        ebml(&[0x1F, 0x43, 0xB6, 0x75], b"\xA3\x8Amovingpics"),
        ebml(&[0x12, 0x54, 0xC3, 0x67], &ebml(&[0x73, 0x73], &simple)),
    ];
    [ebml(&[0x1A, 0x45, 0xDF, 0xA3], &ebml(&[0x42, 0x82], doc_type)), ebml(&[0x18, 0x53, 0x80, 0x67], &segment.concat())].concat()
}

#[test]
fn webm_keeps_its_pictures_and_loses_its_tags() {
    let clip = clip(b"webm");
    let (done, after) = cleaned(&clip);
    let done = done.unwrap();
    assert_eq!((done.video, done.content_type, done.duration_ms), (true, "video/webm", Some(2500)));
    assert_eq!((done.width, done.height, done.words.title.as_str()), (Some(640), Some(480), "The bell"));
    assert_eq!(after.len(), clip.len());
    assert!(contains(&after, b"movingpics") && !contains(&after, b"Rosa") && !contains(&after, PLACE));
    assert_eq!(cleaned(&after).0.unwrap().duration_ms, Some(2500), "still a file of its kind");
}

#[test]
fn what_is_no_recording_is_refused_in_words() {
    assert_eq!(cleaned(&clip(b"matroska")).0, Err(Refused::UnknownRecording));
    for foreign in [&b"<html><script>"[..], b"RIFF\0\0\0\0WAVE", b"", b"\0\0\0\x14ftyp"] {
        let refused = cleaned(foreign).0.unwrap_err();
        assert!(refused.to_string().contains("MP3, Ogg or M4A") || refused == Refused::BrokenRecording, "{refused}");
    }
    assert_eq!(kind(&film()[..64]), Some(Kind::Recording));
    assert_eq!(kind(b"\x89PNG\r\n\x1A\n0000"), Some(Kind::Picture));
    assert_eq!(kind(b"<svg xmlns="), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(
        start in prop::sample::select(vec![&b""[..], b"OggS\0\x02", b"ID3\x04\0\0", b"\x1A\x45\xDF\xA3", b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x40moov", b"\xFF\xFB\x90"]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let _ = unguarded(&on_disk(&[start, &rest].concat()));
    }

    #[test]
    fn mutated_recordings_never_panic_nor_grow(
        which in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..10),
        kept in 0.2_f64..1.5,
    ) {
        let mut bytes = vec![film(), song(), voice(), clip(b"webm")].swap_remove(which);
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate((bytes.len() as f64 * kept) as usize);
        let file = on_disk(&bytes);
        let _ = unguarded(&file);
        prop_assert!(file.metadata().unwrap().len() <= bytes.len() as u64);
    }
}
