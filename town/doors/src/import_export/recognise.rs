//! Which format something is in, by what is in it.

use anyhow::{Context as _, bail};
use jiff::tz::TimeZone;
use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    str::FromStr,
};
use url::Url;

use super::{
    export::FORMAT, feed::Feed, folder::Folder, ghost::Ghost, import::Download, item::Source, restore::Export, substack::Substack, unpack,
    wordpress::WordPress,
};

/// Bytes of a file that are looked at.
const LOOK: u64 = 256 * 1024;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// WordPress's export file (WXR).
    WordPress,
    /// Ghost's export (JSON).
    Ghost,
    /// Substack's export (a zip file, or the folder in it).
    Substack,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A folder of Markdown or HTML files.
    Folder,
    /// What `ocotillo export` wrote, a folder or a zip file.
    Ocotillo,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::WordPress, Self::Ghost, Self::Substack, Self::Feed, Self::Folder, Self::Ocotillo];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::WordPress => "wordpress",
            Self::Ghost => "ghost",
            Self::Substack => "substack",
            Self::Feed => "feed",
            Self::Folder => "folder",
            Self::Ocotillo => "ocotillo",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| format!("there is no format “{name}”; the formats are {}", names()))
    }
}

/// What was opened.
pub enum Opened {
    /// What another system holds.
    Source(Box<dyn Source>),
    /// What this program exported.
    Export(Export),
}

/// Whether somebody named an export of a whole site, which may become a site where there is none. What cannot be read is
/// told by [`open`].
pub fn is_site(named: &str) -> bool {
    let path = Path::new(named);
    if path.is_dir() {
        return Export::open(path).is_ok_and(|export| export.is_of_site());
    }
    path.is_file()
        && begins_as_zip(path).unwrap_or(false)
        && unpack::head(path).is_some_and(|head| head.format == FORMAT && head.of == "site")
}

/// Opens what somebody named, a path or the address of a feed. `address` is where the site was, for exports that do not say.
/// `workshop` is a folder in which an archive may be unpacked; what is made there goes with
/// the guard that comes back.
///
/// # Errors
/// When it cannot be read, or is in no format that is known.
pub fn open(
    named: &str,
    format: Option<Format>,
    address: Option<&str>,
    zone: &TimeZone,
    workshop: &Path,
    download: Option<&Download>,
) -> anyhow::Result<(Opened, Option<tempfile::TempDir>)> {
    if named.starts_with("https://") || named.starts_with("http://") {
        anyhow::ensure!(matches!(format, None | Some(Format::Feed)), "only feeds are read from the web; download the file first");
        let url = Url::parse(named).with_context(|| format!("{named} is no address"))?;
        let download = download.context("feeds are not downloaded here; download the file first")?;
        let bytes = download(&url).map_err(|why| anyhow::anyhow!("{named}: {why}"))?;
        return Ok((Opened::Source(Box::new(Feed::read(&bytes, Some(named), zone)?)), None));
    }
    let path = PathBuf::from(named);
    let about = std::fs::metadata(&path).with_context(|| format!("{named} cannot be read"))?;
    let name = path
        .canonicalize()
        .ok()
        .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
        .unwrap_or_else(|| named.to_owned());
    if about.is_file() && begins_as_zip(&path)? {
        let folder = unpack::unpack(&path, workshop)?;
        let inner = unpack::inner(folder.path());
        let source = open_path(&inner, &name, format, address, zone)?;
        return Ok((source, Some(folder)));
    }
    Ok((open_path(&path, &name, format, address, zone)?, None))
}

fn open_path(path: &Path, name: &str, format: Option<Format>, address: Option<&str>, zone: &TimeZone) -> anyhow::Result<Opened> {
    let format = match format {
        Some(format) => format,
        None => recognise(path)?,
    };
    Ok(Opened::Source(match format {
        Format::Ocotillo => return Ok(Opened::Export(Export::open(path)?)),
        Format::WordPress => Box::new(WordPress::open(path, zone.clone())?),
        Format::Ghost => Box::new(Ghost::open(path, address, zone.clone())?),
        Format::Substack => Box::new(Substack::open(path, zone.clone())?),
        Format::Feed => Box::new(Feed::open(path, zone)?),
        Format::Folder => Box::new(Folder::open(path, name, zone.clone())?),
    }))
}

fn begins_as_zip(path: &Path) -> anyhow::Result<bool> {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read(&mut start)).with_context(|| path.display().to_string())?;
    Ok(read == 4 && (start == *b"PK\x03\x04" || start == *b"PK\x05\x06"))
}

fn recognise(path: &Path) -> anyhow::Result<Format> {
    if path.is_dir() && Export::is_in(path) {
        return Ok(Format::Ocotillo);
    }
    if path.is_dir() {
        return Ok(if path.join("posts.csv").is_file() { Format::Substack } else { Format::Folder });
    }
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut start)).with_context(|| path.display().to_string())?;
    let start = String::from_utf8_lossy(&start);
    if start.contains("wordpress.org/export/") {
        return Ok(Format::WordPress);
    }
    let trimmed = start.trim_start_matches('\u{feff}').trim_start();
    if trimmed.starts_with('{') {
        return Ok(if start.contains("jsonfeed.org/version") { Format::Feed } else { Format::Ghost });
    }
    if ["<rss", "<feed", "<rdf:RDF"].iter().any(|start_of_feed| trimmed.contains(start_of_feed)) {
        return Ok(Format::Feed);
    }
    bail!("{} is in no format that is known; say which with --from: {}", path.display(), Format::ALL.map(Format::name).join(", "))
}
