//! Reviews of an export, a group in a transaction, after what is judged in them; then who finds which helpful.

use ::people::Town;
use talk::reviews::{
    criteria::OwnerId,
    whole::{Answered, CriterionLine, Vote, Whole, take_back, take_criterion, take_vote},
};
use things::{notes::whole::Taken, sections::SectionId};
use web::Error;

use super::{Came, Export, Manner, Names, Report, broken, rows};

/// Reviews written in one transaction: each is a few rows.
const GROUP: usize = 100;

/// Takes the reviews in. What they are of is here by now.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let sections = names.clone();
    rows(town, export, "review_criteria.jsonl", report, move |tx, line: &CriterionLine| {
        let owner = OwnerId::new(sections.section(SectionId::new(line.owner.get())).get());
        take_criterion(tx, &CriterionLine { owner, ..line.clone() }, manner.fresh)
    })?;
    let mut reading = export.files.lines_of::<Whole>("reviews.jsonl")?;
    loop {
        let mut group = Vec::with_capacity(GROUP);
        let mut ended = true;
        for row in reading.by_ref().take(GROUP) {
            ended = false;
            match row {
                Ok(review) => group.push(named(review, names)),
                Err(error) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            }
        }
        if ended {
            break;
        }
        flush(town, group, manner, report)?;
    }
    let accounts = names.clone();
    rows(town, export, "review_votes.jsonl", report, move |tx, line: &Vote| {
        take_vote(tx, &Vote { by: accounts.account(line.by), ..line.clone() })
    })?;
    Ok(())
}

/// A review with the accounts of this site.
fn named(review: Whole, names: &Names) -> Whole {
    let answer = review.answer.map(|answer| Answered { by: names.account(answer.by), ..answer });
    Whole { author: names.account(review.author), answer, ..review }
}

fn flush(town: &Town, group: Vec<Whole>, manner: Manner, report: &mut Report) -> anyhow::Result<()> {
    let told = town.db.write_now(move |tx| {
        let (mut told, mut came) = (Report::default(), false);
        for review in &group {
            let name = review.id.to_string();
            match tx.attempt(|tx| take_back(tx, review)) {
                Ok(Taken::New | Taken::Updated) => came = true,
                Ok(Taken::Same) => {}
                Ok(Taken::Edited) => told.note("a review was changed here since it was exported; it stays as it is here", &name),
                Ok(Taken::Removed) => told.note("a review was deleted here and stays deleted", &name),
                Ok(Taken::Foreign) => {
                    told.note("a review has an id that names something else here, or its author has another of the same", &name);
                }
                // The disk, the database: nothing of this review's own.
                Err(error @ (Error::Full | Error::Busy)) => return Err(error),
                Err(Error::Broken(cause)) => told.note(&format!("a review could not be written: {cause}"), &name),
                Err(error) => told.note(&format!("a review was left out: it {}", error.words()), &name),
            }
        }
        if came {
            // A server beside this command draws its pages anew.
            jobs::enqueue_unique(tx, Came::KEY, &Came {}, manner.now)?;
        }
        Ok(told)
    });
    report.add(told.map_err(broken)?);
    Ok(())
}
