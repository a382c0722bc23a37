//! What the demo's neighbours reported: something for its moderators to do, and an appeal of somebody who was warned.

use db::{Tx, params};
use people::AccountId;
use talk::moderation::{
    Act, Kind, Subject, appeals, cases,
    rules::RuleId,
    statements::{self, New, Replaced},
};
use web::Error;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Reports two comments, one of them twice, and warns the author of a third, who does not agree.
pub(super) fn write(tx: &mut Tx, (people, staff): (&[AccountId], AccountId), now: i64) -> Result<(), Error> {
    let sql = "select c.id, p.author_id, c.body from comments c join posts p on p.id = c.id where p.author_id <> $1 order by c.id limit 3";
    let found = tx.all(sql, params![staff], |row| {
        Ok((Subject { kind: Kind::Comment, id: row.get(0)? }, row.get::<AccountId>(1)?, row.get::<String>(2)?))
    })?;
    let others = |author: AccountId| people.iter().copied().filter(move |who| *who != author && *who != staff);
    for ((subject, author, _), (many, rule, words)) in
        found.iter().zip([(2, 2, "I find this unkind."), (1, 5, "That is not what the minutes say."), (0, 0, "")])
    {
        for by in others(*author).take(many) {
            cases::report(tx, (*subject, *author), by, (RuleId::new(rule), words), now - HOUR_MS)?;
        }
    }
    let Some((subject, account, facts)) = found.get(2) else { return Ok(()) };
    let new = New {
        case: None,
        account: *account,
        by: staff,
        act: Act::Warn,
        subject: *subject,
        rule: "No flooding and no spam",
        reason: "The same thing stands under several stories.",
        facts,
        label: "",
        until: None,
        replaced: Replaced::default(),
    };
    let id = statements::issue(tx, &new, now - 5 * HOUR_MS)?;
    appeals::file(tx, id, "They were different stories, and it was news in each of them.", now - 2 * HOUR_MS)
}
