//! AVIF in a child of this program.
//!
//! The decoder keeps dav1d's C interface inside, and a panic that crosses it ends the process, whatever catches panics. So the program
//! that uses this crate names itself once ([`decode_with`]), and answers with [`child`] when it is started so. The child
//! finds the picture in the file `in` of its folder and leaves it, shrunk and upright, in `out`. It is
//! bounded in memory, time and output, and nothing that it writes is believed before it is measured.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
    time::{Duration, Instant},
};

use image::{DynamicImage, RgbImage, RgbaImage};

use crate::{
    Limits, Refused, avif,
    bounded::{self, Bounds, End},
    picture,
};

/// Address space of the child, in KiB. 64 megapixels of ten bits are 600 MB of planes and pixels; what the program's own code
/// and its allocator reserve comes on top.
const MEMORY: u64 = 2 << 20;
/// The largest file it may write, in blocks of 512 bytes: 128 MiB, more than the widest and tallest picture we keep.
const OUTPUT: u64 = 1 << 18;
/// Numbers before the picture on its way in (pixels, side, memory, milliseconds), of eight bytes each.
const AHEAD: usize = 4;
/// Numbers before the pixels on their way out (what it is, width, height), of four bytes each.
const BEFORE: usize = 3;

// What came out.
const RGB: u32 = 3;
const RGBA: u32 = 4;
const BROKEN: u32 = 100;
const UNUSUAL: u32 = 101;
const TOO_LARGE: u32 = 102;
const TOO_SLOW: u32 = 103;

struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

static PROGRAM: OnceLock<Program> = OnceLock::new();

/// Says once how this program is started as a decoder: with these arguments it calls nothing but [`child`]. Where nobody says it, AVIF is
/// refused.
///
/// # Errors
/// When the program cannot find itself.
pub fn decode_with(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> io::Result<()> {
    // The very file that runs, also when another has taken its place (an upgrade) or nothing has.
    let running = PathBuf::from(format!("/proc/{}/exe", std::process::id()));
    let path = if running.exists() { running } else { std::env::current_exe()? };
    let _ = PROGRAM.set(Program { path, arguments: arguments.into_iter().map(Into::into).collect() });
    Ok(())
}

/// The pixels of an AVIF file, no larger than they are kept, upright.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<DynamicImage, Refused> {
    let Some(Program { path, arguments }) = PROGRAM.get() else {
        tracing::error!("an AVIF file was refused: the program has not said how it is started as a decoder");
        return Err(Refused::Unusual);
    };
    let failed = |error: io::Error| {
        tracing::error!(%error, "the decoder for AVIF could not be run");
        Refused::Busy
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    fs::write(folder.path().join("in"), question(bytes, limits)).map_err(failed)?;
    let bounds = Bounds { memory: MEMORY, output: OUTPUT, time: limits.time };
    match bounded::run(path, arguments, folder.path(), &bounds).map_err(failed)? {
        End::Well => fs::read(folder.path().join("out")).ok().and_then(|answer| read(answer, limits)).unwrap_or(Err(Refused::Broken)),
        End::Badly => {
            tracing::warn!(bytes = bytes.len(), "the decoder for AVIF ended badly; one upload was refused for it");
            Err(Refused::Broken)
        }
        End::Late => Err(Refused::TooSlow),
    }
}

/// What the program does when it was started as a decoder: reads, decodes and writes in the folder where it stands.
#[must_use]
pub fn child() -> ExitCode {
    match answer(Path::new(".")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(folder: &Path) -> io::Result<()> {
    let question = fs::read(folder.join("in"))?;
    let (limits, bytes) = asked(&question).ok_or(io::ErrorKind::InvalidData)?;
    let deadline = Instant::now() + limits.time;
    let decoded = avif::decode(bytes, &limits).and_then(|(pixels, orientation)| picture::upright(pixels, orientation));
    let decoded = if Instant::now() > deadline { Err(Refused::TooSlow) } else { decoded };
    fs::write(folder.join("out"), written(decoded))
}

fn question(bytes: &[u8], limits: &Limits) -> Vec<u8> {
    let milliseconds = u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX);
    let numbers = [limits.pixels, u64::from(limits.side), limits.memory, milliseconds].map(u64::to_le_bytes);
    [numbers.as_flattened(), bytes].concat()
}

fn asked(question: &[u8]) -> Option<(Limits, &[u8])> {
    let (numbers, bytes) = question.split_at_checked(AHEAD * 8)?;
    let (numbers, _) = numbers.as_chunks::<8>();
    let number = |at: usize| numbers.get(at).copied().map(u64::from_le_bytes);
    let limits = Limits {
        bytes: bytes.len(),
        pixels: number(0)?,
        side: u32::try_from(number(1)?).ok()?,
        memory: number(2)?,
        time: Duration::from_millis(number(3)?),
    };
    Some((limits, bytes))
}

fn written(decoded: Result<DynamicImage, Refused>) -> Vec<u8> {
    let (what, width, height, pixels) = match decoded {
        Ok(DynamicImage::ImageRgba8(pixels)) => (RGBA, pixels.width(), pixels.height(), pixels.into_raw()),
        Ok(picture) => {
            let pixels = picture.into_rgb8();
            (RGB, pixels.width(), pixels.height(), pixels.into_raw())
        }
        Err(Refused::TooManyPixels { width, height, .. }) => (TOO_LARGE, width, height, Vec::new()),
        Err(Refused::Unusual) => (UNUSUAL, 0, 0, Vec::new()),
        Err(Refused::TooSlow) => (TOO_SLOW, 0, 0, Vec::new()),
        Err(_) => (BROKEN, 0, 0, Vec::new()),
    };
    [[what, width, height].map(u32::to_le_bytes).as_flattened(), &pixels].concat()
}

/// `None` when it is not what a sound child writes.
fn read(mut answer: Vec<u8>, limits: &Limits) -> Option<Result<DynamicImage, Refused>> {
    if answer.len() < BEFORE * 4 {
        return None;
    }
    let pixels = answer.split_off(BEFORE * 4);
    let (numbers, _) = answer.as_chunks::<4>();
    let number = |at: usize| numbers.get(at).copied().map(u32::from_le_bytes);
    let (what, width, height) = (number(0)?, number(1)?, number(2)?);
    if matches!(what, RGB | RGBA) && (width == 0 || height == 0 || width > picture::WIDTHS[0]) {
        return None;
    }
    Some(match what {
        RGB => Ok(DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels)?)),
        RGBA => Ok(DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, pixels)?)),
        TOO_LARGE => Err(Refused::TooManyPixels { width, height, pixels: limits.pixels, side: limits.side }),
        UNUSUAL => Err(Refused::Unusual),
        TOO_SLOW => Err(Refused::TooSlow),
        _ => Err(Refused::Broken),
    })
}
