//! Stories of an export, a group in a transaction.

use ::people::Town;
use std::sync::atomic::AtomicBool;
use things::stories::whole::{self, Parcel, Taken};
use web::Error;

use super::{Export, Manner, Names, Parcels, Progress, Report, broken, stopped};
use crate::{
    import_export::{Came, import::Outcome},
    search,
};

/// Stories written in one transaction, as many as other imports write; fewer when they are long.
const GROUP: usize = 40;
const GROUP_BYTES: usize = 8 << 20;

/// Says what would come in.
pub(super) fn look(export: &Export, report: &mut Report) -> anyhow::Result<()> {
    for parcel in Parcels::of(&export.files)? {
        match parcel.map_err(|error| format!("{error:#}")).and_then(|parcel| parcel.check().map(|()| parcel)) {
            Ok(parcel) => report.count(if parcel.story.listed.is_some() { Outcome::Published } else { Outcome::Kept }),
            Err(why) => report.left_out(&why, "a story could not be read"),
        }
    }
    Ok(())
}

/// Takes the stories in; false when somebody asked to stop before the last.
pub(super) fn restore(
    town: &Town,
    export: &Export,
    manner: Manner,
    names: &Names,
    report: &mut Report,
    tell: &dyn Fn(&Progress),
    stop: &AtomicBool,
) -> anyhow::Result<bool> {
    let total = usize::try_from(export.files.count("stories.jsonl")?).ok();
    let (mut group, mut bytes) = (Vec::new(), 0);
    for parcel in Parcels::of(&export.files)? {
        if stopped(stop) {
            flush(town, std::mem::take(&mut group), manner, report)?;
            return Ok(false);
        }
        match parcel {
            Ok(mut parcel) => {
                parcel.rename(|id| names.account(id), |id| names.section(id));
                bytes += size(&parcel);
                group.push(parcel);
            }
            Err(error) => report.left_out(&format!("{error:#}"), "a story could not be read"),
        }
        if group.len() >= GROUP || bytes >= GROUP_BYTES {
            bytes = 0;
            flush(town, std::mem::take(&mut group), manner, report)?;
            tell(&Progress { done: report.stories(), total, comments: 0 });
        }
    }
    flush(town, group, manner, report)?;
    tell(&Progress { done: report.stories(), total, comments: 0 });
    Ok(true)
}

fn size(parcel: &Parcel) -> usize {
    let copies = parcel.copies.iter().map(|copy| copy.content.body.len());
    let working = parcel.story.working.iter().filter_map(|working| working.content.as_ref()).map(|content| content.body.len());
    parcel.revisions.iter().map(|revision| revision.content.body.len()).chain(copies).chain(working).sum()
}

fn flush(town: &Town, group: Vec<Parcel>, manner: Manner, report: &mut Report) -> anyhow::Result<()> {
    if group.is_empty() {
        return Ok(());
    }
    let told = town.db.write_now(move |tx| {
        let mut told = Report::default();
        let mut changed = false;
        for parcel in &group {
            let headline = &parcel.story.headline;
            match tx.attempt(|tx| whole::take_back(tx, parcel, manner.now)) {
                Ok(taken) => {
                    changed |= matches!(taken, Taken::New | Taken::Updated);
                    count(taken, parcel, &mut told);
                }
                // The disk, the database: nothing of this story's own.
                Err(error @ (Error::Full | Error::Busy)) => return Err(error),
                Err(Error::Broken(cause)) => told.left_out(headline, &format!("could not be written: {cause}")),
                Err(error) => told.left_out(headline, &error.words()),
            }
        }
        if changed {
            // The index looks through what is new, and a server beside this command draws its pages anew.
            jobs::enqueue_once(tx, search::Sweep::KEY, &search::Sweep { before: None }, manner.now)?;
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)?;
        }
        Ok(told)
    });
    report.add(told.map_err(broken)?);
    Ok(())
}

fn count(taken: Taken, parcel: &Parcel, told: &mut Report) {
    let headline = &parcel.story.headline;
    match taken {
        Taken::New if parcel.story.listed.is_some() => told.count(Outcome::Published),
        Taken::New => told.count(Outcome::Kept),
        Taken::Updated => told.count(Outcome::Updated),
        Taken::Same => told.count(Outcome::Unchanged),
        Taken::Edited => {
            told.count(Outcome::Edited);
            told.note("changed here since it was exported; it stays as it is here", headline);
        }
        Taken::Removed => {
            told.count(Outcome::Edited);
            told.note("was deleted here and stays deleted", headline);
        }
        Taken::Foreign => told.left_out(headline, "has an id that names something else here"),
    }
}
