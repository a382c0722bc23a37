//! Notes of an export, a group in a transaction; then what belongs to them.

use ::people::Town;
use talk::shares::whole::{Line, take_in};
use things::{
    notes::whole::{Draft, Taken, Whole, take_back, take_draft},
    polls::whole::{Ballot, take_ballot},
};
use web::Error;

use super::{Came, Export, Manner, Names, Report, broken, rows};

/// Notes written in one transaction: each is a dozen rows.
const GROUP: usize = 40;

/// Takes the notes in.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let mut reading = export.files.lines_of::<Whole>("notes.jsonl")?;
    loop {
        let mut group = Vec::with_capacity(GROUP);
        let mut ended = true;
        for row in reading.by_ref().take(GROUP) {
            ended = false;
            match row {
                Ok(mut note) => {
                    note.rename(|id| names.account(id));
                    group.push(note);
                }
                Err(error) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            }
        }
        if ended {
            break;
        }
        flush(town, group, manner, report)?;
    }
    beside(town, export, names, report)
}

fn flush(town: &Town, group: Vec<Whole>, manner: Manner, report: &mut Report) -> anyhow::Result<()> {
    let told = town.db.write_now(move |tx| {
        let mut told = Report::default();
        for note in &group {
            let name = note.id.to_string();
            match tx.attempt(|tx| take_back(tx, note)) {
                Ok(Taken::New | Taken::Updated) => told.notes += 1,
                Ok(Taken::Same) => {}
                Ok(Taken::Edited) => told.note("a note was changed here since it was exported; it stays as it is here", &name),
                Ok(Taken::Removed) => told.note("a note was deleted here and stays deleted", &name),
                Ok(Taken::Foreign) => told.note("a note has an id that names something else here", &name),
                // The disk, the database: nothing of this note's own.
                Err(error @ (Error::Full | Error::Busy)) => return Err(error),
                Err(Error::Broken(cause)) => told.note(&format!("a note could not be written: {cause}"), &name),
                Err(error) => told.note(&format!("a note was left out: it {}", error.words()), &name),
            }
        }
        if told.notes > 0 {
            // A server beside this command draws its pages anew.
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)?;
        }
        Ok(told)
    });
    report.add(told.map_err(broken)?);
    Ok(())
}

/// Drafts, who voted, what was passed on.
fn beside(town: &Town, export: &Export, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let accounts = names.clone();
    rows(town, export, "note_drafts.jsonl", report, move |tx, draft: &Draft| {
        let mut draft = Draft { author: accounts.account(draft.author), ..draft.clone() };
        draft.written.speaker = draft.written.speaker.map(|speaker| accounts.account(speaker));
        if tx.first("select 1 from accounts where id = $1", db::params![draft.author], |row| row.get::<i64>(0))?.is_none() {
            return Ok(false);
        }
        take_draft(tx, &draft)
    })?;
    let accounts = names.clone();
    rows(town, export, "ballots.jsonl", report, move |tx, ballot: &Ballot| {
        take_ballot(tx, &Ballot { by: accounts.account(ballot.by), ..ballot.clone() })
    })?;
    let accounts = names.clone();
    rows(town, export, "shares.jsonl", report, move |tx, line: &Line| {
        take_in(tx, &Line { by: accounts.account(line.by), ..line.clone() })
    })?;
    Ok(())
}
