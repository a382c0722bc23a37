//! Every query about invitations.

use db::{Row, Tx, params};

use super::{Invitation, InvitationId, NewInvitation};
use crate::{
    AccountId,
    accounts::{Author, Standing},
};

const INVITATION: &str = "select i.id, i.note, i.places, i.created_at, i.expires_at, i.withdrawn_at,
    (select count(*) from accounts c where c.invitation_id = i.id), a.id, a.handle, a.name, a.picture
    from invitations i left join accounts a on a.id = i.account_id";

fn invitation(row: &Row) -> Result<Invitation, db::Error> {
    let by = match row.get::<Option<AccountId>>(7)? {
        Some(id) => Some(Author { id, handle: row.get(8)?, name: row.get(9)?, picture: row.get(10)? }),
        None => None,
    };
    Ok(Invitation {
        id: row.get(0)?,
        note: row.get(1)?,
        by,
        places: row.get(2)?,
        used: row.get(6)?,
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        withdrawn_at: row.get(5)?,
    })
}

/// Makes an invitation and returns its token, of which only the digest is kept.
pub fn make(tx: &mut Tx, by: AccountId, new: &NewInvitation, now: i64) -> Result<(InvitationId, String), db::Error> {
    let (id, token) = (InvitationId::fresh(), web::token::fresh());
    tx.run(
        "insert into invitations (id, digest, note, account_id, places, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
        params![id, web::token::digest(&token), &new.note, by, new.places, now, now + new.lasts_ms],
    )?;
    Ok((id, token))
}

/// The invitation that a link names, if somebody can still come by it.
pub fn open(tx: &mut Tx, token: &str, now: i64) -> Result<Option<Invitation>, db::Error> {
    let found = tx.first(&format!("{INVITATION} where i.digest = $1"), params![web::token::digest(token)], invitation)?;
    Ok(found.filter(|invitation| invitation.works(now)))
}

/// The same for the transaction in which somebody comes by it: whoever comes at the same time waits, so that no place is
/// given twice.
pub fn hold(tx: &mut Tx, token: &str, now: i64) -> Result<Option<InvitationId>, db::Error> {
    tx.run("update invitations set places = places where digest = $1", params![web::token::digest(token)])?;
    Ok(open(tx, token, now)?.map(|invitation| invitation.id))
}

/// The latest invitations first.
pub fn all(tx: &mut Tx, limit: u32) -> Result<Vec<Invitation>, db::Error> {
    tx.all(&format!("{INVITATION} order by i.id desc limit $1"), params![limit], invitation)
}

/// One invitation.
pub fn find(tx: &mut Tx, id: InvitationId) -> Result<Option<Invitation>, db::Error> {
    tx.first(&format!("{INVITATION} where i.id = $1"), params![id], invitation)
}

/// Who came by an invitation and when, the first to come first.
pub fn came_by(tx: &mut Tx, id: InvitationId, limit: u32) -> Result<Vec<(Author, Standing, i64)>, db::Error> {
    tx.all(
        "select id, handle, name, picture, standing, created_at from accounts where invitation_id = $1 order by id limit $2",
        params![id, limit],
        |row| {
            let author = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
            Ok((author, Standing::named(row.text(4)?), row.get(5)?))
        },
    )
}

/// Withdraws an invitation: nobody comes by it any more.
pub fn withdraw(tx: &mut Tx, id: InvitationId, now: i64) -> Result<(), db::Error> {
    tx.run("update invitations set withdrawn_at = $2 where id = $1 and withdrawn_at is null", params![id, now])?;
    Ok(())
}
