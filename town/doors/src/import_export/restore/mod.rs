//! Restore: an export of this program read back, without loss.
//!
//! Ids are kept, so every address goes on working, and an id says whether something is here already: running again goes
//! on where it was, and doubles nothing. Into a database without a site the export brings everything: the site itself,
//! its levels, who may do what; the site is written last, so a run that was cut off is known. Beside what is there it
//! merges: people are the same by id, address or handle, sections by id or slug, nobody comes to be more than an author,
//! and what anybody changed here stays.

mod albums;
mod comments;
mod connections;
mod identity;
mod media;
mod mentions;
mod moderation;
mod notes;
mod numbers;
mod people;
mod reviews;
mod sections;
mod store;
mod stories;
#[cfg(test)]
pub(crate) mod tests;

use ::people::{AccountId, Town, organizations::whole as organizations, profiles::whole as profiles, safety::whole as safety};
use anyhow::Context as _;
use std::{
    collections::HashMap,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};
use talk::{PostId, context::whole as contexts, reactions::whole as reactions};
use things::sections::SectionId;

use super::{
    Came, broken,
    export::{
        FORMAT, Files, Parcels, VERSION,
        rows::{AddressRow, FrontRow, Gatherer, Head, NamedRow, OriginRow, RemarkRow, SavedRow, SiteRow},
    },
    import::{Progress, Report},
};

/// Small rows written in one transaction.
const GROUP: usize = 200;

/// The folder of an export.
#[derive(Clone, Debug)]
pub struct Export {
    files: Files,
    head: Head,
}

impl Export {
    /// Whether a folder holds one.
    pub fn is_in(folder: &Path) -> bool {
        Files::in_folder(folder).read_one::<Head>("ocotillo.json").is_ok_and(|head| head.format == FORMAT)
    }

    /// Opens one.
    ///
    /// # Errors
    /// When the folder holds none, or one of a later program.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let files = Files::in_folder(folder);
        let head: Head = files.read_one("ocotillo.json")?;
        anyhow::ensure!(head.format == FORMAT, "{} is no export of Ocotillo", folder.display());
        anyhow::ensure!(
            head.version <= VERSION,
            "the export is of version {}, and this program reads up to {VERSION}: use a newer program",
            head.version
        );
        Ok(Self { files, head })
    }

    /// Whether it is of a whole site, and not what one person has of it.
    pub fn is_of_site(&self) -> bool {
        self.head.of == "site"
    }
}

/// Ids here of what has another id in the export.
#[derive(Clone, Debug, Default)]
struct Names {
    accounts: HashMap<AccountId, AccountId>,
    sections: HashMap<SectionId, SectionId>,
}

impl Names {
    fn account(&self, id: AccountId) -> AccountId {
        self.accounts.get(&id).copied().unwrap_or(id)
    }

    fn section(&self, id: SectionId) -> SectionId {
        self.sections.get(&id).copied().unwrap_or(id)
    }
}

/// How a run restores.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Whether there is no site yet, so that the export is to become one.
    fresh: bool,
    now: i64,
}

/// Reads an export back. Blocking; for a command's own thread. `stop` ends it after the stories that are being written.
///
/// # Errors
/// When the export cannot be read or the database cannot be written; what was written before is kept.
pub fn restore(town: &Town, export: &Export, dry_run: bool, tell: &dyn Fn(&Progress), stop: &AtomicBool) -> anyhow::Result<Report> {
    let manner = Manner { fresh: !town.is_set_up(), now: town.now() };
    anyhow::ensure!(!manner.fresh || export.is_of_site(), "the site is not set up yet, and the export is of one person");
    let mut report = Report { source: format!("{} ({})", export.head.origin, export.head.of), ..Report::default() };
    if dry_run {
        report.dry_run = true;
        stories::look(export, &mut report)?;
        return Ok(report);
    }
    let site: Option<SiteRow> = manner.fresh.then(|| export.files.read_one("site.json")).transpose()?;
    if let Some(site) = site.clone() {
        town.db.write_now(move |tx| store::levels(tx, &site))?;
    }
    let looks = if manner.fresh { identity::begin(town, export)? } else { None };
    let mut names = Names::default();
    people::restore(town, export, manner, &mut names, &mut report)?;
    sections::restore(town, export, &mut names, &mut report)?;
    media::restore(town, export, manner, &names, &mut report)?;
    // Before what is posted, which comes into the feeds of neighbours.
    let accounts = names.clone();
    rows(town, export, "profiles.jsonl", &mut report, move |tx, line: &profiles::Line| {
        let line = profiles::Line { account: accounts.account(line.account), ..line.clone() };
        if connections::is_account(tx, line.account)? { profiles::put(tx, &line, manner.now) } else { Ok(false) }
    })?;
    let accounts = names.clone();
    rows(town, export, "organizations.jsonl", &mut report, move |tx, line: &organizations::Line| {
        put_organization(tx, line, &accounts, manner)
    })?;
    for of in [Gatherer::Topics, Gatherer::Places] {
        rows(town, export, of.file(), &mut report, move |tx, row: &NamedRow| store::gathering(tx, of, row))?;
    }
    // Before the stories, which show them.
    albums::restore(town, export, manner, &names, &mut report)?;
    if !stories::restore(town, export, manner, &names, &mut report, tell, stop)? {
        report.stopped = true;
        return Ok(report);
    }
    notes::restore(town, export, manner, &names, &mut report)?;
    // After all that they may be under.
    comments::restore(town, export, manner, &names, &mut report)?;
    reviews::restore(town, export, manner, &names, &mut report)?;
    beside(town, export, manner, &names, &mut report)?;
    if let Some(site) = site {
        // Exports of older programs say nothing of it.
        let set = export.files.lines_of::<safety::Site>("safety.jsonl")?.next().and_then(Result::ok);
        town.db.write_now(move |tx| {
            store::site(tx, &site)?;
            if let Some(set) = &set {
                safety::put_site(tx, set, manner.now)?;
            }
            if let Some(looks) = &looks {
                identity::end(tx, looks, manner.now)?;
            }
            // A server that waited for somebody to set the site up need not wait any longer.
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)
        })?;
    }
    Ok(report)
}

