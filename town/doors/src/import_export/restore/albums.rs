//! Albums of an export, a group in a transaction.

use ::people::Town;
use things::albums::whole::{Taken, Whole, take_back};
use web::Error;

use super::{Came, Export, Manner, Names, Report, broken};

/// Albums written in one transaction: as many rows as forty stories are, with their pictures.
const GROUP: usize = 20;

/// Takes the albums in.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let mut reading = export.files.lines_of::<Whole>("albums.jsonl")?;
    loop {
        let mut group = Vec::with_capacity(GROUP);
        let mut ended = true;
        for row in reading.by_ref().take(GROUP) {
            ended = false;
            match row {
                Ok(mut album) => {
                    album.rename(|id| names.account(id));
                    group.push(album);
                }
                Err(error) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            }
        }
        if ended {
            return Ok(());
        }
        flush(town, group, manner, report)?;
    }
}

fn flush(town: &Town, group: Vec<Whole>, manner: Manner, report: &mut Report) -> anyhow::Result<()> {
    let told = town.db.write_now(move |tx| {
        let mut told = Report::default();
        for album in &group {
            let name = if album.title.is_empty() { album.id.to_string() } else { album.title.clone() };
            match tx.attempt(|tx| take_back(tx, album)) {
                Ok(Taken::New | Taken::Updated) => told.albums += 1,
                Ok(Taken::Same) => {}
                Ok(Taken::Edited) => told.note("an album was changed here since it was exported; it stays as it is here", &name),
                Ok(Taken::Removed) => told.note("an album was deleted here and stays deleted", &name),
                Ok(Taken::Foreign) => told.note("an album has an id that names something else here", &name),
                // The disk, the database: nothing of this album's own.
                Err(error @ (Error::Full | Error::Busy)) => return Err(error),
                Err(Error::Broken(cause)) => told.note(&format!("an album could not be written: {cause}"), &name),
                Err(error) => told.note(&format!("an album was left out: it {}", error.words()), &name),
            }
        }
        if told.albums > 0 {
            // A server beside this command draws its pages anew.
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)?;
        }
        Ok(told)
    });
    report.add(told.map_err(broken)?);
    Ok(())
}
