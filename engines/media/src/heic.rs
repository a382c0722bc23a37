//! HEIC, through the decoder of the system (`heif-dec` or `heif-convert` of libheif), where there is one.
//!
//! HEVC is encumbered by patents and its decoders are large C, so none is built in. The system's runs as a process of its own
//! with limits of time, memory and size of output, on a file in a folder of its own, without the environment of ours.

use std::path::{Path, PathBuf};

use crate::{
    Limits, Refused,
    bounded::{self, Bounds, End},
    boxes,
};

/// Address space of the decoder, in KiB: 64 megapixels at three bytes, several times over.
const MEMORY: u64 = 1 << 20;
/// The largest file it may write, in blocks of 512 bytes: 128 MiB of JPEG.
const OUTPUT: u64 = 1 << 18;
const PROGRAMS: [&str; 2] = ["heif-dec", "heif-convert"];

/// The picture as JPEG, upright, with the words that were in it.
pub(crate) fn to_jpeg(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refused> {
    let program = program().ok_or(Refused::Heic)?;
    convert(&program, bytes, limits)
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    PROGRAMS.iter().find_map(|name| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// The same with a given program.
pub(crate) fn convert(program: &Path, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refused> {
    check(bytes, limits)?;
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    let (from, to) = (folder.path().join("in.heic"), folder.path().join("out.jpg"));
    std::fs::write(&from, bytes).map_err(|error| failed(&error))?;
    let bounds = Bounds { memory: MEMORY, output: OUTPUT, time: limits.time };
    match bounded::run(program, &["-q", "95", "in.heic", "out.jpg"], folder.path(), &bounds).map_err(|error| failed(&error))? {
        End::Well => {}
        End::Badly => return Err(Refused::Broken),
        End::Late => return Err(Refused::TooSlow),
    }
    // A file of several pictures becomes out-1.jpg and so on: the first is meant.
    let first = [to, folder.path().join("out-1.jpg")].into_iter().find(|file| file.is_file()).ok_or(Refused::Broken)?;
    std::fs::read(first).map_err(|error| failed(&error))
}

/// The largest size that any picture of the file declares (ISO/IEC 23008-12 §6.5.3).
fn check(bytes: &[u8], limits: &Limits) -> Result<(), Refused> {
    let properties = boxes::first(bytes, b"meta", 0, bytes.len())
        .and_then(|meta| boxes::first(bytes, b"iprp", meta.content + 4, meta.end))
        .and_then(|iprp| boxes::first(bytes, b"ipco", iprp.content, iprp.end))
        .ok_or(Refused::Broken)?;
    for size in boxes::inside(bytes, properties.content, properties.end).filter(|property| &property.kind == b"ispe") {
        let side =
            |at: usize| bytes.get(size.content + at..size.content + at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
        let (Some(width), Some(height)) = (side(4), side(8)) else { return Err(Refused::Broken) };
        if width.max(height) > limits.side || u64::from(width) * u64::from(height) > limits.pixels {
            return Err(Refused::TooManyPixels { width, height, pixels: limits.pixels, side: limits.side });
        }
    }
    Ok(())
}

fn failed(error: &std::io::Error) -> Refused {
    tracing::error!(%error, "the decoder for HEIC could not be run");
    Refused::Heic
}