/// An organization with its page, before the reviews that are under it.
fn put_organization(tx: &mut db::Tx, line: &organizations::Line, names: &Names, manner: Manner) -> Result<bool, db::Error> {
    let person =
        |person: &organizations::PersonLine| organizations::PersonLine { account: names.account(person.account), ..person.clone() };
    let people = line.people.iter().map(person).collect();
    let line = organizations::Line { account: names.account(line.account), people, ..line.clone() };
    let new = organizations::put(tx, &line, manner.fresh)?;
    if new {
        things::organizations::bring(tx, line.account, line.page.map(|page| PostId::new(page.get())), line.created)?;
    }
    Ok(new)
}

/// What leads to stories and came with them.
fn beside(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let accounts = names.clone();
    let kept = rows(town, export, "addresses.jsonl", report, move |tx, row: &AddressRow| store::address(tx, row, &accounts))?;
    report.redirects += kept;
    let accounts = names.clone();
    rows(town, export, "origins.jsonl", report, move |tx, row: &OriginRow| store::origin(tx, row, &accounts))?;
    report.remarks += rows(town, export, "remarks.jsonl", report, move |tx, row: &RemarkRow| store::remark(tx, row))?;
    reacted(town, export, manner, names, report)?;
    context(town, export, manner, names, report)?;
    connections::restore(town, export, manner, names, report)?;
    identity::of_people(town, export, manner, names, report)?;
    mentions::restore(town, export, manner, names, report)?;
    moderation::restore(town, export, manner, names, report)?;
    numbers::restore(town, export, manner, names, report)?;
    if manner.fresh {
        let accounts = names.clone();
        rows(town, export, "front_pages.jsonl", report, move |tx, row: &FrontRow| store::front_page(tx, row, &accounts))?;
    }
    if let Some(account) = export.head.account.map(|account| names.account(account)) {
        rows(town, export, "saved.jsonl", report, move |tx, row: &SavedRow| store::saved(tx, account, row))?;
    }
    Ok(())
}

/// Who reacted to what, and with what. Posts of every kind are here by now.
fn reacted(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    if manner.fresh && export.files.count("reaction_kinds.jsonl")? > 0 {
        town.db.write_now(reactions::forget_kinds)?;
    }
    rows(town, export, "reaction_kinds.jsonl", report, |tx, line: &reactions::KindLine| reactions::take_kind(tx, line))?;
    let accounts = names.clone();
    rows(town, export, "reactions.jsonl", report, move |tx, line: &reactions::Line| {
        reactions::take_in(tx, &reactions::Line { by: accounts.account(line.by), ..line.clone() })
    })?;
    Ok(())
}

/// What readers added to posts, and what others say of it. Which is shown is judged here.
fn context(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let accounts = names.clone();
    rows(town, export, "contexts.jsonl", report, move |tx, line: &contexts::Line| {
        contexts::take_in(tx, &contexts::Line { by: accounts.account(line.by), ..line.clone() }, manner.now)
    })?;
    let accounts = names.clone();
    rows(town, export, "context_ratings.jsonl", report, move |tx, line: &contexts::RatingLine| {
        contexts::take_rating(tx, &contexts::RatingLine { by: accounts.account(line.by), ..line.clone() }, manner.now)
    })?;
    Ok(())
}

/// Writes the rows of a file in groups; answers how many were new. A line that is not understood is passed over and told.
fn rows<T>(
    town: &Town,
    export: &Export,
    file: &'static str,
    report: &mut Report,
    put: impl Fn(&mut db::Tx, &T) -> Result<bool, db::Error> + Clone + Send + 'static,
) -> anyhow::Result<u64>
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    let (mut group, mut new) = (Vec::new(), 0);
    let mut reading = export.files.lines_of::<T>(file)?;
    loop {
        let row = reading.next();
        let ended = row.is_none();
        match row {
            Some(Ok(row)) => group.push(row),
            Some(Err(error)) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            None => {}
        }
        if group.len() >= GROUP || (ended && !group.is_empty()) {
            let (group, put) = (std::mem::take(&mut group), put.clone());
            new += town
                .db
                .write_now(move |tx| group.iter().try_fold(0, |new, row| Ok::<_, db::Error>(new + u64::from(put(tx, row)?))))
                .with_context(|| file.to_owned())?;
        }
        if ended {
            return Ok(new);
        }
    }
}

fn stopped(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}
