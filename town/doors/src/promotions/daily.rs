//! The daily look at who has come to a higher level by good standing.

use db::Tx;
use people::{
    AccountId, Town,
    accounts::{self, Standing},
    decisions::Entry,
    letters::{Kind, Values, send},
    levels::Level,
};
use web::Tag;

use super::record;

/// People looked at in one unit of the writer.
const AT_ONCE: u32 = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Moves everybody who meets the conditions of a higher level there, and tells them. To be run once a day; the highest level that
/// somebody may come to is reached in as many days.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn promote(town: Town) -> anyhow::Result<()> {
    let levels = town.levels();
    // From above, so that nobody takes two steps on one day.
    for (level, _) in levels.risen_to().rev() {
        let (mut after, mut risen) = (AccountId::new(0), 0);
        loop {
            let (site, origin, now, level) = (town.site(), town.origin().to_owned(), town.now(), level.clone());
            let unit = move |tx: &mut Tx| some(tx, &level, (&site.name, &origin), after, now);
            let (last, promoted) = town.db.write(unit).await.map_err(|error: web::Error| anyhow::anyhow!(error.words()))?;
            risen += promoted.len();
            town.pages.changed(&promoted.iter().map(|id| Tag("account", id.get())).collect::<Vec<_>>());
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
        tracing::info!(level = level.name, risen, "people who came to a level by good standing");
    }
    town.wake();
    Ok(())
}

/// Looks at some after an id; answers the last of them while there may be more, and who came to the level.
fn some(
    tx: &mut Tx,
    level: &Level,
    (site, origin): (&str, &str),
    after: AccountId,
    now: i64,
) -> Result<(Option<AccountId>, Vec<AccountId>), web::Error> {
    let Some(conditions) = &level.conditions else { return Ok((None, Vec::new())) };
    let ids: Vec<AccountId> = tx.all(
        "select id from accounts where level = $1 and id > $2 and created_at <= $3 order by id limit $4",
        db::params![&conditions.from, after, now - conditions.days * DAY_MS, AT_ONCE],
        |row| row.get(0),
    )?;
    let mut risen = Vec::new();
    for id in &ids {
        let Some(account) =
            accounts::by_id(tx, *id)?.filter(|account| account.suspended_at.is_none() && account.standing == Standing::Member)
        else {
            continue;
        };
        if !conditions.unmet(&record(tx, &account, conditions)?, now).is_empty() {
            continue;
        }
        accounts::set_level(tx, *id, &level.name, now)?;
        Entry::new("level.risen", format!("Came to the level “{}” by good standing", level.title)).about(*id).by_itself(tx, now)?;
        if let Some(email) = &account.email {
            let values: Values = &[("site", site), ("name", &account.name), ("level", &level.title), ("origin", origin)];
            send(tx, &RISEN, (&account.name, email), values, now)?;
        }
        risen.push(*id);
    }
    Ok((ids.last().filter(|_| ids.len() == AT_ONCE as usize).copied(), risen))
}

/// Somebody came to a level by good standing.
pub(crate) const RISEN: Kind = Kind {
    name: "level.risen",
    when: "Somebody comes to a level by good standing",
    placeholders: &["site", "name", "level"],
    draw: |of| letter(of.get("site"), of.get("name"), of.get("level"), of.get("origin")),
};

fn letter(site: &str, name: &str, title: &str, origin: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nyou have been in good standing at {site} for a while, and your level is “{title}” now. What it lets you do \
         stands here:\n\n{origin}/settings/level\n\nThank you for being here.\n"
    );
    (format!("Your level at {site}: {title}"), text)
}
