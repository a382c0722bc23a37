//! Taking in: the same for every format.

mod comments;
mod finder;
mod people;
mod ready;
mod report;
mod sections;
mod store;
mod write;

pub use finder::{Download, Finder};
pub(in crate::import_export) use people::free_handle;
pub(in crate::import_export) use ready::digest_of_old;
pub use report::{Outcome, Progress, Report};

use ::people::Town;
use anyhow::Context as _;
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use super::item::{Found, Item, Source};
use comments::Said;
use ready::Ready;
use store::Known;

/// Stories written in one transaction: few enough that readers' own changes do not wait long behind them.
const GROUP: usize = 40;
/// Comments that are held until the stories they are under are written.
const HELD: usize = 2_000;

/// How to take in.
pub struct Wanted {
    /// Where pictures may be found before they are downloaded.
    pub media: Option<PathBuf>,
    /// The section for stories without one, by its name or slug; made when missing.
    pub section: Option<String>,
    /// The handle of whoever wrote what nobody is named for.
    pub author: Option<String>,
    /// Only say what would be taken in.
    pub dry_run: bool,
    /// How pictures are fetched that are in no folder.
    pub download: Option<Box<Download>>,
}

/// Takes a source in. Blocking; for a command's own thread. `stop` ends it after the stories that are being written.
///
/// # Errors
/// When the source cannot be read or the database cannot be written; what was written before is kept.
pub fn take_in(
    town: &Town,
    source: &mut dyn Source,
    wanted: &Wanted,
    tell: &dyn Fn(&Progress),
    stop: &AtomicBool,
) -> anyhow::Result<Report> {
    let name = source.name();
    let (known, known_remarks) = {
        let name = name.clone();
        let both = move |tx: &mut db::Tx| Ok::<_, db::Error>((store::known(tx, &name, "story")?, store::known(tx, &name, "remarks")?));
        town.db.read_now(both).context("what came in before")?
    };
    let mut roots = source.roots();
    roots.extend(wanted.media.clone());
    let finder = Finder::new(town, roots, wanted.media.clone(), wanted.download.as_deref());
    let rules = write::Rules::of(town, &name, wanted)?;
    let mut taking = Taking {
        town,
        name,
        rules,
        finder,
        known,
        known_remarks,
        group: Vec::new(),
        said: Vec::new(),
        held: 0,
        seen: HashMap::new(),
        report: Report::default(),
        dry: wanted.dry_run,
    };
    taking.report.source.clone_from(&taking.name);
    let total = source.count();
    let result = source.read(&mut |found| {
        if stop.load(Ordering::Relaxed) {
            anyhow::bail!(Stopped);
        }
        taking.take(found)?;
        tell(&taking.progress(total));
        Ok(())
    });
    // What was read before the source ended, however it did, is in.
    taking.flush()?;
    let stopped = result.as_ref().is_err_and(anyhow::Error::is::<Stopped>);
    if !stopped {
        result?;
    }
    tell(&taking.progress(total));
    taking.report.stopped = stopped;
    Ok(taking.report)
}

/// Somebody asked to stop.
#[derive(Debug)]
struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

struct Taking<'a> {
    town: &'a Town,
    name: String,
    rules: write::Rules,
    finder: Finder<'a>,
    known: HashMap<String, Known>,
    /// The stories of which all comments are in.
    known_remarks: HashMap<String, Known>,
    group: Vec<Ready>,
    /// What was said under these stories, and under others that are in already.
    said: Vec<Said>,
    /// How many comments that are.
    held: usize,
    /// Items of this run, so that two of one id do not overwrite each other.
    seen: HashMap<String, String>,
    report: Report,
    dry: bool,
}

impl Taking<'_> {
    fn take(&mut self, found: Found) -> anyhow::Result<()> {
        match found {
            Found::LeftOut { what, why } => self.report.left_out(&what, &why),
            Found::Page { address, path } if !self.dry => {
                let now = self.town.now();
                let target = crate::old_addresses::Target::Page(path.to_owned());
                let kept = self.town.db.write_now(move |tx| crate::old_addresses::keep(tx, &address, &target, now))?;
                self.report.redirects += u64::from(kept);
            }
            Found::Page { .. } => {}
            Found::Story(item) => self.story(*item)?,
        }
        Ok(())
    }

    fn progress(&self, total: Option<usize>) -> Progress {
        Progress { done: self.report.stories(), total, comments: self.report.comments }
    }

    fn story(&mut self, mut item: Item) -> anyhow::Result<()> {
        let (key, title) = (store::key(&item.key), item.title.clone());
        if let Some(before) = self.seen.insert(key.clone(), title.clone()) {
            self.report.left_out(&title, &format!("has the same id as “{before}”"));
            return Ok(());
        }
        let digest = ready::digest(&item);
        let is_same = |known: &Known| known.missing == 0 && (known.digest == digest || known.digest == digest_of_old(&item));
        let unchanged = self.known.get(&key).is_some_and(is_same);
        if let Some(said) = Said::of(&mut item, &key).filter(|said| !said.is_known(&self.known_remarks)) {
            if self.dry {
                said.would(&mut self.report);
            } else {
                self.held += said.len();
                self.said.push(said);
            }
        }
        if unchanged {
            self.report.count(Outcome::Unchanged);
            return self.flush_if_enough();
        }
        let finder = if self.dry { None } else { Some(&mut self.finder) };
        match ready::prepare(item, key, digest, finder, &mut self.report) {
            Ok(ready) if self.dry => self.report.would(&ready),
            Ok(ready) => {
                self.group.push(ready);
                self.flush_if_enough()?;
            }
            Err(why) => self.report.left_out(&title, &why),
        }
        Ok(())
    }

    /// Writes what was gathered, if it is enough.
    fn flush_if_enough(&mut self) -> anyhow::Result<()> {
        if self.group.len() >= GROUP || self.held >= HELD { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if !self.group.is_empty() {
            let (group, rules, now) = (std::mem::take(&mut self.group), self.rules.clone(), self.town.now());
            let told = self.town.db.write_now(move |tx| write::group(tx, &group, &rules, now)).map_err(crate::import_export::broken)?;
            self.report.add(told);
        }
        self.held = 0;
        comments::bring(self.town, std::mem::take(&mut self.said), &self.rules, &mut self.report)
    }
}
