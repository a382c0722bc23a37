//! Comments of an export, a group in a transaction; then what holds under posts, and who wants to hear of what.

use ::people::Town;
use talk::comments::whole::{Chosen, Ruled, WaitingLine, Whole, take_back, take_chosen, take_ruled, take_waiting};
use things::notes::whole::Taken;
use web::Error;

use super::{Came, Export, Manner, Names, Report, broken, rows};

/// Comments written in one transaction: each is a few rows.
const GROUP: usize = 100;

/// Takes the comments in. They are in the order in which they were written: what one answers is there before it.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let mut reading = export.files.lines_of::<Whole>("comments.jsonl")?;
    loop {
        let mut group = Vec::with_capacity(GROUP);
        let mut ended = true;
        for row in reading.by_ref().take(GROUP) {
            ended = false;
            match row {
                Ok(comment) => group.push(Whole { author: names.account(comment.author), ..comment }),
                Err(error) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            }
        }
        if ended {
            break;
        }
        flush(town, group, manner, report)?;
    }
    let accounts = names.clone();
    rows(town, export, "waiting_comments.jsonl", report, move |tx, line: &WaitingLine| {
        take_waiting(tx, &WaitingLine { author: accounts.account(line.author), ..line.clone() })
    })?;
    rows(town, export, "conversations.jsonl", report, |tx, line: &Ruled| take_ruled(tx, line))?;
    let accounts = names.clone();
    rows(town, export, "conversation_choices.jsonl", report, move |tx, line: &Chosen| {
        take_chosen(tx, &Chosen { account: accounts.account(line.account), ..line.clone() })
    })?;
    Ok(())
}

fn flush(town: &Town, group: Vec<Whole>, manner: Manner, report: &mut Report) -> anyhow::Result<()> {
    let told = town.db.write_now(move |tx| {
        let mut told = Report::default();
        for comment in &group {
            let name = comment.id.to_string();
            match tx.attempt(|tx| take_back(tx, comment)) {
                Ok(Taken::New | Taken::Updated) => told.comments += 1,
                Ok(Taken::Same) => {}
                Ok(Taken::Edited) => told.note("a comment was changed here since it was exported; it stays as it is here", &name),
                Ok(Taken::Removed) => told.note("a comment was deleted here and stays deleted", &name),
                Ok(Taken::Foreign) => told.note("a comment has an id that names something else here", &name),
                // The disk, the database: nothing of this comment's own.
                Err(error @ (Error::Full | Error::Busy)) => return Err(error),
                Err(Error::Broken(cause)) => told.note(&format!("a comment could not be written: {cause}"), &name),
                Err(error) => told.note(&format!("a comment was left out: it {}", error.words()), &name),
            }
        }
        if told.comments > 0 {
            // A server beside this command draws its pages anew.
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)?;
        }
        Ok(told)
    });
    report.add(told.map_err(broken)?);
    Ok(())
}
