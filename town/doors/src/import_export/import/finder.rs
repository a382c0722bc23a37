//! Pictures of stories that come in: from folders, else from the web; each once, bounded in size and number.

use ::people::{
    Town,
    pictures::{Picture, Words, keep_now},
};
use std::{
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
};
use url::Url;

use super::store;

/// Fetches what is at an address. The error says why not, in words.
pub type Download = dyn Fn(&Url) -> Result<Vec<u8>, String>;

/// Pictures of one run; a site with more is taken in by parts.
const MAX_PICTURES: usize = 100_000;

/// A picture that is in the store.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub picture: Picture,
    /// Whether this run took it.
    pub fresh: bool,
    /// The address it was found under.
    pub address: String,
}

/// Finds pictures.
pub struct Finder<'a> {
    town: &'a Town,
    roots: Vec<PathBuf>,
    media: Option<PathBuf>,
    download: Option<&'a Download>,
    found: HashMap<String, Result<Taken, String>>,
    limits: media::Limits,
}

impl<'a> Finder<'a> {
    /// A finder that looks into these folders and below, and nowhere else on the disk.
    pub fn new(town: &'a Town, roots: Vec<PathBuf>, media: Option<PathBuf>, download: Option<&'a Download>) -> Self {
        let roots = roots.into_iter().filter_map(|root| root.canonicalize().ok()).collect();
        Self { town, roots, media, download, found: HashMap::new(), limits: media::Limits::default() }
    }

    /// The picture at an address or a path; the error says why there is none.
    pub(super) fn find(&mut self, src: &str, folder: Option<&Path>) -> Result<Taken, String> {
        let address = match folder.filter(|_| Url::parse(src).is_err() && !src.starts_with('/')) {
            Some(folder) => format!("{}/{src}", folder.display()),
            None => src.to_owned(),
        };
        if let Some(found) = self.found.get(&address) {
            return found.clone();
        }
        if self.found.len() >= MAX_PICTURES {
            return Err("there are more pictures than one run takes".into());
        }
        let found = self.look_up(&address).map_or_else(|| self.take(src, &address, folder), Ok);
        // Taken once, counted once.
        self.found.insert(address, found.clone().map(|taken| Taken { fresh: false, ..taken }));
        found
    }

    /// A picture that an earlier run took.
    fn look_up(&self, address: &str) -> Option<Taken> {
        let wanted = address.to_owned();
        let found = self.town.db.read_now(move |tx| {
            let Some(key) = store::picture_of(tx, &wanted)? else { return Ok::<_, db::Error>(None) };
            ::people::pictures::find(tx, &key)
        });
        let picture = found.ok().flatten()?;
        // The stories of that run may be gone: its week begins anew.
        self.expect(&picture.key).ok()?;
        Some(Taken { picture, fresh: false, address: address.to_owned() })
    }

    fn take(&self, src: &str, address: &str, folder: Option<&Path>) -> Result<Taken, String> {
        // Systems make smaller copies, `a-300x200.jpg`; the picture itself is better.
        let whole = unscaled(src);
        let bytes = match whole.as_deref().and_then(|src| self.file(src, folder)).or_else(|| self.file(src, folder)) {
            Some(path) => self.read(&path)?,
            None => whole.and_then(|src| self.fetch(&src).ok()).map_or_else(|| self.fetch(src), Ok)?,
        };
        let done = media::process(&bytes, &self.limits).map_err(|refused| refused.to_string())?;
        self.expect(&done.key)?;
        keep_now(&self.town.media, &done).map_err(|error| format!("the picture could not be stored: {error}"))?;
        let name = src.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).map(decoded).unwrap_or_default();
        let picture = Picture {
            key: done.key,
            width: done.width.into(),
            height: done.height.into(),
            colour: done.colour,
            blur: done.blur,
            bytes: done.variants.iter().map(|variant| i64::try_from(variant.bytes.len()).unwrap_or(0)).sum(),
            words: Words::read(&done.words, &name),
            ..Picture::default()
        };
        Ok(Taken { picture, fresh: true, address: address.to_owned() })
    }

    /// Its files are about to be stored, its row to be written.
    fn expect(&self, key: &str) -> Result<(), String> {
        let (key, now) = (key.to_owned(), self.town.now());
        match self.town.db.write_now(move |tx| ::people::removals::expect(tx, &key, now)) {
            Ok(true) => Ok(()),
            Ok(false) => Err("an old copy of the picture is just being removed; the next run takes it".into()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
        if size > self.limits.bytes as u64 {
            return Err(format!("the picture has {} MB, more than {}", size >> 20, self.limits.bytes >> 20));
        }
        fs::read(path).map_err(|error| error.to_string())
    }

    fn fetch(&self, src: &str) -> Result<Vec<u8>, String> {
        let url = Url::parse(src).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or("there is no such file")?;
        let download = self.download.ok_or("pictures are not downloaded: name their folder with --media")?;
        download(&url)
    }

    /// The file for an address or a path, if one of the folders has it.
    fn file(&self, src: &str, folder: Option<&Path>) -> Option<PathBuf> {
        let (path, on_web) = match Url::parse(src) {
            Ok(url) if url.has_host() => (decoded(url.path()), true),
            _ => (decoded(src.split(['?', '#']).next().unwrap_or(src)), false),
        };
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty() && *segment != ".").collect();
        // Of `/wp-content/uploads/2020/01/a.jpg` a folder may hold all or only the end.
        let ends = || self.media.as_deref().and_then(|media| (0..segments.len()).find_map(|start| self.inside(media, &segments[start..])));
        if on_web {
            return ends();
        }
        let beside = folder.filter(|_| !path.starts_with('/')).and_then(|folder| self.inside(folder, &segments));
        beside.or_else(|| self.roots.iter().find_map(|root| self.inside(root, &segments))).or_else(ends)
    }

    /// A file below a folder that is below one of the roots, whatever links and dots lead there.
    fn inside(&self, folder: &Path, segments: &[&str]) -> Option<PathBuf> {
        let relative: PathBuf = segments.iter().collect();
        if relative.components().any(|part| matches!(part, Component::RootDir | Component::Prefix(_))) {
            return None;
        }
        let path = folder.join(relative).canonicalize().ok()?;
        (path.is_file() && self.roots.iter().any(|root| path.starts_with(root))).then_some(path)
    }
}

/// The address of a picture without the size at the end of its name.
fn unscaled(src: &str) -> Option<String> {
    let (stem, extension) = src.rsplit_once('.').filter(|(_, extension)| extension.len() <= 5)?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(width) && number(height)).then(|| format!("{name}.{extension}"))
}

fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let value = path.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(value.unwrap_or(*byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).replace('\0', "")
}
