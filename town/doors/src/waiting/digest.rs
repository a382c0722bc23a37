//! The daily letter to those who read what waits, while anything does.

use db::{Tx, params};
use people::{
    Permission, Town,
    letters::{Kind, Values, send},
};
use talk::{PostId, comments, reviews};
use things::notes;

/// Posts that the letter shows; the queue has all.
const SHOWN: u32 = 10;
/// Characters of each.
const EXCERPT: usize = 120;
/// Nobody needs to know more exactly.
const COUNT_TO: i64 = 1_000;

/// Something waits to be read.
pub(crate) const DIGEST: Kind = Kind {
    name: "held.digest",
    when: "Posts wait to be read by a moderator, once a day",
    placeholders: &["site", "name", "count"],
    draw: |of| letter((of.get("site"), of.get("name")), (of.get("count"), of.get("posts")), of.get("origin")),
};

/// Writes to everybody who reads what waits, if anything does. To be run once a day.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn tell_readers(town: Town) -> anyhow::Result<()> {
    let (now, site, origin) = (town.now(), town.site(), town.origin().to_owned());
    town.db
        .write(move |tx| tell(tx, (&site.name, &origin), now))
        .await
        .map_err(|error: web::Error| anyhow::anyhow!("the daily letter on what waits was not written: {}", error.words()))?;
    town.wake();
    Ok(())
}

fn tell(tx: &mut Tx, (site, origin): (&str, &str), now: i64) -> Result<(), web::Error> {
    let waiting: i64 = tx.one(
        "select (select count(*) from waiting_comments) + (select count(*) from note_drafts where held_at is not null)",
        params![],
        |row| row.get(0),
    )?;
    let waiting = waiting + reviews::count_waiting(tx, COUNT_TO)?;
    if waiting == 0 {
        return Ok(());
    }
    let (count, posts) = (text::count(waiting, "post waits", "posts wait"), excerpts(tx)?);
    let readers = tx.all(
        "select distinct a.name, a.email from accounts a join level_permissions p on p.level = a.level
         where p.permission = $1 and a.email is not null and a.suspended_at is null and a.standing = 'member'",
        params![Permission::Moderate.name()],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    for (name, email) in readers {
        let values: Values = &[("site", site), ("name", &name), ("count", &count), ("posts", &posts), ("origin", origin)];
        send(tx, &DIGEST, (&name, &email), values, now)?;
    }
    Ok(())
}

/// The longest waiting ones, a line each.
fn excerpts(tx: &mut Tx) -> Result<String, web::Error> {
    let first = (i64::MIN, PostId::new(0));
    let mut found: Vec<(i64, String)> = comments::waiting(tx, first, SHOWN)?
        .into_iter()
        .map(|one| (one.at, format!("{}: {}", one.author.name, one.content.excerpt(EXCERPT))))
        .collect();
    let notes = notes::waiting(tx, first, SHOWN)?.into_iter();
    found.extend(notes.map(|one| (one.at, format!("{}: {}", one.author.name, one.written.content.excerpt(EXCERPT)))));
    found.sort();
    let shown = found.into_iter().take(SHOWN as usize);
    Ok(shown.map(|(_, line)| format!("- {}", text::clean_line(&line))).collect::<Vec<_>>().join("\n"))
}

fn letter((site, name): (&str, &str), (count, posts): (&str, &str), origin: &str) -> (String, String) {
    let posts = if posts.is_empty() { String::new() } else { format!("The longest waiting ones:\n\n{posts}\n\n") };
    let text = format!(
        "Hello {name},\n\n{count} to be read at {site} before others see them. Their authors see nothing happen until somebody does.\n\n{posts}\
         Read them here:\n\n{origin}/admin/queue/held\n\nReviews that wait have a page of their own:\n\n{origin}/admin/reviews\n"
    );
    (format!("{count} to be read at {site}"), text)
}
