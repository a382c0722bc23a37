//! Writing the letter to all who want it.

use db::Tx;
use people::{
    AccountId, Town,
    letters::{self, Kind, Own, Values},
    prevention::letter::{self, CHOICE, Run},
    town,
};
use std::time::{Duration, Instant};
use talk::lately;

use super::said;
use crate::notices::{address_that_ends, broken, member};

/// Posts that one letter shows; of more it says how many.
const SHOWN: usize = 30;
/// Nobody needs to know more exactly.
const COUNT_TO: u32 = 500;
/// Members who are written to in one unit of writing: others who write wait for no longer than that takes.
const AT_ONCE: u32 = 50;
/// Members are written to for so long at a time, which is less than a run may take; the next run goes on.
const LONGEST: Duration = Duration::from_secs(120);

/// What the neighbours said.
pub(crate) const LETTER: Kind = Kind {
    name: "porch.letter",
    when: "On the front porch, once a day: what appeared since the last letter, to every member who wants it",
    placeholders: &["site", "name", "count"],
    draw: |of| {
        let (site, name, origin) = (of.get("site"), of.get("name"), of.get("origin"));
        let text = format!(
            "Hello {name},\n\nthis is what the neighbours said at {site} since the last letter, the newest first.\n\n{}{}\n\n--\n\
             You get this letter once a day, when somebody has said something: at {site} every post is read before it appears.\n\
             Change that: {origin}/settings/notifications\nNo more letters like this: {}\n",
            of.get("posts"),
            of.get("more"),
            of.get("end")
        );
        (format!("What the neighbours said at {site}: {}", of.get("count")), text)
    },
};

/// Begins the letter of today when its hour has come, and writes it to those who have it not yet. To be run every minute.
///
/// # Errors
/// When the database does not answer; the queue tries again, and goes on where this ended.
pub async fn write_letters(town: Town) -> anyhow::Result<()> {
    begin(&town).await.map_err(broken)?;
    let begun = Instant::now();
    while write_part(&town).await.map_err(broken)? && begun.elapsed() < LONGEST {}
    Ok(())
}

pub(super) async fn begin(town: &Town) -> web::Result<()> {
    let (zone, now) = (town.zone(), town.now());
    let looked = zone.clone();
    let due = town.db.read(move |tx| letter::due(tx, &looked, now)).await?;
    let Some(Run { from, until, .. }) = due else { return Ok(()) };
    town.db
        .write(move |tx| {
            let anything = lately::anything(tx, (from, until))?;
            letter::begin(tx, &zone, anything, now).map(drop)
        })
        .await?;
    Ok(())
}

/// Members who are written to next, and their letters.
pub(super) struct Part {
    run: Run,
    letters: Vec<town::Letter>,
    /// The last of them, where more may come.
    last: Option<AccountId>,
}

/// Writes to the next part of the members; answers whether there may be more.
async fn write_part(town: &Town) -> web::Result<bool> {
    let (here, now) = (town.clone(), town.now());
    // Read first, so that only what is written keeps others from writing.
    let Some(part) = town.db.read(move |tx| next_part(tx, &here)).await? else { return Ok(false) };
    let more = town.db.write(move |tx| put_part(tx, &part, now)).await?;
    town.wake();
    Ok(more)
}

/// Puts these letters into the queue, unless somebody else did so meanwhile; answers whether there may be more to do.
pub(super) fn put_part(tx: &mut Tx, part: &Part, now: i64) -> Result<bool, db::Error> {
    if !letter::move_on(tx, &part.run, part.last)? {
        return Ok(false);
    }
    for letter in &part.letters {
        jobs::enqueue(tx, letter, now)?;
    }
    Ok(part.last.is_some())
}

/// The letters to the next members.
pub(super) fn next_part(tx: &mut Tx, town: &Town) -> web::Result<Option<Part>> {
    let Some(run) = letter::under_way(tx)? else { return Ok(None) };
    let members = letter::readers(tx, run.after, AT_ONCE)?;
    let own = letters::of(tx, LETTER.name)?;
    let mut letters = Vec::new();
    for who in &members {
        letters.extend(letter_to(tx, town, &run, *who, own.as_ref())?);
    }
    let last = members.last().copied().filter(|_| members.len() >= AT_ONCE as usize);
    Ok(Some(Part { run, letters, last }))
}

/// The letter to one member; none when there is nothing that they may read.
fn letter_to(tx: &mut Tx, town: &Town, run: &Run, who: AccountId, own: Option<&Own>) -> web::Result<Option<town::Letter>> {
    let Some((account, viewer)) = member(tx, town, who)? else { return Ok(None) };
    let Some(email) = account.email else { return Ok(None) };
    let posts = lately::said(tx, who, (run.from, run.until), COUNT_TO, town.now())?;
    let shown = said::of(tx, &viewer, posts.get(..SHOWN).unwrap_or(&posts))?;
    if shown.is_empty() {
        return Ok(None);
    }
    let (site, origin) = (town.site(), town.origin());
    let paragraphs: Vec<String> = shown.iter().map(|one| one.paragraph(origin)).collect();
    let (count, more) = how_many(posts.len(), origin);
    let end = address_that_ends(town, who, Some(CHOICE))?;
    let values: Values = &[
        ("site", &site.name),
        ("name", &account.name),
        ("count", &count),
        ("posts", &paragraphs.join("\n\n")),
        ("more", &more),
        ("origin", origin),
        ("end", &end),
    ];
    let (subject, text) = LETTER.written(own, values);
    Ok(Some(town::Letter { name: account.name.clone(), email, subject, text, unsubscribe: Some(end) }))
}

/// How many posts there are, and what stands below those that are shown.
fn how_many(posts: usize, origin: &str) -> (String, String) {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let (count, hidden) = (text::count(number(posts), "post", "posts"), posts.saturating_sub(SHOWN));
    let at_least = if posts >= COUNT_TO as usize { "at least " } else { "" };
    let more = match hidden {
        0 => format!("\n\nAll of it: {origin}/square"),
        _ => format!("\n\nAnd {at_least}{} on the square: {origin}/square", text::count(number(hidden), "more", "more")),
    };
    (format!("{at_least}{count}"), more)
}
